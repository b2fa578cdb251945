"""`/runs` and `/api/runs`: how the sources stand, and nothing that is the operator's alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx
import pytest

from amic_kg.ledger import Ledger
from amic_kg.records import Failure, Location
from amic_kg.settings import Settings
from amic_kg.wiring import Services, open_services
from amic_kg_api.runs_view import public_name

HTML = {"Accept": "text/html"}
FOLDER = "/srv/partner/salainen"
SECRET = "kalevala"
ADDRESS = f"https://lonnrot:{SECRET}@archive.example/list?key=sampo"
COUNTS = {"found": 9, "published": 4, "skipped": 2, "failed": 2, "quarantined": 1, "withdrawn": 0}
SILENT = Failure("UnreachableSource", f"{ADDRESS}: does not answer", "Try again later")

Serve = Callable[[Services], AbstractContextManager[httpx.Client]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> Iterator[httpx.Client]:
    """A server whose ledger knows a declared source, a list on the disk, and a broken address."""
    settings = Settings(data=tmp_path_factory.mktemp("runs") / "data")
    settings.data.mkdir()
    ledger = Ledger(settings.ledger)
    _fill(ledger)
    ledger.close()
    with _open(settings, serve) as client:
        yield client


def _fill(ledger: Ledger) -> None:
    ledger.unfinished.note(["k1", "k2"], "index")
    run = ledger.runs.begin("theses", "oai-pmh")
    ledger.add_location(Location("theses", "oai:1", "k1", "ab", 1, 1, "", "1"))
    for name in ("/a", "/b"):
        ledger.fail("theses", FOLDER + name, Failure("NoText", f"{FOLDER}{name} is bare", "Scan"))
    ledger.fail("theses", FOLDER + "/c", Failure("InvalidGraph", "no title", "Mend it"))
    ledger.runs.complete(run, counts=COUNTS, left_out={f"not below {FOLDER}": 7}, pages=12)
    run = ledger.runs.begin(f"{FOLDER}/list.bib", "records")
    ledger.runs.complete(run, counts={"found": 0}, left_out={}, pages=0, interrupted=True)
    run = ledger.runs.begin(ADDRESS, "web")
    ledger.fail(ADDRESS, ADDRESS, SILENT)
    ledger.runs.complete(run, counts={"found": 1, "failed": 1}, left_out={}, pages=0, error=SILENT)


@contextmanager
def _open(settings: Settings, serve: Serve) -> Iterator[httpx.Client]:
    services = open_services(settings)
    try:
        with serve(services) as client:
            yield client
    finally:
        services.close()


def test_the_data_tell_each_source_with_its_last_run(told: httpx.Client) -> None:
    sources = {one["source"]: one for one in told.get("/api/runs").json()["sources"]}
    theses = sources["theses"]
    assert (theses["kind"], theses["documents"], theses["broken"]) == ("oai-pmh", 1, None)
    assert theses["missing"] == {"NoText": 2, "InvalidGraph": 1}
    run = theses["last_run"]
    assert {name: run[name] for name in COUNTS} == COUNTS
    assert (run["state"], run["error"], run["left_out"], run["pages"]) == ("complete", None, 7, 12)
    assert run["seconds"] >= 0
    assert run["began"] <= run["ended"]


def test_the_data_tell_how_far_the_index_is_behind(told: httpx.Client) -> None:
    lag = told.get("/api/runs").json()["lag"]
    assert (lag["running"], lag["documents"]) == (False, 2)
    (held_up,) = lag["held_up"]
    assert (held_up["step"], held_up["documents"]) == ("index", 2)
    assert held_up["since"].startswith("20")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "Hakemisto: 2 asiakirjan muutokset odottavat"),
        ("en", "Index: the changes of 2 documents wait"),
        ("sv", "Index: ändringarna av 2 dokument väntar"),
    ],
)
def test_the_page_tells_it_in_each_language(told: httpx.Client, language: str, text: str) -> None:
    assert text in told.get("/runs", headers={**HTML, "Accept-Language": language}).text


def test_a_source_that_broke_is_told_by_the_class_of_its_error(told: httpx.Client) -> None:
    sources = {one["source"]: one for one in told.get("/api/runs").json()["sources"]}
    broken = sources["archive.example"]
    assert broken["broken"] == broken["last_run"]["error"] == "UnreachableSource"
    assert (broken["last_run"]["state"], broken["missing"]) == ("broken", {})


@pytest.mark.parametrize("path", ["/runs", "/api/runs"])
def test_no_path_no_file_and_no_key_of_the_operator_is_told(told: httpx.Client, path: str) -> None:
    text = told.get(path, headers=HTML).text
    assert "theses" in text
    for private in ("srv", "salainen", "list.bib", "lonnrot", "kalevala", "sampo"):
        assert private not in text


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("theses-mining", "theses-mining"),
        ("files", "files"),
        (ADDRESS, "archive.example"),
        ("http://[broken", ""),
        (f"{FOLDER}/list.bib", ""),
        ("C:\\partner\\list.bib", ""),
    ],
)
def test_of_an_address_the_host_is_told_and_of_a_path_nothing(source: str, name: str) -> None:
    assert public_name(source) == name


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Sources and runs", "theses", "no text that can be read", "broke off"]),
        ("fi", ["Lähteet ja ajot", "theses", "ei luettavaa tekstiä", "keskeytyi"]),
        ("sv", ["Källor och körningar", "theses", "ingen läsbar text", "källan svarar inte"]),
    ],
)
def test_the_page_tells_the_same_in_words(
    told: httpx.Client, language: str, words: list[str]
) -> None:
    page = told.get(f"/runs?lang={language}", headers=HTML)
    assert page.status_code == 200
    for word in words:
        assert word in page.text
    assert f'href="/runs?lang={language}"' in page.text


def test_columns_and_rows_have_headers(told: httpx.Client) -> None:
    page = told.get("/runs", headers=HTML).text
    assert page.count('<th scope="row"') == 3
    assert page.count('<th scope="col"') == 11


def test_before_the_first_run_it_says_how_to_begin(tmp_path: Path, serve: Serve) -> None:
    with _open(Settings(data=tmp_path / "data"), serve) as client:
        none = {"running": False, "documents": 0, "held_up": []}
        assert client.get("/api/runs").json() == {"lag": none, "sources": []}
        page = client.get("/runs?lang=en", headers=HTML)
    assert page.status_code == 200
    assert "amic-kg ingest FOLDER" in page.text
    assert "<table" not in page.text


def test_every_page_leads_there(client: httpx.Client) -> None:
    assert 'href="/runs?lang=en"' in client.get("/?lang=en", headers=HTML).text
    (files,) = client.get("/api/runs").json()["sources"]
    assert (files["source"], files["last_run"]["state"]) == ("files", "complete")
    assert files["documents"] == 23
