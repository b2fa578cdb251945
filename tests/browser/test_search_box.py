"""Suggestions in the site's own box: a combobox for keyboard, screen reader and finger."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from amic_kg_api.rendering import BOX_SCRIPT, built_address

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", autouse=True)
def _built(needed: Callable[[object, str], None]) -> None:
    needed(
        built_address(BOX_SCRIPT),
        "the script of the box is not built: python3 scripts/web_bundle.py",
    )


@pytest.fixture(scope="module", autouse=True)
def _names_are_read(browser: Browser, site: str) -> None:
    """A server that has just started reads its names beside; the tests begin when it has."""
    page = browser.new_page()
    for _ in range(600):
        if page.request.get(f"{site}/api/suggest?q=ka").json()["complete"]:
            break
        page.wait_for_timeout(100)
    page.close()


def box(page: Page) -> Locator:
    return page.get_by_role("combobox")


def options(page: Page) -> Locator:
    return page.get_by_role("option")


def begin(page: Page, address: str, typed: str) -> None:
    page.goto(address)
    box(page).focus()
    page.keyboard.type(typed)
    expect(options(page).first).to_be_visible()


def active(page: Page) -> str:
    named = box(page).get_attribute("aria-activedescendant")
    return page.locator(f"#{named}").inner_text() if named else ""


def test_the_keyboard_alone_takes_a_suggestion_to_its_page(page: Page) -> None:
    begin(page, "/?lang=en", "kevit")
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    assert active(page) == ""
    page.keyboard.press("ArrowDown")
    assert "Kevitsa" in active(page)
    expect(page.locator("[aria-selected=true]")).to_have_count(1)
    expect(box(page)).to_have_value("kevit")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/id/site/kevitsa\?lang=en$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kevitsa")


def test_nothing_is_chosen_by_itself_enter_searches_for_what_was_typed(page: Page) -> None:
    begin(page, "/", "kaivosves")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/\?q=kaivosves$"))


def test_arrows_go_round_and_home_and_end_lead_back_to_the_text(page: Page) -> None:
    begin(page, "/", "kaivos")
    last = options(page).count() - 1
    page.keyboard.press("ArrowUp")
    expect(options(page).nth(last)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Home")
    assert active(page) == ""
    assert page.evaluate("document.activeElement.selectionStart") == 0
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.selectionStart") == len("kaivos")


def test_escape_closes_then_empties_and_alt_arrows_open_and_close(page: Page) -> None:
    begin(page, "/", "kaivos")
    page.keyboard.press("Escape")
    expect(options(page).first).to_be_hidden()
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    expect(box(page)).to_have_value("kaivos")
    page.keyboard.press("Alt+ArrowDown")
    expect(options(page).first).to_be_visible()
    assert active(page) == ""
    page.keyboard.press("Alt+ArrowUp")
    expect(options(page).first).to_be_hidden()
    page.keyboard.press("Escape")
    expect(box(page)).to_have_value("")


def test_tab_leaves_the_box_and_closes_the_list(page: Page) -> None:
    begin(page, "/", "kaivos")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Search")).to_be_focused()
    expect(options(page).first).to_be_hidden()
    expect(box(page)).to_have_value("kaivos")


@pytest.mark.parametrize(
    ("language", "said", "named"),
    [
        ("fi", "Siirry ehdotuksiin nuolinäppäimillä", "Ehdotukset"),
        ("en", "Reach them with the arrow keys", "Suggestions"),
        ("sv", "Gå till dem med piltangenterna", "Förslag"),
    ],
)
def test_a_screen_reader_is_told_how_many_there_are_in_its_language(
    page: Page, language: str, said: str, named: str
) -> None:
    begin(page, f"/?lang={language}", "kaivos")
    expect(page.locator(".search [role=status]")).to_contain_text(said)
    expect(page.get_by_role("listbox", name=named)).to_be_visible()


def test_a_misspelt_word_in_another_language_is_completed_too(page: Page) -> None:
    begin(page, "/?lang=en", "rensköstel")
    expect(options(page).first).to_contain_text("renskötsel")
    expect(options(page).first.locator(".name")).to_have_attribute("lang", "sv")
    expect(options(page).first.locator(".other")).to_have_text("reindeer husbandry")


def test_what_has_no_suggestion_says_so_and_searches_all_the_same(page: Page) -> None:
    page.goto("/?lang=en")
    box(page).focus()
    page.keyboard.type("xqzzy")
    expect(page.locator(".search [role=status]")).to_have_text("No suggestions.")
    page.keyboard.press("Enter")
    expect(page.locator(".tally")).to_contain_text("Nothing found")


def test_a_name_is_text_whatever_is_typed(page: Page) -> None:
    page.goto("/?lang=en")
    box(page).fill("<img src=x onerror=alert(1)> kevits")
    expect(page.locator(".search [role=status]")).to_have_text("No suggestions.")
    expect(page.locator(".search img")).to_have_count(0)


def test_a_finger_takes_a_suggestion(browser: Browser, site: str) -> None:
    context = browser.new_context(
        base_url=site, has_touch=True, is_mobile=True, viewport={"width": 390, "height": 780}
    )
    page = context.new_page()
    page.goto("/?lang=fi")
    box(page).tap()
    page.keyboard.type("sodank")
    options(page).first.tap()
    expect(page).to_have_url(re.compile(r"/id/"))
    context.close()


def test_a_press_with_ctrl_opens_another_tab(page: Page) -> None:
    begin(page, "/?lang=en", "kevit")
    with page.context.expect_page() as opened:
        options(page).first.click(modifiers=["Control"])
    expect(opened.value).to_have_url(re.compile(r"/id/site/kevitsa"))
    expect(page).to_have_url(re.compile(r"/\?lang=en$"))


def test_the_box_of_a_small_page_has_them_too(page: Page) -> None:
    begin(page, "/id/site/kittilan-kaivos?lang=en", "kevit")
    options(page).first.click()
    expect(page).to_have_url(re.compile(r"/id/site/kevitsa"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 390])
def test_no_barrier_is_found_in_the_open_list(
    browser: Browser, site: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        base_url=site,
        color_scheme=scheme,  # type: ignore[arg-type]
        viewport={"width": width, "height": 800},
    )
    page = context.new_page()
    begin(page, "/?lang=fi", "kaivos")
    page.keyboard.press("ArrowDown")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
