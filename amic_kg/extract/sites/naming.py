"""Reads the name of a site: which of its words name, which tell kind, raw material or part."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from amic_kg.extract.sites.words import (
    AND_WORDS,
    MATERIAL_WORDS,
    SYMBOLS,
    WORD_KINDS,
    fold,
    inflections,
    is_part,
    split_compound,
)
from amic_kg.iris import VOCAB
from amic_kg.ontology import Vocabulary

_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*(?:-[^\W_]+)*")
_INNER = re.compile(r"[(\[]([^)\]]*)[)\]]")
_DASHES = re.compile(r"\s*[–—‐‑−]\s*|\s+-\s+")
_SYMBOL = re.compile(r"[A-Z][a-z]?$|[A-Z]{3}$")
_SUBSTANCES = ("Commodity", "Mineral", "Rock")


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word of the name itself; `part` when it may also tell a part of a site."""

    text: str
    written: str
    part: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """What stands between commas, or in brackets: its words, and what was left out of them."""

    words: tuple[Word, ...]
    whole: str
    """All words, folded and run together, nothing left out."""
    substances: frozenset[str] = frozenset()
    """Raw materials named, as IRIs; of minerals and rocks too."""
    site_word: bool = False
    plant: bool = False
    other: bool = False
    """It is the name of a company, an area or a water."""

    @property
    def without_parts(self) -> tuple[Word, ...]:
        return tuple(word for word in self.words if not word.part)


def run(words: Iterable[Word]) -> str:
    """The words without what parts them: "Sika-aho" is sikaaho."""
    return "".join(word.text for word in words)


@dataclass(frozen=True, slots=True)
class SiteName:
    """A name as written: its segments, and those in brackets."""

    whole: str
    """All of it, folded and run together."""
    segments: tuple[Segment, ...]
    inner: tuple[Segment, ...]


class SiteNaming:
    """Reads names with the words that a vocabulary has for raw materials, places and companies."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def read(self, name: str) -> SiteName:
        text = _DASHES.sub("-", unicodedata.normalize("NFKC", name))
        inner = [part for bracket in _INNER.findall(text) for part in AND_WORDS.split(bracket)]
        outer = AND_WORDS.split(_INNER.sub(" ", text))
        whole = _run(fold(text))
        return SiteName(whole, tuple(self._segments(outer)), tuple(self._segments(inner)))

    def label(self, label: str) -> Segment | None:
        """A label of the vocabulary, which is one name, whatever stands in it."""
        return self.segment(_DASHES.sub("-", unicodedata.normalize("NFKC", label)))

    def _segments(self, texts: Iterable[str]) -> Iterator[Segment]:
        for text in texts:
            if segment := self.segment(text):
                yield segment

    def segment(self, text: str) -> Segment | None:
        written = _WORD.findall(text)
        if not written:
            return None
        words: list[Word] = []
        compounds: list[Word] = []
        substances: set[str] = set()
        kinds: set[str] = set()
        for word in written:
            folded = fold(word)
            if materials := self._materials(word, folded):
                substances |= materials
            elif kind := WORD_KINDS.get(folded):
                kinds.add(kind)
                if kind == "company":
                    words, compounds = [], []  # they were its name
            elif word.islower() and folded in self._material_words:
                kinds.add("site")
            elif compound := split_compound(folded):
                stem, kind = compound
                kinds.add(kind)
                if stem in self._substances or stem in self._material_words:
                    substances |= self._substances.get(stem, frozenset())
                    compounds += _words(word)
                elif stem:
                    words += _words(word[: len(stem)] if len(word) == len(folded) else stem)
            else:
                words += _words(word)
        if all(word.part for word in words):
            words = compounds + words
        return Segment(
            words=tuple(words),
            whole="".join(_run(fold(word)) for word in written),
            substances=frozenset(substances),
            site_word="site" in kinds,
            plant="plant" in kinds,
            other="area" in kinds or ("company" in kinds and not words),
        )

    def materials(self, terms: Iterable[str]) -> frozenset[str]:
        """The raw materials meant by symbols, labels or IRIs: "Ni", "% Cu", "nickel"."""
        found: set[str] = set()
        for term in terms:
            if term in self._vocabulary:
                found.add(term)
                continue
            for word in _WORD.findall(term):
                found |= self._materials(word, fold(word))
        return frozenset(found)

    def _materials(self, word: str, folded: str) -> frozenset[str]:
        """What a word, or every part of one like Ni-Cu-PGE, stands for; empty for others."""
        found: set[str] = set()
        for part, plain in zip(word.split("-"), folded.split("-"), strict=True):
            known = self._symbols.get(part) if _SYMBOL.match(part) else self._substances.get(plain)
            if known is None and part.isupper():
                known = self._substances.get(plain)
            if known is None:
                return frozenset()
            found |= known
        return frozenset(found)

    def is_place(self, run: str) -> bool:
        """Whether folded words run together are a place of the registry, in any case form."""
        return run in self._place_forms

    def nominative(self, run: str) -> str:
        """The base form of a place, kemi for kemin; other words as they are."""
        return self._place_forms.get(run, run)

    def places(self, run: str) -> frozenset[str]:
        return self._places.get(run, frozenset())

    def is_company(self, word: str) -> bool:
        """Whether a folded word begins the name of a registered organisation."""
        return word in self._company_words

    def is_other_thing(self, run: str) -> bool:
        """Whether folded words run together are a label of anything but a site."""
        return run in self._other_labels

    @cached_property
    def _symbols(self) -> Mapping[str, frozenset[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for entity in self._vocabulary:
            if entity.type in _SUBSTANCES:
                for _, label, _ in entity.labels():
                    if _SYMBOL.match(label):
                        found[label].add(entity.iri)
        for symbol, key in SYMBOLS.items():
            found[symbol].add(f"{VOCAB}commodity/{key}")
        return _frozen(found)

    @cached_property
    def _substances(self) -> Mapping[str, frozenset[str]]:
        """Raw materials, minerals and rocks by their labels of one word, but symbols."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for entity in self._vocabulary:
            if entity.type in _SUBSTANCES:
                for _, label, _ in entity.labels():
                    folded = fold(label)
                    if folded.isalpha() and not _SYMBOL.match(label):
                        found[folded].add(entity.iri)
                        found[f"{folded}n"].add(entity.iri)
        return _frozen(found)

    @cached_property
    def _material_words(self) -> frozenset[str]:
        """Words that raw materials, minerals and rocks are called by together with others."""
        labels = (
            fold(label)
            for entity in self._vocabulary
            if entity.type in _SUBSTANCES
            for _, label, _ in entity.labels()
        )
        words = {word for label in labels if " " in label for word in _WORD.findall(label)}
        return frozenset(words | MATERIAL_WORDS)

    @cached_property
    def _places(self) -> Mapping[str, frozenset[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for entity in self._vocabulary:
            if entity.type == "Place":
                for _, label, _ in entity.labels():
                    found[_run(fold(label))].add(entity.iri)
        return _frozen(found)

    @cached_property
    def _place_forms(self) -> Mapping[str, str]:
        forms = {form: run for run in self._places for form in inflections(run)}
        return forms | {run: run for run in self._places}

    @cached_property
    def _company_words(self) -> frozenset[str]:
        firsts: set[str] = set()
        for entity in self._vocabulary:
            if entity.type == "Organization":
                for _, label, _ in entity.labels():
                    if written := _WORD.findall(label):
                        firsts.add(fold(written[0]))
        return frozenset(firsts - self._place_forms.keys())

    @cached_property
    def _other_labels(self) -> frozenset[str]:
        return frozenset(
            _run(fold(label))
            for entity in self._vocabulary
            if entity.type != "Site"
            for _, label, _ in entity.labels()
        )


def _words(written: str) -> list[Word]:
    units = [(_run(fold(unit)), unit) for unit in written.split("-") if unit]
    return [Word(text, unit, is_part(text)) for text, unit in units]


def _run(folded: str) -> str:
    """The letters and digits alone: "sika-aho" is sikaaho."""
    return "".join(c for c in folded if c.isalnum())


def _frozen(found: Mapping[str, set[str]]) -> Mapping[str, frozenset[str]]:
    return {key: frozenset(values) for key, values in found.items()}
