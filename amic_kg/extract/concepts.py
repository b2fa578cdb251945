"""The concepts and registered names of a passage, each read by what stands around it.

Labels that stand there, what a coordination leaves out, what a compound holds, and the short forms
that the document defines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from amic_kg.extract.abbreviations import Definition, find_abbreviations
from amic_kg.extract.compounds import CompoundReader
from amic_kg.extract.coordination import Completion, completions
from amic_kg.extract.disambiguation import SUBSTANCES, Disambiguator
from amic_kg.extract.labels import Label, Reading, Span, is_acronym_form
from amic_kg.extract.matcher import (
    Match,
    VocabularyMatcher,
    match_of,
    without_lone_symbols,
)
from amic_kg.language import Analyzer, Token
from amic_kg.ontology import Vocabulary

_COMPLETED = 0.8
_DEFINED = 0.9

_LEGAL_NAME = re.compile(r"^(\w+)\s(?:Oyj?|AB|Abp|Ltd|Plc|Corporation|Group)$")


@dataclass(frozen=True, slots=True)
class DocumentTerms:
    """What a document says of its own words.

    `abbreviations` are all it defines, by short form; `defined` maps those whose long form is
    known to the entity's label; `companies` are the organisations named in full.
    """

    abbreviations: Mapping[str, Definition] = field(default_factory=dict)
    defined: Mapping[str, Label] = field(default_factory=dict)
    companies: Mapping[str, Label] = field(default_factory=dict)


_NOTHING = DocumentTerms()


class ConceptFinder:
    """Finds concepts and registered names in the passages of documents.

    One document: `terms = finder.prepare(passages)`, then for each passage
    `tokens, matches = finder.find(text, language, terms)`.
    """

    def __init__(
        self, vocabulary: Vocabulary, analyzer: Analyzer, matcher: VocabularyMatcher | None = None
    ) -> None:
        self._analyzer = analyzer
        self.matcher = matcher or VocabularyMatcher(vocabulary, analyzer)
        self._trie = self.matcher.trie
        self._disambiguator = Disambiguator()
        self._compounds = CompoundReader(self._trie)
        self._companies = _companies(vocabulary)

    def prepare(self, passages: Iterable[tuple[str, str]]) -> DocumentTerms:
        """What the (text, language) passages of a document say of its own words."""
        passages = tuple(passages)
        abbreviations = find_abbreviations(text for text, _ in passages)
        defined: dict[str, Label] = {}
        for short, definition in abbreviations.items():
            language = next((spoken for text, spoken in passages if definition.long in text), "en")
            label = self._whole(definition.long, language)
            if label is not None:
                defined[short] = label
        companies = {
            bare: label
            for bare, (pattern, label) in self._companies.items()
            if any(bare in text and pattern.search(text) for text, _ in passages)
        }
        return DocumentTerms(abbreviations, defined, companies)

    def find(
        self, text: str, language: str, terms: DocumentTerms = _NOTHING
    ) -> tuple[list[Token], list[Match]]:
        """The tokens of `text` and the matches among them, in order, none within another."""
        tokens = self._analyzer.tokens(text, language)
        found: dict[int, Match] = {}
        for match in self._labels(text, tokens, language, terms):
            found[match.first] = match
        for match in self._completed(text, tokens, language, found):
            _replace(found, match)
        taken = {index for match in found.values() for index in range(match.first, match.last + 1)}
        for index, token in enumerate(tokens):
            label = self._defined(token, terms)
            if label is not None:
                if index not in taken or index in found:
                    found[index] = match_of(label, tokens, index, index, _DEFINED)
            elif index not in taken and len(token.surface) > 6:
                inside = self._compounds.read(_word_alone(token), language)
                if inside is not None and not _is_name(text, token, inside[0], language):
                    found[index] = match_of(inside[0], tokens, index, index, inside[1])
        return tokens, [found[first] for first in sorted(found)]

    def _labels(
        self, text: str, tokens: Sequence[Token], language: str, terms: DocumentTerms
    ) -> Iterator[Match]:
        def read(span: Span) -> Reading | None:
            return self._disambiguator.read(span, text, tokens, language)

        found = []
        for span, (label, confidence) in self._trie.spans(text, tokens, language, read):
            company = terms.companies.get(tokens[span.first].surface)
            if company is not None and label.entity.type == "Place" and span.first == span.last:
                label = company  # noqa: PLW2901
            found.append(match_of(label, tokens, span.first, span.last, confidence))
        return without_lone_symbols(text, tokens, found)

    def _completed(
        self, text: str, tokens: Sequence[Token], language: str, found: Mapping[int, Match]
    ) -> Iterator[Match]:
        done: set[int] = set()
        for completion in completions(text, tokens, language):
            if completion.last in done or not (
                completion.needs is None or completion.needs in done
            ):
                continue
            label = self._complete(completion, language)
            if label is None:
                continue
            present = found.get(completion.first)
            done.add(completion.last)
            if present is not None and (
                present.last > completion.last
                or present.entity == label.entity.iri
                or present.type in SUBSTANCES
            ):
                continue
            yield match_of(label, tokens, completion.first, completion.last, _COMPLETED)

    def _complete(self, completion: Completion, language: str) -> Label | None:
        """What a completed conjunct names: a label, or what stands inside a compound."""
        tokens = self._analyzer.tokens(completion.text, language)
        if len(tokens) < completion.least:
            return None
        span = self._trie.at(completion.text, tokens, language, 0)
        while span is not None and span.last + 1 >= completion.least:
            reading = self._disambiguator.read(span, completion.text, tokens, language)
            if reading is not None:
                return reading[0]
            span = span.shorter
        if completion.least > 1:
            return None
        inside = self._compounds.read(_word_alone(tokens[0]), language)
        return inside[0] if inside else None

    def _whole(self, text: str, language: str) -> Label | None:
        """The label that spans all of `text`."""
        tokens = self._analyzer.tokens(text, language)
        span = self._trie.at(text, tokens, language, 0) if tokens else None
        if span is None or span.last != len(tokens) - 1:
            return None
        reading = self._disambiguator.read(span, text, tokens, language)
        return reading[0] if reading else None

    def _defined(self, token: Token, terms: DocumentTerms) -> Label | None:
        if not terms.defined or not token.surface[:1].isupper():
            return None
        for short, label in terms.defined.items():
            if is_acronym_form(token.surface, short):
                return label
        return None


def _replace(found: dict[int, Match], match: Match) -> None:
    """Put `match` in the place of what stands in its words."""
    for first in [
        first
        for first, other in found.items()
        if other.first <= match.last and match.first <= other.last
    ]:
        del found[first]
    found[match.first] = match


def _word_alone(token: Token) -> Token:
    """The token as it would stand at the beginning of a text: equal words are equal values."""
    return token._replace(start=0, end=0)


def _is_name(text: str, token: Token, label: Label, language: str) -> bool:
    """A word with a capital within a sentence is a name of its own: "Kultakaivos Oy"."""
    if label.entity.type == "Site" or not token.surface[:1].isupper():
        return False
    before = text[max(0, token.start - 3) : token.start].rstrip('"“”(–-• ')
    return bool(before) and before[-1] not in ".!?:\n"


def _companies(vocabulary: Vocabulary) -> dict[str, tuple[re.Pattern[str], Label]]:
    """Organisations whose name without its legal form is that of a place or a site too."""
    places = {
        text
        for entity in vocabulary
        if entity.type in ("Place", "Site")
        for _, text, _ in entity.labels()
    }
    found: dict[str, tuple[re.Pattern[str], Label]] = {}
    for entity in vocabulary:
        if entity.type != "Organization":
            continue
        for _, text, rank in entity.labels():
            legal = _LEGAL_NAME.match(text)
            if legal and legal[1] in places and legal[1] not in found:
                label = Label(
                    entity, rank, None, capital=True, name=True, words=(legal[1].lower(),)
                )
                found[legal[1]] = (
                    re.compile(rf"\b{legal[1]}\s(?:Oyj?|AB|Abp|Ltd|Plc|Corp|Group)\b"),
                    label,
                )
    return found
