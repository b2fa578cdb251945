"""What a stretch of text may name: one reading of it, and where names begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from amic_kg.extract.names.heads import Kind
from amic_kg.language import Token

Cue = Literal["legal form", "head", "project", "list", "preposition", "site project", "recognizer"]

_BLANK = re.compile(r"[^\S\n]*\n?[^\S\n]*")
_JOINT = re.compile(r"\s?&\s?|['’]\s|[-–/+’']|\.(?=\S)")
_SENTENCE_START = re.compile(r"(?:^\W*|[.!?:•·;]|\n\s*\n|\n\s*[-–*•]|^\s*[-–*•])[\s\"“”'(\[»]*$")
_CUT_AFTER = re.compile(r"[-\u00ad\u2010][^\S\n]*\n")
_CUT_BEFORE = re.compile(r"\w[-\u00ad\u2010][^\S\n]*\n$")
_ADDRESS = re.compile(r"\S*(?:@|://|www\.|\w\.(?:fi|com|org|eu|se|net|no|gov|info)\b)\S*")

_WRAPPED = 45
"""Characters of a line that may have been broken for its length."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text in one language, with its tokens."""

    text: str
    language: str
    tokens: Sequence[Token]

    def run(self, first: int, last: int) -> list[Token]:
        """The tokens `first`..`last`, inclusive."""
        return list(self.tokens[first : last + 1])


@dataclass(frozen=True, slots=True)
class Reading:
    """Tokens `first`..`last` (inclusive) of a passage read as a name of `kind`.

    `core` are the tokens that make the name itself, without a head that only describes it
    ("Ahvenlammen esiintymä" is the site Ahvenlampi). `score` in 0..1 is the cue's own.
    """

    first: int
    last: int
    kind: Kind
    cue: Cue
    score: float
    core: tuple[int, int]

    recognized: bool = False
    """Whether a recogniser saw a name here, whatever the cue is."""

    @property
    def length(self) -> int:
        return self.last - self.first + 1


def simple_reading(first: int, last: int, kind: Kind, cue: Cue, score: float) -> Reading:
    """A reading whose words are all of the name."""
    return Reading(first, last, kind, cue, score, (first, last))


def follows(text: str, before: Token, after: Token) -> bool:
    """Whether a name may run on from one word to the next.

    It does over a blank, a hyphen, an "&", and the dot of an initial.
    """
    gap = text[before.end : after.start]
    if "\n" in gap and before.end - text.rfind("\n", 0, before.start) < _WRAPPED:
        # A short line ended on purpose: a heading, a caption, a cell.
        return False
    if len(before.surface) == 1 and before.surface.isupper() and gap in (". ", "."):
        return True
    return bool(_BLANK.fullmatch(gap) or _JOINT.fullmatch(gap))


def hyphenated(text: str, before: Token, after: Token) -> bool:
    return text[before.end : after.start].strip(" \n") in ("-", "–") and (
        text[after.start - 1] in "-–"
    )


def is_capital(token: Token) -> bool:
    return any(map(str.isupper, token.surface[:2]))


def begins_sentence(text: str, token: Token) -> bool:
    """Whether a word has its capital from the sentence, the line or the cell that it begins."""
    return bool(_SENTENCE_START.search(text[max(0, token.start - 12) : token.start]))


def is_broken(text: str, first: Token, last: Token) -> bool:
    """Whether a line's end cuts the first or last word of a name in two."""
    return bool(_CUT_AFTER.match(text, last.end) or _CUT_BEFORE.search(text[: first.start][-4:]))


def addresses(text: str) -> list[tuple[int, int]]:
    """The stretches of `text` that are e-mail or web addresses."""
    if "@" not in text and "." not in text:
        return []
    return [match.span() for match in _ADDRESS.finditer(text)]


def tokens_of(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int] | None:
    """The first and last token that lie in characters `start`..`end`."""
    inside = [i for i, token in _between(tokens, start, end)]
    return (inside[0], inside[-1]) if inside else None


def _between(tokens: Sequence[Token], start: int, end: int) -> Iterator[tuple[int, Token]]:
    low, high = 0, len(tokens)
    while low < high:
        middle = (low + high) // 2
        if tokens[middle].end <= start:
            low = middle + 1
        else:
            high = middle
    for index in range(low, len(tokens)):
        if tokens[index].start >= end:
            return
        yield index, tokens[index]
