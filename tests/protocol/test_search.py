"""The contract of /api/search, and the page that shows the same to people."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

MINE_WATER = "https://w3id.org/amic/vocab/theme/mine-water-management"


def search(client: httpx.Client, **parameters: Any) -> dict[str, Any]:
    answer = client.get("/api/search", params={"lang": "en", **parameters})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_the_answer_has_the_keys_that_others_rely_on(client: httpx.Client) -> None:
    found = search(client, q="mine water")
    assert {"total", "took_ms", "hits", "facets", "suggestion"} <= found.keys()
    hit = found["hits"][0]
    assert {
        "kind", "iri", "key", "title", "language", "score", "page", "snippet", "passages", "why",
    } <= hit.keys()  # fmt: skip
    assert hit["iri"] == f"https://w3id.org/amic/id/output/{hit['key']}"
    assert set(found["facets"]) == {"language", "kind", "year", "work_package"}


def test_one_query_finds_documents_in_all_three_languages(client: httpx.Client) -> None:
    found = search(client, q="gruvvatten", size=50)
    assert {"fi", "en", "sv"} <= {hit["language"] for hit in found["hits"]}
    assert any("=" in reason for hit in found["hits"] for reason in hit["why"])


def test_highlights_are_the_words_that_were_looked_for(client: httpx.Client) -> None:
    for hit in search(client, q="tailings", language="en")["hits"]:
        words = [hit["snippet"][start:end].lower() for start, end in hit["highlights"]]
        assert any("tailing" in word for word in words)


def test_a_snippet_is_one_line_of_plain_text(client: httpx.Client) -> None:
    for hit in search(client, q="sulfaatti", size=50)["hits"]:
        assert "\n" not in hit["snippet"]
        assert "<mark" not in hit["snippet"]


def test_the_link_of_a_passage_opens_its_page_with_the_words_marked(client: httpx.Client) -> None:
    passage = search(client, q="tailings", language="en")["hits"][0]["passages"][0]
    page = client.get(passage["url"], headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert 'id="quote"' in page.text


def test_size_and_from_page_through_without_gap_or_repeat(client: httpx.Client) -> None:
    whole = [hit["key"] for hit in search(client, q="kaivos", size=10)["hits"]]
    halves = [
        hit["key"]
        for start in (0, 5)
        for hit in search(client, q="kaivos", size=5, **{"from": start})["hits"]
    ]
    assert halves == whole


@pytest.mark.parametrize("facet", ["language", "kind", "year", "work_package"])
def test_narrowing_by_a_facet_gives_as_many_as_it_counted(client: httpx.Client, facet: str) -> None:
    counts = search(client, q="kaivos")["facets"][facet]
    value, count = next(iter(counts.items()))
    assert search(client, q="kaivos", **{facet: value})["total"] == count


def test_values_of_one_facet_add_up_and_facets_narrow_each_other(client: httpx.Client) -> None:
    counts = search(client)["facets"]["language"]
    both = search(client, language=["fi", "sv"])["total"]
    # A document with passages in both languages counts in each, and once in the total.
    assert max(counts["fi"], counts["sv"]) < both <= counts["fi"] + counts["sv"]
    assert search(client, language=["fi", "sv"], kind="Report")["total"] <= both


def test_a_concept_narrows_to_documents_that_name_it(client: httpx.Client) -> None:
    found = search(client, concept=MINE_WATER)
    assert 0 < found["total"] < search(client)["total"]


def test_empty_fields_of_a_form_do_not_narrow(client: httpx.Client) -> None:
    assert search(client, kind="", year="")["total"] == search(client)["total"]


def test_a_misspelt_word_brings_a_suggestion(client: httpx.Client) -> None:
    assert search(client, q="kaivosvsei")["suggestion"] == "kaivosvesi"


@pytest.mark.parametrize("mode", ["semantic", "hybrid"])
def test_a_stage_that_is_not_built_is_refused_in_clear_words(
    client: httpx.Client, mode: str
) -> None:
    answer = client.get("/api/search", params={"q": "x", "mode": mode})
    assert answer.status_code == 400
    assert answer.json()["parameter"] == "mode"
    assert "lexical" in answer.json()["remedy"]


@pytest.mark.parametrize(
    "q", ['"', '"" ""', "*", "a AND (", "\x00", "é" * 400, "()[]{}^~:\\/", "🪨"]
)
def test_no_text_breaks_the_search(client: httpx.Client, q: str) -> None:
    assert client.get("/api/search", params={"q": q}).status_code == 200
    assert client.get("/", params={"q": q}).status_code == 200


def test_what_a_visitor_types_is_never_markup(client: httpx.Client) -> None:
    page = client.get("/", params={"q": '"><script>alert(1)</script>'}).text
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_page_shows_sentence_page_and_pdf_link(client: httpx.Client, pdf: str) -> None:
    page = client.get("/", params={"q": "sulfaatin poisto", "lang": "fi"}).text
    assert "<mark>" in page
    assert re.search(rf'href="/documents/{pdf}/original#page=\d+"', page)


def test_facets_are_links_and_chips_take_filters_away(client: httpx.Client) -> None:
    page = client.get("/", params={"q": "kaivos", "language": "sv", "lang": "fi"}).text
    assert 'aria-current="true"' in page
    assert 'class="chip chosen" href="/?q=kaivos&amp;lang=fi"' in page


def test_pages_of_results_know_what_comes_before_and_after(client: httpx.Client) -> None:
    page = client.get("/", params={"q": "kaivos", "size": 3, "from": 3}).text
    assert 'rel="prev" href="/?q=kaivos&amp;size=3"' in page
    assert 'rel="next" href="/?q=kaivos&amp;size=3&amp;from=6"' in page


def test_nothing_found_is_a_page_that_helps(client: httpx.Client) -> None:
    page = client.get("/", params={"q": "xqzzy", "lang": "en"}).text
    assert "Nothing found" in page
    assert "What may help" in page


def test_the_start_page_tells_what_there_is(client: httpx.Client) -> None:
    page = client.get("/", params={"lang": "en"}).text
    total = search(client)["total"]
    assert f"<dd>{total}</dd>" in page
    assert 'href="/?q=mine+water&amp;lang=en"' in page
