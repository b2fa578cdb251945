"""Places by the company they keep: beside known places in a list, or within one.

"Kolari, Muonio and Geyer", "Geyer in Saxony", "Gemer (Slovakia)", "Myllyojan ja Karhuojan kylät".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from amic_kg.extract.concepts.matcher import Match
from amic_kg.extract.concepts.name_words import GIVEN_NAMES
from amic_kg.extract.names.heads import head_of, kind_of_word
from amic_kg.extract.names.organizations import is_legal_form
from amic_kg.extract.names.readings import (
    Reading,
    Words,
    begins_sentence,
    follows,
    is_capital,
    simple_reading,
)
from amic_kg.extract.names.runs import is_describing, is_genitive, is_lead, is_plural
from amic_kg.extract.names.swedish_places import SWEDISH_PLACES
from amic_kg.language import Analyzer, Token

_LISTED = 0.65
_WITHIN = 0.65
_NAMED = 0.8
"""Scores: a member of a list of places, a place told to lie in another, a town by its name."""

_BETWEEN = re.compile(r",\s+|,?\s+(?:and|or|ja|sekä|tai|och|samt|eller)\s+|\s*&\s*")
_LIES_IN = {"en": re.compile(r"\sin\s|\s\("), "sv": re.compile(r"\s\("), "fi": re.compile(r"\s\(")}
_WHERE = re.compile(r"(?:\b(?:in|at|near|from|of|to|around|and)\s|[,:(]\s?)$")
_LONGEST = 2
_SHORTEST = 4
_CASES = (
    "ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle", "ksi", "aan", "een", "iin",
    "oon", "uun", "yyn", "ään", "öön", "n",
)  # fmt: skip


class _Item(NamedTuple):
    first: int
    last: int
    known: bool
    """Whether the registry has it."""
    seen: bool = False
    """Whether the recogniser takes it for a place."""


def listed_places(
    words: Words,
    matches: Sequence[Match],
    places: Set[int],
    others: Set[int],
    analyzer: Analyzer,
) -> Iterator[Reading]:
    """Readings as places of names that no registry knows.

    `places` and `others` are the tokens that a recogniser takes for places, and for persons or
    organisations.
    """
    items = [
        item._replace(seen=places >= set(range(item.first, item.last + 1)))
        for item in _items(words, matches, others, analyzer)
    ]
    for members in _chains(words, items):
        if _is_of_places(members):
            for item in members:
                if not item.known and _agrees(words, item, members):
                    yield simple_reading(item.first, item.last, "Place", "list", _LISTED)
    for one, other in pairwise(items):
        if other.known and not one.known and _lies_in(words, one, other):
            yield simple_reading(one.first, one.last, "Place", "list", _WITHIN)
    if words.language == "fi":
        yield from _shared_heads(words)
    if words.language == "sv":
        yield from _swedish_towns(words)


def _items(
    words: Words, matches: Sequence[Match], others: Set[int], analyzer: Analyzer
) -> Iterator[_Item]:
    """Known places and names of one or two words that may be places, in order."""
    by_first = {match.first: match for match in matches}
    taken = {i for match in matches for i in range(match.first, match.last + 1)}
    index = 0
    while index < len(words.tokens):
        match = by_first.get(index)
        if match is not None:
            if match.type == "Place":
                yield _Item(match.first, match.last, known=True)
            index = match.last + 1
            continue
        last = index
        while (
            last + 1 < len(words.tokens)
            and last + 1 not in taken
            and is_capital(words.tokens[last + 1])
            and is_capital(words.tokens[index])
            and follows(words.text, words.tokens[last], words.tokens[last + 1])
        ):
            last += 1
        if index not in taken and _may_be_place(words, index, last, others, analyzer):
            yield _Item(index, last, known=False)
        index = last + 1


def _may_be_place(
    words: Words, first: int, last: int, others: Set[int], analyzer: Analyzer
) -> bool:
    run = words.run(first, last)
    if len(run) > _LONGEST or not others.isdisjoint(range(first, last + 1)):
        return False
    if head_of(run, words.language) not in (None, "Place") or any(map(_is_no_place, run)):
        return False
    if words.language == "fi":
        return "sukunimi" not in analyzer.classes(run[-1].lemmas[0])
    # What is a word too has its capital from a heading or from a longer name.
    return not all(analyzer.knows(token.surface.lower(), words.language) for token in run)


def _is_no_place(token: Token) -> bool:
    return (
        not token.surface.isalpha()
        or not token.surface[0].isupper()
        or token.surface.isupper()
        or len(token.surface) < _SHORTEST
        or is_lead(token)
        or is_describing(token)
        or is_legal_form(token.surface)
        or token.surface.lower() in GIVEN_NAMES
    )


def _chains(words: Words, items: Sequence[_Item]) -> Iterator[list[_Item]]:
    members: list[_Item] = []
    for item in items:
        if members:
            gap = words.text[words.tokens[members[-1].last].end : words.tokens[item.first].start]
            if not _BETWEEN.fullmatch(gap):
                yield members
                members = []
        members.append(item)
    if members:
        yield members


def _is_of_places(members: Sequence[_Item]) -> bool:
    """Whether a list has a known place, or the recogniser's places make up most of it."""
    seen = sum(item.seen for item in members)
    return any(item.known for item in members) or (seen > 1 and 2 * seen > len(members))


def _agrees(words: Words, item: _Item, members: Sequence[_Item]) -> bool:
    """In Finnish the members of a list stand in one case."""
    if words.language != "fi":
        return True
    case = _case(words.tokens[item.last].surface)
    return any((m.known or m.seen) and _case(words.tokens[m.last].surface) == case for m in members)


def _case(surface: str) -> str:
    return next((ending for ending in _CASES if surface.endswith(ending)), "")


def _lies_in(words: Words, one: _Item, other: _Item) -> bool:
    start, end = words.tokens[one.first].start, words.tokens[one.last].end
    gap = words.text[end : words.tokens[other.first].start]
    if not _LIES_IN[words.language if words.language in _LIES_IN else "en"].fullmatch(gap):
        return False
    if gap.endswith("(") and words.text[words.tokens[other.last].end :][:1] != ")":
        return False
    return bool(_WHERE.search(words.text, max(0, start - 8), start))


def _shared_heads(words: Words) -> Iterator[Reading]:
    """'Myllyojan, Karhuojan ja Suojoen kylät': all are names of places."""
    for index, head in enumerate(words.tokens):
        if index < 2 or not head.surface.islower() or not is_plural(head, "fi"):
            continue
        if kind_of_word(head.lemmas[0], "fi") != "Place":
            continue
        at = index - 1
        if words.text[words.tokens[at].end : head.start] not in (" ", "\n"):
            continue
        found = []
        while at >= 0 and _is_owner(words, at):
            found.append(at)
            before = at - 1
            if before > 0 and words.tokens[before].surface in ("ja", "sekä"):
                before -= 1
            gap = words.text[words.tokens[before].end : words.tokens[at].start]
            if before < 0 or not _BETWEEN.fullmatch(gap):
                break
            at = before
        if len(found) > 1:
            for at in found:
                yield simple_reading(at, at, "Place", "list", _LISTED)


def _is_owner(words: Words, index: int) -> bool:
    token = words.tokens[index]
    return is_capital(token) and is_genitive(token) and not begins_sentence(words.text, token)


def _swedish_towns(words: Words) -> Iterator[Reading]:
    for index, token in enumerate(words.tokens):
        name = token.surface
        if name in SWEDISH_PLACES or (name.endswith("s") and name[:-1] in SWEDISH_PLACES):
            yield simple_reading(index, index, "Place", "list", _NAMED)
