"""Errors are problem+json (RFC 9457), or pages for people in their language."""

from __future__ import annotations

import httpx
import pytest

from amic_kg import errors
from amic_kg.wiring import Services
from amic_kg_api.problems import TABLE, problem_of


def test_an_unknown_address_is_a_problem_with_all_members(client: httpx.Client) -> None:
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["type"].endswith("docs#not-found")
    assert told["status"] == 404
    assert told["instance"] == "/nowhere"
    assert told["title"]
    assert told["detail"]
    assert told["remedy"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "Täällä ei ole mitään"), ("en", "There is nothing here"), ("sv", "Här finns")],
)
def test_a_person_gets_a_page_in_their_language(
    client: httpx.Client, language: str, words: str
) -> None:
    answer = client.get("/nowhere", headers={"Accept": "text/html", "Accept-Language": language})
    assert answer.status_code == 404
    assert answer.headers["content-language"] == language
    assert words in answer.text


def test_the_api_answers_json_even_to_a_browser(client: httpx.Client) -> None:
    answer = client.get("/api/documents/none", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("size=0", "size"), ("size=101", "size"), ("size=x", "size"), ("from=-1", "from"),
     ("mode=magic", "mode"), ("year=soon", "year"), ("lang=de", "lang")],
)  # fmt: skip
def test_a_parameter_that_does_not_fit_is_named(
    client: httpx.Client, query: str, parameter: str
) -> None:
    answer = client.get(f"/api/search?{query}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["parameter"] == parameter
    assert answer.json()["errors"][0]["parameter"] == parameter


def test_every_parameter_that_does_not_fit_is_told_at_once(client: httpx.Client) -> None:
    found = client.get("/api/search?size=0&from=-1").json()["errors"]
    assert {item["parameter"] for item in found} == {"size", "from"}


def test_a_method_that_is_not_there_names_those_that_are(client: httpx.Client) -> None:
    answer = client.delete("/api/search")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.InvalidQuery("q", "is wrong", "Mend it"), 400),
        (errors.UnknownThing("x", "is not there", "Search"), 404),
        (errors.LimitExceeded("q", "is too large", "Narrow it"), 422),
        (errors.EmptyInput("x", "is empty", "Fill it"), 422),
        (errors.TooManyQueries("q", "are in hand", "Wait"), 429),
        (errors.QueryTimeout("Ended", "Narrow it"), 504),
        (errors.ServiceBusy("Busy", "Wait"), 503),
        (errors.StoreLocked("Locked", "Wait"), 503),
        (errors.WorkerLost("Died", "Simplify"), 500),
        (RuntimeError("/etc/secret"), 500),
    ],
)
def test_every_error_has_its_status_by_the_table(error: Exception, status: int) -> None:
    assert problem_of(error).kind.status == status


def test_every_class_of_the_core_is_in_the_table_or_below_one_that_is() -> None:
    classes = [c for c in vars(errors).values() if isinstance(c, type)]
    assert all(
        any(a in TABLE for a in c.__mro__[:-2]) for c in classes if c is not errors.AmicError
    )


def test_an_unforeseen_fault_says_nothing_of_the_inside(
    services: Services, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(key: str) -> None:
        raise RuntimeError("/srv/data/ledger.sqlite is gone")

    monkeypatch.setattr(services.documents, "document", fail)
    answer = client.get("/api/documents/x")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "ledger" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_busy_service_says_when_to_come_again(
    services: Services, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(request: object, client: str) -> None:
        raise errors.ServiceBusy("All query workers are taken", "Try again in a few seconds")

    monkeypatch.setattr(services.graph, "stream", busy)
    answer = client.get("/sparql", params={"query": "ASK {}"})
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
