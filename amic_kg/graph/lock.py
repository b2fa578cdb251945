"""One writer at a time: a lock on the folder whose documents are published."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import TextIO

from amic_kg.errors import StoreLocked


def lock_folder(folder: Path) -> TextIO:
    """Hold `folder/LOCK` until the returned file is closed or this process ends, however it ends.

    Raises StoreLocked when another process holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / "LOCK").open("a+", encoding="ascii")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.seek(0)
        owner = file.read().strip() or "unknown"
        file.close()
        raise StoreLocked(
            f"another process ({owner}) writes to {folder}",
            "Wait for it to end, or give this run another folder by AMIC_DATA",
        ) from None
    file.truncate(0)
    file.write(f"pid {os.getpid()}")
    file.flush()
    return file
