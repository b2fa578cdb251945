"""Commands that bring documents in: `ingest`, `sources`, and `extract` to see what would come."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from amic_kg.settings import Settings
from amic_kg.terminal import errors, visible
from amic_kg_ingest.sources.declarations import (
    KINDS,
    Declaration,
    Kind,
    declared_sources,
    recognise,
    shipped_folder,
    withdrawing_missing,
)

if TYPE_CHECKING:
    from amic_kg.pipeline import RunReport

EXIT_SOME_FAILED = 3


@click.command(
    epilog="""\b
Examples:
  amic-kg ingest ~/reports                     a folder and all below it
  amic-kg ingest a.pdf b.docx page.html        files, whatever they are called
  amic-kg ingest theses-on-mining              a declared source ('amic-kg sources' lists them)
  amic-kg ingest theses-on-mining --dry-run    what would come of it
  amic-kg ingest ~/reports --watch             and go on with what comes into it
  amic-kg ingest ~/reports --withdraw-missing  take out documents whose files are gone
  amic-kg ingest ~/reports --dask tcp://10.0.0.5:8786
  amic-kg ingest ~/reports --json | tail -1 | jq '.documents[] | select(.state == "failed")'

\b
A file NAME.metadata.json beside NAME gives its title, creator, issued, accessRights…
Unchanged documents are skipped; a changed one replaces what was there.
Exit codes: 0 nothing failed, 3 some failed and the rest is in, 2 wrong usage."""
)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("--kind", type=click.Choice(KINDS), help="What SOURCE is, where that is not plain.")
@click.option("--dry-run", is_flag=True, help="Say what would come; store nothing.")
@click.option("--force", is_flag=True, help="Read unchanged documents again too.")
@click.option("--watch", is_flag=True, help="Stay, and read what changes, until Ctrl-C.")
@click.option(
    "--poll", is_flag=True, help="With --watch: look at all files every 2 s, for network shares."
)
@click.option(
    "--withdraw-missing",
    is_flag=True,
    help="Take out documents whose files are gone from the folder.",
)
@click.option("--withdraw-all-missing", is_flag=True,
              help="The same, also when that is more than a fifth of all.")  # fmt: skip
@click.option("--dask", metavar="ADDRESS",
              help="Read on the workers of this Dask scheduler, or 'local'.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="End with one JSON object, for machines.")
@click.option("--quiet", is_flag=True, help="No progress bar; the summary alone.")
def ingest(
    sources: tuple[str, ...],
    *,
    kind: Kind | None,
    dry_run: bool,
    force: bool,
    watch: bool,
    poll: bool,
    withdraw_missing: bool,
    withdraw_all_missing: bool,
    dask: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Read documents into the knowledge graph and the search index.

    SOURCE is a file, a folder, a URL, or the name of a declared source.
    """
    from amic_kg_ingest.previewing import preview_as_json, show_preview
    from amic_kg_ingest.runs import ingest_sources, preview_sources

    _refuse_together(("--watch", watch), ("--dry-run", dry_run))
    # What is confirmed unseen is not confirmed.
    _refuse_together(("--watch", watch), ("--withdraw-all-missing", withdraw_all_missing))
    if poll and not watch:
        raise click.UsageError("--poll is a way of --watch: give both.")
    settings = Settings.from_environment()
    if dask is not None:
        settings = replace(settings, dask=dask)
    declared = _declared(settings)
    declarations = [recognise(argument, declared, kind) for argument in sources]
    if withdraw_missing or withdraw_all_missing:
        declarations = [withdrawing_missing(declaration) for declaration in declarations]
    if watch:
        _watch(settings, declarations, force=force, poll=poll, as_json=as_json, quiet=quiet)
        return
    if dry_run:
        previews = preview_sources(settings, declarations, withdraw_all=withdraw_all_missing)
        if as_json:
            click.echo(json.dumps(preview_as_json(previews), ensure_ascii=False))
        else:
            show_preview(previews)
        return
    console = None if as_json or quiet else errors
    report = ingest_sources(
        settings, declarations, force=force, withdraw_all=withdraw_all_missing, console=console
    )
    _show(report, as_json=as_json)
    if report.count("failed") or report.count("quarantined"):
        sys.exit(EXIT_SOME_FAILED)


def _refuse_together(*options: tuple[str, bool]) -> None:
    if all(given for _, given in options):
        names = " and ".join(name for name, _ in options)
        raise click.UsageError(f"{names} do not go together.")


def _watch(
    settings: Settings,
    declarations: Sequence[Declaration],
    *,
    force: bool,
    poll: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    from amic_kg_ingest.reporting import news
    from amic_kg_ingest.runs import ingest_sources
    from amic_kg_ingest.watching import watch_places, watched_places

    forced = force
    first = True

    def run(unsettled: frozenset[str]) -> None:
        nonlocal forced, first
        report = ingest_sources(
            settings,
            declarations,
            force=forced,
            unsettled=unsettled,
            console=None if as_json or quiet or not first else errors,
        )
        if as_json or first:
            _show(report, as_json=as_json)
        elif (new := news(report)).found:
            _show(new, as_json=False)
        forced = first = False

    def tell(line: str) -> None:
        errors.print(visible(line), markup=False, soft_wrap=True)

    watch_places(settings, watched_places(declarations), run, poll=poll, tell=tell)


def _show(report: RunReport, *, as_json: bool) -> None:
    from amic_kg_ingest.reporting import report_as_json, show_report

    if as_json:
        click.echo(json.dumps(report_as_json(report), ensure_ascii=False))
        sys.stdout.flush()
    else:
        show_report(report)


@click.command(
    epilog="""\b
Examples:
  amic-kg sources
  amic-kg sources --json | jq -r '.[].name'

\b
A file NAME.toml in the folder `sources` of AMIC_DATA declares a source of your own, or replaces
the one of that name that comes with the program."""
)
@click.option("--json", "as_json", is_flag=True, help="As JSON, for machines.")
def sources(as_json: bool) -> None:
    """List the declared sources: names that `amic-kg ingest` understands."""
    from amic_kg_ingest.reporting import show_declarations

    found = sorted(_declared(Settings.from_environment()).values(), key=lambda d: d.name)
    if as_json:
        rows = [
            {"name": d.name, "kind": d.kind, "title": d.title, "address": d.address} for d in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
    else:
        show_declarations(found)


def _declared(settings: Settings) -> dict[str, Declaration]:
    return declared_sources([shipped_folder(), settings.data / "sources"])


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
