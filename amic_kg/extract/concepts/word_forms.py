"""Forms of a word that a label is looked up by: spellings, endings, stems of Finnish names."""

from __future__ import annotations

import re
from collections.abc import Iterator

# British and American spelling, folded to one on both sides.
_SPELLINGS = (
    ("sulph", "sulf"), ("aluminum", "aluminium"), ("cesium", "caesium"), ("isation", "ization"),
    ("ising", "izing"), ("ised", "ized"), ("iser", "izer"), ("ise", "ize"), ("fibre", "fiber"),
    ("behaviour", "behavior"), ("labour", "labor"), ("colour", "color"), ("centre", "center"),
    ("neighbour", "neighbor"), ("harbour", "harbor"), ("licence", "license"), ("mould", "mold"),
    ("defence", "defense"), ("programme", "program"), ("modelling", "modeling"), ("grey", "gray"),
    ("travelling", "traveling"), ("catalogue", "catalog"), ("haem", "hem"), ("palaeo", "paleo"),
    ("archaeo", "archeo"), ("tyre", "tire"), ("plough", "plow"),
)  # fmt: skip

_SWEDISH_ENDINGS = (
    "ernas", "arnas", "ornas", "erna", "arna", "orna", "ens", "ets", "nas", "en", "et", "er", "ar",
    "or", "na", "ns", "n", "t", "s",
)  # fmt: skip
_SHORTEST_STEM = 6

# Weak grades of consonants before the last vowel, as the genitive has them.
_GRADES = (
    ("kk", "k"), ("pp", "p"), ("tt", "t"), ("nk", "ng"), ("nt", "nn"), ("mp", "mm"), ("lt", "ll"),
    ("rt", "rr"), ("lk", "l"), ("rk", "r"), ("p", "v"), ("t", "d"), ("k", ""),
)  # fmt: skip
_VOWELS = "aeiouyäö"
_LAST_VOWELS = re.compile(r"[aeiouyäö]+$")


def fold(word: str) -> str:
    """An English word in one spelling: sulphate as sulfate, aluminum as aluminium."""
    for one, other in _SPELLINGS:
        if one in word:
            word = word.replace(one, other)
    return word


def lookup_keys(surface: str, lemmas: tuple[str, ...], language: str) -> tuple[str, ...]:
    """What a word of a text is looked up by."""
    lower = surface.lower()
    keys = dict.fromkeys((*lemmas, lower))
    if language == "sv" and lemmas == (lower,):
        keys.update(dict.fromkeys(_swedish_stems(lower)))
    elif language == "en":
        if lemmas == (lower,) and len(lower) > _SHORTEST_STEM and lower.endswith("s"):
            keys.setdefault(lower[:-1])
        keys = dict.fromkeys(map(fold, keys))
    return tuple(keys)


def _swedish_stems(word: str) -> Iterator[str]:
    """What an inflected word that the dictionary does not know may be of: 'gruvslammet'."""
    for ending in _SWEDISH_ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST_STEM:
            yield stem
            if ending.startswith(("or", "n")):
                yield f"{stem}a"
            if stem[-1] == stem[-2] and ending.startswith("e"):
                yield stem[:-1]


def inflected_stems(name: str) -> Iterator[str]:
    """What a Finnish name may be before its endings: "viiankiaava" of Viiankiaapa.

    In lower case, without the name itself; most of them are never met.
    """
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
