"""What a Finnish word tells about being part of a name: morphology, spelling, kind of meaning."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from amic_kg.language.voikko import Reading

Floats = npt.NDArray[np.float32]

_NAME_CLASSES = frozenset(("etunimi", "sukunimi", "paikannimi", "nimi"))
_PERSONAL = frozenset(("etunimi", "sukunimi"))
_ENDING = re.compile(r"['’:][a-zåäö]+$")
_UPPER = re.compile(r"[A-ZÅÄÖ]")
_LOWER = re.compile(r"[a-zåäöéü]")
_DIGIT = re.compile(r"\d")
_REPEATED = re.compile(r"(.)\1+")
_STEM = 5
_AFFIX_ROWS = 4096


class WordTraits(NamedTuple):
    """A word as the models of names see it.

    `own` are attributes of the word where it stands, `near` those that its neighbours look at,
    the three that tell most first. `kind` and `kin` number the coarser and the finer cluster of
    its vector. `stem` is alike for most cases of a name.
    """

    own: tuple[str, ...]
    near: tuple[str, ...]
    marks: tuple[str, ...]
    shape: str
    classes: str
    names: str
    kind: str
    kin: str
    genitive: bool
    head: str
    stem: str
    capital: bool


def bare(word: str) -> str:
    """`word` without the ending that a colon joins to an acronym: 'GTK:n' gives 'GTK'."""
    return _ENDING.sub("", word)


def affix_rows(word: str) -> tuple[int, int, int]:
    """Rows of the network's table for the ending and the beginning of `word`."""
    low = word.lower()
    parts = (f"e{low[-3:]}", f"p{low[:3]}", f"f{low[-5:]}")
    first, second, third = (zlib.crc32(part.encode()) % _AFFIX_ROWS for part in parts)
    return first, second, third


def traits_of(word: str, readings: Sequence[Reading], clusters: Sequence[int]) -> WordTraits:
    """`clusters` are the clusters of the word's vector, the coarsest first.

    The word itself is an attribute only where it cannot be a person's name: the model carries no
    list of persons.
    """
    low = word.lower()
    shape = _shape(word)
    capital = word[:1].isupper()
    classes = sorted({reading.word_class for reading in readings})
    named = sorted(_NAME_CLASSES.intersection(classes))
    class_key = "+".join(classes) or "none"
    name_key = "+".join(named) or "no"
    cases = f"k={'+'.join(sorted({reading.case or '-' for reading in readings})[:3])}"
    coarse, kind, kin = (f"c{level}={number}" for level, number in enumerate(clusters))

    own = [f"s={shape}", coarse, kind, kin, f"v={class_key}", *(f"n={name}" for name in named)]
    near = [f"s={shape}", kind, kin, f"v={class_key}", cases]
    own += [f"n={name_key}", cases, f"len={min(len(word), 12)}"]
    if not (_PERSONAL.intersection(classes) or (capital and not readings)):
        words = [f"l={base}" for base in sorted({r.base.lower() for r in readings} or {low})]
        heads = [f"h={h}" for h in sorted({r.head for r in readings if r.head != r.base.lower()})]
        own += [*words, *heads, f"w={low}"]
        near += [*words, *heads]
    own += [f"p{n}={low[:n]}" for n in (1, 2, 3) if len(low) > n + 1]
    own += [f"e{n}={low[-n:]}" for n in (2, 3, 4, 5) if len(low) > n + 1]
    if "-" in word:
        own += ["hyphen", f"last={low.rsplit('-', 1)[-1][:8]}"]
    own += [
        name
        for name, holds in (
            ("colon", ":" in word),
            ("capital", capital),
            ("upper", word.isupper()),
        )
        if holds
    ]
    known_name = next((r.base for r in readings if r.word_class in _NAME_CLASSES), None)
    return WordTraits(
        tuple(own),
        tuple(near),
        tuple(_marks(word, readings, shape)),
        shape,
        class_key,
        name_key,
        kind,
        kin,
        _is_genitive(word, readings),
        readings[0].head if readings and not capital else _known_head(readings, named),
        (known_name or bare(word)).lower()[:_STEM],
        capital and len(word) > 1,
    )


def _known_head(readings: Sequence[Reading], named: Sequence[str]) -> str:
    """What a capitalised word says as the head of a name; nothing if it may be someone's name."""
    return readings[0].head if readings and not named else "?"


def _is_genitive(word: str, readings: Sequence[Reading]) -> bool:
    if readings:
        return any(reading.case == "omanto" for reading in readings)
    return word.endswith("n")


def _marks(word: str, readings: Sequence[Reading], shape: str) -> list[str]:
    """The yes-or-no inputs of the network."""
    classes = {reading.word_class for reading in readings}
    marks = [f"v={name}" for name in sorted(classes)]
    marks += [f"k={case}" for case in sorted({reading.case for reading in readings})]
    marks += [f"s={shape[:6]}", f"len={min(len(word) // 3, 5)}"]
    marks += [
        name
        for name, holds in (
            ("unknown", not readings),
            ("capital", word[:1].isupper()),
            ("upper", word.isupper()),
            ("hyphen", "-" in word),
            ("proper", any(reading.base[:1].isupper() for reading in readings)),
            ("common", bool(readings) and not classes & _NAME_CLASSES),
        )
        if holds
    ]
    return marks


def _shape(word: str) -> str:
    """'Kevitsan' gives Xxx, 'GTK:n' XX:x: a run of letters counts as two at most."""
    shape = _DIGIT.sub("0", _LOWER.sub("x", _UPPER.sub("X", word)))
    return _REPEATED.sub(r"\1\1", shape)
