"""Cuts page texts into passages: whole sentences of one language, about as long as a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from amic_kg.language import LanguageDetector
from amic_kg.records import Page, Passage

# Finnish words are longer and cost an embedding model more tokens (DESIGN, section 5).
_WORDS = {"fi": 130, "sv": 200, "en": 220}
_DEFAULT_WORDS = 180

_PARAGRAPH = re.compile(r"\n\s*\n")
_SENTENCE_END = re.compile(r"[.!?…]['\"”’)\]]*\s+(?=[\"“”'(\[]?[A-ZÅÄÖÁČĐŊŠŦŽ0-9])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:esim|mm|ns|ks|vrt|ym|jne|yms|n|s|ss|nro|milj|toim|prof|tri|"
    r"e\.g|i\.e|etc|cf|vs|fig|figs|no|vol|pp|p|approx|ed|eds|al|dr|st|"
    r"t\.ex|bl\.a|d\.v\.s|dvs|jfr|s\.k|m\.m|osv|kap|ca|[A-ZÅÄÖ])\.$",
    re.IGNORECASE,
)


def split_passages(
    pages: tuple[Page, ...], detector: LanguageDetector, language: str
) -> tuple[Passage, ...]:
    """Passages in reading order, numbered from 1; none crosses a page.

    `language` is the document's: what is too short to tell inherits it. A passage's text is
    verbatim `page.text[start:end]`.
    """
    found: list[Passage] = []
    for page in pages:
        for start, end, spoken in _spans(page.text, detector, language):
            found.append(
                Passage(
                    number=len(found) + 1,
                    page=page.number,
                    start=start,
                    end=end,
                    language=spoken,
                    text=page.text[start:end],
                )
            )
    return tuple(found)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of `text` as (start, end), trimmed of blanks at both ends.

    None runs over an empty line: a heading is a sentence of its own.
    """
    for first, last in _paragraphs(text):
        start = first
        for match in _SENTENCE_END.finditer(text, first, last):
            if _ABBREVIATION.search(text[max(first, match.start() - 8) : match.start() + 1]):
                continue
            yield from _trimmed(text, start, match.end())
            start = match.end()
        yield from _trimmed(text, start, last)


def _spans(text: str, detector: LanguageDetector, language: str) -> Iterator[tuple[int, int, str]]:
    """Paragraphs of one language gathered up to the length of a passage, long ones cut."""
    start = end = words = 0
    spoken = language
    for paragraph_start, paragraph_end in _paragraphs(text):
        paragraph = text[paragraph_start:paragraph_end]
        tongue = detector.detect(paragraph, context=language)
        limit = _WORDS.get(tongue, _DEFAULT_WORDS)
        for first, last in _pieces(paragraph, limit):
            count = paragraph[first:last].count(" ") + 1
            if words and (tongue != spoken or words + count > limit):
                yield start, end, spoken
                words = 0
            if not words:
                start, spoken = paragraph_start + first, tongue
            end = paragraph_start + last
            words += count
    if words:
        yield start, end, spoken


def _pieces(paragraph: str, limit: int) -> Iterator[tuple[int, int]]:
    """A paragraph whole if it fits, else its sentences; a sentence without end is cut by words."""
    if paragraph.count(" ") < limit:
        yield 0, len(paragraph)
        return
    for start, end in sentences(paragraph):
        position = start
        for count, blank in enumerate(re.finditer(r"\s+", paragraph[start:end]), 1):
            if count % limit == 0:
                yield position, start + blank.start()
                position = start + blank.end()
        if position < end:
            yield position, end


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _PARAGRAPH.finditer(text):
        yield from _trimmed(text, start, gap.start())
        start = gap.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
