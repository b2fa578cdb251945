"""The curated records of FinGreyLit as lists of a partner: every line comes, no text is harmed."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from amic_kg_ingest.metadata.texts import repair_mojibake

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def shared(root: Path) -> Path:
    place = Path(os.environ.get("AMIC_TEST_SHARED") or root.parent / "shared" / "data")
    if not (place / "fingreylit").is_dir():
        reason = f"{place / 'fingreylit'} is not there (AMIC_TEST_SHARED)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return place


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


def test_every_line_of_every_list_comes(shared, amic, tmp_path):
    files = [
        path for path in sorted((shared / "fingreylit").glob("*.jsonl")) if path.stat().st_size
    ]
    (tmp_path / "data").mkdir()
    done = amic(
        "ingest", "--kind", "records", "--dry-run", "--json", *files, data=tmp_path / "data"
    )
    previews = json.loads(done.out)
    assert len(previews) == len(files)
    for path, preview in zip(files, previews, strict=True):
        rows = preview["documents"]
        assert Counter(row["state"] for row in rows) == {"comes": len(lines(path))}, path.name
        assert all(row["title"] for row in rows)
    kinds = Counter(row["type"] for preview in previews for row in preview["documents"])
    assert kinds[None] < 0.02 * kinds.total()


def test_curated_text_is_not_taken_for_characters_encoded_twice(shared):
    changed = [
        text
        for path in sorted((shared / "fingreylit").glob("*.jsonl"))
        for text in texts([line["ground_truth"] for line in lines(path)])
        if repair_mojibake(text) != text
    ]
    assert changed == []
    changed = [
        text
        for text in texts(lines(shared / "oai_pmh" / "records_dc.jsonl"))
        if repair_mojibake(text) != text
    ]
    assert changed == []
