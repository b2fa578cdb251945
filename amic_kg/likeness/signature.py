"""The signature of a text: MinHash over its runs of words, by which near-duplicates are found.

A. Broder, On the resemblance and containment of documents (1997); bands as in J. Leskovec,
A. Rajaraman, J. Ullman, Mining of Massive Datasets, section 3.4.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from rensa import RMinHash

_VALUES = 128
_SEED = 42
_ROWS = 4
"""Of a band: texts that share half of their runs meet with a probability of 0.87, those that share
0.7 of them with one of 0.9999 (1 - (1 - s^4)^32)."""

_RUN = 3
_FEWEST_WORDS = 50
"""A title page or a form alone says nothing of which work it is."""

_WORD = re.compile(r"[^\W_]+")
_BROKEN_WORD = re.compile(r"(?<=\w)[-\u00ad\u2010]\s*\n\s*(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Signature:
    """128 values of 32 bits, little-endian, of a text of `words` words; empty for a short text."""

    words: int
    values: bytes

    def likeness(self, other: Signature) -> float | None:
        """The share of their runs of words that both have, 0..1, give or take 0.04 (Jaccard).

        None when one of them is too short to tell.
        """
        if not self.values or not other.values:
            return None
        mine, others = (np.frombuffer(x.values, dtype="<u4") for x in (self, other))
        return float(np.mean(mine == others))

    def bands(self) -> Iterator[str]:
        """Names of its parts: two texts that are alike have one in common, in all likelihood."""
        size = 4 * _ROWS
        for start in range(0, len(self.values), size):
            yield f"text {start // size} {self.values[start : start + size].hex()}"


def sign(pages: Iterable[str]) -> Signature:
    """The signature of the pages of a document; words that a line breaks are joined first."""
    text = _BROKEN_WORD.sub("", "\n".join(pages).casefold())
    words = _WORD.findall(text)
    if len(words) < _FEWEST_WORDS:
        return Signature(len(words), b"")
    runs = {" ".join(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)}
    hashed = RMinHash(num_perm=_VALUES, seed=_SEED)
    hashed.update(sorted(runs))
    return Signature(len(words), np.array(hashed.digest(), dtype="<u4").tobytes())
