"""The files as they came, kept by their content: `originals/ab/ab12…`, each once."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_CHUNK = 1 << 20


class OriginalStore:
    """Writes are whole or not at all: a file appears under its digest when all of it is there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, source: Path) -> str:
        """Copy `source` in; returns the SHA-256 of what was read, as hexadecimal digits."""
        self._folder.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        handle, name = tempfile.mkstemp(dir=self._folder, prefix="incoming-")
        incoming = Path(name)
        try:
            with source.open("rb") as reader, os.fdopen(handle, "wb") as writer:
                while chunk := reader.read(_CHUNK):
                    digest.update(chunk)
                    writer.write(chunk)
                writer.flush()
                # Else a power cut may leave an empty file under a digest that is not its own.
                os.fsync(writer.fileno())
            sha256 = digest.hexdigest()
            target = self._place(sha256)
            if target.exists():
                incoming.unlink()
            else:
                self.doubt(sha256)
                target.parent.mkdir(exist_ok=True)
                incoming.replace(target)
        except BaseException:
            with suppress(FileNotFoundError):
                incoming.unlink()
            raise
        return sha256

    def path(self, sha256: str) -> Path | None:
        place = self._place(sha256)
        return place if place.is_file() else None

    def discard(self, sha256: str) -> None:
        """Let go of a file that no document refers to."""
        with suppress(FileNotFoundError):
            self._place(sha256).unlink()

    def clear_incoming(self) -> None:
        """Remove what a killed run left half copied; only the one writer may call this."""
        if self._folder.is_dir():
            for leftover in self._folder.glob("incoming-*"):
                leftover.unlink(missing_ok=True)

    def settle(self, wanted: Callable[[str], bool]) -> None:
        """Let go of what came in, or was doubted, since the last call and no document refers to.

        What a killed run has copied is settled by the next one.
        """
        with suppress(FileNotFoundError):
            for sha256 in set(self._doubted.read_text(encoding="ascii").split()):
                if not wanted(sha256):
                    self.discard(sha256)
            self._doubted.unlink()

    def doubt(self, sha256: str) -> None:
        """Have the next `settle` look whether a document still refers to it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._doubted.open("a", encoding="ascii") as file:
            file.write(f"{sha256}\n")

    @property
    def _doubted(self) -> Path:
        """Digests of what came in and is not settled, one a line."""
        return self._folder / "UNSETTLED"

    def _place(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256
