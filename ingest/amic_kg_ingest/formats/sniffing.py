"""What a file is, by its first bytes; its name only settles what the bytes leave open."""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Literal

from amic_kg.errors import DamagedDocument, EncryptedDocument, UnsupportedFormat

Format = Literal[
    "pdf", "docx", "pptx", "xlsx", "odt", "odp", "ods", "epub", "html", "text", "record"
]  # fmt: skip

SUFFIXES: dict[str, Format] = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".pptx": "pptx",
    ".xlsx": "xlsx",
    ".odt": "odt",
    ".odp": "odp",
    ".ods": "ods",
    ".epub": "epub",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".text": "text",
    ".md": "text",
}

SUPPORTED = (
    "PDF, DOCX, PPTX, XLSX, OpenDocument (ODT, ODP, ODS), EPUB, HTML and plain text are read"
)
_LETTERED = frozenset(("html", "text"))
"""Formats without first bytes of their own: these the ending may tell."""
_HEAD = 4096
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OOXML = "EncryptedPackage".encode("utf-16-le")
_OLE_KINDS = (
    ("WordDocument", "an old Word document (DOC)", "DOCX"),
    ("PowerPoint Document", "an old PowerPoint presentation (PPT)", "PPTX"),
    ("Workbook", "an old Excel workbook (XLS)", "XLSX"),
    ("Book", "an old Excel workbook (XLS)", "XLSX"),
    ("__substg1.0_", "an Outlook message (MSG)", "PDF"),
)
"""Streams in the directory of an OLE compound file, by which its program is known."""
_OOXML: dict[str, Format] = {
    "word/document.xml": "docx",
    "ppt/presentation.xml": "pptx",
    "xl/workbook.xml": "xlsx",
}
_MIME_KINDS: dict[str, Format] = {
    "application/epub+zip": "epub",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.text-template": "odt",
    "application/vnd.oasis.opendocument.text-master": "odt",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/vnd.oasis.opendocument.presentation-template": "odp",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.spreadsheet-template": "ods",
}
"""By the member `mimetype`, which OpenDocument and EPUB put first in the package."""
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
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
ZIP_FAULTS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, LookupError,
    RuntimeError, struct.error,
)  # fmt: skip
"""What zipfile throws at a broken archive, an unknown method or an encrypted member."""
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def detect_format(path: Path, name: str) -> Format:
    """Raises UnsupportedFormat, DamagedDocument or EncryptedDocument, naming what it looks like."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    suffix = Path(name).suffix.lower()
    if head.startswith(b'{"amic_record"'):
        return "record"
    # The header may stand anywhere in the first 1,024 bytes (ISO 32000-2, annex H implementation
    # note: readers accept leading bytes).
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_ZIP):
        kind = package_kind(path, name)
        if kind is None:
            raise UnsupportedFormat(name, "is a ZIP archive", "Unpack it and ingest the folder")
        return kind
    if head.startswith(_OLE):
        raise _ole_error(path, name)
    looks_like = next((what for magic, what in _OTHER if head.startswith(magic)), None)
    if looks_like is None and not head.startswith(_BOMS) and b"\x00" in head:
        looks_like = "binary data of an unknown kind"
    if suffix in SUFFIXES and SUFFIXES[suffix] not in _LETTERED:
        what = looks_like or ("HTML text" if _HTML.search(head) else "plain text")
        if head.count(b"\x00") == len(head):
            what = "nothing but zero bytes"
        raise DamagedDocument(
            name,
            f"is called {suffix} but is not one: it looks like {what}",
            "Get the file again from its source, or give it the right name",
        )
    if looks_like is not None:
        raise UnsupportedFormat(name, f"is {looks_like}", SUPPORTED)
    if _HTML.search(head) or SUFFIXES.get(suffix) == "html":
        return "html"
    if SUFFIXES.get(suffix) == "text":
        return "text"
    raise UnsupportedFormat(name, f"has the unknown ending '{suffix}'", SUPPORTED)


def package_kind(path: Path, name: str) -> Format | None:
    """What a ZIP file is a package of; None for an archive of files.

    Raises DamagedDocument, and UnsupportedFormat for packages of other kinds.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.namelist()
            mime = _mime_type(archive) if "mimetype" in members else ""
    except ZIP_FAULTS as error:
        raise DamagedDocument(
            name, f"its ZIP structure is broken ({error})", "Get the file again from its source"
        ) from None
    if mime in _MIME_KINDS:
        return _MIME_KINDS[mime]
    if mime:
        raise UnsupportedFormat(name, f"is a package of the kind {mime}", SUPPORTED)
    for main, kind in _OOXML.items():
        if main in members:
            return kind
    if "[Content_Types].xml" in members:
        for main, kind in _OOXML.items():
            # Some programs number the main part: word/document2.xml.
            stem = main.removesuffix(".xml")
            if any(each.startswith(stem) and each.endswith(".xml") for each in members):
                return kind
        raise UnsupportedFormat(name, "is an Office file of a kind that is not read", SUPPORTED)
    return None


def is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in _ZIP


def _mime_type(archive: zipfile.ZipFile) -> str:
    with archive.open("mimetype") as member:
        mime = member.read(200).decode("ascii", "replace").strip()
    return mime if re.fullmatch(r"[\w.+-]+/[\w.+-]+", mime) else ""


def _ole_error(path: Path, name: str) -> EncryptedDocument | UnsupportedFormat:
    """An encrypted OOXML file is an OLE file around the cipher text (MS-OFFCRYPTO, 2.3.4.1)."""
    data = path.read_bytes()
    if _ENCRYPTED_OOXML in data:
        return EncryptedDocument(
            name, "is protected by a password", "Save it without one and ingest it again"
        )
    for stream, what, better in _OLE_KINDS:
        if stream.encode("utf-16-le") in data:
            return UnsupportedFormat(name, f"is {what}", f"Save it as {better} or PDF")
    return UnsupportedFormat(
        name, "is an old binary Office file", "Save it in its program's present format, or as PDF"
    )
