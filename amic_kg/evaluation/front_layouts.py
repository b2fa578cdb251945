"""Front pages laid out from a bibliographic record, in the manner of theses, reports and articles.

A layout prints a record's fields and tells which it printed. Words, order, line breaks, blank
lines and what stands beside (logos, units, page numbers, funders) vary with the record's hash; the
same record gives the same pages. Nothing here is shared with the reader that is measured by it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from random import Random

from amic_kg.evaluation.front_sheet import (
    BODY,
    KEYWORD,
    NOISE,
    PUBLISHER,
    SERIES,
    SUPERVISOR,
    UNIT,
    Expected,
    FrontRecord,
    Sheet,
    catalogued,
    given_first,
    persons,
    put_abstract,
    put_date,
    put_kind,
    put_names,
    put_numbers,
    put_publisher,
    put_sheet,
    put_title,
    whole,
)


def thesis_author_first(sheet: Sheet) -> None:
    put_names(sheet)
    sheet.gap(4)
    put_title(sheet)
    sheet.gap(4)
    put_kind(sheet)
    put_date(sheet)
    sheet.gap()
    put_publisher(sheet)
    sheet.turn()
    put_abstract(sheet)


def thesis_with_sheet(sheet: Sheet) -> None:
    put_publisher(sheet)
    if sheet.chance.random() < 0.5:
        sheet.put(sheet.word(UNIT))
    sheet.gap(3)
    put_title(sheet)
    sheet.gap(3)
    put_names(sheet)
    sheet.gap(3)
    put_kind(sheet)
    sheet.turn()
    put_sheet(sheet)
    sheet.gap()
    put_abstract(sheet)


def thesis_kind_first(sheet: Sheet) -> None:
    put_kind(sheet)
    sheet.put(sheet.word(UNIT))
    put_date(sheet)
    sheet.gap(3)
    put_names(sheet)
    sheet.gap(3)
    put_title(sheet)
    sheet.turn()
    put_publisher(sheet)
    put_sheet(sheet)


def thesis_sheet_only(sheet: Sheet) -> None:
    put_publisher(sheet)
    put_kind(sheet)
    put_sheet(sheet)
    put_abstract(sheet)


def dissertation(sheet: Sheet) -> None:
    if sheet.record.series:
        sheet.put(sheet.record.series)
        sheet.give("series", sheet.record.series)
        sheet.gap()
    put_names(sheet)
    sheet.gap(3)
    put_title(sheet)
    sheet.gap(3)
    put_kind(sheet)
    sheet.gap()
    put_publisher(sheet)
    put_date(sheet)
    sheet.turn()
    if sheet.record.supervisors:
        sheet.put(sheet.word(SUPERVISOR), *[given_first(name) for name in sheet.record.supervisors])
        sheet.give("supervisor", *sheet.record.supervisors)
        sheet.gap()
    put_numbers(sheet)


def report_with_imprint(sheet: Sheet) -> None:
    put_title(sheet)
    sheet.gap(3)
    put_names(sheet)
    if sheet.chance.random() < 0.4:
        sheet.gap()
        put_kind(sheet)
    sheet.turn()
    for name in sheet.record.publishers:
        sheet.put(f"{sheet.word(PUBLISHER)}: {name}")
        sheet.give("publisher", name)
    if sheet.record.series:
        sheet.put(f"{sheet.word(SERIES)}: {sheet.record.series}")
        sheet.give("series", sheet.record.series)
    put_numbers(sheet)
    put_date(sheet)


def report_with_series(sheet: Sheet) -> None:
    if sheet.record.series:
        sheet.put(sheet.record.series)
        sheet.give("series", sheet.record.series)
    sheet.gap()
    if sheet.chance.random() < 0.5:
        put_names(sheet)
        sheet.gap()
        put_title(sheet)
    else:
        put_title(sheet)
        sheet.gap()
        put_names(sheet)
    sheet.gap()
    put_publisher(sheet)
    put_date(sheet)
    sheet.turn()
    put_numbers(sheet)


def report_copyright(sheet: Sheet) -> None:
    record = sheet.record
    if sheet.chance.random() < 0.3:
        sheet.put(sheet.one_of(*NOISE[:4]))
    put_title(sheet)
    sheet.gap()
    put_names(sheet)
    sheet.turn()
    if record.publishers and record.year:
        name = record.publishers[0]
        sheet.put(
            sheet.one_of(
                f"© {record.year} {name}",
                f"© {name} {record.year}",
                f"Copyright © {name}, {record.year}",
            )
        )
        sheet.give("publisher", name)
        sheet.give("year", record.year)
    sheet.put(sheet.one_of("Taitto: viestintä", "Layout: communications", "Kannen kuva: arkisto"))
    put_numbers(sheet)


def survey_report(sheet: Sheet) -> None:
    put_publisher(sheet)
    sheet.put(sheet.word(UNIT))
    put_date(sheet)
    sheet.gap(3)
    put_title(sheet)
    sheet.gap()
    put_names(sheet)
    sheet.turn()
    put_sheet(sheet)
    if sheet.record.series:
        sheet.put(f"{sheet.word(SERIES)}: {sheet.record.series}")
        sheet.give("series", sheet.record.series)
    if sheet.record.keywords:
        sheet.put(f"{sheet.word(KEYWORD)}: {', '.join(sheet.record.keywords)}")
        sheet.give("keyword", *sheet.record.keywords)
    put_numbers(sheet)


def article_head(sheet: Sheet) -> None:
    record = sheet.record
    if record.year:
        sheet.put(
            sheet.one_of(
                f"Journal of Northern Studies {record.year}, 12(3), 45–60",
                f"Northern Research, Vol. 12, No. 3, {record.year}",
            )
        )
        sheet.give("year", record.year)
    sheet.put("Received 5 May, accepted 1 October", "")
    put_title(sheet)
    sheet.gap()
    marks = [
        f"{given_first(name)}{sheet.one_of('1', ' 1', '1,2', ' a', '*')}"
        for name in record.creators
    ]
    sheet.put(*textwrap.wrap(", ".join(marks), 80))
    if record.creators:
        sheet.give("creator", *record.creators)
    sheet.put("1 University of Lapland, Rovaniemi, Finland", "")
    put_abstract(sheet)
    if record.doi:
        sheet.put(f"https://doi.org/{record.doi}")
        sheet.give("doi", record.doi)
    sheet.give("kind", "Article")


def article_cover_sheet(sheet: Sheet) -> None:
    record = sheet.record
    sheet.put("This is a self-archived version of the original article.", "")
    sheet.put(f"Author(s): {persons(sheet, record.creators, sheet.one_of('inverted', 'and'))}")
    sheet.put(*textwrap.wrap(f"Title: {whole(sheet)}", 80))
    sheet.give("creator", *record.creators)
    sheet.give("title", catalogued(record))
    if record.year:
        sheet.put(f"Year: {record.year}")
        sheet.give("year", record.year)
    sheet.put("Version: Published version", "Please cite the original version:")
    sheet.put(
        *textwrap.wrap(f"{record.creators[0]} ({record.year}). {record.title}. Journal 5(2).", 80)
    )
    if record.doi:
        sheet.put(f"https://doi.org/{record.doi}")
        sheet.give("doi", record.doi)
    sheet.give("kind", "Article")


def deliverable(sheet: Sheet) -> None:
    record = sheet.record
    sheet.put(sheet.one_of("Deliverable D3.2", "D2.1", "Deliverable D4.1"), "")
    put_title(sheet)
    sheet.gap()
    sheet.put("Grant agreement No 730411", "Dissemination level: Public")
    if record.creators:
        sheet.put(f"Authors: {persons(sheet, record.creators, sheet.one_of('comma', 'and'))}")
        sheet.give("creator", *record.creators)
    if record.year:
        sheet.put(f"Date: 30/06/{record.year}")
        sheet.give("year", record.year)
    sheet.give("kind", "Deliverable")


def slides(sheet: Sheet) -> None:
    put_title(sheet)
    sheet.gap()
    put_names(sheet)
    put_date(sheet)
    sheet.turn()
    sheet.put("Agenda", "• Background", "• Results", "• Discussion")


def web_text(sheet: Sheet) -> None:
    put_title(sheet)
    sheet.gap()
    put_names(sheet)
    put_date(sheet)
    sheet.put("")
    sheet.put(*textwrap.wrap(BODY.get(sheet.record.language, BODY["en"]) * 3, 90))


Layout = Callable[[Sheet], None]

_THESES: tuple[Layout, ...] = (
    thesis_author_first, thesis_with_sheet, thesis_kind_first, thesis_sheet_only,
)  # fmt: skip
LAYOUTS: Mapping[str, tuple[Layout, ...]] = {
    "BachelorThesis": _THESES,
    "MasterThesis": _THESES,
    "DoctoralThesis": (dissertation, dissertation, thesis_with_sheet),
    "Report": (report_with_imprint, report_with_series, report_copyright, survey_report, slides,
               deliverable),
    "Article": (article_head, article_cover_sheet, web_text),
}  # fmt: skip
"""By the kind of the record: the layouts that one is taken of."""


def lay_out(record: FrontRecord, chance: Random) -> tuple[tuple[str, ...], Expected, str]:
    """The texts of the pages, the fields that they give, the name of the layout."""
    layouts = LAYOUTS[record.kind]
    if not record.creators:
        layouts = tuple(one for one in layouts if one is not article_cover_sheet)
    layout = chance.choice(layouts)
    sheet = Sheet(record, chance)
    layout(sheet)
    if chance.random() < 0.3:
        sheet.pages[-1].extend(("", chance.choice(NOISE)))
    return tuple("\n".join(lines) for lines in sheet.pages), sheet.expected, layout.__name__
