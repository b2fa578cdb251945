"""Subjects against those of librarians, and Annif beside them, as tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from amic_kg.errors import InvalidGold
from amic_kg.evaluation.annif_finna import Example, SubjectScore, measure, read_examples
from amic_kg.evaluation.annif_side_by_side import find_annif, run_annif
from amic_kg.evaluation.figures import Section
from amic_kg.evaluation.subjects_training import held_out_scores
from amic_kg.extract.subjects import SubjectRanker
from amic_kg.language import Analyzer
from amic_kg.ontology import Vocabulary

_HEADINGS = ("language", "precision", "recall", "F1", "nDCG", "texts", "limit", "threshold")
_MEANS = (
    "means over texts as `annif eval` gives them (doc avg). Limit and threshold were chosen on "
    "other texts."
)
_NOTE = f"Texts that the model was not trained on; {_MEANS}"
_ANEW = (
    "The model in use was trained on all texts of this corpus: judged is one trained in the same "
    f"way without the texts for the test, on those; {_MEANS}"
)


def subject_sections(
    corpus: Path, ranker: SubjectRanker, vocabulary: Vocabulary, *, annif: bool = False
) -> list[Section]:
    """The figures over the texts of `corpus` that the ranker's model has not seen.

    Where it has seen them all, those of a model that is trained anew without the texts for the test
    (minutes). With `annif` those of Annif too, trained on the same corpus; it is looked for on the
    search path. Raises InvalidGold without a model or a text to judge by, InvalidSetting where a
    model is to be trained without scikit-learn.
    """
    examples = read_examples(corpus)
    model = ranker.model
    unseen = [e for e in examples if model is not None and not model.has_seen(e.text)]
    if model is not None and unseen:
        scores = measure(unseen, lambda e: ranker.concepts(e.text, e.language), model.choices)
    else:
        scores = held_out_scores(examples, vocabulary, Analyzer()) if model else {}
    if not scores:
        raise InvalidGold(
            str(corpus),
            "has no text that is new to the subject model" if model else "meets no subject model",
            "Give other texts, or train a model with `amic-kg train subjects`",
        )
    sections = [Section("Subjects", _HEADINGS, _rows(scores), _NOTE if unseen else _ANEW)]
    if annif:
        sections.append(_beside(examples, vocabulary))
    return sections


def _beside(examples: tuple[Example, ...], vocabulary: Vocabulary) -> Section:
    found = run_annif(examples, vocabulary, find_annif())
    named = {f"{language}, {backend}": s for (language, backend), s in found.scores.items()}
    return Section("Subjects by Annif", _HEADINGS, _rows(named), found.note)


def _rows(scores: Mapping[str, SubjectScore]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            name,
            f"{score.precision:.3f}",
            f"{score.recall:.3f}",
            f"{score.f1:.3f}",
            f"{score.ndcg:.3f}",
            str(score.texts),
            str(score.cut.limit),
            f"{score.cut.threshold:.2f}",
        )
        for name, score in scores.items()
    )
