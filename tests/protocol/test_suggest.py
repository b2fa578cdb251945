"""`/api/suggest`: what is begun is completed, in any language, misspelt or not, and soon after."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from amic_kg.settings import Settings
from amic_kg.wiring import Services, open_services
from amic_kg_ingest.runs import ingest_files

Serve = Callable[[Services], AbstractContextManager[httpx.Client]]


def ask(client: httpx.Client, q: str, **parameters: Any) -> list[dict[str, Any]]:
    """The completions, once they are made: a server that has just started reads them first."""
    for _ in range(600):
        answer = client.get("/api/suggest", params={"q": q, **parameters})
        assert answer.status_code == 200, answer.text
        if answer.json()["complete"]:
            found: list[dict[str, Any]] = answer.json()["suggestions"]
            return found
        time.sleep(0.1)
    pytest.fail("no completions are made")


def names(found: list[dict[str, Any]]) -> list[str]:
    return [each["text"] for each in found]


@pytest.mark.parametrize(
    ("typed", "lang", "text", "kind"),
    [
        ("kaivosvesi", "fi", "kaivosvesien käsittely", "Teema"),
        ("mine wat", "en", "mine water management", "Theme"),
        ("kevit", "sv", "Kevitsa", "Objekt"),
        ("sodank", "en", "Sodankylä", "Place"),
        ("geological sur", "en", "Geological Survey of Finland", "Organisation"),
    ],
)
def test_a_name_is_completed_with_its_type_in_the_readers_language(
    client: httpx.Client, typed: str, lang: str, text: str, kind: str
) -> None:
    found = {each["text"]: each for each in ask(client, typed, lang=lang, size=20)}
    assert text in found
    assert found[text]["type_label"] == kind
    assert client.get(found[text]["url"], headers={"Accept": "text/html"}).status_code == 200


def test_a_name_in_another_language_or_an_alternative_one_leads_to_the_same_thing(
    client: httpx.Client,
) -> None:
    found = ask(client, "renskötsel", lang="en", type="Theme")
    assert found[0]["text"] == "reindeer husbandry"
    assert (found[0]["matched"], found[0]["matched_language"]) == ("renskötsel", "sv")
    geological = ask(client, "GTK", lang="en", type="Organization")
    assert "Geological Survey of Finland" in names(geological)


def test_any_word_of_a_name_may_be_begun_and_the_places_are_told(client: httpx.Client) -> None:
    (found,) = [
        e for e in ask(client, "wat mine", lang="en", size=20) if e["text"] == e["matched"]
    ][:1]
    words = [found["matched"][start:end].lower() for start, end in found["highlights"]]
    assert set(words) == {"wat", "mine"}


def test_titles_are_completed_with_the_kind_of_the_document(client: httpx.Client) -> None:
    found = ask(client, "kaivosvedet ja", lang="fi", type="Document")
    assert found[0]["text"].startswith("Kaivosvedet")
    assert found[0]["type"] == "Document"
    assert found[0]["type_label"] != "Document"
    assert found[0]["count"] == 1
    assert found[0]["url"].startswith("/id/output/")


def test_a_restricted_document_is_named_and_none_of_its_text(client: httpx.Client) -> None:
    assert "Rajoitettu selvitys kaivosvesistä" in names(ask(client, "rajoitettu", lang="fi"))
    assert ask(client, "Kvartsinhion") == []


@pytest.mark.parametrize(
    ("misspelt", "text"),
    [
        ("sodnakylä", "Sodankylä"),
        ("kevtisa", "Kevitsa"),
        ("poronhiot", "porotalous"),
        ("kittila", "Kittilä"),
        ("kaivosvseien käs", "kaivosvesien käsittely"),
    ],
)
def test_spelling_is_forgiven(client: httpx.Client, misspelt: str, text: str) -> None:
    assert text in names(ask(client, misspelt, lang="fi", size=20))


def test_a_short_word_is_taken_as_it_is(client: httpx.Client) -> None:
    assert all("kuu" in each["matched"].lower() for each in ask(client, "kuu", lang="fi"))


def test_names_in_the_readers_language_that_begin_so_come_first_then_those_of_most_documents(
    client: httpx.Client,
) -> None:
    found = ask(client, "kaivos", lang="fi", size=20)
    leads = [
        each["text"] == each["matched"] and each["text"].lower().startswith("kaivos")
        and each["type"] != "Document"
        for each in found
    ]  # fmt: skip
    assert leads[0]
    assert leads == sorted(leads, reverse=True)
    counts = [each["count"] for each, leading in zip(found, leads, strict=True) if leading]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 0


def test_types_narrow_the_answer_and_an_unknown_one_is_a_problem(client: httpx.Client) -> None:
    found = ask(client, "ki", type=["Place", "Mineral"], size=20)
    assert {each["type"] for each in found} == {"Place", "Mineral"}
    refused = client.get("/api/suggest", params={"q": "ki", "type": "Dragon", "lang": "sv"})
    assert refused.status_code == 400
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["parameter"] == "type"


@pytest.mark.parametrize(
    "parameters",
    [{"q": "a" * 10_000}, {"size": "0"}, {"size": "21"}, {"size": "x"}, {"lang": "de"}],
)
def test_what_does_not_fit_is_a_problem_that_names_it(
    client: httpx.Client, parameters: dict[str, str]
) -> None:
    refused = client.get("/api/suggest", params=parameters)
    assert refused.status_code == 400
    assert refused.json()["parameter"] in parameters


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "?!…", '"', "🪨⛏️", "<script>alert(1)</script>", "title:(a OR b)^2 *", "\x00", "%"],
)
def test_strange_text_is_text_and_nothing_else(client: httpx.Client, typed: str) -> None:
    assert isinstance(ask(client, typed), list)


def test_the_answer_may_be_kept_a_while_and_read_by_any_site(client: httpx.Client) -> None:
    ask(client, "kaivos")
    asked = {"Origin": "https://portal.example"}
    got = client.get("/api/suggest?q=kaivos", headers=asked)
    assert got.headers["access-control-allow-origin"] == "*"
    assert got.headers["cache-control"] == "public, max-age=60"
    assert "Accept-Language" in got.headers["vary"]
    assert "set-cookie" not in got.headers
    head = client.head("/api/suggest?q=kaivos", headers=asked)
    assert (head.status_code, head.content) == (200, b"")


@pytest.fixture
def growing(tmp_path: Path) -> Iterator[Settings]:
    settings = Settings(data=tmp_path / "data", ocr="off")
    write(tmp_path / "one.txt", "Ensimmäinen selvitys")
    ingest_files(settings, [tmp_path / "one.txt"], console=None)
    return settings


def write(path: Path, title: str) -> None:
    path.write_text(f"{title}.\n\nKaivoksen vesistä kerrotaan tässä lyhyesti.\n", encoding="utf-8")
    record = path.with_name(f"{path.name}.metadata.json")
    record.write_text(json.dumps({"title": {"fi": title}, "language": ["fi"]}), encoding="utf-8")


def test_what_is_published_is_completed_soon_and_no_request_waits_for_it(
    growing: Settings, serve: Serve, tmp_path: Path
) -> None:
    with closing(open_services(growing)) as services, serve(services) as client:
        assert names(ask(client, "ensimm")) == ["Ensimmäinen selvitys"]
        assert ask(client, "toinen", type="Document") == []
        write(tmp_path / "two.txt", "Toinen selvitys")
        ingest_files(growing, [tmp_path / "two.txt"], console=None)
        for _ in range(600):
            if names(ask(client, "toinen", type="Document")) == ["Toinen selvitys"]:
                return
            time.sleep(0.1)
    pytest.fail("the new document is not completed")
