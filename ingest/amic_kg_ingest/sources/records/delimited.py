"""CSV and TSV as spreadsheets save them: separator and header found, broken rows told apart."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amic_kg.errors import UnsupportedFormat
from amic_kg_ingest.sources.records.columns import read_column
from amic_kg_ingest.sources.records.entries import Broken, Entry, FieldList, split_cell
from amic_kg_ingest.sources.records.options import Options
from amic_kg_ingest.sources.records.texts import ListText

_SEPARATORS = "\t;,|"
_HEADER_WITHIN = 20
"""Lines among which the header is looked for: some lists have a heading of their own above it."""

_LONGEST_ROW = 2000
"""Lines of one row: more is a quote that was never closed."""

csv.field_size_limit(1_000_000)
"""Characters of one cell; the library's own limit is below some abstracts with all their markup."""

_FILES = re.compile(r"\s*[;|]\s*")


@dataclass(frozen=True, slots=True)
class _Layout:
    separator: str
    header_line: int
    columns: tuple[tuple[str, str] | None, ...]
    names: tuple[str, ...]


def read(text: ListText, options: Options) -> Iterator[Entry | Broken]:
    """Raises UnsupportedFormat when no column is known to hold titles."""
    layout = _layout(text, options)
    for line, cells in _rows(text, layout):
        if isinstance(cells, str):
            yield Broken(line, cells)
        elif any(map(str.strip, cells)):
            yield _entry(line, cells, layout)


def count(text: ListText, options: Options) -> int:
    return sum(
        isinstance(cells, str) or any(map(str.strip, cells))
        for _, cells in _rows(text, _layout(text, options))
    )


def is_delimited(text: ListText, options: Options) -> bool:
    """Whether a header with a column of titles is found."""
    return _find_layout(text, options) is not None


def _layout(text: ListText, options: Options) -> _Layout:
    found = _find_layout(text, options)
    if found is None:
        first = next(line for line in text.head.splitlines() if line.strip())
        raise UnsupportedFormat(
            str(text.path),
            f"has no column that is known to hold titles; its first line is '{first[:120]}'",
            'Say which: columns = { "Name of the column" = "title" } below [options] of its '
            "declaration",
        )
    return found


def _find_layout(text: ListText, options: Options) -> _Layout | None:
    separators = _SEPARATORS
    for number, line in enumerate(text.head.split("\n")[:_HEADER_WITHIN], 1):
        if match := re.fullmatch(r"sep=(.)", line.strip()):
            # What Excel writes, and reads, for its own sake.
            separators = match[1]
            continue
        best: _Layout | None = None
        for separator in separators:
            names = tuple(next(csv.reader([line], delimiter=separator), []))
            columns = tuple(read_column(name, options.columns) for name in names)
            known = sum(column is not None for column in columns)
            if ("title", "title") not in [(c[0], "title") for c in columns if c]:
                continue
            if best is None or known > sum(column is not None for column in best.columns):
                best = _Layout(separator, number, columns, names)
        if best is not None and (len(best.columns) > 1 or separators != _SEPARATORS):
            return best
        if best is not None and number == 1:
            return best
    return None


def _rows(text: ListText, layout: _Layout) -> Iterator[tuple[int, list[str] | str]]:
    """Each row with the number of its first line; a text instead of cells says why it is broken.

    Where the quotes of a row do not close, or close in a later row, that row alone is given up.
    """
    width = len(layout.columns)
    with text.open() as lines:
        pending: deque[str] = deque()
        number = 0

        def take() -> str | None:
            return pending.popleft() if pending else next(lines, None)

        while (first := take()) is not None:
            number += 1
            if number <= layout.header_line or not first.strip():
                continue
            taken = [first]
            quotes = first.count('"')
            while quotes % 2 and len(taken) < _LONGEST_ROW and (more := take()) is not None:
                taken.append(more)
                quotes += more.count('"')
            cells = None if quotes % 2 else _cells("".join(taken), layout.separator, width)
            if cells is not None and len(cells) == width:
                yield number, cells
                number += len(taken) - 1
                continue
            pending.extendleft(reversed(taken[1:]))
            alone = cells if len(taken) == 1 else _cells(first, layout.separator, width)
            if alone is None:
                yield number, "begins a row whose quote is never closed"
            elif len(alone) != width:
                yield number, f"has {len(alone)} cells where the header has {width}"
            else:
                yield number, alone


def _cells(row: str, separator: str, width: int) -> list[str] | None:
    """None for a quote that is not closed; empty cells beyond the header are taken off.

    Where quotes decide how many lines a row has, they must be as RFC 4180 has them.
    """
    strict = row.count('"') % 2 == 1 or "\n" in row.rstrip("\n")
    try:
        cells = next(csv.reader([row], delimiter=separator, strict=strict), [])
    except csv.Error:
        return None
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    return cells


def _entry(line: int, cells: Sequence[str], layout: _Layout) -> Entry:
    fields = FieldList()
    key = ""
    files: list[str] = []
    subtitle = ""
    titles: list[tuple[str, str]] = []
    for name, column, cell in zip(layout.names, layout.columns, cells, strict=True):
        value = cell.strip()
        if not value or column == ("", ""):
            continue
        if column is None:
            fields.add(name, value)
        elif column[0] == "key":
            key = key or value
        elif column[0] == "file":
            files += filter(None, _FILES.split(value))
        elif column[0] == "subtitle":
            subtitle = value
        elif column[0] == "title":
            titles.append((value, column[1]))
        else:
            for part in split_cell(column[0], value):
                fields.add(column[0], part, column[1])
    for number, (title, language) in enumerate(titles):
        whole = f"{title}: {subtitle}" if subtitle and number == 0 else title
        fields.add("title", whole, language)
    return Entry(line, fields.done(), key, files=tuple(files))
