"""SHACL over the ontology's files and over whole documents, and OWL 2 RL reasoning."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

import owlrl
from owlrl.Namespaces import ERRNS
from rdflib import RDFS, SKOS, Graph, Literal
from rdflib.term import Node

from amic_kg.graph.evidence import value_faults
from amic_kg.graph.shapes import DOCUMENT_SHAPES, VOCABULARY_SHAPES, ShapeGate
from amic_kg.iris import CANONICAL_BASE, Iris
from amic_kg.ontology import ontology_files
from amic_kg.pipeline.preparation import Prepared, Task, document_face, prepare
from amic_kg.records import STANDARD_THRESHOLDS, RawDocument
from amic_kg.turtle import to_ntriples
from amic_kg_ingest.formats import ReadingLimits, read_document
from amic_kg_ingest.sources.files import FileSource
from ontology_check.graph import read
from ontology_check.parts import Finding, Folders

_NOT_LOADED = Path("no-vocabularies")


def vocabulary_shapes(folders: Folders) -> Finding:
    """Ontology, vocabularies and registry keep the shapes of vocabularies."""
    paths = ontology_files(folders.ontology)
    found = ShapeGate(folders.ontology / VOCABULARY_SHAPES).faults(map(to_ntriples, paths))
    return Finding(f"{len(paths)} files against {VOCABULARY_SHAPES}", [], _listed(found))


def document_shapes(folders: Folders) -> Finding:
    """The whole graph of each sample document, every mention of it, keeps the shapes of ingest.

    Ingest itself shows the gate the record and the first mentions (docs/decisions/0013): what
    either costs is told.
    """
    documents = list(_prepared(folders.corpus))
    gate = ShapeGate(folders.ontology / DOCUMENT_SHAPES)
    quick = ShapeGate(folders.ontology / DOCUMENT_SHAPES, core_only=True)
    for loading in (gate, quick):
        loading.faults([])  # the shapes load at the first check
    iris, fact = Iris(CANONICAL_BASE), STANDARD_THRESHOLDS.fact
    shown = [document_face(of.extraction, iris, plain_from=fact) for _, of in documents]
    faces, _ = _timed(quick, shown)
    wholes, found = _timed(gate, [prepared.triples for _, prepared in documents])
    faults = [
        f"{name}: {what}"
        for name, prepared in documents
        for what in value_faults(prepared.extraction, prepared.triples)
    ]
    if not documents:
        faults.append(f"{folders.corpus} holds no document")
    return Finding(
        f"{len(documents)} documents against {DOCUMENT_SHAPES}",
        [f"whole: {wholes}", f"record and first mentions, as in ingest: {faces}"],
        faults + _listed(found),
    )


def _prepared(corpus: Path) -> Iterator[tuple[str, Prepared]]:
    read_file = partial(read_document, limits=ReadingLimits())
    for raw in FileSource([corpus]).documents():
        if isinstance(raw, RawDocument):
            sha256 = hashlib.sha256(raw.path.read_bytes()).hexdigest()
            task = Task(
                path=raw.path,
                name=raw.path.name,
                sha256=sha256,
                metadata=raw.metadata,
                key=None,
                pipeline_version="check",
                base_iri=CANONICAL_BASE,
                vocabularies=_NOT_LOADED,
            )
            yield raw.path.name, prepare(task, read_file)


def _timed(gate: ShapeGate, graphs: list[bytes]) -> tuple[str, Mapping[str, tuple[str, ...]]]:
    """What checking all `graphs` at once costs, in words, and what is found."""
    started = time.perf_counter()
    found = gate.faults(graphs)
    seconds = time.perf_counter() - started
    triples = sum(graph.count(b"\n") for graph in graphs)
    return f"{triples:,} triples in {seconds:.2f} s", found


def reasoning(folders: Folders) -> Finding:
    """OWL 2 RL (https://www.w3.org/TR/owl2-profiles/#OWL_2_RL) derives no contradiction.

    Over every axiom, and every statement of vocabularies and registry but labels, other texts and
    links to vocabularies of others, which no axiom of ours speaks of.
    """
    graph = read(folders.ontology, ".")
    axioms = len(graph)
    working = Graph()
    for triple in graph:
        working.add(triple)
    for triple in read(folders.ontology, "vocab", "registry"):
        if _reasoned_over(*triple):
            working.add(triple)
    given = len(working)
    owlrl.DeductiveClosure(
        owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False
    ).expand(working)
    faults = sorted({str(o) for o in working.objects(None, ERRNS.error)})
    return Finding(
        f"{axioms:,} triples of axioms and {given - axioms:,} of data, "
        f"{len(working) - given:,} derived; texts and links to others are left out",
        [],
        faults,
    )


def _reasoned_over(_: Node, predicate: Node, value: Node) -> bool:
    if isinstance(value, Literal):
        return value.language is None and not str(value.datatype).endswith("wktLiteral")
    outside = (SKOS.exactMatch, SKOS.closeMatch, SKOS.narrowMatch, SKOS.broadMatch)
    return predicate not in (*outside, SKOS.relatedMatch, RDFS.seeAlso)


def _listed(found: Mapping[str, Iterable[str]]) -> list[str]:
    return [f"{thing}: {what}" for thing, words in sorted(found.items()) for what in words]
