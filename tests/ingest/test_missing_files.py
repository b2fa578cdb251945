"""Files that are gone from a folder: what is taken out, and what a missing disk must not empty."""

from __future__ import annotations

import io
import os
import shutil

import pytest
from pypdf import PdfReader, PdfWriter

from amic_kg.ledger import Ledger
from amic_kg_ingest.sources.files import FileSource

TEXTS = "Kevitsan kaivoksen nikkeli ja kaivosvedet, osa {}.\n"


@pytest.fixture
def ledger(bench):
    ledger = Ledger(bench.settings.ledger)
    yield ledger
    ledger.close()


@pytest.fixture
def ingest(bench, ledger, folder, tmp_path):
    """A run over the folder; its outcomes by name below the folder, as 'name: state'."""

    def ingest(*, withdraw=True, withdraw_all=False, place=folder):
        source = FileSource(
            [place],
            tmp_path / "unpacked",
            ledger.feed("files"),
            withdraw=withdraw,
            withdraw_all=withdraw_all,
        )
        report = bench.ingest_from(source)
        return {
            os.path.relpath(o.source, folder) if "/" in o.source else o.source: o
            for o in report.outcomes
        }

    return ingest


def attach(pdf: bytes, files: dict[str, str]) -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf)))
    for name, content in files.items():
        writer.add_attachment(name, content.encode())
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def states(outcomes):
    return {name: outcome.state for name, outcome in outcomes.items()}


def write_many(write, number, below=""):
    for n in range(number):
        write(f"{below}{n}.txt", TEXTS.format(n))


def test_a_document_whose_file_is_gone_stays_unless_it_is_asked_for(ingest, write, ledger):
    write("a.txt", TEXTS.format("a"))
    write("b.txt", TEXTS.format("b"))
    ingest()
    (write("b.txt", TEXTS.format("b"))).unlink()
    assert states(ingest(withdraw=False)) == {"a.txt": "skipped"}
    assert ledger.count() == 2
    assert states(ingest()) == {"a.txt": "skipped", "b.txt": "withdrawn"}
    assert ledger.count() == 1


def test_only_the_folder_that_was_given_is_asked_about(ingest, write, folder, ledger):
    for name in ("one/a.txt", "one/b.txt", "one-more/c.txt"):
        write(name, TEXTS.format(name))
    ingest()
    (folder / "one" / "b.txt").unlink()
    (folder / "one-more" / "c.txt").unlink()
    outcomes = ingest(place=folder / "one")
    assert states(outcomes) == {"one/a.txt": "skipped", "one/b.txt": "withdrawn"}
    assert ledger.count() == 2


def test_a_renamed_file_keeps_its_document(ingest, write, folder, ledger):
    path = write("a.txt", TEXTS.format("a"))
    key = ingest()["a.txt"].key
    path.rename(folder / "z.txt")
    assert states(ingest()) == {"z.txt": "skipped", "a.txt": "withdrawn"}
    assert ledger.withdrawn(key) is None
    (place,) = ledger.locations_of(key)
    assert place.identifier.endswith("z.txt")


def test_a_folder_of_many_may_be_renamed_without_confirmation(ingest, write, folder, ledger):
    write_many(write, 8, "old/")
    ingest()
    (folder / "old").rename(folder / "new")
    assert set(states(ingest()).values()) == {"skipped", "withdrawn"}
    assert ledger.count() == 8
    assert all("/new/" in place.identifier for place in ledger.feed("files").places())


def test_a_file_that_lies_in_another_folder_too_keeps_its_document(ingest, write, folder, ledger):
    path = write("one/a.txt", TEXTS.format("a"))
    write("two/a.txt", TEXTS.format("a"))
    write("one/b.txt", TEXTS.format("b"))
    ingest()
    path.unlink()
    ingest(place=folder / "one")
    assert ledger.count() == 2


@pytest.mark.parametrize("gone", ["missing", "empty"])
def test_a_folder_that_is_not_there_or_empty_takes_nothing_out(ingest, write, folder, ledger, gone):
    write_many(write, 3)
    ingest()
    shutil.rmtree(folder)
    if gone == "empty":
        folder.mkdir()
    (outcome,) = ingest(withdraw_all=True).values()
    assert outcome.state == "failed"
    expected = {"missing": "does not exist", "empty": "3 documents came from there"}
    assert expected[gone] in outcome.failure.message
    assert ledger.count() == 3


def test_an_empty_folder_within_may_be_a_disk_that_is_not_mounted(ingest, write, folder, ledger):
    write_many(write, 3)
    write("disk/a.txt", TEXTS.format("a"))
    ingest()
    (folder / "disk" / "a.txt").unlink()
    (folder / "2.txt").unlink()
    outcomes = ingest()
    assert outcomes["2.txt"].state == "withdrawn"
    assert "disk" in outcomes["files"].failure.message or "disk" in str(outcomes["files"])
    assert ledger.count() == 3
    (folder / "disk" / ".keep").touch()
    outcomes = ingest()
    assert outcomes["disk/a.txt"].state == "withdrawn"
    assert "files" not in outcomes
    assert ledger.count() == 2


def test_what_lies_below_a_link_to_nothing_stays(ingest, write, folder, ledger, tmp_path):
    write("a.txt", TEXTS.format("a"))
    disk = tmp_path / "disk"
    disk.mkdir()
    (disk / "b.txt").write_text(TEXTS.format("b"), "utf-8")
    (folder / "linked").symlink_to(disk)
    ingest()
    shutil.rmtree(disk)
    assert states(ingest()) == {"a.txt": "skipped", "linked": "failed"}
    assert ledger.count() == 2


def test_many_at_once_go_only_when_that_is_meant(ingest, write, folder, ledger):
    write_many(write, 20)
    ingest()
    for n in range(6):
        (folder / f"{n}.txt").unlink()
    failure = ingest()["files"].failure
    assert "the files of 6 of its 20 documents are gone" in failure.message
    assert "--withdraw-all-missing" in failure.remedy
    assert ledger.count() == 20
    outcomes = ingest(withdraw_all=True)
    assert list(states(outcomes).values()).count("withdrawn") == 6
    assert ledger.count() == 14
    # The next run has nothing to complain about.
    assert "files" not in ingest()
    assert not ledger.failures()


def test_a_few_go_also_when_they_are_a_large_part(ingest, write, folder, ledger):
    write_many(write, 6)
    ingest()
    for n in range(5):
        (folder / f"{n}.txt").unlink()
    ingest()
    assert ledger.count() == 1


def test_a_failure_goes_with_its_file(ingest, write, folder, ledger):
    write("a.txt", TEXTS.format("a"))
    broken = write("b.pdf", b"%PDF-1.4 torn")
    ingest()
    assert len(ledger.failures()) == 1
    broken.unlink()
    ingest()
    assert not ledger.failures()


class TestContainers:
    def test_what_has_left_an_archive_goes_always(self, ingest, write, make_zip, ledger):
        members = {"a.txt": TEXTS.format("a"), "b (1).txt": TEXTS.format("b")}
        write("all.zip", make_zip(members))
        ingest(withdraw=False)
        write("all.zip", make_zip({"a.txt": members["a.txt"], "c.txt": TEXTS.format("c")}))
        assert states(ingest(withdraw=False)) == {
            "all.zip#a.txt": "skipped",
            "all.zip#c.txt": "published",
            "all.zip#b%20(1).txt": "withdrawn",
        }
        assert ledger.count() == 2

    def test_a_member_that_was_renamed_keeps_its_document(self, ingest, write, make_zip, ledger):
        write("all.zip", make_zip({"a.txt": TEXTS.format("a")}))
        key = ingest()["all.zip#a.txt"].key
        write("all.zip", make_zip({"sub/a.txt": TEXTS.format("a")}))
        ingest()
        assert [p.identifier[-9:] for p in ledger.locations_of(key)] == ["sub/a.txt"]

    def test_a_damaged_archive_keeps_its_members(self, ingest, write, make_zip, ledger):
        data = make_zip({"a.txt": TEXTS.format("a"), "b.txt": TEXTS.format("b")})
        write("all.zip", data)
        ingest()
        write("all.zip", data[: len(data) // 2])
        assert states(ingest()) == {"all.zip": "failed"}
        assert ledger.count() == 2

    def test_an_archive_with_a_damaged_part_keeps_what_that_may_hold(
        self, ingest, write, make_zip, ledger
    ):
        inner = make_zip({"a.txt": TEXTS.format("a"), "b.txt": TEXTS.format("b")})
        write("all.zip", make_zip({"inner.zip": inner, "c.txt": TEXTS.format("c")}))
        ingest()
        write("all.zip", make_zip({"inner.zip": inner[:90], "d.txt": TEXTS.format("d")}))
        outcomes = states(ingest())
        assert outcomes["all.zip#inner.zip"] == "failed"
        assert outcomes["all.zip#c.txt"] == "withdrawn"
        assert "all.zip#inner.zip/a.txt" not in outcomes
        assert ledger.count() == 3

    def test_an_attachment_that_has_left_its_pdf_goes(self, ingest, write, make_pdf, ledger):
        pdf = make_pdf([TEXTS.format("pdf")])
        with_two = attach(pdf, {"a.txt": TEXTS.format("a"), "b.txt": TEXTS.format("b")})
        path = write("r.pdf", with_two)
        ingest()
        assert ledger.count() == 3
        path.write_bytes(attach(pdf, {"a.txt": TEXTS.format("a")}))
        assert states(ingest())["r.pdf#b.txt"] == "withdrawn"
        path.write_bytes(with_two[:1500])
        assert "r.pdf#a.txt" not in ingest()
        path.write_bytes(pdf)
        assert states(ingest())["r.pdf#a.txt"] == "withdrawn"
        assert ledger.count() == 1

    def test_an_archive_that_holds_nothing_more_gives_nothing(
        self, ingest, write, make_zip, ledger
    ):
        write("all.zip", make_zip({"a.txt": TEXTS.format("a")}))
        ingest()
        write("all.zip", make_zip({"a.jpg": b"x"}))
        ingest(withdraw=False)
        assert ledger.count() == 0

    def test_an_archive_that_is_gone_takes_its_members_along(
        self, ingest, write, make_zip, ledger, folder
    ):
        write("z.txt", TEXTS.format("z"))
        write("all.zip", make_zip({"a.txt": TEXTS.format("a")}))
        ingest()
        (folder / "all.zip").unlink()
        ingest(withdraw=False)
        assert ledger.count() == 2
        ingest()
        assert ledger.count() == 1

    def test_a_file_named_like_a_member_is_none(self, ingest, write, make_zip, ledger, folder):
        write("all.zip", make_zip({"a.txt": TEXTS.format("a")}))
        write("all.zip#b.txt", TEXTS.format("b"))
        ingest()
        assert states(ingest(place=folder / "all.zip")) == {"all.zip#a.txt": "skipped"}
        assert ledger.count() == 2


def test_a_file_that_is_still_being_written_is_neither_read_nor_missing(
    bench, ledger, write, folder
):
    write("a.txt", TEXTS.format("a"))
    path = write("b.txt", TEXTS.format("b"))
    feed = ledger.feed("files")
    bench.ingest_from(FileSource([folder], None, feed))
    path.write_text("half", "utf-8")
    source = FileSource([folder], None, feed, withdraw=True, unsettled=frozenset([str(path)]))
    report = bench.ingest_from(source)
    assert [outcome.state for outcome in report.outcomes] == ["skipped"]
    assert source.left_out == {"still being written": 1}
    assert ledger.count() == 2
