"""What every GraphStore writes and every GraphReader answers, whatever store is behind them."""

from __future__ import annotations

import csv
import io
import json
import re
import threading
import time
from contextlib import closing
from typing import Any

import pyoxigraph as ox
import pytest

from amic_kg.errors import (
    InvalidQuery,
    LimitExceeded,
    QueryTimeout,
    StoreLocked,
)
from amic_kg.graph.remote import GENERATION_GRAPH
from amic_kg.ports import GraphReader, QueryAnswer, QueryRequest

ACCEPT = {
    "rows": "application/sparql-results+json",
    "boolean": "application/sparql-results+json",
    "graph": "application/n-triples",
}
A, B, C = (f"https://w3id.org/amic/graph/document/{letter}" for letter in "abc")
TITLE = "http://purl.org/dc/terms/title"


def titled(subject: str, *titles: str) -> bytes:
    return "".join(f'<urn:{subject}> <{TITLE}> "{title}" .\n' for title in titles).encode()


def numbered(count: int) -> bytes:
    return "".join(f'<urn:n{n}> <urn:number> "{n}" .\n' for n in range(count)).encode()


def ask(reader: GraphReader, query: str, **further: Any) -> QueryAnswer:
    return reader.answer(QueryRequest(query, ACCEPT, **further))


def values(reader: GraphReader, query: str, **further: Any) -> list[str]:
    """What `?x` is, in alphabetical order."""
    rows = json.loads(ask(reader, query, **further).body)["results"]["bindings"]
    return sorted(row["x"]["value"] for row in rows)


def titles(reader: GraphReader) -> list[str]:
    return values(reader, "SELECT ?x { ?s dcterms:title ?x }")


class TestWriting:
    def test_what_is_published_is_seen(self, graph):
        store = graph.store()
        store.replace_graphs({A: titled("a", "Kaivosvesi"), B: titled("b", "Gruvvatten")})
        store.publish()
        assert titles(graph.reader()) == ["Gruvvatten", "Kaivosvesi"]

    def test_a_graph_is_put_in_place_of_what_it_was(self, graph):
        store = graph.store()
        store.replace_graphs({A: titled("a", "old", "older"), B: titled("b", "stays")})
        store.publish()
        store.replace_graphs({A: titled("a", "new")})
        store.publish()
        assert titles(graph.reader()) == ["new", "stays"]

    def test_a_graph_put_twice_before_publishing_is_what_it_was_last(self, graph):
        store = graph.store()
        store.replace_graphs({A: titled("a", "first")})
        store.replace_graphs({A: titled("a", "second")})
        store.publish()
        assert titles(graph.reader()) == ["second"]

    def test_an_empty_graph_is_removed(self, graph):
        store = graph.store()
        store.replace_graphs({A: titled("a", "goes"), B: titled("b", "stays")})
        store.publish()
        store.replace_graphs({A: b""})
        store.publish()
        assert titles(graph.reader()) == ["stays"]

    def test_removing_what_is_not_there_is_no_error(self, graph):
        store = graph.store()
        store.replace_graphs({C: b"", A: titled("a", "here")})
        store.publish()
        assert titles(graph.reader()) == ["here"]

    def test_a_statement_in_two_graphs_outlives_one_of_them(self, graph):
        store = graph.store()
        store.replace_graphs({A: titled("s", "shared"), B: titled("s", "shared")})
        store.publish()
        store.replace_graphs({A: b""})
        store.publish()
        assert titles(graph.reader()) == ["shared"]

    def test_literals_come_back_as_they_were_written(self, graph):
        text = 'Ä "quoted" \\ back\nnext\tline 🪨 .'
        written = 'Ä \\"quoted\\" \\\\ back\\nnext\\tline 🪨 .'  # as N-Triples escapes it
        store = graph.store()
        store.replace_graphs({A: f'<urn:a> <{TITLE}> "{written}"@fi .\n'.encode()})
        store.publish()
        reader = graph.reader()
        assert titles(reader) == [text]
        assert values(reader, "SELECT (LANG(?t) AS ?x) { ?s dcterms:title ?t }") == ["fi"]

    def test_each_publish_has_a_name_of_its_own_that_readers_know(self, graph):
        store = graph.store()
        store.replace_graphs({A: titled("a", "one")})
        first = store.publish()
        reader = graph.reader()
        assert reader.generation() == first
        store.replace_graphs({A: titled("a", "two")})
        second = store.publish()
        assert second > first
        assert reader.generation() == second

    def test_the_writer_knows_what_it_has_written_and_published(self, graph):
        store = graph.store()
        assert store.generation() == "none"
        store.replace_graphs({A: titled("a", "one", "two"), B: titled("b", "three")})
        counted = f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g = <{A}>) }}"
        assert store.select(counted) == [("2",)]
        unbound = f"SELECT ?s ?none {{ GRAPH <{B}> {{ ?s ?p ?o }} }}"
        assert store.select(unbound) == [("urn:b", None)]
        assert store.publish() == store.generation()

    def test_an_open_reader_moves_on_to_the_new_generation(self, graph):
        store, reader = graph.store(), graph.reader()
        store.replace_graphs({A: titled("a", "one")})
        store.publish()
        assert titles(reader) == ["one"]
        store.replace_graphs({B: titled("b", "two")})
        store.publish()
        assert titles(reader) == ["one", "two"]

    def test_nothing_is_seen_before_it_is_published(self, graph):
        if graph.engine == "fuseki":
            pytest.skip("a remote store has no snapshots: each graph is seen as soon as it is put")
        store, reader = graph.store(), graph.reader()
        store.replace_graphs({A: titled("a", "one")})
        store.publish()
        store.replace_graphs({A: titled("a", "two"), B: titled("b", "three")})
        assert titles(reader) == ["one"]

    def test_a_store_that_was_never_published_to_has_no_generation(self, graph):
        assert graph.reader().generation() == "none"

    def test_a_second_writer_is_refused_until_the_first_has_closed(self, graph):
        with closing(graph.open_store()):
            with pytest.raises(StoreLocked) as refusal:
                graph.open_store()
            assert "AMIC_DATA" in refusal.value.remedy
        graph.store().replace_graphs({A: titled("a", "second")})


@pytest.fixture
def reader(graph):
    """A reader on two documents."""
    store = graph.store()
    store.replace_graphs(
        {
            A: titled("a", "Kaivosvesi") + b"<urn:a> <urn:about> <urn:water> .\n",
            B: titled("b", "Gruvvatten") + b"<urn:b> <urn:about> <urn:water> .\n",
        }
    )
    store.publish()
    return graph.reader()


class TestAnswers:
    def test_a_published_graph_is_ready(self, reader):
        assert reader.ready()

    @pytest.mark.parametrize(
        "media_type",
        [
            "application/sparql-results+json",
            "application/sparql-results+xml",
            "text/csv",
            "text/tab-separated-values",
        ],
    )
    def test_rows_come_in_the_type_that_was_asked_for(self, reader, media_type):
        query = 'SELECT ?x { ?s dcterms:title ?x FILTER(?x != "Gruvvatten") }'
        answer = reader.answer(QueryRequest(query, {**ACCEPT, "rows": media_type}))
        assert answer.media_type == media_type
        assert b"Kaivosvesi" in answer.body
        assert b"Gruvvatten" not in answer.body

    def test_csv_can_be_read_as_csv(self, reader):
        query = "SELECT ?s ?t { ?s dcterms:title ?t } ORDER BY ?t"
        answer = reader.answer(QueryRequest(query, {**ACCEPT, "rows": "text/csv"}))
        rows = list(csv.reader(io.StringIO(answer.body.decode())))
        assert rows == [["s", "t"], ["urn:b", "Gruvvatten"], ["urn:a", "Kaivosvesi"]]

    @pytest.mark.parametrize(
        ("media_type", "syntax"),
        [
            ("text/turtle", ox.RdfFormat.TURTLE),
            ("application/n-triples", ox.RdfFormat.N_TRIPLES),
            ("application/rdf+xml", ox.RdfFormat.RDF_XML),
            ("application/ld+json", ox.RdfFormat.JSON_LD),
        ],
    )
    def test_a_graph_comes_in_the_type_that_was_asked_for(self, reader, media_type, syntax):
        query = "CONSTRUCT { ?s schema:name ?t } WHERE { ?s dcterms:title ?t }"
        answer = reader.answer(QueryRequest(query, {**ACCEPT, "graph": media_type}))
        assert answer.media_type == media_type
        found = {str(quad.object.value) for quad in ox.parse(answer.body, format=syntax)}
        assert found == {"Kaivosvesi", "Gruvvatten"}

    @pytest.mark.parametrize(("about", "holds"), [("urn:water", True), ("urn:gold", False)])
    def test_ask_says_yes_or_no(self, reader, about, holds):
        answer = ask(reader, f"ASK {{ ?s <urn:about> <{about}> }}")
        assert json.loads(answer.body)["boolean"] is holds

    def test_a_description_tells_what_is_known_of_a_thing(self, reader):
        answer = ask(reader, "DESCRIBE <urn:a>")
        assert b"Kaivosvesi" in answer.body
        assert b"Gruvvatten" not in answer.body

    def test_words_in_strings_names_and_comments_do_not_mislead(self, reader):
        query = """
            # ASK or CONSTRUCT? SERVICE <http://127.0.0.1/> FROM INSERT
            PREFIX ask: <urn:> PREFIX from: <urn:none:>
            SELECT ?x { ?service ask:about <urn:water> ; dcterms:title ?x
                        FILTER(?x != "DELETE from: SERVICE") }
        """
        assert values(reader, query) == ["Gruvvatten", "Kaivosvesi"]


class TestPrefixes:
    def test_the_common_ones_are_known_without_declaration(self, reader):
        assert titles(reader) == ["Gruvvatten", "Kaivosvesi"]

    def test_a_declaration_of_the_query_goes_before(self, reader):
        query = "PREFIX dcterms: <urn:> SELECT ?x { ?x dcterms:about <urn:water> }"
        assert values(reader, query) == ["urn:a", "urn:b"]

    def test_they_stand_beside_declarations_of_the_query(self, reader):
        query = """BASE <urn:water>
            prefix u: <urn:>
            SELECT ?x { ?s u:about <urn:water> ; dcterms:title ?x }"""
        assert values(reader, query) == ["Gruvvatten", "Kaivosvesi"]

    def test_an_unknown_one_is_refused_where_it_stands(self, reader):
        with pytest.raises(InvalidQuery, match=r"^line 3, column"):
            ask(reader, "SELECT ?x {\n  ?x dcterms:title ?t ;\n     nowhere:about ?y }")


class TestDatasets:
    def test_with_union_a_query_sees_all_graphs_and_each_by_its_name(self, reader):
        query = (
            "SELECT (?g AS ?x) { ?s <urn:about> <urn:water> . GRAPH ?g { ?s dcterms:title ?t } }"
        )
        assert values(reader, query) == [A, B]

    def test_without_union_a_query_sees_named_graphs_by_graph_alone(self, graph, reader):
        plain = graph.reader(union=False)
        if graph.engine == "fuseki" and titles(plain):
            pytest.skip("this store is set to show the union")
        assert titles(plain) == []
        assert values(plain, "SELECT ?x { GRAPH ?g { ?s dcterms:title ?x } }") == [
            "Gruvvatten",
            "Kaivosvesi",
        ]

    def test_the_default_graphs_of_the_request_hold(self, reader):
        query = "SELECT ?x { ?s dcterms:title ?x }"
        assert values(reader, query, default_graphs=(A,)) == ["Kaivosvesi"]
        assert values(reader, query, default_graphs=(A, B)) == ["Gruvvatten", "Kaivosvesi"]

    def test_the_named_graphs_of_the_request_hold(self, reader):
        query = "SELECT (?g AS ?x) { GRAPH ?g { ?s dcterms:title ?t } }"
        assert values(reader, query, named_graphs=(B,)) == [B]

    def test_the_graphs_that_a_query_names_hold(self, reader):
        assert values(reader, f"SELECT ?x FROM <{A}> {{ ?s dcterms:title ?x }}") == ["Kaivosvesi"]
        query = f"SELECT (?g AS ?x) FROM NAMED <{B}> {{ GRAPH ?g {{ ?s dcterms:title ?t }} }}"
        assert values(reader, query) == [B]

    def test_the_request_overrules_the_query(self, reader):
        query = f"SELECT ?x FROM <{A}> {{ ?s dcterms:title ?x }}"
        assert values(reader, query, default_graphs=(B,)) == ["Gruvvatten"]

    def test_an_unknown_graph_is_empty(self, reader):
        query = "SELECT ?x { ?s dcterms:title ?x }"
        assert values(reader, query, default_graphs=(C,)) == []
        assert values(reader, f"SELECT ?x {{ GRAPH <{C}> {{ ?s dcterms:title ?x }} }}") == []
        assert values(reader, f"SELECT ?x FROM <{C}> {{ ?s dcterms:title ?x }}") == []


class TestRefusals:
    @pytest.mark.parametrize(
        ("query", "line"),
        [
            ("SELECT ?x { ?x dcterms:title", 1),
            ("SELECT ?x {\n  ?x dcterms:title ?t .\n  ?x ; ; }", 3),
            ("SELECT ?x {\n  ?x ?p }", 2),
        ],
    )
    def test_a_syntax_error_names_its_place(self, reader, query, line):
        with pytest.raises(InvalidQuery) as refusal:
            ask(reader, query)
        place = re.fullmatch(r"line (\d+), column (\d+)", refusal.value.subject)
        assert place, refusal.value
        assert int(place[1]) == line
        assert 1 <= int(place[2]) <= len(query.splitlines()[line - 1]) + 1

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
            r"SELECT * { \u0053ERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
            "LOAD <http://127.0.0.1:9/>",
            "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
            "PREFIX u: <urn:> DELETE WHERE { ?s u:about ?o }",
            "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
            "DROP ALL",
        ],
    )
    def test_what_calls_out_or_writes_is_refused(self, reader, query):
        with pytest.raises(InvalidQuery):
            ask(reader, query)
        assert titles(reader) == ["Gruvvatten", "Kaivosvesi"]

    def test_a_larger_result_than_allowed_is_refused(self, graph):
        store = graph.store()
        store.replace_graphs({A: numbered(300)})
        store.publish()
        reader = graph.reader(megabytes=1)
        with pytest.raises(LimitExceeded, match="1 MB"):
            ask(reader, "SELECT * { ?a <urn:number> ?b . ?c <urn:number> ?d }")
        assert len(values(reader, "SELECT ?x { ?x <urn:number> ?n }")) == 300


class TestDeadline:
    ENDLESS = "SELECT (COUNT(*) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

    @pytest.fixture
    def hurried(self, graph):
        store = graph.store()
        store.replace_graphs({A: numbered(1000)})
        store.publish()
        return graph.reader(seconds=1.5)

    def test_a_query_is_ended_at_its_deadline(self, hurried):
        ask(hurried, "ASK {}")
        began = time.monotonic()
        with pytest.raises(QueryTimeout, match=r"1\.5 s"):
            ask(hurried, self.ENDLESS)
        assert time.monotonic() - began < 8

    def test_the_next_query_is_answered(self, hurried):
        with pytest.raises(QueryTimeout):
            ask(hurried, self.ENDLESS)
        assert values(hurried, "SELECT ?x { <urn:n7> <urn:number> ?x }") == ["7"]

    def test_a_result_that_the_deadline_cut_off_is_no_result(self, hurried):
        with pytest.raises(QueryTimeout):
            ask(hurried, f'SELECT ?x {{ {{ BIND("first" AS ?x) }} UNION {{ {self.ENDLESS} }} }}')


class TestExport:
    def test_it_writes_every_quad_with_its_graph(self, graph, reader, tmp_path):
        path = tmp_path / "graph.nq"
        assert reader.export(path) == 4
        quads = list(ox.parse(path.read_bytes(), format=ox.RdfFormat.N_QUADS))
        assert {(q.subject.value, q.object.value, q.graph_name.value) for q in quads} == {
            ("urn:a", "Kaivosvesi", A),
            ("urn:a", "urn:water", A),
            ("urn:b", "Gruvvatten", B),
            ("urn:b", "urn:water", B),
        }

    def test_blank_nodes_stay_apart_from_those_of_other_graphs(self, graph, tmp_path):
        chain = b'_:x <urn:next> _:y .\n_:y <urn:label> "ends in _:x ." .\n'
        store = graph.store()
        store.replace_graphs({A: chain})
        store.replace_graphs({B: chain})
        store.publish()
        path = tmp_path / "graph.nq"
        assert graph.reader().export(path) == 4
        quads = list(ox.parse(path.read_bytes(), format=ox.RdfFormat.N_QUADS))
        nodes = {
            name: {
                term.value
                for quad in quads
                for term in (quad.subject, quad.object)
                if quad.graph_name.value == name and isinstance(term, ox.BlankNode)
            }
            for name in (A, B)
        }
        assert len(nodes[A]) == len(nodes[B]) == 2
        assert not nodes[A] & nodes[B]
        assert {q.object.value for q in quads if q.predicate.value == "urn:label"} == {
            "ends in _:x ."
        }

    def test_what_is_exported_can_be_put_back(self, graph, reader, tmp_path):
        path = tmp_path / "graph.nq"
        reader.export(path)
        copy = ox.Store()
        copy.bulk_load(path.read_bytes(), format=ox.RdfFormat.N_QUADS)
        assert {g.value for g in copy.named_graphs()} == {A, B}
        assert GENERATION_GRAPH not in path.read_text(encoding="utf-8")


class TestRelativeIris:
    """https://www.w3.org/TR/sparql11-protocol/#base-iri"""

    QUERY = "SELECT ?x { <a> dcterms:title ?x FILTER (1 <2 && 3> 2) }"

    @pytest.fixture
    def reader(self, graph):
        store = graph.store()
        lines = (f'<{base}a> <{TITLE}> "{base}" .\n' for base in ("urn:x/", "http://x/"))
        store.replace_graphs({A: "".join(lines).encode()})
        store.publish()
        return graph.reader()

    def test_they_are_read_from_the_base_that_is_given(self, reader):
        assert values(reader, self.QUERY, base_iri="http://x/") == ["http://x/"]

    def test_a_base_within_the_query_goes_before(self, reader):
        query = f"BASE <http://x/> {self.QUERY}"
        assert values(reader, query, base_iri="http://other/") == ["http://x/"]

    def test_places_in_errors_are_those_of_the_query_as_written(self, reader):
        with pytest.raises(InvalidQuery, match=r"line 1, column 1[78]"):
            ask(reader, "SELECT ?x { <a> }", base_iri="http://x/")


class TestReadsDuringWrites:
    """Each publish puts the same number into two graphs: a reader that sees two saw half of one."""

    def test_a_publish_is_never_half_seen(self, graph):
        if graph.engine == "fuseki":
            pytest.skip("a remote store has no snapshots: each graph is seen as soon as it is put")
        store, reader = graph.store(), graph.reader()
        rounds = 15

        def publish(number: int) -> None:
            line = f'<urn:s> <urn:round> "{number:02}" .\n'.encode()
            store.replace_graphs({A: line})
            store.replace_graphs({B: line})
            store.publish()

        publish(0)
        seen: list[list[str]] = []
        over = threading.Event()

        def read() -> None:
            while not over.is_set():
                query = "SELECT ?x { GRAPH ?g { ?s <urn:round> ?x } }"
                seen.append(values(reader, query))

        thread = threading.Thread(target=read)
        thread.start()
        for number in range(1, rounds):
            publish(number)
        over.set()
        thread.join()
        assert values(reader, "SELECT ?x { GRAPH ?g { ?s <urn:round> ?x } }") == ["14", "14"]
        assert seen
        assert all(len(found) == 2 and len(set(found)) == 1 for found in seen), seen
        assert seen == sorted(seen)
