"""ISBN, ISSN, DOI, URN and handle in a text; numbers count with a right check digit only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Scheme = Literal["isbn", "issn", "doi", "urn", "handle"]

_DASH = r"\-\u2010-\u2014\u00ad"
_ISBN = re.compile(
    rf"(?<![\d{_DASH}])(?:97[89][{_DASH} ]?)?\d(?:[{_DASH} ]?\d){{8}}[{_DASH} ]?[\dXx]\b"
)
_ISBN_NEAR = re.compile(r"ISBN", re.IGNORECASE)
_ISSN = re.compile(rf"(?<![\d{_DASH}])(\d{{4}})[{_DASH} ]+(\d{{3}}[\dXx])(?![\d{_DASH}])")
_ISSN_NEAR = re.compile(r"ISSN", re.IGNORECASE)
_ISSN_LAST = re.compile(r"^.*ISSN.*\n\s*$", re.IGNORECASE | re.MULTILINE)
"""The line above: of a print and a digital edition the first alone may bear the word."""

_NEAR = 40
_LISTED = 120
_DOI = re.compile(r"(?<![\w.])10\.\d{4,9}/[^\s\"<>|]+")
_DOI_BEFORE = re.compile(r"doi(?:\.org/|\s*[:=]?\s*)$", re.IGNORECASE)
_URN = re.compile(r"\burn:[a-z0-9][a-z0-9-]{1,31}:[^\s\"<>|,;)\]]+", re.IGNORECASE)
_HANDLE = re.compile(r"\bhdl\.handle\.net/(\d[\d.]*/[\w./-]+)|\bhdl:(\d[\d.]*/[\w./-]+)")
_TRAILING = ".,;:)]}'’”"


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier at characters `start`..`end`; `labelled` when its scheme is named beside it.

    ISBN without hyphens, ISSN with one, DOI from "10." on, URN with its prefix.
    """

    scheme: Scheme
    value: str
    start: int
    end: int
    labelled: bool


def find_identifiers(text: str) -> Iterator[Identifier]:
    """Every identifier of `text`, scheme by scheme, in order of place."""
    for match in _ISBN.finditer(text):
        digits = re.sub(r"[^\dXx]", "", match.group()).upper()
        near = bool(_ISBN_NEAR.search(text[max(0, match.start() - _NEAR) : match.start()]))
        if is_isbn(digits) and (near or (len(digits) == 13 and match.group().count("-") >= 3)):
            yield Identifier("isbn", digits, match.start(), match.end(), near)
    for match in _ISSN.finditer(text):
        value = f"{match.group(1)}-{match.group(2).upper()}"
        before = text[max(0, match.start() - _LISTED) : match.start()]
        listed = before.endswith("\n") and _ISSN_LAST.search(before)
        near = bool(listed or _ISSN_NEAR.search(before[-_NEAR:]))
        if near and is_issn(value):
            yield Identifier("issn", value, match.start(), match.end(), near)
    for match in _DOI.finditer(text):
        value = _untrailed(match.group())
        near = bool(_DOI_BEFORE.search(text[max(0, match.start() - 16) : match.start()]))
        yield Identifier("doi", value, match.start(), match.start() + len(value), near)
    for match in _URN.finditer(text):
        value = _untrailed(match.group())
        yield Identifier("urn", value, match.start(), match.start() + len(value), True)
    for match in _HANDLE.finditer(text):
        value = _untrailed(match.group(1) or match.group(2))
        start = match.start(1) if match.group(1) else match.start(2)
        yield Identifier("handle", value, start, start + len(value), True)


def is_isbn(digits: str) -> bool:
    """Whether ten or thirteen characters carry the right check digit (ISO 2108)."""
    if len(digits) == 13 and digits.isdecimal():
        return sum(int(d) * (1, 3)[i % 2] for i, d in enumerate(digits)) % 10 == 0
    if len(digits) == 10 and digits[:9].isdecimal():
        total = sum(int(d) * (10 - i) for i, d in enumerate(digits[:9]))
        return (total + (10 if digits[9] == "X" else int(digits[9]))) % 11 == 0
    return False


def is_issn(value: str) -> bool:
    """Whether "1234-567X" carries the right check digit (ISO 3297)."""
    digits = value.replace("-", "")
    total = sum(int(d) * (8 - i) for i, d in enumerate(digits[:7]))
    return (total + (10 if digits[7] == "X" else int(digits[7]))) % 11 == 0


def _untrailed(text: str) -> str:
    """Without the stops of the sentence; a closing bracket stays where its opening one is."""
    while text and text[-1] in _TRAILING:
        if text[-1] == ")" and text.count("(") >= text.count(")"):
            break
        text = text[:-1]
    return text
