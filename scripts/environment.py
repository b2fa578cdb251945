"""The virtual environment: made once, brought up to the locks, left alone while they stand."""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import system_packages
import web_bundle
from progress import LOG, ROOT, SetupError, say, step

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "amic-setup.json"
REFUSED = VENV / "amic-system-packages"
LOCKS = {
    "run": ("requirements/build.lock", "requirements/run.lock"),
    "dev": ("requirements/build.lock", "requirements/dev.lock"),
}
# pip's own settings that say where packages come from; uv does not read them.
PIP_SOURCES = ("index-url", "extra-index-url", "no-index", "proxy", "trusted-host", "client-cert")


def digest(level: str) -> str:
    """Fingerprint of all that the environment is made from, its place and its Python included."""
    sums = hashlib.sha256(str(VENV).encode())
    sums.update((VENV / "pyvenv.cfg").read_bytes())
    for name in ("pyproject.toml", *LOCKS[level]):
        sums.update(hashlib.sha256((ROOT / name).read_bytes()).digest())
    return sums.hexdigest()


def is_current(level: str) -> bool:
    """Whether the environment already holds this level, or the larger one."""
    if not PYTHON.exists() or not (VENV / "bin" / "amic-kg").exists():
        return False
    try:
        made: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
        return any(made.get(name) == digest(name) for name in {level, "dev"})
    except (OSError, ValueError):
        return False


def python_works() -> bool:
    """Whether the environment's Python runs (its base may have been removed) and is new enough."""
    if not PYTHON.exists():
        return False
    asked = subprocess.run(
        [PYTHON, "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"],
        capture_output=True,
        check=False,
    )
    return asked.returncode == 0


def make_venv(*, may_install: bool) -> None:
    """Create .venv, with the system's package for it where Debian keeps that apart."""
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        prefix = system_packages.as_root() if may_install else None
        of_the_system = sys.base_prefix in {"/usr", "/usr/local"} and system_packages.has_apt()
        if of_the_system and prefix is not None:
            system_packages.apt_install([package], prefix)
            importlib.invalidate_caches()
        if importlib.util.find_spec("ensurepip") is None:
            raise SetupError(
                "environment",
                f"{sys.executable} lacks the modules venv and ensurepip.",
                f"Install them (Debian, Ubuntu: sudo apt-get install {package}), then run again.",
            )
    version = ".".join(map(str, sys.version_info[:3]))
    step(
        f"environment       .venv, Python {version}",
        [sys.executable, "-m", "venv", "--clear", VENV],
        f"See that {ROOT} can be written and that its disk is not full.",
        environ=dict(os.environ),
    )


def environment_of_installers() -> dict[str, str]:
    """Copy the process environment without what would lead an installer into another Python."""
    led_astray = {"PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_USER"}
    environ = {name: value for name, value in os.environ.items() if name not in led_astray}
    return environ | {
        "VIRTUAL_ENV": str(VENV),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "UV_NO_PROGRESS": "1",
    }


def pip_has_sources(environ: dict[str, str]) -> bool:
    """Whether pip was told of sources of its own, which uv would not know."""
    listed = subprocess.run(
        [PYTHON, "-m", "pip", "config", "list"],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    keys = (line.split("=")[0].rpartition(".")[2] for line in listed.stdout.splitlines())
    return any(key in PIP_SOURCES for key in keys)


def install(level: str) -> None:
    """Install the locks, each file checked against its hash, then the project itself, editable."""
    environ = environment_of_installers()
    pip = [str(PYTHON), "-m", "pip", "--quiet", "--no-input"]
    hashed = ["install", "--require-hashes", "--requirement"]
    offline = "Is the network reached? The first run downloads packages; a later one does not."
    build, locked = LOCKS[level]
    step("installer         build.lock", [*pip, *hashed, build], offline, environ=environ)
    uv = VENV / "bin" / "uv"
    tool = pip
    title = f"dependencies      {Path(locked).name}, {count(locked)} packages"
    if uv.exists() and not pip_has_sources(environ):
        try:
            step(title, [uv, "pip", *hashed, locked], offline, environ=environ)
            tool = [str(uv), "pip"]
        except SetupError:
            say("uv could not; once more with pip")
    if tool is pip:
        step(title, [*pip, *hashed, locked], offline, environ=environ)
    step(
        "amic-kg           editable",
        [*tool, "install", "--no-deps", "--no-build-isolation", "--editable", "."],
        "See that pyproject.toml and the folders it names are complete.",
        environ=environ,
    )


def count(lock: str) -> int:
    """Count the requirements of a lock."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    return sum(not line.startswith((" ", "#")) and "==" in line for line in lines)


def prepare(level: str, *, system: bool) -> None:
    """Bring environment and system packages to the level."""
    current = is_current(level)
    if not current:
        print("AMIC-KG: making the environment (once, until the locks change)", flush=True)
        LOG.unlink(missing_ok=True)
        if not python_works():
            make_venv(may_install=system)
        REFUSED.unlink(missing_ok=True)
    if system:
        levels = ("run", "build") if level == "run" else ("run", "build", "dev")
        system_packages.provide(*levels, refused=REFUSED)
    if not current:
        STAMP.unlink(missing_ok=True)
        install(level)
        STAMP.write_text(json.dumps({level: digest(level)}), encoding="utf-8")
    web_bundle.provide()


def command(arguments: Sequence[str]) -> int:
    """Run setup.py: 0 when all is in place, 1 when it is not, 130 when stopped."""
    parser = argparse.ArgumentParser(
        prog="scripts/setup.py", description="Make .venv from the locks; a later run is instant."
    )
    parser.add_argument(
        "level",
        nargs="?",
        choices=tuple(LOCKS),
        default="run",
        help="run: what the demo and the server need; dev: the tools of tests and checks as well",
    )
    parser.add_argument(
        "--no-system-packages",
        action="store_false",
        dest="system",
        help="neither install nor ask for system packages",
    )
    options = parser.parse_args(arguments)
    try:
        prepare(options.level, system=options.system)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        if LOG.exists():
            print(f"The whole log: {LOG}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"\nThe environment could not be made: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped; the next run goes on from here.", file=sys.stderr)
        return 130
    return 0
