"""Queries that are meant to hurt, over HTTP against a server in a process of its own.

Each comes from an address of its own (all of 127.0.0.0/8 is this machine); beside them a client
with small queries goes on. Its times are compared with its own a moment before, not with a clock:
the bound is generous, for the machine that runs the tests has few processors and other work.
"""

from __future__ import annotations

import http.client
import json
import math
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from urllib.parse import quote, urlencode

import psutil
import pytest

from amic_kg.cli.measurement import settle
from amic_kg.graph.oxigraph import OxigraphStore

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs 127.0.0.0/8 and /proc")

_GOOD = "SELECT ?o { <http://x/s7> <http://x/p> ?o }"
_JSON = "application/sparql-results+json"
_SECONDS = 8
_ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/")

SERVER = """
import sys
from pathlib import Path
from amic_kg.settings import Settings
from amic_kg_api.commands import run_server
settings = Settings(data=Path(sys.argv[1]), port=0, query_seconds=int(sys.argv[2]), query_workers=3,
                    query_megabytes=4, query_client=3, query_clients=40)
run_server(settings, lambda url: print(url, flush=True))
"""


class Server:
    """The server's process as its clients and its operator see it."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process = process
        self.port = port

    def connection(self, source: str = "127.0.0.1", *, seconds: float = 60):
        return http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=seconds, source_address=(source, 0)
        )

    def get(self, path: str, source: str = "127.0.0.1", **headers: str) -> tuple[int, bytes]:
        connection = self.connection(source)
        try:
            connection.request("GET", path, headers={"Accept": _JSON, **headers})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def query(self, text: str, source: str = "127.0.0.1") -> tuple[int, bytes]:
        connection = self.connection(source)
        headers = {"Content-Type": "application/sparql-query", "Accept": _JSON}
        try:
            connection.request("POST", "/sparql", body=text.encode(), headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def footprint(self) -> tuple[int, int, int]:
        """Processes, descriptors of the server, and its own memory in bytes."""
        server = psutil.Process(self.process.pid)
        return (
            len(server.children(recursive=True)),
            server.num_fds(),
            server.memory_info().rss,
        )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("hostile")
    (data / "graph").mkdir()
    store = OxigraphStore(data / "graph")
    lines = (
        f'<http://x/s{n}> <http://x/p> "{n:05}" .\n<http://x/s{n}> <http://x/q> '
        f"<http://x/s{(n * 7 + 1) % 5000}> .\n"
        for n in range(5000)
    )
    store.replace_graphs({"http://x/g": "".join(lines).encode()})
    store.publish()
    store.close()
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(data), str(_SECONDS)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    found = _ADDRESS.search(line)
    assert found, line
    server = Server(process, int(found[1]))
    for _ in range(20):
        assert server.query(_GOOD)[0] == 200
    yield server
    process.terminate()
    process.wait()
    process.stdout.close()


def read_slowly(server: Server, source: str) -> tuple[int, bytes]:
    """A byte a second of a result of megabytes, for as long as others are at work."""
    query = "SELECT ?a ?d { ?a <http://x/p> ?b . ?d <http://x/p> ?e } LIMIT 20000"
    with socket.create_connection(("127.0.0.1", server.port), 60, (source, 0)) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        path = f"/sparql?{urlencode({'query': query})}"
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept: {_JSON}\r\n\r\n".encode())
        head = b""
        for _ in range(5):
            head += connection.recv(1)
            time.sleep(1)
    return 200 if b"HTTP/1.1 200".startswith(head) else 0, head


def one(text: str) -> Callable[[Server, str], tuple[int, bytes]]:
    return lambda server, source: server.query(text, source)


# What is sent, and the statuses that are an answer to it.
HOSTILE: dict[str, tuple[Callable[[Server, str], tuple[int, bytes]], set[int]]] = {
    "cross product count": (
        one("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"),
        {504},
    ),
    "cross product sort": (
        one("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"),
        {504, 500},
    ),
    "unbounded path": (
        one("SELECT (COUNT(*) AS ?n) { ?a (<http://x/q>|!<urn:x>)* ?b }"),
        {200, 504},
    ),
    "huge VALUES": (
        one("SELECT * { VALUES ?s { " + "<http://x/s1> " * 60_000 + "} ?s ?p ?o . ?a ?b ?c }"),
        {200, 422, 504},
    ),
    "regex bomb": (
        one(
            "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(STR(?c), "
            '"^(([a-z0-9])+.)+[A-Z]([a-z0-9])+$")) }'
        ),
        # Oxigraph matches in linear time: it may well get through.
        {200, 504, 400},
    ),
    "deep nesting": (one("SELECT * " + "{" * 100_000 + "}" * 100_000), {400}),
    "deep nesting without brackets": (
        one("SELECT * { FILTER(" + "!" * 500_000 + "true) }"),
        {400, 500},
    ),
    "10 MB query": (one("SELECT * { " + " " * 10_000_000 + "?s ?p ?o }"), {413}),
    "strings that do not end": (one('\\"""\n' * 190_000), {400}),
    "CONSTRUCT of everything": (
        lambda server, source: server.get(
            "/sparql?query=" + quote("CONSTRUCT { ?a ?e ?f } { ?a ?b ?c . ?d ?e ?f }"),
            source,
            Accept="application/n-triples",
        ),
        {422, 504, 200},
    ),
    "SERVICE to loopback": (one("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"), {400}),
    "SERVICE to metadata": (
        one("SELECT * { SERVICE SILENT <http://169.254.169.254/latest/> { ?s ?p ?o } }"),
        {400},
    ),
    "LOAD": (one("LOAD <http://169.254.169.254/latest/>"), {400}),
    "UPDATE by GET": (
        lambda server, source: server.get("/sparql?update=" + quote("DROP ALL"), source),
        {400},
    ),
    "one byte a second": (read_slowly, {200}),
}


def times_of(server: Server, going: Callable[[int], bool]) -> list[float]:
    """How long each small query of a good client took; one that is refused counts as endless."""
    times: list[float] = []
    connection = server.connection("127.0.0.2")
    path = f"/sparql?{urlencode({'query': _GOOD})}"
    while going(len(times)):
        began = time.perf_counter()
        connection.request("GET", path, headers={"Accept": _JSON})
        answer = connection.getresponse()
        body = json.loads(answer.read())
        taken = time.perf_counter() - began
        times.append(taken if answer.status == 200 else math.inf)
        assert answer.status in (200, 503, 504), body
        if answer.status == 200:
            assert body["results"]["bindings"][0]["o"]["value"] == "00007"
        time.sleep(0.01)
    connection.close()
    return times


def p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def at_rest(server: Server) -> tuple[int, int, int]:
    """The footprint when nothing comes and goes any more."""
    late = time.monotonic() + 60
    seen, since = server.footprint(), time.monotonic()
    while time.monotonic() - since < 2:
        assert time.monotonic() < late, "the server does not come to rest"
        time.sleep(0.1)
        now = server.footprint()
        if now[:2] != seen[:2]:
            seen, since = now, time.monotonic()
    return seen


def test_hostile_queries_neither_stop_the_others_nor_leave_anything_behind(server: Server) -> None:
    if os.getloadavg()[0] > 2 * (os.cpu_count() or 1):
        pytest.skip("others keep the processors busy: times would tell of them, not of the server")
    # What it does in the background after its start is no quiet time.
    settle(server.process.pid)
    quiet = times_of(server, lambda done: done < 200)
    before = at_rest(server)
    answers: dict[str, tuple[int, bytes] | Exception] = {}

    def attack(number: int, name: str) -> None:
        try:
            answers[name] = HOSTILE[name][0](server, f"127.0.1.{number}")
        except (OSError, http.client.HTTPException) as error:
            answers[name] = error

    threads = [
        threading.Thread(target=attack, args=(number, name))
        for number, name in enumerate(HOSTILE, 1)
    ]
    for thread in threads:
        thread.start()
    busy = times_of(server, lambda _: any(thread.is_alive() for thread in threads))
    for thread in threads:
        thread.join()

    for name, (_, statuses) in HOSTILE.items():
        answer = answers[name]
        if isinstance(answer, Exception):
            # Broken off past a cap: that is how a result ends that is not whole; and a body that
            # is too large may be refused before all of it was sent.
            broken = isinstance(answer, http.client.IncompleteRead | ConnectionError)
            assert broken, (name, answer)
            assert name in ("CONSTRUCT of everything", "huge VALUES", "10 MB query"), name
            continue
        status, body = answer
        assert status in statuses, (name, status, body[:300])
        if status >= 400:
            problem = json.loads(body)
            assert problem["status"] == status
            assert problem["detail"], name
    ratio = p95(busy) / p95(quiet)
    # Twice is the aim, and what a machine with a processor to spare shows. Where all share two, a
    # client that had to wait for a hostile query would wait for its deadline: some hundred times.
    assert ratio < 20, (p95(quiet), p95(busy), max(busy))

    after = at_rest(server)
    # A worker more or less may be at hand, each with a pipe or two; not one for each attack.
    assert after[0] <= before[0] + 2, (before, after)
    assert after[1] <= before[1] + 6, (before, after)
    assert after[2] - before[2] < 100_000_000
    assert not [
        child
        for child in psutil.Process(server.process.pid).children(recursive=True)
        if child.status() == psutil.STATUS_ZOMBIE
    ]
    assert server.query(_GOOD)[0] == 200


SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_a_client_that_asks_too_much_at_once_is_told_its_share(server: Server) -> None:
    open_ones = []
    for _ in range(3):
        connection = server.connection("127.0.2.1")
        connection.request(
            "GET", f"/sparql?{urlencode({'query': SLOW})}", headers={"Accept": _JSON}
        )
        open_ones.append(connection)
    time.sleep(0.5)
    connection = server.connection("127.0.2.1")
    connection.request(
        "GET", f"/sparql?{urlencode({'query': 'ASK {}'})}", headers={"Accept": _JSON}
    )
    answer = connection.getresponse()
    assert answer.status == 429
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["RateLimit-Policy"] == '"queries";q=3;qu="concurrent-requests"'
    assert json.loads(answer.read())["type"].endswith("#too-many-queries")
    # Another client is none the worse for it.
    assert server.query("ASK {}", "127.0.2.2")[0] == 200
    for each in (*open_ones, connection):
        each.close()


def test_a_client_that_leaves_frees_its_worker(server: Server) -> None:
    def leave() -> tuple[int, int, int]:
        connections = []
        for number in range(6):
            connection = server.connection(f"127.0.3.{number + 1}")
            connection.request(
                "GET", f"/sparql?{urlencode({'query': SLOW})}", headers={"Accept": _JSON}
            )
            connections.append(connection)
        time.sleep(0.3)
        for connection in connections:
            connection.close()
        assert server.query("ASK {}", "127.0.3.99")[0] == 200
        return at_rest(server)

    first = leave()
    rounds = [leave() for _ in range(3)]
    assert rounds[-1][0] <= first[0] + 2, (first, rounds)
    assert rounds[-1][1] <= first[1] + 6, (first, rounds)


def test_every_answer_tells_the_limits(server: Server) -> None:
    for path in ("/sparql?query=ASK%7B%7D", "/sparql?query=nonsense", "/sparql?update=x"):
        connection = server.connection()
        connection.request("GET", path, headers={"Accept": _JSON})
        answer = connection.getresponse()
        answer.read()
        told = dict(each.split("=") for each in answer.headers["Amic-Query-Limits"].split(", "))
        assert told == {
            "seconds": str(_SECONDS), "bytes": "4000000", "rows": "1000000", "clients": "40",
        }  # fmt: skip
        assert "Amic-Query-Limits" in answer.headers["Access-Control-Expose-Headers"]
        connection.close()


def test_a_result_past_the_cap_never_looks_whole(server: Server) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
    for headers in ({}, {"Accept-Encoding": "gzip"}):
        with pytest.raises(http.client.IncompleteRead):
            server.get(f"/sparql?{urlencode({'query': query})}", **headers)


def test_a_page_shows_no_more_than_it_can_hold(server: Server) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
    status, body = server.get(f"/sparql?{urlencode({'query': query})}", Accept="text/html")
    assert (status, b"4 MB" in body) == (422, True), body[-2000:]


def test_a_head_request_runs_no_query_to_its_end(server: Server) -> None:
    connection = server.connection()
    query = "SELECT ?a ?d { ?a <http://x/p> ?b . ?d <http://x/p> ?e } LIMIT 20000"
    connection.request("HEAD", f"/sparql?{urlencode({'query': query})}", headers={"Accept": _JSON})
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (200, b"")
    connection.close()


def test_when_the_server_is_killed_its_workers_end(server: Server) -> None:
    """The last test of this file: nothing of it is left, also in the middle of a query."""
    connection = server.connection("127.0.4.1")
    connection.request("GET", f"/sparql?{urlencode({'query': SLOW})}", headers={"Accept": _JSON})
    time.sleep(0.3)
    children = psutil.Process(server.process.pid).children(recursive=True)
    assert children
    os.kill(server.process.pid, 9)
    server.process.wait()
    connection.close()
    _, left = psutil.wait_procs(children, timeout=20)
    assert [each for each in left if each.is_running() and each.status() != "zombie"] == []
