"""`/api/review`: what a curator reads and writes over HTTP, and what others may not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace

import httpx
import pytest

from amic_kg.settings import Settings
from amic_kg.wiring import Services, open_services
from amic_kg_ingest.runs import ingest_files

Serve = Callable[[Services], AbstractContextManager[httpx.Client]]

KEY = "a-key-of-this-test"
BEARER = {"Authorization": f"Bearer {KEY}"}
KEVITSA = "https://w3id.org/amic/id/site/kevitsa"
ONTOLOGY = "https://w3id.org/amic/ontology#"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("review")
    path = folder / "raportti.txt"
    path.write_text("Kevitsan kaivoksen sulfaattivesiä tutkittiin.", encoding="utf-8")
    settings = Settings(data=folder / "data", query_workers=1, review_key=KEY)
    assert ingest_files(settings, [path], console=None).count("published") == 1
    return settings


@pytest.fixture(scope="module")
def reviewer(settings: Settings, serve: Serve) -> Iterator[httpx.Client]:
    services = open_services(settings)
    with serve(services) as client:
        yield client
    services.close()


@pytest.fixture
def key(reviewer: httpx.Client) -> str:
    (hit,) = reviewer.get("/api/search", params={"q": "Kevitsa"}).json()["hits"]
    return str(hit["key"])


def decision(key: str, **values: object) -> dict[str, object]:
    body = {
        "kind": "mention", "verdict": "rejected", "document": key,
        "subject": KEVITSA, "object": "Kevitsan kaivoksen",
    }  # fmt: skip
    return {**body, **values}


def test_without_the_key_nothing_is_written_and_the_answer_says_how(
    reviewer: httpx.Client, key: str
) -> None:
    for headers in ({}, {"Authorization": "Bearer another"}, {"Authorization": f"Basic {KEY}"}):
        answer = reviewer.post("/api/review/decisions", json=decision(key), headers=headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert answer.headers["content-type"] == "application/problem+json"
        assert "Authorization: Bearer" in answer.json()["remedy"]
    kept = reviewer.get("/api/review/decisions", headers=BEARER).json()
    assert kept == {"waiting": 0, "decisions": []}


def test_the_notes_of_curators_are_not_public(reviewer: httpx.Client) -> None:
    assert reviewer.get("/api/review/decisions").status_code == 401


def test_a_server_without_a_key_takes_no_decisions(
    settings: Settings, serve: Serve, key: str
) -> None:
    services = open_services(replace(settings, review_key=""))
    try:
        with serve(services) as client:
            answer = client.post("/api/review/decisions", json=decision(key), headers=BEARER)
            assert answer.status_code == 403
            assert "AMIC_REVIEW_KEY" in answer.json()["remedy"]
            assert client.get("/api/review/candidates").status_code == 200
    finally:
        services.close()


def test_a_decision_on_an_unpublished_document_is_refused(reviewer: httpx.Client) -> None:
    answer = reviewer.post("/api/review/decisions", json=decision("nothing"), headers=BEARER)
    assert answer.status_code == 400
    assert answer.json()["parameter"] == "document"


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"object": ""}, "object"),
        ({"verdict": "merged"}, "replacement"),
        ({"kind": "statement", "verdict": "merged", "replacement": KEVITSA}, "predicate"),
        ({"kind": "nothing"}, "kind"),
    ],
)
def test_an_incomplete_decision_is_told_what_it_needs(
    reviewer: httpx.Client, key: str, values: dict[str, object], missing: str
) -> None:
    answer = reviewer.post("/api/review/decisions", json=decision(key, **values), headers=BEARER)
    assert answer.status_code == 400
    assert missing in answer.text


def test_a_decision_is_kept_and_the_document_waits_for_it(reviewer: httpx.Client, key: str) -> None:
    document = f"https://w3id.org/amic/id/output/{key}"
    statement = decision(
        key,
        kind="statement",
        verdict="accepted",
        subject=f"{document}#study-1",
        predicate=f"{ONTOLOGY}studiesSite",
        object=KEVITSA,
        quote="Kevitsan kaivoksen sulfaattivesiä tutkittiin.",
        note="read on page 1",
    )
    answer = reviewer.post("/api/review/decisions", json=statement, headers=BEARER)
    assert answer.status_code == 201
    assert answer.json() == {"waiting": 1}
    kept = reviewer.get("/api/review/decisions", params={"document": key}, headers=BEARER).json()
    assert [(d["subject"], d["note"]) for d in kept["decisions"]] == [("study-1", "read on page 1")]


def test_candidates_are_listed_for_everybody(reviewer: httpx.Client) -> None:
    answer = reviewer.get("/api/review/candidates", params={"type": "Organization"})
    assert answer.status_code == 200
    assert all(c["type"] == "Organization" for c in answer.json()["candidates"])
    assert reviewer.get("/api/review/candidates", params={"type": "Person"}).status_code == 400
