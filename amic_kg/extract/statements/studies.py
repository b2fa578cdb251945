"""Studies that a text reports: which method was used, where, on what, with whom and how many.

A method that is only named makes no study: a verb must say that it was used, tested or carried out,
and by those who write: not planned, not denied, not in the literature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from re import Pattern
from typing import NamedTuple

from amic_kg.extract.statements import study_frames as frames
from amic_kg.extract.statements import study_wordings as words
from amic_kg.extract.statements.amounts import has_count, read_count
from amic_kg.extract.statements.clauses import clause_around, clause_span, is_of_others, is_planned
from amic_kg.extract.statements.patterns import RuleBook, compile_pattern, weigh
from amic_kg.extract.statements.reading import Reading
from amic_kg.extract.statements.sites import GENERIC
from amic_kg.ontology import Vocabulary

TYPES = (
    "Site", "Commodity", "Method", "Theme", "AcceptanceFactor", "Practice", "StakeholderGroup",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StudyFact:
    """One thing said of a study; `object` is an IRI, or a number as text with its XSD type."""

    predicate: str
    object: str
    confidence: float
    datatype: str | None = None
    implied: bool = False
    """Whether a verb alone tells it ("were interviewed"), not its name."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Facts of one study from one sentence.

    With `founds` they make a study by themselves, else they add to one that the paragraph tells of.
    `apart` marks one of several studies in a sentence.
    """

    facts: tuple[StudyFact, ...]
    founds: bool
    apart: bool = False


class _Sample(NamedTuple):
    kind: str
    fact: StudyFact
    start: int


class StudyRules:
    """Draws studies from readings with `TYPES`: a bundle of facts for each study of a sentence."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._use = RuleBook((*words.USE, *words.SHOWN, *frames.RESTING, *frames.PHRASED))
        self._told = RuleBook(frames.TOLD)
        self._where = RuleBook(frames.SITED)
        self._about = RuleBook((*words.ABOUT, *words.RAISED, *frames.BROUGHT_UP))
        self._described = RuleBook((*words.DESCRIBED, *frames.THEMES))
        self._whom = RuleBook((*words.WHOM, *words.WHOM_LISTED))
        self._tested = RuleBook(words.TESTED)
        self._counts = _compiled((*words.COUNTS, *frames.SIZES))
        self._verbs = _compiled(words.BY_VERB)

    def find(self, reading: Reading) -> Iterator[Bundle]:
        """Bundles of facts, each of one study. A sentence about the work of others gives none."""
        text = reading.sentence.text
        if is_of_others(text) or words.NOT_STUDIED.search(text):
            return
        methods = list(self._methods(reading, self._use))
        used = bool(methods)
        methods.extend(self._methods(reading, self._told))
        samples = list(self._samples(reading))
        by_verb = set(self._collected(reading))
        named = {fact.object for fact in methods if fact.predicate == "dataCollection"}
        for kind in sorted(by_verb | {sample.kind for sample in samples if sample.kind}):
            if not any(self._is_under(method, (kind,)) for method in named):
                exact = [m for m in reading.values("M") if self._is_under(m, (kind,))]
                methods.extend(
                    StudyFact("dataCollection", method, words.ASKED, implied=not exact)
                    for method in exact or (words.METHOD + kind,)
                )
        whom = [
            (f.start, StudyFact("stakeholder", f.object.value, f.confidence))
            for f in self._whom.find(reading)
        ]
        topics = list(self._topics(reading, self._about))
        sited = [
            StudyFact("studiesSite", found.object.value, found.confidence)
            for found in self._where.find(reading)
            if self._is_mine(found.object.value)
        ]
        places = [*sited, *self._sites(reading)]
        levels = list(self._levels(reading))
        matter = list(self._commodities(reading))
        described = list(self._topics(reading, self._described))
        founds = bool(used or by_verb or (topics and places) or samples or described or sited)
        material = bool(places and words.MATERIAL.search(reading.text))
        if not (founds or methods or topics or whom or levels or matter or material):
            return
        topics.extend(described)
        shared = [*topics, *places, *matter, *levels]
        kinds = {sample.kind for sample in samples if sample.kind}
        if len({sample.fact.object for sample in samples}) > 1 and len(kinds) > 1:
            for kind in sorted(kinds):
                counted = next(sample for sample in samples if sample.kind == kind)
                first, last = clause_span(reading.text, counted.start)
                asked = [fact for start, fact in whom if first <= start < last]
                own = [m for m in methods if self._is_under(m.object, (kind,))]
                facts = _distinct((*own, counted.fact, *asked, *shared))
                yield Bundle(facts, founds=True, apart=True)
            return
        counts = [sample.fact for sample in samples][:1]
        yield Bundle(_distinct((*methods, *counts, *(f for _, f in whom), *shared)), founds)

    def _methods(self, reading: Reading, rules: RuleBook) -> Iterator[StudyFact]:
        drawn = [*rules.find(reading)]
        tested = words.TESTING.search(reading.sentence.text.lower()) is not None
        if rules is self._use and (tested or "pilot-testing" in "".join(reading.values("M"))):
            drawn.extend(self._tested.find(reading))
        for found in drawn:
            clause = clause_around(reading.text, found.start, found.end)
            if is_planned(clause):
                continue
            method = found.object.value
            if self._is_under(method, words.OPERATIONS) or (
                found.confidence > words.BY_MEANS and self._is_under(method, words.MEANS)
            ):
                continue
            collected = self._is_under(method, words.COLLECTION_ROOTS)
            yield StudyFact(
                "dataCollection" if collected else "appliesMethod", method, found.confidence
            )

    def _samples(self, reading: Reading) -> Iterator[_Sample]:
        if not has_count(reading.text):
            return
        for kind, pattern in self._counts.get(reading.sentence.language, ()):
            for match in pattern.finditer(reading.text):
                count = read_count(match["n"])
                if count is None or count < 2 or 1900 <= count <= 2100:
                    continue
                clause = clause_around(reading.text, match.start(), match.end())
                said = weigh(reading, match.start(), match.end(), plans=True)
                partly = _is_part(reading.text, match)
                if said and not is_planned(clause) and not partly:
                    yield _Sample(kind, _size(count), match.start())
        for match in words.COUNTED_METHOD.finditer(reading.text):
            (method,) = reading.things_in(match["m"])
            count = read_count(match["n"])
            clause = clause_around(reading.text, match.start(), match.end())
            if count is None or count < 2 or 1900 <= count <= 2100 or is_planned(clause):
                continue
            if self._is_under(method.value, (words.INTERVIEWED,)) and "_gen>" not in match["m"]:
                yield _Sample(words.INTERVIEWED, _size(count), match.start())
        for match in words.N_EQUALS.finditer(reading.text):
            count = read_count(match["n"])
            if count:
                yield _Sample("", _size(count), match.start())

    def _collected(self, reading: Reading) -> Iterator[str]:
        for kind, pattern in self._verbs.get(reading.sentence.language, ()):
            for match in pattern.finditer(reading.text):
                clause = clause_around(reading.text, match.start(), match.end())
                if weigh(reading, match.start(), match.end(), plans=True) and not is_planned(
                    clause
                ):
                    yield kind

    def _topics(self, reading: Reading, rules: RuleBook) -> Iterator[StudyFact]:
        predicates = {"T": "discussesTheme", "A": "discussesFactor", "R": "discussesPractice"}
        for found in rules.find(reading):
            clause = clause_around(reading.text, found.start, found.end)
            factor = found.object.letter == "A"
            if factor and not words.ASKED_OR_RAISED.search(reading.text):
                continue
            if not is_planned(clause):
                predicate = predicates[found.object.letter]
                yield StudyFact(predicate, found.object.value, found.confidence)

    def _sites(self, reading: Reading) -> Iterator[StudyFact]:
        sites = [thing for thing in reading.things if thing.letter == "S"]
        sources = reading.things_in(
            " ".join(m.group() for m in words.SOURCE.finditer(reading.text))
        )
        if len({thing.value for thing in sites}) > 1 and sources:
            # What was tested came from there; the other site is where it was tested.
            sites = sources
        joined = compile_pattern("{o=S+}").search(reading.text)
        if joined is None:
            return
        together = {thing.value for thing in sources} | {
            thing.value for thing in reading.things_in(joined.group())
        }
        if {thing.value for thing in sites} <= together:
            for thing in sites:
                yield StudyFact(
                    "studiesSite", thing.value, round(words.PLACED * thing.certainty, 2)
                )

    def _commodities(self, reading: Reading) -> Iterator[StudyFact]:
        for match in words.STUDIED_MATTER.finditer(reading.text):
            for thing in reading.things_in(match.group()):
                if thing.letter == "C" and thing.value not in GENERIC:
                    yield StudyFact("studiesCommodity", thing.value, words.TOPIC)

    def _levels(self, reading: Reading) -> Iterator[StudyFact]:
        levels = {
            match["n"]
            for match in words.TRL.finditer(reading.text)
            if not words.HOPED.search(clause_around(reading.text, match.start(), match.end()))
            and weigh(reading, match.start(), match.end(), plans=False)
        }
        if len(levels) == 1:
            yield StudyFact("trl", levels.pop(), words.READY, "integer")

    def _is_mine(self, site: str) -> bool:
        """Whether a site is a mine or deposit; tests are also made in the halls of laboratories."""
        entity = self._vocabulary.get(site)
        return (
            entity is None
            or "hasCommodity" in entity.facts
            or any(words.MINE.search(text.lower()) for _, text, _ in entity.labels())
        )

    def _is_under(self, method: str, roots: tuple[str, ...]) -> bool:
        tops = {words.METHOD + root for root in roots}
        return method in tops or not tops.isdisjoint(self._vocabulary.ancestors(method))


def _is_part(text: str, match: re.Match[str]) -> bool:
    """Whether the count is one of several that are added: "six students and three foremen"."""
    if words.ADDED_TO.search(text[: match.start("n")]) or words.ADDING.search(match.group()):
        return True
    verb_first = match.start("n") > match.start()
    return verb_first and words.ADDED_TO_THIS.match(text, match.end()) is not None


def _size(count: int) -> StudyFact:
    return StudyFact("sampleSize", str(count), words.COUNTED, "nonNegativeInteger")


def _compiled(
    patterns: tuple[tuple[str, str, str], ...],
) -> Mapping[str, tuple[tuple[str, Pattern[str]], ...]]:
    return {
        language: tuple(
            (kind, compile_pattern(pattern))
            for spoken, kind, pattern in patterns
            if spoken == language
        )
        for language in ("fi", "en", "sv")
    }


def _distinct(facts: tuple[StudyFact, ...]) -> tuple[StudyFact, ...]:
    best: dict[tuple[str, str], StudyFact] = {}
    for fact in facts:
        known = best.get((fact.predicate, fact.object))
        if known is None or fact.confidence > known.confidence:
            best[fact.predicate, fact.object] = fact
    return tuple(best.values())
