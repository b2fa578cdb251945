"""A list as a source from run to run: what is wanted, what is taken back, what is stored."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from amic_kg.ledger import Ledger
from amic_kg.records import RawDocument, Unreadable, Withdrawn
from amic_kg.settings import Settings
from amic_kg_ingest.sources import Surroundings
from amic_kg_ingest.sources.declarations import Declaration
from amic_kg_ingest.sources.records import RecordsSource


class Memory:
    """What a ledger would remember of one source."""

    def __init__(self, known=()) -> None:
        self.kept: dict[str, str] = {}
        self.there = list(known)

    def recall(self, name):
        return self.kept.get(name)

    def remember(self, name, value):
        self.kept[name] = value

    def due(self):
        return []

    def known(self):
        return iter(self.there)


TODAY = date(2026, 11, 25)
LIST = "Title,Year,Key\nCopper ore,1932,a\nPeat,1940,b\nMine water,1950,c\n"


@pytest.fixture
def source(write, tmp_path):
    def source(text: str, memory: Memory | None = None, *, dry=False, wanted=None, **options):
        path = write("list.csv", text)
        declaration = Declaration("list", "records", str(path), "", options, wanted or {})
        around = Surroundings(Settings(), memory or Memory(), tmp_path / "fetched", dry)
        return RecordsSource(declaration, around, TODAY)

    return source


def came(items, kind=RawDocument) -> list[str]:
    return [item.identifier for item in items if isinstance(item, kind)]


def test_a_filter_leaves_out_and_counts(source):
    list_ = source(LIST, wanted={"terms": ["mine", "ore"], "until": 1945})
    assert came(list_.documents()) == ["a"]
    assert dict(list_.left_out) == {"another topic": 1, "after 1945": 1}
    assert list_.expected == 1


def test_what_the_filter_no_longer_wants_is_taken_back(source):
    list_ = source(LIST, Memory(["a", "b"]), wanted={"terms": ["mine", "ore"]})
    items = list(list_.documents())
    assert came(items) == ["a", "c"]
    assert came(items, Withdrawn) == ["b"]


def test_a_dry_run_writes_nothing(source, tmp_path):
    memory = Memory()
    list_ = source(LIST, memory, dry=True)
    assert len(came(list_.documents())) == 3
    list_.settle()
    assert not (tmp_path / "fetched").exists()
    assert memory.kept == {}


def test_what_has_left_the_list_stays_unless_it_is_to_be_withdrawn(source):
    memory = Memory(["a", "gone"])
    assert came(source(LIST, memory).documents(), Withdrawn) == []
    asked = source(LIST, memory, withdraw_missing=True)
    assert came(asked.documents(), Withdrawn) == ["gone"]


def test_nothing_is_withdrawn_while_an_entry_is_broken(source):
    memory = Memory(["a", "c"])
    broken = source(LIST.replace("1950,c", "1950"), memory, withdraw_missing=True)
    items = list(broken.documents())
    assert len(came(items, Unreadable)) == 1
    assert came(items, Withdrawn) == []


def test_a_broken_entry_that_is_mended_is_no_longer_told_of(source):
    memory = Memory()
    broken = source(LIST.replace("1950,c", "1950"), memory)
    (identifier,) = came(broken.documents(), Unreadable)
    broken.settle()
    mended = source(LIST, memory)
    assert came(mended.documents(), Withdrawn) == [identifier]
    mended.settle()
    assert came(source(LIST, memory).documents(), Withdrawn) == []


def test_a_row_without_identifier_may_move_within_the_list(source):
    first = came(source("Title,Year\nOre,1901\nPeat,1902\n").documents())
    second = came(source("Title,Year\nNew,1903\nPeat,1902\nOre,1901\n").documents())
    assert set(first) < set(second)


@pytest.fixture
def ledger(bench):
    ledger = Ledger(bench.settings.ledger)
    yield ledger
    ledger.close()


def test_a_list_is_ingested_found_and_known_again(bench, ledger, write, tmp_path):
    path: Path = write(
        "list.ris",
        "TY  - RPRT\nTI  - Mine water of Kevitsa\nAU  - Eskola, Pentti\nPY  - 1932\nID  - k1\n"
        "AB  - The tailings contain spodumene.\nER  - \n"
        "TY  - RPRT\nTI  - A report with its text\nL1  - report.txt\nID  - k2\nER  - \n"
        "TY  - RPRT\nTI  - Cut off\n",
    )
    write("report.txt", "Petalite was found in Kaustinen.")

    def ingest():
        around = Surroundings(bench.settings, ledger.feed("list"), tmp_path / "fetched")
        return bench.ingest_from(
            RecordsSource(Declaration("list", "records", str(path)), around, TODAY)
        )

    report = ingest()
    assert (report.count("published"), report.count("failed")) == (2, 1)
    (failed,) = [outcome for outcome in report.outcomes if outcome.failure]
    assert failed.source == f"{path}:13"
    assert "line 13 begins a record that does not come to its end" in failed.failure.message
    services = bench.services()
    try:
        (hit,) = services.searcher.search("spodumene").found
        assert hit.document.record.creators == ("Eskola, Pentti",)
        assert services.searcher.search("petalite").found
    finally:
        services.close()
    path.write_text(path.read_text() + "ER  - \n")
    report = ingest()
    assert (report.count("published"), report.count("failed")) == (1, 0)
    known = set(ledger.feed("list").known())
    assert {"k1", "k2"} < known
    assert len(known) == 3
    again = ingest()
    assert (again.count("skipped"), again.found) == (3, 3)
