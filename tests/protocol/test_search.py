"""The contract of /api/search, and the page that shows the same to people."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

FACETS = {
    "language", "kind", "year", "work_package", "organization", "place", "site", "commodity",
    "raw_material", "theme", "acceptance_factor", "lifecycle_stage", "source",
}  # fmt: skip
NICKEL = "https://w3id.org/amic/vocab/commodity/nickel"
SODANKYLA = "https://w3id.org/amic/id/place/sodankyla"
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
    assert set(found["facets"]) == FACETS


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


@pytest.mark.parametrize("facet", sorted(FACETS))
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


def test_a_chosen_facet_is_counted_as_if_nothing_were_chosen_in_it(client: httpx.Client) -> None:
    free = search(client, q="kaivos")["facets"]
    chosen = search(client, q="kaivos", kind="Report")["facets"]
    assert chosen["kind"] == free["kind"]
    assert sum(chosen["year"].values()) < sum(free["year"].values())


def test_values_have_names_in_three_languages_and_places_what_they_lie_in(
    client: httpx.Client,
) -> None:
    found = search(client, q="kaivos", lang="sv", commodity="nickel")
    shown = {facet["name"]: facet for facet in found["facet_list"]}
    assert shown["commodity"]["label"] == "Råvara"
    values = {value["value"]: value for value in shown["commodity"]["values"]}
    assert values[NICKEL]["chosen"]
    assert values[NICKEL]["labels"]["fi"] == "nikkeli"
    assert "critical" in values[NICKEL]["eu_lists"]
    assert all(value["count"] for facet in shown.values() for value in facet["values"])
    above = {value["value"]: value["parent"] for value in shown["place"]["values"]}
    assert above[SODANKYLA] == "https://w3id.org/amic/id/place/lappi"
    assert above[above[SODANKYLA]] == "https://w3id.org/amic/id/place/suomi"
    assert above[above[above[SODANKYLA]]] is None
    assert [f["label"] for f in found["filters"]] == ["nickel"]


@pytest.mark.parametrize(
    ("facet", "short", "whole"),
    [("commodity", "nickel", NICKEL), ("place", "sodankyla", SODANKYLA)],
)
def test_an_address_may_write_a_thing_short(
    client: httpx.Client, facet: str, short: str, whole: str
) -> None:
    found = search(client, **{facet: short})
    assert 0 < found["total"] == search(client, **{facet: whole})["total"]
    assert found["facets"][facet][whole] == found["total"]


@pytest.mark.parametrize(
    ("parameters", "named", "told"),
    [
        ({"comodity": "nickel"}, "comodity", "offers"),
        ({"site": "Kevitsan kaivos"}, "site", "IRI"),
        ({"site": NICKEL}, "site", "another type"),
        ({"raw_material": "rare"}, "raw_material", "'critical' or 'strategic'"),
        ({"year": "soon"}, "year", "whole number"),
        ({"sort": "best"}, "sort", "'newest'"),
        ({"from": 10**9}, "from", "Narrow"),
    ],
)
def test_what_cannot_narrow_or_sort_is_refused_in_clear_words(
    client: httpx.Client, parameters: dict[str, Any], named: str, told: str
) -> None:
    answer = client.get("/api/search", params={"q": "kaivos", **parameters})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["parameter"] == named
    assert told in problem["detail"] + problem["remedy"]
    if named == "comodity":
        assert set(problem["offers"]) >= FACETS


def test_sorted_by_date_the_list_pages_without_gap_or_repeat(client: httpx.Client) -> None:
    whole = search(client, q="kaivos", sort="newest", size=50)
    years = [hit["year"] or 0 for hit in whole["hits"]]
    assert len(years) == whole["total"] > 5
    assert years == sorted(years, reverse=True)
    assert all(hit["snippet"] for hit in whole["hits"])
    paged = [
        hit["key"]
        for start in range(0, whole["total"], 4)
        for hit in search(client, q="kaivos", sort="newest", size=4, **{"from": start})["hits"]
    ]
    assert paged == [hit["key"] for hit in whole["hits"]]


def test_oldest_first_begins_with_the_first_years(client: httpx.Client) -> None:
    years = [hit["year"] for hit in search(client, sort="oldest", size=5)["hits"]]
    assert years == sorted(years)


def test_words_are_told_for_what_they_were_taken_and_may_stay_words(client: httpx.Client) -> None:
    found = search(client, q="nikkeli Sodankylä")
    taken = {each["iri"]: each for each in found["understood"]}
    assert taken[NICKEL]["words"] == "nikkeli"
    assert taken[NICKEL]["label"] == "nickel"
    assert taken[SODANKYLA]["type"] == "Place"
    plain = search(client, q="nikkeli Sodankylä", plain=NICKEL)
    assert {each["iri"] for each in plain["understood"]} == set(taken) - {NICKEL}
    assert "plain=" in taken[NICKEL]["plain_url"]
    page = client.get(taken[NICKEL]["plain_url"]).text
    assert "Commodity: " not in page


def test_what_a_query_names_has_a_card_with_true_counts(client: httpx.Client) -> None:
    (card,) = search(client, q="GTK")["entities"]
    assert card["type"] == "Organization"
    assert card["documents"] == search(client, concept=card["iri"])["total"] > 0
    (card,) = search(client, q="gruvvatten", lang="sv")["entities"]
    assert card["definition"].endswith(".")
    assert search(client, q="GTK", **{"from": 10})["entities"] == []


def test_an_author_is_told_by_the_part_that_records_name(client: httpx.Client) -> None:
    names = {
        name
        for hit in search(client, size=100)["hits"]
        for name in client.get(f"/api/documents/{hit['key']}").json()["creators"]
        if len(name.split()) > 1
    }
    assert names
    for name in sorted(names)[:3]:
        turned = " ".join(reversed(name.replace(",", "").split())).lower()
        found = search(client, q=turned, lang="en")
        told = [author for author in found["authors"] if name in author["names"]]
        named = [entity["label"] for entity in found["entities"]]
        assert told or name in named, (name, named)
        for author in told:
            assert author["documents"] == search(client, creator=author["names"])["total"] > 0
            assert "creator=" in author["documents_url"]


def test_where_nothing_is_found_names_like_it_are_offered(client: httpx.Client) -> None:
    near = search(client, q="kevitza")["near"]
    assert any(each["iri"].endswith("/kevitsa") for each in near)


def test_a_facet_tells_nothing_of_the_text_of_a_restricted_document(
    client: httpx.Client, restricted: str
) -> None:
    found = search(client, q="rajoitettu selvitys", size=50)
    assert restricted in [hit["key"] for hit in found["hits"]]
    hidden = search(client, q="Kvartsinhiontapaja")
    assert (hidden["total"], hidden["entities"], hidden["hits"]) == (0, [], [])


def test_far_beyond_the_last_page_a_page_leads_back(client: httpx.Client) -> None:
    far = client.get("/", params={"q": "kaivos", "from": 10**9, "lang": "en", "kind": "Report"})
    assert far.status_code == 200
    assert "No such page of results" in far.text
    assert 'href="/?q=kaivos&amp;lang=en&amp;kind=Report"' in far.text
    assert 'class="hit"' not in far.text
    near = client.get("/", params={"q": "kaivos", "from": 900, "lang": "en"})
    assert "No such page of results" in near.text


def test_the_page_of_no_results_counts_what_there_is_without_filters(client: httpx.Client) -> None:
    page = client.get("/", params={"q": "kaivosvesi", "year": "1900", "lang": "en"}).text
    assert "documents without the filters" in page


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
