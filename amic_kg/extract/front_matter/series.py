"""Series and numbers: "Geologian tutkimuskeskus, Tutkimusraportti 234", "Sarja B 12/2019"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

_WORD = (
    r"(?:tutkimus|\w*(?:julkaisu(?:ja|sarja|t)?|sarja|raportteja|raportti|raportit|tutkimuksia|"
    r"tutkimusraportti|"
    r"selvityksiä|selvitys|muistioita|työpaperi(?:t)?|väitöskirjat?|oppaita|opas|aikakauskirja|"
    r"tilastoja|"
    r"työraportti|arkistoraportti|bulletin|report|reports|publications?|proceedings|papers?|"
    r"series|studies|"
    r"dissertations?|acta|annales|monographs?|discussion|memorandum|notes|"
    r"publikation(?:er)?|skrift(?:er)?|serie|rapport(?:er)?|avhandlingar|meddelanden|produktion|"
    r"comments|puheenvuoroja|tiiviisti|tueksi|oppimateriaaleja))"
)
_NUMBER = (
    r"(?P<number>(?:(?:nro|n:o|no|nr|vol|nummer|number)\.?\s?)?(?:(?!(?:19|20)\d\d\s?[–-])\d{1,4}\s?[/:|–-]\s?(?:19|20)\d\d|"
    r"(?:19|20)\d\d\s?[/:]\s?\d{1,4}|[A-Z]?\d{1,4}(?:\.\d+)?))"
)
_SERIES = re.compile(
    rf"^(?P<name>(?=[A-ZÅÄÖ])(?:.{{0,90}}?\b)?{_WORD}\b.{{0,60}}?)[\s,;:–|-]+{_NUMBER}\.?$",
    re.IGNORECASE,
)
_BARE = re.compile(rf"^(?P<name>.{{4,110}}?)[\s,;:–|]+{_NUMBER}\.?$", re.IGNORECASE)
_OF_JOURNAL = re.compile(r"\d\s?\(\d|\bpp?\.|(?<![/:])\b\d{1,4}\s?[–-]\s?\d{1,4}\.?$")
"""Volume and pages of an article, not a number in a series."""

_YEAR = re.compile(r"(?:19|20)\d\d")


# Names that are of a series without any number beside them.
_NAME = re.compile(
    r"^(?:acta\s(?:universitatis\s)?\w+(?:\s[A-Z](?:\s\w+)?)?|annales\suniversitatis\s\w+.{0,40}|"
    r"(?:sarja|series|serie)\s[A-Z]\d?\b[.:]?(?:\s.{3,80})?|"
    r"(?:forskningsrapporter|rapporter|skrifter|publikationer|meddelanden)\sfrån\s.{5,60}|"
    r"(?:publications|reports|dissertations|studies|working\spapers)\s(?:of|in|"
    r"from)\s(?:the\s)?[A-Z].{4,70}|"
    r"tietoa\styöstä|xamk\s(?:kehittää|tutkii|inspiroi)|päätösten\stueksi|"
    r"tutkimuksesta\stiiviisti|suomen\sympäristö)$",
    re.IGNORECASE,
)
_ENDS_OPEN = re.compile(
    r"(?:universitatis|rapporter|skrifter|publikationer|från|of|the|in)$", re.IGNORECASE
)
_SECTION = re.compile(r"^[A-Z]\d?(?:[.:]?\s[A-ZÅÄÖ][\w ,]{3,60})?$")
_GOES_ON = re.compile(r"julkaisu|raport|tutkimu|selvity|publikation|rapport|skrift")
"""The second line of a series whose first is its publisher: "julkaisusarja, osa 27"."""

_ENDS_IN_WORD = re.compile(rf"(?:^|\s|-){_WORD}[.,:]?$", re.IGNORECASE)
_LONGEST_NAME = 110
_NUMBER_LINE = re.compile(rf"^{_NUMBER}(?:\s?\((?:19|20)\d\d\))?$", re.IGNORECASE)


_PARENT = re.compile(
    r"^[A-ZÅÄÖ][^:.]{3,90}?(?:julkaisuja|julkaisut|julkaisu|julkaisusarja|raportteja|publications?|"
    r"publication series|reports|publikation(?:er)?|rapporter|skriftserie)[.,:]?$|"
    r"^(?:publications|reports) of [^.:\d]{4,80}$",
    re.IGNORECASE,
)
"""The name of a publisher's series, whose parts or numbers stand on the next line."""

_PART = re.compile(
    r"^(?:(?P<letter>[A-Z])[.:]\s[A-ZÅÄÖ][\w ,]{3,60}?|(?:sarja|series|serie)\s[A-Z]|"
    r"[\w-]+[- ](?:sarja|serien|serie|series)(?::?\s[A-ZÅÄÖ][\wåäö]*)?|"
    r"(?:doctoral\s|licentiate\s)?(?:dissertations|theses)(?:\sin\s[^.:\d]{4,70})?|"
    r"(?:reports\sand\s)?studies\sin\s[^.:\d]{4,70}|"
    r"[A-ZÅÄÖ][^.:]{2,60}?(?:raportteja|raportit|reports|rapporter))"
    rf"(?:[\s,.:]+{_NUMBER})?$",
    re.IGNORECASE,
)
_BODY_GENITIVE = re.compile(
    r"(?:keskuksen|laitoksen|hallituksen|liiton|ministeriön|viraston|yliopiston|korkeakoulun|"
    r"yhdistyksen|kaupungin|kunnan|seuran|instituutin|kanslian|akatemian)$|"
    r"(?:ministeriets|universitets|institutets|verkets|akademis|centrale?n?s|högskolans?|styrelsens)$",
    re.IGNORECASE,
)
"""A publisher in the genitive: its series is named on the next line."""

_BY_YEAR = re.compile(
    r"^(?P<name>[A-ZÅÄÖ][\w-]+(?:\s[\w-]+){0,4})\s(?P<number>(?:19|20)\d\d:\d{1,4})$"
)
"""A number in a series of a year, "2016:533": it needs no other sign of one."""

_OPEN_END = re.compile(r"(?:\s(?:ja|och|and|of|sekä)|,)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Series:
    """`value` is the name with its number as printed, on one line; `number` may be "".

    `lines` counts the lines that it takes.
    """

    value: str
    number: str
    lines: int = 1


def series_name(lines: Sequence[str]) -> Series | None:
    """A series known by its name alone at the first of `lines`, with its section and number.

    "Acta Universitatis Ouluensis", "C Technica"; "Rapporter från X", "No 162 (2022)".
    """
    block = series_block(lines)
    if block:
        return block
    if not lines or len(lines[0]) > _LONGEST_NAME or lines[0].endswith("."):
        return None
    taken = 2 if len(lines) > 1 and _ENDS_OPEN.search(lines[0]) else 1
    value = " ".join(" ".join(lines[:taken]).split())
    numbered = series_line(value) if taken == 2 else None
    if numbered:
        return replace(numbered, lines=2)
    if not _NAME.match(value):
        return None
    rest = lines[taken:]
    if rest and _SECTION.match(rest[0]):
        value, taken, rest = f"{value} {rest[0]}", taken + 1, rest[1:]
    number = _NUMBER_LINE.match(rest[0]) if rest else None
    if number and not _YEAR.fullmatch(number["number"]):
        return Series(value, _number(number["number"]), taken + 1)
    return Series(value, "", taken)


def series_block(lines: Sequence[str]) -> Series | None:
    """A series at the first of `lines` whose name or number goes on in the lines below it.

    "Seinäjoen ammattikorkeakoulun julkaisusarja", "B. Raportteja 168"; "Traficomin julkaisuja",
    "4/2022". "Sarja B. Tutkimusraportit" is a name of its own, whatever stands above it.
    """
    if len(lines) < 2 or len(lines[0]) > _LONGEST_NAME:
        return None
    begun = _OPEN_END.search(lines[0]) or _GOES_ON.match(lines[1])
    of_body = _BODY_GENITIVE.search(lines[0]) and re.match(_WORD, lines[1], re.IGNORECASE)
    if of_body and series_line(f"{lines[0]} {lines[1]}") is None:
        of_body = None
    if of_body or (begun and lines[1][:1].islower()):
        joined = series_line(f"{lines[0]} {lines[1]}")
        return replace(joined, lines=2) if joined else None
    number = _NUMBER_LINE.match(lines[1])
    if number and not _YEAR.fullmatch(number["number"]) and _ENDS_IN_WORD.search(lines[0]):
        shown = _number_text(number["number"])
        return Series(f"{lines[0].rstrip(' ,.:')} {shown}", _number(number["number"]), 2)
    if not _PARENT.match(lines[0]):
        return None
    part = _PART.match(lines[1])
    if part is None:
        return None
    between = " " if part["letter"] else ", "
    value, taken, shown = lines[0].rstrip(" ,.:") + between + lines[1], 2, part["number"] or ""
    below = _NUMBER_LINE.match(lines[2]) if len(lines) > 2 and not shown else None
    if below and not _YEAR.fullmatch(below["number"]):
        value, taken, shown = f"{value} {_number_text(below['number'])}", 3, below["number"]
    return Series(" ".join(value.split()), _number(shown), taken)


def series_line(text: str) -> Series | None:
    """A cover's or imprint's line that gives a series and the number in it."""
    match = (_SERIES.match(text) or _BY_YEAR.match(text)) if len(text) <= 160 else None
    if match is None or _YEAR.fullmatch(match["number"]):
        return None
    if _OF_JOURNAL.search(text):
        return None
    if "@" in text or "://" in text or re.search(r"\b(?:isbn|issn|urn|doi)\b", text, re.IGNORECASE):
        return None
    value = f"{text[: match.start('number')]}{_number_text(match['number'])}"
    return Series(" ".join(value.split()), _number(match["number"]))


def series_value(text: str) -> Series:
    """The value behind a label, with or without number."""
    flat = " ".join(text.split()).rstrip(".")
    match = _BARE.match(flat)
    if match is None or _YEAR.fullmatch(match["number"]):
        return Series(flat, "")
    return Series(flat, _number(match["number"]))


def _number_text(text: str) -> str:
    """The number with a slash: "45 | 2017" is 45/2017."""
    return re.sub(r"\s?\|\s?", "/", text.strip())


def _number(text: str) -> str:
    bare = re.sub(
        r"^(?:nro|n:o|no|nr|vol|nummer|number)\.?\s?", "", text.strip(), flags=re.IGNORECASE
    )
    return _number_text(bare)
