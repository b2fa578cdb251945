"""Which generation of the graph an answer comes from: a header, and ETags made of it.

RFC 9110, section 8.8.3: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3
"""

from __future__ import annotations

import hashlib
from typing import cast

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from amic_kg import __version__
from amic_kg.errors import AmicError
from amic_kg.graph.sparql_text import keywords
from amic_kg.ports import QueryRequest
from amic_kg_api.services import Services, services_of

VERSION_HEADER = "Dataset-Version"
_KEY = "amic.generation"
_CHANCE = frozenset(("NOW", "RAND", "UUID", "STRUUID", "BNODE", "SERVICE"))
"""What gives the same query another answer on the same generation: a search follows the index."""


class DatasetVersion:
    """Tells the generation on every answer of SPARQL and the graph store, errors too.

    It is read before the query runs: an answer may be newer than its tag, never older.
    """

    def __init__(self, app: ASGIApp, services: Services) -> None:
        self._app = app
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _is_of_graph(scope["path"]):
            await self._app(scope, receive, send)
            return
        scope[_KEY] = await self._generation()

        async def send_with_version(message: Message) -> None:
            if message["type"] == "http.response.start" and scope[_KEY]:
                MutableHeaders(scope=message).setdefault(VERSION_HEADER, scope[_KEY])
            await send(message)

        await self._app(scope, receive, send_with_version)

    async def _generation(self) -> str:
        """'' when a store elsewhere does not answer: the route will tell."""
        graph = self._services.graph
        try:
            if self._services.settings.sparql_url:
                return await run_in_threadpool(graph.generation)
            # One small file: a hop to a thread would take longer.
            return graph.generation()
        except AmicError:
            return ""


def version_of(request: Request) -> str:
    return cast(str, request.scope.get(_KEY, ""))


def entity_tag(asked: Request, request: QueryRequest, media_type: str) -> str | None:
    """None where the same query may have another answer; weak, for gzip is another text."""
    generation, default_graph = version_of(asked), services_of(asked).settings.default_graph
    if not generation or generation == "none" or _CHANCE & set(keywords(request.query)):
        return None
    said = (
        __version__, generation, default_graph, media_type,
        request.query, request.default_graphs, request.named_graphs,
    )  # fmt: skip
    return f'W/"{hashlib.sha256(repr(said).encode()).hexdigest()[:32]}"'


def is_fresh(request: Request, tag: str) -> bool:
    """Whether the client has this answer (If-None-Match, RFC 9110, section 13.1.2)."""
    held = [
        each.strip().removeprefix("W/")
        for header in request.headers.getlist("if-none-match")
        for each in header.split(",")
    ]
    return "*" in held or tag.removeprefix("W/") in held


def _is_of_graph(path: str) -> bool:
    return path in ("/sparql", "/sparql/update", "/rdf-graph-store") or path.startswith("/graph/")
