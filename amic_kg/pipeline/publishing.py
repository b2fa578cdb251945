"""Publishing in batches: the gate, then graph, index and ledger, in an order that can be redone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from amic_kg.graph.shapes import ShapeGate, faults_of
from amic_kg.iris import Iris
from amic_kg.ledger import Ledger
from amic_kg.pipeline.preparation import Prepared, Task
from amic_kg.ports import GraphStore, SearchIndex
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
        gate: ShapeGate,
    ) -> None:
        self._ledger = ledger
        self._graph = graph
        self._index = index
        self._iris = iris
        self._gate = gate

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
        publishable = self._pass_gate(publishable, record)
        if not publishable:
            return
        extractions = [prepared.extraction for _, prepared in publishable]
        self._graph.replace_graphs(
            {
                self._iris.document_graph(prepared.extraction.key): prepared.triples
                for _, prepared in publishable
            }
        )
        self._index.replace_documents(
            [extraction.key for extraction in extractions],
            (passage for _, prepared in publishable for passage in prepared.passages),
        )
        self._index.commit()
        self._graph.publish()
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
                record(Outcome(item.identifier, "skipped", note="withdrawn, and not here"))
                continue
            known.append((item, place.key))
        leaving = {(item.source, item.identifier) for item, _ in known}
        for _, key in known:
            places = self._ledger.locations_of(key)
            if all((place.source, place.identifier) in leaving for place in places):
                ended[key] = None
        if ended:
            self._graph.replace_graphs({self._iris.document_graph(key): b"" for key in ended})
            self._index.replace_documents(list(ended), ())
            self._index.commit()
            self._graph.publish()
        self._ledger.withdraw(list(ended), leaving)
        for item, key in known:
            record(Outcome(item.identifier, "withdrawn", key))

    def _pass_gate(
        self,
        publishable: list[tuple[Planned, Prepared]],
        record: Callable[[Outcome], None],
    ) -> list[tuple[Planned, Prepared]]:
        """Those that keep the shapes; the others are quarantined with the report in words."""
        found = self._gate.faults(prepared.face for _, prepared in publishable)
        passed = []
        for item, prepared in publishable:
            faults = (
                *prepared.faults,
                *faults_of(found, self._iris.output(prepared.extraction.key), prepared.face),
            )
            if not faults:
                passed.append((item, prepared))
                continue
            failure = Failure("InvalidGraph", "; ".join(faults[:_FAULTS_SHOWN]), _QUARANTINE_REMEDY)
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
