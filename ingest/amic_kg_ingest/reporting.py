"""What a run reports: a table for people, one object for machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from amic_kg.pipeline import RunReport
from amic_kg.terminal import output, visible
from amic_kg_ingest.sources.declarations import Declaration
from amic_kg_ingest.sources.left_out import examples_of, setting_of

_WARNINGS_SHOWN = 20


def report_as_json(report: RunReport) -> dict[str, object]:
    """The object that scripts rely on; its keys are stable."""
    return {
        "found": report.found,
        "published": report.count("published"),
        "skipped": report.count("skipped"),
        "failed": report.count("failed"),
        "quarantined": report.count("quarantined"),
        "withdrawn": report.count("withdrawn"),
        "left_out": dict(report.left_out),
        "copies": list(report.works.copies),
        "versions": list(report.works.versions),
        "documents": [
            {
                "source": outcome.source,
                "state": outcome.state,
                "key": outcome.key,
                "pages": outcome.pages,
                "note": outcome.note,
                "warnings": list(outcome.warnings),
                "error": {
                    "class": outcome.failure.name,
                    "message": outcome.failure.message,
                    "remedy": outcome.failure.remedy,
                }
                if outcome.failure
                else None,
            }
            for outcome in report.outcomes
        ],
    }


def show_report(report: RunReport) -> None:
    """The summary that adds up, then each failure with cause and remedy."""
    output.print(
        f"[bold]{report.found}[/] found = [green]{report.count('published')} published[/] "
        f"({report.pages} pages) + {report.count('skipped')} skipped + "
        f"[{'red' if report.count('failed') else 'default'}]{report.count('failed')} failed[/]"
        + "".join(
            f" + {report.count(state)} {state}"
            for state in ("quarantined", "withdrawn")
            if report.count(state)
        )
    )
    failed = [outcome for outcome in report.outcomes if outcome.failure is not None]
    for outcome in failed:
        output.print()
        output.print(Text(visible(outcome.source), style="bold"), soft_wrap=True)
        if outcome.failure is not None:
            output.print(
                Text(f"  {outcome.failure.name}: {visible(outcome.failure.message)}"),
                soft_wrap=True,
            )
            output.print(
                Text(f"  → {visible(outcome.failure.remedy)}", style="dim"), soft_wrap=True
            )
    _show_notes(report)


def news(report: RunReport) -> RunReport:
    """Without what is as it was: what a run of many has to tell."""
    unchanged = ("unchanged", "unchanged since it failed")
    told = [
        outcome
        for outcome in report.outcomes
        if outcome.note not in unchanged
        and not (outcome.state == "skipped" and outcome.key is None)
    ]
    return RunReport(told, report.left_out)


def show_declarations(declarations: Sequence[Declaration]) -> None:
    """A row for each declared source."""
    if not declarations:
        output.print(
            "No source is declared. Put a NAME.toml into the folder `sources` of AMIC_DATA."
        )
        return
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("name", "kind", "what it brings", "from"):
        table.add_column(heading, overflow="fold")
    for found in declarations:
        table.add_row(found.name, found.kind, Text(visible(found.title)), Text(found.address))
    output.print(table)


def show_left_out(left_out: Mapping[str, int]) -> None:
    """How many records did not come, and the settings of the source that left them out.

    Examples stand below, where the source kept some.
    """
    output.print(f"Left out by the settings of the source: {sum(left_out.values()):,}")
    examples = examples_of(left_out)
    for reason, count in sorted(left_out.items(), key=lambda item: (-item[1], item[0])):
        setting = setting_of(reason)
        output.print(
            Text(f"  {count:,} {visible(reason)}" + (f" ({setting})" if setting else "")),
            soft_wrap=True,
        )
        for example in examples.get(reason, ()):
            output.print(Text(f"      {visible(example)}", style="dim"), soft_wrap=True)


def _show_notes(report: RunReport) -> None:
    if report.left_out:
        output.print()
        show_left_out(report.left_out)
    reasons: dict[str, int] = {}
    for outcome in report.outcomes:
        if outcome.state == "skipped" and outcome.note:
            kind = outcome.note.split(" as ", 1)[0]
            reasons[kind] = reasons.get(kind, 0) + 1
    if reasons:
        output.print(
            "\nSkipped: " + ", ".join(f"{n} {kind}" for kind, n in sorted(reasons.items()))
        )
    if report.works.copies or report.works.versions:
        output.print(
            f"\nOf works that are in: {len(report.works.copies)} as copies, "
            f"{len(report.works.versions)} as versions ('amic-kg works' shows them)"
        )
    noted = [o for o in report.outcomes if o.warnings]
    if noted:
        table = Table(
            title="Published with remarks", box=None, title_justify="left", padding=(0, 2, 0, 0)
        )
        table.add_column("document")
        table.add_column("remark")
        for outcome in noted[:_WARNINGS_SHOWN]:
            table.add_row(
                Text(visible(Path(outcome.source).name)),
                Text("; ".join(map(visible, outcome.warnings))),
            )
        if len(noted) > _WARNINGS_SHOWN:
            table.add_row("…", f"and {len(noted) - _WARNINGS_SHOWN} more ('--json' has all)")
        output.print()
        output.print(table)
