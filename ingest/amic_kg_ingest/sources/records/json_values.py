"""The objects of a JSON list, of JSON lines, or of objects one after the other; never all at once.

Objects may be parted by a comma, a new line or by nothing. After a broken one the reading goes on
at the next line that begins an object at the same depth.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from amic_kg_ingest.sources.records.entries import Broken
from amic_kg_ingest.sources.records.texts import ListText

_LONGEST = 1_000_000
"""Characters of one object."""

_BETWEEN = re.compile(r"[\s,\ufeff\x1e]*")
_WRAPPED = re.compile(r'\s*\{\s*"(?:items|references|records|entries)"\s*:\s*\[')
_DECODER = json.JSONDecoder(strict=False)


def objects(text: ListText) -> Iterator[tuple[int, dict[str, object] | Broken]]:
    """Each with the number of the line on which it begins."""
    with text.open() as file:
        buffer = file.read(2 * _LONGEST)
        at = 0
        line = 1
        if match := _WRAPPED.match(buffer) or re.match(r"[\s\ufeff]*\[", buffer):
            line += buffer.count("\n", 0, match.end())
            at = match.end()
        while True:
            if len(buffer) - at < _LONGEST and (more := file.read(_LONGEST)):
                buffer, at = buffer[at:] + more, 0
            start = _past(buffer, at)
            line += buffer.count("\n", at, start)
            at = start
            if at >= len(buffer):
                return
            if buffer[at] in "[]}":
                # The end of the list, and the beginning of another.
                at += 1
                continue
            try:
                value, end = _DECODER.raw_decode(buffer, at)
            except (json.JSONDecodeError, RecursionError) as error:
                end = _next_object(buffer, at)
                cause = _cause(error)
                yield line, Broken(line, f"begins what cannot be read as JSON ({cause})")
            else:
                if isinstance(value, dict):
                    yield line, value
                else:
                    yield line, Broken(line, "holds a value that is no object")
            line += buffer.count("\n", at, end)
            at = end


def _past(buffer: str, at: int) -> int:
    match = _BETWEEN.match(buffer, at)
    return match.end() if match else at


def _next_object(buffer: str, at: int) -> int:
    indent = at - (buffer.rfind("\n", 0, at) + 1)
    # Deeper ones are parts of the broken object; on one line its first key tells a record.
    found = re.compile(
        rf'\n(?=[ \t,\[]{{0,{indent}}}\{{)|\}}\s*,?\s*(?=\{{\s*"(?:id|type|title|citation-key)")'
    ).search(buffer, at + 1)
    return found.end() if found else len(buffer)


def _cause(error: json.JSONDecodeError | RecursionError) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep"
