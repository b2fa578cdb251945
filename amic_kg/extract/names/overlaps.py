"""Which of several readings of the same words stands: the vocabulary's, or a name's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from amic_kg.extract.concepts.matcher import Match
from amic_kg.extract.names.heads import head_of
from amic_kg.extract.names.organizations import is_legal_form
from amic_kg.extract.names.readings import Reading, Words, begins_sentence, is_capital
from amic_kg.language import Token
from amic_kg.ontology import REGISTRY_TYPES

NAME_TYPES = frozenset((*REGISTRY_TYPES, "FundingProgramme"))

_SURE_HEAD = 0.7
"""Score of a head that says alone what the name is."""

_CUES = {
    "legal form": 0, "project": 1, "head": 2, "list": 3, "preposition": 4, "recognizer": 5,
    "site project": 6,
}  # fmt: skip


def choose(readings: Iterable[Reading]) -> list[Reading]:
    """Of overlapping readings one: a legal form first, then the longest, then the surer cue."""
    chosen: list[Reading] = []
    every = _begun_late(list(readings))
    sure = [r for r in every if r.cue in ("legal form", "head")]
    ranked = sorted(
        (r for r in every if r.cue != "recognizer" or _holds_one(r, sure)),
        key=lambda r: (r.cue != "legal form", -r.length, _CUES[r.cue], r.kind == "Place", r.first),
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
    words: Words,
    matches: Sequence[Match],
    readings: Sequence[Reading],
    is_site: Callable[[Reading], bool],
) -> tuple[list[Match], list[Reading]]:
    """Matches and readings without overlap: the vocabulary stands unless a name clearly holds it.

    `is_site` tells whether the registry has a site with the name of a reading.
    """
    kept = list(matches)
    standing: list[Reading] = []
    for reading in readings:
        touching = [match for match in kept if _overlap(match, reading)]
        named = _is_named_after(reading, touching) or _trail_off(words.tokens, touching)
        if reading.kind == "Site" and named:
            # A place that a mine has its name from: the mine, if the registry has it.
            verdict: Reading | Match | None = reading if is_site(reading) else None
        elif reading.cue == "site project":
            verdict = None
        else:
            verdict = _judge(words, reading, touching)
        if verdict is None:
            continue
        kept = [match for match in kept if not _overlap(match, verdict)]
        if isinstance(verdict, Match):
            kept.append(verdict)
        else:
            standing.append(verdict)
    return sorted(kept, key=lambda match: match.start), standing


def _trail_off(tokens: Sequence[Token], touching: Sequence[Match]) -> bool:
    """Whether what is there ends in lower case: the company in "Hannukainen mining project"."""
    return bool(touching) and all(
        match.type == "Organization"
        and match.first < match.last
        and tokens[match.last].surface.islower()
        for match in touching
    )


def _overlap(match: Match, other: Reading | Match) -> bool:
    return match.first <= other.last and other.first <= match.last


def _judge(words: Words, reading: Reading, touching: Sequence[Match]) -> Reading | Match | None:
    """The reading, whole or in part, if it stands; a match that takes its words in; or neither."""
    tokens = words.tokens
    names = [m for m in touching if m.type in NAME_TYPES]
    covering = [m for m in touching if m.first <= reading.first and m.last >= reading.last]
    if any(m.type in NAME_TYPES for m in covering):
        return None
    if reading.cue == "legal form" and (
        covering or any(_crosses(tokens, m, reading) for m in names)
    ):
        return reading
    if covering:
        return reading if _is_capital_name(words, reading) else None
    if any(_crosses(tokens, m, reading) for m in names):
        return None
    return _judge_inner(words, reading, touching, names) if touching else reading


def _is_capital_name(words: Words, reading: Reading) -> bool:
    """In Finnish and Swedish a capital within a sentence makes a name of "malmi"."""
    token = words.tokens[reading.first]
    return (
        reading.recognized
        and reading.length == 1
        and words.language != "en"
        and not token.surface.isupper()
        and not begins_sentence(words.text, token)
    )


def _judge_inner(
    words: Words, reading: Reading, touching: Sequence[Match], names: Sequence[Match]
) -> Reading | Match | None:
    """The verdict on a reading that holds other matches; `names` are those of named things."""
    tokens = words.tokens
    covered = {i for m in names for i in range(m.first, m.last + 1)}
    rest = [i for i in range(reading.first, reading.last + 1) if i not in covered]
    verdict: Reading | Match | None
    if reading.kind == "Site":
        verdict = _judge_site(tokens, reading, names)
    elif reading.kind in ("Project", "FundingProgramme"):
        own = any(reading.core[0] <= i <= reading.core[1] for i in rest)
        verdict = reading if own and all(m.type == "Place" for m in names) else None
    elif not names:
        matter = sum(m.last - m.first + 1 for m in touching)
        listed = reading.cue == "recognizer" and 2 * matter > reading.length
        capitals = all(is_capital(tokens[i]) or reading.cue != "recognizer" for i in rest)
        verdict = reading if capitals and not listed else None
    elif reading.kind == "Place":
        verdict = _judge_place(words, reading, names, rest)
    else:
        verdict = _judge_organization(words, reading, names, rest)
    return verdict


def _judge_site(
    tokens: Sequence[Token], reading: Reading, names: Sequence[Match]
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
    words: Words, reading: Reading, names: Sequence[Match], rest: Sequence[int]
) -> Reading | None:
    tokens = words.tokens
    if any(m.type != "Place" for m in names) or not rest:
        return None
    first = rest[0]
    if reading.cue == "head" and tokens[rest[-1]].surface == "of":
        # "the Gulf of Finland": what it is called after is no mention.
        return reading
    capital = all(is_capital(tokens[i]) for i in rest)
    if capital and rest == list(range(first, reading.last + 1)) and len(names) == 1:
        if words.language == "fi" and first > reading.first and _is_plural_noun(tokens, rest):
            # "Kuusamon Yrittäjät" is an organisation, whatever the recogniser says.
            return replace(reading, kind="Organization")
        # "Sodankylän Ahvenlammella": the place within the place is a name of its own.
        return replace(reading, first=first, core=(first, reading.last))
    return None


def _is_plural_noun(tokens: Sequence[Token], rest: Sequence[int]) -> bool:
    token = tokens[rest[-1]]
    return len(rest) == 1 and token.surface.endswith("t") and token.lemmas[0][-1:] != "t"


def _judge_organization(
    words: Words, reading: Reading, names: Sequence[Match], rest: Sequence[int]
) -> Reading | None:
    tokens = words.tokens
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
    headed = head_of(words.run(reading.first, reading.last), words.language) == "Organization"
    return reading if capitals or form or (sure and headed) else None


def _crosses(tokens: Sequence[Token], match: Match, reading: Reading) -> bool:
    """Whether a match lies partly without the reading; a leading article does not count."""
    first = match.first
    if first < match.last and tokens[first].surface.lower() in ("the", "den", "det"):
        first += 1
    return first < reading.first or match.last > reading.last
