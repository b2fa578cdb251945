"""Names in Finnish texts by the learned model: a network's guesses, then the likeliest chain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from amic_kg.language.names_chain import LABELS, LinearChain
from amic_kg.language.names_context import (
    KINDS,
    SeenSentence,
    document_uses,
    guess_values,
    joint_attributes,
    use_values,
)
from amic_kg.language.names_model import KnownWord, NamesModel, WordReader, WordTable
from amic_kg.language.names_network import PAD, WindowNetwork, mean_probabilities
from amic_kg.language.names_surroundings import surroundings
from amic_kg.language.names_traits import Floats
from amic_kg.language.segments import split_segments
from amic_kg.language.voikko import VoikkoMorphology
from amic_kg.recognition import NameLabel, NameSpan

_LABELS: dict[str, NameLabel] = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}

_BATCH = 2_000
"""Words that go through the network at once."""

_SURE = 0.97
"""A small word that the network holds for no name as surely as this is not looked at again."""

_MARGIN = 2
_LONGEST = 150
"""Characters of a name; longer ones are noise."""

_SENTENCE_ENDS = frozenset(".!?…")


class Word(NamedTuple):
    """A token at characters `start`..`end` of its text; `text` may be cased otherwise there."""

    text: str
    start: int
    end: int


class WordSource(NamedTuple):
    """What spaCy's Finnish model does here: tokens of texts as (text, offset), vectors of words."""

    tokens: Callable[[Sequence[str]], list[list[tuple[str, int]]]]
    vectors: Callable[[Sequence[str]], Floats]


class FinnishNames:
    """PER, ORG and LOC in the texts of a document, which are read together."""

    def __init__(self, model: NamesModel, source: WordSource, morphology: VoikkoMorphology) -> None:
        self._tokens = source.tokens
        self._networks = model.networks
        self._morphology = morphology
        self._table = WordTable(WordReader(morphology, source.vectors, model.space), model.chain)
        self._chain = _Chain(model.chain)

    def names(self, texts: Sequence[str]) -> list[list[NameSpan]]:
        found: list[list[NameSpan]] = [[] for _ in texts]
        owners, sentences = self._sentences(texts)
        self._table.read(word.text for sentence in sentences for word in sentence)
        known = [[self._table[word.text] for word in sentence] for sentence in sentences]
        guesses = network_guesses(self._networks, known)
        seen = list(zip([[word.traits for word in words] for words in known], guesses, strict=True))
        for owner, sentence, words, (traits, guess), uses in zip(
            owners, sentences, known, seen, document_uses(seen), strict=True
        ):
            context = SeenSentence(traits, guess, uses)
            for first, last, label, score in self._chain.names(words, context):
                span = NameSpan(sentence[first].start, sentence[last].end, label, score)
                if _is_plausible(texts[owner][span.start : span.end]):
                    found[owner].append(span)
        return found

    def _sentences(self, texts: Sequence[str]) -> tuple[list[int], list[list[Word]]]:
        segments = [
            (n, segment) for n, text in enumerate(texts) for segment in split_segments(text)
        ]
        owners: list[int] = []
        sentences: list[list[Word]] = []
        tokens = self._tokens([segment.text for _, segment in segments])
        for (owner, segment), found in zip(segments, tokens, strict=True):
            for sentence in split_sentences(found):
                words = [
                    Word(text, segment.start + offset, segment.start + offset + len(text))
                    for text, offset in sentence
                ]
                owners.append(owner)
                sentences.append(self._lowered(words))
        return owners, sentences

    def _lowered(self, words: list[Word]) -> list[Word]:
        """A heading in capitals as if it were not: 'KEMIN KAIVOS' is read as 'Kemin kaivos'."""
        letters = [word for word in words if word.text.isalpha() and len(word.text) > 1]
        capitals = sum(word.text.isupper() for word in letters)
        if len(letters) < 2 or capitals < 0.8 * len(letters):
            return words
        return [
            word._replace(text=self._as_in_prose(word.text)) if word.text.isupper() else word
            for word in words
        ]

    def _as_in_prose(self, word: str) -> str:
        low, title = word.lower(), word[:1] + word[1:].lower()
        if len(low) != len(word) or any(r.base.isupper() for r in self._morphology.readings(word)):
            return word
        classes = {r.word_class for r in self._morphology.readings(low) if not r.base.istitle()}
        if classes:
            return low
        return title if len(word) > 4 or self._morphology.readings(title) else word


def split_sentences(tokens: Sequence[tuple[str, int]]) -> Iterator[list[tuple[str, int]]]:
    """Tokens cut after a full stop, a question or an exclamation mark before a capital or number.

    The stop of an abbreviation is part of its token, so it cuts nothing.
    """
    sentence: list[tuple[str, int]] = []
    for token in tokens:
        text = token[0]
        if (
            sentence
            and sentence[-1][0] in _SENTENCE_ENDS
            and (text[0].isupper() or text[0].isdigit())
        ):
            yield sentence
            sentence = []
        sentence.append(token)
    if sentence:
        yield sentence


def network_guesses(
    networks: Sequence[WindowNetwork], sentences: Sequence[Sequence[KnownWord]]
) -> list[Floats]:
    """Probabilities of LABELS for each word of each sentence of a document."""
    around = surroundings([[word.meaning for word in sentence] for sentence in sentences])
    found: list[Floats] = []
    first = size = 0
    for last, sentence in enumerate(sentences, 1):
        size += len(sentence) + PAD
        if size >= _BATCH or last == len(sentences):
            found += _guess(networks, sentences[first:last], around[first:last])
            first, size = last, 0
    return found


def _guess(
    networks: Sequence[WindowNetwork], batch: Sequence[Sequence[KnownWord]], around: Floats
) -> Iterator[Floats]:
    starts = []
    size = PAD
    for sentence in batch:
        starts.append(size)
        size += len(sentence) + PAD
    words = [word for sentence in batch for word in sentence]
    rows = np.concatenate(
        [np.arange(start, start + len(s)) for start, s in zip(starts, batch, strict=True)]
    )
    features = np.zeros((size, len(words[0].features)), np.float32)
    features[rows] = [word.features for word in words]
    affixes = np.zeros((size, 3), np.int64)
    affixes[rows] = [word.affixes for word in words]
    topics = np.zeros((size, around.shape[1]), np.float32)
    topics[rows] = np.repeat(around, [len(sentence) for sentence in batch], axis=0)
    present = np.zeros(size, np.float32)
    present[rows] = 1
    probabilities = mean_probabilities(networks, features, affixes, topics, present)
    for start, sentence in zip(starts, batch, strict=True):
        yield probabilities[start : start + len(sentence)]


class _Chain:
    """Scores words in their sentence and decodes the stretches where names may be."""

    def __init__(self, chain: LinearChain) -> None:
        self._chain = chain
        self._guess_rows = chain.rows_of([f"q={label}" for label in LABELS])
        self._use_rows = chain.rows_of([f"dv={kind}" for kind in KINDS])

    def names(
        self, words: Sequence[KnownWord], context: SeenSentence
    ) -> Iterator[tuple[int, int, NameLabel, float]]:
        """First and last word, label and score of each name."""
        for start, end in _stretches(context):
            emissions = np.stack([self._emission(words, context, i) for i in range(start, end)])
            labels, probabilities = self._chain.decode(emissions)
            for first, last, kind in spans_of([LABELS[label] for label in labels]):
                if kind in _LABELS:
                    score = min(float(probabilities[i, labels[i]]) for i in range(first, last + 1))
                    yield start + first, start + last, _LABELS[kind], round(min(score, 1.0), 4)

    def _emission(self, words: Sequence[KnownWord], context: SeenSentence, i: int) -> Floats:
        score = words[i].own + self._chain.score(joint_attributes(context, i))
        score += guess_values(context.guesses[i]) @ self._guess_rows
        score += use_values(context.uses[i]) @ self._use_rows
        for near, j in enumerate((i + 2, i + 1, i - 1, i - 2)):
            if 0 <= j < len(words):
                score += words[j].near[near]
        return score


def _stretches(context: SeenSentence) -> list[tuple[int, int]]:
    """Where names may be, with a margin: runs of words from the first to before the second."""
    unsure = (context.guesses[:, 0] < _SURE).tolist()
    found: list[tuple[int, int]] = []
    for i, word in enumerate(context.words):
        if unsure[i] or word.capital:
            start = max(0, i - _MARGIN)
            end = min(len(unsure), i + _MARGIN + 1)
            if found and start <= found[-1][1]:
                start = found.pop()[0]
            found.append((start, end))
    return found


def spans_of(labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """First word, last word and kind of each run of labels; an I that follows no B begins one."""
    start = 0
    kind = ""
    for i, label in enumerate((*labels, "O")):
        if kind and label != f"I-{kind}":
            yield start, i - 1, kind
            kind = ""
        if label != "O" and not kind:
            start, kind = i, label[2:]


def _is_plausible(name: str) -> bool:
    return len(name) <= _LONGEST and sum(map(str.isalpha, name)) >= 2
