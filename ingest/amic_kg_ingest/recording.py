"""The record of a run in the ledger: begun before its first document, completed however it ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import get_args

from amic_kg.errors import AmicError
from amic_kg.ledger import Runs
from amic_kg.ports import Source
from amic_kg.records import Failure, Outcome, State


class Tally:
    """Counts what becomes of the documents of one source, as it becomes known."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._states: Counter[State] = Counter()
        self.pages = 0
        self.broken: Failure | None = None

    def add(self, outcome: Outcome) -> None:
        self._states[outcome.state] += 1
        if outcome.state == "published":
            self.pages += outcome.pages
        if outcome.source == self._source and outcome.failure is not None:
            # The source itself, not one of its documents.
            self.broken = outcome.failure

    @property
    def counts(self) -> dict[str, int]:
        return {"found": self._states.total()} | {
            state: self._states[state] for state in get_args(State)
        }


@contextmanager
def recorded(runs: Runs, source: Source, kind: str) -> Iterator[Tally]:
    """A run over `source`, noted in the ledger; a killed process leaves it without an end."""
    run = runs.begin(source.name, kind)
    tally = Tally(source.name)
    error: Failure | None = None
    finished = False
    try:
        yield tally
        finished = True
    except AmicError as raised:
        error = Failure.of(raised)
        raise
    finally:
        runs.complete(
            run,
            counts=tally.counts,
            left_out=source.left_out,
            pages=tally.pages,
            error=error or tally.broken,
            interrupted=not finished and error is None,
        )
