"""The query operation of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/)."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pytest

from amic_kg.questions import load_questions
from amic_kg_api.examples import EXAMPLES, Example, example_groups

TITLES = "SELECT ?document ?title { ?document a mrdi:Output ; dcterms:title ?title }"
ASK = "ASK { ?s a mrdi:Output }"
GRAPH = "CONSTRUCT { ?d dcterms:title ?t } WHERE { ?d a mrdi:Report ; dcterms:title ?t }"
RESULTS = "{http://www.w3.org/2005/sparql-results#}"


def ask(client: httpx.Client, query: str, accept: str = "*/*", **parameters: Any) -> httpx.Response:
    return client.get("/sparql", params={"query": query, **parameters}, headers={"Accept": accept})


def test_get_form_and_bare_post_give_the_same_answer(client: httpx.Client) -> None:
    query = TITLES + " ORDER BY ?document ?title"
    by_get = ask(client, query)
    by_form = client.post("/sparql", data={"query": query})
    bare = client.post(
        "/sparql", content=query.encode(), headers={"Content-Type": "application/sparql-query"}
    )
    assert by_get.status_code == by_form.status_code == bare.status_code == 200
    assert by_get.json() == by_form.json() == bare.json()
    assert len(by_get.json()["results"]["bindings"]) > 20


def test_rows_come_in_all_four_formats(client: httpx.Client) -> None:
    in_json = ask(client, TITLES, "application/sparql-results+json").json()
    in_xml = ask(client, TITLES, "application/sparql-results+xml")
    in_csv = ask(client, TITLES, "text/csv")
    in_tsv = ask(client, TITLES, "text/tab-separated-values")
    number = len(in_json["results"]["bindings"])
    assert in_xml.headers["content-type"] == "application/sparql-results+xml"
    assert len(list(ET.fromstring(in_xml.text).iter(f"{RESULTS}result"))) == number
    assert len(list(csv.reader(io.StringIO(in_csv.text)))) == number + 1
    assert in_tsv.text.splitlines()[0] == "?document\t?title"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/turtle", "text/turtle"),
        ("application/n-triples", "application/n-triples"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("*/*", "text/turtle"),
    ],
)
def test_graphs_come_in_the_formats_of_rdf(
    client: httpx.Client, accept: str, media_type: str
) -> None:
    answer = ask(client, GRAPH, accept)
    assert answer.headers["content-type"].startswith(media_type)
    assert "sulfaatinpoisto" in json.dumps(answer.text, ensure_ascii=False)


def test_a_question_is_answered_by_true_or_false(client: httpx.Client) -> None:
    assert ask(client, ASK).json()["boolean"] is True
    assert ask(client, "ASK { ?s a <urn:none> }").json()["boolean"] is False


def test_older_clients_that_ask_for_plain_json_get_results(client: httpx.Client) -> None:
    answer = ask(client, TITLES, "application/json")
    assert answer.headers["content-type"] == "application/sparql-results+json"


def test_the_parameter_format_goes_before_accept(client: httpx.Client) -> None:
    answer = ask(client, TITLES, "application/sparql-results+xml", format="csv")
    assert answer.headers["content-type"].startswith("text/csv")


def test_a_format_that_does_not_fit_the_kind_of_query_is_refused(client: httpx.Client) -> None:
    answer = ask(client, TITLES, "text/turtle")
    assert answer.status_code == 406
    assert "text/csv" in answer.json()["offers"]
    assert ask(client, GRAPH, "text/csv").status_code == 406


def test_the_dataset_of_the_request_is_what_the_query_sees(client: httpx.Client, pdf: str) -> None:
    graph = f"https://w3id.org/amic/graph/document/{pdf}"
    count = "SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a mrdi:Output }"
    one = ask(client, count, **{"default-graph-uri": graph}).json()
    assert one["results"]["bindings"][0]["n"]["value"] == "1"
    named = "SELECT DISTINCT ?g { GRAPH ?g { ?d a mrdi:Output } }"
    by_form = client.post("/sparql", data={"query": named, "named-graph-uri": graph}).json()
    assert [row["g"]["value"] for row in by_form["results"]["bindings"]] == [graph]
    bare = client.post(
        "/sparql",
        params={"default-graph-uri": graph},
        content=count.encode(),
        headers={"Content-Type": "application/sparql-query; charset=utf-8"},
    ).json()
    assert bare == one


def test_a_graph_name_that_is_no_iri_is_named(client: httpx.Client) -> None:
    answer = ask(client, ASK, **{"default-graph-uri": "not an iri"})
    assert answer.status_code == 400
    assert answer.json()["parameter"] == "default-graph-uri"


def test_a_query_that_does_not_parse_is_told_with_its_place(client: httpx.Client) -> None:
    answer = ask(client, "SELECT * WHERE { ?s ?p }")
    assert answer.status_code == 400
    assert answer.json()["type"].endswith("#invalid-query")
    assert "line 1" in answer.json()["detail"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "DROP ALL",
        "LOAD <http://127.0.0.1:9/>",
    ],
)
def test_what_calls_out_or_writes_is_refused(client: httpx.Client, query: str) -> None:
    assert ask(client, query).status_code == 400


def test_a_request_without_a_query_or_with_two_is_refused(client: httpx.Client) -> None:
    assert client.get("/sparql?query=").json()["parameter"] == "query"
    assert client.post("/sparql", data={"format": "csv"}).json()["parameter"] == "query"
    twice = client.get(f"/sparql?query={ASK}&query={ASK}")
    assert twice.status_code == 400
    assert twice.json()["parameter"] == "query"


def test_a_body_of_another_kind_is_refused_with_what_is_read(client: httpx.Client) -> None:
    answer = client.post("/sparql", json={"query": ASK})
    assert answer.status_code == 415
    assert "application/sparql-query" in answer.json()["remedy"]


def test_a_body_that_is_too_long_or_not_utf_8_is_refused(client: httpx.Client) -> None:
    headers = {"Content-Type": "application/sparql-query"}
    assert client.post("/sparql", content=b"#" * 1_100_000, headers=headers).status_code == 413
    assert client.post("/sparql", content=b"ASK {} #\xff", headers=headers).status_code == 400


def test_a_query_past_its_deadline_is_ended_and_the_next_is_answered(client: httpx.Client) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    answer = ask(client, endless)
    assert answer.status_code == 504
    assert answer.json()["type"].endswith("#query-timeout")
    assert ask(client, ASK).status_code == 200


def test_a_browser_gets_a_form_with_examples(client: httpx.Client) -> None:
    page = client.get("/sparql", headers={"Accept": "text/html", "Accept-Language": "sv"})
    assert page.status_code == 200
    assert "<textarea" in page.text
    groups = example_groups(load_questions(), "sv")
    assert len(groups) == 5
    assert page.text.count('href="/sparql?query=') == sum(len(one.examples) for one in groups)


def test_a_browser_gets_rows_as_a_table_that_links_to_things(client: httpx.Client) -> None:
    page = ask(client, TITLES, "text/html,application/xhtml+xml,*/*;q=0.8").text
    assert '<th scope="col">title</th>' in page
    assert 'href="/id/output/' in page


def test_a_browser_keeps_a_broken_query_to_mend(client: httpx.Client) -> None:
    page = ask(client, "SELECT * WHERE { broken", "text/html", lang="fi")
    assert page.status_code == 400
    assert "SELECT * WHERE { broken</textarea>" in page.text
    assert "Kyselyä ei voi suorittaa" in page.text


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
@pytest.mark.parametrize("language", ["fi", "en", "sv"])
def test_every_example_has_an_answer(client: httpx.Client, example: Example, language: str) -> None:
    answer = ask(client, example.query(language))
    assert answer.status_code == 200
    if answer.headers["content-type"].startswith("text/turtle"):
        assert len(answer.text.splitlines()) > 5
    else:
        assert answer.json()["results"]["bindings"]


def test_a_page_with_a_script_may_ask_this_site_alone(client: httpx.Client) -> None:
    policy = client.get("/sparql", headers={"Accept": "text/html"}).headers
    rules = policy["content-security-policy"].split("; ")
    assert "default-src 'none'" in rules
    assert {rule for rule in rules if "-src" in rule and "'self'" not in rule} == {
        "default-src 'none'"
    }
    assert "unsafe" not in policy["content-security-policy"]
    elsewhere = client.get("/vocab", headers={"Accept": "text/html"}).headers
    assert "script-src" not in elsewhere["content-security-policy"]


def test_the_page_tells_the_limits_of_a_query(client: httpx.Client) -> None:
    page = client.get("/sparql?lang=en", headers={"Accept": "text/html"})
    limits = dict(
        each.split("=") for each in page.headers["amic-query-limits"].replace(" ", "").split(",")
    )
    assert f"A query has {limits['seconds']} seconds" in page.text
    assert f"{int(limits['rows']):,} rows and {int(limits['bytes']) // 1_000_000} MB" in page.text


def test_a_problem_is_told_in_the_language_that_is_named(client: httpx.Client) -> None:
    swedish = ask(client, "SELECT broken", lang="sv")
    assert swedish.json()["title"] == "Frågan kan inte köras"
    assert swedish.headers["content-language"] == "sv"
    none_named = client.get(
        "/sparql", params={"query": "SELECT broken"}, headers={"Accept-Language": "sv"}
    )
    assert none_named.json()["title"] == "The query cannot be run"


def test_an_editor_is_told_the_terms_that_the_graph_uses(client: httpx.Client) -> None:
    terms = client.get("/api/sparql/terms").json()
    assert terms["prefixes"]["mrdi"] == "https://w3id.org/amic/ontology#"
    classes = {term["name"]: term for term in terms["classes"]}
    assert set(classes["mrdi:Report"]["label"]) == {"fi", "en", "sv"}
    counted = ask(client, "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a mrdi:Report }").json()
    assert classes["mrdi:Report"]["uses"] == int(counted["results"]["bindings"][0]["n"]["value"])
    properties = [term["name"] for term in terms["properties"]]
    assert {"mrdi:partner", "dcterms:subject", "oa:hasBody"} <= set(properties)
    figures = [term["uses"] for term in terms["properties"]]
    assert figures == sorted(figures, reverse=True)


def test_an_editor_is_told_the_terms_of_a_search(client: httpx.Client) -> None:
    terms = client.get("/api/sparql/terms").json()
    named = [term["name"] for term in terms["properties"] if term["comment"]]
    asked = "SERVICE search: { ?document search:text 'nickel' ; search:score ?score }"
    answer = ask(client, f"SELECT ?document {{ {asked} }}").json()
    assert {"search:text", "search:score"} <= set(named)
    assert "search" in terms["prefixes"]
    assert answer["results"]["bindings"]


@pytest.mark.parametrize("part", ["classes", "properties"])
def test_every_term_is_named_as_a_query_may_write_it(client: httpx.Client, part: str) -> None:
    found = client.get("/api/sparql/terms").json()[part]
    # Those of a search have their place within SERVICE alone.
    names = [term["name"] for term in found if not term["name"].startswith("search:")]
    query = f"ASK {{ VALUES ?term {{ {' '.join(names)} }} }}"
    assert client.post("/sparql", data={"query": query}).status_code == 200


@pytest.mark.parametrize("begun", ["nikkel", "nickel", "nick"])
def test_an_editor_finds_concepts_by_a_name_in_any_language(
    client: httpx.Client, begun: str
) -> None:
    answer = client.get("/api/sparql/concepts", params={"q": begun, "lang": "sv"}).json()
    found = answer["concepts"][0]
    assert found["iri"] == "https://w3id.org/amic/vocab/commodity/nickel"
    assert found["label"] == "nickel"
    assert begun in found["matched"]
    assert client.get("/api/sparql/concepts").json() == {"concepts": []}
