"""Finds the vocabulary in a text: a token trie over sets of lemmas, longest match first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from amic_kg.language import Analyzer, Token
from amic_kg.ontology import REGISTRY_TYPES, Entity

_TEXT_LANGUAGES = ("fi", "en", "sv")

_CONFIDENCE = {"preferred": 0.95, "alternative": 0.9, "hidden": 0.8}
_AMBIGUOUS = 0.6

# Labels that are left out of texts in another language: "Island" is Iceland in Swedish alone.
_NEVER = {"Place": frozenset((("sv", "en"), ("fi", "en"), ("en", "fi"), ("en", "sv")))}
_SINGLE_SHORT_WORD = 0.8
_OTHER_TYPES = 0.05

# Where one label names things of several types, the more specific reading of running text first.
_TYPE_ORDER = (
    "Commodity", "Mineral", "Rock", "Method", "AcceptanceFactor", "StakeholderGroup", "Practice",
    "LifecycleStage", "FundingProgramme", "Project", "Place", "Site", "Organization", "Theme",
    "InfrastructureType", "OutputType", "Concept",
)  # fmt: skip

_SYMBOL = re.compile(r"^[A-Z][a-z]?$")
_UNIT = r"(?:%|ppm|ppb|g/t|mg/|µg/|wt|p-%|paino-%|vikt-%)"
# A number alone is none: "In 2016", "As 5 mines".
_QUANTITY = re.compile(rf"^\s*\(?(?:\d[\d.,]*\s*)?{_UNIT}")
_QUANTITY_BEFORE = re.compile(rf"\d\s*{_UNIT}\s*\(?$")
_JOINED = re.compile(r"\s*(?:[-–/,+&]|(?:,\s*)?(?:ja|och|and|sekä|samt))\s*")


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


@dataclass(frozen=True, slots=True)
class _Label:
    entity: Entity
    rank: str
    exact: tuple[str, ...] | None
    """Surfaces to be met letter by letter (acronyms, symbols), or None."""
    capital: bool
    """Its first word has a capital in running text."""
    name: bool


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    labels: list[_Label] = field(default_factory=list)


class VocabularyMatcher:
    """All labels of some entities, by the language of the text they are looked for in.

    Concepts are found by their labels in the text's language; names of the registry, acronyms
    and symbols in every language, for a Swedish text writes "Kemin Digipolis" too.
    """

    def __init__(self, entities: Iterable[Entity], analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._roots = {language: _Node() for language in _TEXT_LANGUAGES}
        for entity in entities:
            if not entity.in_text:
                continue
            name = entity.type in REGISTRY_TYPES
            seen: set[tuple[str, str]] = set()
            for language, text, rank in entity.labels():
                exact = _is_exact(text)
                # Short words are met letter by letter too, but in their own language: Swedish "is".
                symbolic = exact and text != text.lower()
                everywhere = name or symbolic or language not in _TEXT_LANGUAGES
                for target in _TEXT_LANGUAGES if everywhere else (language,):
                    if (language, target) in _NEVER.get(entity.type, ()):
                        continue
                    if (target, text) not in seen:
                        seen.add((target, text))
                        self._insert(
                            target, text, _label(entity, text, rank, exact=exact, name=name)
                        )

    def find(self, text: str, language: str) -> tuple[list[Token], list[Match]]:
        """The tokens of `text` and the matches among them, in order, none within another."""
        tokens = self._analyzer.tokens(text, language)
        return tokens, self.match(text, tokens, language)

    def match(self, text: str, tokens: Sequence[Token], language: str) -> list[Match]:
        root = self._roots.get(language) or self._roots["en"]
        found: list[Match] = []
        begins = root.children
        position = 0
        while position < len(tokens):
            token = tokens[position]
            match = None
            # Most words begin no label: they are let go before anything is built for them.
            if token.surface.lower() in begins or any(x in begins for x in token.lemmas):
                match = self._longest(text, tokens, position, root)
            if match is None:
                position += 1
            else:
                found.append(match)
                position = match.last + 1
        return list(_without_lone_symbols(text, tokens, found))

    def _longest(self, text: str, tokens: Sequence[Token], first: int, root: _Node) -> Match | None:
        nodes = [root]
        best: tuple[int, list[_Label]] | None = None
        for index in range(first, len(tokens)):
            if index > first and not _continues(text, tokens[index - 1], tokens[index]):
                break
            keys = _keys(tokens[index])
            nodes = [node.children[key] for node in nodes for key in keys if key in node.children]
            if not nodes:
                break
            labels = [
                label
                for node in nodes
                for label in node.labels
                if _fits(label, tokens[first : index + 1])
            ]
            if labels:
                best = index, labels
        if best is None:
            return None
        last, labels = best
        chosen, confidence = _choose(labels, tokens[first : last + 1])
        return Match(
            entity=chosen.entity.iri,
            type=chosen.entity.type,
            start=tokens[first].start,
            end=tokens[last].end,
            first=first,
            last=last,
            confidence=confidence,
        )

    def _insert(self, language: str, text: str, label: _Label) -> None:
        node = self._roots[language]
        tokens = self._analyzer.tokens(text, language)
        for token in tokens:
            # The likeliest lemma stands for the word, so that each label is stored once; the text
            # is looked up by all lemmas of its words.
            # Names stand as they are in English and Swedish, where they are hardly inflected:
            # by a lemma "Bergen" would be found in "berg".
            whole = label.exact or (label.name and language != "fi")
            key = token.surface.lower() if whole else token.lemmas[0]
            node = node.children.setdefault(key, _Node())
        if tokens:
            node.labels.append(label)


def _label(entity: Entity, text: str, rank: str, *, exact: bool, name: bool) -> _Label:
    words = tuple(re.findall(r"[^\W_]+", text)) if exact else None
    capital = text[:1].isupper() and (name or not exact)
    return _Label(entity, rank, words, capital=capital, name=name)


def _is_exact(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return len(letters) <= 3 or all(map(str.isupper, letters))


def _keys(token: Token) -> tuple[str, ...]:
    surface = token.surface.lower()
    return token.lemmas if surface in token.lemmas else (*token.lemmas, surface)


def _fits(label: _Label, tokens: Sequence[Token]) -> bool:
    if label.exact is not None:
        # An acronym may carry an ending behind a colon or an apostrophe: "GTK:n", "GTK's".
        return all(map(_is_acronym_form, (token.surface for token in tokens), label.exact))
    return not label.capital or tokens[0].surface[:1].isupper()


def _is_acronym_form(surface: str, acronym: str) -> bool:
    end = len(acronym)
    return surface == acronym or (surface.startswith(acronym) and surface[end] in "'’:")


def _continues(text: str, before: Token, after: Token) -> bool:
    """A label runs over blanks, hyphens, a line end, not over a full stop or a paragraph's end.

    The full stop behind an initial or an ordinal ends nothing: "K. H. Renlund".
    """
    gap = text[before.end : after.start]
    if len(gap) > 3 or not all(c.isspace() or c in "-–/&.'’+:" for c in gap):
        return False
    stops = "." in gap and any(map(str.isspace, gap)) and len(before.surface) > 1
    return not stops and gap.count("\n") < 2


def _choose(labels: list[_Label], tokens: Sequence[Token]) -> tuple[_Label, float]:
    by_entity: dict[str, _Label] = {}
    for label in labels:
        known = by_entity.get(label.entity.iri)
        if known is None or _CONFIDENCE[label.rank] > _CONFIDENCE[known.rank]:
            by_entity[label.entity.iri] = label
    ranked = sorted(
        by_entity.values(),
        key=lambda label: (
            -_CONFIDENCE[label.rank],
            _TYPE_ORDER.index(label.entity.type),
            label.entity.iri,
        ),
    )
    chosen = ranked[0]
    confidence = _CONFIDENCE[chosen.rank]
    if len(tokens) == 1 and len(tokens[0].lemmas) > 2:
        confidence = min(confidence, _SINGLE_SHORT_WORD)
    rivals = {label.entity.type for label in ranked[1:]}
    if chosen.entity.type in rivals:
        confidence = min(confidence, _AMBIGUOUS)
    elif rivals:
        confidence -= _OTHER_TYPES * len(rivals)
    return chosen, round(confidence, 2)


def _without_lone_symbols(
    text: str, tokens: Sequence[Token], matches: list[Match]
) -> Iterator[Match]:
    """Symbols count beside a quantity or another symbol only: "In", "As", "No" are words too."""
    symbols = [m for m in matches if m.first == m.last and _is_symbol(tokens[m.first])]
    joined: set[int] = set()
    for one, other in pairwise(symbols):
        if _JOINED.fullmatch(text, one.end, other.start):
            joined.update((one.first, other.first))
    for match in matches:
        if (
            match.first != match.last
            or not _is_symbol(tokens[match.first])
            or match.first in joined
            or _QUANTITY.match(text[match.end : match.end + 20])
            or _QUANTITY_BEFORE.search(text[max(0, match.start - 12) : match.start])
        ):
            yield match


def _is_symbol(token: Token) -> bool:
    return bool(_SYMBOL.match(token.surface.split(":")[0]))
