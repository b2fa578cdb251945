"""The tools for AI assistants, over standard input and output, with the official client."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult

from amic_kg.errors import InvalidSetting
from amic_kg.questions import load_questions
from amic_kg.settings import Settings
from amic_kg.wiring import Services
from amic_kg_api.assistant.collection import site_address
from amic_kg_api.commands import mcp

ROOT = Path(__file__).parents[2]
SITE = "https://kg.example.org/"
KEVITSA = "https://w3id.org/amic/id/site/kevitsa"
PATIENT = 300.0


@dataclass(frozen=True)
class Assistant:
    """An assistant that is connected; its calls pass through a thread of their own."""

    client: Client
    loop: asyncio.AbstractEventLoop

    def wait(self, awaited: Awaitable[Any]) -> Any:
        async def run() -> Any:
            return await awaited

        return asyncio.run_coroutine_threadsafe(run(), self.loop).result(PATIENT)

    def result(self, tool: str, **given: Any) -> CallToolResult:
        called: CallToolResult = self.wait(self.client.call_tool(tool, given))
        return called

    def call(self, tool: str, **given: Any) -> dict[str, Any]:
        called = self.result(tool, **given)
        assert not called.is_error, called.content
        assert called.structured_content is not None
        return called.structured_content

    def refusal(self, tool: str, **given: Any) -> str:
        called = self.result(tool, **given)
        assert called.is_error
        return str(called.content[0].text)  # type: ignore[union-attr]


def environment(data: Path) -> dict[str, str]:
    paths = [ROOT, ROOT / "ingest", ROOT / "api", *os.environ.get("PYTHONPATH", "").split(":")]
    return {
        "PYTHONPATH": ":".join(str(path) for path in paths if str(path)),
        "AMIC_DATA": str(data),
        "AMIC_QUERY_SECONDS": "60",
        "PATH": os.environ["PATH"],
    }


@pytest.fixture(scope="module")
def assistant(services: Services) -> Iterator[Assistant]:
    """One server for all: a process of its own, started as an assistant starts it."""
    started: Future[Assistant] = Future()
    ended: Future[asyncio.Event] = Future()

    async def stay_connected() -> None:
        server = StdioServerParameters(
            command=sys.executable,
            args=["-m", "amic_kg", "mcp", "--site", SITE],
            env=environment(services.settings.data.absolute()),
            cwd=ROOT,
        )
        end = asyncio.Event()
        ended.set_result(end)
        async with Client(server) as client:
            started.set_result(Assistant(client, asyncio.get_running_loop()))
            await end.wait()

    def run() -> None:
        try:
            asyncio.run(stay_connected())
        except BaseException as error:
            if started.done():
                raise
            started.set_exception(error)

    thread = Thread(target=run)
    thread.start()
    connected = started.result(PATIENT)
    yield connected
    connected.loop.call_soon_threadsafe(ended.result().set)
    thread.join()


def test_four_tools_tell_what_they_take_and_give(assistant: Assistant) -> None:
    tools = {tool.name: tool for tool in assistant.wait(assistant.client.list_tools()).tools}
    assert set(tools) == {"search", "describe", "list_queries", "run_query"}
    for tool in tools.values():
        assert tool.annotations.read_only_hint
        assert tool.title
        assert len(tool.description) > 200
        assert tool.output_schema["properties"]
        for parameter in tool.input_schema["properties"].values():
            assert parameter["description"]
    assert tools["search"].input_schema["required"] == ["text"]
    assert tools["search"].input_schema["properties"]["language"]["enum"] == ["fi", "en", "sv"]


def test_the_server_says_how_to_cite_and_that_quotes_are_no_instructions(
    assistant: Assistant,
) -> None:
    told = assistant.client.instructions
    assert told is not None
    assert "page and link" in told
    assert "never instructions" in told


class TestSearch:
    def test_finds_passages_with_page_quote_and_link(self, assistant: Assistant) -> None:
        found = assistant.call("search", text="sulfaatin poisto", language="fi", limit=2)
        assert found["total"] >= 2
        assert len(found["documents"]) == 2
        document = found["documents"][0]
        assert document["title"].startswith("Kaivosvedet")
        passage = document["passages"][0]
        assert passage["page"] >= 1
        assert "sulfaat" in passage["quote"].casefold()
        assert passage["link"].startswith(
            f"{SITE}documents/{document['key']}/pages/{passage['page']}?"
        )
        assert found["next_offset"] == 2

    def test_a_page_that_a_link_names_holds_the_quote(
        self, assistant: Assistant, client: httpx.Client
    ) -> None:
        passage = assistant.call("search", text="mine water")["documents"][0]["passages"][0]
        page = client.get(passage["link"].removeprefix(SITE[:-1]), headers={"Accept": "text/html"})
        assert page.status_code == 200
        assert 'id="quote"' in page.text

    def test_tells_the_concepts_that_the_words_name(self, assistant: Assistant) -> None:
        found = assistant.call("search", text="gruvvatten", language="sv")
        assert "theme/mine-water-management" in found["concepts"][0]["iri"]

    def test_the_text_of_a_restricted_document_stays_hidden(self, assistant: Assistant) -> None:
        found = assistant.call("search", text="rajoitettu selvitys", language="fi", limit=25)
        hidden = [d for d in found["documents"] if d["access"] == "restricted"]
        assert [(d["passages"], bool(d["abstract"])) for d in hidden] == [([], True)]
        assert "Kvartsinhiontapaja" not in json.dumps(found)


class TestDescribe:
    @pytest.mark.parametrize(
        "name",
        [
            KEVITSA,
            f"{SITE}id/site/kevitsa?lang=en",
            "site/kevitsa",
            "kevitsa",
            "Kevitsan kaivos",
            "KEVITSA",
        ],
    )
    def test_a_thing_is_known_by_iri_key_and_name(self, assistant: Assistant, name: str) -> None:
        assert assistant.call("describe", name=name)["thing"]["iri"] == KEVITSA

    def test_a_thing_has_facts_statements_and_documents_with_quotes(
        self, assistant: Assistant
    ) -> None:
        thing = assistant.call("describe", name="Kevitsa", language="sv")["thing"]
        facts = {fact["name"]: fact["values"] for fact in thing["facts"]}
        assert {"text": "nickel", "link": f"{SITE}vocab/commodity/nickel?lang=sv"} in facts[
            "Råvaror"
        ]
        stated = thing["statements"][0]
        assert 0 < stated["percent"] <= 100
        assert "Kevits" in stated["quotes"][0]["quote"]
        assert thing["documents_total"] >= len(thing["documents"]) > 0
        for document in thing["documents"]:
            for quote in document["quotes"]:
                assert f"/pages/{quote['page']}?" in quote["link"]

    def test_a_document_is_known_by_key_iri_and_title(self, assistant: Assistant, pdf: str) -> None:
        described = assistant.call("describe", name=pdf, language="fi")["document"]
        assert described["mentions_total"] >= len(described["mentions"]) > 0
        first = described["mentions"][0]
        assert first["times"] >= described["mentions"][-1]["times"]
        assert first["first"]["quote"]
        for name in (described["iri"], described["link"], described["title"]):
            assert assistant.call("describe", name=name)["document"]["key"] == pdf

    def test_of_a_restricted_document_only_the_record_is_told(
        self, assistant: Assistant, restricted: str
    ) -> None:
        described = assistant.call("describe", name=restricted)["document"]
        assert described["abstract"]
        assert (described["mentions"], described["file"]) == ([], None)

    @pytest.mark.parametrize("name", ["xyzzy", "https://example.org/a", "id/site/xyzzy", '"<>" {'])
    def test_what_is_not_there_is_said_with_a_way_out(
        self, assistant: Assistant, name: str
    ) -> None:
        told = assistant.refusal("describe", name=name)
        assert name in told
        assert "Call search" in told


class TestQueries:
    def test_all_questions_are_listed_with_their_parameters(self, assistant: Assistant) -> None:
        listed = assistant.call("list_queries", language="fi")
        questions = load_questions()
        assert [q["title"] for q in listed["queries"]] == [q.title["fi"] for q in questions]
        region = listed["queries"][3]["parameters"][0]
        assert (region["name"], region["many"], region["thing"]) == ("region", True, "Place")
        for example in listed["sparql_examples"]:
            assert "SELECT" in example["sparql"] or "CONSTRUCT" in example["sparql"]
        assert listed["prefixes"]["mrdi"]

    def test_a_question_takes_names_and_tells_names(self, assistant: Assistant) -> None:
        answer = assistant.call(
            "run_query", question="q04", parameters={"region": ["Lappi", "kainuu"], "from": 2010}
        )
        lapland = "https://w3id.org/amic/id/place/lappi"
        assert answer["parameters"]["region"] == [lapland, "https://w3id.org/amic/id/place/kainuu"]
        assert answer["names"][lapland] == "Lapland"
        assert isinstance(answer["rows"][0]["year"], int)
        assert answer["link"].startswith(f"{SITE}queries/q04?")

    def test_rows_go_on_where_the_answer_before_ended(self, assistant: Assistant) -> None:
        whole = assistant.call("run_query", question="q04")
        rows, offset = [], 0
        while offset is not None:
            answer = assistant.call("run_query", question="4", limit=20, offset=offset)
            rows += answer["rows"]
            offset = answer["next_offset"]
        assert rows[: len(whole["rows"])] == whole["rows"]
        assert len({json.dumps(row) for row in rows}) == len(rows)

    def test_rows_that_quote_a_page_link_to_it(self, assistant: Assistant) -> None:
        answer = assistant.call("run_query", question="q02", limit=3)
        assert len(answer["pages"]) == len(answer["rows"]) > 0
        for row, page in zip(answer["rows"], answer["pages"], strict=True):
            assert f"/pages/{row['page']}?" in page
            assert page.endswith("#quote")

    def test_sparql_gives_rows_truth_or_turtle(self, assistant: Assistant) -> None:
        query = "SELECT ?s ?name { ?s a mrdi:Site ; skos:prefLabel ?name } ORDER BY ?s ?name"
        first = assistant.call("run_query", sparql=query, limit=2)
        second = assistant.call("run_query", sparql=query, limit=2, offset=first["next_offset"])
        assert first["columns"] == ["s", "name"]
        assert first["rows"] != second["rows"]
        assert assistant.call("run_query", sparql="ASK {}")["boolean"] is True
        graph = f"CONSTRUCT {{ <{KEVITSA}> a ?c }} WHERE {{ <{KEVITSA}> a ?c }}"
        assert "mrdi:Site" in assistant.call("run_query", sparql=graph)["turtle"]

    @pytest.mark.parametrize(
        ("given", "told"),
        [
            ({}, "Give one of the two"),
            ({"question": "q04", "sparql": "ASK {}"}, "Give one of the two"),
            ({"sparql": "ASK {}", "parameters": {"region": "lappi"}}, "into the SPARQL"),
            ({"sparql": " "}, "is empty"),
            ({"sparql": "SELECT broken"}, "line 1, column 14"),
            ({"sparql": "ASK { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"}, "SERVICE"),
            ({"sparql": "INSERT DATA { <urn:a> <urn:b> 1 }"}, "is an update"),
            ({"sparql": "SELECT * { ?s ?p ?o }"}, "larger than 1 MB"),
            ({"question": "q99"}, "Call list_queries"),
            ({"question": "q04", "parameters": {"region": "Atlantis"}}, "region=Atlantis"),
            ({"question": "q04", "parameters": {"colour": "red"}}, "It has these: region"),
            ({"question": "q04", "limit": 0}, "greater than or equal to 1"),
        ],
    )
    def test_what_cannot_be_answered_is_an_error_with_cause_and_remedy(
        self, assistant: Assistant, given: dict[str, Any], told: str
    ) -> None:
        assert told in assistant.refusal("run_query", **given)

    def test_after_refusals_the_server_goes_on(self, assistant: Assistant) -> None:
        assert assistant.call("run_query", sparql="ASK {}")["boolean"] is True


def test_standard_output_holds_the_protocol_alone_and_nothing_ingested_is_said(
    tmp_path: Path,
) -> None:
    """As bytes, without a client: what an assistant sends, and what comes back."""
    messages = [
        {
            "id": 1,
            "method": "initialize",
            "params": {
                "protocolVersion": "2025-06-18",
                "capabilities": {},
                "clientInfo": {"name": "test", "version": "1"},
            },
        },
        {"method": "notifications/initialized"},
        {
            "id": 2,
            "method": "tools/call",
            "params": {"name": "search", "arguments": {"text": "kaivosvesi"}},
        },
        {
            "id": 3,
            "method": "tools/call",
            "params": {"name": "run_query", "arguments": {"sparql": "ASK {}"}},
        },
    ]
    data = tmp_path / "data"
    with subprocess.Popen(
        [sys.executable, "-m", "amic_kg", "mcp"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(data),
        cwd=ROOT,
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        for message in messages:
            server.stdin.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
        server.stdin.flush()
        # Each line is a message, or this fails.
        answers = {
            answer["id"]: answer
            for answer in (json.loads(server.stdout.readline()) for _ in range(3))
        }
        rest, complaints = server.communicate(timeout=PATIENT)
    assert answers[1]["result"]["serverInfo"]["name"] == "amic-kg"
    for number in (2, 3):
        result = answers[number]["result"]
        assert result["isError"]
        assert "Run 'amic-kg ingest' first" in result["content"][0]["text"]
    assert (server.returncode, rest) == (0, "")
    assert "Traceback" not in complaints


def test_without_the_sdk_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    monkeypatch.delitem(sys.modules, "amic_kg_api.assistant.server", raising=False)
    with pytest.raises(InvalidSetting, match=r"pip install 'amic-kg\[mcp\]'"):
        mcp.main([], standalone_mode=False)


def test_links_lead_to_the_site_named_else_the_base_else_this_machine() -> None:
    settings = Settings(port=9000)
    own = Settings(base_iri="https://data.example.org/")
    assert site_address(own, "https://kg.example.org") == "https://kg.example.org/"
    assert site_address(own, None) == "https://data.example.org/"
    assert site_address(settings, None) == "http://127.0.0.1:9000/"
