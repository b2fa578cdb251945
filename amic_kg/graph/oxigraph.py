"""The embedded graph: Oxigraph on disk, one writer, readers on published generations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, BinaryIO, cast

import pyoxigraph as ox

from amic_kg.errors import InvalidQuery, SystemFault
from amic_kg.graph.generations import Generations
from amic_kg.graph.lock import lock_folder
from amic_kg.graph.ownership import Ownership
from amic_kg.graph.query_limits import ResultCaps
from amic_kg.graph.query_output import ResultWriter
from amic_kg.graph.sparql_paths import start_from_constants
from amic_kg.graph.sparql_text import keywords, undeclared_prefixes
from amic_kg.graph.terms import PREFIXES, quads_in
from amic_kg.graph.update_plan import Plan, graph_change_update, graph_changed, plan_update
from amic_kg.ports import Change, GraphChange, QueryRequest, UpdateRequest

_ROWS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
}

_Named = ox.NamedNode | ox.BlankNode
_Graph = _Named | ox.DefaultGraph

_CHARACTER_CLASS = re.compile(r"\[[^\]]*\]", re.DOTALL)
_EXCERPT = 30
_EXPECTED = 10
_PREFIXED = frozenset(("text/turtle", "application/rdf+xml", "application/trig"))
"""Formats that are read by people, and far better with prefixes."""

_IN_SEVERAL_GRAPHS = """
SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } GRAPH ?other { ?s ?p ?o }
FILTER (STR(?other) < STR(?g)) }
"""

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


class OxigraphStore:
    """The writer. Raises StoreLocked when another process holds the same folder."""

    def __init__(self, folder: Path) -> None:
        self._lock = lock_folder(folder)
        self._store = ox.Store(str(folder / "store"))
        self._generations = Generations(folder / "generations")
        self._unpublished = folder / "UNPUBLISHED"

    def replace_graphs(self, graphs: Mapping[str, bytes]) -> None:
        self._unpublished.touch()
        # Readers see generations, so what lies between two publishes need not be one transaction:
        # a writer that dies here has not published, and the next run replaces the same graphs.
        for name in graphs:
            graph = ox.NamedNode(name)
            if self._store.contains_named_graph(graph):
                self._store.remove_graph(graph)
        # One bulk load a batch: each writes files of its own, so many small ones would be slow.
        quads = b"".join(quads_in(name, triples) for name, triples in graphs.items())
        if quads:
            # IRIs were checked when the lines were written (graph/terms.py); not a second time.
            self._store.bulk_load(quads, format=ox.RdfFormat.N_QUADS, lenient=True)

    def change(self, change: Change, base: str, *, union: bool) -> None:
        """In one transaction of the store."""
        if self._unpublished.exists():
            # Publishing now would show half of what that run was writing.
            raise SystemFault(
                "A run ended before it had published what it wrote",
                "Run 'amic-kg ingest' once more, which completes it, and send the change again",
            )
        ownership = Ownership(base)
        if isinstance(change, GraphChange):
            graph = graph_changed(change, ownership, union=union)
            self._store.update(graph_change_update(change, graph))
            return
        plan = plan_update(
            change, ownership, union=union,
            graphs=lambda: [_name(graph) for graph in self._store.named_graphs()],
        )  # fmt: skip
        for probe in plan.probes:
            # A probe that does not parse tells of the update, which then says so of itself.
            with suppress(SyntaxError, ValueError):
                self._refuse_owned(probe, ownership)
        try:
            self._store.update(plan.text, prefixes=PREFIXES)
        except SyntaxError as error:
            raise _update_not_parsed(change, plan, str(error.msg)) from None
        except (RuntimeError, ValueError) as error:
            raise InvalidQuery("the update", str(error).rstrip("."), "Change it") from None

    def publish(self) -> str:
        self._store.flush()
        path = self._generations.next_path()
        self._store.backup(str(path))
        self._generations.switch_to(path)
        self._unpublished.unlink(missing_ok=True)
        return path.name

    def generation(self) -> str:
        return self._generations.current() or "none"

    def select(self, query: str) -> list[tuple[str | None, ...]]:
        results = cast(ox.QuerySolutions, self._store.query(query))
        return [tuple(term.value if term else None for term in row) for row in results]

    def close(self) -> None:
        del self._store
        self._lock.close()

    def _refuse_owned(self, probe: str, ownership: Ownership) -> None:
        found = self._store.query(probe, prefixes=PREFIXES)
        if isinstance(found, ox.QuerySolutions):
            for row in found:
                ownership.refuse(_name(row[0]))


class GenerationReader:
    """Answers queries over one published generation; lives in a worker process.

    Query and serialisation happen in one thread, as the engine requires.
    """

    def __init__(self, path: Path | None, *, union: bool, held: HeldGraph | None = None) -> None:
        self._held = held
        self._store = held.store if held is not None else ox.Store.read_only(str(path))
        self._union = union

    def result(self, request: QueryRequest) -> Result:
        """Raises InvalidQuery; how far the query is run before it is written is the engine's."""
        default: list[_Graph] = [ox.NamedNode(name) for name in request.default_graphs]
        named: list[_Named] = [ox.NamedNode(name) for name in request.named_graphs]
        # The engine's union would overrule the graphs that a query names itself.
        words = set(keywords(request.query))
        union = self._union and not default and not named and "FROM" not in words
        if self._held is not None:
            self._held.show_each_once(union and "GRAPH" not in words)
        ask = partial(
            self._store.query,
            base_iri=request.base_iri,
            prefixes=PREFIXES,
            use_default_graph_as_union=union,
            default_graph=default or None,
            named_graphs=named or None,
        )
        try:
            try:
                results = ask(start_from_constants(request.query))
            except SyntaxError:
                # Places in messages are those of the query as it was written.
                results = ask(request.query)
        except SyntaxError as error:
            raise _not_parsed(request.query, str(error.msg)) from None
        except (RuntimeError, ValueError) as error:
            # Such as a function that the engine does not have.
            raise InvalidQuery("the query", str(error).rstrip("."), "Change it") from None
        if isinstance(results, ox.QueryTriples):
            return Result(results, request.accept["graph"])
        boolean = isinstance(results, ox.QueryBoolean)
        return Result(results, request.accept["boolean"] if boolean else request.accept["rows"])

    def export(self, path: Path) -> int:
        with path.open("wb") as file:
            counting = _CountLines(file)
            self._store.dump(cast(IO[bytes], counting), format=ox.RdfFormat.N_QUADS)
        return counting.lines


class HeldGraph:
    """A generation in memory that can show a triple of several graphs as one of a single graph.

    A default graph that is the union of all is a set (RDF 1.1 Concepts, section 3), and the engine
    gives such a triple once for each graph, so that counts and sums come out too high. Each worker
    has a store of its own, and leaves out what stands there already.
    """

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self._further: tuple[ox.Quad, ...] | None = None
        self._left_out = False

    def show_each_once(self, once: bool) -> None:
        if once == self._left_out:
            return
        if self._further is None:
            self._further = tuple(self._found())
        if once:
            for quad in self._further:
                self.store.remove(quad)
        else:
            self.store.extend(self._further)
        self._left_out = once

    def _found(self) -> set[ox.Quad]:
        """Every quad whose triple stands in another graph too, but for one of them."""
        rows = cast(ox.QuerySolutions, self.store.query(_IN_SEVERAL_GRAPHS))
        return {ox.Quad(row[0], row[1], row[2], row[3]) for row in rows}


@dataclass(frozen=True, slots=True)
class Result:
    """What a query gives, before it is written as `media_type`."""

    results: ox.QueryTriples | ox.QuerySolutions | ox.QueryBoolean
    media_type: str

    def write_to(self, writer: ResultWriter, caps: ResultCaps) -> None:
        """Raises LimitExceeded past a cap."""
        out = cast(IO[bytes], writer)
        if isinstance(self.results, ox.QueryTriples):
            # Counting in Python costs a graph nothing: measured, it is as fast as the engine alone.
            ox.serialize(
                caps.counted(iter(self.results)),
                out,
                _GRAPHS[self.media_type],
                prefixes=PREFIXES if self.media_type in _PREFIXED else None,
            )
            return
        if isinstance(self.results, ox.QuerySolutions):
            writer.count_rows(self.media_type)
        self.results.serialize(out, format=_ROWS[self.media_type])


def count_of(path: Path) -> int:
    """The quads of the generation at `path`."""
    return len(ox.Store.read_only(str(path)))


def write_quads(path: Path, file: BinaryIO) -> None:
    """The generation at `path` as N-Quads, for load_into_memory."""
    ox.Store.read_only(str(path)).dump(cast(IO[bytes], file), format=ox.RdfFormat.N_QUADS)


def load_into_memory(file: BinaryIO, *, union: bool) -> tuple[GenerationReader, int]:
    """A reader of what write_quads wrote, and how many quads that is; leaves no thread behind."""
    store = ox.Store()
    store.bulk_load(cast(IO[bytes], file), format=ox.RdfFormat.N_QUADS, lenient=True)
    quads = len(store)
    held = HeldGraph(store)
    if union:
        held.show_each_once(True)
    return GenerationReader(None, union=union, held=held), quads


class _CountLines:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.lines = 0

    def write(self, data: bytes) -> int:
        self.lines += data.count(b"\n")
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()


def _name(term: object) -> str:
    return str(getattr(term, "value", term))


def _update_not_parsed(request: UpdateRequest, plan: Plan, message: str) -> InvalidQuery:
    """As `_not_parsed`, with the place in the user's text and not in ours."""
    place = _PLACE.match(message)
    if place:
        line, column = plan.position(int(place.group(1)), int(place.group(2)))
        message = f"error at {line}:{column}: {place.group(3)}"
    return _not_parsed(request.update, message, "update")


def _not_parsed(query: str, message: str, kind: str = "query") -> InvalidQuery:
    """Say where, and what stands there; the engine's message lists hundreds of expected tokens."""
    place = _PLACE.match(message)
    if not place:
        return InvalidQuery(f"the {kind}", f"does not parse: {message}", "Mend it")
    line, column = int(place.group(1)), int(place.group(2))
    unknown = undeclared_prefixes(query)
    missing = [prefix for prefix in unknown if prefix not in PREFIXES]
    if missing and "Prefix not found" in message:
        return InvalidQuery(
            f"line {line}, column {column}",
            f"the prefix '{missing[0]}:' is not declared",
            f"Begin the {kind} with PREFIX {missing[0]}: <…>",
        )
    written = [*query.splitlines(), ""][line - 1]
    before, after = written[: column - 1][-_EXCERPT:], written[column - 1 :][:_EXCERPT]
    where = f"after '{before.strip()}'" if before.strip() else "at its beginning"
    at = f", at '{after.strip()}'" if after.strip() else ", where it ends"
    words = dict.fromkeys(
        re.findall(
            r"\b[A-Z]{3,}\b|(?<=\")[^\"\\\s](?=\")", _CHARACTER_CLASS.sub("", place.group(3))
        )
    )
    expected = " ".join(list(words)[:_EXPECTED])
    return InvalidQuery(
        f"line {line}, column {column}",
        f"the {kind} does not parse {where}{at}",
        f"Expected here is one of: {expected}" if expected else "Mend it there",
    )
