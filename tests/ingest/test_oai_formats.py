"""Formats in which repositories give their records, and answers that are broken or hostile."""

from __future__ import annotations

import pytest
from lxml import etree

from amic_kg.errors import DamagedDocument, UnreadableInput
from amic_kg_ingest.metadata.dublin_core import Field
from amic_kg_ingest.sources.oai_pmh.answers import BrokenOff, ProtocolError, read_answer, read_page
from amic_kg_ingest.sources.oai_pmh.record_formats import File, read_content

URL = "https://example.org/oai"
PDF = "https://example.org/bitstream/1/1/a.pdf"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
)
DATE = "<responseDate>2026-11-25T10:00:00Z</responseDate><request>x</request>"


def content(xml: str, prefix: str):
    return read_content(etree.fromstring(xml), prefix)


def test_kk_gives_its_fields_its_files_in_order_and_the_page_of_the_work():
    found = content(
        f"""<kk:metadata xmlns:kk="http://kk/1.0">
        <kk:link href="https://example.org/handle/1/1"/>
        <kk:field schema="dc" element="contributor" qualifier="author" language="-"
          value="Eskola, Pentti"/>
        <kk:field schema="dc" element="title" language="sv" value="Gruva"/>
        <kk:field schema="dc" element="type" value=""/>
        <kk:file bundle="ORIGINAL" href="{PDF}?2" name="b.pdf" type="application/pdf" sequence="2"/>
        <kk:file bundle="ORIGINAL" href="{PDF}" name="a.pdf" type="application/pdf" sequence="1"/>
        <kk:file bundle="TEXT" href="{PDF}.txt" name="a.pdf.txt" type="text/plain" sequence="0"/>
        </kk:metadata>""",
        "kk",
    )
    assert found.fields == (
        Field("contributor.author", "Eskola, Pentti", "-"),
        Field("title", "Gruva", "sv"),
    )
    assert [file.url for file in found.files] == [PDF, f"{PDF}?2"]
    assert found.page == "https://example.org/handle/1/1"


def test_xoai_gives_element_qualifier_and_language_and_the_original_files():
    found = content(
        f"""<metadata xmlns="http://www.lyncode.com/xoai">
        <element name="dc"><element name="contributor"><element name="author">
          <element name="none"><field name="value">Eskola, Pentti</field></element>
        </element></element>
        <element name="title"><element name="fi"><field name="value">Kaivos</field></element>
        </element></element>
        <element name="bundles">
          <element name="bundle"><field name="name">TEXT</field><element name="bitstreams">
            <element name="bitstream"><field name="url">{PDF}.txt</field></element>
          </element></element>
          <element name="bundle"><field name="name">ORIGINAL</field><element name="bitstreams">
            <element name="bitstream"><field name="name">a.pdf</field>
              <field name="format">application/pdf</field><field name="url">{PDF}</field>
              <field name="sid">1</field></element>
          </element></element>
        </element></metadata>""",
        "xoai",
    )
    assert found.fields == (
        Field("contributor.author", "Eskola, Pentti", "none"),
        Field("title", "Kaivos", "fi"),
    )
    assert found.files == (File(PDF, "a.pdf", "application/pdf", 1),)


def test_dim_gives_element_qualifier_and_language():
    found = content(
        """<dim:dim xmlns:dim="http://www.dspace.org/xmlns/dspace/dim">
        <dim:field mdschema="dc" element="date" qualifier="issued">2019</dim:field>
        <dim:field mdschema="dc" element="title" lang="en">Mine</dim:field>
        <dim:field mdschema="dc" element="type"/></dim:dim>""",
        "dim",
    )
    assert found.fields == (Field("date.issued", "2019"), Field("title", "Mine", "en"))


def test_refined_dublin_core_goes_under_the_names_of_qualified_fields():
    found = content(
        """<qdc xmlns:dc="http://purl.org/dc/elements/1.1/"
        xmlns:dcterms="http://purl.org/dc/terms/"><dc:title xml:lang="fi">Kaivos</dc:title>
        <dcterms:issued>2019</dcterms:issued><dcterms:abstract>Vesi.</dcterms:abstract></qdc>""",
        "qdc",
    )
    assert found.fields == (
        Field("title", "Kaivos", "fi"),
        Field("date.issued", "2019"),
        Field("description.abstract", "Vesi."),
    )


def test_plain_dublin_core_names_page_and_file_among_its_identifiers():
    found = content(
        f"""<dc xmlns:dc="http://purl.org/dc/elements/1.1/">
        <dc:identifier>https://example.org/handle/1/1</dc:identifier>
        <dc:identifier>{PDF}</dc:identifier><dc:identifier>PT2017_1</dc:identifier></dc>""",
        "oai_dc",
    )
    assert found.page == "https://example.org/handle/1/1"
    assert found.files == (File(PDF),)


def answer(body: str | bytes, head: str = HEAD + DATE, tail: str = "</OAI-PMH>"):
    middle = body.encode() if isinstance(body, str) else body
    return read_answer(head.encode() + middle + tail.encode(), URL)


def record(title: str | bytes, identifier: str = "oai:1") -> bytes:
    text = title.encode() if isinstance(title, str) else title
    return (
        b"<record><header><identifier>" + identifier.encode() + b"</identifier>"
        b"<datestamp>2020-01-01</datestamp></header><metadata><t>" + text + b"</t></metadata>"
        b"</record>"
    )


def titles(*records: bytes) -> list[tuple[str, tuple[str, ...]]]:
    page = read_page(answer(b"<ListRecords>" + b"".join(records) + b"</ListRecords>"))
    return [(found.metadata.text, found.remarks) for found in page.records]


def test_bytes_that_are_no_utf_8_are_repaired_where_they_stand_and_nowhere_else():
    found = titles(record("pöly"), record("pöly".encode("latin-1")), record("Øster–Å"))
    assert [title for title, _ in found] == ["pöly", "pöly", "Øster–Å"]
    assert [bool(remarks) for _, remarks in found] == [False, True, False]


def test_a_document_that_says_that_it_is_latin_1_is_read_as_that():
    head = (HEAD + DATE).replace("UTF-8", "ISO-8859-1")
    body = b"<ListRecords>" + record("pöly".encode("latin-1")) + b"</ListRecords>"
    (found,) = read_page(answer(body, head)).records
    assert (found.metadata.text, found.remarks) == ("pöly", ())


@pytest.mark.parametrize(
    ("given", "read"),
    [("a\x0bb", "ab"), ("a&#x1F;b&#7;", "ab"), ("Lappi & Karjala", "Lappi & Karjala")],
)
def test_what_xml_has_no_place_for_is_mended(given, read):
    ((title, remarks),) = titles(record(given))
    assert title == read
    assert len(remarks) == 1


def test_a_record_without_metadata_is_deleted_and_one_without_identifier_is_none():
    page = read_page(
        answer(
            "<ListRecords><record><header status='deleted'><identifier>a</identifier></header>"
            "</record><record><header><identifier>b</identifier></header></record>"
            "<record><header/></record></ListRecords>"
        )
    )
    assert [(found.identifier, found.deleted) for found in page.records] == [
        ("a", True),
        ("b", True),
    ]


@pytest.mark.parametrize(
    "broken", ["", HEAD, HEAD + DATE, HEAD + DATE + "<ListRecords><record>", HEAD + "</OAI-PMH>"]
)
def test_an_answer_that_breaks_off_is_told_from_one_that_is_broken(broken):
    with pytest.raises(BrokenOff):
        read_answer(broken.encode(), URL)


def test_xml_that_nothing_mends_is_damaged():
    with pytest.raises(DamagedDocument, match="XML that cannot be read"):
        answer("<ListRecords><record></ListRecords>")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<!DOCTYPE html><html><body>Login</body></html>", "a web page"),
        ('<?xml version="1.0"?><rss><channel/></rss>', "other XML than that of OAI-PMH"),
        ("busy", "what is no XML"),
    ],
)
def test_what_is_no_oai_pmh_says_what_it_is(body, message):
    with pytest.raises(UnreadableInput, match=message):
        read_answer(body.encode(), URL)


def test_an_error_of_the_protocol_is_told_by_its_code():
    with pytest.raises(ProtocolError, match="badVerb: no such verb") as caught:
        answer('<error code="badVerb">no such  verb</error>')
    assert (caught.value.code, caught.value.date) == ("badVerb", "2026-11-25T10:00:00Z")


def with_doctype(declarations: str, text: str):
    head = (HEAD + DATE).replace("?><OAI", f"?><!DOCTYPE x [{declarations}]><OAI")
    return answer(b"<ListRecords>" + record(text) + b"</ListRecords>", head)


def test_a_file_of_ours_that_an_answer_names_is_not_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("not for others")
    found = with_doctype(f'<!ENTITY f SYSTEM "file://{secret}">', "&f;")
    assert b"not for others" not in etree.tostring(found.body)


def test_entities_that_would_fill_the_memory_are_refused():
    declared = f'<!ENTITY a "{"a" * 1000}">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 100}">' for i in range(8)
    )
    with pytest.raises(DamagedDocument):
        with_doctype(declared, "&i;")
