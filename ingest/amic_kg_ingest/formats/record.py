"""Records without their texts: title, abstract and keywords of a catalogue as one page.

The file is written by sources whose texts are closed or not to be had::

    {"amic_record": 1, "title": {"fi": "…"}, "abstract": {"en": "…"}, "subject": ["…"]}
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from amic_kg.errors import DamagedDocument
from amic_kg.records import RECORD_MEDIA_TYPE, Page, ParsedDocument
from amic_kg_ingest.formats.text import clean_text

SUFFIX = ".record.json"
MARK = b'{"amic_record"'
VERSION = 1

_SHOWN = ("title", "abstract", "subject")
_END = (".", "!", "?", "…")


def record_bytes(metadata: Mapping[str, object], warnings: tuple[str, ...] = ()) -> bytes:
    """The same bytes for the same record, beginning with MARK."""
    values: dict[str, object] = {"amic_record": VERSION}
    values |= {key: value for key, value in sorted(metadata.items()) if key != "original"}
    if warnings:
        values["warnings"] = list(warnings)
    return json.dumps(values, ensure_ascii=False, indent=1).replace("{\n ", "{", 1).encode()


def read_record(path: Path, name: str) -> ParsedDocument:
    """One page: each title, each abstract, then the keywords, a paragraph each."""
    try:
        values = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise DamagedDocument(name, f"is a record that cannot be read ({error})", _AGAIN) from None
    if not isinstance(values, dict) or values.pop("amic_record", None) != VERSION:
        raise DamagedDocument(name, f"is no record of version {VERSION}", _AGAIN)
    warnings = values.pop("warnings", [])
    text = "\n\n".join(part for key in _SHOWN for part in _paragraphs(values.get(key)))
    return ParsedDocument(
        RECORD_MEDIA_TYPE,
        (Page(1, clean_text(text)),),
        values,
        tuple(map(str, warnings)) if isinstance(warnings, list) else (),
    )


_AGAIN = "Harvest it again from its source"


def _paragraphs(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from (_sentence(str(text)) for text in value.values())
    elif isinstance(value, list):
        if value:
            yield _sentence(", ".join(map(str, value)))
    elif value:
        yield _sentence(str(value))


def _sentence(text: str) -> str:
    """A full stop keeps the title out of the first sentence of the abstract."""
    return text if text.endswith(_END) else f"{text}."
