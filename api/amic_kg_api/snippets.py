"""Marked texts: pieces for pages, plain text with offsets for JSON, quotes found in a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from amic_kg.search import Highlight

_SHORTEST_WORD = 3
_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s")
_GOES_ON = re.compile(r"(?<=[\w,;–-])\n(?=[a-zåäö(])")
_ELLIPSIS = re.compile(r"^…\s*|\s*…$")


def plain(pieces: Sequence[Highlight]) -> tuple[str, list[tuple[int, int]]]:
    """The text of the pieces on one line, and [start, end) of each hit in it."""
    text, spans = "", []
    for piece in pieces:
        if piece.hit:
            spans.append((len(text), len(text) + len(piece.text)))
        # One blank for each white space: the offsets stay.
        text += _SPACE.sub(" ", piece.text)
    return text, spans


def quotable(pieces: Sequence[Highlight]) -> str:
    """The words of a snippet as they stand on the page, without the marks of what was cut off."""
    return " ".join(_ELLIPSIS.sub("", plain(pieces)[0]).split())


def flow(text: str) -> str:
    """A page's text without the line ends of its layout: a line that goes on in lower case."""
    return _GOES_ON.sub(" ", text)


def mark(text: str, wanted: str) -> tuple[Highlight, ...]:
    """`text` with `wanted` marked: the whole of it where it stands, else each of its words.

    White space and the case of letters do not matter: a quote may have been broken over lines.
    """
    words = wanted.split()
    if not words:
        return (Highlight(text, hit=False),)
    spans = _find(text, r"\s+".join(re.escape(word) for word in words))
    if not spans:
        telling = {word.lower() for word in _WORD.findall(wanted) if len(word) >= _SHORTEST_WORD}
        if telling:
            spans = _find(text, rf"\b(?:{'|'.join(map(re.escape, sorted(telling)))})\b")
    return _cut(text, spans)


def paragraphs(pieces: Iterable[Highlight]) -> list[list[Highlight]]:
    """Marked text parted where a line is blank."""
    parted: list[list[Highlight]] = [[]]
    for piece in pieces:
        first, *others = re.split(r"\n\s*\n", piece.text)
        parted[-1].append(Highlight(first, piece.hit))
        parted.extend([Highlight(other, piece.hit)] for other in others)
    return [run for run in parted if any(piece.text.strip() for piece in run)]


def _find(text: str, pattern: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]


def _cut(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Highlight, ...]:
    pieces, position = [], 0
    for start, end in spans:
        if start > position:
            pieces.append(Highlight(text[position:start], hit=False))
        pieces.append(Highlight(text[start:end], hit=True))
        position = end
    if position < len(text):
        pieces.append(Highlight(text[position:], hit=False))
    return tuple(pieces)
