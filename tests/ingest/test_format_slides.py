"""PPTX and ODP: a page a slide, its notes last; tables, groups and diagrams are read too."""

from __future__ import annotations

import pytest
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Inches

from amic_kg.errors import DamagedDocument
from amic_kg_ingest.formats import ReadingLimits, read_document

BOX = (Inches(1), Inches(1), Inches(4), Inches(1))


@pytest.fixture
def read(tmp_path):
    def read(data, name="a.pptx"):
        path = tmp_path / "x"
        path.write_bytes(data)
        return read_document(path, name, ReadingLimits(ocr=False))

    return read


def text_box(shapes, text):
    shapes.add_textbox(*BOX).text_frame.text = text


def test_each_slide_is_a_page_with_its_notes_after_its_text(read, make_pptx):
    def build(presentation):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = "Kaivosvedet"
        slide.placeholders[1].text = "Sulfaatti\nNikkeli"
        slide.notes_slide.notes_text_frame.text = "Muista kertoa Kevitsasta."
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = "Kiitos"

    parsed = read(make_pptx(build))
    assert [(page.number, page.text) for page in parsed.pages] == [
        (1, "Kaivosvedet\n\nSulfaatti\nNikkeli\n\nMuista kertoa Kevitsasta."),
        (2, "Kiitos"),
    ]


def test_the_title_comes_first_wherever_it_lies_in_the_file(read, make_pptx):
    def build(presentation):
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        text_box(slide.shapes, "Teksti")
        slide.shapes.title.text = "Otsikko"
        slide.shapes._spTree.append(slide.shapes.title._element)

    assert read(make_pptx(build)).pages[0].text == "Otsikko\n\nTeksti"


def test_tables_and_shapes_in_groups_are_read(read, make_pptx):
    def build(presentation):
        shapes = presentation.slides.add_slide(presentation.slide_layouts[6]).shapes
        table = shapes.add_table(2, 2, *BOX).table
        table.cell(0, 0).merge(table.cell(0, 1))
        table.cell(0, 0).text = "Kaivokset"
        table.cell(1, 0).text = "Kevitsa"
        table.cell(1, 1).text = "nikkeli"
        outer = shapes.add_group_shape()
        text_box(outer.shapes, "ryhmässä")
        text_box(outer.shapes.add_group_shape().shapes, "ryhmän ryhmässä")

    (page,) = read(make_pptx(build)).pages
    assert page.text == "Kaivokset\nKevitsa | nikkeli\n\nryhmässä\n\nryhmän ryhmässä"


def test_the_words_of_a_diagram_are_read(read, make_pptx):
    diagram = (
        '<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dgm:ptLst>'
        "<a:p><a:r><a:t>Malmin</a:t></a:r><a:r><a:t>etsintä</a:t></a:r></a:p>"
        "<a:p><a:r><a:t>Louhinta</a:t></a:r></a:p></dgm:ptLst></dgm:dataModel>"
    )

    def build(presentation):
        slide = presentation.slides.add_slide(presentation.slide_layouts[6])
        kind = "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml"
        place = PackURI("/ppt/diagrams/data1.xml")
        part = Part(place, kind, presentation.part.package, diagram.encode())
        relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"
        slide.part.relate_to(part, relation)

    assert read(make_pptx(build)).pages[0].text == "Malminetsintä\nLouhinta"


def test_a_slide_of_pictures_alone_keeps_its_number(read, make_pptx):
    def build(presentation):
        presentation.slides.add_slide(presentation.slide_layouts[6])
        text_box(presentation.slides.add_slide(presentation.slide_layouts[6]).shapes, "toinen sivu")

    pages = read(make_pptx(build)).pages
    assert [(page.number, page.origin) for page in pages] == [(1, "none"), (2, "text")]


def test_title_language_and_keywords_are_metadata_and_the_account_name_is_not(read, make_pptx):
    def build(presentation):
        text_box(presentation.slides.add_slide(presentation.slide_layouts[6]).shapes, "teksti")
        properties = presentation.core_properties
        properties.title = "Kaivosvedet"
        properties.language = "fi-FI"
        properties.keywords = "vesi; sulfaatti, nikkeli"
        properties.author = "account7"

    metadata = read(make_pptx(build)).metadata
    assert metadata["title"] == "Kaivosvedet"
    assert metadata["language"] == "fi-FI"
    assert metadata["subject"] == ["vesi", "sulfaatti", "nikkeli"]
    assert "account7" not in repr(metadata)


def test_a_presentation_without_its_slides_is_damaged(read, make_zip):
    with pytest.raises(DamagedDocument, match="not a whole PowerPoint presentation"):
        read(make_zip({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}))


class TestOpenDocument:
    def test_each_slide_is_a_page_with_its_notes_and_without_its_furniture(self, read, make_odf):
        frame = "<draw:frame{}><draw:text-box>{}</draw:text-box></draw:frame>"
        title = frame.format("", "<text:p>Kaivosvedet</text:p>")
        number = frame.format(' presentation:class="page-number"', "<text:p>17</text:p>")
        shape = "<draw:g><draw:custom-shape><text:p>Sulfaatti</text:p></draw:custom-shape></draw:g>"
        notes = frame.format("", "<text:p>Muista kertoa.</text:p>")
        body = (
            f"<draw:page>{title}{shape}{number}"
            f"<presentation:notes>{notes}</presentation:notes></draw:page>"
            f"<draw:page>{frame.format('', '<text:p>Kiitos</text:p>')}</draw:page>"
        )
        parsed = read(make_odf("presentation", body), "a.odp")
        assert [page.text for page in parsed.pages] == [
            "Kaivosvedet\n\nSulfaatti\n\nMuista kertoa.",
            "Kiitos",
        ]
        assert parsed.media_type == "application/vnd.oasis.opendocument.presentation"
