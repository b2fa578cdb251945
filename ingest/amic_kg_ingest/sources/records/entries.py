"""What a list holds, in the form that all its formats are read into."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from amic_kg_ingest.metadata.dublin_core import Field
from amic_kg_ingest.sources.records.options import Options
from amic_kg_ingest.sources.records.texts import ListText


@dataclass(frozen=True, slots=True)
class Entry:
    """One publication: `line` is where it begins, `key` its citation key or number, if it has one.

    `creators`, `contributors` and `supervisors` are names whose parts the list itself tells apart,
    as "Surname, Given", or names of organisations; other names stand in `fields`. `files` are paths
    as they are written.
    """

    line: int
    fields: tuple[Field, ...]
    key: str = ""
    creators: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    supervisors: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Broken:
    """What stands at a line and cannot be read: the cause as the end of a sentence."""

    line: int
    cause: str
    remedy: str = "Mend it in the list"


ReadList = Callable[[ListText, Options], Iterator[Entry | Broken]]
CountList = Callable[[ListText, Options], int]


_MARKED = re.compile(r"(.*\S)\s*\{([a-z]{2,3})\}", re.DOTALL)
"""A value that tells its language: "Mine water {en}"."""


@dataclass(slots=True)
class FieldList:
    """Fields in the making: values that are empty are left out."""

    found: list[Field] = field(default_factory=list)

    def add(self, name: str, value: object, language: str = "") -> None:
        text = str(value).strip() if value is not None else ""
        if not language and (match := _MARKED.fullmatch(text)):
            text, language = match.groups()
        if text:
            self.found.append(Field(name, text, language))

    def done(self) -> tuple[Field, ...]:
        return tuple(self.found)


_PACKED = re.compile(r"^\s*[a-z]{2,3}=")
_LISTS = ("contributor.author", "contributor.editor", "contributor.advisor", "publisher")


def split_cell(field_name: str, value: str) -> list[str]:
    """The names of one cell, parted by semicolons, bars or lines; any other value as it is."""
    if field_name not in _LISTS or _PACKED.match(value):
        return [value]
    return [part for part in (x.strip() for x in re.split(r"[;|\n]", value)) if part]
