"""What a document is about: its concepts ranked by how often and how early they are mentioned."""

from __future__ import annotations

import math
from collections import defaultdict

from amic_kg.ontology import Vocabulary
from amic_kg.records import Mention, Subject

_TOPICAL = frozenset(
    (
        "Commodity", "Mineral", "Rock", "Method", "Theme", "AcceptanceFactor", "StakeholderGroup",
        "Practice", "LifecycleStage", "Concept",
    )
)  # fmt: skip
_MOST = 12
_FIRST_PAGE = 2.0
_SHARE_FROM_NARROWER = 0.3


def rank_subjects(
    mentions: tuple[Mention, ...], title: str, vocabulary: Vocabulary
) -> tuple[Subject, ...]:
    """At most twelve topical concepts, best first, scores in 0..1 relative to the best.

    A mention on the first page counts double, one in the title more; a concept gains from
    narrower ones that are mentioned beside it.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    folded = title.lower()
    for mention in mentions:
        if mention.type in _TOPICAL:
            weight = mention.confidence * (_FIRST_PAGE if mention.page == 1 else 1.0)
            weights[mention.entity] += weight * (2.0 if mention.surface.lower() in folded else 1.0)
    damped = {entity: math.log1p(weight) for entity, weight in weights.items()}
    scores = dict(damped)
    for entity, score in damped.items():
        for parent in vocabulary.ancestors(entity):
            if parent in scores:
                scores[parent] += _SHARE_FROM_NARROWER * score
    best = max(scores.values(), default=0.0)
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:_MOST]
    return tuple(Subject(entity, round(score / best, 3)) for entity, score in ranked)
