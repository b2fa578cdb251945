"""The scores that subject ranking learns: linear models, remembered texts, trees; numpy alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from amic_kg.extract.subject_features import Floats

NEIGHBOURS = 30
DAMPING = 0.1
"""Similarity that is added to the neighbours': a text unlike all others has none."""

_CERTAIN = 1e-6


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
        first = self.starts[vector.positions]
        counts = self.starts[vector.positions + 1] - first
        ends = np.cumsum(counts)
        # The runs of all features of the text, one behind the other.
        chosen = np.arange(counts.sum()) + np.repeat(first - ends + counts, counts)
        values = np.repeat(vector.values, counts)
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
class Relations:
    """What the scores of all concepts say of each: some go together, some exclude one another."""

    together: Floats
    """Shape (concepts, concepts): of the texts with the row's concept, the share with the other."""
    mean: Floats
    deviation: Floats
    weights: Floats
    """Shape (2 x concepts, concepts): a linear model a concept over the standardised scores."""
    bias: Floats

    def scores(self, linear: Floats, votes: Floats) -> tuple[Floats, Floats, Floats]:
        """By concept: expected from all others, from the strongest other, and the model's odds."""
        brought = linear[:, None] * self.together
        inputs = (relation_inputs(linear, votes) - self.mean) / self.deviation
        odds = np.asarray(inputs @ self.weights + self.bias, np.float32)
        return brought.sum(axis=0), brought.max(axis=0), odds


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
        feature, threshold, left, right = self._flat
        width = self.feature.shape[1]
        first = np.arange(len(self.feature), dtype=np.int32) * width
        node = np.broadcast_to(first, (len(rows), len(first)))
        row = (np.arange(len(rows), dtype=np.int32) * rows.shape[1])[:, None]
        values = np.ascontiguousarray(rows).ravel()
        for _ in range(self.depth):
            goes_left = values.take(row + feature.take(node)) <= threshold.take(node)
            node = np.where(goes_left, left.take(node), right.take(node))
        found = self.value.ravel().take(node).sum(axis=1)
        return np.asarray(found + np.float32(self.base), np.float32)

    @cached_property
    def _flat(self) -> tuple[NDArray[np.int32], Floats, NDArray[np.int32], NDArray[np.int32]]:
        """The trees end to end, with places in the whole for places in the tree."""
        first = (np.arange(len(self.feature), dtype=np.int32) * self.feature.shape[1])[:, None]
        return (
            self.feature.astype(np.int32).ravel(),
            self.threshold.ravel(),
            (self.left + first).astype(np.int32).ravel(),
            (self.right + first).astype(np.int32).ravel(),
        )


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


def relation_inputs(linear: Floats, votes: Floats) -> Floats:
    """Log-odds and roots of votes, end to end, shape (…, 2 x concepts)."""
    return np.concatenate((log_odds(linear), np.sqrt(votes)), axis=-1)


def log_odds(probabilities: Floats) -> Floats:
    safe = np.clip(probabilities, _CERTAIN, 1 - _CERTAIN)
    return np.asarray(np.log(safe / (1 - safe)), np.float32)


def starts_of(counts: NDArray[np.integer]) -> NDArray[np.int64]:
    """Where each of some runs begins in what holds them end to end, and where the last ends."""
    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
