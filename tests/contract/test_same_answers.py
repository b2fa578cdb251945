"""Oxigraph and Fuseki give the same rows to the same queries over the sample documents."""

from __future__ import annotations

import csv
import io
from contextlib import ExitStack, closing
from functools import partial

import pytest

from amic_kg.graph.oxigraph import OxigraphStore
from amic_kg.graph.query_limits import QueryLimits
from amic_kg.graph.remote import RemoteReader, RemoteStore
from amic_kg.graph.workers import OxigraphReader
from amic_kg.iris import Iris
from amic_kg.ports import QueryRequest

pytestmark = pytest.mark.fuseki

ACCEPT = {"rows": "text/csv", "boolean": "text/csv", "graph": "application/n-triples"}
QUERIES = {
    "titles in a language": """
        SELECT ?d ?title { ?d a mrdi:Output ; dcterms:title ?title FILTER(LANG(?title) = "fi") }""",
    "documents by kind and year": """
        SELECT ?kind ?year (COUNT(DISTINCT ?d) AS ?n)
        { ?d a ?kind ; mrdi:year ?year } GROUP BY ?kind ?year""",
    "what is named on which page": """
        SELECT ?d ?what ?exact ?page { GRAPH ?g {
            ?mention oa:hasBody ?what ; oa:hasTarget ?target .
            ?target oa:hasSource ?d ; oa:hasSelector ?on .
            ?on rdf:value ?page ; oa:refinedBy/oa:exact ?exact } }""",
    "documents that share a subject": """
        SELECT ?a ?b (COUNT(?s) AS ?shared)
        { ?a dcterms:subject ?s . ?b dcterms:subject ?s FILTER(STR(?a) < STR(?b)) }
        GROUP BY ?a ?b HAVING (COUNT(?s) > 1)""",
    "licences, where there is one and no Finnish title": """
        SELECT ?d ?licence { ?d a mrdi:Output OPTIONAL { ?d dcterms:license ?licence }
                             FILTER NOT EXISTS { ?d dcterms:title ?t FILTER(LANG(?t) = "fi") } }""",
    "the graph of each document": """
        SELECT ?g ?d ?pages { ?d a mrdi:Output . GRAPH ?g { ?d bibo:numPages ?pages } }""",
    "words sorted and cut": """
        SELECT ?word (COUNT(*) AS ?n) { ?quote oa:exact ?exact }
        GROUP BY (UCASE(?exact) AS ?word) ORDER BY DESC(?n) ?word LIMIT 20""",
}


@pytest.fixture(scope="module")
def readers(sample_documents, fuseki_dataset, tmp_path_factory):
    """On both stores, with the graph of each sample document."""
    folder, iris = tmp_path_factory.mktemp("answers"), Iris("https://w3id.org/amic/")
    graphs = {
        iris.document_graph(prepared.extraction.key): prepared.triples
        for prepared in sample_documents
    }
    with ExitStack() as stack:
        for open_store in (
            partial(OxigraphStore, folder / "oxigraph"),
            partial(RemoteStore, fuseki_dataset, folder / "fuseki"),
        ):
            store = stack.enter_context(closing(open_store()))
            store.replace_graphs(graphs)
            store.publish()
        limits = QueryLimits(seconds=60, megabytes=20)
        yield [
            stack.enter_context(closing(reader))
            for reader in (
                OxigraphReader(folder / "oxigraph", workers=1, limits=limits, union=True),
                RemoteReader(fuseki_dataset, workers=1, limits=limits, union=True),
            )
        ]


@pytest.mark.parametrize("name", QUERIES)
def test_rows_are_the_same(readers, name):
    answers = []
    for reader in readers:
        body = reader.answer(QueryRequest(QUERIES[name], ACCEPT)).body.decode()
        header, *rows = csv.reader(io.StringIO(body))
        answers.append((header, sorted(rows)))
    assert len(answers[0][1]) > 3
    assert answers[0] == answers[1]
