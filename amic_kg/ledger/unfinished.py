"""Documents that are being written: noted before the first store is touched, struck out at the end.

What stands here when no run is under way was left by one that was broken off: graph and index may
hold of these documents what the ledger does not know.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal

import sqlalchemy as sa

from amic_kg.ledger import tables

Step = Literal["graph", "index", "publish"]
"""What is to be written next: the graph; the index, which is behind the graph until then; or the
publishing of both, after which the ledger knows."""

STEPS: tuple[Step, ...] = ("graph", "index", "publish")


class Unfinished:
    """The keys of documents between the first write and the last, each with the step it is at."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def note(self, keys: Collection[str], step: Step) -> None:
        since = datetime.now(UTC).isoformat(timespec="seconds")
        with self._engine.begin() as connection:
            for key in keys:
                row = {"key": key, "step": step, "since": since}
                tables.put(connection, tables.unfinished, row, ("key",))

    def keys(self) -> Sequence[str]:
        query = sa.select(tables.unfinished.c.key).order_by(tables.unfinished.c.key)
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def counts(self) -> Mapping[Step, int]:
        """How many documents are at each step."""
        query = sa.select(tables.unfinished.c.step, sa.func.count()).group_by(
            tables.unfinished.c.step
        )
        with self._engine.connect() as connection:
            found = {str(row[0]): int(row[1]) for row in connection.execute(query)}
        return {step: found.get(step, 0) for step in STEPS}

    def strike_out(self, keys: Collection[str]) -> None:
        with self._engine.begin() as connection:
            for key in keys:
                finish(connection, key)


def finish(connection: sa.Connection, key: str) -> None:
    """Strike out `key` within a transaction that says what has become of it."""
    connection.execute(sa.delete(tables.unfinished).where(tables.unfinished.c.key == key))
