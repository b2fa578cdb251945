"""Which of several readings of the same words stands: vocabulary, names, persons."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from amic_kg.extract.matcher import Match
from amic_kg.extract.name_heads import Kind, head_of
from amic_kg.extract.name_readings import Reading, begins_sentence, follows, is_capital, tokens_of
from amic_kg.extract.name_runs import is_lead
from amic_kg.extract.organization_names import has_legal_form, is_legal_form
from amic_kg.language import Token
from amic_kg.ontology import REGISTRY_TYPES
from amic_kg.ports import NameSpan

NAME_TYPES = frozenset((*REGISTRY_TYPES, "FundingProgramme"))

_SURE_HEAD = 0.7
"""Score of a head that says alone what the name is."""

_KINDS: dict[str, Kind] = {"ORG": "Organization", "LOC": "Place"}
_AND = ("and", "ja", "och", "sekä", "samt")
_CUES = {"legal form": 0, "project": 1, "head": 2, "preposition": 3, "recognizer": 4, "site project": 5}

_INITIALS_BEFORE = re.compile(r"(?:^|[\s(,;&])(?:[A-ZÅÄÖ]\.[-\s]?){1,3}\s?$")
_INITIALS_AFTER = re.compile(r",\s?[A-ZÅÄÖ]\.|,\s[A-ZÅÄÖ](?:[-\s][A-ZÅÄÖ])?[,.;(]|\s(?:et al\b|ym\.\s\(?\d{4}|m\.fl\.)")
_TITLE_BEFORE = re.compile(
    r"(?:professori|professor|tohtori|dosentti|docent|toimitusjohtaja|johtaja|tutkija|geologi|"
    r"ministeri|kansanedustaja|rouva|herra|[Dd]r|[Mm]rs?|[Mm]s|[Pp]rof)\.?\s$"
)  # fmt: skip
_NEWSPAPER = re.compile(r"\s?-leh(?:ti|de|te)")
_CALLED_SITE = re.compile(
    r"(?:\s(?:utanför|i|in|near)\s[A-ZÅÄÖ]\w+)?,?\s(?:är|var|is|was|on|oli)\s(?:\w+\s){0,3}?"
    r"(?:gruva|dagbrott|fyndighet|mine|deposit|prospect|kaivos|esiintymä|avolouhos)\b"
)
_COULD_BE_SURNAME = frozenset(("Place", "Site", "Commodity", "Mineral", "Rock"))


def recognized(
    text: str, tokens: Sequence[Token], names: Iterable[NameSpan], language: str
) -> list[Reading]:
    """The recogniser's organisations and places, trimmed, with the kind that their words say."""
    found = []
    for name in names:
        kind = _KINDS.get(name.label)
        span = tokens_of(tokens, name.start, name.end) if kind is not None else None
        if kind is None or span is None:
            continue
        trimmed = _trim(text, tokens, *span, language)
        if trimmed is None:
            continue
        first, last = trimmed
        words = tokens[first : last + 1]
        initials = any(len(t.surface) == 1 and t.surface.isupper() for t in words)
        if initials and not _is_headed(words, language):
            continue
        if any(t.surface in _AND for t in tokens[first : last + 1]) and not _is_headed(
            tokens[first : last + 1], language
        ):
            continue
        said = head_of(list(tokens[first : last + 1]), language)
        if any(is_legal_form(token.surface) for token in tokens[first + 1 : last + 1]):
            said = "Organization"
        if said == "Place" and kind == "Organization" and last > first:
            said = None
        core = (first, last)
        if said in ("Site", "Project") and last > first:
            core = (first, last - 1)
        if is_legal_form(tokens[last].surface) and last > first:
            found.append(Reading(first, last, "Organization", "legal form", 0.9, core, True))
        else:
            found.append(Reading(first, last, said or kind, "recognizer", name.score, core, True))
    return found


def _is_headed(words: Sequence[Token], language: str) -> bool:
    return head_of(list(words), language) is not None or any(
        is_legal_form(token.surface) for token in words
    )


def persons(
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
        if covered or begins or head_of(list(tokens[first : last + 1]), language):
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
            known = not set((token.surface.lower(), *token.lemmas)).isdisjoint(family)
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


def choose(readings: Iterable[Reading]) -> list[Reading]:
    """Of overlapping readings one: a legal form first, then the longest, then the surer cue."""
    chosen: list[Reading] = []
    every = _begun_late(list(readings))
    sure = [r for r in every if r.cue in ("legal form", "head")]
    ranked = sorted(
        (r for r in every if r.cue != "recognizer" or _holds_one(r, sure)), key=lambda r: (r.cue != "legal form", -r.length, _CUES[r.cue], r.first)
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


def described_sites(text: str, matches: Iterable[Match]) -> list[Reading]:
    """'Jussarö är en nedlagd gruva': places that the sentence calls a mine or a deposit."""
    return [
        Reading(m.first, m.last, "Site", "site project", 0.0, (m.first, m.last))
        for m in matches
        if m.type == "Place" and _CALLED_SITE.match(text, m.end)
    ]


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


def _trim(
    text: str, tokens: Sequence[Token], first: int, last: int, language: str
) -> tuple[int, int] | None:
    """The span without articles, titles and lower-case words at its ends; None if none is left."""
    while first <= last and (is_lead(tokens[first]) and first < last):
        first += 1
    while last >= first and not is_capital(tokens[last]):
        if last > first and head_of([tokens[last]], language) is not None:
            break
        if is_legal_form(tokens[last].surface):
            break
        last -= 1
    if last - first > 1 and _abbreviates(tokens, first):
        # A list of abbreviations: "ECHA European Chemicals Agency".
        first += 1
    for index in range(last, first, -1):
        if "©" in text[tokens[index - 1].end : tokens[index].start]:
            first = index
            break
    for index in range(first, last):
        if (
            language == "en"
            and tokens[index].surface.endswith(("'s", "’s"))
            and not _is_headed(tokens[first : last + 1], language)
        ):
            last = index
            break
    if last < first:
        return None
    for index in range(first, last):
        if not follows(text, tokens[index], tokens[index + 1]) and not has_legal_form(
            text[tokens[first].start : tokens[last].end]
        ):
            gap = text[tokens[index].end : tokens[index + 1].start]
            if any(c in gap for c in "\n;:|(),"):
                return None
    return first, last


def _abbreviates(tokens: Sequence[Token], first: int) -> bool:
    short, following = tokens[first].surface, tokens[first + 1].surface
    return short.isupper() and len(short) > 2 and following[:1] == short[0] and (
        not following.isupper()
    )
