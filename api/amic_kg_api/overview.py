"""How much there is, and what it is about: asked of the graph once a generation."""

from __future__ import annotations

from dataclasses import dataclass

from amic_kg.graph import terms
from amic_kg.ports import GraphReader
from amic_kg_api.graph_facts import ask

_SUBJECTS = 24


@dataclass(frozen=True, slots=True)
class Summary:
    """Of one generation; `subjects` are the IRIs that most documents are about."""

    generation: str
    documents: int
    pages: int
    first_year: int | None
    last_year: int | None
    subjects: tuple[str, ...]


class Overview:
    """Keeps the last summary; two visits that find it old may both ask, which does no harm."""

    def __init__(self, graph: GraphReader) -> None:
        self._graph = graph
        self._summary: Summary | None = None

    def summary(self) -> Summary | None:
        """None until something is published."""
        if not self._graph.ready():
            return None
        generation = self._graph.generation()
        if self._summary is None or self._summary.generation != generation:
            self._summary = _summarise(self._graph, generation)
        return self._summary


def _summarise(graph: GraphReader, generation: str) -> Summary:
    row = ask(
        graph,
        f"SELECT (COUNT(?document) AS ?documents) (SUM(?n) AS ?pages) "
        f"{{ GRAPH ?graph {{ ?document <{terms.BIBO}numPages> ?n }} }}",
    )[0]
    # Asked apart: one document without a year would leave MIN and MAX without a value.
    years = ask(
        graph,
        f"SELECT (MIN(?y) AS ?first) (MAX(?y) AS ?last) {{ GRAPH ?graph "
        f"{{ ?document <{terms.MRDI}year> ?y ; <{terms.BIBO}numPages> ?n }} }}",
    )[0]
    subjects = ask(
        graph,
        f"SELECT ?subject (COUNT(?document) AS ?n) {{ GRAPH ?graph {{ "
        f"?document <{terms.DCTERMS}subject> ?subject ; <{terms.BIBO}numPages> ?pages }} }} "
        f"GROUP BY ?subject ORDER BY DESC(?n) ?subject LIMIT {_SUBJECTS}",
    )
    return Summary(
        generation,
        int(row["documents"].value),
        int(row["pages"].value),
        int(years["first"].value) if "first" in years else None,
        int(years["last"].value) if "last" in years else None,
        tuple(row["subject"].value for row in subjects),
    )
