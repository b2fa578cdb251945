# ruff: noqa: E501 -- a sentence of a case stands on one line
"""One fact in many wordings: the types of what is named tell the roles, any verb of a class will do."""

from __future__ import annotations

import pytest

MINE = "[Kevitsa](Site:kevitsa)"
FIRM = "[Boliden](Organization:boliden)"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", f"{FIRM} pyörittää [Kevitsan](Site:kevitsa) kaivosta."),
        ("fi", f"[Kevitsan kaivosta](Site:kevitsa) on hallinnoinut vuodesta 2016 {FIRM}."),
        ("fi", f"Yhtiö {FIRM}, jolla on [Kevitsan kaivos](Site:kevitsa), rekrytoi väkeä."),
        ("en", f"The {MINE} mine, for years run by {FIRM}, is an open pit."),
        ("en", f"The {MINE} mine belongs to the Swedish company {FIRM}."),
        ("en", f"{FIRM} restarted the {MINE} mine after a pause."),
        ("sv", f"{MINE} tillhör sedan 2016 det svenska bolaget {FIRM}."),
        ("sv", f"{FIRM} tog över {MINE} efter köpet."),
    ],
)  # fmt: skip
def test_whoever_owns_or_runs_a_mine_is_its_operator_in_any_wording(draw, language, text):
    assert ("kevitsa", "hasOperator", "boliden") in draw(language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", f"{FIRM} sampled the tailings of {MINE}."),
        ("en", f"{FIRM} has never owned {MINE}."),
        ("fi", f"{FIRM} ei omista [Kevitsan](Site:kevitsa) kaivosta."),
        ("sv", f"Om {FIRM} köper {MINE} skulle bolaget äga den."),
    ],
)  # fmt: skip
def test_who_only_works_there_or_is_said_not_to_own_it_is_no_operator(draw, language, text):
    assert not any(triple[1] == "hasOperator" for triple in draw(language, text))


def test_products_are_listed_with_their_amounts(draw):
    text = (
        f"The {MINE} mine produced a total of 8,805 tonnes of [nickel](Commodity:nickel), 17,204 tonnes of "
        "[copper](Commodity:copper) and small amounts of [cobalt](Commodity:cobalt)."
    )
    found = draw("en", text)
    assert {("kevitsa", "produces", metal) for metal in ("nickel", "copper", "cobalt")} <= found


def test_what_another_clause_tells_of_another_place_is_no_product_of_the_site_named_after(draw):
    text = "I norr bryts [järnmalm](Commodity:iron-ore), och [Aitik](Site:aitik) är ett dagbrott."
    assert draw("sv", text) == set()


def test_metals_in_the_water_of_a_mine_are_no_commodity_of_it(draw):
    text = f"The water of {MINE} contains [arsenic](Commodity:arsenic)."
    assert draw("en", text) == set()


def test_a_name_that_tells_what_is_mined_gives_the_commodity(draw):
    text = "[Kittilän kultakaivos](Site:kittilan-kaivos) on laajentunut."
    assert ("kittilan-kaivos", "produces", "gold") in draw("fi", text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "[ILPO](Project:ilpo) sai alkunsa, kun vetovastuu annettiin: päävastuu on [GTK:lla](Organization:gtk), ja kumppaneina ovat [SYKE](Organization:syke) ja [VTT](Organization:vtt)."),
        ("en", "Under the leadership of [GTK](Organization:gtk), [ILPO](Project:ilpo) brings together [SYKE](Organization:syke) and [VTT](Organization:vtt)."),
        ("sv", "[ILPO](Project:ilpo), lett av [GTK](Organization:gtk), genomförs i samverkan med [SYKE](Organization:syke) och [VTT](Organization:vtt)."),
    ],
)  # fmt: skip
def test_a_project_has_one_leader_and_the_others_are_partners(draw, language, text):
    found = draw(language, text)
    assert {
        ("ilpo", "coordinator", "gtk"), ("ilpo", "partner", "syke"), ("ilpo", "partner", "vtt"),
    } <= found  # fmt: skip
    assert ("ilpo", "partner", "gtk") not in found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "Tässä tutkielmassa perehdytään [kaivosten sulkemiseen](Theme:mine-closure). Menetelmänä on [tapaustutkimus](Method:case-study)."),
        ("en", "This thesis is about [mine closure](Theme:mine-closure). It draws on a [case study](Method:case-study)."),
        ("sv", "Examensarbetet handlar om [gruvstängning](Theme:mine-closure). Som metod användes en [fallstudie](Method:case-study)."),
    ],
)  # fmt: skip
def test_a_study_is_about_its_theme_and_rests_on_its_method(draw, language, text):
    assert {
        ("study-1", "discussesTheme", "mine-closure"), ("study-1", "appliesMethod", "case-study"),
    } <= draw(language, text)  # fmt: skip


def test_what_a_plant_does_with_its_ore_is_no_study(draw):
    text = f"At {MINE}, ore has been concentrated by [flotation](Method:flotation) since 2012."
    assert not any(triple[1] == "appliesMethod" for triple in draw("en", text))
