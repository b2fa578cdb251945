# ruff: noqa: E501 -- a sentence of a case stands on one line
"""What a text says of sites: where, what, by whom, at which stage; and what it does not say."""

from __future__ import annotations

import pytest

KEVITSA = "[Kevitsan kaivos](Site:kevitsa)"


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("fi", f"{KEVITSA} sijaitsee [Sodankylässä](Place:sodankyla).", "sodankyla"),
        ("fi", "[Sodankylässä](Place:sodankyla) sijaitseva [Kevitsa](Site:kevitsa) on avolouhos.", "sodankyla"),
        ("fi", "[Sodankylän](Place:sodankyla) [Kevitsassa](Site:kevitsa) louhitaan malmia.", "sodankyla"),
        ("fi", "[Kevitsa](Site:kevitsa) on [Sodankylän kunnassa](Organization:municipality-of-sodankyla).", "sodankyla"),
        ("en", "The [Kevitsa mine](Site:kevitsa), opened in 2012, is located in [Sodankylä](Place:sodankyla).", "sodankyla"),
        ("en", "[Kevitsa](Site:kevitsa) in the municipality of [Sodankylä](Place:sodankyla) is an open pit.", "sodankyla"),
        ("sv", "[Kevitsa gruva](Site:kevitsa) ligger i [Sodankylä](Place:sodankyla).", "sodankyla"),
    ],
)  # fmt: skip
def test_a_site_lies_where_the_sentence_puts_it(draw, language, text, place):
    assert ("kevitsa", "locatedIn", place) in draw(language, text)


def test_several_sites_of_a_sentence_lie_each_in_its_own_place(draw):
    text = (
        "Esimerkkejä ovat [Hannukainen](Site:hannukainen) [Kolarissa](Place:kolari) ja "
        "[Sokli](Site:sokli) [Savukoskella](Place:savukoski)."
    )
    assert draw("fi", text) == {
        ("hannukainen", "locatedIn", "kolari"), ("sokli", "locatedIn", "savukoski"),
    }  # fmt: skip


def test_the_registry_makes_surer_and_a_contradiction_stays(statements):
    def said(place):
        text = f"{KEVITSA} sijaitsee [Xssa](Place:{place})."
        (statement,) = statements("fi", text)
        return statement.confidence

    assert said("sodankyla") > said("kittila") > 0.7


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "[Kevitsa](Site:kevitsa) ei sijaitse [Kittilässä](Place:kittila)."),
        ("fi", "Sijaitseeko [Kevitsa](Site:kevitsa) [Sodankylässä](Place:sodankyla)?"),
        ("fi", "[Kevitsan](Site:kevitsa) ja [Sodankylän](Place:sodankyla) välillä on tie."),
        ("en", "The [Kevitsa mine](Site:kevitsa) is not operated by [Outokumpu](Organization:outokumpu)."),
        ("en", "If [Sakatti](Site:sakatti) opens, it would produce [nickel](Commodity:nickel)."),
        ("en", "Planning example: [Kevitsa](Site:kevitsa) produces [gold](Commodity:gold)."),
        ("sv", "[Kevitsa](Site:kevitsa) producerar inte [guld](Commodity:gold)."),
    ],
)  # fmt: skip
def test_what_is_denied_asked_supposed_or_made_up_is_no_statement(draw, language, text):
    assert draw(language, text) == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "[Pyhäsalmen kaivoksella](Site:pyhasalmi) louhittiin [kuparia](Commodity:copper) ja [sinkkiä](Commodity:zinc)."),
        ("fi", "[Kuparia](Commodity:copper) ja [sinkkiä](Commodity:zinc) tuotettiin [Pyhäsalmen kaivoksella](Site:pyhasalmi)."),
        ("en", "[Pyhäsalmi](Site:pyhasalmi) in [Finland](Place:suomi) produced [copper](Commodity:copper) and [zinc](Commodity:zinc)."),
        ("en", "At [Pyhäsalmi](Site:pyhasalmi), [copper](Commodity:copper) and [zinc](Commodity:zinc) were mined."),
        ("sv", "Vid [Pyhäsalmi](Site:pyhasalmi) bröts [koppar](Commodity:copper) och [zink](Commodity:zinc)."),
    ],
)  # fmt: skip
def test_each_of_the_joined_products_is_a_statement(draw, language, text):
    found = draw(language, text)
    assert {("pyhasalmi", "produces", "copper"), ("pyhasalmi", "produces", "zinc")} <= found


@pytest.mark.parametrize(
    ("language", "text", "metals"),
    [
        ("fi", "[Syväjärven](Site:syvajarvi) litiumesiintymä tunnetaan hyvin.", {"lithium"}),
        ("en", "[Sokli](Site:sokli) contains [niobium](Commodity:niobium).", {"niobium"}),
        ("sv", "[Sokli](Site:sokli) innehåller [niob](Commodity:niobium).", {"niobium"}),
    ],
)  # fmt: skip
def test_a_site_holds_what_its_noun_or_the_verb_says(draw, language, text, metals):
    found = {value for _, predicate, value in draw(language, text) if predicate == "hasCommodity"}
    assert metals <= found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "[Kevitsan](Site:kevitsa) nikkeli-kuparikaivos on avolouhos."),
        ("en", "The [Kevitsa](Site:kevitsa) nickel-copper mine is an open pit."),
    ],
)
def test_what_is_mined_is_produced_and_said_once(draw, language, text):
    found = draw(language, text)
    assert ("kevitsa", "produces", "copper") in found
    assert ("kevitsa", "hasCommodity", "copper") not in found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "[Terrafame Oy](Organization:terrafame) operoi [Talvivaaran kaivosta](Site:terrafamen-kaivos)."),
        ("fi", "[Talvivaaran kaivosta](Site:terrafamen-kaivos) operoi [Terrafame Oy](Organization:terrafame)."),
        ("fi", "[Terrafamen](Organization:terrafame) [Talvivaaran kaivos](Site:terrafamen-kaivos) on avolouhos."),
        ("fi", "[Talvivaara](Site:terrafamen-kaivos) on suuri kaivos. Sen omistaa [Terrafame Oy](Organization:terrafame)."),
        ("en", "The [Talvivaara mine](Site:terrafamen-kaivos) in [Sotkamo](Place:sotkamo) is owned and operated by [Terrafame](Organization:terrafame)."),
        ("en", "The [Talvivaara mine](Site:terrafamen-kaivos) is large. [Terrafame](Organization:terrafame) bought it in 2015."),
        ("sv", "[Talvivaara](Site:terrafamen-kaivos) ligger i [Sotkamo](Place:sotkamo) och drivs av [Terrafame](Organization:terrafame)."),
    ],
)  # fmt: skip
def test_owners_and_operators_run_a_site(draw, language, text):
    assert ("terrafamen-kaivos", "hasOperator", "terrafame") in draw(language, text)


@pytest.mark.parametrize(
    ("language", "text", "stage"),
    [
        ("fi", "[Kittilän kaivos](Site:kittilan-kaivos) on toiminnassa.", "operation"),
        ("fi", "[Kittilän kaivos](Site:kittilan-kaivos) suljettiin vuonna 1985.", "abandoned-mine"),
        ("en", "[Kittilä](Site:kittilan-kaivos) was closed in 2015.", "abandoned-mine"),
        ("en", "[Kittilä](Site:kittilan-kaivos) is in the [permitting stage](LifecycleStage:permitting).", "permitting"),
        ("sv", "[Kittilä](Site:kittilan-kaivos) är i drift.", "operation"),
    ],
)  # fmt: skip
def test_the_stage_is_what_the_sentence_says(draw, language, text, stage):
    assert ("kittilan-kaivos", "stage", stage) in draw(language, text)


def test_a_table_with_bars_gives_a_row_for_each_site(statements):
    text = (
        "Kohde | Kunta | Tuotteet | Tila\n\n"
        "[Kemi](Site:kemin-kaivos) | [Keminmaa](Place:keminmaa) | [kromi](Commodity:chromium) | toiminnassa\n\n"
        "[Sakatti](Site:sakatti) | [Sodankylä](Place:sodankyla) | | [lupavaihe](LifecycleStage:permitting)"
    )
    found = {
        (s.subject.rsplit("/")[-1], s.predicate.split("#")[1], s.object.rsplit("/")[-1])
        for s in statements("fi", text)
    }
    assert found == {
        ("kemin-kaivos", "locatedIn", "keminmaa"), ("kemin-kaivos", "produces", "chromium"),
        ("kemin-kaivos", "stage", "operation"), ("sakatti", "locatedIn", "sodankyla"),
        ("sakatti", "stage", "permitting"),
    }  # fmt: skip
    assert {s.surface for s in statements("fi", text) if "sakatti" in s.subject} == {
        "Sakatti | Sodankylä | | lupavaihe"
    }


def test_a_table_without_bars_is_read_by_its_lines_and_header(draw):
    text = (
        "Site Municipality Commodity\n"
        "[Pahtavaara](Site:pahtavaara) [Sodankylä](Place:sodankyla) [gold](Commodity:gold)\n"
        "[Suhanko](Site:suhanko) [Ranua](Place:ranua) PGM"
    )
    assert draw("en", text) == {
        ("pahtavaara", "locatedIn", "sodankyla"), ("pahtavaara", "hasCommodity", "gold"),
        ("suhanko", "locatedIn", "ranua"),
    }  # fmt: skip


def test_the_list_of_references_says_nothing(draw):
    text = (
        "References\n"
        "Smith, J. 2014. The [Kevitsa mine](Site:kevitsa) is located in [Sodankylä](Place:sodankyla). Espoo."
    )
    assert draw("en", text) == set()
