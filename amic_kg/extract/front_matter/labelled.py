"""Labels and their values: beside, below, in two columns, or as the head and row of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from amic_kg.extract.front_matter.labels import (
    OTHER,
    Label,
    LabelMatch,
    inner_labels,
    label_row,
    read_label,
)
from amic_kg.extract.front_matter.lines import Line
from amic_kg.extract.front_matter.series import series_line

_LONGEST = {"title": 5, "subtitle": 3, "keyword": 8, "creator": 20, "supervisor": 6,
            "contributor": 8, "series": 3, "publisher": 3, "programme": 2, "degree": 2,
            "commissioner": 2}  # fmt: skip
_PERSONS = ("creator", "supervisor", "contributor")
_NO_LABEL = LabelMatch(OTHER, 0, colon=False)
_SHEET = 3
"""So many labels on a page make it a description sheet: a blank alone may part label and value."""

_CELLS = re.compile(r"\t|\s{2,}")
_OPEN_END = re.compile(r"(?:[,;:&/–-]|\s(?:ja|and|och|sekä|of|in|for|the|i|av|för|till|med|on|a))$")
_OTHER_MATTER = re.compile(r"https?://|\bdoi\b|\bIS[BS]N\b|@|©", re.IGNORECASE)
"""What begins something else though no label stands before it."""

_LIKE_LABEL = re.compile(r"^[A-ZÅÄÖ][^:.!?]{1,40}:(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Labelled:
    """The words behind a label: page text `start`..`end`, lines of one value parted by line ends.

    `sure`: a colon or a line of its own marked the label off; else only a blank did.
    """

    field: Label
    page: int
    start: int
    end: int
    sure: bool
    label: str
    sheet: bool


@dataclass(frozen=True, slots=True)
class _Cell:
    """A line or a part of it, with the label it begins with."""

    line: Line
    start: int
    end: int
    label: LabelMatch | None
    gap: bool

    @property
    def text(self) -> str:
        return self.line.text[self.start - self.line.start : self.end - self.line.start]

    @property
    def value_start(self) -> int:
        return self.start + (self.label.value if self.label else 0)

    @property
    def is_bare(self) -> bool:
        return self.label is not None and self.label.value >= len(self.text)


def read_labelled(lines: Sequence[Line]) -> list[Labelled]:
    """Every label of a field that has a value, in order."""
    cells = [cell for line in lines for cell in _cells(line)]
    labels: dict[int, int] = {}
    for cell in cells:
        if cell.label is not None:
            labels[cell.line.page] = labels.get(cell.line.page, 0) + 1
    sheets = {page for page, count in labels.items() if count >= _SHEET}
    found: list[Labelled] = []
    skip = 0
    for index, cell in enumerate(cells):
        if index < skip or cell.label is None:
            continue
        stack = _stack(cells, index)
        if stack:
            for label, value in stack:
                found.append(_labelled(label, value.start, value.end, sheets, page=value.line.page))
            skip = index + 2 * len(stack)
            continue
        if cell.label.field == OTHER:
            continue
        span = _value(cells, index, sheet=cell.line.page in sheets)
        if span:
            found.append(_labelled(cell, *span, sheets))
    tables = list(_tables(lines))
    rows = {(one.page, one.start) for one in tables if one.sure}
    return [*(one for one in found if (one.page, one.start) not in rows), *tables]


def _cells(line: Line) -> Iterator[_Cell]:
    """A line as cells: parted by inner labels with colons, and by wide blanks before a label."""
    head = read_label(line.text)
    inside = head.value if head else 0
    # "Number of pages:" is one label, not one within the line.
    cuts = {0, *(place for place, _ in inner_labels(line.text) if place >= inside)}
    for match in _CELLS.finditer(line.text):
        after = read_label(line.text[match.end() :])
        # "Aarne Laitakari      Toimeksiantaja": the head of a second column.
        if after is not None and (head is not None or after.value >= len(line.text) - match.end()):
            cuts.add(match.end())
    if head is not None and head.field == "creator":
        year = re.search(r"\s((?:Vuosi|Year|År)\s+(?:19|20)\d\d)$", line.text)
        if year:
            cuts.add(year.start(1))
    places = sorted(cuts)
    for number, place in enumerate(places):
        end = places[number + 1] if number + 1 < len(places) else len(line.text)
        text = line.text[place:end].rstrip(" \t;|")
        if text:
            start = line.start + place
            yield _Cell(line, start, start + len(text), read_label(text), line.gap and place == 0)


def _labelled(
    cell: _Cell, start: int, end: int, sheets: set[int], page: int | None = None
) -> Labelled:
    label = cell.label or _NO_LABEL
    return Labelled(
        field=label.field,
        page=cell.line.page if page is None else page,
        start=start,
        end=end,
        sure=label.colon,
        label=cell.text[: label.value].strip(" :\t").lower(),
        sheet=cell.line.page in sheets,
    )


def _value(cells: Sequence[_Cell], index: int, *, sheet: bool) -> tuple[int, int] | None:
    """Where the value of the label at `index` stands on its page."""
    cell = cells[index]
    field = (cell.label or _NO_LABEL).field
    most = _LONGEST.get(field, 1)
    start = None if cell.is_bare else cell.value_start
    last = cell
    end = cell.end
    count = 0 if cell.is_bare else 1
    for after in cells[index + 1 :]:
        if after.line.page != cell.line.page or count >= most:
            break
        if after.label is not None and (after.label.colon or sheet or after.label.field == field):
            break
        if start is None:
            if after.line.start - end > 40:
                break
            start, end, count, last = after.start, after.end, 1, after
            continue
        if _OTHER_MATTER.search(after.text):
            break
        if after.gap and not (field == "keyword" and last.text.endswith(",")):
            break
        if not _continues(field, last.text, after):
            break
        end, count, last = after.end, count + 1, after
    return None if start is None else (start, end)


def _continues(field: Label, last: str, after: _Cell) -> bool:
    """Whether the next line is more of the value; the reader of persons tries its lines itself."""
    if _LIKE_LABEL.match(after.text):
        return False
    if field in _PERSONS:
        return True
    if field in ("title", "subtitle"):
        return series_line(after.text) is None
    if field == "keyword" and not re.search(r"[,;]", last + after.text):
        # One a line; a heading of more words ends them.
        return len(after.text.split()) <= 3 and after.text[:1].islower() == last[:1].islower()
    return bool(_OPEN_END.search(last)) or after.text[:1].islower()


def _stack(cells: Sequence[_Cell], index: int) -> list[tuple[_Cell, _Cell]]:
    """Labels one below the other and their values one below the other, as columns come out."""
    labels = []
    for cell in cells[index:]:
        if not cell.is_bare or cell.line.page != cells[index].line.page:
            break
        labels.append(cell)
    count = len(labels)
    if count < 3:
        return []
    values = list(cells[index + count : index + 2 * count])
    rest = cells[index + 2 * count : index + 2 * count + 1]
    fits = (
        len(values) == count
        and all(v.label is None and v.line.page == labels[0].line.page for v in values)
        and not any(v.gap for v in values[1:])
        and (not rest or rest[0].gap or rest[0].line.page != labels[0].line.page)
    )
    return list(zip(labels, values, strict=True)) if fits else []


def _tables(lines: Sequence[Line]) -> Iterator[Labelled]:
    """A row of labels over a row of values that stand in as many cells, or that shape tells."""
    for head, row in pairwise(lines):
        fields = label_row(head.text)
        if not fields or head.page != row.page:
            continue
        places = [0, *(match.end() for match in _CELLS.finditer(row.text))]
        if len(places) == len(fields):
            for number, field in enumerate(fields):
                end = places[number + 1] if number + 1 < len(places) else len(row.text)
                text = row.text[places[number] : end].rstrip()
                start = row.start + places[number]
                if field != OTHER:
                    yield Labelled(field, row.page, start, start + len(text), True, field, True)
            continue
        for field in fields:
            if field in ("creator", "year"):
                # The reader of the field takes what has its shape.
                yield Labelled(field, row.page, row.start, row.end, False, "row", True)
