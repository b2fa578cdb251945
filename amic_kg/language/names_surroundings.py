"""What the text around a sentence is about: a country in a report of matches is a team."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from amic_kg.language.names_traits import Floats

_MEANING = 32
"""Dimensions of a word's vector that count; they come in the order of their weight."""

_SHORTEST = 4
_SPAN = 6
"""Sentences before and after that count as near."""

_OWN, _NEAR = 1.5, 3.0
"""Bring means, which vary little, to the scale of the network's other inputs."""

WIDTH = 2 * _MEANING


def meaning_of(word: str, features: Floats) -> Floats | None:
    """The part of a word's vector that tells a topic; None for names, numbers and small words."""
    return features[:_MEANING] if len(word) >= _SHORTEST and word.islower() else None


def surroundings(sentences: Sequence[Sequence[Floats | None]]) -> Floats:
    """A row of WIDTH for each sentence of a document: mean of its meanings, and of those near."""
    count = len(sentences)
    sums = np.zeros((count + 1, _MEANING))
    words = np.zeros(count + 1)
    for number, meanings in enumerate(sentences, 1):
        told = [meaning for meaning in meanings if meaning is not None]
        if told:
            sums[number] = np.sum(told, axis=0)
            words[number] = len(told)
    summed, counted = sums.cumsum(axis=0), words.cumsum()
    first = np.maximum(np.arange(count) - _SPAN, 0)
    last = np.minimum(np.arange(count) + _SPAN + 1, count)
    own = sums[1:] / np.maximum(words[1:], 1)[:, None]
    near = (summed[last] - summed[first]) / np.maximum(counted[last] - counted[first], 1)[:, None]
    return np.concatenate([_OWN * own, _NEAR * near], axis=1).astype(np.float32)
