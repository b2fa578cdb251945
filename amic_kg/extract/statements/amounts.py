# ruff: noqa: E501 -- an alternative of words stands on one line
"""Dates, spans of time, sums of euros and counts as texts in three languages write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_MONTHS = {
    1: "tammiku|january|jan|januari",
    2: "helmiku|february|feb|februari",
    3: "maalisku|march|mar|mars",
    4: "huhtiku|april|apr",
    5: "toukoku|may|maj",
    6: "kesäku|june|jun|juni",
    7: "heinäku|july|jul|juli",
    8: "eloku|august|aug|augusti",
    9: "syysku|september|sept|sep",
    10: "lokaku|october|oct|oktober",
    11: "marrasku|november|nov",
    12: "jouluku|december|dec",
}
_MONTH = "|".join(
    sorted((name for names in _MONTHS.values() for name in names.split("|")), key=len, reverse=True)
)
_NUMBER_OF = {name: number for number, names in _MONTHS.items() for name in names.split("|")}
_YEAR = r"(?:19|20)\d\d"
_MONTH_WORD = rf"(?:{_MONTH})(?:u(?:n|ssa|sta|hun)?|un|ussa|usta|uta)?\.?"

_DATE = re.compile(
    rf"(?P<iso>{_YEAR}-\d\d-\d\d)"
    rf"|(?P<d1>\d{{1,2}})\.\s?(?P<m1>\d{{1,2}})\.\s?(?P<y1>{_YEAR})"
    rf"|(?P<d2>\d{{1,2}})(?:\.|st|nd|rd|th)?\s(?:of\s)?(?P<w2>{_MONTH_WORD})\s(?:vuonna\s|år\s)?(?P<y2>{_YEAR})"
    rf"|(?P<w4>{_MONTH_WORD})\s(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,\s(?P<y4>{_YEAR})"
    rf"|(?P<w3>{_MONTH_WORD})\s(?:vuonna\s|vuoden\s|år\s|of\s)?(?P<y3>{_YEAR})"
    rf"|(?P<m5>\d{{1,2}})/(?P<y5>{_YEAR})"
    rf"|(?P<y>{_YEAR})",
    re.IGNORECASE,
)
_HAS_YEAR = re.compile(_YEAR)
_TO = re.compile(r"\s*(?:[–—-]|(?:to|until|till|and|ja|och)(?: den| the)?)\s*", re.IGNORECASE)
_BOUND_BEFORE = re.compile(r"[\d/.,:-]$")
_SPAN_BEFORE, _SPAN_AFTER = re.compile(rf"{_YEAR}[–—-]$"), re.compile(rf"-{_YEAR}")
_BOUND_AFTER = re.compile(r"^(?:[\d/%]|[.,:-]\d|\s*(?:%|€|euro))")

_SIZE = r"\d{1,3}(?:[   ]\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+|\d+(?:[.,]\d+)?"
_SCALE = {
    "miljoon": 1_000_000, "milj": 1_000_000, "million": 1_000_000, "m": 1_000_000,
    "mn": 1_000_000, "miljon": 1_000_000, "tuhat": 1_000, "tuhannen": 1_000, "thousand": 1_000,
    "k": 1_000, "t": 1_000, "tusen": 1_000, "miljard": 10**9, "billion": 10**9,
}  # fmt: skip
_SCALE_WORD = (
    r"(?P<{0}>miljoon(?:aa|an|a)?|milj\.?|million|mn|miljoner|miljon|tuhat(?:ta)?|tuhannen|"
    r"thousand|tusen|miljardia?|billion|M|m|k|t)"
)
_EURO = re.compile(
    rf"(?:EUR|€)\s?(?P<n1>{_SIZE})(?:\s?{_SCALE_WORD.format('s1')}\b)?"
    rf"|(?P<n2>{_SIZE})\s?(?:{_SCALE_WORD.format('s2')}\s?)?(?:€|euro(?:a|n|jen|ja|s)?\b|EUR\b)",
)
_HAS_EURO = re.compile(r"€|euro|EUR")

COUNT = r"\d{1,3}(?:[   ]\d{3})+|\d{1,3}(?:,\d{3})+|\d{1,6}"
_COUNT_WORDS = {
    "kaksi": 2, "kahta": 2, "kolme": 3, "kolmea": 3, "neljä": 4, "neljää": 4, "viisi": 5,
    "viittä": 5, "kuusi": 6, "kuutta": 6, "seitsemän": 7, "seitsemää": 7, "kahdeksan": 8,
    "kahdeksaa": 8, "yhdeksän": 9, "yhdeksää": 9, "kymmenen": 10, "kymmentä": 10,
    "yksitoista": 11, "kaksitoista": 12, "kahtatoista": 12, "kolmetoista": 13,
    "neljätoista": 14, "viisitoista": 15, "kuusitoista": 16, "seitsemäntoista": 17,
    "kahdeksantoista": 18, "yhdeksäntoista": 19, "kaksikymmentä": 20, "kolmekymmentä": 30,
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7,
    "åtta": 8, "nio": 9, "tio": 10, "elva": 11, "tolv": 12, "tretton": 13, "fjorton": 14,
    "femton": 15, "sexton": 16, "sjutton": 17, "arton": 18, "nitton": 19, "tjugo": 20,
    "trettio": 30, "fyrtio": 40, "femtio": 50,
}  # fmt: skip
COUNT_OR_WORD = rf"(?:{COUNT}|{'|'.join(sorted(_COUNT_WORDS, key=len, reverse=True))})"
_HAS_COUNT = re.compile(rf"(?<!\w){COUNT_OR_WORD}(?!\w)")


def has_count(text: str) -> bool:
    """Whether a number, in digits or as a word, stands in a text of lower case."""
    return bool(_HAS_COUNT.search(text))


@dataclass(frozen=True, slots=True)
class Time:
    """A day, month or year at characters `start`..`end`, as ISO 8601; `until` ends a span."""

    start: int
    end: int
    value: str
    until: str | None = None


def datatype_of(value: str) -> str:
    """The XSD type of a date by its precision."""
    return {4: "gYear", 7: "gYearMonth", 10: "date"}[len(value)]


def find_times(text: str) -> list[Time]:
    """Dates of `text` in order; two that a dash or "to" joins are one span."""
    found: list[Time] = []
    single = list(_single_times(text))
    index = 0
    while index < len(single):
        time = single[index]
        after = single[index + 1] if index + 1 < len(single) else None
        if after is not None and _TO.fullmatch(text, time.end, after.start):
            dash = any(mark in text[time.end : after.start] for mark in "–—-")
            introduced = re.search(
                r"(?:from|between|från|mellan|ajalla|välillä|vuosina|åren)(?: den| the)?\s+$",
                text[: time.start],
                re.I,
            )
            if (dash or introduced) and time.value[:4] <= after.value[:4]:
                found.append(Time(time.start, after.end, time.value, after.value))
                index += 2
                continue
        found.append(time)
        index += 1
    return found


def find_euros(text: str) -> Iterator[tuple[int, int, str]]:
    """Sums of euros as (start, end, decimal number)."""
    if not _HAS_EURO.search(text):
        return
    for match in _EURO.finditer(text):
        size = match["n1"] or match["n2"]
        scale = (match["s1"] or match["s2"] or "").lower().rstrip(".")
        factor = next((value for word, value in _SCALE.items() if scale == word), None) or next(
            (value for word, value in _SCALE.items() if scale.startswith(word) and len(word) > 2), 1
        )
        amount = Decimal(_plain(size)) * factor
        yield match.start(), match.end(), f"{amount.normalize():f}"


def read_count(text: str) -> int | None:
    """'1 200', '1,200', '24' or a small number in words."""
    word = text.strip().lower()
    if word in _COUNT_WORDS:
        return _COUNT_WORDS[word]
    digits = re.sub(r"[   ,]", "", word)
    return int(digits) if digits.isdigit() else None


def _single_times(text: str) -> Iterator[Time]:
    if not _HAS_YEAR.search(text):
        return
    for match in _DATE.finditer(text):
        if match["y"] and not _is_year(text, match.start(), match.end()):
            continue
        value = _iso(match)
        if value is not None:
            yield Time(match.start(), match.end(), value)


def _is_year(text: str, start: int, end: int) -> bool:
    """Four digits that stand alone, or in "2016-2018"; no part of a number or a date."""
    if _BOUND_BEFORE.search(text[:start]) and not _SPAN_BEFORE.search(text[:start]):
        return False
    return not _BOUND_AFTER.match(text[end:]) or bool(_SPAN_AFTER.match(text[end:]))


def _iso(match: re.Match[str]) -> str | None:
    if match["iso"]:
        year, month, day = (int(part) for part in match["iso"].split("-"))
    elif match["y1"]:
        year, month, day = int(match["y1"]), int(match["m1"]), int(match["d1"])
    elif match["y2"]:
        year, month, day = int(match["y2"]), _month(match["w2"]), int(match["d2"])
    elif match["y4"]:
        year, month, day = int(match["y4"]), _month(match["w4"]), int(match["d4"])
    elif match["y3"]:
        return f"{match['y3']}-{_month(match['w3']):02d}"
    elif match["y5"]:
        month = int(match["m5"])
        return f"{match['y5']}-{month:02d}" if 1 <= month <= 12 else None
    else:
        return match["y"]
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _month(word: str) -> int:
    folded = word.lower().rstrip(".")
    best = max((name for name in _NUMBER_OF if folded.startswith(name)), key=len)
    return _NUMBER_OF[best]


def _plain(size: str) -> str:
    """The number as Decimal reads it: blanks and separators of thousands gone."""
    compact = re.sub(r"[   ]", "", size)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", compact):
        return compact.replace(",", "")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", compact):
        return compact.replace(".", "")
    return compact.replace(",", ".")
