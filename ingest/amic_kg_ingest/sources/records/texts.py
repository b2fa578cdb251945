"""The text of a list: its encoding found, its lines read one by one, what kind of list it is."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from amic_kg.errors import EmptyInput, UnreadableInput, UnsupportedFormat

_HEAD = 65536
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_OTHERS = {
    b"%PDF-": "a PDF", b"PK\x03\x04": "a ZIP archive or an Office document",
    b"\xd0\xcf\x11\xe0": "an old Office document", b"\x89PNG": "a picture",
    b"\xff\xd8": "a picture", b"<!DOCTYPE": "a web page", b"<html": "a web page",
    b"<?xml": "XML", b"\x1f\x8b": "compressed",
}  # fmt: skip
_KINDS = "Give a list as CSV, BibTeX, RIS or CSL-JSON; Excel saves CSV by 'Save as'"
_FALLBACK = "amic-windows-1252"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8, as Windows-1252; what stands for nothing there, as Latin-1 has it.

    Lists are put together from several programs: one line may be in the one, the next in the other.
    """
    if not isinstance(error, UnicodeDecodeError):
        raise error
    data = error.object[error.start : error.end]
    try:
        return data.decode("cp1252"), error.end
    except UnicodeDecodeError:
        return data.decode("latin-1"), error.end


codecs.register_error(_FALLBACK, _as_windows)


@dataclass(frozen=True, slots=True)
class ListText:
    """A file of text; `head` is its beginning."""

    path: Path
    encoding: str
    head: str

    @classmethod
    def of(cls, path: Path) -> ListText:
        """Raises UnreadableInput, EmptyInput or UnsupportedFormat for what is no file of text."""
        try:
            if path.is_dir():
                raise UnreadableInput(str(path), "is a folder, not a list", "Name the file in it")
            with path.open("rb") as file:
                start = file.read(_HEAD)
        except OSError as error:
            raise UnreadableInput(
                str(path), f"cannot be opened: {error.strerror}", "Check its name and its rights"
            ) from None
        for mark, kind in _OTHERS.items():
            if start.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(mark.lower()):
                raise UnsupportedFormat(str(path), f"is no list of publications but {kind}", _KINDS)
        encoding = _encoding(start)
        if encoding == "utf-8-sig" and b"\0" in start:
            raise UnsupportedFormat(str(path), "is no text", _KINDS)
        head = io.TextIOWrapper(io.BytesIO(start), encoding, _FALLBACK, newline=None).read()
        if not head.strip():
            raise EmptyInput(str(path), "is an empty list", "Export it again")
        return cls(path, encoding, head)

    @contextmanager
    def open(self) -> Iterator[TextIO]:
        """From the beginning, with every kind of line end as a newline."""
        errors = _FALLBACK if self.encoding == "utf-8-sig" else "replace"
        try:
            with self.path.open(encoding=self.encoding, errors=errors, newline=None) as file:
                yield file
        except OSError as error:
            raise UnreadableInput(
                str(self.path), f"cannot be read on: {error.strerror}", "Run again"
            ) from None


def _encoding(start: bytes) -> str:
    for mark, name in _BOMS.items():
        if start.startswith(mark):
            return name
    # Without a mark: Western text has a zero in every second byte.
    even, odd = start[:2000:2], start[1:2000:2]
    if odd and odd.count(0) > 0.7 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even and even.count(0) > 0.7 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return "utf-8-sig"


def looks_like_bibtex(head: str) -> bool:
    return bool(re.search(r"^\s*@\w+\s*[{(]", head, re.MULTILINE))


def looks_like_ris(head: str) -> bool:
    return bool(re.search(r"^TY {1,2}-", head, re.MULTILINE))


def looks_like_json(head: str) -> bool:
    return bool(re.match(r"\s*(?:\[\s*)*[\[{]", head)) and not looks_like_bibtex(head)
