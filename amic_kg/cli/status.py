"""`amic-kg status`: what is in the stores, how the runs went, what is missing and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from amic_kg.cli.reasons import REASONS
from amic_kg.errors import UnknownThing
from amic_kg.records import Failure
from amic_kg.settings import Settings
from amic_kg.source_states import HeldUp, Lag, Missing, Run, SourceState
from amic_kg.terminal import output, visible


@click.command(
    epilog="""\b
Examples:
  amic-kg status
  amic-kg status --source theses-mining      one source alone
  amic-kg status --failures                  every document that is missing, and why
  amic-kg status --json | jq '.sources[] | {source, documents, missing}'"""
)
@click.option("--source", "wanted", metavar="NAME", help="Only what concerns this source.")
@click.option("--failures", is_flag=True,
              help="List what failed: cause, remedy, tries and the next one.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="As JSON, for machines.")
def status(wanted: str | None, failures: bool, as_json: bool) -> None:
    """Show what is in the stores, how the last runs went, and what is missing and why."""
    from amic_kg.wiring import open_services

    settings = Settings.from_environment()
    services = open_services(settings)
    try:
        counts = dict(services.ledger.counts())
        counts["passages"] = services.index.count() if services.index.ready() else 0
        generation = services.graph.generation()
        failed = services.ledger.failures()
        states = services.runs.sources()
        lag = services.lag()
    finally:
        services.close()
    if wanted is not None:
        states = _only(wanted, states)
        failed = [row for row in failed if row["source"] == wanted]
    if as_json:
        told = {
            "data": str(settings.data),
            **counts,
            "generation": generation,
            "lag": {**asdict(lag), "documents": lag.documents},
            "failed": failed,
            "sources": [_state_as_json(state) for state in states],
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    if wanted is None:
        _show_stores(counts, generation, settings)
        _show_lag(lag)
    if not counts["documents"]:
        output.print("\nNothing is in yet. Begin with: amic-kg ingest FOLDER   or   amic-kg demo")
    if states:
        _show_sources(states)
        _show_missing(states)
    if failures:
        _show_failures(failed)
    elif failed:
        output.print(f"\n{len(failed)} failed; 'amic-kg status --failures' tells why.")


def _only(wanted: str, states: Sequence[SourceState]) -> Sequence[SourceState]:
    found = [state for state in states if state.source == wanted]
    if not found:
        names = ", ".join(visible(state.source) for state in states)
        raise UnknownThing(
            wanted,
            "is no source that was ingested",
            f"These were: {names}" if names else "None was yet: amic-kg ingest SOURCE",
        )
    return found


def _state_as_json(state: SourceState) -> dict[str, object]:
    return {
        "source": state.source,
        "kind": state.kind,
        "documents": state.documents,
        "failed": state.failed,
        "quarantined": state.quarantined,
        "missing": [
            {
                "class": missing.name,
                "number": missing.number,
                "waiting": missing.waiting,
                "next_try": missing.next_try,
            }
            for missing in state.missing
        ],
        "broken": _failure_as_json(state.broken),
        "last_run": _run_as_json(state.last_run),
    }


def _run_as_json(run: Run | None) -> dict[str, object] | None:
    if run is None:
        return None
    told = asdict(run)
    del told["source"], told["kind"], told["interrupted"]
    return {
        **told,
        "error": _failure_as_json(run.error),
        "state": run.state,
        "seconds": run.seconds,
    }


def _failure_as_json(failure: Failure | None) -> dict[str, str] | None:
    if failure is None:
        return None
    return {"class": failure.name, "message": failure.message, "remedy": failure.remedy}


def _show_stores(counts: Mapping[str, int], generation: str, settings: Settings) -> None:
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for name, value in counts.items():
        table.add_row(name.replace("_", " "), f"{value:,}")
    table.add_row("graph generation", generation)
    table.add_row("data folder", str(settings.data.absolute()))
    output.print(table)


def _show_lag(lag: Lag) -> None:
    if lag.running:
        output.print("\nA run is under way.")
    if not lag.held_up:
        return
    if not lag.running:
        output.print()
    for held in lag.held_up:
        output.print(Text(_held_up(held)), soft_wrap=True)
    if not lag.running:
        output.print(
            Text(
                "  → the next 'amic-kg ingest' completes them; without reading a source, "
                "'amic-kg rebuild --reviewed' does",
                style="dim",
            ),
            soft_wrap=True,
        )


def _held_up(held: HeldUp) -> str:
    """Such as "Index: changes of 12 documents wait since 2026-05-04 14:03 UTC"."""
    name = {"graph": "Graph and index", "index": "Index", "publish": "Publishing"}[held.step]
    documents = "1 document" if held.documents == 1 else f"{held.documents:,} documents"
    return f"{name}: changes of {documents} wait since {_time(held.since)} UTC"


def _show_sources(states: Iterable[SourceState]) -> None:
    table = Table(
        title="Sources", title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0)
    )
    table.add_column("source", overflow="fold")
    for heading in ("in", "missing"):
        table.add_column(heading, justify="right")
    table.add_column("last run (UTC)", no_wrap=True)
    table.add_column("what it came to", overflow="fold")
    for state in states:
        run = state.last_run
        table.add_row(
            # As Text: a name may look like markup.
            Text(visible(state.source)),
            f"{state.documents:,}",
            f"{state.failed + state.quarantined:,}",
            _time(run.began) if run else "not kept",
            Text(_came_to(run) if run else "ingested before runs were kept"),
        )
    output.print()
    output.print(table)


def _came_to(run: Run) -> str:
    counts = ", ".join(
        f"{number:,} {name}" for name, number in run.counts.items() if number or name == "found"
    )
    left_out = sum(run.left_out.values())
    if left_out:
        counts += f", {left_out:,} left out by filters"
    took = f" in {_duration(run.seconds)}" if run.seconds is not None else ""
    match run.state:
        case "complete":
            return f"{counts}{took}"
        case "broken":
            name = run.error.name if run.error else ""
            return f"broke off{took} ({name}): {counts}"
        case "interrupted":
            return f"interrupted{took}: {counts or 'killed, so it was not counted'}"
        case "running":
            return "goes on now, or was killed (the next run will tell)"


def _show_missing(states: Iterable[SourceState]) -> None:
    for state in states:
        number = state.failed + state.quarantined
        if number:
            listed = "document" if number == 1 else "documents"
            output.print()
            output.print(
                Text(f"{number:,} {listed} of {visible(state.source)} missing:"), soft_wrap=True
            )
            for missing in state.missing:
                output.print(Text(f"  {_why(missing)}"), soft_wrap=True)
        if state.broken is not None:
            output.print()
            output.print(
                Text(
                    f"{visible(state.source)} was not read to its end: {state.broken.name}: "
                    f"{visible(state.broken.message)}"
                ),
                soft_wrap=True,
            )
            output.print(Text(f"  → {visible(state.broken.remedy)}", style="dim"), soft_wrap=True)


def _why(missing: Missing) -> str:
    """Such as "8 NoText: without text (scanned: …)", and when they are tried again."""
    reason = REASONS.get(missing.name)
    words = f": {reason.cause} ({reason.remedy})" if reason else ""
    return f"{missing.number:,} {missing.name}{words}; {_when(missing)}"


def _when(missing: Missing) -> str:
    if not missing.waiting:
        return "read again when they change"
    which = "" if missing.waiting == missing.number else f"{missing.waiting:,} of them "
    if datetime.fromisoformat(missing.next_try) <= datetime.now(UTC):
        return f"{which}tried again by the next ingest"
    return f"{which}tried again by an ingest after {_time(missing.next_try)} UTC"


def _show_failures(failed: Iterable[Mapping[str, Any]]) -> None:
    for row in failed:
        output.print()
        output.print(Text(visible(row["identifier"]), style="bold"), soft_wrap=True)
        output.print(Text(f"  {row['name']}: {visible(row['message'])}"), soft_wrap=True)
        output.print(Text(f"  → {visible(row['remedy'])}", style="dim"), soft_wrap=True)
        again = (
            f"next after {_time(row['next_try'])}" if row["next_try"] else "next when it changes"
        )
        tries = "1 try" if row["attempts"] == 1 else f"{row['attempts']} tries"
        output.print(
            Text(f"  {tries}, the last {_time(row['last_try'])} UTC, {again}", style="dim"),
            soft_wrap=True,
        )


def _time(text: str) -> str:
    return text[:16].replace("T", " ")


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.0f} s" if seconds >= 1 else "under 1 s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s"
