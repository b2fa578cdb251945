"""From the lines of a laid-out page back to running text: hyphens, running heads, paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median

_LINE_HYPHEN = "\ufffe"
"""Where PDFium found a hyphen at a line end it leaves this non-character and no line break."""

_HANGING = r"(?:tai|sekä|och|eller|and)\b"
"""After a hyphen that stands for the rest of a word: "hydro- tai pyrometallurgia". Words that end
others ("ja" in "johta-ja", "or" in "gruv-or") cannot be told from them."""
_HANGING_SOFT = re.compile(f"\ufffe(?={_HANGING})")
_SOFT = re.compile("(\\w)(?:\ufffe|\u00ad\\s*\\n|\x02)(\\w)")
_HARD = re.compile(rf"([a-zåäöé])-\n(?!{_HANGING})([a-zåäöé])")
_PAGE_HYPHEN = re.compile(r"([a-zåäöé])[-\u00ad]$")
_FIRST_WORD = re.compile(rf"(?!{_HANGING})([a-zåäöé])\S*\s*")
_VOWELS = "aeiouyåäö"

_EDGE_LINES = 3
_SHARE = 0.4
_PAGE_NUMBER = re.compile(
    r"^[\W_]*(?:(?:page|sivu|sida|s\.)\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*[(/]\s*\d+\s*\)?)?[\W_]*$",
    re.IGNORECASE,
)

_SENTENCE_END = (".", "!", "?", ":", "…", ".”", '."', ".)")


def join_hyphens(text: str) -> str:
    """Rejoin words parted at line ends, keeping the hyphens that belong to the word.

    A Finnish compound keeps its hyphen between two equal vowels (rikastushiekka-allas); a hyphen
    before a capital or after a digit or an acronym is a real one too.
    """

    def soft(match: re.Match[str]) -> str:
        before, after = match.groups()
        return f"{before}-{after}" if _keeps_hyphen(before, after) else before + after

    def hard(match: re.Match[str]) -> str:
        before, after = match.groups()
        return f"{before}-{after}" if _keeps_hyphen(before, after) else before + after

    joined = _HARD.sub(hard, _SOFT.sub(soft, _HANGING_SOFT.sub("- ", text)))
    return joined.replace(_LINE_HYPHEN, "-").replace("\u00ad", "")


def _keeps_hyphen(before: str, after: str) -> bool:
    return (
        (before == after and before in _VOWELS)
        or after.isupper()
        or before.isupper()
        or before.isdigit()
        or after.isdigit()
    )


def strip_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """Leave out headers and footers: lines at the edges that many pages share but for numbers."""
    counts: Counter[tuple[str, str]] = Counter()
    for lines in pages:
        counts.update({(edge, _shape(line)) for edge, _, line in _edges(lines)})
    least = max(2.0, _SHARE * len(pages))
    kept = []
    for lines in pages:
        gone = {
            index
            for edge, index, line in _edges(lines)
            if (len(pages) > 1 and counts[edge, _shape(line)] >= least and _shape(line))
            or (len(pages) > 1 and _PAGE_NUMBER.match(line.strip()))
        }
        rest = [line for index, line in enumerate(lines) if index not in gone]
        # A page that would be left empty says nothing else: then its lines are its text.
        kept.append(rest if any(map(str.strip, rest)) else lines)
    return kept


def join_pages(pages: list[list[str]]) -> list[list[str]]:
    """Rejoin words parted at page ends: the whole word stands where it begins."""
    joined = [list(lines) for lines in pages]
    for this, following in pairwise(joined):
        last = next((i for i in range(len(this) - 1, -1, -1) if this[i].strip()), None)
        first = next((i for i, line in enumerate(following) if line.strip()), None)
        if last is None or first is None:
            continue
        begun, rest = this[last].rstrip(), following[first].lstrip()
        end, word = _PAGE_HYPHEN.search(begun), _FIRST_WORD.match(rest)
        # A page that held nothing but the rest of the word would be left without text.
        if end and word and (word.end() < len(rest) or first + 1 < len(following)):
            kept = begun if _keeps_hyphen(end[1], word[1]) else begun[:-1]
            this[last] = kept + word[0].rstrip()
            following[first] = rest[word.end() :]
    return joined


def _edges(lines: list[str]) -> list[tuple[str, int, str]]:
    filled = [(index, line) for index, line in enumerate(lines) if line.strip()]
    top = [("top", index, line) for index, line in filled[:_EDGE_LINES]]
    bottom = [("bottom", index, line) for index, line in filled[_EDGE_LINES:][-_EDGE_LINES:]]
    return top + bottom


def _shape(line: str) -> str:
    return re.sub(r"\d+|\b[ivxl]+\b", "#", re.sub(r"\s+", " ", line).strip().lower())


def mark_paragraphs(lines: list[str]) -> str:
    """Lines as text with an empty line between paragraphs, and around headings.

    A line that ends a sentence short of the margin ends a paragraph; a short line without a full
    stop that begins with a capital or a number is a heading.
    """
    lengths = [len(line.strip()) for line in lines if len(line.strip()) > 20]
    width = median(lengths) if lengths else 60
    pieces: list[str] = []
    for index, line in enumerate(lines):
        text = line.strip()
        following = lines[index + 1].strip() if index + 1 < len(lines) else ""
        pieces.append(text + "\n")
        if (
            text
            and following
            and (_ends_paragraph(text, width) or _starts_anew(text, following, width))
        ):
            pieces.append("\n")
    return "".join(pieces)


def _ends_paragraph(text: str, width: float) -> bool:
    return text.endswith(_SENTENCE_END) and len(text) < 0.85 * width


def _starts_anew(text: str, following: str, width: float) -> bool:
    if text.endswith((",", ";", "-", "–")):
        return False
    # A line far short of the margin is the last of its paragraph, or a heading.
    if len(text) < 0.6 * width and following[:1].isupper():
        return True
    return _is_heading(following, width) and text.endswith(_SENTENCE_END)


def _is_heading(text: str, width: float) -> bool:
    return (
        len(text) < 0.7 * width
        and not text.endswith((".", ",", ";", "-"))
        and (text[0].isupper() or bool(re.match(r"\d+(\.\d+)*\.?\s+\w", text)))
    )
