"""Commands that bring documents in: `ingest`, and `extract` to see what would come of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TextIO

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from amic_kg.pipeline import RunReport
from amic_kg.records import Outcome
from amic_kg.settings import Settings
from amic_kg.terminal import errors, output, visible
from amic_kg_ingest.formats import ReadingLimits, read_document
from amic_kg_ingest.sources.files import FileSource

EXIT_SOME_FAILED = 3
_WARNINGS_SHOWN = 20


@click.command(
    epilog="""\b
Examples:
  amic-kg ingest ~/reports                     a folder and all below it
  amic-kg ingest a.pdf b.docx page.html        files, whatever they are called
  amic-kg ingest ~/reports --json | tail -1 | jq '.documents[] | select(.state == "failed")'

\b
A file NAME.metadata.json beside NAME gives its title, creator, issued, accessRights…
Unchanged files are skipped; a changed one replaces what was there.
Exit codes: 0 nothing failed, 3 some failed and the rest is in, 2 wrong usage."""
)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("--force", is_flag=True, help="Read unchanged documents again too.")
@click.option("--json", "as_json", is_flag=True, help="End with one JSON object, for machines.")
@click.option("--quiet", is_flag=True, help="No progress bar; the summary alone.")
def ingest(sources: tuple[str, ...], force: bool, as_json: bool, quiet: bool) -> None:
    """Read documents (PDF, DOCX, HTML, text) into the knowledge graph and the search index."""
    settings = Settings.from_environment()
    report = ingest_files(
        settings, [Path(source).expanduser() for source in sources], force=force,
        console=None if as_json or quiet else errors,
    )  # fmt: skip
    if as_json:
        click.echo(json.dumps(report_as_json(report), ensure_ascii=False))
    else:
        show_report(report)
    if report.count("failed") or report.count("quarantined"):
        sys.exit(EXIT_SOME_FAILED)


def ingest_files(
    settings: Settings, paths: list[Path], *, force: bool = False, console: Console | None
) -> RunReport:
    """Ingest files and folders, with a progress bar on `console`."""
    from amic_kg.wiring import open_writing_side

    limits = ReadingLimits(ocr=settings.ocr != "off", ocr_pages=settings.ocr_pages)
    writing = open_writing_side(settings, partial(read_document, limits=limits))
    try:
        source = FileSource(paths)
        return run_with_progress(
            console,
            "Looking for documents",
            lambda begin, advance: writing.pipeline.run(
                source, force=force, on_start=begin, on_outcome=advance
            ),
        )
    finally:
        writing.close()


def run_with_progress(
    console: Console | None,
    beginning: str,
    run: Callable[[Callable[[int], None], Callable[[Outcome], None]], RunReport],
) -> RunReport:
    """What `run(begin, advance)` reports, with a progress bar on `console` meanwhile."""
    if console is None:
        return run(lambda _: None, lambda _: None)
    with _progress(console) as progress:
        bar = progress.add_task(beginning, total=None)
        return run(
            lambda total: _begin(progress, bar, total),
            lambda outcome: _advance(progress, bar, outcome),
        )


def _begin(progress: Progress, bar: TaskID, total: int) -> None:
    progress.update(bar, total=total, description="Reading documents")


def _advance(progress: Progress, bar: TaskID, outcome: Outcome) -> None:
    progress.update(bar, advance=1)
    if outcome.failure is not None:
        name = visible(Path(outcome.source).name)
        progress.console.print(
            Text(f"failed  {name}: {visible(outcome.failure.message)}", style="yellow")
        )


def _progress(console: Console) -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=console,
    )


def report_as_json(report: RunReport) -> dict[str, object]:
    """The object that scripts rely on; its keys are stable."""
    return {
        "found": report.found,
        "published": report.count("published"),
        "skipped": report.count("skipped"),
        "failed": report.count("failed"),
        "quarantined": report.count("quarantined"),
        "withdrawn": report.count("withdrawn"),
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


def _show_notes(report: RunReport) -> None:
    reasons: dict[str, int] = {}
    for outcome in report.outcomes:
        if outcome.state == "skipped" and outcome.note:
            kind = outcome.note.split(" as ", 1)[0]
            reasons[kind] = reasons.get(kind, 0) + 1
    if reasons:
        output.print(
            "\nSkipped: " + ", ".join(f"{n} {kind}" for kind, n in sorted(reasons.items()))
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


@click.command(
    epilog="""\b
Examples:
  amic-kg extract report.pdf
  amic-kg extract report.pdf --json | jq '.entities[].surface'
  echo '{"id": "1", "text": "Kevitsan kaivoksen nikkeli"}' | amic-kg extract --jsonl -"""
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--jsonl", type=click.File("r", encoding="utf-8", errors="replace"),
              help='Texts, not files: lines {"id", "text", "language"?}; - for stdin.')  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="As JSON, a line for each document.")
def extract(files: tuple[Path, ...], jsonl: TextIO | None, as_json: bool) -> None:
    """Show what would be extracted from documents or texts; nothing is stored."""
    from amic_kg_ingest.showing import extract_files, extract_lines, show_extraction

    if bool(files) == (jsonl is not None):
        raise click.UsageError("Give files, or --jsonl with texts; one of the two.")
    settings = Settings.from_environment()
    failed = 0
    results = (
        extract_lines(jsonl, settings) if jsonl is not None else extract_files(files, settings)
    )
    for result in results:
        failed += "error" in result
        if as_json or jsonl is not None:
            click.echo(json.dumps(result, ensure_ascii=False))
        else:
            show_extraction(result)
    if failed:
        sys.exit(EXIT_SOME_FAILED)
