"""Which representation a client gets (RFC 9110, section 12)."""

from __future__ import annotations

import httpx
import pytest

from amic_kg_api.negotiate import (
    GRAPH_FORMATS,
    HTML,
    JSON_LD,
    TURTLE,
    preferred,
    preferred_language,
)

CONCEPT = "/vocab/theme/mine-water-management"
OFFERS = (HTML, *GRAPH_FORMATS)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", HTML),
        ("*/*", HTML),
        ("text/turtle", TURTLE),
        ("TEXT/TURTLE", TURTLE),
        ("text/*;q=0.3, application/ld+json;q=0.8", JSON_LD),
        ("application/ld+json;q=0.5, text/turtle;q=0.501", TURTLE),
        ("text/html;q=0, */*;q=0.1", TURTLE),
        ("text/turtle;q=nonsense, application/ld+json;q=0.1", JSON_LD),
        ('application/ld+json;profile="x";q=0.9, text/turtle;q=0.8', JSON_LD),
        ("image/png", None),
        ("text/html;q=0", None),
    ],
)
def test_the_accept_header_is_weighed(accept: str, expected: object) -> None:
    assert preferred(accept, OFFERS) == expected


def test_the_more_specific_range_goes_before_the_heavier_one() -> None:
    assert preferred("text/*;q=0.9, text/html;q=0.1, text/turtle;q=0.2", (HTML, TURTLE)) == TURTLE


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("sv-FI,sv;q=0.9,en;q=0.8", "sv"),
        ("de,en-GB;q=0.4,fi;q=0.2", "en"),
        ("de", None),
        ("fi;q=0,en;q=0.1", "en"),
    ],
)
def test_the_language_is_looked_up_by_its_first_part(header: str, expected: str | None) -> None:
    assert preferred_language(header, ("fi", "en", "sv")) == expected


@pytest.mark.parametrize("name", ["ttl", "jsonld", "nt", "rdf"])
def test_a_concept_comes_in_every_data_format_by_name(client: httpx.Client, name: str) -> None:
    offer = next(offer for offer in GRAPH_FORMATS if offer.name == name)
    answer = client.get(CONCEPT, params={"format": name}, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(offer.media_type)
    assert answer.headers["content-location"] == f"{CONCEPT}?format={name}"
    assert b"mine water" in answer.content


def test_answers_that_are_negotiated_say_so_to_caches(client: httpx.Client) -> None:
    for accept in ("text/html", "text/turtle", "image/png"):
        answer = client.get(CONCEPT, headers={"Accept": accept})
        assert "Accept" in answer.headers["vary"]


def test_a_format_that_is_not_there_is_answered_with_what_there_is(client: httpx.Client) -> None:
    answer = client.get(CONCEPT, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert answer.json()["offers"] == [offer.media_type for offer in OFFERS]


def test_an_unknown_name_of_a_format_is_named_with_those_there_are(client: httpx.Client) -> None:
    answer = client.get(CONCEPT, params={"format": "docx"})
    assert answer.status_code == 400
    assert answer.json()["parameter"] == "format"
    assert "ttl" in answer.json()["remedy"]


def test_a_page_tells_of_its_data_in_the_link_header(client: httpx.Client) -> None:
    links = client.get(CONCEPT, headers={"Accept": "text/html"}).headers["link"]
    assert f'<{CONCEPT}?format=ttl>; rel="alternate"; type="text/turtle"' in links
