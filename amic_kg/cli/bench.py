"""`amic-kg bench`: what this machine does with a corpus, as ratios to named alternatives."""

from __future__ import annotations

import json
import os
import platform
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from amic_kg.cli.corpus_generation import generate_corpus
from amic_kg.cli.demo import sample_corpus
from amic_kg.cli.extraction_measurement import measure_extraction
from amic_kg.cli.figures import figures_markdown, figures_table
from amic_kg.cli.ingest_measurement import measure_whole_ingest
from amic_kg.cli.measurement import (
    Figure,
    measure_help,
    measure_ingest,
    measure_search,
    measure_server,
    replicate_pdfs,
)
from amic_kg.cli.scale_measurement import measure_scale
from amic_kg.cli.scale_page import scale_as_json, scale_as_markdown, show_scale
from amic_kg.cli.sparql_measurement import Rival, measure_sparql, rival, write_graphs
from amic_kg.cli.suggest_measurement import measure_suggestions
from amic_kg.errors import InvalidSetting
from amic_kg.graph.terms import quads_in
from amic_kg.terminal import errors, output

PARTS = ("ingest", "extraction", "search", "suggest", "server", "help")
SCALE, SPARQL = "scale", "sparql"
"""Never measured unless asked for: one takes an hour, the other needs servers to compare with."""


@click.group(
    invoke_without_command=True,
    epilog="""\b
Examples:
  amic-kg bench
  amic-kg bench --corpus ~/reports --pages 2000
  amic-kg bench --only ingest --documents 1000
  amic-kg bench --only search --json
  amic-kg bench --only scale --documents 10000 --work /tmp/scale
  amic-kg bench --only sparql --rival 'Fuseki=http://127.0.0.1:3030/ds'
  amic-kg bench corpus /tmp/ten-thousand --documents 10000
  amic-kg bench quads /tmp/million.nq

\b
Each figure stands beside an alternative that was measured in the same run: compare the ratios,
for the absolute figures depend on the machine and on what else it does.""",
)
@click.option("--corpus", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="Folder of documents; the sample corpus by default.")  # fmt: skip
@click.option("--pages", type=click.IntRange(50, 100_000), default=1000, show_default=True,
              help="Pages of born-digital PDF to ingest; files are repeated.")  # fmt: skip
@click.option("--documents", type=click.IntRange(20, 1_000_000), default=300, show_default=True,
              help="Documents to generate and to ingest end to end.")  # fmt: skip
@click.option("--only", multiple=True,
              type=click.Choice([*PARTS, SCALE, SPARQL]),
              help="Measure only this; several may be given, 'scale', 'sparql' alone.")  # fmt: skip
@click.option("--quads", type=click.IntRange(200_000, 100_000_000), default=1_000_000,
              show_default=True, help="Size of the graph of 'sparql'.")  # fmt: skip
@click.option("--rival", "rivals", multiple=True, metavar="NAME=URL",
              help="A SPARQL endpoint that holds what 'amic-kg bench quads' writes, its default "
              "graph the union of all.")  # fmt: skip
@click.option("--work", type=click.Path(path_type=Path, file_okay=False),
              help="Keep what 'scale' makes here, and go on with it when interrupted.")  # fmt: skip
@click.option("--markdown", type=click.Path(path_type=Path, dir_okay=False),
              help="Write the figures as a page of the documentation too.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="As JSON, for machines.")
@click.pass_context
def bench(
    context: click.Context,
    *,
    corpus: Path | None,
    pages: int,
    documents: int,
    only: tuple[str, ...],
    quads: int,
    rivals: tuple[str, ...],
    work: Path | None,
    markdown: Path | None,
    as_json: bool,
) -> None:
    """Measure ingest, search, server and start-up on this machine."""
    if context.invoked_subcommand is not None:
        return
    if SCALE in only:
        if only != (SCALE,) or corpus is not None:
            raise click.UsageError("'scale' is measured alone, over documents that it generates.")
        _scale(work, documents, markdown, as_json=as_json)
        return
    if work is not None:
        raise click.UsageError("--work belongs to --only scale.")
    if SPARQL in only or rivals:
        if only != (SPARQL,) or corpus is not None:
            raise click.UsageError("'sparql' is measured alone, over quads that it generates.")
        _sparql(quads, [rival(text) for text in rivals], markdown, as_json=as_json)
        return
    folder = corpus or sample_corpus()
    work = Path(tempfile.mkdtemp(prefix="amic-bench-"))
    parts: dict[str, Callable[[], list[Figure]]] = {
        "ingest": lambda: [
            *measure_whole_ingest(sample_corpus(), work, documents),
            *measure_ingest(replicate_pdfs(folder, work / "pdfs", pages), work),
        ],
        "extraction": lambda: measure_extraction(
            replicate_pdfs(folder, work / "texts", pages), work
        ),
        "search": lambda: measure_search(folder, work / "search"),
        "suggest": lambda: measure_suggestions(folder, work / "search"),
        "server": lambda: measure_server(folder, work / "search"),
        "help": measure_help,
    }
    figures: list[Figure] = []
    try:
        for name, measure in parts.items():
            if not only or name in only:
                errors.print(f"measuring {name} …", style="dim")
                figures.extend(measure())
    finally:
        shutil.rmtree(work, ignore_errors=True)
    _tell(figures, _about(folder), markdown, as_json=as_json, title="Benchmarks")


def _tell(
    figures: list[Figure],
    about: dict[str, str],
    markdown: Path | None,
    *,
    as_json: bool,
    title: str,
) -> None:
    if as_json:
        click.echo(
            json.dumps({**about, "figures": [asdict(f) for f in figures]}, ensure_ascii=False)
        )
    else:
        _show(figures, about)
    if markdown is not None:
        markdown.write_text(_as_markdown(title, figures, about), encoding="utf-8")


def _sparql(quads: int, rivals: list[Rival], markdown: Path | None, *, as_json: bool) -> None:
    work = Path(tempfile.mkdtemp(prefix="amic-bench-"))
    try:
        figures = measure_sparql(sample_corpus(), work, quads, rivals)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    about = {
        "command": "`make bench-sparql`, which starts the other servers",
        "corpus": f"{quads:,} quads, as `amic-kg bench quads` grows them from the sample corpus; "
        "every server reads the union of all graphs",
        "ratio": "our milliseconds to theirs: below 1 we are faster. Medians over one connection, "
        "results in JSON and N-Triples, the same number of rows where nothing else is said",
        **_machine(),
    }
    _tell(figures, about, markdown, as_json=as_json, title="Benchmark: SPARQL beside other servers")


@bench.command(
    name="quads",
    epilog="""\b
Examples:
  amic-kg bench quads /tmp/million.nq
  amic-kg bench quads /tmp/ten-million.nq --quads 10000000""",
)
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--quads", "count", type=click.IntRange(200_000, 100_000_000), default=1_000_000,
              show_default=True, help="As many, up to the end of a document.")  # fmt: skip
def quads_file(path: Path, count: int) -> None:
    """Write a graph grown from the samples to PATH, as N-Quads, for endpoints to compare with."""
    made = 0
    try:
        with path.open("wb") as file, tempfile.TemporaryDirectory(prefix="amic-bench-") as work:
            for name, triples in write_graphs(sample_corpus(), Path(work), count):
                made += triples.count(b"\n")
                file.write(quads_in(name, triples))
    except OSError as error:
        raise InvalidSetting(
            str(path), f"cannot be written: {error.strerror}", "Name another"
        ) from None
    output.print(f"{made:,} quads in {path}")


def _scale(kept: Path | None, documents: int, markdown: Path | None, *, as_json: bool) -> None:
    work = kept or Path(tempfile.mkdtemp(prefix="amic-bench-"))
    try:
        scale = measure_scale(sample_corpus(), work, documents)
    finally:
        if kept is None:
            shutil.rmtree(work, ignore_errors=True)
    about = {
        "corpus": f"{documents} documents, as `amic-kg bench corpus` generates them from the "
        "samples: PDF, HTML, Word and text in three languages",
        "command": f"`amic-kg bench --only scale --documents {documents}`",
        **_machine(),
    }
    if as_json:
        click.echo(json.dumps(scale_as_json(scale, about), ensure_ascii=False))
    else:
        show_scale(scale, about)
    if markdown is not None:
        markdown.write_text(scale_as_markdown(scale, about), encoding="utf-8")


@bench.command(
    epilog="""\b
Examples:
  amic-kg bench corpus /tmp/corpus
  amic-kg bench corpus /tmp/ten-thousand --documents 10000 --seed 2
  AMIC_DATA=/tmp/data amic-kg ingest /tmp/corpus"""
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--documents", type=click.IntRange(1, 1_000_000), default=1000, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True,
              help="Another number makes other documents.")  # fmt: skip
def corpus(folder: Path, documents: int, seed: int) -> None:
    """Generate documents in FOLDER from the sentences of the samples.

    PDF, HTML, Word and text, in three languages, with and without a file of metadata; lengths are
    spread as real ones are. The same seed gives the same bytes, and they mean nothing.
    """
    made = size = 0
    for path in generate_corpus(sample_corpus(), folder, documents=documents, seed=seed):
        made += 1
        size += path.stat().st_size
    output.print(f"{made} documents, {size / 1e6:.1f} MB, in {folder}")


def _about(folder: Path) -> dict[str, str]:
    return {
        "corpus": folder.name
        if folder != sample_corpus()
        else "the sample corpus (samples/corpus)",
        **_machine(),
    }


def _machine() -> dict[str, str]:
    return {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, "
        f"Python {platform.python_version()}",
        "date": datetime.now(UTC).date().isoformat(),
    }


def _show(figures: list[Figure], about: dict[str, str]) -> None:
    output.print(" · ".join(about.values()))
    output.print(figures_table(figures))


def _as_markdown(title: str, figures: list[Figure], about: dict[str, str]) -> str:
    return "\n".join(
        (
            f"# {title}",
            "",
            "Printed by `amic-kg bench`; not edited by hand. Each figure stands beside an",
            "alternative measured in the same run: compare ratios, absolute figures depend on the",
            "machine.",
            "",
            *(f"- {name}: {text}" for name, text in about.items()),
            "",
            *figures_markdown(figures),
            "",
        )
    )
