"""The programs and libraries that pip cannot bring: which are missing, what is lost without them.

`python3 scripts/system_packages.py run` installs them where it may (the container image calls it).
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from ctypes.util import find_library
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from progress import SetupError, say, step
from web_bundle import has_node

RETRY_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Need:
    """One purpose, the packages that serve it by package manager, and what is lost without."""

    purpose: str
    lost: str
    apt: tuple[str, ...]
    dnf: tuple[str, ...]
    brew: tuple[str, ...]
    found: Callable[[], bool]
    level: Literal["run", "build", "dev"] = "run"


def _tesseract_reads(*languages: str) -> bool:
    if shutil.which("tesseract") is None:
        return False
    listed = subprocess.run(
        ["tesseract", "--list-langs"], capture_output=True, text=True, check=False
    )
    return set(languages) <= set(listed.stdout.split())


NEEDS = (
    Need(
        "Finnish words (voikko)",
        "Finnish is searched by a rougher rule: inflected and compound words are missed",
        ("libvoikko1", "voikko-fi"),
        ("libvoikko",),
        ("libvoikko",),
        lambda: find_library("voikko") is not None,
    ),
    Need(
        "scrambled columns (pdftotext)",
        "some PDF pages set in columns are read in the wrong order",
        ("poppler-utils",),
        ("poppler-utils",),
        ("poppler",),
        lambda: shutil.which("pdftotext") is not None,
    ),
    Need(
        "scanned pages (tesseract: fi, sv, en)",
        "pages without a text layer stay empty",
        ("tesseract-ocr", "tesseract-ocr-fin", "tesseract-ocr-swe", "tesseract-ocr-eng"),
        ("tesseract", "tesseract-langpack-fin", "tesseract-langpack-swe"),
        ("tesseract", "tesseract-lang"),
        lambda: _tesseract_reads("fin", "swe", "eng"),
    ),
    Need(
        "tests in a browser (chromium)",
        "the browser tests are skipped",
        ("chromium",),
        ("chromium",),
        ("--cask chromium",),
        lambda: any(map(shutil.which, ("chromium", "chromium-browser"))),
        level="dev",
    ),
    Need(
        "editor of the page /sparql (Node.js, npm)",
        "the page is a plain form, without editor, chart, map and network",
        ("nodejs", "npm"),
        ("nodejs", "nodejs-npm"),
        ("node",),
        has_node,
        level="build",
    ),
)


def needs_of(*levels: str) -> tuple[Need, ...]:
    """Pick the needs to `run` it, to `build` it from its sources, and of its tests (`dev`)."""
    return tuple(need for need in NEEDS if need.level in levels)


def has_apt() -> bool:
    """Whether this is a Debian, an Ubuntu or a relative."""
    return shutil.which("apt-get") is not None and shutil.which("dpkg-query") is not None


def missing_from_dpkg(packages: Sequence[str]) -> list[str]:
    """Those of the packages that dpkg does not list as installed."""
    answer = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n", *packages],
        capture_output=True,
        text=True,
        check=False,  # it ends with 1 when one is unknown, and lists the others all the same
    )
    lines = (line.split() for line in answer.stdout.splitlines())
    present = {words[0] for words in lines if words[1:] == ["installed"]}
    return [package for package in packages if package not in present]


def as_root() -> list[str] | None:
    """Find what runs a command as root without asking; None when nothing may."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def apt_install(packages: Sequence[str], prefix: Sequence[str]) -> None:
    """Install what can be had of the packages; the caller looks again for what is missing."""
    # sudo drops the environment, so the variable is set on its far side
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    install = [*apt, "install", "--yes", "--no-install-recommends"]
    title = "system packages   "
    try:
        step(f"{title}lists", [*apt, "update"], "")
    except SetupError:
        say(f"{title}the lists could not be renewed; trying with the old ones")
    try:
        step(f"{title}{' '.join(packages)}", [*install, *packages], "")
    except SetupError:
        # One name that this release does not know refuses all of them.
        for package in packages:
            with contextlib.suppress(SetupError):
                step(f"{title}{package}", [*install, package], "")


def _unmet(needs: Sequence[Need]) -> list[Need]:
    if not has_apt():
        return [need for need in needs if not need.found()]
    missing = set(missing_from_dpkg([package for need in needs for package in need.apt]))
    # What was built by hand counts too: a package is wanted only for what does not work yet.
    return [need for need in needs if missing & set(need.apt) and not _works(need)]


def _works(need: Need) -> bool:
    return "voikko-fi" not in need.apt and need.found()


def advice(unmet: Sequence[Need]) -> list[str]:
    """Tell what is lost, and the command that would bring it, by package manager."""
    lines = [f"missing: {need.purpose} — {need.lost}" for need in unmet]
    if has_apt():
        names = " ".join(missing_from_dpkg([name for need in unmet for name in need.apt]))
        return [*lines, f"install by: sudo apt-get install --no-install-recommends {names}"]
    managers = {
        "dnf": " ".join(name for need in unmet for name in need.dnf),
        "brew": " ".join(name for need in unmet for name in need.brew if name[0] != "-"),
    }
    present = [name for name in managers if shutil.which(name)] or list(managers)
    lines += [f"install by: {name} install {managers[name]}" for name in present if managers[name]]
    casks = [name for need in unmet for name in need.brew if name[0] == "-"]
    if casks and "brew" in present:
        lines.append(f"install by: brew install {' '.join(casks)}")
    if "dnf" in present and any("voikko-fi" in need.apt for need in unmet):
        lines.append("and the Finnish dictionary voikko-fi, under the name your system gives it")
    return lines


def provide(*levels: str, refused: Path | None = None) -> bool:
    """Install what is missing where that is allowed, else say what is lost; True if all is there.

    `refused` is a file that remembers a try in vain, so that not every start waits for one.
    """
    needs = needs_of(*levels)
    unmet = _unmet(needs)
    if unmet and has_apt() and not _tried_lately(refused, unmet):
        prefix = as_root()
        if prefix is not None:
            names = [name for need in unmet for name in need.apt]
            apt_install(missing_from_dpkg(names), prefix)
            unmet = _unmet(needs)
            if unmet and refused is not None:
                refused.write_text(" ".join(need.purpose for need in unmet), encoding="utf-8")
    if unmet:
        for line in advice(unmet):
            say(line)
    return not unmet


def _tried_lately(refused: Path | None, unmet: Sequence[Need]) -> bool:
    if refused is None or not refused.exists():
        return False
    fresh = time.time() - refused.stat().st_mtime < RETRY_SECONDS
    return fresh and refused.read_text("utf-8") == " ".join(need.purpose for need in unmet)


def main() -> int:
    """Install the needs of one or more levels; 1 when something is still missing."""
    parser = argparse.ArgumentParser(description="Install the system packages of AMIC-KG.")
    parser.add_argument("levels", nargs="+", choices=("run", "build", "dev"))
    return 0 if provide(*parser.parse_args().levels) else 1


if __name__ == "__main__":
    sys.exit(main())
