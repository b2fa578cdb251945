"""What a word found in a field weighs: one table for all engines, so that they rank alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from amic_kg.retrieval import QueryTerm


class Clause(NamedTuple):
    """A token looked for in a field of the index, and its weight."""

    field: str
    token: str
    weight: float


LEMMA = 1.0
SURFACE = 0.35
PART = 0.45
TITLE = 1.2
CONCEPT = 0.8
OTHER_WORDS = 0.3
"""Of a term's clauses the best counts whole, the others by this share (a disjunction maximum)."""

NOTHING = "∅"
"""Stands in a stream that would be empty, and no query holds it.

Lucene counts the passages that have a field, tantivy all of them: with this the two are the same,
and so are the frequencies and mean lengths that scores are made of.
"""


def clauses(term: QueryTerm) -> Iterator[Clause]:
    """Every word and concept that answers `term` alone, in a fixed order."""
    for lemma in term.lemmas:
        yield Clause("lemma", lemma, LEMMA)
        yield Clause("parts", lemma, PART)
        yield Clause("title", lemma, TITLE)
    if term.surface not in term.lemmas:
        yield Clause("lemma", term.surface, SURFACE)
    yield Clause("surface", term.surface, SURFACE)
    for concept in term.concepts:
        yield Clause("concepts", concept, CONCEPT)


def compound(term: QueryTerm) -> tuple[tuple[Clause, ...], ...]:
    """What answers a compound apart: of each of its parts one clause, all parts in one passage.

    "kaivosvesi" is answered by "kaivoksen vesi", not by every passage that names a mine.
    """
    if len(term.parts) < 2:
        return ()
    weight = PART * PART
    return tuple(
        (Clause("lemma", part, weight), Clause("parts", part, weight)) for part in term.parts
    )
