"""Authors as the records of the documents name them: who is meant when a query names one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from amic_kg.graph import terms
from amic_kg.language import tokenize
from amic_kg.ports import GraphReader
from amic_kg.search import Understanding
from amic_kg_api.graph_facts import ask
from amic_kg_api.remembered import Remembered

_SHOWN = 3
_LEAST_WORDS = 2
"""A family name alone is a word like any other."""

Names = Mapping[str, tuple[tuple[frozenset[str], str], ...]]
"""Authors by each word of their names."""


@dataclass(frozen=True, slots=True)
class Author:
    """One author; `names` are the ways in which records write the name."""

    names: tuple[str, ...]


def authors_in(understanding: Understanding, remembered: Remembered) -> tuple[Author, ...]:
    """Those whose whole name stands in the query, in whatever order of its words."""
    words = _words(understanding.text)
    if len(words) < _LEAST_WORDS:
        return ()
    known: Names = remembered.of("authors", _ask_names) or {}
    organizations = {
        text.casefold() for entity in understanding.entities for _, text, _ in entity.labels()
    }
    found: defaultdict[frozenset[str], dict[str, None]] = defaultdict(dict)
    for word in words:
        for parts, name in known.get(word, ()):
            if parts <= words and name.casefold() not in organizations:
                found[parts][name] = None
    return tuple(Author(tuple(names)) for names in found.values())[:_SHOWN]


def _ask_names(graph: GraphReader) -> Names:
    rows = ask(
        graph,
        f"SELECT DISTINCT ?name {{ GRAPH ?graph {{ ?document <{terms.DC}creator> ?name }} }} "
        "ORDER BY ?name",
    )
    return _by_word(row["name"].value for row in rows)


def _by_word(names: Iterable[str]) -> Names:
    by_word: defaultdict[str, list[tuple[frozenset[str], str]]] = defaultdict(list)
    for name in names:
        parts = _words(name)
        if len(parts) >= _LEAST_WORDS:
            for part in parts:
                by_word[part].append((parts, name))
    return {word: tuple(held) for word, held in by_word.items()}


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word, _, _ in tokenize(text))
