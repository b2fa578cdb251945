"""`amic-kg ingest` as a process over a real service that goes away: its words and exit codes."""

from __future__ import annotations

import shutil
import subprocess
import sys
import uuid
from dataclasses import dataclass

import httpx
import pytest

BEFORE_A_DOCUMENT = {"elasticsearch": "/_bulk", "fuseki": "%2Fgraph%2Fdocument%2F"}
SETTING = {"elasticsearch": "AMIC_SEARCH_URL", "fuseki": "AMIC_SPARQL_URL"}
TEXT = "Kevitsan kaivoksen nikkeli ja kaivosvedet, osa {}. Nickel was mined in Lapland.\n"

SERVICES = [
    pytest.param("elasticsearch", marks=pytest.mark.elasticsearch),
    pytest.param("fuseki", marks=pytest.mark.fuseki),
]


@dataclass
class Ended:
    code: int
    lines: list[str]


@pytest.fixture(params=SERVICES, scope="module")
def service(request):
    return request.param


@pytest.fixture(scope="module")
def url(service, service_url):
    return service_url(f"AMIC_TEST_{service.upper()}")


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    folder = tmp_path_factory.mktemp("documents")
    for number in range(3):
        (folder / f"{number}.txt").write_text(TEXT.format(number))
    return folder


@pytest.fixture(scope="module")
def new_place(service, url, begun, tmp_path_factory):
    """Makes a data folder, and room of its own in the service."""
    folder, aliases = tmp_path_factory.mktemp(service), []

    def make(name):
        shutil.copytree(begun, folder / name)
        if service == "fuseki":
            update = {"update": "DROP ALL"}
            httpx.post(f"{url}/update", data=update, timeout=60).raise_for_status()
        aliases.append(f"amic-test-{uuid.uuid4().hex[:12]}")
        return folder / name, aliases[-1]

    yield make
    if service == "elasticsearch":
        for alias in aliases:
            httpx.delete(f"{url}/{alias}-v2-1")


@pytest.fixture(scope="module")
def ingest(service, documents, process_environment):
    """Runs `amic-kg ingest` over the documents; `on_wait` is called when it says that it waits."""

    def run(place, url, on_wait=lambda: None, **settings):
        data, alias = place
        named = {SETTING[service].removeprefix("AMIC_"): url, "search_index": alias, "names": "off"}
        process = subprocess.Popen(
            [sys.executable, "-m", "amic_kg", "ingest", str(documents), "--quiet"],
            env=process_environment(data, **named, **settings),
            cwd=data.parent,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        with process:
            lines = []
            for line in process.stderr:
                lines.append(line.rstrip())
                if ", next try in" in line:
                    on_wait()
        return Ended(process.returncode, lines)

    return run


def held(service, url, alias):
    """The passages, or the triples of each document's graph, that the service holds by now."""
    if service == "elasticsearch":
        httpx.post(f"{url}/{alias}/_refresh").raise_for_status()
        answer = httpx.get(f"{url}/{alias}/_search?size=1000").raise_for_status().json()
        return sorted((hit["_id"], hit["_source"]["text"]) for hit in answer["hits"]["hits"])
    query = (
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } "
        'FILTER CONTAINS(STR(?g), "/graph/document/") } GROUP BY ?g'
    )
    answer = httpx.post(f"{url}/query", data={"query": query}).raise_for_status().json()
    return sorted((row["g"]["value"], row["n"]["value"]) for row in answer["results"]["bindings"])


@pytest.fixture(scope="module")
def expected(service, url, new_place, ingest):
    place = new_place("undisturbed")
    assert ingest(place, url) == Ended(0, [])
    found = held(service, url, place[1])
    assert len(found) == 3
    return found


def cut_once(needle):
    done = []

    def cut(_number, line):
        if needle in line and not done:
            done.append(line)
            return "in the middle"
        return None

    return cut


def test_it_waits_says_so_goes_on_and_ends_well(
    service, url, expected, new_place, ingest, open_relay
):
    relay = open_relay(url, cut_once(BEFORE_A_DOCUMENT[service]))
    place = new_place("disturbed")
    ended = ingest(place, relay.url, on_wait=relay.reopen)
    assert ended.code == 0
    assert ended.lines[-1] == "It answers again; the run goes on"
    assert relay.url.removesuffix("/ds") in ended.lines[0]
    assert f"Start it, or check {SETTING[service]}. The run waits for it" in ended.lines[0]
    assert held(service, url, place[1]) == expected


def test_when_it_stays_away_the_run_ends_with_what_to_do_and_the_next_one_completes(
    service, url, expected, new_place, ingest, open_relay
):
    relay = open_relay(url, cut_once(BEFORE_A_DOCUMENT[service]))
    place = new_place("given-up")
    ended = ingest(place, relay.url, wait_seconds=1)
    assert ended.code == 1
    assert "run again, and it goes on from there" in ended.lines[-1]
    assert SETTING[service] in ended.lines[-1]
    assert not any("Traceback" in line for line in ended.lines)
    assert held(service, url, place[1]) != expected
    relay.reopen()
    assert ingest(place, relay.url).code == 0
    assert held(service, url, place[1]) == expected
