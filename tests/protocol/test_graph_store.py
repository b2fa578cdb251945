"""The SPARQL 1.1 Graph Store HTTP Protocol: https://www.w3.org/TR/sparql11-http-rdf-update/."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

STORE = "/rdf-graph-store"
TURTLE = {"Content-Type": "text/turtle"}
GRAPH = "https://example.org/muistiinpanot/š?x=1"
ADDED = "https://w3id.org/amic/graph/added/"

Send = Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def client(writable: Any) -> httpx.Client:
    opened: httpx.Client = writable.client
    return opened


@pytest.fixture(scope="module")
def send(writable: Any) -> Send:
    """A request with the key, and Turtle when it has content."""

    def request(method: str, path: str = STORE, content: str | None = None, **more: Any) -> Any:
        headers = {**writable.key, **(TURTLE if content is not None else {}),
                   **more.pop("headers", {})}  # fmt: skip
        return writable.client.request(method, path, content=content, headers=headers, **more)

    return request


def objects(answer: httpx.Response) -> set[str]:
    assert answer.status_code == 200
    quads = ox.parse(answer.content, format=ox.RdfFormat.TURTLE)
    return {quad.object.value for quad in quads}


def titled(title: str) -> str:
    return f'<urn:a> <urn:title> "{title}" .'


class TestNames:
    def test_4_1_a_graph_below_the_base_is_at_its_own_address(
        self, send: Send, client: httpx.Client
    ) -> None:
        assert send("PUT", "/graph/added/direct", titled("suora")).status_code == 201
        assert objects(client.get("/graph/added/direct")) == {"suora"}
        assert objects(client.get(STORE, params={"graph": f"{ADDED}direct"})) == {"suora"}

    def test_4_2_any_graph_is_named_by_the_parameter(
        self, send: Send, client: httpx.Client
    ) -> None:
        put = send("PUT", params={"graph": GRAPH}, content=titled("muu"))
        assert put.headers["location"] == "https://example.org/muistiinpanot/%C5%A1?x=1"
        assert objects(client.get(STORE, params={"graph": GRAPH})) == {"muu"}

    def test_4_2_the_default_graph_is_named_too(self, send: Send, client: httpx.Client) -> None:
        assert send("PUT", f"{STORE}?default", titled("oletus")).is_success
        assert objects(client.get(f"{STORE}?default")) == {"oletus"}

    @pytest.mark.parametrize(
        "parameters",
        ["", "?graph=relative", "?graph=urn:a&graph=urn:b", "?graph=urn:a&default"],
    )
    def test_4_2_a_name_that_cannot_be_is_400(self, client: httpx.Client, parameters: str) -> None:
        answer = client.get(f"{STORE}{parameters}")
        assert (answer.status_code, answer.json()["parameter"]) == (400, "graph")


class TestGet:
    def test_5_2_the_graph_comes_in_the_format_asked_for(
        self, client: httpx.Client, writable: Any
    ) -> None:
        formats = {
            "nt": "application/n-triples",
            "rdf": "application/rdf+xml",
            "jsonld": "application/ld+json",
            "ttl": "text/turtle",
        }
        for name, media_type in formats.items():
            asked = {"graph": writable.owned}
            answer = client.get(STORE, params=asked, headers={"Accept": media_type})
            assert answer.headers["content-type"].startswith(media_type)
            assert "Kaivosvesi" in answer.text
            by_name = client.get(STORE, params={"graph": writable.owned, "format": name})
            assert by_name.content == answer.content

    def test_5_2_a_format_that_there_is_not_is_406(self, client: httpx.Client) -> None:
        assert client.get("/graph/document/a", headers={"Accept": "image/png"}).status_code == 406

    def test_5_2_a_graph_that_is_not_there_is_404(self, client: httpx.Client) -> None:
        answer = client.get(STORE, params={"graph": "urn:nothing"})
        assert answer.status_code == 404
        assert "urn:nothing" in answer.json()["detail"]

    def test_5_6_head_is_get_without_the_body(self, client: httpx.Client) -> None:
        head = client.head("/graph/document/a")
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-type"].startswith("text/turtle")
        assert client.head(STORE, params={"graph": "urn:nothing"}).status_code == 404

    def test_who_has_the_graph_gets_304(self, client: httpx.Client) -> None:
        tag = client.get("/graph/document/a").headers["etag"]
        again = client.get("/graph/document/a", headers={"If-None-Match": tag})
        assert again.status_code == 304


class TestWrites:
    def test_5_3_put_replaces_all_and_tells_a_new_graph_by_201(
        self, send: Send, client: httpx.Client
    ) -> None:
        first = send("PUT", params={"graph": "urn:put"}, content=titled("vanha"))
        assert (first.status_code, first.headers["location"]) == (201, "urn:put")
        second = send("PUT", params={"graph": "urn:put"}, content=titled("uusi"))
        assert second.status_code == 204
        assert second.headers["dataset-version"] > first.headers["dataset-version"]
        assert objects(client.get(STORE, params={"graph": "urn:put"})) == {"uusi"}

    def test_5_5_post_adds(self, send: Send, client: httpx.Client) -> None:
        assert send("POST", params={"graph": "urn:post"}, content=titled("yksi")).status_code == 201
        assert (
            send("POST", params={"graph": "urn:post"}, content=titled("kaksi")).status_code == 204
        )
        assert objects(client.get(STORE, params={"graph": "urn:post"})) == {"yksi", "kaksi"}

    def test_5_5_a_post_to_the_store_itself_makes_a_graph_and_names_it(
        self, send: Send, client: httpx.Client
    ) -> None:
        answer = send("POST", content=titled("nimetön"))
        assert answer.status_code == 201
        name = answer.headers["location"]
        assert name.startswith(ADDED)
        assert objects(client.get(STORE, params={"graph": name})) == {"nimetön"}

    def test_5_4_delete_takes_the_graph_away_once(self, send: Send, client: httpx.Client) -> None:
        send("PUT", params={"graph": "urn:gone"}, content=titled("poistuva"))
        assert send("DELETE", params={"graph": "urn:gone"}).status_code == 204
        assert client.get(STORE, params={"graph": "urn:gone"}).status_code == 404
        assert send("DELETE", params={"graph": "urn:gone"}).status_code == 404

    def test_5_1_relative_iris_are_read_from_the_name_of_the_graph(
        self, send: Send, client: httpx.Client
    ) -> None:
        graph = "https://example.org/a/"
        send("PUT", params={"graph": graph}, content="<b> <urn:p> <c> .")
        assert objects(client.get(STORE, params={"graph": graph})) == {f"{graph}c"}

    @pytest.mark.parametrize(
        ("media_type", "content"),
        [
            ("application/n-triples", '<urn:a> <urn:title> "x" .'),
            ("application/ld+json", '{"@id": "urn:a", "urn:title": "x"}'),
            (
                "application/rdf+xml",
                '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
                '<r:Description r:about="urn:a"><u:title>x</u:title></r:Description></r:RDF>',
            ),
        ],
    )
    def test_5_1_content_is_read_in_every_format_of_graphs(
        self, send: Send, client: httpx.Client, media_type: str, content: str
    ) -> None:
        headers = {"Content-Type": media_type}
        assert send("PUT", "/graph/added/f", content, headers=headers).is_success
        assert objects(client.get("/graph/added/f")) == {"x"}

    def test_5_1_content_that_does_not_parse_is_400_with_its_place(self, send: Send) -> None:
        answer = send("PUT", "/graph/added/bad", "<urn:a> <urn:b>\n <urn:c> <urn:d> .")
        assert answer.status_code == 400
        assert answer.json()["line"] == 2

    def test_5_1_content_of_another_kind_is_415(self, send: Send) -> None:
        for media_type in ("text/csv", "application/trig", ""):
            answer = send("PUT", "/graph/added/bad", "x", headers={"Content-Type": media_type})
            assert answer.status_code == 415
            assert "text/turtle" in answer.json()["remedy"]

    def test_content_that_is_too_large_is_413(self, send: Send) -> None:
        assert send("PUT", "/graph/added/big", "#" * 1_100_000).status_code == 413

    @pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
    def test_without_the_key_nothing_is_written(self, client: httpx.Client, method: str) -> None:
        answer = client.request(method, "/graph/added/x", content="", headers=TURTLE)
        assert answer.status_code == 401

    @pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
    def test_a_graph_that_the_pipeline_makes_is_403(
        self, send: Send, client: httpx.Client, method: str
    ) -> None:
        answer = send(method, "/graph/document/a", titled("väärä"))
        assert answer.status_code == 403
        assert objects(client.get("/graph/document/a")) == {"Kaivosvesi"}

    def test_options_tell_the_methods(self, client: httpx.Client) -> None:
        allowed = client.options(STORE).headers["allow"]
        assert {"GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"} == set(allowed.split(", "))
