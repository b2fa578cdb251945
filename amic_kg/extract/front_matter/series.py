"""Series and numbers: "Geologian tutkimuskeskus, Tutkimusraportti 234", "Sarja B 12/2019"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = (
    r"\w*(?:julkaisu(?:ja|sarja|t)?|sarja|raportteja|raportti|raportit|tutkimuksia|"
    r"tutkimusraportti|"
    r"selvityksiä|selvitys|muistioita|työpaperi(?:t)?|väitöskirjat?|oppaita|opas|aikakauskirja|"
    r"tilastoja|"
    r"työraportti|arkistoraportti|bulletin|report|reports|publications?|proceedings|papers?|"
    r"series|studies|"
    r"dissertations?|acta|annales|monographs?|discussion|memorandum|notes|"
    r"publikation(?:er)?|skrift(?:er)?|serie|rapport(?:er)?|avhandlingar|meddelanden|produktion|"
    r"comments|puheenvuoroja|tiiviisti|tueksi|oppimateriaaleja)"
)
_NUMBER = (
    r"(?P<number>(?:(?:nro|n:o|no|nr|vol|nro\.)\.?\s?)?(?:\d{1,4}\s?[/:|–-]\s?(?:19|20)\d\d|"
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
    r"from)\s(?:the\s)?[A-Z].{4,70})$",
    re.IGNORECASE,
)
_ENDS_OPEN = re.compile(
    r"(?:universitatis|rapporter|skrifter|publikationer|från|of|the|in)$", re.IGNORECASE
)
_SECTION = re.compile(r"^[A-Z]\d?(?:[.:]?\s[A-ZÅÄÖ][\w ,]{3,60})?$")
_NUMBER_LINE = re.compile(rf"^{_NUMBER}(?:\s?\((?:19|20)\d\d\))?$", re.IGNORECASE)


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
    if not lines or len(lines[0]) > 110 or lines[0].endswith("."):
        return None
    taken = 2 if len(lines) > 1 and _ENDS_OPEN.search(lines[0]) else 1
    value = " ".join(" ".join(lines[:taken]).split())
    if not _NAME.match(value):
        return None
    rest = lines[taken:]
    if rest and _SECTION.match(rest[0]):
        value, taken, rest = f"{value} {rest[0]}", taken + 1, rest[1:]
    number = _NUMBER_LINE.match(rest[0]) if rest else None
    if number and not _YEAR.fullmatch(number["number"]):
        return Series(value, _number(number["number"]), taken + 1)
    return Series(value, "", taken)


def series_line(text: str) -> Series | None:
    """A cover's or imprint's line that gives a series and the number in it."""
    match = _SERIES.match(text) if len(text) <= 160 else None
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
    bare = re.sub(r"^(?:nro|n:o|no|nr|vol)\.?\s?", "", text.strip(), flags=re.IGNORECASE)
    return _number_text(bare)
