"""PDF: text by PDFium, tesseract for scanned pages; what PDFium refuses goes to the repair."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from amic_kg.records import Page, ParsedDocument
from amic_kg_ingest.formats.layout import (
    join_hyphens,
    join_pages,
    mark_paragraphs,
    strip_running_lines,
)
from amic_kg_ingest.formats.ocr import OcrCache, OcrFailed, ocr_available, ocr_image
from amic_kg_ingest.formats.pdf_repair import password_needed, repair_pdf, text_page
from amic_kg_ingest.formats.poppler import poppler_texts
from amic_kg_ingest.formats.reading_order import Box, is_scrambled
from amic_kg_ingest.formats.text import clean_text

_FEW_LETTERS = 8
"""A page with fewer letters, and an image on it, is taken for a scan."""

_OCR_SCALE = 300 / 72
_LARGEST_BITMAP = 40_000_000
"""Pixels; a poster is rendered smaller rather than in gigabytes."""


_MOST_BOXES = 3000
"""Of the pieces of a page: enough to see the order of their lines."""

_SAME_LETTERS = 0.1
"""Two readings of a page whose numbers of letters differ by a larger share say different things."""


def read_pdf(
    path: Path, name: str, ocr_pages: int, ocr_cache: Path | None = None
) -> ParsedDocument:
    """Pages with their printed labels; at most `ocr_pages` pages without text are read by OCR.

    What OCR has read is kept in `ocr_cache`, page by page.

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
        scrambled = []
        for index in range(len(document)):
            try:
                text, in_order = _page_text(document, index)
            except pdfium.PdfiumError:
                texts.append(None)
                continue
            texts.append(text)
            if not in_order:
                scrambled.append(index + 1)
        if not texts or all(text is None for text in texts):
            return repair_pdf(path, name, "no page can be loaded")
        notes = [
            f"page {number} is broken and was left out"
            for number, text in enumerate(texts, 1)
            if text is None
        ]
        notes += _reorder(path, texts, scrambled)
        labels = [_label(document, index) for index in range(len(texts))]
        scans, more = _read_scans(document, texts, ocr_pages, path, ocr_cache)
        lines = join_pages(strip_running_lines([(text or "").split("\n") for text in texts]))
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


def _page_text(document: pdfium.PdfDocument, index: int) -> tuple[str, bool]:
    """The text, and whether it comes in an order that can be read."""
    page = document[index]
    try:
        textpage = page.get_textpage()
        try:
            text = textpage.get_text_range(errors="ignore").replace("\r\n", "\n")
            return join_hyphens(text), not is_scrambled(_boxes(textpage), page.get_width())
        finally:
            textpage.close()
    finally:
        page.close()


def _boxes(textpage: pdfium.PdfTextPage) -> list[Box]:
    try:
        count = min(textpage.count_rects(), _MOST_BOXES)
        return [textpage.get_rect(number) for number in range(count)]
    except pdfium.PdfiumError:
        return []


def _reorder(path: Path, texts: list[str | None], scrambled: list[int]) -> list[str]:
    """Put a second reading in place of scrambled pages; says which stay as they are."""
    if not scrambled:
        return []
    sorted_texts = poppler_texts(path, scrambled[0], scrambled[-1])
    left = []
    for number in scrambled:
        at = number - scrambled[0]
        before = sum(map(str.isalpha, texts[number - 1] or ""))
        after = sum(map(str.isalpha, sorted_texts[at])) if at < len(sorted_texts) else 0
        if abs(after - before) <= _SAME_LETTERS * before:
            texts[number - 1] = sorted_texts[at]
        else:
            left.append(number)
    if not left:
        return []
    return [
        f"the lines of page(s) {page_ranges(left)} stand in the file out of order "
        "(pdftotext of poppler-utils may sort them)"
    ]


def page_ranges(numbers: list[int]) -> str:
    """`[2, 4, 5, 6]` as "2, 4–6"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _label(document: pdfium.PdfDocument, index: int) -> str | None:
    label = str(document.get_page_label(index))
    return label if label and label != str(index + 1) else None


def _read_scans(
    document: pdfium.PdfDocument,
    texts: list[str | None],
    most: int,
    path: Path,
    cache: Path | None,
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
        cause = "are images without text and were not read by OCR"
        return {}, [f"{len(scanned)} page(s) {cause}: {page_ranges(scanned)}"]
    found: dict[int, str] = {}
    notes = []
    kept = OcrCache(cache, path)
    for number in scanned[:most]:
        text = kept.text(number)
        try:
            if text is None:
                text = _read_scan(document, number - 1)
                kept.keep(number, text)
            found[number] = text
        except (OcrFailed, pdfium.PdfiumError, ValueError) as error:
            notes.append(f"page {number} could not be read by OCR ({error})")
    if len(scanned) > most:
        notes.append(
            f"OCR stopped after {most} of {len(scanned)} pages (AMIC_OCR_PAGES); "
            f"not read: {page_ranges(scanned[most:])}"
        )
    return found, notes


def _read_scan(document: pdfium.PdfDocument, index: int) -> str:
    page = document[index]
    try:
        width, height = page.get_size()
        scale = min(_OCR_SCALE, (_LARGEST_BITMAP / max(width * height, 1.0)) ** 0.5)
        return ocr_image(page.render(scale=scale, grayscale=True).to_pil())
    finally:
        page.close()


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
