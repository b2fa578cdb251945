"""The real services over the sample corpus, and one document whose text is not public."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn

from amic_kg.settings import Settings
from amic_kg.wiring import Services, open_services
from amic_kg_api.app import create_app
from amic_kg_ingest.commands import ingest_files

CORPUS = Path(__file__).parents[2] / "samples" / "corpus"

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


@pytest.fixture(scope="session")
def client(services: Services) -> Iterator[httpx.Client]:
    """A client of a real server in a thread: what is asked and answered passes over HTTP."""
    server = uvicorn.Server(uvicorn.Config(create_app(services), port=0, log_level="critical"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        # Its own Accept, as a program would send it; the tests set others.
        with httpx.Client(base_url=address, headers={"Accept": "*/*"}, timeout=30) as open_client:
            yield open_client
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="session")
def pdf(client: httpx.Client) -> str:
    """The key of a PDF of the corpus, in Finnish, about mine water."""
    hits = client.get("/api/search", params={"q": "sulfaatin poisto", "language": "fi"}).json()
    return next(hit["key"] for hit in hits["hits"] if hit["title"].startswith("Kaivosvedet"))


@pytest.fixture(scope="session")
def restricted(client: httpx.Client) -> str:
    hits = client.get("/api/search", params={"q": "rajoitettu selvitys"}).json()["hits"]
    return next(hit["key"] for hit in hits if hit["access"] == "restricted")
