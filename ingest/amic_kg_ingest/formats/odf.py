"""OpenDocument texts, presentations and spreadsheets (LibreOffice), in reading order.

Element names: OASIS OpenDocument 1.3, part 3
(https://docs.oasis-open.org/office/OpenDocument/v1.3/os/part3-schema/).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml.etree import _Element

from amic_kg.errors import EncryptedDocument
from amic_kg.records import Page, ParsedDocument
from amic_kg_ingest.formats.packages import (
    PACKAGE_FAULTS,
    damaged,
    keywords,
    local_name,
    long_enough,
    read_xml,
    refuse_bomb,
)
from amic_kg_ingest.formats.tables import CellBudget
from amic_kg_ingest.formats.text import clean_text

MEDIA_TYPES = {
    "odt": "application/vnd.oasis.opendocument.text",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_BODIES = {"odt": "text", "odp": "presentation", "ods": "spreadsheet"}
_NAMES = {"odt": "text document", "odp": "presentation", "ods": "spreadsheet"}

_PAGE = "\f"
_FURNITURE = frozenset(("date-time", "footer", "header", "page-number"))
_ANCHORED = frozenset(("note-body", "text-box", "custom-shape"))
_UNSEEN = frozenset(
    ("annotation", "tracked-changes", "forms", "ruby-text", "title", "desc", "event-listeners",
     "notes", "note-citation")
)  # fmt: skip


def read_odf(path: Path, name: str, kind: str) -> ParsedDocument:
    """`kind` is the ending that belongs to what the package says it is: odt, odp or ods."""
    try:
        refuse_bomb(path, name)
        with zipfile.ZipFile(path) as archive:
            _refuse_encrypted(archive, name)
            content = read_xml(archive, "content.xml", name)
            body = content.find(f"{{*}}body/{{*}}{_BODIES[kind]}")
            if body is None:
                raise ValueError(f"no body of the kind {_BODIES[kind]}")
            notes: tuple[str, ...] = ()
            if kind == "odt":
                roots = [content]
                if "styles.xml" in archive.namelist():
                    roots.append(read_xml(archive, "styles.xml", name))
                text = "\n\n".join(_blocks(body, _breaking_styles(roots)))
                texts = text.lstrip(_PAGE + "\n").split(_PAGE)
            elif kind == "odp":
                texts = [_slide(page) for page in body.iterfind("{*}page")]
            else:
                budget = CellBudget()
                texts = [_sheet(table, budget) for table in body.iterfind("{*}table")]
                notes = budget.notes()
            metadata = _metadata(archive, name)
    except PACKAGE_FAULTS as error:
        raise damaged(name, f"OpenDocument {_NAMES[kind]}", "LibreOffice", error) from None
    cleaned = [clean_text(text) for text in texts]
    pages = tuple(
        Page(number, text, origin="text" if text else "none")
        for number, text in enumerate(cleaned, 1)
    )
    return ParsedDocument(MEDIA_TYPES[kind], pages, metadata, notes)


def _refuse_encrypted(archive: zipfile.ZipFile, name: str) -> None:
    """Encryption is declared in the manifest, member by member (part 2, section 4.4)."""
    members = set(archive.namelist())
    locked = "encrypted-package" in members
    if not locked and "META-INF/manifest.xml" in members:
        manifest = read_xml(archive, "META-INF/manifest.xml", name)
        locked = next(manifest.iter("{*}encryption-data"), None) is not None
    if locked:
        raise EncryptedDocument(
            name, "is protected by a password", "Save it without one and ingest it again"
        )


def _breaking_styles(roots: list[_Element]) -> frozenset[str]:
    """Styles of paragraphs and tables that begin a new page, by themselves or by a parent."""
    own: dict[str, bool] = {}
    parents: dict[str, str] = {}
    for style in (style for root in roots for style in root.iter("{*}style")):
        name = _attribute(style, "name")
        parents[name] = _attribute(style, "parent-style-name")
        if _attribute(style, "master-page-name"):
            own[name] = True
        for properties in style.iterfind("*"):
            if value := _attribute(properties, "break-before"):
                own.setdefault(name, value == "page")

    def breaks(name: str) -> bool:
        seen = set()
        while name and name not in own and name not in seen:
            seen.add(name)
            name = parents.get(name, "")
        return own.get(name, False)

    return frozenset(name for name in parents if breaks(name))


def _blocks(elements: Iterable[_Element], breaks: frozenset[str]) -> Iterator[str]:
    """Paragraphs, tables and the text in frames; page ends as form feeds."""
    for element in elements:
        name = local_name(element)
        if name in ("p", "h"):
            before = _PAGE if _attribute(element, "style-name") in breaks else ""
            yield before + "".join(_flow(element))
            # Notes and frames are anchored in the paragraph; they are read after it.
            for anchored in _anchored(element):
                yield from _blocks(anchored, breaks)
        elif name == "table":
            before = _PAGE if _attribute(element, "style-name") in breaks else ""
            yield before + "\n".join(_rows(element))
        elif name == "soft-page-break":
            yield _PAGE
        elif name and name not in _UNSEEN:
            yield from _blocks(element, breaks)


def _anchored(element: _Element) -> Iterator[_Element]:
    for child in element:
        if local_name(child) in _ANCHORED:
            yield child
        elif local_name(child) not in _UNSEEN:
            yield from _anchored(child)


def _flow(element: _Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = local_name(child)
        if name in ("s", "tab"):
            yield " "
        elif name == "line-break":
            yield "\n"
        elif name == "soft-page-break":
            yield _PAGE
        elif name and name not in _UNSEEN and name not in _ANCHORED:
            yield from _flow(child)
        yield child.tail or ""


def _rows(table: _Element) -> Iterator[str]:
    """The rows of a table in a text; a table within a cell is read as part of that cell."""
    for part in table.iter("{*}table-row", "{*}soft-page-break"):
        if next(part.iterancestors("{*}table"), None) is not table:
            continue
        if local_name(part) == "soft-page-break":
            yield _PAGE
        elif cells := [text for text in _cells(part) if text]:
            yield " | ".join(cells)


def _cells(row: _Element) -> Iterator[str]:
    for cell in row.iterfind("{*}table-cell"):
        yield " ".join(" ".join(_blocks(cell, frozenset())).split())


def _sheet(table: _Element, budget: CellBudget) -> str:
    """A sheet's name and rows; cells and rows that are said to repeat are told once."""
    name = _attribute(table, "name") or ""
    lines = [name]
    for row in table.iter("{*}table-row"):
        cells = [text for text in _cells(row) if text]
        if not budget.spend(name, len(cells), len(row)):
            break
        if cells:
            lines.append(" | ".join(cells))
    return "\n".join(lines)


def _slide(page: _Element) -> str:
    parts = [*_shapes(page)]
    for notes in page.iterfind("{*}notes"):
        parts += _shapes(notes)
    return "\n\n".join(filter(None, parts))


def _shapes(page: _Element) -> Iterator[str]:
    for shape in page:
        if local_name(shape) != "notes" and _attribute(shape, "class") not in _FURNITURE:
            yield "\n".join(text for text in _blocks([shape], frozenset()) if text.strip())


def _metadata(archive: zipfile.ZipFile, name: str) -> dict[str, object]:
    if "meta.xml" not in archive.namelist():
        return {}
    root = read_xml(archive, "meta.xml", name)

    def first(tag: str) -> str | None:
        return next((each.text for each in root.iter(f"{{*}}{tag}") if each.text), None)

    words = [each.text for each in root.iter("{*}keyword") if each.text]
    return {
        "title": first("title"),
        "language": first("language"),
        "subject": keywords(",".join(words)),
        "abstract": long_enough(first("description")),
    }


def _attribute(element: _Element, name: str) -> str:
    """By its local name: each name is used in one namespace on one element."""
    return next(
        (str(value) for key, value in element.attrib.items() if str(key).endswith(f"}}{name}")), ""
    )
