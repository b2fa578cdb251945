"""A CSV or JSON file to rows, as a stream: a broken row is named by its line, the rest goes on."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from amic_kg.errors import UnsupportedFormat
from amic_kg_ingest.metadata.texts import clean_text
from amic_kg_ingest.sources.cordis.columns import NEEDED, Table, column_of

_LONGEST = 4_000_000
"""Bytes of a line, a CSV record or a JSON object."""
_MOST_LINES = 2_000
"""Lines of one CSV record: objectives have paragraphs, a lost quote has no end."""
_CHUNK = 1 << 18
_NEXT_OBJECT = re.compile(rb"[\n,\[}]\s*(\{\s*\")")

Value = str | list[object]
Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Broken:
    """Lines `first` to `last` of a file that are no row, and why."""

    first: int
    last: int
    cause: str


def csv_rows(file: IO[bytes], name: str, table: Table) -> Iterator[Row | Broken]:
    """Rows by the columns of `table`. Raises UnsupportedFormat when the head is another one."""
    lines = _Lines(file)
    head = lines.take()
    text = head.decode("utf-8-sig", "replace") if head is not None else ""
    delimiter = max(";,\t", key=text.count)
    names = [column_of(table, x) for x in next(csv.reader([text], delimiter=delimiter), [])]
    _check_head([x for x in names if x], name, table)
    yield from _joined(_records(lines, len(names), delimiter, table, names))


def json_rows(file: IO[bytes], name: str, table: Table) -> Iterator[Row | Broken]:
    """Objects of an array, of lines, or one after the other with nothing between them."""
    first = True
    for number, item in _objects(file):
        if isinstance(item, str):
            yield Broken(number, number, item)
            continue
        row = _row(
            (column_of(table, key), value) for key, value in item.items() if isinstance(key, str)
        )
        if first:
            _check_head(list(row), name, table)
            first = False
        yield _checked(row, table, number, number)


def _check_head(names: Sequence[str], name: str, table: Table) -> None:
    missing = [x for x in NEEDED[table] if x not in names]
    if missing:
        raise UnsupportedFormat(
            name,
            f"is called like the table '{table}', but lacks its columns ({', '.join(missing)})",
            "Get the file again from CORDIS, or take it out of the folder",
        )


def _row(values: Iterator[tuple[str | None, object]]) -> dict[str, Value]:
    row: dict[str, Value] = {}
    for key, value in values:
        if key is None or value is None:
            continue
        kept: Value = value if isinstance(value, list) else clean_text(str(value))
        if kept and key not in row:
            row[key] = kept
    return row


def _checked(row: Row, table: Table, first: int, last: int) -> Row | Broken:
    missing = [x for x in NEEDED[table] if not row.get(x)]
    if missing:
        return Broken(first, last, f"says nothing for {' and '.join(missing)}")
    return row


class _Lines:
    """Lines with their numbers; those that were put back come again."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._back: list[bytes] = []
        self.number = 0
        """Of the line taken last, from 1."""

    def take(self) -> bytes | None:
        line = self._back.pop() if self._back else self._file.readline(_LONGEST)
        if not line:
            return None
        self.number += 1
        return line

    def put_back(self, lines: Sequence[bytes]) -> None:
        self._back.extend(reversed(lines))
        self.number -= len(lines)


def _records(
    lines: _Lines, width: int, delimiter: str, table: Table, names: Sequence[str | None]
) -> Iterator[Row | Broken]:
    while (line := lines.take()) is not None:
        first = lines.number
        taken = [line]
        if not line.strip():
            continue
        found = _parse(taken, delimiter)
        while found is None and len(taken) < _MOST_LINES and sum(map(len, taken)) < _LONGEST:
            # A quote is open: the record goes on in the next line.
            more = lines.take()
            if more is None:
                break
            taken.append(more)
            if b'"' in more:
                found = _parse(taken, delimiter)
        if isinstance(found, list) and len(found) == width:
            row = _row(zip(names, found, strict=True))
            yield _checked(row, table, first, lines.number)
            continue
        if isinstance(found, list):
            cause = f"has {len(found)} columns where the head has {width}"
        else:
            cause = found or "opens a quote that is never closed"
        # The next record may begin within what was taken for one.
        lines.put_back(taken[1:])
        yield Broken(first, first, cause)


def _parse(taken: Sequence[bytes], delimiter: str) -> list[str] | str | None:
    """The fields; None while a quote is open; a text that says what is wrong."""
    try:
        text = b"".join(taken).decode("utf-8")
    except UnicodeDecodeError as error:
        return f"has bytes that are not UTF-8 (0x{error.object[error.start]:02x})"
    for strict in (True, False):
        try:
            # Without line ends within, that a record over several lines is one.
            rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter,
                                   strict=strict))  # fmt: skip
        except csv.Error as error:
            if "unexpected end" in str(error):
                return None
            if strict:
                # A quote within a field that is not doubled: often harmless.
                continue
            return f"is no CSV ({error})"
        if len(rows) == 1:
            return rows[0]
    return "has quotes in wrong places"


def _joined(found: Iterator[Row | Broken]) -> Iterator[Row | Broken]:
    """Broken lines one after the other are told as one: they were one record."""
    held: Broken | None = None
    for item in found:
        if isinstance(item, Broken):
            if held is not None and item.first == held.last + 1:
                held = Broken(held.first, item.last, held.cause)
                continue
            if held is not None:
                yield held
            held = item
            continue
        if held is not None:
            yield held
            held = None
        yield item
    if held is not None:
        yield held


def _objects(file: IO[bytes]) -> Iterator[tuple[int, dict[str, object] | str]]:
    """Objects with the line they begin on, or a text that says why one cannot be read."""
    buffer, at, line, ended = b"", 0, 1, False
    while True:
        start = buffer.find(b"{", at)
        if start < 0:
            line += buffer.count(b"\n", at)
            buffer, at = file.read(_CHUNK), 0
            if not buffer:
                return
            continue
        line += buffer.count(b"\n", at, start)
        at = start
        found, size, cause = _object(buffer, at)
        if found is None and not ended and len(buffer) - at < _LONGEST:
            more = file.read(max(_CHUNK, len(buffer) - at))
            buffer, at, ended = buffer[at:] + more, 0, not more
            continue
        if found is not None:
            yield line, found
        else:
            yield line, cause
            following = _NEXT_OBJECT.search(buffer, at + 1)
            size = (following.start(1) if following else len(buffer)) - at
        line += buffer.count(b"\n", at, at + size)
        at += size


def _object(buffer: bytes, at: int) -> tuple[dict[str, object] | None, int, str]:
    """The object at `at` with its size in bytes; None and why when it is not whole, or broken."""
    window, cause = _WINDOW, ""
    while True:
        part = buffer[at : at + window]
        cause = ""
        try:
            text = part.decode("utf-8")
        except UnicodeDecodeError as error:
            text = part[: error.start].decode("utf-8")
            if error.reason != "unexpected end of data":
                cause = f"has bytes that are not UTF-8 (0x{part[error.start]:02x})"
        try:
            value, end = _DECODER.raw_decode(text)
        except (ValueError, RecursionError) as error:
            if at + window >= len(buffer):
                return None, 0, cause or f"is no JSON ({error})"
            window *= 4
            continue
        return value, len(text[:end].encode()), ""


_DECODER = json.JSONDecoder()
_WINDOW = 1 << 14


Reader = Callable[[IO[bytes], str, Table], Iterator[Row | Broken]]

READERS: Mapping[str, Reader] = {
    ".csv": csv_rows,
    ".json": json_rows,
    ".jsonl": json_rows,
    ".ndjson": json_rows,
}
"""By the ending of a file's name."""
