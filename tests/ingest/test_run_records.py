"""What the ledger keeps of a run: its counts however it ends, the error of a source that broke."""

from __future__ import annotations

import pytest

from amic_kg.errors import ServiceUnavailable, UnreachableSource
from amic_kg.ledger import Ledger
from amic_kg.records import RawDocument
from amic_kg_ingest.recording import recorded

BROKEN = UnreachableSource("the repository", "does not answer", "Try again later")


class Listed:
    """A source that gives what it is told to, and raises an error that stands in the list."""

    name = "listed"
    expected: int | None = None

    def __init__(self, *items, left_out=None) -> None:
        self._items = items
        self.left_out = left_out or {}

    def documents(self):
        for item in self._items:
            if isinstance(item, BaseException):
                raise item
            yield item

    def settle(self) -> None:
        pass


@pytest.fixture
def given(write):
    """A document of the source."""

    def given(name: str, text: str) -> RawDocument:
        return RawDocument("listed", name, write(f"{name}.txt", text), {"title": name})

    return given


@pytest.fixture
def run(bench):
    """The run over a source as it is kept, with the error that ended it."""

    def run(source):
        writing = bench.open()
        ended = None
        try:
            bench._work_inline(writing)
            with recorded(writing.ledger.runs, source, "records") as tally:
                writing.pipeline.run(source, on_outcome=tally.add)
        except (ServiceUnavailable, KeyboardInterrupt) as error:
            ended = error
        finally:
            writing.close()
        ledger = Ledger(bench.settings.ledger)
        try:
            return ledger.runs.of("listed")[0], ended
        finally:
            ledger.close()

    return run


def test_a_run_is_kept_with_its_counts_and_what_was_left_out(run, given):
    good, empty = given("good", "The mine at Kevitsa drains its water."), given("empty", "")
    kept, _ = run(Listed(good, empty, left_out={"another language": 2}))
    assert (kept.source, kept.kind, kept.state, kept.pages) == ("listed", "records", "complete", 1)
    assert kept.counts == {
        "found": 2, "published": 1, "skipped": 0, "failed": 1, "quarantined": 0, "withdrawn": 0,
    }  # fmt: skip
    assert kept.left_out == {"another language": 2}
    assert kept.error is None


def test_of_a_source_that_broke_the_error_is_kept_and_what_came_before_it(run, given):
    kept, _ = run(Listed(given("good", "The mine at Kevitsa drains its water."), BROKEN))
    assert kept.state == "broken"
    assert kept.error.name == "UnreachableSource"
    assert kept.error.remedy == "Try again later"
    assert kept.counts["published"] == 1


def test_a_run_that_is_stopped_by_hand_is_interrupted_and_what_was_finished_counts(run, given):
    good = given("good", "The mine at Kevitsa drains its water.")
    kept, ended = run(Listed(good, KeyboardInterrupt()))
    assert isinstance(ended, KeyboardInterrupt)
    assert (kept.state, kept.error) == ("interrupted", None)
    assert kept.ended
    assert kept.counts["found"] == kept.counts["published"]


def test_a_store_that_fails_breaks_the_run_and_is_named(bench, given):
    writing = bench.open()
    source = Listed(given("good", "The mine at Kevitsa drains its water."))

    def broken(*_, **__):
        raise ServiceUnavailable("The index does not answer", "Start it")

    writing.index.commit = broken
    try:
        bench._work_inline(writing)
        with (
            pytest.raises(ServiceUnavailable),
            recorded(writing.ledger.runs, source, "records") as tally,
        ):
            writing.pipeline.run(source, on_outcome=tally.add)
        (kept,) = writing.ledger.runs.of("listed")
    finally:
        writing.close()
    assert (kept.state, kept.error.message) == ("broken", "The index does not answer")
    assert kept.counts["published"] == 0


def test_the_command_keeps_a_run_for_each_of_its_sources(amic, bench, write, folder):
    write("good.txt")
    bench.ingest(folder)
    refused = "http://127.0.0.1:9/report.pdf"
    amic("ingest", "--quiet", folder, refused, data=bench.settings.data)
    ledger = Ledger(bench.settings.ledger)
    try:
        last = {state.kind: state.last_run for state in ledger.runs.sources()}
    finally:
        ledger.close()
    assert set(last) == {"files", "web"}
    assert (last["files"].state, last["files"].counts["skipped"]) == ("complete", 1)
    assert last["web"].counts["failed"] == 1
