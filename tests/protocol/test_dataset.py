"""What is told of the dataset is what queries over the published data say."""

from __future__ import annotations

import json

import pytest

from amic_kg.graph.dataset_counts import KINDS
from amic_kg.graph.query_limits import QueryLimits
from amic_kg.graph.workers import OxigraphReader
from amic_kg.ports import QueryRequest

BASE = "https://w3id.org/amic/"
GRAPH = f"{BASE}graph/dataset"
VOID = "http://rdfs.org/ns/void#"
PREFIXES = f"PREFIX void: <{VOID}> PREFIX dcat: <http://www.w3.org/ns/dcat#> "
OTHERS = f"GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{GRAPH}>)"


@pytest.fixture(scope="module")
def graph(services):
    """What is published, without the deadline of visitors: these queries read every statement."""
    folder = services.settings.data / "graph"
    reader = OxigraphReader(
        folder, workers=1, limits=QueryLimits(seconds=300, megabytes=64), union=True
    )
    yield reader
    reader.close()


@pytest.fixture
def rows(graph):
    def ask(query: str) -> list[dict[str, str]]:
        accept = {"rows": "application/sparql-results+json"}
        body = graph.answer(QueryRequest(PREFIXES + query, accept)).body
        found = json.loads(body)["results"]["bindings"]
        return [{name: cell["value"] for name, cell in row.items()} for row in found]

    return ask


@pytest.fixture
def told(rows):
    """The figures of a resource in the dataset graph, by the local name of the property."""

    def figures(resource: str) -> dict[str, int]:
        found = rows(f"SELECT ?p ?o {{ GRAPH <{GRAPH}> {{ <{resource}> ?p ?o }} }}")
        return {
            row["p"].removeprefix(VOID): int(row["o"])
            for row in found
            if row["p"].startswith(VOID) and row["o"].isdigit()
        }

    return figures


def number(rows, what: str, where: str) -> int:
    return int(rows(f"SELECT ({what} AS ?n) {{ {where} }}")[0]["n"])


def test_the_figures_of_the_whole_are_what_queries_say(rows, told):
    documents = rows(f"SELECT DISTINCT ?g {{ {OTHERS} FILTER(CONTAINS(STR(?g), '/document/')) }}")
    assert told(f"{BASE}dataset") == {
        "triples": number(rows, "COUNT(*)", OTHERS),
        "distinctSubjects": number(rows, "COUNT(DISTINCT ?s)", OTHERS),
        "distinctObjects": number(rows, "COUNT(DISTINCT ?o)", OTHERS),
        "entities": number(rows, "COUNT(DISTINCT ?s)", f"{OTHERS} FILTER(isIRI(?s))"),
        "properties": number(rows, "COUNT(DISTINCT ?p)", OTHERS),
        "classes": number(
            rows,
            "COUNT(DISTINCT ?c)",
            f"{OTHERS} FILTER(?p = rdf:type && isIRI(?o)) BIND(?o AS ?c)",
        ),
        "documents": len(documents),
    }


def test_each_property_has_the_figures_that_queries_say(rows):
    told = rows(
        f"SELECT ?p ?t ?s ?o {{ GRAPH <{GRAPH}> {{ ?d void:propertyPartition ?part . ?part "
        "void:property ?p ; void:triples ?t ; "
        "void:distinctSubjects ?s ; void:distinctObjects ?o } }"
    )
    found = rows(
        "SELECT ?p (COUNT(*) AS ?t) (COUNT(DISTINCT ?a) AS ?s) (COUNT(DISTINCT ?b) AS ?o) "
        f"{{ GRAPH ?g {{ ?a ?p ?b }} FILTER(?g != <{GRAPH}>) }} GROUP BY ?p"
    )
    assert len(told) > 50
    assert sorted(map(str, told)) == sorted(map(str, found))


def test_each_class_has_as_many_instances_as_queries_say(rows):
    told = rows(
        f"SELECT ?c ?n {{ GRAPH <{GRAPH}> {{ ?d void:classPartition ?part . "
        "?part void:class ?c ; void:entities ?n } }"
    )
    found = rows(
        "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) "
        f"{{ GRAPH ?g {{ ?s a ?c }} FILTER(?g != <{GRAPH}> && isIRI(?c)) }} GROUP BY ?c"
    )
    assert len(told) > 20
    assert sorted(map(str, told)) == sorted(map(str, found))


def test_each_kind_of_graphs_is_a_subset_with_its_own_figures(rows, told):
    whole = told(f"{BASE}dataset")
    triples = 0
    for kind in KINDS:
        stem = f"{BASE}graph/{kind}"
        # The names first: a test of each statement's graph would read its name each time.
        named = f"{{ SELECT DISTINCT ?g {{ GRAPH ?g {{ ?a ?b ?c }} }} }} FILTER(STR(?g) = '{stem}'"
        where = f"{{ {named} || STRSTARTS(STR(?g), '{stem}/')) }} GRAPH ?g {{ ?s ?p ?o }}"
        figures = told(f"{BASE}dataset#{kind}")
        if not figures:
            assert number(rows, "COUNT(*)", where) == 0
            continue
        figures.pop("documents", None)
        assert figures == {
            "triples": number(rows, "COUNT(*)", where),
            "distinctSubjects": number(rows, "COUNT(DISTINCT ?s)", where),
            "distinctObjects": number(rows, "COUNT(DISTINCT ?o)", where),
            "entities": number(rows, "COUNT(DISTINCT ?s)", f"{where} FILTER(isIRI(?s))"),
        }
        triples += figures["triples"]
    assert triples == whole["triples"]


def test_every_graph_of_a_document_has_its_rights_told(rows):
    untold = rows(
        "SELECT DISTINCT ?g { GRAPH ?g { ?d a mrdi:Output } "
        "FILTER(CONTAINS(STR(?g), '/graph/document/')) "
        f"FILTER NOT EXISTS {{ GRAPH <{GRAPH}> {{ ?g dcterms:license|dcterms:rights ?r }} }} }}"
    )
    assert untold == []
    licences = {
        row["l"]
        for row in rows(
            f"SELECT ?l {{ GRAPH <{GRAPH}> {{ ?g dcterms:license ?l }} "
            "FILTER(CONTAINS(STR(?g), '/document/')) }"
        )
    }
    # As the samples have it: CC-BY-4.0.
    assert licences == {"https://creativecommons.org/licenses/by/4.0/"}


def test_what_is_named_as_an_example_is_there(rows):
    examples = rows(f"SELECT ?x {{ GRAPH <{GRAPH}> {{ ?d void:exampleResource ?x }} }}")
    assert len(examples) == 3
    for row in examples:
        assert rows(f"SELECT ?p {{ <{row['x']}> ?p ?o }} LIMIT 1")


def test_titles_and_descriptions_are_in_the_three_languages(rows):
    for name in ("title", "description"):
        found = rows(
            f"SELECT (LANG(?t) AS ?l) {{ GRAPH <{GRAPH}> {{ <{BASE}dataset> dcterms:{name} ?t }} }}"
        )
        assert sorted(row["l"] for row in found) == ["en", "fi", "sv"]
