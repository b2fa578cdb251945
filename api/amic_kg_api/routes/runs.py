"""`/runs` and `/api/runs`: how the sources stand after their last runs."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from amic_kg_api.models.runs import RunsResponse, SourceRuns
from amic_kg_api.runs_view import public_lag, public_source
from amic_kg_api.visits import ThisVisit, Visit

router = APIRouter()


@router.get("/api/runs", tags=["Operation"], operation_id="runs")
def runs(visit: ThisVisit) -> RunsResponse:
    """Each source with its last run, how many documents of it are in, and how many are missing.

    Counts only: which documents are missing, `amic-kg status --failures` tells on the server.
    """
    return RunsResponse(lag=public_lag(visit.services.lag()), sources=_sources(visit))


@router.get("/runs", include_in_schema=False)
def runs_page(visit: ThisVisit) -> HTMLResponse:
    """The sources with their last runs, and what is missing by class of error."""
    return visit.pages.render(
        visit.visitor, "runs.html", lag=visit.services.lag(), sources=_sources(visit)
    )


def _sources(visit: Visit) -> list[SourceRuns]:
    return [public_source(state) for state in visit.services.runs.sources()]
