"""What curators decide, and what waits for their decision; decisions survive re-extraction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import UTC, datetime

import sqlalchemy as sa

from amic_kg.ledger import tables
from amic_kg.records import CandidateEntry, Decision

_FIELDS = tuple(field.name for field in fields(Decision))


class Reviews:
    """Decisions and candidates of a ledger; any process may add a decision at any time."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def record(self, decision: Decision) -> None:
        """Keep `decision`; an earlier one on the same thing no longer holds, and is not lost."""
        made = datetime.now(UTC).isoformat(timespec="seconds")
        with self._engine.begin() as connection:
            connection.execute(sa.insert(tables.decision), [{"made": made, **asdict(decision)}])

    def decisions(self, document: str | None = None) -> tuple[Decision, ...]:
        """The decisions that hold; for a `document`, its own and those on entities anywhere."""
        query = sa.select(*(tables.decision.c[name] for name in _FIELDS)).order_by(
            tables.decision.c.id
        )
        if document is not None:
            query = query.where(tables.decision.c.document.in_(("", document)))
        with self._engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        holding: dict[tuple[str, ...], Decision] = {}
        for row in rows:
            decision = Decision(**row)
            holding.pop(decision.target, None)
            holding[decision.target] = decision
        return tuple(holding.values())

    def candidates(
        self, *, kind: str | None = None, limit: int = 50, offset: int = 0
    ) -> Sequence[CandidateEntry]:
        """Candidates that nobody has decided on, those of most documents first."""
        decided = {d.subject for d in self.decisions() if d.kind == "entity"}
        query = sa.select(tables.candidate).order_by(tables.candidate.c.key)
        if kind is not None:
            query = query.where(tables.candidate.c.type == kind)
        grouped: defaultdict[str, list[sa.RowMapping]] = defaultdict(list)
        with self._engine.connect() as connection:
            for row in connection.execute(query).mappings():
                if row["iri"] not in decided:
                    grouped[row["iri"]].append(row)
        entries = [_entry(rows) for rows in grouped.values()]
        entries.sort(key=lambda entry: (-len(entry.documents), -entry.score, entry.iri))
        return entries[offset : offset + limit]

    def stale(self) -> frozenset[str]:
        """Documents published before a decision that concerns them."""
        document, decision, candidate = tables.document, tables.decision, tables.candidate
        later = decision.c.made >= document.c.published
        own = sa.select(document.c.key).join(
            decision, sa.and_(decision.c.document == document.c.key, later)
        )
        named = (
            sa.select(document.c.key)
            .join(candidate, candidate.c.key == document.c.key)
            .join(decision, sa.and_(decision.c.subject == candidate.c.iri, later))
            .where(decision.c.kind == "entity")
        )
        with self._engine.connect() as connection:
            return frozenset(connection.execute(sa.union(own, named)).scalars())


def _entry(rows: Sequence[sa.RowMapping]) -> CandidateEntry:
    best = max(rows, key=lambda row: row["score"])
    return CandidateEntry(
        iri=best["iri"],
        type=best["type"],
        label=best["label"],
        surfaces=tuple(dict.fromkeys(surface for row in rows for surface in row["surfaces"])),
        documents=tuple(row["key"] for row in rows),
        score=best["score"],
    )
