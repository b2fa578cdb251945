"""`<amic-search>` in pages of another site that has a strict policy and checks the hash."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from amic_kg_api.embedding import embed_script

pytestmark = pytest.mark.browser

CLOSED = "http://127.0.0.1:9"
"""Where nobody answers."""
Show = Callable[..., str]


@pytest.fixture(scope="module", autouse=True)
def _built(needed: Callable[[object, str], None]) -> None:
    needed(embed_script(), "the script is not built: python3 scripts/web_bundle.py")


@pytest.fixture(scope="module")
def told(browser: Browser, site: str) -> dict[str, str]:
    """What the site says of its script, once its completions are made."""
    page = browser.new_page()
    for _ in range(600):
        if page.request.get(f"{site}/api/suggest?q=ka").json()["complete"]:
            break
        page.wait_for_timeout(100)
    answer: dict[str, str] = page.request.get(f"{site}/api/embed").json()
    page.close()
    return answer


@pytest.fixture(scope="module")
def show(site: str, told: dict[str, str]) -> Iterator[Show]:
    """Puts markup into a page of another site; returns its address."""
    pages: list[str] = []
    policy = (
        f"default-src 'none'; script-src {site}; connect-src {site} {CLOSED}; "
        "form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'"
    )

    class Foreign(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = self.path[1:].isdigit()
            body = pages[int(self.path[1:])].encode() if known else b""
            self.send_response(200 if known else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Foreign)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def put(
        element: str, *, integrity: str = told["integrity"], language: str = "en", head: str = ""
    ) -> str:
        pages.append(
            f'<!doctype html><html lang="{language}"><head><title>Portal</title>'
            f"{head}"
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<script src="{told["script"]}" integrity="{integrity}" crossorigin="anonymous" '
            f"defer></script></head><body><main><h1>Portal</h1>{element}"
            '<p><a href="#after">After</a></p></main></body></html>'
        )
        return f"http://127.0.0.1:{server.server_port}/{len(pages) - 1}"

    yield put
    server.shutdown()
    server.server_close()


def is_of_box(request: Request, site: str) -> bool:
    """Asked by the page of the other site itself, not by where a choice has led."""
    on_site = request.is_navigation_request() or request.frame.url.startswith(site)
    return not on_site and not request.url.endswith("/favicon.ico")


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """A reader of another site; fails when the box asks what it should not, or leaves a cookie."""
    opened = browser.new_context(locale="en-GB")
    asked: list[str] = []
    opened.on("request", lambda r: asked.append(r.url) if is_of_box(r, site) else None)
    yield opened
    assert opened.cookies() == []
    opened.close()
    assert {urlsplit(url).path for url in asked} <= {
        "/embed/amic-search.js",
        "/api/suggest",
        "/api/search",
    }


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    # Such as a style, a form or markup that the policy refused.
    assert [text for text in complaints if "Failed to load resource" not in text] == []


def write(page: Page, typed: str) -> None:
    page.get_by_role("combobox").focus()
    page.keyboard.type(typed)


def begin(page: Page, address: str, typed: str) -> None:
    page.goto(address)
    write(page, typed)
    expect(page.get_by_role("option").first).to_be_visible()


def test_the_keyboard_alone_reaches_a_thing_from_another_site(
    page: Page, show: Show, site: str
) -> None:
    page.goto(show("<amic-search></amic-search>"))
    page.keyboard.press("Tab")
    box = page.get_by_role("combobox", name="Search documents about mining")
    expect(box).to_be_focused()
    page.keyboard.type("kevit")
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    expect(page.locator("amic-search [role=status]")).to_contain_text("Reach")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Kevitsa")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("kevit")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/id/site/kevitsa?lang=en")


def test_tab_goes_on_through_the_page_around(page: Page, show: Show) -> None:
    begin(page, show("<amic-search></amic-search>"), "kaivos")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Search")).to_be_focused()
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="After")).to_be_focused()


def test_enter_leads_to_the_results_on_the_site(page: Page, show: Show, site: str) -> None:
    page.goto(show('<amic-search lang="fi"></amic-search>'))
    write(page, "kaivosvesi & pöly")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"^{site}/\?q=kaivosvesi\+%26\+p%C3%B6ly&lang=fi$"))
    expect(page.locator(".tally")).to_be_visible()


def test_results_are_shown_in_the_page_with_sentence_and_page(
    page: Page, show: Show, site: str
) -> None:
    page.goto(show('<amic-search results="inline" size="3" lang="sv"></amic-search>'))
    write(page, "gruvvatten")
    page.keyboard.press("Enter")
    results = page.get_by_role("region", name="Resultat")
    expect(results.get_by_role("listitem").first).to_be_visible()
    assert results.get_by_role("listitem").count() <= 3
    expect(results.locator("mark").first).to_be_visible()
    expect(results.locator("p.tally")).to_contain_text("dokument")
    link = results.get_by_role("link", name=re.compile("^s\\. ")).first
    assert str(link.get_attribute("href")).startswith(f"{site}/documents/")
    whole = results.get_by_role("link", name="Alla resultat i AMIC-KG")
    assert whole.get_attribute("href") == f"{site}/?q=gruvvatten&lang=sv"


@pytest.mark.parametrize(
    ("attributes", "around", "button"),
    [
        ('lang="fi"', "en", "Hae"),
        ('lang="sv"', "en", "Sök"),
        ("", "fi", "Hae"),
        ("", "sv-FI", "Sök"),
        ("", "de", "Search"),
        ('lang="se"', "fi", "Search"),
    ],
)
def test_it_speaks_the_language_named_or_that_of_the_page(
    page: Page, show: Show, attributes: str, around: str, button: str
) -> None:
    page.goto(show(f"<amic-search {attributes}></amic-search>", language=around))
    expect(page.get_by_role("button", name=button)).to_be_visible()


@pytest.mark.parametrize(
    ("language", "said", "link"),
    [
        ("fi", "Haku ei vastaa juuri nyt", "Jatka hakuun AMIC-KG"),
        ("en", "The search does not answer just now", "Go on to the search AMIC-KG"),
        ("sv", "Sökningen svarar inte just nu", "Fortsätt till sökningen AMIC-KG"),
    ],
)
@pytest.mark.parametrize("results", ["site", "inline"])
def test_when_the_service_is_away_it_says_so_and_offers_the_way(
    page: Page, show: Show, language: str, said: str, link: str, results: str
) -> None:
    element = f'<amic-search endpoint="{CLOSED}" lang="{language}" results="{results}">'
    page.goto(show(f"{element}</amic-search>"))
    write(page, "pöly")
    if results == "inline":
        page.keyboard.press("Enter")
    expect(page.locator("amic-search .notice")).to_contain_text(said)
    away = page.get_by_role("link", name=link)
    assert away.get_attribute("href") == f"{CLOSED}/?q=p%C3%B6ly&lang={language}"


def test_it_works_again_once_the_service_does(page: Page, show: Show, site: str) -> None:
    page.goto(show(f'<amic-search endpoint="{CLOSED}"></amic-search>'))
    write(page, "kevit")
    expect(page.locator("amic-search .notice")).to_be_visible()
    page.evaluate(
        "endpoint => document.querySelector('amic-search').setAttribute('endpoint', endpoint)", site
    )
    expect(page.locator("amic-search .notice")).to_have_count(0)
    expect(page.get_by_role("combobox")).to_have_value("kevit")
    write(page, "sa")
    expect(page.get_by_role("option").first).to_be_visible()


def test_a_script_that_was_changed_does_not_run_and_the_link_is_there(
    context: BrowserContext, show: Show, site: str
) -> None:
    page = context.new_page()
    element = f'<amic-search><a href="{site}/">AMIC-KG</a></amic-search>'
    page.goto(show(element, integrity=f"sha384-{'A' * 64}"))
    expect(page.get_by_role("link", name="AMIC-KG")).to_be_visible()
    expect(page.get_by_role("combobox")).to_have_count(0)


def test_the_script_twice_in_a_page_is_no_fault(
    page: Page, show: Show, told: dict[str, str]
) -> None:
    again = f'<script src="{told["script"]}&amp;again" defer></script>'
    page.goto(show(f"{again}<amic-search></amic-search>"))
    expect(page.get_by_role("combobox")).to_have_count(1)


BACKGROUND = """
selector => getComputedStyle(
  document.querySelector('amic-search').shadowRoot.querySelector(selector)).backgroundColor
"""


@pytest.mark.parametrize(
    ("theme", "device", "page_has", "is_dark"),
    [
        ("light", "dark", "light dark", False),
        ("dark", "light", "light", True),
        ("auto", "dark", "light dark", True),
        ("auto", "dark", "light", False),
        ("auto", "light", "light dark", False),
        ("auto", "light", "dark", True),
    ],
)
def test_the_theme_is_what_is_named_or_that_of_page_and_reader(
    page: Page, show: Show, theme: str, device: Any, page_has: str, is_dark: bool
) -> None:
    page.emulate_media(color_scheme=device)
    element = f'<amic-search theme="{theme}"></amic-search>'
    page.goto(show(element, head=f'<meta name="color-scheme" content="{page_has}">'))
    expect(page.get_by_role("combobox")).to_be_visible()
    dark = page.evaluate(BACKGROUND, ".row") == "rgb(15, 21, 23)"
    assert dark is is_dark


def test_the_active_option_is_seen_in_forced_colours(page: Page, show: Show) -> None:
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    begin(page, show("<amic-search></amic-search>"), "kaivos")
    page.keyboard.press("ArrowDown")
    other = page.evaluate(BACKGROUND, "[aria-selected=false]")
    chosen = page.evaluate(BACKGROUND, "[aria-selected=true]")
    highlight = page.evaluate(
        "() => { const e = document.createElement('p'); e.setAttribute('hidden', ''); "
        "document.body.append(e); e.style.backgroundColor = 'Highlight'; "
        "e.style.forcedColorAdjust = 'none'; return getComputedStyle(e).backgroundColor }"
    )
    assert chosen == highlight
    assert other != chosen


@pytest.mark.parametrize(("wish", "moves"), [("reduce", False), ("no-preference", True)])
def test_nothing_moves_for_who_wants_no_motion(
    page: Page, show: Show, wish: Any, moves: bool
) -> None:
    page.emulate_media(reduced_motion=wish)
    begin(page, show("<amic-search></amic-search>"), "kaivos")
    option = page.get_by_role("option").first
    duration = option.evaluate("e => getComputedStyle(e).transitionDuration")
    assert (duration != "0s") is moves


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("results", ["site", "inline"])
def test_no_barrier_is_found(context: BrowserContext, show: Show, theme: str, results: str) -> None:
    # Without the console's watch: axe measures by inline styles, which the policy refuses.
    page = context.new_page()
    element = f'<amic-search theme="{theme}" results="{results}" size="3"></amic-search>'
    page.goto(show(element))
    write(page, "kaivos")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    if results == "inline":
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Home")
        page.keyboard.press("Enter")
        expect(page.get_by_role("region", name="Results")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("look", ["", "/plain", "/portal", "/sidebar"])
def test_the_page_that_shows_it_and_its_examples_have_no_barrier(
    browser: Browser, site: str, look: str
) -> None:
    context = browser.new_context(base_url=site, viewport={"width": 390, "height": 780})
    page = context.new_page()
    page.goto(f"/embed{look}")
    if look:
        write(page, "kaivos")
        expect(page.get_by_role("option").first).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
