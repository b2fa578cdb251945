"""A record to a document: the full text it names where its rights allow, else a record file."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

from amic_kg.errors import (
    DamagedDocument,
    EmptyInput,
    InputError,
    LimitExceeded,
    ServiceUnavailable,
    UnreachableSource,
    UnreadableInput,
    UnsupportedFormat,
)
from amic_kg.iris import slug
from amic_kg.ports import FeedMemory
from amic_kg.records import RawDocument, Unreadable
from amic_kg_ingest.fetch import Fetcher
from amic_kg_ingest.formats.record import SUFFIX, record_bytes
from amic_kg_ingest.metadata.dublin_core import Description
from amic_kg_ingest.sources.oai_pmh.record_formats import Content

_PDF = "application/pdf"
_PAGES = ("text/html", "application/xhtml+xml")
_PAGE_BYTES = 4_000_000
_LONGEST_STEM = 80


@dataclass(frozen=True, slots=True)
class RecordDocuments:
    """Makes the documents of one source; what is written lies in `folder`.

    Without a `fetcher` no text is fetched, and in a `dry` run nothing is written either.
    """

    source: str
    folder: Path
    memory: FeedMemory
    fetcher: Fetcher | None = None
    dry: bool = False

    def document(
        self, identifier: str, content: Content, description: Description, remarks: tuple[str, ...]
    ) -> RawDocument | Unreadable:
        """Unreadable when the text cannot be had just now: the next run tries again."""
        metadata = dict(description.metadata)
        said = list(remarks)
        if self.fetcher is not None and not self.dry and description.rights.closed is None:
            try:
                path = self._text(self.fetcher, content)
            except UnreachableSource as error:
                return Unreadable(self.source, identifier, error)
            except _Reserved as error:
                metadata["accessRights"] = "restricted"
                said.append(str(error))
            except (
                UnreadableInput, UnsupportedFormat, DamagedDocument, EmptyInput, LimitExceeded,
            ) as error:  # fmt: skip
                said.append(f"the full text is not in: {error}")
            else:
                if path is not None:
                    return self._raw(identifier, path, metadata, said)
        path = self._record_file(identifier)
        if not self.dry:
            _write(path, record_bytes(metadata, tuple(said)))
        return self._raw(identifier, path, metadata, said)

    def _raw(
        self, identifier: str, path: Path, metadata: dict[str, object], remarks: list[str]
    ) -> RawDocument:
        if remarks:
            metadata["remarks"] = remarks
        return RawDocument(self.source, identifier, path, metadata)

    def _record_file(self, identifier: str) -> Path:
        # Two identifiers may differ in nothing that a slug keeps.
        digest = hashlib.sha256(identifier.encode()).hexdigest()[:8]
        return self.folder / "records" / f"{slug(identifier)[:_LONGEST_STEM]}-{digest}{SUFFIX}"

    def _text(self, fetcher: Fetcher, content: Content) -> Path | None:
        """The file that the record or, where it names none, its page gives as the PDF."""
        files = [x for x in content.files if x.media_type == _PDF or not x.media_type]
        url = files[0].url if files else ""
        if not url and not content.files and content.page:
            url = _pdf_of_page(fetcher, content.page)
        if not url:
            return None
        return fetcher.fetch(
            url,
            self.folder / "texts",
            memory=self.memory,
            accept=(_PDF,),
            on_headers=_check_reservation,
        ).path


class _Reserved(InputError):
    """The server reserves text and data mining by TDMRep.

    https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/
    """


def _check_reservation(url: str, headers: Mapping[str, str]) -> None:
    if headers.get("tdm-reservation", "").strip() == "1":
        raise _Reserved(
            url, "the server reserves text and data mining", "Ask the rights holder, or leave it"
        )


def _pdf_of_page(fetcher: Fetcher, page: str) -> str:
    """What the page of the work names as `citation_pdf_url`, else nothing."""
    answer = fetcher.get(page, accept=_PAGES, most_bytes=_PAGE_BYTES)
    finder = _CitationPdf()
    finder.feed(answer.body.decode("utf-8", "replace"))
    return urljoin(answer.url, finder.found) if finder.found else ""


class _CitationPdf(HTMLParser):
    """The Highwire Press tag that Google Scholar asks repositories for."""

    found = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "meta" and (values.get("name") or "").lower() == "citation_pdf_url":
            self.found = self.found or (values.get("content") or "").strip()


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all; a file that says the same already keeps its time."""
    try:
        if path.is_file() and path.read_bytes() == data:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".part-", delete=False) as part:
            part.write(data)
        Path(part.name).replace(path)
    except OSError as error:
        raise ServiceUnavailable(
            f"Records cannot be written to {path.parent} ({error.strerror})",
            "Make room, or make it writable for this user",
        ) from error
