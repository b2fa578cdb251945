"""Ontology, vocabularies, registry and questions as the named graphs they are published in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from amic_kg.external import ExternalVocabularies
from amic_kg.graph.closures import GRAPH as CLOSURES
from amic_kg.graph.closures import closure_triples
from amic_kg.iris import Iris
from amic_kg.ontology import graph_name, ontology_files, ontology_folder
from amic_kg.turtle import to_ntriples


def ontology_graphs(iris: Iris, vocabularies: Path) -> dict[str, bytes]:
    """Graph IRI to N-Triples; `vocabularies` is the folder of those of others."""
    folder = ontology_folder()
    graphs = {iris.graph(graph_name(path, folder)): to_ntriples(path) for path in _files(folder)}
    external = ExternalVocabularies(vocabularies)
    for loaded in external.list():
        graphs[iris.graph(f"external/{loaded.name}")] = to_ntriples(external.path(loaded.name))
    return {**graphs, iris.graph(CLOSURES): closure_triples(graphs.values())}


def ontology_graphs_version(vocabularies: Path) -> str:
    """Other when the graphs would be other; a changed question makes no document be read anew."""
    digest = hashlib.sha256((CLOSURES + ExternalVocabularies(vocabularies).version()).encode())
    for path in _files(ontology_folder()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _files(folder: Path) -> Iterator[Path]:
    yield from ontology_files(folder)
    yield from sorted((folder / "examples").glob("*.ttl"))
