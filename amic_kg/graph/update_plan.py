"""An update written anew for a store: every graph by its full name, and none that is owned.

The store gets this text and never the user's own. Operations, templates and their graphs are put
together from what was understood (`update_text.py`), so the store cannot read another graph into
them; a graph that is known only when a pattern has been matched is held back by a filter.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from amic_kg.errors import InvalidQuery
from amic_kg.graph.ownership import Ownership
from amic_kg.graph.sparql_text import refuse_calls
from amic_kg.graph.update_text import (
    Block,
    DataChange,
    GraphManagement,
    GraphRef,
    Modification,
    Operation,
    Token,
    Using,
    operations_of,
    position_of,
)
from amic_kg.ports import GraphChange, UpdateRequest

OWNED = "graphThatIsOwned"
"""What a probe's one column is called."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`text` is the update for the store.

    `probes` are queries asked before it: a row names an owned graph that would be written to. The
    filters hold without them, but would pass such graphs over without a word.
    """

    text: str
    probes: tuple[str, ...]
    _source: str
    _starts: tuple[int, ...]
    _lengths: tuple[int, ...]
    _offsets: tuple[int, ...]

    def position(self, line: int, column: int) -> tuple[int, int]:
        """Line and column in the user's text of what stands there in `text`."""
        lines = self.text.split("\n")
        at = sum(len(each) + 1 for each in lines[: line - 1]) + column - 1
        index = bisect_right(self._starts, at) - 1
        if index < 0:
            return 1, 1
        # Between two tokens stands what we wrote: the later one is where the user's text fails.
        if at >= self._starts[index] + self._lengths[index] and index + 1 < len(self._starts):
            return position_of(self._source, self._offsets[index + 1])
        return position_of(self._source, self._offsets[index] + at - self._starts[index])


def plan_update(
    request: UpdateRequest,
    ownership: Ownership,
    *,
    union: bool,
    graphs: Callable[[], Sequence[str]],
    shows_union: bool = False,
) -> Plan:
    """Raises InvalidQuery, and OwnedGraph for a graph that is not to be written to.

    `graphs()` names all graphs of the store. With `union` a pattern sees all of them, as a query
    does, and what names no graph is written to `ownership.default`; `shows_union` says that the
    store's own default graph is that union already.
    """
    # Both readings count: ours resolves escapes, an engine may do so before or after.
    refuse_calls(request.update)
    planner = _Planner(request, ownership, union, graphs, shows_union)
    for operation in operations_of(request.update, ownership.base):
        planner.add(operation)
    return planner.plan()


def graph_change_update(change: GraphChange, graph: str | None) -> str:
    """The update that makes a change of the Graph Store Protocol to `graph` (None: the default).

    https://www.w3.org/TR/sparql11-http-rdf-update/#graph-management
    """
    place = f"GRAPH <{graph}>" if graph else "DEFAULT"
    triples = change.triples.decode()
    into = f"GRAPH <{graph}> {{\n{triples}}}" if graph else triples
    insert = f"INSERT DATA {{\n{into}}}"
    match change.method:
        case "DELETE":
            return f"DROP SILENT {place}"
        case "PUT":
            return f"DROP SILENT {place} ;\n{insert}"
        case "POST":
            return insert


def graph_changed(change: GraphChange, ownership: Ownership, *, union: bool) -> str | None:
    """The graph that `change` writes to, None for the default; raises OwnedGraph."""
    graph = change.graph or (ownership.default if union else None)
    if graph and ownership.owns(graph):
        ownership.refuse(graph)
    return graph


class _Planner:
    def __init__(
        self,
        request: UpdateRequest,
        ownership: Ownership,
        union: bool,
        graphs: Callable[[], Sequence[str]],
        shows_union: bool,
    ) -> None:
        self._request = request
        self._ownership = ownership
        self._default = ownership.default if union else None
        self._union = union and not shows_union
        self._read_graphs = graphs
        self._known: dict[str, None] | None = None
        self._written: dict[str, None] = {}
        # Relative IRIs within patterns and templates are read from it too.
        self._base = f"BASE <{ownership.base}>\n"
        self._pieces = [self._base]
        self._length = len(self._base)
        self._starts: list[int] = []
        self._lengths: list[int] = []
        self._offsets: list[int] = []
        self._probes: list[str] = []
        self._declared: list[Token] = []
        self._using = tuple(
            [Using(iri, named=False) for iri in request.using_graphs]
            + [Using(iri, named=True) for iri in request.using_named_graphs]
        )

    def plan(self) -> Plan:
        text = "".join(self._pieces)
        refuse_calls(text)
        return Plan(
            text, tuple(self._probes), self._request.update,
            tuple(self._starts), tuple(self._lengths), tuple(self._offsets),
        )  # fmt: skip

    def add(self, operation: Operation) -> None:
        if len(self._pieces) > 1:
            self._write(" ;\n")
        match operation:
            case GraphManagement():
                self._manage(operation)
            case DataChange():
                self._declare(operation.prologue)
                blocks = self._placed(operation.blocks)
                self._write(f"{operation.verb} DATA ")
                self._template(blocks)
            case Modification():
                self._declare(operation.prologue)
                self._modify(operation)

    def _manage(self, operation: GraphManagement) -> None:
        written = [operation.target]
        if operation.verb == "MOVE" and operation.source is not None:
            written.append(operation.source)
        for ref in written:
            if ref.place == "GRAPH":
                self._claim(ref.iri)
        if operation.target.place in ("NAMED", "ALL"):
            self._manage_all(operation)
            return
        silent = " SILENT" if operation.silent else ""
        source = f" {self._ref(operation.source)} TO" if operation.source else ""
        self._write(f"{operation.verb}{silent}{source} {self._ref(operation.target)}")

    def _manage_all(self, operation: GraphManagement) -> None:
        """Graph by graph: one that comes into being meanwhile, on another machine, is left."""
        graphs = self._graphs()
        for graph in graphs:
            self._claim(graph)
        verb = f"{operation.verb} SILENT"
        steps = [f"{verb} GRAPH <{graph}>" for graph in graphs]
        if operation.target.place == "ALL":
            steps.append(f"{verb} DEFAULT")
        self._write(" ;\n".join(steps) or f"{verb} GRAPH <{self._ownership.default}>")

    def _ref(self, ref: GraphRef) -> str:
        if ref.place == "GRAPH":
            return f"GRAPH <{ref.iri}>"
        return f"GRAPH <{self._default}>" if self._default else "DEFAULT"

    def _modify(self, operation: Modification) -> None:
        if self._using and (operation.using or operation.within):
            # https://www.w3.org/TR/sparql11-protocol/#update-operation, section 2.2.3
            raise InvalidQuery(
                "using-graph-uri",
                "the update has USING or WITH of its own",
                "Give the dataset either in the request or in the update",
            )
        if operation.within:
            self._claim(operation.within)
        delete = self._placed(operation.delete, operation.within)
        insert = self._placed(operation.insert, operation.within)
        using = self._dataset(operation)
        variables = list(
            dict.fromkeys(
                block.graph
                for block in (*(operation.delete or ()), *(operation.insert or ()))
                if block.graph and block.variable
            )
        )
        for variable in variables:
            self._probe(operation, using, variable)
        if operation.within:
            self._write(f"WITH <{operation.within}>\n")
        if operation.delete is not None:
            self._write("DELETE ")
            self._template(delete)
        if operation.insert is not None:
            self._write("INSERT ")
            self._template(insert)
        for each in using:
            self._write(f"USING {'NAMED ' if each.named else ''}<{each.iri}>\n")
        self._write("WHERE {")
        if variables:
            self._write("{")
        self._tokens(operation.where)
        if variables:
            guards = " && ".join(
                f"COALESCE(!{self._ownership.condition(variable)}, true)" for variable in variables
            )
            self._write(f"}} FILTER({guards})")
        self._write("}")

    def _dataset(self, operation: Modification) -> tuple[Using, ...]:
        """What the pattern sees: as told, else all graphs as a query does, else the store's."""
        told = self._using or operation.using
        if told or operation.within or not self._union:
            return told
        graphs = self._graphs()
        names = any(token.text.upper() == "GRAPH" for token in operation.where)
        return tuple(
            [Using(graph, named=False) for graph in graphs]
            + ([Using(graph, named=True) for graph in graphs] if names else [])
        )

    def _probe(self, operation: Modification, using: Sequence[Using], variable: str) -> None:
        pattern = _joined(operation.where)
        if operation.within and not using:
            pattern = f"GRAPH <{operation.within}> {{ {pattern} }}"
        clauses = "\n".join(f"FROM {'NAMED ' if each.named else ''}<{each.iri}>" for each in using)
        condition = self._ownership.told(variable)
        self._probes.append(
            f"{self._base}{_joined(self._declared)}\nSELECT ({variable} AS ?{OWNED})\n{clauses}\n"
            f"WHERE {{ {{ {pattern} }} FILTER({condition}) }} LIMIT 1"
        )

    def _placed(
        self, blocks: Sequence[Block] | None, within: str | None = None
    ) -> tuple[Block, ...]:
        """The blocks with the graph that each is written to; raises OwnedGraph."""
        placed = []
        for block in blocks or ():
            graph = block.graph or (None if within else self._default)
            if graph and not block.variable:
                self._claim(graph)
            placed.append(Block(graph, block.tokens))
        return tuple(placed)

    def _claim(self, graph: str) -> None:
        if self._ownership.owns(graph):
            self._ownership.refuse(graph)
        self._written[graph] = None

    def _graphs(self) -> list[str]:
        """All graphs that there are, and those that the operations before have written."""
        if self._known is None:
            self._known = dict.fromkeys(self._read_graphs())
        return sorted({**self._known, **self._written})

    def _declare(self, prologue: Sequence[Token]) -> None:
        self._declared += prologue
        self._tokens(prologue)

    def _template(self, blocks: Sequence[Block]) -> None:
        self._write("{\n")
        for block in blocks:
            if block.graph is None:
                self._tokens(block.tokens)
                continue
            name = block.graph if block.variable else f"<{block.graph}>"
            self._write(f"GRAPH {name} {{ ")
            self._tokens(block.tokens)
            self._write("}\n")
        self._write("}\n")

    def _tokens(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.apart:
                self._write("\n")
            self._starts.append(self._length)
            self._lengths.append(len(token.text))
            self._offsets.append(token.start)
            self._write(token.text)
            if token.kind == "iri":
                # What an engine could take for a comment ends here.
                self._write("\n")
        self._write("\n")

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)


def _joined(tokens: Sequence[Token]) -> str:
    return "".join(
        ("\n" if token.apart else "") + token.text + ("\n" if token.kind == "iri" else "")
        for token in tokens
    )
