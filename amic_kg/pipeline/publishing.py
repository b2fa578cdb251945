"""Publishing in batches: graph, then index, then ledger, in an order that can be redone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from amic_kg.iris import Iris
from amic_kg.ledger import Ledger
from amic_kg.pipeline.preparation import Prepared, Task
from amic_kg.pipeline.waiting import Waiting
from amic_kg.ports import GraphStore
from amic_kg.records import (
    Extraction,
    Failure,
    Location,
    Outcome,
    RawDocument,
    StoredDocument,
    Withdrawn,
)
from amic_kg.retrieval import IndexedPassage, SearchIndex

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
        publishable, lesser = self._fullest(self._without_faults(batch, record))
        if publishable:
            self._publish(publishable, record)
        # Noted when what is kept is in: a run that is killed before meets these again.
        for item, prepared in lesser:
            key = prepared.extraction.key
            self._ledger.add_location(replace(item.location, key=key))
            stored = self._ledger.document(key)
            kept = next(iter(self._holders(stored, item)), key) if stored else key
            note = f"same identifier ({key}) as {kept}, which says more and was kept"
            record(Outcome(item.raw.identifier, "skipped", key, note=note))

    def _publish(
        self, publishable: Sequence[tuple[Planned, Prepared]], record: Callable[[Outcome], None]
    ) -> None:
        copies = self._ledger.works.copies()
        self._write(
            {prepared.extraction.key: prepared.triples for _, prepared in publishable},
            [
                passage
                for _, prepared in publishable
                # Whoever searches finds the document that stands for its copies.
                if prepared.extraction.key not in copies
                for passage in prepared.passages
            ],
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
        """Take out what its source has taken back, unless the same content lies elsewhere too.

        A place that has another content under the same identifier is read again by its source's
        next run: what it has was not kept.
        """
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
            stored = self._ledger.document(key)
            if all(
                (place.source, place.identifier) in leaving
                for place in self._ledger.locations_of(key)
                if stored is None or place.sha256 == stored.sha256
            ):
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

    def take_out_of_index(self, keys: Collection[str]) -> None:
        """Take out the passages of documents that others stand for; their graphs stay."""
        held = len(keys)
        self._waiting.do(lambda: self._index.replace_documents(keys, ()), documents=held)
        self._waiting.do(self._index.commit, documents=held)
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
        held = len(keys)
        unfinished.note(keys, "graph")
        self._waiting.do(lambda: self._graph.replace_graphs(graphs), documents=held)
        unfinished.note(keys, "index")
        self._waiting.do(lambda: self._index.replace_documents(keys, passages), documents=held)
        self._waiting.do(self._index.commit, documents=held)
        unfinished.note(keys, "publish")
        self._waiting.do(self._graph.publish, documents=held)

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

    def _fullest(
        self, batch: Sequence[tuple[Planned, Prepared]]
    ) -> tuple[list[tuple[Planned, Prepared]], list[tuple[Planned, Prepared]]]:
        """Those to publish, and those whose key another place holds that says more.

        Which of two contents of one identifier is kept does not hang on which came first.
        """
        kept: dict[str, tuple[Planned, Prepared]] = {}
        lesser = []
        # Workers finish in any order.
        for item, prepared in sorted(batch, key=lambda pair: pair[0].raw.identifier):
            extraction = prepared.extraction
            rival = kept.get(extraction.key)
            if rival is not None:
                beaten = _fullness(rival[1].extraction) >= _fullness(extraction)
            else:
                beaten = self._is_lesser(item, extraction)
            if beaten:
                lesser.append((item, prepared))
                continue
            if rival is not None:
                lesser.append(rival)
            kept[extraction.key] = item, prepared
        return list(kept.values()), lesser

    def _is_lesser(self, item: Planned, extraction: Extraction) -> bool:
        """Whether another place holds this key, with a content that says at least as much."""
        stored = self._ledger.document(extraction.key)
        if stored is None or stored.sha256 == extraction.sha256 or not self._holders(stored, item):
            return False
        standing = (
            stored.record.access == "open",
            self._ledger.characters(stored.key),
            stored.sha256,
        )
        return standing >= _fullness(extraction)

    def _holders(self, stored: StoredDocument, item: Planned) -> list[str]:
        """Other places where the published content of `stored` lies."""
        return [
            place.identifier
            for place in self._ledger.locations_of(stored.key)
            if place.sha256 == stored.sha256
            and (place.source, place.identifier) != (item.raw.source, item.raw.identifier)
        ]


def _fullness(extraction: Extraction) -> tuple[bool, int, str]:
    """What says more to more people is greater; the digest decides between equals."""
    characters = sum(len(page.text) for page in extraction.pages)
    return extraction.record.access == "open", characters, extraction.sha256
