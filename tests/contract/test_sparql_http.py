"""How a remote store is addressed, and what its answers and silences are taken for.

The stores here are a few lines of HTTP each, so that every refusal can be had at will.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable
from contextlib import closing
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs

import pytest

from amic_kg.errors import (
    InvalidQuery,
    InvalidSetting,
    LimitExceeded,
    QueryTimeout,
    ServiceBusy,
    ServiceDown,
    ServiceUnavailable,
    SystemFault,
)
from amic_kg.graph.query_limits import QueryLimits
from amic_kg.graph.remote import RemoteReader, RemoteStore
from amic_kg.graph.sparql_http import Endpoints
from amic_kg.graph.sparql_text import undeclared_prefixes
from amic_kg.ports import QueryRequest

JSON = "application/sparql-results+json"
ACCEPT = {"rows": JSON, "boolean": JSON, "graph": "text/turtle"}
YES = {"head": {}, "boolean": True}
NO = {"head": {}, "boolean": False}

Form = dict[str, list[str]]
Answer = Callable[[BaseHTTPRequestHandler, bytes], None]
Reply = Callable[[BaseHTTPRequestHandler, Form], None]


@pytest.fixture
def serve(serve_http: Callable[[Answer], str]) -> Callable[[Reply], str]:
    """Starts a store that answers every request by the function given; returns its root."""

    def start(reply: Reply) -> str:
        return f"{serve_http(lambda handler, body: reply(handler, parse_qs(body.decode())))}/ds"

    return start


def send(
    handler: BaseHTTPRequestHandler,
    status: int,
    body: str,
    media_type: str = "text/plain",
    *headers: tuple[str, str],
) -> None:
    data = body.encode()
    handler.send_response(status)
    handler.send_header("Content-Type", f"{media_type}; charset=utf-8")
    handler.send_header("Content-Length", str(len(data)))
    for name, value in headers:
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(data)


def shows_union(form: Form) -> bool:
    """Is this the reader's question whether the default graph shows the named ones?"""
    return "GRAPH ?g" in form["query"][0] and form["query"][0].startswith("ASK { { SELECT")


def refusing(status: int, said: str) -> Reply:
    """A store that shows the union and then refuses the query."""

    def reply(handler: BaseHTTPRequestHandler, form: Form) -> None:
        if shows_union(form):
            send(handler, 200, json.dumps(YES), JSON)
        else:
            send(handler, status, said)

    return reply


def reading(
    url: str, *, seconds: float = 2, megabytes: int = 64, rows: int = 0, union: bool = True
) -> RemoteReader:
    limits = QueryLimits(seconds=seconds, megabytes=megabytes, rows=rows)
    return RemoteReader(url, workers=1, limits=limits, union=union)


def ask(url: str, query: str = "SELECT ?s { ?s ?p ?o }", **options: Any) -> bytes:
    with closing(reading(url, **options)) as reader:
        return reader.answer(QueryRequest(query, ACCEPT)).body


class TestAddresses:
    def test_a_dataset_is_laid_out_as_in_fuseki(self):
        endpoints = Endpoints.of("http://127.0.0.1:3030/ds/")
        assert endpoints.query == "http://127.0.0.1:3030/ds/query"
        assert endpoints.graphs == "http://127.0.0.1:3030/ds/data"

    def test_two_urls_are_query_endpoint_and_graph_store(self):
        endpoints = Endpoints.of("https://h/repositories/r https://h/repositories/r/graphs")
        assert endpoints.query == "https://h/repositories/r"
        assert endpoints.graphs == "https://h/repositories/r/graphs"

    def test_a_password_is_used_and_not_shown(self):
        endpoints = Endpoints.of("https://writer:secret@h/ds")
        assert "writer:secret@" in endpoints.query
        assert endpoints.shown == "https://h/ds"

    @pytest.mark.parametrize("setting", ["", "ds", "ftp://h/ds", "http://", "http://a b http://c"])
    def test_anything_else_is_no_setting(self, setting):
        with pytest.raises(InvalidSetting, match="AMIC_SPARQL_URL"):
            Endpoints.of(setting)


class TestRefusals:
    @pytest.mark.parametrize(
        ("status", "said", "error", "words"),
        [
            (400, "Parse error: Line 2, column 5: what?", InvalidQuery, "line 2, column 5"),
            (400, "MALFORMED QUERY\nand more", InvalidQuery, "MALFORMED QUERY"),
            (401, "", ServiceUnavailable, "password"),
            (404, "no such dataset", ServiceUnavailable, "AMIC_SPARQL_URL"),
            (408, "", QueryTimeout, "2 s"),
            (503, "Query timed out", QueryTimeout, "2 s"),
            (503, "starting", ServiceDown, "starting"),
            (504, "", QueryTimeout, "2 s"),
            (429, "", ServiceBusy, "busy"),
            (500, "java.lang.OutOfMemoryError\n at x", SystemFault, "OutOfMemoryError"),
        ],
    )
    def test_a_status_is_taken_for_what_it_says(self, serve, status, said, error, words):
        with pytest.raises(error, match=words) as refusal:
            ask(serve(refusing(status, said)))
        assert type(refusal.value) is error
        assert "\n" not in str(refusal.value)

    def test_columns_of_the_first_line_count_from_the_users_first_character(self, serve):
        def reply(handler: BaseHTTPRequestHandler, form: Form) -> None:
            if shows_union(form):
                send(handler, 200, json.dumps(YES), JSON)
            else:
                column = form["query"][0].index("oops") + 1
                send(handler, 400, f'Encountered "oops" at line 1, column {column}.')

        with pytest.raises(InvalidQuery) as refusal:
            ask(serve(reply), "SELECT ?s { ?s dcterms:title oops }")
        assert refusal.value.subject == "line 1, column 30"
        assert refusal.value.cause == 'the query does not parse: Encountered "oops"'

    def test_a_page_for_people_is_no_endpoint(self, serve):
        with pytest.raises(ServiceUnavailable, match="no SPARQL endpoint"):
            ask(serve(lambda handler, _: send(handler, 200, "<html>", "text/html")))

    def test_a_store_that_does_not_take_writes_says_so(self, serve, tmp_path):
        def reply(handler: BaseHTTPRequestHandler, form: Form) -> None:
            if handler.command == "PUT":
                send(handler, 405, "")
            else:
                send(handler, 200, '{"results": {"bindings": []}}', JSON)

        with closing(RemoteStore(serve(reply), tmp_path)) as store:
            with pytest.raises(ServiceUnavailable, match="refuses PUT"):
                store.replace_graphs({"urn:g": b"<urn:a> <urn:b> <urn:c> .\n"})
            store.replace_graphs({})


class TestAStoreThatIsDown:
    def test_the_reader_names_it_with_its_remedy(self, nowhere):
        reader = reading(f"{nowhere}/ds")
        assert not reader.ready()
        for action in (reader.generation, lambda: reader.answer(QueryRequest("ASK {}", ACCEPT))):
            with pytest.raises(ServiceUnavailable) as refusal:
                action()
            assert nowhere in refusal.value.cause
            assert "AMIC_SPARQL_URL" in refusal.value.remedy
        reader.close()

    def test_the_writer_says_so_before_anything_is_prepared(self, nowhere, tmp_path):
        for _ in range(2):
            with pytest.raises(ServiceUnavailable, match="does not answer"):
                RemoteStore(f"{nowhere}/ds", tmp_path)


class TestSilences:
    @pytest.mark.parametrize("seconds", [0.3, 5])
    def test_a_query_of_which_time_is_spent_has_the_rest_of_it(self, serve, seconds):
        quiet, told = threading.Event(), []

        def reply(handler: BaseHTTPRequestHandler, form: Form) -> None:
            if shows_union(form):
                send(handler, 200, json.dumps(YES), JSON, ("Fuseki-Request-Id", "1"))
            else:
                told.append(form["timeout"])
                quiet.wait(60)

        request = QueryRequest("SELECT ?s { ?s ?p ?o }", ACCEPT, most_seconds=seconds)
        with (
            closing(reading(serve(reply), seconds=2)) as reader,
            pytest.raises(QueryTimeout, match=f"after {min(seconds, 2)} s"),
        ):
            reader.answer(request)
        quiet.set()
        assert told == [["1" if seconds < 1 else "2"]]

    def test_a_store_that_does_not_answer_is_let_go(self, serve):
        quiet = threading.Event()

        def reply(handler: BaseHTTPRequestHandler, form: Form) -> None:
            if shows_union(form):
                send(handler, 200, json.dumps(YES), JSON)
            else:
                quiet.wait(60)

        url = serve(reply)
        began = time.monotonic()
        with pytest.raises(QueryTimeout):
            ask(url, seconds=0.3)
        assert time.monotonic() - began < 8
        quiet.set()

    def test_a_store_that_sends_on_and_on_is_let_go(self, serve):
        def reply(handler: BaseHTTPRequestHandler, form: Form) -> None:
            if shows_union(form):
                send(handler, 200, json.dumps(YES), JSON)
                return
            handler.close_connection = True
            handler.send_response(200)
            handler.send_header("Content-Type", JSON)
            handler.end_headers()
            try:
                for _ in range(200):
                    handler.wfile.write(b" " * 100)
                    time.sleep(0.05)
            except OSError:
                return

        with pytest.raises(QueryTimeout):
            ask(serve(reply), seconds=0.5)

    def test_what_is_too_large_is_not_read_to_its_end(self, serve):
        def reply(handler: BaseHTTPRequestHandler, form: Form) -> None:
            if shows_union(form):
                send(handler, 200, json.dumps(YES), JSON)
                return
            handler.close_connection = True
            handler.send_response(200)
            handler.send_header("Content-Type", JSON)
            handler.end_headers()
            try:
                while True:
                    handler.wfile.write(b" " * 100_000)
            except OSError:
                return

        with pytest.raises(LimitExceeded, match="1 MB"):
            ask(serve(reply), megabytes=1, seconds=20)


class TestStreams:
    """The same for clients in their turn: as it comes, and let go with whoever wanted it."""

    def read(self, url: str, **options: Any) -> bytes:
        async def pieces() -> bytes:
            with closing(reading(url, **options)) as reader:
                request = QueryRequest("SELECT ?s { ?s ?p ?o }", ACCEPT)
                with closing(await reader.stream(request, "192.0.2.1")) as stream:
                    return b"".join([piece async for piece in stream])

        return asyncio.run(pieces())

    def test_what_the_store_answers_comes_through(self, serve):
        rows = json.dumps({"results": {"bindings": [{"s": {"value": "x" * 2_500_000}}]}})

        def reply(handler: BaseHTTPRequestHandler, form: Form) -> None:
            send(handler, 200, json.dumps(YES) if shows_union(form) else rows, JSON)

        assert self.read(serve(reply), seconds=20) == rows.encode()

    def test_what_the_store_refuses_is_raised_before_it_begins(self, serve):
        with pytest.raises(InvalidQuery, match="line 2, column 5"):
            self.read(serve(refusing(400, "Parse error: Line 2, column 5: what?")))

    def test_past_the_caps_it_never_looks_whole(self, serve):
        row = '{"s": {"type": "uri", "value": "urn:x"}}'
        rows = f'{{"results": {{"bindings": [ {" , ".join([row] * 30_000)} ]}}}}'

        def reply(handler: BaseHTTPRequestHandler, form: Form) -> None:
            send(handler, 200, json.dumps(YES) if shows_union(form) else rows, JSON)

        url = serve(reply)
        assert self.read(url, rows=30_000, seconds=20) == rows.encode()
        with pytest.raises(LimitExceeded, match="29,999 rows"):
            self.read(url, rows=29_999, seconds=20)
        with pytest.raises(LimitExceeded, match="1 MB"):
            self.read(url, megabytes=1, seconds=20)

    def test_who_leaves_closes_the_connection_to_the_store(self, serve):
        left = threading.Event()

        def reply(handler: BaseHTTPRequestHandler, form: Form) -> None:
            if shows_union(form):
                send(handler, 200, json.dumps(YES), JSON)
                return
            handler.close_connection = True
            # Nothing is sent: what can be read is the end of the connection.
            handler.connection.settimeout(30)
            if handler.rfile.read(1) == b"":
                left.set()

        async def leave(url: str) -> None:
            with closing(reading(url, seconds=30)) as reader:
                request = QueryRequest("SELECT ?s { ?s ?p ?o }", ACCEPT)
                asking = asyncio.create_task(reader.stream(request, "192.0.2.1"))
                await asyncio.sleep(1)
                asking.cancel()
                await asyncio.gather(asking, return_exceptions=True)

        asyncio.run(leave(serve(reply)))
        assert left.wait(20)


class TestTheDeadline:
    """What is told of it to the store, so that no query runs on behind the reader's back."""

    @pytest.fixture
    def sent(self, serve) -> Callable[..., Form]:
        def query(*headers: tuple[str, str], seconds: float = 1.5) -> Form:
            seen: list[Form] = []

            def reply(handler: BaseHTTPRequestHandler, form: Form) -> None:
                seen.append(form)
                body = json.dumps(YES if shows_union(form) else {"results": {"bindings": []}})
                send(handler, 200, body, JSON, *headers)

            ask(serve(reply), seconds=seconds)
            return seen[-1]

        return query

    def test_fuseki_is_told_it_in_whole_seconds(self, sent):
        assert sent(("Fuseki-Request-Id", "1"))["timeout"] == ["2"]
        assert sent(("Fuseki-Request-Id", "1"), seconds=20)["timeout"] == ["20"]

    def test_other_stores_count_in_other_units_and_are_told_nothing(self, sent):
        assert "timeout" not in sent()


class TestTheUnion:
    """What is sent to a store whose default graph does not show the named graphs."""

    @pytest.fixture
    def sent(self, serve) -> Callable[..., Form]:
        def query(text: str, *, shows: bool, union: bool = True) -> Form:
            seen: list[Form] = []

            def reply(handler: BaseHTTPRequestHandler, form: Form) -> None:
                if shows_union(form):
                    send(handler, 200, json.dumps(YES if shows else NO), JSON)
                elif form["query"][0].startswith("SELECT DISTINCT ?value"):
                    rows = [{"value": {"value": name}} for name in ("urn:b", "urn:a")]
                    send(handler, 200, json.dumps({"results": {"bindings": rows}}), JSON)
                else:
                    seen.append(form)
                    send(handler, 200, json.dumps({"results": {"bindings": []}}), JSON)

            ask(serve(reply), text, union=union)
            return seen[0]

        return query

    def test_a_store_that_shows_all_graphs_gets_the_query_as_it_is(self, sent):
        assert sent("SELECT * { GRAPH ?g { ?s ?p ?o } }", shows=True).keys() == {"query"}

    def test_another_one_gets_all_graphs_by_name(self, sent):
        form = sent("SELECT * { ?s ?p ?o }", shows=False)
        assert form["default-graph-uri"] == ["urn:a", "urn:b"]
        assert "named-graph-uri" not in form

    def test_and_as_named_graphs_too_when_the_query_asks_for_them(self, sent):
        form = sent("SELECT * { ?s ?p ?o GRAPH ?g { ?s ?q ?r } }", shows=False)
        assert form["default-graph-uri"] == form["named-graph-uri"] == ["urn:a", "urn:b"]

    def test_a_query_with_graphs_of_its_own_is_left_alone(self, sent):
        assert sent("SELECT * FROM <urn:a> { ?s ?p ?o }", shows=False).keys() == {"query"}

    def test_without_union_every_query_is_left_alone(self, sent):
        assert sent("SELECT * { ?s ?p ?o }", shows=False, union=False).keys() == {"query"}


@pytest.mark.parametrize(
    ("query", "prefixes"),
    [
        ("SELECT * { ?s dcterms:title ?t ; a schema:Thing . }", ["dcterms", "schema"]),
        ("PREFIX dcterms: <urn:x> SELECT * { ?s dcterms:title ?t }", []),
        ("BASE <urn:y>\nprefix # why\n skos: <urn:x>\nASK { ?s skos:x oa:y }", ["oa"]),
        ('ASK { ?s ?p "dcterms:title", <prov:x>, _:b }  # geo:x', ["_"]),
        ("ASK { ?s ^skos:broader*/(dcterms:title|!rdf:type) ?o }", ["skos", "dcterms", "rdf"]),
        ('ASK { ?s ?p "1"^^xsd:integer, "x"@en FILTER(?a<?b) }', ["xsd"]),
        (r"ASK { ?s d\u0063terms:title ?t }", ["dcterms"]),
    ],
)
def test_prefixes_that_are_used_undeclared_are_known(query, prefixes):
    assert undeclared_prefixes(query) == prefixes
