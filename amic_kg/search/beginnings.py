"""The words of all names, found by how they begin, also where that is misspelt a little."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_LETTERS = 18
"""So many letters of a word are compared with what is typed; further ones are taken as right."""
_FAR = 9
"""An edit distance beyond all that is forgiven."""
_LAST = "\U0010ffff"
Edits = npt.NDArray[np.int8]
Numbers = npt.NDArray[np.int64]


def forgiven(word: str) -> int:
    """Errors of spelling that are overlooked: in a short word each would make it another word."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


class WordBeginnings:
    """Words in their order; `within` compares all of them at once, letter by letter."""

    def __init__(self, words: Sequence[str]) -> None:
        """`words` are sorted and distinct."""
        self._words = words
        self._letters = np.zeros((_LETTERS, len(words)), dtype=np.uint32)
        for place in range(_LETTERS):
            self._letters[place] = [ord(word[place]) if place < len(word) else 0 for word in words]

    def range(self, beginning: str) -> tuple[int, int]:
        """First and end of the words that begin so."""
        return bisect_left(self._words, beginning), bisect_left(self._words, beginning + _LAST)

    def within(self, typed: str, edits: int) -> tuple[Numbers, Numbers]:
        """The words of which some beginning is at most `edits` from `typed`, and how far.

        The distance is that of optimal string alignment: a letter too many, missing, wrong, or
        two exchanged. Only a band of the table around its diagonal can hold so small a distance;
        each of its cells is computed for all words at once.
        """
        typed = typed[: _LETTERS - edits]
        count = len(self._words)
        row: dict[int, Edits] = {j: np.full(count, j, np.int8) for j in range(edits + 1)}
        above: dict[int, Edits] = {}
        for i, letter in enumerate(typed, start=1):
            current: dict[int, Edits] = {}
            for j in range(max(0, i - edits), i + edits + 1):
                if j == 0:
                    current[0] = np.full(count, i, np.int8)
                    continue
                here = self._letters[j - 1]
                best = row[j - 1] + (here != ord(letter)) if j - 1 in row else _far(count)
                if j in row:
                    best = np.minimum(best, row[j] + np.int8(1))
                if j - 1 in current:
                    best = np.minimum(best, current[j - 1] + np.int8(1))
                if j - 2 in above:
                    exchanged = (here == ord(typed[i - 2])) & (self._letters[j - 2] == ord(letter))
                    best = np.where(exchanged, np.minimum(best, above[j - 2] + np.int8(1)), best)
                current[j] = best
            above, row = row, current
        distance = np.minimum.reduce(list(row.values()))
        found = np.flatnonzero(distance <= edits)
        return found, distance[found].astype(np.int64)


def _far(count: int) -> Edits:
    return np.full(count, _FAR, np.int8)
