"""Documents that are being written: noted before the first store is touched, struck out at the end.

What stands here when no run is under way was left by one that was broken off: graph and index may
hold of these documents what the ledger does not know.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

import sqlalchemy as sa

from amic_kg.ledger import tables
from amic_kg.source_states import STEPS, HeldUp, Step


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

    def held_up(self) -> tuple[HeldUp, ...]:
        """The steps that documents wait for, in the order of writing, each with its number."""
        unfinished = tables.unfinished.c
        query = sa.select(unfinished.step, sa.func.count(), sa.func.min(unfinished.since)).group_by(
            unfinished.step
        )
        with self._engine.connect() as connection:
            found = {row[0]: (int(row[1]), str(row[2])) for row in connection.execute(query)}
        return tuple(HeldUp(step, *found[step]) for step in STEPS if step in found)

    def strike_out(self, keys: Collection[str]) -> None:
        with self._engine.begin() as connection:
            for key in keys:
                finish(connection, key)


def finish(connection: sa.Connection, key: str) -> None:
    """Strike out `key` within a transaction that says what has become of it."""
    connection.execute(sa.delete(tables.unfinished).where(tables.unfinished.c.key == key))
