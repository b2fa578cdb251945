"""The ontology as a page shows it: its classes and properties, named and explained."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from amic_kg.graph import terms
from amic_kg.ports import GraphReader
from amic_kg_api.graph_facts import Row, ask


class DefinedTerm(NamedTuple):
    """A class or property of the ontology, with its name and meaning in one language."""

    name: str
    is_class: bool
    label: str
    meaning: str


def terms_defined(
    graph: GraphReader, name: str, namespace: str, language: str
) -> list[DefinedTerm]:
    """The terms of an ontology's graph in the order of their names."""
    rdfs, owl = terms.PREFIXES["rdfs"], "http://www.w3.org/2002/07/owl#"
    rows = ask(
        graph,
        f"SELECT ?term ?class ?label ?text {{ GRAPH {terms.iri(name)} {{ ?term a ?kind "
        f"VALUES (?kind ?class) {{ (<{owl}Class> true) (<{rdfs}Class> true) "
        f"(<{owl}ObjectProperty> false) (<{owl}DatatypeProperty> false) "
        f"(<{owl}AnnotationProperty> false) (<{terms.RDF}Property> false) }} "
        f"OPTIONAL {{ ?term <{rdfs}label> ?label }} "
        f"OPTIONAL {{ ?term <{rdfs}comment>|<{terms.PREFIXES['skos']}definition> ?text }} }} }}",
    )
    by_term: dict[str, list[Row]] = {}
    for row in rows:
        if row["term"].value.startswith(namespace):
            by_term.setdefault(row["term"].value.removeprefix(namespace), []).append(row)
    return [
        DefinedTerm(
            term,
            found[0]["class"].value == "true",
            _in_language(found, "label", language),
            _in_language(found, "text", language),
        )
        for term, found in sorted(by_term.items())
    ]


def _in_language(rows: Sequence[Row], column: str, language: str) -> str:
    texts = {row[column].language: row[column].value for row in rows if column in row}
    for wanted in (language, "en", "", *texts):
        if wanted in texts:
            return texts[wanted]
    return ""
