"""The registry by its names: the entity a name stands for, when it says so without doubt."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from amic_kg.extract.names.heads import Kind
from amic_kg.extract.names.organizations import name_key
from amic_kg.ontology import REGISTRY_TYPES, Entity

_LONG = 12
"""Characters from which on a name may differ a little from a label of the registry."""
_PER_ERROR = 9
"""Characters of a name for each letter that may be wrong, missing or too many."""

# A name read as the first may be of the second too: recognisers give projects and funds as
# organisations, lakes and mines as places.
_ALSO: dict[Kind, tuple[str, ...]] = {
    "Organization": ("Organization", "FundingProgramme", "Project"),
    "Place": ("Place", "Site"),
    "Site": ("Site",),
    "Project": ("Project", "FundingProgramme"),
    "FundingProgramme": ("FundingProgramme",),
}


class RegistryNames:
    """Labels of the registry (and of funding programmes), by type and key of the name."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._entities: dict[str, Entity] = {}
        self._by_key: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._long: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for entity in entities:
            if entity.type not in (*REGISTRY_TYPES, "FundingProgramme") or not entity.in_text:
                continue
            self._entities[entity.iri] = entity
            for _, label, _ in entity.labels():
                key = name_key(label)
                if key:
                    self._by_key[entity.type, key].add(entity.iri)
                    if len(key) >= _LONG:
                        self._long[entity.type, _outline(key)].add(key)

    def words(self) -> frozenset[str]:
        """The names of places and sites that are one word, in lower case."""
        return frozenset(
            text.lower()
            for entity in self._entities.values()
            if entity.type in ("Place", "Site")
            for _, text, _ in entity.labels()
            if " " not in text
        )

    def get(self, iri: str) -> Entity | None:
        return self._entities.get(iri)

    def exact(self, name: str, kind: Kind) -> str | None:
        """The one entity that has `name`, but for legal form, case, hyphens and diacritics."""
        key = name_key(name)
        for wanted in _ALSO[kind]:
            found = self._by_key.get((wanted, key))
            if found:
                return next(iter(found)) if len(found) == 1 else None
        return None

    def near(self, name: str, kind: Kind) -> str | None:
        """The one entity with a long name that differs in a letter or two; the last word agrees."""
        key = name_key(name)
        if len(key) < _LONG:
            return None
        found: set[str] = set()
        for wanted in _ALSO[kind][:1]:
            for label in self._long.get((wanted, _outline(key)), ()):
                allowed = min(len(key), len(label)) // _PER_ERROR
                if _same_words(key, label) or _distance(key, label, allowed) <= allowed:
                    found.update(self._by_key[wanted, label])
        return next(iter(found)) if len(found) == 1 else None

    def labels_of(self, iri: str) -> tuple[str, ...]:
        entity = self._entities.get(iri)
        return tuple(text for _, text, _ in entity.labels()) if entity else ()

    def agrees(self, iri: str, name: str) -> bool:
        """Whether one of the entity's labels is `name`."""
        key = name_key(name)
        return any(name_key(label) == key for label in self.labels_of(iri))


def _outline(key: str) -> str:
    """First letter and number of words: names are compared within these alone."""
    return f"{key[0]}{key.count('-')}"


def _same_words(one: str, other: str) -> bool:
    words = re.split("-", one)
    return len(words) > 2 and sorted(words) == sorted(other.split("-"))


def _distance(one: str, other: str, most: int) -> int:
    """Letters to change, add or take out (Levenshtein 1966); `most` + 1 when it is more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    previous = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, wanted in enumerate(other, 1):
            current.append(
                min(
                    previous[column] + 1,
                    current[column - 1] + 1,
                    previous[column - 1] + (letter != wanted),
                )
            )
        if min(current) > most:
            return most + 1
        previous = current
    return previous[-1]
