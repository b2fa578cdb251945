"""RIS, the exchange format of reference managers: a tag, two blanks, a hyphen, a value a line.

The tags are those of the specification that Research Information Systems published, in the meaning
that EndNote, Zotero and Mendeley write them:
https://web.archive.org/web/20110930172154/http://www.refman.com/support/risformat_intro.asp
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from amic_kg_ingest.metadata.names import is_organisation, person_names
from amic_kg_ingest.sources.records.entries import Broken, Entry, FieldList
from amic_kg_ingest.sources.records.options import Options
from amic_kg_ingest.sources.records.texts import ListText

_LINE = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: (.*)|)$")
_TYPES = {
    "ABST": "article", "JOUR": "journal article", "JFULL": "article", "MGZN": "article",
    "NEWS": "newspaper article", "CHAP": "book section", "CONF": "conference paper",
    "CPAPER": "conference paper", "EJOUR": "journal article", "ECHAP": "book section",
    "INPR": "article", "RPRT": "report", "BOOK": "book", "EBOOK": "book", "EDBOOK": "book",
    "GOVDOC": "report", "STAND": "guide", "DATA": "dataset", "AGGR": "dataset", "SLIDE":
    "presentation", "ELEC": "web page", "WEB": "web page", "BLOG": "blog post", "ICOMM": "web page",
    "PAMP": "report", "SER": "report", "UNPB": "working paper",
}  # fmt: skip
_AUTHORS = ("AU", "A1")
_CONTRIBUTORS = ("ED", "A2", "A3", "A4")
_FIELDS = {
    "KW": "subject", "AB": "description.abstract", "N2": "description.abstract", "PB": "publisher",
    "LA": "language", "DO": "identifier.doi", "UR": "identifier.url", "C7": "article number",
    "VL": "volume", "IS": "issue", "SP": "start page", "EP": "end page", "CY": "place",
    "N1": "note", "DB": "database", "LK": "identifier.url", "M3": "type",
}  # fmt: skip
_TITLES = ("TI", "T1")
_SERIES = ("JO", "JF", "T2", "JA", "BT", "T3")
_DATES = ("DA", "PY", "Y1")
_FILES = ("L1", "L2")

Tags = list[tuple[str, str]]


def read(text: ListText, _: Options) -> Iterator[Entry | Broken]:
    """A record that does not come to its end, ER, is broken; the next one begins with its TY."""
    tags: Tags | None = None
    start = 0
    number = 0
    with text.open() as lines:
        for number, line in enumerate(lines, 1):
            match = _LINE.fullmatch(line.rstrip())
            if match is None:
                if line.strip() and tags:
                    # A long value goes on.
                    tag, value = tags[-1]
                    tags[-1] = (tag, f"{value} {line.strip()}")
                continue
            tag, value = match[1], (match[2] or "").strip()
            if tag == "TY":
                if tags is not None:
                    yield _unended(start)
                tags, start = [(tag, value)], number
            elif tag == "ER":
                if tags is None:
                    yield Broken(number, "ends a record (ER) that has not begun with TY")
                else:
                    yield _entry(tags, start)
                tags = None
            elif tags is not None:
                tags.append((tag, value))
    if tags is not None:
        yield _unended(start)


def count(text: ListText, _: Options) -> int:
    found = 0
    begun = False
    with text.open() as lines:
        for line in lines:
            match = _LINE.fullmatch(line.rstrip()) if line.startswith(("TY", "ER")) else None
            if match is not None:
                begins = match[1] == "TY"
                found += begins or not begun
                begun = begins
    return found


def _unended(line: int) -> Broken:
    return Broken(line, "begins a record that does not come to its end (ER)")


def _entry(tags: Tags, line: int) -> Entry:
    def values(*wanted: str) -> list[str]:
        return [value for name in wanted for tag, value in tags if tag == name and value]

    kind = values("TY")[0] if values("TY") else ""
    fields = FieldList()
    fields.add("title", next(iter(values(*_TITLES) or (values("BT", "CT") if kind else [])), ""))
    fields.add("title.translated", next(iter(values("TT")), ""))
    # A book has its series in T2; of a chapter or an article that is what it stands in.
    fields.add("relation.ispartof", next(iter(values(*_SERIES)), ""))
    fields.add("date.issued", next((_date(x) for x in values(*_DATES) if x.strip("/ ")), ""))
    if kind == "THES":
        # What sort of thesis it is stands in M3, or in U1 with EndNote.
        for value in [*values("M3"), *values("U1")]:
            fields.add("type", value)
    fields.add("type", _TYPES.get(kind, kind))
    for value in values("SN"):
        fields.add("identifier.isbn", value)
        fields.add("relation.issn", value)
    for tag, value in tags:
        if name := _FIELDS.get(tag):
            fields.add(name, value)
    return Entry(
        line,
        fields.done(),
        next(iter(values("ID", "AN")), ""),
        tuple(name for value in values(*_AUTHORS) for name in read_name(value)),
        tuple(name for value in values(*_CONTRIBUTORS) for name in read_name(value)),
        files=tuple(values(*_FILES)),
    )


def read_name(value: str) -> tuple[str, ...]:
    """A name of RIS, "Surname,Given,Suffix"; one without a comma is an organisation's, or short.

    Some programs put all authors on one line, parted by semicolons.
    """
    if ";" in value or ("," not in value and not is_organisation(value)):
        return person_names(value)
    parts = [part.strip() for part in value.split(",") if part.strip()]
    return (", ".join(parts),) if parts else ()


def _date(value: str) -> str:
    """`YYYY/MM/DD/other`, any part of which may be empty."""
    if "/" not in value:
        return value
    return "-".join(part for part in (x.strip() for x in value.split("/")[:3]) if part.isdigit())
