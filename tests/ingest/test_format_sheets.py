"""XLSX and ODS: a page a sheet, rows as lines of values; huge sheets are cut, with a remark."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest

from amic_kg.errors import DamagedDocument
from amic_kg_ingest.formats import ReadingLimits, read_document


@pytest.fixture
def read(tmp_path):
    def read(data, name="a.xlsx"):
        path = tmp_path / "x"
        path.write_bytes(data)
        return read_document(path, name, ReadingLimits(ocr=False))

    return read


def sheet_bytes(make_xlsx, rows: str) -> bytes:
    """A workbook whose only sheet has `rows` of XML, as other programs might write them."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(make_xlsx(lambda workbook: None))) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            if not member.endswith("sheet1.xml"):
                new.writestr(member, old.read(member))
            else:
                main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
                new.writestr(
                    member,
                    f'<worksheet xmlns="{main}"><dimension ref="A1:XFD1048576"/>'
                    f"<sheetData>{rows}</sheetData></worksheet>",
                )
    return buffer.getvalue()


def test_each_sheet_is_a_page_with_its_name_and_its_rows(read, make_xlsx):
    def build(workbook):
        workbook.active.title = "Kaivokset"
        workbook.active.append(["Kaivos", "Metalli", "Avattu"])
        workbook.active.append(["Kevitsa", "nikkeli", date(2012, 8, 1)])
        workbook.active.append([])
        workbook.active.append([None, 0.1 + 0.2, 5, True, datetime(2020, 1, 2, 3, 4)])
        workbook.create_sheet("Vedet").append(["sulfaatti"])

    parsed = read(make_xlsx(build))
    assert [page.text for page in parsed.pages] == [
        "Kaivokset\nKaivos | Metalli | Avattu\nKevitsa | nikkeli | 2012-08-01\n"
        "0.3 | 5 | true | 2020-01-02 03:04:00",
        "Vedet\nsulfaatti",
    ]
    assert parsed.warnings == ()


def test_of_a_formula_its_value_is_read_and_errors_are_not(read, make_xlsx):
    rows = (
        '<row r="1"><c r="A1"><f>SUM(B1:C1)</f><v>42</v></c>'
        '<c r="B1" t="e"><v>#DIV/0!</v></c><c r="C1"><f>NOW()</f></c></row>'
    )
    assert read(sheet_bytes(make_xlsx, rows)).pages[0].text == "Sheet\n42"


def test_hidden_sheets_are_left_out_with_a_remark(read, make_xlsx):
    def build(workbook):
        workbook.active.append(["näkyy"])
        workbook.create_sheet("Apu").append(["piilossa"])
        workbook["Apu"].sheet_state = "hidden"

    parsed = read(make_xlsx(build))
    assert [page.text for page in parsed.pages] == ["Sheet\nnäkyy"]
    assert parsed.warnings == ("1 hidden sheet(s) were left out",)


def test_title_and_keywords_are_metadata_and_the_account_name_is_not(read, make_xlsx):
    def build(workbook):
        workbook.active.append(["teksti"])
        workbook.properties.title = "Kaivosvesien seuranta"
        workbook.properties.creator = "account7"
        workbook.properties.keywords = "vesi, sulfaatti"

    metadata = read(make_xlsx(build)).metadata
    assert metadata["title"] == "Kaivosvesien seuranta"
    assert metadata["subject"] == ["vesi", "sulfaatti"]
    assert "account7" not in repr(metadata)


def test_a_sheet_of_a_million_cells_is_cut_and_says_so(read, make_xlsx):
    rows = "".join(
        f'<row r="{row}">' + "<c><v>7</v></c>" * 1000 + "</row>" for row in range(1, 1001)
    )
    parsed = read(sheet_bytes(make_xlsx, rows))
    assert len(parsed.pages[0].text.split("\n")) == 101
    assert parsed.warnings == ("only the first 100,000 cells were read; cut short: 'Sheet'",)


def test_cells_at_the_far_edges_of_the_sheet_cost_no_more_than_others(read, make_xlsx):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>' + "".join(
        f'<row r="{row}"><c r="XFD{row}"><v>2</v></c></row>' for row in (2, 3, 1048576)
    )
    assert read(sheet_bytes(make_xlsx, rows)).pages[0].text == "Sheet\n1\n2\n2\n2"


def test_rows_that_are_wide_without_being_filled_end_at_a_limit(read, make_xlsx):
    rows = "".join(f'<row r="{row}"><c r="XFD{row}"><v>2</v></c></row>' for row in range(1, 2000))
    parsed = read(sheet_bytes(make_xlsx, rows))
    assert "cut short: 'Sheet'" in parsed.warnings[0]


def test_a_bomb_of_entities_in_a_sheet_is_called_damaged(read, make_xlsx):
    data = io.BytesIO()
    entities = '<!ENTITY a "kaivos">' + "".join(
        f'<!ENTITY {this} "{f"&{last};" * 20}">'
        for last, this in zip("abcdefg", "bcdefgh", strict=True)
    )
    with (
        zipfile.ZipFile(io.BytesIO(sheet_bytes(make_xlsx, ""))) as old,
        zipfile.ZipFile(data, "w") as new,
    ):
        for member in old.namelist():
            content = old.read(member).decode()
            if member.endswith("sheet1.xml"):
                content = f"<!DOCTYPE worksheet [{entities}]>" + content.replace(
                    "<sheetData>",
                    '<sheetData><row><c t="inlineStr"><is><t>&h;</t></is></c></row>',
                )
            new.writestr(member, content)
    with pytest.raises(DamagedDocument, match="not a whole Excel workbook"):
        read(data.getvalue())


class TestOpenDocument:
    def cell(self, text, more=""):
        return f"<table:table-cell{more}><text:p>{text}</text:p></table:table-cell>"

    def test_each_sheet_is_a_page_and_what_repeats_is_told_once(self, read, make_odf):
        empty = '<table:table-cell table:number-columns-repeated="16384"/>'
        row = '<table:table-row table:number-rows-repeated="1048576">{}</table:table-row>'
        body = (
            f'<table:table table:name="Kaivokset"><table:table-row>{self.cell("Kaivos")}'
            f"{self.cell('Metalli')}</table:table-row>{row.format(empty)}"
            f"{row.format(self.cell('Kevitsa'))}</table:table>"
            f'<table:table table:name="Vedet"><table:table-row>{self.cell("sulfaatti")}'
            "</table:table-row></table:table>"
        )
        parsed = read(make_odf("spreadsheet", body), "a.ods")
        assert [page.text for page in parsed.pages] == [
            "Kaivokset\nKaivos | Metalli\nKevitsa",
            "Vedet\nsulfaatti",
        ]

    def test_comments_on_cells_are_not_read(self, read, make_odf):
        comment = "<office:annotation><text:p>kuka tämän kirjoitti</text:p></office:annotation>"
        cell = f"<table:table-cell>{comment}<text:p>Kevitsa</text:p></table:table-cell>"
        body = (
            f'<table:table table:name="T"><table:table-row>{cell}</table:table-row></table:table>'
        )
        assert read(make_odf("spreadsheet", body), "a.ods").pages[0].text == "T\nKevitsa"

    def test_a_sheet_of_very_many_cells_is_cut_and_says_so(self, read, make_odf):
        row = f"<table:table-row>{self.cell('7') * 1000}</table:table-row>"
        body = f'<table:table table:name="Mittaukset">{row * 110}</table:table>'
        parsed = read(make_odf("spreadsheet", body), "a.ods")
        assert parsed.warnings == (
            "only the first 100,000 cells were read; cut short: 'Mittaukset'",
        )
