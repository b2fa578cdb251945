"""Series and numbers: "Geologian tutkimuskeskus, Tutkimusraportti 234", "Sarja B 12/2019"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = (
    r"\w*(?:julkaisu(?:ja|sarja|t)?|sarja|raportteja|raportti|raportit|tutkimuksia|tutkimusraportti|"
    r"selvityksiä|selvitys|muistioita|työpaperi(?:t)?|väitöskirjat?|oppaita|opas|aikakauskirja|tilastoja|"
    r"työraportti|arkistoraportti|bulletin|report|reports|publications?|proceedings|papers?|series|studies|"
    r"dissertations?|acta|annales|monographs?|discussion|memorandum|notes|"
    r"publikation(?:er)?|skrift(?:er)?|serie|rapport(?:er)?|avhandlingar|meddelanden|produktion|"
    r"comments|puheenvuoroja|tiiviisti|tueksi|oppimateriaaleja)"
)
_NUMBER = (
    r"(?P<number>(?:(?:nro|n:o|no|nr|vol|nro\.)\.?\s?)?(?:\d{1,4}\s?[/:–-]\s?(?:19|20)\d\d|"
    r"(?:19|20)\d\d\s?[/:]\s?\d{1,4}|[A-Z]?\d{1,4}(?:\.\d+)?))"
)
_SERIES = re.compile(
    rf"^(?P<name>(?=[A-ZÅÄÖ])(?:.{{0,90}}?\b)?{_WORD}\b.{{0,60}}?)[\s,;:–|-]+{_NUMBER}\.?$",
    re.IGNORECASE,
)
_BARE = re.compile(rf"^(?P<name>.{{4,110}}?)[\s,;:–|]+{_NUMBER}\.?$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Series:
    """`value` is the name with its number as printed, on one line; `number` may be ""."""

    value: str
    number: str


def series_line(text: str) -> Series | None:
    """A cover's or imprint's line that gives a series and the number in it."""
    match = _SERIES.match(text) if len(text) <= 160 else None
    if match is None or _YEAR.fullmatch(match["number"]):
        return None
    if "@" in text or "://" in text or re.search(r"\b(?:isbn|issn|urn|doi)\b", text, re.IGNORECASE):
        return None
    return Series(" ".join(text.rstrip(".").split()), _number(match["number"]))


def series_value(text: str) -> Series:
    """The value behind a label, with or without number."""
    flat = " ".join(text.split()).rstrip(".")
    match = _BARE.match(flat)
    if match is None or _YEAR.fullmatch(match["number"]):
        return Series(flat, "")
    return Series(flat, _number(match["number"]))


def _number(text: str) -> str:
    return re.sub(r"^(?:nro|n:o|no|nr|vol)\.?\s?", "", text.strip(), flags=re.IGNORECASE)
