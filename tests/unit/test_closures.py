"""The closure of a hierarchy is what a path query over it finds."""

from __future__ import annotations

import random

import pyoxigraph as ox
import pytest

from amic_kg.graph.closures import closure_triples

SKOS = "http://www.w3.org/2004/02/skos/core#"


def link(one: object, name: str, other: object) -> bytes:
    return f"<urn:{one}> <{SKOS}{name}> <urn:{other}> .\n".encode()


def test_it_holds_the_steps_and_what_lies_above_them():
    graphs = [link("nickel", "broader", "metals"), link("metals", "broader", "commodities")]
    assert closure_triples(graphs) == (
        link("metals", "broaderTransitive", "commodities")
        + link("nickel", "broaderTransitive", "commodities")
        + link("nickel", "broaderTransitive", "metals")
    )


def test_narrower_is_read_as_what_it_inverts():
    assert closure_triples([link("metals", "narrower", "nickel")]) == link(
        "nickel", "broaderTransitive", "metals"
    )


def test_nothing_comes_of_nothing():
    assert closure_triples([b'<urn:a> <urn:b> "<urn:c>" .\n']) == b""


@pytest.mark.parametrize("seed", range(30))
def test_it_is_what_a_path_finds_rings_and_several_parents_included(seed):
    chance = random.Random(seed)
    graphs = [
        link(chance.randrange(12), chance.choice(("broader", "narrower")), chance.randrange(12))
        for _ in range(chance.randrange(20))
    ]
    store = ox.Store()
    store.load(b"".join(graphs), format=ox.RdfFormat.N_TRIPLES)
    expected = store.query(f"SELECT ?a ?b {{ ?a (<{SKOS}broader>|^<{SKOS}narrower>)+ ?b }}")
    found = ox.parse(closure_triples(graphs), format=ox.RdfFormat.N_TRIPLES)
    assert {(t.subject.value, t.object.value) for t in found} == {
        (row["a"].value, row["b"].value) for row in expected
    }
