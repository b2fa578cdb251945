"""What a search gives: documents with the sentence that answers, and what was understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from amic_kg.ontology import Entity
from amic_kg.records import StoredDocument
from amic_kg.retrieval import QueryTerm


@dataclass(frozen=True, slots=True)
class Understanding:
    """A query as it was understood: terms and phrases, and the entities that its words name."""

    text: str
    terms: tuple[QueryTerm, ...]
    phrases: tuple[tuple[str, ...], ...]
    entities: tuple[Entity, ...]

    def words_of(self, concept: str) -> str:
        """The words that were taken for `concept`, as they were typed but in lower case."""
        return " ".join(term.surface for term in self.terms if concept in term.concepts)


@dataclass(frozen=True, slots=True)
class Card:
    """A thing that the query names, and how many documents name it."""

    entity: Entity
    documents: int


@dataclass(frozen=True, slots=True)
class Highlight:
    """A piece of a text; `hit` says that it is what was looked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage of a result: the sentence that answers, marked, and where it stands."""

    page: int
    page_label: str | None
    language: str
    snippet: tuple[Highlight, ...]
    score: float


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document of the result list with its best passages; `why` says what made it a hit."""

    document: StoredDocument
    score: float
    passages: tuple[FoundPassage, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """`total` counts documents; `relaxed` tells that not every word had to be met.

    `near` are entities with a name like the words, when these find nothing.
    """

    understanding: Understanding
    total: int
    took_ms: float
    found: tuple[FoundDocument, ...]
    facets: Mapping[str, Mapping[str, int]]
    suggestion: str | None = None
    relaxed: bool = False
    near: tuple[Entity, ...] = ()
