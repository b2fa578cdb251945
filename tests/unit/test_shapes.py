"""The shapes accept what ingest writes, and refuse each kind of mistake with the intended words."""

from __future__ import annotations

import pyshacl
import pytest
from rdflib import RDF, Graph, Literal, Namespace

from amic_kg.ontology import ontology_folder

ONTOLOGY = ontology_folder()
SH = Namespace("http://www.w3.org/ns/shacl#")

PREFIXES = """
@prefix dc: <http://purl.org/dc/elements/1.1/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix bibo: <http://purl.org/ontology/bibo/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix mrdi: <https://w3id.org/amic/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix d: <https://w3id.org/amic/id/output/d#> .
@prefix t: <https://w3id.org/amic/vocab/theme/> .
@prefix pl: <https://w3id.org/amic/id/place/> .
@prefix o: <https://w3id.org/amic/id/organization/> .
@prefix s: <https://w3id.org/amic/id/site/> .
@prefix p: <https://w3id.org/amic/id/project/> .
"""

RECORD = """
<https://w3id.org/amic/id/output/d> a mrdi:Output, mrdi:Report ;
    dcterms:title "Kaivosvedet"@fi, "Mine water"@en ;
    dc:creator "A. Author" ;
    dc:language "fi" ;
    dcterms:issued "2017-05"^^xsd:gYearMonth ;
    mrdi:year 2017 ;
    dcterms:license "CC-BY-4.0" ;
    dcterms:accessRights "open" ;
    mrdi:workPackage 1 ;
    dcterms:format "application/pdf" ;
    bibo:numPages 3 ;
    mrdi:sha256 "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" ;
    dcterms:subject t:mine-water ;
    schema:mentions t:mine-water ;
    prov:wasGeneratedBy d:run .
d:run a prov:Activity ; mrdi:pipelineVersion "1" .
"""

MENTION = """
d:m a oa:Annotation ;
    oa:hasBody t:mine-water ;
    oa:hasTarget d:m-target ;
    mrdi:confidence 0.95 ;
    prov:wasGeneratedBy d:run .
d:m-target oa:hasSource <https://w3id.org/amic/id/output/d> ; oa:hasSelector d:m-page .
d:m-page a oa:FragmentSelector ;
    rdf:value "page=2" ;
    dcterms:conformsTo <http://tools.ietf.org/rfc/rfc8118> ;
    oa:refinedBy d:m-quote, d:m-position .
d:m-quote a oa:TextQuoteSelector ; oa:exact "kaivosvesi" ; oa:prefix "" ; oa:suffix " on" .
d:m-position a oa:TextPositionSelector ;
    oa:start "0"^^xsd:nonNegativeInteger ;
    oa:end "10"^^xsd:nonNegativeInteger .
"""

STATEMENT = """
d:s a mrdi:Statement ;
    rdf:subject s:kaivos ;
    rdf:predicate mrdi:locatedIn ;
    rdf:object pl:kunta ;
    mrdi:confidence 0.8 ;
    mrdi:reviewStatus mrdi:status-proposed ;
    mrdi:evidence d:m .
"""

DOCUMENT = RECORD + MENTION + STATEMENT

VOCABULARY = """
<https://w3id.org/amic/vocab/theme> a skos:ConceptScheme ;
    dcterms:title "Teemat"@fi, "Themes"@en, "Teman"@sv ;
    dcterms:description "Aiheet."@fi, "Topics."@en, "Ämnen."@sv ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
    owl:versionInfo "0.1.0" ;
    skos:hasTopConcept t:water .
t:water a skos:Concept, mrdi:Theme ;
    skos:inScheme <https://w3id.org/amic/vocab/theme> ;
    skos:topConceptOf <https://w3id.org/amic/vocab/theme> ;
    skos:prefLabel "vesiasiat"@fi, "water matters"@en, "vattenfrågor"@sv ;
    skos:definition "Vesi kaivoksella."@fi, "Water at a mine."@en, "Vatten vid en gruva."@sv ;
    skos:notation "THE-WATER" .
t:mine-water a skos:Concept, mrdi:Theme ;
    skos:inScheme <https://w3id.org/amic/vocab/theme> ;
    skos:broader t:water ;
    skos:prefLabel "kaivosvesi"@fi, "mine water"@en, "gruvvatten"@sv ;
    skos:altLabel "minewater"@en ;
    skos:definition "Kaivoksen vesi."@fi, "Water of a mine."@en, "Gruvans vatten."@sv ;
    skos:notation "THE-MINE-WATER" .
"""

REGISTRY = """
pl:maakunta a mrdi:Place, mrdi:Region ;
    skos:prefLabel "Maakunta"@fi, "Region"@en, "Landskap"@sv ;
    mrdi:nutsCode "FI1D7" .
pl:kunta a mrdi:Place, mrdi:Municipality ;
    skos:prefLabel "Kunta"@fi, "Municipality"@en, "Kommun"@sv ;
    mrdi:within pl:maakunta ;
    geo:hasGeometry <https://w3id.org/amic/id/place/kunta/geometry> .
<https://w3id.org/amic/id/place/kunta/geometry> a geo:Geometry ;
    geo:asWKT "POINT(26.6 67.4)"^^geo:wktLiteral .
o:yhtio a mrdi:Organization ;
    mrdi:role mrdi:role-company ;
    skos:prefLabel "Yhtiö Oy"@fi, "Yhtiö Oy"@en, "Yhtiö Oy"@sv ;
    mrdi:locatedIn pl:kunta .
s:kaivos a mrdi:Site, mrdi:ProcessingPlant ;
    skos:prefLabel "Rikastamo"@fi, "Concentrator"@en, "Anrikningsverk"@sv ;
    mrdi:locatedIn pl:kunta ;
    mrdi:operatedBy <https://w3id.org/amic/id/site/kaivos/operation/1> .
<https://w3id.org/amic/id/site/kaivos/operation/1> a mrdi:Operation ;
    mrdi:site s:kaivos ;
    mrdi:operatorName "Yhtiö Oy" ;
    mrdi:operator o:yhtio ;
    mrdi:from "2012"^^xsd:gYear ;
    mrdi:to "2016"^^xsd:gYear .
p:hanke a mrdi:Project ;
    skos:prefLabel "Hanke"@fi, "Project"@en, "Projekt"@sv ;
    mrdi:start "2016-05-01"^^xsd:date ;
    mrdi:end "2018"^^xsd:gYear ;
    mrdi:coordinator o:yhtio .
"""

KNOWN = VOCABULARY + REGISTRY


@pytest.fixture(scope="module")
def document_shapes() -> Graph:
    return Graph().parse(ONTOLOGY / "shapes.ttl")


@pytest.fixture(scope="module")
def vocabulary_shapes() -> Graph:
    return Graph().parse(ONTOLOGY / "shapes-vocabulary.ttl")


def messages(turtle: str, shapes: Graph) -> list[str]:
    """What is wrong, in English; a message of a SPARQL constraint comes without a language."""
    graph = Graph().parse(data=PREFIXES + turtle, format="turtle")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inplace=True)
    return [
        str(message)
        for result in report.subjects(RDF.type, SH.ValidationResult)
        for message in report.objects(result, SH.resultMessage)
        if isinstance(message, Literal) and message.language in (None, "en")
    ]


def changed(turtle: str, before: str, after: str) -> str:
    assert before in turtle, f"the sample no longer holds {before!r}"
    return turtle.replace(before, after)


def test_a_document_as_ingest_writes_it_is_accepted(document_shapes: Graph) -> None:
    assert messages(DOCUMENT, document_shapes) == []


def test_a_title_of_unknown_language_is_accepted(document_shapes: Graph) -> None:
    assert (
        messages(changed(DOCUMENT, '"Kaivosvedet"@fi, ', '"Kaivosvedet", '), document_shapes) == []
    )


def test_a_restricted_document_with_its_record_alone_is_accepted(document_shapes: Graph) -> None:
    assert messages(changed(RECORD, '"open"', '"restricted"'), document_shapes) == []


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('dcterms:title "Kaivosvedet"@fi, "Mine water"@en ;', "", "has no title"),
        ('"Mine water"@en', '"Mine water"@en, "Mine waters"@en', "two in one language"),
        ('"2017-05"^^xsd:gYearMonth', '"May 2017"', "not a year, a month or a day"),
        ("mrdi:year 2017", "mrdi:year 2018", "is not the year of the date of publication"),
        ("bibo:numPages 3", "bibo:numPages 0", "number of pages is missing"),
        ('dcterms:accessRights "open" ;', "", "access rights are missing"),
        ('"open"', '"embargoed"', "access rights are missing or unknown"),
        ("mrdi:Report", "mrdi:Rapport", "kind is not one of the ontology"),
        ('"1" .', '"1", "2" .', "which pipeline version"),
        (
            "prov:wasGeneratedBy d:run .\nd:run",
            "prov:wasGeneratedBy d:run, d:run2 .\nd:run",
            "more than one",
        ),
        ("mrdi:confidence 0.95", "mrdi:confidence 1.5", "decimal number from 0 to 1"),
        ('"page=2"', '"2"', "not written as page=N"),
        ('"page=2"', '"page=7"', "page=7, but the document has only 3 pages"),
        ("oa:refinedBy d:m-quote, d:m-position", "oa:refinedBy d:m-position", "no quotation"),
        ("oa:refinedBy d:m-quote, d:m-position", "oa:refinedBy d:m-quote", "no position"),
        (
            '"10"^^xsd:nonNegativeInteger',
            '"12"^^xsd:nonNegativeInteger',
            "not as long as its position",
        ),
        ('"0"^^xsd:nonNegativeInteger', '"10"^^xsd:nonNegativeInteger', "not before its end"),
        (
            "oa:hasBody t:mine-water",
            "oa:hasBody <https://w3id.org/amic/id/person/x>",
            "names a person",
        ),
        ("mrdi:evidence d:m", "mrdi:year 2017", "has no evidence"),
        ("mrdi:status-proposed", '"proposed"', "proposed, accepted or rejected"),
        (
            "d:run a prov:Activity",
            "d:a a mrdi:Person . d:run a prov:Activity",
            "without being the author",
        ),
    ],
)
def test_a_broken_document_is_refused_in_plain_words(
    before: str, after: str, message: str, document_shapes: Graph
) -> None:
    found = messages(changed(DOCUMENT, before, after), document_shapes)
    assert any(message in text for text in found), found


@pytest.mark.parametrize(
    "leaked", [MENTION, 'd:m-quote a oa:TextQuoteSelector ; oa:exact "sana" .']
)
def test_words_of_a_restricted_document_are_refused(leaked: str, document_shapes: Graph) -> None:
    found = messages(changed(RECORD, '"open"', '"restricted"') + leaked, document_shapes)
    assert any("Only the record may be published" in text for text in found), found


def test_vocabulary_and_registry_are_accepted(vocabulary_shapes: Graph) -> None:
    assert messages(KNOWN, vocabulary_shapes) == []


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (', "gruvvatten"@sv', "", "preferred label in Swedish is missing"),
        (', "gruvvatten"@sv', ', "gruvvatten"@sv, "gruvavatten"@sv', "two in one language"),
        (', "Water of a mine."@en', "", "definition in English is missing"),
        ('"THE-MINE-WATER"', '"T1"', "notation is missing, double or not of the form"),
        ('"THE-MINE-WATER"', '"THE-WATER"', "have the same notation"),
        ("skos:broader t:water ;", "", "hangs nowhere"),
        ("skos:broader t:water", "skos:broader <https://example.org/x>", "outside its vocabulary"),
        ("skos:broader t:water", "skos:broader t:water, t:mine-water", "broader than itself"),
        ("skos:broader t:water", "skos:broader t:water ; skos:related t:water", "already broader"),
        (
            "skos:broader t:water",
            "skos:broader t:water ; skos:related t:water",
            "not the other way round",
        ),
        ('"minewater"@en', '"Water matters"@en', "stands for two concepts"),
        ('"minewater"@en', '"mine water"@en', "preferred label stands also"),
        ("dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;", "", "has no licence"),
        (
            "    skos:topConceptOf <https://w3id.org/amic/vocab/theme> ;\n",
            "    skos:broader t:mine-water ;\n",
            "do not agree",
        ),
        ("mrdi:within pl:maakunta", "mrdi:within pl:kylä", "not a place of the registry"),
        ("mrdi:within pl:maakunta ;", "", "in which larger area"),
        ('"POINT(26.6 67.4)"', '"67.4, 26.6"', "longitude first"),
        ('"POINT(26.6 67.4)"', '"POINT(26.6 97.4)"', "longitude first"),
        ("mrdi:role-company", "mrdi:role-firm", "one that the ontology does not know"),
        ('"2016"^^xsd:gYear', '"2002"^^xsd:gYear', "ends (2002) before it begins (2012)"),
        (
            "mrdi:operatedBy <https://w3id.org/amic/id/site/kaivos/operation/1>",
            "mrdi:operatedBy o:yhtio",
            "must lead to an operation",
        ),
        (
            "mrdi:coordinator o:yhtio",
            "mrdi:coordinator o:tuntematon",
            "not an organisation of the registry",
        ),
        (
            "mrdi:coordinator o:yhtio",
            "mrdi:coordinator o:yhtio ; mrdi:workPackage p:wp1",
            "use mrdi:hasWorkPackage",
        ),
    ],
)
def test_a_broken_vocabulary_or_registry_is_refused_in_plain_words(
    before: str, after: str, message: str, vocabulary_shapes: Graph
) -> None:
    found = messages(changed(KNOWN, before, after), vocabulary_shapes)
    assert any(message in text for text in found), found
