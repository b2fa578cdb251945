"""Figures of a measurement as a table: on the terminal, and in a page of the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.table import Table

from amic_kg.cli.measurement import Figure

_HEADINGS = ("what", "figure", "alternative, same run", "ratio")


def figures_table(figures: Iterable[Figure]) -> Table:
    return table(_HEADINGS, (_cells(figure) for figure in figures))


def figures_markdown(figures: Iterable[Figure]) -> list[str]:
    return markdown_table(_HEADINGS, (_cells(figure) for figure in figures))


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """The first column is text, the others are figures."""
    made = Table(box=None, padding=(0, 2, 0, 0))
    for number, heading in enumerate(headings):
        made.add_column(heading, justify="right" if number else "left")
    for row in rows:
        made.add_row(*row)
    return made


def markdown_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Lines of a Markdown table; the first column is text, the others are figures."""
    rule = ("---", *("---:" for _ in headings[1:]))
    return [f"| {' | '.join(cells)} |" for cells in (headings, rule, *rows)]


def _cells(figure: Figure) -> tuple[str, str, str, str]:
    return figure.what, figure.value, figure.alternative, figure.ratio
