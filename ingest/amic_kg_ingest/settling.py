"""Files that change: each is waited for until nobody writes to it any more."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

SETTLED = 3.0
"""Seconds for which size and time of a file must stay the same."""
LONGEST = 60.0
"""Seconds after which files that have settled wait no longer for others that have not."""

_State = tuple[int, int] | None


@dataclass(slots=True)
class _Change:
    state: _State
    since: float
    noticed: float


class Settling:
    """Paths that changed, by whether they have settled; one that is gone is settled at once."""

    def __init__(self) -> None:
        self._changes: dict[str, _Change] = {}

    def note(self, paths: Iterable[str]) -> None:
        """These have changed just now."""
        now = time.monotonic()
        for path in paths:
            noticed = self._changes[path].noticed if path in self._changes else now
            self._changes[path] = _Change(_state(path), now, noticed)

    def note_recent(self, places: Sequence[Path]) -> None:
        """What in these files and folders was written in the last seconds may not be whole."""
        now = time.time()
        self.note(
            os.fspath(path)
            for place in places
            for path in _files(place)
            if (state := _state(path)) is not None and abs(now - state[1] / 1e9) < SETTLED
        )

    def ready(self) -> bool:
        """Whether it is time to read what has changed."""
        unsettled = self.unsettled()
        if not unsettled:
            return bool(self._changes)
        patience = time.monotonic() - LONGEST
        return len(unsettled) < len(self._changes) and any(
            change.noticed < patience for change in self._changes.values()
        )

    def waiting(self) -> bool:
        return bool(self._changes)

    def unsettled(self) -> frozenset[str]:
        """What is still being written."""
        now = time.monotonic()
        for path, change in self._changes.items():
            if (state := _state(path)) != change.state:
                change.state, change.since = state, now
        return frozenset(
            path
            for path, change in self._changes.items()
            if change.state is not None and now - change.since < SETTLED
        )

    def forget_settled(self, unsettled: frozenset[str]) -> None:
        """All but `unsettled` is about to be read."""
        now = time.monotonic()
        self._changes = {path: self._changes[path] for path in unsettled}
        for change in self._changes.values():
            change.noticed = now


def _state(path: str | Path) -> _State:
    try:
        facts = Path(path).stat()
    except (OSError, ValueError):
        return None
    return facts.st_size, facts.st_mtime_ns


def _files(place: Path) -> Iterable[Path]:
    if place.is_file():
        yield place
    for folder, _, names in os.walk(place):
        for name in names:
            yield Path(folder, name)
