"""The real material beside the repository, in one run: nothing crashes, nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from amic_kg import errors

pytestmark = pytest.mark.shared

OCR = "auto" if os.environ.get("CI") == "true" else "off"
OCR_PAGES = 1
FOLDERS = ("pdf", "docx", "amic", "odd_pdfs")
FINDABLE = {
    "critical raw materials": "eu_crm_2014.pdf",
    "qualified person": "national-instrument-43-101.pdf",
    "kaivosklusteri": "amic_project_page_fi.txt",
}


@pytest.fixture(scope="module")
def material(root: Path) -> list[Path]:
    place = Path(os.environ.get("AMIC_TEST_SHARED") or root.parent / "shared" / "data")
    folders = [place / name for name in FOLDERS]
    missing = [folder.name for folder in folders if not folder.is_dir()]
    if missing:
        reason = f"the real material is not there: {', '.join(missing)} (AMIC_TEST_SHARED)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return folders


@pytest.fixture(scope="module")
def run(material, begun, tmp_path_factory, process_environment):
    """The process as an operator starts it; OCR, which takes most of the time, in CI alone."""

    data = tmp_path_factory.mktemp("real") / "data"
    shutil.copytree(begun, data)
    done = subprocess.run(
        [sys.executable, "-m", "amic_kg", "ingest", "--json", *map(str, material)],
        capture_output=True,
        text=True,
        env=process_environment(data, workers=2, ocr=OCR, ocr_pages=OCR_PAGES),
        timeout=300,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, json.loads(done.stdout), data


def test_nothing_crashes_and_the_exit_code_says_that_some_failed(run):
    code, report, _ = run
    assert code == 3
    faults = {"WorkerLost", "UnexpectedFault"}
    crashed = [d for d in report["documents"] if d["error"] and d["error"]["class"] in faults]
    assert crashed == []


def test_every_file_is_accounted_for_and_the_sums_add_up(run, material):
    _, report, _ = run
    files = [path for folder in material for path in folder.rglob("*") if path.is_file()]
    named = [document["source"] for document in report["documents"]]
    attached = [source for source in named if "#" in source]
    assert report["found"] == len(named) == len(set(named)) == len(files) + len(attached)
    states = ("published", "skipped", "failed", "quarantined")
    assert report["found"] == sum(report[state] for state in states)
    assert set(named) - set(attached) == set(map(str, files))
    assert {source.partition("#")[0] for source in attached} <= set(named)


def test_what_is_attached_to_a_document_is_accounted_for_by_itself(run):
    _, report, _ = run
    attached = {
        Path(document["source"]).name: document["state"]
        for document in report["documents"]
        if "#" in document["source"]
    }
    assert attached.keys() == {"with-attachment.pdf#image.png", "attachment.pdf#jpeg.pdf"}


def test_each_failure_is_listed_with_file_cause_and_remedy(run):
    _, report, _ = run
    failed = [document for document in report["documents"] if document["state"] == "failed"]
    assert failed
    for document in failed:
        error = document["error"]
        assert issubclass(getattr(errors, error["class"]), errors.InputError)
        assert error["message"]
        assert error["remedy"]


def test_encrypted_documents_are_those_that_ask_for_a_password(run):
    _, report, _ = run
    closed = {
        Path(document["source"]).name
        for document in report["documents"]
        if document["error"] and document["error"]["class"] == "EncryptedDocument"
    }
    assert {"libreoffice-writer-password.pdf", "r3-user-password.pdf"} <= closed
    assert not {"r3-empty-password.pdf", "r6-empty-password.pdf", "unencrypted.pdf"} & closed


def test_the_greater_part_is_published(run):
    _, report, _ = run
    assert report["published"] > 0.7 * report["found"]


@pytest.mark.parametrize("words", FINDABLE)
def test_good_documents_are_searchable(run, amic, words):
    found = json.loads(amic("search", words, "--json", "--size", 20, data=run[2]).out)
    assert FINDABLE[words] in {hit["file"] for hit in found["hits"]}


def test_a_second_run_skips_what_is_in(run, material, amic, monkeypatch):
    monkeypatch.setenv("AMIC_OCR", OCR)
    monkeypatch.setenv("AMIC_OCR_PAGES", str(OCR_PAGES))
    data = run[2]
    again = json.loads(
        amic("ingest", "--json", material[1], material[2], data=data).out.splitlines()[-1]
    )
    assert again["skipped"] == again["found"] > 0
