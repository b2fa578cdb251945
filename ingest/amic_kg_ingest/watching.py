"""A run whenever files have changed: waits by the kernel's notices, holds no store meanwhile."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from watchfiles import Change, watch

from amic_kg.errors import AmicError, InvalidSetting, UnreadableInput
from amic_kg.ledger import Ledger
from amic_kg.settings import Settings
from amic_kg_ingest.formats.sniffing import SUFFIXES
from amic_kg_ingest.settling import Settling
from amic_kg_ingest.sources.containers import CONTAINER_SUFFIX
from amic_kg_ingest.sources.declarations import Declaration
from amic_kg_ingest.sources.sidecars import SIDECAR

_TICK = 0.5
_POLL_PAUSE_MS = 2000
_FIRST_RETRY = 10.0
_LONGEST_RETRY = 600.0
_SOONEST_NEXT_TRY = 60.0

Ingest = Callable[[frozenset[str]], None]
"""A run over all that is watched, but for the files named: they are still being written."""
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Place:
    """A file or folder that is watched; `folder` is what the kernel watches for it.

    With `documents_only`, files that no reader knows are no change: a log beside the documents.
    """

    path: Path
    folder: Path
    documents_only: bool

    def concerns(self, change: Change, changed: str) -> bool:
        path = Path(changed)
        if path == self.path or changed == f"{self.path}{SIDECAR}":
            return True
        if not path.is_relative_to(self.path):
            return False
        if any(part.startswith(".") for part in path.relative_to(self.path).parts):
            return False
        suffix = path.suffix.lower()
        return (
            not self.documents_only
            or change is Change.deleted
            or not suffix
            or suffix in SUFFIXES
            or suffix == CONTAINER_SUFFIX
            or changed.endswith(SIDECAR)
            or path.is_dir()
        )


def watched_places(declarations: Sequence[Declaration]) -> list[Place]:
    """Raises InvalidSetting for a source that is not on this machine's disks."""
    places = []
    for declaration in declarations:
        if declaration.address.lower().startswith(("http://", "https://")):
            raise InvalidSetting(
                f"--watch {declaration.name}",
                "is on the web, where nobody tells of changes",
                "Leave out --watch, and run the command from a timer instead",
            )
        path = Path(declaration.address).absolute()
        if not path.exists():
            raise UnreadableInput(str(path), "does not exist", "Check the name")
        # A single file may be replaced by another one of its name: the folder tells of it.
        folder = path if path.is_dir() else path.parent
        places.append(Place(path, folder, declaration.kind == "files"))
    return places


def watch_places(
    settings: Settings, places: Sequence[Place], ingest: Ingest, *, poll: bool, tell: Tell
) -> None:
    """Call `ingest` now and after changes, until SIGINT or SIGTERM comes.

    With `poll` by looking at all files again and again, for disks whose changes the kernel is not
    told. Raises InvalidSetting when the kernel watches no more folders.
    """
    with _termination_as_interrupt():
        _Watching(settings, places, ingest, poll=poll, tell=tell).go_on()


class _Watching:
    def __init__(
        self,
        settings: Settings,
        places: Sequence[Place],
        ingest: Ingest,
        *,
        poll: bool,
        tell: Tell,
    ) -> None:
        self._settings = settings
        self._data = settings.data.absolute()
        self._places = places
        self._ingest = ingest
        self._poll = poll
        self._tell = tell
        self._settling = Settling()
        self._wanted = True
        self._running = False
        self._failures = 0
        self._retry: float | None = None

    def go_on(self) -> None:
        try:
            while True:
                self._watch_once()
        except KeyboardInterrupt:
            self._tell(
                "Stopped in the middle of a run; what was finished is kept."
                if self._running
                else "Stopped; no run was going on."
            )

    def _watch_once(self) -> None:
        """Until one of the folders is another one than it was: then it must be watched anew."""
        folders = list(dict.fromkeys(place.folder for place in self._places))
        identities = {folder: _identity(folder) for folder in folders}
        there = [folder for folder in folders if identities[folder] is not None]
        if away := [folder for folder in folders if identities[folder] is None]:
            self._tell(f"{_listed(away)} is not there any more; waiting until it is.")
        self._settling.note_recent([place.path for place in self._places])
        told = False
        with closing(self._changes(there)) as changes:
            for changed in changes:
                self._settling.note(changed)
                if self._due():
                    self._run()
                    told = False
                if not told and not self._settling.waiting() and not self._wanted and there:
                    self._tell(f"Waiting for changes in {_listed(there)}; Ctrl-C ends it.")
                    told = True
                now = {folder: _identity(folder) for folder in folders}
                if now != identities:
                    # What has come is read; to ask for what has gone would be in vain.
                    self._wanted = self._wanted or any(
                        now[folder] not in (None, identities[folder]) for folder in folders
                    )
                    return

    def _changes(self, folders: Sequence[Path]) -> Generator[set[str], None, None]:
        """What has changed, again and again; empty when nothing has for a while."""
        if not folders:
            while True:
                time.sleep(_TICK)
                yield set()
        try:
            for changes in watch(
                *folders,
                watch_filter=self._concerns_us,
                rust_timeout=int(_TICK * 1000),
                yield_on_timeout=True,
                force_polling=self._poll or None,
                poll_delay_ms=_POLL_PAUSE_MS,
                recursive=any(place.folder == place.path for place in self._places),
                ignore_permission_denied=True,
            ):
                yield {path for _, path in changes}
        except FileNotFoundError:
            # It went in this moment, which the caller sees.
            yield set()
        except OSError as error:
            raise InvalidSetting(
                f"--watch {folders[0]}",
                f"cannot be watched ({error})",
                "Raise the kernel's limit (sysctl fs.inotify.max_user_watches), or add --poll",
            ) from None

    def _concerns_us(self, change: Change, path: str) -> bool:
        # What a run writes itself must not cause the next.
        return not Path(path).is_relative_to(self._data) and any(
            place.concerns(change, path) for place in self._places
        )

    def _due(self) -> bool:
        if self._settling.waiting():
            return self._settling.ready()
        return self._wanted or (self._retry is not None and time.monotonic() >= self._retry)

    def _run(self) -> None:
        unsettled = self._settling.unsettled()
        self._settling.forget_settled(unsettled)
        self._wanted = False
        self._running = True
        try:
            self._ingest(unsettled)
            self._running = False
            self._failures = 0
            pause = self._next_try()
        except AmicError as error:
            pause = min(_FIRST_RETRY * 2**self._failures, _LONGEST_RETRY)
            self._failures += 1
            self._tell(f"The run failed: {error} Next try in {pause:.0f} s, or at a change.")
        self._running = False
        self._retry = None if pause is None else time.monotonic() + pause

    def _next_try(self) -> float | None:
        """Seconds until something that failed may be tried again; None when nothing waits."""
        ledger = Ledger(self._settings.ledger)
        try:
            times = [
                datetime.fromisoformat(row["next_try"])
                for row in ledger.failures()
                if row["next_try"] and self._lies_here(row["identifier"])
            ]
        finally:
            ledger.close()
        if not times:
            return None
        return max((min(times) - datetime.now(UTC)).total_seconds(), _SOONEST_NEXT_TRY)

    def _lies_here(self, identifier: str) -> bool:
        return any(Path(identifier).is_relative_to(place.path) for place in self._places)


def _identity(folder: Path) -> tuple[int, int] | None:
    """Other when a disk is mounted on it, or it is made anew; None when it is not there."""
    try:
        facts = folder.stat()
    except OSError:
        return None
    return facts.st_dev, facts.st_ino


def _listed(folders: Sequence[Path]) -> str:
    return ", ".join(os.fsencode(f).decode("utf-8", "backslashreplace") for f in folders)


@contextmanager
def _termination_as_interrupt() -> Iterator[None]:
    """SIGTERM does what Ctrl-C does; not changed for good."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
