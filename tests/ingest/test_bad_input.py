"""Every kind of bad input in one run: a clear line each, exit code 3, the rest goes on.

The run is a process of its own. As root it gives up the right to read what it may not, so that an
unreadable folder is one; as anybody else it has no such right to begin with.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

UNPRIVILEGED = (
    ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
)


@dataclass(frozen=True)
class Bad:
    """A name in the folder of bad input, and what must be said of it."""

    name: str
    kind: str
    cause: str
    remedy: str
    shown: str = ""
    """As the terminal shows the name, where that differs."""


BAD = [
    Bad("empty.pdf", "EmptyInput", "the file is empty (0 bytes)", "Get the file again"),
    Bad("text.pdf", "DamagedDocument", "looks like plain text", "give it the right name"),
    Bad("login.pdf", "DamagedDocument", "looks like HTML text", "Get the file again"),
    Bad("encrypted.pdf", "EncryptedDocument", "protected by a password", "Save it without one"),
    Bad("truncated.pdf", "DamagedDocument", "cannot be read", "Get the file again"),
    Bad("bomb.docx", "LimitExceeded", "like a ZIP bomb", "save it as PDF"),
    Bad("large.pdf", "LimitExceeded", "has 2,000 MB, above the limit", "AMIC_FILE_MEGABYTES"),
    Bad("loop", "UnreadableInput", "Too many levels of symbolic links", "Remove the link"),
    Bad("dangling.txt", "UnreadableInput", "is a link to nothing", "Remove the link"),
    Bad("locked", "UnreadableInput", "cannot be opened: Permission denied", "Make it readable"),
    Bad("secret.txt", "UnreadableInput", "cannot be read: Permission denied", "may read it"),
    Bad("blank.txt", "NoText", "hold no text", "leave it out"),
    Bad("sidecar.txt", "UnreadableInput", "is not JSON", "or remove it"),
    Bad("two\nlines.pdf", "EmptyInput", "is empty", "Get the file again", r"two\nlines.pdf"),
    Bad("rtl\u202efdp.txt", "NoText", "no text", "leave it out", r"rtl\u202efdp.txt"),
    Bad("bytes\\xff.pdf", "EmptyInput", "is empty", "Get the file again"),
    Bad("escape\x1b[31m.pdf", "EmptyInput", "is empty", "Get the file", r"escape\x1b[31m.pdf"),
    Bad("brackets[/red].pdf", "EmptyInput", "is empty", "Get the file again"),
]

GOOD = ("good.txt", "good.pdf", "good.docx", "good.html", "sub/utf16.txt", "sub/cp1252.txt")


def fill(folder: Path, make_pdf, make_encrypted_pdf, make_docx, make_zip_bomb, text: str) -> None:
    (folder / "sub").mkdir(parents=True)
    (folder / "brackets[").mkdir()  # With what it holds its path looks like markup of Rich.
    pdf = make_pdf(["Kevitsa mine and the treatment of mine water in Lapland"])
    files: dict[str, bytes] = {
        "empty.pdf": b"",
        "text.pdf": b"This is no PDF at all.",
        "login.pdf": b"<!doctype html><html><body>Log in to see the file</body></html>",
        "encrypted.pdf": make_encrypted_pdf("secret"),
        "truncated.pdf": pdf[: len(pdf) // 6],
        "bomb.docx": make_zip_bomb(),
        "secret.txt": text.encode(),
        "blank.txt": b" \n\n ",
        "sidecar.txt": text.encode() + b"s",
        "sidecar.txt.metadata.json": b'{"accessRights": ',
        "two\nlines.pdf": b"",
        "rtl\u202efdp.txt": b" ",
        "escape\x1b[31m.pdf": b"",
        "brackets[/red].pdf": b"",
        "good.txt": text.encode(),
        "twin.txt": text.encode(),
        "good.pdf": pdf,
        "good.docx": make_docx(lambda document: document.add_paragraph(f"Word: {text}")),
        "good.html": f"<html><body><p>HTML: {text}</p></body></html>".encode(),
        "sub/utf16.txt": f"Toinen: {text}".encode("utf-16"),
        "sub/cp1252.txt": f"Kolmas: {text}".encode("cp1252"),
        "map.tif": b"II*\x00",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    with open(os.fsencode(folder) + b"/bytes\xff.pdf", "wb"):  # noqa: PTH123 - a name in bytes
        pass
    with (folder / "large.pdf").open("wb") as file:
        file.truncate(2_000_000_000)
    (folder / "loop").symlink_to(folder / "loop")
    (folder / "sub" / "up").symlink_to(folder)
    (folder / "dangling.txt").symlink_to(folder / "nothing.txt")
    (folder / "locked").mkdir()
    (folder / "locked" / "inside.txt").write_text(text)
    os.mkfifo(folder / "pipe.txt")
    (folder / "secret.txt").chmod(0)
    (folder / "locked").chmod(0)


@dataclass(frozen=True)
class Runs:
    """The same folder twice: for people, then for machines."""

    first: subprocess.CompletedProcess[str]
    second: subprocess.CompletedProcess[str]
    data: Path
    folder: Path

    @property
    def report(self) -> dict[str, Any]:
        return json.loads(self.second.stdout.splitlines()[-1])

    def document(self, name: str) -> dict[str, Any]:
        return next(d for d in self.report["documents"] if d["source"].endswith(f"/{name}"))


@pytest.fixture(scope="module")
def runs(
    tmp_path_factory,
    make_pdf,
    make_encrypted_pdf,
    make_docx,
    make_zip_bomb,
    good_text,
    process_environment,
):
    base = tmp_path_factory.mktemp("bad")
    folder, data = base / "documents", base / "data"
    fill(folder, make_pdf, make_encrypted_pdf, make_docx, make_zip_bomb, good_text)

    def run(*options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [
                *UNPRIVILEGED,
                *(sys.executable, "-m", "amic_kg", "ingest", *options),
                *(str(folder), str(base / "none")),
            ],
            capture_output=True,
            text=True,
            env={**process_environment(data, workers=1), "NO_COLOR": "1", "COLUMNS": "80"},
            timeout=180,
            check=False,
        )

    yield Runs(run(), run("--json"), data, folder)
    (folder / "locked").chmod(0o700)


def test_the_exit_code_says_that_some_failed_and_the_rest_is_in(runs):
    assert (runs.first.returncode, runs.second.returncode) == (3, 3)


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: ascii(bad.name))
def test_each_is_named_with_class_cause_and_remedy(runs, bad):
    error = runs.document(bad.name)["error"]
    assert error["class"] == bad.kind
    assert bad.cause in error["message"]
    assert bad.remedy in error["remedy"]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: ascii(bad.name))
def test_each_has_its_clear_lines_on_the_terminal(runs, bad):
    lines = runs.first.stdout.splitlines()
    shown = bad.shown or bad.name
    at = next(i for i, line in enumerate(lines) if line.endswith(f"/{shown}"))
    assert lines[at + 1].startswith(f"  {bad.kind}: ")
    assert bad.cause in lines[at + 1]
    assert lines[at + 2].startswith("  → ")
    assert bad.remedy in lines[at + 2]


@pytest.mark.parametrize("name", GOOD)
def test_the_good_documents_are_published(runs, name):
    document = runs.document(name)
    assert document["state"] == "skipped"
    assert document["note"] == "unchanged"
    assert document["error"] is None


def test_the_sums_add_up(runs):
    report = runs.report
    states = ("published", "skipped", "failed", "quarantined")
    assert report["found"] == sum(report[state] for state in states) == len(report["documents"])
    failed = len(BAD) + 1  # and the folder that does not exist
    skipped = 3  # the twin, the map and the pipe
    assert report["failed"] == failed
    assert report["skipped"] == len(GOOD) + skipped
    found = failed + skipped + len(GOOD)
    assert runs.first.stdout.startswith(
        f"{found} found = {len(GOOD)} published ({len(GOOD)} pages) + {skipped} skipped"
        f" + {failed} failed\n"
    )


def test_the_same_content_under_two_names_is_told(runs):
    document = runs.document("twin.txt")
    assert document["state"] == "skipped"
    assert document["key"] == runs.document("good.txt")["key"]
    assert "1 same content" in runs.first.stdout


@pytest.mark.parametrize("name", ["map.tif", "pipe.txt"])
def test_what_is_no_document_is_passed_over_and_said(runs, name):
    document = runs.document(name)
    assert document["state"] == "skipped"
    assert document["note"]


def test_a_folder_that_does_not_exist_is_named(runs):
    assert runs.document("none")["error"]["message"] == "does not exist"


def test_nothing_behind_a_lock_or_a_loop_is_taken(runs):
    sources = [document["source"] for document in runs.report["documents"]]
    assert not any("inside.txt" in source for source in sources)
    assert len(sources) == len(set(sources))


def test_no_name_plays_tricks_on_the_terminal(runs):
    for text in (runs.first.stdout, runs.first.stderr):
        assert "\u202e" not in text
        assert "\x1b[31m" not in text
    assert "Traceback" not in runs.first.stderr + runs.second.stderr


def test_progress_goes_to_the_error_stream_and_json_stands_alone(runs):
    assert "Reading documents" in runs.first.stderr
    assert "Reading documents" not in runs.first.stdout
    assert len(runs.second.stdout.splitlines()) == 1
    assert runs.second.stderr == ""


def test_status_lists_what_is_missing_and_why(runs, amic):
    status = amic("status", "--failures", data=runs.data)
    assert status.code == 0
    assert "brackets[/red].pdf" in status.out
    assert r"two\nlines.pdf" in status.out
    for bad in BAD:
        assert bad.kind in status.out


def test_what_was_read_can_be_found(runs, amic):
    found = json.loads(amic("search", "saostamalla", "--json", data=runs.data).out)
    assert {hit["file"] for hit in found["hits"]} == {
        "good.txt", "good.docx", "good.html", "utf16.txt", "cp1252.txt",
    }  # fmt: skip
    found = json.loads(amic("search", "Lapland treatment", "--json", data=runs.data).out)
    assert "good.pdf" in {hit["file"] for hit in found["hits"]}
