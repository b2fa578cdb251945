"""The search box within SPARQL, over HTTP: what it finds joins with what the graph knows."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from typing import Any

import httpx
import pytest

from amic_kg.errors import QueryTimeout
from amic_kg.ports import QueryRequest
from amic_kg.wiring import Services, open_services

IDS = "https://w3id.org/amic/id/output/"
JSON = "application/sparql-results+json"
Rows = list[dict[str, dict[str, str]]]

FOUND = """SELECT ?d ?score ?words ?page ?at {{ SERVICE search: {{
  ?d search:text {text} ; {more} search:score ?score ; search:passage ?words ;
     search:page ?page ; search:fragment ?at }} }} ORDER BY DESC(?score)"""


def ask(client: httpx.Client, query: str) -> httpx.Response:
    return client.post("/sparql", data={"query": query}, headers={"Accept": JSON})


def rows(client: httpx.Client, query: str) -> Rows:
    answer = ask(client, query)
    assert answer.status_code == 200, answer.text
    found: Rows = answer.json()["results"]["bindings"]
    return found


def found(client: httpx.Client, text: str, more: str = "") -> Rows:
    return rows(client, FOUND.format(text=json.dumps(text), more=more))


@pytest.mark.parametrize("text", ["kaivosvesi", "mine water", '"mine water" sulphate', "pöly"])
def test_it_finds_what_the_search_box_finds(client: httpx.Client, text: str) -> None:
    box = client.get("/api/search", params={"q": text, "size": 20, "lang": "en"}).json()["hits"]
    assert box
    within = found(client, text)
    assert [row["d"]["value"].removeprefix(IDS) for row in within] == [hit["key"] for hit in box]
    assert [float(row["score"]["value"]) for row in within] == [hit["score"] for hit in box]
    for row, hit in zip(within, box, strict=True):
        if hit["access"] == "open":
            assert row["words"]["value"] == " ".join(hit["snippet"].split())
            assert int(row["page"]["value"]) == hit["page"]


def test_the_words_stand_on_the_page_in_their_language(client: httpx.Client) -> None:
    row = found(client, "kaivosvesi", 'search:language "fi" ; search:limit 1 ;')[0]
    assert row["words"]["xml:lang"] == "fi"
    assert row["page"]["datatype"].endswith("#integer")
    assert row["at"]["value"] == f"page={row['page']['value']}"
    key = row["d"]["value"].removeprefix(IDS)
    page = client.get(f"/api/documents/{key}/pages/{row['page']['value']}").json()["text"]
    sentence = row["words"]["value"].strip("… ").split(". ")[0]
    assert sentence in " ".join(page.split())


def test_limit_and_language_narrow_it(client: httpx.Client) -> None:
    everything = found(client, "mine water")
    languages = {row["words"]["xml:lang"] for row in everything if "words" in row}
    assert len(everything) > 3
    assert languages == {"fi", "en", "sv"}
    assert found(client, "mine water", "search:limit 2 ;") == everything[:2]
    swedish = found(client, "mine water", 'search:language "sv" ;')
    assert {row["words"]["xml:lang"] for row in swedish} == {"sv"}


def test_documents_found_by_text_join_with_the_organisations_that_they_name(
    client: httpx.Client,
) -> None:
    names = """?d schema:mentions ?o . ?o a mrdi:Organization ; skos:prefLabel ?name
               FILTER(LANG(?name) = "en")"""
    joined = rows(
        client,
        f"""SELECT DISTINCT ?d ?o ?name {{
          SERVICE search: {{ ?d search:text "sulfaatin poisto" ; search:limit 50 }} {names} }}""",
    )
    everywhere = rows(client, f"SELECT DISTINCT ?d ?o ?name {{ {names} }}")
    keys = {row["d"]["value"] for row in found(client, "sulfaatin poisto", "search:limit 50 ;")}
    assert joined
    assert len(joined) < len(everywhere)
    key = {"d": 0, "o": 1, "name": 2}
    of_found = [row for row in everywhere if row["d"]["value"] in keys]
    assert sorted(map(json.dumps, joined)) == sorted(map(json.dumps, of_found))
    assert set(joined[0]) == set(key)


def test_the_page_found_joins_with_what_is_named_on_it(client: httpx.Client) -> None:
    named = rows(
        client,
        """SELECT DISTINCT ?d ?page ?what {
          SERVICE search: { ?d search:text "mine water" ; search:page ?page ; search:fragment ?at }
          ?target oa:hasSource ?d ; oa:hasSelector/rdf:value ?at .
          ?mention oa:hasTarget ?target ; oa:hasBody ?what }""",
    )
    assert {row["d"]["value"] for row in named} <= {
        row["d"]["value"] for row in found(client, "mine water")
    }
    assert any(row["what"]["value"].endswith("/theme/mine-water-management") for row in named)


def test_searches_stand_in_any_group_and_several_in_a_query(client: httpx.Client) -> None:
    either = rows(
        client,
        """SELECT DISTINCT ?d {
          { SERVICE search: { ?d search:text "poronhoito" } }
          UNION { SERVICE search: { ?d search:text "sulfaatti" } } }""",
    )
    each = found(client, "poronhoito") + found(client, "sulfaatti")
    assert {row["d"]["value"] for row in either} == {row["d"]["value"] for row in each}
    optional = rows(
        client,
        """SELECT ?d ?score { ?d a mrdi:Output
          OPTIONAL { SERVICE search: { ?d search:text "poronhoito" ; search:score ?score } } }""",
    )
    scored = {row["d"]["value"] for row in optional if "score" in row}
    assert scored == {row["d"]["value"] for row in found(client, "poronhoito")}
    assert len(optional) > len(scored)
    without = ask(client, 'ASK { SERVICE search: { ?d search:text "xyzzyx" } }').json()
    assert without["boolean"] is False


def test_a_restricted_document_is_found_by_its_record_and_shows_no_words(
    client: httpx.Client, restricted: str
) -> None:
    (row,) = [
        r for r in found(client, "rajoitettu selvitys") if r["d"]["value"] == IDS + restricted
    ]
    assert set(row) == {"d", "score"}
    secret = found(client, "Kvartsinhiontapaja")
    assert IDS + restricted not in {r["d"]["value"] for r in secret}
    everything = ask(client, FOUND.format(text='"kaivosvesi selvitys"', more="search:limit 200 ;"))
    assert "luottamuksellisesti" not in everything.text.lower()


def test_all_forms_of_a_query_may_search(client: httpx.Client) -> None:
    search = 'SERVICE search: { ?d search:text "kaivosvesi" ; search:score ?score }'
    graph = client.get(
        "/sparql",
        params={"query": f"CONSTRUCT {{ ?d <urn:score> ?score }} WHERE {{ {search} }}"},
        headers={"Accept": "application/n-triples"},
    )
    assert graph.text.count("<urn:score>") == len(found(client, "kaivosvesi"))
    described = client.get(
        "/sparql",
        params={"query": f"DESCRIBE ?d {{ {search} FILTER(?score > 0) }}"},
        headers={"Accept": "application/n-triples"},
    )
    assert described.status_code == 200
    page = client.get(
        "/sparql", params={"query": f"SELECT * {{ {search} }}"}, headers={"Accept": "text/html"}
    )
    assert page.status_code == 200
    assert 'href="/id/output/' in page.text


@pytest.mark.parametrize(
    ("query", "line", "column", "said"),
    [
        ("SELECT * {\n SERVICE search: { ?d search:text ?t } }", 2, 35, "takes a constant"),
        ("SELECT * {\n SERVICE search: { ?d search:page ?p } }", 2, 2, "has no text"),
        (
            'SELECT * {\n SERVICE search: { ?d search:text "vesi" ;\n search:limit 9999 } }',
            3, 15, "from 1 to 200 documents",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(
    client: httpx.Client, query: str, line: int, column: int, said: str
) -> None:
    answer = ask(client, query)
    assert answer.status_code == 400
    problem = answer.json()
    assert problem["type"].endswith("#invalid-query")
    assert f"line {line}, column {column}" in problem["detail"]
    assert said in answer.text
    assert problem["remedy"]


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { SERVICE search: { ?d search:text "vesi" ; search:page ?p } ?d foo:t ?t }',
        'SELECT * {\n SERVICE search: {\n  ?d search:text "vesi" ;\n   search:page ?p } ?d }',
        'SELECT * { SERVICE search: { ?d search:text "vesi" }\n BIND(1 AS ?d) ?d ?p } }',
        'SELECT * { SERVICE search: { ?d search:text "vesi" } OPTIONAL { SERVICE search: '
        '{ ?e search:text "vesi" } } FILTER(?e = ) }',
    ],
)
def test_what_the_engine_finds_wrong_has_its_place_in_the_query_as_it_was_written(
    client: httpx.Client, query: str
) -> None:
    """That is the place which it has when blanks stand instead of the searches."""
    problem = ask(client, query)
    blank = re.sub(r"SERVICE[^{]*\{[^}]*\}", lambda block: re.sub(r"\S", " ", block.group()), query)
    expected = ask(client, blank)
    assert problem.status_code == expected.status_code == 400
    place = re.compile(r"line \d+, column \d+")
    (at,) = place.findall(problem.json()["detail"])
    assert [at] == place.findall(expected.json()["detail"])


def test_an_error_beside_a_search_speaks_of_the_search_and_not_of_what_replaces_it(
    client: httpx.Client,
) -> None:
    search = 'SERVICE search: { ?d search:text "vesi" ; search:page ?p }'
    problem = ask(client, f"SELECT * {{ ?d ?p }}\n {search} }}").json()
    assert "line 2, column" in problem["detail"]
    assert "SERVICE search: { … }" in problem["detail"]
    assert "VALUES" not in problem["detail"]


def test_every_other_service_is_refused(client: httpx.Client) -> None:
    search = 'SERVICE search: { ?d search:text "vesi" }'
    for query in (
        f"SELECT * {{ {search} SERVICE <http://127.0.0.1:1/> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE <http://127.0.0.1:1/> {{ {search} }} }}",
        f"PREFIX search: <http://127.0.0.1:1/> SELECT * {{ {search} }}",
        'SELECT * { BIND(<https://w3id.org/amic/sparql/search> AS ?s) SERVICE ?s { ?d ?p "x" } }',
    ):
        answer = ask(client, query)
        assert answer.status_code == 400
        assert "SERVICE" in answer.json()["detail"]


def test_an_update_does_not_search(writable: Any) -> None:
    answer = writable.client.post(
        "/sparql/update",
        data={
            "update": "INSERT { GRAPH <urn:g> { ?d <urn:p> 1 } } "
            'WHERE { SERVICE search: { ?d search:text "vesi" } }'
        },
        headers=writable.key,
    )
    assert answer.status_code == 400
    assert "SERVICE" in answer.json()["detail"]


def test_an_answer_with_a_search_is_not_kept_by_its_tag(client: httpx.Client) -> None:
    """The index follows the graph at each publish: the generation does not tell both."""
    search = client.get("/sparql", params={"query": FOUND.format(text='"vesi"', more="")})
    assert search.status_code == 200
    assert "etag" not in search.headers
    assert "etag" in client.get("/sparql", params={"query": "ASK {}"}).headers


def test_searches_and_query_share_one_deadline(services: Services) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . %s }"
    search = 'SERVICE search: { ?a search:text "vesi" }'
    accept: Any = {"rows": JSON, "boolean": JSON, "graph": "text/turtle"}
    for query in (endless % "", endless % search):
        began = time.monotonic()
        with pytest.raises(QueryTimeout, match=r"after 0\.[1-5] s"):
            services.graph.answer(QueryRequest(query, accept, most_seconds=0.5))
        assert time.monotonic() - began < services.settings.query_seconds + 20


def test_an_index_that_is_away_fails_the_query_unless_it_is_to_be_silent(
    services: Services, serve: Callable[[Services], AbstractContextManager[httpx.Client]]
) -> None:
    settings = replace(services.settings, search_url="http://127.0.0.1:9")
    with closing(open_services(settings)) as without:
        vars(without)["vocabulary"] = services.vocabulary
        with serve(without) as client:
            query = 'SELECT ?d ?p { SERVICE %s search: { ?d search:text "vesi" ; search:page ?p } }'
            answer = ask(client, query % "")
            assert answer.status_code == 503
            assert "Elasticsearch" in answer.json()["detail"]
            # https://www.w3.org/TR/sparql11-federated-query/#serviceFailure: one empty solution.
            assert rows(client, query % "SILENT") == [{}]
