"""A run over sources: the stores opened, each source read after the other, with a progress bar."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

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
from rich.text import Text

from amic_kg.iris import slug
from amic_kg.pipeline import RunReport
from amic_kg.ports import Source
from amic_kg.records import Outcome
from amic_kg.settings import Settings
from amic_kg.terminal import visible
from amic_kg.wiring import WritingSide
from amic_kg_ingest.reading import open_writing, unpacked_folder
from amic_kg_ingest.recording import recorded
from amic_kg_ingest.sources import Surroundings, open_source
from amic_kg_ingest.sources.declarations import Declaration, Kind
from amic_kg_ingest.sources.files import FileSource


def ingest_files(
    settings: Settings, paths: Sequence[Path], *, force: bool = False, console: Console | None
) -> RunReport:
    """Ingest files and folders, with a progress bar on `console`."""
    with _writing(settings) as writing:
        memory = writing.ledger.feed(FileSource.name)
        source = FileSource(paths, unpacked_folder(settings), memory)
        return _run(writing, source, "files", force=force, console=console)


def ingest_sources(
    settings: Settings,
    declarations: Iterable[Declaration],
    *,
    force: bool = False,
    withdraw_all: bool = False,
    unsettled: frozenset[str] = frozenset(),
    console: Console | None,
) -> RunReport:
    """Ingest one source after the other; what becomes of all documents stands in one report.

    `withdraw_all` and `unsettled` are for the sources: see `Surroundings`.
    """
    report = RunReport()
    with _writing(settings) as writing:
        for declaration in declarations:
            surroundings = replace(
                _surroundings(settings, writing, declaration),
                withdraw_all=withdraw_all,
                unsettled=unsettled,
            )
            source = open_source(declaration, surroundings)
            of_one = _run(writing, source, declaration.kind, force=force, console=console)
            report.outcomes += of_one.outcomes
            report.left_out.update(source.left_out)
            report.works += of_one.works
    return report


def preview_sources(
    settings: Settings, declarations: Iterable[Declaration], *, withdraw_all: bool = False
) -> Iterator[tuple[Declaration, Source]]:
    """The sources opened for a dry run: their documents say what would come, nothing is stored."""
    with _writing(settings) as writing:
        for declaration in declarations:
            surroundings = replace(
                _surroundings(settings, writing, declaration), dry=True, withdraw_all=withdraw_all
            )
            yield declaration, open_source(declaration, surroundings)


@contextmanager
def _writing(settings: Settings) -> Iterator[WritingSide]:
    writing = open_writing(settings)
    try:
        yield writing
    finally:
        writing.close()


def _surroundings(
    settings: Settings, writing: WritingSide, declaration: Declaration
) -> Surroundings:
    name = declaration.name
    # A URL makes a long folder name, and two may differ in nothing that a slug keeps.
    folder = f"{slug(name)[:60]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    # Files are known by their paths, whatever folder was declared.
    source = FileSource.name if declaration.kind == "files" else name
    return Surroundings(
        settings, writing.ledger.feed(source), settings.data.absolute() / "fetched" / folder
    )


def _run(
    writing: WritingSide, source: Source, kind: Kind, *, force: bool, console: Console | None
) -> RunReport:
    def run(begin: Callable[[int], None], advance: Callable[[Outcome], None]) -> RunReport:
        with recorded(writing.ledger.runs, source, kind) as tally:

            def count(outcome: Outcome) -> None:
                tally.add(outcome)
                advance(outcome)

            return writing.pipeline.run(source, force=force, on_start=begin, on_outcome=count)

    return run_with_progress(console, "Looking for documents", run)


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
