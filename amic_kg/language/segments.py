"""Cuts a text where no name can run on, and smooths the line breaks within the pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*|[\f\v]\s*")
_BREAK = re.compile(r"[^\S\n]*\n[^\S\n]*")
_COLUMN = re.compile(r"(?<=\S)(?:[^\S\n]{2,}|\t)(?=[^\sa-zåäö])")
"""Between the columns of a table; a name goes on in lower case if its blank was stretched."""

_SMOOTHED = str.maketrans(dict.fromkeys("\t\n\r\u00a0\u2007\u202f", " "))
_FULL = 0.8
"""The part of the longest line that fills a line: lines of print differ in characters."""

_LONGEST = 4_000
"""Characters of a segment; what is longer is cut at a blank."""


class Segment(NamedTuple):
    """A piece of a text from character `start` on; `text` has as many characters as the piece.

    Single line breaks and odd blanks are plain blanks in it.
    """

    start: int
    text: str


def split_segments(text: str) -> Iterator[Segment]:
    """The pieces of `text` in order: paragraphs, and lines that were broken on purpose."""
    start = 0
    for gap in _PARAGRAPH.finditer(text):
        yield from _lines(text, start, gap.start())
        start = gap.end()
    yield from _lines(text, start, len(text))


def _lines(text: str, start: int, end: int) -> Iterator[Segment]:
    """A paragraph, cut where a line ended although the next word would have fitted on it.

    That is how headings, captions and rows of a list stand above one another; wrapped prose, and
    any line that goes on in lower case, stays whole.
    """
    breaks = list(_BREAK.finditer(text, start, end))
    width = _FULL * max(map(len, text[start:end].split("\n")))
    first = line = start
    for gap in breaks:
        word = re.compile(r"\S*").match(text, gap.end())
        following = word.group() if word else ""
        fits = gap.start() - line + 1 + len(following) <= width
        if fits and not following[:1].islower():
            yield from _columns(text, first, gap.start())
            first = gap.end()
        line = gap.end()
    yield from _columns(text, first, end)


def _columns(text: str, start: int, end: int) -> Iterator[Segment]:
    for gap in _COLUMN.finditer(text, start, end):
        yield from _cut(text, start, gap.start())
        start = gap.end()
    yield from _cut(text, start, end)


def _cut(text: str, start: int, end: int) -> Iterator[Segment]:
    while end - start > _LONGEST:
        blank = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        middle = blank if blank > 0 else start + _LONGEST
        yield Segment(start, text[start:middle].translate(_SMOOTHED))
        start = middle
    if start < end and not text[start:end].isspace():
        yield Segment(start, text[start:end].translate(_SMOOTHED))
