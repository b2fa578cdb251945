"""Fixtures that every suite may use: a clean environment, the vocabulary, the ingested samples."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest

from amic_kg import wiring
from amic_kg.cli import main
from amic_kg.external import open_vocabulary
from amic_kg.extract.extraction import Extractor
from amic_kg.graph.generations import Generations
from amic_kg.language import Analyzer
from amic_kg.ontology import Vocabulary
from amic_kg.pipeline import Prepared, RunReport, Task, prepare
from amic_kg.pipeline.preparation import shared_extractor
from amic_kg.ports import FormatReader, Source
from amic_kg.records import Outcome
from amic_kg.search import Searcher
from amic_kg.settings import Settings
from amic_kg.wiring import Services, WritingSide, open_services, open_writing_side
from amic_kg_ingest.formats import ReadingLimits, read_document, reading_version
from amic_kg_ingest.sources.files import FileSource

ROOT = Path(__file__).resolve().parents[1]
REGENERATE = "--regenerate-golden"
NOTHING_LOADED = ROOT / "tests" / "no-vocabularies"
"""A folder that is not there: it stands for all folders without a vocabulary of others."""


def shared_folder(vocabularies: Path) -> Path:
    """The folder itself, or one for all when nothing is loaded: our vocabulary loads once."""
    return vocabularies if any(vocabularies.glob("*.json")) else NOTHING_LOADED


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        REGENERATE,
        action="store_true",
        help="Write the files in tests/golden anew from what the code gives now.",
    )


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test depends on the AMIC_ settings of whoever runs it."""
    for name in list(os.environ):
        if name.startswith("AMIC_") and not name.startswith("AMIC_TEST_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def corpus(root: Path) -> Path:
    return root / "samples" / "corpus"


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The real vocabulary and language models, loaded once."""
    return shared_extractor(NOTHING_LOADED)


@pytest.fixture(scope="session")
def vocabulary(extractor: Extractor) -> Vocabulary:
    return extractor.vocabulary


@pytest.fixture(scope="session")
def analyzer(extractor: Extractor) -> Analyzer:
    if extractor.analyzer.degraded:
        reason = "libvoikko with the Finnish dictionary is missing"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return extractor.analyzer


class InlineWorkers:
    """Prepares in this process: no start-up, and a debugger reaches it."""

    size = 1

    def __init__(self, read: FormatReader) -> None:
        self._read = read
        self.prepared: list[str] = []

    def submit(self, task: Task) -> Future[Prepared]:
        future: Future[Prepared] = Future()
        self.prepared.append(task.name)
        try:
            vocabularies = shared_folder(task.vocabularies)
            future.set_result(prepare(replace(task, vocabularies=vocabularies), self._read))
        except Exception as error:  # noqa: BLE001 - as a worker process does
            future.set_exception(error)
        return future

    def result(self, task: Task, future: Future[Prepared]) -> Prepared:
        return future.result()

    def __enter__(self) -> InlineWorkers:
        return self

    def __exit__(self, *_: object) -> None:
        pass


@dataclass
class Bench:
    """A data folder of its own with the real stores, and workers in this process."""

    settings: Settings
    read: FormatReader
    workers: InlineWorkers | None = None
    on_start: Callable[[int], object] = lambda _: None
    on_outcome: Callable[[Outcome], object] = lambda _: None

    def open(self) -> WritingSide:
        limits = self.read.keywords["limits"] if isinstance(self.read, partial) else None
        return open_writing_side(
            self.settings, self.read, reading_version(limits) if limits else ""
        )

    def ingest(self, *paths: Path, force: bool = False) -> RunReport:
        writing = self.open()
        try:
            return self.run(writing, *paths, force=force)
        finally:
            writing.close()

    def rebuild(self, *keys: str) -> RunReport:
        writing = self.open()
        try:
            self._work_inline(writing)
            return writing.pipeline.rebuild(keys, on_outcome=self.on_outcome)
        finally:
            writing.close()

    def _work_inline(self, writing: WritingSide) -> None:
        self.workers = None

        def make_workers() -> InlineWorkers:
            self.workers = InlineWorkers(self.read)
            return self.workers

        writing.pipeline._make_workers = make_workers

    def run(self, writing: WritingSide, *paths: Path, force: bool = False) -> RunReport:
        return self._run(writing, FileSource(paths), force=force)

    def ingest_from(self, source: Source) -> RunReport:
        """A run over any source."""
        writing = self.open()
        try:
            return self._run(writing, source, force=False)
        finally:
            writing.close()

    def _run(self, writing: WritingSide, source: Source, *, force: bool) -> RunReport:
        self._work_inline(writing)
        return writing.pipeline.run(
            source, force=force, on_start=self.on_start, on_outcome=self.on_outcome
        )

    @property
    def prepared(self) -> list[str]:
        """The documents that the last run read; empty when no worker was started."""
        return self.workers.prepared if self.workers else []

    def services(self) -> Services:
        return quick_services(self.settings)

    def graphs(self) -> set[str]:
        """The names of all published graphs."""
        return {graph.value for graph in self._published().named_graphs()}

    def quads(self) -> list[str]:
        """The published graphs of documents, as sorted N-Quads."""
        store = self._published()
        return sorted(
            f"{quad} ."
            for graph in store.named_graphs()
            if "/graph/document/" in graph.value
            for quad in store.quads_for_pattern(None, None, None, graph)
        )

    def _published(self) -> ox.Store:
        generations = Generations(self.settings.data / "graph" / "generations")
        return ox.Store.read_only(str(generations.path(generations.current())))


def quick_services(settings: Settings) -> Services:
    """The reading side with the vocabulary and the matcher that this session has loaded already."""
    services = open_services(settings)
    extractor = shared_extractor(shared_folder(wiring.vocabularies_folder(settings)))
    searcher = Searcher(
        services.index, services.documents, extractor.vocabulary, extractor.analyzer
    )
    vars(searcher)["_matcher"] = extractor.matcher
    vars(services).update(vocabulary=extractor.vocabulary, searcher=searcher)
    return services


@pytest.fixture(scope="session")
def reader() -> FormatReader:
    """The real format readers, with OCR where it is installed."""
    return partial(read_document, limits=ReadingLimits())


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory, reader: FormatReader) -> Path:
    """A data folder in which the vocabularies are published, and no document yet."""
    folder = tmp_path_factory.mktemp("begun")
    (folder / "nothing").mkdir()
    Bench(Settings(data=folder / "data"), reader).ingest(folder / "nothing")
    return folder / "data"


@pytest.fixture
def bench(tmp_path: Path, reader: FormatReader, extractor: Extractor, begun: Path) -> Bench:
    shutil.copytree(begun, tmp_path / "data")
    return Bench(Settings(data=tmp_path / "data", query_workers=1), reader)


@pytest.fixture(scope="session")
def sample_run(
    tmp_path_factory: pytest.TempPathFactory,
    corpus: Path,
    reader: FormatReader,
    extractor: Extractor,
) -> tuple[Bench, RunReport]:
    """The sample corpus, ingested once for the whole session."""
    data = tmp_path_factory.mktemp("samples") / "data"
    bench = Bench(Settings(data=data, query_workers=1), reader)
    return bench, bench.ingest(corpus)


@pytest.fixture(scope="session")
def sample_settings(sample_run: tuple[Bench, RunReport]) -> Settings:
    """Settings whose data folder holds the ingested samples; read only."""
    return sample_run[0].settings


@pytest.fixture(scope="session")
def samples(sample_settings: Settings) -> Iterator[Services]:
    services = quick_services(sample_settings)
    yield services
    services.close()


@dataclass(frozen=True)
class Finished:
    """What a command left: exit code, and its two outputs as text."""

    code: int
    out: str
    err: str


Command = Callable[..., Finished]


@pytest.fixture
def amic(
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
    extractor: Extractor,
) -> Command:
    """`amic-kg ARGUMENTS…` in this process, through its entry point.

    The vocabulary and the words that this session has analysed already are lent to it, as long
    as no vocabulary of others is loaded beside ours.
    """

    def lend(folder: Path) -> Vocabulary:
        lent = shared_folder(folder) == NOTHING_LOADED
        return extractor.vocabulary if lent else open_vocabulary(folder)

    monkeypatch.setattr(wiring, "open_vocabulary", lend)
    monkeypatch.setattr(wiring, "Analyzer", lambda: extractor.analyzer)

    def run(*arguments: object, data: Path | None = None) -> Finished:
        if data is not None:
            monkeypatch.setenv("AMIC_DATA", str(data))
        monkeypatch.setattr(sys, "argv", ["amic-kg", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsysbinary.readouterr()
        code = ended.value.code
        return Finished(int(code or 0), out.decode("utf-8"), err.decode("utf-8"))

    return run


@pytest.fixture
def amic_process() -> Command:
    """`amic-kg ARGUMENTS…` as a process of its own, from a folder that is not the checkout."""

    def run(
        *arguments: object,
        data: Path,
        before: Sequence[str] = (),
        program: Sequence[str] | None = None,
        **settings: object,
    ) -> Finished:
        done = subprocess.run(
            [*before, *(program or [sys.executable, "-m", "amic_kg"]), *map(os.fspath, arguments)],
            capture_output=True,
            cwd=data.parent,
            env=environment(data, **settings),
            timeout=120,
            check=False,
        )
        return Finished(
            done.returncode,
            done.stdout.decode("utf-8"),
            done.stderr.decode("utf-8"),
        )

    return run


def environment(data: Path, **settings: object) -> dict[str, str]:
    """This environment with AMIC_DATA, and AMIC_<NAME> for each of `settings`, and no other."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("AMIC_")},
        "AMIC_DATA": str(data),
        "AMIC_WORKERS": "1",
        **{f"AMIC_{name.upper()}": str(value) for name, value in settings.items()},
    }


@pytest.fixture(scope="session")
def process_environment() -> Callable[..., dict[str, str]]:
    return environment


@pytest.fixture(scope="session")
def regenerate(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption(REGENERATE))
