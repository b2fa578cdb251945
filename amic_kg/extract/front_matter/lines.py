"""The lines of the front pages, with their places; page numbers and running heads left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amic_kg.records import Page

FRONT_PAGES = 8
"""Covers, title page, imprint, description sheets and abstracts stand on these."""

COVER_PAGES = 3

_FRONT_CHARACTERS = 6000
"""Of a page: a web page is one long page, and its front is the beginning."""

_LINE = re.compile(r"[^\n\f\v\r]+")
_PAGE_NUMBER = re.compile(
    r"[-–—\[(]?\s*(?:\d{1,4}|[ivxl]{1,6})(?:\s*[/(]\s*\d{1,4}\)?)?\s*[-–—\])]?"
    r"|(?:page|sivu|sida)\s+\d+(?:\s*(?:of|/|av)\s*\d+)?",
    re.IGNORECASE,
)
_RULE = re.compile(r"[\W_]{3,}")
"""A ruled line; it parts what is above from what is below as an empty line does."""

_PART = re.compile(r"\s+[·•]\s+(?=\S)|\s+\|\s+(?!\d)|(?<!\d)\s+\|\s+(?=\d)|\s{3,}|\t+")
_LIST = re.compile(r"^[^·•|]{2,60}:\s|^[·•|●-]")
"""Behind a label dots part keywords or names, at the beginning they mark an item."""

_NO_PAGE = re.compile(r"(?:\d{1,3}\s?/\s?)?(?:19|20)\d\d")
"""A year, or a number in a series: "4/2022"."""

_CONTENTS = re.compile(
    r"(?:table of contents|contents|sisällys(?:luettelo)?|sisältö|innehåll(?:sförteckning)?)\s*:?",
    re.IGNORECASE,
)
_PARTED_WORD = re.compile(r"[^\W\d_]-$")
_APART = 2
"""Line ends of two empty lines: what follows them begins anew."""

_MANY_PAGES = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the blanks around it: `text` is page text `start`..`end`.

    `gap` tells that an empty line, or nothing, stands before it, `apart` that several do; `row`
    numbers the printed line,
    which dots and bars may part into several ("Report · GTK · May 2017").
    """

    page: int
    start: int
    end: int
    text: str
    gap: bool
    row: int = 0
    apart: bool = False


@dataclass(frozen=True, slots=True)
class JoinedLines:
    """Lines of one page as one text, with a blank, or a word's end, where each ends.

    `places` holds, line by line, where it begins in `text` and in the page.
    """

    text: str
    places: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Characters `start`..`end` of the text, which are some, as characters of the page."""
        return self._place(start), self._place(end - 1) + 1

    def _place(self, at: int) -> int:
        begin, place = next(one for one in reversed(self.places) if one[0] <= at)
        return place + at - begin


def joined(lines: Sequence[Line]) -> JoinedLines:
    """`lines` as one text; a word parted at a line's end is whole again."""
    text, places = "", []
    for line in lines:
        if _PARTED_WORD.search(text) and line.text[:1].islower():
            text = text[:-1]
        elif text:
            text += " "
        places.append((len(text), line.start))
        text += line.text
    return JoinedLines(text, tuple(places))


def page_lines(page: Page, limit: int = _FRONT_CHARACTERS) -> Iterator[Line]:
    """The lines of the first `limit` characters of a page."""
    before = 0
    first = True
    for row, match in enumerate(_LINE.finditer(page.text[:limit])):
        text = match.group().strip()
        if not text:
            continue
        start = match.start() + match.group().index(text[0])
        ends = page.text.count("\n", before, start)
        gap, apart = first or ends > 1, first or ends > _APART
        if _RULE.fullmatch(text):
            first = True
            continue
        yield Line(page.number, start, start + len(text), text, gap, row, apart)
        before, first = match.end(), False


def printed_parts(lines: Sequence[Line]) -> list[Line]:
    """Lines parted where dots, bars or wide blanks part them: "Report · GTK · May 2017"."""
    parts = []
    for line in lines:
        place = 0
        for part in _PART.split(line.text) if not _LIST.search(line.text) else (line.text,):
            start = line.text.index(part, place)
            place = start + len(part)
            at = line.start + start
            parts.append(Line(line.page, at, at + len(part), part, line.gap, line.row, line.apart))
    return parts


def front_lines(pages: Sequence[Page]) -> list[Line]:
    """The lines of the first pages and of the last one, without page numbers and running heads."""
    chosen = list(pages[:FRONT_PAGES])
    if len(pages) > FRONT_PAGES:
        chosen.append(pages[-1])
    found = [list(page_lines(page)) for page in chosen]
    repeated = _running_heads(pages)
    result = []
    for lines in found:
        for line in lines:
            number = _PAGE_NUMBER.fullmatch(line.text) and not _NO_PAGE.fullmatch(line.text)
            if not number and not (line.text in repeated and line is not lines[0]):
                result.append(line)
    return result


def contents_page(lines: Sequence[Line]) -> int | None:
    """The page on which the table of contents begins."""
    return next((line.page for line in lines if _CONTENTS.fullmatch(line.text)), None)


def _running_heads(pages: Sequence[Page]) -> frozenset[str]:
    """First and last lines that stand on most of the pages."""
    counts: Counter[str] = Counter()
    # Cover, half-title and title page bear the title on their own.
    sample = pages[COVER_PAGES - 1 : 40]
    for page in sample:
        lines = [text for raw in page.text.splitlines() if (text := raw.strip())]
        counts.update({*lines[:2], *lines[-2:]})
    enough = max(_MANY_PAGES, len(sample) // 2)
    return frozenset(text for text, count in counts.items() if count >= enough)
