"""What the reference says of each format that is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from amic_kg.records import RECORD_MEDIA_TYPE


@dataclass(frozen=True, slots=True)
class FormatFacts:
    """What a reader of documents wants to know of a format that is read."""

    name: str
    media_type: str
    page: str
    metadata: str


FORMATS: Mapping[str, FormatFacts] = {
    "pdf": FormatFacts(
        "PDF",
        "application/pdf",
        "a page; the label printed on it is kept when it differs; a scanned page is read by OCR",
        "Title, Subject, Keywords; never Author",
    ),
    "docx": FormatFacts(
        "Word (DOCX)",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "what lies between page breaks, set by hand or noted by Word at its last layout",
        "title, language, keywords, comments",
    ),
    "pptx": FormatFacts(
        "PowerPoint (PPTX)",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "a slide: title, text, tables, groups, diagrams, then the notes",
        "title, language, keywords, comments",
    ),
    "xlsx": FormatFacts(
        "Excel (XLSX)",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "a visible sheet: its name, then each row as a line of values; 100,000 cells at most",
        "title, language, keywords, description",
    ),
    "odt": FormatFacts(
        "OpenDocument text (ODT)",
        "application/vnd.oasis.opendocument.text",
        "what lies between page breaks, set by hand or noted at the last layout",
        "title, language, keywords, description",
    ),
    "odp": FormatFacts(
        "OpenDocument presentation (ODP)",
        "application/vnd.oasis.opendocument.presentation",
        "a slide, its notes last",
        "title, language, keywords, description",
    ),
    "ods": FormatFacts(
        "OpenDocument spreadsheet (ODS)",
        "application/vnd.oasis.opendocument.spreadsheet",
        "a sheet: its name, then each row as a line; 100,000 cells at most",
        "title, language, keywords, description",
    ),
    "epub": FormatFacts(
        "EPUB",
        "application/epub+zip",
        "a chapter of the spine, in its order",
        "`dc:*`: title, creators by their role, identifier, language, publisher, date, rights, "
        "subject, description",
    ),
    "html": FormatFacts(
        "HTML",
        "text/html",
        "the whole file, as one page; menus and footers are left out",
        "`citation_*`, `DC.*`, `dcterms.*` and Open Graph tags, heading, `lang`",
    ),
    "text": FormatFacts(
        "Plain text",
        "text/plain",
        "what lies between form feeds",
        "none",
    ),
    "record": FormatFacts(
        "Record of a catalogue",
        RECORD_MEDIA_TYPE,
        "title, abstract and keywords, as one page; sources write it where no text is to be had",
        "all that the record says",
    ),
}
"""By the name of the format in `amic_kg_ingest.formats.sniffing`; held by tests/docs."""
