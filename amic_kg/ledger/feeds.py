"""What a source remembers from run to run, and which of its documents wait for another try."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import sqlalchemy as sa

from amic_kg.ledger import tables
from amic_kg.records import Location


class Feed:
    """The memory of one source: `FeedMemory` over the ledger's tables."""

    def __init__(self, engine: sa.Engine, source: str) -> None:
        self._engine = engine
        self._source = source

    def recall(self, name: str) -> str | None:
        query = sa.select(tables.feed.c.value).where(
            tables.feed.c.source == self._source, tables.feed.c.name == name
        )
        with self._engine.connect() as connection:
            return connection.execute(query).scalar()

    def remember(self, name: str, value: str) -> None:
        row = {"source": self._source, "name": name, "value": value}
        with self._engine.begin() as connection:
            tables.put(connection, tables.feed, row, ("source", "name"))

    def due(self) -> Sequence[str]:
        failed = sa.select(tables.failure.c.identifier).where(
            tables.failure.c.source == self._source,
            tables.failure.c.identifier != self._source,
            tables.failure.c.next_try != "",
            tables.failure.c.next_try <= datetime.now(UTC).isoformat(timespec="seconds"),
        )
        # What another source had under the same identifier is gone; now this may be published.
        succeeding = sa.select(tables.location.c.identifier).where(
            tables.location.c.source == self._source, tables.location.c.pipeline_version == ""
        )
        with self._engine.connect() as connection:
            return sorted(connection.execute(sa.union(failed, succeeding)).scalars())

    def known(self) -> Iterator[str]:
        query = (
            sa.select(tables.location.c.identifier)
            .where(tables.location.c.source == self._source)
            .order_by(tables.location.c.identifier)
        )
        with self._engine.connect() as connection:
            yield from connection.execute(query).scalars()

    def places(self) -> Iterator[Location]:
        query = (
            sa.select(tables.location)
            .where(tables.location.c.source == self._source)
            .order_by(tables.location.c.identifier)
        )
        with self._engine.connect() as connection:
            for row in connection.execute(query).mappings():
                yield Location(**row)

    def failed(self) -> Sequence[str]:
        query = (
            sa.select(tables.failure.c.identifier)
            .where(
                tables.failure.c.source == self._source,
                tables.failure.c.identifier != self._source,
            )
            .order_by(tables.failure.c.identifier)
        )
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalars())
