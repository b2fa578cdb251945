"""A linear-chain conditional random field over labels: the likeliest names, and how likely."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from amic_kg.language.names_traits import Floats

LABELS = (
    "O",
    *(f"{place}-{kind}" for kind in ("PER", "ORG", "LOC", "PRO", "EVENT") for place in "BI"),
)
"""Of each word, B where a name begins; products and events only keep others from being names."""


@dataclass(frozen=True, slots=True)
class LinearChain:
    """Weights of attributes by label, and of each label after each other.

    Attributes are known by their CRC-32 alone: the model holds none of the words it was trained on.
    """

    rows: Mapping[int, int]
    weights: Floats
    transitions: Floats

    @classmethod
    def from_weights(
        cls,
        states: Mapping[tuple[str, str], float],
        transitions: Mapping[tuple[str, str], float],
    ) -> LinearChain:
        """From weights by (attribute, label) and by (label, next label)."""
        places = {label: number for number, label in enumerate(LABELS)}
        names = sorted({attribute for attribute, _ in states})
        rows = {zlib.crc32(name.encode()): number for number, name in enumerate(names)}
        weights = np.zeros((len(names) + 1, len(LABELS)), np.float32)
        for (attribute, label), weight in states.items():
            weights[rows[zlib.crc32(attribute.encode())], places[label]] = weight
        steps = np.zeros((len(LABELS), len(LABELS)), np.float32)
        for (before, after), weight in transitions.items():
            steps[places[before], places[after]] = weight
        return cls(rows, weights, steps)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> LinearChain:
        keys = arrays["keys"].tolist()
        weights = np.zeros((len(keys) + 1, len(LABELS)), np.float32)
        weights[arrays["at_row"], arrays["at_label"]] = arrays["weight"]
        rows = {key: number for number, key in enumerate(keys)}
        return cls(rows, weights, arrays["transitions"].astype(np.float32))

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        keys = np.zeros(len(self.rows), np.uint32)
        for key, row in self.rows.items():
            keys[row] = key
        at_row, at_label = np.nonzero(self.weights)
        return {
            "keys": keys,
            "at_row": at_row.astype(np.uint16 if len(keys) < 2**16 else np.uint32),
            "at_label": at_label.astype(np.uint8),
            "weight": self.weights[at_row, at_label].astype(np.float16),
            "transitions": self.transitions.astype(np.float16),
        }

    def score(self, attributes: Iterable[str]) -> Floats:
        """The sum of the attributes' weights, by label; unknown ones weigh nothing."""
        rows = self.rows
        found = [
            row
            for attribute in attributes
            if (row := rows.get(zlib.crc32(attribute.encode()))) is not None
        ]
        total: Floats = self.weights[found].sum(axis=0)
        return total

    def rows_of(self, attributes: Iterable[str]) -> Floats:
        """A row of weights for each attribute, zeros for an unknown one."""
        rows = [self.rows.get(zlib.crc32(name.encode()), -1) for name in attributes]
        return self.weights[rows]

    def decode(self, emissions: Floats) -> tuple[list[int], Floats]:
        """The likeliest labels of a run of words and each label's probability, a row a word."""
        count = len(emissions)
        best = np.empty_like(emissions)
        came = np.zeros(emissions.shape, np.int64)
        forward = np.empty_like(emissions)
        best[0] = forward[0] = emissions[0]
        for i in range(1, count):
            steps = best[i - 1][:, None] + self.transitions
            came[i] = steps.argmax(axis=0)
            best[i] = steps.max(axis=0) + emissions[i]
            forward[i] = _log_sum(forward[i - 1][:, None] + self.transitions, 0) + emissions[i]
        backward = np.zeros_like(emissions)
        for i in range(count - 2, -1, -1):
            backward[i] = _log_sum(self.transitions + (emissions[i + 1] + backward[i + 1]), 1)
        total = _log_sum(forward[-1], 0)
        labels = [int(best[-1].argmax())]
        for i in range(count - 1, 0, -1):
            labels.append(int(came[i][labels[-1]]))
        probabilities: Floats = np.exp(forward + backward - total)
        return labels[::-1], probabilities


def _log_sum(values: Floats, axis: int) -> Floats:
    peak = values.max(axis=axis, keepdims=True)
    total: Floats = np.log(np.exp(values - peak).sum(axis=axis)) + peak.squeeze(axis)
    return total
