"""Names in catalogues: persons as "Surname, Given", one form for one organisation."""

from __future__ import annotations

import pytest

from amic_kg_ingest.metadata.names import is_organisation, organisation_name, person_names


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Eskola, Pentti", ("Eskola, Pentti",)),
        ("Pentti Eskola", ("Eskola, Pentti",)),
        ("Lönnrot, Elias (toim.)", ("Lönnrot, Elias",)),
        ("Lönnrot (Ed.), Elias", ("Lönnrot, Elias",)),
        ("Lönnrot, Elias.", ("Lönnrot, Elias",)),
        ("Trüstedt, Otto A.", ("Trüstedt, Otto A.",)),
        ("Canth, Minna, 1844-1897", ("Canth, Minna",)),
        ("Georg von Wright", ("von Wright, Georg",)),
        ("Canth, Minna; Leino, Eino", ("Canth, Minna", "Leino, Eino")),
        (
            "Minna Canth, Eino Leino ja Elias Lönnrot (toim.)",
            ("Canth, Minna", "Leino, Eino", "Lönnrot, Elias"),
        ),
        ("Minna Canth & Eino O´Leino", ("Canth, Minna", "O´Leino, Eino")),
        ("Minna Canth and Eino Leino", ("Canth, Minna", "Leino, Eino")),
        ("Canth Leino, Minna Maria", ("Canth Leino, Minna Maria",)),
        ("(ed.).", ()),
        ("Lönnrot", ("Lönnrot",)),
    ],
)
def test_persons_are_named_surname_first(value, names):
    assert person_names(value) == names


def test_an_organisation_among_persons_stays_as_it_is():
    assert is_organisation("Poliisiammattikorkeakoulu")
    assert is_organisation("THL:n asiantuntijaryhmä")
    assert not is_organisation("Eskola, Pentti")
    assert person_names("Geologian tutkimuskeskus") == ("Geologian tutkimuskeskus",)


@pytest.mark.parametrize(
    "value",
    [
        "Lapin ammattikorkeakoulu",
        "LAPIN AMMATTIKORKEAKOULU OY",
        "Lapland University of Applied Sciences",
        "fi=Lapin ammattikorkeakoulu|sv=Lapin ammattikorkeakoulu|en=Lapland UAS|",
        "Rovaniemi : Lapin ammattikorkeakoulu",
        "Lapin AMK",
        "Lapin ammattikorkeakoulu (Lapin AMK)",
    ],
)
def test_the_spellings_of_an_organisation_in_the_registry_are_one(value):
    assert organisation_name(value) == "Lapin ammattikorkeakoulu"


@pytest.mark.parametrize(
    "value",
    [
        "THL",
        "Terveyden ja hyvinvoinnin laitos",
        "Terveyden ja hyvinvoinnin laitos THL",
        "Terveyden ja hyvinvoinnin laitos (THL)",
        "Institutet för hälsa och välfärd",
        "Finnish institute for health and welfare",
        "National Institute for Health and Welfare",
    ],
)
def test_the_spellings_of_a_publisher_are_one(value):
    assert organisation_name(value) == "Terveyden ja hyvinvoinnin laitos"


def test_hyphens_and_dashes_make_no_other_organisation():
    assert organisation_name("Savonia Ammattikorkeakoulu") == "Savonia-ammattikorkeakoulu"
    long = "Lappeenrannan–Lahden teknillinen yliopisto LUT"
    assert organisation_name(long) == organisation_name(long.replace("–", "-"))


def test_one_that_is_not_known_keeps_its_name_without_the_town():
    assert organisation_name("Helsinki : Suomen vuorimiesseura") == "Suomen vuorimiesseura"
    assert organisation_name("Springer, Cham") == "Springer, Cham"
    assert organisation_name("00000") is None
