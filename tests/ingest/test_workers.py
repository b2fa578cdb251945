"""Worker processes: one document's misfortune is that document's alone."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import subprocess
import sys
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

import pytest

from amic_kg.external import ExternalVocabulary
from amic_kg.pipeline import preparation
from amic_kg.pipeline.preloading import forking_context
from amic_kg.pipeline.preparation import shared_extractor
from amic_kg.pipeline.workers import ProcessWorkers
from amic_kg.settings import Settings
from amic_kg.wiring import open_writing_side
from amic_kg_ingest.sources.files import FileSource

SPAWN = multiprocessing.get_context("spawn")
ROCKS = ExternalVocabulary("rocks", "Rocks", "CC0", "", 0, {}, "00", "2026-11-25")
GOOD = ("a good", "m good", "z good")
HOSTILE = {
    "b exits": ("WorkerLost", "exit code 7"),
    "c aborts": ("WorkerLost", "died"),
    "d errs": ("UnexpectedFault", "ZeroDivisionError: a fault of ours (hostile_readers.py:"),
    "e hungers": ("LimitExceeded", "more memory than a worker may take"),
    "f devours": ("LimitExceeded", "more memory than a worker may take"),
    "n hangs": ("LimitExceeded", "took longer than 2 s"),
}


@pytest.fixture(scope="module")
def run(tmp_path_factory, begun):
    """One run over good and hostile documents, two processes at a time."""
    folder = tmp_path_factory.mktemp("hostile")
    shutil.copytree(begun, folder / "data")
    documents = folder / "documents"
    documents.mkdir()
    for name in (*GOOD, *HOSTILE):
        (documents / f"{name}.txt").write_text(f"Kevitsan kaivos on Sodankylässä: {name}.\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parent))
        import hostile_readers

        writing = open_writing_side(Settings(data=folder / "data"), hostile_readers.read)
        workers = []

        forking = forking_context(folder / "data" / "vocabularies", names=True)

        def make_workers():
            # The time counts from the start of a task, and what was not loaded before is loaded
            # in the first one: the good documents are given all the time they need.
            workers.append(
                Hurried(hostile_readers.read, forking, size=2, seconds=60, megabytes=3072)
            )
            return workers[-1]

        writing.pipeline._make_workers = make_workers
        try:
            yield writing.pipeline.run(FileSource([documents]))
        finally:
            writing.close()


class Hurried(ProcessWorkers):
    """Gives a document that hangs two seconds, the others sixty."""

    def submit(self, task):
        self._seconds = 2 if "hangs" in task.name else 60
        return super().submit(task)

    def result(self, task, future):
        self._seconds = 2 if "hangs" in task.name else 60
        return super().result(task, future)


def outcome(report, name):
    return next(o for o in report.outcomes if o.source.endswith(f"{name}.txt"))


@pytest.mark.parametrize("name", GOOD)
def test_the_good_documents_are_in(run, name):
    assert outcome(run, name).state == "published"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_document_that_brings_its_process_down_fails_alone_and_says_how(run, name):
    kind, message = HOSTILE[name]
    failed = outcome(run, name)
    assert failed.state == "failed"
    assert failed.failure.name == kind
    assert message in failed.failure.message
    assert failed.failure.remedy


def test_the_report_adds_up(run):
    assert run.found == len(GOOD) + len(HOSTILE)
    assert run.count("published") == len(GOOD)
    assert run.count("failed") == len(HOSTILE)


def test_a_fault_of_ours_asks_to_be_reported(run):
    assert "report it" in outcome(run, "d errs").failure.remedy


def test_a_limit_names_the_setting_that_raises_it(run):
    assert "AMIC_PARSE_MEGABYTES" in outcome(run, "e hungers").failure.remedy
    assert "AMIC_PARSE_SECONDS" in outcome(run, "n hangs").failure.remedy


def test_there_is_one_process_a_core_unless_told_otherwise():
    workers = ProcessWorkers(print, SPAWN, size=0, seconds=1, megabytes=256)
    assert workers.size == os.cpu_count()
    with workers:
        pass
    assert ProcessWorkers(print, SPAWN, size=3, seconds=1, megabytes=256).size == 3


@pytest.mark.parametrize(("names", "expected"), [("names", "1 models"), ("off", "1 no-models")])
def test_a_worker_begins_with_vocabulary_and_models_in_memory_and_has_one_thread(
    tmp_path, names, expected
):
    program = Path(__file__).parent / "loaded_at_start.py"
    run = subprocess.run(
        [sys.executable, program, tmp_path, names],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert run.stdout.strip() == f"{expected} 0-more-threads"


def test_vocabularies_that_changed_are_loaded_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(preparation, "open_extractor", lambda *_, **__: object())
    monkeypatch.setattr(preparation, "_extractor", lru_cache(preparation._extractor.__wrapped__))
    begun = shared_extractor(tmp_path)
    assert shared_extractor(tmp_path) is begun
    (tmp_path / "rocks.json").write_text(json.dumps(asdict(ROCKS)))
    (tmp_path / "rocks.nt").write_text("")
    assert shared_extractor(tmp_path) is not begun
