"""Steps of the set-up as a person sees them: one line each, seconds counted, output in a log."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOG = ROOT / ".cache" / "setup.log"
TAIL_LINES = 15


class SetupError(Exception):
    """A step failed: what was tried, the last lines it printed, what to do."""

    def __init__(self, step: str, said: str, remedy: str) -> None:
        indented = "\n".join(f"    {line}" for line in said.splitlines()[-TAIL_LINES:])
        title = " ".join(step.split())
        super().__init__("\n".join(filter(None, (f"{title}: failed", indented, remedy))))


def say(line: str) -> None:
    """One line of progress."""
    print(f"  {line}", flush=True)


def step(
    title: str,
    arguments: Sequence[str | Path],
    remedy: str,
    *,
    environ: Mapping[str, str] | None = None,
) -> None:
    """Run one command behind one line that counts the seconds; raises SetupError when it fails."""
    LOG.parent.mkdir(exist_ok=True)
    started = time.monotonic()
    live = sys.stdout.isatty()
    with LOG.open("ab") as log:
        log.write(f"\n$ {' '.join(map(str, arguments))}\n".encode())
        log.flush()
        start = log.tell()
        process = subprocess.Popen(
            arguments,
            cwd=ROOT,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        while process.poll() is None:
            if live:
                print(f"\r  {title} {time.monotonic() - started:.0f} s", end="", flush=True)
            try:
                process.wait(0.2)
            except subprocess.TimeoutExpired:
                continue
            except KeyboardInterrupt:
                process.wait()
                raise
    back = "\r" if live else ""
    print(f"{back}  {title} {time.monotonic() - started:.1f} s", flush=True)
    if process.returncode != 0:
        with LOG.open("rb") as log_again:
            log_again.seek(start)
            said = log_again.read().decode(errors="replace").strip()
        raise SetupError(title, said, remedy)
