"""Names of things: minted once, readable, safe in any store."""

from __future__ import annotations

import pytest

from amic_kg.iris import Iris, document_key, slug

CONTENT = "0123456789abcdef" * 4


def test_things_pages_and_graphs_stand_below_the_operators_base():
    iris = Iris("https://example.org/")
    assert iris.thing("site", "kevitsa") == "https://example.org/id/site/kevitsa"
    assert iris.output("k1") == "https://example.org/id/output/k1"
    assert iris.page("k1", 7) == "https://example.org/id/output/k1#page=7"
    assert iris.document_graph("k1") == "https://example.org/graph/document/k1"


def test_characters_that_an_iri_does_not_bear_are_escaped():
    assert Iris().thing("site", "a b<ä>/#?") == (
        "https://w3id.org/amic/id/site/a%20b%3C%C3%A4%3E%2F%23%3F"
    )


@pytest.mark.parametrize(
    ("identifiers", "key"),
    [
        (("10.1234/Abc.5",), "doi-10.1234-abc.5"),
        (("https://doi.org/10.1234/abc",), "doi-10.1234-abc"),
        (("doi: 10.1234/abc",), "doi-10.1234-abc"),
        (("URN:ISBN:978-952-217-1",), "urn-urn-isbn-978-952-217-1"),
        (("https://urn.fi/URN:NBN:fi:amk-2018",), "urn-urn-nbn-fi-amk-2018"),
        (("hdl:10138/12",), "hdl-10138-12"),
        (("https://hdl.handle.net/10138/12",), "hdl-10138-12"),
        (("hdl:10138/12", "URN:NBN:fi:1"), "urn-urn-nbn-fi-1"),
        (("URN:NBN:fi:1", "hdl:10138/12", "10.1234/abc"), "doi-10.1234-abc"),
    ],
)
def test_a_key_comes_from_the_strongest_identifier(identifiers, key):
    assert document_key(CONTENT, identifiers) == key


@pytest.mark.parametrize("identifiers", [(), ("amic-kg:sample:05",), ("ISBN 951-1",), ("10.1/x",)])
def test_without_an_identifier_that_is_known_the_content_names_the_document(identifiers):
    assert document_key(CONTENT, identifiers) == "aerukz4jvpg66ajd"


def test_the_same_identifier_written_otherwise_gives_the_same_key():
    forms = ("10.1234/ABC", "https://doi.org/10.1234/abc", "doi:10.1234/Abc", " 10.1234/abc ")
    assert len({document_key(CONTENT, (form,)) for form in forms}) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kemin Digipolis Oy", "kemin-digipolis-oy"),
        ("  Ylläs–Äkäslompolo  ", "yllas-akaslompolo"),
        ("Øst & Straße", "ost-strasse"),
        ("…", ""),
    ],
)
def test_slugs_are_ascii_lower_case_with_hyphens(text, expected):
    assert slug(text) == expected
