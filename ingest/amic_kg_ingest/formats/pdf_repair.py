"""Broken PDFs that PDFium refuses: pypdf can still read some of them, pdftotext a few more."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from amic_kg.errors import DamagedDocument, EncryptedDocument
from amic_kg.records import Page, ParsedDocument
from amic_kg_ingest.formats.layout import join_hyphens, mark_paragraphs
from amic_kg_ingest.formats.poppler import poppler_texts
from amic_kg_ingest.formats.text import clean_text

# On a broken file pypdf's own errors are the least of what comes out of it.
_PYPDF_FAULTS = (
    PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError,
    RecursionError, AssertionError, NotImplementedError, ArithmeticError,
)  # fmt: skip

# What pypdf has to say of a broken file is in the note of the document, not on the terminal.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def repair_pdf(path: Path, name: str, why: str) -> ParsedDocument:
    """Read what PDFium would not, `why` in its words; raises DamagedDocument when nobody can."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = PdfReader(path)
            if reader.is_encrypted and not reader.decrypt(""):
                raise password_needed(name)
            pages = tuple(_pypdf_pages(reader))
            title = reader.metadata.title if reader.metadata else None
    except (FileNotDecryptedError, DependencyError):
        raise password_needed(name) from None
    except _PYPDF_FAULTS as error:
        pages, title = tuple(_poppler_pages(path)), None
        if not any(page.text for page in pages):
            raise DamagedDocument(
                name,
                f"is a PDF that cannot be read ({why}; {type(error).__name__}: {error})"[:300],
                "Get the file again from its source, or print it to PDF anew",
            ) from None
        return _repaired(pages, None, why, "pdftotext")
    if not pages:
        raise DamagedDocument(name, f"is a PDF without pages ({why})", "Get the file again")
    return _repaired(pages, title, why, "pypdf")


def text_page(number: int, text: str, label: str | None = None) -> Page:
    """A page of extracted text, or one that says it holds none."""
    cleaned = clean_text(text)
    return Page(number, cleaned, label, "text" if cleaned else "none")


def password_needed(name: str) -> EncryptedDocument:
    return EncryptedDocument(
        name, "is protected by a password", "Save it without one and ingest it again"
    )


def _repaired(pages: tuple[Page, ...], title: str | None, why: str, reader: str) -> ParsedDocument:
    note = f"repaired: PDFium refused it ({why}), {reader} read it"
    return ParsedDocument("application/pdf", pages, {"title": title}, (note,))


def _pypdf_pages(reader: PdfReader) -> Iterator[Page]:
    for number, page in enumerate(reader.pages, 1):
        text = join_hyphens(page.extract_text() or "")
        yield text_page(number, mark_paragraphs(text.split("\n")))


def _poppler_pages(path: Path) -> Iterator[Page]:
    for number, text in enumerate(poppler_texts(path), 1):
        yield text_page(number, mark_paragraphs(text.split("\n")))
