"""Substances in the company of others: in a list of minerals apatite is the mineral.

Which sense is meant is first told by the words around; a list tells it more surely, for its
members are of one kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from amic_kg.extract.concepts.labels import Label, Span
from amic_kg.extract.concepts.matcher import Match, match_of
from amic_kg.extract.concepts.substances import BY_CONTEXT, SUBSTANCES
from amic_kg.language import Token

_PARTED = re.compile(
    r"\s*[,/&+±]\s*(?:(?:and|or|ja|tai|sekä|och|eller|samt)\s+)?(?P<between>(?:[\w-]+\s+){0,2})"
    r"|\s+(?:and|or|ja|tai|sekä|och|eller|samt)\s+(?P<joined>(?:[\w-]+\s+){0,1})"
    r"|\s*[-–]\s*|(?P<blank>\s+)"
)
"""What stands between two members of a list: "quartz, feldspar and some biotite"."""
_FEWEST_IN_COLUMNS = 4
"""Members of a list that only blanks part, as in the cells of a table."""


def agree_with_companions(
    text: str, tokens: Sequence[Token], matches: Sequence[Match], spans: Mapping[int, Span]
) -> list[Match]:
    """The matches, each ambiguous substance in the sense of those it is listed with.

    `spans` are the labels at the first token of each match.
    """
    senses = {m.first: _senses(spans.get(m.first), m) for m in matches if m.type in SUBSTANCES}
    changed: dict[int, Match] = {}
    for members, loose in _lists(text, [m for m in matches if m.first in senses]):
        sure = Counter(m.type for m in members if len(senses[m.first]) == 1)
        for member in members:
            kind = _majority(sure, senses[member.first])
            if kind is None or kind == member.type:
                continue
            if sure[kind] < 2 and (loose or member.confidence >= BY_CONTEXT):
                continue
            label = senses[member.first][kind]
            if label is not None:
                first, last = member.first, member.last
                changed[first] = match_of(label, tokens, first, last, BY_CONTEXT)
    return [changed.get(match.first, match) for match in matches]


def _senses(span: Span | None, match: Match) -> dict[str, Label | None]:
    """By type the labels of what a match may mean."""
    while span is not None and span.last > match.last:
        span = span.shorter
    if span is None or span.last != match.last:
        return {match.type: None}
    return {
        label.entity.type: label
        for label in reversed(span.labels)
        if label.entity.type in SUBSTANCES
    } or {match.type: None}


def _majority(sure: Counter[str], senses: Mapping[str, Label | None]) -> str | None:
    """The one type of most sure members that is also a sense; None where two are as many."""
    ranked = sorted(((sure[kind], kind) for kind in senses if sure[kind]), reverse=True)
    if len(senses) < 2 or not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def _lists(text: str, matches: Sequence[Match]) -> Iterator[tuple[list[Match], bool]]:
    """Neighbours that are listed together, and whether other words stand between some."""
    members: list[Match] = []
    loose = blank = False
    for one, other in pairwise([*matches, None]):
        if one is None:
            break
        members.append(one)
        gap = None if other is None else _PARTED.fullmatch(text, one.end, other.start)
        if gap is not None and "\n\n" not in gap[0]:
            loose = loose or bool(gap["between"] or gap["joined"])
            blank = blank or bool(gap["blank"])
            continue
        if len(members) > 1 and not (blank and len(members) < _FEWEST_IN_COLUMNS):
            yield members, loose
        members, loose, blank = [], False, False
