"""ZIP packages of XML (Office, OpenDocument, EPUB): bombs refused, members read with limits."""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from pathlib import Path
from typing import Protocol

from lxml import etree
from lxml.etree import LxmlError, _Element

from amic_kg.errors import DamagedDocument, LimitExceeded

PACKAGE_FAULTS = (
    LxmlError, SyntaxError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError,
    ValueError, LookupError, TypeError, AttributeError, AssertionError, ArithmeticError,
    RuntimeError,
)  # fmt: skip
"""What the parsers of packages throw at a broken one; SyntaxError is that of XML parsers."""

_UNPACKED_BYTES = 300_000_000
_RATIO = 200
_RATIO_FROM_BYTES = 20_000_000
"""Honest text packs to a tenth; a bomb to a thousandth. Small files are not worth a doubt."""
_XML_BYTES = 100_000_000

_SAVED_WORDS = 80
"""A comment of fewer characters is a note of whoever saved the file, not an abstract."""


class CoreProperties(Protocol):
    """Of OOXML documents, as python-docx, python-pptx and openpyxl have them."""

    @property
    def title(self) -> str | None: ...

    @property
    def language(self) -> str | None: ...

    @property
    def keywords(self) -> str | None: ...


def refuse_bomb(path: Path, name: str) -> None:
    """Raises LimitExceeded for a package that would unpack to far more than documents do.

    The declared sizes can be trusted: zipfile reads no byte beyond them.
    """
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
        packed = sum(member.compress_size for member in archive.infolist()) or 1
    if is_bomb(unpacked, packed):
        raise LimitExceeded(
            name,
            f"would unpack from {packed:,} to {unpacked:,} bytes, like a ZIP bomb",
            "If it is honest, save it as PDF and ingest that",
        )


def is_bomb(unpacked: int, packed: int, most: int = _UNPACKED_BYTES) -> bool:
    return unpacked > most or (unpacked > _RATIO_FROM_BYTES and unpacked / packed > _RATIO)


def read_xml(archive: zipfile.ZipFile, member: str, name: str) -> _Element:
    """The root of an XML member; entities stay unresolved, nothing is fetched.

    Raises KeyError when there is no such member, LimitExceeded when it is too large for a tree.
    """
    if archive.getinfo(member).file_size > _XML_BYTES:
        raise LimitExceeded(
            name,
            f"holds more than {_XML_BYTES // 1_000_000} MB of XML in one part",
            "Split the file, or save it as PDF and ingest that",
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(archive.read(member), parser)


def damaged(name: str, what: str, program: str, error: BaseException) -> DamagedDocument:
    """`what` as in "Word document"; `program` is what may mend it."""
    cause = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return DamagedDocument(
        name,
        f"is not a whole {what} ({cause})",
        f"Open it in {program}, save it and try again",
    )


def core_metadata(properties: CoreProperties, abstract: str | None) -> dict[str, object]:
    """Title, language, keywords and an abstract; never the account name of whoever saved it."""
    return {
        "title": properties.title,
        "language": properties.language,
        "subject": keywords(properties.keywords or ""),
        "abstract": long_enough(abstract),
    }


def keywords(text: str) -> list[str]:
    return [word.strip() for word in re.split(r"[,;]", text) if word.strip()]


def long_enough(abstract: str | None) -> str | None:
    return abstract if abstract and len(abstract) > _SAVED_WORDS else None


def local_name(element: _Element) -> str:
    """The name without its namespace; empty for comments, instructions and entities."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
