"""`amic-kg demo`: the sample corpus in, what was found printed, the site open on a free port."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import click

from amic_kg.errors import UnreadableInput
from amic_kg.settings import Settings
from amic_kg.terminal import errors, output


@click.command(
    epilog="""\b
Examples:
  amic-kg demo
  amic-kg demo --no-open
  AMIC_PORT=8080 amic-kg demo"""
)
@click.option("--open/--no-open", "open_browser", default=None,
              help="Open the site in a browser; by default where there is one.")  # fmt: skip
@click.option("--once", is_flag=True, help="Ingest and print, do not serve.")
def demo(open_browser: bool | None, once: bool) -> None:
    """Ingest the sample corpus with the embedded engines and serve the site.

    The data lies in a folder of its own (.amic/demo), so that your own data stays as it is.
    """
    from amic_kg.wiring import open_services
    from amic_kg_ingest.reporting import show_report
    from amic_kg_ingest.runs import ingest_files

    settings = _demo_settings(Settings.from_environment())
    corpus = sample_corpus()
    output.print(f"Ingesting the sample corpus ({corpus})")
    report = ingest_files(settings, [corpus], console=errors)
    show_report(report)
    services = open_services(settings)
    try:
        _show_found(services.ledger.counts(), len(services.vocabulary))
        for line in services.degraded:
            output.print(f"[yellow]Note:[/] {line}. 'amic-kg doctor' tells what to do.")
    finally:
        services.close()
    if once:
        return
    from amic_kg_api.commands import run_server

    def ready(url: str) -> None:
        output.print(f"\nThe site is at [bold]{url}[/]   (Ctrl-C ends it)\n\nThree things to try:")
        output.print(f"  1. Search across languages:  {url}?q=kaivosvesi&lang=en")
        output.print(f"  2. Ask the graph:            {url}sparql")
        output.print(f"  3. Your own documents:       {_program()} ingest FOLDER")
        output.print(f"                               {_program()} serve")
        wanted = sys.stdout.isatty() if open_browser is None else open_browser
        if wanted:
            click.launch(url)

    run_server(settings, ready)


def _program() -> str:
    """How this program was called, as the user would type it again."""
    called = Path(sys.argv[0])
    here = Path.cwd()
    return str(called.relative_to(here) if called.is_relative_to(here) else called.name)


def sample_corpus() -> Path:
    """The sample documents: inside an installed wheel, else beside the package in a checkout."""
    package = Path(str(files("amic_kg")))
    for folder in (package / "_samples", package.parent / "samples" / "corpus"):
        if folder.is_dir():
            return folder
    raise UnreadableInput(
        "the sample corpus", "is not there", "Run from a whole checkout, or reinstall AMIC-KG"
    )


def _demo_settings(settings: Settings) -> Settings:
    """A folder of its own and embedded engines; a free port unless one was asked for."""
    default = Settings()
    data = Path(".amic") / "demo" if settings.data == default.data else settings.data
    port = 0 if settings.port == default.port else settings.port
    return replace(settings, data=data, port=port, search_url="", sparql_url="", ledger_url="")


def _show_found(counts: Mapping[str, int], entities: int) -> None:
    output.print(
        f"In the demo now: {counts['documents']} documents, {counts['pages']} pages "
        f"({counts['ocr_pages']} read by OCR), matched against {entities:,} concepts and names."
    )
