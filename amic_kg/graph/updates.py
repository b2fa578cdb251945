"""Changes to the embedded graph by holders of a key: one at a time, each published."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from pathlib import Path

from amic_kg.errors import AmicError, QueryTimeout, WorkerLost
from amic_kg.ports import Change

_MEMORY_MEGABYTES = 8192
"""Address space of the process: the store maps its files, so this is far above what it uses."""


class OxigraphUpdates:
    """Changes to the embedded graph, each in a process of its own that is ended at `seconds`."""

    def __init__(self, folder: Path, base: str, *, union: bool, seconds: float) -> None:
        self._folder = folder.absolute()
        self._base = base
        self._union = union
        self._seconds = seconds
        self._turn = threading.Lock()

    def apply(self, change: Change) -> str:
        command = [sys.executable, "-m", "amic_kg.graph.update_process", str(_MEMORY_MEGABYTES)]
        order = pickle.dumps((self._folder, self._base, self._union, change))
        with self._turn:
            try:
                done = subprocess.run(
                    command, input=order, stdout=subprocess.PIPE,
                    timeout=self._seconds, check=False,
                )  # fmt: skip
            except subprocess.TimeoutExpired:
                raise _too_slow(self._seconds) from None
        if done.returncode != 0 or not done.stdout:
            raise WorkerLost("The process that made the change died", "Send a smaller change")
        outcome: str | AmicError = pickle.loads(done.stdout)  # noqa: S301 - from our own process
        if isinstance(outcome, AmicError):
            raise outcome
        return outcome


def _too_slow(seconds: float) -> QueryTimeout:
    return QueryTimeout(
        f"The change was ended after {seconds:g} s, and nothing of it was made",
        "Narrow its pattern, or send it in parts; the operator can raise AMIC_UPDATE_SECONDS",
    )
