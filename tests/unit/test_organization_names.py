"""Names of organisations: legal forms, keys, base forms."""

from __future__ import annotations

import pytest

from amic_kg.extract.names.forms import NameForms, place_base
from amic_kg.extract.names.organizations import (
    has_legal_form,
    initials,
    is_legal_form,
    name_key,
    without_legal_form,
)
from amic_kg.language import Analyzer

ANALYZER = Analyzer()


@pytest.mark.parametrize("word", ["Oy", "OY", "Oyj", "Oy:n", "Oyj:lle", "Ab", "AB", "ry", "GmbH"])
def test_a_legal_form_is_one_in_any_case_and_with_an_ending(word: str) -> None:
    assert is_legal_form(word)


@pytest.mark.parametrize("word", ["as", "se", "ag", "limited", "ab", "Asa", "No"])
def test_a_word_that_looks_like_a_legal_form_is_none(word: str) -> None:
    assert not is_legal_form(word)


def test_a_name_loses_its_legal_forms_at_both_ends() -> None:
    assert without_legal_form("Sotkamo Silver Oy") == "Sotkamo Silver"
    assert without_legal_form("Oy Alholmens Kraft Ab") == "Alholmens Kraft"
    assert without_legal_form("Talga Group Pty Ltd.") == "Talga Group"


def test_a_name_that_is_all_legal_form_stays() -> None:
    assert without_legal_form("Oy") == "Oy"


def test_a_legal_form_alone_is_no_name_with_one() -> None:
    assert has_legal_form("Kemin Digipolis Oy")
    assert not has_legal_form("Oy")
    assert not has_legal_form("Lapin yliopisto")


def test_spellings_of_one_name_have_one_key() -> None:
    spellings = (
        "The Sotkamo Silver Oy",
        "SOTKAMO SILVER",
        "Sotkamo-Silver Oy",
        "Sotkamo  Silver AB",
    )
    assert {name_key(spelling) for spelling in spellings} == {"sotkamo-silver"}


def test_an_acronym_may_leave_out_the_connecting_words() -> None:
    assert {"GSOF", "GSF"} <= initials("Geological Survey of Finland")


def _base(name: str, language: str, *, seen: tuple[str, ...] = ()) -> str:
    return NameForms(ANALYZER, seen).base(ANALYZER.tokens(name, language), name, language)


@pytest.mark.parametrize(
    ("inflected", "base"),
    [
        ("Lapin ammattikorkeakoulun", "Lapin ammattikorkeakoulu"),
        ("Karelia-ammattikorkeakoulussa", "Karelia-ammattikorkeakoulu"),
        ("Agnico Eagle Finland Oy:n", "Agnico Eagle Finland Oy"),
        ("Boliden Kevitsa Mining Oy:lle", "Boliden Kevitsa Mining Oy"),
        ("Arktisen keskuksen", "Arktinen keskus"),
        ("Luulajan teknillisessä yliopistossa", "Luulajan teknillinen yliopisto"),
        ("GTK:n", "GTK"),
        ("Saariselältä", "Saariselkä"),
        ("Ahvenlammen", "Ahvenlampi"),
    ],
)
def test_a_finnish_name_comes_back_to_its_base_form(inflected: str, base: str) -> None:
    assert _base(inflected, "fi") == base


@pytest.mark.parametrize(
    ("inflected", "base"),
    [("Epirocin", "Epiroc"), ("Terrafamen", "Terrafame"), ("Digipoliksessa", "Digipolis")],
)
def test_a_name_that_no_dictionary_has_loses_its_case_ending(inflected: str, base: str) -> None:
    assert _base(inflected, "fi") == base


def test_a_base_form_that_the_document_has_wins_over_a_guess() -> None:
    assert _base("Sakatin", "fi") == "Sakat"
    assert _base("Sakatin", "fi", seen=("Sakati",)) == "Sakati"


def test_english_and_swedish_names_lose_their_genitive() -> None:
    assert _base("Agnico Eagle's", "en") == "Agnico Eagle"
    assert _base("Queen's University", "en") == "Queen's University"


def test_a_place_is_known_by_its_last_part() -> None:
    assert place_base("Petäjäskoskelta") == "Petäjäskoski"
    assert place_base("Aitolammella") == "Aitolampi"
    assert place_base("Metson") is None
