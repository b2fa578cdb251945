"""Subjects: what a document is about, ranked."""

from __future__ import annotations

import pytest

from amic_kg.extract.subjects import rank_subjects
from amic_kg.ontology import Entity, Vocabulary
from amic_kg.records import Mention

VOCABULARY = Vocabulary(
    {
        "metals": Entity("metals", "Commodity", {"en": "metals"}),
        "nickel": Entity("nickel", "Commodity", {"en": "nickel"}, broader=("metals",)),
        "water": Entity("water", "Theme", {"en": "mine water"}),
    },
    "1",
)


def mention(name: str, *, page: int = 2, kind: str = "Theme", surface: str | None = None):
    return Mention(name, kind, surface or name, page, 0, 1, "", "", 0.9, 1)


def rank(*mentions, title="A report"):
    return [subject.entity for subject in rank_subjects(mentions, title, VOCABULARY)]


def test_what_is_mentioned_more_often_comes_first():
    assert rank(mention("water"), mention("nickel"), mention("water")) == ["water", "nickel"]


def test_a_mention_on_the_first_page_counts_more():
    assert rank(mention("nickel"), mention("water", page=1)) == ["water", "nickel"]


def test_a_mention_in_the_title_counts_more():
    assert rank(mention("nickel"), mention("water"), title="Water in the north")[0] == "water"


def test_a_concept_gains_from_narrower_ones_beside_it():
    alone = rank(mention("water"), mention("metals"))
    assert alone == ["metals", "water"]
    assert (
        rank(mention("water"), mention("water"), mention("metals"), mention("nickel"))[0] == "water"
    )
    many = (mention("water"), mention("metals"), mention("nickel"), mention("nickel"))
    assert rank(*many)[0] == "nickel"
    assert rank(*many).index("metals") < rank(*many).index("water")


def test_a_concept_that_is_not_mentioned_itself_is_no_subject():
    assert rank(mention("nickel")) == ["nickel"]


@pytest.mark.parametrize("kind", ["Site", "Place", "Organization", "Project", "OutputType"])
def test_names_and_forms_of_publication_are_no_subjects(kind):
    assert rank(mention("x", kind=kind)) == []


def test_scores_are_relative_to_the_best_and_at_most_twelve_are_kept():
    found = rank_subjects(
        tuple(mention(f"c{n:02}") for n in range(20) for _ in range(n + 1)), "", VOCABULARY
    )
    assert len(found) == 12
    assert found[0].score == 1.0
    assert [s.score for s in found] == sorted((s.score for s in found), reverse=True)
    assert all(0 < s.score <= 1 for s in found)


def test_equals_are_ordered_by_name():
    assert rank(mention("b"), mention("a"), mention("c")) == ["a", "b", "c"]
