"""The search box within SPARQL: searches in a query are made before the graph is asked.

Whatever the graph is stored in, and whatever the index: the query that goes on holds what was
found as VALUES (graph/sparql_search.py).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from amic_kg.errors import InvalidQuery, ServiceUnavailable
from amic_kg.graph.query_limits import too_slow
from amic_kg.graph.sparql_search import (
    Output,
    Search,
    as_written,
    may_search,
    searches_in,
    with_found,
    with_nothing_found,
    words_literal,
)
from amic_kg.graph.terms import iri, text, typed
from amic_kg.iris import Iris
from amic_kg.ports import GraphReader, QueryAnswer, QueryRequest, QueryStream
from amic_kg.records import UI_LANGUAGES
from amic_kg.search.results import FoundDocument
from amic_kg.search.searcher import Searcher

_ANY_LANGUAGE = "en"
_UNBOUND = "UNDEF"
_LEAST_SECONDS = 0.1


class SearchingReader:
    """A GraphReader that also answers `SERVICE search:`; relative IRIs are the collection's.

    `open_searcher` is called at the first search: vocabulary and dictionaries take a while to load.
    The deadline of `seconds` is one for the searches and the query together.
    """

    def __init__(
        self,
        graph: GraphReader,
        open_searcher: Callable[[], Searcher],
        iris: Iris,
        *,
        seconds: float,
    ) -> None:
        self._graph = graph
        self._open_searcher = open_searcher
        self._iris = iris
        self._seconds = seconds

    def answer(self, request: QueryRequest) -> QueryAnswer:
        searched = self._search(self._based(request))
        try:
            return self._graph.answer(searched.request)
        except InvalidQuery:
            if searched.without is None:
                raise
            with searched.in_its_words():
                self._graph.answer(searched.without)
            raise

    async def stream(self, request: QueryRequest, client: str) -> QueryStream:
        request = self._based(request)
        searched = _Searched(request)
        if may_search(request.query):
            # In a thread: neither the text nor the index may hold up the server.
            searched = await asyncio.to_thread(self._search, request)
        try:
            return await self._graph.stream(searched.request, client)
        except InvalidQuery:
            if searched.without is None:
                raise
            with searched.in_its_words():
                (await self._graph.stream(searched.without, client)).close()
            raise

    def warm(self) -> None:
        self._graph.warm()

    def export(self, path: Path) -> int:
        return self._graph.export(path)

    def generation(self) -> str:
        return self._graph.generation()

    def ready(self) -> bool:
        return self._graph.ready()

    def close(self) -> None:
        self._graph.close()

    @cached_property
    def _searcher(self) -> Searcher:
        """Made ready here: what it loads at first is not to count as the time of a query."""
        searcher = self._open_searcher()
        searcher.warm()
        return searcher

    def _based(self, request: QueryRequest) -> QueryRequest:
        # https://www.w3.org/TR/sparql11-protocol/#base-iri
        return replace(request, base_iri=request.base_iri or self._iris.base)

    def _search(self, request: QueryRequest) -> _Searched:
        """Raises InvalidQuery for a search that is not written as one, QueryTimeout."""
        searches = searches_in(request.query)
        if not searches:
            return _Searched(request)
        searcher = self._searcher
        began = time.monotonic()
        seconds = request.seconds_within(self._seconds)
        rows = []
        for search in searches:
            rows.append(self._rows(searcher, search))
            if time.monotonic() - began > seconds:
                raise too_slow(seconds)
        left = max(round(seconds - (time.monotonic() - began), 1), _LEAST_SECONDS)
        return _Searched(
            replace(request, query=with_found(request.query, searches, rows), most_seconds=left),
            replace(request, query=with_nothing_found(request.query, searches)),
            searches,
        )

    def _rows(self, searcher: Searcher, search: Search) -> Sequence[str]:
        spoken = search.spoken or search.language or ""
        try:
            results = searcher.search(
                search.text,
                language=spoken if spoken in UI_LANGUAGES else _ANY_LANGUAGE,
                size=search.limit,
                filters={"language": (search.language,)} if search.language else {},
                facets=(),
            )
        except ServiceUnavailable:
            if not search.silent:
                raise
            # https://www.w3.org/TR/sparql11-federated-query/#serviceFailure
            return [search.unknown]
        return [self._row(search, found) for found in results.found]

    def _row(self, search: Search, found: FoundDocument) -> str:
        terms = _terms(found)
        document = iri(self._iris.output(found.document.key))
        return f"({' '.join([document, *(terms[output] for output, _ in search.outputs)])})"


@dataclass(frozen=True, slots=True)
class _Searched:
    """What is to be asked, and the same without what was found.

    When the engine does not read the first, it says of the second where the query is wrong: there
    the places are those of the query as it was written.
    """

    request: QueryRequest
    without: QueryRequest | None = None
    searches: tuple[Search, ...] = ()

    @contextmanager
    def in_its_words(self) -> Iterator[None]:
        try:
            yield
        except InvalidQuery as error:
            raise as_written(error, self.searches) from None


def _terms(found: FoundDocument) -> dict[Output, str]:
    """What is told of a document; of a restricted one neither words nor page."""
    terms: dict[Output, str] = {
        "score": typed(repr(found.score), "double"),
        "passage": _UNBOUND,
        "page": _UNBOUND,
        "fragment": _UNBOUND,
    }
    if found.passages and found.document.record.access == "open":
        best = found.passages[0]
        words = "".join(piece.text for piece in best.snippet)
        terms["passage"] = words_literal(words, best.language)
        terms["page"] = str(best.page)
        terms["fragment"] = text(f"page={best.page}")
    return terms
