"""Candidates: scores, thresholds, IRIs, merging."""

from __future__ import annotations

from dataclasses import replace

from amic_kg.extract.names.candidates import (
    THRESHOLDS,
    Name,
    Sighting,
    candidate_iri,
    candidate_of,
    merge_candidates,
)

COMPANY = Sighting(
    surface="Kainuun Voimayhtiö Oy:n",
    label="Kainuun Voimayhtiö Oy",
    cue="legal form",
    score=0.9,
    recognized=False,
    language="fi",
    begins_sentence=False,
    common=False,
)
GUESS = replace(
    COMPANY, surface="Norra", label="Norra", cue="recognizer", score=0.7, recognized=True
)


def _name(*sightings: Sighting, acronyms: tuple[str, ...] = ()) -> Name:
    return Name("Organization", "x", list(sightings), set(acronyms))


def test_a_legal_form_is_enough_and_a_recognisers_word_is_not() -> None:
    assert _name(COMPANY).kept
    assert not _name(GUESS).kept


def test_a_name_gains_by_repetition_and_by_an_acronym_of_its_own() -> None:
    assert _name(GUESS, GUESS).score > _name(GUESS).score
    assert _name(GUESS, acronyms=("NOR",)).kept


def test_a_common_word_and_the_beginning_of_a_sentence_cost() -> None:
    plain = _name(GUESS).score
    assert _name(replace(GUESS, common=True)).score < plain
    assert _name(replace(GUESS, begins_sentence=True)).score < plain
    assert _name(replace(GUESS, begins_sentence=True), GUESS).score >= plain


def test_a_place_that_stands_where_places_stand_counts_more() -> None:
    place = Name("Place", "x", [GUESS])
    located = Name("Place", "x", [replace(GUESS, located=True)])
    cited = Name("Place", "x", [replace(GUESS, cited=True)])
    assert cited.score < THRESHOLDS["Place"] <= place.score < located.score


def test_programmes_are_a_vocabulary_and_have_no_candidates() -> None:
    assert not Name("FundingProgramme", "x", [COMPANY]).kept


def test_the_label_is_the_fullest_form_and_all_surfaces_are_told() -> None:
    short = replace(COMPANY, surface="Kainuun Voimayhtiö", label="Kainuun Voimayhtiö")
    name = _name(short, COMPANY, short)
    candidate = candidate_of(name, "urn:x")
    assert candidate.label == "Kainuun Voimayhtiö Oy"
    assert candidate.surfaces == ("Kainuun Voimayhtiö", "Kainuun Voimayhtiö Oy:n")
    assert candidate.language == "fi"


def test_equal_names_have_equal_iris_in_every_document() -> None:
    def no(iri: str, name: str) -> bool:
        return False

    full = candidate_iri("Organization", "Kainuun Voimayhtiö Oy", (), no)
    short = candidate_iri("Organization", "Kainuun Voimayhtiö", (), no)
    assert full == short == "https://w3id.org/amic/id/organization/kainuun-voimayhtio"


def test_an_iri_of_the_registry_is_shared_only_where_the_labels_agree() -> None:
    taken = {"https://w3id.org/amic/id/site/ahvenlampi"}
    same = candidate_iri("Site", "Ahvenlampi", taken, lambda iri, name: True)
    other = candidate_iri("Site", "Ahvenlampi", taken, lambda iri, name: False)
    assert same in taken
    assert other == "https://w3id.org/amic/id/site/ahvenlampi-2"


def test_candidates_of_one_iri_become_one_with_the_surest_label() -> None:
    sure = candidate_of(_name(COMPANY), "urn:x")
    weak = replace(sure, label="KAINUUN VOIMAYHTIÖ", surfaces=("KAINUUN VOIMAYHTIÖ",), score=0.6)
    (merged,) = merge_candidates([weak, sure])
    assert merged.label == sure.label
    assert merged.surfaces == ("KAINUUN VOIMAYHTIÖ", "Kainuun Voimayhtiö Oy:n")
