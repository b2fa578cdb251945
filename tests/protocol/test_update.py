"""SPARQL updates by the holder of the key (https://www.w3.org/TR/sparql11-protocol/, 2.2)."""

from __future__ import annotations

import threading
from typing import Any

import httpx
import pytest

DIRECT = {"Content-Type": "application/sparql-update"}
MINE = "https://w3id.org/amic/graph/added/mine"


@pytest.fixture(scope="module")
def client(writable: Any) -> httpx.Client:
    opened: httpx.Client = writable.client
    return opened


@pytest.fixture(scope="module")
def key(writable: Any) -> dict[str, str]:
    held: dict[str, str] = writable.key
    return held


def values(client: httpx.Client, graph: str = MINE) -> list[str]:
    query = f"SELECT ?o {{ GRAPH <{graph}> {{ ?s <urn:p> ?o }} }} ORDER BY ?o"
    rows = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    return [row["o"]["value"] for row in rows]


def insert(*numbers: int, graph: str = MINE) -> str:
    triples = f"<urn:a> <urn:p> {', '.join(map(str, numbers))}"
    return f"CLEAR SILENT GRAPH <{graph}> ; INSERT DATA {{ GRAPH <{graph}> {{ {triples} }} }}"


class TestOperation:
    def test_2_2_1_a_form_holds_the_update(self, client: httpx.Client, key: dict[str, str]) -> None:
        before = client.get("/sparql", params={"query": "ASK {}"}).headers["dataset-version"]
        answer = client.post("/sparql", data={"update": insert(1, 2)}, headers=key)
        assert answer.status_code == 204
        assert answer.headers["dataset-version"] > before
        assert values(client) == ["1", "2"]

    def test_2_2_2_a_bare_update_stands_in_the_body(
        self, client: httpx.Client, key: dict[str, str]
    ) -> None:
        """Also at /sparql/update, for clients that keep the two endpoints apart."""
        for path, number in (("/sparql", 3), ("/sparql/update", 4)):
            answer = client.post(path, content=insert(number), headers={**DIRECT, **key})
            assert answer.status_code == 204
            assert values(client) == [str(number)]

    @pytest.mark.parametrize("bare", [True, False])
    def test_2_2_3_the_request_says_what_patterns_see(
        self, client: httpx.Client, key: dict[str, str], writable: Any, bare: bool
    ) -> None:
        update = (
            f"INSERT {{ GRAPH <{MINE}> {{ ?s <urn:p> ?g }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}"
        )
        dataset = {"using-graph-uri": "urn:none", "using-named-graph-uri": writable.owned}
        client.post("/sparql", data={"update": f"DROP SILENT GRAPH <{MINE}>"}, headers=key)
        if bare:
            answer = client.post(
                "/sparql", params=dataset, content=update, headers={**DIRECT, **key}
            )
        else:
            answer = client.post("/sparql", data={"update": update, **dataset}, headers=key)
        assert answer.status_code == 204
        assert values(client) == [writable.owned]

    @pytest.mark.parametrize(
        "clause",
        [
            "WITH <urn:g> DELETE {?s ?p ?o} WHERE {?s ?p ?o}",
            "DELETE {?s ?p ?o} USING <urn:g> WHERE {?s ?p ?o}",
        ],
    )
    def test_2_2_3_a_dataset_in_the_update_too_is_400(
        self, client: httpx.Client, key: dict[str, str], clause: str
    ) -> None:
        form = {"update": clause, "using-graph-uri": "urn:g"}
        assert client.post("/sparql", data=form, headers=key).status_code == 400

    def test_2_2_an_update_by_get_is_refused_even_with_the_key(
        self, client: httpx.Client, key: dict[str, str]
    ) -> None:
        answer = client.get("/sparql", params={"update": insert(9)}, headers=key)
        assert answer.status_code == 400
        assert "POST" in answer.json()["remedy"]
        as_query = client.get("/sparql", params={"query": insert(9)}, headers=key)
        assert as_query.status_code == 400
        assert values(client) != ["9"]

    def test_2_2_4_an_update_that_does_not_parse_is_400_with_line_and_column(
        self, client: httpx.Client, key: dict[str, str]
    ) -> None:
        update = "INSERT DATA {\n  GRAPH <urn:g> { <urn:a> <urn:b> } }"
        told = client.post("/sparql", data={"update": update}, headers=key).json()
        assert (told["status"], told["line"]) == (400, 2)
        assert "Expected here" in told["remedy"]

    @pytest.mark.parametrize(
        "update",
        [
            "LOAD <http://127.0.0.1:9/>",
            "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        ],
    )
    def test_what_calls_out_is_refused(
        self, client: httpx.Client, key: dict[str, str], update: str
    ) -> None:
        assert client.post("/sparql", data={"update": update}, headers=key).status_code == 400

    @pytest.mark.parametrize(
        ("name", "value"), [("default-graph-uri", "urn:g"), ("using-graph-uri", "no iri")]
    )
    def test_a_dataset_that_cannot_be_is_400(
        self, client: httpx.Client, key: dict[str, str], name: str, value: str
    ) -> None:
        answer = client.post("/sparql", data={"update": insert(1), name: value}, headers=key)
        assert (answer.status_code, answer.json()["parameter"]) == (400, name)

    def test_one_that_is_too_long_is_413(self, client: httpx.Client, key: dict[str, str]) -> None:
        answer = client.post("/sparql", content=b"#" * 1_100_000, headers={**DIRECT, **key})
        assert answer.status_code == 413


class TestTheKey:
    @pytest.mark.parametrize("path", ["/sparql", "/sparql/update"])
    def test_without_it_nothing_is_written(self, client: httpx.Client, path: str) -> None:
        for headers in ({}, {"Authorization": "Bearer another"}):
            form = client.post(path, data={"update": insert(7)}, headers=headers)
            bare = client.post(path, content=insert(7), headers={**DIRECT, **headers})
            for answer in (form, bare):
                assert answer.status_code == 401
                assert answer.headers["www-authenticate"].startswith("Bearer")
        assert values(client) != ["7"]

    def test_where_none_is_set_the_answer_says_which_setting_it_is(
        self, writable: Any, serve: Any
    ) -> None:
        with writable.serving(serve, update_key="") as client:
            form = client.post("/sparql", data={"update": insert(7)}, headers=writable.key)
            put = client.put("/graph/added/x", content="", headers={"Content-Type": "text/turtle"})
            for answer in (form, put):
                assert answer.status_code == 403
                assert "AMIC_UPDATE_KEY" in answer.json()["remedy"]


class TestBesideThePipeline:
    def test_a_graph_that_the_pipeline_makes_is_403_with_a_way_out(
        self, client: httpx.Client, key: dict[str, str], writable: Any
    ) -> None:
        for update in (insert(1, graph=writable.owned), "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
                       "DROP ALL"):  # fmt: skip
            answer = client.post("/sparql", data={"update": update}, headers=key)
            assert answer.status_code == 403
            assert "review" in answer.json()["remedy"]
        assert "Kaivosvesi" in client.get("/graph/document/a").text

    def test_while_a_run_writes_it_is_503_with_the_time_to_wait(
        self, client: httpx.Client, key: dict[str, str], writable: Any
    ) -> None:
        with writable.locked():
            answer = client.post("/sparql", data={"update": insert(8)}, headers=key)
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) >= 30
        assert "Documents are being taken in" in answer.json()["detail"]
        assert str(writable.settings.data) not in answer.text
        assert values(client) != ["8"]

    def test_one_past_its_deadline_is_ended_and_changes_nothing(
        self, writable: Any, serve: Any, key: dict[str, str]
    ) -> None:
        many = " ".join(f"({n})" for n in range(200))
        values_of = " ".join(f"VALUES (?{name}) {{ {many} }}" for name in "abcd")
        endless = (
            f"INSERT {{ GRAPH <{MINE}> {{ <urn:a> <urn:p> ?x }} }} "
            f"WHERE {{ {{ SELECT (COUNT(*) AS ?x) {{ {values_of} }} }} }}"
        )
        with writable.serving(serve, update_seconds=2) as client:
            answer = client.post("/sparql", data={"update": endless}, headers=key)
            assert answer.status_code == 504
            assert "AMIC_UPDATE_SECONDS" in answer.json()["remedy"]
        assert writable.client.post("/sparql", data={"update": insert(5)}, headers=key).is_success
        assert values(writable.client) == ["5"]

    def test_readers_never_see_half_of_an_update(
        self, client: httpx.Client, key: dict[str, str]
    ) -> None:
        """Each update writes two graphs alike; whoever reads meanwhile finds them alike."""
        pair = ["urn:left", "urn:right"]
        sides = "GRAPH <urn:left> { ?s <urn:p> ?l } GRAPH <urn:right> { ?s <urn:p> ?r }"
        query = f"SELECT ?l ?r {{ {sides} }}"
        ended = threading.Event()
        seen: list[tuple[str, str]] = []

        def read() -> None:
            with httpx.Client(base_url=client.base_url, timeout=30) as reader:
                while not ended.is_set():
                    rows = reader.get("/sparql", params={"query": query}).json()
                    seen.extend(
                        (row["l"]["value"], row["r"]["value"])
                        for row in rows["results"]["bindings"]
                    )

        thread = threading.Thread(target=read)
        thread.start()
        try:
            for number in range(4):
                update = " ; ".join(insert(number, graph=graph) for graph in pair)
                assert client.post("/sparql", data={"update": update}, headers=key).is_success
            assert [values(client, graph) for graph in pair] == [["3"], ["3"]]
        finally:
            ended.set()
            thread.join()
        assert seen
        assert all(left == right for left, right in seen)
