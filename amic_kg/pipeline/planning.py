"""What of a source is to be read: the unchanged, the twins and the unreadable are told at once."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from amic_kg.errors import (
    AmicError,
    InputError,
    LimitExceeded,
    UnknownThing,
    UnreadableInput,
    UnsupportedFormat,
)
from amic_kg.ledger import Ledger
from amic_kg.originals import OriginalStore
from amic_kg.pipeline.preparation import Task
from amic_kg.pipeline.publishing import Planned
from amic_kg.ports import Source
from amic_kg.records import Location, Outcome, RawDocument, Thresholds, Unreadable, Withdrawn

Record = Callable[[Outcome], None]


class Fail(Protocol):
    """Notes a failure in the ledger, and gives it as an outcome."""

    def __call__(
        self, source: str, identifier: str, error: AmicError, fingerprint: str = ""
    ) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class Preparing:
    """How documents are prepared in this run: what every task says alike."""

    pipeline_version: str
    base_iri: str
    vocabularies: Path
    thresholds: Thresholds
    names: bool


@dataclass(frozen=True, slots=True)
class _Twin:
    """Another place of the content that `first` brought in this run."""

    raw: RawDocument
    location: Location
    first: str


class Given:
    """What a source gives, to its end or to where it breaks; then `error` says why."""

    def __init__(self, source: Source, on_start: Callable[[int], None]) -> None:
        self.error: AmicError | None = None
        self._source = source
        self._on_start = on_start

    def __iter__(self) -> Iterator[RawDocument | Unreadable | Withdrawn]:
        told: int | None = None
        documents = self._source.documents()
        while True:
            try:
                item = next(documents, None)
            except AmicError as error:
                self.error = error
                return
            if (now := self._source.expected) is not None and now != told:
                self._on_start(now)
                told = now
            if item is None:
                return
            yield item


class Planner:
    """Plans one run: each document that is to be prepared, once."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        originals: OriginalStore,
        preparing: Preparing,
        file_megabytes: int,
        record: Record,
        fail: Fail,
        force: bool = False,
    ) -> None:
        self.gone: list[Withdrawn] = []
        """What the source has taken back."""
        self._ledger = ledger
        self._originals = originals
        self._preparing = preparing
        self._file_megabytes = file_megabytes
        self._record = record
        self._fail = fail
        self._force = force
        # What a broken off run has half written is read anew, also when it has not changed since.
        self._stale = ledger.reviews.stale() | frozenset(ledger.unfinished.keys())
        self._twins: list[_Twin] = []

    def plan(
        self, source: str, given: Iterable[RawDocument | Unreadable | Withdrawn]
    ) -> Iterator[Planned]:
        """The documents to prepare; skipped and unreadable ones are recorded on the way."""
        coming: dict[str, str] = {}
        for raw in given:
            if isinstance(raw, Withdrawn):
                self.gone.append(raw)
                continue
            try:
                if isinstance(raw, Unreadable):
                    if isinstance(raw.error, UnsupportedFormat):
                        # Met in a folder, not asked for: no fault of the run.
                        self._record(Outcome(raw.identifier, "skipped", note=raw.error.cause))
                        continue
                    raise raw.error
                planned = self._plan_one(raw, coming)
            except (InputError, OSError) as error:
                self._record(self._fail(source, raw.identifier, _as_input_error(raw, error)))
                continue
            if isinstance(planned, Outcome):
                self._record(planned)
            elif isinstance(planned, _Twin):
                self._twins.append(planned)
            else:
                coming[planned.location.sha256] = raw.identifier
                yield planned

    def _plan_one(self, raw: RawDocument, coming: dict[str, str]) -> Planned | _Twin | Outcome:
        facts = raw.path.stat()
        # Bytes that are not UTF-8 cannot be stored as they are.
        name = os.fsencode(raw.path.name).decode("utf-8", "backslashreplace")
        if facts.st_size > self._file_megabytes * 1_000_000:
            raise LimitExceeded(
                raw.identifier,
                f"has {facts.st_size / 1e6:,.0f} MB, above the limit of {self._file_megabytes} MB",
                "Raise AMIC_FILE_MEGABYTES, or split the file",
            )
        metadata_sha256 = hashlib.sha256(
            json.dumps(raw.metadata, sort_keys=True, default=str).encode()
        ).hexdigest()
        known = self._ledger.location(raw.source, raw.identifier)
        current = (
            known is not None
            and known.pipeline_version == self._preparing.pipeline_version
            and known.metadata_sha256 == metadata_sha256
            and known.key not in self._stale
        )
        if (
            known is not None
            and current
            and not self._force
            and (known.size, known.modified_ns) == (facts.st_size, facts.st_mtime_ns)
        ):
            return Outcome(raw.identifier, "skipped", known.key, note="unchanged")
        seen = Location(
            source=raw.source,
            identifier=raw.identifier,
            key="",
            sha256="",
            size=facts.st_size,
            modified_ns=facts.st_mtime_ns,
            metadata_sha256=metadata_sha256,
            pipeline_version=self._preparing.pipeline_version,
        )
        failed = None if self._force else self._ledger.failure(raw.source, raw.identifier)
        if failed is not None and failed.failure.lasting and failed.fingerprint == seen.fingerprint:
            note = "unchanged since it failed"
            return Outcome(raw.identifier, "failed", note=note, failure=failed.failure)
        sha256 = self._originals.add(raw.path)

        def location(key: str) -> Location:
            return replace(seen, key=key, sha256=sha256)

        if known is not None and current and known.sha256 == sha256 and not self._force:
            self._ledger.add_location(location(known.key))
            return Outcome(raw.identifier, "skipped", known.key, note="unchanged")
        if sha256 in coming:
            return _Twin(raw, location(""), coming[sha256])
        owner = self._ledger.key_of(sha256)
        if owner is not None and (known is None or known.key != owner):
            self._ledger.add_location(location(owner))
            twin = next(
                (
                    x.identifier
                    for x in self._ledger.locations_of(owner)
                    if x.identifier != raw.identifier
                ),
                owner,
            )
            return Outcome(raw.identifier, "skipped", owner, note=f"same content as {twin}")
        key = None
        if known is not None and (
            known.key == owner or len(self._ledger.locations_of(known.key)) == 1
        ):
            # The same content read anew, or a new version of what lies here alone, keeps its key:
            # links to it go on working.
            key = known.key
        path = self._originals.path(sha256)
        if path is None:
            raise UnreadableInput(raw.identifier, "vanished while it was read", "Run again")
        task = Task(
            path,
            name,
            sha256,
            raw.metadata,
            key,
            self._preparing.pipeline_version,
            self._preparing.base_iri,
            self._preparing.vocabularies,
            decisions=self._ledger.reviews.decisions(key or ""),
            thresholds=self._preparing.thresholds,
            names=self._preparing.names,
            source=raw.source,
        )
        return Planned(raw, task, location(key or ""))

    def plan_rebuild(self, keys: Iterable[str]) -> Iterator[Planned]:
        for key in keys:
            document, kept = self._ledger.document(key), self._ledger.parsed(key)
            places = self._ledger.locations_of(key)
            if document is None or not places:
                error = UnknownThing(key, "is not published", "See 'amic-kg status'")
                self._record(self._fail("rebuild", key, error))
                continue
            # One where the published content lies; others may have another of this identifier.
            place = next((x for x in places if x.sha256 == document.sha256), places[0])
            if kept is None:
                unreadable = UnreadableInput(
                    place.identifier,
                    "was published by an older version, which kept less of it",
                    "Ingest it again",
                )
                self._record(self._fail(place.source, place.identifier, unreadable))
                continue
            parsed, given = kept
            task = Task(
                Path(place.identifier),
                document.file_name,
                document.sha256,
                given,
                key,
                self._preparing.pipeline_version,
                self._preparing.base_iri,
                self._preparing.vocabularies,
                decisions=self._ledger.reviews.decisions(key),
                thresholds=self._preparing.thresholds,
                names=self._preparing.names,
                source=place.source,
                parsed=parsed,
            )
            raw = RawDocument(place.source, place.identifier, task.path, given)
            yield Planned(
                raw, task, replace(place, pipeline_version=self._preparing.pipeline_version)
            )

    def settle_twins(self, broken: Mapping[str, AmicError]) -> None:
        """To be called when all that was planned is dealt with; `broken`: SHA-256 to error."""
        for twin in self._twins:
            self._record(self._settle(twin, broken.get(twin.location.sha256)))

    def _settle(self, twin: _Twin, error: AmicError | None) -> Outcome:
        """A twin shares the lot of its first: skipped when that is in, failed when that is."""
        if error is not None:
            place = twin.location
            return self._fail(place.source, place.identifier, error, place.fingerprint)
        owner = self._ledger.key_of(twin.location.sha256)
        if owner is not None:
            self._ledger.add_location(replace(twin.location, key=owner))
        note = f"same content as {twin.first}"
        return Outcome(twin.raw.identifier, "skipped", owner, note=note)


def _as_input_error(raw: RawDocument | Unreadable, error: InputError | OSError) -> InputError:
    if isinstance(error, InputError):
        return error
    path = raw.path if isinstance(raw, RawDocument) else Path(raw.identifier)
    return UnreadableInput(
        raw.identifier,
        f"cannot be read: {error.strerror or error}",
        f"Check that {path.name!r} exists and that this user may read it",
    )
