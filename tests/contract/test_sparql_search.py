"""Searches in SPARQL give the same over Fuseki and Elasticsearch as over the embedded stores."""

from __future__ import annotations

import csv
import io
import uuid
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from amic_kg.errors import InvalidQuery
from amic_kg.ports import QueryRequest
from amic_kg.settings import Settings
from amic_kg.wiring import open_services
from amic_kg_ingest.runs import ingest_files

pytestmark = [pytest.mark.fuseki, pytest.mark.elasticsearch]

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "corpus"
ACCEPT = {"rows": "text/csv", "boolean": "text/csv", "graph": "application/n-triples"}
QUERIES = {
    "all that is found": """
        SELECT ?d ?page ?words ?at { SERVICE search: {
            ?d search:text "mine water" ; search:passage ?words ;
               search:page ?page ; search:fragment ?at } }""",
    "joined with titles": """
        SELECT ?d ?title { SERVICE search: { ?d search:text "kaivosvesi" }
                           ?d dcterms:title ?title }""",
    "joined with what is named on the page": """
        SELECT DISTINCT ?d ?what { SERVICE search: { ?d search:text "kaivos" ; search:fragment ?at }
            ?t oa:hasSource ?d ; oa:hasSelector/rdf:value ?at .
            ?m oa:hasTarget ?t ; oa:hasBody ?what }""",
    "in a graph, where it is found at all": """
        SELECT ?d ?page { GRAPH ?g { ?d a mrdi:Output }
            OPTIONAL { SERVICE search: { ?d search:text "sulfaatti" ; search:page ?page } } }""",
}


@pytest.fixture(scope="module")
def collections(fuseki_dataset, service_url, tmp_path_factory):
    """Some samples in the embedded stores, and in services elsewhere."""
    elastic = service_url("AMIC_TEST_ELASTICSEARCH")
    files = sorted(SAMPLES.glob("*.pdf"))[:3]
    folder = tmp_path_factory.mktemp("search")
    with ExitStack() as stack:
        opened = []
        for settings in (
            Settings(data=folder / "embedded", ocr="off", names="off"),
            Settings(
                data=folder / "services",
                ocr="off",
                names="off",
                sparql_url=fuseki_dataset,
                search_url=elastic,
                search_index=f"amic-test-{uuid.uuid4().hex[:12]}",
            ),
        ):
            assert ingest_files(settings, files, console=None).count("published") == len(files)
            opened.append(stack.enter_context(closing(open_services(settings))))
        yield opened


@pytest.mark.parametrize("name", QUERIES)
def test_rows_are_the_same(collections, name):
    answers = []
    for services in collections:
        body = services.graph.answer(QueryRequest(QUERIES[name], ACCEPT)).body.decode()
        header, *rows = csv.reader(io.StringIO(body))
        answers.append((header, sorted(rows)))
    assert answers[0][1]
    assert answers[0] == answers[1]


def test_scores_are_the_same(collections):
    query = """SELECT ?d ?score { SERVICE search: {
        ?d search:text "mine water" ; search:score ?score } }"""
    embedded, elsewhere = (
        {
            row["d"]: float(row["score"])
            for row in csv.DictReader(
                io.StringIO(services.graph.answer(QueryRequest(query, ACCEPT)).body.decode())
            )
        }
        for services in collections
    )
    assert embedded
    assert elsewhere == pytest.approx(embedded, rel=1e-3)


def test_an_error_behind_a_search_has_its_place_in_the_query_as_it_was_written(collections):
    query = 'SELECT * {\n SERVICE search: { ?d search:text "vesi" } ?d }'
    for services in collections:
        with pytest.raises(InvalidQuery) as refusal:
            services.graph.answer(QueryRequest(query, ACCEPT))
        assert "line 2, column 4" in str(refusal.value)


def test_another_service_reaches_no_store(collections):
    query = 'SELECT * { SERVICE search: { ?d search:text "vesi" } SERVICE <urn:x> { ?d ?p ?o } }'
    for services in collections:
        with pytest.raises(InvalidQuery, match="SERVICE"):
            services.graph.answer(QueryRequest(query, ACCEPT))
