"""A passage to the names in it: patterns, recogniser and vocabulary brought to one reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from amic_kg.extract.concepts.matcher import Match
from amic_kg.extract.names.lookalikes import is_tree
from amic_kg.extract.names.overlaps import choose, settle
from amic_kg.extract.names.patterns import NamePatterns
from amic_kg.extract.names.persons import people_of, surnames, without_persons
from amic_kg.extract.names.place_lists import listed_places
from amic_kg.extract.names.readings import Reading, Words, addresses, is_broken, tokens_of
from amic_kg.extract.names.recognized import recognized
from amic_kg.extract.names.rock_units import is_rock_unit
from amic_kg.language import Analyzer, Token
from amic_kg.recognition import NameSpan
from amic_kg.records import Passage

_CALLED_SITE = re.compile(
    r"(?:\s(?:utanför|i|in|near)\s[A-ZÅÄÖ]\w+)?,?\s(?:är|var|is|was|on|oli)\s(?:\w+\s){0,3}?"
    r"(?:gruva|dagbrott|fyndighet|mine|deposit|prospect|kaivos|esiintymä|avolouhos)\b"
)
# A site's name alone is that of a farm or a café too where nothing speaks of mining.
_OF_MINING = re.compile(
    r"kaivo|malm|esiintym|rikast|louh|kaira|\bmin(?:e|es|ing|eral\w*)\b|\bores?\b|deposit|"
    r"explor|drill|gruv|fyndighet|prospekt|borr",
    re.IGNORECASE,
)


# "METSO-ohjelma" in capitals is no programme of the company Metso; "GTK-ohjelma" is GTK's.
_PROGRAMME = re.compile(
    r"\b(?P<name>[A-ZÅÄÖ]{5,})[\s-]{1,2}"
    r"(?:ohjelma|toimintaohjelma|program)"
)


class NamedPassage(NamedTuple):
    """A passage with its tokens, the matcher's matches and the recogniser's names."""

    passage: Passage
    tokens: list[Token]
    matches: list[Match]
    names: list[NameSpan]


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage with the matches that stand and the readings that nothing overlaps."""

    words: Words
    matches: list[Match]
    readings: list[Reading]
    displaced: list[Match]
    """Matches in whose words a reading stands: they stand again if it turns out to be no name."""


def read_passages(
    passages: Sequence[NamedPassage],
    patterns: NamePatterns,
    analyzer: Analyzer,
    is_registered: Callable[[Words, Reading], bool],
) -> list[ReadPassage]:
    """The passages of one document; `is_registered` asks the registry for a reading."""
    of_mining = any(_OF_MINING.search(item.passage.text) for item in passages)
    people = [
        people_of(item.tokens, item.names, item.matches, item.passage.language) for item in passages
    ]
    family = {
        name
        for item, ranges in zip(passages, people, strict=True)
        for name in surnames(item.tokens, ranges)
    }
    programmes = {
        found["name"] for item in passages for found in _PROGRAMME.finditer(item.passage.text)
    }
    read = []
    for item, ranges in zip(passages, people, strict=True):
        text, tokens = item.passage.text, item.tokens
        matches = without_persons(text, tokens, item.matches, ranges, family)
        matches = [m for m in matches if not _names_other(m, text, programmes)]
        if not of_mining:
            matches = _without_stray_sites(item, matches, analyzer)
        names = [name for name in item.names if not _is_surname(tokens, name, family)]
        read.append(_read(item._replace(names=names), matches, ranges, patterns, is_registered))
    return read


def _is_surname(tokens: Sequence[Token], name: NameSpan, family: Set[str]) -> bool:
    """Whether a name is the surname alone of a person whose full name the document has."""
    span = tokens_of(tokens, name.start, name.end)
    if span is None or span[0] < span[1]:
        return False
    token = tokens[span[0]]
    return not family.isdisjoint((token.surface.lower(), *token.lemmas))


def _names_other(match: Match, text: str, programmes: Collection[str]) -> bool:
    """A tree with a country in its name; a programme in capitals that a company is called like."""
    if match.type == "Place":
        return is_tree(text, match.end)
    return match.type == "Organization" and text[match.start : match.end] in programmes


def _read(
    item: NamedPassage,
    matches: Sequence[Match],
    people: Sequence[tuple[int, int]],
    patterns: NamePatterns,
    is_registered: Callable[[Words, Reading], bool],
) -> ReadPassage:
    text, language, tokens = item.passage.text, item.passage.language, item.tokens
    words = Words(text, language, tokens)
    readings = choose(
        (
            *patterns.find(text, tokens, language),
            *recognized(words, item.names),
            *_described_sites(text, matches),
            *listed_places(
                words,
                matches,
                _tokens_of_places(tokens, item.names),
                _tokens_of_others(tokens, item.names, people),
                patterns.analyzer,
            ),
        )
    )
    # "Petäjäskoskelta Valajaskoskelle" is no person: it begins with a place.
    people = [
        (first, last)
        for first, last in people
        if not any(
            r.cue == "head" and r.kind == "Place" and r.first <= first <= r.last for r in readings
        )
    ]
    closed = addresses(text)
    readings = [
        reading
        for reading in readings
        if not is_broken(text, tokens[reading.first], tokens[reading.last])
        and not _overlaps(closed, tokens[reading.first].start, tokens[reading.last].end)
        and not any(_is_of_person(reading, *span) for span in people)
    ]
    readings = [
        r
        for r in readings
        if not (r.kind == "Place" and is_tree(text, tokens[r.last].end))
        and (not is_rock_unit(words, r) or is_registered(words, r))
    ]
    kept, standing = settle(words, matches, readings, lambda reading: is_registered(words, reading))
    displaced = [match for match in matches if match not in kept]
    return ReadPassage(words, kept, standing, displaced)


def _tokens_of_places(tokens: Sequence[Token], names: Iterable[NameSpan]) -> set[int]:
    spans = (tokens_of(tokens, n.start, n.end) for n in names if n.label == "LOC")
    return {i for span in spans if span is not None for i in range(span[0], span[1] + 1)}


def _tokens_of_others(
    tokens: Sequence[Token], names: Iterable[NameSpan], people: Iterable[tuple[int, int]]
) -> set[int]:
    """The tokens of what the recogniser takes for persons and organisations."""
    found = {i for first, last in people if first < last for i in range(first, last + 1)}
    for name in names:
        span = tokens_of(tokens, name.start, name.end) if name.label != "LOC" else None
        # A lone surname in no dictionary is as well a village.
        if span is not None and (span[0] < span[1] or name.label == "ORG"):
            found.update(range(span[0], span[1] + 1))
    return found


def _described_sites(text: str, matches: Iterable[Match]) -> list[Reading]:
    """'Jussarö är en nedlagd gruva': places that the sentence calls a mine or a deposit."""
    return [
        Reading(m.first, m.last, "Site", "site project", 0.0, (m.first, m.last))
        for m in matches
        if m.type == "Place" and _CALLED_SITE.match(text, m.end)
    ]


def _without_stray_sites(
    item: NamedPassage, matches: Sequence[Match], analyzer: Analyzer
) -> list[Match]:
    """Take out sites of one common word that the recogniser takes for no place."""
    others = [(name.start, name.end) for name in item.names if name.label != "LOC"]
    return [
        match
        for match in matches
        if match.type != "Site"
        or match.first != match.last
        or not _overlaps(others, match.start, match.end)
        or not analyzer.knows(item.tokens[match.first].surface, item.passage.language)
    ]


def _overlaps(spans: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    return any(first < end and start < last for first, last in spans)


def _is_of_person(reading: Reading, first: int, last: int) -> bool:
    """Whether a reading is of a person's name, and no institution or project that bears it."""
    if reading.cue == "legal form" or last == first:
        return False
    touches = first <= reading.last and reading.first <= last
    bears = reading.cue in ("head", "project") and reading.first <= first and last < reading.last
    return touches and not bears
