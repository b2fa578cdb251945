"""From pairs to works: which documents go together, and which of them stands for all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from amic_kg.likeness.faces import Face
from amic_kg.works import Likeness, Member

Pair = tuple[str, str]


def members(
    likenesses: Iterable[Likeness], apart: Collection[Pair], faces: Mapping[str, Face]
) -> dict[str, Member]:
    """Key to member, for every document that shares its work with another.

    `apart` are pairs that a curator holds apart, also when a third document is like both.
    The result does not hang on the order of `likenesses`.
    """
    ordered = sorted(
        (pair for pair in likenesses if pair.first in faces and pair.second in faces),
        key=lambda x: (x.relation, x.reason != "curator", -x.score, x.first, x.second),
    )
    copies = _Groups(faces, apart)
    for pair in ordered:
        if pair.relation == "copy":
            copies.join(*pair.pair)
    standing_for = {
        key: max(group, key=lambda x: _fullness(faces[x])) for group in copies for key in group
    }
    works = _Groups(faces, apart)
    for key, first in standing_for.items():
        works.join(key, first)
    for pair in ordered:
        if pair.relation == "version":
            works.join(*pair.pair)
    found: dict[str, Member] = {}
    for group in works:
        if len(group) > 1:
            for member in _members_of(group, standing_for, faces):
                found[member.key] = member
    return found


def _members_of(
    group: Collection[str], standing_for: Mapping[str, str], faces: Mapping[str, Face]
) -> Iterable[Member]:
    latest = max((faces[key].year or 0 for key in group), default=0)
    versions = {standing_for[key] for key in group}
    head = max(versions, key=lambda key: (faces[key].year or latest, _fullness(faces[key])))
    for key in sorted(group):
        first = standing_for[key]
        if key == head:
            yield Member(key, head, key, "head")
        elif key == first:
            yield Member(key, head, head, "version")
        else:
            yield Member(key, head, first, "copy")


def _fullness(face: Face) -> tuple[bool, bool, int, str]:
    """The copy that says most to most people stands for the others."""
    return face.full, face.open, face.signature.words, face.key


class _Groups:
    """Disjoint sets of keys that never bring together what is held apart."""

    def __init__(self, keys: Iterable[str], apart: Collection[Pair]) -> None:
        self._group = {key: {key} for key in keys}
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def join(self, one: str, other: str) -> None:
        mine, theirs = self._group[one], self._group[other]
        if mine is theirs or any(self._apart[key] & theirs for key in mine):
            return
        mine |= theirs
        for key in theirs:
            self._group[key] = mine

    def __iter__(self) -> Iterator[set[str]]:
        seen: set[int] = set()
        for group in self._group.values():
            if id(group) not in seen:
                seen.add(id(group))
                yield group
