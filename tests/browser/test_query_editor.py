"""The page /sparql with script: editor, completion, errors in their place, views, files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from amic_kg_api.rendering import built_address

pytestmark = pytest.mark.browser

TOPICS = """\
SELECT ?topic ?label (COUNT(DISTINCT ?document) AS ?documents) WHERE {
  ?document dcterms:subject ?topic . ?topic skos:prefLabel ?label FILTER(LANG(?label) = "en")
} GROUP BY ?topic ?label ORDER BY DESC(?documents) ?label LIMIT 12"""
MINES = """\
SELECT ?mine ?label ?wkt WHERE {
  ?mine a mrdi:Mine ; skos:prefLabel ?label ; geo:hasGeometry/geo:asWKT ?wkt .
  FILTER(LANG(?label) = "en")
} LIMIT 30"""
PARTNERS = "CONSTRUCT { ?project mrdi:partner ?who } WHERE { ?project mrdi:partner ?who }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
BROKEN = "SELECT ?x WHERE {\n  ?x a mrdi:Report .\n  ?x } ?y\n}"
AWKWARD = 'SELECT ("it\'s \\"so\\" \\\\ – ä" AS ?said) ({} AS ?n) {{}}'
"""Quotes of both kinds, a backslash and letters beyond ASCII, for what is copied into programs."""


@pytest.fixture(scope="module", autouse=True)
def _built(needed: Callable[[object, str], None]) -> None:
    needed(
        built_address("sparql.js"),
        "the script of the page is not built: python3 scripts/web_bundle.py",
    )


def editor(page: Page) -> Locator:
    return page.get_by_role("textbox", name="SPARQL query")


def write(page: Page, query: str) -> None:
    # The editor has a name in the reader's language.
    page.locator("#editor .cm-content").click()
    page.keyboard.press("Control+a")
    # Where text replaces text that is coloured, the browser itself would colour it by a style
    # attribute; the policy refuses that, as it should, and the console says so.
    page.keyboard.press("Delete")
    # As it is pasted: typing would close brackets.
    page.keyboard.insert_text(query)


def ask(page: Page, query: str, said: str = "Answered in") -> None:
    page.goto("/sparql")
    write(page, query)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#state")).to_contain_text(said)


def program(page: Page, name: str) -> str:
    page.get_by_text(f"For {name}", exact=True).click()
    return page.get_by_role("region", name=name, exact=True).inner_text()


def test_the_keyboard_alone_writes_runs_and_looks_through_an_answer(page: Page) -> None:
    page.goto("/sparql")
    for _ in range(30):
        page.keyboard.press("Tab")
        if editor(page).evaluate("e => e.getRootNode().activeElement === e"):
            break
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type("ASK {}")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#state[role=status]")).to_contain_text("Yes Answered in")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run the query")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("tab", name="Table")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Raw")).to_be_focused()
    expect(page.get_by_role("tabpanel", name="Raw")).to_contain_text('"boolean": true')


@pytest.mark.parametrize(
    ("language", "typed", "offered", "written"),
    [
        ("en", "SELECT * { ?x a repo", "mrdi:Report", "?x a mrdi:Report"),
        ("fi", "SELECT * { ?x a raport", "mrdi:Report", "?x a mrdi:Report"),
        ("en", "SELECT * { ?x dcterms:subj", "dcterms:subject", "?x dcterms:subject"),
        ("sv", "SELECT * { ?x mrdi:partn", "mrdi:partner", "?x mrdi:partner"),
        ("en", "SELECT * { ?x sko", "skos:", "?x skos:"),
        ("en", "SELECT * { ?site a ?k . ?si", "?site", "?k . ?site"),
        ("fi", "SELECT * { ?x ?y nikke", "nikkeli", "<https://w3id.org/amic/vocab/commodity/nickel>"),
    ],
)  # fmt: skip
def test_what_is_begun_is_completed_from_the_graph_in_any_language(
    page: Page, language: str, typed: str, offered: str, written: str
) -> None:
    page.goto(f"/sparql?lang={language}")
    box = page.locator("#editor .cm-content")
    write(page, typed[:-1])
    page.keyboard.type(typed[-1])
    option = page.locator("#editor [role=option]").filter(
        has=page.locator(f".cm-completionLabel:text-is('{offered}')")
    )
    expect(option.first).to_be_visible()
    for _ in range(50):
        if option.first.get_attribute("aria-selected") == "true":
            break
        page.keyboard.press("ArrowDown")
    page.wait_for_timeout(100)  # a completion that has just opened takes no Enter
    page.keyboard.press("Enter")
    expect(box).to_contain_text(written)


def test_the_place_of_an_error_is_marked_and_told_in_the_readers_language(page: Page) -> None:
    page.goto("/sparql?lang=fi")
    write(page, BROKEN)
    page.keyboard.press("Control+Enter")
    place = page.request.get("/sparql", params={"query": BROKEN}).json()
    expect(page.locator("#wrong-title")).to_have_text("Kyselyä ei voi suorittaa")
    expect(page.locator("#state")).to_contain_text(f"Rivi {place['line']}, merkki")
    lines = page.locator("#editor .cm-line")
    marked = lines.nth(place["line"] - 1).locator(".cm-lintRange-error, .cm-lintPoint-error")
    expect(marked).to_have_count(1)
    page.locator("#to-place").click()
    expect(page.locator("#editor .cm-content")).to_be_focused()
    page.keyboard.type(" ")
    expect(page.locator("#editor .cm-lintRange-error, #editor .cm-lintPoint-error")).to_have_count(
        0
    )


def test_an_error_that_the_server_tells_in_its_page_is_marked_too(page: Page) -> None:
    page.goto("/sparql?query=SELECT+broken")
    expect(page.locator("#editor .cm-lintPoint-error, #editor .cm-lintRange-error")).to_have_count(
        1
    )


def test_a_chart_stands_with_its_figures(page: Page) -> None:
    ask(page, TOPICS)
    page.get_by_role("tab", name="Chart").click()
    panel = page.get_by_role("tabpanel", name="Chart")
    assert "documents by label: 12 values" in str(
        panel.get_by_role("img").get_attribute("aria-label")
    )
    expect(panel.locator("svg rect")).to_have_count(12)
    expect(panel.locator("tbody tr")).to_have_count(12)
    first = page.request.get("/sparql", params={"query": TOPICS, "format": "json"}).json()[
        "results"
    ]["bindings"][0]
    expect(panel.locator("tbody tr").first).to_have_text(
        first["label"]["value"] + first["documents"]["value"]
    )
    panel.get_by_label("Form").select_option("curve")
    expect(panel.locator("svg circle")).to_have_count(12)


def test_a_map_stands_with_its_places_on_a_grid(page: Page) -> None:
    ask(page, MINES)
    page.get_by_role("tab", name="Map").click()
    panel = page.get_by_role("tabpanel", name="Map")
    assert "30 places" in str(panel.get_by_role("img").get_attribute("aria-label"))
    expect(panel.locator("svg circle")).to_have_count(30)
    expect(panel.locator("tbody tr")).to_have_count(30)
    assert panel.locator("svg .grid").count() > 4
    expect(panel.locator("svg")).to_contain_text("° N")


def test_a_network_stands_with_its_links(page: Page) -> None:
    ask(page, PARTNERS, "Statements:")
    page.get_by_role("tab", name="Network").click()
    panel = page.get_by_role("tabpanel", name="Network")
    links = panel.locator("svg .link").count()
    assert links > 20
    expect(panel.locator("tbody tr")).to_have_count(links)
    spots = panel.locator("svg circle").evaluate_all(
        "all => all.map(c => [c.cx.baseVal.value, c.cy.baseVal.value])"
    )
    assert len({tuple(map(round, spot)) for spot in spots}) == len(spots)


def test_what_an_answer_does_not_hold_is_said_instead_of_drawn(page: Page) -> None:
    ask(page, "SELECT ?label { ?x skos:prefLabel ?label } LIMIT 3")
    for tab, needs in (("Chart", "numbers"), ("Map", "geometries"), ("Network", "two columns")):
        page.get_by_role("tab", name=tab).click()
        expect(page.get_by_role("tabpanel", name=tab)).to_contain_text(needs)


def test_a_table_sorts_by_number_and_tells_so(page: Page) -> None:
    ask(page, "SELECT ?n { VALUES ?n { 9 10 -1 } }")
    head = page.locator("#view-table th")
    cells = page.locator("#view-table td")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(cells).to_have_text(["-1", "9", "10"])
    head.get_by_role("button").click()
    expect(cells).to_have_text(["10", "9", "-1"])


def test_a_long_table_goes_on_by_hand(page: Page) -> None:
    ask(page, "SELECT ?s ?p { ?s ?p ?o } LIMIT 500")
    expect(page.locator("#view-table tbody tr")).to_have_count(200)
    page.get_by_role("button", name="Show more").click()
    expect(page.locator("#view-table tbody tr")).to_have_count(400)
    expect(page.locator("#view-table tbody tr").nth(200)).to_be_focused()
    expect(page.locator("#state")).to_have_text("400 of 500 are shown")


def test_a_permalink_is_answered_with_and_without_script(
    page: Page, browser: Browser, site: str
) -> None:
    ask(page, MINES)
    page.get_by_role("tab", name="Map").click()
    address = page.url
    assert address.endswith("#map")
    page.goto("/vocab")
    page.goto(address)
    expect(page.get_by_role("tabpanel", name="Map").locator("svg circle")).to_have_count(30)
    plain = browser.new_context(base_url=site, java_script_enabled=False)
    without = plain.new_page()
    without.goto(address)
    expect(without.locator("#given tbody tr")).to_have_count(30)
    expect(without.locator("#query")).to_have_value(MINES)
    plain.close()


def test_back_leads_to_the_query_before(page: Page) -> None:
    ask(page, "SELECT (1 AS ?one) {}")
    write(page, "SELECT (2 AS ?two) {}")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#view-table th")).to_contain_text("two")
    page.go_back()
    expect(editor(page)).to_contain_text("1 AS ?one")
    expect(page.locator("#given")).to_contain_text("one")


@pytest.mark.parametrize(
    ("title", "kind"), [("CSV", "text/csv"), ("JSON", "application/sparql-results+json")]
)
def test_an_answer_is_downloaded_in_the_format_chosen(page: Page, title: str, kind: str) -> None:
    ask(page, AWKWARD.format(1))
    link = page.locator("#take").get_by_role("link", name=title, exact=True)
    assert str(link.get_attribute("download")).startswith("amic-kg.")
    answer = page.request.get(str(link.get_attribute("href")))
    assert answer.headers["content-type"].startswith(kind)
    assert "it's" in answer.text()


def test_a_query_too_long_for_an_address_is_posted_for_answer_and_file(page: Page) -> None:
    ask(page, AWKWARD.format(1) + "\n# " + "long " * 2000)
    with page.expect_download() as download:
        page.locator("#take").get_by_role("button", name="CSV").click()
    assert "it's" in download.value.path().read_text("utf-8")


def test_the_program_in_python_runs_as_it_is_copied(page: Page) -> None:
    ask(page, AWKWARD.format(41))
    done = subprocess.run(
        [sys.executable, "-c", program(page, "Python")], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.stdout.strip() == str({"said": 'it\'s "so" \\ – ä', "n": "41"})


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is missing")
def test_the_command_for_curl_runs_as_it_is_copied(page: Page) -> None:
    ask(page, AWKWARD.format(42))
    command = program(page, "curl").replace("curl ", "curl --silent ", 1)
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1] == '"it\'s ""so"" \\ – ä",42'


def test_the_program_in_r_holds_the_query_as_a_raw_string(page: Page) -> None:
    ask(page, 'SELECT (CONCAT("a)", "b") AS ?n) {}')
    # https://stat.ethz.ch/R-manual/R-devel/library/base/html/Quotes.html
    assert 'query <- r"-(SELECT (CONCAT("a)", "b") AS ?n) {}\n)-"' in program(page, "R")


def test_queries_are_remembered_in_the_browser_until_they_are_forgotten(page: Page) -> None:
    ask(page, "SELECT (1 AS ?one) {}")
    ask(page, "SELECT (2 AS ?two) {}")
    page.goto("/sparql")
    page.locator("#history summary").click()
    expect(page.locator("#past a")).to_have_text(["SELECT (2 AS ?two) {}", "SELECT (1 AS ?one) {}"])
    page.locator("#past a").nth(1).click()
    expect(editor(page)).to_contain_text("1 AS ?one")
    page.get_by_role("button", name="Forget them all").click()
    expect(page.locator("#history")).to_be_hidden()
    assert json.loads(page.evaluate("localStorage.getItem('amic-kg.queries')")) == []


def test_a_query_that_takes_long_is_stopped_by_a_button(page: Page) -> None:
    ask(page, ENDLESS, "The query is running")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#state")).to_have_text("The query was stopped.")
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()


def test_the_skip_link_leaves_what_was_written(page: Page) -> None:
    ask(page, "ASK {}")
    write(page, "ASK { ?not ?yet ?run }")
    page.evaluate("document.querySelector('.skip').click()")
    expect(editor(page)).to_contain_text("?not ?yet ?run")


def test_the_form_is_the_page_where_the_script_does_not_come(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, locale="en-GB")
    page = context.new_page()
    page.route("**/static/built/**", lambda route: route.abort())
    page.goto("/sparql")
    page.locator("#query").fill("SELECT (7 AS ?seven) {}")
    page.get_by_role("button", name="Run the query").click()
    expect(page.locator("#given td")).to_have_text("7")
    expect(page.locator("#editor")).to_be_hidden()
    context.close()


TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_no_barrier_is_found_in_any_view(browser: Browser, site: str, colours: str) -> None:
    context = browser.new_context(base_url=site, locale="en-GB", color_scheme=colours)  # type: ignore[arg-type]
    page = context.new_page()
    found: list[str] = []
    for query, said in (
        (TOPICS, "Answered"),
        (MINES, "Answered"),
        (PARTNERS, "Answered"),
        (BROKEN, "Line"),
    ):
        ask(page, query, said)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        for tab in page.get_by_role("tab").all() or [page.locator("#query-label")]:
            tab.click()
            report = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
            if report.violations_count:
                found.append(str(report.generate_report()))
    context.close()
    assert not found, found[0]


# WCAG 2.2, 2.5.8 Target Size and 1.4.10 Reflow: https://www.w3.org/TR/WCAG22/
SMALL_TARGETS = """
[...document.querySelectorAll('#ask button, #result button, #result a, #result select, summary')]
  .filter(e => !e.closest('p:not(.actions), td, pre') && e.checkVisibility())
  .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
  .filter(([_, r]) => r.height < 24 || r.width < 24)
  .map(([text, r]) => `${text} ${Math.round(r.width)}x${Math.round(r.height)}`)
"""


def test_an_answer_fits_a_narrow_screen_and_a_finger(browser: Browser, site: str) -> None:
    context = browser.new_context(
        base_url=site, locale="en-GB", viewport={"width": 320, "height": 640}
    )
    page = context.new_page()
    ask(page, TOPICS)
    for tab in page.get_by_role("tab").all():
        tab.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.evaluate(SMALL_TARGETS) == []
    context.close()
