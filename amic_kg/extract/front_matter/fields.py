"""What front matter says of a document: fields with the place that says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

FieldName = Literal[
    "title", "subtitle", "creator", "contributor", "supervisor", "publisher", "commissioner",
    "year", "isbn", "issn", "urn", "doi", "handle", "series", "series_number", "degree",
    "programme", "kind", "language", "keyword", "project",
]  # fmt: skip
"""`contributor`: editors and examiners. `series` is the name with its number, as a reader cites it;
`series_number` the number alone. `title` holds the subtitle too, behind " : "."""


@dataclass(frozen=True, slots=True)
class Field:
    """A value as a catalogue writes it, and the words of the page it was made of.

    Characters `start`..`end` of the page's text are the evidence. `confidence` in 0..1: a labelled
    value stands near 1, a guess from the place on the page near .5. `entity` is the registry's
    organisation of that name, if it knows one.
    """

    name: FieldName
    value: str
    page: int
    start: int
    end: int
    confidence: float
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """All fields of one document, in the order of FieldName, then of the pages."""

    fields: tuple[Field, ...] = ()

    def named(self, name: FieldName) -> Iterator[Field]:
        """Every field of that name, in the order in which the document gives them."""
        return (field for field in self.fields if field.name == name)

    def values(self, name: FieldName) -> tuple[str, ...]:
        return tuple(field.value for field in self.named(name))

    def first(self, name: FieldName) -> Field | None:
        return next(self.named(name), None)
