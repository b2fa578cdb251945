"""Reads the source texts: TOML front matter and a small Markdown dialect, as typed values.

Dialect: `#`, `##`, `###` headings; blank-line separated paragraphs; `- ` and `1. ` lists;
`| a | b |` tables with an optional `Table: caption` line before them; `> ` notes; and the
directives `@page`, `@lang xx`, `@main` (arabic page numbers start) and `@scan` ... `@endscan`.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LANGUAGES = ("fi", "en", "sv")
_LIST_ITEM = re.compile(r"^(?:-|\d+\.) +")
_CAPTION = re.compile(r"^(?:Taulukko|Table|Tabell): *")


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    lang: str


@dataclass(frozen=True)
class Paragraph:
    text: str
    lang: str


@dataclass(frozen=True)
class ItemList:
    items: tuple[str, ...]
    ordered: bool
    lang: str


@dataclass(frozen=True)
class Table:
    rows: tuple[tuple[str, ...], ...]
    caption: str
    lang: str


@dataclass(frozen=True)
class Note:
    text: str
    lang: str


@dataclass(frozen=True)
class Scan:
    lines: tuple[str, ...]
    lang: str


@dataclass(frozen=True)
class PageBreak:
    pass


@dataclass(frozen=True)
class MainMatter:
    """Page break after which printed page numbers are arabic and start at 1."""


Block = Heading | Paragraph | ItemList | Table | Note | Scan | PageBreak | MainMatter


@dataclass(frozen=True)
class SourceDocument:
    number: int
    file: str
    format: str
    layout: str
    lang: str
    running: str
    sidecar: bool
    embed: frozenset[str]
    outline: bool
    metadata: dict[str, Any]
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        return self.localised("title")

    def localised(self, key: str, lang: str = "") -> str:
        """A metadata value that is a string or an object by language; empty when absent."""
        value = self.metadata.get(key, "")
        if isinstance(value, dict):
            value = value.get(lang or self.lang) or next(iter(value.values()))
        return str(value)


def read_document(path: Path) -> SourceDocument:
    text = path.read_text(encoding="utf-8")
    _, front, body = text.split("+++\n", 2)
    data = tomllib.loads(front)
    metadata = data["metadata"]
    lang = str(metadata["language"][0])
    return SourceDocument(
        number=int(data["number"]),
        file=str(data["file"]),
        format=str(data["format"]),
        layout=str(data.get("layout", "report")),
        lang=lang,
        running=str(data.get("running", "")),
        sidecar=bool(data.get("sidecar", True)),
        embed=frozenset(data.get("embed", ["info"])),
        outline=bool(data.get("outline", False)),
        metadata=metadata,
        blocks=tuple(_blocks(body, lang)),
    )


def read_all(folder: Path) -> list[SourceDocument]:
    documents = [read_document(path) for path in sorted(folder.glob("*.md"))]
    return sorted(documents, key=lambda document: document.number)


def _blocks(body: str, lang: str) -> Iterator[Block]:
    caption = ""
    scan: list[str] | None = None
    for chunk in _chunks(body):
        first = chunk[0]
        if scan is not None or first == "@scan":
            lines = chunk[1:] if scan is None else ["", *chunk]
            scan = lines if scan is None else scan + lines
            if scan and scan[-1] == "@endscan":
                yield Scan(tuple(scan[:-1]), lang)
                scan = None
        elif first.startswith("@lang "):
            lang = first.removeprefix("@lang ").strip()
        elif first == "@page":
            yield PageBreak()
        elif first == "@main":
            yield MainMatter()
        elif first.startswith("#"):
            marks, _, text = first.partition(" ")
            yield Heading(len(marks), text.strip(), lang)
        elif _CAPTION.match(first):
            caption = _CAPTION.sub("", first)
            yield _table(chunk[1:], caption, lang)
        elif first.startswith("|"):
            yield _table(chunk, "", lang)
        elif first.startswith("> "):
            yield Note(" ".join(line.removeprefix("> ") for line in chunk), lang)
        elif _LIST_ITEM.match(first):
            yield _item_list(chunk, lang)
        else:
            yield Paragraph(" ".join(chunk), lang)


def _chunks(body: str) -> Iterator[list[str]]:
    chunk: list[str] = []
    for line in [*body.splitlines(), ""]:
        if line.strip():
            chunk.append(line.strip())
        elif chunk:
            yield chunk
            chunk = []


def _table(lines: list[str], caption: str, lang: str) -> Table:
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
    widths = {len(row) for row in rows}
    if len(widths) != 1:
        raise ValueError(f"uneven table rows: {lines}")
    return Table(tuple(rows), caption, lang)


def _item_list(lines: list[str], lang: str) -> ItemList:
    items: list[str] = []
    for line in lines:
        if _LIST_ITEM.match(line):
            items.append(_LIST_ITEM.sub("", line))
        else:
            items[-1] += " " + line
    return ItemList(tuple(items), lines[0][0].isdigit(), lang)
