"""`amic-kg ingest FOLDER --watch`: what comes, changes and goes while the program stays."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from watchfiles import Change

from amic_kg.errors import InvalidSetting, ServiceUnavailable, UnreadableInput
from amic_kg.settings import Settings
from amic_kg_ingest import settling, watching
from amic_kg_ingest.settling import Settling
from amic_kg_ingest.sources.declarations import Declaration
from amic_kg_ingest.watching import Place, watch_places, watched_places

PATIENCE = 120


def wait_for(condition, what):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.05)


@pytest.fixture
def quick(monkeypatch):
    """Pauses that a test can wait for."""
    monkeypatch.setattr(settling, "SETTLED", 0.3)
    monkeypatch.setattr(watching, "_TICK", 0.1)
    monkeypatch.setattr(watching, "_FIRST_RETRY", 0.3)
    monkeypatch.setattr(watching, "_POLL_PAUSE_MS", 100)


class Watched:
    """What `watch_places` does in this thread, with a script beside it that acts and waits."""

    def __init__(self, folder, tmp_path) -> None:
        self.runs: list[tuple[list[str], frozenset[str]]] = []
        self.told: list[str] = []
        self.faults: list[Exception] = []
        self._folder = folder
        self._settings = Settings(data=tmp_path / "data")
        self._settings.data.mkdir(exist_ok=True)

    def _ingest(self, unsettled):
        names = sorted(p.name for p in self._folder.rglob("*")) if self._folder.exists() else []
        self.runs.append((names, unsettled))
        if self.faults:
            raise self.faults.pop(0)

    def play(self, script, *, poll=False):
        failed = []

        def act():
            try:
                wait_for(lambda: self.runs, "the first run")
                script()
            except BaseException as error:  # noqa: BLE001 - told to the test below
                failed.append(error)
            finally:
                os.kill(os.getpid(), signal.SIGTERM)

        places = watched_places([Declaration("files", "files", str(self._folder))])
        thread = threading.Thread(target=act)
        thread.start()
        watch_places(self._settings, places, self._ingest, poll=poll, tell=self.told.append)
        thread.join()
        if failed:
            raise failed[0]

    def wait_run(self, *names):
        wait_for(lambda: self.runs[-1][0] == sorted(names), f"a run that sees {names}")


@pytest.fixture
def watched(quick, folder, tmp_path):
    return Watched(folder, tmp_path)


@pytest.mark.parametrize("poll", [False, True], ids=["by the kernel", "by polling"])
def test_what_comes_and_goes_is_read(watched, write, folder, poll):
    def script():
        write("a.txt")
        watched.wait_run("a.txt")
        write("sub/b.txt")
        watched.wait_run("a.txt", "b.txt", "sub")
        (folder / "a.txt").unlink()
        watched.wait_run("b.txt", "sub")

    watched.play(script, poll=poll)
    assert watched.told[-1].startswith("Stopped")
    assert watched.told[0] == f"Waiting for changes in {folder}; Ctrl-C ends it."


def test_files_that_come_together_are_read_in_one_run(watched, write):
    def script():
        for n in range(30):
            write(f"{n}.txt")
        watched.wait_run(*(f"{n}.txt" for n in range(30)))

    watched.play(script)
    assert len(watched.runs) == 2


def test_what_is_no_document_causes_no_run(watched, write):
    def script():
        write("run.log")
        write(".hidden.txt")
        write("a.txt")
        watched.wait_run("a.txt", "run.log", ".hidden.txt")

    watched.play(script)
    assert len(watched.runs) == 2


def test_a_run_that_fails_is_told_and_done_again(watched, write):
    watched.faults = [ServiceUnavailable("The index is away", "Start it")] * 2
    watched.play(lambda: wait_for(lambda: len(watched.runs) > 2, "two further tries"))
    assert watched.told[0].startswith("The run failed: The index is away. Start it.")


def test_a_folder_that_goes_and_comes_back_is_read_again(watched, write, folder):
    def script():
        folder.rename(folder.with_name("away"))
        wait_for(lambda: any("not there" in line for line in watched.told), "a word on it")
        folder.mkdir()
        (folder / "new.txt").write_text("nikkeli", "utf-8")
        watched.wait_run("new.txt")

    write("a.txt")
    watched.play(script)


class TestSettling:
    def test_a_file_is_ready_once_it_has_kept_its_size(self, quick, write):
        path = write("a.txt", "x")
        found = Settling()
        found.note([str(path)])
        assert not found.ready()
        path.write_text("more", "utf-8")
        assert found.unsettled() == {str(path)}
        wait_for(found.ready, "the file to settle")

    def test_a_file_that_grows_for_long_keeps_the_others_waiting_no_longer(
        self, quick, write, monkeypatch
    ):
        monkeypatch.setattr(settling, "LONGEST", 0.5)
        whole, growing = write("a.txt"), write("b.txt")
        found = Settling()
        found.note([str(whole), str(growing)])

        def grown_and_ready():
            with growing.open("a") as file:
                file.write("more")
            return found.ready()

        wait_for(grown_and_ready, "the settled one")
        unsettled = found.unsettled()
        assert unsettled == {str(growing)}
        found.forget_settled(unsettled)
        wait_for(found.ready, "the other one")

    def test_what_is_gone_is_settled(self, quick, folder):
        found = Settling()
        found.note([str(folder / "gone.txt")])
        assert found.ready()

    def test_what_was_written_just_before_the_start_may_not_be_whole(self, write, folder):
        write("new.txt")
        old = write("old.txt")
        os.utime(old, (1_000_000_000, 1_000_000_000))
        found = Settling()
        found.note_recent([folder])
        assert found.unsettled() == {str(folder / "new.txt")}


def test_a_single_file_is_watched_in_its_folder(write, folder):
    (place,) = watched_places([Declaration("files", "files", str(write("a.txt")))])
    assert place.folder == folder
    assert place.concerns(Change.added, str(folder / "a.txt"))
    assert place.concerns(Change.added, str(folder / "a.txt.metadata.json"))
    assert not place.concerns(Change.added, str(folder / "b.txt"))


def test_a_folder_that_is_gone_is_a_change_whatever_it_is_called(folder):
    place = Place(folder, folder, documents_only=True)
    assert place.concerns(Change.deleted, str(folder / "reports v1.2"))
    assert not place.concerns(Change.modified, str(folder / "run.log"))


def test_what_is_on_the_web_cannot_be_watched():
    with pytest.raises(InvalidSetting, match="on the web"):
        watched_places([Declaration("x", "web", "https://example.org/")])


def test_a_folder_that_does_not_exist_cannot_be_watched(folder):
    with pytest.raises(UnreadableInput, match="does not exist"):
        watched_places([Declaration("x", "files", str(folder / "no"))])


@pytest.mark.parametrize(
    "options",
    [["--watch", "--dry-run"], ["--watch", "--withdraw-all-missing"], ["--poll"]],
)
def test_options_that_do_not_go_together_are_refused(amic, folder, options, tmp_path):
    done = amic("ingest", folder, *options, data=tmp_path / "data")
    assert done.code == 2
    assert "together" in done.err or "give both" in done.err


def test_the_web_has_no_missing_files(amic, tmp_path):
    done = amic("ingest", "https://example.org/", "--withdraw-missing", data=tmp_path / "data")
    assert done.code == 2
    assert "for files and folders" in done.err


def test_a_process_reads_what_comes_lets_others_work_and_ends_on_sigterm(
    begun, write, folder, tmp_path, process_environment, amic
):
    write("a.txt")
    command = [sys.executable, "-m", "amic_kg", "ingest", str(folder), "--watch", "--json"]
    out, err = tmp_path / "out", tmp_path / "err"
    with out.open("w") as stdout, err.open("w") as stderr:
        process = subprocess.Popen(
            command, stdout=stdout, stderr=stderr, env=process_environment(tmp_path / "data")
        )
    try:

        def published():
            lines = out.read_text("utf-8").splitlines()
            return [json.loads(line)["published"] for line in lines]

        wait_for(lambda: published() == [1], "the first run")
        wait_for(lambda: "Waiting for changes" in err.read_text("utf-8"), "the word")
        write("b.txt", "Spodumene is mined in Kaustinen.")
        wait_for(lambda: published() == [1, 1], "the second run")
        wait_for(lambda: err.read_text("utf-8").count("Waiting for changes") == 2, "the word")
        # The stores are free between runs.
        assert amic("ingest", folder, "--quiet", data=tmp_path / "data").code == 0
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait()
    assert err.read_text("utf-8").splitlines()[-1] == "Stopped; no run was going on."
