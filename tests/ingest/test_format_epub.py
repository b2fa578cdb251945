"""EPUB: the chapters in the order of the spine, the metadata of the package file."""

from __future__ import annotations

import pytest

from amic_kg.errors import DamagedDocument, EncryptedDocument
from amic_kg_ingest.formats import ReadingLimits, read_document


@pytest.fixture
def read(tmp_path):
    def read(data, name="a.epub"):
        path = tmp_path / "x"
        path.write_bytes(data)
        return read_document(path, name, ReadingLimits(ocr=False))

    return read


def test_each_chapter_is_a_page_in_the_order_of_the_spine(read, make_epub):
    parsed = read(
        make_epub(
            {
                "nav.xhtml": "<ol><li>Sisällys</li></ol>",
                "z%20alku.xhtml": "<h1>Alku</h1><p>Kevitsan <b>kaivos</b>.</p>",
                "a.xhtml": "<p>Loppu.</p>",
            },
            nav="nav.xhtml",
            more={"OEBPS/z alku.xhtml": "<html><body><h1>Alku</h1><p>Kevitsa.</p></body></html>"},
        )
    )
    assert [(page.number, page.text) for page in parsed.pages] == [
        (1, "Alku\n\nKevitsa."),
        (2, "Loppu."),
    ]
    assert parsed.media_type == "application/epub+zip"


def test_the_metadata_of_the_package_are_told_in_dublin_core(read, make_epub):
    metadata = (
        "<dc:title>Malmien maa</dc:title>"
        '<dc:creator id="c1">Pentti Eskola</dc:creator>'
        '<dc:creator id="c2">Elias Lönnrot</dc:creator>'
        '<meta refines="#c2" property="role">edt</meta>'
        '<dc:creator opf:role="trl">Eino Leino</dc:creator>'
        "<dc:identifier>urn:isbn:9789510000001</dc:identifier>"
        "<dc:language>fi</dc:language><dc:publisher>Otava</dc:publisher>"
        "<dc:date>1950-05-01T00:00:00Z</dc:date><dc:rights>CC BY 4.0</dc:rights>"
        "<dc:subject>geologia</dc:subject>"
    )
    found = read(make_epub({"a.xhtml": "<p>Teksti.</p>"}, metadata)).metadata
    assert found == {
        "title": "Malmien maa",
        "creator": ["Pentti Eskola"],
        "contributor": ["Elias Lönnrot", "Eino Leino"],
        "identifier": ["urn:isbn:9789510000001"],
        "language": ["fi"],
        "publisher": ["Otava"],
        "issued": "1950-05-01",
        "license": "CC BY 4.0",
        "subject": ["geologia"],
    }


def test_a_book_with_copy_protection_says_so_and_hidden_fonts_are_no_protection(read, make_epub):
    def locked(algorithm):
        ns = 'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"'
        method = f'<enc:EncryptionMethod Algorithm="{algorithm}"/>'
        data = f"<enc:EncryptedData>{method}</enc:EncryptedData>"
        return {"META-INF/encryption.xml": f"<encryption {ns}>{data}</encryption>"}

    chapters = {"a.xhtml": "<p>Teksti.</p>"}
    with pytest.raises(EncryptedDocument, match="DRM"):
        read(make_epub(chapters, more=locked("http://www.w3.org/2001/04/xmlenc#aes128-cbc")))
    fonts = make_epub(chapters, more=locked("http://www.idpf.org/2008/embedding"))
    assert read(fonts).pages[0].text == "Teksti."


def test_a_chapter_that_is_named_but_missing_is_a_remark(read, make_epub):
    parsed = read(make_epub({"../../missing": "", "a.xhtml": "<p>Teksti.</p>"}))
    assert [page.text for page in parsed.pages] == ["Teksti."]
    assert parsed.warnings == ("1 chapter(s) are named but not in the book",)


def test_a_chapter_that_the_spine_names_again_and_again_is_read_once(read, make_epub):
    one = '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata/>'
        f"<manifest>{one}</manifest><spine>"
        + 20_000 * '<itemref idref="a"/>'
        + "</spine></package>"
    )
    parsed = read(make_epub({"a.xhtml": "<p>Teksti.</p>"}, more={"OEBPS/book.opf": package}))
    assert [page.text for page in parsed.pages] == ["Teksti."]


@pytest.mark.parametrize("more", [{"META-INF/container.xml": "<a/>"}, {"OEBPS/book.opf": "<a/>"}])
def test_a_book_without_package_or_chapters_is_damaged(read, make_epub, more):
    with pytest.raises(DamagedDocument, match="not a whole EPUB book"):
        read(make_epub({"a.xhtml": "<p>Teksti.</p>"}, more=more))
