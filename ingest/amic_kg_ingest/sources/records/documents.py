"""An entry of a list to a document: the file that it names, else a record file."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from amic_kg.records import RawDocument
from amic_kg_ingest.metadata.dublin_core import Description, Field, describe
from amic_kg_ingest.metadata.names import is_organisation, organisation_name
from amic_kg_ingest.metadata.texts import clean_text, repair_mojibake
from amic_kg_ingest.sources.record_files import record_file, write_record
from amic_kg_ingest.sources.records.attachments import find_file
from amic_kg_ingest.sources.records.entries import Entry
from amic_kg_ingest.sources.records.options import Options


@dataclass(frozen=True, slots=True)
class ListDocuments:
    """Makes the documents of one list, and gives each an identifier of its own.

    Record files lie in `folder`; in a `dry` run none is written.

    An identifier is the DOI, URN or handle of the work, else its ISBN, else the key that the list
    gives it, else a hash of all that is said of it, so that a row may move within the list.
    """

    source: str
    path: Path
    options: Options
    folder: Path
    today: date
    dry: bool = False
    seen: Counter[str] = field(default_factory=Counter)

    def describe(self, entry: Entry) -> Description:
        """Normalised; raises nothing."""
        fields = entry.fields
        names = {field.name for field in fields}
        if self.options.publisher and "publisher" not in names:
            fields = (*fields, Field("publisher", self.options.publisher))
        if self.options.language and "language" not in names:
            fields = (*fields, Field("language", self.options.language))
        found = describe(fields, today=self.today)
        metadata = dict(found.metadata)
        original = dict(_original(metadata))
        for key, given in (
            ("creator", entry.creators),
            ("contributor", entry.contributors),
            ("supervisor", entry.supervisors),
        ):
            if given:
                metadata[key] = list(dict.fromkeys(map(_name, given)))
                original[key] = list(given)
        if entry.key:
            original["key"] = [entry.key]
        return Description({**metadata, "original": original}, found.rights)

    def identifier(self, entry: Entry, description: Description) -> str:
        metadata = description.metadata
        for key, prefix in (("identifier", ""), ("isbn", "urn:isbn:")):
            values = metadata.get(key)
            if isinstance(values, list) and values:
                return f"{prefix}{values[0]}"
        if entry.key:
            return entry.key
        said = json.dumps(metadata["original"], sort_keys=True, ensure_ascii=False)
        return f"row-{hashlib.sha256(said.encode()).hexdigest()[:16]}"

    def document(self, identifier: str, entry: Entry, description: Description) -> RawDocument:
        """Of two entries with one identifier both are kept: the second gets a number."""
        remarks = [*entry.remarks, *_mended(entry)]
        self.seen[identifier] += 1
        if (again := self.seen[identifier]) > 1:
            remarks.append(f"the list has '{identifier}' more than once: line {entry.line} too")
            identifier = f"{identifier} ({again})"
        file: Path | None = None
        if self.options.files:
            file, missing = find_file(entry.files, self.path.parent)
            remarks += missing
        metadata = dict(description.metadata)
        if file is None and self.dry:
            file = record_file(self.folder, identifier)
        elif file is None:
            file = write_record(self.folder, identifier, metadata, tuple(remarks))
        if remarks:
            metadata["remarks"] = remarks
        return RawDocument(self.source, identifier, file, metadata)


def _original(metadata: Mapping[str, object]) -> Mapping[str, object]:
    original = metadata.get("original")
    return original if isinstance(original, Mapping) else {}


def _name(value: str) -> str:
    text = clean_text(value)
    return (organisation_name(text) or text) if is_organisation(text) else text


def _mended(entry: Entry) -> list[str]:
    names = [*entry.creators, *entry.contributors, *entry.supervisors]
    texts = [*(field.value for field in entry.fields), *names]
    if any(repair_mojibake(text) != text for text in texts):
        return ["its characters were encoded twice, and were turned back"]
    return []
