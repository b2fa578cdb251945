"""Killed before each step or at random, a run is completed by the next as if nothing had been."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SEED = 6


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory, root: Path) -> dict:
    """What killed_run.py found out; runs once."""
    program = root / "tests" / "ingest" / "killed_run.py"
    done = subprocess.run(
        [sys.executable, program, tmp_path_factory.mktemp("killed"), str(SEED)],
        capture_output=True,
        text=True,
        # One thread: the program forks.
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def trials(found: dict, kind: str) -> list[dict]:
    return [trial for trial in found["trials"] if trial["trial"].startswith(kind)]


def differing(tried: list[dict]) -> dict:
    return {trial["trial"]: trial["different"] for trial in tried if trial["different"]}


def test_before_each_step_of_a_first_run(found):
    tried = trials(found, "from nothing")
    assert len(tried) > 5
    assert all(trial["killed"] for trial in tried)
    assert differing(tried) == {}


def test_before_each_step_of_a_run_with_something_of_everything(found):
    tried = trials(found, "second run")
    assert len(tried) >= len(set(found["second"]))
    assert all(trial["killed"] for trial in tried)
    assert {
        "graph.publish", "index.commit", "ledger.publish", "ledger.withdraw",
        "ledger.add_location", "ledger.fail", "generations.switch_to", "originals.settle",
        "works.note", "works.replace",
    } <= set(found["second"])  # fmt: skip
    assert differing(tried) == {}


def test_at_random_moments_and_twice_in_a_row(found):
    assert differing(trials(found, "at random")) == {}


def test_documents_that_are_others_when_the_next_run_comes(found):
    tried = trials(found, "others meanwhile")
    assert all(trial["killed"] for trial in tried)
    assert differing(tried) == {}
