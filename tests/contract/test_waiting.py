"""A service that goes away in the middle of a run: waited for, told, and given up in the end.

The service here is a local HTTP server that answers as a SPARQL store does to what a writer asks,
and 503 while it is away; no real store takes part.
"""

from __future__ import annotations

import json
import re
from contextlib import closing
from http.server import BaseHTTPRequestHandler

import pytest

from amic_kg.errors import ServiceDown, ServiceUnavailable
from amic_kg.graph.remote import RemoteStore
from amic_kg.pipeline.waiting import Waiting

GRAPHS = {"https://w3id.org/amic/graph/document/a": b"<urn:a> <urn:b> <urn:c> .\n"}


class Store:
    """Takes graphs; while `away` is above 0 each PUT is answered by 503, or by `refusal`."""

    def __init__(self, refusal: int = 503) -> None:
        self.away = 0
        self.put = 0
        self._refusal = refusal

    def __call__(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        status, data = 200, json.dumps({"results": {"bindings": []}}).encode()
        if handler.command == "PUT":
            if self.away:
                self.away -= 1
                status = self._refusal
            else:
                self.put += 1
                status = 204
            data = b""
        handler.send_response(status)
        handler.send_header("Content-Type", "application/sparql-results+json")
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)


class Person:
    """Who sits before the run: the lines shown, and the pauses that were made without sleeping."""

    def __init__(self, seconds: float) -> None:
        self.lines: list[str] = []
        self.pauses: list[float] = []
        self.waiting = Waiting(seconds, self.lines.append, self.pauses.append)


def test_a_store_that_comes_back_is_waited_for(serve_http, tmp_path):
    server, person = Store(), Person(300)
    with closing(RemoteStore(serve_http(server), tmp_path)) as store:
        server.away = 4
        person.waiting.do(lambda: store.replace_graphs(GRAPHS), documents=12)
    assert server.put == 1
    assert person.pauses == [1, 2, 4, 8]
    assert "Try again later. The run waits for it and then goes on, for 300 s" in person.lines[0]
    assert "is not available" in person.lines[3]
    assert re.search(
        r"; waiting since \d\d:\d\d UTC \(12 documents are held up\), next try in 8 s$",
        person.lines[3],
    )
    assert person.lines[4:] == ["It answers again; the run goes on"]


def test_one_that_stays_away_ends_the_run_when_the_time_is_over(serve_http, tmp_path):
    server, person = Store(), Person(100)
    with closing(RemoteStore(serve_http(server), tmp_path)) as store:
        server.away = 99
        with pytest.raises(ServiceDown, match="What was published is kept: run again"):
            person.waiting.do(lambda: store.replace_graphs(GRAPHS))
    assert person.pauses == [1, 2, 4, 8, 16, 32, 37]


def test_one_that_refuses_is_not_waited_for(serve_http, tmp_path):
    server, person = Store(refusal=403), Person(300)
    with closing(RemoteStore(serve_http(server), tmp_path)) as store:
        server.away = 99
        with pytest.raises(ServiceUnavailable, match="refuses PUT"):
            person.waiting.do(lambda: store.replace_graphs(GRAPHS))
    assert person.pauses == []


def test_nothing_is_said_while_all_goes_well():
    person = Person(300)
    assert person.waiting.do(lambda: 7) == 7
    assert person.lines == []
