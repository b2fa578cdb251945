"""The web application: routes, middleware and the one handler of errors, over open services."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from amic_kg import __version__
from amic_kg.errors import AmicError
from amic_kg_api.addresses import SiteMap
from amic_kg_api.dataset_version import DatasetVersion
from amic_kg_api.middleware import Compression, HeadAsGet, OpenReads, SecurityHeaders, protect
from amic_kg_api.overview import Overview
from amic_kg_api.problems import (
    answer_error,
    answer_http_error,
    answer_invalid_parameters,
)
from amic_kg_api.query_answers import QueryLimitHeaders
from amic_kg_api.remembered import Remembered
from amic_kg_api.rendering import STATIC_FOLDER, Pages
from amic_kg_api.routes import (
    dataset,
    documents,
    editor,
    embed,
    graph_store,
    health,
    ontology,
    queries,
    reference,
    review,
    runs,
    search,
    site,
    sparql,
    suggest,
    things,
    vocabularies,
)
from amic_kg_api.services import Services
from amic_kg_api.suggesting import Suggesting

_DESCRIPTION = (
    "Search and linked data over documents about mining in Lapland and North Karelia. "
    "Every answer is open to read from any site; errors are problem+json (RFC 9457)."
)


def create_app(services: Services) -> FastAPI:
    """The application over `services`, which the caller opens and closes."""
    remembered = Remembered(services.graph)
    suggesting = Suggesting(services, remembered)

    def warm() -> None:
        services.searcher.warm()
        suggesting.renew()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        # Dictionaries load while the first pages are already served.
        services.graph.warm()
        warming = asyncio.create_task(asyncio.to_thread(warm))
        yield
        await warming
        suggesting.close()

    app = FastAPI(
        title="AMIC-KG",
        version=__version__,
        description=_DESCRIPTION,
        lifespan=lifespan,
        # FastAPI's own pages load scripts from elsewhere; routes/reference.py renders ours.
        docs_url=None,
        redoc_url=None,
    )
    app.state.services = services
    app.state.pages = Pages(SiteMap(services.iris.base))
    app.state.overview = Overview(services.graph)
    app.state.remembered = remembered
    app.state.suggesting = suggesting

    # Routes are tried in this order: what programs ask a thousand times comes first.
    for module in (
        sparql, search, suggest, documents, things, vocabularies, ontology, queries, editor,
        embed, graph_store, dataset, review, runs, health, reference, site,
    ):  # fmt: skip
        app.include_router(module.router)
    app.mount("/static", _Static(directory=STATIC_FOLDER))

    # The last added is the outermost.
    app.add_middleware(SecurityHeaders)
    app.add_middleware(QueryLimitHeaders, settings=services.settings)
    app.add_middleware(Compression)
    app.add_middleware(OpenReads)
    app.add_middleware(HeadAsGet)
    app.add_middleware(DatasetVersion, services=services)

    app.exception_handler(AmicError)(answer_error)
    app.exception_handler(RequestValidationError)(answer_invalid_parameters)
    app.exception_handler(HTTPException)(answer_http_error)
    app.exception_handler(Exception)(_answer_unexpected)
    return app


def _answer_unexpected(request: Request, error: Exception) -> Response:
    """Runs outside of the middleware, so it protects its answer itself; the server logs it."""
    response = answer_error(request, error)
    protect(response.headers)
    return response


class _Static(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        # Pages name these files with their content's hash: see rendering.static_address.
        if b"v=" in scope["query_string"]:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
