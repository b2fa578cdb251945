"""Which sentence of a passage is shown, and what is marked in it."""

from __future__ import annotations

import pytest

from amic_kg.extract.concepts.matcher import VocabularyMatcher
from amic_kg.ontology import Entity, Vocabulary
from amic_kg.retrieval import PassageHit, QueryTerm
from amic_kg.search.results import Understanding
from amic_kg.search.snippets import snippet

WATER = Entity("w", "Theme", {"fi": "kaivosvesi", "en": "mine water", "sv": "gruvvatten"})
FILLER = "Tämä lause ei kerro asiasta mitään. " * 4


@pytest.fixture
def show(analyzer):
    vocabulary = Vocabulary({"w": WATER}, "1")
    matcher = VocabularyMatcher([WATER], analyzer)

    def show(text, *terms, language="fi", phrases=()):
        understanding = Understanding("q", terms, phrases, ())
        hit = PassageHit("d", 1, 1, language, text, 1.0)
        return snippet(hit, understanding, matcher, vocabulary)

    return show


def marked(pieces):
    return [piece.text for piece in pieces if piece.hit]


def whole(pieces):
    return "".join(piece.text for piece in pieces)


def test_words_are_marked_by_lemma(show):
    pieces, why = show("Kaivoksen vesi ja kaivosten melu.", QueryTerm("kaivos", ("kaivos",)))
    assert marked(pieces) == ["Kaivoksen", "kaivosten"]
    assert whole(pieces) == "Kaivoksen vesi ja kaivosten melu."
    assert why == {"kaivos": "kaivoksen"}


def test_a_concept_is_marked_and_told_with_the_words_that_were_typed(show):
    typed = (QueryTerm("mine", ("mine",), (), ("w",)), QueryTerm("water", ("water",), (), ("w",)))
    pieces, why = show("Kaivosvesiä puhdistetaan.", *typed)
    assert marked(pieces) == ["Kaivosvesiä"]
    assert list(why.values()) == ["kaivosvesiä = mine water"]


def test_a_word_that_was_typed_speaks_for_itself(show):
    typed = QueryTerm("kaivosvesi", ("kaivosvesi",), (), ("w",))
    _, why = show("Kaivosvesiä puhdistetaan.", typed)
    assert list(why.values()) == ["kaivosvesiä"]


def test_the_sentence_with_the_hit_is_shown_and_the_cut_is_told(show):
    text = f"{FILLER}Vasta tässä mainitaan sulfaatti. {FILLER * 3}".strip()
    pieces, _ = show(text, QueryTerm("sulfaatti", ("sulfaatti",)))
    assert pieces[0].text == "… "
    assert pieces[-1].text == " …"
    assert whole(pieces).startswith("… Vasta tässä")


def test_a_passage_without_a_marked_word_begins_at_its_beginning(show):
    pieces, why = show("Ensimmäinen lause. Toinen lause.", QueryTerm("muu", ("muu",)))
    assert whole(pieces) == "Ensimmäinen lause. Toinen lause."
    assert not marked(pieces)
    assert not why


def test_words_of_a_phrase_are_marked(show):
    pieces, _ = show("The mine closure plan.", language="en", phrases=(("mine", "closure"),))
    assert marked(pieces) == ["mine", "closure"]


@pytest.mark.parametrize("length", [50, 500, 5000])
def test_a_sentence_without_end_is_cut_to_a_readable_length(show, length):
    text = "sana " * length + "sulfaatti " + "sana " * length
    pieces, _ = show(text.strip(), QueryTerm("sulfaatti", ("sulfaatti",)))
    assert "sulfaatti" in marked(pieces)
    assert len(whole(pieces)) < 600
