"""Dates as catalogues write them, to ISO 8601 at the precision that they have."""

from __future__ import annotations

import re
from calendar import monthrange

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?=$|[t\s])")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})\s?[./]\s?)?(\d{1,2})\s?[./]\s?(\d{4})$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "tammikuu january januari jan",
            "helmikuu february februari feb",
            "maaliskuu march mars mar",
            "huhtikuu april apr",
            "toukokuu may maj",
            "kesäkuu june juni jun",
            "heinäkuu july juli jul",
            "elokuu august augusti aug",
            "syyskuu september sep sept",
            "lokakuu october oktober oct okt",
            "marraskuu november nov",
            "joulukuu december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_NAMED = re.compile(r"(?:(\d{1,2})\.?\s+)?([a-zäö]+?)(?:ta|n)?\.?\s+(?:(\d{1,2}),\s+)?(\d{4})")


def iso_date(value: str) -> str | None:
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`; a part that cannot be is left out with what follows it.

    A month before the day is read so only when it is a name: figures are read as in Finland.
    """
    text = value.strip().casefold()
    if match := _ISO.match(text):
        return _joined(match[1], match[2], match[3])
    if match := _COMPACT.fullmatch(text):
        return _joined(*match.groups())
    if match := _DAY_FIRST.fullmatch(text):
        return _joined(match[3], match[2], match[1])
    match = _NAMED.search(text)
    if match and (month := _MONTHS.get(match[2])):
        return _joined(match[4], str(month), match[1] or match[3])
    years = _YEAR.findall(text)
    return years[0] if len(set(years)) == 1 else None


def _joined(year: str, month: str | None, day: str | None) -> str | None:
    if not 1500 <= int(year) <= 2200:
        return None
    if not month or not 1 <= int(month) <= 12:
        return year
    if not day or not 1 <= int(day) <= monthrange(int(year), int(month))[1]:
        return f"{year}-{int(month):02}"
    return f"{year}-{int(month):02}-{int(day):02}"
