"""What a file is, told by its bytes; and what is said of those that are not read."""

from __future__ import annotations

import zipfile

import pytest

from amic_kg.errors import (
    DamagedDocument,
    EmptyInput,
    EncryptedDocument,
    InputError,
    NoText,
    UnsupportedFormat,
)
from amic_kg_ingest.formats import ReadingLimits, read_document
from amic_kg_ingest.formats.sniffing import detect_format

LIMITS = ReadingLimits(ocr=False)


def zipped(path, *members):
    with zipfile.ZipFile(path, "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    return path


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.pdf", b"%PDF-1.7\n...", "pdf"),
        ("a", b"%PDF-1.7\n...", "pdf"),
        ("a.txt", b"%PDF-1.7\n...", "pdf"),
        ("a.pdf", b"\n\n junk before \n%PDF-1.4", "pdf"),
        ("a.html", b"<p>short", "html"),
        ("a.xyz", b"<!DOCTYPE html><html>", "html"),
        ("a.txt", "kaivos ä".encode(), "text"),
        ("A.MD", b"# kaivos", "text"),
        ("a.txt", b"\xff\xfek\x00a\x00", "text"),
    ],
)
def test_a_format_is_told_by_the_bytes_and_the_name_settles_the_rest(tmp_path, name, data, kind):
    path = tmp_path / "x"
    path.write_bytes(data)
    assert detect_format(path, name) == kind


@pytest.mark.parametrize(
    ("members", "kind"),
    [
        (("[Content_Types].xml", "word/document.xml"), "docx"),
        (("[Content_Types].xml", "word/document2.xml"), "docx"),
        (("[Content_Types].xml", "ppt/presentation.xml"), "pptx"),
        (("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
    ],
)
def test_an_office_document_is_told_by_its_main_part(tmp_path, members, kind):
    assert detect_format(zipped(tmp_path / "a", *members), "a.zip") == kind


@pytest.mark.parametrize(
    ("mime", "kind"),
    [
        ("application/epub+zip", "epub"),
        ("application/vnd.oasis.opendocument.text", "odt"),
        ("application/vnd.oasis.opendocument.text-template", "odt"),
        ("application/vnd.oasis.opendocument.presentation", "odp"),
        ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    ],
)
def test_a_package_is_told_by_what_it_says_it_is(tmp_path, make_zip, mime, kind):
    path = tmp_path / "a"
    path.write_bytes(make_zip({"mimetype": f"{mime}\n", "content.xml": "<a/>"}))
    assert detect_format(path, "a.zip") == kind


@pytest.mark.parametrize(
    ("members", "cause"),
    [
        ({"[Content_Types].xml": "", "xl/workbook.bin": ""}, "Office file of a kind that is not"),
        ({"mimetype": "application/vnd.oasis.opendocument.graphics"}, "opendocument.graphics"),
        ({"a.pdf": "x"}, "is a ZIP archive"),
        ({}, "is a ZIP archive"),
    ],
)
def test_other_archives_are_named_and_not_read(tmp_path, make_zip, members, cause):
    path = tmp_path / "a"
    path.write_bytes(make_zip(members))
    with pytest.raises(UnsupportedFormat, match=cause) as caught:
        detect_format(path, "a.zip")
    assert caught.value.remedy


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + bytes(100)


@pytest.mark.parametrize(
    ("name", "data", "kind", "cause"),
    [
        ("a.pdf", b"This is no PDF", DamagedDocument, "looks like plain text"),
        ("a.pdf", b"<html><body>Log in</body>", DamagedDocument, "looks like HTML text"),
        ("a.pdf", bytes(5000), DamagedDocument, "nothing but zero bytes"),
        ("a.pdf", b"\x89PNG\r\n", DamagedDocument, "looks like a PNG image"),
        ("a.docx", b"kaivos", DamagedDocument, "is called .docx but is not one"),
        ("a.docx", b"PK\x03\x04 cut off", DamagedDocument, "ZIP structure is broken"),
        ("a.xlsx", b"kaivos", DamagedDocument, "is called .xlsx but is not one"),
        ("a.epub", b"<html><body>Log in</body>", DamagedDocument, "looks like HTML text"),
        ("a.docx", ole("EncryptedPackage"), EncryptedDocument, "protected by a password"),
        ("a.pptx", ole("EncryptedPackage"), EncryptedDocument, "protected by a password"),
        ("a.docx", ole("WordDocument"), UnsupportedFormat, "old Word document"),
        ("a.ppt", ole("PowerPoint Document"), UnsupportedFormat, "old PowerPoint presentation"),
        ("a.xls", ole("Workbook"), UnsupportedFormat, "old Excel workbook"),
        ("a.msg", ole("__substg1.0_"), UnsupportedFormat, "Outlook message"),
        ("a.doc", OLE, UnsupportedFormat, "old binary Office file"),
        ("a.jpg", b"\xff\xd8\xff\xe0", UnsupportedFormat, "is a JPEG image"),
        ("a.rtf", b"{\\rtf1 kaivos}", UnsupportedFormat, "is an RTF document"),
        ("a.txt", b"a\x00b", UnsupportedFormat, "binary data of an unknown kind"),
        ("a.xyz", b"kaivos", UnsupportedFormat, "unknown ending '.xyz'"),
    ],
)
def test_what_is_not_read_is_told_with_what_it_looks_like(tmp_path, name, data, kind, cause):
    path = tmp_path / "x"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        detect_format(path, name)
    assert type(caught.value) is kind
    assert caught.value.subject == name
    assert cause in caught.value.cause
    assert caught.value.remedy


def test_an_empty_file_is_told_as_such_whatever_its_name(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"")
    with pytest.raises(EmptyInput, match=r"report\.pdf: the file is empty \(0 bytes\)"):
        read_document(path, "report.pdf", LIMITS)


@pytest.mark.parametrize("data", [b" \n\t\n", b"\xef\xbb\xbf", b"\x0c\x0c"])
def test_a_file_of_blanks_holds_no_text(tmp_path, data):
    path = tmp_path / "x"
    path.write_bytes(data)
    with pytest.raises(NoText, match="hold no text"):
        read_document(path, "a.txt", LIMITS)


def test_a_document_without_text_but_with_a_title_is_worth_having(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"<html><head><title>Map of Kevitsa</title></head><body></body></html>")
    parsed = read_document(path, "a.html", LIMITS)
    assert parsed.metadata["title"] == "Map of Kevitsa"
