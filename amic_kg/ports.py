"""What the flow needs of the engines: one Protocol a port, one adapter module an engine.

The search index has its port in `retrieval`, recognition of names in `recognition`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from amic_kg.records import (
    CandidateEntry,
    Decision,
    Location,
    ParsedDocument,
    RawDocument,
    StoredDocument,
    Unreadable,
    Withdrawn,
)
from amic_kg.source_states import SourceState
from amic_kg.works import EarlierContent, Work

QueryForm = Literal["rows", "boolean", "graph"]


class Source(Protocol):
    """Where documents come from."""

    @property
    def name(self) -> str: ...

    @property
    def expected(self) -> int | None:
        """How many documents come, as far as that is known by now; None while it is not."""
        ...

    @property
    def left_out(self) -> Mapping[str, int]:
        """Why records were not wanted, and how many for each reason, by now."""
        ...

    def documents(self) -> Iterator[RawDocument | Unreadable | Withdrawn]:
        """Each document once, in a fixed order; what cannot be given is named as Unreadable.

        Raises AmicError when the source as a whole gives no more: what came is kept.
        """
        ...

    def settle(self) -> None:
        """All that came is dealt with: the next run may go on from here."""
        ...


class FeedMemory(Protocol):
    """What a source remembers from run to run, and what of it waits for another try."""

    def recall(self, name: str) -> str | None: ...

    def remember(self, name: str, value: str) -> None: ...

    def due(self) -> Sequence[str]:
        """Identifiers that failed and may be tried again now, in order."""
        ...

    def known(self) -> Iterator[str]:
        """Identifiers of all that is published from this source, in order."""
        ...

    def places(self) -> Iterator[Location]:
        """Where all that is published from this source lies, in order of identifiers."""
        ...

    def failed(self) -> Sequence[str]:
        """Identifiers of what of this source failed and is not made good, in order."""
        ...


class FormatReader(Protocol):
    """Bytes of one format to pages."""

    def __call__(self, path: Path, name: str) -> ParsedDocument: ...


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """A SPARQL result, serialised by the engine."""

    body: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A SPARQL query and how it is to be answered.

    `accept` maps the query's form to the media type wanted; which form a query has is known only
    once it is parsed. `default_graphs` and `named_graphs` are the protocol's dataset parameters.
    """

    query: str
    accept: Mapping[QueryForm, str]
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    most_bytes: int | None = None
    """A cap below that of the operator: who shows a page need not hold a book."""
    most_seconds: float | None = None
    """A deadline before that of the operator, where a part of the time is spent already."""
    base_iri: str | None = None
    """What relative IRIs are read from until the query has a BASE of its own."""

    def seconds_within(self, seconds: float) -> float:
        """The deadline, where the operator's is `seconds`."""
        return seconds if self.most_seconds is None else min(self.most_seconds, seconds)


class QueryStream(Protocol):
    """A SPARQL result on its way: iterate once, and close in any case.

    An AmicError while iterating means that what came is not the whole: whoever passes it on must
    break off, so that nobody takes it for a result. Closing ends a query that still runs.
    """

    @property
    def media_type(self) -> str: ...

    @property
    def generation(self) -> str:
        """Of which generation this is the answer."""
        ...

    @property
    def whole(self) -> bytes | None:
        """All of a small result, when it is there from the start."""
        ...

    def __aiter__(self) -> AsyncIterator[bytes]: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class UpdateRequest:
    """A SPARQL update; `using_graphs` and `using_named_graphs` are what its patterns see.

    https://www.w3.org/TR/sparql11-protocol/#update-operation
    """

    update: str
    using_graphs: tuple[str, ...] = ()
    using_named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GraphChange:
    """A whole graph put, added to or deleted, as the Graph Store Protocol has it.

    `graph` is None for the default graph; `triples` are N-Triples, empty for DELETE.
    """

    method: Literal["PUT", "POST", "DELETE"]
    graph: str | None
    triples: bytes = b""


Change = UpdateRequest | GraphChange


class GraphStore(Protocol):
    """The writer of the graph; there is one at a time."""

    def replace_graphs(self, graphs: Mapping[str, bytes]) -> None:
        """Put each named graph (IRI to N-Triples) in place of what it was; empty removes it."""
        ...

    def change(self, change: Change, base: str, *, union: bool) -> None:
        """Apply a key holder's change, whole or not at all; readers see it after `publish`.

        `base` is what the IRIs of this collection begin with: graphs below it are the pipeline's
        (graph/ownership.py). With `union` patterns see all graphs, as queries do. Raises OwnedGraph
        for a write into such a graph, InvalidQuery for what does not parse or is refused (LOAD,
        SERVICE), and SystemFault when a killed run left unpublished what it had written.
        """
        ...

    def publish(self) -> str:
        """Make all that was written visible to readers at once; returns the generation's name."""
        ...

    def generation(self) -> str:
        """The name of what was published last; `none` when nothing was."""
        ...

    def select(self, query: str) -> list[tuple[str | None, ...]]:
        """Solutions of a SELECT query of our own over all that was written, without a deadline.

        Values stand in the order of the query's variables. Named graphs are seen by GRAPH alone.
        """
        ...

    def close(self) -> None: ...


class GraphUpdates(Protocol):
    """Changes by holders of a key, one at a time, beside readers and runs."""

    def apply(self, change: Change) -> str:
        """Make the change and publish it; returns the generation that shows it.

        Raises as GraphStore.change does; StoreLocked while a run writes, QueryTimeout when the
        change takes too long: then nothing of it was made.
        """
        ...


class GraphReader(Protocol):
    """Queries over the published graph."""

    def answer(self, request: QueryRequest) -> QueryAnswer:
        """For queries of our own: no stranger's query is in their way.

        Raises InvalidQuery, LimitExceeded, QueryTimeout, ServiceBusy or ServiceUnavailable.
        """
        ...

    async def stream(self, request: QueryRequest, client: str) -> QueryStream:
        """For queries of strangers, each `client` in its turn; returns once the result begins.

        Raises what `answer` does, and TooManyQueries. Cancelling it ends the query.
        """
        ...

    def warm(self) -> None:
        """Begin what makes queries fast, for whoever goes on to serve; returns at once."""
        ...

    def export(self, path: Path) -> int:
        """Write all that is published as N-Quads to `path`; returns the number of quads."""
        ...

    def generation(self) -> str: ...

    def ready(self) -> bool: ...

    def close(self) -> None: ...


class DocumentReader(Protocol):
    """The published documents, as pages and records; what the API shows beside graph and index."""

    def document(self, key: str) -> StoredDocument | None: ...

    def withdrawn(self, key: str) -> str | None:
        """When the document was withdrawn, as an ISO time; None when it was not."""
        ...

    def documents(self, *, limit: int, offset: int = 0) -> Sequence[StoredDocument]: ...

    def documents_of(self, keys: Sequence[str]) -> Mapping[str, StoredDocument]:
        """Those of `keys` that are published, by key."""
        ...

    def page_text(self, key: str, number: int) -> str | None: ...

    def page_labels(self, key: str) -> Mapping[int, str]: ...

    def count(self) -> int: ...


class WorkReader(Protocol):
    """Which documents are one work."""

    def work(self, key: str) -> Work | None:
        """The work of a document that shares it with another."""
        ...

    def copies(self) -> frozenset[str]:
        """Documents that say what another of their work says too: the search leaves them out."""
        ...

    def earlier(self, key: str) -> Sequence[EarlierContent]:
        """What the document said before its place got another content, the latest first."""
        ...


class RunReader(Protocol):
    """How the sources stand after their runs."""

    def sources(self) -> Sequence[SourceState]:
        """Every source that was ever run, or of which something is in or missing, by name."""
        ...


class ReviewStore(Protocol):
    """Decisions of curators, and the candidates that wait for one."""

    def record(self, decision: Decision) -> None:
        """Keep `decision`; an earlier one on the same thing no longer holds, and is not lost."""
        ...

    def decisions(self, document: str | None = None) -> Sequence[Decision]:
        """The decisions that hold; for a `document`, its own and those on entities anywhere."""
        ...

    def candidates(
        self, *, kind: str | None = None, limit: int = 50, offset: int = 0
    ) -> Sequence[CandidateEntry]:
        """Candidates that nobody has decided on, those of most documents first."""
        ...

    def stale(self) -> frozenset[str]:
        """Documents published before a decision that concerns them."""
        ...


class OriginalReader(Protocol):
    """The files as they came, by SHA-256."""

    def path(self, sha256: str) -> Path | None: ...
