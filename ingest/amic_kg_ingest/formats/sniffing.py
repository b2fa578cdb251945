"""What a file is, by its first bytes; its name only settles what the bytes leave open."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Literal

from amic_kg.errors import DamagedDocument, EncryptedDocument, UnsupportedFormat

Format = Literal["pdf", "docx", "html", "text", "record"]

SUFFIXES: dict[str, Format] = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".text": "text",
    ".md": "text",
}

_SUPPORTED = "PDF, DOCX, HTML and plain text are read"
_HEAD = 4096
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"%!PS", "a PostScript file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"{\\rtf", "an RTF document"),
)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def detect_format(path: Path, name: str) -> Format:
    """Raises UnsupportedFormat, DamagedDocument or EncryptedDocument, naming what it looks like."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    suffix = Path(name).suffix.lower()
    # The header may stand anywhere in the first 1,024 bytes (ISO 32000-2, annex H implementation
    # note: readers accept leading bytes).
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b'{"amic_record"'):
        return "record"
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(path, name)
    if head.startswith(_OLE):
        if suffix == ".docx":
            # An encrypted OOXML file is an OLE container around the cipher text.
            raise EncryptedDocument(
                name, "is protected by a password", "Save it without one and ingest it again"
            )
        raise UnsupportedFormat(
            name, "is an old binary Office file", "Save it as DOCX or PDF; " + _SUPPORTED
        )
    looks_like = next((what for magic, what in _OTHER if head.startswith(magic)), None)
    if looks_like is None and not head.startswith(_BOMS) and b"\x00" in head:
        looks_like = "binary data of an unknown kind"
    if suffix in (".pdf", ".docx"):
        what = looks_like or ("HTML text" if _HTML.search(head) else "plain text")
        if head.count(b"\x00") == len(head):
            what = "nothing but zero bytes"
        raise DamagedDocument(
            name,
            f"is called {suffix} but is not one: it looks like {what}",
            "Get the file again from its source, or give it the right name",
        )
    if looks_like is not None:
        raise UnsupportedFormat(name, f"is {looks_like}", _SUPPORTED)
    if _HTML.search(head) or SUFFIXES.get(suffix) == "html":
        return "html"
    if SUFFIXES.get(suffix) == "text":
        return "text"
    raise UnsupportedFormat(name, f"has the unknown ending '{suffix}'", _SUPPORTED)


def _zip_kind(path: Path, name: str) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            members = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise DamagedDocument(
            name, f"its ZIP structure is broken ({error})", "Get the file again from its source"
        ) from None
    if "word/document.xml" in members:
        return "docx"
    if "[Content_Types].xml" in members:
        raise UnsupportedFormat(name, "is an Office file other than DOCX", _SUPPORTED)
    raise UnsupportedFormat(name, "is a ZIP archive", "Unpack it and ingest the folder")
