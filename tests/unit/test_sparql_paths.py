"""Paths that end in a constant are asked from the constant: faster, with the same results."""

from __future__ import annotations

import random
from collections import Counter

import pyoxigraph as ox
import pytest

from amic_kg.graph.sparql_paths import start_from_constants

PREFIXES = {"": "urn:", "skos": "http://www.w3.org/2004/02/skos/core#"}
BROADER = "http://www.w3.org/2004/02/skos/core#broader"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

REWRITTEN = (
    "SELECT ?d { ?d :subject/skos:broader* :c3 }",
    "SELECT * { ?d :subject/skos:broader* :c3 . }",
    "SELECT * { ?d :subject/skos:broader+ :c3. ?d :title ?t }",
    "SELECT ?d ?t { ?d a :Output ; :title ?t ; :subject/skos:broader* :c2 }",
    "SELECT ?d ?t { ?d a :Output ; :subject/skos:broader* :c2 ; :title ?t . }",
    "SELECT ?d ?t { ?d :subject/skos:broader* :c2 ; :title ?t }",
    "SELECT * { ?e :cites ?d . ?d a :Output; :subject/skos:broader* :c1 . FILTER(?d != :d1) }",
    "SELECT ?d { ?d :cites/:subject/skos:broader* :c1 }",
    "SELECT ?d ?x { ?d :subject ?x . ?x skos:broader* :c2 }",
    "SELECT ?d ?x { ?d :subject ?x . ?x skos:broader+ <urn:c2> . }",
    "SELECT ?d { ?d :subject/skos:broader* :c1 . ?d :subject/skos:broader* :c2 }",
    "SELECT ?t { ?d :title ?t OPTIONAL { ?d :subject/skos:broader* :c2 . ?d a ?k } }",
    "SELECT ?d { { ?d :subject/skos:broader* :c1 } UNION { ?d :subject/skos:broader* :c2 } }",
    "SELECT ?d { ?d a :Output MINUS { ?d :subject/skos:broader* :c2 } }",
    "SELECT (COUNT(*) AS ?n) { ?d :subject/skos:broader* :c1 }",
    "SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d :subject/skos:broader* :c1 ; :title ?t }",
    "SELECT ?t (COUNT(?d) AS ?n) { ?d :title ?t ; :subject/skos:broader* :c1 } GROUP BY ?t",
    "SELECT ?d { ?d :subject/skos:broader* :nowhere }",
    "SELECT ?x { ?x skos:broader* :nowhere }",
    "ASK { ?d :subject/skos:broader* :c4 }",
    "CONSTRUCT { ?d :under :c1 } WHERE { ?d :subject/skos:broader* :c1 }",
    "SELECT $d { $d :subject/skos:broader* :c1 } # ?d :subject/skos:broader* :c9",
)

LEFT = (
    "SELECT ?d { ?d :subject :c3 }",
    "SELECT ?d { ?d :subject/skos:broader* ?c }",
    "SELECT ?d { ?d :subject/skos:broader* :c1, :c2 }",
    "SELECT ?d { :d1 :subject/skos:broader* ?d }",
    "SELECT ?d { GRAPH ?g { ?d :subject/skos:broader* :c1 } }",
    "SELECT ?d { ?d a :Output FILTER EXISTS { ?d :subject/skos:broader* :c1 } }",
    "SELECT ?d { _:b :cites ?d . ?d :subject/skos:broader* :c1 . _:b a :Output }",
    "SELECT ?d { ?d :cites [ a :Output ; :subject/skos:broader* :c1 ] }",
    "SELECT ?d { ?d :title '?d :subject/skos:broader* :c1 .' }",
    "SELECT ?d { ?d :subject/(skos:broader|:near)* :c1 }",
    "SELECT (?a / ?b * :c AS ?d) { ?a :subject ?b }",
    "SELECT ?d { ?d :subject/skos:broader* :c1 ; }",
)


def concept_tree(seed: int) -> ox.Store:
    """Documents with subjects out of a hierarchy that has several parents, rings and islands."""
    chance = random.Random(seed)
    store = ox.Store()

    def add(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> None:
        name = predicate if ":" in predicate else f"urn:{predicate}"
        graph = ox.NamedNode(f"urn:g{chance.randrange(3)}")
        store.add(ox.Quad(ox.NamedNode(f"urn:{subject}"), ox.NamedNode(name), value, graph))

    concepts = [f"c{n}" for n in range(chance.randrange(2, 9))]
    for concept in concepts:
        for parent in chance.sample(concepts, chance.randrange(min(3, len(concepts)))):
            add(concept, BROADER, ox.NamedNode(f"urn:{parent}"))
    for number in range(chance.randrange(1, 9)):
        document = f"d{number}"
        add(document, "title", ox.Literal(chance.choice(("Kaivos", "Gruva"))))
        add(document, "cites", ox.NamedNode(f"urn:d{chance.randrange(9)}"))
        if chance.random() < 0.8:
            add(document, TYPE, ox.NamedNode("urn:Output"))
        for concept in chance.sample(concepts, chance.randrange(len(concepts))):
            add(document, "subject", ox.NamedNode(f"urn:{concept}"))
    return store


def answer(store: ox.Store, query: str) -> Counter[str] | bool:
    """Solutions with how often each comes; the order of rows says nothing."""
    results = store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    if isinstance(results, ox.QueryTriples):
        return Counter(map(str, results))
    names = sorted(variable.value for variable in results.variables)
    return Counter(str([(name, str(row[name])) for name in names]) for row in results)


@pytest.mark.parametrize("query", REWRITTEN)
def test_the_rewritten_query_has_the_same_solutions_as_often(query):
    rewritten = start_from_constants(query)
    assert rewritten != query
    for seed in range(60):
        store = concept_tree(seed)
        assert answer(store, rewritten) == answer(store, query), (seed, rewritten)


@pytest.mark.parametrize("query", LEFT)
def test_what_would_not_be_safe_or_gains_nothing_stays_as_it_is(query):
    assert start_from_constants(query) == query


def test_the_variables_that_come_in_between_do_not_clash_with_those_of_the_query():
    query = "SELECT * { ?from_constant0 :subject/skos:broader* :c1 ; :title ?t }"
    rewritten = start_from_constants(query)
    assert rewritten != query
    for seed in range(20):
        store = concept_tree(seed)
        assert answer(store, rewritten) == answer(store, query)
