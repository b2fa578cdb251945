"""Precision, recall and F1 from counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of right, invented and missed; the ratios of nothing are 1, for nothing was wrong."""

    right: int = 0
    invented: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right, self.invented + other.invented, self.missed + other.missed
        )

    @property
    def precision(self) -> float:
        given = self.right + self.invented
        return self.right / given if given else 1.0

    @property
    def recall(self) -> float:
        wanted = self.right + self.missed
        return self.right / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.invented + self.missed
        return 2 * self.right / total if total else 1.0


def totals(rows: Iterable[tuple[K, Score]]) -> Mapping[K, Score]:
    """The sum of the scores of each key."""
    found: defaultdict[K, Score] = defaultdict(Score)
    for key, score in rows:
        found[key] += score
    return dict(found)
