"""Published generations of the embedded graph: folders to read, and a pointer to the last."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_KEPT = 3
"""Readers that still answer from an older generation have this many publishes to move on."""


class Generations:
    """`folder/000001`, `folder/000002`, … and `folder/CURRENT`, which names the published one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pointer = folder / "CURRENT"
        self._read: tuple[tuple[int, int], str | None] | None = None

    def current(self) -> str | None:
        """Asked several times a query, so it is read only when it is another file than before."""
        try:
            found = self._pointer.stat()
            stamp = (found.st_ino, found.st_mtime_ns)
            known = self._read
            if known is None or known[0] != stamp:
                name = self._pointer.read_text(encoding="ascii").strip() or None
                self._read = known = (stamp, name)
            return known[1]
        except FileNotFoundError:
            return None

    def path(self, name: str) -> Path:
        return self._folder / name

    def next_path(self) -> Path:
        """Where the next generation goes; leftovers of an interrupted publish are cleared away."""
        self._folder.mkdir(parents=True, exist_ok=True)
        current = self.current()
        if current is not None:
            for leftover in self._standing():
                if leftover.name > current:
                    shutil.rmtree(leftover)
        # A pointer that was lost must not let a new generation pass for the oldest.
        last = max((path.name for path in self._standing()), default="0")
        return self._folder / f"{int(last) + 1:06d}"

    def switch_to(self, path: Path) -> None:
        """Publish `path` in one step, then let go of the oldest generations."""
        pointer = self._folder / "CURRENT.next"
        with pointer.open("w", encoding="ascii") as file:
            file.write(path.name)
            file.flush()
            # Else a power cut may leave the new name before the words it holds.
            os.fsync(file.fileno())
        pointer.replace(self._pointer)
        for old in self._standing()[:-_KEPT]:
            shutil.rmtree(old, ignore_errors=True)

    def _standing(self) -> list[Path]:
        """The folders of generations, the oldest first."""
        return sorted(path for path in self._folder.iterdir() if path.name.isdigit())
