"""Texts with the subjects that librarians gave them, and how well a ranking agrees with those.

The corpus is read as lines of JSON, one text each, in files whose names end in the language:
`texts-fi.jsonl`. A line holds `text` and `yso` (objects with `uri`) or `subjects` (IRIs). The
measures are those of `annif eval`: every text counts alike ("doc avg"), F1 is the mean of each
text's own F1, nDCG is over the whole ranking with equal gains.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from amic_kg.errors import InvalidGold
from amic_kg.extract.subject_model import Cut

Part = Literal["train", "tuning", "test"]
Ranking = Sequence[tuple[str, float]]
"""Concepts with scores in 0..1, best first."""

RANKED = 100
"""How far down a ranking nDCG looks, as many as Annif is asked for."""

_LANGUAGE = re.compile(r"-([a-z]{2})\.jsonl$")
_TEST, _TUNING = 20, 30
"""Hundredths of the texts, by hash, below which one is for the test, or for tuning."""

_LIMITS = range(1, 16)
_THRESHOLDS = tuple(step / 20 for step in range(20))
"""The grid that `annif optimize` searches."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text in `language` and the IRIs of its subjects."""

    text: str
    language: str
    subjects: frozenset[str]

    @property
    def part(self) -> Part:
        """Which part of the corpus it belongs to: a matter of the text alone."""
        share = int(hashlib.sha256(self.text.encode()).hexdigest()[:8], 16) % 100
        return "test" if share < _TEST else "tuning" if share < _TUNING else "train"


@dataclass(frozen=True, slots=True)
class SubjectScore:
    """Means over texts, each in 0..1, and how the rankings were cut."""

    texts: int
    precision: float
    recall: float
    f1: float
    ndcg: float
    cut: Cut


def read_examples(corpus: Path) -> tuple[Example, ...]:
    """Every text of a file, or of the .jsonl files of a folder; raises InvalidGold."""
    paths = [corpus] if corpus.is_file() else sorted(corpus.glob("*.jsonl"))
    if not paths:
        raise InvalidGold(
            str(corpus), "holds no .jsonl file", "Name a folder of texts with subjects"
        )
    return tuple(example for path in paths for example in _read_file(path))


def _read_file(path: Path) -> Iterable[Example]:
    named = _LANGUAGE.search(path.name)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            held = json.loads(line)
            subjects = held.get("subjects") or [subject["uri"] for subject in held.get("yso", ())]
            language = held.get("language") or (named[1] if named else held["language"])
            yield Example(held["text"], language, frozenset(subjects))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InvalidGold(
                f"{path.name}, line {number}",
                f"is no text with subjects ({error!r})",
                'Write {"text", "subjects": [IRI, …], "language"}, the language here or as the end '
                "of the file's name",
            ) from error


def measure(
    examples: Sequence[Example], rank: Callable[[Example], Ranking], cuts: Mapping[str, Cut]
) -> Mapping[str, SubjectScore]:
    """By language, how well `rank` agrees with the librarians when cut as `cuts` says."""
    found = {}
    for language in sorted({example.language for example in examples}):
        chosen = [example for example in examples if example.language == language]
        rankings = [rank(example) for example in chosen]
        cut = cuts.get(language) or cuts["und"]
        found[language] = score(chosen, rankings, cut)
    return found


def score(examples: Sequence[Example], rankings: Sequence[Ranking], cut: Cut) -> SubjectScore:
    judged = [
        _judge(example.subjects, cut.applied(ranking))
        for example, ranking in zip(examples, rankings, strict=True)
    ]
    count = max(len(examples), 1)
    precision, recall, f1 = (sum(values) / count for values in zip(*judged, strict=True))
    gains = (_ndcg(e.subjects, r) for e, r in zip(examples, rankings, strict=True))
    return SubjectScore(len(examples), precision, recall, f1, sum(gains) / count, cut)


def tune(examples: Sequence[Example], rankings: Sequence[Ranking]) -> Cut:
    """The limit and threshold of Annif's grid with the best F1; of equals the stricter."""
    best = Cut(1, 0.0)
    highest = -1.0
    for limit in _LIMITS:
        for threshold in _THRESHOLDS:
            cut = Cut(limit, threshold)
            f1 = sum(
                _judge(example.subjects, cut.applied(ranking))[2]
                for example, ranking in zip(examples, rankings, strict=True)
            )
            if f1 > highest + 1e-9:
                best, highest = cut, f1
    return best


def _judge(wanted: frozenset[str], given: Ranking) -> tuple[float, float, float]:
    right = sum(concept in wanted for concept, _ in given)
    total = len(wanted) + len(given)
    return (
        right / len(given) if given else 0.0,
        right / len(wanted) if wanted else 0.0,
        2 * right / total if total else 0.0,
    )


def _ndcg(wanted: frozenset[str], ranking: Ranking) -> float:
    gain = sum(
        1 / math.log2(place + 2)
        for place, (concept, _) in enumerate(ranking[:RANKED])
        if concept in wanted
    )
    best = sum(1 / math.log2(place + 2) for place in range(min(len(wanted), RANKED)))
    return gain / best if best else 0.0
