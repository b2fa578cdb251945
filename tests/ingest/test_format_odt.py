"""ODT: paragraphs, lists, tables, notes and frames in reading order; pages where they broke."""

from __future__ import annotations

import pytest

from amic_kg.errors import DamagedDocument, EncryptedDocument, InputError
from amic_kg_ingest.formats import ReadingLimits, read_document


@pytest.fixture
def read(tmp_path):
    def read(data, name="a.odt"):
        path = tmp_path / "x"
        path.write_bytes(data)
        return read_document(path, name, ReadingLimits(ocr=False))

    return read


def test_headings_paragraphs_lists_and_tables_come_in_reading_order(read, make_odf):
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    body = (
        "<text:h>Kaivosvedet</text:h>"
        "<text:p>Ennen<text:s/>taulukkoa<text:tab/>ja<text:line-break/>sen jälkeen.</text:p>"
        "<text:list><text:list-item><text:p>yksi</text:p></text:list-item>"
        "<text:list-item><text:p>kaksi</text:p></text:list-item></text:list>"
        f"<table:table><table:table-row>{cell.format('Kohde')}{cell.format('Metalli')}"
        f"</table:table-row><table:table-row>{cell.format('Kevitsa')}{cell.format('nikkeli')}"
        "</table:table-row></table:table><text:p>Loppu.</text:p>"
    )
    (page,) = read(make_odf("text", body)).pages
    assert page.text.split("\n\n") == [
        "Kaivosvedet", "Ennen taulukkoa ja\nsen jälkeen.", "yksi", "kaksi",
        "Kohde | Metalli\nKevitsa | nikkeli", "Loppu.",
    ]  # fmt: skip


def test_pages_end_where_the_text_says_that_they_ended(read, make_odf):
    body = (
        "<text:p>Sivu yksi jat<text:soft-page-break/>kuu kahdelle.</text:p>"
        "<text:soft-page-break/><text:p>Sivu kolme.</text:p>"
    )
    pages = read(make_odf("text", body)).pages
    assert [page.text for page in pages] == ["Sivu yksi jat", "kuu kahdelle.", "Sivu kolme."]


def test_a_style_that_begins_a_page_begins_one_also_by_its_parent(read, make_odf):
    broken = '<style:paragraph-properties fo:break-before="page"/>'
    free = '<style:paragraph-properties fo:break-before="auto"/>'
    styles = (
        '<style:style style:name="P1" style:parent-style-name="Chapter"/>'
        f'<style:style style:name="P2" style:parent-style-name="Chapter">{free}</style:style>'
    )
    body = "".join(
        f'<text:p text:style-name="{style}">{text}</text:p>'
        for style, text in (("P1", "Alku."), ("P0", "Jatko."), ("P1", "Uusi."), ("P2", "Sama."))
    )
    data = make_odf(
        "text", body, styles=styles,
        common=f'<style:style style:name="Chapter">{broken}</style:style>',
    )  # fmt: skip
    assert [page.text for page in read(data).pages] == ["Alku.\n\nJatko.", "Uusi.\n\nSama."]


def test_styles_that_are_each_others_parents_end(read, make_odf):
    styles = (
        '<style:style style:name="A" style:parent-style-name="B"/>'
        '<style:style style:name="B" style:parent-style-name="A"/>'
    )
    data = make_odf("text", '<text:p text:style-name="A">Teksti.</text:p>', styles=styles)
    assert read(data).pages[0].text == "Teksti."


def test_notes_and_frames_stand_after_their_paragraph_and_comments_nowhere(read, make_odf):
    body = (
        "<text:tracked-changes><text:p>poistettu</text:p></text:tracked-changes>"
        "<text:p>Kevitsa<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>Avattu 2012.</text:p></text:note-body></text:note> on kaivos"
        "<office:annotation><text:p>tarkista</text:p></office:annotation>."
        "<draw:frame><draw:text-box><text:p>Kehyksessä.</text:p></draw:text-box></draw:frame>"
        "</text:p>"
    )
    (page,) = read(make_odf("text", body)).pages
    assert page.text.split("\n\n") == ["Kevitsa on kaivos.", "Avattu 2012.", "Kehyksessä."]


def test_title_language_and_keywords_are_metadata_and_the_author_is_not(read, make_odf):
    meta = (
        "<dc:title>Kaivosvedet</dc:title><dc:language>fi-FI</dc:language>"
        "<meta:keyword>vesi</meta:keyword><meta:keyword>sulfaatti</meta:keyword>"
        "<dc:creator>account7</dc:creator>"
    )
    metadata = read(make_odf("text", "<text:p>Teksti.</text:p>", meta=meta)).metadata
    assert metadata == {
        "title": "Kaivosvedet",
        "language": "fi-FI",
        "subject": ["vesi", "sulfaatti"],
        "abstract": None,
    }


def test_a_document_with_a_password_says_so(read, make_odf):
    entry = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    with pytest.raises(EncryptedDocument, match="protected by a password"):
        read(make_odf("text", "", manifest=entry))


def test_a_document_without_its_content_is_damaged(read, make_zip):
    with pytest.raises(DamagedDocument, match="not a whole OpenDocument text document"):
        read(make_zip({"mimetype": "application/vnd.oasis.opendocument.text"}))


def test_elements_nested_without_end_are_called_damaged(read, make_odf):
    body = "<text:section>" * 5000 + "<text:p>x</text:p>" + "</text:section>" * 5000
    with pytest.raises(InputError):
        read(make_odf("text", body))


def test_entities_are_not_resolved(read, make_zip, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("salaisuus", encoding="utf-8")
    content = (
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
        "<text:p>Näkyvä &x; teksti</text:p></office:text></office:body></office:document-content>"
    )
    parsed = read(
        make_zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})
    )
    assert "Näkyvä" in parsed.pages[0].text
    assert "salaisuus" not in parsed.pages[0].text
