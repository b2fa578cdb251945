"""Trains the window network of names: Adam with dropout, the same weights for the same seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from amic_kg.language.names_network import PAD, RADIUS, WindowNetwork, softmax, windows
from amic_kg.language.names_traits import Floats

Ints = npt.NDArray[np.int64]
Weights = dict[str, Floats]

_AFFIX_ROWS = 4096
_AFFIX_WIDTH = 24
_LOWER_UNITS = 160
_UPPER_UNITS = 96
_BATCH = 1_200
"""Words in a step."""

_RATE = 1.5e-3
_INPUT_DROPOUT = 0.2
_UNIT_DROPOUT = 0.4
_DECAY = 1e-5


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence as the network takes it: a row of features a word, rows of affixes, labels."""

    features: Floats
    affixes: Ints
    labels: Ints


@dataclass(frozen=True, slots=True)
class _Batch:
    features: Floats
    affixes: Ints
    labels: Ints
    """-1 where padding stands."""

    @property
    def present(self) -> Floats:
        return (self.labels >= 0).astype(np.float32)


def train_network(
    sentences: Sequence[LabelledSentence], *, labels: int, epochs: int, seed: int
) -> WindowNetwork:
    """A network that tells `labels` labels apart; the rate falls to nothing over `epochs`."""
    chance = np.random.default_rng(seed)
    weights = _initial(sentences[0].features.shape[1], labels, chance)
    steps = _Adam(weights)
    for epoch in range(epochs):
        rate = _RATE * (1 - epoch / epochs) + 1e-5
        for batch in _batches(sentences, chance.permutation(len(sentences))):
            steps.step(weights, _gradients(weights, batch, chance), rate)
    return _network(weights)


def _network(weights: Weights) -> WindowNetwork:
    return WindowNetwork(
        weights["affixes"],
        (weights["w1"], weights["w2"], weights["w3"]),
        (weights["b1"], weights["b2"], weights["b3"]),
    )


def _initial(features: int, labels: int, chance: np.random.Generator) -> Weights:
    def layer(inputs: int, units: int) -> Floats:
        scale = np.sqrt(2 / inputs)
        found: Floats = (chance.standard_normal((inputs, units)) * scale).astype(np.float32)
        return found

    seen = 2 * RADIUS + 1
    affixes = chance.standard_normal((_AFFIX_ROWS, _AFFIX_WIDTH)) * 0.3
    return {
        "affixes": affixes.astype(np.float32),
        "w1": layer(seen * (features + 3 * _AFFIX_WIDTH), _LOWER_UNITS),
        "b1": np.zeros(_LOWER_UNITS, np.float32),
        "w2": layer(seen * _LOWER_UNITS, _UPPER_UNITS),
        "b2": np.zeros(_UPPER_UNITS, np.float32),
        "w3": layer(_UPPER_UNITS + _LOWER_UNITS, labels),
        "b3": np.zeros(labels, np.float32),
    }


def _batches(
    sentences: Sequence[LabelledSentence], order: npt.NDArray[np.int64]
) -> Iterator[_Batch]:
    chosen: list[LabelledSentence] = []
    words = 0
    for number in order.tolist():
        chosen.append(sentences[number])
        words += len(sentences[number].labels)
        if words >= _BATCH:
            yield _padded(chosen)
            chosen, words = [], 0
    if chosen:
        yield _padded(chosen)


def _padded(sentences: Sequence[LabelledSentence]) -> _Batch:
    width = sentences[0].features.shape[1]
    features: list[Floats] = [np.zeros((PAD, width), np.float32)]
    affixes: list[Ints] = [np.zeros((PAD, 3), np.int64)]
    labels: list[Ints] = [np.full(PAD, -1, np.int64)]
    for sentence in sentences:
        features += [sentence.features, features[0]]
        affixes += [sentence.affixes, affixes[0]]
        labels += [sentence.labels, labels[0]]
    return _Batch(np.concatenate(features), np.concatenate(affixes), np.concatenate(labels))


def _gradients(weights: Weights, batch: _Batch, chance: np.random.Generator) -> Weights:
    """Of the mean log-loss over the words of `batch`, with units left out by `chance`."""
    present = batch.present[:, None]
    words = _network(weights).inputs(batch.features, batch.affixes) * present
    kept_words = _mask(words.shape, _INPUT_DROPOUT, chance)
    seen = windows(words * kept_words)
    lower = np.maximum(seen @ weights["w1"] + weights["b1"], 0) * present
    kept_lower = _mask(lower.shape, _UNIT_DROPOUT, chance)
    hidden = lower * kept_lower
    seen_hidden = windows(hidden)
    upper = np.maximum(seen_hidden @ weights["w2"] + weights["b2"], 0)
    kept_upper = _mask(upper.shape, _UNIT_DROPOUT, chance)
    last = np.concatenate([upper * kept_upper, hidden], axis=1)

    wrong = softmax(last @ weights["w3"] + weights["b3"])
    known = np.flatnonzero(batch.labels >= 0)
    wrong[known, batch.labels[known]] -= 1
    wrong *= present / np.float32(len(known))

    back = wrong @ weights["w3"].T
    back_upper = back[:, :_UPPER_UNITS] * kept_upper * (upper > 0)
    back_hidden = back[:, _UPPER_UNITS:] + _unwindowed(back_upper @ weights["w2"].T, _LOWER_UNITS)
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
