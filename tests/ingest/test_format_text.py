"""Plain text: the encoding found out, form feeds as page ends, characters tidied."""

from __future__ import annotations

import pytest

from amic_kg_ingest.formats import ReadingLimits, read_document
from amic_kg_ingest.formats.text import clean_text

TEXT = "Rikastushiekka-altaan pölyäminen Äkäslompolossa on vähäistä – öljyä käytetään säästäen."


@pytest.fixture
def read(tmp_path):
    def read(data):
        path = tmp_path / "x"
        path.write_bytes(data)
        return read_document(path, "a.txt", ReadingLimits())

    return read


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "iso8859_15", "mac_roman"]
)
def test_the_encoding_is_found_out(read, encoding):
    text = TEXT if encoding in ("utf-8", "utf-8-sig", "utf-16") else TEXT.replace("–", "-")
    assert read((f"{text}\n" * 5).encode(encoding)).pages[0].text == "\n".join([text] * 5)


@pytest.mark.parametrize("order", ["le", "be"])
def test_utf16_is_told_by_its_byte_order_mark(read, order):
    assert read(f"\ufeff{TEXT}".encode(f"utf-16-{order}")).pages[0].text == TEXT


def test_a_utf16_file_cut_within_a_character_is_read(read):
    assert read(TEXT.encode("utf-16")[:-1]).pages[0].text.startswith("Rikastushiekka")


def test_a_form_feed_ends_a_page(read):
    pages = read("Yksi\fKaksi\f\fNeljä".encode()).pages
    assert [(page.number, page.text) for page in pages] == [
        (1, "Yksi"),
        (2, "Kaksi"),
        (3, ""),
        (4, "Neljä"),
    ]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("  a  \t b\u00a0c  \n", "a b c"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("ﬁlmi ja m²", "filmi ja m2"),
        ("a\x00b\x07c\x1bd\x7f", "abcd"),
        ("\ufeffa\u200bb", "ab"),
        ("a\u0308", "ä"),
    ],
)
def test_characters_are_tidied(text, clean):
    assert clean_text(text) == clean
    assert clean_text(clean) == clean
