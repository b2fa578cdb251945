"""Sources and their runs as anyone may see them: paths and addresses of the operator stay out."""

from __future__ import annotations

from urllib.parse import urlsplit

from amic_kg.source_states import Lag, Run, SourceState
from amic_kg_api.models.runs import HeldUpDocuments, LastRun, SourceRuns, StoresLag


def public_source(state: SourceState) -> SourceRuns:
    return SourceRuns(
        source=public_name(state.source),
        kind=state.kind,
        documents=state.documents,
        missing={missing.name: missing.number for missing in state.missing},
        broken=state.broken.name if state.broken else None,
        last_run=_last_run(state.last_run) if state.last_run else None,
    )


def public_lag(lag: Lag) -> StoresLag:
    return StoresLag(
        running=lag.running,
        documents=lag.documents,
        held_up=[
            HeldUpDocuments(step=held.step, documents=held.documents, since=held.since)
            for held in lag.held_up
        ],
    )


def public_name(source: str) -> str:
    """A declared name as it is, of a URL the host alone, of a path nothing.

    A source that is not declared is called by its address: that may hold a key or a password, or
    tell how the disk of the server is laid out.
    """
    if "://" in source:
        try:
            return urlsplit(source).hostname or ""
        except ValueError:
            return ""
    return "" if "/" in source or "\\" in source else source


def _last_run(run: Run) -> LastRun:
    return LastRun(
        began=run.began,
        ended=run.ended or None,
        seconds=run.seconds,
        state=run.state,
        error=run.error.name if run.error else None,
        found=run.counts.get("found", 0),
        published=run.counts.get("published", 0),
        skipped=run.counts.get("skipped", 0),
        failed=run.counts.get("failed", 0),
        quarantined=run.counts.get("quarantined", 0),
        withdrawn=run.counts.get("withdrawn", 0),
        left_out=sum(run.left_out.values()),
        pages=run.pages,
    )
