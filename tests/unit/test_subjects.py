"""Subjects: what a document is about, ranked."""

from __future__ import annotations

import pytest

from amic_kg.extract.analysed import AnalysedPassage
from amic_kg.extract.subjects import SubjectRanker, matching_entities
from amic_kg.language import Analyzer
from amic_kg.ontology import Entity, Vocabulary
from amic_kg.records import Mention, Passage

VOCABULARY = Vocabulary(
    {
        "metals": Entity("metals", "Commodity", {"en": "metals"}),
        "nickel": Entity("nickel", "Commodity", {"en": "nickel"}, broader=("metals",)),
        "water": Entity("water", "Theme", {"en": "mine water"}, links=("https://other/water",)),
    },
    "1",
)


def mention(name, *, page=2, kind="Theme", surface=None, status="accepted"):
    return Mention(name, kind, surface or name, page, 0, 1, "", "", 0.9, 1, status)


def passage(*mentions, number=1, text="Some words."):
    return AnalysedPassage(Passage(number, number, 0, len(text), "en", text), [], tuple(mentions))


@pytest.fixture(scope="module")
def ranker():
    return SubjectRanker(VOCABULARY, Analyzer(), None)


@pytest.fixture
def rank(ranker):
    def rank(*mentions, title="A report"):
        return [s.entity for s in ranker.rank([passage(*mentions)], title, "en")]

    return rank


def test_what_is_mentioned_more_often_comes_first(rank):
    assert rank(mention("water"), mention("nickel"), mention("water")) == ["water", "nickel"]


def test_a_mention_on_the_first_page_counts_more(rank):
    assert rank(mention("nickel"), mention("water", page=1)) == ["water", "nickel"]


def test_a_mention_in_the_title_counts_more(rank):
    assert rank(mention("nickel"), mention("water"), title="Water in the north")[0] == "water"


def test_a_concept_gains_from_narrower_ones_beside_it(rank):
    assert rank(mention("water"), mention("metals")) == ["metals", "water"]
    two = (mention("water"), mention("water"), mention("metals"))
    assert rank(*two)[0] == "water"
    many = (mention("water"), mention("metals"), mention("nickel"), mention("nickel"))
    assert rank(*many) == ["nickel", "metals", "water"]


@pytest.mark.parametrize("kind", ["Site", "Place", "Organization", "Project", "OutputType"])
def test_names_and_forms_of_publication_are_no_subjects(rank, kind):
    assert rank(mention("x", kind=kind)) == []


def test_a_rejected_mention_speaks_for_nothing(rank):
    assert rank(mention("nickel", status="rejected"), mention("water")) == ["water"]


def test_a_text_that_names_nothing_has_no_subjects(ranker):
    assert ranker.rank([passage()], "A report", "en") == ()
    assert ranker.rank([], "", "en") == ()


def test_at_most_twelve_are_kept_best_first_with_scores_of_a_probability(ranker):
    mentions = [mention(f"c{n:02}") for n in range(20) for _ in range(n + 1)]
    found = ranker.rank([passage(*mentions)], "", "en")
    assert len(found) == 12
    assert found[0].entity == "c19"
    assert [s.score for s in found] == sorted((s.score for s in found), reverse=True)
    assert all(0 < s.score <= 1 for s in found)


def test_the_same_prominence_says_more_in_a_long_document(ranker):
    short = ranker.rank([passage(mention("water"))], "", "en")
    pages = [passage(mention("water"), number=n) for n in range(1, 11)]
    assert ranker.rank(pages, "", "en")[0].score > short[0].score


def test_equals_are_ordered_by_name(rank):
    assert rank(mention("b"), mention("a"), mention("c")) == ["a", "b", "c"]


def test_without_a_model_nothing_is_suggested_of_what_is_not_mentioned(ranker):
    assert ranker.concepts("Mine water at the nickel mine", "en") == []


def test_a_concept_of_another_vocabulary_is_found_by_its_match_or_by_itself():
    found = matching_entities(("https://other/water", "nickel", "unknown"), VOCABULARY)
    assert [[entity.iri for entity in entities] for entities in found] == [
        ["water"],
        ["nickel"],
        [],
    ]
