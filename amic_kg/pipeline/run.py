"""A run over a source: plan what is new, prepare it in workers, publish it in batches, report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from itertools import chain
from pathlib import Path

from amic_kg.errors import AmicError
from amic_kg.iris import Iris
from amic_kg.ledger import Ledger
from amic_kg.originals import OriginalStore
from amic_kg.pipeline.dataset import publish_dataset
from amic_kg.pipeline.ontology_graphs import ontology_graphs, ontology_graphs_version
from amic_kg.pipeline.planning import Given, Planner, Preparing
from amic_kg.pipeline.preparation import Prepared
from amic_kg.pipeline.publishing import Planned, Publisher
from amic_kg.pipeline.report import RunReport
from amic_kg.pipeline.waiting import Waiting
from amic_kg.pipeline.workers import Workers
from amic_kg.pipeline.works import WorkChanges, settle_works
from amic_kg.ports import GraphStore, Source
from amic_kg.records import Failure, Outcome, Thresholds
from amic_kg.retrieval import SearchIndex

_BATCH_DOCUMENTS = 100
_BATCH_PAGES = 2000
"""A publish makes a checkpoint of the graph and a commit of the index: not for every document."""

_WAITING_PER_WORKER = 4


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
        thresholds: Thresholds,
        names: bool,
        waiting: Waiting,
        count_documents: int = 500,
    ) -> None:
        self._count_documents = count_documents
        self._ledger = ledger
        self._originals = originals
        self._make_workers = make_workers
        self._graph = graph
        self._iris = iris
        self._file_megabytes = file_megabytes
        self._vocabularies = vocabularies
        self._preparing = Preparing(pipeline_version, iris.base, vocabularies, thresholds, names)
        self._publisher = Publisher(
            ledger=ledger, graph=graph, index=index, iris=iris, waiting=waiting
        )

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
        broken: dict[str, AmicError] = {}
        planner = self._planner(record, force=force)
        given = Given(source, on_start)
        self._work(planner.plan(source.name, given), record, broken)
        planner.settle_twins(broken)
        for gone in planner.gone:
            # Whoever takes a document back means its file, too.
            if (place := self._ledger.location(gone.source, gone.identifier)) is not None:
                self._originals.doubt(place.sha256)
        self._publisher.withdraw(planner.gone, record)
        report.works = self.settle()
        if given.error is None:
            self._ledger.recover(source.name, source.name)
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
        self._work(self._planner(record).plan_rebuild(keys), record, {})
        report.works = self.settle()
        return report

    def _planner(self, record: Callable[[Outcome], None], *, force: bool = False) -> Planner:
        return Planner(
            ledger=self._ledger,
            originals=self._originals,
            preparing=self._preparing,
            file_megabytes=self._file_megabytes,
            record=record,
            fail=self._failed,
            force=force,
        )

    def _publish_ontology(self) -> None:
        """Vocabularies, registry and questions, when they are other than those published."""
        version = ontology_graphs_version(self._vocabularies)
        if self._ledger.note("ontology") == version:
            return
        graphs = ontology_graphs(self._iris, self._vocabularies)
        standing = set((self._ledger.note("ontology graphs") or "").split())
        # A run that is killed below leaves some of these and some of those: neither version.
        self._ledger.set_note("ontology graphs", " ".join(sorted(standing | graphs.keys())))
        self._ledger.set_note("ontology", "")
        gone = standing - graphs.keys()
        self._publisher.publish_graphs({**graphs, **dict.fromkeys(gone, b"")})
        self._ledger.set_note("ontology graphs", " ".join(graphs))
        self._ledger.set_note("ontology", version)

    def settle(self) -> WorkChanges:
        """Works, what is unfinished, and what is told of the dataset: the end of every run.

        Called alone it applies what curators have decided on works, without a source.
        """
        works = settle_works(self._ledger, self._publisher, self._iris)
        self._complete()
        publish_dataset(
            self._graph,
            self._ledger,
            self._publisher,
            self._iris,
            self._vocabularies,
            most_documents=self._count_documents,
        )
        return works

    def _complete(self) -> None:
        """Make good what an earlier run has begun and this one has not met.

        What the ledger knows is written anew from it, what it does not know is taken out; then it
        holds again that graph and index are what the ledger says. Originals that came in for
        nothing are let go.
        """
        left = self._ledger.unfinished.keys()
        known = self._ledger.documents_of(left)
        if unknown := [key for key in left if key not in known]:
            self._publisher.take_out(unknown)
        self._work(self._planner(_nobody).plan_rebuild(sorted(known)), _nobody, {})
        self._originals.settle(lambda sha256: self._ledger.key_of(sha256) is not None)

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
                        record(
                            self._failed(
                                item.raw.source,
                                item.raw.identifier,
                                result,
                                item.location.fingerprint,
                            )
                        )
                        continue
                    batch.append((item, result))
                    pages = sum(len(prepared.extraction.pages) for _, prepared in batch)
                    if len(batch) >= _BATCH_DOCUMENTS or pages >= _BATCH_PAGES:
                        full, batch = batch, []
                        self._publisher.publish(full, record)
        finally:
            # An interrupted run keeps what its workers have finished.
            self._publisher.publish(batch, record)

    def _failed(
        self, source: str, identifier: str, error: AmicError, fingerprint: str = ""
    ) -> Outcome:
        failure = Failure.of(error)
        self._ledger.fail(source, identifier, failure, fingerprint)
        return Outcome(identifier, "failed", failure=failure)


def _nobody(_: Outcome) -> None:
    """Is told what belongs to no document of the run."""


def _prepare_all(
    planned: Iterator[Planned], workers: Workers
) -> Iterator[tuple[Planned, Prepared | AmicError]]:
    """Keep the workers fed, not flooded; results come as they finish."""
    waiting: dict[Future[Prepared], Planned] = {}
    most = workers.size * _WAITING_PER_WORKER
    more = True
    while more or waiting:
        item = next(planned, None) if more and len(waiting) < most else None
        if item is not None:
            waiting[workers.submit(item.task)] = item
        elif len(waiting) < most:
            more = False
        if not waiting:
            return
        # A source may be slow to give the next: what is done by now does not wait for it.
        seconds = 0 if more and len(waiting) < most else None
        done, _ = wait(waiting, timeout=seconds, return_when=FIRST_COMPLETED)
        for future in done:
            ready = waiting.pop(future)
            try:
                yield ready, workers.result(ready.task, future)
            except AmicError as error:
                yield ready, error
