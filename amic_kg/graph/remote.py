"""A SPARQL 1.1 store of the operator's over HTTP, for writing and for queries.

Specifications: https://www.w3.org/TR/sparql11-protocol/ (queries, updates) and
https://www.w3.org/TR/sparql11-http-rdf-update/ (named graphs). Nothing else is asked of a store.

**Addresses.** `AMIC_SPARQL_URL` is a dataset's root, as Fuseki lays it out: queries go to
`<root>/query`, graphs to `<root>/data`. Where a store lies otherwise, the setting holds two URLs
with a blank between, the query endpoint and the graph store:
`https://host/repositories/amic https://host/repositories/amic/rdf-graphs/service`,
or three, the last one the update endpoint: `<root>/update` in Fuseki. Updates of key holders alone
need it.
A name and password stand in the URL (`https://user:password@host/…`) and in no message.

**Generations.** A store has no snapshots: readers see each graph as soon as it is put, one whole
graph at a time. `publish` puts the time, UTC to the microsecond, into the graph GENERATION_GRAPH;
that is the generation's name, and what caches go by.

**Default graph.** With `union` a query sees all graphs without GRAPH. Most stores do so by
themselves, Fuseki does with `--set tdb2:unionDefaultGraph=true`; this is asked of the store and the
query then goes out as it is. Where the store does not, the query carries the dataset parameters of
the protocol: all graphs by name, which takes seconds with thousands of them, or Jena's own name of
the union in place of the list, when the query has no GRAPH. A query's own FROM always holds.

**Deadline.** The reader lets go of a store that answers too late. Fuseki is told the deadline and
ends the query; elsewhere the operator sets the store's own limit beside it.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from pathlib import Path

import httpx

from amic_kg.errors import AmicError, ServiceUnavailable, SystemFault
from amic_kg.graph.lock import lock_folder
from amic_kg.graph.ownership import GENERATION_GRAPH, Ownership
from amic_kg.graph.query_limits import QueryLimits, ResultCaps, too_slow
from amic_kg.graph.query_output import RowCount
from amic_kg.graph.query_turns import Turns
from amic_kg.graph.remote_stream import (
    JENA_CUT,
    JENA_CUT_WITHIN,
    RemoteQuestion,
    RemoteStream,
    media_type_of,
    refuse_larger,
)
from amic_kg.graph.sparql_http import (
    Endpoints,
    SmallAnswer,
    ask,
    check,
    faults,
    query_fault,
    update_fault,
)
from amic_kg.graph.sparql_text import (
    base_declaration,
    keywords,
    prefix_declarations,
    refuse_unsafe,
)
from amic_kg.graph.terms import SCHEMA, iri, text
from amic_kg.graph.update_plan import OWNED, graph_changed, plan_update
from amic_kg.ports import Change, GraphChange, QueryAnswer, QueryForm, QueryRequest, UpdateRequest

_VERSION = f"{SCHEMA}version"

_N_TRIPLES = "application/n-triples"
_CONNECT_SECONDS = 5.0
_SHORT_SECONDS = 10.0
_WRITE_SECONDS = 600.0
_GRACE_SECONDS = 1.0
"""Left to a store that ends the query itself, to say so."""

_FORMS: Mapping[str, QueryForm] = {
    "SELECT": "rows",
    "ASK": "boolean",
    "CONSTRUCT": "graph",
    "DESCRIBE": "graph",
}

_JENA_UNION = "urn:x-arq:UnionGraph"

_SHOWS_NAMED_GRAPHS = "ASK { { SELECT * { GRAPH ?g { ?s ?p ?o } } LIMIT 1 } ?s ?p ?o }"
_ALL_GRAPHS = "SELECT DISTINCT ?value { GRAPH ?value { ?s ?p ?o } }"
_GENERATION = f"SELECT ?value {{ GRAPH <{GENERATION_GRAPH}> {{ ?s <{_VERSION}> ?value }} }}"


class RemoteStore:
    """The writer. `folder` is the local one whose LOCK keeps out a second run over the same ledger.

    Runs from other machines are not kept out: each replaces the graphs of its own documents.
    `seconds` is the longest wait for the store to answer a write.
    Raises StoreLocked, and ServiceUnavailable when the store does not answer.
    """

    def __init__(self, url: str, folder: Path, *, seconds: float = _WRITE_SECONDS) -> None:
        self._endpoints = Endpoints.of(url)
        self._lock = lock_folder(folder)
        self._client = httpx.Client(timeout=httpx.Timeout(seconds, connect=_CONNECT_SECONDS))
        try:
            # Better now than after a thousand documents have been read.
            ask(self._client, self._endpoints, _GENERATION, seconds=_SHORT_SECONDS)
        except AmicError:
            self.close()
            raise

    def replace_graphs(self, graphs: Mapping[str, bytes]) -> None:
        """Each graph in one request, and so in one transaction of the store."""
        for name, triples in graphs.items():
            if triples:
                self._send("PUT", name, triples)
            else:
                self._send("DELETE", name)

    def change(self, change: Change, base: str, *, union: bool) -> None:
        """In one request, which stores carry out as one transaction."""
        ownership = Ownership(base)
        if isinstance(change, GraphChange):
            graph = graph_changed(change, ownership, union=union)
            triples = None if change.method == "DELETE" else change.triples
            self._send(change.method, graph, triples)
            return
        self._update(change, ownership, union=union)

    def publish(self) -> str:
        generation = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
        statement = f"{iri(GENERATION_GRAPH)} {iri(_VERSION)} {text(generation)} .\n"
        self._send("PUT", GENERATION_GRAPH, statement.encode())
        return generation

    def generation(self) -> str:
        known = ask(self._client, self._endpoints, _GENERATION, seconds=_SHORT_SECONDS)
        return max(known.values, default="none")

    def select(self, query: str) -> list[tuple[str | None, ...]]:
        result = ask(self._client, self._endpoints, query, seconds=_WRITE_SECONDS).result
        names = result["head"]["vars"]
        return [
            tuple(row[name]["value"] if name in row else None for name in names)
            for row in result["results"]["bindings"]
        ]

    def close(self) -> None:
        self._client.close()
        self._lock.close()

    def _update(self, request: UpdateRequest, ownership: Ownership, *, union: bool) -> None:
        if not self._endpoints.update:
            raise ServiceUnavailable(
                "The update endpoint of the SPARQL store is not known",
                "Name it as a third URL in AMIC_SPARQL_URL",
            )
        shown = ask(
            self._client, self._endpoints, _SHOWS_NAMED_GRAPHS, seconds=_SHORT_SECONDS
        ).result
        plan = plan_update(
            request, ownership, union=union,
            graphs=self._graphs, shows_union=shown.get("boolean") is True,
        )  # fmt: skip
        declared = prefix_declarations(request.update)
        for probe in plan.probes:
            for row in self._rows(declared + probe):
                ownership.refuse(row[OWNED]["value"])
        with faults(self._endpoints):
            response = self._client.post(
                self._endpoints.update, data={"update": f"{declared}\n{plan.text}"}
            )
        if not response.is_success:
            # Our declarations are a line of their own before the plan.
            raise update_fault(
                response,
                self._endpoints,
                lambda line, column: plan.position(max(line - 1, 1), column),
            )

    def _rows(self, query: str) -> list[dict[str, dict[str, str]]]:
        """Of a query made from the user's pattern: one that does not parse has no rows."""
        with suppress(SystemFault):
            found = ask(self._client, self._endpoints, query, seconds=_WRITE_SECONDS).result
            rows: list[dict[str, dict[str, str]]] = found["results"]["bindings"]
            return rows
        return []

    def _graphs(self) -> list[str]:
        found = ask(self._client, self._endpoints, _ALL_GRAPHS, seconds=_WRITE_SECONDS).values
        return sorted(graph for graph in found if graph != GENERATION_GRAPH)

    def _send(self, method: str, graph: str | None, triples: bytes | None = None) -> None:
        headers = {"Content-Type": _N_TRIPLES} if triples is not None else {}
        with faults(self._endpoints):
            response = self._client.request(
                method,
                self._endpoints.graphs,
                params={"graph": graph} if graph else {"default": ""},
                content=triples,
                headers=headers,
            )
        if method == "DELETE" and response.status_code == httpx.codes.NOT_FOUND:
            return
        check(response, self._endpoints)


class RemoteReader:
    """Queries over a remote store; any number of threads and coroutines may call.

    Clients have `workers` queries at the store at once between them; `union` is told above.
    """

    def __init__(self, url: str, *, workers: int, limits: QueryLimits, union: bool) -> None:
        self._endpoints = Endpoints.of(url)
        self._seconds = seconds = limits.seconds
        self._union = union
        self._caps = limits.caps
        self._turns: Turns[object] = Turns(limits.shares, at_once=max(1, workers - 1))
        for _ in range(workers):
            self._turns.put(object())
        # Made once: it reads all certificates of the machine.
        self._tls = httpx.create_ssl_context()
        self._client = httpx.Client(timeout=_timeout(seconds))
        self._habits: _Habits | None = None

    def answer(self, request: QueryRequest) -> QueryAnswer:
        question = self._question(request)
        caps = self._caps.within(request.most_bytes)
        seconds = request.seconds_within(self._seconds)
        with (
            faults(self._endpoints),
            self._ended_in_time(seconds),
            self._client.stream(
                "POST", self._endpoints.query, timeout=_timeout(seconds), **question.sent
            ) as response,
        ):
            if response.is_success:
                body = self._read(response, caps, seconds)
                if question.jena and JENA_CUT in body[-JENA_CUT_WITHIN:]:
                    raise too_slow(seconds)
                return QueryAnswer(body, media_type_of(response) or question.accept)
            response.read()
        raise query_fault(response, self._endpoints, seconds, question.shift)

    async def stream(self, request: QueryRequest, client: str) -> RemoteStream:
        """The store's share of its time is the reader's; leaving it closes the connection to it."""
        turn = self._turns.enter(client)
        seconds = request.seconds_within(self._seconds)
        stream = RemoteStream(
            self._turns, turn, self._endpoints, seconds, self._caps.within(request.most_bytes)
        )
        try:
            await turn.come(self._seconds)
            # In a thread: the store may have to be asked what it is, and long texts take a while.
            question = await asyncio.to_thread(self._question, request)
            await stream.begin(question, self._tls)
        except BaseException:  # also when the asker is gone
            stream.close()
            raise
        return stream

    def warm(self) -> None:
        """A store by itself needs nothing of us."""

    def export(self, path: Path) -> int:
        """No snapshot: a graph that is replaced meanwhile comes as it was or as it is, whole."""
        quads = 0
        with path.open("wb") as file:
            for number, graph in enumerate(self._graphs()):
                for line in self._quads_of(graph, number):
                    file.write(line)
                    quads += 1
        return quads

    def generation(self) -> str:
        """`none` when no run has published to the store."""
        return max(self._small(_GENERATION).values, default="none")

    def ready(self) -> bool:
        try:
            self._small("ASK {}")
        except AmicError:
            return False
        return True

    def close(self) -> None:
        self._client.close()

    def _question(self, request: QueryRequest) -> RemoteQuestion:
        refuse_unsafe(request.query)
        words = keywords(request.query)
        form: QueryForm = next((_FORMS[word] for word in words if word in _FORMS), "rows")
        habits = self._habits_of_store()
        declared = base_declaration(request.query, request.base_iri) + prefix_declarations(
            request.query
        )
        parameters: dict[str, str | list[str]] = {
            "query": declared + request.query,
            **self._dataset(request, words, habits),
        }
        if habits.jena:
            # Whole seconds: Fuseki passes over any other number without a word, and runs on.
            parameters["timeout"] = str(ceil(request.seconds_within(self._seconds)))
        return RemoteQuestion(parameters, request.accept[form], len(declared), habits.jena)

    def _habits_of_store(self) -> _Habits:
        """Asked once; while graphs seem hidden again each time, for an empty store shows none."""
        known = self._habits
        if known is None or (self._union and not known.union):
            shown = self._small(_SHOWS_NAMED_GRAPHS, seconds=min(self._seconds, _SHORT_SECONDS))
            known = self._habits = _Habits(
                jena="Fuseki-Request-Id" in shown.headers,
                union=shown.result.get("boolean") is True,
            )
        return known

    def _dataset(
        self, request: QueryRequest, words: list[str], habits: _Habits
    ) -> dict[str, list[str]]:
        """The protocol's dataset parameters (section 2.1.4); none leaves it to query and store."""
        default, named = list(request.default_graphs), list(request.named_graphs)
        if not default and not named and self._union and not habits.union and "FROM" not in words:
            # Where a default graph is given, GRAPH sees the named ones given and no others.
            named = self._graphs() if "GRAPH" in words else []
            default = [_JENA_UNION] if habits.jena else named or self._graphs()
        return {"default-graph-uri": default, "named-graph-uri": named}

    def _graphs(self) -> list[str]:
        # Reads every quad on some stores, so it has the time of a query.
        found = self._small(_ALL_GRAPHS, seconds=self._seconds).values
        return sorted(graph for graph in found if graph != GENERATION_GRAPH)

    def _small(self, query: str, *, seconds: float = _SHORT_SECONDS) -> SmallAnswer:
        return ask(self._client, self._endpoints, query, seconds=seconds)

    @contextmanager
    def _ended_in_time(self, seconds: float) -> Iterator[None]:
        try:
            yield
        except httpx.ReadTimeout:
            raise too_slow(seconds) from None

    def _read(self, response: httpx.Response, caps: ResultCaps, seconds: float) -> bytes:
        """The body up to the caps; a store that stalls within it is waited for once more."""
        late = time.monotonic() + seconds
        body = bytearray()
        rows = RowCount(media_type_of(response))
        for piece in response.iter_bytes():
            body += piece
            refuse_larger(caps, len(body), rows, piece)
            if time.monotonic() > late:
                raise too_slow(seconds)
        return bytes(body)

    def _quads_of(self, graph: str, number: int) -> Iterator[bytes]:
        """A graph line by line; blank nodes renamed, as their names hold within one answer only."""
        name = f" {iri(graph)} .\n".encode()
        label = f"_:g{number}x".encode()
        with (
            faults(self._endpoints),
            self._client.stream(
                "GET",
                self._endpoints.graphs,
                params={"graph": graph},
                headers={"Accept": _N_TRIPLES},
                timeout=_WRITE_SECONDS,
            ) as response,
        ):
            if response.status_code == httpx.codes.NOT_FOUND:
                return
            if not response.is_success:
                response.read()
            check(response, self._endpoints)
            for line in _lines(response.iter_bytes()):
                triple = line.strip()
                if triple.endswith(b".") and not triple.startswith(b"#"):
                    triple = _BLANK_SUBJECT.sub(label, triple[:-1].rstrip())
                    yield _BLANK_OBJECT.sub(rb" " + label, triple) + name


@dataclass(frozen=True, slots=True)
class _Habits:
    """What SPARQL leaves open: is it Fuseki, and does its default graph show the named graphs?"""

    jena: bool
    union: bool


_BLANK_SUBJECT = re.compile(rb"^_:")
_BLANK_OBJECT = re.compile(rb"[ \t]_:(?=[^\s\"<>]+$)")


def _timeout(seconds: float) -> httpx.Timeout:
    return httpx.Timeout(seconds + _GRACE_SECONDS, connect=_CONNECT_SECONDS)


def _lines(pieces: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        yield from lines
    if rest:
        yield rest
