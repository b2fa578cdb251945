"""Writes one plain text file, wrapped at 78 characters."""

import textwrap
from collections.abc import Iterator

from labels import ABSTRACT, AUTHOR, KEYWORDS, PUBLISHED, SAMPLE_LINE, TABLE, month
from source import Heading, ItemList, Note, Paragraph, SourceDocument, Table

WIDTH = 78
_UNDERLINES = {1: "=", 2: "-", 3: "."}


def write_text(document: SourceDocument) -> bytes:
    metadata, lang = document.metadata, document.lang
    parts = [
        _filled(document.title.upper()),
        _filled(SAMPLE_LINE[lang]),
        f"{AUTHOR[lang]}: {', '.join(metadata['creator'])}\n"
        f"{PUBLISHED[lang]}: {month(metadata['issued'], lang)}",
        f"{ABSTRACT[lang]}\n{_filled(document.localised('abstract'))}",
        _filled(f"{KEYWORDS[lang]}: {', '.join(metadata['subject'])}"),
        *_parts(document),
    ]
    return ("\n\n".join(parts) + "\n").encode()


def _filled(text: str, indent: str = "", first: str | None = None) -> str:
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )


def _parts(document: SourceDocument) -> Iterator[str]:
    tables = 0
    for block in document.blocks:
        match block:
            case Heading():
                yield f"{block.text}\n{_UNDERLINES[block.level] * len(block.text)}"
            case Paragraph() | Note():
                yield _filled(block.text)
            case ItemList():
                yield "\n".join(
                    _filled(item, "   ", f"{at}. " if block.ordered else " - ")
                    for at, item in enumerate(block.items, start=1)
                )
            case Table():
                tables += 1
                yield f"{TABLE[block.lang]} {tables}. {block.caption}\n{_grid(block)}"
            case _:
                raise ValueError(f"not for plain text: {block}")


def _grid(block: Table) -> str:
    widths = [max(len(cell) for cell in column) for column in zip(*block.rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in block.rows
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)
