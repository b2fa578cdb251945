"""Guards over the project's own files: what must not stand in them, and what must agree."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
CODE_FOLDERS = ("amic_kg", "ingest", "api", "scripts", "samples")
MODULE_LINES = 420  # "about 400"
DRAWERS = {"util", "utils", "helper", "helpers", "common", "misc"}

# Written in halves, so that this file passes its own guard.
REGISTRIES = [
    *("pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com"),
    *("yarn" + "pkg.com", "repo1." + "maven", "repo." + "maven.apache", "maven" + ".org"),
    *("central." + "sonatype", "oss." + "sonatype", "deb." + "debian.org"),
    *("security." + "debian.org", "ftp." + "debian.org", "archive." + "ubuntu.com"),
    *("crates" + ".io", "proxy." + "golang.org", "sum." + "golang.org", "conda." + "anaconda.org"),
]
REGISTRY = re.compile("|".join(map(re.escape, REGISTRIES)).encode(), re.IGNORECASE)
MACHINE_PATH = re.compile(r"(?<![\w.~$}/-])/(?:work|root|home/\w+|Users/\w+)" + r"/[\w.-]")
EMAIL = re.compile(r"(?<![\w/])[\w.+-]*\w@[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}\b", re.IGNORECASE)


@cache
def project_files() -> tuple[Path, ...]:
    """List what git tracks or would track."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("not a git work tree")
    names = filter(None, listed.stdout.decode().split("\0"))
    return tuple(path for name in names if (path := ROOT / name).is_file())


def text_of(path: Path) -> str | None:
    """Read a text file; None for any other."""
    data = path.read_bytes()
    if b"\0" in data:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def line_of(match: re.Match[str]) -> int:
    """Count the line on which a match starts."""
    return match.string.count("\n", 0, match.start()) + 1


def found_in_texts(pattern: re.Pattern[str]) -> list[str]:
    """Name file, line and finding of each match in the project's text files."""
    return [
        f"{path.relative_to(ROOT)}:{line_of(match)}: {match[0]}"
        for path in project_files()
        if (text := text_of(path)) is not None
        for match in pattern.finditer(text)
    ]


def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def compose() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    return document


def requirements(lock: Path) -> dict[str, str]:
    """Split a lock into its requirements: name, and all that stands below it."""
    blocks = re.split(r"\n(?=\w)", lock.read_text("utf-8").strip())
    return {block.partition("==")[0] + str(number): block for number, block in enumerate(blocks)}


def test_no_file_names_the_host_of_a_package_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0].decode()}"
        for path in project_files()
        if (match := REGISTRY.search(path.read_bytes()))
    ]
    assert found == []


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    assert found_in_texts(MACHINE_PATH) == []


def test_no_file_names_an_email_address() -> None:
    assert found_in_texts(EMAIL) == []


@pytest.mark.parametrize(
    ("pattern", "caught", "passed"),
    [
        (
            MACHINE_PATH,
            ["cd /" + "work/main", '"/' + 'home/anna/x"', "(/" + "root/.cache)"],
            ["https://w3id.org/amic/id/work/1", "../work/x", "~/home/x", "/homepage/x"],
        ),
        (
            EMAIL,
            ["write to anna.b" + "@" + "example.org", "<a" + "@" + "b.fi>"],
            ["@pytest.mark.slow", "lit@3.2.0", "x @ y.z", "@media print"],
        ),
    ],
)
def test_the_guards_catch_what_they_should_and_nothing_else(
    pattern: re.Pattern[str], caught: list[str], passed: list[str]
) -> None:
    assert [text for text in caught if not pattern.search(text)] == []
    assert [text for text in passed if pattern.search(text)] == []


def test_every_make_target_has_a_help_text() -> None:
    lines = (ROOT / "Makefile").read_text("utf-8").splitlines()
    targets = [line for line in lines if re.match(r"[a-z][\w-]*:(?!=)", line)]
    assert targets
    assert [line for line in targets if not re.search(r"## \w.{10,}", line)] == []


def test_make_alone_lists_the_targets() -> None:
    shown = subprocess.run(["make", "-C", ROOT], capture_output=True, text=True, check=True).stdout
    for target in ("demo", "test", "check", "serve", "clean"):
        assert f"make {target} " in shown


def test_contributing_names_only_commands_that_exist() -> None:
    named = re.findall(r"^make (\w+)", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE)
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert len(named) == 6
    assert set(named) <= set(targets)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_has_a_hash_for_each_requirement_and_no_address(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert "//" not in text
    assert "#" not in text
    assert not re.search(r"^-", text, re.MULTILINE)
    for block in requirements(lock).values():
        assert re.match(r"[\w.-]+==\S+", block), block
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", block), block


def test_the_locks_cover_every_dependency_of_pyproject() -> None:
    def names(wanted: list[str]) -> set[str]:
        return {re.split(r"[\s<>=~!;\[]", each)[0].lower().replace("_", "-") for each in wanted}

    def locked(name: str) -> set[str]:
        text = (ROOT / "requirements" / name).read_text("utf-8")
        return set(re.findall(r"^([\w.-]+)==", text, re.MULTILINE))

    project = pyproject()
    extras = project["project"]["optional-dependencies"]
    run = project["project"]["dependencies"] + extras["elastic"] + extras["names"]
    assert names(run) - locked("run.lock") == set()
    everything = run + extras["training"] + project["dependency-groups"]["dev"]
    assert names(everything) - locked("dev.lock") == set()


def test_the_tests_run_on_the_versions_that_users_get() -> None:
    def pins(name: str) -> set[str]:
        text = (ROOT / "requirements" / name).read_text("utf-8")
        return set(re.findall(r"^[\w.-]+==[^\s\\]+(?: ; [^\\]+)?", text, re.MULTILINE))

    assert pins("run.lock") - pins("dev.lock") == set()


def test_modules_stay_small_enough_to_read() -> None:
    modules = [
        path
        for path in project_files()
        if path.suffix in {".py", ".ts"} and path.relative_to(ROOT).parts[0] in CODE_FOLDERS
    ]
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in modules
    }
    assert {name: lines for name, lines in lengths.items() if lines > MODULE_LINES} == {}


def test_no_module_is_a_drawer_for_leftovers() -> None:
    named = (path.relative_to(ROOT) for path in project_files() if path.suffix in {".py", ".ts"})
    assert [str(path) for path in named if DRAWERS & {path.stem, *path.parts}] == []


def test_the_version_is_the_same_wherever_it_stands() -> None:
    version = pyproject()["project"]["version"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation["version"] == version
    assert compose()["services"]["api"]["image"] == f"amic-kg:{version}"


def test_the_citation_file_has_what_its_format_asks_for() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= set(citation)
    assert citation["license"] == pyproject()["project"]["license"]


def test_the_compose_file_is_valid() -> None:
    checked = subprocess.run(
        [sys.executable, "scripts/check_compose.py", "docker-compose.yml"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("mem_limit: 4g", "mem_limti: 4g"),
        ("condition: service_healthy", "condition: healthy"),
        ("start_period: 60s", "start_period: 60"),
        ("networks: [inside]", "networks: [insid]"),
        ("- elasticsearch:/usr", "- elastic:/usr"),
        ("restart: unless-stopped", "restart: sometimes"),
        ('"false"', "false"),
        ("dockerfile: api/Dockerfile", "dockerfile: api/Docker"),
    ],
)
def test_a_mistake_in_the_compose_file_is_found(tmp_path: Path, right: str, wrong: str) -> None:
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    assert right in text
    (tmp_path / "api").mkdir()
    for name in ("Dockerfile", "fuseki.Dockerfile"):
        (tmp_path / "api" / name).touch()
    broken = tmp_path / "docker-compose.yml"
    broken.write_text(text.replace(right, wrong), "utf-8")
    checked = subprocess.run(
        [sys.executable, ROOT / "scripts" / "check_compose.py", broken],
        # no compose on this path: our own rules alone have to find it
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 1, checked.stdout


def test_stores_without_a_password_are_not_reachable_from_outside() -> None:
    services, networks = compose()["services"], compose()["networks"]
    for name in ("elasticsearch", "fuseki"):
        assert "ports" not in services[name]
        assert all(networks[network]["internal"] for network in services[name]["networks"])


def test_the_tests_and_the_images_use_the_same_engines() -> None:
    elasticsearch = (ROOT / "tests/services/elasticsearch.sh").read_text("utf-8")
    fuseki = (ROOT / "tests/services/fuseki.sh").read_text("utf-8")
    image = (ROOT / "api/fuseki.Dockerfile").read_text("utf-8")
    version = re.search(r"^VERSION=(\S+)", elasticsearch, re.MULTILINE)
    assert version
    assert compose()["services"]["elasticsearch"]["image"].endswith(f":{version[1]}")
    for shell, docker in (("VERSION", "JENA"), ("SHA256", "SHA256")):
        value = re.search(rf"^{shell}=(\S+)", fuseki, re.MULTILINE)
        assert value
        assert f"ARG {docker}={value[1]}\n" in image


def test_each_step_of_the_image_that_builds_is_a_script_that_exists() -> None:
    steps = re.findall(r"^RUN (scripts/\S+)", (ROOT / "api/Dockerfile").read_text("utf-8"), re.M)
    assert steps == ["scripts/build_wheel.sh", "scripts/install_wheel.sh"]
    assert all((ROOT / step).stat().st_mode & 0o100 for step in steps)
