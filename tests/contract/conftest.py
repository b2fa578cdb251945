"""Every adapter of a port behind the same fixture, so that one suite proves them alike.

Elasticsearch and Fuseki are used where AMIC_TEST_ELASTICSEARCH and AMIC_TEST_FUSEKI say they are
(tests/services starts them). Without, their tests are skipped, and fail where CI=true. What is in
Fuseki's dataset is dropped; in Elasticsearch only indices named `amic-test-…` are touched.
"""

from __future__ import annotations

import importlib.util
import os
import socket
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from amic_kg.graph.oxigraph import OxigraphStore
from amic_kg.graph.query_limits import QueryLimits
from amic_kg.graph.remote import RemoteReader, RemoteStore
from amic_kg.graph.workers import OxigraphReader
from amic_kg.index.embedded import EmbeddedIndex
from amic_kg.pipeline.preparation import Prepared, Task, prepare
from amic_kg.ports import GraphReader, GraphStore
from amic_kg.records import RawDocument
from amic_kg.retrieval import IndexedPassage, SearchIndex
from amic_kg_ingest.formats import ReadingLimits, read_document
from amic_kg_ingest.sources.files import FileSource

Answer = Callable[[BaseHTTPRequestHandler, bytes], None]

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "corpus"


def service_url(variable: str) -> str:
    """Where the service is; skips the test where none is named, and fails it in CI."""
    url = os.environ.get(variable, "")
    if not url:
        reason = f"{variable} is not set; tests/services/README.md tells how to start the service"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return url


@pytest.fixture(scope="session", name="service_url")
def the_service_url() -> Callable[[str], str]:
    return service_url


@pytest.fixture(scope="session")
def open_relay() -> Iterator[Callable[..., Any]]:
    """Opens a relay (relay.py) in front of a service; all are closed in the end."""
    spec = importlib.util.spec_from_file_location("relay", Path(__file__).with_name("relay.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up by its name.
    sys.modules["relay"] = module
    spec.loader.exec_module(module)
    with ExitStack() as stack:
        yield lambda *given, **named: stack.enter_context(closing(module.Relay(*given, **named)))


def an_address_where_nothing_listens() -> str:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def elasticsearch_url() -> str:
    return service_url("AMIC_TEST_ELASTICSEARCH")


@pytest.fixture
def nowhere() -> str:
    return an_address_where_nothing_listens()


@pytest.fixture
def serve_http() -> Iterator[Callable[[Answer], str]]:
    """Starts a server that answers every request by the function given; returns its root."""
    with ExitStack() as stack:
        yield lambda answer: stack.enter_context(_serving(answer))


@contextmanager
def _serving(answer: Answer) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_any(self) -> None:
            answer(self, self.rfile.read(int(self.headers.get("Content-Length", 0))))

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_any  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def sample_documents() -> tuple[Prepared, ...]:
    """The sample documents as the pipeline prepares them, in the order of their files."""
    read = partial(read_document, limits=ReadingLimits(ocr=False))
    prepared = []
    for raw in FileSource([SAMPLES]).documents():
        assert isinstance(raw, RawDocument)
        task = Task(
            path=raw.path,
            name=raw.path.name,
            sha256="0" * 64,
            metadata=raw.metadata,
            key=raw.path.stem,
            pipeline_version="test",
            base_iri="https://w3id.org/amic/",
            vocabularies=Path("none"),
            source=raw.source,
        )
        prepared.append(prepare(task, read))
    return tuple(prepared)


@pytest.fixture(scope="session")
def sample_passages(sample_documents: tuple[Prepared, ...]) -> tuple[IndexedPassage, ...]:
    return tuple(passage for prepared in sample_documents for passage in prepared.passages)


class Opened:
    """Handles on one index: each call opens another one, all are closed when the test is over."""

    def __init__(self, open_one: Callable[[], SearchIndex], stack: ExitStack) -> None:
        self._open_one = open_one
        self._stack = stack

    def __call__(self) -> SearchIndex:
        return self._stack.enter_context(closing(self._open_one()))


def _elastic(stack: ExitStack) -> Callable[[], SearchIndex]:
    from elasticsearch import Elasticsearch

    from amic_kg.index.elastic import ElasticIndex

    url = service_url("AMIC_TEST_ELASTICSEARCH")
    alias = f"amic-test-{uuid.uuid4().hex[:12]}"

    def remove() -> None:
        with closing(Elasticsearch(url)) as client:
            for name in client.indices.get(index=f"{alias}*"):
                client.indices.delete(index=name)

    stack.callback(remove)
    return lambda: ElasticIndex(url, alias)


def opened_index(engine: str, folder: Path, stack: ExitStack) -> Opened:
    if engine == "elastic":
        return Opened(_elastic(stack), stack)
    return Opened(lambda: EmbeddedIndex(folder), stack)


INDEX_ENGINES = ["embedded", pytest.param("elastic", marks=pytest.mark.elasticsearch)]


@pytest.fixture(params=INDEX_ENGINES)
def open_index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opened]:
    """Opens an index that was empty before the test."""
    with ExitStack() as stack:
        yield opened_index(request.param, tmp_path / "index", stack)


@pytest.fixture
def index(open_index: Opened) -> SearchIndex:
    return open_index()


@pytest.fixture(scope="module", params=INDEX_ENGINES)
def library(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    sample_passages: tuple[IndexedPassage, ...],
) -> Iterator[SearchIndex]:
    """An index with the sample corpus; tests only read it."""
    with ExitStack() as stack:
        filled = opened_index(request.param, tmp_path_factory.mktemp("library"), stack)()
        fill(filled, sample_passages)
        yield filled


@pytest.fixture(scope="module")
def both_engines(
    tmp_path_factory: pytest.TempPathFactory, sample_passages: tuple[IndexedPassage, ...]
) -> Iterator[tuple[SearchIndex, SearchIndex]]:
    """The embedded engine and Elasticsearch, with the sample corpus and some bare passages.

    The bare ones have neither title nor parts nor concepts, as captions and figures have: what is
    empty must weigh the same on both.
    """
    bare = tuple(
        replace(each, document=f"bare-{each.document}", title="", parts="", concepts=())
        for each in sample_passages[::5]
    )
    with ExitStack() as stack:
        embedded, elastic = (
            opened_index(engine, tmp_path_factory.mktemp("ranks"), stack)()
            for engine in ("embedded", "elastic")
        )
        for index in (embedded, elastic):
            fill(index, sample_passages + bare)
        yield embedded, elastic


def fill(index: SearchIndex, passages: tuple[IndexedPassage, ...]) -> None:
    index.replace_documents({passage.document for passage in passages}, passages)
    index.commit()


class Graph:
    """One graph behind its two ports; `store` and `reader` close what they open after the test."""

    def __init__(
        self,
        engine: str,
        stack: ExitStack,
        open_store: Callable[[], GraphStore],
        open_reader: Callable[..., GraphReader],
    ) -> None:
        self.engine = engine
        self.open_store = open_store
        self._stack = stack
        self._open_reader = open_reader

    def store(self) -> GraphStore:
        return self._stack.enter_context(closing(self.open_store()))

    def reader(
        self, *, seconds: float = 10, megabytes: int = 20, rows: int = 0, union: bool = True
    ) -> GraphReader:
        limits = QueryLimits(seconds=seconds, megabytes=megabytes, rows=rows)
        opened = self._open_reader(limits=limits, union=union)
        return self._stack.enter_context(closing(opened))


def _oxigraph(folder: Path, stack: ExitStack) -> Graph:
    return Graph(
        "oxigraph",
        stack,
        partial(OxigraphStore, folder),
        partial(OxigraphReader, folder, workers=1),
    )


def _emptied_fuseki() -> str:
    url = service_url("AMIC_TEST_FUSEKI")
    httpx.post(f"{url}/update", data={"update": "DROP ALL"}, timeout=60).raise_for_status()
    return url


@pytest.fixture(scope="module")
def fuseki_dataset() -> str:
    """An empty dataset; tests of one module share it."""
    return _emptied_fuseki()


def _fuseki(folder: Path, stack: ExitStack) -> Graph:
    url = _emptied_fuseki()
    return Graph(
        "fuseki", stack, partial(RemoteStore, url, folder), partial(RemoteReader, url, workers=1)
    )


@pytest.fixture(params=["oxigraph", pytest.param("fuseki", marks=pytest.mark.fuseki)])
def graph(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Graph]:
    """A graph with nothing in it."""
    with ExitStack() as stack:
        make = _fuseki if request.param == "fuseki" else _oxigraph
        yield make(tmp_path / "graph", stack)
