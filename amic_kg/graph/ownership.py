"""Which graphs are the pipeline's own: those are made anew from documents and files, so a change
written into one of them would be lost without a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from amic_kg.errors import OwnedGraph
from amic_kg.iris import CANONICAL_BASE

ADDED = "added"
GENERATION_GRAPH = f"{CANONICAL_BASE}graph/generation"
"""Where a store without snapshots keeps the name of its generation; no part of the data."""

_STORES_OWN = "urn:x-arq:"
"""Names that mean other graphs to Jena: the union of all, the default graph."""


@dataclass(frozen=True, slots=True)
class Ownership:
    """Every graph below `<base>graph/` is the pipeline's, save those below `<base>graph/added/`.

    A rule by name and no list of graphs: one that a later version adds is kept already.
    """

    base: str

    @property
    def added(self) -> str:
        """What the names begin with that are free to write, of those under our own base."""
        return f"{self.base}graph/{ADDED}/"

    @property
    def default(self) -> str:
        """Where an update writes that names no graph, when the default graph shows all graphs."""
        return f"{self.added}default"

    @property
    def _kept(self) -> tuple[str, ...]:
        # Compared without case: a name that differs by it alone is no name for other things.
        starts = {f"{base}graph/".casefold() for base in (self.base, CANONICAL_BASE)}
        return (*sorted(starts), _STORES_OWN)

    def owns(self, graph: str) -> bool:
        return graph.casefold().startswith(self._kept) and not graph.startswith(self.added)

    def condition(self, variable: str) -> str:
        """A SPARQL expression: is the graph in `variable` owned? An error when it is unbound."""
        starts = " || ".join(
            f'STRSTARTS(LCASE(STR({variable})), "{start}")' for start in self._kept
        )
        free = f'STRSTARTS(STR({variable}), "{self.added}")'
        return f"(isIRI({variable}) && ({starts}) && !{free})"

    def told(self, variable: str) -> str:
        """The same for graphs that are told to users: the generation's is held back in silence."""
        return f"({self.condition(variable)} && {variable} != <{GENERATION_GRAPH}>)"

    def refuse(self, graph: str) -> NoReturn:
        raise OwnedGraph(
            graph,
            "this graph is made from documents and files, and the next run would overwrite the "
            "change",
            f"Write into a graph of another name, such as {self.added}NAME; corrections of what "
            "was extracted are decisions of review (/api/review), which last",
        )
