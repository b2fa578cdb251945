"""A run over a source: plan what is new, prepare it in workers, publish it in batches, report."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from amic_kg.errors import (
    AmicError,
    InputError,
    LimitExceeded,
    SystemFault,
    UnknownThing,
    UnreadableInput,
    UnsupportedFormat,
)
from amic_kg.graph.shapes import ShapeGate
from amic_kg.iris import Iris
from amic_kg.ledger import Ledger
from amic_kg.originals import OriginalStore
from amic_kg.pipeline.ontology_graphs import ontology_graphs, ontology_graphs_version
from amic_kg.pipeline.preparation import Prepared, Task
from amic_kg.pipeline.publishing import Planned, Publisher
from amic_kg.pipeline.report import RunReport
from amic_kg.pipeline.workers import Workers
from amic_kg.ports import GraphStore, SearchIndex, Source
from amic_kg.records import (
    Failure,
    Location,
    Outcome,
    RawDocument,
    Thresholds,
    Unreadable,
    Withdrawn,
)

_BATCH_DOCUMENTS = 100
_BATCH_PAGES = 2000
"""A publish makes a checkpoint of the graph and a commit of the index: not for every document."""

_WAITING_PER_WORKER = 4


@dataclass(frozen=True, slots=True)
class _Twin:
    """Another place of the content that `first` brought in this run."""

    raw: RawDocument
    location: Location
    first: str


class _Given:
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


class Pipeline:
    """Ingests into one set of stores; `make_workers` is called when there is something to read."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        originals: OriginalStore,
        graph: GraphStore,
        index: SearchIndex,
        make_workers: Callable[[], Workers],
        iris: Iris,
        pipeline_version: str,
        file_megabytes: int,
        vocabularies: Path,
        gate: ShapeGate,
        thresholds: Thresholds,
        names: bool,
    ) -> None:
        self._ledger = ledger
        self._originals = originals
        self._graph = graph
        self._make_workers = make_workers
        self._iris = iris
        self._version = pipeline_version
        self._file_megabytes = file_megabytes
        self._vocabularies = vocabularies
        self._thresholds = thresholds
        self._names = names
        self._stale: frozenset[str] = frozenset()
        self._publisher = Publisher(ledger=ledger, graph=graph, index=index, iris=iris, gate=gate)

    def run(
        self,
        source: Source,
        *,
        force: bool = False,
        on_start: Callable[[int], None] = lambda _: None,
        on_outcome: Callable[[Outcome], None] = lambda _: None,
    ) -> RunReport:
        """Ingest `source`, with `force` also what is unchanged; interrupted, what is done stays.

        `on_start` is told how many documents come, again when the source learns better.
        """
        report = RunReport()

        def record(outcome: Outcome) -> None:
            report.outcomes.append(outcome)
            on_outcome(outcome)

        self._originals.clear_incoming()
        self._publish_ontology()
        self._stale = self._ledger.reviews.stale()
        twins: list[_Twin] = []
        gone: list[Withdrawn] = []
        broken: dict[str, AmicError] = {}
        given = _Given(source, on_start)
        planned = self._plan(source.name, given, record, twins, gone, force=force)
        self._work(planned, record, broken)
        for twin in twins:
            record(self._settle(twin, broken.get(twin.location.sha256)))
        self._publisher.withdraw(gone, record)
        if given.error is None:
            source.settle()
        else:
            record(self._failed(source.name, source.name, given.error))
        return report

    def rebuild(
        self,
        keys: Sequence[str],
        *,
        on_start: Callable[[int], None] = lambda _: None,
        on_outcome: Callable[[Outcome], None] = lambda _: None,
    ) -> RunReport:
        """Project published documents anew from the ledger: extracted again, not read again."""
        report = RunReport()

        def record(outcome: Outcome) -> None:
            report.outcomes.append(outcome)
            on_outcome(outcome)

        self._publish_ontology()
        on_start(len(keys))
        self._work(self._plan_rebuild(keys, record), record, {})
        return report

    def _plan_rebuild(
        self, keys: Iterable[str], record: Callable[[Outcome], None]
    ) -> Iterator[Planned]:
        for key in keys:
            document, kept = self._ledger.document(key), self._ledger.parsed(key)
            places = self._ledger.locations_of(key)
            if document is None or not places:
                error = UnknownThing(key, "is not published", "See 'amic-kg status'")
                record(self._failed("rebuild", key, error))
                continue
            place = places[0]
            if kept is None:
                unreadable = UnreadableInput(
                    place.identifier,
                    "was published by an older version, which kept less of it",
                    "Ingest it again",
                )
                record(self._failed(place.source, place.identifier, unreadable))
                continue
            parsed, given = kept
            task = Task(
                Path(place.identifier),
                document.file_name,
                document.sha256,
                given,
                key,
                self._version,
                self._iris.base,
                self._vocabularies,
                decisions=self._ledger.reviews.decisions(key),
                thresholds=self._thresholds,
                names=self._names,
                parsed=parsed,
            )
            raw = RawDocument(place.source, place.identifier, task.path, given)
            yield Planned(raw, task, replace(place, pipeline_version=self._version))

    def _publish_ontology(self) -> None:
        """Vocabularies, registry and questions, when they are other than those published."""
        version = ontology_graphs_version(self._vocabularies)
        if self._ledger.note("ontology") == version:
            return
        graphs = ontology_graphs(self._iris, self._vocabularies)
        gone = set((self._ledger.note("ontology graphs") or "").split()) - graphs.keys()
        self._graph.replace_graphs({**graphs, **dict.fromkeys(gone, b"")})
        self._graph.publish()
        self._ledger.set_note("ontology graphs", " ".join(graphs))
        self._ledger.set_note("ontology", version)

    def _plan(
        self,
        source: str,
        given: Iterable[RawDocument | Unreadable | Withdrawn],
        record: Callable[[Outcome], None],
        twins: list[_Twin],
        gone: list[Withdrawn],
        *,
        force: bool,
    ) -> Iterator[Planned]:
        """The documents to prepare; skipped and unreadable ones are recorded on the way."""
        coming: dict[str, str] = {}
        for raw in given:
            if isinstance(raw, Withdrawn):
                gone.append(raw)
                continue
            try:
                if isinstance(raw, Unreadable):
                    if isinstance(raw.error, UnsupportedFormat):
                        # Met in a folder, not asked for: no fault of the run.
                        record(Outcome(raw.identifier, "skipped", note=raw.error.cause))
                        continue
                    raise raw.error
                planned = self._plan_one(raw, coming, force=force)
            except (InputError, OSError) as error:
                record(self._failed(source, raw.identifier, _as_input_error(raw, error)))
                continue
            if isinstance(planned, Outcome):
                record(planned)
            elif isinstance(planned, _Twin):
                twins.append(planned)
            else:
                coming[planned.location.sha256] = raw.identifier
                yield planned

    def _plan_one(
        self, raw: RawDocument, coming: dict[str, str], *, force: bool
    ) -> Planned | _Twin | Outcome:
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
            and known.pipeline_version == self._version
            and known.metadata_sha256 == metadata_sha256
            and known.key not in self._stale
        )
        if (
            known is not None
            and current
            and not force
            and (known.size, known.modified_ns) == (facts.st_size, facts.st_mtime_ns)
        ):
            return Outcome(raw.identifier, "skipped", known.key, note="unchanged")
        sha256 = self._originals.add(raw.path)

        def location(key: str) -> Location:
            return Location(
                source=raw.source,
                identifier=raw.identifier,
                key=key,
                sha256=sha256,
                size=facts.st_size,
                modified_ns=facts.st_mtime_ns,
                metadata_sha256=metadata_sha256,
                pipeline_version=self._version,
            )

        if known is not None and current and known.sha256 == sha256 and not force:
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
            self._version,
            self._iris.base,
            self._vocabularies,
            decisions=self._ledger.reviews.decisions(key or ""),
            thresholds=self._thresholds,
            names=self._names,
        )
        return Planned(raw, task, location(key or ""))

    def _settle(self, twin: _Twin, error: AmicError | None) -> Outcome:
        """A twin shares the lot of its first: skipped when that is in, failed when that is."""
        if error is not None:
            return self._failed(twin.raw.source, twin.raw.identifier, error)
        owner = self._ledger.key_of(twin.location.sha256)
        if owner is not None:
            self._ledger.add_location(replace(twin.location, key=owner))
        note = f"same content as {twin.first}"
        return Outcome(twin.raw.identifier, "skipped", owner, note=note)

    def _work(
        self,
        planned: Iterator[Planned],
        record: Callable[[Outcome], None],
        broken: dict[str, AmicError],
    ) -> None:
        first = next(planned, None)
        if first is None:
            return
        batch: list[tuple[Planned, Prepared]] = []
        try:
            with self._make_workers() as workers:
                for item, result in _prepare_all(chain([first], planned), workers):
                    if isinstance(result, AmicError):
                        broken[item.task.sha256] = result
                        if self._ledger.key_of(item.task.sha256) is None:
                            self._originals.discard(item.task.sha256)
                        record(self._failed(item.raw.source, item.raw.identifier, result))
                        continue
                    batch.append((item, result))
                    pages = sum(len(prepared.extraction.pages) for _, prepared in batch)
                    if len(batch) >= _BATCH_DOCUMENTS or pages >= _BATCH_PAGES:
                        self._publisher.publish(batch, record)
                        batch = []
        finally:
            # An interrupted run keeps what its workers have finished.
            self._publisher.publish(batch, record)

    def _failed(self, source: str, identifier: str, error: AmicError) -> Outcome:
        if isinstance(error, InputError | SystemFault):
            failure = Failure(type(error).__name__, error.cause, error.remedy)
        else:
            failure = Failure(type(error).__name__, str(error), "")
        self._ledger.fail(source, identifier, failure)
        return Outcome(identifier, "failed", failure=failure)


def _prepare_all(
    planned: Iterator[Planned], workers: Workers
) -> Iterator[tuple[Planned, Prepared | AmicError]]:
    """Keep the workers fed, not flooded; results come as they finish."""
    waiting: dict[Future[Prepared], Planned] = {}
    most = workers.size * _WAITING_PER_WORKER
    more = True
    while more or waiting:
        while more and len(waiting) < most:
            item = next(planned, None)
            if item is None:
                more = False
            else:
                waiting[workers.submit(item.task)] = item
        if not waiting:
            return
        done, _ = wait(waiting, return_when=FIRST_COMPLETED)
        for future in done:
            item = waiting.pop(future)
            try:
                yield item, workers.result(item.task, future)
            except AmicError as error:
                yield item, error


def _as_input_error(raw: RawDocument | Unreadable, error: InputError | OSError) -> InputError:
    if isinstance(error, InputError):
        return error
    path = raw.path if isinstance(raw, RawDocument) else Path(raw.identifier)
    return UnreadableInput(
        raw.identifier,
        f"cannot be read: {error.strerror or error}",
        f"Check that {path.name!r} exists and that this user may read it",
    )
