# ruff: noqa: E501 -- a sentence of a case stands on one line
"""Studies: a method that was used, not one that is named, planned, denied or of the literature."""

from __future__ import annotations

from collections import defaultdict

import pytest


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "[Käänteisosmoosia](Method:reverse-osmosis) testattiin [Kevitsan kaivoksella](Site:kevitsa)."),
        ("fi", "[Kevitsan kaivoksen](Site:kevitsa) vettä puhdistettiin [käänteisosmoosilla](Method:reverse-osmosis)."),
        ("en", "[Reverse osmosis](Method:reverse-osmosis) was piloted at the [Kevitsa mine](Site:kevitsa)."),
        ("en", "Water of the [Kevitsa mine](Site:kevitsa) was treated by [reverse osmosis](Method:reverse-osmosis)."),
        ("en", "[Reverse osmosis](Method:reverse-osmosis) removed sulphate at the [Kevitsa mine](Site:kevitsa)."),
        ("sv", "[Omvänd osmos](Method:reverse-osmosis) prövades vid [Kevitsa](Site:kevitsa)."),
    ],
)  # fmt: skip
def test_a_method_that_was_used_at_a_site_is_a_study(draw, language, text):
    found = draw(language, text)
    assert ("study-1", "appliesMethod", "reverse-osmosis") in found
    assert ("study-1", "studiesSite", "kevitsa") in found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "[Käänteisosmoosi](Method:reverse-osmosis) poistaa sulfaattia [Kevitsan kaivoksella](Site:kevitsa)."),
        ("fi", "[Käänteisosmoosia](Method:reverse-osmosis) ei kokeiltu [Kevitsan kaivoksella](Site:kevitsa)."),
        ("fi", "[Kevitsassa](Site:kevitsa) on tarkoitus, että [käänteisosmoosia](Method:reverse-osmosis) testataan."),
        ("fi", "[Kevitsassa](Site:kevitsa) testattiin [käänteisosmoosia](Method:reverse-osmosis) (Virtanen 2014)."),
        ("en", "According to the literature, [reverse osmosis](Method:reverse-osmosis) was used at [Kevitsa](Site:kevitsa)."),
        ("en", "[Reverse osmosis](Method:reverse-osmosis) will be tested at [Kevitsa](Site:kevitsa)."),
        ("en", "[Reverse osmosis](Method:reverse-osmosis) was considered for [Kevitsa](Site:kevitsa)."),
        ("sv", "[Omvänd osmos](Method:reverse-osmosis) används ofta vid [Kevitsa](Site:kevitsa)."),
    ],
)  # fmt: skip
def test_a_mere_mention_is_no_study(draw, language, text):
    assert {triple for triple in draw(language, text) if triple[0].startswith("study")} == set()


@pytest.mark.parametrize(
    ("language", "text", "size", "collection"),
    [
        ("fi", "Haastateltiin 24 [asukasta](StakeholderGroup:residents).", "24", "interview-research"),
        ("fi", "Kyselyyn vastasi yhteensä 1 412 [asukasta](StakeholderGroup:residents).", "1412", "survey-research"),
        ("en", "The survey was answered by 120 [residents](StakeholderGroup:residents).", "120", "survey-research"),
        ("en", "Twelve [residents](StakeholderGroup:residents) were interviewed.", "12", "interview-research"),
        ("sv", "Enkäten besvarades av 85 [invånare](StakeholderGroup:residents).", "85", "survey-research"),
    ],
)  # fmt: skip
def test_who_answered_how_and_how_many(draw, language, text, size, collection):
    assert draw(language, text) == {
        ("study-1", "sampleSize", size), ("study-1", "dataCollection", collection),
        ("study-1", "stakeholder", "residents"),
    }  # fmt: skip


def test_two_samples_of_a_sentence_are_two_studies(draw):
    text = (
        "Kyselyyn vastasi 412 [asukasta](StakeholderGroup:residents), ja lisäksi haastateltiin "
        "24 [poronhoitajaa](StakeholderGroup:reindeer-herders)."
    )
    by_node = defaultdict(set)
    for node, predicate, value in draw("fi", text):
        by_node[node].add((predicate, value))
    assert {frozenset(facts) for facts in by_node.values()} == {
        frozenset({("sampleSize", "412"), ("dataCollection", "survey-research"), ("stakeholder", "residents")}),
        frozenset({("sampleSize", "24"), ("dataCollection", "interview-research"), ("stakeholder", "reindeer-herders")}),
    }  # fmt: skip


def test_a_part_of_a_sum_behind_the_verb_is_no_sample(draw):
    text = "Haastateltiin kuutta [opiskelijaa](StakeholderGroup:students) ja kolmea esimiestä."
    assert not [triple for triple in draw("fi", text) if triple[1] == "sampleSize"]


def test_a_part_of_a_sum_is_no_sample(draw):
    text = "Twelve [herders](StakeholderGroup:reindeer-herders) and five [landowners](StakeholderGroup:landowners) were interviewed."  # fmt: skip
    assert not [triple for triple in draw("en", text) if triple[1] == "sampleSize"]


def test_a_year_is_no_sample(draw):
    text = "Aineistona on asiakirjoja vuosilta 2010–2017 ja [haastatteluja](Method:interview-research)."
    assert not [triple for triple in draw("fi", text) if triple[1] == "sampleSize"]


def test_the_sentences_of_a_paragraph_tell_of_one_study_and_another_paragraph_of_its_own(draw):
    first = (
        "[Kevitsan kaivoksella](Site:kevitsa) testattiin [vaahdotusta](Method:flotation). "
        "Näytteitä otettiin 36, ja ne analysoitiin [röntgendiffraktiolla](Method:x-ray-diffraction). "
        "Menetelmän valmiustaso oli TRL 6."
    )
    second = "[Soklissa](Site:sokli) kokeiltiin [magneettierotusta](Method:magnetic-separation)."
    assert draw("fi", f"{first}\n\n{second}") == {
        ("study-1", "appliesMethod", "flotation"), ("study-1", "appliesMethod", "x-ray-diffraction"),
        ("study-1", "studiesSite", "kevitsa"), ("study-1", "sampleSize", "36"), ("study-1", "trl", "6"),
        ("study-2", "appliesMethod", "magnetic-separation"), ("study-2", "studiesSite", "sokli"),
    }  # fmt: skip


def test_the_acceptance_factors_that_interviews_raised(draw):
    text = (
        "[Teemahaastatteluja](Method:semi-structured-interview) tehtiin 14. Keskeisiksi tekijöiksi nousivat "
        "[luottamus](AcceptanceFactor:trust) ja [hyötyjen jakaminen](AcceptanceFactor:benefit-sharing)."
    )
    found = draw("fi", text)
    assert {
        ("study-1", "discussesFactor", "trust"), ("study-1", "discussesFactor", "benefit-sharing"),
        ("study-1", "dataCollection", "semi-structured-interview"),
    } <= found  # fmt: skip


def test_every_study_has_a_number_and_the_same_text_gives_the_same_statements(statements):
    text = "[Kevitsassa](Site:kevitsa) testattiin [vaahdotusta](Method:flotation)."
    assert statements("fi", text) == statements("fi", text)
    assert {s.subject for s in statements("fi", text)} == {"study-1"}
    assert all(s.status == "proposed" and 0.5 <= s.confidence <= 1 for s in statements("fi", text))
