"""Trains the window network of names: Adam with dropout, the same weights for the same seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from amic_kg.language.names_network import (
    PAD,
    RADIUS,
    WindowNetwork,
    mean_probabilities,
    softmax,
    windows,
)
from amic_kg.language.names_traits import Floats

Ints = npt.NDArray[np.int64]
Weights = dict[str, Floats]

_AFFIX_ROWS = 4096
_AFFIX_WIDTH = 24
_BATCH = 1_200
"""Words in a step."""

_DECAY = 1e-5
_TOPIC_DECAY = 1e-4


@dataclass(frozen=True, slots=True)
class Plan:
    """Units of the two layers, and how the network is trained; dropout is the share left out."""

    lower: int = 160
    upper: int = 96
    epochs: int = 6
    rate: float = 1.5e-3
    input_dropout: float = 0.1
    unit_dropout: float = 0.3


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence as the network takes it; all but `around` have a row a word.

    `around` is the one row of what the text near it is about, `targets` the probabilities of the
    labels: 1 for what annotators said, less for what a teacher believes.
    """

    features: Floats
    affixes: Ints
    around: Floats
    targets: Floats


@dataclass(frozen=True, slots=True)
class _Batch:
    features: Floats
    affixes: Ints
    around: Floats
    targets: Floats
    """Zeros where padding stands."""

    @property
    def present(self) -> Floats:
        present: Floats = (self.targets.max(axis=1) > 0).astype(np.float32)
        return present


def train_network(sentences: Sequence[LabelledSentence], plan: Plan, *, seed: int) -> WindowNetwork:
    """A network that tells the labels apart; the rate falls to nothing over the epochs."""
    chance = np.random.default_rng(seed)
    weights = _initial(sentences[0], plan, chance)
    steps = _Adam(weights)
    for epoch in range(plan.epochs):
        rate = plan.rate * (1 - epoch / plan.epochs) + 1e-5
        for batch in _batches(sentences, chance.permutation(len(sentences))):
            steps.step(weights, _gradients(weights, batch, plan, chance), rate)
    return _network(weights)


def guess(networks: Sequence[WindowNetwork], sentences: Sequence[LabelledSentence]) -> list[Floats]:
    """What `networks` say of each word on average, a row a word."""
    found: list[Floats] = []
    for batch in _batches(sentences, np.arange(len(sentences))):
        rows = mean_probabilities(
            networks, batch.features, batch.affixes, batch.around, batch.present
        )
        ends = np.flatnonzero(np.diff(batch.present, append=np.float32(0)) < 0) + 1
        starts = np.flatnonzero(np.diff(batch.present, prepend=np.float32(0)) > 0)
        found += [rows[start:end] for start, end in zip(starts, ends, strict=True)]
    return found


def _network(weights: Weights) -> WindowNetwork:
    return WindowNetwork(
        weights["affixes"],
        (weights["w1"], weights["w2"], weights["w3"]),
        (weights["b1"], weights["b2"], weights["b3"]),
        weights["topics"],
    )


def _initial(example: LabelledSentence, plan: Plan, chance: np.random.Generator) -> Weights:
    def layer(inputs: int, units: int) -> Floats:
        scale = np.sqrt(2 / inputs)
        found: Floats = (chance.standard_normal((inputs, units)) * scale).astype(np.float32)
        return found

    seen = 2 * RADIUS + 1
    features, labels = example.features.shape[1], example.targets.shape[1]
    affixes = chance.standard_normal((_AFFIX_ROWS, _AFFIX_WIDTH)) * 0.3
    return {
        "affixes": affixes.astype(np.float32),
        "w1": layer(seen * (features + 3 * _AFFIX_WIDTH), plan.lower),
        "b1": np.zeros(plan.lower, np.float32),
        "w2": layer(seen * plan.lower, plan.upper),
        "b2": np.zeros(plan.upper, np.float32),
        "w3": layer(plan.upper + plan.lower, labels),
        "b3": np.zeros(labels, np.float32),
        "topics": layer(len(example.around), plan.upper) * np.float32(0.3),
    }


def _batches(
    sentences: Sequence[LabelledSentence], order: npt.NDArray[np.int64]
) -> Iterator[_Batch]:
    chosen: list[LabelledSentence] = []
    words = 0
    for number in order.tolist():
        chosen.append(sentences[number])
        words += len(sentences[number].targets)
        if words >= _BATCH:
            yield _padded(chosen)
            chosen, words = [], 0
    if chosen:
        yield _padded(chosen)


def _padded(sentences: Sequence[LabelledSentence]) -> _Batch:
    example = sentences[0]
    features: list[Floats] = [np.zeros((PAD, example.features.shape[1]), np.float32)]
    affixes: list[Ints] = [np.zeros((PAD, 3), np.int64)]
    around: list[Floats] = [np.zeros((PAD, len(example.around)), np.float32)]
    targets: list[Floats] = [np.zeros((PAD, example.targets.shape[1]), np.float32)]
    for sentence in sentences:
        features += [sentence.features, features[0]]
        affixes += [sentence.affixes, affixes[0]]
        around += [np.repeat(sentence.around[None], len(sentence.targets), axis=0), around[0]]
        targets += [sentence.targets, targets[0]]
    return _Batch(
        np.concatenate(features),
        np.concatenate(affixes),
        np.concatenate(around),
        np.concatenate(targets),
    )


def _gradients(weights: Weights, batch: _Batch, plan: Plan, chance: np.random.Generator) -> Weights:
    """Of the mean log-loss over the words of `batch`, with units left out by `chance`."""
    present = batch.present[:, None]
    words = _network(weights).inputs(batch.features, batch.affixes) * present
    kept_words = _mask(words.shape, plan.input_dropout, chance)
    seen = windows(words * kept_words)
    lower = np.maximum(seen @ weights["w1"] + weights["b1"], 0) * present
    kept_lower = _mask(lower.shape, plan.unit_dropout, chance)
    hidden = lower * kept_lower
    seen_hidden = windows(hidden)
    around = batch.around * _mask(batch.around.shape, plan.input_dropout, chance)
    heard = around @ weights["topics"] + weights["b2"]
    upper = np.maximum(seen_hidden @ weights["w2"] + heard, 0)
    kept_upper = _mask(upper.shape, plan.unit_dropout, chance)
    last = np.concatenate([upper * kept_upper, hidden], axis=1)

    wrong: Floats = softmax(last @ weights["w3"] + weights["b3"]) - batch.targets
    wrong *= present / np.float32(np.count_nonzero(present))

    back = wrong @ weights["w3"].T
    back_upper: Floats = np.where(upper > 0, back[:, : plan.upper] * kept_upper, 0)
    back_hidden = back[:, plan.upper :] + _unwindowed(back_upper @ weights["w2"].T, plan.lower)
    back_lower = back_hidden * kept_lower * (lower > 0)
    back_words = _unwindowed(back_lower @ weights["w1"].T, words.shape[1]) * kept_words * present
    affixes = np.zeros_like(weights["affixes"])
    learned = back_words[:, batch.features.shape[1] :].reshape(-1, _AFFIX_WIDTH)
    np.add.at(affixes, batch.affixes.ravel(), learned)
    return {
        "affixes": affixes,
        "w1": seen.T @ back_lower + _DECAY * weights["w1"],
        "b1": back_lower.sum(axis=0),
        "w2": seen_hidden.T @ back_upper + _DECAY * weights["w2"],
        "b2": back_upper.sum(axis=0),
        "w3": last.T @ wrong + _DECAY * weights["w3"],
        "b3": wrong.sum(axis=0),
        "topics": around.T @ back_upper + _TOPIC_DECAY * weights["topics"],
    }


def _mask(shape: tuple[int, ...], dropout: float, chance: np.random.Generator) -> Floats:
    kept = chance.random(shape, dtype=np.float32) > dropout
    return kept.astype(np.float32) / np.float32(1 - dropout)


def _unwindowed(rows: Floats, width: int) -> Floats:
    """The gradient of rows from the gradient of their windows."""
    found = np.zeros((len(rows), width), rows.dtype)
    for number, shift in enumerate(range(-RADIUS, RADIUS + 1)):
        part = rows[:, number * width : (number + 1) * width]
        if shift < 0:
            found[:shift] += part[-shift:]
        elif shift > 0:
            found[shift:] += part[:-shift]
        else:
            found += part
    return found


class _Adam:
    """Adam with the usual constants (Kingma and Ba, 2015)."""

    def __init__(self, weights: Weights) -> None:
        self._mean = {name: np.zeros_like(array) for name, array in weights.items()}
        self._square = {name: np.zeros_like(array) for name, array in weights.items()}
        self._count = 0

    def step(self, weights: Weights, gradients: Weights, rate: float) -> None:
        """Change `weights` in place."""
        self._count += 1
        for name, gradient in gradients.items():
            mean, square = self._mean[name], self._square[name]
            mean += 0.1 * (gradient - mean)
            square += 0.001 * (gradient * gradient - square)
            corrected = mean / (1 - 0.9**self._count)
            weights[name] -= rate * corrected / (np.sqrt(square / (1 - 0.999**self._count)) + 1e-8)
