"""Places that are told by the list they stand in, or by the place they lie in."""

from __future__ import annotations

import pytest

from amic_kg.extract.concepts.matcher import VocabularyMatcher
from amic_kg.extract.names.linking import NamedPassage, NameLinker
from amic_kg.language import Analyzer
from amic_kg.ontology import Entity, Vocabulary
from amic_kg.recognition import NameSpan
from amic_kg.records import Passage

_ID = "https://w3id.org/amic/id/"
_ENTITIES = tuple(
    Entity(f"{_ID}{kind}/{key}", kind.title(), {"fi": fi, "en": en, "sv": sv})
    for kind, key, fi, en, sv in (
        ("place", "kolari", "Kolari", "Kolari", "Kolari"),
        ("place", "suomi", "Suomi", "Finland", "Finland"),
        ("place", "saksi", "Saksi", "Saxony", "Sachsen"),
        ("place", "lappi", "Lappi", "Lapland", "Lappland"),
    )
)
_VOCABULARY = Vocabulary({entity.iri: entity for entity in _ENTITIES}, "test")
_ANALYZER = Analyzer()
_MATCHER = VocabularyMatcher(_VOCABULARY, _ANALYZER)
_LINKER = NameLinker(_VOCABULARY, _ANALYZER)


def _places(text: str, language: str, names: tuple[NameSpan, ...] = ()) -> set[str]:
    tokens, matches = _MATCHER.find(text, language)
    passage = Passage(1, 1, 0, len(text), language, text)
    linked = _LINKER.link([NamedPassage(passage, tokens, matches, list(names))])
    return {text[m.start : m.end] for m in linked.matches[0] if m.type == "Place"}


@pytest.mark.parametrize(
    ("text", "language", "places"),
    [
        (
            "Ore was sought in Kolari, Aldbrough and Tynset.",
            "en",
            {"Kolari", "Aldbrough", "Tynset"},
        ),
        (
            "Malmia etsittiin Kolarissa, Karhukulmassa ja Suossa.",
            "fi",
            {"Kolarissa", "Karhukulmassa"},
        ),
        ("Tests were made at Aldbrough in Saxony.", "en", {"Aldbrough", "Saxony"}),
        ("Four regions: Tynset (Finland) and others.", "en", {"Tynset", "Finland"}),
        ("Skolorna i Borgå, Lovisa och Sibbo deltog.", "sv", {"Borgå", "Lovisa", "Sibbo"}),
        ("the Gulf of Finland", "en", {"Gulf of Finland"}),
        (
            "Retkellä käytiin, että Haukiojan ja Karhuojan kylät näkyivät.",
            "fi",
            {"Haukiojan", "Karhuojan"},
        ),
    ],
)
def test_a_name_is_a_place_by_the_company_it_keeps(text, language, places) -> None:
    assert places <= _places(text, language)


def test_what_the_recogniser_takes_for_an_organisation_is_no_place_in_a_list() -> None:
    text = "Partners in Kolari, Aldbrough and Tynset met."
    start = text.index("Aldbrough")
    company = NameSpan(start, start + len("Aldbrough"), "ORG", 0.9)
    assert "Aldbrough" not in _places(text, "en", (company,))


def test_a_list_without_a_known_place_names_none() -> None:
    assert _places("Aldbrough, Tynset and Karhu met.", "en") == set()


def test_members_of_a_finnish_list_stand_in_one_case() -> None:
    assert "Virtapalon" not in _places("Kolarissa, Virtapalon ja muiden kanssa.", "fi")


def test_a_place_stands_where_a_longer_name_turns_out_to_be_none() -> None:
    text = "Lapin kaivannaisalan TKI kehittyy."
    doubtful = NameSpan(0, len("Lapin kaivannaisalan TKI"), "ORG", 0.3)
    assert "Lapin" in _places(text, "fi", (doubtful,))
