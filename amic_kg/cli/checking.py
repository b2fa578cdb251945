"""`amic-kg check`: whether what is published holds."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click
from rich.progress import Progress
from rich.text import Text

from amic_kg.settings import Settings
from amic_kg.terminal import errors, output, visible

_SHOWN = 20


@click.command(
    epilog="""\b
Examples:
  amic-kg check --quotes
  amic-kg check --quotes --json | jq .lost

\b
Exit codes: 0 all of it holds, 1 something does not, 2 wrong usage."""
)
@click.option("--quotes", is_flag=True, expose_value=False,
              help="Find every quote of the graph again on its page (the default).")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="As JSON, for machines.")
def check(as_json: bool) -> None:
    """Verify the evidence: each quote must stand on its page, at its place, word for word."""
    from amic_kg.verification import verify_quotes
    from amic_kg.wiring import open_services

    services = open_services(Settings.from_environment())
    try:
        with Progress(console=errors, disable=as_json, transient=True) as progress:
            bar = progress.add_task("Verifying quotes", total=services.documents.count())
            found = verify_quotes(
                services.graph,
                services.documents,
                services.iris,
                on_document=lambda: progress.advance(bar),
            )
    finally:
        services.close()
    if as_json:
        click.echo(
            json.dumps(
                {
                    "documents": found.documents,
                    "quotes": found.quotes,
                    "orphans": found.orphans,
                    "lost": [asdict(lost) for lost in found.lost],
                },
                ensure_ascii=False,
            )
        )
    else:
        held = found.quotes - len(found.lost)
        output.print(
            f"{held:,} of {found.quotes:,} quotes stand where they say, "
            f"in {found.documents:,} documents"
        )
        for lost in found.lost[:_SHOWN]:
            line = f"{lost.document}, {lost.page}: {visible(lost.quote)!r}: {lost.cause}"
            output.print(Text(line, style="yellow"), soft_wrap=True)
        if len(found.lost) > _SHOWN:
            output.print(f"… and {len(found.lost) - _SHOWN} more ('--json' has all)")
        if found.orphans:
            output.print(
                f"{found.orphans:,} annotations belong to no document of the ledger", style="yellow"
            )
        if not found.passed:
            output.print("Remedy: amic-kg rebuild")
    if not found.passed:
        sys.exit(1)
