"""The dataset's own graph: the licence of each source, and an entry that keeps DCAT-AP."""

from __future__ import annotations

import os
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from amic_kg.external import ExternalVocabulary
from amic_kg.graph.dataset import dataset_triples, uncounted_triples
from amic_kg.graph.dataset_counts import count_dataset
from amic_kg.iris import Iris

IRIS = Iris("https://example.org/")
DCTERMS = "http://purl.org/dc/terms/"
PREFIXES = f"@prefix d: <{DCTERMS}> . @prefix m: <https://w3id.org/amic/ontology#> . "
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"


def store_of(graphs: dict[str, str]) -> ox.Store:
    store = ox.Store()
    for name, triples in graphs.items():
        store.load(
            (PREFIXES + triples).encode(),
            format=ox.RdfFormat.TURTLE,
            to_graph=ox.NamedNode(IRIS.graph(name)),
        )
    return store


def told(store: ox.Store, *external: ExternalVocabulary) -> ox.Store:
    def select(query: str) -> list[tuple[str | None, ...]]:
        return [tuple(term.value if term else None for term in row) for row in store.query(query)]

    found = ox.Store()
    found.load(
        dataset_triples(count_dataset(select, IRIS), external, IRIS), format=ox.RdfFormat.N_TRIPLES
    )
    return found


def rights(found: ox.Store, graph: str) -> list[str]:
    rows = found.query(
        "PREFIX d: <http://purl.org/dc/terms/> SELECT ?x { "
        f"{{ <{IRIS.graph(graph)}> d:license ?x }} UNION {{ <{IRIS.graph(graph)}> d:rights/"
        "<http://www.w3.org/2000/01/rdf-schema#label> ?x } }"
    )
    return sorted(row["x"].value for row in rows)


def test_each_document_has_the_licence_that_its_source_states():
    found = told(
        store_of(
            {
                "document/a": f'<urn:a> a m:Output ; d:license "{CC0}" .',
                "document/b": '<urn:b> a m:Output ; d:license "All rights reserved" .',
                "document/d": '<urn:d> a m:Output ; d:license "CC-BY-SA-4.0" .',
                "document/c": '<urn:c> a m:Output ; d:title "c" .',
            }
        )
    )
    assert rights(found, "document/a") == [CC0]
    assert rights(found, "document/b") == ["All rights reserved"]
    assert rights(found, "document/d") == ["https://creativecommons.org/licenses/by-sa/4.0/"]
    assert "The source does not state the terms of the document." in rights(found, "document/c")


def test_a_vocabulary_of_others_keeps_its_licence_and_its_source():
    loaded = ExternalVocabulary("rocks", "Rocks", CC0, "https://example.com/r", 1, {}, "", "")
    found = told(store_of({"external/rocks": '<urn:r> d:title "r" .'}), loaded)
    assert rights(found, "external/rocks") == [CC0]
    graph, source = ox.NamedNode(IRIS.graph("external/rocks")), ox.NamedNode(DCTERMS + "source")
    assert [q.object.value for q in found.quads_for_pattern(graph, source, None)] == [
        "https://example.com/r"
    ]


def test_the_same_data_give_the_same_triples_and_its_own_graph_does_not_count():
    graphs = {
        "document/a": '<urn:a> a m:Output ; d:title "a", "b" .',
        "works": "<urn:a> d:x <urn:b> .",
    }
    first, second = told(store_of(graphs)), told(store_of({**graphs, "dataset": "<urn:x> d:x 1 ."}))
    assert set(map(str, first)) == set(map(str, second))


def test_a_store_with_nothing_in_it_has_figures_too():
    found = told(ox.Store())
    triples = ox.NamedNode("http://rdfs.org/ns/void#triples")
    assert [q.object.value for q in found.quads_for_pattern(None, triples, None)] == ["0"]


@pytest.fixture
def shapes(root):
    place = Path(os.environ.get("AMIC_TEST_SHARED") or root.parent / "shared" / "data")
    folder = place.parent / "specs" / "dcat-ap-3.0.1"
    if not folder.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{folder} is not there")
        pytest.skip(f"{folder} is not there")
    return folder


def violations(triples: ox.Store, shapes: Path) -> list[str]:
    text = ox.serialize((quad.triple for quad in triples), format=ox.RdfFormat.N_TRIPLES)
    data = rdflib.Graph().parse(data=text.decode(), format="nt")
    found = []
    for name in ("shapes.ttl", "range.ttl"):
        conforms, _, report = pyshacl.validate(
            data, shacl_graph=rdflib.Graph().parse(shapes / name)
        )
        found += [] if conforms else [report]
    return found


def test_the_entry_keeps_the_shapes_of_dcat_ap(shapes):
    about = '<urn:a> a m:Output ; m:year 1950 ; <http://purl.org/dc/elements/1.1/language> "fi" .'
    entry = told(store_of({"document/a": about}))
    assert violations(entry, shapes) == []
    title, dataset = ox.NamedNode(DCTERMS + "title"), ox.NamedNode(f"{IRIS.base}dataset")
    for quad in list(entry.quads_for_pattern(dataset, title, None)):
        entry.remove(quad)
    # The shapes are looked at: without a title it is no entry.
    assert len(violations(entry, shapes)) == 1


def test_a_dataset_that_is_not_counted_says_where_it_is_and_no_figures():
    found = ox.Store()
    found.load(uncounted_triples(IRIS), format=ox.RdfFormat.N_TRIPLES)
    predicates = {quad.predicate.value.rsplit("#", 1)[-1] for quad in found}
    assert {"sparqlEndpoint", "dataDump", "distribution", "contactPoint"} <= predicates
    assert not {"triples", "entities", "distinctSubjects", "classPartition"} & predicates
