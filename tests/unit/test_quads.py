"""Records as triples: valid whatever the strings, the same each time."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DC, DCTERMS, RDF, XSD

from amic_kg.graph.quads import document_triples
from amic_kg.graph.terms import MRDI, OA, iri, text, typed
from amic_kg.iris import Iris
from amic_kg.records import BibliographicRecord, Extraction, Mention, Page, Subject

NASTY = [
    'a "quoted" word',
    "back\\slash and \\n that is none",
    "line\nfeed, carriage\rreturn, tab\tstop",
    "ends with backslash\\",
    "bell\x07, escape\x1b, backspace\b, form\f, null\x00",
    "del\x7f nel\x85 line\u2028 para\u2029",
    "non-BMP 𝕜 😀 and ä ö å š",
    "combining e\u0301, RTL \u202e, BOM \ufeff, zero\u200bwidth",
    'looks like triples" . <a> <b> "c',
    " .\n",
    "",
]


def extraction(**given) -> Extraction:
    record = given.pop("record", BibliographicRecord({"fi": "Otsikko"}))
    values = {
        "key": "k1",
        "sha256": "ab" * 32,
        "media_type": "application/pdf",
        "file_name": "a.pdf",
        "record": record,
        "language": "fi",
        "pages": (Page(1, "x"),),
        "passages": (),
        "mentions": (),
        "subjects": (),
        "pipeline_version": "1",
        **given,
    }
    return Extraction(**values)


def mention(surface="Kevitsa", prefix="on ", suffix=" siellä"):
    return Mention(
        "https://w3id.org/amic/id/site/kevitsa", "Site", surface, 3, 5, 12, prefix, suffix, 0.9, 1
    )


def parse(data: bytes) -> Graph:
    return Graph().parse(data=data, format="nt")


@pytest.mark.parametrize("value", NASTY)
def test_a_literal_comes_back_as_it_was_from_both_parsers(value):
    data = f"<http://x/a> <http://x/b> {text(value, 'fi')} .\n".encode()
    assert next(parse(data).objects()) == Literal(value, lang="fi")
    assert next(iter(ox.parse(data, format=ox.RdfFormat.N_TRIPLES))).object == ox.Literal(
        value, language="fi"
    )


@pytest.mark.parametrize("value", NASTY)
def test_nasty_strings_anywhere_in_a_record_leave_the_graph_whole(value):
    record = BibliographicRecord(
        title={"fi": value, "und": value},
        creators=(value,),
        identifiers=(value,),
        subjects=(value,),
        abstract={"sv": value},
        series=value or None,
        license=value or None,
    )
    data = document_triples(
        extraction(record=record, mentions=(mention(value, value, value),)), Iris()
    )
    graph = parse(data)
    assert len(graph) == len(set(data.split(b"\n")) - {b""})
    assert Literal(value) in set(graph.objects(None, DC.creator))
    assert next(graph.objects(None, URIRef(OA + "exact"))) == Literal(value)
    store = ox.Store()
    store.load(data, format=ox.RdfFormat.N_TRIPLES)
    assert len(store) == len(graph)


def test_every_statement_is_on_a_line_of_its_own():
    data = document_triples(extraction(mentions=(mention(),)), Iris())
    assert all(line.endswith(b" .") for line in data.rstrip(b"\n").split(b"\n"))


def test_a_mention_is_a_web_annotation_with_page_quote_and_position():
    graph = parse(document_triples(extraction(mentions=(mention(),)), Iris()))
    oa = {name: URIRef(OA + name) for name in (
        "Annotation", "hasBody", "hasTarget", "hasSource", "hasSelector", "refinedBy", "exact",
        "prefix", "suffix", "start", "end",
    )}  # fmt: skip
    annotation = next(graph.subjects(RDF.type, oa["Annotation"]))
    assert graph.value(annotation, oa["hasBody"]) == URIRef("https://w3id.org/amic/id/site/kevitsa")
    target = graph.value(annotation, oa["hasTarget"])
    assert graph.value(target, oa["hasSource"]) == URIRef("https://w3id.org/amic/id/output/k1")
    page = graph.value(target, oa["hasSelector"])
    assert graph.value(page, RDF.value) == Literal("page=3")
    refined = list(graph.objects(page, oa["refinedBy"]))
    quotes = [graph.value(node, oa["exact"]) for node in refined]
    assert Literal("Kevitsa") in quotes
    positions = {(graph.value(n, oa["start"]), graph.value(n, oa["end"])) for n in refined}
    integer = XSD.nonNegativeInteger
    assert (Literal(5, datatype=integer), Literal(12, datatype=integer)) in positions
    assert str(graph.value(annotation, URIRef(MRDI + "confidence"))) == "0.90"


@pytest.mark.parametrize(
    ("issued", "datatype"),
    [("2018", XSD.gYear), ("2018-02", XSD.gYearMonth), ("2018-02-28", XSD.date)],
)
def test_a_date_has_the_type_of_its_precision(issued, datatype):
    record = BibliographicRecord({"fi": "x"}, issued=issued)
    graph = parse(document_triples(extraction(record=record), Iris()))
    assert next(graph.objects(None, DCTERMS.issued)).datatype == datatype
    assert next(graph.objects(None, URIRef(MRDI + "year"))).toPython() == 2018


def test_the_graph_stands_under_the_operators_base_and_the_ontology_does_not():
    graph = parse(document_triples(extraction(mentions=(mention(),)), Iris("https://example.org/")))
    document = URIRef("https://example.org/id/output/k1")
    assert (document, RDF.type, URIRef(MRDI + "Output")) in graph
    assert all(s.startswith("https://example.org/id/output/k1") for s in graph.subjects())


def test_subjects_and_mentions_are_said_of_the_document_in_one_step():
    one = extraction(
        mentions=(mention(), mention()),
        subjects=(Subject("https://w3id.org/amic/vocab/theme/x", 1.0),),
    )
    graph = parse(document_triples(one, Iris()))
    assert set(graph.objects(None, DCTERMS.subject)) == {
        URIRef("https://w3id.org/amic/vocab/theme/x")
    }
    assert len(set(graph.objects(None, URIRef("https://schema.org/mentions")))) == 1
    assert len(set(graph.subjects(RDF.type, URIRef(OA + "Annotation")))) == 2


def test_a_key_with_odd_characters_gives_a_valid_iri():
    data = document_triples(extraction(key='a b<c>"d'), Iris())
    assert URIRef("https://w3id.org/amic/id/output/a%20b%3Cc%3E%22d") in set(parse(data).subjects())


@pytest.mark.parametrize(
    "value", ["", "no scheme", "http://x/a b", "http://x/<", 'http://x/"', "a\nb:c"]
)
def test_what_is_no_iri_is_refused(value):
    with pytest.raises(ValueError, match="not an IRI"):
        iri(value)


def test_typed_values_and_undetermined_languages():
    assert typed(5, "integer") == '"5"^^<http://www.w3.org/2001/XMLSchema#integer>'
    assert text("x", "und") == text("x") == '"x"'
