"""Which of several readings of the same words stands: the vocabulary's, or a name's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from amic_kg.extract.matcher import Match
from amic_kg.extract.name_heads import head_of
from amic_kg.extract.name_readings import Reading, begins_sentence, is_capital
from amic_kg.extract.organization_names import is_legal_form
from amic_kg.language import Token
from amic_kg.ontology import REGISTRY_TYPES

NAME_TYPES = frozenset((*REGISTRY_TYPES, "FundingProgramme"))

_SURE_HEAD = 0.7
"""Score of a head that says alone what the name is."""

_CUES = {
    "legal form": 0, "project": 1, "head": 2, "preposition": 3, "recognizer": 4, "site project": 5,
}  # fmt: skip


def choose(readings: Iterable[Reading]) -> list[Reading]:
    """Of overlapping readings one: a legal form first, then the longest, then the surer cue."""
    chosen: list[Reading] = []
    every = _begun_late(list(readings))
    sure = [r for r in every if r.cue in ("legal form", "head")]
    ranked = sorted(
        (r for r in every if r.cue != "recognizer" or _holds_one(r, sure)),
        key=lambda r: (r.cue != "legal form", -r.length, _CUES[r.cue], r.first),
    )
    for reading in ranked:
        overlapping = [
            (n, other)
            for n, other in enumerate(chosen)
            if other.first <= reading.last and reading.first <= other.last
        ]
        if not overlapping:
            chosen.append(reading)
        elif reading.recognized:
            for n, other in overlapping:
                chosen[n] = replace(other, recognized=True)
    return sorted(chosen, key=lambda r: r.first)


def _begun_late(readings: list[Reading]) -> list[Reading]:
    """Headed names begin where the recogniser begins them: "Kiitokset | Tekniikan säätiölle"."""
    begun = {r.last: r.first for r in readings if r.recognized}
    return [
        replace(r, first=begun[r.last], core=(begun[r.last], r.core[1]), recognized=True)
        if r.cue == "head" and r.core[1] == r.last and r.first < begun.get(r.last, 0)
        else r
        for r in readings
    ]


def _holds_one(reading: Reading, sure: Sequence[Reading]) -> bool:
    """Whether no two names are in what the recogniser took for one."""
    inside = [r for r in sure if reading.first <= r.first and r.last <= reading.last]
    return not any(one.last < other.first for one in inside for other in inside)


def settle(
    text: str,
    tokens: Sequence[Token],
    language: str,
    matches: Sequence[Match],
    readings: Sequence[Reading],
    is_site: Callable[[Reading], bool],
) -> tuple[list[Match], list[Reading]]:
    """Matches and readings without overlap: the vocabulary stands unless a name clearly holds it.

    `is_site` tells whether the registry has a site with the name of a reading.
    """
    kept = {match: match for match in matches}
    standing: list[Reading] = []
    for reading in readings:
        touching = [
            match
            for match in kept.values()
            if match.first <= reading.last and reading.first <= match.last
        ]
        if reading.kind == "Site" and _is_named_after(reading, touching):
            # A place that a mine has its name from: the mine, if the registry has it.
            verdict: Reading | Match | None = reading if is_site(reading) else None
        elif reading.cue == "site project":
            verdict = None
        else:
            verdict = _judge(text, tokens, language, reading, touching)
        if isinstance(verdict, Match):
            old = next(m for m in touching if m.entity == verdict.entity)
            for match in touching:
                key = next(k for k, v in kept.items() if v == match)
                if match == old:
                    kept[key] = verdict
                elif match.first >= verdict.first and match.last <= verdict.last:
                    del kept[key]
        elif verdict is not None:
            standing.append(verdict)
            for match in touching:
                if match.first <= verdict.last and verdict.first <= match.last:
                    del kept[next(k for k, v in kept.items() if v == match)]
    return sorted(kept.values(), key=lambda m: m.start), standing


def _judge(
    text: str,
    tokens: Sequence[Token],
    language: str,
    reading: Reading,
    touching: Sequence[Match],
) -> Reading | Match | None:
    """The reading, whole or in part, if it stands; a match that takes its words in; or neither."""
    if not touching:
        return reading
    names = [m for m in touching if m.type in NAME_TYPES]
    covering = [m for m in touching if m.first <= reading.first and m.last >= reading.last]
    if any(m.type in NAME_TYPES for m in covering):
        return None
    if covering:
        # In Finnish and Swedish a capital within a sentence makes a name of "malmi".
        named = (
            reading.recognized
            and reading.length == 1
            and language != "en"
            and not tokens[reading.first].surface.isupper()
            and not begins_sentence(text, tokens[reading.first])
        )
        return reading if named or reading.cue == "legal form" else None
    if any(_crosses(tokens, m, reading) for m in names):
        return reading if reading.cue == "legal form" else None
    covered = {i for m in names for i in range(m.first, m.last + 1)}
    rest = [i for i in range(reading.first, reading.last + 1) if i not in covered]
    if reading.kind == "Site":
        return _judge_site(text, tokens, reading, names)
    if reading.kind in ("Project", "FundingProgramme"):
        own = any(is_capital(tokens[i]) for i in rest)
        return reading if own and all(m.type == "Place" for m in names) else None
    if not names:
        matter = sum(m.last - m.first + 1 for m in touching)
        listed = reading.cue == "recognizer" and 2 * matter > reading.length
        capitals = all(is_capital(tokens[i]) or reading.cue != "recognizer" for i in rest)
        return reading if capitals and not listed else None
    if reading.kind == "Place":
        return _judge_place(tokens, reading, names, rest)
    return _judge_organization(text, tokens, language, reading, names, rest)


def _judge_site(
    text: str, tokens: Sequence[Token], reading: Reading, names: Sequence[Match]
) -> Reading | Match | None:
    sites = [m for m in names if m.type == "Site"]
    if len(sites) == 1:
        site = sites[0]
        if reading.core[1] == reading.last - 1 and site.first <= reading.core[1] <= site.last:
            return replace(site, end=tokens[reading.last].end, last=reading.last)
        return None
    return None if names else reading


def _is_named_after(reading: Reading, touching: Sequence[Match]) -> bool:
    names = [m for m in touching if m.type in NAME_TYPES]
    if reading.cue != "site project" and reading.score < _SURE_HEAD:
        return False
    return bool(names) and all(
        m.type == "Place" and (m.first, m.last) == reading.core for m in names
    )


def _judge_place(
    tokens: Sequence[Token], reading: Reading, names: Sequence[Match], rest: Sequence[int]
) -> Reading | None:
    if any(m.type != "Place" for m in names) or not rest:
        return None
    first = rest[0]
    capital = all(is_capital(tokens[i]) for i in rest)
    if capital and rest == list(range(first, reading.last + 1)) and len(names) == 1:
        # "Sodankylän Ahvenlammella": the place within the place is a name of its own.
        return replace(reading, first=first, core=(first, reading.last))
    return None


def _judge_organization(
    text: str,
    tokens: Sequence[Token],
    language: str,
    reading: Reading,
    names: Sequence[Match],
    rest: Sequence[int],
) -> Reading | None:
    organizations = [m for m in names if m.type == "Organization"]
    if any(m.last == reading.last for m in organizations):
        return None
    sure = reading.cue in ("legal form", "head")
    if len(organizations) > 1 and reading.cue != "legal form":
        return None
    capitals = [i for i in rest if is_capital(tokens[i]) and not is_legal_form(tokens[i].surface)]
    form = any(is_legal_form(tokens[i].surface) for i in rest)
    if organizations:
        # "Boliden Harjavalta Oy" is another company than Boliden; the rest of "GTK:n geokemian
        # osasto" is a part of GTK.
        return reading if (form and (capitals or len(names) > 1)) or (sure and capitals) else None
    if any(m.type in ("Project", "FundingProgramme") for m in names) and not form:
        return None
    headed = head_of(list(tokens[reading.first : reading.last + 1]), language) == "Organization"
    return reading if capitals or form or (sure and headed) else None


def _crosses(tokens: Sequence[Token], match: Match, reading: Reading) -> bool:
    """Whether a match lies partly without the reading; a leading article does not count."""
    first = match.first
    if first < match.last and tokens[first].surface.lower() in ("the", "den", "det"):
        first += 1
    return first < reading.first or match.last > reading.last
