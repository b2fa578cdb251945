"""Vocabularies as pages show them: trees with counts, lists, and a search over all their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from amic_kg.external import CONCEPT
from amic_kg.ontology import SCHEME_TYPES, Entity, Vocabulary
from amic_kg.search import Highlight
from amic_kg_api.thing_view import in_alphabet
from amic_kg_api.vocab_facts import Counts, EuLists, SchemeAbout

MOST_FOUND = 100
_SHOWN_AT_FIRST = 45


@dataclass(frozen=True, slots=True)
class Member:
    """A concept in its vocabulary.

    `own` counts the documents that name it, `within` those that name it or something narrower.
    `pieces` is its label, with what was asked for marked.
    """

    entity: Entity
    pieces: tuple[Highlight, ...]
    own: int
    within: int
    eu: EuLists
    matches: bool


@dataclass(frozen=True, slots=True)
class Branch:
    member: Member
    below: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class SchemeCard:
    """A vocabulary in few words; `used` is how many of its concepts documents name."""

    name: str
    type: str
    title: str
    description: str
    licence: str
    version: str
    size: int
    used: int


@dataclass(frozen=True, slots=True)
class LabelHit:
    """A concept that a search over the names found, by the label that fits best."""

    entity: Entity
    language: str
    rank: str
    pieces: tuple[Highlight, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What the graph tells of all concepts at once."""

    own: Counts
    within: Counts
    eu: Mapping[str, EuLists]


def cards(
    vocabulary: Vocabulary, abouts: Mapping[str, SchemeAbout], own: Counts, language: str
) -> list[SchemeCard]:
    by_type: dict[str, list[Entity]] = {}
    for entity in vocabulary:
        by_type.setdefault(entity.type, []).append(entity)
    return [
        card(name, by_type[kind], abouts.get(name, SchemeAbout()), own, language)
        for name, kind in SCHEME_TYPES.items()
        if kind in by_type
    ]


def card(
    name: str, members: Iterable[Entity], about: SchemeAbout, own: Counts, language: str
) -> SchemeCard:
    found = list(members)
    return SchemeCard(
        name=name,
        type=SCHEME_TYPES[name],
        title=about.title.get(language, ""),
        description=about.description.get(language, ""),
        licence=about.licence,
        version=about.version,
        size=len(found),
        used=sum(entity.iri in own for entity in found),
    )


def members(vocabulary: Vocabulary, scheme: str) -> list[Entity]:
    kind = SCHEME_TYPES[scheme]
    return [entity for entity in vocabulary if entity.type == kind]


def tree(
    entities: Iterable[Entity],
    vocabulary: Vocabulary,
    figures: Figures,
    query: str,
    language: str,
) -> tuple[Branch, ...]:
    """The concepts as trees in alphabetical order; of a query's matches with what is above them."""
    shown = {entity.iri: _member(entity, figures, query, language) for entity in entities}
    tops = [m.entity for m in shown.values() if not shown.keys() & set(m.entity.broader)]
    return tuple(_branches(tops, shown, vocabulary, language, frozenset()))


def listing(
    entities: Iterable[Entity], figures: Figures, query: str, language: str
) -> list[Member]:
    ordered = in_alphabet(entities, language)
    return [m for e in ordered if (m := _member(e, figures, query, language)).matches]


def open_levels(branches: Iterable[Branch]) -> int:
    """How many levels of a tree can stand open at first without a reader losing the overview."""
    level, shown, depth = list(branches), 0, 0
    while level:
        shown += len(level)
        if shown > _SHOWN_AT_FIRST:
            break
        depth += 1
        level = [below for branch in level for below in branch.below]
    return max(depth - 1, 0)


def count_matches(branches: Iterable[Branch]) -> int:
    """How many different concepts of a tree match: one with two broader ones stands in it twice."""
    return len({m.entity.iri for m in _all_members(branches) if m.matches})


def search_labels(vocabulary: Vocabulary, query: str, language: str) -> list[LabelHit]:
    """Concepts by their preferred and alternative labels in any language, the best fit first."""
    words = _folded(query).split()
    if not words:
        return []
    found = []
    for entity in vocabulary:
        if entity.type != CONCEPT and entity.type not in SCHEME_TYPES.values():
            continue
        fits = [
            (
                (fit, entity.type == CONCEPT, other != language, rank != "preferred", len(text)),
                other,
                text,
                rank,
            )
            for other, text, rank in entity.labels()
            if rank != "hidden" and (fit := _fit(_folded(text), words)) is not None
        ]
        if fits:
            order, other, text, rank = min(fits)
            found.append((order, text, LabelHit(entity, other, rank, marked(text, words))))
    return [hit for _, _, hit in sorted(found, key=lambda one: one[:2])]


def marked(text: str, words: Iterable[str]) -> tuple[Highlight, ...]:
    """The text in pieces, with the words in it marked."""
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    if not pattern:
        return (Highlight(text, hit=False),)
    return tuple(
        Highlight(piece, hit=bool(number % 2))
        for number, piece in enumerate(re.split(f"({pattern})", text, flags=re.IGNORECASE))
        if piece
    )


def _fit(folded: str, words: list[str]) -> int | None:
    """0 the label itself, 1 its beginning, 2 the beginning of a word in it, 3 inside; else None."""
    if not all(word in folded for word in words):
        return None
    whole = " ".join(words)
    if folded == whole:
        return 0
    if folded.startswith(whole):
        return 1
    return 2 if re.search(rf"\b{re.escape(words[0])}", folded) else 3


def _folded(text: str) -> str:
    return text.casefold()


def _member(entity: Entity, figures: Figures, query: str, language: str) -> Member:
    words = _folded(query).split()
    own = figures.own.get(entity.iri, 0)
    return Member(
        entity=entity,
        pieces=marked(entity.label(language), words),
        own=own,
        within=max(figures.within.get(entity.iri, 0), own),
        eu=figures.eu.get(entity.iri, EuLists()),
        matches=not words
        or any(
            rank != "hidden" and _fit(_folded(text), words) is not None
            for _, text, rank in entity.labels()
        ),
    )


def _branches(
    entities: Iterable[Entity],
    shown: Mapping[str, Member],
    vocabulary: Vocabulary,
    language: str,
    above: frozenset[str],
) -> Iterator[Branch]:
    for entity in in_alphabet(entities, language):
        children = (
            shown[iri].entity
            for iri in vocabulary.narrower(entity.iri)
            # A circle in a vocabulary must not make an endless page.
            if iri in shown and iri not in above
        )
        below = tuple(_branches(children, shown, vocabulary, language, above | {entity.iri}))
        if below or shown[entity.iri].matches:
            yield Branch(shown[entity.iri], below)


def _all_members(branches: Iterable[Branch]) -> Iterator[Member]:
    for branch in branches:
        yield branch.member
        yield from _all_members(branch.below)
