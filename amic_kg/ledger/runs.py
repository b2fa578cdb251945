"""Runs in the ledger: begun, ended, interrupted; and the state of each source by its last run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime

import sqlalchemy as sa

from amic_kg.ledger import tables
from amic_kg.records import Failure
from amic_kg.source_states import Missing, Run, SourceState

KEPT_RUNS = 200
"""Of each source."""


class Runs:
    """Writes what runs came to, and reads how sources stand."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def begin(self, source: str, kind: str) -> int:
        """Note that a run over `source` begins; gives the id by which it is completed.

        One process writes at a time: any other run that has not ended was killed.
        """
        run = tables.run
        row = {
            "source": source,
            "kind": kind,
            "began": _now(),
            "ended": "",
            "counts": {},
            "pages": 0,
            "error": None,
            "interrupted": False,
        }
        with self._engine.begin() as connection:
            connection.execute(sa.update(run).where(run.c.ended == "").values(interrupted=True))
            made = connection.execute(sa.insert(run).values(row)).inserted_primary_key
            oldest = (
                sa.select(run.c.id)
                .where(run.c.source == source)
                .order_by(run.c.id.desc())
                .limit(1)
                .offset(KEPT_RUNS - 1)
            )
            last_kept = connection.execute(oldest).scalar()
            if last_kept is not None:
                connection.execute(
                    sa.delete(run).where(run.c.source == source, run.c.id < last_kept)
                )
        return int(made[0]) if made else 0

    def complete(
        self,
        run: int,
        *,
        counts: Mapping[str, int],
        left_out: Mapping[str, int],
        pages: int,
        error: Failure | None = None,
        interrupted: bool = False,
    ) -> None:
        """Note how a run ended."""
        row = {
            "ended": _now(),
            "counts": {**counts, "left_out": dict(left_out)},
            "pages": pages,
            "error": asdict(error) if error else None,
            "interrupted": interrupted,
        }
        with self._engine.begin() as connection:
            connection.execute(sa.update(tables.run).where(tables.run.c.id == run).values(row))

    def of(self, source: str, *, limit: int = KEPT_RUNS) -> Sequence[Run]:
        """The runs over a source, the latest first."""
        query = (
            sa.select(tables.run)
            .where(tables.run.c.source == source)
            .order_by(tables.run.c.id.desc())
            .limit(limit)
        )
        with self._engine.connect() as connection:
            return [_run(row) for row in connection.execute(query).mappings()]

    def sources(self) -> Sequence[SourceState]:
        """Every source that was ever run, or of which something is in or missing, by name."""
        with self._engine.connect() as connection:
            last = _last_runs(connection)
            documents = _documents(connection)
            missing = _missing(connection)
            broken = _broken(connection)
        names = sorted(last.keys() | documents.keys() | missing.keys() | broken.keys())
        return [
            SourceState(
                source=name,
                kind=last[name].kind if name in last else "",
                last_run=last.get(name),
                documents=documents.get(name, 0),
                missing=tuple(missing.get(name, ())),
                broken=broken.get(name),
            )
            for name in names
        ]


def _last_runs(connection: sa.Connection) -> dict[str, Run]:
    latest = sa.select(sa.func.max(tables.run.c.id)).group_by(tables.run.c.source)
    query = sa.select(tables.run).where(tables.run.c.id.in_(latest))
    return {row["source"]: _run(row) for row in connection.execute(query).mappings()}


def _documents(connection: sa.Connection) -> dict[str, int]:
    """A document that lies at two places of a source is one."""
    place = tables.location.c
    query = sa.select(place.source, sa.func.count(sa.distinct(place.key))).group_by(place.source)
    return {source: int(number) for source, number in connection.execute(query)}


def _missing(connection: sa.Connection) -> dict[str, list[Missing]]:
    failure = tables.failure.c
    waits = failure.next_try != ""
    query = (
        sa.select(
            failure.source,
            failure.name,
            sa.func.count(),
            sa.func.sum(sa.case((waits, 1), else_=0)),
            sa.func.min(sa.case((waits, failure.next_try))),
        )
        .where(failure.identifier != failure.source)
        .group_by(failure.source, failure.name)
        .order_by(failure.source, sa.func.count().desc(), failure.name)
    )
    found: defaultdict[str, list[Missing]] = defaultdict(list)
    for source, name, number, waiting, first in connection.execute(query):
        found[source].append(Missing(name, int(number), int(waiting), first or ""))
    return found


def _broken(connection: sa.Connection) -> dict[str, Failure]:
    """A source that fails as a whole stands among the failures by its own name."""
    failure = tables.failure.c
    query = sa.select(failure.source, failure.name, failure.message, failure.remedy).where(
        failure.identifier == failure.source
    )
    return {
        source: Failure(name, message, remedy)
        for source, name, message, remedy in connection.execute(query)
    }


def _run(row: sa.RowMapping) -> Run:
    counts = dict(row["counts"])
    left_out = counts.pop("left_out", {})
    return Run(
        id=row["id"],
        source=row["source"],
        kind=row["kind"],
        began=row["began"],
        ended=row["ended"],
        counts=counts,
        left_out=left_out,
        pages=row["pages"],
        error=Failure(**row["error"]) if row["error"] else None,
        interrupted=bool(row["interrupted"]),
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
