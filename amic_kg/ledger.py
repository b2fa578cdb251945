"""The ledger: which document is where, in what state, with its record and page texts; in SQL.

SQLite by default, PostgreSQL by URL. Graph and index are projections that can be made again
from here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from amic_kg.errors import InvalidSetting, ServiceUnavailable
from amic_kg.records import (
    BibliographicRecord,
    Extraction,
    Failure,
    Location,
    Page,
    StoredDocument,
)

_metadata = sa.MetaData()

_document = sa.Table(
    "document",
    _metadata,
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("sha256", sa.String(64), nullable=False, index=True),
    sa.Column("media_type", sa.String(100), nullable=False),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("record", sa.JSON, nullable=False),
    sa.Column("page_count", sa.Integer, nullable=False),
    sa.Column("pipeline_version", sa.String(100), nullable=False),
    sa.Column("published", sa.String(32), nullable=False, index=True),
)
_location = sa.Table(
    "location",
    _metadata,
    sa.Column("source", sa.String(100), primary_key=True),
    sa.Column("identifier", sa.Text, primary_key=True),
    sa.Column("key", sa.String(200), nullable=False, index=True),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("modified_ns", sa.BigInteger, nullable=False),
    sa.Column("metadata_sha256", sa.String(64), nullable=False),
    sa.Column("pipeline_version", sa.String(100), nullable=False),
)
_failure = sa.Table(
    "failure",
    _metadata,
    sa.Column("source", sa.String(100), primary_key=True),
    sa.Column("identifier", sa.Text, primary_key=True),
    sa.Column("name", sa.String(100), nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("remedy", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("last_try", sa.String(32), nullable=False),
)
_page = sa.Table(
    "page",
    _metadata,
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("label", sa.Text),
    sa.Column("origin", sa.String(8), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)
_note = sa.Table(
    "note",
    _metadata,
    sa.Column("name", sa.String(100), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)


class Ledger:
    """Reads and writes the ledger; one process writes, any number read."""

    def __init__(self, url: str) -> None:
        try:
            self._engine = sa.create_engine(url)
        except (sa.exc.ArgumentError, ModuleNotFoundError) as error:
            raise InvalidSetting(
                f"AMIC_LEDGER_URL={url}",
                str(error),
                "Give an SQLAlchemy URL with its driver installed",
            ) from None
        if self._engine.dialect.name == "sqlite":
            sa.event.listen(self._engine, "connect", _prepare_sqlite)
        try:
            _metadata.create_all(self._engine)
        except sa.exc.DatabaseError as error:
            raise ServiceUnavailable(
                f"The ledger cannot be opened: {error.orig}", "Check AMIC_DATA and AMIC_LEDGER_URL"
            ) from None

    def close(self) -> None:
        self._engine.dispose()

    # What a run asks and writes.

    def location(self, source: str, identifier: str) -> Location | None:
        query = sa.select(_location).where(
            _location.c.source == source, _location.c.identifier == identifier
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        return Location(**row) if row else None

    def locations_of(self, key: str) -> Sequence[Location]:
        query = sa.select(_location).where(_location.c.key == key).order_by(_location.c.identifier)
        with self._engine.connect() as connection:
            return [Location(**row) for row in connection.execute(query).mappings()]

    def key_of(self, sha256: str) -> str | None:
        """The document whose content this is."""
        query = sa.select(_document.c.key).where(_document.c.sha256 == sha256).limit(1)
        with self._engine.connect() as connection:
            return connection.execute(query).scalar()

    def publish(self, published: Iterable[tuple[Location, Extraction]]) -> None:
        """Note documents as published, each with its place and page texts, in one transaction."""
        now = _now()
        with self._engine.begin() as connection:
            for location, extraction in published:
                connection.execute(sa.delete(_page).where(_page.c.key == extraction.key))
                _put(connection, _document, _document_row(extraction, now), ("key",))
                connection.execute(sa.insert(_page), list(_page_rows(extraction)))
                self._put_location(connection, location)

    def add_location(self, location: Location) -> None:
        """Note that a known document lies here too."""
        with self._engine.begin() as connection:
            self._put_location(connection, location)

    def fail(self, source: str, identifier: str, failure: Failure) -> None:
        place = (_failure.c.source == source, _failure.c.identifier == identifier)
        with self._engine.begin() as connection:
            tries = connection.execute(sa.select(_failure.c.attempts).where(*place)).scalar() or 0
            row = {
                "source": source,
                "identifier": identifier,
                "attempts": tries + 1,
                "last_try": _now(),
            }
            _put(connection, _failure, {**row, **asdict(failure)}, ("source", "identifier"))

    def note(self, name: str) -> str | None:
        query = sa.select(_note.c.value).where(_note.c.name == name)
        with self._engine.connect() as connection:
            return connection.execute(query).scalar()

    def set_note(self, name: str, value: str) -> None:
        with self._engine.begin() as connection:
            _put(connection, _note, {"name": name, "value": value}, ("name",))

    # What the API and the command line read.

    def document(self, key: str) -> StoredDocument | None:
        with self._engine.connect() as connection:
            row = (
                connection.execute(sa.select(_document).where(_document.c.key == key))
                .mappings()
                .first()
            )
        return _stored(row) if row else None

    def documents(self, *, limit: int, offset: int = 0) -> Sequence[StoredDocument]:
        """The latest first."""
        query = (
            sa.select(_document)
            .order_by(_document.c.published.desc(), _document.c.key)
            .limit(limit)
            .offset(offset)
        )
        with self._engine.connect() as connection:
            return [_stored(row) for row in connection.execute(query).mappings()]

    def documents_of(self, keys: Sequence[str]) -> Mapping[str, StoredDocument]:
        query = sa.select(_document).where(_document.c.key.in_(keys))
        with self._engine.connect() as connection:
            return {row["key"]: _stored(row) for row in connection.execute(query).mappings()}

    def page_text(self, key: str, number: int) -> str | None:
        query = sa.select(_page.c.text).where(_page.c.key == key, _page.c.number == number)
        with self._engine.connect() as connection:
            return connection.execute(query).scalar()

    def page_labels(self, key: str) -> Mapping[int, str]:
        query = sa.select(_page.c.number, _page.c.label).where(
            _page.c.key == key, _page.c.label.is_not(None)
        )
        with self._engine.connect() as connection:
            return {int(row[0]): str(row[1]) for row in connection.execute(query)}

    def pages(self, key: str) -> tuple[Page, ...]:
        query = sa.select(_page).where(_page.c.key == key).order_by(_page.c.number)
        with self._engine.connect() as connection:
            return tuple(
                Page(row["number"], row["text"], row["label"], row["origin"])
                for row in connection.execute(query).mappings()
            )

    def page_texts(self) -> Iterator[str]:
        """The text of every page."""
        with self._engine.connect() as connection:
            yield from connection.execute(sa.select(_page.c.text)).scalars()

    def count(self) -> int:
        return self._count(_document)

    def counts(self) -> Mapping[str, int]:
        """How much there is: documents, pages, pages read by OCR, locations, failures."""
        with self._engine.connect() as connection:
            ocr = connection.execute(
                sa.select(sa.func.count()).select_from(_page).where(_page.c.origin == "ocr")
            ).scalar_one()
        return {
            "documents": self._count(_document),
            "pages": self._count(_page),
            "ocr_pages": int(ocr),
            "locations": self._count(_location),
            "failures": self._count(_failure),
        }

    def failures(self) -> Sequence[Mapping[str, Any]]:
        query = sa.select(_failure).order_by(_failure.c.source, _failure.c.identifier)
        with self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def _count(self, table: sa.Table) -> int:
        with self._engine.connect() as connection:
            return int(
                connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            )

    def _put_location(self, connection: sa.Connection, location: Location) -> None:
        _put(connection, _location, asdict(location), ("source", "identifier"))
        connection.execute(
            sa.delete(_failure).where(
                _failure.c.source == location.source, _failure.c.identifier == location.identifier
            )
        )


def _put(
    connection: sa.Connection, table: sa.Table, row: Mapping[str, object], key: tuple[str, ...]
) -> None:
    """Insert or replace by primary key, in words that every database knows."""
    connection.execute(sa.delete(table).where(*(table.c[name] == row[name] for name in key)))
    connection.execute(sa.insert(table), [dict(row)])


def _document_row(extraction: Extraction, now: str) -> dict[str, object]:
    return {
        "key": extraction.key,
        "sha256": extraction.sha256,
        "media_type": extraction.media_type,
        "file_name": extraction.file_name,
        "language": extraction.language,
        "record": json.loads(json.dumps(asdict(extraction.record))),
        "page_count": len(extraction.pages),
        "pipeline_version": extraction.pipeline_version,
        "published": now,
    }


def _page_rows(extraction: Extraction) -> Iterator[dict[str, object]]:
    for page in extraction.pages:
        yield {"key": extraction.key, **asdict(page)}


def _stored(row: sa.RowMapping) -> StoredDocument:
    values: dict[str, Any] = {str(name): value for name, value in row.items()}
    record: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in values.pop("record").items()
    }
    return StoredDocument(**values, record=BibliographicRecord(**record))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _prepare_sqlite(connection: Any, _: object) -> None:
    # Readers go on while the one writer writes; a crash loses no committed transaction.
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA busy_timeout=10000")
