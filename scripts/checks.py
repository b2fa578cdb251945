"""All checks of `make check`: each in turn, one line each, the output of those that fail.

Add a check by adding a line to CHECKS. `checks.py types format` runs these two alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Check:
    """A name, what it proves, the command, and what to do when it fails."""

    name: str
    proves: str
    command: tuple[str, ...]
    remedy: str = ""


CHECKS = (
    Check(
        "lint",
        "the code keeps the rules of ruff",
        ("ruff", "check", "--quiet", "--output-format=concise", "."),
    ),
    Check(
        "format",
        "the code is in the house format",
        ("ruff", "format", "--check", "."),
        "make format",
    ),
    Check("types", "mypy, strict, on the packages", ("mypy", "--no-error-summary")),
    Check(
        "scripts",
        "mypy, strict, on the scripts",
        ("mypy", "--no-error-summary", "scripts"),
    ),
    Check(
        "pages",
        "the scripts of the pages are rightly typed",
        ("python", "scripts/web_bundle.py", "--check"),
    ),
    Check("layers", "imports go one way", ("lint-imports", "--no-cache")),
    Check(
        "reference",
        "docs/reference/ is what the code says",
        ("amic-kg", "docs", "--check"),
        "make docs",
    ),
    Check(
        "samples",
        "the sample documents are what their script makes",
        ("python", "samples/build.py", "--check"),
        "make samples",
    ),
    Check(
        "compose",
        "docker-compose.yml is valid",
        ("python", "scripts/check_compose.py", "docker-compose.yml"),
    ),
)


def run(check: Check) -> bool:
    """Run one check; print one line, and its output when it fails."""
    started = time.monotonic()
    program, *arguments = check.command
    done = subprocess.run(
        [BIN / program, *arguments],
        cwd=ROOT,
        env=os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    passed = done.returncode == 0
    seconds = time.monotonic() - started
    state = "ok    " if passed else "FAILED"
    print(f"  {state} {check.name:<10} {check.proves} ({seconds:.1f} s)", flush=True)
    if not passed:
        print(done.stdout.rstrip())
        if check.remedy:
            print(f"  remedy: {check.remedy}", flush=True)
    return passed


def main(names: Sequence[str]) -> int:
    """Run the named checks, or all; 1 when one fails, 2 when a name is unknown."""
    known = {check.name: check for check in CHECKS}
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"no such check: {', '.join(unknown)}; there are: {', '.join(known)}")
        return 2
    chosen = [known[name] for name in names] or CHECKS
    failed = [check.name for check in chosen if not run(check)]
    passed = f"{len(chosen) - len(failed)} of {len(chosen)} checks passed"
    print(f"{passed}; failed: {', '.join(failed)}" if failed else passed)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
