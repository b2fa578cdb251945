"""The port of the search index: what it takes, what it is asked, what it gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage as both engines index it: prepared token streams, parted by blanks.

    `surface`, `lemma`: one token a word, in order; `parts`: further lemmas and compound parts;
    `concepts`: IRIs of what is mentioned, with the broader ones; facets as plain values.
    """

    document: str
    number: int
    page: int
    language: str
    kind: str
    year: int | None
    access: str
    surface: str
    lemma: str
    parts: str
    title: str
    concepts: tuple[str, ...]
    work_packages: tuple[int, ...] = ()
    page_label: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """A word of a query: what a passage must have one of to answer it.

    `concepts` are the entities that the word, alone or with its neighbours, names: they let a
    passage in another language answer.
    """

    surface: str
    lemmas: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A query after analysis: what both engines translate, each into its own language.

    With `every_term` a passage must answer all terms, else one is enough. `phrases` are runs of
    surfaces that must stand as they are. `filters` maps a facet, or `concept`, to the values of
    which one must hold. Without terms and phrases every passage matches.
    """

    terms: tuple[QueryTerm, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    every_term: bool = True
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    passages: int = 50


FACETS = ("language", "kind", "year", "work_package")
"""What results are counted and narrowed by; `concept` narrows too, but is not counted."""


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage found, with its score and its stored text."""

    document: str
    number: int
    page: int
    language: str
    text: str
    score: float
    page_label: str | None = None


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The best passages, best first; `documents` counts all documents that match.

    `facets` maps facet to counts of documents by value.
    """

    hits: tuple[PassageHit, ...]
    documents: int
    facets: Mapping[str, Mapping[str, int]]


class SearchIndex(Protocol):
    """The full-text index: one writer, any number of readers."""

    def replace_documents(self, keys: Iterable[str], passages: Iterable[IndexedPassage]) -> None:
        """Take out every passage of `keys`, put `passages` in; visible after commit."""
        ...

    def commit(self) -> None: ...

    def search(self, request: SearchRequest) -> SearchAnswer: ...

    def count(self) -> int:
        """Passages in the index."""
        ...

    def ready(self) -> bool: ...

    def close(self) -> None: ...
