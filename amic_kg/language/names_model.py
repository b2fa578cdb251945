"""The learned model of Finnish names: what it knows of words, and the file it lies in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from amic_kg.language.names_chain import LinearChain
from amic_kg.language.names_network import WindowNetwork
from amic_kg.language.names_surroundings import meaning_of
from amic_kg.language.names_traits import Floats, WordTraits, affix_rows, bare, traits_of
from amic_kg.language.voikko import Reading, VoikkoMorphology

SHIPPED = Path(__file__).parent / "models" / "names-fi.npz"

_DISTINCT_WORDS = 30_000
"""Words kept in memory, about 2 kB each; a new document beyond that begins anew."""


_AT_ONCE = 1_000
"""Words whose vectors are made at once."""


@dataclass(frozen=True)
class WordSpace:
    """Where a word stands among words: its vector in fewer dimensions, and its clusters.

    `centres` are the unit vectors of the clusters, the coarsest set first; `marks` numbers the
    yes-or-no inputs of the network.
    """

    mean: Floats
    basis: Floats
    scale: float
    centres: tuple[Floats, ...]
    marks: Mapping[str, int]

    def project(self, vectors: Floats) -> Floats:
        """(words, 300) to (words, dimensions)."""
        projected: Floats = ((unit_rows(vectors) - self.mean) @ self.basis / self.scale).astype(
            np.float32
        )
        return projected

    def clusters(self, projected: Floats) -> list[tuple[int, ...]]:
        """The nearest centre of each set for each word."""
        words = unit_rows(projected)
        nearest = [(words @ centres.T).argmax(axis=1).tolist() for centres in self.centres]
        return list(zip(*nearest, strict=True))

    def features(self, projected: Floats, marks: Sequence[Sequence[str]]) -> Floats:
        """The network's fixed inputs: dimensions and marks."""
        flags = np.zeros((len(marks), len(self.marks)), np.float32)
        for row, names in enumerate(marks):
            flags[row, [self.marks[name] for name in names if name in self.marks]] = 1
        return np.concatenate([projected, flags], axis=1)


@dataclass(frozen=True)
class NamesModel:
    """All that was learned, as it lies in one file."""

    space: WordSpace
    networks: tuple[WindowNetwork, ...]
    chain: LinearChain

    @classmethod
    def load(cls, path: Path) -> NamesModel:
        with np.load(path, allow_pickle=False) as arrays:
            return cls.from_arrays(dict(arrays))

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> NamesModel:
        space = WordSpace(
            arrays["mean"].astype(np.float32),
            arrays["basis"].astype(np.float32),
            float(arrays["scale"]),
            tuple(
                arrays[name].astype(np.float32)
                for name in sorted(arrays)
                if name.startswith("centres")
            ),
            {str(mark): number for number, mark in enumerate(arrays["marks"])},
        )
        count = sum(name.endswith("-affixes") for name in arrays)
        networks = tuple(
            WindowNetwork.from_arrays(arrays, _prefix(number)) for number in range(count)
        )
        return cls(space, networks, LinearChain.from_arrays(arrays))

    def save(self, path: Path) -> None:
        arrays: dict[str, npt.NDArray[Any]] = {
            "mean": self.space.mean.astype(np.float16),
            "basis": self.space.basis.astype(np.float16),
            "scale": np.asarray(self.space.scale, np.float32),
            "marks": np.asarray(list(self.space.marks)),
        }
        for number, centres in enumerate(self.space.centres):
            arrays[f"centres{number}"] = centres.astype(np.float16)
        for number, network in enumerate(self.networks):
            arrays |= network.arrays(_prefix(number))
        arrays |= self.chain.arrays()
        np.savez_compressed(path, allow_pickle=False, **arrays)


def _prefix(number: int) -> str:
    return f"network{number}-"


def digest(path: Path) -> str:
    """Names the model's very bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def unit_rows(rows: Floats) -> Floats:
    scaled: Floats = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return scaled.astype(np.float32)


class KnownWord(NamedTuple):
    """A word with all that is the same wherever it stands.

    `meaning` is what it tells of the topic, or None. `own` is its score by label, `near` what it
    adds to the score of the word two before, one before, one after and two after it.
    """

    traits: WordTraits
    features: Floats
    meaning: Floats | None
    affixes: tuple[int, int, int]
    own: Floats
    near: tuple[Floats, Floats, Floats, Floats]


NEAR = (-2, -1, 1, 2)
"""Where a word looks for its neighbours."""


def near_attributes(traits: WordTraits, offset: int) -> list[str]:
    """The attributes of the word at `offset` from the one that looks; of far ones the first."""
    seen = traits.near if abs(offset) == 1 else traits.near[:3]
    return [f"{offset}{attribute}" for attribute in seen]


class WordReader:
    """Traits of words by voikko and by the clusters of their vectors."""

    def __init__(
        self,
        morphology: VoikkoMorphology,
        vectors: Callable[[Sequence[str]], Floats],
        space: WordSpace,
    ) -> None:
        self._morphology = morphology
        self._vectors = vectors
        self._space = space

    def read(self, words: Sequence[str]) -> list[tuple[WordTraits, Floats]]:
        """Traits and the network's features of each word."""
        projected = self._space.project(self._vectors(words))
        traits = [
            traits_of(word, self._readings(word), clusters)
            for word, clusters in zip(words, self._space.clusters(projected), strict=True)
        ]
        features = self._space.features(projected, [each.marks for each in traits])
        return list(zip(traits, features, strict=True))

    def _readings(self, word: str) -> tuple[Reading, ...]:
        return self._morphology.readings(word) or self._morphology.readings(bare(word))


class WordTable:
    """The words of the texts at hand, each read once."""

    def __init__(self, reader: WordReader, chain: LinearChain) -> None:
        self._reader = reader
        self._chain = chain
        self._known: dict[str, KnownWord] = {}

    def read(self, words: Iterable[str]) -> None:
        """Make `words` known, for look-ups by `table[word]`."""
        wanted = dict.fromkeys(words)
        if len(self._known) + len(wanted) > _DISTINCT_WORDS:
            self._known.clear()
        fresh = [word for word in wanted if word not in self._known]
        if not fresh:
            return
        for first in range(0, len(fresh), _AT_ONCE):
            self._add(fresh[first : first + _AT_ONCE])

    def _add(self, words: Sequence[str]) -> None:
        for word, (traits, features) in zip(words, self._reader.read(words), strict=True):
            self._known[word] = KnownWord(
                traits,
                features,
                meaning_of(word, features),
                affix_rows(word),
                self._chain.score(traits.own),
                (self._near(traits, 2), self._near(traits, 1), self._near(traits, -1),
                 self._near(traits, -2)),
            )  # fmt: skip

    def __getitem__(self, word: str) -> KnownWord:
        return self._known[word]

    def _near(self, traits: WordTraits, offset: int) -> Floats:
        return self._chain.score(near_attributes(traits, offset))
