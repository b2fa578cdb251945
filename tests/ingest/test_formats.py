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


def test_a_word_document_is_told_from_other_archives(tmp_path):
    path = zipped(tmp_path / "a", "[Content_Types].xml", "word/document.xml")
    assert detect_format(path, "a.zip") == "docx"
    with pytest.raises(UnsupportedFormat, match="Office file other than DOCX"):
        detect_format(zipped(tmp_path / "b", "[Content_Types].xml", "xl/workbook.xml"), "b.xlsx")
    with pytest.raises(UnsupportedFormat, match="is a ZIP archive") as caught:
        detect_format(zipped(tmp_path / "c", "a.pdf"), "c.zip")
    assert "Unpack it" in caught.value.remedy


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)


@pytest.mark.parametrize(
    ("name", "data", "kind", "cause"),
    [
        ("a.pdf", b"This is no PDF", DamagedDocument, "looks like plain text"),
        ("a.pdf", b"<html><body>Log in</body>", DamagedDocument, "looks like HTML text"),
        ("a.pdf", bytes(5000), DamagedDocument, "nothing but zero bytes"),
        ("a.pdf", b"\x89PNG\r\n", DamagedDocument, "looks like a PNG image"),
        ("a.docx", b"kaivos", DamagedDocument, "is called .docx but is not one"),
        ("a.docx", b"PK\x03\x04 cut off", DamagedDocument, "ZIP structure is broken"),
        ("a.docx", OLE, EncryptedDocument, "protected by a password"),
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
