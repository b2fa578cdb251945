"""What `/api/runs` gives: counts, since it is public; no file is named, no path, no address."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field


class LastRun(BaseModel):
    """The last run over a source; `found` is the sum of the five counts that follow it."""

    began: str = Field(description="ISO 8601, UTC")
    ended: str | None = Field(description="ISO 8601, UTC; null of a run that goes on or was killed")
    seconds: float | None
    state: Literal["running", "complete", "interrupted", "broken"]
    error: str | None = Field(description="The class of the error that broke it off")
    found: int
    published: int
    skipped: int
    failed: int
    quarantined: int
    withdrawn: int
    left_out: int = Field(description="Records that the filters of the source left out")
    pages: int = Field(description="Pages of the documents published by it")


class SourceRuns(BaseModel):
    """A source as it stands."""

    source: str = Field(
        description="Its name; of a URL the host, empty for a file or folder of the server"
    )
    kind: str = Field(description="As in its declaration; empty when no run of it is kept")
    documents: int = Field(description="Documents of it that are in")
    missing: dict[str, int] = Field(description="Documents that are not, by class of error")
    broken: str | None = Field(description="The class of the error, when it cannot be read now")
    last_run: LastRun | None


class HeldUpDocuments(BaseModel):
    """Documents whose next step of writing waits."""

    step: Literal["graph", "index", "publish"] = Field(
        description="graph: neither graph nor index have the change; index: the graph has it; "
        "publish: both have it, and it is not published yet"
    )
    documents: int
    since: str = Field(description="ISO 8601, UTC; of the one that waits longest")


class StoresLag(BaseModel):
    """How far graph and index are behind what was taken in."""

    running: bool = Field(
        description="Whether a run is under way; else the next one completes what waits"
    )
    documents: int = Field(description="All that wait")
    held_up: list[HeldUpDocuments]


class RunsResponse(BaseModel):
    """How the stores stand, and all sources, by name."""

    lag: StoresLag
    sources: list[SourceRuns]
