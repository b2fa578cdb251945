"""What a query may take, and how its result is refused past a cap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from amic_kg.errors import LimitExceeded, QueryTimeout

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class QueryShares:
    """`per_client`: queries of a client that wait, run or are being read; `in_all` of them all."""

    per_client: int
    in_all: int


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """`seconds` is the deadline, and also the longest wait for a worker; `rows` 0 is any number.

    `graph_megabytes` is the memory in which a graph is held, 0 for never; `worker_megabytes` what
    one query may take.
    """

    seconds: float
    megabytes: int
    rows: int = 0
    shares: QueryShares = QueryShares(8, 100)
    graph_megabytes: int = 0
    worker_megabytes: int = 2048

    @property
    def caps(self) -> ResultCaps:
        return ResultCaps(self.megabytes * 1_000_000, self.rows)


@dataclass(frozen=True, slots=True)
class ResultCaps:
    """What a result may hold; `rows` are those of a SELECT or the triples of a graph, 0 any."""

    bytes: int
    rows: int = 0

    def within(self, most_bytes: int | None) -> ResultCaps:
        """These, and not more than `most_bytes`."""
        if most_bytes is None:
            return self
        return ResultCaps(min(most_bytes, self.bytes), self.rows)

    def refuse_bytes(self) -> LimitExceeded:
        size = f"{self.bytes // 1_000_000} MB"
        return LimitExceeded(
            "the query",
            f"its result is larger than {size}",
            "Narrow it, or page through it by ORDER BY, LIMIT and OFFSET",
        )

    def refuse_rows(self) -> LimitExceeded:
        return LimitExceeded(
            "the query",
            f"its result has more than {self.rows:,} rows",
            "Narrow it, or page through it by ORDER BY, LIMIT and OFFSET",
        )

    def counted(self, items: Iterator[Item]) -> Iterator[Item]:
        """`items` as they are; raises LimitExceeded past the cap."""
        for number, item in enumerate(items, 1):
            if self.rows and number > self.rows:
                raise self.refuse_rows()
            yield item


def too_slow(seconds: float) -> QueryTimeout:
    return QueryTimeout(
        f"The query was ended after {seconds:g} s",
        "Narrow it: start from a constant, add a LIMIT, or leave out unbounded paths",
    )
