"""Whether two documents are one work: by identifier, by text, by record."""

from __future__ import annotations

from amic_kg.likeness.faces import Face
from amic_kg.works import Likeness, Reason, Relation

COPY_FROM = 0.8
"""Of their runs of words shared. The same text as PDF and as DOCX, or with the cover page of
another repository, lies above; see docs/decisions/0023-works.md for what was measured."""

VERSION_FROM = 0.4
_NAMED_COPY_FROM = 0.5
"""For documents that bear the same identifier."""

_NAMED_VERSION_FROM = 0.1
_RECORD_SCORE = 0.9
_TITLE_WORDS = 0.6


def likeness(one: Face, other: Face) -> Likeness | None:
    """What makes the two one work, or None."""
    alike = one.signature.likeness(other.signature) if one.full and other.full else None
    if one.strong_identifiers & other.strong_identifiers:
        return _by_identifier(one, other, alike)
    if alike is not None:
        return _by_text(one, other, alike)
    if one.full and other.full:
        return None
    return _by_record(one, other)


def _by_identifier(one: Face, other: Face, alike: float | None) -> Likeness | None:
    """One identifier may stand on a report, on its appendix and on its translation."""
    if alike is None or alike >= _NAMED_COPY_FROM:
        return _pair(one, other, "copy", "identifier", 1.0 if alike is None else max(alike, 0.95))
    if alike >= _NAMED_VERSION_FROM:
        return _pair(one, other, "version", "identifier", alike)
    return None


def _by_text(one: Face, other: Face, alike: float) -> Likeness | None:
    named_alike = _titles_alike(one, other)
    numbers = {_numbers(one), _numbers(other)} - {frozenset()}
    editions = named_alike and len(numbers) == 2
    if alike >= COPY_FROM:
        # Two years of a form are alike almost to the word.
        return _pair(one, other, "version" if editions else "copy", "text", alike)
    if alike >= VERSION_FROM and named_alike and not editions:
        return _pair(one, other, "version", "text", alike)
    return None


def _by_record(one: Face, other: Face) -> Likeness | None:
    """At least one is known by its record alone: title, makers and year have to be the same."""
    if not one.telling_titles & other.telling_titles:
        return None
    if one.year is not None and other.year is not None and abs(one.year - other.year) > 1:
        return None
    if one.makers and other.makers:
        same = bool(one.makers & other.makers)
    else:
        same = bool(one.publishers & other.publishers)
    return _pair(one, other, "copy", "record", _RECORD_SCORE) if same else None


def _titles_alike(one: Face, other: Face) -> bool:
    for mine in one.titles:
        for theirs in other.titles:
            words, others = (
                {word for word in title.split() if not word.isdigit()} for title in (mine, theirs)
            )
            shared = len(words & others)
            if shared >= _TITLE_WORDS * min(len(words), len(others)) and shared >= min(
                2, len(words), len(others)
            ):
                return True
    return False


def _numbers(face: Face) -> frozenset[str]:
    """Of years, issues and parts, as the titles give them."""
    return frozenset(word for title in face.titles for word in title.split() if word.isdigit())


def _pair(one: Face, other: Face, relation: Relation, reason: Reason, score: float) -> Likeness:
    first, second = sorted((one.key, other.key))
    return Likeness(first, second, relation, reason, round(score, 3))
