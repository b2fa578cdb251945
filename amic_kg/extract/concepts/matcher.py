"""Finds the vocabulary in a text: the longest labels, each with one reading.

Queries are read with it as they are typed; the concepts of documents are found by
`amic_kg.extract.concepts.finding`, which weighs each label by what stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from amic_kg.extract.concepts.labels import Label, LabelTrie, Reading, Span
from amic_kg.language import Analyzer, Token
from amic_kg.ontology import Entity

CONFIDENCE = {"preferred": 0.95, "alternative": 0.9, "hidden": 0.8}
_AMBIGUOUS = 0.6
_SINGLE_SHORT_WORD = 0.8
_OTHER_TYPES = 0.05

# Where one label names things of several types, the more specific reading of running text first.
TYPE_ORDER = (
    "Commodity", "Mineral", "Rock", "Method", "AcceptanceFactor", "StakeholderGroup", "Practice",
    "LifecycleStage", "FundingProgramme", "Project", "Place", "Site", "Organization", "Theme",
    "InfrastructureType", "OutputType", "Concept",
)  # fmt: skip

_SYMBOL = re.compile(r"^[A-Z][a-z]?$")
_UNIT = r"(?:%|ppm|ppb|g/t|mg/|µg/|wt|p-%|paino-%|vikt-%)"
# A number alone is none: "In 2016", "As 5 mines".
_QUANTITY = re.compile(rf"^\s*\(?(?:\d[\d.,]*\s*)?{_UNIT}")
_QUANTITY_BEFORE = re.compile(rf"\d\s*{_UNIT}\s*\(?$")
# By a hyphen, a comma or a conjunction, also suspended: "Ni-, Cu- ja Co-pitoisuudet".
_JOINED = re.compile(r"[-–]?\s*(?:[-–/,+&±]|(?:,\s*)?(?:ja|och|and|sekä|samt))\s*")
_BY_THE_WAY = re.compile(r"±\s?$")
"""What parts the lesser substance of a deposit from the others: "gold ± Cu"."""
_CLOSELY_JOINED = re.compile(r"[-–/]")
_ACRONYM_JOINED = re.compile(r"[-–](?:PGE|PGM|REE)s?\b")
_ACRONYM_BEFORE = re.compile(r"\b(?:PGE|PGM|REE)[-–]$")
# What is mined, made or measured of a substance: "Cu ore", "Au-esiintymä", "Ni-halt".
_OF_A_SUBSTANCE = re.compile(
    r"[\s-](?:ores?|deposits?|mines?|minerali[sz]ations?|concentrates?|contents?|grades?|"
    r"concentrations?|prospects?|occurrences?|malm|esiinty|kaivo|rikaste|pitoisuu|mineralisaatio|"
    r"potentiaali|fyndighet|gruv|halt|förekomst|koncentrat)"
)


@dataclass(frozen=True, slots=True)
class Match:
    """An entity found at tokens `first`..`last` (inclusive), characters `start`..`end`."""

    entity: str
    type: str
    start: int
    end: int
    first: int
    last: int
    confidence: float


class VocabularyMatcher:
    """All labels of some entities, by the language of the text they are looked for in."""

    def __init__(self, entities: Iterable[Entity], analyzer: Analyzer) -> None:
        self.analyzer = analyzer
        self.trie = LabelTrie(entities, analyzer)

    def find(self, text: str, language: str) -> tuple[list[Token], list[Match]]:
        """The tokens of `text` and the matches among them, in order, none within another."""
        tokens = self.analyzer.tokens(text, language)
        return tokens, self.match(text, tokens, language)

    def match(self, text: str, tokens: Sequence[Token], language: str) -> list[Match]:
        found = []

        def read(span: Span) -> Reading:
            return choose(span.labels, tokens[span.first : span.last + 1])

        for span, (label, confidence) in self.trie.spans(text, tokens, language, read):
            found.append(match_of(label, tokens, span.first, span.last, confidence))
        return list(without_lone_symbols(text, tokens, found))


def match_of(
    label: Label, tokens: Sequence[Token], first: int, last: int, confidence: float
) -> Match:
    return Match(
        entity=label.entity.iri,
        type=label.entity.type,
        start=tokens[first].start,
        end=tokens[last].end,
        first=first,
        last=last,
        confidence=confidence,
    )


def choose(labels: Sequence[Label], tokens: Sequence[Token]) -> tuple[Label, float]:
    """The likeliest of `labels` without regard to what stands around, and how sure it is."""
    by_entity: dict[str, Label] = {}
    for label in labels:
        known = by_entity.get(label.entity.iri)
        if known is None or CONFIDENCE[label.rank] > CONFIDENCE[known.rank]:
            by_entity[label.entity.iri] = label
    ranked = sorted(
        by_entity.values(),
        key=lambda label: (
            -CONFIDENCE[label.rank],
            TYPE_ORDER.index(label.entity.type),
            label.entity.iri,
        ),
    )
    chosen = ranked[0]
    confidence = CONFIDENCE[chosen.rank]
    if len(tokens) == 1 and len(tokens[0].lemmas) > 2:
        confidence = min(confidence, _SINGLE_SHORT_WORD)
    rivals = {label.entity.type for label in ranked[1:]}
    if chosen.entity.type in rivals:
        confidence = min(confidence, _AMBIGUOUS)
    elif rivals:
        confidence -= _OTHER_TYPES * len(rivals)
    return chosen, round(confidence, 2)


def without_lone_symbols(
    text: str, tokens: Sequence[Token], matches: list[Match]
) -> Iterator[Match]:
    """Symbols count beside a quantity, another symbol or what is mined of them only.

    "In", "As", "No" are words too.
    """
    symbols = [m for m in matches if m.first == m.last and _is_symbol(tokens[m.first])]
    joined: set[int] = set()
    for one, other in pairwise(symbols):
        # A single letter is one among two-letter symbols, or by a hyphen: "Fe-Ti-V", "W and Cu".
        single = one.end - one.start == other.end - other.start == 1
        joint = _CLOSELY_JOINED if single else _JOINED
        if joint.fullmatch(text, one.end, other.start):
            joined.update((one.first, other.first))
    for match in matches:
        if (
            match.first != match.last
            or not _is_symbol(tokens[match.first])
            or match.first in joined
            or _BY_THE_WAY.search(text, max(0, match.start - 3), match.start)
            or _QUANTITY.match(text[match.end : match.end + 20])
            or _QUANTITY_BEFORE.search(text[max(0, match.start - 12) : match.start])
            or _ACRONYM_JOINED.match(text, match.end)
            or _ACRONYM_BEFORE.search(text[max(0, match.start - 5) : match.start])
            or _OF_A_SUBSTANCE.match(text, match.end)
        ):
            yield match


def _is_symbol(token: Token) -> bool:
    return bool(_SYMBOL.match(token.surface.split(":")[0]))
