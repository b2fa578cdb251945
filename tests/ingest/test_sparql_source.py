"""Projects of a SPARQL endpoint, over a real server on 127.0.0.1 that answers by the protocol."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

from amic_kg.errors import (
    DamagedDocument,
    InvalidSetting,
    UnreadableInput,
)
from amic_kg.ledger import Ledger
from amic_kg.records import RawDocument, Withdrawn
from amic_kg.settings import Settings
from amic_kg_ingest.sources import Surroundings, open_source
from amic_kg_ingest.sources.declarations import Declaration

PAGE = "https://cordis.europa.eu/project/id/"
QUERY = """
PREFIX e: <http://data.europa.eu/s66#>
PREFIX mrdi: <https://w3id.org/amic/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
CONSTRUCT {
  ?p a mrdi:Project ; mrdi:cordisId ?id ; skos:prefLabel ?title ; dcterms:abstract ?text ;
     mrdi:start ?start ; mrdi:fundedUnder "HORIZON" ; mrdi:hasParticipation ?role .
  ?role mrdi:participatingOrganization ?org ; mrdi:participationRole ?label .
  ?org skos:prefLabel ?name .
}
WHERE {
  # the projects of one page
  { SELECT ?p WHERE { ?p a e:Project } ORDER BY ?p {page} }
  OPTIONAL { ?p e:identifier ?id } ?p e:title ?title .
  OPTIONAL { ?p e:abstract ?text } OPTIONAL { ?p e:startDate ?start }
  OPTIONAL { ?p e:hasInvolvedParty ?role . ?role e:isRoleOf ?org ; e:roleLabel ?label .
             ?org e:legalName ?name }
}
"""


def turtle(count):
    lines = ["@prefix e: <http://data.europa.eu/s66#> . @prefix x: <http://example.org/> ."]
    lines += [
        f'x:p{n} a e:Project ; e:identifier "10100{n:04}" ; e:title "Ores {n}"@en ; '
        f'e:startDate "2024-01-01" ; e:hasInvolvedParty x:r{n}a, x:r{n}b . '
        f'x:r{n}a e:isRoleOf x:o1 ; e:roleLabel "coordinator" . '
        f'x:r{n}b e:isRoleOf x:o2 ; e:roleLabel "participant" . '
        for n in range(count)
    ]
    lines.append('x:o1 e:legalName "GRUVFORSKNING AB" . x:o2 e:legalName "KAIVOSTIETO OY" .')
    return "\n".join(lines)


class Endpoint(ThreadingHTTPServer):
    """`misbehave` may give another answer (status, media type, body) than the right one."""

    daemon_threads = True

    def __init__(self, data: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.store = ox.Store()
        self.store.load(data.encode(), format=ox.RdfFormat.TURTLE)
        self.queries: list[str] = []
        self.misbehave = lambda query: None
        self.url = f"http://127.0.0.1:{self.server_address[1]}/sparql"


class Handler(BaseHTTPRequestHandler):
    server: Endpoint

    def do_GET(self) -> None:
        (query,) = parse_qs(urlsplit(self.path).query)["query"]
        self.server.queries.append(query)
        answer = self.server.misbehave(query)
        if answer is None:
            found = self.server.store.query(query)
            answer = (200, "text/turtle", found.serialize(format=ox.RdfFormat.TURTLE))
        status, media_type, body = answer
        self.send_response(status)
        self.send_header("Content-Type", f"{media_type}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def endpoint():
    server = Endpoint(turtle(7))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def source(endpoint, bench):
    ledger = Ledger(bench.settings.ledger)

    def source(query=QUERY, *, dry=False, page_size=3, **rules):
        settings = Settings(
            data=bench.settings.data, fetch_allow="127.0.0.0/8", fetch_pause_milliseconds=0
        )
        options = {"query": query, "page_size": page_size, "pause": 0}
        declaration = Declaration("eurio", "sparql", endpoint.url, "", options, rules)
        folder = bench.settings.data / "fetched" / "eurio"
        return open_source(declaration, Surroundings(settings, ledger.feed("eurio"), folder, dry))

    yield source
    ledger.close()


def names(source):
    return [item.identifier for item in source.documents() if isinstance(item, RawDocument)]


def test_every_project_comes_once_page_by_page(endpoint, source):
    assert sorted(names(source())) == [f"{PAGE}10100{n:04}" for n in range(7)]
    assert ["LIMIT 3 OFFSET 0" in q or "LIMIT 3 OFFSET 3" in q or "LIMIT 3 OFFSET 6" in q
            for q in endpoint.queries] == [True, True, True]  # fmt: skip


def test_a_project_comes_with_its_organisations_as_from_the_tables(source):
    first = next(iter(source().documents()))
    project = first.metadata["things"][0]
    assert project["facts"]["start"] == "2024-01-01"
    assert project["facts"]["fundedUnder"] == [{"thing": "Horizon Europe"}]
    told = {thing["id"]: thing.get("label") for thing in first.metadata["things"]}
    roles = {told[part["thing"]]: part["role"] for part in project["parts"]}
    assert roles == {"GRUVFORSKNING AB": "coordinator", "KAIVOSTIETO OY": "participant"}


def test_the_facts_are_published_and_a_project_that_is_gone_is_withdrawn(endpoint, source, bench):
    assert bench.ingest_from(source()).count("published") == 7
    quads = "".join(bench.quads())
    assert "<https://w3id.org/amic/id/organization/gruvforskning>" in quads
    endpoint.store.update("DELETE WHERE { <http://example.org/p3> a ?t }")
    report = bench.ingest_from(source())
    assert (report.count("withdrawn"), report.count("skipped")) == (1, 6)


def test_projects_are_left_out_by_rules_and_without_a_number(endpoint, source):
    endpoint.store.load(
        b'@prefix e: <http://data.europa.eu/s66#> . <http://x/q> a e:Project ; e:title "No" .',
        format=ox.RdfFormat.TURTLE,
    )
    chosen = source(terms=["ores 4"])
    assert names(chosen) == [f"{PAGE}101000004"]
    assert chosen.left_out == {"another topic": 6, "no number (mrdi:cordisId)": 1}


def test_a_dry_run_writes_nothing(source, bench):
    assert len(names(source(dry=True))) == 7
    assert not (bench.settings.data / "fetched" / "eurio").exists()


def test_an_endpoint_that_ignores_the_page_is_no_endless_loop(endpoint, source):
    first = endpoint.store.query(QUERY.replace("{page}", "LIMIT 3"))
    body = first.serialize(format=ox.RdfFormat.TURTLE)
    endpoint.misbehave = lambda _: (200, "text/turtle", body)
    with pytest.raises(DamagedDocument, match="nothing new on page 2"):
        names(source())


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (
            (200, "text/html", b"<!DOCTYPE html><html>Busy</html>"),
            DamagedDocument,
            "/sparql: .*web page",
        ),
        ((200, "text/turtle", b"<a> <b> \nError 22023: timeout"), DamagedDocument, "no RDF"),
        ((400, "text/plain", b"Virtuoso 37000 Error: syntax"), UnreadableInput, "400"),
    ],
)
def test_an_endpoint_that_answers_something_else_is_told(endpoint, source, answer, error, words):
    endpoint.misbehave = lambda _: answer
    with pytest.raises(error, match=words):
        names(source())


def test_nothing_is_withdrawn_when_the_endpoint_breaks_on_the_way(endpoint, source, bench):
    bench.ingest_from(source())
    endpoint.misbehave = lambda query: (400, "text/plain", b"no") if "OFFSET 3" in query else None
    found = []
    with pytest.raises(UnreadableInput):
        found.extend(source().documents())
    assert not [item for item in found if isinstance(item, Withdrawn)]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "no CONSTRUCT query"),
        ({"query": "SELECT * WHERE { ?s ?p ?o } {page}"}, "no CONSTRUCT query"),
        ({"query": "CONSTRUCT WHERE { ?s ?p ?o }"}, "the mark"),
        ({"query": QUERY, "page_size": 0}, "page_size"),
        ({"query": QUERY, "pause": -1}, "pause"),
        ({"query": QUERY, "limit": 5}, "unknown option 'limit'"),
    ],
)
def test_options_that_cannot_be_are_refused(options, words, bench, endpoint):
    ledger = Ledger(bench.settings.ledger)
    around = Surroundings(bench.settings, ledger.feed("e"), bench.settings.data / "e")
    try:
        with pytest.raises(InvalidSetting, match=words):
            open_source(Declaration("e", "sparql", endpoint.url, "", options), around)
    finally:
        ledger.close()
