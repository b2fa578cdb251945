"""Confidence as a probability: what an extraction rule says, mapped to how often it was right.

The map is monotone and fitted on annotated passages by `amic-kg train confidence`
(isotonic regression by pool-adjacent-violators: Ayer et al. 1955, DOI 10.1214/aoms/1177728423).
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from amic_kg.ontology import REGISTRY_TYPES

Point = tuple[float, float]
"""Raw confidence and the share that was right, both in 0..1."""

_FILE = "models/calibration.json"
_LEAST, _MOST = 0.01, 0.99
"""No rule is always right or always wrong on more data than it was fitted on."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Maps by kind of extraction; a kind without a map keeps its raw confidence."""

    curves: Mapping[str, Sequence[Point]]

    def confidence(self, kind: str, raw: float) -> float:
        """The calibrated confidence, in 0..1 with two decimals; linear between fitted points."""
        curve = self.curves.get(kind)
        if not curve:
            return round(min(max(raw, 0.0), 1.0), 2)
        place = bisect_left(curve, (raw, 0.0))
        if place == 0:
            value = curve[0][1]
        elif place == len(curve):
            value = curve[-1][1]
        else:
            (left, low), (right, high) = curve[place - 1], curve[place]
            value = low + (high - low) * (raw - left) / (right - left)
        return round(min(max(value, _LEAST), _MOST), 2)

    def as_json(self) -> str:
        curves = {kind: [list(point) for point in curve] for kind, curve in self.curves.items()}
        return json.dumps(curves, indent=1, sort_keys=True) + "\n"


def kind_of(entity_type: str, *, proposed: bool) -> str:
    """Which map a mention goes by: names of the registry err otherwise than words or candidates."""
    if proposed:
        return "candidate"
    return "registry" if entity_type in REGISTRY_TYPES else "vocabulary"


@cache
def shipped_calibration() -> Calibration:
    """The maps that come with the package; none where it has no file."""
    path = files("amic_kg.extract").joinpath(_FILE)
    if not path.is_file():
        return Calibration({})
    curves = json.loads(path.read_text(encoding="utf-8"))
    return Calibration({kind: [(x, y) for x, y in curve] for kind, curve in curves.items()})


def fit(judged: Iterable[tuple[float, bool]]) -> list[Point]:
    """The isotonic curve through (raw confidence, was right), one point a block of equal value.

    Each block is smoothed by one right and one wrong case, so that a few cases claim little.
    """
    counted: defaultdict[float, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for raw, was_right in judged:
        counted[raw][0] += was_right
        counted[raw][1] += 1
    blocks: list[list[float]] = []
    for raw, (right, count) in sorted(counted.items()):
        blocks.append([raw, right, count])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2]:
            last = blocks.pop()
            weight = blocks[-1][2] + last[2]
            blocks[-1][0] = (blocks[-1][0] * blocks[-1][2] + last[0] * last[2]) / weight
            blocks[-1][1] += last[1]
            blocks[-1][2] = weight
    return [(round(x, 3), round((right + 1) / (count + 2), 3)) for x, right, count in blocks]
