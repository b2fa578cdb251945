"""What the SPARQL 1.1 Protocol says of queries, and HTTP of their answers; sections are named.

https://www.w3.org/TR/sparql11-protocol/ (P), https://www.rfc-editor.org/rfc/rfc9110 (H),
https://fetch.spec.whatwg.org/#http-cors-protocol (C)
"""

from __future__ import annotations

from typing import Any

import httpx
import pyoxigraph as ox
import pytest

SELECT = "SELECT * { ?s ?p ?o }"
GRAPH = "CONSTRUCT WHERE { ?s ?p ?o }"
DIRECT = {"Content-Type": "application/sparql-query"}


@pytest.fixture(scope="module")
def client(writable: Any) -> httpx.Client:
    opened: httpx.Client = writable.client
    return opened


def ask(client: httpx.Client, query: str = SELECT, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get("/sparql", params={"query": query}, headers=named)


class TestRequests:
    def test_p_2_1_1_a_get_names_the_query_in_its_address(self, client: httpx.Client) -> None:
        assert ask(client).status_code == 200

    def test_p_2_1_2_a_form_holds_query_dataset_and_format(
        self, client: httpx.Client, writable: Any
    ) -> None:
        form = {"query": GRAPH, "default-graph-uri": writable.owned, "format": "nt"}
        answer = client.post("/sparql", data=form)
        assert answer.headers["content-type"].startswith("application/n-triples")
        assert "Kaivosvesi" in answer.text

    def test_p_2_1_3_a_bare_query_has_its_dataset_in_the_address(
        self, client: httpx.Client, writable: Any
    ) -> None:
        asked = {"default-graph-uri": "urn:none", "named-graph-uri": writable.owned}
        named = client.post("/sparql", params=asked, headers=DIRECT,
                            content="ASK { GRAPH ?g { ?s ?p ?o } }")  # fmt: skip
        assert named.json()["boolean"] is True
        plain = client.post("/sparql", params=asked, headers=DIRECT, content="ASK { ?s ?p ?o }")
        assert plain.json()["boolean"] is False

    def test_p_2_1_3_a_bare_query_is_utf_8(self, client: httpx.Client) -> None:
        other = {"Content-Type": "application/sparql-query; charset=iso-8859-1"}
        assert client.post("/sparql", headers=other, content=b"ASK {}").status_code == 415
        utf_8 = {"Content-Type": "application/sparql-query; charset=UTF-8"}
        assert client.post("/sparql", headers=utf_8, content=b"ASK {}").status_code == 200

    @pytest.mark.parametrize("name", ["query", "update"])
    def test_p_2_1_one_query_or_update_and_no_more(self, client: httpx.Client, name: str) -> None:
        answer = client.post("/sparql", data={name: ["ASK {}", "ASK {}"]})
        assert (answer.status_code, answer.json()["parameter"]) == (400, name)

    def test_p_2_1_a_query_and_an_update_at_once_are_refused(self, client: httpx.Client) -> None:
        both = client.post("/sparql", data={"query": SELECT, "update": "DROP ALL"})
        assert (both.status_code, both.json()["parameter"]) == (400, "update")

    @pytest.mark.parametrize("name", ["using-graph-uri", "using-named-graph-uri"])
    def test_p_2_2_the_dataset_of_updates_is_none_of_a_query(
        self, client: httpx.Client, name: str
    ) -> None:
        answer = client.get("/sparql", params={"query": SELECT, name: "urn:g"})
        assert (answer.status_code, answer.json()["parameter"]) == (400, name)

    def test_p_2_1_5_a_query_that_does_not_parse_is_400_with_line_column_and_hint(
        self, client: httpx.Client
    ) -> None:
        told = ask(client, "SELECT *\n{ ?s ?p }").json()
        assert (told["status"], told["line"]) == (400, 2)
        assert told["column"] in (9, 10)
        assert told["remedy"]

    def test_p_2_1_6_a_query_that_is_refused_is_400(self, client: httpx.Client) -> None:
        assert ask(client, "SELECT * { SERVICE <urn:x> { ?s ?p ?o } }").status_code == 400


class TestFormats:
    @pytest.mark.parametrize(
        ("name", "media_type", "syntax"),
        [
            ("trig", "application/trig", ox.RdfFormat.TRIG),
            ("nq", "application/n-quads", ox.RdfFormat.N_QUADS),
        ],
    )
    def test_a_graph_comes_in_formats_of_quads_too(
        self, client: httpx.Client, name: str, media_type: str, syntax: ox.RdfFormat
    ) -> None:
        by_accept = ask(client, GRAPH, Accept=media_type)
        by_name = client.get("/sparql", params={"query": GRAPH, "format": name})
        for answer in (by_accept, by_name):
            assert answer.headers["content-type"] == media_type
            assert "Kaivosvesi" in {q.object.value for q in ox.parse(answer.content, format=syntax)}

    def test_h_12_5_5_vary_names_what_the_answer_hangs_on(self, client: httpx.Client) -> None:
        assert "Accept" in ask(client).headers["vary"]


class TestCaching:
    def test_every_answer_tells_the_generation(self, client: httpx.Client, writable: Any) -> None:
        generation = (writable.settings.data / "graph/generations/CURRENT").read_text()
        for answer in (ask(client), ask(client, "broken"), client.options("/sparql"),
                       client.post("/sparql", json={})):  # fmt: skip
            assert answer.headers["dataset-version"] == generation

    def test_h_13_1_2_who_has_the_answer_gets_304_without_it(self, client: httpx.Client) -> None:
        tag = ask(client).headers["etag"]
        again = ask(client, If_None_Match=f'"other", {tag}')
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert "Accept" in again.headers["vary"]

    def test_h_8_8_3_the_tag_is_another_for_another_query_or_format(
        self, client: httpx.Client
    ) -> None:
        tags = {
            ask(client).headers["etag"],
            ask(client, SELECT + " LIMIT 1").headers["etag"],
            ask(client, Accept="text/csv").headers["etag"],
        }
        assert len(tags) == 3

    @pytest.mark.parametrize("function", ["RAND()", "NOW()", "UUID()"])
    def test_an_answer_that_hangs_on_chance_or_time_has_no_tag(
        self, client: httpx.Client, function: str
    ) -> None:
        assert "etag" not in ask(client, f"SELECT ({function} AS ?x) {{}}").headers

    def test_h_9_3_2_head_is_get_without_the_body(self, client: httpx.Client) -> None:
        got = ask(client)
        head = client.head("/sparql", params={"query": SELECT})
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["etag"] == got.headers["etag"]
        assert head.headers["content-type"] == got.headers["content-type"]

    def test_h_8_4_1_a_long_answer_is_compressed_for_who_asks(self, client: httpx.Client) -> None:
        rows = 'SELECT * { VALUES ?x { "' + '" "'.join(map(str, range(500))) + '" } }'
        answer = client.post("/sparql", data={"query": rows}, headers={"Accept-Encoding": "gzip"})
        assert answer.headers["content-encoding"] == "gzip"
        assert "Accept-Encoding" in answer.headers["vary"]
        assert len(answer.json()["results"]["bindings"]) == 500
        plain = client.post("/sparql", data={"query": rows}, headers={"Accept-Encoding": ""})
        assert "content-encoding" not in plain.headers


class TestOtherOrigins:
    def test_h_9_3_7_options_tells_the_methods(self, client: httpx.Client) -> None:
        answer = client.options("/sparql")
        assert answer.status_code == 204
        assert {"GET", "HEAD", "POST", "OPTIONS"} == set(answer.headers["allow"].split(", "))
        assert client.put("/sparql").status_code == 405

    def test_c_3_2_a_preflight_lets_any_page_send_a_query(self, client: httpx.Client) -> None:
        asked = {
            "Origin": "https://portal.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type, authorization",
        }
        answer = client.options("/sparql", headers=asked)
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "POST" in answer.headers["access-control-allow-methods"]
        assert answer.headers["access-control-allow-headers"] == "content-type, authorization"
        assert "access-control-allow-credentials" not in answer.headers

    def test_c_3_2_a_page_may_read_the_version_and_the_tag(self, client: httpx.Client) -> None:
        answer = ask(client, Origin="https://portal.example")
        assert answer.headers["access-control-allow-origin"] == "*"
        exposed = answer.headers["access-control-expose-headers"]
        assert {"Dataset-Version", "ETag", "Retry-After"} <= set(exposed.split(", "))
