"""Confidence maps fitted on gold passages: how often was right what a rule was so sure of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from amic_kg.evaluation.gold import GoldCase
from amic_kg.evaluation.passages import Extract, judge_entities, judge_statements
from amic_kg.extract.calibration import Calibration, fit, kind_of


def fit_calibration(cases: Sequence[GoldCase], extract: Extract) -> Calibration:
    """Maps for each kind of extraction; `extract` must give raw confidences."""
    judged: defaultdict[str, list[tuple[float, bool]]] = defaultdict(list)
    for item in judge_entities(cases, extract):
        if item.verdict != "missed":
            kind = kind_of(item.type, proposed=item.proposed)
            judged[kind].append((item.confidence, item.verdict == "right"))
    for item in judge_statements(cases, extract):
        if item.verdict != "missed":
            judged["statement"].append((item.confidence, item.verdict == "right"))
    return Calibration({kind: fit(items) for kind, items in sorted(judged.items())})
