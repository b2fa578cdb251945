"""What holds for the whole site: languages, open reads, HEAD, headers, health, documentation."""

from __future__ import annotations

import re

import httpx
import pytest

from amic_kg_api.middleware import SCRIPTED, SECURITY_HEADERS
from amic_kg_api.rendering import BOX_SCRIPT, built_address

PAGES = ("/", "/?q=kaivos", "/vocab", "/vocab/method", "/vocab/theme/mine-water-management",
         "/id/site/kevitsa", "/sparql", "/docs", "/runs", "/nowhere")  # fmt: skip
HTML = {"Accept": "text/html"}


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_speaks_the_language_that_the_address_names(
    client: httpx.Client, path: str, language: str
) -> None:
    page = client.get(path + ("&" if "?" in path else "?") + f"lang={language}", headers=HTML)
    assert f'<html lang="{language}">' in page.text
    assert page.headers["content-language"] == language


@pytest.mark.parametrize(
    ("header", "expected"), [("sv-SE", "sv"), ("en;q=0.5,de", "en"), ("de", "fi"), ("", "fi")]
)
def test_without_a_named_language_the_browser_is_asked_and_finnish_is_the_last_word(
    client: httpx.Client, header: str, expected: str
) -> None:
    page = client.get("/", headers={**HTML, "Accept-Language": header})
    assert page.headers["content-language"] == expected
    assert "Accept-Language" in page.headers["vary"]
    assert "set-cookie" not in page.headers


def test_a_chosen_language_stays_and_the_other_two_are_a_link_away(client: httpx.Client) -> None:
    page = client.get("/?q=kaivos&lang=en", headers=HTML).text
    assert 'href="/?q=kaivos&amp;lang=fi" lang="fi"' in page
    assert 'href="/vocab?lang=en"' in page
    assert '<input type="hidden" name="lang" value="en">' in page


@pytest.mark.parametrize("path", [*PAGES, "/api/search?q=x", "/health", "/robots.txt"])
def test_head_gives_what_get_gives_without_the_body(client: httpx.Client, path: str) -> None:
    got, head = client.get(path, headers=HTML), client.head(path, headers=HTML)
    assert head.status_code == got.status_code
    assert head.content == b""
    assert head.headers["content-type"] == got.headers["content-type"]


@pytest.mark.parametrize("path", ["/", "/api/search", "/sparql?query=ASK{}", "/id/site/kevitsa"])
def test_any_site_may_read(client: httpx.Client, path: str) -> None:
    answer = client.get(path, headers={"Origin": "https://portal.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers


def test_problems_may_be_read_too(client: httpx.Client) -> None:
    answer = client.get("/api/search?size=0", headers={"Origin": "https://portal.example"})
    assert answer.headers["access-control-allow-origin"] == "*"


def test_post_is_open_for_queries_alone(client: httpx.Client) -> None:
    asked = {
        "Origin": "https://portal.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    sparql = client.options("/sparql", headers=asked)
    assert sparql.status_code == 204
    assert "POST" in sparql.headers["access-control-allow-methods"]
    assert sparql.headers["access-control-allow-headers"] == "content-type"
    search = client.options("/api/search", headers=asked)
    assert "POST" not in search.headers["access-control-allow-methods"]


def may_run_script(path: str, page: str) -> bool:
    """The query editor, and pages with the search box, where the scripts could be built."""
    has_box = 'role="search"' in page and 'name="q"' in page and "data-suggest" in page
    return (path == "/sparql" and built_address("sparql.js") is not None) or (
        has_box and built_address(BOX_SCRIPT) is not None
    )


@pytest.mark.parametrize("path", [*PAGES, "/api/search", "/static/site.css"])
def test_every_answer_protects_its_reader(client: httpx.Client, path: str) -> None:
    answer = client.get(path, headers=HTML)
    expected = SECURITY_HEADERS | (SCRIPTED if may_run_script(path, answer.text) else {})
    for name, value in expected.items():
        assert answer.headers[name] == value


@pytest.mark.parametrize("path", PAGES)
def test_no_page_asks_anything_of_another_site_or_runs_a_script_but_ours(
    client: httpx.Client, path: str
) -> None:
    page = client.get(path, headers=HTML).text
    scripts = re.findall(r"<script[^>]*>", page)
    if path == "/sparql":
        data = [f'<script type="application/json" id="{name}">' for name in ("words", "site")]
        scripts = [found for found in scripts if found not in data]
        ours = r'<script type="module" src="/static/built/sparql\.js\?v=[0-9a-f]+">'
        scripts = [found for found in scripts if not re.fullmatch(ours, found)]
    elif may_run_script(path, page):
        ours = r'<script type="module" src="/static/built/narrowing\.js\?v=[0-9a-f]+">'
        scripts = [found for found in scripts if not re.fullmatch(ours, found)]
        assert scripts.pop() == f'<script type="module" src="{built_address(BOX_SCRIPT)}">'
    assert scripts == []
    assert " style=" not in page
    assert not re.search(r"<(?:img|link|iframe|source)[^>]+(?:src|href)=\"(?:https?:)?//", page)


def test_long_answers_are_compressed_for_those_who_can_read_them(client: httpx.Client) -> None:
    packed = client.get("/vocab/method", headers={**HTML, "Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    plain = client.get("/vocab/method", headers={**HTML, "Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == packed.text


def test_static_files_may_be_kept_because_their_address_changes_with_them(
    client: httpx.Client,
) -> None:
    page = client.get("/", headers=HTML).text
    for address in re.findall(r'"(/static/[^"]+)"', page):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    assert "immutable" not in client.get("/static/site.css").headers.get("cache-control", "")


def test_health_and_readiness(client: httpx.Client) -> None:
    assert client.get("/health").json() == {"status": "ok"}
    ready = client.get("/ready")
    assert ready.status_code == 200
    assert set(ready.json()["parts"]) == {"index", "graph", "documents"}
    assert all(part["ready"] for part in ready.json()["parts"].values())
    assert isinstance(ready.json()["degraded"], list)


def test_the_documentation_shows_every_operation(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    page = client.get("/docs", headers=HTML).text
    operations = [o for methods in described["paths"].values() for o in methods.values()]
    assert len({o["operationId"] for o in operations}) == len(operations)
    for operation in operations:
        assert f'id="{operation["operationId"]}"' in page
        assert operation["description"]
    for path in described["paths"]:
        assert f"<code>{path}</code>" in page


def test_robots_and_opensearch(client: httpx.Client) -> None:
    assert "Disallow: /sparql?" in client.get("/robots.txt").text
    told = client.get("/opensearch.xml")
    assert told.headers["content-type"].startswith("application/opensearchdescription+xml")
    assert f'template="{client.base_url}/?q={{searchTerms}}"' in told.text
