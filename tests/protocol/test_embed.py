"""The script of the box for other sites: its size, its hash, and pages that show it."""

from __future__ import annotations

import base64
import gzip
import hashlib
import os
import re

import httpx
import pytest

from amic_kg_api.embedding import embed_script

HTML = {"Accept": "text/html"}
MOST_BYTES = 30_000


@pytest.fixture(scope="module", autouse=True)
def _built() -> None:
    if embed_script() is None:
        if os.environ.get("CI"):
            pytest.fail("the script is not built: python3 scripts/web_bundle.py")
        pytest.skip("the script is not built: python3 scripts/web_bundle.py")


def test_the_script_is_small_and_its_hash_is_told(client: httpx.Client) -> None:
    told = client.get("/api/embed").json()
    script = client.get(told["script"])
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert len(gzip.compress(script.content)) < MOST_BYTES
    digest = base64.b64encode(hashlib.sha384(script.content).digest()).decode()
    assert told["integrity"] == f"sha384-{digest}"
    assert told["script"] in told["html"]
    assert told["integrity"] in told["html"]


def test_any_site_may_load_it_and_keep_it_under_its_version(client: httpx.Client) -> None:
    versioned = client.get(client.get("/api/embed").json()["script"])
    assert versioned.headers["access-control-allow-origin"] == "*"
    assert versioned.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "immutable" in versioned.headers["cache-control"]
    for address in ("/embed/amic-search.js", "/static/embed/amic-search.js?v=old"):
        other = client.get(address)
        assert other.content == versioned.content
        assert other.headers["cache-control"] == "public, max-age=3600"


def test_it_names_no_host_and_evaluates_no_text(client: httpx.Client) -> None:
    text = client.get("/embed/amic-search.js").text
    assert set(re.findall(r"https?://[\w.]+", text)) <= {"http://www.w3.org"}
    for word in ("innerHTML", "eval(", "new Function", "document.cookie", "localStorage"):
        assert word not in text


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
def test_the_page_shows_the_lines_and_three_examples(client: httpx.Client, language: str) -> None:
    page = client.get(f"/embed?lang={language}", headers=HTML)
    assert f'<html lang="{language}">' in page.text
    assert client.get("/api/embed").json()["integrity"].replace("+", "&#43;") in page.text.replace(
        "+", "&#43;"
    )
    examples = re.findall(r'<iframe[^>]* src="([^"]+)"', page.text)
    assert len(examples) == 3
    assert "frame-src 'self'" in page.headers["content-security-policy"]
    for address in examples:
        example = client.get(address, headers=HTML)
        assert example.status_code == 200
        assert "<amic-search" in example.text
        assert f'<html lang="{example.headers["content-language"]}">' in example.text


def test_an_example_that_is_not_there_is_a_problem(client: httpx.Client) -> None:
    assert client.get("/embed/none", headers=HTML).status_code == 404


def test_every_page_leads_to_it(client: httpx.Client) -> None:
    assert 'href="/embed"' in client.get("/vocab", headers=HTML).text
