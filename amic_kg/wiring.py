"""Puts engines behind ports, as the settings say; nothing else knows which engine is in use."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from amic_kg.errors import InvalidSetting
from amic_kg.external import open_vocabulary, vocabulary_version
from amic_kg.extract.extraction import EXTRACTOR_VERSION
from amic_kg.graph.dumps import Dumps
from amic_kg.graph.lock import is_locked
from amic_kg.graph.oxigraph import OxigraphStore
from amic_kg.graph.query_limits import QueryLimits, QueryShares
from amic_kg.graph.updates import OxigraphUpdates
from amic_kg.graph.workers import OxigraphReader
from amic_kg.index.embedded import EmbeddedIndex
from amic_kg.iris import Iris
from amic_kg.language import Analyzer
from amic_kg.language.names import TextNames
from amic_kg.ledger import Ledger
from amic_kg.ontology import Vocabulary
from amic_kg.originals import OriginalStore
from amic_kg.pipeline import Pipeline
from amic_kg.pipeline.preloading import forking_context
from amic_kg.pipeline.waiting import Waiting
from amic_kg.pipeline.workers import ProcessWorkers, Workers
from amic_kg.ports import (
    DocumentReader,
    FormatReader,
    GraphReader,
    GraphStore,
    GraphUpdates,
    OriginalReader,
    ReviewStore,
    RunReader,
    WorkReader,
)
from amic_kg.records import Thresholds
from amic_kg.retrieval import SearchIndex
from amic_kg.search import Searcher
from amic_kg.search.sparql_reader import SearchingReader
from amic_kg.settings import Settings
from amic_kg.source_states import Lag
from amic_kg.terminal import errors, visible

if TYPE_CHECKING:
    from amic_kg.pipeline.dask_workers import DaskWorkers


@dataclass(frozen=True)
class Services:
    """Everything that answers: what the API and the reading commands stand on."""

    settings: Settings
    iris: Iris
    index: SearchIndex
    stored_graph: GraphReader
    updates: GraphUpdates
    documents: DocumentReader
    originals: OriginalReader
    ledger: Ledger
    analyzer: Analyzer

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return open_vocabulary(vocabularies_folder(self.settings))

    @property
    def reviews(self) -> ReviewStore:
        return self.ledger.reviews

    @property
    def works(self) -> WorkReader:
        return self.ledger.works

    @property
    def runs(self) -> RunReader:
        return self.ledger.runs

    def lag(self) -> Lag:
        running = is_locked(self.settings.data / "graph")
        return Lag(self.ledger.unfinished.held_up(), running)

    @cached_property
    def graph(self) -> GraphReader:
        """Queries over the graph, and searches within them."""
        return SearchingReader(
            self.stored_graph,
            lambda: self.searcher,
            self.iris,
            seconds=self.settings.query_seconds,
        )

    @cached_property
    def searcher(self) -> Searcher:
        return Searcher(self.index, self.documents, self.vocabulary, self.analyzer)

    @cached_property
    def degraded(self) -> tuple[str, ...]:
        """What is lost on this machine, a line each."""
        names = TextNames().degraded if self.settings.names == "auto" else ()
        return tuple(line for line in (self.analyzer.degraded, *names) if line)

    def close(self) -> None:
        self.stored_graph.close()
        self.index.close()
        self.ledger.close()


def open_services(settings: Settings) -> Services:
    """The reading side; opens no store for writing."""
    ledger = _open_ledger(settings)
    return Services(
        settings=settings,
        iris=Iris(settings.base_iri),
        index=_open_index(settings),
        stored_graph=_open_reader(settings),
        updates=_updates(settings),
        documents=ledger,
        originals=_originals(settings),
        ledger=ledger,
        analyzer=Analyzer(),
    )


@dataclass(frozen=True)
class WritingSide:
    """The stores opened for writing, and the pipeline over them; one process at a time."""

    pipeline: Pipeline
    ledger: Ledger
    graph: GraphStore
    index: SearchIndex

    def close(self) -> None:
        self.index.close()
        self.graph.close()
        self.ledger.close()


def open_writing_side(
    settings: Settings, read: FormatReader, reading_version: Callable[[], str] = str
) -> WritingSide:
    """`reading_version()` changes when `read` would give another text of the same bytes.

    Raises StoreLocked when another process writes to the same stores.
    """
    graph = _open_store(settings)
    ledger = _open_ledger(settings)
    index = _open_index(settings)
    if settings.search_url and not index.ready():
        _tell(
            "The search index does not answer: start it, or check AMIC_SEARCH_URL. "
            "Documents are read meanwhile; what is to be written waits for it, "
            f"for {settings.wait_seconds} s at most (AMIC_WAIT_SECONDS)"
        )
    pipeline = Pipeline(
        ledger=ledger,
        originals=_originals(settings),
        graph=graph,
        index=index,
        make_workers=_workers(settings, read, reading_version),
        iris=Iris(settings.base_iri),
        pipeline_version=pipeline_version(settings, reading_version),
        file_megabytes=settings.file_megabytes,
        vocabularies=vocabularies_folder(settings),
        thresholds=thresholds(settings),
        names=settings.names == "auto",
        waiting=Waiting(settings.wait_seconds, _tell),
        count_documents=settings.count_documents,
    )
    return WritingSide(pipeline, ledger, graph, index)


def pipeline_version(settings: Settings, reading_version: Callable[[], str]) -> str:
    """Other when the same bytes would give other results: code, vocabulary, tools, OCR."""
    return ".".join(version_parts(settings, reading_version).values())


def version_parts(settings: Settings, reading_version: Callable[[], str]) -> dict[str, str]:
    """What a pipeline's version consists of, each part under the name a user knows it by."""
    return {
        "extractor": EXTRACTOR_VERSION,
        "language tools": Analyzer().version,
        "vocabulary": vocabulary_version(vocabularies_folder(settings)),
        "OCR or PDF repair": reading_version(),
        "models of names": _names_version(settings),
        "thresholds": f"{settings.given_percent}-{settings.fact_percent}",
    }


def thresholds(settings: Settings) -> Thresholds:
    return Thresholds(settings.given_percent / 100, settings.fact_percent / 100)


def _names_version(settings: Settings) -> str:
    """A digest of the models in use: the column that keeps it is short."""
    if settings.names == "off":
        return "off"
    return hashlib.sha256(TextNames().version.encode()).hexdigest()[:8]


def _tell(line: str) -> None:
    """On the error output, above a progress bar where one stands there; also without one."""
    errors.print(visible(line), style="yellow", markup=False, soft_wrap=True)


def _workers(
    settings: Settings, read: FormatReader, reading_version: Callable[[], str]
) -> Callable[[], Workers]:
    if settings.dask:
        return lambda: dask_workers(settings, read, reading_version)
    return lambda: ProcessWorkers(
        read,
        forking_context(vocabularies_folder(settings), names=settings.names == "auto"),
        size=settings.workers,
        seconds=settings.parse_seconds,
        megabytes=settings.parse_megabytes,
    )


def dask_workers(
    settings: Settings, read: FormatReader, reading_version: Callable[[], str]
) -> DaskWorkers:
    """The workers of the cluster that the settings name; raises InvalidSetting without Dask."""
    from amic_kg.pipeline.dask_workers import DaskWorkers, Reading

    # What other machines need to know, and no more: not the keys, nor where the stores are.
    told = Settings(
        data=settings.data.absolute(),
        names=settings.names,
        given_percent=settings.given_percent,
        fact_percent=settings.fact_percent,
    )
    reading = Reading(
        read,
        partial(version_parts, told, reading_version),
        vocabularies_folder(told),
        names=told.names == "auto",
        seconds=settings.parse_seconds,
        megabytes=settings.parse_megabytes,
    )
    return DaskWorkers(reading, address=settings.dask, size=settings.workers)


def _open_ledger(settings: Settings) -> Ledger:
    _make_data_folder(settings)
    return Ledger(settings.ledger)


def _open_index(settings: Settings) -> SearchIndex:
    if settings.search_url:
        from amic_kg.index.elastic import ElasticIndex

        return ElasticIndex(settings.search_url, settings.search_index)
    return EmbeddedIndex(settings.data / "index")


def _open_store(settings: Settings) -> GraphStore:
    _make_data_folder(settings)
    if not os.access(settings.data, os.W_OK | os.X_OK):
        raise InvalidSetting(
            f"AMIC_DATA={settings.data}",
            "cannot be written to",
            "Name a folder that this user may write to",
        )
    if settings.sparql_url:
        from amic_kg.graph.remote import RemoteStore

        return RemoteStore(settings.sparql_url, settings.data / "graph")
    return OxigraphStore(settings.data / "graph")


def _updates(settings: Settings) -> GraphUpdates:
    folder, union = settings.data / "graph", settings.default_graph == "union"
    if settings.sparql_url:
        from amic_kg.graph.remote_updates import RemoteUpdates

        return RemoteUpdates(
            settings.sparql_url,
            folder,
            settings.base_iri,
            union=union,
            seconds=settings.update_seconds,
        )
    return OxigraphUpdates(folder, settings.base_iri, union=union, seconds=settings.update_seconds)


def _open_reader(settings: Settings) -> GraphReader:
    union = settings.default_graph == "union"
    limits = QueryLimits(
        seconds=settings.query_seconds,
        megabytes=settings.query_megabytes,
        rows=settings.query_rows,
        shares=QueryShares(settings.query_client, settings.query_clients),
        graph_megabytes=settings.query_memory_megabytes,
        worker_megabytes=settings.query_worker_megabytes,
    )
    if settings.sparql_url:
        from amic_kg.graph.remote import RemoteReader

        return RemoteReader(
            settings.sparql_url, workers=settings.query_workers, limits=limits, union=union
        )
    return OxigraphReader(
        settings.data / "graph", workers=settings.query_workers, limits=limits, union=union
    )


def open_dumps(settings: Settings) -> Dumps:
    """The dumps of the graph that have been made."""
    return Dumps(settings.data / "dumps")


def vocabularies_folder(settings: Settings) -> Path:
    """Where the vocabularies of others lie that are loaded beside ours."""
    return settings.data.absolute() / "vocabularies"


def _originals(settings: Settings) -> OriginalStore:
    return OriginalStore(settings.data / "originals")


def _make_data_folder(settings: Settings) -> None:
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidSetting(
            f"AMIC_DATA={settings.data}",
            f"cannot be made: {error.strerror}",
            "Name a folder that this user may write to",
        ) from None
