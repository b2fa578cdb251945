"""The dataset's description and its dumps over HTTP."""

from __future__ import annotations

import base64
import gzip
import hashlib
from contextlib import closing

import pyoxigraph as ox
import pytest

from amic_kg.graph.dataset import dataset_triples
from amic_kg.graph.dataset_counts import count_dataset
from amic_kg.graph.oxigraph import OxigraphStore
from amic_kg.iris import CANONICAL_BASE, Iris
from amic_kg.settings import Settings
from amic_kg.wiring import open_dumps, open_services

DATASET = f"{CANONICAL_BASE}dataset"
VOID = "http://rdfs.org/ns/void#"
IRIS = Iris()
OUTPUT = (
    f"<{IRIS.output('a')}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
    "<https://w3id.org/amic/ontology#Output> .\n"
)
TITLES = "".join(
    f'<{IRIS.output("a")}> <http://purl.org/dc/terms/title> "{n}" .\n' for n in range(2000)
)


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    """One document and what is told of it: what is tested here does not read documents."""
    settings = Settings(data=tmp_path_factory.mktemp("dump"))
    with closing(OxigraphStore(settings.data / "graph")) as store:
        store.replace_graphs({IRIS.document_graph("a"): (OUTPUT + TITLES).encode()})
        triples = dataset_triples(count_dataset(store.select, IRIS), [], IRIS)
        store.replace_graphs({IRIS.graph("dataset"): triples})
        store.publish()
    with closing(open_services(settings)) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(services, serve):
    with serve(services) as open_client:
        yield open_client


@pytest.fixture(scope="module")
def dump(services):
    return open_dumps(services.settings).make(services.graph, kept=3)


@pytest.fixture
def address(dump):
    return f"/dump/{dump.full.name}"


def test_before_one_is_made_the_page_says_how(client):
    assert client.get("/dump").json()["dumps"] == []
    assert "amic-kg dump" in client.get("/dump", headers={"Accept": "text/html"}).text
    assert client.get("/dump/latest.nq.gz").status_code == 404


def test_the_well_known_address_leads_to_the_description(client):
    answer = client.get("/.well-known/void")
    assert (answer.status_code, answer.headers["location"]) == (302, "/dataset")


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("*/*", ox.RdfFormat.TURTLE),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_the_description_is_data_in_each_format(client, accept, form):
    said = list(ox.parse(client.get("/dataset", headers={"Accept": accept}).content, format=form))
    triples = {q.predicate.value: q.object.value for q in said if q.subject.value == DATASET}
    assert triples[f"{VOID}sparqlEndpoint"] == "https://w3id.org/amic/sparql"
    assert triples[f"{VOID}documents"] == "1"


def test_people_are_led_to_the_page(client):
    answer = client.get("/dataset", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/dump")


def test_dumps_are_listed_for_programs(client, dump):
    told = client.get("/dump").json()
    assert told["published"] == dump.generation
    assert told["dumps"][0]["full"]["sha256"] == dump.full.sha256
    assert told["dumps"][0]["full"]["address"] == f"/dump/{dump.full.name}"


@pytest.mark.parametrize(
    ("language", "title"),
    [("fi", "Lataa aineisto"), ("en", "Download the data"), ("sv", "Ladda ner data")],
)
def test_dumps_are_listed_for_people(client, dump, language, title):
    text = client.get(f"/dump?lang={language}", headers={"Accept": "text/html"}).text
    assert f"<h1>{title}</h1>" in text
    assert dump.full.sha256 in text


def test_a_dump_comes_as_a_file_with_its_checksum(client, dump, address):
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in answer.headers
    assert dump.full.name in answer.headers["content-disposition"]
    assert answer.headers["link"] == '</dataset>; rel="describedby"'
    digest = hashlib.sha256(answer.content)
    assert digest.hexdigest() == dump.full.sha256
    expected = base64.b64encode(digest.digest()).decode()
    assert answer.headers["repr-digest"] == f"sha-256=:{expected}:"
    quads = list(ox.parse(gzip.decompress(answer.content), format=ox.RdfFormat.N_QUADS))
    assert len(quads) == dump.full.quads > 1000


def test_the_checksum_stands_beside_it_as_tools_read_it(client, dump, address):
    assert client.get(f"{address}.sha256").text == f"{dump.full.sha256}  {dump.full.name}\n"


def test_the_latest_leads_to_the_newest(client, address):
    answer = client.get("/dump/latest.nq.gz")
    assert (answer.status_code, answer.headers["location"]) == (302, address)


def test_a_part_can_be_asked_for(client, address):
    whole = client.get(address).content
    answer = client.get(address, headers={"Range": "bytes=10-19"})
    assert (answer.status_code, answer.content) == (206, whole[10:20])


def test_who_has_it_is_not_sent_it_again(client, address):
    etag = client.get(address).headers["etag"]
    answer = client.get(address, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("name", ["nothing.nq.gz", "nothing.nq.gz.sha256"])
def test_a_dump_that_is_not_here_is_not_found(client, name):
    answer = client.get(f"/dump/{name}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
