"""EPUB books: the chapters of the spine in order, a page each; metadata from the package file.

EPUB 3.3 (https://www.w3.org/TR/epub-33/); 2.0.1 books differ in nothing that is read here but the
place of the roles of creators.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml.etree import _Element

from amic_kg.errors import EncryptedDocument, LimitExceeded
from amic_kg.records import Page, ParsedDocument
from amic_kg_ingest.formats.html import markup_text
from amic_kg_ingest.formats.packages import (
    PACKAGE_FAULTS,
    damaged,
    keywords,
    long_enough,
    read_xml,
    refuse_bomb,
)

MEDIA_TYPE = "application/epub+zip"

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_MARKUP = frozenset(("application/xhtml+xml", "text/html"))
_FONT_DISGUISES = frozenset(
    ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
)
"""Fonts are often made unreadable outside the book; its texts are not (section 4.3)."""
_CHAPTERS = 5000


def read_epub(path: Path, name: str) -> ParsedDocument:
    try:
        refuse_bomb(path, name)
        with zipfile.ZipFile(path) as archive:
            _refuse_encrypted(archive, name)
            container = read_xml(archive, _CONTAINER, name)
            place = _first(container, "rootfile").get("full-path") or ""
            package = read_xml(archive, place, name)
            # A chapter that is named a thousand times is read once.
            chapters = list(dict.fromkeys(_spine(package, posixpath.dirname(place))))
            if len(chapters) > _CHAPTERS:
                raise LimitExceeded(
                    name,
                    f"has {len(chapters):,} chapters, above the limit of {_CHAPTERS:,}",
                    "Split the book",
                )
            lost = [chapter for chapter in chapters if chapter not in archive.NameToInfo]
            texts = [
                markup_text(archive.read(chapter), name)[0]
                for chapter in chapters
                if chapter in archive.NameToInfo
            ]
            metadata = _metadata(package)
    except PACKAGE_FAULTS as error:
        raise damaged(name, "EPUB book", "Calibre or Sigil", error) from None
    if not texts:
        raise damaged(name, "EPUB book", "Calibre or Sigil", ValueError("no chapter is in it"))
    pages = tuple(
        Page(number, text, origin="text" if text else "none")
        for number, text in enumerate(texts, 1)
    )
    notes = (f"{len(lost)} chapter(s) are named but not in the book",) if lost else ()
    return ParsedDocument(MEDIA_TYPE, pages, metadata, notes)


def _refuse_encrypted(archive: zipfile.ZipFile, name: str) -> None:
    if _ENCRYPTION not in archive.NameToInfo:
        return
    root = read_xml(archive, _ENCRYPTION, name)
    methods = {each.get("Algorithm") for each in root.iterfind(".//{*}EncryptionMethod")}
    if methods - _FONT_DISGUISES:
        raise EncryptedDocument(
            name, "is protected against copying (DRM)", "Get it without, and ingest it again"
        )


def _first(root: _Element, tag: str) -> _Element:
    found = next(root.iter(f"{{*}}{tag}"), None)
    if found is None:
        raise ValueError(f"no {tag}")
    return found


def _spine(package: _Element, folder: str) -> Iterator[str]:
    """Members in the order of reading; the table of contents says nothing of its own."""
    items = {item.get("id"): item for item in package.iterfind("{*}manifest/{*}item")}
    for reference in package.iterfind("{*}spine/{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _MARKUP:
            continue
        if "nav" not in (item.get("properties") or "").split():
            target = unquote(urlsplit(item.get("href") or "").path)
            yield posixpath.normpath(posixpath.join(folder, target))


def _metadata(package: _Element) -> dict[str, object]:
    """Dublin Core of the package file (section 5.5.3), by the local names of its terms."""

    def values(tag: str) -> list[str]:
        texts = (each.text for each in package.iterfind(f"{{*}}metadata/{{*}}{tag}"))
        return [" ".join(text.split()) for text in texts if text and text.strip()]

    roles = _roles(package)
    people: dict[str, list[str]] = {"creator": [], "contributor": values("contributor")}
    for creator in package.iterfind("{*}metadata/{*}creator"):
        written = roles.get(creator.get("id") or "") or _role(creator) or "aut"
        key = "creator" if written == "aut" else "contributor"
        if creator.text and creator.text.strip():
            people[key].append(" ".join(creator.text.split()))
    found: dict[str, object] = {
        **people,
        "title": next(iter(values("title")), None),
        "language": values("language"),
        "identifier": values("identifier"),
        "publisher": values("publisher"),
        "issued": next((value[:10] for value in values("date")), None),
        "license": next(iter(values("rights")), None),
        "subject": keywords(",".join(values("subject"))),
        "abstract": long_enough(" ".join(values("description"))),
    }
    return {key: value for key, value in found.items() if value}


def _roles(package: _Element) -> dict[str, str]:
    """MARC relators of EPUB 3, by the id of the creator that they refine."""
    return {
        (meta.get("refines") or "").removeprefix("#"): (meta.text or "").strip()
        for meta in package.iterfind("{*}metadata/{*}meta")
        if meta.get("property") == "role"
    }


def _role(creator: _Element) -> str:
    """The MARC relator of EPUB 2."""
    return creator.get("{http://www.idpf.org/2007/opf}role") or ""
