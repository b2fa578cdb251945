"""Word documents: paragraphs and tables in reading order, pages by the breaks that Word left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
from docx.document import Document
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph

from amic_kg.records import Page, ParsedDocument
from amic_kg_ingest.formats.packages import PACKAGE_FAULTS, core_metadata, damaged, refuse_bomb
from amic_kg_ingest.formats.text import clean_text

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_PAGE = "\f"


def read_docx(path: Path, name: str) -> ParsedDocument:
    """Pages follow explicit breaks and those that Word noted when it last laid the text out."""
    try:
        refuse_bomb(path, name)
        document = docx.Document(str(path))
        text = "\n\n".join(_blocks(document))
        properties = document.core_properties
        metadata = core_metadata(properties, properties.comments)
    except (OpcError, PythonDocxError, *PACKAGE_FAULTS) as error:
        raise damaged(name, "Word document", "Word", error) from None
    pages = tuple(
        Page(number, clean_text(part)) for number, part in enumerate(text.split(_PAGE), start=1)
    )
    return ParsedDocument(MEDIA_TYPE, pages, metadata)


def _blocks(document: Document) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield _paragraph(block)
        else:
            yield from _table(block)


def _paragraph(paragraph: Paragraph) -> str:
    pieces: list[str] = []
    for item in paragraph.iter_inner_content():
        runs = item.runs if isinstance(item, Hyperlink) else [item]
        pieces.extend(_run_text(run._element.xpath("./*")) for run in runs)
    before = _PAGE if paragraph.paragraph_format.page_break_before else ""
    return before + "".join(pieces)


def _run_text(elements: list[object]) -> str:
    text = ""
    for element in elements:
        tag = str(getattr(element, "tag", "")).rsplit("}", 1)[-1]
        if tag == "t":
            text += getattr(element, "text", None) or ""
        elif tag == "tab":
            text += " "
        elif tag == "lastRenderedPageBreak":
            text += _PAGE
        elif tag in ("br", "cr"):
            attributes = getattr(element, "attrib", {})
            kind = next((v for k, v in attributes.items() if str(k).endswith("}type")), "")
            text += _PAGE if kind == "page" else "\n"
        elif tag in ("noBreakHyphen", "softHyphen"):
            text += "-" if tag == "noBreakHyphen" else ""
    return text


def _table(table: Table) -> Iterator[str]:
    rows = []
    for row in table.rows:
        cells: dict[object, str] = {}
        for cell in row.cells:
            # A merged cell comes once for every column it spans.
            cells.setdefault(cell._tc, " ".join(_paragraph(p) for p in cell.paragraphs).strip())
        rows.append(" | ".join(text for text in cells.values() if text))
    yield "\n".join(row for row in rows if row)
