"""Records as triples: valid whatever the strings, the same each time."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DC, DCTERMS, RDF, SKOS, XSD

from amic_kg.graph.evidence import value_faults
from amic_kg.graph.quads import document_triples
from amic_kg.graph.shapes import ShapeGate
from amic_kg.graph.terms import MRDI, OA, iri, text, typed
from amic_kg.iris import Iris
from amic_kg.records import (
    BibliographicRecord,
    Candidate,
    Extraction,
    Mention,
    Page,
    Statement,
    Subject,
)

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


SAID = "Kevitsassa testattiin vaahdotusta."
ABOUT = "https://w3id.org/amic/id/site/kevitsa"


def statement(subject, name, value, *, confidence=0.9, status="proposed", datatype=None):
    predicate = name if ":" in name else MRDI + name
    return Statement(
        subject, predicate, value, datatype, SAID, 1, 4, 4 + len(SAID), "Nyt ", " Ja",
        confidence, status,
    )  # fmt: skip


def told(*statements, **given):
    return extraction(
        pages=(Page(1, f"Nyt {SAID} Ja muuta."),), statements=statements, record=WHOLE, **given
    )


WHOLE = BibliographicRecord({"fi": "Otsikko"}, issued="2019", languages=("fi",))
STUDY = (
    statement("study-1", "appliesMethod", "https://w3id.org/amic/vocab/method/flotation"),
    statement("study-1", "studiesSite", ABOUT),
    statement("study-1", "sampleSize", "36", datatype="nonNegativeInteger"),
)
STANCE = (
    statement("stance-1", "stakeholder", "https://w3id.org/amic/vocab/stakeholder-group/residents"),
    statement("stance-1", "stance", MRDI + "stance-opposed"),
    statement("stance-1", "towards", ABOUT),
)
OWNED = statement(ABOUT, "hasOperator", "https://w3id.org/amic/id/organization/uusi-oy")
NEW = Candidate(
    "https://w3id.org/amic/id/organization/uusi-oy", "Organization", "Uusi Oy", "fi",
    ("Uusi Oy",), 0.8,
)  # fmt: skip


def named(name):
    return URIRef(MRDI + name)


def test_a_statement_stands_beside_its_plain_triple_with_the_quote_that_says_so():
    graph = parse(document_triples(told(OWNED), Iris()))
    (node,) = graph.subjects(RDF.type, named("Statement"))
    assert graph.value(node, RDF.subject) == URIRef(ABOUT)
    assert graph.value(node, RDF.predicate) == named("hasOperator")
    assert graph.value(node, RDF.object) == URIRef(NEW.iri)
    assert graph.value(node, named("reviewStatus")) == named("status-proposed")
    evidence = graph.value(node, named("evidence"))
    assert graph.value(evidence, URIRef(OA + "hasBody")) == node
    page = graph.value(graph.value(evidence, URIRef(OA + "hasTarget")), URIRef(OA + "hasSelector"))
    refined = graph.objects(page, URIRef(OA + "refinedBy"))
    quotes = {graph.value(node, URIRef(OA + "exact")) for node in refined}
    assert Literal(SAID) in quotes
    assert (URIRef(ABOUT), named("hasOperator"), URIRef(NEW.iri)) in graph


@pytest.mark.parametrize(
    ("changes", "plain"),
    [
        ({}, True),
        ({"confidence": 0.6}, False),
        ({"confidence": 0.6, "status": "accepted"}, True),
        ({"status": "rejected"}, False),
    ],
)
def test_only_what_is_sure_or_accepted_is_a_plain_triple(changes, plain):
    graph = parse(document_triples(told(replace(OWNED, **changes)), Iris()))
    assert ((URIRef(ABOUT), named("hasOperator"), URIRef(NEW.iri)) in graph) is plain
    assert len(list(graph.subjects(RDF.type, named("Statement")))) == 1


def test_the_threshold_of_plain_triples_is_given():
    low = told(replace(OWNED, confidence=0.6))
    triple = (URIRef(ABOUT), named("hasOperator"), URIRef(NEW.iri))
    assert triple in parse(document_triples(low, Iris(), plain_from=0.5))
    assert triple not in parse(document_triples(low, Iris()))


def test_studies_and_stances_are_nodes_of_the_document():
    graph = parse(document_triples(told(*STUDY, *STANCE), Iris()))
    document = URIRef("https://w3id.org/amic/id/output/k1")
    study, stance = URIRef(f"{document}#study-1"), URIRef(f"{document}#stance-1")
    assert (document, named("reportsStudy"), study) in graph
    assert (document, named("reportsStance"), stance) in graph
    assert (study, named("studiesSite"), URIRef(ABOUT)) in graph
    assert len(list(graph.objects(study, named("evidence")))) == len(STUDY)
    assert graph.value(stance, named("stance")) == named("stance-opposed")


def test_a_node_without_what_the_shapes_ask_stays_a_statement_alone():
    graph = parse(document_triples(told(STUDY[2], *STANCE[:2]), Iris()))
    assert not set(graph.subjects(RDF.type, named("Study")))
    assert not set(graph.subjects(RDF.type, named("ReportedStance")))
    assert len(set(graph.subjects(RDF.type, named("Statement")))) == 3


def test_statements_of_one_sentence_share_its_quote():
    graph = parse(document_triples(told(*STUDY, *STANCE), Iris()))
    assert len(set(graph.subjects(RDF.type, URIRef(OA + "TextQuoteSelector")))) == 1
    assert len(set(graph.subjects(RDF.type, URIRef(OA + "Annotation")))) == 6


def test_a_candidate_is_named_typed_and_proposed():
    graph = parse(document_triples(told(OWNED, candidates=(NEW,)), Iris()))
    node = URIRef(NEW.iri)
    assert (node, RDF.type, named("Organization")) in graph
    assert (node, SKOS.prefLabel, Literal("Uusi Oy", lang="fi")) in graph
    assert (node, named("reviewStatus"), named("status-proposed")) in graph


def test_a_proposed_mention_says_that_it_is():
    page = Page(3, "on siKevitsa siellä")
    known, new = mention(), replace(mention(), status="proposed")
    graph = parse(document_triples(extraction(mentions=(known, new), pages=(page,)), Iris()))
    annotations = sorted(graph.subjects(RDF.type, URIRef(OA + "Annotation")))
    states = [graph.value(node, named("reviewStatus")) for node in annotations]
    assert states == [None, named("status-proposed")]


def test_what_the_record_tells_the_text_does_not_tell_again():
    year = statement("", str(DCTERMS.issued), "2018", datatype="gYear")
    keyword = statement("", "https://w3id.org/amic/ontology#degree", "DI", datatype="string")
    data = document_triples(told(year, keyword), Iris())
    document = URIRef("https://w3id.org/amic/id/output/k1")
    assert [str(value) for value in parse(data).objects(document, DCTERMS.issued)] == ["2019"]
    assert (document, named("degree"), Literal("DI", datatype=XSD.string)) in parse(data)
    assert not ShapeGate().faults([data])


def test_of_two_dates_of_the_text_the_surer_stands():
    dates = (
        statement("", str(DCTERMS.issued), "2018", datatype="gYear", confidence=0.8),
        statement("", str(DCTERMS.issued), "2017", datatype="gYear", confidence=0.9),
    )
    undated = replace(told(*dates), record=BibliographicRecord({"fi": "Otsikko"}))
    graph = parse(document_triples(undated, Iris()))
    assert [str(value) for value in graph.objects(None, DCTERMS.issued)] == ["2017"]


@pytest.mark.parametrize("core_only", [True, False])
@pytest.mark.parametrize("most", [None, 3])
def test_statements_studies_stances_and_candidates_keep_the_shapes(core_only, most):
    whole = told(*STUDY, OWNED, *STANCE, *[OWNED] * 5, candidates=(NEW,))
    face = document_triples(whole, Iris(), most_mentions=most)
    graph = parse(face)
    assert set(graph.subjects(RDF.type, named("Study")))
    assert set(graph.subjects(RDF.type, named("ReportedStance")))
    assert not ShapeGate(core_only=core_only).faults([face])


def test_a_restricted_document_has_no_statement_and_no_candidate():
    hidden = told(*STUDY, OWNED, candidates=(NEW,))
    hidden = replace(hidden, record=replace(hidden.record, access="restricted"))
    triples = document_triples(hidden, Iris()).decode()
    assert "statement-" not in triples
    assert "study-" not in triples
    assert "Uusi Oy" not in triples
    assert SAID not in triples


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"surface": "other words"}, "does not stand on page 1"),
        ({"start": 0}, "does not stand on page 1"),
        ({"confidence": 1.4}, "is 1.4"),
    ],
)
def test_a_statement_whose_quote_is_not_there_is_told(changes, words):
    assert value_faults(told(OWNED), b"") == ()
    (fault,) = value_faults(told(replace(OWNED, **changes)), b"")
    assert words in fault
