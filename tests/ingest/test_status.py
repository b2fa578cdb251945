"""`amic-kg status`: how the runs went, what is missing and why, in words and as JSON."""

from __future__ import annotations

import json

import pytest

from amic_kg.cli.reasons import REASONS
from amic_kg.graph.lock import lock_folder
from amic_kg.ledger import Ledger
from amic_kg.records import Failure, Location

NO_TEXT = Failure("NoText", "its 4 pages hold no text that could be read", "Install tesseract")
SLOW = Failure("LimitExceeded", "took longer than 300 s", "Raise AMIC_PARSE_SECONDS")
SHAPELESS = Failure("InvalidGraph", "no title", "Mend the metadata")
SILENT = Failure("UnreachableSource", "does not answer", "Try again later")
COUNTS = {"found": 5, "published": 1, "skipped": 0, "failed": 3, "quarantined": 1, "withdrawn": 0}


@pytest.fixture
def data(tmp_path):
    """A folder whose ledger knows two sources: one with failures, one that broke."""
    (tmp_path / "data").mkdir()
    ledger = Ledger(f"sqlite:///{tmp_path / 'data' / 'ledger.sqlite'}")
    run = ledger.runs.begin("files", "files")
    ledger.add_location(Location("files", "/a.pdf", "k1", "ab", 1, 1, "", "1"))
    for name in ("/b.pdf", "/c.pdf"):
        ledger.fail("files", name, NO_TEXT)
    ledger.fail("files", "/slow.pdf", SLOW)
    ledger.fail("files", "/slow.pdf", SLOW)
    ledger.fail("files", "/[red]none.pdf", SHAPELESS)
    ledger.runs.complete(run, counts=COUNTS, left_out={"another language": 7}, pages=4)
    run = ledger.runs.begin("theses", "oai-pmh")
    ledger.fail("theses", "theses", SILENT)
    ledger.runs.complete(run, counts={"found": 1, "failed": 1}, left_out={}, pages=0, error=SILENT)
    ledger.close()
    return tmp_path / "data"


def lines(done):
    return [line.strip() for line in done.out.splitlines()]


def test_what_is_missing_is_told_by_class_with_cause_and_remedy(amic, data):
    told = lines(amic("status", data=data))
    assert "4 documents of files missing:" in told
    assert (
        "2 NoText: without text (scanned: install tesseract, then ingest again); "
        "read again when they change"
    ) in told
    (slow,) = [line for line in told if line.startswith("1 LimitExceeded")]
    assert "tried again by an ingest after 20" in slow
    (quarantined,) = [line for line in told if line.startswith("1 InvalidGraph")]
    assert "quarantined" in quarantined


def test_each_source_shows_its_last_run(amic, data, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    told = amic("status", data=data).out
    assert "5 found, 1 published, 3 failed, 1 quarantined, 7 left out by filters" in told
    assert "broke off" in told
    assert "theses was not read to its end: UnreachableSource: does not answer" in told


def test_one_source_alone(amic, data):
    told = amic("status", "--source", "theses", data=data).out
    assert "theses" in told
    assert "NoText" not in told
    found = json.loads(amic("status", "--source", "theses", "--json", data=data).out)
    assert [state["source"] for state in found["sources"]] == ["theses"]
    assert {row["source"] for row in found["failed"]} == {"theses"}


def test_a_source_that_was_never_ingested_is_answered_with_those_that_were(amic, data):
    done = amic("status", "--source", "thesis", data=data)
    assert done.code == 2
    assert "files, theses" in done.err


def test_failures_are_listed_with_tries_and_the_next_one(amic, data):
    told = lines(amic("status", "--failures", data=data))
    slow = told.index("/slow.pdf")
    assert told[slow + 1] == "LimitExceeded: took longer than 300 s"
    assert told[slow + 2] == "→ Raise AMIC_PARSE_SECONDS"
    assert told[slow + 3].startswith("2 tries, the last 20")
    assert "next after 20" in told[slow + 3]
    scanned = told.index("/b.pdf")
    assert told[scanned + 3].startswith("1 try, ")
    assert told[scanned + 3].endswith("next when it changes")
    assert "/[red]none.pdf" in told


def test_the_json_has_the_keys_that_scripts_rely_on(amic, data):
    found = json.loads(amic("status", "--json", data=data).out)
    assert {"data", "documents", "pages", "ocr_pages", "locations", "failures", "passages",
            "generation", "lag", "failed", "sources"} == set(found)  # fmt: skip
    assert found["lag"] == {"held_up": [], "running": False, "documents": 0}
    for row in found["failed"]:
        assert {"source", "identifier", "name", "message", "remedy", "attempts", "last_try",
                "next_try"} <= set(row)  # fmt: skip
    files, theses = found["sources"]
    for state in (files, theses):
        assert set(state) == {
            "source", "kind", "documents", "failed", "quarantined", "missing", "broken", "last_run",
        }  # fmt: skip
        assert set(state["last_run"]) == {
            "id", "began", "ended", "seconds", "state", "counts", "left_out", "pages", "error",
        }  # fmt: skip
    assert (files["documents"], files["failed"], files["quarantined"]) == (1, 3, 1)
    assert files["missing"][0] == {"class": "NoText", "number": 2, "waiting": 0, "next_try": ""}
    assert (theses["kind"], theses["last_run"]["state"]) == ("oai-pmh", "broken")
    assert set(theses["broken"]) == {"class", "message", "remedy"}


@pytest.fixture
def behind(data):
    """The same, when a run was broken off while it wrote: the index lacks two documents."""
    ledger = Ledger(f"sqlite:///{data / 'ledger.sqlite'}")
    ledger.unfinished.note(["k1", "k2"], "index")
    ledger.unfinished.note(["k3"], "publish")
    ledger.close()
    return data


def test_how_far_graph_and_index_are_behind_is_told_with_the_remedy(amic, behind):
    told = lines(amic("status", data=behind))
    (index,) = [line for line in told if line.startswith("Index: changes of 2 documents wait")]
    assert " wait since 20" in index
    assert any(line.startswith("Publishing: changes of 1 document wait since") for line in told)
    assert "'amic-kg rebuild --reviewed'" in " ".join(told)
    assert "A run is under way." not in told


def test_the_remedy_of_the_lag_completes_what_waits(amic, behind):
    amic("rebuild", "--reviewed", data=behind)
    assert json.loads(amic("status", "--json", data=behind).out)["lag"]["documents"] == 0


def test_while_a_run_goes_on_the_lag_is_its_work_and_asking_disturbs_no_start(amic, behind):
    lock = lock_folder(behind / "graph")
    told = amic("status", data=behind).out
    assert "A run is under way." in told
    assert "rebuild --reviewed" not in told
    lock.close()
    assert not json.loads(amic("status", "--json", data=behind).out)["lag"]["running"]
    lock_folder(behind / "graph").close()


def test_a_source_ingested_before_runs_were_kept_says_so(amic, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "data").mkdir()
    ledger = Ledger(f"sqlite:///{tmp_path / 'data' / 'ledger.sqlite'}")
    ledger.add_location(Location("files", "/a.pdf", "k1", "ab", 1, 1, "", "1"))
    ledger.close()
    assert "before runs were kept" in amic("status", data=tmp_path / "data").out


def test_of_a_class_without_words_the_name_is_told(amic, data):
    assert "StrangeFailure" not in REASONS
    ledger = Ledger(f"sqlite:///{data / 'ledger.sqlite'}")
    ledger.fail("files", "/odd.pdf", Failure("StrangeFailure", "odd", "Look at it"))
    ledger.close()
    told = lines(amic("status", data=data))
    assert any(line.startswith("1 StrangeFailure; tried again") for line in told)
