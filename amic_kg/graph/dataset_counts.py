"""What there is in the graph, counted by SPARQL: classes, properties, and each kind of named graph.

A statement counts in each graph that it stands in. The graph that tells of the dataset is not
counted, nor that in which a remote store notes its generation: the figures are of what they are
about. VoID, https://www.w3.org/TR/void/#statistics, says what each figure means.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from amic_kg.graph.ownership import GENERATION_GRAPH
from amic_kg.graph.terms import DC, DCTERMS, MRDI, iri
from amic_kg.iris import Iris

GRAPH = "dataset"

KINDS = (
    "document", "vocab", "registry", "ontology", "closures", "works", "external", "examples",
)  # fmt: skip
"""Kinds of named graphs: the step of their names behind `graph/`."""

Select = Callable[[str], Sequence[tuple[str | None, ...]]]
"""Answers a SELECT query: values in the order of its variables."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Statements, subjects that have an IRI, subjects at all, objects."""

    triples: int
    entities: int
    subjects: int
    objects: int


@dataclass(frozen=True, slots=True)
class DatasetCounts:
    """All figures, with what the graphs of documents say of licences, languages and years.

    `graphs` maps a graph's IRI to its statements; `properties` a property to its statements,
    subjects and objects; `classes` a class to its instances; `licences` the graph of a document to
    the licence that its source states.
    """

    whole: Counts
    kinds: Mapping[str, Counts]
    graphs: Mapping[str, int]
    classes: Mapping[str, int]
    properties: Mapping[str, tuple[int, int, int]]
    licences: Mapping[str, str]
    languages: Sequence[str]
    years: tuple[str, str] | None

    def graphs_of(self, kind: str, iris: Iris) -> list[str]:
        return sorted(name for name in self.graphs if kind_of(name, iris) == kind)


def kind_of(graph: str, iris: Iris) -> str:
    """`document` for `…/graph/document/k1`; '' for a graph that is none of ours."""
    stem = iris.graph("")
    return graph.removeprefix(stem).split("/")[0] if graph.startswith(stem) else ""


def count_dataset(select: Select, iris: Iris) -> DatasetCounts:
    """A dozen queries, of which four read every statement: seconds with a million of them."""
    left_out = (iris.graph(GRAPH), GENERATION_GRAPH)
    # Compared one by one they are compared as they are stored: IN would read each name in full.
    counted = " && ".join(f"?g != {iri(graph)}" for graph in left_out)
    quad = f"GRAPH ?g {{ ?s ?p ?o }} FILTER({counted})"
    graphs = {
        _text(graph): int(_text(count))
        for graph, count in select(f"SELECT ?g (COUNT(*) AS ?n) {{ {quad} }} GROUP BY ?g")
    }
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for graph in sorted(graphs):
        by_kind[kind_of(graph, iris)].append(graph)
    others = [*left_out, *(g for kind in by_kind if kind != "document" for g in by_kind[kind])]
    kinds: dict[str, Counts] = {}
    for kind in KINDS:
        if not by_kind[kind]:
            continue
        # Thousands of graphs of documents are known by not being one of the few others.
        within = (
            f"GRAPH ?g {{ ?s ?p ?o }} MINUS {{ {_values(others)} }}"
            if kind == "document"
            else f"{_values(by_kind[kind])} GRAPH ?g {{ ?s ?p ?o }}"
        )
        kinds[kind] = _counts(select, within, sum(graphs[graph] for graph in by_kind[kind]))
    documents = set(by_kind["document"])
    return DatasetCounts(
        whole=_counts(select, quad, sum(graphs.values())),
        kinds=kinds,
        graphs=graphs,
        classes={
            _text(name): int(_text(count))
            for name, count in select(
                "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) "
                f"{{ {quad.replace('?p ?o', 'a ?c')} FILTER(isIRI(?c)) }} GROUP BY ?c"
            )
        },
        properties={
            _text(name): (int(_text(triples)), int(_text(subjects)), int(_text(objects)))
            for name, triples, subjects, objects in select(
                "SELECT ?p (COUNT(*) AS ?t) (COUNT(DISTINCT ?s) AS ?n) (COUNT(DISTINCT ?o) AS ?m) "
                f"{{ {quad} }} GROUP BY ?p"
            )
        },
        licences={
            _text(graph): _text(licence)
            for graph, licence in select(
                f"SELECT ?g (MIN(STR(?l)) AS ?licence) {{ GRAPH ?g {{ ?d a <{MRDI}Output> ; "
                f"<{DCTERMS}license> ?l }} }} GROUP BY ?g"
            )
            if graph in documents
        },
        languages=sorted(
            _text(language)
            for (language,) in select(
                f"SELECT DISTINCT ?l {{ GRAPH ?g {{ ?d <{DC}language> ?l }} }}"
            )
        ),
        years=_years(select),
    )


def _counts(select: Select, within: str, triples: int) -> Counts:
    ((subjects, objects),) = select(
        f"SELECT (COUNT(DISTINCT ?s) AS ?n) (COUNT(DISTINCT ?o) AS ?m) {{ {within} }}"
    )
    ((blank,),) = select(
        f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT DISTINCT ?s {{ {within} }} }} FILTER(isBlank(?s)) }}"
    )
    return Counts(
        triples, int(_text(subjects)) - int(_text(blank)), int(_text(subjects)), int(_text(objects))
    )


def _years(select: Select) -> tuple[str, str] | None:
    ((first, last),) = select(
        f"SELECT (MIN(?y) AS ?first) (MAX(?y) AS ?last) {{ GRAPH ?g {{ ?d <{MRDI}year> ?y }} }}"
    )
    return (first, last) if first and last else None


def _values(graphs: Sequence[str]) -> str:
    return f"VALUES ?g {{ {' '.join(map(iri, graphs))} }}"


def _text(value: str | None) -> str:
    return value or ""
