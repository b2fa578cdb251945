"""Vocabularies and the ontology: pages that a domain expert reads, data of the same."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator

import httpx
import pytest
import uvicorn

from amic_kg.external import ExternalVocabularies
from amic_kg.ontology import load_vocabulary
from amic_kg.settings import Settings
from amic_kg.wiring import open_services, vocabularies_folder
from amic_kg_api.app import create_app
from amic_kg_ingest.runs import ingest_files

Triples = set[tuple[str, str, str]]
Page = Callable[[str], str]
FORMATS = ("ttl", "nt", "rdf", "jsonld")
THEIRS = "https://example.org/terms/peat"
OTHERS = f"""
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<https://example.org/terms> a skos:ConceptScheme ;
    dcterms:title "Bog words"@en ; dcterms:license <https://creativecommons.org/licenses/by/4.0/> .
<{THEIRS}> a skos:Concept ; skos:inScheme <https://example.org/terms> ;
    skos:prefLabel "suokuokka"@fi, "bog hoe"@en ; skos:definition "Tool for bogs."@en .
"""


def words(page: str) -> str:
    """The text of a page, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_ontology_says_the_same_in_every_format(triples: Callable[..., Triples]) -> None:
    first, *others = (triples("/ontology", name) for name in FORMATS)
    assert len(first) > 1000
    assert all(other == first for other in others)


def test_the_ontology_is_found_under_its_name_by_accept(client: httpx.Client) -> None:
    answer = client.get("/ontology", headers={"Accept": "application/rdf+xml"})
    assert answer.headers["content-type"].startswith("application/rdf+xml")
    assert answer.headers["content-location"] == "/ontology?format=rdf"
    assert client.get("/ontology/0.1.0").status_code == 303
    assert client.get("/ontology/9.9").status_code == 404


@pytest.mark.parametrize(
    ("language", "label", "comment"),
    [
        ("fi", "Raportti", "Tuotos, joka selostaa"),
        ("en", "Report", "Output that gives an account"),
        ("sv", "Rapport", "Resultat som redogör"),
    ],
)
def test_a_term_is_explained_at_its_anchor_in_the_readers_language(
    page: Page, language: str, label: str, comment: str
) -> None:
    term = page(f"/ontology?lang={language}").split('id="Report"')[1].split("</article>")[0]
    assert label in term
    assert comment in term
    assert "mrdi:Report" in term
    assert 'href="#Output"' in term


def test_the_ontology_tells_how_often_a_term_is_used(page: Page, client: httpx.Client) -> None:
    query = "SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s a mrdi:Mineral } }"
    rows = client.get("/sparql", params={"query": query, "format": "csv"}).text.split()
    term = page("/ontology?lang=en").split('id="Mineral"')[1].split("</article>")[0]
    assert f"{rows[1]} things" in term


@pytest.mark.parametrize(
    ("path", "media_type", "holds"),
    [
        ("/ontology/shapes", "text/turtle", "sh:NodeShape"),
        ("/ontology/shapes-vocabulary", "text/turtle", "sh:NodeShape"),
        ("/ontology/context.jsonld", "application/ld+json", "@context"),
    ],
)
def test_rules_and_context_are_to_be_had(
    client: httpx.Client, path: str, media_type: str, holds: str
) -> None:
    answer = client.get(path)
    assert answer.headers["content-type"].startswith(media_type)
    assert holds in answer.text


def test_the_tree_counts_documents_as_the_concept_pages_do(page: Page) -> None:
    row = page("/vocab/method?lang=en&open=all").split('/vocab/method/sulphate-removal?lang=en"')[1]
    found = re.search(r"(\d+) documents?", row)
    assert found is not None
    concept = words(page("/vocab/method/sulphate-removal?lang=en"))
    assert f"Named in {found.group(1)} document" in concept


def test_every_concept_stands_in_the_tree_and_in_the_list(page: Page) -> None:
    expected = {e.iri.rsplit("/", 1)[1] for e in load_vocabulary() if e.type == "Method"}
    for view in ("", "&view=list"):
        shown = page(f"/vocab/method?lang=en{view}")
        assert set(re.findall(r'href="/vocab/method/([^"?]+)', shown)) == expected


def test_a_tree_is_narrowed_to_what_has_the_word_in_any_language(page: Page) -> None:
    shown = page("/vocab/method?lang=en&q=sulfaatinpoisto")
    assert 'href="/vocab/method/sulphate-removal?lang=en"' in shown
    assert 'href="/vocab/method/interviews?lang=en"' not in shown
    assert "<details open>" in shown


def test_a_tree_without_a_match_says_so_and_leads_on(page: Page) -> None:
    shown = page("/vocab/method?lang=en&q=xqzzy")
    assert "0 of" in words(shown)
    assert 'href="/vocab?q=xqzzy&amp;lang=en"' in shown


def test_commodities_tell_of_the_eu_lists(page: Page) -> None:
    assert "critical 2023" in page("/vocab/commodity?lang=en&view=list")
    cobalt = words(page("/vocab/commodity/cobalt?lang=en"))
    assert "critical raw materials: 2011, 2014, 2017, 2020, 2023" in cobalt
    assert "strategic raw materials: 2023" in cobalt


def test_concepts_are_found_by_the_inside_of_a_name_in_another_language(page: Page) -> None:
    found = page("/vocab?lang=en&q=faatinpoist")
    assert 'href="/vocab/method/sulphate-removal?lang=en"' in found
    assert "<mark>faatinpoist</mark>" in found
    assert "Finnish" in words(found)


def test_a_search_for_no_name_leads_to_the_documents(page: Page) -> None:
    found = page("/vocab?lang=en&q=%3Cxqzzy%3E")
    assert "No concept has “&lt;xqzzy&gt;” in a name" in found
    assert 'href="/?q=%3Cxqzzy%3E&amp;lang=en"' in found


def test_a_concept_page_holds_all_that_is_known_of_it(page: Page) -> None:
    nickel = page("/vocab/commodity/nickel?lang=en")
    text = words(nickel)
    assert "COM-NICKEL" in text
    assert "The EU list of 2023 names battery-grade nickel." in text
    assert '<dd lang="sv">Metall som behövs för rostfritt stål' in nickel
    assert 'href="http://www.yso.fi/onto/yso/p19926" rel="external"' in nickel
    assert 'href="/vocab/commodity/base-metals?lang=en"' in nickel
    assert 'href="/vocab/mineral/pentlandite?lang=en"' in nickel
    assert "ontology/vocab/commodity.ttl" in text
    assert 'href="/?concept=https%3A%2F%2Fw3id.org%2Famic%2Fvocab%2Fcommodity%2Fnickel' in nickel


@pytest.mark.parametrize("address", ["/vocab/method?view=cloud", "/vocab/method?open=some",
                                     "/concept", "/vocab?q=" + 101 * "a"])  # fmt: skip
def test_a_parameter_that_cannot_be_is_named(client: httpx.Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code in (400, 422)
    assert answer.json()["parameter"] in ("view", "open", "iri", "q")


@pytest.fixture(scope="module")
def with_others(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A site that has a vocabulary of others loaded, and a document that names its concept."""
    folder = tmp_path_factory.mktemp("others")
    (folder / "bog.ttl").write_text(OTHERS, encoding="utf-8")
    (folder / "suo.txt").write_text(
        "Suolla työskentely\n\nEnnen kaivoksen avaamista turve irrotettiin työkalulla, jonka nimi "
        "on suokuokka. Sitä käytettiin Lapissa pitkään.\n",
        encoding="utf-8",
    )
    settings = Settings(data=folder / "data", ocr="off")
    ExternalVocabularies(vocabularies_folder(settings)).add(
        folder / "bog.ttl", source="https://example.org/terms.ttl", known=()
    )
    assert ingest_files(settings, [folder / "suo.txt"], console=None).count("failed") == 0
    services = open_services(settings)
    server = uvicorn.Server(uvicorn.Config(create_app(services), port=0, log_level="critical"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with httpx.Client(base_url=address, headers={"Accept": "*/*"}, timeout=30) as client:
            yield client
        server.should_exit = True
        thread.join()
    services.close()


def test_a_loaded_vocabulary_is_named_with_licence_and_source(with_others: httpx.Client) -> None:
    shown = with_others.get("/vocab?lang=en").text
    assert "Bog words" in shown
    assert ">CC BY 4.0</a>" in shown
    assert 'href="https://example.org/terms.ttl"' in shown


def test_a_concept_of_others_has_a_page_and_data(with_others: httpx.Client) -> None:
    shown = with_others.get("/concept", params={"iri": THEIRS, "lang": "en"}).text
    assert "Named in 1 document" in words(shown)
    assert "<mark>suokuokka</mark>" in shown
    assert "Bog words" in shown
    data = with_others.get("/concept", params={"iri": THEIRS}, headers={"Accept": "text/turtle"})
    assert data.headers["content-type"].startswith("text/turtle")
    assert "suokuokka" in data.text
    assert "iri=https%3A%2F%2Fexample.org" in data.headers["content-location"]


def test_the_search_leads_to_the_page_of_a_concept_of_others(with_others: httpx.Client) -> None:
    link = 'href="/concept?iri=https%3A%2F%2Fexample.org%2Fterms%2Fpeat&amp;lang=en"'
    for address in ("/vocab?q=hoe&lang=en", "/?q=suokuokka&lang=en"):
        assert link in with_others.get(address, headers={"Accept": "text/html"}).text


def test_the_iri_of_one_of_ours_leads_to_its_own_page(client: httpx.Client) -> None:
    iri = "https://w3id.org/amic/vocab/method/interviews"
    answer = client.get("/concept", params={"iri": iri, "lang": "sv"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/vocab/method/interviews?lang=sv"


@pytest.mark.parametrize("iri", ["https://example.org/unknown", "no iri", "x> <y", ""])
def test_a_concept_that_nobody_knows_is_not_found(client: httpx.Client, iri: str) -> None:
    assert client.get("/concept", params={"iri": iri}).status_code == 404
