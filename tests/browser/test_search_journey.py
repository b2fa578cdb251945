"""A visitor's way from the start page to the sentence, by keyboard alone and without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def tab_to(page: Page, selector: str, presses: int = 60) -> None:
    """Press Tab until the focus is on `selector`, as a person without a mouse does."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    pytest.fail(f"{presses} presses of Tab do not reach {selector}")


def test_the_keyboard_alone_finds_a_document_and_opens_the_page(page: Page) -> None:
    page.goto("/")
    tab_to(page, "#q")
    page.keyboard.type("kaivosvesi")
    page.keyboard.press("Enter")
    expect(page.locator(".tally")).to_contain_text("documents")
    tab_to(page, ".where a.plain")
    page.keyboard.press("Enter")
    expect(page.locator("#quote")).to_be_in_viewport()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Page")


def test_the_page_chip_of_a_pdf_opens_it_at_that_page(page: Page) -> None:
    page.goto("/?q=sulfaatin+poisto&language=fi")
    link = page.locator("a.page[href*='/original#page=']").first
    answer = page.request.get(str(link.get_attribute("href")).partition("#")[0])
    assert answer.headers["content-type"] == "application/pdf"


def test_the_first_tab_offers_to_skip_to_the_content(page: Page) -> None:
    page.goto("/vocab")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_text("Skip to content")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_filter_is_set_and_taken_away_by_links(page: Page) -> None:
    page.goto("/?q=kaivos")
    before = page.locator(".tally strong").inner_text()
    page.locator(".filters a", has_text="Swedish").click()
    expect(page.locator(".tally strong")).not_to_have_text(before)
    page.locator(".chip.chosen").click()
    expect(page.locator(".tally strong")).to_have_text(before)


def test_filters_order_and_pages_apply_without_a_full_load(page: Page) -> None:
    page.goto("/?q=kaivos")
    page.evaluate("window.same = true")
    page.locator("#facet-language a", has_text="Swedish").click()
    expect(page).to_have_url(re.compile("language=sv"))
    expect(page.locator(".chip.chosen")).to_contain_text("Language: Swedish")
    page.locator(".orders a", has_text="Newest").click()
    expect(page).to_have_url(re.compile("sort=newest"))
    expect(page.locator(".orders a[aria-current]")).to_have_text("Newest")
    # The next words are looked for within the same filters.
    assert page.locator("main form.search input[name=language]").get_attribute("value") == "sv"
    page.go_back()
    expect(page.locator(".orders a[aria-current]")).to_have_text("Relevance")
    page.go_back()
    expect(page.locator(".chip.chosen")).to_have_count(0)
    assert page.evaluate("window.same")


def test_a_screen_reader_is_told_and_the_focus_stays_where_it_was(page: Page) -> None:
    page.goto("/?q=kaivos")
    tab_to(page, "#facet-language a[data-key='language sv']", presses=120)
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_contain_text("document")
    expect(page.locator("a[data-key='language sv'][aria-current]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".chip.chosen")).to_have_count(0)
    expect(page.locator("a[data-key='language sv']")).to_be_focused()


def test_a_chip_taken_away_leaves_the_focus_at_the_tally(page: Page) -> None:
    page.goto("/?q=nikkeli&language=fi")
    page.locator(".chip.two .cross").first.click()
    expect(page).to_have_url(re.compile("plain="))
    expect(page.locator("#tally")).to_be_focused()
    page.locator(".chip.chosen").click()
    expect(page).not_to_have_url(re.compile("language="))


def test_the_language_changes_and_the_search_stays(page: Page) -> None:
    page.goto("/?q=mine+water")
    page.locator(".languages a", has_text="SV").click()
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    expect(page.locator("#q")).to_have_value("mine water")


def test_a_suggestion_is_one_click_away(page: Page) -> None:
    page.goto("/?q=kaivosvsei")
    page.locator(".suggestion a").click()
    expect(page.locator(".hit").first).to_be_visible()


def test_an_example_query_runs_and_its_rows_lead_to_things(page: Page) -> None:
    page.goto("/sparql")
    page.locator(".examples a").nth(1).click()
    page.locator("table a[href^='/vocab/']").first.click()
    expect(page.get_by_role("heading", level=2, name="Named in")).to_be_visible()


def test_a_question_is_asked_by_its_form_and_answers_with_pages(page: Page) -> None:
    page.goto("/queries")
    page.get_by_role("link", name="Acceptance factors of a mine or municipality").click()
    field = page.get_by_role("textbox").or_(page.get_by_role("combobox")).first
    field.fill("Sodankylä")
    page.get_by_role("button", name="Ask").click()
    expect(page).to_have_url(re.compile(r"/queries/q11\?.*Sodankyl"))
    page.locator(".told td a[href*='/pages/']").first.click()
    expect(page.locator("#quote")).to_be_in_viewport()


def test_everything_works_without_script_at_the_width_of_a_phone(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(
        base_url=site, java_script_enabled=False, viewport={"width": 320, "height": 640}
    )
    page = context.new_page()
    page.goto("/?lang=en")
    page.locator("#q").fill("tailings")
    page.locator(".search button").click()
    page.locator(".hit h2 a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    context.close()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?q=kaivosvesi",
        "/vocab/method",
        "/id/site/kevitsa",
        "/queries",
        "/queries/q11",
        "/sparql",
        "/docs",
    ],
)
def test_no_page_scrolls_sideways_at_320_pixels(browser: Browser, site: str, path: str) -> None:
    # WCAG 2.2, 1.4.10 Reflow: https://www.w3.org/TR/WCAG22/#reflow
    context = browser.new_context(base_url=site, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(path)
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert wide <= 320
