"""Years of publication as title pages print them: alone, in a date, behind a place, behind ©."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTH = (
    r"(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)kuu(?:n|ta|ssa)?|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"januari|februari|mars|maj|juni|juli|augusti|oktober|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|okt|nov|dec|"
    r"kevät|syksy|kesä|talvi|spring|autumn|fall|summer|winter|våren?|hösten?|sommaren|vintern?|"
    r"kevätlukukausi|syyslukukausi"
)
_Y = r"(?P<year>(?:19|20)\d\d)"
_DATE = (
    rf"(?:\d{{1,2}}\s?[./]\s?\d{{1,2}}\s?[./]\s?{_Y}|{_Y}-\d\d(?:-\d\d)?|\d{{1,2}}\s?/\s?{_Y}|"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|\.)?\s(?:of\s)?)?(?:{_MONTH})\.?,?\s(?:\d{{1,2}},\s)?{_Y}|{_Y})"
)


def _named(pattern: str) -> str:
    """The date pattern with its year groups numbered, as one expression may name a group once."""
    parts = pattern.split("(?P<year>")
    return parts[0] + "".join(f"(?P<year{n}>{part}" for n, part in enumerate(parts[1:]))


_NAMED = _named(_DATE)
_PLACE = r"(?:[A-ZÅÄÖ][\wåäöÅÄÖ.-]+(?:[ -][A-ZÅÄÖ][\wåäö-]+){0,2})"
_ALONE = re.compile(rf"(?:[(\[]?\s*){_NAMED}(?:\s*[)\]])?\.?", re.IGNORECASE)
_PLACED = re.compile(rf"(?P<place>{_PLACE}(?:\s?[,/–-]\s?{_PLACE}){{0,2}})\s?,?\s(?i:{_NAMED})\.?")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*:?\s*(?:©\s*)?(?P<before>[^\d\n]{0,80}?)(?P<year>(?:19|20)\d\d)"
    r"(?:\s?[-–]\s?(?:19|20)\d\d)?(?P<after>[^\n]{0,80})",
    re.IGNORECASE,
)
_HELD = re.compile(r"©\s*(?P<holder>[A-ZÅÄÖ][^\n©]{2,100})")
_PEOPLE = r"(?:(?:the )?authors?|tekijät?|kirjoittajat?|författar(?:e|en|na))"
_AUTHORS_AND = re.compile(rf"\s*{_PEOPLE}\s*(?:,|&|ja|and|och)\s*", re.IGNORECASE)
_HOLDER_END = re.compile(
    rf"[.;]\s|\s(?:ja|and|och|&)\s{_PEOPLE}|\s[–—-]\s|,\s(?!Inc)|\s{_PEOPLE}\b", re.IGNORECASE
)
_ANY = re.compile(rf"(?<![\d/.-]){_NAMED}(?![\d])", re.IGNORECASE)
_TAIL = re.compile(rf"[,·|/–-]\s(?:{_PLACE},?\s)?(?i:{_NAMED})$")
_END = re.compile(rf"(?<=[^\W\d_])\s\d{{1,2}}\.\s?\d{{1,2}}\.\s?{_Y}$")
_HEAD = re.compile(rf"(?i:{_NAMED}),\s[A-ZÅÄÖ]")


@dataclass(frozen=True, slots=True)
class DatedText:
    """A year, and the characters `start`..`end` that give it."""

    year: str
    start: int
    end: int


def date_line(text: str) -> DatedText | None:
    """A line that is nothing but a date or a year: "18.5.2020", "Toukokuu 2017", "2019"."""
    match = _ALONE.fullmatch(text)
    return DatedText(_year(match), 0, len(text)) if match else None


def placed_date(text: str) -> DatedText | None:
    """A line of a place and a date: "Rovaniemi 2018", "Espoo, Finland, May 2020"."""
    match = _PLACED.fullmatch(text)
    return DatedText(_year(match), 0, len(text)) if match else None


def trailing_date(text: str) -> DatedText | None:
    """A date at the end of a line, behind a comma, a dot or a dash: "AMIC · toukokuu 2017"."""
    match = _TAIL.search(text)
    return DatedText(_year(match), match.start() + 2, match.end()) if match else None


def leading_date(text: str) -> DatedText | None:
    """A full date before a place: "21 September 2017, University of Oulu"."""
    match = _HEAD.match(text)
    if match is None or not re.match(r"\d{1,2}[\s.]", text):
        return None
    return DatedText(_year(match), 0, match.end() - 3)


def ending_date(text: str) -> DatedText | None:
    """A full date at the end of a short line, behind who decided: "Hallitus 13.12.2021"."""
    match = _END.search(text) if len(text) <= 60 else None
    return DatedText(match["year"], match.start() + 1, match.end()) if match else None


def dates_in(text: str) -> Iterator[DatedText]:
    """Every date or year of a value."""
    for match in _ANY.finditer(text):
        yield DatedText(_year(match), match.start(), match.end())


@dataclass(frozen=True, slots=True)
class Copyright:
    """A copyright line: its year and who holds it, with places in the text; `holder` may be ""."""

    year: str
    holder: str
    start: int
    end: int
    holder_start: int


def find_copyrights(text: str) -> Iterator[Copyright]:
    """Copyright lines such as "© 2021 GTK", "© Vaasan yliopisto 2020", "© GTK ja tekijät".

    Without a year `year` is "".
    """
    bare = None if _COPYRIGHT.search(text) else _HELD.search(text)
    if bare:
        holder, at = _holder(bare["holder"], bare.start("holder"))
        yield Copyright("", holder, bare.start(), bare.end(), at)
    for match in _COPYRIGHT.finditer(text):
        name = "before" if match["before"].strip(" ,.:") else "after"
        raw = match[name]
        stripped, at = _holder(raw, match.start(name))
        # The latest year of "2018–2020" counts.
        years = re.findall(r"(?:19|20)\d\d", match.group()[: match.end("year") - match.start() + 8])
        yield Copyright(max(years), stripped, match.start(), match.end(), at)


def _holder(raw: str, place: int) -> tuple[str, int]:
    """The holder among "Kirjoittajat ja THL", "GTK ja tekijät", and where it begins."""
    authors = _AUTHORS_AND.match(raw)
    skip = authors.end() if authors else 0
    cut = _HOLDER_END.search(raw, skip)
    holder = raw[skip : cut.start()] if cut else raw[skip:]
    stripped = holder.strip(" ,.:;–-")
    return stripped, place + skip + (holder.index(stripped) if stripped else 0)


def _year(match: re.Match[str]) -> str:
    return next(value for name, value in match.groupdict().items() if value and "year" in name)
