# ruff: noqa: E501 -- a rule stands on one line, however long its words
"""Facts of sites: where they lie, what they hold and produce, who runs them, at which stage they are.

Confidences are the shares of right statements that each kind of wording gave when read on texts of
development; calibration maps them on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from amic_kg.extract.statements import site_wordings as words
from amic_kg.extract.statements.clauses import clause_around, is_planned
from amic_kg.extract.statements.frames import FrameBook
from amic_kg.extract.statements.known import KnownFacts
from amic_kg.extract.statements.patterns import Found, RuleBook, compile_pattern, weigh
from amic_kg.extract.statements.reading import Reading, Thing
from amic_kg.extract.statements.roles import NO_ORE, SITE_FRAMES
from amic_kg.ontology import Vocabulary

TYPES = ("Site", "Place", "Commodity", "Organization", "LifecycleStage")

AGREEMENT = 0.06
AGREED = 0.97
"""What it adds that the registry says the same, and up to where. What contradicts it stays as it is:
researchers look for contradictions."""

GENERIC = frozenset(
    f"https://w3id.org/amic/vocab/commodity/{name}"
    for name in (
        "metallic-ores",
        "metals",
        "base-metals",
        "battery-metals",
        "industrial-minerals",
        "concentrates",
    )
)
"""Commodities that say no more than "ore" or "metal"."""

_STAGE = "https://w3id.org/amic/vocab/lifecycle-stage/"
_WASTE = re.compile(NO_ORE)
_BRACKETS = re.compile(
    r"(?P<s><S\d+_\w+>) \((?P<o>(?:<[CPO]\d+_\w+>(?:[-–/,; ]|$|ja |and |och )*)+)\)"
)
_IS_MINE = re.compile(
    r"kaivo(?:s|ks|st)(?!hank|proj|alue|piir|suun)|\bmines?\b|gruv(?:a|an|or|s)?\b|gruvan|gruva"
)
_NO_MINE = re.compile(
    r"hank|projek|project|esiinty|deposit|discovery|prospect|fyndig|förekomst|avaami|suunnit|plan|former|entinen|vanha|tidigare"
)
_NOUN_BEFORE, _NOUN_AFTER = 12, 30
_IN_BRACKETS = {"C": words.HOLDS, "P": words.WHERE, "O": words.RUN}
_STATE_CONFIDENCE = {
    "operation": 0.85, "exploration": 0.82, "abandoned-mine": 0.85, "construction": 0.85,
    "feasibility": 0.8, "care-and-maintenance": 0.9,
}  # fmt: skip


class SiteRules:
    """Draws the facts of sites from readings with `TYPES`."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._rules = RuleBook(words.RULES)
        self._implied = RuleBook(words.IMPLIED)
        self._frames = FrameBook(SITE_FRAMES, "S")
        self._registry = KnownFacts(vocabulary)
        self._states = tuple(
            (language, stage, compile_pattern(pattern)) for language, stage, pattern in words.STATES
        )

    def find(self, reading: Reading, implied: Thing | None = None) -> Iterator[Found]:
        """The facts, each with the site as its subject; the same one may come twice.

        `implied` is the site that a sentence without one speaks of.
        """
        told: set[tuple[str, str]] = set()
        for found in self._worded(reading, implied):
            if found.subject is not None:
                told.add((found.subject.value, found.object.value))
            yield found
        for found in self._registry.of_sites(reading, implied):
            if found.subject is not None and (found.subject.value, found.object.value) not in told:
                yield found

    def _worded(self, reading: Reading, implied: Thing | None) -> Iterator[Found]:
        named = {thing.value: thing for thing in reading.things if thing.letter == "S"}
        about = next(iter(named.values())) if len(named) == 1 else None if named else implied
        if about is not None:
            for found in self._implied.find(reading):
                confidence = round(found.confidence * about.certainty, 2)
                yield replace(found, subject=about, confidence=confidence)
        if not named:
            yield from self._known(self._frames.find(reading, implied), reading)
            return
        yield from self._known(self._frames.find(reading), reading)
        yield from self._known(self._rules.find(reading), reading)
        yield from self._bracketed(reading)
        yield from self._described(reading)
        yield from self._in_state(reading)

    def _known(self, drawn: Iterable[Found], reading: Reading) -> Iterator[Found]:
        """What is drawn, without what is planned to be produced and what only says "metals"."""
        for found in drawn:
            clause = clause_around(reading.text, found.start, found.end)
            if found.predicate == words.MAKES and is_planned(clause):
                continue
            if found.predicate == words.HOLDS and _WASTE.search(clause):
                continue
            if found.object.value not in GENERIC:
                yield self._compared(found)

    def _bracketed(self, reading: Reading) -> Iterator[Found]:
        """What stands in brackets behind a site: "Hitura (Ni, Nivala)"."""
        for match in _BRACKETS.finditer(reading.text):
            (site,) = reading.things_in(match["s"])
            for thing in reading.things_in(match["o"]):
                predicate = _IN_BRACKETS.get(thing.letter)
                if predicate and thing.value not in GENERIC:
                    found = Found(predicate, site, thing, words.APPOSED, match.start(), match.end())
                    yield self._compared(found)

    def _compared(self, found: Found) -> Found:
        """Surer where the registry, too, has the site in the place, or in something within it."""
        site, place = found.subject, found.object.value
        if found.predicate != words.WHERE or site is None:
            return found
        if place not in self._vocabulary.ancestors(site.value):
            return found
        return replace(found, confidence=min(AGREED, round(found.confidence + AGREEMENT, 2)))

    def _described(self, reading: Reading) -> Iterator[Found]:
        """Commodities in the noun of a site: "Kevitsan nikkeli-kuparikaivos"."""
        for match in re.finditer(r"<S\d+_\w+>((?:<C\d+_att>)+)", reading.text):
            (site,) = reading.things_in(match.group())
            for thing in reading.attributes_in(match.group()):
                predicate = self._of_noun(reading, site)
                if predicate is not None and thing.value not in GENERIC:
                    yield Found(predicate, site, thing, words.APPOSED, match.start(), match.end())

    def _of_noun(self, reading: Reading, site: Thing) -> str | None:
        """What the noun of a site says of a commodity in it: a gold mine makes gold, a deposit has it.

        The name by which the registry knows the site says nothing: "Sotkamon hopeakaivos".
        """
        entity = self._vocabulary.get(site.value)
        names = {label.lower() for label in entity.preferred.values()} if entity else set()
        text = reading.sentence.text
        for mention in reading.sentence.mentions:
            if mention.entity != site.value:
                continue
            if mention.surface.lower() in names and _IS_MINE.search(mention.surface.lower()):
                return None
            start = mention.start - reading.sentence.start
            around = text[max(0, start - _NOUN_BEFORE) : start + len(mention.surface) + _NOUN_AFTER]
            if _IS_MINE.search(around.lower()) and not _NO_MINE.search(around.lower()):
                return words.HOLDS if is_planned(clause_around(reading.text, 0, 1)) else words.MAKES
        return words.HOLDS

    def _in_state(self, reading: Reading) -> Iterator[Found]:
        for language, stage, pattern in self._states:
            if language != reading.sentence.language:
                continue
            for match in pattern.finditer(reading.text):
                weight = weigh(reading, match.start(), match.end(), plans=True)
                groups = match.groupdict()
                named = groups.get("s") or groups.get("s2") or ""
                for site in reading.things_in(named) if weight else ():
                    confidence = round(_STATE_CONFIDENCE[stage] * weight * site.certainty, 2)
                    thing = Thing("L", _STAGE + stage)
                    yield Found(words.AT, site, thing, confidence, match.start(), match.end())
