# ruff: noqa: E501 -- an alternative of words stands on one line
"""Rules as patterns over readings: which marks, words and distances make which statement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from amic_kg.extract.statements.amounts import COUNT_OR_WORD
from amic_kg.extract.statements.clauses import (
    clause_around,
    is_hedged,
    is_hypothetical,
    is_negated,
    is_planned,
)
from amic_kg.extract.statements.reading import Reading, Thing

_SLOT = re.compile(r"\{(?:(\w+)=)?([A-Z]+)(\+?)(?::([a-z|]+))?\}")
_GAP = re.compile(r"\{(gap|any)(\d+)\}")
_ATTRIBUTES = r"(?:<C\d+_att>)*"
_ASIDE = r"(?: ?\([^()]{1,60}\))?"
_SEPARATOR = (
    r"-?(?:,? (?:and|och|ja) (?:later|then|now|today|subsequently|since \d{4}|from \d{4}|senare|numera|i dag|sedan|"
    r"myöhemmin|nykyisin|sitten|sen jälkeen) (?:by |av )?|,? (?:ja|sekä|and|och|samt|&|as well as|plus|tai|or|eller) |, |/|-|–)"
    rf"(?:from |in |at |on |around |about |från |i |vid |om )?(?:the |an? |en |ett |myös |also |även |lisäksi )?(?:{COUNT_OR_WORD} )?"
    # "8,805 tonnes of nickel, 17,204 tonnes of copper and small amounts of cobalt"
    r"(?:(?:[\d.,]+ )?(?:tonnes|tons|ton|ounces|oz|t|kg|tonnia|unssia|kiloa|small amounts|"
    r"some|a little|hieman|vähän|jonkin verran|pieniä määriä|små mängder|lite)(?: of| av)? )?"
)

# An item of a list that no vocabulary knows: "trust, foreign ownership and fairness".
_UNKNOWN = r"(?:, [^\W\d_][^\s<>.,;:()]*(?: [^\s<>.,;:()]+)?(?=,? (?:and|ja|och|sekä|samt) <))?"

_PLACES = r"(?:the )?<P\d+_\w+>(?:, <P\d+_\w+>)*"
_MACROS = {
    # What may stand between a name and its verb: where it lies, an aside between commas.
    "{in}": rf"(?:,? (?:in|i|vid|near|nära) {_PLACES})?(?:, [^.;:]{{1,70}}?,(?= ))?",
    "{fin}": r"(?: <P\d+_loc>)?",
    # What is listed before the first that is known: "contains phosphate, niobium".
    "{few}": r"(?:[^\s<>.;:()]+ ){0,4}",
    # A verb before that has the same subject: "ligger i … och drivs av".
    "{vp}": r"(?: [^.;:]{1,60}? (?:and|och|ja))?",
}

HEDGED = 0.75
PLANNED = 0.75
"""What a hedge, or a plan instead of a fact, leaves of a rule's confidence."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`pattern` in `language` says that each thing of its group s has `predicate` each of its o.

    `confidence` is the share of right statements expected of the rule. With `plans` the rule holds
    for what is planned, too.
    """

    language: str
    predicate: str
    pattern: str
    confidence: float
    plans: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A statement that a rule draws from a reading."""

    predicate: str
    subject: Thing | None
    object: Thing
    confidence: float
    start: int
    end: int


@cache
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Slots to marks: {o=C+:par|nom} is a list of commodities, the last in one of two cases.

    {gap3} lets up to three words pass, {any3} words or marks; neither runs over a comma or stop.
    """

    def slot(match: re.Match[str]) -> str:
        name, letters, many, cases = match.groups()
        start = rf"<[{letters}]\d+_"
        last = rf"{start}(?:{cases or r'[a-z]+'})>{_ATTRIBUTES}{_ASIDE}"
        body = last
        if many:
            body = rf"(?:{start}[a-z]+>{_ATTRIBUTES}{_ASIDE}{_UNKNOWN}{_SEPARATOR})*{last}"
        # "Oulun yliopiston Kerttu Saalasti Instituutti": who owns the last is not who is meant.
        owner = r"(?:<O\d+_gen> )?" if letters == "O" and name == "o" else ""
        return rf"{owner}(?P<{name}>{body})" if name else rf"(?:{body})"

    def gap(match: re.Match[str]) -> str:
        word = r"[^\s<>.,;:()]+" if match[1] == "gap" else r"[^\s.,;:()]+"
        return rf"(?:{word} ){{0,{match[2]}}}?"

    for name, meaning in _MACROS.items():
        pattern = pattern.replace(name, meaning)
    return re.compile(_GAP.sub(gap, _SLOT.sub(slot, pattern)))


@cache
def slot_letters(pattern: str, name: str) -> str:
    """The letters of the slot called `name`; what else stands in its brackets is an aside."""
    return "".join(match[2] for match in _SLOT.finditer(pattern) if match[1] == name)


def needed_letters(pattern: str) -> tuple[frozenset[str], ...]:
    """The letters of which each slot must find one in a reading."""
    return tuple(frozenset(match[2]) for match in _SLOT.finditer(pattern))


class RuleBook:
    """Rules by language; a rule is tried only where its marks stand in the sentence."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = {
            language: tuple(
                (rule, compile_pattern(rule.pattern), needed_letters(rule.pattern))
                for rule in rules
                if rule.language == language
            )
            for language in ("fi", "en", "sv")
        }

    def find(self, reading: Reading) -> Iterator[Found]:
        """What the rules draw, without what is negated, asked or supposed."""
        text = reading.text
        letters = frozenset(re.findall(r"<(\w)\d", text))
        for rule, pattern, needed in self._rules.get(reading.sentence.language, ()):
            if not all(letters & slot for slot in needed):
                continue
            for match in pattern.finditer(text):
                weight = weigh(reading, match.start(), match.end(), plans=rule.plans)
                if weight:
                    yield from _drawn(rule, reading, match, weight)


def weigh(reading: Reading, start: int, end: int, *, plans: bool) -> float:
    """What the clause around a match leaves of its confidence: nothing if it denies or supposes."""
    clause = clause_around(reading.text, start, end)
    if is_negated(clause, reading.sentence.language) or is_hypothetical(clause):
        return 0.0
    weight = HEDGED if is_hedged(clause) else 1.0
    if is_planned(clause) and not plans:
        weight *= PLANNED
    return weight


def _drawn(rule: Rule, reading: Reading, match: re.Match[str], weight: float) -> Iterator[Found]:
    subjects: Sequence[Thing | None] = _things(rule, reading, match, ("s",)) or [None]
    objects = _things(rule, reading, match, ("o", "o2", "o3"))
    for subject in subjects:
        for thing in objects:
            certainty = thing.certainty * (subject.certainty if subject else 1.0)
            yield Found(
                rule.predicate,
                subject,
                thing,
                round(rule.confidence * weight * certainty, 2),
                match.start(),
                match.end(),
            )


def _things(
    rule: Rule, reading: Reading, match: re.Match[str], names: Sequence[str]
) -> list[Thing]:
    """The things of the first of these groups that took part in the match."""
    groups = match.groupdict()
    name = next((name for name in names if groups.get(name)), None)
    if name is None:
        return []
    letters = slot_letters(rule.pattern, name)
    return [thing for thing in reading.things_in(groups[name]) if thing.letter in letters]
