"""Files and folders as a source: each file once, in order, with what lies beside it."""

from __future__ import annotations

import json
import os

import pytest

from amic_kg.errors import UnreadableInput, UnsupportedFormat
from amic_kg.records import RawDocument, Unreadable
from amic_kg_ingest.sources.files import FileSource


def found(*paths):
    return list(FileSource(paths).documents())


def names(*paths):
    return [item.path.name for item in found(*paths) if isinstance(item, RawDocument)]


def faults(*paths):
    return [item for item in found(*paths) if isinstance(item, Unreadable)]


def test_a_folder_is_walked_in_order_hidden_files_left_out(write, folder):
    for name in ("b.txt", "a.pdf", "sub/c.docx", ".hidden.txt", ".git/d.txt", "e.HTML"):
        write(name)
    assert names(folder) == ["a.pdf", "b.txt", "e.HTML", "c.docx"]


def test_in_a_folder_what_cannot_be_a_document_is_named_and_not_read(write, folder):
    write("a.txt")
    write("map.tif")
    (fault,) = faults(folder)
    assert isinstance(fault.error, UnsupportedFormat)
    assert "'.tif'" in fault.error.cause


def test_a_file_that_is_named_is_taken_whatever_it_is_called(write):
    assert names(write("map.tif")) == ["map.tif"]


def test_a_pdf_without_an_ending_is_found(write, folder):
    write("bitstream", b"%PDF-1.4 ...")
    write("README", b"text")
    assert names(folder) == ["bitstream"]


def test_each_file_comes_once_however_often_it_is_named(write, folder):
    path = write("a.txt")
    assert names(folder, path, folder, folder / "." / "a.txt") == ["a.txt"]


def test_a_link_back_up_is_walked_once(write, folder):
    write("sub/a.txt")
    (folder / "sub" / "up").symlink_to(folder)
    assert names(folder) == ["a.txt"]


def test_a_link_to_a_file_elsewhere_is_followed(write, folder, tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_text("x")
    (folder / "link.txt").symlink_to(outside)
    assert names(folder) == ["link.txt"]


@pytest.mark.parametrize(
    ("target", "cause", "remedy"),
    [
        ("loop.txt", "symbolic links", "Remove the link"),
        ("none.txt", "link to nothing", "Remove the link"),
    ],
)
def test_a_link_that_leads_nowhere_is_named(folder, target, cause, remedy):
    (folder / "loop.txt").symlink_to(folder / target)
    (fault,) = faults(folder)
    assert isinstance(fault.error, UnreadableInput)
    assert cause in fault.error.cause
    assert remedy in fault.error.remedy


def test_what_does_not_exist_is_named(folder):
    (fault,) = faults(folder / "none")
    assert fault.error.cause == "does not exist"


def test_a_pipe_is_not_waited_on(folder):
    os.mkfifo(folder / "pipe.txt")
    (fault,) = faults(folder)
    assert "no regular file" in fault.error.cause


def test_a_pipe_that_was_asked_for_is_a_fault_of_the_asking(folder):
    os.mkfifo(folder / "pipe.txt")
    (fault,) = faults(folder / "pipe.txt")
    assert isinstance(fault.error, UnreadableInput)


def test_bytes_of_a_name_that_are_not_utf8_are_written_as_escapes(folder):
    path = os.fsencode(folder) + b"/a\xff.txt"
    with open(path, "wb") as file:  # noqa: PTH123 - a name in bytes
        file.write(b"x")
    (item,) = found(folder)
    assert item.identifier.endswith("a\\xff.txt")
    item.identifier.encode("utf-8")


class TestSidecars:
    def test_what_lies_beside_a_file_describes_it_and_is_no_document(self, write, folder):
        write("a.txt")
        write("a.txt.metadata.json", json.dumps({"title": "Otsikko"}))
        (item,) = found(folder)
        assert item.metadata == {"title": "Otsikko"}

    def test_a_byte_order_mark_is_borne(self, write, folder):
        write("a.txt")
        write("a.txt.metadata.json", b'\xef\xbb\xbf{"title": "O"}')
        assert found(folder)[0].metadata == {"title": "O"}

    @pytest.mark.parametrize(
        ("data", "cause"),
        [
            (b'{"title": ', "is not JSON"),
            (b"[1]", "holds no JSON object"),
            (b'{"title": "\xff"}', "is not JSON"),
            (b"", "is not JSON"),
            (b"[" * 100_000, "is not JSON"),
        ],
    )
    def test_a_broken_one_keeps_its_document_out(self, write, folder, data, cause):
        """It may be the one that says that the text must not be shown."""
        write("a.txt")
        write("a.txt.metadata.json", data)
        (item,) = found(folder)
        assert isinstance(item, Unreadable)
        assert item.error.subject == "a.txt.metadata.json"
        assert cause in item.error.cause
        assert item.identifier.endswith("a.txt")
