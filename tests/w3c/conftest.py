"""A server of its own for the suite, whose data each test puts in place of what was there."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from amic_kg.graph.oxigraph import OxigraphStore
from amic_kg.ports import UpdateRequest
from amic_kg.settings import Settings
from amic_kg.wiring import open_services
from tests.protocol.conftest import serving
from tests.w3c.answers import JSON, Rows, answered, canonical
from tests.w3c.suite import FOLDER, Data, entries, parsed

KEY = "a-key-of-these-tests"
PATIENCE = 120
"""Seconds."""


class Endpoint:
    """`/sparql` of a server over an embedded store; `data` is what the store holds, if known."""

    def __init__(self, client: httpx.Client, settings: Settings) -> None:
        self._client = client
        self._settings = settings
        self._data: Data | None = None

    def hold(self, data: Data) -> None:
        """Put `data` in place of all that is there, and publish it."""
        if data == self._data:
            return
        default = "".join(map(lines, data.default))
        named = "".join(f"GRAPH <{name}> {{\n{lines(path)}}}\n" for name, path in data.named)
        with closing(OxigraphStore(self._settings.data / "graph")) as store:
            update = UpdateRequest(f"DROP ALL ; INSERT DATA {{\n{default}{named}}}")
            store.change(update, self._settings.base_iri, union=False)
            store.publish()
        self._data = data

    def ask(self, query: str, media_type: str) -> httpx.Response:
        return self._client.post("/sparql", data={"query": query}, headers={"Accept": media_type})

    def update(self, update: str) -> httpx.Response:
        self._data = None
        key = {"Authorization": f"Bearer {KEY}"}
        return self._client.post("/sparql", data={"update": update}, headers=key)

    def graphs(self) -> dict[str, list[str]]:
        """All that is there now: triples by the graph's name, empty for the default graph."""
        answer = self.ask("SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", JSON)
        rows = answered(JSON, answer.content)
        assert isinstance(rows, Rows)
        found: dict[str, list[ox.Quad]] = {}
        for row in rows.solutions:
            name = row["g"].value if "g" in row else ""
            subject, predicate = row["s"], row["p"]
            assert isinstance(predicate, ox.NamedNode)
            assert not isinstance(subject, ox.Literal)
            found.setdefault(name, []).append(ox.Quad(subject, predicate, row["o"]))
        return {name: canonical(quads) for name, quads in found.items()}


def lines(path: Path) -> str:
    """The triples of a file as N-Triples."""
    return "".join(f"{quad} .\n" for quad in parsed(path))


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    settings = Settings(
        data=tmp_path_factory.mktemp("w3c") / "data",
        default_graph="default",
        update_key=KEY,
        query_workers=1,
        # What is asked here takes milliseconds; a machine that is busy is waited for.
        query_seconds=PATIENCE,
        update_seconds=PATIENCE,
        query_memory_megabytes=0,
    )
    with closing(OxigraphStore(settings.data / "graph")) as store:
        store.publish()
    with closing(open_services(settings)) as services, serving(services) as client:
        client.timeout = httpx.Timeout(2 * PATIENCE)
        yield Endpoint(client, settings)


@pytest.fixture(scope="session")
def suite() -> Path:
    if not FOLDER.is_dir():
        reason = f"the W3C's tests are not there: {FOLDER.name} (AMIC_TEST_SHARED)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return FOLDER


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """How many tests passed and how many are known to fail, by area and by reason."""
    areas = {entry.id: entry.area for entry in entries()}
    by_area: Counter[tuple[str, str]] = Counter()
    by_heading: Counter[str] = Counter()
    for outcome in ("passed", "xfailed", "failed", "error"):
        for report in terminalreporter.getreports(outcome):
            file, _, name = report.nodeid.partition("::")
            area = areas.get(name.partition("[")[2].removesuffix("]"))
            if "w3c" not in file or area is None:
                continue
            by_area[area, outcome] += 1
            if outcome == "xfailed":
                by_heading[report.wasxfail.removeprefix("reason: ").partition(":")[0]] += 1
    if by_area:
        terminalreporter.section("W3C SPARQL 1.1")
        for area in dict.fromkeys(areas.values()):
            counts = (f"{by_area[area, each]:4} {each}" for each in ("passed", "xfailed", "failed"))
            terminalreporter.line(f"{area:28}{''.join(counts)}")
        terminalreporter.line(f"known to fail: {dict(by_heading)}")
