# ruff: noqa: E501 -- an alternative of words stands on one line
"""What the registry knows of a site or project, where a sentence names both ends of it.

A sentence that names a mine, and a company that has run it, says mostly that this company runs it,
in whatever words; a mine and a company that do not belong together may stand there for any reason.
So what the registry knows needs no wording to be drawn, only two names near each other, and nothing
that denies it or tells the other name otherwise. What contradicts the registry is left to rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from amic_kg.extract.statements.clauses import clause_around, is_planned
from amic_kg.extract.statements.patterns import Found, weigh
from amic_kg.extract.statements.reading import Reading, Thing
from amic_kg.extract.statements.roles import NO_MAKING, NO_ORE
from amic_kg.ontology import Vocabulary

TOGETHER = 0.85
"""Both stand in one sentence; how often such a sentence says it, on texts of development."""
AFTER = 0.78
"""The site or project stands in the sentence before."""
LATER = 0.72
"""The operator begins a sentence of the page on which its site is named."""

_MARK = re.compile(r"<(\w)(\d+)_(\w+)>")
_NEAR = re.compile(
    r"(?:\b(?:near|nära|close to|between|mellan|from|från|to|till|outside|north of|south of)(?: the| town of)? $)"
)
_NEARBY = re.compile(
    r"^ (?:ja <P\d+_\w+> väli|väli|lähe|lähistö|ympäristö|asuk|asukk|kunnanval|kaupunginval|poron|kylä|matkailu|yrittäj)"
)
_FAR_CASES = ("ill", "ela")
_PRICED = re.compile(r"(?:hinta|hinna|price|pris(?:et|er)?\b|kysyn|demand|efterfråg)")
_OTHER_PARTY = re.compile(
    r"(?:konsult|consult|urako|contractor|entreprenör|laborato|samples? (?:were|was) analy|toimitti|suppli|levere|sold to|myytiin|såldes till|valit|appeal)"
)
_MAKING = re.compile(
    r"(?:louhi(?!nt)|louhinta|tuota|tuote|tuott|saadaan|saatiin|rikast|kaivet|kaivoi|kromi\w*tuot|produc|mined|mining of|recover|"
    r"liuotta|liuotuk|extract|concentrate|quarr|yield|smelt|float|leaching|leached|utvinn|utvann|bryt|bröt|anrika|framställ|tillverk|"
    r"sulate|valmist|talteen|koncentrat)"
)
_NO_MAKING = re.compile(NO_MAKING)
_WASTE = re.compile(NO_ORE)
_SITE_FACTS = {"P": ("locatedIn",), "O": ("hasOperator",), "C": ("hasCommodity", "produces")}
_ROLES = {"O": ("coordinator", "partner"), "F": ("fundedUnder",)}
_NAME = re.compile(r"\w+")
_OF_PLACE = re.compile(r"<P\d+_gen> $")


@dataclass(frozen=True, slots=True)
class _Named:
    """A thing at its mark in the text of a reading."""

    thing: Thing
    case: str
    start: int
    end: int


class KnownFacts:
    """Draws what the registry knows of the sites and projects of a reading."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def of_sites(self, reading: Reading, implied: Thing | None = None) -> Iterator[Found]:
        """Place, operators and commodities beside a site; `implied` is that of the sentence before."""
        marks = _marks(reading)
        sites = [mark for mark in marks if mark.thing.letter == "S"]
        for mark in marks:
            letter = mark.thing.letter
            if letter not in _SITE_FACTS or self._is_aside(reading, mark):
                continue
            holders = [s for s in sites if self._knows(s.thing, letter, mark.thing)]
            if holders and letter == "O":
                for holder in holders:
                    yield from self._told(reading, holder, mark)
            elif holders:
                # "X belongs to the mines of Y": what only owns another noun is not spoken of.
                spoken = [site for site in holders if site.case != "gen"] or holders
                nearest = min(spoken, key=lambda s: _distance(s, mark))
                yield from self._told(reading, nearest, mark)
            elif not sites and implied is not None and self._goes_on(reading, mark, implied):
                yield from self._told(reading, None, mark, implied)

    def of_operators(self, reading: Reading, sites: Iterable[str]) -> Iterator[Found]:
        """Operators of `sites` of the page that a sentence about none of them begins with."""
        marks = _marks(reading)
        first = next((mark for mark in marks if mark.thing.letter in "OS"), None)
        if first is None or first.thing.letter != "O" or first.start > _SUBJECT:
            return
        named = {mark.thing.value for mark in marks}
        known = [s for s in sites if self._knows(Thing("S", s), "O", first.thing)]
        weight = weigh(reading, first.start, first.end, plans=True)
        if len(known) == 1 and known[0] not in named and weight:
            site = Thing("S", known[0])
            confidence = round(LATER * weight, 2)
            yield Found("hasOperator", site, first.thing, confidence, first.start, first.end)

    def of_projects(self, reading: Reading, implied: Thing | None = None) -> Iterator[Found]:
        """Roles, programme and years beside a project."""
        marks = _marks(reading)
        named = {m.thing.value: m.thing for m in marks if m.thing.letter == "J"}
        if len(named) > 1:
            return
        project, sure = (next(iter(named.values())), TOGETHER) if named else (implied, AFTER)
        if project is None:
            return
        for mark in marks:
            weight = weigh(reading, mark.start, mark.end, plans=True)
            if not weight:
                continue
            for predicate, value in self._roles(project.value, mark.thing):
                confidence = round(sure * weight * project.certainty, 2)
                thing = Thing(mark.thing.letter if value == mark.thing.value else "D", value)
                yield Found(predicate, project, thing, confidence, mark.start, mark.end)

    def _told(
        self, reading: Reading, site: _Named | None, mark: _Named, implied: Thing | None = None
    ) -> Iterator[Found]:
        first = min(site.start, mark.start) if site else mark.start
        last = max(site.end, mark.end) if site else mark.end
        weight = weigh(reading, first, last, plans=False)
        thing = site.thing if site else implied
        if thing is None or not weight:
            return
        clause = _part_of(reading.text, mark.start, mark.end)
        predicate = _SITE_FACTS[mark.thing.letter][0]
        if mark.thing.letter == "C":
            if _WASTE.search(clause) or _PRICED.search(clause):
                return
            made = _MAKING.search(clause) is not None
            if made and is_planned(clause):
                return
            predicate = "produces" if made and not _NO_MAKING.search(clause) else "hasCommodity"
        sure = (TOGETHER if site else AFTER) * weight * thing.certainty
        yield Found(predicate, thing, mark.thing, round(sure, 2), first, last)

    def _knows(self, site: Thing, letter: str, thing: Thing) -> bool:
        entity = self._vocabulary.get(site.value)
        if entity is None:
            return False
        values = {v for name in _SITE_FACTS[letter] for v in entity.facts.get(name, ())}
        if thing.value in values:
            return True
        if letter == "C":
            return not values.isdisjoint(self._vocabulary.ancestors(thing.value))
        return letter == "O" and self._is_parent(thing.value, values)

    def _is_parent(self, organization: str, operators: set[str]) -> bool:
        """Whether a name in one word begins that of an operator: "Boliden" of its mining companies."""
        entity = self._vocabulary.get(organization)
        if entity is None or len(_NAME.findall(entity.label("en"))) > 1:
            return False
        first = f"{entity.label('en').lower()} "
        known = (self._vocabulary.get(operator) for operator in operators)
        return any(
            other is not None and other.label("en").lower().startswith(first) for other in known
        )

    def _goes_on(self, reading: Reading, mark: _Named, site: Thing) -> bool:
        """Whether a sentence without a site tells of that before: its operator begins it."""
        subject = mark.thing.letter == "O" and mark.start < _SUBJECT
        made = (
            mark.thing.letter == "C"
            and _MAKING.search(reading.text)
            and all(
                self._knows(site, "P", other.thing)
                for other in _marks(reading)
                if other.thing.letter == "P"
            )
        )
        return bool(subject or made) and self._knows(site, mark.thing.letter, mark.thing)

    def _is_aside(self, reading: Reading, mark: _Named) -> bool:
        """Whether a name stands there for something else than the site."""
        before, after = reading.text[: mark.start], reading.text[mark.end :]
        if mark.thing.letter == "P":
            return bool(
                _NEAR.search(before)
                or _NEARBY.match(after)
                or mark.case in _FAR_CASES
                or _beside_people(reading, mark.thing)
            )
        if mark.thing.letter == "C":
            place = _OF_PLACE.search(before)
            return place is not None and not any(
                self._knows(thing, "P", other)
                for other in reading.things_in(place.group())
                for thing in reading.things
                if thing.letter == "S"
            )
        if mark.thing.letter == "O":
            return (
                _OTHER_PARTY.search(clause_around(reading.text, mark.start, mark.end)) is not None
            )
        return False

    def _roles(self, project: str, thing: Thing) -> Iterator[tuple[str, str]]:
        entity = self._vocabulary.get(project)
        if entity is None:
            return
        for name in _ROLES.get(thing.letter, ()):
            if thing.value in entity.facts.get(name, ()):
                yield name, thing.value
        if thing.letter in "DW":
            begins = next(iter(entity.facts.get("start", ())), "-")
            ends = next(iter(entity.facts.get("end", ())), "-")
            first, _, last = thing.value.partition("/")
            if last and _same_time(begins, first) and _same_time(ends, last):
                yield "start", first
                yield "end", last
            elif not last and len(first) > _YEAR:
                yield from (
                    (name, first)
                    for name, known in (("start", begins), ("end", ends))
                    if _same_time(known, first)
                )


def _part_of(text: str, start: int, end: int) -> str:
    """The part of a clause between commas, those of a list of marks left aside."""
    borders = [m.start() for m in _COMMA.finditer(text)]
    first = max((b for b in borders if b < start), default=0)
    last = min((b for b in borders if b >= end), default=len(text))
    return text[first:last]


_COMMA = re.compile(r"(?<!>), (?!<)|[;:]\s")
_SUBJECT = 12
_YEAR = 4


def _same_time(known: str, said: str) -> bool:
    return known.startswith(said) or said.startswith(known)


def _marks(reading: Reading) -> Sequence[_Named]:
    return [
        _Named(reading.things[int(m[2])], m[3], m.start(), m.end())
        for m in _MARK.finditer(reading.text)
        if m[3] != "att"
    ]


def _distance(one: _Named, other: _Named) -> int:
    return max(one.start - other.end, other.start - one.end)


def _beside_people(reading: Reading, place: Thing) -> bool:
    """Whether each mention of a place belongs to people or an organisation: "residents in Kolari"."""
    mentions = reading.sentence.mentions
    kinds = ("StakeholderGroup", "Organization")
    told = []
    for number, mention in enumerate(mentions):
        if mention.entity != place.value:
            continue
        before = mentions[number - 1] if number else None
        after = mentions[number + 1] if number + 1 < len(mentions) else None
        told.append(
            (before is not None and before.type in kinds and mention.start - before.end < 6)
            or (after is not None and after.type in kinds and after.start - mention.end < 2)
        )
    return bool(told) and all(told)
