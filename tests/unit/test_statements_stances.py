# ruff: noqa: E501 -- a sentence of a case stands on one line
"""Stances: whose, which, towards what; negation, conditions and division in three languages."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("language", "text", "stance"),
    [
        ("fi", "[Poronhoitajat](StakeholderGroup:reindeer-herders) vastustavat [Sakatin kaivosta](Site:sakatti).", "opposed"),
        ("fi", "[Sakatin kaivosta](Site:sakatti) vastustavat [poronhoitajat](StakeholderGroup:reindeer-herders).", "opposed"),
        ("fi", "[Poronhoitajat](StakeholderGroup:reindeer-herders) kannattavat [Sakatin kaivosta](Site:sakatti).", "supportive"),
        ("fi", "[Poronhoitajat](StakeholderGroup:reindeer-herders) eivät vastusta [Sakatin kaivosta](Site:sakatti).", "neutral"),
        ("fi", "[Poronhoitajat](StakeholderGroup:reindeer-herders) eivät hyväksy [Sakatin kaivosta](Site:sakatti).", "opposed"),
        ("fi", "[Poronhoitajat](StakeholderGroup:reindeer-herders) hyväksyvät [Sakatin kaivoksen](Site:sakatti), jos laitumet säilyvät.", "conditional"),
        ("fi", "[Poronhoitajat](StakeholderGroup:reindeer-herders) suhtautuvat [Sakatin kaivokseen](Site:sakatti) kriittisesti.", "opposed"),
        ("fi", "Osa [poronhoitajista](StakeholderGroup:reindeer-herders) kannattaa [Sakatin kaivosta](Site:sakatti) ja osa vastustaa sitä.", "mixed"),
        ("en", "[Reindeer herders](StakeholderGroup:reindeer-herders) oppose the [Sakatti mine](Site:sakatti).", "opposed"),
        ("en", "The [Sakatti mine](Site:sakatti) is opposed by [reindeer herders](StakeholderGroup:reindeer-herders).", "opposed"),
        ("en", "[Reindeer herders](StakeholderGroup:reindeer-herders) do not oppose the [Sakatti mine](Site:sakatti).", "neutral"),
        ("en", "[Reindeer herders](StakeholderGroup:reindeer-herders) support [Sakatti](Site:sakatti), provided that pastures remain.", "conditional"),
        ("en", "[Reindeer herders](StakeholderGroup:reindeer-herders) are divided over the [Sakatti mine](Site:sakatti).", "mixed"),
        ("sv", "[Renskötarna](StakeholderGroup:reindeer-herders) motsätter sig [Sakatti](Site:sakatti).", "opposed"),
        ("sv", "[Renskötarna](StakeholderGroup:reindeer-herders) stöder [Sakatti](Site:sakatti) förutsatt att betet skyddas.", "conditional"),
        ("sv", "[Renskötarna](StakeholderGroup:reindeer-herders) förhåller sig neutralt till [Sakatti](Site:sakatti).", "neutral"),
    ],
)  # fmt: skip
def test_a_group_takes_a_stance_towards_a_site(draw, language, text, stance):
    assert draw(language, text) == {
        ("stance-1", "stakeholder", "reindeer-herders"), ("stance-1", "stance", f"stance-{stance}"),
        ("stance-1", "towards", "sakatti"),
    }  # fmt: skip


def test_each_group_of_a_sentence_has_a_stance_of_its_own(draw):
    text = (
        "[Asukkaat](StakeholderGroup:residents) kannattavat [Sakatin kaivosta](Site:sakatti), mutta "
        "[matkailuyrittäjät](StakeholderGroup:tourism-entrepreneurs) ja "
        "[poronhoitajat](StakeholderGroup:reindeer-herders) vastustavat sitä."
    )
    triples = draw("fi", text)
    stances = {
        (group, value)
        for node, predicate, group in triples
        for other, kind, value in triples
        if node == other and predicate == "stakeholder" and kind == "stance"
    }
    assert stances == {
        ("residents", "stance-supportive"), ("tourism-entrepreneurs", "stance-opposed"),
        ("reindeer-herders", "stance-opposed"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "group", "stance"),
    [
        ("en", "Opposition to [Sokli](Site:sokli) is strong among [hunters](StakeholderGroup:hunters).", "hunters", "opposed"),
        ("en", "While [residents](StakeholderGroup:residents) see [Kevitsa](Site:kevitsa) as an opportunity, [hunters](StakeholderGroup:hunters) do not take part.", "residents", "supportive"),
        ("fi", "[Nuoret](StakeholderGroup:youth) eivät halua [Soklin kaivosta](Site:sokli).", "youth", "opposed"),
        ("sv", "[Samebyarna](StakeholderGroup:samebyar) vill inte ha [gruvan i Kallak](Site:kallak).", "samebyar", "opposed"),
    ],
)  # fmt: skip
def test_a_stance_may_be_a_noun_or_a_way_of_seeing(draw, language, text, group, stance):
    found = draw(language, text)
    assert {
        ("stance-1", "stakeholder", group), ("stance-1", "stance", f"stance-{stance}"),
    } <= found  # fmt: skip


def test_a_reason_is_not_what_the_stance_is_about(draw):
    text = (
        "[Tourism entrepreneurs](StakeholderGroup:tourism-entrepreneurs) are opposed to the "
        "[Hannukainen mine](Site:hannukainen) because of [landscape impacts](AcceptanceFactor:landscape)."
    )
    found = draw("en", text)
    assert ("stance-1", "towards", "hannukainen") in found
    assert not any("landscape" in triple for triple in found)


def test_the_project_of_the_sentence_before_is_meant_by_it(draw):
    text = (
        "[Hannukaisen kaivoshanke](Site:hannukainen) on vireillä. "
        "[Paliskunnat](StakeholderGroup:reindeer-herding-cooperatives) vastustavat hanketta."
    )
    assert ("stance-1", "towards", "hannukainen") in draw("fi", text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "[Asukkaat](StakeholderGroup:residents) asuvat [Sakatin](Site:sakatti) lähellä."),
        ("fi", "Vastustavatko [asukkaat](StakeholderGroup:residents) [Sakatin kaivosta](Site:sakatti)?"),
        ("fi", "[Hankkeen](Project:kaivosvv) pohjalta kannattaa toteuttaa kysely, johon [asukkaat](StakeholderGroup:residents) osallistuvat."),
        ("en", "Letters to [residents](StakeholderGroup:residents) oppose the [Sakatti mine](Site:sakatti)."),
        ("en", "[Residents](StakeholderGroup:residents) oppose everything."),
    ],
)  # fmt: skip
def test_without_holder_cue_and_target_there_is_no_stance(draw, language, text):
    assert draw(language, text) == set()
