"""`/docs`: the OpenAPI document as a page made here; it asks nothing of any other site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from amic_kg_api.openapi_view import operations, schemas
from amic_kg_api.problems import TABLE
from amic_kg_api.visits import ThisVisit

router = APIRouter()


@router.get("/docs", include_in_schema=False)
def docs(visit: ThisVisit) -> HTMLResponse:
    described: Mapping[str, Any] = visit.request.app.openapi()
    kinds = {kind.name: kind for kind in TABLE.values()}
    return visit.pages.render(
        visit.visitor,
        "docs.html",
        groups=operations(described),
        schemas=schemas(described),
        problems=sorted(kinds.values(), key=lambda kind: (kind.status, kind.name)),
        version=described["info"]["version"],
    )
