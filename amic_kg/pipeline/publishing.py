"""Publishing in batches: graph, then index, then ledger, in an order that can be redone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from amic_kg.iris import Iris
from amic_kg.ledger import Ledger
from amic_kg.pipeline.preparation import Prepared, Task
from amic_kg.pipeline.waiting import Waiting
from amic_kg.ports import GraphStore, IndexedPassage, SearchIndex
from amic_kg.records import Failure, Location, Outcome, RawDocument, Withdrawn

_FAULTS_SHOWN = 5
_QUARANTINE_REMEDY = (
    "Mend the metadata it names (in the file, or in its .metadata.json) and ingest it again; "
    "nothing of it is published"
)


@dataclass(frozen=True, slots=True)
class Planned:
    """A document on its way: where it comes from, what is to be done, where it will be noted."""

    raw: RawDocument
    task: Task
    location: Location


class Publisher:
    """Writes prepared documents to graph, index and ledger."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        graph: GraphStore,
        index: SearchIndex,
        iris: Iris,
        waiting: Waiting,
    ) -> None:
        self._ledger = ledger
        self._graph = graph
        self._index = index
        self._iris = iris
        self._waiting = waiting

    def publish(
        self, batch: list[tuple[Planned, Prepared]], record: Callable[[Outcome], None]
    ) -> None:
        """Graph, then index, then ledger: a process killed between them redoes the batch."""
        if not batch:
            return
        # Workers finish in any order; which of two rivals is kept must not hang on it.
        batch.sort(key=lambda pair: pair[0].raw.identifier)
        taken: dict[str, str] = {}
        publishable: list[tuple[Planned, Prepared]] = []
        for item, prepared in batch:
            key = prepared.extraction.key
            other = taken.get(key) or self._rival(item, key)
            if other is not None:
                note = f"same identifier ({key}) as {other}, which was kept"
                record(Outcome(item.raw.identifier, "skipped", key, note=note))
                continue
            taken[key] = item.raw.identifier
            publishable.append((item, prepared))
        publishable = self._without_faults(publishable, record)
        if not publishable:
            return
        self._write(
            {prepared.extraction.key: prepared.triples for _, prepared in publishable},
            [passage for _, prepared in publishable for passage in prepared.passages],
        )
        self._ledger.publish(
            (replace(item.location, key=prepared.extraction.key), prepared.extraction)
            for item, prepared in publishable
        )
        for item, prepared in publishable:
            extraction = prepared.extraction
            record(
                Outcome(
                    item.raw.identifier,
                    "published",
                    extraction.key,
                    pages=len(extraction.pages),
                    warnings=extraction.warnings,
                )
            )

    def withdraw(self, gone: Sequence[Withdrawn], record: Callable[[Outcome], None]) -> None:
        """Take out what its source has taken back, unless it lies elsewhere too."""
        ended: dict[str, None] = {}
        known: list[tuple[Withdrawn, str]] = []
        for item in gone:
            place = self._ledger.location(item.source, item.identifier)
            if place is None:
                self._ledger.recover(item.source, item.identifier)
                record(Outcome(item.identifier, "skipped", note="withdrawn, and not here"))
                continue
            known.append((item, place.key))
        leaving = {(item.source, item.identifier) for item, _ in known}
        for _, key in known:
            places = self._ledger.locations_of(key)
            if all((place.source, place.identifier) in leaving for place in places):
                ended[key] = None
        if ended:
            self._write(dict.fromkeys(ended, b""), ())
        self._ledger.withdraw(list(ended), leaving)
        for item, key in known:
            record(Outcome(item.identifier, "withdrawn", key))

    def take_out(self, keys: Collection[str]) -> None:
        """Take out what graph and index may hold of documents that the ledger does not know."""
        self._write(dict.fromkeys(keys, b""), ())
        self._ledger.unfinished.strike_out(keys)

    def publish_graphs(self, graphs: Mapping[str, bytes]) -> None:
        """Put named graphs that are no documents in place of what they were, and publish them."""
        self._waiting.do(lambda: self._graph.replace_graphs(graphs))
        self._waiting.do(self._graph.publish)

    def _write(self, triples: Mapping[str, bytes], passages: Sequence[IndexedPassage]) -> None:
        """All that graph and index hold of the documents named by the keys of `triples`.

        The ledger notes them first: a run that is killed here may be the last to meet them, and
        then nobody else could tell what was left.
        """
        keys, unfinished = list(triples), self._ledger.unfinished
        graphs = {self._iris.document_graph(key): triples[key] for key in keys}
        unfinished.note(keys, "graph")
        self._waiting.do(lambda: self._graph.replace_graphs(graphs))
        unfinished.note(keys, "index")
        self._waiting.do(lambda: self._index.replace_documents(keys, passages))
        self._waiting.do(self._index.commit)
        unfinished.note(keys, "publish")
        self._waiting.do(self._graph.publish)

    def _without_faults(
        self,
        publishable: list[tuple[Planned, Prepared]],
        record: Callable[[Outcome], None],
    ) -> list[tuple[Planned, Prepared]]:
        """Those that keep the shapes; the others are quarantined with the report in words."""
        passed = []
        for item, prepared in publishable:
            if not prepared.faults:
                passed.append((item, prepared))
                continue
            failure = Failure(
                "InvalidGraph", "; ".join(prepared.faults[:_FAULTS_SHOWN]), _QUARANTINE_REMEDY
            )
            self._ledger.fail(item.raw.source, item.raw.identifier, failure)
            record(Outcome(item.raw.identifier, "quarantined", failure=failure))
        return passed

    def _rival(self, item: Planned, key: str) -> str | None:
        """Another place whose document has this key already."""
        if item.task.key == key:
            return None
        for location in self._ledger.locations_of(key):
            if (location.source, location.identifier) != (item.raw.source, item.raw.identifier):
                return location.identifier
        return None
