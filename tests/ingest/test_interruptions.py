"""A run that is killed, interrupted or met by another one: nothing lost, nothing half visible."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from amic_kg.graph.oxigraph import OxigraphStore

DOCUMENTS = 6

KILLER = """
import json
import os, signal, sys
from importlib import import_module

place, times, what = {place!r}, {times}, {signal}
module, owner, name = place.split(":")
owner = getattr(import_module(module), owner)
original = getattr(owner, name)

def fatal(*arguments, **given):
    global times
    times -= 1
    if {before} and times == 0:
        os.killpg(0, what) if what == signal.SIGINT else os.kill(os.getpid(), what)
    result = original(*arguments, **given)
    if not {before} and times == 0:
        os.killpg(0, what) if what == signal.SIGINT else os.kill(os.getpid(), what)
    return result

setattr(owner, name, fatal)
# A shell without job control starts what runs in the background with Ctrl-C ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
from amic_kg.cli import main
main()
"""

# In the order in which a run comes to them: where it is killed, at which call, before or after it.
MOMENTS = [
    ("behind the vocabularies, before it is noted", "amic_kg.ledger:Ledger:set_note", 1, True),
    ("while an original is copied", "amic_kg.originals:OriginalStore:_place", 3, True),
    ("with a document prepared", "amic_kg.pipeline.workers:ProcessWorkers:result", 2, False),
    ("before the ledger is told", "amic_kg.ledger:Ledger:publish", 1, True),
]


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for n in range(DOCUMENTS):
        (folder / f"{n}.txt").write_text(
            f"Raportti numero {n}\n\nKevitsan kaivoksen nikkeli ja kaivosvedet, osa {n}.\n", "utf-8"
        )
    return folder


@pytest.fixture
def killed(documents: Path, tmp_path: Path, process_environment):
    """Run `amic-kg ingest` in a process that sends itself a signal at some call."""

    def killed(place, times, *, before, what=signal.SIGKILL, data="data"):
        script = KILLER.format(place=place, times=times, before=before, signal=int(what))
        return subprocess.run(
            [sys.executable, "-c", script, "ingest", "--quiet", str(documents)],
            capture_output=True,
            text=True,
            env=process_environment(tmp_path / data),
            start_new_session=True,
            timeout=120,
            check=False,
        )

    return killed


def export(amic, data: Path) -> list[str]:
    path = data.parent / f"{data.name}.nq"
    assert amic("export", path, data=data).code == 0
    return sorted(path.read_text("utf-8").splitlines())


def without_blank_nodes(lines: list[str]) -> list[str]:
    return [line for line in lines if "_:" not in line]


def test_a_run_that_is_killed_anywhere_is_completed_by_the_next_one(
    killed, documents, tmp_path, amic, amic_process, bench
):
    """The same folder is killed at each moment in turn; then one run goes through."""
    data = tmp_path / "killed"
    for name, place, times, before in MOMENTS:
        done = killed(place, times, before=before, data="killed")
        assert done.returncode == -signal.SIGKILL, (name, done.stderr)
    done = amic_process("ingest", "--quiet", documents, data=data)
    assert (done.code, done.err) == (0, "")
    assert f"{DOCUMENTS} found = {DOCUMENTS} published" in done.out

    undisturbed = bench.ingest(documents)
    assert undisturbed.count("published") == DOCUMENTS
    expected = export(amic, bench.settings.data)
    found = export(amic, data)
    assert len(found) == len(expected)
    assert without_blank_nodes(found) == without_blank_nodes(expected)

    left = [path.name for path in (data / "originals").iterdir() if path.is_file()]
    assert left == []
    assert len(list((data / "graph" / "generations").glob("0*"))) <= 3
    found = amic("search", "kaivosvedet", "--json", data=data)
    assert f'"total": {DOCUMENTS}' in found.out


def test_ctrl_c_keeps_what_is_done_and_ends_with_130(killed, amic, tmp_path):
    done = killed(
        "amic_kg.pipeline.workers:ProcessWorkers:result", 2, before=False, what=signal.SIGINT
    )
    assert done.returncode == 130
    assert "Interrupted; what was finished is kept." in done.stderr
    assert "Traceback" not in done.stderr
    status = amic("status", "--json", data=tmp_path / "data")
    assert json.loads(status.out)["sources"][0]["documents"] > 0
    assert '"state": "interrupted"' in status.out


def test_a_second_run_beside_the_first_is_told_so_and_does_nothing(amic, documents, tmp_path):
    data = tmp_path / "data"
    store = OxigraphStore(data / "graph")
    try:
        done = amic("ingest", documents, data=data)
        assert done.code == 1
        assert f"another process (pid {os.getpid()}) writes to" in done.err
        assert "AMIC_DATA" in done.err
        assert done.out == ""
    finally:
        store.close()


def test_readers_work_while_a_run_writes(bench, documents, amic):
    bench.ingest(documents)
    writing = bench.open()
    try:
        data = bench.settings.data
        assert '"total": 6' in amic("search", "kaivosvedet", "--json", data=data).out
        assert amic("query", "ASK { ?s ?p ?o }", data=data).code == 0
        assert amic("status", data=data).code == 0
    finally:
        writing.close()


@pytest.mark.parametrize(
    "place",
    [
        ("graph", "replace_graphs"),
        ("graph", "publish"),
        ("index", "replace_documents"),
        ("index", "commit"),
        ("ledger", "publish"),
    ],
    ids=".".join,
)
def test_a_store_that_fails_between_two_others_is_made_good_by_the_next_run(
    bench, documents, tmp_path, place
):
    store, method = place
    writing = bench.open()

    def broken(*_, **__):
        raise OSError(28, "No space left on device")

    setattr(getattr(writing, store), method, broken)
    try:
        with pytest.raises(OSError, match="No space left"):
            bench.run(writing, documents)
    finally:
        writing.close()
    assert bench.ingest(documents).count("published") == DOCUMENTS
    services = bench.services()
    try:
        assert services.searcher.search("kaivosvedet", size=50).total == DOCUMENTS
        assert services.index.count() == DOCUMENTS
        assert len({q.rsplit(" <", 1)[1] for q in bench.quads()}) == DOCUMENTS
    finally:
        services.close()
