"""The scores that subject ranking learns: linear models, remembered texts, trees; numpy alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amic_kg.extract.subject_features import Floats

NEIGHBOURS = 30
DAMPING = 0.1
"""Similarity that is added to the neighbours': a text unlike all others has none."""


@dataclass(frozen=True, slots=True)
class Vector:
    """A text as positions in a table of hashes and values of length one."""

    positions: NDArray[np.int64]
    values: Floats


@dataclass(frozen=True)
class HashTable:
    """The features a model knows, sorted by hash, and how rare each is."""

    hashes: NDArray[np.uint32]
    rarity: Floats

    def vector(self, features: Mapping[int, float]) -> Vector:
        """What is known of `features`, weighted by rarity and normalised."""
        known = np.fromiter(sorted(features), np.uint32, len(features))
        places = np.searchsorted(self.hashes, known)
        places = np.minimum(places, len(self.hashes) - 1)
        here = self.hashes[places] == known
        positions = places[here]
        counts = np.fromiter((features[int(key)] for key in known[here]), np.float32, here.sum())
        values = counts * self.rarity[positions]
        length = float(np.sqrt((values**2).sum()))
        return Vector(positions, values / length if length else values)


@dataclass(frozen=True)
class Classifier:
    """One linear model a concept: sparse weights by feature, in steps of the concept's `scale`."""

    table: HashTable
    starts: NDArray[np.int64]
    concepts: NDArray[np.uint16]
    steps: NDArray[np.int8]
    scale: Floats
    bias: Floats

    def probabilities(self, vector: Vector) -> Floats:
        spans = [
            np.arange(self.starts[position], self.starts[position + 1])
            for position in vector.positions
        ]
        chosen = np.concatenate(spans) if spans else np.zeros(0, np.int64)
        values = np.repeat(vector.values, [len(span) for span in spans])
        sums = np.bincount(
            self.concepts[chosen], values * self.steps[chosen], minlength=len(self.bias)
        )
        return np.asarray(1 / (1 + np.exp(-(sums * self.scale + self.bias))), np.float32)


@dataclass(frozen=True)
class Memory:
    """The texts of the training as vectors over words, by feature, and their concepts."""

    table: HashTable
    starts: NDArray[np.int64]
    texts: NDArray[np.uint16]
    values: NDArray[np.uint8]
    concepts: NDArray[np.uint16]
    concept_starts: NDArray[np.int64]
    concept_count: int

    def similarities(self, vector: Vector) -> Floats:
        """The cosine of every text remembered with `vector`."""
        found = np.zeros(len(self.concept_starts) - 1, np.float32)
        for position, value in zip(vector.positions, vector.values, strict=True):
            span = slice(self.starts[position], self.starts[position + 1])
            found[self.texts[span]] += value * self.values[span].astype(np.float32) / 255
        return found

    def votes(self, vector: Vector) -> Floats:
        """The share of each concept among the likest texts, weighted by likeness squared."""
        similar = self.similarities(vector)
        nearest = np.argsort(-similar, kind="stable")[:NEIGHBOURS]
        weights = similar[nearest] ** 2
        votes = np.zeros(self.concept_count, np.float32)
        for text, weight in zip(nearest, weights, strict=True):
            if weight > 0:
                votes[self.concepts[self.concept_starts[text] : self.concept_starts[text + 1]]] += (
                    weight
                )
        return np.asarray(votes / (weights.sum() + DAMPING), np.float32)


@dataclass(frozen=True)
class Trees:
    """Boosted regression trees as arrays of shape (trees, nodes); a leaf points to itself."""

    feature: NDArray[np.uint8]
    threshold: Floats
    left: NDArray[np.uint8]
    right: NDArray[np.uint8]
    value: Floats
    depth: int
    base: float

    def scores(self, rows: Floats) -> Floats:
        """The log-odds of each row."""
        trees = np.arange(len(self.feature))[None, :]
        node = np.zeros((len(rows), len(self.feature)), np.int64)
        row = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            goes_left = rows[row, self.feature[trees, node]] <= self.threshold[trees, node]
            node = np.where(goes_left, self.left[trees, node], self.right[trees, node])
        return np.asarray(self.value[trees, node].sum(axis=1) + self.base, np.float32)


@dataclass(frozen=True)
class Logistic:
    """A logistic model over standardised evidence."""

    mean: Floats
    deviation: Floats
    weights: Floats
    bias: float

    def scores(self, rows: Floats) -> Floats:
        """The log-odds of each row."""
        return np.asarray(
            ((rows - self.mean) / self.deviation) @ self.weights + self.bias, np.float32
        )


def starts_of(counts: NDArray[np.integer]) -> NDArray[np.int64]:
    """Where each of some runs begins in what holds them end to end, and where the last ends."""
    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
