"""Every file of ontology/: well formed, whole in three languages, consistent as SKOS demands.

https://www.w3.org/TR/skos-reference/ gives the integrity conditions by number (S9, S13, …).
"""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import SKOS

from amic_kg.iris import CANONICAL_BASE, ONTOLOGY, VOCAB
from amic_kg.ontology import REGISTRY_TYPES, SCHEME_TYPES, ontology_files, ontology_folder

LANGUAGES = {"fi", "en", "sv"}
LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
FOLDER = ontology_folder()
NAMES = [path.relative_to(FOLDER).as_posix() for path in ontology_files(FOLDER)]
VOCABULARIES = [name for name in NAMES if name.startswith("vocab/")]
REGISTRY = [name for name in NAMES if name.startswith("registry/")]


@pytest.fixture(scope="session")
def graphs():
    return {name: Graph().parse(FOLDER / name, format="turtle") for name in NAMES}


@pytest.fixture(scope="session")
def described(graphs):
    return {subject for graph in graphs.values() for subject in graph.subjects()}


def described_things(graph):
    kinds = [SKOS.Concept, *(URIRef(ONTOLOGY + kind) for kind in REGISTRY_TYPES)]
    return {thing for kind in kinds for thing in graph.subjects(RDF.type, kind)}


def test_all_schemes_and_the_registry_are_there():
    assert {f"vocab/{scheme}.ttl" for scheme in SCHEME_TYPES} == set(VOCABULARIES)
    assert len(REGISTRY) >= len(REGISTRY_TYPES)


@pytest.mark.parametrize("name", NAMES)
def test_each_thing_has_one_preferred_label_in_each_language(graphs, name):
    graph = graphs[name]
    for thing in described_things(graph):
        languages = Counter(label.language for label in graph.objects(thing, SKOS.prefLabel))
        assert set(languages) >= LANGUAGES, thing
        assert max(languages.values()) == 1, f"S14: {thing}"


@pytest.mark.parametrize("name", NAMES)
def test_no_label_is_both_preferred_and_alternative_or_hidden(graphs, name):
    graph = graphs[name]
    for thing in described_things(graph):
        for one, other in itertools.combinations(LABELS, 2):
            both = set(graph.objects(thing, one)) & set(graph.objects(thing, other))
            assert not both, f"S13: {thing} {both}"


@pytest.mark.parametrize("name", NAMES)
def test_labels_are_tidy_literals_with_a_language(graphs, name):
    graph = graphs[name]
    for label in itertools.chain.from_iterable(graph.objects(None, kind) for kind in LABELS):
        assert isinstance(label, Literal)
        assert label.language, label
        assert str(label) == " ".join(str(label).split()) != "", repr(label)


@pytest.mark.parametrize("name", VOCABULARIES)
def test_concepts_stand_in_their_own_scheme_with_a_definition(graphs, name):
    graph = graphs[name]
    scheme = URIRef(VOCAB + name.removeprefix("vocab/").removesuffix(".ttl"))
    assert (scheme, RDF.type, SKOS.ConceptScheme) in graph
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert concepts
    for concept in concepts:
        assert str(concept).startswith(f"{scheme}/")
        assert set(graph.objects(concept, SKOS.inScheme)) == {scheme}
        definitions = {text.language for text in graph.objects(concept, SKOS.definition)}
        assert definitions >= LANGUAGES, concept


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_concept_hangs_below_a_top_concept_and_none_below_itself(graphs, name):
    graph = graphs[name]
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        above = set(graph.transitive_objects(concept, SKOS.broader)) - {concept}
        for parent in graph.objects(concept, SKOS.broader):
            assert concept not in graph.transitive_objects(parent, SKOS.broader), (
                f"cycle: {concept}"
            )
        top = {concept, *above}
        assert any((node, SKOS.topConceptOf, None) in graph for node in top), concept


@pytest.mark.parametrize("name", VOCABULARIES)
def test_a_related_concept_is_not_also_a_broader_one(graphs, name):
    graph = graphs[name]
    for concept, related in graph.subject_objects(SKOS.related):
        assert related not in graph.transitive_objects(concept, SKOS.broader), f"S27: {concept}"
        assert concept not in graph.transitive_objects(related, SKOS.broader), f"S27: {concept}"


@pytest.mark.parametrize("name", VOCABULARIES)
def test_top_concepts_are_told_in_both_directions(graphs, name):
    graph = graphs[name]
    below = {(c, s) for c, s in graph.subject_objects(SKOS.topConceptOf)}
    above = {(c, s) for s, c in graph.subject_objects(SKOS.hasTopConcept)}
    assert below == above


@pytest.mark.parametrize("name", NAMES)
def test_links_within_the_project_lead_somewhere(graphs, described, name):
    schemes = {URIRef(VOCAB + scheme) for scheme in SCHEME_TYPES}
    for subject, predicate, target in graphs[name]:
        if isinstance(target, URIRef) and target.startswith((f"{CANONICAL_BASE}id/", VOCAB)):
            assert target in described or target in schemes, f"{subject} {predicate} {target}"


def test_no_exact_match_joins_two_concepts_of_one_scheme(graphs):
    for name in VOCABULARIES:
        targets = Counter(graphs[name].objects(None, SKOS.exactMatch))
        assert [t for t, count in targets.items() if count > 1] == [], name


def test_no_thing_is_described_in_two_files(graphs):
    homes = Counter(thing for graph in graphs.values() for thing in described_things(graph))
    assert [thing for thing, count in homes.items() if count > 1] == []


def test_two_concepts_of_a_scheme_never_share_a_preferred_label(graphs):
    for name in VOCABULARIES:
        graph = graphs[name]
        labels = Counter(
            (label.language, str(label).lower())
            for concept in graph.subjects(RDF.type, SKOS.Concept)
            for label in graph.objects(concept, SKOS.prefLabel)
        )
        assert [label for label, count in labels.items() if count > 1] == [], name
