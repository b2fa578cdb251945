"""Front matter measured field by field: on gold pages, and on catalogue records laid out by us."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from amic_kg.evaluation.figures import SCORE_HEADINGS, Section, score_cells
from amic_kg.evaluation.front_pages import (
    FIELDS,
    FrontCase,
    FrontVerdict,
    field_scores,
    gold_cases,
    judge,
    laid_out_cases,
)
from amic_kg.evaluation.surroundings import Surroundings
from amic_kg.extract.front_matter import FrontMatterReader

_RECORDS = "fingreylit"


def evaluate_front_matter(around: Surroundings) -> list[Section]:
    """What title pages, imprints and sheets give, by field, in all languages together."""
    reader = FrontMatterReader(around.extractor.analyzer, around.extractor.vocabulary)
    cases = _of_split(gold_cases(around.gold_sets), around.split)
    sections = [
        _section(
            "Front matter of gold pages",
            f"{len(cases)} front pages, written after records of real publications and as pages of "
            "their kind, there with names of persons long dead.",
            judge(cases, reader.read),
        )
    ]
    if around.data is not None and around.has(_RECORDS):
        laid_out = _of_split(laid_out_cases(around.data), around.split)
        sections.append(
            _section(
                "Front matter of records in layouts of our own",
                f"{len(laid_out)} records of libraries, FinGreyLit's and those harvested. Their "
                "facts are real, their pages are printed by this project: the figures tell of "
                "names and titles in all their variety, not of the layouts of others.",
                judge(laid_out, reader.read),
            )
        )
    return sections


def _of_split(cases: Iterable[FrontCase], split: str) -> list[FrontCase]:
    return [case for case in cases if case.split == split]


def _section(title: str, note: str, verdicts: Iterable[FrontVerdict]) -> Section:
    judged = list(verdicts)
    table = field_scores(judged)
    rows = tuple(
        (f"{name}, all", *score_cells(table[name, "all"]))
        for name in FIELDS
        if (name, "all") in table
    )
    return Section(title, ("field, language", *SCORE_HEADINGS), rows, note, tuple(_errors(judged)))


def _errors(judged: Sequence[FrontVerdict]) -> Iterator[str]:
    return (
        f"{one.case} {one.verdict} {one.field}: {one.value}"
        for one in judged
        if one.verdict != "right"
    )
