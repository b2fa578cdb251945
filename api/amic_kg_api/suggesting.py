"""What the search box completes from: names and titles in memory, renewed beside the requests."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import takewhile
from threading import Event, Lock
from typing import cast

from fastapi import Request

from amic_kg.errors import AmicError
from amic_kg.graph.terms import MRDI
from amic_kg.ontology import REGISTRY_TYPES, SCHEME_TYPES, SKOS, Entity
from amic_kg.ports import GraphReader
from amic_kg.records import StoredDocument
from amic_kg.search.completions import Completable, Completions
from amic_kg_api import vocab_facts
from amic_kg_api.graph_facts import ask
from amic_kg_api.remembered import Remembered
from amic_kg_api.services import Services

DOCUMENT = "Document"
COMPLETED_TYPES = (*SCHEME_TYPES.values(), *REGISTRY_TYPES, "Concept", DOCUMENT)
"""What completions may be narrowed to."""

_CHECKED_SECONDS = 5.0
"""So often at most is it asked whether something new is published."""
_DOCUMENTS_AT_ONCE = 1000

_log = logging.getLogger(__name__)


class Suggesting:
    """Holds the completions of one generation, and makes those of the next in a thread.

    A request takes what is there and never waits; it only says that one is needed.
    """

    def __init__(self, services: Services, remembered: Remembered) -> None:
        self._services = services
        self._remembered = remembered
        self._completions: Completions | None = None
        self._generation: str | None = None
        self._renewer = ThreadPoolExecutor(1, thread_name_prefix="suggestions")
        self._renewing: Future[None] | None = None
        self._next_check = 0.0
        self._lock = Lock()
        self._closing = Event()

    def completions(self) -> Completions | None:
        """The latest; None until the first are made."""
        self.renew()
        return self._completions

    def renew(self) -> None:
        """See beside this whether something new is published; returns at once."""
        with self._lock:
            idle = self._renewing is None or self._renewing.done()
            if idle and time.monotonic() >= self._next_check:
                self._next_check = time.monotonic() + _CHECKED_SECONDS
                self._renewing = self._renewer.submit(self._renew)
                self._renewing.add_done_callback(_tell_fault)

    def close(self) -> None:
        """Break off what is being made: it reads stores that are about to be closed."""
        self._closing.set()
        with self._lock:
            self._next_check = float("inf")
        self._renewer.shutdown(cancel_futures=True)

    def _renew(self) -> None:
        try:
            generation = self._services.graph.generation()
            if generation != self._generation:
                things = _completable(self._services, self._remembered)
                read = list(takewhile(lambda _: not self._closing.is_set(), things))
                if not self._closing.is_set():
                    self._completions = Completions(read)
                    self._generation = generation
        except AmicError as error:
            # The old ones go on serving; the next check tries again.
            _log.warning("Completions of the search box are not renewed: %s", error)


def suggesting_of(request: Request) -> Suggesting:
    return cast(Suggesting, request.app.state.suggesting)


def _tell_fault(done: Future[None]) -> None:
    if not done.cancelled() and (fault := done.exception()) is not None:
        _log.error("Completions of the search box cannot be made", exc_info=fault)


def _completable(services: Services, remembered: Remembered) -> Iterator[Completable]:
    counts = remembered.of("own", vocab_facts.documents_naming) or {}
    known: set[str] = set()
    for entity in services.vocabulary:
        known.add(entity.iri)
        yield _entity(entity, counts)
    for thing in remembered.of("given", _given_things) or ():
        if thing.iri not in known:
            yield Completable(
                thing.iri, thing.type, thing.preferred, thing.alternative, counts.get(thing.iri, 0)
            )
    copies = services.works.copies()
    for document in _documents(services):
        if document.key not in copies:
            yield _document(document, services.iris.output(document.key))


def _entity(entity: Entity, counts: Mapping[str, int]) -> Completable:
    documents = counts.get(entity.iri, 0)
    return Completable(
        entity.iri, entity.type, entity.preferred, entity.alternative, documents=documents
    )


def _document(document: StoredDocument, iri: str) -> Completable:
    record = document.record
    shown = record.title_in("")
    own = next((tag for tag, title in record.title.items() if title == shown), "und")
    return Completable(iri, DOCUMENT, record.title, documents=1, fallback=own, kind=record.kind)


def _documents(services: Services) -> Iterator[StoredDocument]:
    seen: set[str] = set()
    while found := services.documents.documents(limit=_DOCUMENTS_AT_ONCE, offset=len(seen)):
        fresh = [document for document in found if document.key not in seen]
        if not fresh:
            return
        seen.update(document.key for document in fresh)
        yield from fresh


def _given_things(graph: GraphReader) -> Iterable[Completable]:
    """Organisations, projects, places and sites that a source names and the registry does not."""
    types = " ".join(f"<{MRDI}{name}>" for name in REGISTRY_TYPES)
    rows = ask(
        graph,
        f"SELECT DISTINCT ?thing ?type ?said ?label {{ VALUES ?type {{ {types} }} "
        f"VALUES ?said {{ <{SKOS}prefLabel> <{SKOS}altLabel> }} "
        f"GRAPH ?graph {{ ?thing a ?type ; ?said ?label }} }}",
    )
    type_of: dict[str, str] = {}
    preferred: dict[str, dict[str, str]] = {}
    alternative: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in rows:
        thing, label = row["thing"].value, row["label"]
        tongue = label.language or "und"
        type_of.setdefault(thing, row["type"].value.removeprefix(MRDI))
        if row["said"].value.endswith("prefLabel"):
            preferred.setdefault(thing, {}).setdefault(tongue, label.value)
        else:
            others = alternative.setdefault(thing, {})
            others[tongue] = (*others.get(tongue, ()), label.value)
    return [
        Completable(thing, type_of[thing], names, alternative.get(thing, {}))
        for thing, names in preferred.items()
    ]
