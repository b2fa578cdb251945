"""axe-core over every kind of page, light and dark, wide and narrow: WCAG 2.2 AA."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext

pytestmark = pytest.mark.browser

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RULES = {
    "light": {"runOnly": {"type": "tag", "values": TAGS}},
    # The dark scheme is the same markup in other colours.
    "dark": {"runOnly": {"type": "tag", "values": ["cat.color"]}},
}
Scheme = Literal["light", "dark"]
PAGES = (
    "/",
    "/?q=kaivosvesi&lang=en",
    "/?q=kaivos&language=sv&from=1&size=1",
    "/?q=kaivosvsei",
    "/?q=xqzzy",
    "/?q=nikkeli+Sodankyl%C3%A4&commodity=nickel&place=lappi&sort=newest&lang=sv",
    "/?q=kaivosvetten&year=1900&lang=en",
    "/?q=kaivos&from=900",
    "/?q=kaivos&from=1000000000",
    "/vocab",
    "/vocab?q=water",
    "/vocab?q=xqzzy",
    "/vocab/method",
    "/vocab/commodity?open=all",
    "/vocab/commodity?q=metal",
    "/vocab/commodity?view=list&lang=sv",
    "/vocab/commodity/nickel",
    "/vocab/theme/mine-water-management?lang=sv",
    "/ontology",
    "/runs",
    "/id/site",
    "/id/site/kevitsa",
    "/queries",
    "/queries/q04?lang=sv",
    "/queries/q05",
    "/queries/q11?offset=3",
    "/queries/q04?from=soon",
    "/sparql",
    "/sparql?query=SELECT+%2A+%7B%3Fs+%3Fp+%3Fo%7D+LIMIT+20",
    "/sparql?query=CONSTRUCT+WHERE+%7B%3Fs+a+mrdi%3AReport%7D",
    "/sparql?query=SELECT+broken",
    "/docs",
    "/embed?lang=fi",
    "/nowhere",
    "/?size=none",
)


@pytest.fixture(scope="module", params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> Scheme:
    wanted: Scheme = request.param
    return wanted


@pytest.fixture(scope="module")
def context(browser: Browser, site: str, scheme: Scheme) -> Iterator[BrowserContext]:
    opened = browser.new_context(base_url=site, color_scheme=scheme)
    yield opened
    opened.close()


def violations(context: BrowserContext, scheme: Scheme, path: str) -> str:
    page = context.new_page()
    page.goto(path)
    # What is folded away must hold too.
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    found = Axe().run(page, options=RULES[scheme])
    page.close()
    return str(found.generate_report()) if found.violations_count else ""


@pytest.mark.parametrize("path", PAGES)
def test_no_barrier_is_found_on(context: BrowserContext, scheme: Scheme, path: str) -> None:
    assert violations(context, scheme, path) == ""


def test_no_barrier_is_found_on_a_document_and_its_page(
    context: BrowserContext, scheme: Scheme
) -> None:
    answer = context.request.get("/api/search?q=sulfaatti").json()
    hit = answer["hits"][0]
    assert violations(context, scheme, hit["url"]) == ""
    assert violations(context, scheme, hit["passages"][0]["url"]) == ""


# WCAG 2.2, 2.5.8 Target Size: https://www.w3.org/TR/WCAG22/#target-size-minimum. Links within a
# sentence are free of it.
SMALL_TARGETS = """
[...document.querySelectorAll('a, button, input:not([type=hidden]), summary, textarea')]
  .filter(e => !e.closest('p, dd, dt, td, pre, .skip') && e.checkVisibility())
  .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
  .filter(([_, r]) => r.width > 0 && (r.height < 24 || r.width < 24))
  .map(([text, r]) => `${text} ${Math.round(r.width)}x${Math.round(r.height)}`)
"""


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?q=kaivosvesi",
        "/?q=nikkeli+Sodankyl%C3%A4&commodity=nickel",
        "/?q=xqzzy",
        "/vocab?q=water",
        "/vocab/method",
        "/vocab/commodity/nickel",
        "/ontology",
        "/queries",
        "/queries/q04",
        "/sparql",
        "/docs",
    ],
)
def test_everything_to_press_is_large_enough(context: BrowserContext, path: str) -> None:
    page = context.new_page()
    page.goto(path)
    assert page.evaluate(SMALL_TARGETS) == []
    page.close()
