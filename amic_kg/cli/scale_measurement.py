"""`amic-kg bench --only scale`: a large corpus from end to end, by the commands of a user."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from amic_kg.cli.corpus_generation import generate_corpus
from amic_kg.cli.measurement import Figure, percentile, timings
from amic_kg.cli.scale_contents import Contents, contents_of
from amic_kg.cli.scale_sampling import (
    Sample,
    Tenth,
    append_sample,
    came_to_its_end,
    read_samples,
    tenths,
    watch,
)
from amic_kg.errors import InvalidSetting, UnexpectedFault
from amic_kg.ledger import Ledger
from amic_kg.settings import PREFIX, Settings
from amic_kg.terminal import errors
from amic_kg.wiring import open_services

_QUERY_SECONDS = 600
"""To count every quad; that a visitor's query ends sooner is not what is measured here."""

_STEADY = 1
"""The second tenth: in the first is what starting costs."""

_PARTS_LISTED = 4


@dataclass(frozen=True, slots=True)
class Scale:
    """The figures, the first run by tenths, and what must be known to read them."""

    figures: list[Figure]
    tenths: list[Tenth]
    notes: list[str]


@dataclass(frozen=True, slots=True)
class _FirstRun:
    """What was seen of it, in how many sessions it was made, and whether it came to its end."""

    samples: list[Sample]
    sessions: int
    complete: bool

    @property
    def end(self) -> Sample:
        return self.samples[-1]


def measure_scale(samples: Path, work: Path, documents: int) -> Scale:
    """Generate a corpus in `work`, ingest it, look at what is in, ingest it again.

    What a measurement that was interrupted has left in `work` is gone on with, and what it has
    done is not done again. Raises InvalidSetting when that is a corpus of another size.
    """
    corpus, data = work / "corpus", work / "data"
    data.mkdir(parents=True, exist_ok=True)
    settings = replace(Settings(), data=data, query_seconds=_QUERY_SECONDS)
    files = _corpus(samples, corpus, documents)
    run = _first_run(corpus, settings, work, documents)
    again = _seconds_of_ingest(corpus, data) if run.complete else None
    errors.print("looking at what is in …", style="dim")
    standing, quotes = _check(data)
    services = open_services(settings)
    try:
        contents = contents_of(services, [str(path.absolute()) for path in files])
        services.searcher.warm()
        searches = timings(lambda words, tongue: services.searcher.search(words, language=tongue))
    finally:
        services.close()
    parts = list(tenths(run.samples, documents))
    return Scale(
        [
            *_whole(run, contents, files),
            *_steadiness(parts),
            *_soundness(contents, run.end.documents, standing, quotes),
            *_second_run(again, run.end),
            *_sizes(data, files),
            *_answers(contents, searches),
        ],
        parts,
        [*_notes(run, documents), *contents.faults],
    )


def _corpus(samples: Path, corpus: Path, documents: int) -> list[Path]:
    """The files of the corpus, generated when they are not there yet."""
    noted = corpus.with_suffix(".json")
    if not noted.exists():
        errors.print(f"generating {documents} documents …", style="dim")
        files = list(generate_corpus(samples, corpus, documents=documents))
        noted.write_text(json.dumps([str(path.relative_to(corpus)) for path in files]))
        return files
    names = json.loads(noted.read_text())
    if len(names) != documents:
        raise InvalidSetting(
            f"--work {corpus.parent}",
            f"holds a measurement of {len(names)} documents",
            f"Give --documents {len(names)}, or another folder",
        )
    return [corpus / name for name in names]


def _first_run(corpus: Path, settings: Settings, work: Path, documents: int) -> _FirstRun:
    seen_before, noted = work / "samples.jsonl", work / "first-run.json"
    sessions, complete = json.loads(noted.read_text()) if noted.exists() else (0, False)
    samples = read_samples(seen_before) or [Sample(load=os.getloadavg()[0])]
    if complete:
        return _FirstRun(samples, sessions, complete=True)
    # Opened before the run makes it, so that it can be asked from the beginning.
    ledger = Ledger(settings.ledger)

    def keep(sample: Sample) -> None:
        if sample.documents * 10 // documents > samples[-1].documents * 10 // documents:
            done = f"{sample.documents} documents after {sample.seconds / 60:.1f} minutes"
            errors.print(done, style="dim")
        samples.append(sample)
        append_sample(seen_before, sample)

    errors.print("ingesting them …", style="dim")
    sessions += 1
    noted.write_text(json.dumps([sessions, False]))
    if len(samples) == 1:
        append_sample(seen_before, samples[0])
    try:
        code, interrupted = watch(
            _command("ingest", str(corpus), "--quiet"),
            _environment(settings.data),
            count=ledger.count,
            before=samples[-1],
            on_sample=keep,
        )
    finally:
        ledger.close()
    if not interrupted and not came_to_its_end(code):
        raise _broken_off(code)
    noted.write_text(json.dumps([sessions, not interrupted]))
    return _FirstRun(samples, sessions, complete=not interrupted)


def _seconds_of_ingest(corpus: Path, data: Path) -> float:
    errors.print("ingesting them again, unchanged …", style="dim")
    began = time.perf_counter()
    done = subprocess.run(
        _command("ingest", str(corpus), "--quiet"),
        env=_environment(data),
        stdout=subprocess.DEVNULL,
        check=False,
    )
    if not came_to_its_end(done.returncode):
        raise _broken_off(done.returncode)
    return time.perf_counter() - began


def _check(data: Path) -> tuple[int, int]:
    """Quotes that stand where they say, and all that the graph holds, orphans too."""
    done = subprocess.run(
        _command("check", "--quotes", "--json"),
        env=_environment(data),
        stdout=subprocess.PIPE,
        check=False,
    )
    found = json.loads(done.stdout)
    return found["quotes"] - len(found["lost"]), found["quotes"] + found["orphans"]


def _broken_off(code: int) -> UnexpectedFault:
    return UnexpectedFault(
        f"The ingest ended with exit code {code}; what it said stands above",
        "Mend it, and give the same command again: with --work it goes on where it stopped",
    )


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "amic_kg", *arguments]


def _environment(data: Path) -> dict[str, str]:
    """The settings as they are when nothing is set: the embedded engines, one worker a core."""
    inherited = {name: text for name, text in os.environ.items() if not name.startswith(PREFIX)}
    return {**inherited, f"{PREFIX}DATA": str(data.absolute()), f"{PREFIX}QUERY_SECONDS": "600"}


def _whole(run: _FirstRun, contents: Contents, files: Sequence[Path]) -> Iterator[Figure]:
    end = run.end
    megabytes = sum(path.stat().st_size for path in files) / 1e6
    yield Figure(
        "documents published",
        f"{end.documents}",
        f"generated {len(files)}",
        f"{end.documents / len(files):.4f}",
    )
    yield Figure("size of the corpus, MB", f"{megabytes:.1f}")
    yield Figure("pages", f"{contents.pages}")
    yield Figure("passages in the index", f"{contents.passages}")
    yield Figure("quads in the graph", f"{contents.quads}")
    yield Figure("first run, minutes", f"{end.seconds / 60:.1f}")
    yield Figure("documents a minute", f"{end.documents / end.seconds * 60:.0f}")
    if end.cpu:
        yield Figure(
            "CPU seconds a document, all processes of the run",
            f"{end.cpu / end.documents:.3f}",
            f"of them the one that publishes {end.publishing_cpu / end.documents:.3f}",
            f"{end.publishing_cpu / end.cpu:.2f}",
        )


def _steadiness(parts: Sequence[Tenth]) -> Iterator[Figure]:
    """The last tenth beside the second: 1 where a run does not grow heavier with what is in."""
    if len(parts) <= _STEADY + 1:
        return
    steady, last = parts[_STEADY], parts[-1]
    pairs = [("documents a minute", last.per_minute, steady.per_minute, 0)]
    if last.cpu:
        pairs += [
            ("CPU seconds a document", last.cpu, steady.cpu, 3),
            (
                "CPU seconds a document, process that publishes",
                last.publishing_cpu,
                steady.publishing_cpu,
                4,
            ),
        ]
    if last.megabytes:
        pairs += [
            ("memory of all processes, MB", last.megabytes, steady.megabytes, 0),
            (
                "memory of the process that publishes, MB",
                last.publishing_megabytes,
                steady.publishing_megabytes,
                0,
            ),
        ]
    for what, now, then, digits in pairs:
        yield Figure(
            f"{what}, in the last tenth",
            f"{now:.{digits}f}",
            f"in the second {then:.{digits}f}",
            f"{now / then:.2f}",
        )


def _soundness(contents: Contents, published: int, standing: int, quotes: int) -> Iterator[Figure]:
    yield Figure(
        "documents that are once in ledger, graph and index each",
        f"{contents.once}",
        f"published {published}",
        f"{contents.once / published:.4f}",
    )
    yield Figure(
        "quotes that stand on their page word for word (amic-kg check)",
        f"{standing}",
        f"in the graph {quotes}",
        f"{standing / max(quotes, 1):.4f}",
    )


def _second_run(again: float | None, end: Sample) -> Iterator[Figure]:
    if again is not None:
        yield Figure(
            "second run over the unchanged corpus, seconds; how many times faster",
            f"{again:.1f}",
            f"first run {end.seconds:.0f}",
            f"{end.seconds / again:.0f}",
        )


def _sizes(data: Path, files: Sequence[Path]) -> Iterator[Figure]:
    corpus = sum(path.stat().st_size for path in files)
    parts = {entry.name: _bytes_below(entry) for entry in sorted(data.iterdir())}
    largest = sorted(parts, key=parts.__getitem__, reverse=True)[:_PARTS_LISTED]
    listed = ", ".join(f"{name} {parts[name] / 1e6:.0f}" for name in largest)
    yield Figure(
        f"data folder on disk, MB ({listed})",
        f"{sum(parts.values()) / 1e6:.0f}",
        f"corpus {corpus / 1e6:.0f}",
        f"{sum(parts.values()) / corpus:.1f}",
    )


def _bytes_below(path: Path) -> int:
    """What it takes on the disk: generations of the graph share files, which count once."""
    found = {}
    for member in (path, *path.rglob("*")):
        facts = member.lstat()
        found[facts.st_dev, facts.st_ino] = facts.st_blocks * 512
    return sum(found.values())


def _answers(contents: Contents, searches: list[float]) -> Iterator[Figure]:
    yield Figure("SPARQL: count every quad, seconds", f"{contents.count_seconds:.2f}")
    for name, share in (("median", 0.5), ("95th percentile", 0.95)):
        yield Figure(
            f"search, {name} of {len(searches)} queries, ms",
            f"{percentile(searches, share):.1f}",
        )


def _notes(run: _FirstRun, documents: int) -> Iterator[str]:
    if run.sessions > 1:
        yield f"The first run was interrupted and gone on with: {run.sessions} runs together."
    if not run.complete:
        yield (
            f"It was interrupted after {run.end.documents} of {documents} documents: "
            "the figures are of those, and there was no second run."
        )
