"""Which projects and calls are wanted: declared rules over topics, fields of science and words.

One of fields of science, topics, terms and organisations is enough; without any of them all
projects are wanted. A term counts in a title; in an objective it takes two different ones, for one
word says little about five paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from amic_kg.errors import InvalidSetting
from amic_kg.extract.names.organizations import name_key
from amic_kg_ingest.metadata.dates import iso_date
from amic_kg_ingest.sources.cordis.columns import Table
from amic_kg_ingest.sources.cordis.rows import Row
from amic_kg_ingest.sources.options import names, setting

_LISTS = ("euroscivoc", "topics", "terms", "organisations", "programmes")
_NO_WORD = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Rules:
    """What is wanted; see the module for the parts."""

    euroscivoc: tuple[str, ...] = setting(
        "fields of science (EuroSciVoc) by their path, each with all below it",
        '["/natural sciences/earth and related environmental sciences/geology"]',
        unset="all",
    )
    topics: tuple[str, ...] = setting(
        "part of the code or title of a topic, in any case",
        '["raw material", "rawmaterials"]',
        unset="all",
    )
    terms: tuple[str, ...] = setting(
        "beginnings of words: one in a title, or two different ones in an objective",
        '["critical raw material", "mining"]',
        unset="all",
    )
    organisations: frozenset[str] = setting(
        "names or PICs of participants, whose projects are always wanted",
        '["Geologian tutkimuskeskus"]',
        frozenset(),
        unset="all",
    )
    programmes: frozenset[str] = setting(
        "framework programmes", '["HORIZON", "H2020"]', frozenset(), unset="all"
    )
    since: str = setting(
        "the first year or ISO date on which a project starts",
        "2014",
        "",
        name="from",
        unset="all",
        sort="year or date",
    )
    until: str = setting(
        "the last year or ISO date on which a project starts",
        "2027",
        "",
        unset="all",
        sort="year or date",
    )
    _words: re.Pattern[str] = field(default=_NO_WORD)

    @classmethod
    def of(cls, table: Mapping[str, object], where: str) -> Rules:
        """Raises InvalidSetting, which names the key."""
        known = names(cls)
        if unknown := sorted(table.keys() - set(known)):
            raise InvalidSetting(
                where, f"filters by '{unknown[0]}', which is unknown", f"Use {', '.join(known)}"
            )
        lists = {key: _texts(table[key], f"{where}, {key}") for key in _LISTS if key in table}
        terms = lists.get("terms", ())
        words = "|".join(map(re.escape, sorted(terms, key=len, reverse=True)))
        return cls(
            tuple(path.rstrip("/").casefold() for path in lists.get("euroscivoc", ())),
            tuple(topic.casefold() for topic in lists.get("topics", ())),
            terms,
            frozenset(map(name_key, lists.get("organisations", ()))),
            frozenset(lists.get("programmes", ())),
            _date(table.get("from"), f"{where}, from"),
            _date(table.get("until"), f"{where}, until"),
            re.compile(rf"\b(?:{words})", re.IGNORECASE) if terms else _NO_WORD,
        )

    @property
    def open(self) -> bool:
        """Whether nothing is asked of the matter of a project."""
        return not (self.euroscivoc or self.topics or self.terms or self.organisations)

    def wants(self, table: Table, row: Row) -> bool:
        """Whether `row`, of whatever table, is reason enough to want its project or call."""
        match table:
            case "euroSciVoc":
                path = f"{row.get('path', '')}/".casefold()
                return any(path.startswith(f"{wanted}/") for wanted in self.euroscivoc)
            case "topics":
                return self._on_topic(f"{row.get('code', '')} {row.get('title', '')}")
            case "organization":
                names = (str(row.get("pic", "")), name_key(str(row.get("name", ""))))
                return not self.organisations.isdisjoint(names)
            case "project":
                return self._on_topic(str(row.get("topics", ""))) or self._says(
                    str(row.get("title", "")), str(row.get("objective", ""))
                )
            case "call":
                title = f"{row.get('code', '')} {row.get('title', '')}"
                return self._on_topic(title) or self._says(title, str(row.get("description", "")))
            case _:
                return False

    def leaves_out(self, row: Row) -> str | None:
        """Why a project is not wanted whatever it is about; None when it may be."""
        programme = row.get("programme")
        if self.programmes and programme and programme not in self.programmes:
            return "another programme"
        start = iso_date(str(row.get("start", ""))) or ""
        if start and self.since and start < self.since[: len(start)]:
            return f"before {self.since}"
        if start and self.until and start[: len(self.until)] > self.until:
            return f"after {self.until}"
        return None

    def _on_topic(self, text: str) -> bool:
        folded = text.casefold()
        return any(topic in folded for topic in self.topics)

    def _says(self, title: str, text: str) -> bool:
        if self._words.search(title):
            return True
        return len({word.casefold() for word in self._words.findall(text)}) > 1


def _texts(value: object, where: str) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    if not values or not all(isinstance(x, str) and x.strip() for x in values):
        raise InvalidSetting(where, "is no text and no list of texts", 'Write it as ["a", "b"]')
    return tuple(values)


def _date(value: object, where: str) -> str:
    text = "" if value is None else str(value)
    if text and not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
        raise InvalidSetting(where, f"'{text}' is no date", "Write a year, or a date as 2026-11-25")
    return text
