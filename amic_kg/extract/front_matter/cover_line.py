"""What the lines of a cover or title page are: values that the readers of covers share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from amic_kg.extract.front_matter.lines import Line
from amic_kg.extract.front_matter.persons import PersonName

Role = Literal[
    "text", "name", "organisation", "unit", "date", "kind", "degree", "series", "identifier",
    "address", "journal", "label", "noise", "byline", "clause",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class CoverLine:
    """A line with its role; `names` with places in the page text when it is of persons.

    Of names that run over several lines the first has them all, the others are "name" without.
    """

    line: Line
    role: Role
    names: tuple[PersonName, ...] = ()
    editors: bool = False


@dataclass(frozen=True, slots=True)
class Cover:
    """The front of one page, until its first heading or paragraph."""

    lines: tuple[CoverLine, ...]
    correspondence: bool
    """Whether it opens a letter, minutes or a memo: the names on it are not the authors'."""

    body: bool
    """Whether the text begins on this page: no title page follows."""
