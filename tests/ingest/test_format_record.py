"""Records without their texts, as files: written by sources, read as one page."""

from __future__ import annotations

import pytest

from amic_kg.errors import DamagedDocument, NoText
from amic_kg_ingest.formats import ReadingLimits, read_document
from amic_kg_ingest.formats.record import record_bytes

RECORD = {
    "title": {"fi": "Kaivosvedet", "en": "Mine water: where does it go?"},
    "abstract": {"fi": "Vesi puhdistetaan. Sulfaatti saostetaan."},
    "subject": ["kaivosvesi", "sulfaatti"],
    "creator": ["Eskola, Pentti"],
    "original": {"dc.title": ["KAIVOSVEDET"]},
}


@pytest.fixture
def read(write):
    def read(data: bytes, name: str = "kaivosvedet.record.json"):
        return read_document(write(name, data), name, ReadingLimits(ocr=False))

    return read


def test_title_abstract_and_keywords_are_one_page(read):
    parsed = read(record_bytes(RECORD, ("a remark",)))
    (page,) = parsed.pages
    assert page.text.split("\n\n") == [
        "Kaivosvedet.",
        "Mine water: where does it go?",
        "Vesi puhdistetaan. Sulfaatti saostetaan.",
        "kaivosvesi, sulfaatti.",
    ]
    assert parsed.media_type == "application/vnd.amic.record+json"
    assert parsed.metadata["creator"] == ["Eskola, Pentti"]
    assert parsed.warnings == ("a remark",)


def test_the_file_is_the_same_for_the_same_record_and_leaves_the_original_out():
    assert record_bytes(RECORD) == record_bytes(dict(reversed(RECORD.items())))
    assert b"KAIVOSVEDET" not in record_bytes(RECORD)


def test_it_is_known_by_its_first_bytes_whatever_it_is_called(read):
    assert read(record_bytes(RECORD), "kaivosvedet.txt").pages[0].text.startswith("Kaivosvedet.")


def test_a_title_about_a_format_makes_no_other_format_of_it(read):
    parsed = read(record_bytes({"title": {"en": "What %PDF-1.7 and <html> are"}}))
    assert parsed.media_type == "application/vnd.amic.record+json"


def test_a_record_that_is_cut_off_is_damaged(read):
    with pytest.raises(DamagedDocument, match="is a record that cannot be read"):
        read(record_bytes(RECORD)[:-20])


def test_a_record_of_another_version_is_not_guessed_at(read):
    with pytest.raises(DamagedDocument, match="is no record of version 1"):
        read(record_bytes(RECORD).replace(b'"amic_record": 1', b'"amic_record": 2'))


def test_a_record_that_says_nothing_has_no_text(read):
    with pytest.raises(NoText):
        read(record_bytes({"creator": ["Eskola, Pentti"]}))
