"""Documents in the ledger: where they lie, their records and page texts, what failed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from amic_kg.errors import InvalidSetting, ServiceUnavailable
from amic_kg.ledger import tables
from amic_kg.ledger.feeds import Feed
from amic_kg.ledger.reviews import Reviews
from amic_kg.ledger.runs import Runs
from amic_kg.ledger.unfinished import Unfinished, finish
from amic_kg.ledger.works import Works, forget, keep_earlier
from amic_kg.records import (
    BibliographicRecord,
    Extraction,
    Failure,
    KnownFailure,
    Location,
    Page,
    ParsedDocument,
    StoredDocument,
)

_FIRST_PAUSE = timedelta(minutes=10)
_LONGEST_PAUSE = timedelta(days=2)


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
            tables.bring_up_to_date(self._engine)
        except sa.exc.DatabaseError as error:
            raise ServiceUnavailable(
                f"The ledger cannot be opened: {error.orig}", "Check AMIC_DATA and AMIC_LEDGER_URL"
            ) from None

        self.reviews = Reviews(self._engine)
        self.runs = Runs(self._engine)
        self.unfinished = Unfinished(self._engine)
        self.works = Works(self._engine)

    def close(self) -> None:
        self._engine.dispose()

    # What a run asks and writes.

    def location(self, source: str, identifier: str) -> Location | None:
        query = sa.select(tables.location).where(
            tables.location.c.source == source, tables.location.c.identifier == identifier
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        return Location(**row) if row else None

    def locations_of(self, key: str) -> Sequence[Location]:
        query = (
            sa.select(tables.location)
            .where(tables.location.c.key == key)
            .order_by(tables.location.c.identifier)
        )
        with self._engine.connect() as connection:
            return [Location(**row) for row in connection.execute(query).mappings()]

    def key_of(self, sha256: str) -> str | None:
        """The document whose content this is."""
        query = sa.select(tables.document.c.key).where(tables.document.c.sha256 == sha256).limit(1)
        with self._engine.connect() as connection:
            return connection.execute(query).scalar()

    def publish(self, published: Iterable[tuple[Location, Extraction]]) -> None:
        """Note documents as published, each with its place and page texts, in one transaction."""
        now = _now()
        with self._engine.begin() as connection:
            for location, extraction in published:
                connection.execute(
                    sa.delete(tables.page).where(tables.page.c.key == extraction.key)
                )
                keep_earlier(connection, extraction.key, extraction.sha256, now)
                forget(connection, extraction.key)
                tables.put(connection, tables.document, _document_row(extraction, now), ("key",))
                connection.execute(
                    sa.delete(tables.withdrawal).where(tables.withdrawal.c.key == extraction.key)
                )
                connection.execute(sa.insert(tables.page), list(_page_rows(extraction)))
                tables.put(connection, tables.description, _description_row(extraction), ("key",))
                connection.execute(
                    sa.delete(tables.candidate).where(tables.candidate.c.key == extraction.key)
                )
                if candidates := list(_candidate_rows(extraction)):
                    connection.execute(sa.insert(tables.candidate), candidates)
                self._put_location(connection, location)
                finish(connection, extraction.key)

    def add_location(self, location: Location) -> None:
        """Note that a known document lies here too."""
        with self._engine.begin() as connection:
            self._put_location(connection, location)

    def fail(self, source: str, identifier: str, failure: Failure, fingerprint: str = "") -> None:
        """Note a failure; what may pass by itself is due again after a time that doubles."""
        place = (tables.failure.c.source == source, tables.failure.c.identifier == identifier)
        now = datetime.now(UTC)
        with self._engine.begin() as connection:
            tries = (
                connection.execute(sa.select(tables.failure.c.attempts).where(*place)).scalar() or 0
            )
            pause = min(_FIRST_PAUSE * 2**tries, _LONGEST_PAUSE)
            row = {
                "source": source,
                "identifier": identifier,
                "attempts": tries + 1,
                "last_try": _text(now),
                "next_try": "" if failure.lasting else _text(now + pause),
                "fingerprint": fingerprint,
            }
            tables.put(
                connection, tables.failure, {**row, **asdict(failure)}, ("source", "identifier")
            )

    def failure(self, source: str, identifier: str) -> KnownFailure | None:
        query = sa.select(tables.failure).where(
            tables.failure.c.source == source, tables.failure.c.identifier == identifier
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            return None
        failure = Failure(row["name"], row["message"], row["remedy"])
        return KnownFailure(failure, row["fingerprint"], row["attempts"])

    def recover(self, source: str, identifier: str) -> None:
        """Forget a failure: what failed is well again."""
        place = (tables.failure.c.source == source, tables.failure.c.identifier == identifier)
        with self._engine.begin() as connection:
            connection.execute(sa.delete(tables.failure).where(*place))

    def withdraw(self, keys: Sequence[str], places: Collection[tuple[str, str]]) -> None:
        """Forget places, as (source, identifier), and the documents that lay nowhere else."""
        now = _now()
        with self._engine.begin() as connection:
            for source, identifier in sorted(places):
                place = tables.location.c
                here = (place.source == source, place.identifier == identifier)
                leaving = connection.execute(sa.select(tables.location).where(*here)).first()
                connection.execute(sa.delete(tables.location).where(*here))
                if leaving is not None:
                    # What another source says of the document holds from now on.
                    connection.execute(
                        sa.update(tables.location)
                        .where(
                            place.key == leaving.key,
                            place.metadata_sha256 != leaving.metadata_sha256,
                        )
                        .values(pipeline_version="")
                    )
            for key in keys:
                # Places that had another content under this key have to be read again.
                connection.execute(
                    sa.update(tables.location)
                    .where(tables.location.c.key == key)
                    .values(pipeline_version="")
                )
                for table in (tables.document, tables.page, tables.description, tables.candidate):
                    connection.execute(sa.delete(table).where(table.c.key == key))
                forget(connection, key)
                tables.put(connection, tables.withdrawal, {"key": key, "withdrawn": now}, ("key",))
                finish(connection, key)

    def withdrawn(self, key: str) -> str | None:
        """When the document was withdrawn, as an ISO time; None when it was not."""
        query = sa.select(tables.withdrawal.c.withdrawn).where(tables.withdrawal.c.key == key)
        with self._engine.connect() as connection:
            return connection.execute(query).scalar()

    def feed(self, source: str) -> Feed:
        """What `source` remembers from run to run."""
        return Feed(self._engine, source)

    def note(self, name: str) -> str | None:
        query = sa.select(tables.note.c.value).where(tables.note.c.name == name)
        with self._engine.connect() as connection:
            return connection.execute(query).scalar()

    def set_note(self, name: str, value: str) -> None:
        with self._engine.begin() as connection:
            tables.put(connection, tables.note, {"name": name, "value": value}, ("name",))

    # What the API and the command line read.

    def document(self, key: str) -> StoredDocument | None:
        with self._engine.connect() as connection:
            row = (
                connection.execute(sa.select(tables.document).where(tables.document.c.key == key))
                .mappings()
                .first()
            )
        return _stored(row) if row else None

    def documents(self, *, limit: int, offset: int = 0) -> Sequence[StoredDocument]:
        """The latest first."""
        query = (
            sa.select(tables.document)
            .order_by(tables.document.c.published.desc(), tables.document.c.key)
            .limit(limit)
            .offset(offset)
        )
        with self._engine.connect() as connection:
            return [_stored(row) for row in connection.execute(query).mappings()]

    def documents_of(self, keys: Sequence[str]) -> Mapping[str, StoredDocument]:
        query = sa.select(tables.document).where(tables.document.c.key.in_(keys))
        with self._engine.connect() as connection:
            return {row["key"]: _stored(row) for row in connection.execute(query).mappings()}

    def page_text(self, key: str, number: int) -> str | None:
        query = sa.select(tables.page.c.text).where(
            tables.page.c.key == key, tables.page.c.number == number
        )
        with self._engine.connect() as connection:
            return connection.execute(query).scalar()

    def page_labels(self, key: str) -> Mapping[int, str]:
        query = sa.select(tables.page.c.number, tables.page.c.label).where(
            tables.page.c.key == key, tables.page.c.label.is_not(None)
        )
        with self._engine.connect() as connection:
            return {int(row[0]): str(row[1]) for row in connection.execute(query)}

    def pages(self, key: str) -> tuple[Page, ...]:
        query = (
            sa.select(tables.page).where(tables.page.c.key == key).order_by(tables.page.c.number)
        )
        with self._engine.connect() as connection:
            return tuple(
                Page(row["number"], row["text"], row["label"], row["origin"])
                for row in connection.execute(query).mappings()
            )

    def characters(self, key: str) -> int:
        """Of all page texts of a document."""
        query = sa.select(sa.func.sum(sa.func.length(tables.page.c.text)))
        with self._engine.connect() as connection:
            return connection.execute(query.where(tables.page.c.key == key)).scalar() or 0

    def parsed(self, key: str) -> tuple[ParsedDocument, Mapping[str, object]] | None:
        """A published document as it was parsed, and what its source says of it.

        None for one that was published before this was kept: it must be ingested again.
        """
        query = sa.select(tables.description, tables.document.c.media_type).join(
            tables.document, tables.document.c.key == tables.description.c.key
        )
        with self._engine.connect() as connection:
            row = (
                connection.execute(query.where(tables.description.c.key == key)).mappings().first()
            )
        if row is None:
            return None
        parsed = ParsedDocument(
            row["media_type"], self.pages(key), row["embedded"], tuple(row["warnings"])
        )
        return parsed, row["given"]

    def keys(self) -> Sequence[str]:
        """The keys of all published documents, in order."""
        query = sa.select(tables.document.c.key).order_by(tables.document.c.key)
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def page_texts(self) -> Iterator[str]:
        """The text of every page."""
        with self._engine.connect() as connection:
            yield from connection.execute(sa.select(tables.page.c.text)).scalars()

    def count(self) -> int:
        return self._count(tables.document)

    def counts(self) -> Mapping[str, int]:
        """How much there is: documents, pages, pages read by OCR, locations, failures."""
        with self._engine.connect() as connection:
            ocr = connection.execute(
                sa.select(sa.func.count())
                .select_from(tables.page)
                .where(tables.page.c.origin == "ocr")
            ).scalar_one()
        return {
            "documents": self._count(tables.document),
            "pages": self._count(tables.page),
            "ocr_pages": int(ocr),
            "locations": self._count(tables.location),
            "failures": self._count(tables.failure),
        }

    def failures(self) -> Sequence[Mapping[str, Any]]:
        query = sa.select(tables.failure).order_by(
            tables.failure.c.source, tables.failure.c.identifier
        )
        with self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def _count(self, table: sa.Table) -> int:
        with self._engine.connect() as connection:
            return int(
                connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            )

    def _put_location(self, connection: sa.Connection, location: Location) -> None:
        tables.put(connection, tables.location, asdict(location), ("source", "identifier"))
        connection.execute(
            sa.delete(tables.failure).where(
                tables.failure.c.source == location.source,
                tables.failure.c.identifier == location.identifier,
            )
        )


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


def _description_row(extraction: Extraction) -> dict[str, object]:
    return {
        "key": extraction.key,
        "given": _plain(extraction.given),
        "embedded": _plain(extraction.embedded),
        "warnings": list(extraction.warnings),
    }


def _plain(values: Mapping[str, object]) -> object:
    return json.loads(json.dumps(dict(values), default=str))


def _candidate_rows(extraction: Extraction) -> Iterator[dict[str, object]]:
    """None of a restricted document: its candidates would tell of its text."""
    if extraction.record.access == "open":
        for candidate in extraction.candidates:
            row = {"key": extraction.key, **asdict(candidate)}
            del row["status"]
            yield {**row, "surfaces": list(candidate.surfaces)}


def _stored(row: sa.RowMapping) -> StoredDocument:
    values: dict[str, Any] = {str(name): value for name, value in row.items()}
    record: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in values.pop("record").items()
    }
    return StoredDocument(**values, record=BibliographicRecord(**record))


def _now() -> str:
    return _text(datetime.now(UTC))


def _text(time: datetime) -> str:
    return time.isoformat(timespec="seconds")


def _prepare_sqlite(connection: Any, _: object) -> None:
    # Readers go on while the one writer writes; a crash loses no committed transaction.
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA busy_timeout=10000")
