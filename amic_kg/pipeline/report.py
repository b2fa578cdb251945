"""What a run reports: the outcome of each document, and counts that add up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from amic_kg.pipeline.works import WorkChanges
from amic_kg.records import Outcome, State


@dataclass(slots=True)
class RunReport:
    """What became of each document; `found` is always the sum of the states."""

    outcomes: list[Outcome] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    """Records that were not wanted, counted by the reason."""
    works: WorkChanges = field(default_factory=WorkChanges)
    """Documents that turned out to be one work with another."""

    def count(self, state: State) -> int:
        return sum(outcome.state == state for outcome in self.outcomes)

    @property
    def found(self) -> int:
        return len(self.outcomes)

    @property
    def pages(self) -> int:
        return sum(outcome.pages for outcome in self.outcomes if outcome.state == "published")
