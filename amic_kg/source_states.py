"""What is known of sources and stores: last runs, what is missing and why, what is behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from amic_kg.records import Failure

RunState = Literal["running", "complete", "interrupted", "broken"]

Step = Literal["graph", "index", "publish"]
"""What is to be written next: the graph; the index, which is behind the graph until then; or the
publishing of both, after which the ledger knows."""

STEPS: tuple[Step, ...] = ("graph", "index", "publish")

QUARANTINE = "InvalidGraph"
"""The failure of a document whose graph breaks the shapes."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run over one source; times are ISO 8601 in UTC, `ended` is empty while it goes on.

    `counts` has found, published, skipped, failed, quarantined and withdrawn; `left_out` the
    records that were not wanted, by reason. `error` is that of the source or of a store, when it
    broke off; `interrupted` says that it was killed or stopped by hand.
    """

    id: int
    source: str
    kind: str
    began: str
    ended: str
    counts: Mapping[str, int]
    left_out: Mapping[str, int]
    pages: int
    error: Failure | None
    interrupted: bool

    @property
    def state(self) -> RunState:
        if self.interrupted:
            return "interrupted"
        if not self.ended:
            return "running"
        return "broken" if self.error else "complete"

    @property
    def seconds(self) -> float | None:
        """How long it took; None while that is not known, as of one that was killed."""
        if not self.ended:
            return None
        began, ended = datetime.fromisoformat(self.began), datetime.fromisoformat(self.ended)
        return (ended - began).total_seconds()


@dataclass(frozen=True, slots=True)
class Missing:
    """Documents of a source that are missing for one class of reason.

    `waiting` of them are tried again by a run after a time, the first after `next_try`; the others
    when they change. `next_try` is empty when none waits.
    """

    name: str
    number: int
    waiting: int
    next_try: str


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source as it stands: `documents` counts those in, `broken` is why it could not be read."""

    source: str
    kind: str
    last_run: Run | None
    documents: int
    missing: tuple[Missing, ...]
    broken: Failure | None

    @property
    def quarantined(self) -> int:
        return sum(missing.number for missing in self.missing if missing.name == QUARANTINE)

    @property
    def failed(self) -> int:
        return sum(missing.number for missing in self.missing if missing.name != QUARANTINE)


@dataclass(frozen=True, slots=True)
class HeldUp:
    """So many documents have `step` before them, the first since `since` (ISO 8601, UTC)."""

    step: Step
    documents: int
    since: str


@dataclass(frozen=True, slots=True)
class Lag:
    """How far graph and index are behind what the ledger says is to be in them.

    `held_up` names the steps that documents wait for, in the order of writing. `running` says
    whether a process writes now, which then works on them; else the next one completes them.
    """

    held_up: tuple[HeldUp, ...]
    running: bool

    @property
    def documents(self) -> int:
        return sum(held.documents for held in self.held_up)
