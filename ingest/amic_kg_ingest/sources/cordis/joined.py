"""Rows of the wanted projects, joined in a temporary SQLite file: memory does not grow with it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from amic_kg_ingest.sources.cordis.columns import Table
from amic_kg_ingest.sources.cordis.rows import Row

_MANY = 5_000

_TABLES = """
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    CREATE TABLE project (id TEXT PRIMARY KEY, wanted INTEGER NOT NULL, out TEXT) WITHOUT ROWID;
    CREATE TABLE part (project TEXT, kind TEXT, number INTEGER, data TEXT, UNIQUE (
        project, kind, data));
"""


class JoinedRows:
    """First every project is noted, with what speaks for and against it; then rows are kept."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.executescript(_TABLES)
        self._connection.execute("BEGIN")
        self._number = 0

    def note(self, project: str, *, wanted: bool, out: str | None) -> None:
        """That `project` is wanted when once `wanted`, unless it was ever left `out`."""
        self._connection.execute(
            "INSERT INTO project VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
            "wanted = max(wanted, excluded.wanted), out = coalesce(out, excluded.out)",
            (project, wanted, out),
        )
        self._pause()

    def is_wanted(self, project: str) -> bool:
        query = "SELECT 1 FROM project WHERE id = ? AND wanted AND out IS NULL"
        return self._connection.execute(query, (project,)).fetchone() is not None

    def keep(self, project: str, kind: Table, row: Row) -> None:
        """A row that says the same as one that is kept already comes once."""
        self._connection.execute(
            "INSERT OR IGNORE INTO part VALUES (?, ?, ?, ?)",
            (project, kind, self._number, json.dumps(row, ensure_ascii=False, sort_keys=True)),
        )
        self._pause()

    def left_out(self) -> dict[str, int]:
        query = (
            "SELECT coalesce(out, 'another topic'), count(*) FROM project "
            "WHERE NOT wanted OR out IS NOT NULL GROUP BY 1"
        )
        return dict(self._connection.execute(query).fetchall())

    def count(self, kind: Table) -> int:
        query = "SELECT count(*) FROM part WHERE kind = ?"
        return int(self._connection.execute(query, (kind,)).fetchone()[0])

    def wanted(self) -> Iterator[str]:
        """The projects, by their numbers."""
        query = "SELECT id FROM project WHERE wanted AND out IS NULL ORDER BY length(id), id"
        for (project,) in self._connection.execute(query):
            yield project

    def rows(self, project: str, kind: Table) -> list[Row]:
        query = "SELECT data FROM part WHERE project = ? AND kind = ? ORDER BY number"
        return [json.loads(data) for (data,) in self._connection.execute(query, (project, kind))]

    def count_wanted(self) -> int:
        query = "SELECT count(*) FROM project WHERE wanted AND out IS NULL"
        return int(self._connection.execute(query).fetchone()[0])

    def close(self) -> None:
        self._connection.close()

    def _pause(self) -> None:
        self._number += 1
        if self._number % _MANY == 0:
            self._connection.execute("COMMIT")
            self._connection.execute("BEGIN")
