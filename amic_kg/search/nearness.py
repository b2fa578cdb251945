"""Names that are like what was typed: what else to try when a search finds nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher

from amic_kg.ontology import Entity, Vocabulary
from amic_kg.search.results import Understanding

_LETTERS = 3
_LEAST_LETTERS = 4
_ALIKE = 0.6
_SPOKEN = 0.01
_SHOWN = 5
_COMPARED = 60


class Names:
    """The names of all entities by their runs of three letters."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._entities: list[tuple[str, str, Entity]] = []
        self._having: defaultdict[str, list[int]] = defaultdict(list)
        for entity in vocabulary:
            for language, text, rank in entity.labels():
                if rank != "hidden" and len(text) >= _LEAST_LETTERS:
                    for piece in _pieces(text.lower()):
                        self._having[piece].append(len(self._entities))
                    self._entities.append((text.lower(), language, entity))

    def near(self, understanding: Understanding, language: str) -> tuple[Entity, ...]:
        """Entities with a name like the query or one of its words; a name in `language` first."""
        words = [term.surface for term in understanding.terms]
        found: dict[str, tuple[float, Entity]] = {}
        for text in dict.fromkeys((" ".join(words), *words)):
            for likeness, spoken, entity in self._alike(text):
                weight = likeness + (_SPOKEN if spoken == language else 0.0)
                if weight > found.get(entity.iri, (0.0, entity))[0]:
                    found[entity.iri] = (weight, entity)
        best = sorted(found.values(), key=lambda each: (-each[0], each[1].iri))
        return tuple(entity for _, entity in best[:_SHOWN])

    def _alike(self, text: str) -> Iterable[tuple[float, str, Entity]]:
        if len(text) < _LEAST_LETTERS:
            return
        pieces = _pieces(text)
        shared: defaultdict[int, int] = defaultdict(int)
        for piece in pieces:
            for number in self._having.get(piece, ()):
                shared[number] += 1

        def share(number: int) -> float:
            return shared[number] / (len(pieces) + len(self._entities[number][0]))

        for number in sorted(shared, key=lambda n: (-share(n), n))[:_COMPARED]:
            name, language, entity = self._entities[number]
            likeness = SequenceMatcher(None, text, name, autojunk=False).ratio()
            if likeness >= _ALIKE:
                yield likeness, language, entity


def _pieces(text: str) -> frozenset[str]:
    padded = f" {text} "
    return frozenset(padded[i : i + _LETTERS] for i in range(len(padded) - _LETTERS + 1))
