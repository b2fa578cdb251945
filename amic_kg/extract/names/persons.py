"""Persons in running text: they are no entities, and what is in their names is none either."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from amic_kg.extract.concepts.matcher import Match
from amic_kg.extract.names.heads import head_of
from amic_kg.extract.names.overlaps import NAME_TYPES
from amic_kg.extract.names.readings import is_capital, tokens_of
from amic_kg.language import Token
from amic_kg.recognition import NameSpan

_INITIALS_BEFORE = re.compile(r"(?:^|[\s(,;&])(?:[A-ZÅÄÖ]\.[-\s]?){1,3}\s?$")
_INITIALS_AFTER = re.compile(
    r",\s?[A-ZÅÄÖ]\.|,\s[A-ZÅÄÖ](?:[-\s][A-ZÅÄÖ])?[,.;(]|\s(?:et al\b|ym\.\s\(?\d{4}|m\.fl\.)"
)
_TITLE_BEFORE = re.compile(
    r"\b(?:professori|professor|tohtori|dosentti|docent|toimitusjohtaja|johtaja|tutkija|geologi|"
    r"ministeri|kansanedustaja|rouva|herra|dr|mrs?|ms|prof)\.?\s$",
    re.IGNORECASE,
)
_NEWSPAPER = re.compile(r"\s?-leh(?:ti|de|te)")
_COULD_BE_SURNAME = frozenset(("Place", "Site", "Commodity", "Mineral", "Rock"))


def people_of(
    tokens: Sequence[Token], names: Iterable[NameSpan], matches: Sequence[Match], language: str
) -> list[tuple[int, int]]:
    """The recogniser's persons as token ranges, without those whose words say otherwise."""
    found = []
    for name in names:
        span = tokens_of(tokens, name.start, name.end) if name.label == "PER" else None
        if span is None:
            continue
        first, last = span
        covered = [m for m in matches if m.first <= first and m.last >= last]
        begins = [m for m in matches if m.first == first and m.type in NAME_TYPES]
        # A single word is kept: it may be the surname of a full name elsewhere.
        if last > first and (
            covered or begins or head_of(list(tokens[first : last + 1]), language)
        ):
            continue
        found.append((first, last))
    return found


def surnames(tokens: Sequence[Token], people: Iterable[tuple[int, int]]) -> set[str]:
    """The base forms that the last words of persons' full names may have."""
    return {
        lemma
        for first, last in people
        if last > first
        for lemma in (tokens[last].surface.lower(), *tokens[last].lemmas)
    }


def without_persons(
    text: str,
    tokens: Sequence[Token],
    matches: Iterable[Match],
    people: Sequence[tuple[int, int]],
    family: Collection[str],
) -> list[Match]:
    """The matches that are not a part of a person's name; `family` are surnames of the document."""
    kept = []
    for match in matches:
        inside = any(
            first <= match.first and match.last <= last and last > first for first, last in people
        )
        if inside and match.type != "Organization":
            continue
        if match.first == match.last and match.type in _COULD_BE_SURNAME:
            before = text[max(0, match.start - 24) : match.start]
            token = tokens[match.first]
            known = not {token.surface.lower(), *token.lemmas}.isdisjoint(family)
            if is_capital(token) and (
                _INITIALS_BEFORE.search(before)
                or _INITIALS_AFTER.match(text, match.end)
                or (known and (_TITLE_BEFORE.search(before) or (match.first, match.last) in people))
            ):
                continue
        if match.type in NAME_TYPES and _NEWSPAPER.match(text, match.end):
            continue
        kept.append(match)
    return kept
