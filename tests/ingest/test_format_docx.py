"""DOCX: paragraphs, tables and links in reading order, pages by the breaks, bombs refused."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from amic_kg.errors import DamagedDocument, LimitExceeded, NoText
from amic_kg_ingest.formats import ReadingLimits, read_document


@pytest.fixture
def read(tmp_path):
    def read(data):
        path = tmp_path / "x"
        path.write_bytes(data)
        return read_document(path, "a.docx", ReadingLimits())

    return read


def rewritten(data: bytes, name: str, change) -> bytes:
    """The archive with one member changed, or left out where `change` gives None."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for member in old.namelist():
            content = change(old.read(member)) if member == name else old.read(member)
            if content is not None:
                new.writestr(member, content)
    return buffer.getvalue()


def test_paragraphs_and_tables_come_in_reading_order(read, make_docx):
    def build(document):
        document.add_heading("Kaivosvedet")
        document.add_paragraph("Ennen taulukkoa.")
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip(
            table._cells, ("Kohde", "Metalli", "Kevitsa", "nikkeli"), strict=True
        ):
            cell.text = text
        document.add_paragraph("Taulukon jälkeen.")

    (page,) = read(make_docx(build)).pages
    assert page.text.split("\n\n") == [
        "Kaivosvedet",
        "Ennen taulukkoa.",
        "Kohde | Metalli\nKevitsa | nikkeli",
        "Taulukon jälkeen.",
    ]


def test_a_merged_cell_is_told_once(read, make_docx):
    def build(document):
        table = document.add_table(rows=1, cols=3)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "yhdistetty"
        table.cell(0, 2).text = "oma"

    assert read(make_docx(build)).pages[0].text == "yhdistetty | oma"


def test_the_text_of_a_link_stands_where_the_link_stands(read, make_docx):
    def build(document):
        paragraph = document.add_paragraph("Katso ")
        target = document.part.relate_to("https://example.org", RELATIONSHIP_TYPE.HYPERLINK, True)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), target)
        run = paragraph.add_run("hankkeen sivut")
        link.append(run._r)
        paragraph._p.append(link)
        paragraph.add_run(" tarkemmin.")

    assert read(make_docx(build)).pages[0].text == "Katso hankkeen sivut tarkemmin."


def test_pages_follow_explicit_breaks(read, make_docx):
    def build(document):
        document.add_paragraph("Sivu yksi")
        document.add_page_break()
        document.add_paragraph("Sivu kaksi").add_run().add_break(WD_BREAK.PAGE)
        paragraph = document.add_paragraph("Sivu neljä")
        paragraph.paragraph_format.page_break_before = True

    pages = read(make_docx(build)).pages
    assert [page.text for page in pages if page.text] == ["Sivu yksi", "Sivu kaksi", "Sivu neljä"]
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))


def test_pages_follow_the_breaks_that_word_noted(read, make_docx):
    def build(document):
        paragraph = document.add_paragraph("Alku ")
        run = paragraph.add_run("jatkuu")
        run._r.insert(0, OxmlElement("w:lastRenderedPageBreak"))

    assert [page.text for page in read(make_docx(build)).pages] == ["Alku", "jatkuu"]


def test_a_line_break_is_none_of_a_page(read, make_docx):
    def build(document):
        run = document.add_paragraph("Rivi").add_run()
        run.add_break()
        run.add_text("toinen\tsarake")

    assert read(make_docx(build)).pages[0].text == "Rivi\ntoinen sarake"


def test_hyphens_of_word_are_those_of_the_text(read, make_docx):
    def build(document):
        run = document.add_paragraph("kaivos").add_run()
        run._r.append(OxmlElement("w:softHyphen"))
        run.add_text("vesi GTK")
        run._r.append(OxmlElement("w:noBreakHyphen"))
        run.add_text("hanke")

    assert read(make_docx(build)).pages[0].text == "kaivosvesi GTK-hanke"


def test_properties_are_metadata(read, make_docx):
    def build(document):
        document.add_paragraph("Teksti")
        document.core_properties.title = "Otsikko"
        document.core_properties.keywords = "vesi, kaivos"
        document.core_properties.author = "account7"

    metadata = read(make_docx(build)).metadata
    assert metadata["title"] == "Otsikko"
    assert metadata["subject"] == ["vesi", "kaivos"]
    assert "account7" not in repr(metadata)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(read, make_zip_bomb):
    with pytest.raises(LimitExceeded, match="like a ZIP bomb") as caught:
        read(make_zip_bomb())
    assert "save it as PDF" in caught.value.remedy


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[: len(data) // 2],
        lambda _: b"no XML at all",
        lambda _: b"",
        lambda _: b"<a/>",
    ],
    ids=["cut", "no-xml", "empty", "other-xml"],
)
def test_a_document_with_a_broken_body_is_damaged(read, make_docx, change):
    data = make_docx(lambda document: document.add_paragraph("Teksti"))
    with pytest.raises(DamagedDocument) as caught:
        read(rewritten(data, "word/document.xml", change))
    assert caught.value.subject == "a.docx"


@pytest.mark.parametrize("member", ["[Content_Types].xml", "_rels/.rels"])
def test_a_document_that_lacks_a_part_is_damaged(read, make_docx, member):
    data = make_docx(lambda document: document.add_paragraph("Teksti"))
    with pytest.raises(DamagedDocument):
        read(rewritten(data, member, lambda _: None))


def test_an_archive_that_lies_about_its_checksums_is_damaged(read, make_docx):
    data = bytearray(make_docx(lambda document: document.add_paragraph("Teksti " * 500)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        at = archive.getinfo("word/document.xml").header_offset + 60
    data[at : at + 40] = bytes(40)
    with pytest.raises(DamagedDocument):
        read(bytes(data))


def test_entities_of_xml_are_not_expanded_without_end(read, make_docx):
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>"
    )
    data = make_docx(lambda document: document.add_paragraph("Teksti"))
    with suppress(DamagedDocument, NoText):
        parsed = read(rewritten(data, "word/document.xml", lambda _: body.encode()))
        assert sum(len(page.text) for page in parsed.pages) < 10_000
