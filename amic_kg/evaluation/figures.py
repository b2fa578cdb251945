"""The figures of an evaluation as tables: for the terminal, for machines, for the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from amic_kg.evaluation.scores import Score

SCORE_HEADINGS = ("precision", "recall", "F1", "right", "invented", "missed")


@dataclass(frozen=True, slots=True)
class Section:
    """A table with its title; the first column names the row. `errors` are told one a line."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    errors: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def score_cells(score: Score) -> tuple[str, ...]:
    """Precision, recall and F1 with three decimals, and the counts they are of."""
    return (
        f"{score.precision:.3f}",
        f"{score.recall:.3f}",
        f"{score.f1:.3f}",
        str(score.right),
        str(score.invented),
        str(score.missed),
    )


def as_markdown(sections: Sequence[Section], about: Mapping[str, str]) -> str:
    """A page of the documentation; it says that it is not edited by hand."""
    lines = [
        "# Quality",
        "",
        "Printed by `make evaluate`; not edited by hand. What the gold sets hold and how they were",
        "marked is told in [the guide to annotation](../guides/annotation.md).",
        "",
        *(f"- {name}: {text}" for name, text in about.items()),
    ]
    for section in sections:
        lines += ["", f"## {section.title}", ""]
        if section.note:
            lines += [section.note, ""]
        lines += _table(section.headings, section.rows)
    return "\n".join((*lines, ""))


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    rule = ["---", *("---:" for _ in headings[1:])]
    return [f"| {' | '.join(cells)} |" for cells in (headings, rule, *rows)]
