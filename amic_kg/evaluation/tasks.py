"""What `amic-kg evaluate` measures, by name."""

from __future__ import annotations

from collections.abc import Mapping

from amic_kg.evaluation.corpus_tasks import (
    ANNIF_FINNA,
    BGS,
    TURKU_NER,
    evaluate_names,
    evaluate_rock_units,
    evaluate_site_names,
    evaluate_subjects,
)
from amic_kg.evaluation.front_tasks import evaluate_front_matter
from amic_kg.evaluation.gold_tasks import (
    evaluate_entities,
    evaluate_real_entities,
    evaluate_real_statements,
    evaluate_statements,
)
from amic_kg.evaluation.surroundings import Task

TASKS: Mapping[str, tuple[str | None, Task]] = {
    "entities": (None, evaluate_entities),
    "real-entities": ("oai_pmh", evaluate_real_entities),
    "statements": (None, evaluate_statements),
    "real-statements": ("oai_pmh", evaluate_real_statements),
    "front-matter": (None, evaluate_front_matter),
    "site-names": (None, evaluate_site_names),
    "names": (TURKU_NER, evaluate_names),
    "subjects": (ANNIF_FINNA, evaluate_subjects),
    "rock-units": (BGS, evaluate_rock_units),
}
"""By name: the folder of --data that the task needs, if any, and the task."""
