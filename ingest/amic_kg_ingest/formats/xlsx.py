"""Excel workbooks: a page a sheet, its name first, then each row as a line of values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, cast

from openpyxl import load_workbook
from openpyxl.utils.exceptions import CellCoordinatesException, InvalidFileException

from amic_kg.records import Page, ParsedDocument
from amic_kg_ingest.formats.packages import PACKAGE_FAULTS, core_metadata, damaged, refuse_bomb
from amic_kg_ingest.formats.tables import CellBudget
from amic_kg_ingest.formats.text import clean_text

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet
    from openpyxl.worksheet.worksheet import Worksheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read_xlsx(path: Path, name: str) -> ParsedDocument:
    """Values as they were last computed; formulas and hidden sheets are left out."""
    try:
        refuse_bomb(path, name)
        # Given a path, it would go by the ending; originals are stored without one.
        with path.open("rb") as file:
            workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            budget = CellBudget()
            shown = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
            hidden = len(workbook.worksheets) - len(shown)
            pages = tuple(
                Page(number, clean_text("\n".join((sheet.title, *_rows(sheet, budget)))))
                for number, sheet in enumerate(shown, 1)
            )
            properties = workbook.properties
            metadata = core_metadata(properties, properties.description)
    except (InvalidFileException, CellCoordinatesException, *PACKAGE_FAULTS) as error:
        raise damaged(name, "Excel workbook", "Excel", error) from None
    notes = [f"{hidden} hidden sheet(s) were left out"] if hidden else []
    return ParsedDocument(MEDIA_TYPE, pages, metadata, (*notes, *budget.notes()))


def _rows(sheet: ReadOnlyWorksheet, budget: CellBudget) -> Iterator[str]:
    # What a sheet says of its own extent may be wrong, and would be padded to.
    sheet.reset_dimensions()
    # It takes over the method of the other class, of which it is none.
    for row in cast("Worksheet", sheet).iter_rows(values_only=True):
        cells = [text for value in row if (text := _text(value))]
        if not budget.spend(sheet.title, len(cells), len(row)):
            return
        if cells:
            yield " | ".join(cells)


def _text(value: object) -> str:
    match value:
        case None | bool():
            return "" if value is None else str(value).lower()
        case float():
            return f"{value:.15g}"
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
        case date() | time():
            return value.isoformat()
        case str():
            # Errors such as #DIV/0! are no words.
            return "" if value.startswith("#") and value[1:2].isupper() else " ".join(value.split())
    return str(value)
