"""PDF: text by PDFium, tesseract for scanned pages; what PDFium refuses goes to the repair."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from amic_kg.records import Page, ParsedDocument
from amic_kg_ingest.formats.layout import join_hyphens, mark_paragraphs, strip_running_lines
from amic_kg_ingest.formats.ocr import OcrFailed, ocr_available, ocr_image
from amic_kg_ingest.formats.pdf_repair import password_needed, repair_pdf, text_page
from amic_kg_ingest.formats.text import clean_text

_FEW_LETTERS = 8
"""A page with fewer letters, and an image on it, is taken for a scan."""

_OCR_SCALE = 300 / 72
_LARGEST_BITMAP = 40_000_000
"""Pixels; a poster is rendered smaller rather than in gigabytes."""


def read_pdf(path: Path, name: str, ocr_pages: int) -> ParsedDocument:
    """Pages with their printed labels; at most `ocr_pages` pages without text are read by OCR.

    The Author field of a PDF is left out: it is usually the account name of whoever saved it.
    """
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise password_needed(name) from None
        return repair_pdf(path, name, str(error))
    try:
        texts: list[str | None] = []
        for index in range(len(document)):
            try:
                texts.append(_page_text(document, index))
            except pdfium.PdfiumError:
                texts.append(None)
        if not texts or all(text is None for text in texts):
            return repair_pdf(path, name, "no page can be loaded")
        notes = [
            f"page {number} is broken and was left out"
            for number, text in enumerate(texts, 1)
            if text is None
        ]
        labels = [_label(document, index) for index in range(len(texts))]
        scans, more = _read_scans(document, texts, ocr_pages)
        lines = strip_running_lines([(text or "").split("\n") for text in texts])
        pages = tuple(
            Page(number, clean_text(scans[number]), label, "ocr")
            if number in scans
            else text_page(number, mark_paragraphs(lines[number - 1]), label)
            for number, label in enumerate(labels, 1)
        )
        metadata = {
            key: value
            for key, field in (("title", "Title"), ("abstract", "Subject"), ("subject", "Keywords"))
            if (value := document.get_metadata_value(field).strip())
        }
    finally:
        document.close()
    return ParsedDocument("application/pdf", pages, _split_keywords(metadata), (*notes, *more))


def _page_text(document: pdfium.PdfDocument, index: int) -> str:
    page = document[index]
    try:
        textpage = page.get_textpage()
        try:
            return join_hyphens(textpage.get_text_range(errors="ignore").replace("\r\n", "\n"))
        finally:
            textpage.close()
    finally:
        page.close()


def _label(document: pdfium.PdfDocument, index: int) -> str | None:
    label = str(document.get_page_label(index))
    return label if label and label != str(index + 1) else None


def _read_scans(
    document: pdfium.PdfDocument, texts: list[str | None], most: int
) -> tuple[dict[int, str], list[str]]:
    """Texts by OCR for pages that are images, by page number, and what could not be read."""
    scanned = [
        number
        for number, text in enumerate(texts, 1)
        if text is not None
        and sum(map(str.isalpha, text)) < _FEW_LETTERS
        and _has_image(document, number - 1)
    ]
    if not scanned:
        return {}, []
    if not most or not ocr_available():
        return {}, [f"{len(scanned)} page(s) are images without text and were not read by OCR"]
    found: dict[int, str] = {}
    notes = []
    for number in scanned[:most]:
        page = document[number - 1]
        width, height = page.get_size()
        pixels = max(width * height, 1.0)
        scale = min(_OCR_SCALE, (_LARGEST_BITMAP / pixels) ** 0.5)
        try:
            image = page.render(scale=scale, grayscale=True).to_pil()
            found[number] = ocr_image(image)
        except (OcrFailed, pdfium.PdfiumError, ValueError) as error:
            notes.append(f"page {number} could not be read by OCR ({error})")
        finally:
            page.close()
    if len(scanned) > most:
        notes.append(f"OCR stopped after {most} of {len(scanned)} pages (AMIC_OCR_PAGES)")
    return found, notes


def _has_image(document: pdfium.PdfDocument, index: int) -> bool:
    page = document[index]
    try:
        return any(True for _ in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=4))
    finally:
        page.close()


def _split_keywords(metadata: dict[str, str]) -> dict[str, object]:
    values: dict[str, object] = dict(metadata)
    if "subject" in metadata:
        values["subject"] = [k.strip() for k in re.split(r"[,;]", metadata["subject"]) if k.strip()]
    if len(metadata.get("abstract", "")) < 80:
        # A Subject field of a few words is a topic, not an abstract.
        values.pop("abstract", None)
    return values
