"""The ontology folder as one RDF graph, and what the checks ask of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rdflib import RDF, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from amic_kg.ontology import ONTOLOGY_FILE

MRDI = Namespace("https://w3id.org/amic/ontology#")
VOCABULARY = "https://w3id.org/amic/vocab/"
LANGUAGES = ("fi", "en", "sv")
LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)


@cache
def read(folder: Path, *parts: str) -> Graph:
    """The Turtle files of the parts as one graph; `.` is the ontology itself, without shapes."""
    graph = Graph()
    for part in parts or ("vocab", "registry"):
        for path in sorted((folder / part).glob(ONTOLOGY_FILE if part == "." else "*.ttl")):
            graph.parse(path, format="turtle")
    return graph


def concepts(graph: Graph) -> list[URIRef]:
    return sorted(s for s in graph.subjects(RDF.type, SKOS.Concept) if isinstance(s, URIRef))


def scheme_of(iri: str) -> str:
    return iri.removeprefix(VOCABULARY).split("/", 1)[0]


def texts(graph: Graph, subject: Node, predicate: Node) -> list[Literal]:
    return [o for o in graph.objects(subject, predicate) if isinstance(o, Literal)]


def text(graph: Graph, subject: Node, language: str) -> str:
    """The preferred label in `language`, else any."""
    labels = {o.language or "": str(o) for o in texts(graph, subject, SKOS.prefLabel)}
    return labels.get(language) or next(iter(labels.values()), str(subject))
