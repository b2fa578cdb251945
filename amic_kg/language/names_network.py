"""A small network that sees each word with its neighbours and tells which label it may have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from amic_kg.language.names_traits import Floats

Ints = npt.NDArray[np.int64]

RADIUS = 2
"""Words to the left and right that each of the two layers sees."""

PAD = 2 * RADIUS
"""Empty words between sentences, so that none sees into another."""


@dataclass(frozen=True, slots=True)
class WindowNetwork:
    """Two layers of rectified units over windows of words, then a softmax over the labels.

    `affixes` is a table of learned vectors for beginnings and endings; a word's input is its fixed
    features and the rows of its affixes. `topics` weigh, for the second layer, what the text
    around the sentence is about.
    """

    affixes: Floats
    weights: tuple[Floats, Floats, Floats]
    biases: tuple[Floats, Floats, Floats]
    topics: Floats

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]], prefix: str) -> WindowNetwork:
        def read(name: str) -> Floats:
            return arrays[prefix + name].astype(np.float32)

        return cls(
            read("affixes"),
            (read("weights1"), read("weights2"), read("weights3")),
            (read("biases1"), read("biases2"), read("biases3")),
            read("topics"),
        )

    def arrays(self, prefix: str) -> dict[str, npt.NDArray[np.float16]]:
        found = {"affixes": self.affixes, "topics": self.topics}
        for number, (weights, biases) in enumerate(zip(self.weights, self.biases, strict=True), 1):
            found |= {f"weights{number}": weights, f"biases{number}": biases}
        return {prefix + name: array.astype(np.float16) for name, array in found.items()}

    def inputs(self, features: Floats, affixes: Ints) -> Floats:
        """(words, features) and (words, 3 rows) to the first layer's input."""
        learned = self.affixes[affixes].reshape(len(affixes), -1)
        return np.concatenate([features, learned], axis=1)

    def probabilities(
        self, features: Floats, affixes: Ints, around: Floats, present: Floats
    ) -> Floats:
        """Probabilities of labels, a row a word; `present` is 0 where padding parts sentences."""
        words = self.inputs(features, affixes) * present[:, None]
        hidden = np.maximum(windows(words) @ self.weights[0] + self.biases[0], 0)
        hidden *= present[:, None]
        upper = windows(hidden) @ self.weights[1] + around @ self.topics + self.biases[1]
        upper = np.maximum(upper, 0)
        return softmax(np.concatenate([upper, hidden], axis=1) @ self.weights[2] + self.biases[2])


def mean_probabilities(
    networks: Sequence[WindowNetwork],
    features: Floats,
    affixes: Ints,
    around: Floats,
    present: Floats,
) -> Floats:
    """What several networks say on average: each is wrong in its own way."""
    total = np.zeros((len(features), len(networks[0].biases[-1])), np.float32)
    for network in networks:
        total += network.probabilities(features, affixes, around, present)
    return total / np.float32(len(networks))


def windows(rows: Floats) -> Floats:
    """Each row with its neighbours beside it, zeros beyond the ends."""
    count, width = rows.shape
    found = np.zeros((count, (2 * RADIUS + 1) * width), rows.dtype)
    for number, shift in enumerate(range(-RADIUS, RADIUS + 1)):
        column = slice(number * width, (number + 1) * width)
        if abs(shift) >= count:
            continue
        if shift < 0:
            found[-shift:, column] = rows[:shift]
        elif shift > 0:
            found[:-shift, column] = rows[shift:]
        else:
            found[:, column] = rows
    return found


def softmax(scores: Floats) -> Floats:
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    normed: Floats = shifted / shifted.sum(axis=1, keepdims=True)
    return normed
