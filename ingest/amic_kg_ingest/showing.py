"""What would be extracted, as the JSON that scripts rely on and as a table for people."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from amic_kg.errors import InputError, UnreadableInput
from amic_kg.extract.bibliography import language_code
from amic_kg.extract.extraction import Extractor
from amic_kg.iris import Iris
from amic_kg.pipeline.preparation import shared_extractor
from amic_kg.records import Extraction, Page, ParsedDocument
from amic_kg.settings import Settings
from amic_kg.terminal import output, visible
from amic_kg.wiring import thresholds, vocabularies_folder
from amic_kg_ingest.formats import ReadingLimits, read_document
from amic_kg_ingest.reading import reading_limits

_LABEL_LANGUAGES = ("fi", "en", "sv")


def extract_files(files: Iterable[Path], settings: Settings) -> Iterator[dict[str, Any]]:
    """One object a file; a file that cannot be read gives `error` and the others go on."""
    # Nothing is stored, not even what OCR has read.
    limits = replace(reading_limits(settings), ocr_cache=None)
    for path in files:
        name = os.fsencode(path).decode("utf-8", "backslashreplace")
        try:
            parsed = _read(path, limits)
        except InputError as error:
            yield _error(name, error)
            continue
        yield _extract(name, parsed, None, settings)


def extract_lines(lines: Iterable[str], settings: Settings) -> Iterator[dict[str, Any]]:
    """One object a line `{"id", "text", "language"?}`; a broken line gives `error`."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            identifier, text = (
                str(item[key]).encode("utf-8", "replace").decode("utf-8") for key in ("id", "text")
            )
        except (ValueError, KeyError, TypeError) as error:
            yield _error(
                f"line {number}",
                UnreadableInput(
                    f"line {number}",
                    f"is not a JSON object with id and text ({error})",
                    'Write {"id": "…", "text": "…"}',
                ),
            )
            continue
        parsed = ParsedDocument("text/plain", (Page(1, text),))
        language = language_code(str(item.get("language")))
        yield _extract(identifier, parsed, language, settings)


def show_extraction(result: dict[str, Any]) -> None:
    """Entities by type with how often each is met, then the subjects."""
    if "error" in result:
        output.print(
            Text(f"{visible(result['id'])}: {visible(result['error']['message'])}", style="yellow")
        )
        output.print(Text(f"  → {visible(result['error']['remedy'])}", style="dim"))
        return
    output.print(Text(f"{visible(result['id'])} ({result['language']})", style="bold"))
    counted: dict[tuple[str, str], list[int]] = {}
    for entity in result["entities"]:
        counted.setdefault((entity["type"], entity["labels"]["en"]), []).append(entity["page"])
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("type", "entity", "mentions", "pages"):
        table.add_column(heading)
    for (kind, label), pages in sorted(counted.items()):
        table.add_row(kind, label, str(len(pages)), ", ".join(map(str, sorted(set(pages)))))
    output.print(table)
    subjects = ", ".join(f"{s['labels']['en']} ({s['score']:.2f})" for s in result["subjects"])
    output.print(f"Subjects: {subjects or 'none'}")


def _read(path: Path, limits: ReadingLimits) -> ParsedDocument:
    try:
        return read_document(path, path.name, limits)
    except OSError as error:
        raise UnreadableInput(
            str(path), f"cannot be read: {error.strerror}", "Check its name and its rights"
        ) from None


def _extract(
    identifier: str, parsed: ParsedDocument, language: str | None, settings: Settings
) -> dict[str, Any]:
    extractor = shared_extractor(vocabularies_folder(settings), names=settings.names == "auto")
    metadata = {"language": language} if language else {}
    extraction, _ = extractor.extract(
        parsed,
        key=identifier,
        sha256="",
        file_name=Path(identifier).name,
        metadata=metadata,
        pipeline_version="",
        language=language,
        thresholds=thresholds(settings),
    )
    return _as_json(identifier, extraction, extractor)


def _as_json(identifier: str, extraction: Extraction, extractor: Extractor) -> dict[str, Any]:
    candidates = {candidate.iri: candidate.label for candidate in extraction.candidates}

    def labels(iri: str) -> dict[str, str]:
        entity = extractor.vocabulary.get(iri)
        name = candidates.get(iri, iri)
        return {tag: entity.label(tag) if entity else name for tag in _LABEL_LANGUAGES}

    document = Iris().output(identifier)
    return {
        "id": identifier,
        "language": extraction.language,
        "entities": [
            {
                "iri": mention.entity,
                "type": mention.type,
                "labels": labels(mention.entity),
                "surface": mention.surface,
                "start": mention.start,
                "end": mention.end,
                "page": mention.page,
                "confidence": mention.confidence,
                "status": mention.status,
            }
            for mention in extraction.mentions
        ],
        "statements": [
            {
                "subject": _term(statement.subject, document),
                "predicate": statement.predicate,
                "object": _term(statement.object, document)
                if statement.datatype is None
                else statement.object,
                "quote": statement.surface,
                "page": statement.page,
                "start": statement.start,
                "end": statement.end,
                "confidence": statement.confidence,
                "status": statement.status,
            }
            for statement in extraction.statements
        ],
        "subjects": [
            {"iri": s.entity, "labels": labels(s.entity), "score": s.score}
            for s in extraction.subjects
        ],
    }


def _term(name: str, document: str) -> str:
    """An IRI as it is; the document for an empty name, a node of it for a bare one."""
    if not name:
        return document
    return name if "/" in name else f"{document}#{name}"


def _error(identifier: str, error: InputError) -> dict[str, Any]:
    return {
        "id": identifier,
        "error": {"class": type(error).__name__, "message": error.cause, "remedy": error.remedy},
    }
