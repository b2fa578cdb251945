"""`/health`: the process answers. `/ready`: its parts do, and what is lost on this machine."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel

from amic_kg.errors import AmicError
from amic_kg_api.services import Services
from amic_kg_api.visits import ThisVisit

router = APIRouter(tags=["Operation"])


class Health(BaseModel):
    status: Literal["ok"]


class Part(BaseModel):
    """A part of the service; `detail` says what is wrong, or how much there is."""

    ready: bool
    detail: str


class Readiness(BaseModel):
    ready: bool
    parts: dict[str, Part]
    degraded: list[str]


@router.get("/health", operation_id="health")
def health() -> Health:
    """The process runs; asks no other part."""
    return Health(status="ok")


@router.get("/ready", operation_id="ready", responses={503: {"model": Readiness}})
def ready(visit: ThisVisit, response: Response) -> Readiness:
    """Whether index, graph and ledger answer; 503 when one does not."""
    services = visit.services
    parts = {
        "index": _index(services),
        "graph": _graph(services),
        "documents": _documents(services),
    }
    all_ready = all(part.ready for part in parts.values())
    if not all_ready:
        response.status_code = 503
    response.headers["Cache-Control"] = "no-store"
    return Readiness(ready=all_ready, parts=parts, degraded=list(services.degraded))


def _index(services: Services) -> Part:
    try:
        if services.index.ready():
            return Part(ready=True, detail=f"{services.index.count()} passages")
    except AmicError as error:
        return Part(ready=False, detail=str(error))
    return Part(ready=False, detail="does not answer")


def _graph(services: Services) -> Part:
    try:
        if services.graph.ready():
            return Part(ready=True, detail=f"generation {services.graph.generation()}")
    except AmicError as error:
        return Part(ready=False, detail=str(error))
    return Part(ready=False, detail="nothing has been published yet")


def _documents(services: Services) -> Part:
    try:
        return Part(ready=True, detail=f"{services.documents.count()} documents")
    except AmicError as error:
        return Part(ready=False, detail=str(error))
