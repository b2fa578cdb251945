"""Real records of Finnish repositories, served with every fault: each arrives exactly once."""

from __future__ import annotations

import json
import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from amic_kg.settings import Settings
from amic_kg_ingest.fetch import Fetcher
from amic_kg_ingest.metadata.dates import iso_date
from amic_kg_ingest.metadata.identifiers import isbn, issn
from amic_kg_ingest.metadata.kinds import kind_of
from amic_kg_ingest.sources import Surroundings
from amic_kg_ingest.sources.declarations import Declaration
from amic_kg_ingest.sources.oai_pmh.source import OaiPmhSource

pytestmark = pytest.mark.shared

SETTINGS = Settings(fetch_allow="127.0.0.0/8", fetch_pause_milliseconds=0)
TODAY = date(2026, 11, 25)
FILES = {"Julkari": 221, "Theseus": 298, "fetchedDoria1819Small": 80}
FAULTS = {2: "expired", 3: "busy", 5: "truncated", 6: "latin-1", 8: "expired", 9: "too many"}


class Forgetful:
    """A memory of nothing: a first run."""

    def recall(self, _name):
        return None

    def remember(self, _name, _value):
        pass

    def due(self):
        return []

    def known(self):
        return iter(())


@pytest.fixture(scope="module")
def data(root: Path) -> Path:
    folder = Path(os.environ.get("AMIC_TEST_SHARED") or root.parent / "shared" / "data")
    if not (folder / "oai_pmh").is_dir():
        reason = "the real material is not there: oai_pmh (AMIC_TEST_SHARED)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@pytest.fixture(scope="module")
def harvested(data, oai, tmp_path_factory):
    """By file: the records served, the documents that came, and the source."""
    found = {}
    for name in FILES:
        items = oai.items_of(data / "oai_pmh" / f"{name}.xml")
        gone = oai.Item(f"oai:{name}:gone", "2019-05-01T00:00:00Z")
        served = [*items[:10], gone, *items[10:]]
        with oai.serving(oai.Repository(items=served, faults=dict(FAULTS))) as url:
            folder = tmp_path_factory.mktemp(name)
            source = OaiPmhSource(
                Declaration(name, "oai-pmh", url),
                Surroundings(SETTINGS, Forgetful(), folder),
                lambda: Fetcher.of(SETTINGS),
                TODAY,
            )
            found[name] = items, list(source.documents()), source
    return found


@pytest.mark.parametrize(("name", "count"), FILES.items())
def test_every_record_of_a_file_arrives_exactly_once(harvested, name, count):
    items, given, source = harvested[name]
    assert len(items) == count
    assert Counter(found.identifier for found in given) == Counter(x.identifier for x in items)
    assert source.left_out == {"deleted in the repository": 1}
    assert source.expected == count


@pytest.mark.parametrize("name", FILES)
def test_no_character_is_lost_on_the_way(harvested, oai, name):
    items, given, _ = harvested[name]
    originals = {found.identifier: found.metadata["original"] for found in given}
    for item in items:
        (record,) = oai.items_as_fields([item])
        # What Latin-1 cannot write came as a character reference, the rest as bytes of it.
        assert originals[item.identifier] == record


def test_nearly_all_that_records_say_is_understood(harvested):
    given = [found.metadata for _, documents, _ in harvested.values() for found in documents]
    told = Counter(key for metadata in given for key in metadata)
    assert told["title"] == told["issued"] == told["identifier"] == len(given) == 599
    assert told["type"] >= 588
    assert told["language"] >= 582
    assert told["publisher"] >= 575
    assert sum(metadata["accessRights"] == "restricted" for metadata in given) == 7


def test_nearly_all_values_of_the_curated_records_are_understood(data):
    values: dict[str, list[str]] = {}
    for path in sorted((data / "fingreylit").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            for key, value in json.loads(line)["ground_truth"].items():
                values.setdefault(key, []).extend(value if isinstance(value, list) else [value])
    understood = {
        "year": iso_date, "type_coar": lambda x: kind_of([x]), "e-isbn": isbn, "p-isbn": isbn,
        "e-issn": issn, "p-issn": issn,
    }  # fmt: skip
    for key, read in understood.items():
        assert sum(map(bool, map(read, values[key]))) > 0.97 * len(values[key]), key
