"""The ontology is complete in three languages, covers the data, and contradicts neither."""

from __future__ import annotations

import json

import owlrl
import pytest
from owlrl.Namespaces import ERRNS
from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, Namespace, URIRef

from amic_kg.ontology import ontology_folder

ONTOLOGY = ontology_folder()
MRDI = Namespace("https://w3id.org/amic/ontology#")
BUILT_IN = tuple(str(namespace) for namespace in (RDF, RDFS, OWL))


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY / "mining-rdi.ttl")


@pytest.fixture(scope="module")
def data() -> Graph:
    graph = Graph()
    for path in (*ONTOLOGY.glob("vocab/*.ttl"), *ONTOLOGY.glob("registry/*.ttl")):
        graph.parse(path)
    return graph


def terms(ontology: Graph) -> set[URIRef]:
    return {s for s in ontology.subjects() if isinstance(s, URIRef) and s.startswith(MRDI)}


def test_every_term_is_named_and_explained_in_three_languages(ontology: Graph) -> None:
    incomplete = {
        (term.removeprefix(MRDI), prop.fragment)
        for term in terms(ontology)
        for prop in (RDFS.label, RDFS.comment)
        if sorted(text.language for text in ontology.objects(term, prop)) != ["en", "fi", "sv"]
    }
    assert incomplete == set()


def test_every_property_says_what_it_joins(ontology: Graph) -> None:
    schema = Namespace("https://schema.org/")
    silent = {
        term.removeprefix(MRDI)
        for term in terms(ontology)
        if (term, RDF.type, OWL.ObjectProperty) in ontology
        or (term, RDF.type, OWL.DatatypeProperty) in ontology
        for formal, loose in (
            (RDFS.domain, schema.domainIncludes),
            (RDFS.range, schema.rangeIncludes),
        )
        if not set(ontology.objects(term, formal)) | set(ontology.objects(term, loose))
    }
    assert silent == set()


def test_every_term_of_the_data_is_defined(ontology: Graph, data: Graph) -> None:
    used = (
        set(data.predicates())
        | set(data.objects(None, RDF.type))
        | set(data.objects(None, MRDI.role))
    )
    undefined = {
        term
        for term in used
        if not str(term).startswith(BUILT_IN) and (term, RDF.type, None) not in ontology
    }
    assert undefined == set()


def test_links_from_the_ontology_to_the_vocabularies_lead_somewhere(
    ontology: Graph, data: Graph
) -> None:
    targets = {
        o
        for o in ontology.objects()
        if isinstance(o, URIRef) and o.startswith("https://w3id.org/amic/vocab/")
    }
    assert {o for o in targets if (o, None, None) not in data} == set()


def contradictions(graph: Graph) -> list[str]:
    owlrl.DeductiveClosure(
        owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False
    ).expand(graph)
    return [str(o) for o in graph.objects(None, ERRNS.error)]


def test_reasoning_over_the_ontology_finds_no_contradiction(ontology: Graph) -> None:
    assert contradictions(Graph() + ontology) == []


def test_reasoning_finds_a_work_package_number_on_a_project(ontology: Graph) -> None:
    wrong = Graph() + ontology
    project = URIRef("https://w3id.org/amic/id/project/x")
    wrong.add((project, RDF.type, MRDI.Project))
    wrong.add((project, MRDI.workPackage, Literal(1)))
    assert any("Disjoint classes" in text for text in contradictions(wrong))


def test_reasoning_links_a_site_to_its_region_and_its_operator(ontology: Graph) -> None:
    graph = Graph() + ontology
    site, town, region, operation, company = (BNode() for _ in range(5))
    graph.add((site, MRDI.locatedIn, town))
    graph.add((town, MRDI.within, region))
    graph.add((site, MRDI.operatedBy, operation))
    graph.add((operation, MRDI.operator, company))
    assert contradictions(graph) == []
    assert (site, MRDI.locatedIn, region) in graph
    assert (site, MRDI.hasOperator, company) in graph
    assert (operation, MRDI.site, site) in graph
    assert (company, RDF.type, MRDI.Organization) in graph


def test_the_context_names_every_term_of_the_ontology(ontology: Graph) -> None:
    context = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    missing = {term.removeprefix(MRDI) for term in terms(ontology)} - set(context)
    assert missing == set()


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # by rdflib, of itself
def test_a_document_in_json_reads_as_the_graph_that_ingest_writes() -> None:
    context = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    document = {
        "@context": context,
        "id": "https://w3id.org/amic/id/output/d",
        "type": ["Output", "Report"],
        "title": {"fi": "Kaivosvedet", "en": "Mine water"},
        "numPages": 3,
        "subject": ["https://w3id.org/amic/vocab/theme/mine-water-management"],
        "wasGeneratedBy": {
            "id": "https://w3id.org/amic/id/output/d#run",
            "type": "Activity",
            "pipelineVersion": "1",
        },
    }
    expected = Graph().parse(
        format="turtle",
        data="""
        @prefix dcterms: <http://purl.org/dc/terms/> .
        @prefix mrdi: <https://w3id.org/amic/ontology#> .
        @prefix prov: <http://www.w3.org/ns/prov#> .
        <https://w3id.org/amic/id/output/d> a mrdi:Output, mrdi:Report ;
            dcterms:title "Kaivosvedet"@fi, "Mine water"@en ;
            <http://purl.org/ontology/bibo/numPages> 3 ;
            dcterms:subject <https://w3id.org/amic/vocab/theme/mine-water-management> ;
            prov:wasGeneratedBy <https://w3id.org/amic/id/output/d#run> .
        <https://w3id.org/amic/id/output/d#run> a prov:Activity ; mrdi:pipelineVersion "1" .
        """,
    )
    assert set(Graph().parse(data=json.dumps(document), format="json-ld")) == set(expected)
