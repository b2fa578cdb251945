"""Later mentions of what a document named once: acronyms it defined, names it introduced."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from amic_kg.extract.concepts.matcher import Match
from amic_kg.extract.names.forms import NameForms
from amic_kg.extract.names.organizations import initials, name_key
from amic_kg.extract.names.readings import Words, follows, is_capital
from amic_kg.extract.names.rock_units import precedes_rock_head
from amic_kg.iris import slug
from amic_kg.language import Analyzer

_ACRONYM = re.compile(r"\s?\(\s?[\"“”]?(?P<short>[A-ZÅÄÖ][\w-]{1,11})(?:[:'’]\w+)?[\"“”]?\s?[),;]")
_ENDING = re.compile(r"['’:][a-zåäö]+$")
_STEM = 3
_IN_ROCK_UNITS = ("Organization", "Place")
_ACRONYM_TYPES = ("Organization", "Project", "FundingProgramme", "Place")


class Known(NamedTuple):
    """What a name stands for: the IRI, its type, and the confidence of a mention."""

    iri: str
    type: str
    confidence: float


def acronym_after(text: str, end: int, name: str, *, any_letters: bool = False) -> str | None:
    """The acronym in brackets behind a name that ends at `end`: 'Arctic Minerals Institute (AMI)'.

    Its letters are the first ones of the name's words, or it has capitals alone and begins as the
    name does; projects' acronyms may have any letters.
    """
    match = _ACRONYM.match(text, end)
    if match is None:
        return None
    short = match["short"]
    capitals = short.isupper() and 2 <= len(short) <= 8
    if short.upper() in initials(name) or (
        capitals and (any_letters or short[0] == name[:1].upper())
    ):
        return short
    return None


class KnownNames:
    """Names and acronyms that are to be found again in the document's text."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._acronyms: dict[str, Known] = {}
        self._names: dict[str, Known] = {}
        self._stems: defaultdict[str, set[int]] = defaultdict(set)

    def add_acronym(self, short: str, entity: Known) -> None:
        self._acronyms.setdefault(short, entity)

    def add_name(self, label: str, entity: Known, language: str) -> None:
        """A name of one word is found again only if it is no word of the dictionary."""
        key = name_key(label)
        words = key.split("-")
        if len(words) == 1 and (len(key) < 4 or self._analyzer.knows(label.lower(), language)):
            return
        self._names.setdefault(key, entity)
        self._stems[key[:_STEM]].add(len(words))

    def redefined(self, text: str, match: Match) -> Match:
        """The match, or what the document says its acronym stands for."""
        if match.first == match.last and match.type in _ACRONYM_TYPES:
            entity = self._acronyms.get(_ENDING.sub("", text[match.start : match.end]))
            if entity is not None and entity.iri != match.entity:
                return replace(
                    match, entity=entity.iri, type=entity.type, confidence=entity.confidence
                )
        return match

    def find(self, words: Words, taken: Sequence[Match], forms: NameForms) -> Iterator[Match]:
        """Mentions that none of the matches `taken` covers."""
        if not self._acronyms and not self._names:
            return
        covered = {i for match in taken for i in range(match.first, match.last + 1)}
        first = 0
        while first < len(words.tokens):
            found = None
            if first not in covered and is_capital(words.tokens[first]):
                found = self._at(words, first, covered, forms)
            if found is None:
                first += 1
            else:
                yield found
                first = found.last + 1

    def _at(
        self, words: Words, first: int, covered: Collection[int], forms: NameForms
    ) -> Match | None:
        token = words.tokens[first]
        entity = self._acronyms.get(_ENDING.sub("", token.surface))
        if entity is not None:
            return _match(words, first, first, entity)
        lengths = self._stems.get(slug(token.surface)[:_STEM], ())
        for length in sorted(lengths, reverse=True):
            last = first + length - 1
            run = words.run(first, last)
            if len(run) < length or any(i in covered for i in range(first, last + 1)):
                continue
            if not all(follows(words.text, *pair) for pair in pairwise(run)):
                continue
            entity = self._names.get(name_key(forms.base(run, words.text, words.language)))
            if entity is None or (
                entity.type in _IN_ROCK_UNITS and precedes_rock_head(words, last)
            ):
                continue
            return _match(words, first, last, entity)
        return None


def _match(words: Words, first: int, last: int, entity: Known) -> Match:
    start, end = words.tokens[first].start, words.tokens[last].end
    return Match(entity.iri, entity.type, start, end, first, last, entity.confidence)
