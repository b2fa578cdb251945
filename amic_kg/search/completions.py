"""Completion of what is being typed: names of things and titles, by any word and in any language.

All of it lies in memory, made once from vocabulary and documents; a completion takes milliseconds.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from amic_kg.search.beginnings import WordBeginnings, forgiven

_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 8
_ENOUGH = 3
"""With fewer fits, what was typed may be misspelt though some name has it: a mine called Nikel."""
_SORTED = 4096
"""So many of the best labels are put in order; a thing has far fewer than a hundredth of them."""
_PLAIN = str.maketrans("đŧŋøłı", "dtnoli")
_LAST = "\U0010ffff"

Numbers = npt.NDArray[np.int64]
_NONE: Numbers = np.empty(0, np.int64)
Span = tuple[int, int]

# The places of what decides in a sort key, the first first: how well it fits, then how many
# documents have it, then which of its names.
_FIT, _DOCUMENTS, _STARTS, _LANGUAGE, _ALTERNATIVE, _LENGTH = (
    1 << n for n in (56, 32, 31, 30, 29, 20)
)
_MOST_DOCUMENTS = (1 << 24) - 1
_MOST_LETTERS = (1 << 9) - 1


@dataclass(frozen=True, slots=True)
class Completable:
    """A thing that can be named, or a document: names by language, and how many documents have it.

    `fallback` is the language whose name is shown where the reader's is missing; `kind` is what
    sort of document it is.
    """

    iri: str
    type: str
    preferred: Mapping[str, str]
    alternative: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    documents: int = 0
    fallback: str = "en"
    kind: str = ""

    def label(self, language: str) -> tuple[str, str]:
        """The name for a reader, with its language."""
        for wanted in (language, self.fallback):
            if wanted in self.preferred:
                return self.preferred[wanted], wanted
        other, name = next(iter(self.preferred.items()))
        return name, other

    def names(self) -> Iterator[tuple[str, str, bool]]:
        """Language, name, and whether it is an alternative one."""
        for language, name in self.preferred.items():
            yield language, name, False
        for language, names in self.alternative.items():
            for name in names:
                yield language, name, True


@dataclass(frozen=True, slots=True)
class Completion:
    """`matched` is the name that has what was typed; `typed` are its places, [start, end) each."""

    thing: Completable
    matched: str
    matched_language: str
    typed: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    language: str
    alternative: bool
    thing: int
    folded: str


class _Codes:
    """A text for each name, of few different ones, as numbers that are compared at once."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._codes: dict[str, int] = {}
        self._of = np.fromiter(
            (self._codes.setdefault(text, len(self._codes)) for text in texts), np.int16
        )

    def are(self, text: str) -> npt.NDArray[np.bool_]:
        return np.equal(self._of, self._codes.get(text, -1))

    def those_of(self, texts: Collection[str]) -> npt.NDArray[np.bool_]:
        wanted: npt.NDArray[np.bool_] = np.isin(
            self._of, [self._codes.get(text, -1) for text in texts]
        )
        return wanted


class Completions:
    """Answers what begins with the words that are typed; built once, then only read."""

    def __init__(self, things: Iterable[Completable]) -> None:
        self._things = list(things)
        # In the order of their folded texts: those that begin alike are neighbours.
        self._names = sorted(self._all_names(), key=lambda name: (name.folded, name.thing))
        self._folded = [name.folded for name in self._names]
        places: defaultdict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self._names):
            for word in dict.fromkeys(name.folded.split()):
                places[word].append(number)
        words = sorted(places)
        self._beginnings = WordBeginnings(words)
        self._ends = np.cumsum([0, *(len(places[word]) for word in words)])
        self._places = np.fromiter((n for word in words for n in places[word]), np.int64)
        self._rank = np.fromiter(map(self._static_rank, self._names), np.int64)
        self._things_of = np.array([name.thing for name in self._names], dtype=np.int64)
        self._languages = _Codes(name.language for name in self._names)
        self._types = _Codes(self._things[name.thing].type for name in self._names)
        self._titles = np.array([bool(self._things[n.thing].kind) for n in self._names], dtype=bool)
        numbers = {word: number for number, word in enumerate(words)}
        self._first_words = np.array(
            [numbers[name.folded.split(" ", 1)[0]] for name in self._names], dtype=np.int64
        )

    def __len__(self) -> int:
        """Names that are known."""
        return len(self._names)

    def complete(
        self, text: str, *, language: str, types: Collection[str] = (), size: int = 8
    ) -> list[Completion]:
        """The best fits, each thing once.

        First what begins, by its name in the reader's language, with what is typed; then the other
        names in which each typed word begins a word. Where these are few, spelling is forgiven.
        Within each, first what most documents have.
        """
        typed = [folded for folded, _, _ in _words(text)][:_MOST_WORDS]
        if not typed or not self._names:
            return []
        # Several words that one name has are hardly all of them misspelt.
        enough = min(_ENOUGH, size) if len(typed) == 1 else 1
        wanted = self._types.those_of(types) if types else None
        for edits in range(max(map(forgiven, typed)) + 1):
            names, far = self._names_with(typed, edits)
            if wanted is not None:
                kept = wanted[names]
                names, far = names[kept], far[kept]
            if len(_distinct(self._things_of[names], len(self._things))) >= enough:
                break
        chosen = self._best(names, far, typed, language, size)
        return [self._completion(number, typed, edits) for number in chosen]

    def _all_names(self) -> Iterator[_Name]:
        for number, thing in enumerate(self._things):
            seen: set[tuple[str, str]] = set()
            for language, text, alternative in thing.names():
                composed = unicodedata.normalize("NFC", " ".join(text.split()))
                folded = " ".join(word for word, _, _ in _words(composed))
                if folded and (folded, language) not in seen:
                    seen.add((folded, language))
                    yield _Name(composed, language, alternative, number, folded)

    def _static_rank(self, name: _Name) -> int:
        documents = min(self._things[name.thing].documents, _MOST_DOCUMENTS)
        return (
            (_MOST_DOCUMENTS - documents) * _DOCUMENTS
            + name.alternative * _ALTERNATIVE
            + min(len(name.folded), _MOST_LETTERS) * _LENGTH
        )

    def _names_with(self, typed: Sequence[str], edits: int) -> tuple[Numbers, Numbers]:
        """Names that have all words, and how many errors each forgives."""
        names, far = self._names_of(typed[0], edits)
        for word in typed[1:]:
            if not len(names):
                break
            others, other_far = self._names_of(word, edits)
            names, ours, theirs = np.intersect1d(
                names, others, assume_unique=True, return_indices=True
            )
            far = far[ours] + other_far[theirs]
        return names, far

    def _names_of(self, word: str, edits: int) -> tuple[Numbers, Numbers]:
        words, distances = self._words_of(word, edits)
        if not len(words):
            return _NONE, _NONE
        if not edits:
            # Words that begin alike are neighbours, and so are the places of their names.
            run = slice(self._ends[words[0]], self._ends[words[-1] + 1])
            names = _distinct(self._places[run], len(self._names))
            return names, np.zeros(len(names), np.int64)
        names = np.concatenate([self._places[self._ends[w] : self._ends[w + 1]] for w in words])
        far = np.repeat(distances, self._ends[words + 1] - self._ends[words])
        nearest = np.lexsort((far, names))
        names, first_of_each = np.unique(names[nearest], return_index=True)
        return names, far[nearest][first_of_each]

    def _words_of(self, word: str, edits: int) -> tuple[Numbers, Numbers]:
        """The words that begin like `word`, in order, and by how many errors each differs."""
        edits = min(edits, forgiven(word))
        if edits:
            return self._beginnings.within(word, edits)
        words = np.arange(*self._beginnings.range(word))
        return words, np.zeros(len(words), np.int64)

    def _best(
        self, names: Numbers, far: Numbers, typed: Sequence[str], language: str, size: int
    ) -> list[int]:
        whole = " ".join(typed)
        first, end = bisect_left(self._folded, whole), bisect_left(self._folded, whole + _LAST)
        own = self._languages.are(language)[names]
        preferred = self._rank[names] & _ALTERNATIVE == 0
        leads = (names >= first) & (names < end) & own & preferred & ~self._titles[names]
        words, _ = self._words_of(typed[0], int(far.max(initial=0)))
        starts = np.isin(self._first_words[names], words)
        rank = self._rank[names] + np.where(leads, 0, far + 1) * _FIT
        rank = rank + np.where(starts, 0, _STARTS) + np.where(own, 0, _LANGUAGE)
        if len(names) > _SORTED:
            best = np.argpartition(rank, _SORTED)[:_SORTED]
            names, rank = names[best], rank[best]
        chosen: dict[int | tuple[str, str], int] = {}
        for number in names[np.lexsort((names, rank))].tolist():
            name = self._names[number]
            # Documents of the same title are one line: the search tells them apart.
            thing = (name.folded, name.language) if self._titles[number] else name.thing
            chosen.setdefault(thing, number)
            if len(chosen) == size:
                break
        return list(chosen.values())

    def _completion(self, number: int, typed: Sequence[str], edits: int) -> Completion:
        name = self._names[number]
        spans = []
        for folded, start, end in _words(name.text):
            marked = max((_letters_met(folded, word, edits) for word in typed), default=0)
            if marked:
                spans.append((start, min(start + marked, end)))
        return Completion(self._things[name.thing], name.text, name.language, tuple(spans))


def _distinct(numbers: Numbers, below: int) -> Numbers:
    """In their order; many times as fast as by sorting them."""
    there = np.zeros(below, np.bool_)
    there[numbers] = True
    return np.flatnonzero(there)


def _letters_met(word: str, typed: str, edits: int) -> int:
    """How much of `word` is what was typed, as far as errors are forgiven; 0 when it is not."""
    if word.startswith(typed):
        return len(typed)
    edits = min(edits, forgiven(typed))
    lengths = range(len(typed) - edits, len(typed) + edits + 1) if edits else ()
    distances = {n: OSA.distance(word[:n], typed) for n in lengths if n <= len(word)}
    nearest = min(distances, key=lambda n: (distances[n], abs(n - len(typed))), default=0)
    return nearest if distances.get(nearest, edits + 1) <= edits else 0


def _words(text: str) -> list[tuple[str, int, int]]:
    """The words as they are compared: without case, marks and ligatures; with their places."""
    composed = unicodedata.normalize("NFC", text)
    return [(_fold(found[0]), found.start(), found.end()) for found in _WORD.finditer(composed)]


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    parted = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in parted if not unicodedata.combining(c)).translate(_PLAIN)
