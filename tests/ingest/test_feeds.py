"""A source that goes on from run to run: what it takes back, where it breaks, what it remembers."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import pytest
import sqlalchemy as sa

from amic_kg.errors import ServiceUnavailable
from amic_kg.ledger import Ledger
from amic_kg.records import Failure, KnownFailure, RawDocument, Withdrawn

BROKEN = ServiceUnavailable("The repository does not answer", "Try again later")


class Listed:
    """A source that gives what it is told to, and breaks where an error stands in the list."""

    name = "listed"
    expected: int | None = None
    left_out: ClassVar = {}

    def __init__(self, *items) -> None:
        self._items = items
        self.settled = False

    def documents(self):
        for count, item in enumerate(self._items, 1):
            self.expected = max(count, 2)
            if isinstance(item, Exception):
                raise item
            yield item

    def settle(self) -> None:
        self.settled = True


@pytest.fixture
def at(write):
    """A document of the source, with a text of its own."""

    def at(identifier: str, text: str = "The mine at Kevitsa drains its water.", **metadata):
        return RawDocument("listed", identifier, write(f"{identifier}.txt", text), metadata)

    return at


@pytest.fixture
def ledger(bench):
    ledger = Ledger(bench.settings.ledger)
    yield ledger
    ledger.close()


def published(graphs) -> int:
    return sum("/graph/document/" in name for name in graphs)


def found(bench, words: str) -> int:
    services = bench.services()
    try:
        return len(services.searcher.search(words).found)
    finally:
        services.close()


def test_what_a_source_takes_back_leaves_graph_index_and_ledger(bench, at, ledger):
    bench.ingest_from(Listed(at("a"), at("b", "Spodumene was found in Kaustinen.")))
    assert found(bench, "spodumene")
    report = bench.ingest_from(Listed(at("a"), Withdrawn("listed", "b")))
    assert [(o.source, o.state) for o in report.outcomes] == [("a", "skipped"), ("b", "withdrawn")]
    assert report.found == 2
    assert published(bench.graphs()) == 1
    assert not found(bench, "spodumene")
    assert ledger.count() == 1
    assert ledger.withdrawn(report.outcomes[1].key)


def test_what_lies_elsewhere_too_stays_when_one_place_is_taken_back(bench, at, ledger):
    first = at("a")
    twin = RawDocument("listed", "b", first.path)
    bench.ingest_from(Listed(first, twin))
    report = bench.ingest_from(Listed(Withdrawn("listed", "b")))
    assert report.count("withdrawn") == 1
    assert published(bench.graphs()) == 1
    (place,) = ledger.locations_of(report.outcomes[0].key)
    assert place.identifier == "a"


def test_all_places_taken_back_in_one_run_end_the_document(bench, at):
    first = at("a")
    bench.ingest_from(Listed(first, RawDocument("listed", "b", first.path)))
    bench.ingest_from(Listed(Withdrawn("listed", "a"), Withdrawn("listed", "b")))
    assert published(bench.graphs()) == 0


def test_a_document_that_is_left_at_another_place_says_what_that_place_says(bench, at, ledger):
    first = at("a")
    restricted = RawDocument("listed", "b", first.path, {"accessRights": "restricted"})
    bench.ingest_from(Listed(first, restricted))
    report = bench.ingest_from(Listed(Withdrawn("listed", "a")))
    assert ledger.feed("listed").due() == ["b"]
    bench.ingest_from(Listed(restricted))
    assert ledger.document(report.outcomes[0].key).record.access == "restricted"


def kept_files(bench):
    return [path for path in (bench.settings.data / "originals").glob("*/*") if path.is_file()]


def test_the_file_of_a_withdrawn_document_is_not_kept(bench, at):
    bench.ingest_from(Listed(at("a"), at("b", "Spodumene was found in Kaustinen.")))
    assert len(kept_files(bench)) == 2
    bench.ingest_from(Listed(Withdrawn("listed", "b")))
    (left,) = kept_files(bench)
    assert b"Kaustinen" not in left.read_bytes()


def test_the_file_of_what_lies_elsewhere_too_is_kept(bench, at):
    first = at("a")
    bench.ingest_from(Listed(first, RawDocument("listed", "b", first.path)))
    bench.ingest_from(Listed(Withdrawn("listed", "b")))
    assert len(kept_files(bench)) == 1


def test_what_comes_back_is_no_longer_withdrawn(bench, at, ledger):
    bench.ingest_from(Listed(at("a")))
    key = bench.ingest_from(Listed(Withdrawn("listed", "a"))).outcomes[0].key
    report = bench.ingest_from(Listed(at("a")))
    assert report.outcomes[0].key == key
    assert ledger.withdrawn(key) is None


def test_taking_back_what_never_came_is_no_fault(bench):
    report = bench.ingest_from(Listed(Withdrawn("listed", "unknown")))
    assert [(o.state, o.note) for o in report.outcomes] == [("skipped", "withdrawn, and not here")]


def test_what_failed_and_is_taken_back_is_no_longer_counted_as_failed(bench, at, ledger):
    bench.ingest_from(Listed(at("empty", "")))
    assert len(ledger.failures()) == 1
    bench.ingest_from(Listed(Withdrawn("listed", "empty")))
    assert ledger.failures() == []


def test_a_source_that_breaks_keeps_what_came_and_does_not_go_on_from_there(bench, at, ledger):
    source = Listed(at("a"), BROKEN)
    report = bench.ingest_from(source)
    assert sorted(o.state for o in report.outcomes) == ["failed", "published"]
    failed = next(o for o in report.outcomes if o.failure)
    assert (failed.source, failed.failure.name) == ("listed", "ServiceUnavailable")
    assert not source.settled
    assert published(bench.graphs()) == 1


def test_a_source_that_works_again_is_no_longer_counted_as_failed(bench, at, ledger):
    bench.ingest_from(Listed(BROKEN))
    assert [row["identifier"] for row in ledger.failures()] == ["listed"]
    bench.ingest_from(Listed(at("a")))
    assert ledger.failures() == []


def test_a_run_to_the_end_settles_the_source(bench, at):
    source = Listed(at("a"))
    bench.ingest_from(source)
    assert source.settled


def test_the_number_to_come_is_told_again_when_it_grows(bench, at):
    told = []
    bench.on_start = told.append
    bench.ingest_from(Listed(at("a", "One."), at("b", "Two."), at("c", "Three.")))
    assert told == [2, 3]


def test_a_feed_remembers_for_its_source_alone(ledger):
    ledger.feed("one").remember("until", "2026-11-01")
    ledger.feed("one").remember("until", "2026-11-02")
    assert ledger.feed("one").recall("until") == "2026-11-02"
    assert ledger.feed("two").recall("until") is None


def test_what_may_pass_by_itself_is_due_again_after_a_time_that_doubles(ledger):
    lost = Failure("WorkerLost", "The process died", "Try again")
    ledger.fail("listed", "a", lost)
    assert list(ledger.feed("listed").due()) == []
    (first,) = ledger.failures()
    ledger.fail("listed", "a", lost)
    (second,) = ledger.failures()
    assert second["attempts"] == 2
    assert pause(second) > 1.5 * pause(first)


def test_what_fails_until_it_changes_is_never_due(ledger):
    ledger.fail("listed", "a", Failure("EncryptedDocument", "needs a password", "Save it anew"))
    (row,) = ledger.failures()
    assert row["next_try"] == ""


def test_a_feed_knows_what_is_in(bench, at, ledger):
    bench.ingest_from(Listed(at("a"), at("empty", "")))
    assert list(ledger.feed("listed").known()) == ["a"]


def test_what_failed_for_good_is_not_read_again_while_it_is_the_same(bench, at):
    broken = at("a", "%PDF-1.4 and no more")
    first = bench.ingest_from(Listed(broken)).outcomes[0]
    assert bench.prepared
    second = bench.ingest_from(Listed(broken)).outcomes[0]
    assert second.failure == first.failure
    assert second.note == "unchanged since it failed"
    assert not bench.prepared
    broken.path.write_text("The mine at Kevitsa drains its water.")
    assert bench.ingest_from(Listed(broken)).outcomes[0].state == "published"


def test_a_ledger_of_an_older_version_gains_the_columns_that_came_later(tmp_path):
    url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "CREATE TABLE failure (source VARCHAR(100), identifier TEXT, name VARCHAR(100), "
                "message TEXT, remedy TEXT, attempts INTEGER, last_try VARCHAR(32), "
                "PRIMARY KEY (source, identifier))"
            )
        )
        connection.execute(
            sa.text("INSERT INTO failure VALUES ('files', 'a', 'NoText', 'm', 'r', 1, '2026')")
        )
    ledger = Ledger(url)
    known = ledger.failure("files", "a")
    ledger.close()
    assert known == KnownFailure(Failure("NoText", "m", "r"), "", 1)


def pause(row) -> float:
    begun, again = (datetime.fromisoformat(row[name]) for name in ("last_try", "next_try"))
    return (again - begun).total_seconds()
