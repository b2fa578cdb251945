"""Trains the model of Finnish names on the Turku NER corpus; needs python-crfsuite.

A teacher that is too slow for use learns from the corpus first, and tells what it believes of texts
that no one has labelled; the networks learn from both. The chain learns from guesses that networks
make about documents they were not trained on: what a network says of its own training texts is too
good to learn from.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import numpy as np

from amic_kg.errors import InvalidSetting
from amic_kg.evaluation.names_teacher import LanguageModel, StateAxes
from amic_kg.evaluation.names_texts import read_unlabelled
from amic_kg.evaluation.network_training import LabelledSentence, Plan, guess, train_network
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
from amic_kg.language.names_finnish import WordSource, split_sentences
from amic_kg.language.names_model import (
    NEAR,
    NamesModel,
    WordReader,
    WordSpace,
    near_attributes,
    unit_rows,
)
from amic_kg.language.names_spacy import finnish_words
from amic_kg.language.names_surroundings import meaning_of, surroundings
from amic_kg.language.names_traits import Floats, WordTraits, affix_rows, traits_of
from amic_kg.language.voikko import VoikkoMorphology

_FOLDS = 3
_SEEDS = (0, 1)
"""A network for each."""

_TEACHERS = (0, 1)
_TEACHER_INPUTS = 320
_TEACHER = Plan(lower=192, upper=128, rate=1e-3, input_dropout=0.3, unit_dropout=0.5)

_SEED = 0
_DIMENSIONS = 96
_CLUSTERS = (64, 256, 1024)
_ROUNDS = 15
_SHORTEST, _LONGEST = 2, 120
"""Words of an unlabelled sentence."""

_CERTAIN = np.eye(len(LABELS), dtype=np.float32)
_LEAST_MARKS = 20
"""Distinct words that a yes-or-no input must hold for."""

_BOLDNESS = {"B-ORG": 0.6}
"""Added to every step to a label: organisations are the rarest kind, and left out too often.

The best of 0, 0.3, 0.6, 0.9 and 1.2 for F1 on the development part.
"""

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


def train_names(
    corpus: Path,
    model: Path,
    *,
    parts: Sequence[str] = ("train",),
    unlabelled: Sequence[Path] = (),
) -> int:
    """Train on `parts` of the corpus in folder `corpus` and write `model`; tells how many names.

    `unlabelled` are files of Finnish texts, see `names_texts`; without any there is no teacher,
    and the model finds less. The same files and packages give the same model; about twenty minutes
    of one core. Raises UnreadableInput for a part that is missing, InvalidSetting where voikko,
    or what the teacher needs, is not installed.
    """
    morphology = VoikkoMorphology.open()
    if morphology is None:
        raise InvalidSetting(
            "train names", "needs libvoikko with the Finnish dictionary", "run amic-kg doctor"
        )
    source = finnish_words()
    sentences = list(_read(corpus, parts, source))
    space = _word_space(sorted(_vocabulary(sentences)), source, morphology)
    reader = WordReader(morphology, source.vectors, space)
    known = _known(sentences, reader)
    prepared = _prepared(sentences, known)
    others = list(_read_unlabelled(unlabelled, source))
    believed = _believed(sentences, prepared, others, reader) if others else []

    guesses: list[Floats] = [np.zeros((0, len(LABELS)), np.float32)] * len(sentences)
    for fold in range(_FOLDS):
        held = [n for n, sentence in enumerate(sentences) if sentence.document % _FOLDS == fold]
        rest = [n for n, sentence in enumerate(sentences) if sentence.document % _FOLDS != fold]
        learning = [*(prepared[n] for n in rest), *believed]
        networks = [train_network(learning, Plan(), seed=seed) for seed in _SEEDS]
        for n, guessed in zip(held, guess(networks, [prepared[n] for n in held]), strict=True):
            guesses[n] = guessed
    learning = [*prepared, *believed]
    trained = tuple(train_network(learning, Plan(), seed=seed) for seed in _SEEDS)
    traits = {word: each for word, (each, _) in known.items()}
    chain = _train_chain(list(_seen(sentences, traits, guesses)), [s.labels for s in sentences])
    model.parent.mkdir(parents=True, exist_ok=True)
    NamesModel(space, trained, chain).save(model)
    return sum(label.startswith("B-") for sentence in sentences for label in sentence.labels)


def _believed(
    sentences: Sequence[_Sentence],
    prepared: Sequence[LabelledSentence],
    others: Sequence[_Sentence],
    reader: WordReader,
) -> list[LabelledSentence]:
    """`others`, labelled by teachers that learned from `sentences`."""
    model = LanguageModel.open()
    states = model.states([(s.words, s.document) for s in sentences])
    axes = StateAxes.of(states, _TEACHER_INPUTS)
    teachers = [
        train_network(_with_states(prepared, axes.project(states)), _TEACHER, seed=seed)
        for seed in _TEACHERS
    ]
    plain = _prepared(others, _known(others, reader))
    states = axes.project(model.states([(s.words, s.document) for s in others]))
    answers = guess(teachers, _with_states(plain, states))
    return [replace(each, targets=answer) for each, answer in zip(plain, answers, strict=True)]


def _with_states(sentences: Sequence[LabelledSentence], states: Floats) -> list[LabelledSentence]:
    found = []
    first = 0
    for sentence in sentences:
        last = first + len(sentence.targets)
        features = np.concatenate([states[first:last], sentence.features], axis=1)
        found.append(replace(sentence, features=features))
        first = last
    return found


def _read_unlabelled(files: Sequence[Path], source: WordSource) -> Iterable[_Sentence]:
    for document, texts in enumerate(read_unlabelled(files), 1):
        for tokens in source.tokens(texts):
            for sentence in split_sentences(tokens):
                if _SHORTEST <= len(sentence) <= _LONGEST:
                    words = tuple(word for word, _ in sentence)
                    yield _Sentence(words, ("O",) * len(words), document)


def _vocabulary(sentences: Sequence[_Sentence]) -> set[str]:
    return {word for sentence in sentences for word in sentence.words}


def _known(
    sentences: Sequence[_Sentence], reader: WordReader
) -> dict[str, tuple[WordTraits, Floats]]:
    words = sorted(_vocabulary(sentences))
    return dict(zip(words, reader.read(words), strict=True))


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
    sentences: Sequence[_Sentence], known: Mapping[str, tuple[WordTraits, Floats]]
) -> list[LabelledSentence]:
    return [
        LabelledSentence(
            np.stack([known[word][1] for word in sentence.words]),
            np.asarray([affix_rows(word) for word in sentence.words], np.int64),
            around,
            _CERTAIN[[LABELS.index(label) for label in sentence.labels]],
        )
        for _, document in groupby(sentences, key=attrgetter("document"))
        for sentence, around in _with_surroundings(list(document), known)
    ]


def _with_surroundings(
    document: Sequence[_Sentence], known: Mapping[str, tuple[WordTraits, Floats]]
) -> Iterable[tuple[_Sentence, Floats]]:
    meanings = [[meaning_of(word, known[word][1]) for word in s.words] for s in document]
    return zip(document, surroundings(meanings), strict=True)


def _seen(
    sentences: Sequence[_Sentence], traits: Mapping[str, WordTraits], guesses: Sequence[Floats]
) -> Iterable[SeenSentence]:
    """The sentences of each document with their guesses and uses; documents follow one another."""
    first = 0
    for _, together in groupby(sentences, key=attrgetter("document")):
        last = first + len(list(together))
        document = [
            ([traits[word] for word in sentence.words], guessed)
            for sentence, guessed in zip(sentences[first:last], guesses[first:last], strict=True)
        ]
        for (words, guessed), uses in zip(document, document_uses(document), strict=True):
            yield SeenSentence(words, guessed, uses)
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
    steps = {(a, b): learned.transitions.get((a, b), 0.0) for a in LABELS for b in LABELS}
    bold = {(a, b): weight + _BOLDNESS.get(b, 0.0) for (a, b), weight in steps.items()}
    return LinearChain.from_weights(learned.state_features, bold)


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
