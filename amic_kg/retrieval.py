"""The port of the search index: what it takes, what it is asked, what it gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

FACET_TYPES: Mapping[str, str] = {
    "organization": "Organization",
    "place": "Place",
    "site": "Site",
    "commodity": "Commodity",
    "theme": "Theme",
    "acceptance_factor": "AcceptanceFactor",
    "lifecycle_stage": "LifecycleStage",
}
"""Facets whose values are IRIs of what a document names, and the class of these."""

DOCUMENT_FACETS = ("kind", "year", "work_package", *FACET_TYPES, "raw_material", "source")
"""Facets that hold of a whole document. `raw_material`: `critical` and `strategic`, when it names a
commodity of that list of the European Union; `source`: where it comes from.
"""

FACETS = ("language", *DOCUMENT_FACETS)
"""What results are counted and narrowed by; `language` is that of the passage."""

NARROWING = (*FACETS, "creator", "concept", "document")
"""What narrows: `creator` is a name as in the record; by `concept` the passage itself names it."""

DateOrder = Literal["newest", "oldest"]


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage as both engines index it: prepared token streams, parted by blanks.

    `surface`, `lemma`: one token a word, in order; `parts`: further lemmas and compound parts;
    `concepts`: IRIs of what is mentioned, with the broader ones. `issued` is a date or a part of
    one. `facets` are the values of the whole document by facet (`DOCUMENT_FACETS`), beyond `kind`,
    `year` and `work_packages`.
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
    issued: str | None = None
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def narrowing(self) -> Mapping[str, tuple[str, ...]]:
        """The values of the document by facet: all of `DOCUMENT_FACETS` that it has."""
        own = {
            "kind": (self.kind,),
            "year": () if self.year is None else (str(self.year),),
            "work_package": tuple(str(number) for number in self.work_packages),
        }
        return {name: values for name, values in (own | dict(self.facets)).items() if values}


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
    surfaces that must stand as they are. `filters` maps a name in `NARROWING` to the values of
    which one must hold. Without terms and phrases every passage matches. `facets` are counted.
    """

    terms: tuple[QueryTerm, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    every_term: bool = True
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    passages: int = 50
    facets: tuple[str, ...] = FACETS


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

    `facets` maps each facet that was asked for to counts of documents by value. A facet that
    narrows is counted as if it did not, so that one sees what else there is.
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

    def by_date(
        self, request: SearchRequest, order: DateOrder, first: int, size: int
    ) -> tuple[str, ...]:
        """Keys of the documents that match, `size` of them from place `first` (0 for the first).

        What bears no date stands last in either order; among equals the key decides.
        """
        ...

    def count(self) -> int:
        """Passages in the index."""
        ...

    def ready(self) -> bool: ...

    def close(self) -> None: ...
