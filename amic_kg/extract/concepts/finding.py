"""The concepts and registered names of a passage, each read by what stands around it.

Labels that stand there, what a coordination leaves out, what a compound holds, and the short forms
that the document defines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from amic_kg.extract.concepts.abbreviations import Definition, find_abbreviations
from amic_kg.extract.concepts.companions import agree_with_companions
from amic_kg.extract.concepts.compounds import CompoundReader
from amic_kg.extract.concepts.coordination import Completion, completions
from amic_kg.extract.concepts.disambiguation import Disambiguator
from amic_kg.extract.concepts.labels import Label, Reading, Span, is_acronym_form
from amic_kg.extract.concepts.matcher import (
    Match,
    VocabularyMatcher,
    match_of,
    without_lone_symbols,
)
from amic_kg.extract.concepts.name_words import SURNAMES
from amic_kg.extract.concepts.naming import is_mine_word
from amic_kg.extract.concepts.substances import SUBSTANCES
from amic_kg.extract.concepts.weak_labels import EVERYDAY, EVERYDAY_GROUPS
from amic_kg.language import Analyzer, Token
from amic_kg.ontology import Vocabulary

_OF_THE_FIELD = SUBSTANCES | {"Site"}
"""Types of which one match tells that a passage is about rocks, ores or mines."""
_COMPLETED = 0.8
_DEFINED = 0.9

_LINE_END_HYPHEN = re.compile("[-\N{SOFT HYPHEN}]\\n")
_CAPITALISED = re.compile(r"(?<=[a-zåäö,] )[A-ZÅÄÖ][a-zåäö]+")
_FIELD = re.compile(
    r"(?i)\b(?:mine[ds]?|mining|miners?|minerals?|minerali[sz]\w+|ores?|deposits?|geolog\w+|bedrock|"
    r"rocks?|metals|smelter|alloys?|exploration|drill\w*)\b|kaivo[ks]|kaivannais|malm|rikast|geolog|"
    r"esiintymä|louh|mineraal|metalli(?!n\b|a\b|nen|sen|sta\b)|"
    r"kallio|gruv|berggrund|bergart|mineral|fyndighet|[ck]oncentrat"
)
_COMPANY = re.compile(
    r"[\s-](?:company|corporation|group|yhtiö\w*|konserni\w*|koncernen|bolaget|tehta\w+|terästeh\w+|mills?|smelter)\b"
)
_LEGAL_NAME = re.compile(r"^(\w+)\s(?:Oyj?|AB|Abp|Ltd|Plc|Corporation|Group)$")


@dataclass(frozen=True, slots=True)
class DocumentTerms:
    """What a document says of its own words.

    `abbreviations` are all it defines, by short form; `defined` maps those whose long form is
    known to the entity's label; `companies` are the organisations named in full; `names` are
    common words that stand as names in it ("sijaitseva Malmi"); `of_the_field` tells whether it
    speaks of rocks, ores or mines at all.
    """

    abbreviations: Mapping[str, Definition] = field(default_factory=dict)
    defined: Mapping[str, Label] = field(default_factory=dict)
    companies: Mapping[str, Label] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    of_the_field: bool = True


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
        self._disambiguator = Disambiguator(vocabulary)
        self._compounds = CompoundReader(self._trie)
        self._companies = _companies(vocabulary)

    def prepare(self, passages: Iterable[tuple[str, str]]) -> DocumentTerms:
        """What the (text, language) passages of a document say of its own words."""
        passages = tuple(passages)
        abbreviations = find_abbreviations(text for text, _ in passages)
        defined: dict[str, Label] = {}
        for short, definition in abbreviations.items():
            text, language = next(p for p in passages if definition.long in p[0])
            label = self._ending(
                text[: text.index(definition.long) + len(definition.long)], language
            )
            if label is not None:
                defined[short] = label
        companies = {
            bare: label
            for bare, (pattern, label) in self._companies.items()
            if any(bare in text and pattern.search(text) for text, _ in passages)
        }
        names = frozenset(
            lemma
            for text, language in passages
            if language == "fi"
            for word in _CAPITALISED.findall(text)
            for lemma in self._analyzer.tokens(word, language)[0].lemmas
        )
        of_the_field = any(_FIELD.search(text) for text, _ in passages)
        return DocumentTerms(abbreviations, defined, companies, names, of_the_field)

    def find(
        self, text: str, language: str, terms: DocumentTerms = _NOTHING
    ) -> tuple[list[Token], list[Match]]:
        """The tokens of `text` and the matches among them, in order, none within another."""
        tokens = self._analyzer.tokens(text, language)
        if _LINE_END_HYPHEN.search(text) is None:
            return tokens, self._find(text, tokens, language, terms)
        whole, places = self._rejoin(text, tokens, language)
        return tokens, [
            replace(match, first=places[match.first][0], last=places[match.last][1])
            for match in self._find(text, whole, language, terms)
        ]

    def _rejoin(
        self, text: str, tokens: Sequence[Token], language: str
    ) -> tuple[list[Token], list[tuple[int, int]]]:
        """The tokens with words that a line's end parts in one; first and last token of each."""
        whole: list[Token] = []
        places: list[tuple[int, int]] = []
        for index, token in enumerate(tokens):
            parted = whole and text[whole[-1].end : token.start] in ("-\n", "\N{SOFT HYPHEN}\n")
            if parted and token.surface[0].islower() and whole[-1].surface.isalpha():
                joined = whole[-1].surface + token.surface
                read = self._analyzer.tokens(joined, language)[0]
                if self._analyzer.knows(joined, language) or self._trie.begins(read, language):
                    whole[-1] = read._replace(start=whole[-1].start, end=token.end)
                    places[-1] = (places[-1][0], index)
                    continue
            whole.append(token)
            places.append((index, index))
        return whole, places

    def _find(
        self, text: str, tokens: Sequence[Token], language: str, terms: DocumentTerms
    ) -> list[Match]:
        found: dict[int, Match] = {}
        for match in self._labels(text, tokens, language, terms):
            found[match.first] = match
        for match in self._completed(text, tokens, language, found):
            _replace(found, match)
        taken = {index for match in found.values() for index in range(match.first, match.last + 1)}
        for index, token in enumerate(tokens):
            label = self._defined(token, terms)
            if label is not None:
                present = found.get(index)
                if index not in taken or (present is not None and present.last == index):
                    found[index] = match_of(label, tokens, index, index, _DEFINED)
            elif index not in taken and len(token.surface) > 6:
                inside = self._compounds.read(_word_alone(token), language)
                if inside is not None and not _is_name(text, token, inside[0]):
                    found[index] = match_of(inside[0], tokens, index, index, inside[1])
        return [found[first] for first in sorted(found)]

    def _labels(
        self, text: str, tokens: Sequence[Token], language: str, terms: DocumentTerms
    ) -> list[Match]:
        def read(span: Span) -> Reading | None:
            return self._disambiguator.read(span, text, tokens, language)

        found = []
        spans: dict[int, Span] = {}
        everyday: list[int] = []
        reach = -1
        for span, (label, confidence) in self._trie.spans(text, tokens, language, read):
            if span.first <= reach:
                continue
            single = span.first == span.last
            if single and _is_used_as_a_name(label, tokens[span.first], terms):
                continue
            if (
                single
                and not terms.of_the_field
                and _is_everyday(label, tokens[span.first], language)
            ):
                everyday.append(span.first)
            company = self._company(label, text, tokens, span, terms)
            meant = company or label
            last = span.last
            if meant.entity.type == "Site" and _goes_on_as_mine(text, tokens, last):
                last += 1
            found.append(match_of(meant, tokens, span.first, last, confidence))
            spans[span.first] = span
            reach = last
        found = list(without_lone_symbols(text, tokens, found))
        found = agree_with_companions(text, tokens, found, spans)
        if everyday and not any(
            match.type in _OF_THE_FIELD and match.first not in everyday for match in found
        ):
            return [match for match in found if match.first not in everyday]
        return found

    def _company(
        self, label: Label, text: str, tokens: Sequence[Token], span: Span, terms: DocumentTerms
    ) -> Label | None:
        """The organisation that a bare name means: it is named in full, or called a company."""
        if span.first != span.last or label.entity.type != "Place":
            return None
        surface = tokens[span.first].surface
        if surface in terms.companies:
            return terms.companies[surface]
        known = self._companies.get(label.entity.label("fi"))
        return known[1] if known and _COMPANY.match(text, tokens[span.last].end) else None

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

    def _ending(self, text: str, language: str) -> Label | None:
        """The longest label that ends where `text` does."""
        tokens = self._analyzer.tokens(text, language)
        for first in range(len(tokens)):
            span = self._trie.at(text, tokens, language, first)
            if span is not None and span.last == len(tokens) - 1:
                reading = self._disambiguator.read(span, text, tokens, language)
                return reading[0] if reading else None
        return None

    def _defined(self, token: Token, terms: DocumentTerms) -> Label | None:
        if not terms.defined or not token.surface[:1].isupper():
            return None
        for short, label in terms.defined.items():
            if is_acronym_form(token.surface, short):
                return label
        return None


def _is_used_as_a_name(label: Label, token: Token, terms: DocumentTerms) -> bool:
    """Whether the document uses a common word as a name: "sijaitseva Malmi. Malmin asema"."""
    if label.name or label.is_symbol or not token.surface[0].isupper():
        return False
    return not terms.names.isdisjoint(token.lemmas)


def _is_everyday(label: Label, token: Token, language: str) -> bool:
    """Whether texts about anything say it: a metal, the neighbours, a farm called like a site."""
    if label.entity.type == "Site":
        return not SURNAMES.isdisjoint(label.words)
    if label.name or label.is_symbol:
        return False
    if label.entity.type == "StakeholderGroup":
        return label.entity.iri.rsplit("/", 1)[1] in EVERYDAY_GROUPS
    return label.entity.type in SUBSTANCES and not EVERYDAY.get(language, frozenset()).isdisjoint(
        token.lemmas
    )


def _goes_on_as_mine(text: str, tokens: Sequence[Token], last: int) -> bool:
    """Whether the next word belongs to a site's name: "Kemi kromgruva", "Kallak project"."""
    return (
        last + 1 < len(tokens)
        and text[tokens[last].end : tokens[last + 1].start] in (" ", "-", "\n")
        and not is_mine_word(tokens[last])
        and is_mine_word(tokens[last + 1])
    )


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


def _is_name(text: str, token: Token, label: Label) -> bool:
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
