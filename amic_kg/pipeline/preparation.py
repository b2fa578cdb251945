"""One document, from its bytes to all that is written of it; runs in a worker process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from amic_kg.errors import LimitExceeded
from amic_kg.external import open_vocabulary, vocabulary_version
from amic_kg.extract.calibration import Calibration
from amic_kg.extract.extraction import Extractor
from amic_kg.graph.evidence import FACE_MENTIONS, value_faults
from amic_kg.graph.quads import document_triples
from amic_kg.graph.shapes import ShapeGate, faults_of
from amic_kg.index.documents import indexed_passages
from amic_kg.iris import Iris
from amic_kg.language import Analyzer, LanguageDetector
from amic_kg.language.names import TextNames
from amic_kg.ports import FormatReader
from amic_kg.records import STANDARD_THRESHOLDS, Decision, Extraction, ParsedDocument, Thresholds
from amic_kg.retrieval import IndexedPassage


@dataclass(frozen=True, slots=True)
class Task:
    """A document to prepare: where its bytes are, and what is known of it already."""

    path: Path
    name: str
    sha256: str
    metadata: Mapping[str, object]
    key: str | None
    pipeline_version: str
    base_iri: str
    vocabularies: Path
    """Folder of the vocabularies of others that are loaded beside ours."""
    decisions: tuple[Decision, ...] = ()
    """Of curators, on this document and on entities anywhere."""
    thresholds: Thresholds = STANDARD_THRESHOLDS
    names: bool = True
    """Whether names are recognised by a model; else by the registry and their form alone."""
    source: str = ""
    """Which source it comes from."""
    parsed: ParsedDocument | None = None
    """The document as it was parsed before, when it is projected anew; else `path` is read."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything that is written of a document: ledger row, named graph, index entries."""

    extraction: Extraction
    triples: bytes
    faults: tuple[str, ...]
    """What breaks a shape or has no evidence; anything here keeps the document out."""
    passages: tuple[IndexedPassage, ...]


Preparer = Callable[[Task, FormatReader], Prepared]


def prepare(task: Task, read: FormatReader) -> Prepared:
    """Read, extract and project; pure but for reading the file. Raises InputError."""
    extractor = shared_extractor(task.vocabularies, names=task.names)
    try:
        parsed = task.parsed or read(task.path, task.name)
        extraction, analysed = extractor.extract(
            parsed,
            key=task.key,
            sha256=task.sha256,
            file_name=task.name,
            metadata=task.metadata,
            pipeline_version=task.pipeline_version,
            decisions=task.decisions,
            thresholds=task.thresholds,
        )
        passages = indexed_passages(
            extraction, analysed, extractor.analyzer, extractor.vocabulary, task.source
        )
        iris = Iris(task.base_iri)
        fact = task.thresholds.fact
        triples = document_triples(extraction, iris, plain_from=fact)
        face = document_face(extraction, iris, plain_from=fact)
        document = iris.output(extraction.key)
        return Prepared(
            extraction,
            triples,
            (
                *value_faults(extraction, triples),
                *faults_of(shared_gate().faults([face]), document, face),
            ),
            tuple(passages),
        )
    except MemoryError:
        raise LimitExceeded(
            task.name,
            "needs more memory than a worker may take",
            "Raise AMIC_PARSE_MEGABYTES, or split the file",
        ) from None


def shared_extractor(vocabularies: Path, *, names: bool = True) -> Extractor:
    """Vocabulary and language models, loaded at first need and when the vocabularies change."""
    return _extractor(vocabularies, vocabulary_version(vocabularies), names)


@lru_cache(maxsize=1)
def _extractor(vocabularies: Path, _version: str, names: bool) -> Extractor:
    return open_extractor(vocabularies, names=names)


def document_face(extraction: Extraction, iris: Iris, *, plain_from: float) -> bytes:
    """The record and the first mentions: as much of a document as is held against the shapes.

    What the shapes say of single values is checked in code for all of them (`graph/evidence.py`).
    """
    return document_triples(extraction, iris, most_mentions=FACE_MENTIONS, plain_from=plain_from)


@lru_cache(maxsize=1)
def shared_gate() -> ShapeGate:
    """The shapes that the face of every document is held against, loaded once a process."""
    return ShapeGate(core_only=True)


def open_extractor(
    vocabularies: Path, calibration: Calibration | None = None, *, names: bool = True
) -> Extractor:
    """An extractor of its own; the maps of confidence that the package ships, or `calibration`."""
    return Extractor(
        open_vocabulary(vocabularies),
        Analyzer(),
        LanguageDetector(),
        TextNames() if names else None,
        calibration,
    )
