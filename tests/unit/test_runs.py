"""Runs in the ledger: what they came to, which were cut short, how each source stands."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from amic_kg.ledger import Ledger, runs, tables
from amic_kg.records import Failure, Location
from amic_kg.source_states import Missing

COUNTS = {"found": 3, "published": 2, "skipped": 0, "failed": 1, "quarantined": 0, "withdrawn": 0}
BROKEN = Failure("UnreachableSource", "it does not answer", "Try again later")


@pytest.fixture
def ledger(tmp_path):
    ledger = Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    yield ledger
    ledger.close()


def complete(ledger, run, **given):
    ledger.runs.complete(run, **{"counts": COUNTS, "left_out": {}, "pages": 5, **given})


def test_a_run_is_read_back_as_it_ended(ledger):
    run = ledger.runs.begin("theses", "oai-pmh")
    complete(ledger, run, left_out={"deleted": 4})
    (found,) = ledger.runs.of("theses")
    assert (found.kind, found.pages, found.state) == ("oai-pmh", 5, "complete")
    assert found.counts == COUNTS
    assert found.left_out == {"deleted": 4}
    assert found.began <= found.ended
    assert found.seconds >= 0


def test_a_run_that_goes_on_has_no_end(ledger):
    ledger.runs.begin("theses", "oai-pmh")
    (found,) = ledger.runs.of("theses")
    assert (found.state, found.ended, found.seconds) == ("running", "", None)


def test_a_killed_run_shows_as_interrupted_when_the_next_begins_whatever_its_source(ledger):
    ledger.runs.begin("theses", "oai-pmh")
    complete(ledger, ledger.runs.begin("files", "files"))
    (killed,) = ledger.runs.of("theses")
    assert (killed.state, killed.seconds) == ("interrupted", None)
    assert ledger.runs.of("files")[0].state == "complete"


def test_a_run_keeps_the_error_that_broke_its_source(ledger):
    complete(ledger, ledger.runs.begin("theses", "oai-pmh"), error=BROKEN)
    (found,) = ledger.runs.of("theses")
    assert (found.state, found.error) == ("broken", BROKEN)


def test_the_oldest_runs_of_a_source_are_dropped_and_no_others(ledger, monkeypatch):
    monkeypatch.setattr(runs, "KEPT_RUNS", 3)
    complete(ledger, ledger.runs.begin("files", "files"))
    made = [ledger.runs.begin("theses", "oai-pmh") for _ in range(5)]
    assert [run.id for run in ledger.runs.of("theses")] == made[:1:-1]
    assert len(ledger.runs.of("files")) == 1


def test_the_latest_run_comes_first_and_as_many_as_wanted(ledger):
    made = [ledger.runs.begin("theses", "oai-pmh") for _ in range(4)]
    assert [run.id for run in ledger.runs.of("theses", limit=2)] == [made[3], made[2]]


def test_a_source_tells_its_last_run_and_how_many_documents_of_it_are_in(ledger):
    for identifier, key in [("/a", "k1"), ("/twin of a", "k1"), ("/b", "k2")]:
        ledger.add_location(Location("files", identifier, key, "ab", 1, 1, "", "1"))
    complete(ledger, ledger.runs.begin("files", "files"))
    last = ledger.runs.begin("files", "files")
    complete(ledger, last)
    (state,) = ledger.runs.sources()
    assert (state.source, state.kind, state.documents) == ("files", "files", 2)
    assert state.last_run.id == last
    assert (state.missing, state.broken) == ((), None)


def test_what_is_missing_is_counted_by_class_with_the_first_next_try(ledger):
    for identifier in ("/a", "/b"):
        ledger.fail("files", identifier, Failure("NoText", "no text", "install tesseract"))
    ledger.fail("files", "/c", Failure("LimitExceeded", "slow", "split it"))
    ledger.fail("files", "/d", Failure("InvalidGraph", "no title", "mend it"))
    (state,) = ledger.runs.sources()
    tries = {row["name"]: row["next_try"] for row in ledger.failures()}
    assert state.missing == (
        Missing("NoText", 2, 0, ""),
        Missing("InvalidGraph", 1, 1, tries["InvalidGraph"]),
        Missing("LimitExceeded", 1, 1, tries["LimitExceeded"]),
    )
    assert (state.failed, state.quarantined, state.last_run) == (3, 1, None)


def test_a_source_that_broke_is_no_missing_document(ledger):
    ledger.fail("theses", "theses", BROKEN)
    (state,) = ledger.runs.sources()
    assert (state.broken, state.missing, state.documents) == (BROKEN, (), 0)


def test_of_an_empty_ledger_no_source_is_known(ledger):
    assert ledger.runs.sources() == []


def test_an_older_ledger_gains_the_table_and_keeps_its_documents(tmp_path):
    url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    older = Ledger(url)
    older.add_location(Location("files", "/a", "k1", "ab", 1, 1, "", "1"))
    older.close()
    engine = sa.create_engine(url)
    tables.run.drop(engine)
    engine.dispose()
    newer = Ledger(url)
    newer.runs.begin("files", "files")
    (state,) = newer.runs.sources()
    newer.close()
    assert (state.documents, state.last_run.state) == (1, "running")
