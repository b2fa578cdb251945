"""What a structured source states of projects and organisations, as things and as triples."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import FOAF, RDF, SKOS, XSD

from amic_kg.extract.curation import apply_decisions
from amic_kg.extract.given_things import GivenThings, unknown_things
from amic_kg.graph.quads import document_triples
from amic_kg.graph.shapes import ShapeGate, faults_of
from amic_kg.graph.terms import DCTERMS, MRDI
from amic_kg.iris import Iris
from amic_kg.ontology import Entity, Vocabulary
from amic_kg.records import BibliographicRecord, Decision, Extraction, Page

ID = "https://w3id.org/amic/id/"
FINLAND, SWEDEN, TORNIO = (f"{ID}place/{name}" for name in ("suomi", "ruotsi", "tornio"))
MINERS = f"{ID}organization/miners"
PROGRAMME = "https://w3id.org/amic/vocab/funding-programme/horizon-europe"
OUTPUT = URIRef(f"{ID}output/k1")
ORES = URIRef(f"{ID}project/cordis-101000001")


def entity(iri, kind, *labels, hidden=(), **values):
    alternative = {"en": tuple(labels[1:])} if labels[1:] else {}
    return Entity(iri, kind, {"en": labels[0]}, alternative, {"en": tuple(hidden)}, **values)


@pytest.fixture(scope="module")
def known():
    """A registry of five things."""
    entities = [
        entity(FINLAND, "Place", "Finland", identifiers=("nuts:FI",)),
        entity(SWEDEN, "Place", "Sweden", identifiers=("nuts:SE",)),
        entity(TORNIO, "Place", "Tornio", broader=(FINLAND,)),
        entity(
            MINERS, "Organization", "Pohjolan Kaivosmiehet Oy", hidden=["PKM"], places=(TORNIO,),
            identifiers=("pic:999999991", "https://ror.org/05abcde12"),
        ),
        entity(f"{ID}project/old-ores", "Project", "Old Ores", identifiers=("cordis:776800",)),
        entity(PROGRAMME, "FundingProgramme", "Horizon Europe", hidden=["HORIZON"]),
    ]  # fmt: skip
    return Vocabulary({item.iri: item for item in entities}, "1")


PROJECT = {
    "id": "project",
    "type": "Project",
    "identifiers": {"cordis": "101000001"},
    "label": "Ores of the Far North",
    "language": "en",
    "alternatives": ["FARNORE"],
    "relation": "about",
    "facts": {
        "acronym": "FARNORE",
        "start": "2024-01-01",
        "budget": "1200000.50",
        "fundedUnder": [{"thing": "programme"}],
        "call": [{"thing": "topic"}],
    },
    "parts": [
        {"thing": "p1", "role": "coordinator", "contribution": "700000"},
        {"thing": "p2", "role": "participant", "contribution": "0.10"},
        {"thing": "p2", "role": "participant", "contribution": "0.20"},
        {"thing": "p3", "role": "associatedPartner"},
    ],
}
THINGS = [
    PROJECT,
    {"id": "programme", "type": "FundingProgramme", "label": "HORIZON"},
    {"id": "topic", "type": "Call", "label": "Deep ores", "identifiers": {"call": "CL4-2024-01"}},
    {
        "id": "p1",
        "type": "Organization",
        "label": "PKM Research",
        "identifiers": {"pic": "999999991"},
        "facts": {"role": "role-company", "homepage": "http://old.example"},
    },
    {
        "id": "p2",
        "type": "Organization",
        "label": "ETELÄN KAIVOS AB",
        "identifiers": {"pic": "999999992"},
        "country": "FI",
        "city": "TORNIO",
        "facts": {"role": "role-company", "homepage": "https://example.org/"},
    },
    {"id": "p3", "type": "Organization", "label": "Östra Gruvan AB", "country": "SE"},
]


def read(vocabulary, things=THINGS):
    return GivenThings(vocabulary).read({"things": things})


def extraction(things, **values):
    return Extraction(
        key="k1",
        sha256="ab" * 32,
        media_type="application/json",
        file_name="a.record.json",
        record=BibliographicRecord({"en": "Title"}, **values),
        language="en",
        pages=(Page(1, "Title."),),
        passages=(),
        mentions=(),
        subjects=(),
        pipeline_version="1",
        things=things,
        candidates=unknown_things(things),
    )


def graph(things, **values):
    triples = document_triples(extraction(things, **values), Iris())
    list(ox.parse(triples, format=ox.RdfFormat.N_TRIPLES))
    return Graph().parse(data=triples, format="nt")


def organization(vocabulary, **stated):
    ((thing,), _) = read(vocabulary, [{"type": "Organization", **stated}])
    return thing.iri


def test_a_thing_has_the_iri_of_the_registry_else_one_of_its_strongest_identifier(known):
    things, faults = read(known)
    assert [thing.iri for thing in things] == [
        str(ORES),
        PROGRAMME,
        f"{ID}call/cl4-2024-01",
        MINERS,
        f"{ID}organization/pic-999999992",
        f"{ID}organization/ostra-gruvan",
    ]
    assert [thing.status for thing in things[:4]] == [
        "proposed", "accepted", "proposed", "accepted",
    ]  # fmt: skip
    assert faults == ()


@pytest.mark.parametrize(
    ("stated", "same"),
    [
        ({"label": "Anything", "identifiers": {"ror": "05abcde12"}}, True),
        ({"label": "POHJOLAN KAIVOSMIEHET", "country": "FI"}, True),
        ({"label": "POHJOLAN KAIVOSMIEHET", "country": "SE"}, False),
        ({"label": "POHJOLAN KAIVOSMIEHET"}, False),
        ({"label": "PKM", "country": "FI"}, False),
    ],
)
def test_an_organisation_is_known_by_identifier_or_by_its_name_in_its_country(known, stated, same):
    assert (organization(known, **stated) == MINERS) is same


def test_a_registered_project_is_known_by_its_number_and_a_namesake_of_another_is_not(known):
    def project(number):
        stated = {"type": "Project", "label": "Old Ores", "identifiers": {"cordis": number}}
        return read(known, [stated])[0][0].iri

    assert project("776800") == f"{ID}project/old-ores"
    assert project("101999999") == f"{ID}project/cordis-101999999"


def test_a_name_that_the_registry_gave_to_another_thing_gets_a_number(known):
    assert organization(known, label="Miners", country="SE") == f"{MINERS}-2"


def test_the_facts_stand_in_the_graph_of_the_document_and_keep_the_shapes(known):
    things, _ = read(known)
    found = graph(things)
    mrdi = {name: URIRef(MRDI + name) for name in (
        "coordinator", "partner", "participant", "start", "budget", "fundedUnder", "call",
        "reviewStatus", "status-proposed", "cordisId", "pic", "locatedIn", "Project",
    )}  # fmt: skip
    miners, south = URIRef(MINERS), URIRef(f"{ID}organization/pic-999999992")
    assert (OUTPUT, URIRef("https://schema.org/about"), ORES) in found
    assert (ORES, RDF.type, mrdi["Project"]) in found
    assert (ORES, mrdi["cordisId"], Literal("101000001")) in found
    assert (ORES, mrdi["start"], Literal("2024-01-01", datatype=XSD.date)) in found
    assert (ORES, mrdi["fundedUnder"], URIRef(PROGRAMME)) in found
    assert (ORES, mrdi["call"], URIRef(f"{ID}call/cl4-2024-01")) in found
    assert (ORES, mrdi["coordinator"], miners) in found
    assert (ORES, mrdi["partner"], south) in found
    assert (ORES, mrdi["participant"], URIRef(f"{ID}organization/ostra-gruvan")) in found
    assert (south, mrdi["locatedIn"], URIRef(TORNIO)) in found
    assert (south, SKOS.prefLabel, Literal("ETELÄN KAIVOS AB")) in found
    assert set(found.subjects(mrdi["reviewStatus"], mrdi["status-proposed"])) >= {ORES, south}
    triples = document_triples(extraction(things), Iris())
    assert ShapeGate().faults([triples]) == {}


@pytest.mark.parametrize(
    ("whole", "broken", "words"),
    [
        (b'"1200000.50"^^', b'"-1200000.50"^^', "number of euros"),
        (b'"2024-01-01"^^<http://www.w3.org/2001/XMLSchema#date>', b'"soon"', "start or end"),
        (f"coordinator> <{MINERS}>".encode(), b'coordinator> "Miners"', "is not an IRI"),
        (b'pic> "999999992"', b'pic> "12"', "string of nine digits"),
        (f"participatingOrganization> <{MINERS}>".encode(), b'acronym> "x"', "whose it is"),
    ],
)
def test_a_thing_that_breaks_the_shapes_keeps_its_document_out_and_no_other(
    known, whole, broken, words
):
    triples = document_triples(extraction(read(known)[0]), Iris())
    assert whole in triples
    broken_triples = triples.replace(whole, broken)
    found = ShapeGate(core_only=True).faults([broken_triples])
    assert any(words in said for said in faults_of(found, str(OUTPUT), broken_triples))
    other = document_triples(replace(extraction(()), key="k2"), Iris())
    assert faults_of(found, f"{ID}output/k2", other) == ()


def test_what_two_departments_with_one_code_receive_is_added_up(known):
    found = graph(read(known)[0])
    node = URIRef(f"{ORES}/participation/pic-999999992-participant")
    money = found.value(node, URIRef(f"{MRDI}euContribution"))
    assert money == Literal("0.30", datatype=XSD.decimal)


def test_of_a_registered_thing_neither_name_nor_description_is_told_anew(known):
    found = graph(read(known)[0])
    about = set(found.predicates(URIRef(MINERS)))
    assert about == {RDF.type, URIRef(f"{MRDI}pic")}
    assert not set(found.objects(URIRef(MINERS), FOAF.homepage))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("start", "2024-02-31"),
        ("start", "soon"),
        ("budget", "1.2 M€"),
        ("budget", "-5"),
        ("homepage", "javascript:alert(1)"),
        ("homepage", 'http://x/"> <y> <z'),
        ("deadline", "2024-01-01"),
        ("call", "CL4-2024-01"),
        ("call", [{"thing": "nowhere"}]),
        ("email", "someone"),
    ],
)
def test_a_fact_that_is_unclear_is_left_out_and_told(known, name, value):
    stated = {**PROJECT, "facts": {name: value}, "parts": []}
    (thing,), faults = read(known, [stated])
    assert [fact.predicate for fact in thing.facts] == [f"{MRDI}cordisId"]
    assert faults == (f"what the source says of 'Ores of the Far North' is unclear: {name}",)


@pytest.mark.parametrize(
    "nonsense",
    [
        "text", 5, [None], [[]], [{}], {"type": "Person", "label": "Eino Leino"},
        [{"type": "Organization", "label": "  "}], [{"type": ["Project"], "label": "x"}],
        [{"type": "Organization", "label": "\u202e\x00"}],
    ],
)  # fmt: skip
def test_what_is_no_thing_is_told_and_nothing_comes_of_it(known, nonsense):
    things, faults = read(known, nonsense)
    assert things == ()
    assert len(faults) == 1


def test_strings_from_outside_cannot_break_the_graph(known):
    nasty = 'a "b" <c> \\ . \n\u202e<x> <y> <z>'
    stated = [
        {**PROJECT, "label": nasty, "facts": {"acronym": nasty, "identifier": nasty}},
        {"id": "p1", "type": "Organization", "label": nasty, "language": "x y\n"},
    ]
    found = graph(read(known, stated)[0])
    assert found.value(ORES, SKOS.prefLabel) is not None
    assert not set(found.triples((URIRef("x"), None, None)))


def test_a_restricted_document_tells_what_its_source_states_too(known):
    found = graph(read(known)[0], access="restricted")
    assert (ORES, URIRef(f"{MRDI}acronym"), Literal("FARNORE")) in found


def test_curators_decide_on_what_no_registry_knows(known):
    things, _ = read(known)
    whole = replace(extraction(things))
    south, east = f"{ID}organization/pic-999999992", f"{ID}organization/ostra-gruvan"
    decided = apply_decisions(
        whole,
        [
            Decision("entity", "merged", south, replacement=MINERS),
            Decision("entity", "rejected", east),
            Decision("entity", "accepted", str(ORES)),
        ],
        known,
    )
    found = Graph().parse(data=document_triples(decided, Iris()), format="nt")
    assert not set(found.triples((URIRef(south), None, None)))
    assert not set(found.triples((None, None, URIRef(east))))
    assert (ORES, URIRef(f"{MRDI}reviewStatus"), URIRef(f"{MRDI}status-accepted")) in found
    assert (URIRef(MINERS), SKOS.prefLabel, None) not in found


def test_the_grant_has_its_doi(known):
    stated = {**PROJECT, "facts": {"identifier": "https://doi.org/10.3030/101000001"}, "parts": []}
    found = graph(read(known, [stated])[0])
    doi = Literal("https://doi.org/10.3030/101000001")
    assert (ORES, URIRef(f"{DCTERMS}identifier"), doi) in found
