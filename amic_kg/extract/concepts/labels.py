"""The labels of the vocabulary as a trie of words: which of them stand at a place of a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from amic_kg.extract.concepts.name_words import INSTITUTIONS
from amic_kg.extract.concepts.word_forms import fold, inflected_stems, lookup_keys
from amic_kg.extract.concepts.words import words_of
from amic_kg.language import Analyzer, Token
from amic_kg.ontology import REGISTRY_TYPES, Entity

TEXT_LANGUAGES = ("fi", "en", "sv")

# Labels that are left out of texts in another language: "Island" is Iceland in Swedish alone.
_NEVER = {"Place": frozenset((("sv", "en"), ("fi", "en"), ("en", "fi"), ("en", "sv")))}

_DISTINCT_WORDS = 100_000
_SHORTEST_CLOSED_PART = 3
_SHORTEST_BEFORE_BRACKET = 4
_SHORTEST_REJOINED = 8
"""Letters of a closed label that is also looked for as two words: "ground water"."""

_BRACKET = re.compile(r"\s*\([^)]*\)$")
_PLURAL_ACRONYM = re.compile(r"[A-Z]{2,}s")
_PAUSE = re.compile(r"[-–]?\s*([,(])\s*")


@dataclass(frozen=True, slots=True)
class Label:
    """A label of an entity as it is met in one language."""

    entity: Entity
    rank: str
    exact: tuple[str, ...] | None
    """Surfaces to be met letter by letter (acronyms, symbols), or None."""
    capital: bool
    """Its first word has a capital in running text."""
    name: bool
    words: tuple[str, ...]
    """Its words in lower case."""
    capitals: tuple[bool, ...] = ()
    """Which of its words begin with a capital."""

    @property
    def is_symbol(self) -> bool:
        """Whether it is met letter by letter and has a capital: "Ni", "GTK", not "tin"."""
        return self.exact is not None and not all(map(str.islower, self.exact))


@dataclass(frozen=True, slots=True)
class Span:
    """Labels at tokens `first`..`last`, of one or several entities, and the next shorter ones."""

    first: int
    last: int
    labels: tuple[Label, ...]
    shorter: Span | None = None


Reading = tuple[Label, float]
"""The label that is meant, and how sure that is."""


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    labels: list[Label] = field(default_factory=list)


class LabelTrie:
    """All labels of some entities, by the language of the text they are looked for in.

    Concepts are found by their labels in the text's language; names of the registry, acronyms
    and symbols in every language, for a Swedish text writes "Kemin Digipolis" too.
    """

    def __init__(self, entities: Iterable[Entity], analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._roots = {language: _Node() for language in TEXT_LANGUAGES}
        self._keys = lru_cache(maxsize=_DISTINCT_WORDS)(lookup_keys)
        shortened: list[tuple[str, str, Label]] = []
        for entity in entities:
            if entity.in_text:
                shortened.extend(self._insert_entity(entity))
        for language, text, label in shortened:
            self._insert_unambiguous(language, text, label)

    def spans(
        self,
        text: str,
        tokens: Sequence[Token],
        language: str,
        read: Callable[[Span], Reading | None],
    ) -> Iterator[tuple[Span, Reading]]:
        """The longest labels to which `read` gives a reading, in order, none within another."""
        root = self._roots.get(language) or self._roots["en"]
        begins = root.children
        position = 0
        while position < len(tokens):
            token = tokens[position]
            span = None
            # Most words begin no label: they are let go before anything is built for them.
            if any(key in begins for key in self._keys(token.surface, token.lemmas, language)):
                span = self._longest(text, tokens, position, root, language)
            if span is None and position + 1 < len(tokens):
                span = self._rejoined(text, tokens, position, root, language)
            position += 1
            while span is not None:
                reading = read(span)
                if reading is not None and not self._overtaken(text, tokens, span, root, language):
                    yield span, reading
                    position = span.last + 1
                    break
                span = span.shorter

    def _overtaken(
        self, text: str, tokens: Sequence[Token], span: Span, root: _Node, language: str
    ) -> bool:
        """Whether a longer label begins within `span`: "The Arctic" and "Arctic Mining Cluster"."""
        for first in range(span.first + 1, span.last + 1):
            other = self._longest(text, tokens, first, root, language)
            if other is not None and other.last - first > span.last - span.first:
                return True
        return False

    def at(self, text: str, tokens: Sequence[Token], language: str, first: int) -> Span | None:
        """The longest labels that begin at token `first`."""
        root = self._roots.get(language) or self._roots["en"]
        return self._longest(text, tokens, first, root, language)

    def begins(self, token: Token, language: str) -> bool:
        """Whether a word, in some form, is the first of a label."""
        root = self._roots.get(language) or self._roots["en"]
        keys = self._keys(token.surface, token.lemmas, language)
        return any(key in root.children for key in keys)

    def word(self, word: str, language: str) -> tuple[Label, ...]:
        """The labels of one word that `word`, in its base form, is."""
        root = self._roots.get(language) or self._roots["en"]
        node = root.children.get(fold(word) if language == "en" else word)
        return tuple(node.labels) if node else ()

    def _longest(
        self, text: str, tokens: Sequence[Token], first: int, root: _Node, language: str
    ) -> Span | None:
        nodes = [root]
        best: Span | None = None
        for index in range(first, len(tokens)):
            token = tokens[index]
            if index > first and not _continues(text, tokens[index - 1], token):
                pause = _PAUSE.fullmatch(text, tokens[index - 1].end, token.start)
                if pause is None:
                    break
                nodes = _step(nodes, (pause[1],))
            nodes = _step(nodes, self._keys(token.surface, token.lemmas, language))
            if not nodes:
                break
            labels = tuple(
                label
                for node in nodes
                for label in node.labels
                if _fits(label, tokens[first : index + 1], language)
            )
            if labels:
                best = Span(first, index, labels, best)
        return best

    def _rejoined(
        self, text: str, tokens: Sequence[Token], first: int, root: _Node, language: str
    ) -> Span | None:
        """A closed label that is written as two words: "ground water", "Harja valta" (OCR)."""
        one, other = tokens[first], tokens[first + 1]
        if text[one.end : other.start] not in (" ", "-", "\n"):
            return None
        if language == "fi":
            if not (one.surface.istitle() and other.surface.islower()):
                return None
            joined = self._analyzer.tokens(one.surface + other.surface, language)[0]
            for key in joined.lemmas if len(joined.surface) >= _SHORTEST_REJOINED else ():
                node = root.children.get(key)
                labels = tuple(label for label in node.labels if label.name) if node else ()
                if labels:
                    return Span(first, first + 1, labels)
            return None
        for word in other.lemmas:
            closed = one.surface.lower() + word
            node = root.children.get(closed) if len(closed) >= _SHORTEST_REJOINED else None
            labels = tuple(x for x in node.labels if x.exact is None and not x.name) if node else ()
            if labels:
                return Span(first, first + 1, labels)
        return None

    def _insert_entity(self, entity: Entity) -> Iterator[tuple[str, str, Label]]:
        """Insert all labels; what stands before a bracket is yielded, for when all are known."""
        name = entity.type in REGISTRY_TYPES
        seen: set[tuple[str, str]] = set()
        for language, text, rank in entity.labels():
            exact = _is_exact(text)
            # Short words are met letter by letter too, but in their own language: Swedish "is".
            symbolic = exact and text != text.lower()
            everywhere = name or symbolic or language not in TEXT_LANGUAGES
            for target in TEXT_LANGUAGES if everywhere else (language,):
                if (target, text) in seen or self._misleads(entity, text, language, target):
                    continue
                seen.add((target, text))
                label = _label(entity, text, rank, exact=exact, name=name)
                self._insert(target, text, label)
                closed = _closed(text) if target == "en" and not (exact or name) else None
                if closed:
                    self._insert(target, closed, label)
                before = _BRACKET.sub("", text)
                if before != text and len(before) >= _SHORTEST_BEFORE_BRACKET:
                    yield target, before, _label(entity, before, "hidden", exact=False, name=name)

    def _misleads(self, entity: Entity, text: str, language: str, target: str) -> bool:
        """Whether a name of another language is an English word: "Island" in "Long Island"."""
        if language == target:
            return False
        if (language, target) in _NEVER.get(entity.type, ()):
            return True
        return entity.type == "Place" and self._analyzer.knows(text, "en")

    def _insert(self, language: str, text: str, label: Label) -> _Node:
        tokens = self._analyzer.tokens(text, language)
        # Names stand as they are in English and Swedish, where they are hardly inflected:
        # by a lemma "Bergen" would be found in "berg".
        whole = label.exact is not None or (label.name and language != "fi")
        surfaces = [token.surface.lower() for token in tokens]
        # The likeliest lemma stands for the word, so that each label is stored once; the text
        # is looked up by all lemmas of its words.
        keys = surfaces if whole else [token.lemmas[0] for token in tokens]
        node = self._insert_words(language, text, tokens, keys, label)
        if language != "fi" and keys != surfaces:
            # simplemma guesses at compounds: the word as it stands is surer.
            self._insert_words(language, text, tokens, surfaces, label)
        if (
            language == "fi"
            and label.name
            and keys
            and not self._analyzer.knows(surfaces[-1], "fi")
        ):
            for stem in inflected_stems(keys[-1]):
                self._insert_words(language, text, tokens, [*keys[:-1], stem], label)
        return node

    def _insert_words(
        self, language: str, text: str, tokens: Sequence[Token], keys: list[str], label: Label
    ) -> _Node:
        node = self._roots[language]
        end = 0
        for token, key in zip(tokens, keys, strict=True):
            pause = _PAUSE.fullmatch(text, end, token.start) if end else None
            if pause:
                node = node.children.setdefault(pause[1], _Node())
            folded = fold(key) if language == "en" else key
            node = node.children.setdefault(folded, _Node())
            end = token.end
        if end:
            node.labels.append(label)
        return node

    def _insert_unambiguous(self, language: str, text: str, label: Label) -> None:
        node = self._insert(language, text, label)
        if any(other.entity.iri != label.entity.iri for other in node.labels):
            node.labels.remove(label)


def _step(nodes: list[_Node], keys: tuple[str, ...]) -> list[_Node]:
    return [node.children[key] for node in nodes for key in keys if key in node.children]


def _label(entity: Entity, text: str, rank: str, *, exact: bool, name: bool) -> Label:
    words = tuple(re.findall(r"[^\W_]+", text))
    capital = text[:1].isupper() and (name or not exact)
    return Label(
        entity,
        rank,
        words if exact else None,
        capital=capital,
        name=name,
        words=tuple(map(str.lower, words)),
        capitals=tuple(word[0].isupper() for word in words),
    )


def _closed(text: str) -> str | None:
    """Two words as one: 'minewater' for 'mine water'."""
    parts = text.replace("-", " ").split()
    if len(parts) != 2 or any(len(p) < _SHORTEST_CLOSED_PART or not p.isalpha() for p in parts):
        return None
    return "".join(parts).lower()


def _is_exact(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return (
        len(letters) <= 3 or all(map(str.isupper, letters)) or bool(_PLURAL_ACRONYM.fullmatch(text))
    )


def _fits(label: Label, tokens: Sequence[Token], language: str) -> bool:
    if label.exact is not None:
        # An acronym may carry an ending behind a colon or an apostrophe: "GTK:n", "GTK's".
        return all(map(_is_exact_form, (token.surface for token in tokens), label.exact))
    if label.name and len(label.words) == len(tokens) and _is_possessive_within(tokens):
        return False
    kind = label.entity.type
    if kind in _WRITTEN_OUT and language != "fi" and not _is_written_as(label, tokens):
        return False
    if label.capital and not _has_capital(label, tokens, language):
        return False
    # A verb form is no noun: "concentrated" names no concentrate, "leading" no lead.
    return language != "en" or label.name or not any(map(_is_verb_form, tokens, label.words))


def _has_capital(label: Label, tokens: Sequence[Token], language: str) -> bool:
    """In English and Swedish a quarter of the compass has none: "northern Finland"."""
    if tokens[0].surface[:1].isupper():
        return True
    compass = label.entity.type == "Place" and label.words[0] in COMPASS.get(language, ())
    return compass and len(tokens) > 1 and tokens[1].surface[:1].isupper()


_WRITTEN_OUT = ("Organization", "Project")
"""Types whose names keep all their capitals in English and Swedish."""

COMPASS = {
    "en": words_of("northern southern eastern western central north south east west"),
    "sv": words_of("norra södra östra västra mellersta"),
}
"""Quarters of the compass as they begin the names of regions."""


def _is_verb_form(token: Token, word: str) -> bool:
    surface = token.surface.lower()
    if word.endswith("ing"):
        return not surface.endswith(("ing", "ings"))
    return surface != word and surface.endswith(("ed", "ing")) and not word.endswith("ed")


def _is_written_as(label: Label, tokens: Sequence[Token]) -> bool:
    """An organisation keeps its capitals: "Outokumpu mining" is not "Outokumpu Mining"."""
    if len(label.capitals) != len(tokens):
        return True
    return all(
        token.surface[0].isupper() or token.surface.lower() in INSTITUTIONS
        for token, capital in zip(tokens, label.capitals, strict=True)
        if capital
    )


def _is_possessive_within(tokens: Sequence[Token]) -> bool:
    """Whether a name would run over another's: "Agnico Eagle's Kittilä mine"."""
    return any(token.surface.endswith(("'s", "’s")) for token in tokens[:-1])


def _is_exact_form(surface: str, word: str) -> bool:
    """A short word may begin a sentence: "Tin is mined"."""
    return is_acronym_form(surface, word) or (word.islower() and surface == word.capitalize())


def is_acronym_form(surface: str, acronym: str) -> bool:
    """Whether `surface` is `acronym`, with an ending or without: "GTK:n", "GTK's"."""
    end = len(acronym)
    return surface == acronym or (surface.startswith(acronym) and surface[end] in "'’:")


def _continues(text: str, before: Token, after: Token) -> bool:
    """A label runs over blanks, hyphens, a line end, not over a full stop or a paragraph's end.

    The full stop behind an initial or an ordinal ends nothing: "K. H. Renlund".
    """
    gap = text[before.end : after.start]
    if len(gap) > 3 or not all(c.isspace() or c in "-–/&.'’+:" for c in gap):
        return False
    blank = any(map(str.isspace, gap))
    colon = ":" in gap and after.surface[0].islower()
    stops = blank and (colon or ("." in gap and len(before.surface) > 1))
    return not stops and gap.count("\n") < 2
