# ruff: noqa: E501 -- a sentence of a case stands on one line
"""What a text says of projects, in sentences and in fields; "the project" is the one it is about."""

from __future__ import annotations

import pytest

from amic_kg.extract.statements.amounts import find_euros, find_times

GTK, SYKE = "(Organization:gtk)", "(Organization:syke)"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", f"[KaivosVV-hanketta](Project:kaivosvv) koordinoi [Geologian tutkimuskeskus]{GTK} yhdessä [Suomen ympäristökeskuksen]{SYKE} kanssa."),
        ("fi", f"[KaivosVV](Project:kaivosvv) alkoi. Sitä koordinoi [Geologian tutkimuskeskus]{GTK}, ja kumppanina oli [Suomen ympäristökeskus]{SYKE}."),
        ("en", f"[KaivosVV](Project:kaivosvv) is coordinated by [GTK]{GTK}. The partners are [Syke]{SYKE} and others."),
        ("en", f"[GTK]{GTK} leads the [KaivosVV project](Project:kaivosvv) together with [Syke]{SYKE}."),
        ("sv", f"[KaivosVV](Project:kaivosvv) leds av [GTK]{GTK}. Partner är [Syke]{SYKE}."),
    ],
)  # fmt: skip
def test_who_leads_and_who_joins_are_told_apart(draw, language, text):
    found = {triple for triple in draw(language, text) if triple[1] in ("coordinator", "partner")}
    assert found == {("kaivosvv", "coordinator", "gtk"), ("kaivosvv", "partner", "syke")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "[Euroopan aluekehitysrahaston](FundingProgramme:european-regional-development-fund) rahoittama [KaivosVV-hanke](Project:kaivosvv) jatkuu."),
        ("fi", "[KaivosVV-hanke](Project:kaivosvv) jatkuu. Rahoitus tuli [Euroopan aluekehitysrahastosta](FundingProgramme:european-regional-development-fund)."),
        ("en", "[KaivosVV](Project:kaivosvv) received funding from the [ERDF](FundingProgramme:european-regional-development-fund)."),
        ("sv", "[KaivosVV](Project:kaivosvv) finansieras av [ERUF](FundingProgramme:european-regional-development-fund)."),
    ],
)  # fmt: skip
def test_the_programme_that_pays(draw, language, text):
    found = draw(language, text)
    assert ("kaivosvv", "fundedUnder", "european-regional-development-fund") in found


def test_an_organisation_that_pays_is_a_funder_and_no_coordinator(draw):
    text = (
        "The [KaivosVV project](Project:kaivosvv) was funded by [Tekes](Organization:tekes) "
        "and led by [GTK](Organization:gtk)."
    )
    assert draw("en", text) == {("kaivosvv", "funder", "tekes"), ("kaivosvv", "coordinator", "gtk")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "[KaivosVV-hanke](Project:kaivosvv) toteutettiin 1.1.2018–31.12.2020, ja sen budjetti oli 1,2 miljoonaa euroa."),
        ("en", "The [KaivosVV project](Project:kaivosvv) ran from 1 January 2018 to 31 December 2020 with a total budget of EUR 1.2 million."),
        ("sv", "[KaivosVV](Project:kaivosvv) pågick från den 1 januari 2018 till den 31 december 2020 och hade en budget på 1,2 miljoner euro."),
        ("fi", "Hanke: [KaivosVV](Project:kaivosvv)\nKesto: 1.1.2018–31.12.2020\nBudjetti: 1 200 000 €"),
    ],
)  # fmt: skip
def test_when_and_how_much_in_sentences_and_fields(statements, language, text):
    found = {(s.predicate.split("#")[1], s.object, s.datatype) for s in statements(language, text)}
    assert found == {
        ("start", "2018-01-01", "date"), ("end", "2020-12-31", "date"), ("budget", "1200000", "decimal"),
    }  # fmt: skip


def test_a_label_alone_on_its_line_speaks_of_the_next(draw):
    text = "[KaivosVV](Project:kaivosvv)\n\nProjektin kesto\n\n01.05.2016 - 30.11.2018"
    assert draw("fi", text) == {
        ("kaivosvv", "start", "2016-05-01"), ("kaivosvv", "end", "2018-11-30"),
    }  # fmt: skip


def test_another_project_without_a_known_name_is_not_the_one_just_named(draw):
    text = (
        "[KaivosVV](Project:kaivosvv) is a network. The Arctic Challenge research project is "
        "funded by [Tekes](Organization:tekes)."
    )
    assert draw("en", text) == set()


def test_with_two_projects_named_the_project_means_neither(draw):
    text = (
        "[KaivosVV](Project:kaivosvv) ja [KaiHali](Project:kaihali) liittyvät toisiinsa. "
        "Hanketta koordinoi [Geologian tutkimuskeskus](Organization:gtk)."
    )
    assert draw("fi", text) == set()


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("1.5.2016–30.11.2018", [("2016-05-01", "2018-11-30")]),
        ("toukokuussa 2016", [("2016-05", None)]),
        ("from 2016 to 2018", [("2016", "2018")]),
        ("in 2016 and 2018", [("2016", None), ("2018", None)]),
        ("31.2.2018, nro 2018/55, 12018 t", []),
        ("May 3, 2019", [("2019-05-03", None)]),
        ("joulukuu 2020", [("2020-12", None)]),
    ],
)
def test_times_are_read_with_their_precision(text, spans):
    assert [(time.value, time.until) for time in find_times(text)] == spans


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("1,2 miljoonaa euroa", ["1200000"]),
        ("EUR 7.4 million", ["7400000"]),
        ("500 000 €", ["500000"]),
        ("€6.9 million", ["6900000"]),
        ("7,450,000 euros", ["7450000"]),
        ("1 miljoner kr", []),
        ("20 tuhatta euroa", ["20000"]),
    ],
)
def test_euros_are_read_and_no_other_money(text, amounts):
    assert [amount for _, _, amount in find_euros(text)] == amounts
