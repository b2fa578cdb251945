"""Published generations of the embedded graph: folders to read, and a pointer to the last."""

from __future__ import annotations

import shutil
from pathlib import Path

_KEPT = 3
"""Readers that still answer from an older generation have this many publishes to move on."""


class Generations:
    """`folder/000001`, `folder/000002`, … and `folder/CURRENT`, which names the published one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def current(self) -> str | None:
        try:
            return (self._folder / "CURRENT").read_text(encoding="ascii").strip() or None
        except FileNotFoundError:
            return None

    def path(self, name: str) -> Path:
        return self._folder / name

    def next_path(self) -> Path:
        """Where the next generation goes; leftovers of an interrupted publish are cleared away."""
        self._folder.mkdir(parents=True, exist_ok=True)
        current = self.current()
        path = self._folder / f"{int(current or 0) + 1:06d}"
        if path.exists():
            shutil.rmtree(path)
        return path

    def switch_to(self, path: Path) -> None:
        """Publish `path` in one step, then let go of the oldest generations."""
        pointer = self._folder / "CURRENT.next"
        pointer.write_text(path.name, encoding="ascii")
        pointer.replace(self._folder / "CURRENT")
        for old in sorted(p for p in self._folder.iterdir() if p.is_dir())[:-_KEPT]:
            shutil.rmtree(old, ignore_errors=True)
