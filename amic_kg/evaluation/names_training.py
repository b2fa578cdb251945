"""Trains the model of Finnish names on the Turku NER corpus; needs python-crfsuite.

The chain learns from guesses that networks make about documents they were not trained on: what a
network says of its own training texts is too good to learn from.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from amic_kg.errors import InvalidSetting
from amic_kg.evaluation.network_training import LabelledSentence, train_network
from amic_kg.evaluation.turku_ner import NamedText, read_corpus
from amic_kg.language.names_chain import LABELS, LinearChain
from amic_kg.language.names_context import (
    KINDS,
    SeenSentence,
    document_uses,
    guess_values,
    joint_attributes,
    use_values,
)
from amic_kg.language.names_finnish import WordSource
from amic_kg.language.names_model import (
    NEAR,
    NamesModel,
    WordReader,
    WordSpace,
    near_attributes,
    unit_rows,
)
from amic_kg.language.names_network import PAD, WindowNetwork, mean_probabilities
from amic_kg.language.names_spacy import finnish_words
from amic_kg.language.names_traits import Floats, WordTraits, affix_rows, traits_of
from amic_kg.language.voikko import VoikkoMorphology

_FOLDS = 4
_FOLD_EPOCHS = 6
_EPOCHS = 8
_SEEDS = (0, 1)
"""A network for each."""

_SEED = 0
_DIMENSIONS = 96
_CLUSTERS = (64, 256, 1024)
_ROUNDS = 15
_LEAST_MARKS = 20
"""Distinct words that a yes-or-no input must hold for."""

_CHAIN = {
    "c1": 0.1,
    "c2": 0.02,
    "max_iterations": 100,
    "feature.minfreq": 3,
    "feature.possible_transitions": True,
}


@dataclass(frozen=True, slots=True)
class _Sentence:
    words: tuple[str, ...]
    labels: tuple[str, ...]
    document: int


def train_names(corpus: Path, model: Path, *, parts: Sequence[str] = ("train",)) -> int:
    """Train on `parts` of the corpus in folder `corpus` and write `model`; tells how many names.

    The same corpus and packages give the same model; about six minutes of one core. Raises
    UnreadableInput for a part that is missing, InvalidSetting where voikko is not installed.
    """
    morphology = VoikkoMorphology.open()
    if morphology is None:
        raise InvalidSetting(
            "train names", "needs libvoikko with the Finnish dictionary", "run amic-kg doctor"
        )
    source = finnish_words()
    sentences = list(_read(corpus, parts, source))
    words = sorted({word for sentence in sentences for word in sentence.words})
    space = _word_space(words, source, morphology)
    known = dict(zip(words, WordReader(morphology, source.vectors, space).read(words), strict=True))
    prepared = [_prepared(sentence, known) for sentence in sentences]

    guesses: list[Floats] = [np.zeros((0, len(LABELS)), np.float32)] * len(sentences)
    for fold in range(_FOLDS):
        held = [n for n, sentence in enumerate(sentences) if sentence.document % _FOLDS == fold]
        rest = [n for n, sentence in enumerate(sentences) if sentence.document % _FOLDS != fold]
        networks = _train_networks([prepared[n] for n in rest], _FOLD_EPOCHS)
        for n in held:
            guesses[n] = _guess(networks, prepared[n])
    networks = _train_networks(prepared, _EPOCHS)
    traits = {word: each for word, (each, _) in known.items()}
    chain = _train_chain(list(_seen(sentences, traits, guesses)), [s.labels for s in sentences])
    model.parent.mkdir(parents=True, exist_ok=True)
    NamesModel(space, networks, chain).save(model)
    return sum(label.startswith("B-") for sentence in sentences for label in sentence.labels)


def _read(corpus: Path, parts: Iterable[str], source: WordSource) -> Iterable[_Sentence]:
    before = 0
    for part in parts:
        texts = read_corpus(corpus, part)
        for text, tokens in zip(texts, source.tokens([t.text for t in texts]), strict=True):
            yield _Sentence(
                tuple(word for word, _ in tokens),
                tuple(_labels(text, tokens)),
                before + text.document,
            )
        before += texts[-1].document


def _labels(text: NamedText, tokens: Sequence[tuple[str, int]]) -> list[str]:
    found = ["O"] * len(tokens)
    for start, end, kind in text.marks:
        if kind not in KINDS:
            continue
        inside = [n for n, (word, at) in enumerate(tokens) if at < end and at + len(word) > start]
        for n in inside:
            found[n] = f"{'B' if n == inside[0] else 'I'}-{kind}"
    return found


def _word_space(
    words: Sequence[str], source: WordSource, morphology: VoikkoMorphology
) -> WordSpace:
    spelt = [word for word in words if any(map(str.isalpha, word))]
    vectors = unit_rows(source.vectors(spelt))
    mean = vectors.mean(axis=0)
    # A quarter of the words gives the same axes as all of them.
    axes = np.linalg.svd(vectors[::4] - mean, full_matrices=False)[2][:_DIMENSIONS].T
    projected = (vectors - mean) @ axes
    scale = float(projected.std())
    units = unit_rows(projected)
    counts: Counter[str] = Counter()
    for word in words:
        counts.update(set(traits_of(word, morphology.readings(word), (0, 0, 0)).marks))
    marks = sorted(mark for mark, count in counts.items() if count >= _LEAST_MARKS)
    return WordSpace(
        mean,
        axes.astype(np.float32),
        scale,
        tuple(_cluster(units, size) for size in _CLUSTERS),
        {mark: number for number, mark in enumerate(marks)},
    )


def _cluster(units: Floats, size: int) -> Floats:
    """Centres of spherical k-means over unit rows."""
    chance = np.random.default_rng(_SEED)
    centres = units[np.sort(chance.choice(len(units), size, replace=False))]
    for _ in range(_ROUNDS):
        nearest = np.concatenate(
            [(units[n : n + 4096] @ centres.T).argmax(axis=1) for n in range(0, len(units), 4096)]
        )
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, units)
        empty = ~sums.any(axis=1)
        sums[empty] = centres[empty]
        centres = unit_rows(sums)
    return centres


def _prepared(
    sentence: _Sentence, known: Mapping[str, tuple[WordTraits, Floats]]
) -> LabelledSentence:
    return LabelledSentence(
        np.stack([known[word][1] for word in sentence.words]),
        np.asarray([affix_rows(word) for word in sentence.words], np.int64),
        np.asarray([LABELS.index(label) for label in sentence.labels], np.int64),
    )


def _train_networks(
    sentences: Sequence[LabelledSentence], epochs: int
) -> tuple[WindowNetwork, ...]:
    return tuple(
        train_network(sentences, labels=len(LABELS), epochs=epochs, seed=seed) for seed in _SEEDS
    )


def _guess(networks: Sequence[WindowNetwork], sentence: LabelledSentence) -> Floats:
    around = ((PAD, PAD), (0, 0))
    present: npt.NDArray[np.float32] = np.pad(np.ones(len(sentence.labels), np.float32), PAD)
    found = mean_probabilities(
        networks, np.pad(sentence.features, around), np.pad(sentence.affixes, around), present
    )
    return found[PAD:-PAD]


def _seen(
    sentences: Sequence[_Sentence], traits: Mapping[str, WordTraits], guesses: Sequence[Floats]
) -> Iterable[SeenSentence]:
    """The sentences of each document with their guesses and uses; documents follow one another."""
    first = 0
    while first < len(sentences):
        last = first
        while last < len(sentences) and sentences[last].document == sentences[first].document:
            last += 1
        document = [
            ([traits[word] for word in sentence.words], guess)
            for sentence, guess in zip(sentences[first:last], guesses[first:last], strict=True)
        ]
        for (words, guess), uses in zip(document, document_uses(document), strict=True):
            yield SeenSentence(words, guess, uses)
        first = last


def _train_chain(sentences: Sequence[SeenSentence], labels: Sequence[Sequence[str]]) -> LinearChain:
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(_CHAIN)
    for sentence, wanted in zip(sentences, labels, strict=True):
        trainer.append([_attributes(sentence, i) for i in range(len(wanted))], wanted)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "chain")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        learned = tagger.info()
        tagger.close()
    return LinearChain.from_weights(learned.state_features, learned.transitions)


def _attributes(sentence: SeenSentence, i: int) -> dict[str, float]:
    words = sentence.words
    named = [*words[i].own, *joint_attributes(sentence, i)]
    for offset in NEAR:
        if 0 <= i + offset < len(words):
            named += near_attributes(words[i + offset], offset)
    found = dict.fromkeys(named, 1.0)
    guessed = guess_values(sentence.guesses[i])
    found |= {f"q={label}": float(v) for label, v in zip(LABELS, guessed, strict=True) if v}
    used = use_values(sentence.uses[i])
    found |= {f"dv={kind}": float(v) for kind, v in zip(KINDS, used, strict=True) if v}
    return found
