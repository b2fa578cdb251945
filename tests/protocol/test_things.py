"""Things by their IRI: pages for people, statements for programs, both of the same."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx
import pytest

Triples = set[tuple[str, str, str]]
FORMATS = ("ttl", "nt", "rdf", "jsonld")

SKOS = "http://www.w3.org/2004/02/skos/core#"
METHOD = "/vocab/method/sulphate-removal"


@pytest.mark.parametrize("path", [METHOD, "/vocab/method", "/id/site/kevitsa"])
def test_all_formats_say_the_same(triples: Callable[..., Triples], path: str) -> None:
    first, *others = (triples(path, name) for name in FORMATS)
    assert len(first) > 5
    assert all(other == first for other in others)


def test_a_concept_is_described_by_its_canonical_name_with_its_neighbours(
    triples: Callable[..., Triples],
) -> None:
    said = triples(METHOD, "ttl")
    iri = f"<https://w3id.org/amic{METHOD}>"
    broader = {o for s, p, o in said if s == iri and p == f"{SKOS}broader"}
    assert broader
    assert all((b, f"{SKOS}prefLabel") in {(s, p) for s, p, _ in said} for b in broader)


def test_a_document_is_described_by_its_named_graph_with_pages_and_quotes(
    triples: Callable[..., Triples], pdf: str
) -> None:
    said = triples(f"/id/output/{pdf}", "ttl")
    predicates = {p for _, p, _ in said}
    assert "http://www.w3.org/ns/oa#exact" in predicates
    assert '"page=1"' in {o for _, _, o in said}


def test_a_site_comes_with_its_coordinates_and_operators(
    client: httpx.Client, triples: Callable[..., Triples]
) -> None:
    said = triples("/id/site/kevitsa", "ttl")
    assert any("POINT" in o for _, _, o in said)
    assert any(p.endswith("operatorName") for _, p, _ in said)
    page = client.get("/id/site/kevitsa?lang=en", headers={"Accept": "text/html"}).text
    assert "67.69° N" in page
    assert 'href="/id/place/sodankyla?lang=en"' in page


def test_a_part_of_a_thing_leads_to_its_whole(client: httpx.Client) -> None:
    answer = client.get("/id/site/kevitsa/geometry?format=ttl")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/id/site/kevitsa?format=ttl"


def test_a_concept_page_gives_names_meaning_and_the_documents_with_quotes(
    client: httpx.Client,
) -> None:
    page = client.get(f"{METHOD}?lang=en", headers={"Accept": "text/html"}).text
    for text in ("sulfaatinpoisto", "sulphate removal", "Named in", "<mark>", "Broader"):
        assert text in page
    assert 'href="/documents/' in page


def test_an_organisation_tells_of_its_projects(client: httpx.Client) -> None:
    page = client.get("/id/organization/gtk?lang=en", headers={"Accept": "text/html"}).text
    assert "Coordinates" in page
    assert 'href="/id/project/amic?lang=en"' in page


def test_a_thing_that_only_the_graph_knows_has_a_page_too(client: httpx.Client) -> None:
    page = client.get("/id/work-package/amic-wp2?lang=fi", headers={"Accept": "text/html"})
    if page.status_code == 404:
        pytest.skip("the registry names no work package")
    assert "hyväksyttävyys" in page.text


@pytest.mark.parametrize(
    "path",
    ["/id/site/none", "/id/none/kevitsa", "/id/none", "/vocab/none", "/vocab/method/none",
     "/id/output/none"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_vocabularies_lead_to_every_scheme_and_its_concepts(client: httpx.Client) -> None:
    page = client.get("/vocab?lang=sv", headers={"Accept": "text/html"}).text
    assert 'href="/vocab/acceptance-factor?lang=sv"' in page
    assert 'href="/id/site?lang=sv"' in page
    scheme = client.get("/vocab/acceptance-factor?lang=sv", headers={"Accept": "text/html"}).text
    assert 'href="/vocab/acceptance-factor/trust?lang=sv"' in scheme
    names = client.get("/id/site?lang=sv", headers={"Accept": "text/html"}).text
    assert 'href="/id/site/kevitsa?lang=sv"' in names


def test_what_texts_say_of_a_site_stands_with_the_sentence_and_how_sure_it_is(
    client: httpx.Client,
) -> None:
    page = client.get("/id/site/kevitsa?lang=en", headers={"Accept": "text/html"}).text
    drawn = page.split('id="drawn"')[1].split("</section>")[0]
    assert "Located in" in drawn
    assert re.search(r"\d\d\u00a0% sure", drawn)
    assert "<mark>" in drawn
    assert re.search(r'href="/documents/[^"]+/pages/1\?', drawn)
    facts = page.split("<h2>Facts</h2>")[1].split("</dl>")[0]
    # The registry names the municipality; that it lies in Lapland, texts say.
    assert "Sodankylä" in facts
    assert ">Lapland<" in drawn
    assert ">Lapland<" not in facts


def test_a_fact_that_several_sentences_state_stands_once(client: httpx.Client) -> None:
    page = client.get("/id/site/kevitsa?lang=en", headers={"Accept": "text/html"}).text
    drawn = page.split('id="drawn"')[1].split("</section>")[0]
    stated = re.findall(r'class="said">([^<]+)</span> <a href="([^"]+)"', drawn)
    assert len(stated) == len(set(stated)) > 1
