"""What the API needs of the core: the ports, put together by whoever starts the server."""

from __future__ import annotations

from typing import Protocol, cast

from fastapi import Request

from amic_kg.external import ExternalVocabularies, ExternalVocabulary
from amic_kg.graph.dumps import Dumps
from amic_kg.iris import Iris
from amic_kg.ontology import Vocabulary
from amic_kg.ports import (
    DocumentReader,
    GraphReader,
    GraphUpdates,
    OriginalReader,
    ReviewStore,
    RunReader,
    WorkReader,
)
from amic_kg.retrieval import SearchIndex
from amic_kg.search import Searcher
from amic_kg.settings import Settings
from amic_kg.source_states import Lag
from amic_kg.wiring import open_dumps, vocabularies_folder


class Services(Protocol):
    """The open parts of a collection; `degraded` are readable lines of what is lost here."""

    @property
    def settings(self) -> Settings: ...
    @property
    def iris(self) -> Iris: ...
    @property
    def vocabulary(self) -> Vocabulary: ...
    @property
    def searcher(self) -> Searcher: ...
    @property
    def index(self) -> SearchIndex: ...
    @property
    def graph(self) -> GraphReader: ...
    @property
    def updates(self) -> GraphUpdates: ...
    @property
    def documents(self) -> DocumentReader: ...
    @property
    def originals(self) -> OriginalReader: ...
    @property
    def reviews(self) -> ReviewStore: ...
    @property
    def works(self) -> WorkReader: ...
    @property
    def runs(self) -> RunReader: ...
    def lag(self) -> Lag: ...
    @property
    def degraded(self) -> tuple[str, ...]: ...


def services_of(request: Request) -> Services:
    return cast(Services, request.app.state.services)


def loaded_vocabularies(services: Services) -> list[ExternalVocabulary]:
    """The vocabularies of others that lie beside ours, with licence and source."""
    return ExternalVocabularies(vocabularies_folder(services.settings)).list()


def dumps_of(services: Services) -> Dumps:
    """Whole generations of the graph that have been made ready for download."""
    return open_dumps(services.settings)
