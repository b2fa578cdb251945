"""The endpoint describes itself: https://www.w3.org/TR/sparql11-service-description/."""

from __future__ import annotations

from typing import Any

import httpx
import pyoxigraph as ox
import pytest

SD = "http://www.w3.org/ns/sparql-service-description#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SEARCH = "https://w3id.org/amic/sparql/search"
FORMATS = "http://www.w3.org/ns/formats/"


@pytest.fixture(scope="module")
def client(writable: Any) -> httpx.Client:
    opened: httpx.Client = writable.client
    return opened


def described(client: httpx.Client) -> ox.Store:
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    assert answer.status_code == 200
    store = ox.Store()
    store.load(answer.content, format=ox.RdfFormat.TURTLE)
    return store


def values(store: ox.Store, path: str) -> set[str]:
    found = store.query(f"SELECT ?x {{ ?service a sd:Service ; {path} ?x }}", prefixes={"sd": SD})
    assert isinstance(found, ox.QuerySolutions)
    return {str(row[0].value) for row in found if not isinstance(row[0], ox.Triple)}


@pytest.mark.parametrize(
    "media_type",
    ["text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples"],
)
def test_2_the_bare_endpoint_answers_rdf_by_accept(client: httpx.Client, media_type: str) -> None:
    answer = client.get("/sparql", headers={"Accept": media_type})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(media_type)
    assert SD in answer.text


def test_2_a_browser_gets_the_page_for_people(client: httpx.Client) -> None:
    assert "<textarea" in client.get("/sparql", headers={"Accept": "text/html,*/*;q=0.8"}).text


def test_3_2_1_the_endpoint_is_the_address_that_was_asked(client: httpx.Client) -> None:
    assert values(described(client), "sd:endpoint") == {
        f"{str(client.base_url).rstrip('/')}/sparql"
    }


def test_3_2_2_the_union_is_a_feature_where_it_is_set(
    client: httpx.Client, writable: Any, serve: Any
) -> None:
    union = f"{SD}UnionDefaultGraph"
    assert values(described(client), "sd:feature") == {SEARCH, union}
    with writable.serving(serve, default_graph="default") as other:
        assert values(described(other), "sd:feature") == {SEARCH}


def test_3_2_3_the_search_is_a_feature_that_tells_its_terms(client: httpx.Client) -> None:
    store = described(client)
    assert values(store, "sd:feature/a") == {f"{SD}Feature"}
    (told,) = values(store, f"sd:feature/<{RDFS}comment>")
    assert "SERVICE search:" in told
    terms = values(store, f"sd:feature/^<{RDFS}isDefinedBy>")
    assert terms == {
        f"{SEARCH}#{name}"
        for name in ("text", "language", "limit", "score", "passage", "page", "fragment")
    }


def test_3_4_4_updates_are_a_language_where_there_is_a_key(
    client: httpx.Client, writable: Any, serve: Any
) -> None:
    languages = {f"{SD}SPARQL11Query", f"{SD}SPARQL11Update"}
    assert values(described(client), "sd:supportedLanguage") == languages
    assert f"{FORMATS}Turtle" in values(described(client), "sd:inputFormat")
    with writable.serving(serve, update_key="") as other:
        assert values(described(other), "sd:supportedLanguage") == {f"{SD}SPARQL11Query"}
        assert values(described(other), "sd:inputFormat") == set()


def test_3_4_5_the_result_formats_are_those_that_are_given(client: httpx.Client) -> None:
    names = {name.removeprefix(FORMATS) for name in values(described(client), "sd:resultFormat")}
    assert names == {
        "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
        "Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads",
    }  # fmt: skip


def test_3_4_8_the_default_dataset_names_its_graphs(client: httpx.Client, writable: Any) -> None:
    store = described(client)
    assert len(values(store, "sd:defaultDataset/sd:defaultGraph")) == 1
    assert writable.owned in values(store, "sd:defaultDataset/sd:namedGraph/sd:name")
    entailment = values(store, "sd:defaultEntailmentRegime")
    assert entailment == {"http://www.w3.org/ns/entailment/Simple"}


def test_the_limits_are_told_in_words(client: httpx.Client, writable: Any) -> None:
    (comment,) = values(described(client), "<http://www.w3.org/2000/01/rdf-schema#comment>")
    assert f"{writable.settings.query_seconds} s" in comment
    assert f"{writable.settings.query_megabytes} MB" in comment


def test_the_description_has_the_version_of_the_data(client: httpx.Client) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    version = answer.headers["dataset-version"]
    assert values(described(client), "sd:defaultDataset/<https://schema.org/version>") == {version}
