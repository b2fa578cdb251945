"""Stems that a Finnish name has in inflection: what is left of "Viiankiaavan" is "viiankiaava"."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Weak grades of consonants before the last vowel, as the genitive has them.
_GRADES = (
    ("kk", "k"), ("pp", "p"), ("tt", "t"), ("nk", "ng"), ("nt", "nn"), ("mp", "mm"), ("lt", "ll"),
    ("rt", "rr"), ("lk", "l"), ("rk", "r"), ("p", "v"), ("t", "d"), ("k", ""),
)  # fmt: skip
_VOWELS = "aeiouyäö"
_LAST_VOWELS = re.compile(r"[aeiouyäö]+$")


def inflected_stems(name: str) -> Iterator[str]:
    """The stems of `name`, in lower case, other than itself; most of them are never met."""
    if len(name) < 4 or not name.isalpha():
        return
    if name.endswith("nen"):
        yield f"{name[:-3]}se"
        return
    if name.endswith("s"):
        yield f"{name[:-1]}kse"
        yield f"{name[:-1]}{name[-2]}"
        return
    if name[-1] not in _VOWELS:
        yield f"{name}i"
        return
    weak = _weak(name)
    if weak:
        yield weak
    if name[-1] == "i":
        yield f"{name[:-1]}e"
        if weak:
            yield f"{weak[:-1]}e"


def _weak(name: str) -> str | None:
    vowels = _LAST_VOWELS.search(name)
    if vowels is None or len(vowels[0]) > 1:
        return None
    before = name[: vowels.start()]
    for strong, weak in _GRADES:
        if before.endswith(strong) and (len(strong) == 2 or before[-2:-1] in _VOWELS):
            return f"{before.removesuffix(strong)}{weak}{vowels[0]}"
    return None
