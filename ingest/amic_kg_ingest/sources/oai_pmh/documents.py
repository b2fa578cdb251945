"""A record to a document: the full text it names where its rights allow, else a record file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from amic_kg.errors import (
    DamagedDocument,
    EmptyInput,
    LimitExceeded,
    UnreachableSource,
    UnreadableInput,
    UnsupportedFormat,
)
from amic_kg.records import RawDocument
from amic_kg_ingest.metadata.dublin_core import Description
from amic_kg_ingest.sources.oai_pmh.record_formats import Content
from amic_kg_ingest.sources.oai_pmh.texts import FullTexts, ReservedText
from amic_kg_ingest.sources.record_files import record_file, write_record


@dataclass(frozen=True, slots=True)
class Made:
    """A document; `unfinished` when its text could not be had just now, and may be later."""

    document: RawDocument
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class RecordDocuments:
    """Makes the documents of one source; record files lie in `folder`.

    Without `texts` none is fetched; in a `dry` run nothing is fetched or written at all.
    """

    source: str
    folder: Path
    texts: FullTexts | None = None
    dry: bool = False

    def document(
        self, identifier: str, content: Content, description: Description, remarks: tuple[str, ...]
    ) -> Made:
        metadata = dict(description.metadata)
        said = list(remarks)
        path: Path | None = None
        unfinished = False
        if self.texts is not None and not self.dry:
            if description.rights.closed is None:
                try:
                    path = self.texts.file_of(content)
                except (
                    UnreadableInput, UnsupportedFormat, DamagedDocument, EmptyInput, LimitExceeded,
                ) as error:  # fmt: skip
                    said.append(f"the full text is not in: {error}")
                    unfinished = isinstance(error, UnreachableSource)
                    if isinstance(error, ReservedText):
                        metadata["accessRights"] = "restricted"
            if path is None and not unfinished:
                self.texts.forget(content)
        if path is None:
            path = (
                record_file(self.folder, identifier)
                if self.dry
                else write_record(self.folder, identifier, metadata, tuple(said))
            )
        if said:
            metadata["remarks"] = said
        return Made(RawDocument(self.source, identifier, path, metadata), unfinished)
