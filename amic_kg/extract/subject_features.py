"""What the subject model looks at in a text: hashed words and pieces of words, and labels met."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log1p
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from amic_kg.extract.concepts.word_forms import fold as fold_spelling
from amic_kg.language import Analyzer, Token
from amic_kg.language.stopwords import STOPWORDS
from amic_kg.ontology import Entity

Floats = NDArray[np.float32]

TEXT_LANGUAGES = ("fi", "en", "sv")

LABEL_SIGNS = 4
"""Numbers that `LabelSigns.of` gives a concept."""

_DISTINCT_WORDS = 50_000
_PART = 0.7
_PIECE = 0.5
_PIECE_LENGTHS = (4, 5)
_WEIGHT = {"preferred": 1.0, "alternative": 0.75, "hidden": 0.5}


def hashed_features(tokens: Sequence[Token]) -> tuple[dict[int, float], dict[int, float]]:
    """Words with compound parts, and word pairs with pieces of words, by 32-bit hash.

    Values are the logarithm of one plus the count. A hash stands for its string so that a model
    holds no words, and no names, of the texts it was trained on.
    """
    words: defaultdict[int, float] = defaultdict(float)
    pieces: defaultdict[int, float] = defaultdict(float)
    before: str | None = None
    for token in tokens:
        surface = token.surface.lower()
        lemma = _fold(token.lemmas[0])
        if lemma in STOPWORDS or surface in STOPWORDS:
            before = None
            continue
        word, parts, cuts = _word_hashes(surface, lemma, token.parts)
        words[word] += 1
        for part in parts:
            words[part] += _PART
        if before is not None:
            pieces[_hash(f"b:{before} {lemma}")] += 1
        for cut in cuts:
            pieces[cut] += _PIECE
        before = lemma
    return _damped(words), _damped(pieces)


@dataclass(frozen=True, slots=True)
class _Label:
    concept: int
    lemmas: tuple[str, ...]
    parts: frozenset[str]
    weight: float


class LabelSigns:
    """How far the labels of each of some concepts stand in a text, by its language.

    `concepts` gives for each concept the entities whose labels are its own.
    """

    def __init__(self, concepts: Sequence[Iterable[Entity]], analyzer: Analyzer) -> None:
        self._size = len(concepts)
        self._labels: dict[str, list[_Label]] = {language: [] for language in TEXT_LANGUAGES}
        self._by_part: dict[str, dict[str, list[int]]] = {}
        for number, entities in enumerate(concepts):
            for entity in entities:
                for language, text, rank in entity.labels():
                    if language in self._labels:
                        label = _label(number, text, language, rank, analyzer)
                        if label.lemmas:
                            self._labels[language].append(label)
        for language, labels in self._labels.items():
            by_part: defaultdict[str, list[int]] = defaultdict(list)
            for position, label in enumerate(labels):
                for part in sorted(label.parts):
                    by_part[part].append(position)
            self._by_part[language] = dict(by_part)

    def of(self, tokens: Sequence[Token], language: str) -> Floats:
        """Shape (concepts, 4): words of the longest label met, how preferred the label met is,
        whether all parts of one stand somewhere, and the largest share of a label's parts that do.
        """
        signs = np.zeros((self._size, LABEL_SIGNS), np.float32)
        words = {_fold(word) for token in tokens for word in (*token.lemmas, token.surface.lower())}
        anything = words.union(_fold(part) for token in tokens for part in token.parts)
        labels = self._labels.get(language, [])
        by_part = self._by_part.get(language, {})
        met = Counter(position for part in anything for position in by_part.get(part, ()))
        for position, count in met.items():
            label = labels[position]
            row = signs[label.concept]
            row[3] = max(row[3], count / len(label.parts))
            if count == len(label.parts):
                row[2] = 1.0
            if words.issuperset(label.lemmas):
                row[0] = max(row[0], len(label.lemmas))
                row[1] = max(row[1], label.weight)
        return signs


def _label(number: int, text: str, language: str, rank: str, analyzer: Analyzer) -> _Label:
    tokens = analyzer.tokens(text.split(" (", maxsplit=1)[0], language)
    parts = (part for token in tokens for part in (token.parts or token.lemmas[:1]))
    return _Label(
        number,
        tuple(_fold(token.lemmas[0]) for token in tokens),
        frozenset(_fold(part) for part in parts),
        _WEIGHT[rank],
    )


@lru_cache(maxsize=_DISTINCT_WORDS)
def _fold(word: str) -> str:
    return fold_spelling(word)


@lru_cache(maxsize=_DISTINCT_WORDS)
def _word_hashes(
    surface: str, lemma: str, parts: tuple[str, ...]
) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    framed = f"<{surface}>"
    return (
        _hash(f"w:{lemma}"),
        tuple(_hash(f"w:{part}") for part in parts),
        tuple(
            _hash(f"c:{framed[start : start + length]}")
            for length in _PIECE_LENGTHS
            for start in range(len(framed) - length + 1)
        ),
    )


def _hash(feature: str) -> int:
    return crc32(feature.encode())


def _damped(counts: Mapping[int, float]) -> dict[int, float]:
    return {key: log1p(count) for key, count in counts.items()}
