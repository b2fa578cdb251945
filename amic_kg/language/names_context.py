"""What stands around a word: its sentence, what the network guesses, the rest of the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from amic_kg.language.names_chain import LABELS
from amic_kg.language.names_traits import Floats, WordTraits

KINDS = ("O", "PER", "ORG", "LOC", "PRO", "EVENT")

_FAINT = 0.02
"""Guesses below this say nothing."""

_JOINING = frozenset(("ja", "–", "-", "&"))
_CHAIN = 5
"""Words that a chain of genitives may run on: 'Lapin yliopiston arktisen keskuksen johtaja'."""


class DocumentUse(NamedTuple):
    """How a word is used elsewhere in its document: shares of KINDS, and of how many uses."""

    shares: Floats
    uses: float


@dataclass(frozen=True, slots=True)
class SeenSentence:
    """The words of a sentence; a row of `guesses` a word, by LABELS; uses elsewhere or None."""

    words: Sequence[WordTraits]
    guesses: Floats
    uses: Sequence[DocumentUse | None]


def document_uses(
    sentences: Sequence[tuple[Sequence[WordTraits], Floats]],
) -> Iterator[list[DocumentUse | None]]:
    """For each sentence and word, what the network guesses where the same name stands elsewhere.

    That is how 'Räsänen', alone in a sentence, is known to be who was named in full before. At
    the beginning of a sentence a capital says little, so that use counts half.
    """
    totals: dict[str, Floats] = {}
    own: list[list[tuple[str, Floats] | None]] = []
    for words, guesses in sentences:
        kinds = _by_kind(guesses)
        row: list[tuple[str, Floats] | None] = []
        for number, word in enumerate(words):
            if not word.capital:
                row.append(None)
                continue
            use = kinds[number] * (1.0 if number else 0.5)
            totals[word.stem] = totals[word.stem] + use if word.stem in totals else use
            row.append((word.stem, use))
        own.append(row)
    for row in own:
        yield [_elsewhere(totals[each[0]] - each[1]) if each else None for each in row]


def joint_attributes(sentence: SeenSentence, i: int) -> list[str]:
    """What word `i` is together with those around it, by name."""
    words = sentence.words
    word = words[i]
    count = len(words)
    found = [f"{shift}edge" for shift in (-2, -1, 1, 2) if not 0 <= i + shift < count]
    if i == 0:
        found.append(f"first|{word.classes}")
    else:
        found += _pair("-1,0", words[i - 1], word)
    if i + 1 < count:
        found += _pair("0,1", word, words[i + 1])
    found += [f"{shift}c={words[i + shift].kin}" for shift in (-3, 3) if 0 <= i + shift < count]
    found += _chain_ahead(words, i)
    found += _chain_behind(words, i)
    found += _guessed(sentence, i)
    found += _used(sentence, i)
    return found


def guess_values(guesses: Floats) -> Floats:
    """The guesses as weights for attributes `q=LABEL`, faint ones nothing."""
    values: Floats = np.where(guesses > _FAINT, guesses, 0)
    return values


def use_values(use: DocumentUse | None) -> Floats:
    """The shares as weights for attributes `dv=KIND`."""
    if use is None:
        return np.zeros(len(KINDS), np.float32)
    values: Floats = np.where(use.shares > 0.05, use.shares, 0)
    return values


def _by_kind(guesses: Floats) -> Floats:
    """Columns of LABELS to columns of KINDS: beginnings and insides of a kind together."""
    kinds: Floats = np.concatenate([guesses[:, :1], guesses[:, 1::2] + guesses[:, 2::2]], axis=1)
    return kinds


def _elsewhere(use: Floats) -> DocumentUse | None:
    uses = float(use.sum())
    return DocumentUse(use / uses, uses) if uses > 0.4 else None


def _pair(place: str, left: WordTraits, right: WordTraits) -> tuple[str, str, str]:
    return (
        f"{place}s={left.shape}|{right.shape}",
        f"{place}c={left.kind}|{right.kind}",
        f"{place}n={left.names}|{right.names}",
    )


def _chain_ahead(words: Sequence[WordTraits], i: int) -> tuple[str, ...]:
    """The word that a chain of genitives from `i` on belongs to: 'Suomen … yhdistys'."""
    end = i
    while (
        end < len(words) - 1
        and end - i < _CHAIN
        and (words[end].genitive or words[end].stem in _JOINING)
    ):
        end += 1
    if end == i:
        return ()
    last = words[end]
    return (
        f"ch={last.head}",
        f"chk={last.kind}",
        f"chc={last.kin}",
        f"chd={min(end - i, 3)}|{last.head}",
    )


def _chain_behind(words: Sequence[WordTraits], i: int) -> tuple[str, ...]:
    """The capitalised genitive that the words before `i` go back to."""
    start = i - 1
    while start > 0 and i - start < _CHAIN and words[start].genitive and not words[start].capital:
        start -= 1
    if start < 0 or not (words[start].genitive and words[start].capital):
        return ()
    names = words[start].names
    return f"bc={names}|{words[i].kind}", f"bn={names}|{i - start}", f"bh={names}|{words[i].head}"


def _guessed(sentence: SeenSentence, i: int) -> Iterator[str]:
    guesses = sentence.guesses
    best = LABELS[int(guesses[i].argmax())]
    for number in np.flatnonzero(guesses[i] > _FAINT).tolist():
        yield f"r={LABELS[number]}{_grade(float(guesses[i, number]))}"
    yield f"qa={best}|{sentence.words[i].names}"
    for shift in (-1, 1):
        if 0 <= i + shift < len(sentence.words):
            beside = LABELS[int(guesses[i + shift].argmax())]
            yield f"{shift}q={beside}"
            yield f"{shift}q0={beside}|{best}"


def _used(sentence: SeenSentence, i: int) -> Iterator[str]:
    use = sentence.uses[i]
    if use is not None:
        likeliest = int(use.shares.argmax())
        often = "+" if use.uses > 2.5 else ""
        yield f"da={KINDS[likeliest]}{often}{_grade(float(use.shares[likeliest]))}"
        yield f"daq={KINDS[likeliest]}|{LABELS[int(sentence.guesses[i].argmax())]}"
    for shift in (-1, 1):
        if 0 <= i + shift < len(sentence.words):
            beside = sentence.uses[i + shift]
            if beside is not None:
                yield f"{shift}da={KINDS[int(beside.shares.argmax())]}"


def _grade(share: float) -> str:
    for least, grade in ((0.95, "9"), (0.8, "7"), (0.5, "5"), (0.25, "3")):
        if share > least:
            return grade
    return "1"
