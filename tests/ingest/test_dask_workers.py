"""Documents read by the workers of a Dask cluster: a real scheduler, workers killed."""

from __future__ import annotations

import hashlib
import importlib
import os
import pickle
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from amic_kg.cli.diagnosis import _dask
from amic_kg.errors import InvalidSetting, LimitExceeded, ServiceUnavailable, WorkerLost
from amic_kg.pipeline import Task
from amic_kg.settings import Settings
from amic_kg.wiring import open_writing_side
from amic_kg_ingest.sources.files import FileSource

pytest.importorskip("distributed")

DOCUMENTS = ("a", "b", "c", "d exits", "e", "f waits", "g", "h")
HERE = ("--host", "127.0.0.1")
STARTED = 60.0
"""Seconds within which a process that was started must have said so, or the test fails."""


class Cluster:
    """A scheduler and its workers, as an operator starts them: processes of their own."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.signs = folder
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self._stack = stack
        file = folder / "scheduler.json"
        self._start("scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
        wait_for(lambda: file.exists() and "tcp://" in file.read_text())
        self.address = file.read_text().split('"address": "', 1)[1].split('"', 1)[0]

    def start_worker(self, name: str, **environment: str) -> None:
        given = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--name", name)
        self._start(
            "worker",
            self.address,
            *given,
            "--local-directory",
            str(self.signs / name),
            name=name,
            AMIC_TEST_WORKER=name,
            AMIC_TEST_SIGNS=str(self.signs),
            **environment,
        )

    def kill(self, name: str) -> None:
        self.processes[name].kill()
        self.processes[name].wait()

    def _start(self, what: str, *arguments: str, name: str = "scheduler", **given: str) -> None:
        path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
        log = self._stack.enter_context((self.signs / f"{name}.log").open("wb"))
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{what}", *HERE, *arguments],
            env={**os.environ, "PYTHONPATH": path, **given},
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
        self.processes[name] = process
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)


def wait_for(happened) -> None:
    until = time.monotonic() + STARTED
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.fixture(scope="module")
def awaiting_reader():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parent))
        import awaiting_reader

        yield awaiting_reader


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    with ExitStack() as stack:
        cluster = Cluster(tmp_path_factory.mktemp("cluster"), stack)
        cluster.start_worker("first")
        cluster.start_worker("second")
        yield cluster


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    folder = tmp_path_factory.mktemp("documents")
    for name in DOCUMENTS:
        (folder / f"{name}.txt").write_text(
            f"Kevitsan kaivos on Sodankylässä: {name}.\n\nKaivosvedet ja sulfaatti.\n"
        )
    return folder


@contextmanager
def writing(settings, awaiting_reader):
    opened = open_writing_side(settings, awaiting_reader.read, awaiting_reader.here)
    try:
        yield opened
    finally:
        opened.close()


def graph_of(data: Path) -> list[str]:
    import pyoxigraph as ox

    from amic_kg.graph.generations import Generations

    generations = Generations(data / "graph" / "generations")
    store = ox.Store.read_only(str(generations.path(generations.current())))
    lines = (str(quad) for quad in store if "/graph/document/" in str(quad.graph_name))
    return sorted(line for line in lines if "_:" not in line)


def states(report):
    return sorted(
        (Path(o.source).name, o.state, o.failure and o.failure.name) for o in report.outcomes
    )


@pytest.fixture(scope="module")
def runs(cluster, documents, begun, awaiting_reader, tmp_path_factory):
    """The same documents by the pool of processes, and by a cluster that loses a worker."""
    folder = tmp_path_factory.mktemp("runs")
    made = {}
    for name, dask in (("pool", ""), ("cluster", cluster.address)):
        shutil.copytree(begun, folder / name)
        settings = Settings(data=folder / name, workers=2, names="off", dask=dask)
        killer = threading.Thread(target=kill_the_reader_of_what_waits, args=(cluster,))
        with writing(settings, awaiting_reader) as opened:
            if dask:
                killer.start()
            report = opened.pipeline.run(FileSource([documents]))
            if dask:
                killer.join()
        made[name] = (report, graph_of(folder / name))
    return made


def kill_the_reader_of_what_waits(cluster):
    reading = cluster.signs / "reading"
    wait_for(lambda: reading.exists() and reading.read_text())
    cluster.kill(reading.read_text())
    (cluster.signs / "go on").touch()


def test_what_a_killed_worker_had_is_read_by_another(runs, cluster):
    report, _ = runs["cluster"]
    assert report.count("published") == len(DOCUMENTS) - 1
    killed = [name for name, process in cluster.processes.items() if process.poll() is not None]
    assert len(killed) == 1
    assert cluster.processes[killed[0]].returncode == -signal.SIGKILL


def test_a_document_that_ends_its_process_fails_alone_and_leaves_the_worker(runs):
    report, _ = runs["cluster"]
    failed = [o for o in report.outcomes if o.state == "failed"]
    assert [(Path(o.source).name, o.failure.name) for o in failed] == [
        ("d exits.txt", "WorkerLost")
    ]
    assert "exit code 7" in failed[0].failure.message


def test_outcomes_and_graph_are_those_of_the_pool_of_processes(runs):
    assert states(runs["cluster"][0]) == states(runs["pool"][0])
    assert runs["cluster"][1] == runs["pool"][1]
    assert len(runs["pool"][1]) > 100


def test_bytes_travel_when_the_worker_does_not_see_the_original(
    runs, cluster, begun, awaiting_reader, tmp_path
):
    """On another machine there may be no such file, or another one: its digest tells."""
    (tmp_path / "tells.txt").write_text("Kevitsan kaivos")
    digest = hashlib.sha256(b"Kevitsan kaivos").hexdigest()
    shutil.copytree(begun, tmp_path / "data")
    settings = Settings(data=tmp_path / "data", names="off", dask=cluster.address)
    with writing(settings, awaiting_reader) as opened, opened.pipeline._make_workers() as workers:

        def read(sha256):
            task = Task(
                path=tmp_path / "tells.txt",
                name="tells.txt",
                sha256=sha256,
                metadata={},
                key="k",
                pipeline_version="",
                base_iri=settings.base_iri,
                vocabularies=tmp_path / "data" / "vocabularies",
                names=False,
            )
            (page,) = workers.result(task, workers.submit(task)).extraction.pages
            return page.text.split(": ")

        where, text = read(digest)
        assert (where, text) == (str(tmp_path / "tells.txt"), "Kevitsan kaivos")
        where, text = read("of other bytes")
        assert where != str(tmp_path / "tells.txt")
        assert text == "Kevitsan kaivos"
        assert not Path(where).exists()


def test_a_worker_that_would_read_otherwise_is_refused_with_what_differs(
    runs, cluster, documents, begun, awaiting_reader, tmp_path, monkeypatch
):
    monkeypatch.setenv("AMIC_TEST_TOOLS", "tesseract 6")
    shutil.copytree(begun, tmp_path / "data")
    settings = Settings(data=tmp_path / "data", names="off", dask=cluster.address)
    with (
        writing(settings, awaiting_reader) as opened,
        pytest.raises(InvalidSetting, match="has another OCR or PDF repair: none there, tesser"),
    ):
        opened.pipeline.run(FileSource([documents]))


def test_a_cluster_on_this_machine_needs_no_scheduler(
    documents, begun, awaiting_reader, tmp_path, runs
):
    shutil.copytree(begun, tmp_path / "data")
    settings = Settings(data=tmp_path / "data", workers=1, names="off", dask="local")
    with writing(settings, awaiting_reader) as opened:
        report = opened.pipeline.run(FileSource([documents / "a.txt", documents / "d exits.txt"]))
    assert [row[1:] for row in states(report)] == [("published", None), ("failed", "WorkerLost")]


def test_a_scheduler_that_is_not_there_is_named(
    documents, begun, awaiting_reader, tmp_path, monkeypatch
):
    from amic_kg.pipeline import dask_workers

    monkeypatch.setattr(dask_workers, "_CONNECT_SECONDS", 0.5)
    shutil.copytree(begun, tmp_path / "data")
    settings = Settings(data=tmp_path / "data", names="off", dask="tcp://127.0.0.1:1")
    with (
        writing(settings, awaiting_reader) as opened,
        pytest.raises(
            ServiceUnavailable, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:1"
        ),
    ):
        opened.pipeline.run(FileSource([documents]))


def test_the_doctor_counts_the_workers_and_says_that_they_read_alike(cluster, tmp_path):
    from distributed import Client

    alive = sum(process.poll() is None for process in cluster.processes.values()) - 1
    with Client(cluster.address, set_as_default=False) as client:
        client.wait_for_workers(alive, timeout=STARTED)
    settings = Settings(data=tmp_path / "data", names="off", ocr="off", dask=cluster.address)
    (finding,) = _dask(settings)
    assert (finding.part, finding.state) == ("Dask", "ok")
    assert (
        f"{cluster.address}: workers: {alive}, threads: {alive}; they read as here"
        in finding.detail
    )


def test_the_doctor_names_a_scheduler_that_is_not_there(tmp_path, monkeypatch):
    from amic_kg.pipeline import dask_workers

    monkeypatch.setattr(dask_workers, "_CONNECT_SECONDS", 0.5)
    (finding,) = _dask(Settings(data=tmp_path, names="off", dask="tcp://127.0.0.1:1"))
    assert finding.state == "broken"
    assert "No Dask scheduler answers at tcp://127.0.0.1:1" in finding.detail
    assert "dask scheduler" in finding.remedy


@pytest.mark.parametrize(
    "error", [LimitExceeded("a.pdf", "too slow", "Split it"), WorkerLost("gone", "Run again")]
)
def test_errors_come_whole_from_another_machine(error):
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.remedy) == (type(error), str(error), error.remedy)


def test_without_dask_the_message_names_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "amic_kg.pipeline.dask_workers", raising=False)
    with pytest.raises(InvalidSetting, match=r"pip install 'amic-kg\[dask\]'"):
        importlib.import_module("amic_kg.pipeline.dask_workers")
