"""`amic-kg bench --only sparql`: our endpoint and others, asked the same of the same graph."""

from __future__ import annotations

import http.client
import json
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from amic_kg.cli.measurement import Figure, cpu_seconds, family, proportional_bytes, served, settle
from amic_kg.cli.quads_generation import generate_graphs, graphs_of
from amic_kg.cli.sparql_queries import QUERIES, SMALL, TimedQuery
from amic_kg.errors import InvalidSetting, UnexpectedFault
from amic_kg.graph.oxigraph import OxigraphStore
from amic_kg.iris import CANONICAL_BASE
from amic_kg.settings import Settings
from amic_kg.terminal import errors
from amic_kg.wiring import open_services

_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9"
_ROUNDS, _ENOUGH_SECONDS = 15, 3.0
_PATIENCE_SECONDS = 120.0
_SMALL_ASKED = 500
_BATCH = 50
OURS = "AMIC-KG"


@dataclass(frozen=True, slots=True)
class Rival:
    """Another SPARQL endpoint over the same quads, their union its default graph."""

    name: str
    url: str


def rival(text: str) -> Rival:
    """Reads `NAME=URL`. Raises InvalidSetting."""
    name, _, url = text.partition("=")
    if not name or urlsplit(url).scheme != "http":
        raise InvalidSetting(
            f"--rival {text}",
            "is not NAME=URL",
            "Write it as in --rival 'Fuseki=http://127.0.0.1:3030/ds'",
        )
    return Rival(name, url)


@dataclass(slots=True)
class _Times:
    """Milliseconds of the rounds, and how much came; None where it took too long or failed."""

    rounds: list[float] = field(default_factory=list)
    amount: int | None = None

    @property
    def median(self) -> float | None:
        return statistics.median(self.rounds) if self.rounds else None


def write_graphs(samples: Path, data: Path, quads: int) -> Iterator[tuple[str, bytes]]:
    """The graph of the samples, ingested into `data`, grown to `quads`: N-Triples by graph."""
    from amic_kg_ingest.runs import ingest_files

    ingest_files(replace(Settings(), data=data), [samples], console=None)
    services = open_services(replace(Settings(), data=data))
    exported = data / "samples.nq"
    try:
        services.graph.export(exported)
    finally:
        services.close()
    with exported.open("rb") as lines:
        base = graphs_of(lines)
    exported.unlink()
    yield from generate_graphs(base, quads=quads)


def measure_sparql(samples: Path, work: Path, quads: int, rivals: Sequence[Rival]) -> list[Figure]:
    """Times of each query on each server, CPU of a small look-up, seconds until it answers."""
    graphs = dict(write_graphs(samples, work, quads))
    _publish(graphs, work / "graph")
    document = next(name for name in graphs if "/graph/document/" in name)
    document = document.replace("/graph/document/", "/id/output/")
    texts = {query: query.text(document, CANONICAL_BASE) for query in QUERIES}
    began = time.perf_counter()
    with served(work) as (url, pid):
        ours = Rival(OURS, f"{url}sparql")
        _Connection(ours).ask("ASK { ?s ?p ?o }")
        ready_seconds = time.perf_counter() - began
        settle(pid)
        endpoints = [ours, *rivals]
        _refuse_other_data(endpoints)
        figures = []
        for query, text in texts.items():
            errors.print(f"  {query.title} …", style="dim")
            found = {endpoint.name: _times(endpoint, text) for endpoint in endpoints}
            figures.append(_figure(query, found))
        small = _small_cpu(pid, ours, texts[SMALL])
        megabytes = sum(proportional_bytes(pid) for pid in family(pid)) / 1e6
    return [
        *figures,
        Figure(
            "CPU of one small look-up over HTTP, all processes of the server, ms", f"{small:.2f}"
        ),
        Figure("seconds from the start of the server to its first answer", f"{ready_seconds:.1f}"),
        Figure("memory of the server with the graph held, MB", f"{megabytes:.0f}"),
    ]


def _publish(graphs: Mapping[str, bytes], folder: Path) -> None:
    store = OxigraphStore(folder)
    names = list(graphs)
    for first in range(0, len(names), _BATCH):
        store.replace_graphs({name: graphs[name] for name in names[first : first + _BATCH]})
    store.publish()
    store.close()


class _Connection:
    """One connection that stays open, as a program that asks many queries has it."""

    def __init__(self, endpoint: Rival) -> None:
        parts = urlsplit(endpoint.url)
        self._http = http.client.HTTPConnection(parts.netloc, timeout=_PATIENCE_SECONDS)
        self._path = parts.path + (f"?{parts.query}" if parts.query else "")

    def ask(self, query: str) -> bytes:
        """The body. Raises OSError when it takes too long, ValueError for a status but 200."""
        self._http.request(
            "POST",
            self._path,
            urlencode({"query": query}),
            {"Accept": _ACCEPT, "Content-Type": "application/x-www-form-urlencoded"},
        )
        answer = self._http.getresponse()
        body = answer.read()
        if answer.status != http.client.OK:
            raise ValueError(f"{answer.status}: {body[:200]!r}")
        return body


def _times(endpoint: Rival, text: str) -> _Times:
    times, connection = _Times(), _Connection(endpoint)
    try:
        began = time.perf_counter()
        times.amount = _amount(connection.ask(text))  # not counted: caches fill
        while len(times.rounds) < _ROUNDS and time.perf_counter() - began < _ENOUGH_SECONDS:
            started = time.perf_counter()
            connection.ask(text)
            times.rounds.append((time.perf_counter() - started) * 1000)
        if not times.rounds:
            times.rounds.append((time.perf_counter() - began) * 1000)
    except (OSError, ValueError, http.client.HTTPException) as error:
        errors.print(f"    {endpoint.name}: {error}", style="dim")
        times.rounds.clear()
    return times


def _amount(body: bytes) -> int:
    """Rows of a table, triples of a graph (each counted once), 1 or 0 for a truth value."""
    if not body.startswith(b"{"):
        return len(set(filter(None, body.splitlines())))
    answer = json.loads(body)
    if "boolean" in answer:
        return int(answer["boolean"])
    return len(answer["results"]["bindings"])


def _refuse_other_data(endpoints: Sequence[Rival]) -> None:
    query = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }"
    counted = {}
    for endpoint in endpoints:
        answer = json.loads(_Connection(endpoint).ask(query))
        counted[endpoint.name] = int(answer["results"]["bindings"][0]["n"]["value"])
    ours = counted[OURS]
    for name, found in counted.items():
        if found != ours:
            raise InvalidSetting(
                f"--rival {name}",
                f"holds {found:,} triples in the union of its graphs, and {OURS} {ours:,}",
                "Load into it what 'amic-kg bench quads' writes, with the same number",
            )


def _figure(query: TimedQuery, found: Mapping[str, _Times]) -> Figure:
    own = found[OURS]
    if own.median is None:
        raise UnexpectedFault(f"The query '{query.title}' was not answered", "Run it by hand")
    others = {name: times for name, times in found.items() if name != OURS}
    return Figure(
        f"{query.title} ({query.kind}, {own.amount:,}), ms",
        f"{own.median:.1f}",
        " · ".join(_other(name, times, own.amount) for name, times in others.items()),
        " · ".join(
            f"{own.median / times.median:.2f}" if times.median else "–" for times in others.values()
        ),
    )


def _other(name: str, times: _Times, amount: int | None) -> str:
    if times.median is None:
        return f"{name} none"
    differs = "" if times.amount == amount else f" (gives {times.amount:,})"
    return f"{name} {times.median:.1f}{differs}"


def _small_cpu(pid: int, ours: Rival, text: str) -> float:
    connection = _Connection(ours)
    connection.ask(text)
    before = cpu_seconds(pid)
    for _ in range(_SMALL_ASKED):
        connection.ask(text)
    return (cpu_seconds(pid) - before) / _SMALL_ASKED * 1000
