"""Bytes to pages: one module a format, chosen by what a file is and not by what it is called."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from amic_kg.errors import EmptyInput, NoText
from amic_kg.extract.bibliography import is_junk_title
from amic_kg.records import ParsedDocument
from amic_kg_ingest.formats.sniffing import detect_format


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """What a reader may spend: OCR allowed, and of how many pages of one document.

    `ocr_cache` is a folder where read pages are kept, so that an interrupted reading goes on.
    """

    ocr: bool = True
    ocr_pages: int = 50
    ocr_cache: Path | None = None


def read_document(path: Path, name: str, limits: ReadingLimits) -> ParsedDocument:
    """The pages of the file at `path`; `name` is what the user calls it.

    Raises the subclasses of InputError that say why a document cannot be read. The readers are
    imported at need: a run over HTML files loads no PDF engine.
    """
    if path.stat().st_size == 0:
        raise EmptyInput(name, "the file is empty (0 bytes)", "Get the file again from its source")
    match detect_format(path, name):
        case "pdf":
            from amic_kg_ingest.formats.pdf import read_pdf

            parsed = read_pdf(path, name, limits.ocr_pages if limits.ocr else 0, limits.ocr_cache)
        case "docx":
            from amic_kg_ingest.formats.docx import read_docx

            parsed = read_docx(path, name)
        case "pptx":
            from amic_kg_ingest.formats.pptx import read_pptx

            parsed = read_pptx(path, name)
        case "xlsx":
            from amic_kg_ingest.formats.xlsx import read_xlsx

            parsed = read_xlsx(path, name)
        case "odt" | "odp" | "ods" as kind:
            from amic_kg_ingest.formats.odf import read_odf

            parsed = read_odf(path, name, kind)
        case "epub":
            from amic_kg_ingest.formats.epub import read_epub

            parsed = read_epub(path, name)
        case "html":
            from amic_kg_ingest.formats.html import read_html

            parsed = read_html(path, name)
        case "record":
            from amic_kg_ingest.formats.record import read_record

            parsed = read_record(path, name)
        case "text":
            from amic_kg_ingest.formats.text import read_text

            parsed = read_text(path, name)
    title = str(parsed.metadata.get("title") or "")
    if not any(page.text for page in parsed.pages) and (not title or is_junk_title(title)):
        raise NoText(
            name,
            f"its {len(parsed.pages)} page(s) hold no text that could be read",
            _no_text_remedy(limits),
        )
    return parsed


def reading_version(limits: ReadingLimits) -> str:
    """Other when the same bytes would be read otherwise here: OCR, its limit, helping programs.

    Part of a pipeline's version, it lets a later run read again what could not be read in full.
    A new release of a helping program is no reason to read ten thousand documents again.
    """
    from amic_kg_ingest.formats.ocr import ocr_available
    from amic_kg_ingest.formats.poppler import poppler_available

    ocr = limits.ocr_pages if limits.ocr and ocr_available() else "off"
    return hashlib.sha256(f"{ocr}-{poppler_available()}".encode()).hexdigest()[:8]


def _no_text_remedy(limits: ReadingLimits) -> str:
    from amic_kg_ingest.formats.ocr import ocr_available

    if not limits.ocr:
        return "If it is scanned, let it be read by OCR (AMIC_OCR=auto)"
    if not ocr_available():
        return "If it is scanned, install tesseract with fin, swe and eng ('amic-kg doctor')"
    return "Nothing to search in it; leave it out, or give it a text layer"
