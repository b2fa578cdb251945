"""How far confidence can be trusted: the reliability table and its error."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

_BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)


@dataclass(frozen=True, slots=True)
class Bin:
    """What was given with a confidence in `low`..`high`: how many, how sure, how often right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


def reliability(judged: Iterable[tuple[float, bool]]) -> tuple[Bin, ...]:
    """The bins that hold something, lowest first."""
    items = list(judged)
    found = []
    for low, high in pairwise(_BINS):
        inside = [x for x in items if low <= x[0] < high or (high == 1.0 and x[0] == 1.0)]
        if inside:
            found.append(
                Bin(
                    low,
                    high,
                    len(inside),
                    sum(confidence for confidence, _ in inside) / len(inside),
                    sum(right for _, right in inside) / len(inside),
                )
            )
    return tuple(found)


def expected_error(bins: Iterable[Bin]) -> float:
    """The expected calibration error: |confidence - share right|, weighted by the bins' sizes."""
    items = list(bins)
    total = sum(item.count for item in items)
    return sum(item.count * abs(item.confidence - item.right) for item in items) / max(total, 1)
