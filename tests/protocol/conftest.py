"""The real services over the sample corpus, and one document whose text is not public."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
import uvicorn

from amic_kg.graph.oxigraph import OxigraphStore
from amic_kg.settings import Settings
from amic_kg.wiring import Services, open_services
from amic_kg_api.app import create_app
from amic_kg_ingest.runs import ingest_files

CORPUS = Path(__file__).parents[2] / "samples" / "corpus"

PARSERS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
Triples = set[tuple[str, str, str]]

SECRET = "Kvartsinhiontapaja"
"""A word that stands in the text of the restricted document and nowhere else."""


@pytest.fixture(scope="session")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("protocol")
    restricted = folder / "sopimus.txt"
    restricted.write_text(
        f"Luottamuksellinen selvitys kaivosvesistä.\n\n{SECRET} mainitaan vain tässä tekstissä. "
        "Kaivoksen vesienkäsittely kuvataan sopimuksessa tarkasti ja luottamuksellisesti.\n",
        encoding="utf-8",
    )
    record = {
        "title": {"fi": "Rajoitettu selvitys kaivosvesistä"},
        "abstract": {"fi": "Selvityksen kuvaus on julkinen."},
        "accessRights": "restricted",
        "type": "Report",
        "issued": "2018",
        "language": ["fi"],
    }
    restricted.with_name("sopimus.txt.metadata.json").write_text(json.dumps(record))
    settings = Settings(data=folder / "data", ocr="off", query_seconds=3)
    report = ingest_files(settings, [CORPUS, restricted], console=None)
    assert report.count("failed") == 0
    opened = open_services(settings)
    yield opened
    opened.close()


@contextmanager
def serving(services: Services) -> Iterator[httpx.Client]:
    """A client of a real server in a thread: what is asked and answered passes over HTTP."""
    server = uvicorn.Server(uvicorn.Config(create_app(services), port=0, log_level="critical"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        # Its own Accept, as a program would send it; the tests set others.
        try:
            with httpx.Client(base_url=address, headers={"Accept": "*/*"}, timeout=30) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="session")
def serve() -> Callable[[Services], AbstractContextManager[httpx.Client]]:
    return serving


@pytest.fixture(scope="session")
def client(services: Services) -> Iterator[httpx.Client]:
    with serving(services) as open_client:
        yield open_client


UPDATE_KEY = "a-key-of-these-tests"
OWNED = "https://w3id.org/amic/graph/document/a"


@dataclass(frozen=True)
class Writable:
    """A server that takes updates, over one document's graph; `locked` takes what a run holds."""

    client: httpx.Client
    services: Services
    key: dict[str, str]
    owned: str

    @property
    def settings(self) -> Settings:
        return self.services.settings

    def locked(self) -> AbstractContextManager[OxigraphStore]:
        return closing(OxigraphStore(self.settings.data / "graph"))

    @contextmanager
    def serving(
        self, serve: Callable[[Services], AbstractContextManager[httpx.Client]], **changed: Any
    ) -> Iterator[httpx.Client]:
        """The same data behind other settings."""
        with closing(open_services(replace(self.settings, **changed))) as services:
            # Loaded once: a server warms its searcher before it ends.
            vars(services)["searcher"] = self.services.searcher
            with serve(services) as client:
                yield client


@pytest.fixture(scope="session")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writable]:
    data = tmp_path_factory.mktemp("writable") / "data"
    settings = Settings(data=data, query_workers=1, update_key=UPDATE_KEY, update_megabytes=1)
    with closing(OxigraphStore(data / "graph")) as store:
        store.replace_graphs({OWNED: b'<urn:report> <urn:title> "Kaivosvesi"@fi .\n'})
        store.publish()
    with closing(open_services(settings)) as services, serving(services) as client:
        yield Writable(client, services, {"Authorization": f"Bearer {UPDATE_KEY}"}, OWNED)


@pytest.fixture(scope="session")
def pdf(client: httpx.Client) -> str:
    """The key of a PDF of the corpus, in Finnish, about mine water."""
    hits = client.get("/api/search", params={"q": "sulfaatin poisto", "language": "fi"}).json()
    return next(hit["key"] for hit in hits["hits"] if hit["title"].startswith("Kaivosvedet"))


@pytest.fixture(scope="session")
def restricted(client: httpx.Client) -> str:
    hits = client.get("/api/search", params={"q": "rajoitettu selvitys"}).json()["hits"]
    return next(hit["key"] for hit in hits if hit["access"] == "restricted")


@pytest.fixture(scope="session")
def triples(client: httpx.Client) -> Callable[..., Triples]:
    """What is said at a path, in a format named by ?format=; blank nodes are all called alike."""

    def said(path: str, name: str = "ttl", **parameters: str) -> Triples:
        answer = client.get(path, params={"format": name, **parameters})
        assert answer.status_code == 200
        return {
            (_name(quad.subject), quad.predicate.value, _name(quad.object))
            for quad in ox.parse(answer.content, format=PARSERS[name])
        }

    return said


def _name(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return "_:" if isinstance(term, ox.BlankNode) else str(term)


@pytest.fixture(scope="session")
def page(client: httpx.Client) -> Callable[[str], str]:
    """The page at an address, as a browser asks for it."""

    def read(address: str) -> str:
        answer = client.get(address, headers={"Accept": "text/html"})
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/html")
        text: str = answer.text
        return text

    return read
