"""One writer at a time: a lock on the folder whose documents are published."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path
from typing import TextIO

from amic_kg.errors import StoreLocked

_TRIES = 5
_PAUSE = 0.02
"""Seconds: whoever asks `is_locked` holds the lock for a moment; no run fails on that."""


def lock_folder(folder: Path) -> TextIO:
    """Hold `folder/LOCK` until the returned file is closed or this process ends, however it ends.

    Raises StoreLocked when another process holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / "LOCK").open("a+", encoding="ascii")
    if not _lock(file):
        file.seek(0)
        owner = file.read().strip() or "unknown"
        file.close()
        raise StoreLocked(
            f"another process ({owner}) writes to {folder}",
            "Wait for it to end, or give this run another folder by AMIC_DATA",
        )
    file.truncate(0)
    file.write(f"pid {os.getpid()}")
    file.flush()
    return file


def is_locked(folder: Path) -> bool:
    """Whether a process holds `folder` now, so that a run is under way."""
    try:
        file = (folder / "LOCK").open(encoding="ascii")
    except OSError:
        return False
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        # Closing alone would leave it held by a process that was forked in this moment.
        fcntl.flock(file, fcntl.LOCK_UN)
    return False


def _lock(file: TextIO) -> bool:
    for tries in range(_TRIES):
        if tries:
            time.sleep(_PAUSE)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            continue
        return True
    return False
