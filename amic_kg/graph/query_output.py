"""Where a worker writes a result: small ones stay in memory, large ones go to a file, both capped.

The file is the asker's and has no name. A client that reads slowly so holds up no worker, and the
server holds no result in memory.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from amic_kg.graph.query_limits import ResultCaps

_SMALL_BYTES = 64 * 1024
_TOLD_EVERY = 1_000_000
"""So much is held back before anything is told, so that an error up to there is a clean refusal."""


class ResultWriter:
    """A binary file for the engine's serialiser; raises LimitExceeded at a cap.

    `file` is where large results go; `told` gets the number of bytes there from time to time.
    """

    def __init__(self, file: int, caps: ResultCaps, told: Callable[[int], None]) -> None:
        self.small: bytes | None = None
        self.size = 0
        self._file = file
        self._caps = caps
        self._told = told
        self._next_told = _TOLD_EVERY
        self._held = bytearray()
        self._rows: RowCount | None = None

    def count_rows(self, media_type: str) -> None:
        """From here on what is written is a table of `media_type`, with a cap on its rows."""
        if self._caps.rows:
            self._rows = RowCount(media_type)

    def write(self, data: bytes) -> int:
        if self.size + len(data) > self._caps.bytes:
            raise self._caps.refuse_bytes()
        if self._rows is not None and self._rows.after(data) > self._caps.rows:
            raise self._caps.refuse_rows()
        self.size += len(data)
        self._held += data
        if len(self._held) > _SMALL_BYTES:
            self._put_down()
            if self.size >= self._next_told:
                self._next_told = self.size + _TOLD_EVERY
                self._told(self.size)
        return len(data)

    def flush(self) -> None:
        """Nothing to do: what is held is put down when it is much, or at the end."""

    def end(self) -> None:
        """All is written: it is in `small`, or else in the file."""
        if self.size == len(self._held):
            self.small = bytes(self._held)
        else:
            self._put_down()

    def _put_down(self) -> None:
        view = memoryview(self._held)
        while view:
            view = view[os.write(self._file, view) :]
        # A new one: the old one cannot shrink while the view stands.
        self._held = bytearray()


_PATTERNS = {
    # A row ends and another begins. Within a string the quote would be escaped, and the quote that
    # ends a string is followed by a comma or a brace.
    "application/sparql-results+json": (re.compile(rb'\},\{"[^,}]'), 5),
    "application/sparql-results+xml": (re.compile(b"<result>"), 8),
    "text/tab-separated-values": (re.compile(b"\n"), 1),
    "application/n-triples": (re.compile(b"\n"), 1),
}
_JSON_SPACE = b" \t\r\n"


@dataclass(slots=True)
class RowCount:
    """Rows of a result by its bytes: an engine's serialiser is far faster than rows in Python.

    Rows without any value are not seen in JSON, nor triples but in N-Triples; the cap on bytes
    holds for them.
    """

    media_type: str
    rows: int = 0
    _rest: bytes = b""
    _quoted: bool = field(default=False)

    def after(self, data: bytes) -> int:
        """The rows so far; the row of names counts in none of the formats that have one."""
        if self.media_type == "text/csv":
            self._count_csv(data)
            return self.rows - 1
        if self.media_type not in _PATTERNS:
            return 0
        pattern, length = _PATTERNS[self.media_type]
        if self.media_type.endswith("json"):
            data = data.translate(None, _JSON_SPACE)
        text = self._rest + data
        self.rows += len(pattern.findall(text))
        self._rest = text[len(text) - length + 1 :] if length > 1 else b""
        if self.media_type == "text/tab-separated-values":
            return self.rows - 1
        return self.rows + self.media_type.endswith("json")

    def _count_csv(self, data: bytes) -> None:
        # A line break within quotes is part of a value; quotes within are doubled.
        for piece in data.split(b'"'):
            if not self._quoted:
                self.rows += piece.count(b"\n")
            self._quoted = not self._quoted
        self._quoted = not self._quoted
