"""The ledger: what is written is read back, replaced whole, and counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from amic_kg.errors import InvalidSetting, ServiceUnavailable
from amic_kg.ledger import Ledger
from amic_kg.records import BibliographicRecord, Extraction, Failure, Location, Page

RECORD = BibliographicRecord(
    title={"fi": "Otsikko “ä”", "en": "Title"},
    kind="Report",
    creators=("A", "B"),
    issued="2018-02",
    languages=("fi",),
    work_packages=(1, 3),
    abstract={"fi": "Tiivistelmä"},
)


@pytest.fixture
def ledger(tmp_path):
    ledger = Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    yield ledger
    ledger.close()


def place(identifier="/a.pdf", key="k1", sha256="ab") -> Location:
    return Location("files", identifier, key, sha256, 10, 20, "meta", "1")


def extraction(key="k1", pages=("Yksi", "Kaksi"), sha256="ab") -> Extraction:
    return Extraction(
        key=key,
        sha256=sha256,
        media_type="application/pdf",
        file_name="a.pdf",
        record=RECORD,
        language="fi",
        pages=tuple(Page(n, text, "i" if n == 1 else None) for n, text in enumerate(pages, 1)),
        passages=(),
        mentions=(),
        subjects=(),
        pipeline_version="1",
    )


def test_a_document_is_read_back_as_it_was(ledger):
    ledger.publish([(place(), extraction())])
    stored = ledger.document("k1")
    assert stored.record == RECORD
    assert (stored.key, stored.page_count, stored.language) == ("k1", 2, "fi")
    assert ledger.pages("k1") == extraction().pages
    assert ledger.page_text("k1", 2) == "Kaksi"
    assert ledger.page_labels("k1") == {1: "i"}
    assert ledger.location("files", "/a.pdf") == place()
    assert ledger.key_of("ab") == "k1"


def test_what_is_not_there_is_none(ledger):
    assert ledger.document("k1") is None
    assert ledger.page_text("k1", 1) is None
    assert ledger.location("files", "/a.pdf") is None
    assert ledger.key_of("ab") is None
    assert ledger.note("x") is None
    assert ledger.documents_of(["k1"]) == {}
    assert ledger.documents_of([]) == {}


def test_publishing_again_replaces_the_pages_whole(ledger):
    ledger.publish([(place(), extraction(pages=("a", "b", "c")))])
    ledger.publish([(place(sha256="cd"), extraction(pages=("d",), sha256="cd"))])
    assert [page.text for page in ledger.pages("k1")] == ["d"]
    assert ledger.key_of("ab") is None
    assert (ledger.count(), ledger.counts()["pages"]) == (1, 1)


def test_a_batch_is_in_whole_or_not_at_all(ledger):
    broken = replace(extraction("k2"), pages=(Page(1, "a"), Page(1, "b")))
    with pytest.raises(Exception, match="UNIQUE"):
        ledger.publish([(place(), extraction()), (place("/b.pdf", "k2"), broken)])
    assert ledger.count() == 0
    assert ledger.location("files", "/a.pdf") is None


def test_a_document_may_lie_in_several_places(ledger):
    ledger.publish([(place("/b.pdf"), extraction())])
    ledger.add_location(place("/a.pdf"))
    ledger.add_location(place("/a.pdf"))
    assert [found.identifier for found in ledger.locations_of("k1")] == ["/a.pdf", "/b.pdf"]


def test_failures_count_their_attempts_and_end_with_success(ledger):
    failure = Failure("EmptyInput", "is empty", "Get it again")
    ledger.fail("files", "/a.pdf", failure)
    ledger.fail("files", "/a.pdf", replace(failure, name="DamagedDocument"))
    (row,) = ledger.failures()
    assert (row["name"], row["attempts"], row["identifier"]) == ("DamagedDocument", 2, "/a.pdf")
    ledger.publish([(place(), extraction())])
    assert ledger.failures() == []


def test_a_failure_of_one_place_is_no_concern_of_another(ledger):
    ledger.fail("files", "/b.pdf", Failure("EmptyInput", "is empty", "Get it again"))
    ledger.publish([(place(), extraction())])
    assert [row["identifier"] for row in ledger.failures()] == ["/b.pdf"]


def test_notes_are_kept_and_replaced(ledger):
    ledger.set_note("ontology", "1")
    ledger.set_note("ontology", "2")
    assert ledger.note("ontology") == "2"


def test_documents_are_listed_in_pages_without_overlap(ledger):
    for n in range(7):
        ledger.publish(
            [(place(f"/{n}.pdf", f"k{n}", f"s{n}"), extraction(f"k{n}", sha256=f"s{n}"))]
        )
    listed = [d.key for offset in (0, 3, 6) for d in ledger.documents(limit=3, offset=offset)]
    assert sorted(listed) == [f"k{n}" for n in range(7)]
    assert set(ledger.documents_of(["k1", "k5", "none"])) == {"k1", "k5"}


def test_counts_say_how_much_there_is(ledger):
    scanned = replace(extraction(), pages=(Page(1, "a", origin="ocr"), Page(2, "b")))
    ledger.publish([(place(), scanned)])
    ledger.fail("files", "/b.pdf", Failure("EmptyInput", "is empty", "Get it again"))
    assert ledger.counts() == {
        "documents": 1, "pages": 2, "ocr_pages": 1, "locations": 1, "failures": 1,
    }  # fmt: skip


def test_a_second_reader_sees_what_was_written(ledger, tmp_path):
    ledger.publish([(place(), extraction())])
    other = Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    assert other.count() == 1
    other.close()


@pytest.mark.parametrize("url", ["nonsense", "oracle+nodriver://h/db", "sqlite+nothing:///x"])
def test_a_url_that_is_none_is_a_setting_to_mend(url):
    with pytest.raises(InvalidSetting, match="AMIC_LEDGER_URL"):
        Ledger(url)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ServiceUnavailable, match="ledger cannot be opened"):
        Ledger(f"sqlite:///{tmp_path / 'none' / 'ledger.sqlite'}")


def test_a_file_that_is_no_database_is_named(tmp_path):
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"this is no database, " * 100)
    with pytest.raises(ServiceUnavailable, match="ledger cannot be opened"):
        Ledger(f"sqlite:///{path}")
