"""Measurements on the gold passages: entities, statements, how far confidence can be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from amic_kg.evaluation.figures import SCORE_HEADINGS, Section, score_cells
from amic_kg.evaluation.gold import GoldCase
from amic_kg.evaluation.passages import (
    GROUPS,
    TYPES,
    Judged,
    judge_entities,
    judge_names,
    judge_statements,
    table_of,
)
from amic_kg.evaluation.reliability import expected_error, reliability
from amic_kg.evaluation.scores import Score
from amic_kg.evaluation.surroundings import Surroundings
from amic_kg.language.names_spacy import SpacyRecognizer

_LANGUAGES = ("fi", "en", "sv", "all")


def evaluate_entities(around: Surroundings) -> list[Section]:
    """Entities of the gold passages by group, by type and language, and how far to trust them."""
    return _entities(around, around.cases, "written in the manner of reports")


def evaluate_real_entities(around: Surroundings) -> list[Section]:
    """Entities of passages of real documents."""
    return _entities(around, around.real_cases, "of real documents")


def evaluate_statements(around: Surroundings) -> list[Section]:
    """Statements of the gold passages by predicate and language."""
    return _statements(around, around.cases, "written in the manner of reports")


def evaluate_real_statements(around: Surroundings) -> list[Section]:
    """Statements of passages of real documents."""
    return _statements(around, around.real_cases, "of real documents")


def _entities(around: Surroundings, cases: Sequence[GoldCase], kind: str) -> list[Section]:
    judged = list(judge_entities(cases, around.extract))
    table = table_of(judged)
    baseline = table_of(list(judge_names(cases, SpacyRecognizer())))
    groups = [
        (f"{name}, {language}", _sum(table, kinds, language))
        for name, kinds in {**GROUPS, "all types": TYPES}.items()
        for language in _LANGUAGES
    ]
    alone = [
        (f"spaCy's models alone: {name}, {language}", baseline.get((name, language), Score()))
        for name in ("Organization", "Place")
        for language in ("fi", "en")
    ]
    types = [
        (f"{name}, {language}", table[name, language])
        for name in TYPES
        for language in _LANGUAGES
        if (name, language) in table
    ]
    return [
        Section(
            f"Entities of passages {kind}, by group",
            ("group, language", *SCORE_HEADINGS),
            _rows((*groups, *alone)),
            f"{len(cases)} gold passages; an entity counts once a passage.",
            _errors(judged),
        ),
        Section(
            f"Entities of passages {kind}, by type",
            ("type, language", *SCORE_HEADINGS),
            _rows(types),
        ),
        _reliability(f"Confidence of entities of passages {kind}", judged),
    ]


def _statements(around: Surroundings, cases: Sequence[GoldCase], kind: str) -> list[Section]:
    judged = list(judge_statements(cases, around.extract))
    table = table_of(judged)
    predicates = sorted({predicate for predicate, _ in table})
    rows = [
        *((f"all predicates, {x}", _sum(table, predicates, x)) for x in _LANGUAGES),
        *((predicate, table[predicate, "all"]) for predicate in predicates),
    ]
    return [
        Section(
            f"Statements of passages {kind}",
            ("predicate", *SCORE_HEADINGS),
            _rows(rows),
            f"{len(cases)} gold passages.",
            _errors(judged),
        ),
        _reliability(f"Confidence of statements of passages {kind}", judged),
    ]


def _sum(table: Mapping[tuple[str, str], Score], kinds: Iterable[str], language: str) -> Score:
    return sum((table.get((kind, language), Score()) for kind in kinds), Score())


def _rows(scores: Iterable[tuple[str, Score]]) -> tuple[tuple[str, ...], ...]:
    return tuple((name, *score_cells(score)) for name, score in scores)


def _errors(judged: Iterable[Judged]) -> tuple[str, ...]:
    return tuple(
        f"{item.case} {item.verdict} {item.type}: {item.name}"
        for item in judged
        if item.verdict != "right"
    )


def _reliability(title: str, judged: Sequence[Judged]) -> Section:
    bins = reliability(
        (item.confidence, item.verdict == "right") for item in judged if item.verdict != "missed"
    )
    rows = tuple(
        (
            f"{item.low:.2f}-{item.high:.2f}",
            str(item.count),
            f"{item.confidence:.2f}",
            f"{item.right:.2f}",
        )
        for item in bins
    )
    note = f"Expected calibration error {expected_error(bins):.3f}."
    return Section(title, ("confidence", "given", "mean confidence", "share right"), rows, note)
