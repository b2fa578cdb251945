"""`amic-kg evaluate` and `amic-kg train confidence`, as who corrects the gold sets runs them."""

import json
from pathlib import Path

import pytest

from amic_kg.extract.calibration import Calibration

CASES = """\
id: fi-001
language: fi
split: test
--
[Kevitsan kaivos](Site:kevitsa) sijaitsee [Sodankylässä](Place:sodankyla).
@ site:kevitsa | mrdi:locatedIn | place:sodankyla
===
id: fi-002
language: fi
split: dev
--
[Kevitsan kaivos](Site:kevitsa) sijaitsee [Kittilässä](Place:sodankyla).
"""


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "fi.txt").write_text(CASES, encoding="utf-8")
    return folder


def test_figures_are_of_the_test_split_and_say_where_they_are_from(amic, gold, tmp_path):
    page = tmp_path / "quality.md"
    done = amic(
        "evaluate", "--only", "entities", "--only", "statements", "--gold", gold, "--json",
        "--markdown", page, data=tmp_path / "data",
    )  # fmt: skip
    assert done.code == 0
    found = json.loads(done.out)
    assert found["split"] == "test"
    sections = {section["title"]: section for section in found["sections"]}
    by_type = sections["Entities of passages written in the manner of reports, by type"]
    rows = {row[0]: row[1:4] for row in by_type["rows"]}
    assert rows["Site, fi"] == ["1.000", "1.000", "1.000"]
    assert rows["Place, all"] == ["1.000", "1.000", "1.000"]
    text = page.read_text("utf-8")
    assert "not edited by hand" in text
    assert "| Site, fi | 1.000 |" in text


def test_errors_are_listed_to_learn_from(amic, gold, tmp_path):
    done = amic(
        "evaluate", "--only", "entities", "--gold", gold, "--split", "dev", "--errors", "5",
        data=tmp_path / "data",
    )  # fmt: skip
    assert "fi-002 missed Place: sodankyla" in done.out
    assert "fi-002 invented Place: kittila" in done.out


def test_a_task_whose_corpus_is_not_there_is_left_out_and_said(amic, gold, tmp_path):
    done = amic("evaluate", "--only", "subjects", "--gold", gold, data=tmp_path / "data")
    assert done.code == 0
    assert "subjects: left out, --data holds no annif_finna" in done.err


def test_a_broken_case_is_named(amic, gold, tmp_path):
    (gold / "fi.txt").write_text(CASES.replace("split: test", "split: both"), encoding="utf-8")
    done = amic("evaluate", "--only", "entities", "--gold", gold, data=tmp_path / "data")
    assert done.code == 2
    assert "fi.txt, fi-001" in done.err


def test_confidence_is_fitted_on_the_split_for_tuning(amic, gold, tmp_path):
    model = tmp_path / "calibration.json"
    done = amic("train", "confidence", "--gold", gold, "--model", model, data=tmp_path / "data")
    assert done.code == 0
    curves = json.loads(model.read_text("utf-8"))
    # One registered name right, one wrong: with so few cases no rule is sure of itself.
    calibration = Calibration({kind: [(x, y) for x, y in curve] for kind, curve in curves.items()})
    assert 0.3 < calibration.confidence("registry", 0.95) < 0.7
