"""Commands for whoever runs it: `doctor`, `export`, `dump`."""

from __future__ import annotations

import gzip
import json
import shutil
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import click
from rich.text import Text

from amic_kg.errors import UnreadableInput
from amic_kg.settings import Settings
from amic_kg.terminal import output


@click.command(
    epilog="""\b
Examples:
  amic-kg doctor
  amic-kg doctor --json"""
)
@click.option("--json", "as_json", is_flag=True, help="As JSON, for machines.")
def doctor(as_json: bool) -> None:
    """Check this machine: what is there, what is missing, what is lost without it, how to get it.

    Exits with 0 also when optional parts are missing; with 1 when it cannot work.
    """
    from amic_kg.cli.diagnosis import diagnose

    findings = diagnose(Settings.from_environment())
    broken = [finding for finding in findings if finding.state == "broken"]
    if as_json:
        click.echo(
            json.dumps([finding.as_dict() for finding in findings], ensure_ascii=False, indent=2)
        )
    else:
        marks = {"ok": "[green]ok[/]", "missing": "[yellow]missing[/]", "broken": "[red]broken[/]"}
        for finding in findings:
            line = Text.from_markup(f"{marks[finding.state]:<20} ")
            line.append(f"{finding.part}: {finding.detail}")
            output.print(line, soft_wrap=True)
            if finding.remedy:
                output.print(Text(f"         {finding.remedy}", style="dim"), soft_wrap=True)
    if broken:
        raise click.exceptions.Exit(1)


@click.command(
    epilog="""\b
Examples:
  amic-kg export graph.nq
  amic-kg export graph.nq.gz"""
)
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="As JSON, for machines.")
def export(path: Path, as_json: bool) -> None:
    """Write the whole published graph as N-Quads; packed by gzip when the name ends in .gz."""
    from amic_kg.wiring import open_services

    if not path.absolute().parent.is_dir():
        raise UnreadableInput(str(path.parent), "is no folder", "Make it, or name another one")
    services = open_services(Settings.from_environment())
    part = path.with_name(path.name + ".part")
    packed = path.with_name(path.name + ".packed")
    try:
        quads = services.graph.export(part)
        if path.suffix == ".gz":
            with part.open("rb") as plain, gzip.open(packed, "wb") as file:
                shutil.copyfileobj(plain, file)
            packed.replace(path)
        else:
            part.replace(path)
    except OSError as error:
        raise UnreadableInput(
            str(path), f"cannot be written: {error.strerror}", "Name a place that you may write to"
        ) from None
    finally:
        services.close()
        for leftover in (part, packed):
            with suppress(OSError):
                leftover.unlink()
    if as_json:
        click.echo(json.dumps({"path": str(path), "quads": quads}))
    else:
        output.print(f"{quads:,} quads written to {path}", markup=False, soft_wrap=True)


@click.command(
    epilog="""\b
Examples:
  amic-kg dump
  amic-kg dump --json"""
)
@click.option("--json", "as_json", is_flag=True, help="As JSON, for machines.")
def dump(as_json: bool) -> None:
    """Make the published graph ready for download at /dump, with what changed since the last dump.

    Does nothing when the published generation is there already. AMIC_DUMPS says how many stay.
    """
    from amic_kg.wiring import open_dumps, open_services

    settings = Settings.from_environment()
    services = open_services(settings)
    try:
        made = open_dumps(settings).make(services.graph, kept=settings.dumps)
    except OSError as error:
        raise UnreadableInput(
            str(settings.data / "dumps"),
            f"cannot be written: {error.strerror}",
            "Make room there, and let this user write to it",
        ) from None
    finally:
        services.close()
    if as_json:
        click.echo(json.dumps(asdict(made), indent=2))
        return
    for file in made.files:
        output.print(f"{file.quads:,} quads in {file.name}, SHA-256 {file.sha256}", markup=False)
