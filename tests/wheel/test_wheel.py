"""The wheel as a user gets it: built from a clean copy, installed from the locks, serving a page.

The steps are those of api/Dockerfile, which calls the same scripts.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60

pytestmark = pytest.mark.wheel


@dataclass(frozen=True)
class Installed:
    """An environment of its own with the wheel in it, and a folder far from the repository."""

    wheel: Path
    command: Path
    folder: Path

    def environ(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("AMIC_")}
        for name in ("PYTHONPATH", "VIRTUAL_ENV"):
            kept.pop(name, None)
        settings = {"AMIC_DATA": str(self.folder / "data"), "AMIC_PORT": "0"}
        return kept | settings | {"PYTHONUNBUFFERED": "1"}

    def run(self, *arguments: str | Path) -> str:
        """Run amic-kg and return what it printed for machines."""
        done = subprocess.run(
            [self.command, *arguments],
            cwd=self.folder,
            env=self.environ(),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def script(name: str, tree: Path, *arguments: Path) -> None:
    done = subprocess.run(
        [tree / "scripts" / name, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def last_object(output: str) -> dict[str, Any]:
    """Read the JSON object that a command's output ends with."""
    start = re.search(r"^\{", output, re.MULTILINE)
    assert start, output
    found: dict[str, Any] = json.loads(output[start.start() :])
    return found


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    tree, wheels, elsewhere = folder / "tree", folder / "wheels", folder / "elsewhere"
    elsewhere.mkdir()
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)
    script("build_wheel.sh", tree, wheels)
    script("install_wheel.sh", tree, wheels, folder / "venv")
    shutil.rmtree(tree)  # nothing may be found there by chance
    (wheel,) = wheels.glob("*.whl")
    return Installed(wheel, folder / "venv" / "bin" / "amic-kg", elsewhere)


@pytest.fixture(scope="module")
def ingested(installed: Installed) -> dict[str, Any]:
    sample = sorted((ROOT / "samples" / "corpus").glob("*.html"))[0]
    shutil.copy(sample, installed.folder)
    return last_object(installed.run("ingest", sample.name, "--json"))


@pytest.fixture(scope="module")
def address(installed: Installed, ingested: dict[str, Any]) -> Iterator[str]:
    output = installed.folder / "serve.log"
    with output.open("wb") as log:
        server = subprocess.Popen(
            [installed.command, "serve"],
            cwd=installed.folder,
            env=installed.environ(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield _address_in(output, server)
    finally:
        server.terminate()
        code = server.wait(30)
    assert code in {0, -15}, output.read_text("utf-8")


def _address_in(output: Path, server: subprocess.Popen[bytes]) -> str:
    """Wait for the address that the server prints, and until it answers there."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        if found := re.search(r"http://[\w.]+:\d+", output.read_text("utf-8")):
            try:
                urlopen(f"{found[0]}/health", timeout=5).close()
            except OSError:
                pass
            else:
                return found[0]
        time.sleep(0.1)
    pytest.fail(f"the server did not come up:\n{output.read_text('utf-8')}")


def get(url: str) -> tuple[int, str, str]:
    with urlopen(url, timeout=30) as response:
        return response.status, response.headers["Content-Type"], response.read().decode()


def test_the_wheel_holds_the_packages_their_data_and_nothing_else(installed: Installed) -> None:
    names = zipfile.ZipFile(installed.wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {
        "amic_kg",
        "amic_kg_api",
        "amic_kg_ingest",
    }
    assert any(re.match(r"amic_kg/_ontology/.*\.ttl", name) for name in names)
    assert any(re.match(r"amic_kg/_samples/.*\.pdf", name) for name in names)
    assert any(name.startswith("amic_kg_api/templates/") for name in names)
    assert any(name.startswith("amic_kg_api/static/") for name in names)
    if shutil.which("npm"):
        # Git-ignored: they are built when the wheel is.
        names_built = ("sparql.js", "box.js", "amic-search.js", "LICENSES.txt")
        built = {f"amic_kg_api/static/built/{name}" for name in names_built}
        assert built <= set(names)


def test_the_command_tells_the_version_of_the_wheel(installed: Installed) -> None:
    version = installed.wheel.name.split("-")[1]
    assert version in installed.run("--version")


def test_the_doctor_reports_for_machines(installed: Installed) -> None:
    findings = json.loads(installed.run("doctor", "--json"))
    assert all({"part", "state", "remedy"} <= set(finding) for finding in findings)
    assert {"ok"} <= {finding["state"] for finding in findings}


def test_a_document_is_published(ingested: dict[str, Any]) -> None:
    assert ingested["found"] == 1
    assert ingested["published"] == 1
    assert ingested["documents"][0]["key"]


def test_the_server_says_that_it_is_well(address: str) -> None:
    status, _, _ = get(f"{address}/health")
    assert status == 200


def test_the_search_page_is_served_with_its_style(address: str) -> None:
    status, kind, page = get(f"{address}/")
    assert status == 200
    assert kind.startswith("text/html")
    styles = re.findall(r'<link[^>]+href="([^"]+\.css[^"]*)"', page)
    assert styles
    for style in styles:
        assert get(style if style.startswith("http") else f"{address}{style}")[0] == 200
