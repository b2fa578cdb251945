"""What the pages of vocabularies ask of the graph: one query for all concepts, never one each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from amic_kg.graph import terms
from amic_kg.iris import VOCAB
from amic_kg.ontology import SKOS
from amic_kg.ports import GraphReader
from amic_kg_api.graph_facts import ask

Counts = Mapping[str, int]

_MENTIONS = f"<{terms.SCHEMA}mentions>"
_SCHEME = f"<{SKOS}ConceptScheme>"
_ABOUT = {
    f"{terms.DCTERMS}title": "title",
    f"{terms.DCTERMS}description": "description",
    f"{terms.DCTERMS}license": "licence",
    "http://www.w3.org/2002/07/owl#versionInfo": "version",
}


@dataclass(slots=True)
class SchemeAbout:
    """What a vocabulary says of itself; texts by language."""

    title: dict[str, str] = field(default_factory=dict)
    description: dict[str, str] = field(default_factory=dict)
    licence: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class EuLists:
    """The years of the EU lists of raw materials that name a commodity, in their order."""

    critical: tuple[str, ...] = ()
    strategic: tuple[str, ...] = ()


def schemes(graph: GraphReader) -> Mapping[str, SchemeAbout]:
    """All our vocabularies by the last step of their IRI."""
    rows = ask(
        graph,
        f"SELECT ?scheme ?said ?value {{ VALUES ?said {{ {' '.join(f'<{p}>' for p in _ABOUT)} }} "
        f"GRAPH ?graph {{ ?scheme a {_SCHEME} ; ?said ?value }} }}",
    )
    found: dict[str, SchemeAbout] = {}
    for row in rows:
        if not row["scheme"].value.startswith(VOCAB):
            continue
        about = found.setdefault(row["scheme"].value.removeprefix(VOCAB), SchemeAbout())
        name, value = _ABOUT[row["said"].value], row["value"]
        if name in ("title", "description"):
            getattr(about, name)[value.language] = value.value
        else:
            setattr(about, name, value.value)
    return found


def documents_naming(graph: GraphReader) -> Counts:
    """In how many documents each thing is named by one of its own names."""
    rows = ask(
        graph,
        f"SELECT ?thing (COUNT(DISTINCT ?document) AS ?n) "
        f"{{ GRAPH ?graph {{ ?document {_MENTIONS} ?thing }} }} GROUP BY ?thing",
    )
    return {row["thing"].value: int(row["n"].value) for row in rows}


def documents_within(graph: GraphReader, scheme: str) -> Counts:
    """In how many documents each concept of a vocabulary, or something narrower, is named."""
    rows = ask(
        graph,
        f"SELECT ?concept (COUNT(DISTINCT ?document) AS ?n) {{ "
        f"GRAPH ?graph {{ ?document {_MENTIONS} ?named }} "
        f"GRAPH ?vocabulary {{ ?named <{SKOS}broader>* ?concept . "
        f"?concept <{SKOS}inScheme> {terms.iri(VOCAB + scheme)} }} }} GROUP BY ?concept",
    )
    return {row["concept"].value: int(row["n"].value) for row in rows}


def eu_lists(graph: GraphReader) -> Mapping[str, EuLists]:
    """The commodities on the EU lists of critical and of strategic raw materials."""
    rows = ask(
        graph,
        f"SELECT ?concept ?list ?year {{ VALUES ?list {{ <{terms.MRDI}euCritical> "
        f"<{terms.MRDI}euStrategic> }} GRAPH ?graph {{ ?concept ?list ?year }} }} ORDER BY ?year",
    )
    years: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        of_concept = years.setdefault(row["concept"].value, {})
        of_concept.setdefault(row["list"].value, []).append(row["year"].value)
    return {
        concept: EuLists(
            tuple(lists.get(f"{terms.MRDI}euCritical", ())),
            tuple(lists.get(f"{terms.MRDI}euStrategic", ())),
        )
        for concept, lists in years.items()
    }


def graph_of_concept(graph: GraphReader, concept: str) -> str | None:
    """The named graph that describes a concept."""
    rows = ask(
        graph,
        f"SELECT ?graph {{ GRAPH ?graph {{ {terms.iri(concept)} <{SKOS}prefLabel> ?label }} }} "
        "LIMIT 1",
    )
    return rows[0]["graph"].value if rows else None
