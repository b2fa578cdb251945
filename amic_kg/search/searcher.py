"""The search box: what a visitor types to documents with the sentence that answers and its page."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Literal

from amic_kg.extract.concepts.matcher import VocabularyMatcher
from amic_kg.language import Analyzer
from amic_kg.ontology import Entity, Vocabulary
from amic_kg.ports import DocumentReader
from amic_kg.retrieval import (
    FACETS,
    DateOrder,
    PassageHit,
    SearchAnswer,
    SearchIndex,
    SearchRequest,
)
from amic_kg.search.nearness import Names
from amic_kg.search.results import Card, FoundDocument, FoundPassage, Results, Understanding
from amic_kg.search.snippets import snippet
from amic_kg.search.understanding import QUERY_LANGUAGES, QueryReader

_LONGEST_QUERY = 400
_MOST_PASSAGES = 2000
_PASSAGES_SHOWN = 3
_REASONS_SHOWN = 4
_MARKERS = 256
_CARDS = 3
_REGISTERED = frozenset(("Organization", "Project", "Site", "Place"))

Sort = Literal["relevance", "newest", "oldest"]


class Searcher:
    """Answers the box from any index, with the vocabulary and analysis that it was made with."""

    def __init__(
        self,
        index: SearchIndex,
        documents: DocumentReader,
        vocabulary: Vocabulary,
        analyzer: Analyzer,
    ) -> None:
        self._index = index
        self._documents = documents
        self._vocabulary = vocabulary
        self._analyzer = analyzer
        self._marker = lru_cache(maxsize=_MARKERS)(self._make_marker)

    @cached_property
    def _matcher(self) -> VocabularyMatcher:
        return VocabularyMatcher(self._vocabulary, self._analyzer)

    @cached_property
    def _reader(self) -> QueryReader:
        return QueryReader(self._vocabulary, self._analyzer, self._matcher)

    @cached_property
    def _names(self) -> Names:
        return Names(self._vocabulary)

    def warm(self) -> None:
        """Load dictionaries and vocabulary, so that no visitor waits for them."""
        for language in QUERY_LANGUAGES:
            self._matcher.find("kaivosvesi mine water gruvvatten", language)

    def search(
        self,
        text: str,
        *,
        language: str = "en",
        size: int = 10,
        offset: int = 0,
        filters: Mapping[str, tuple[str, ...]] | None = None,
        sort: Sort = "relevance",
        plain: Collection[str] = (),
        facets: tuple[str, ...] = FACETS,
    ) -> Results:
        """Documents `offset`..`offset + size` in the order of `sort`; `language` is the visitor's.

        Every word must be answered, by itself or by a concept it names; where no document does
        that, one word is enough and `relaxed` says so. The words that name a concept in `plain` are
        looked for as words alone. `facets` are counted.
        """
        began = time.perf_counter()
        understanding = self._reader.understand(text[:_LONGEST_QUERY], language, plain)
        request = SearchRequest(
            terms=understanding.terms,
            phrases=understanding.phrases,
            filters=filters or {},
            facets=facets,
            passages=min((offset + size) * 5 + 20, _MOST_PASSAGES) if sort == "relevance" else 1,
        )
        answer = self._index.search(request)
        relaxed = answer.documents == 0 and len(request.terms) > 1
        if relaxed:
            request = replace(request, every_term=False)
            answer = self._index.search(request)
        if sort == "relevance":
            answer = self._with_enough(request, answer, offset + size)
            found = self._documents_of(answer.hits, understanding, size, offset)
        else:
            hits = self._dated(request, sort, size, offset)
            found = self._documents_of(hits, understanding, size, 0)
        return Results(
            understanding=understanding,
            total=answer.documents,
            took_ms=round((time.perf_counter() - began) * 1000, 2),
            found=found,
            facets=answer.facets,
            suggestion=self._reader.suggest(understanding)
            if not answer.documents or relaxed
            else None,
            relaxed=relaxed and answer.documents > 0,
            near=() if answer.documents else self._names.near(understanding, language),
        )

    def cards(self, understanding: Understanding) -> tuple[Card, ...]:
        """The things that the query names, those of the registry before topics."""
        named = sorted(
            understanding.entities,
            key=lambda e: (-len(understanding.words_of(e.iri)), e.type not in _REGISTERED),
        )
        return tuple(Card(each, self.count({"concept": (each.iri,)})) for each in named[:_CARDS])

    def count(self, filters: Mapping[str, tuple[str, ...]]) -> int:
        """How many documents there are within `filters`."""
        request = SearchRequest(filters=filters, passages=1, facets=())
        return self._index.search(request).documents

    def _dated(
        self, request: SearchRequest, order: DateOrder, size: int, offset: int
    ) -> tuple[PassageHit, ...]:
        """The best passages of each document on this page of the list by date."""
        hits: list[PassageHit] = []
        for key in self._index.by_date(request, order, offset, size):
            within = replace(
                request,
                filters={**request.filters, "document": (key,)},
                passages=_PASSAGES_SHOWN,
                facets=(),
            )
            hits.extend(self._index.search(within).hits)
        return tuple(hits)

    def _with_enough(
        self, request: SearchRequest, answer: SearchAnswer, wanted: int
    ) -> SearchAnswer:
        """Ask for more passages until they come from `wanted` documents, or there are no more."""
        passages = request.passages
        while (
            len({hit.document for hit in answer.hits}) < min(wanted, answer.documents)
            and len(answer.hits) == passages < _MOST_PASSAGES
        ):
            passages = min(passages * 4, _MOST_PASSAGES)
            answer = self._index.search(replace(request, passages=passages))
        return answer

    def _documents_of(
        self,
        hits: tuple[PassageHit, ...],
        understanding: Understanding,
        size: int,
        offset: int,
    ) -> tuple[FoundDocument, ...]:
        grouped: dict[str, list[PassageHit]] = {}
        for hit in hits:
            grouped.setdefault(hit.document, []).append(hit)
        found = []
        shown = list(grouped.items())[offset : offset + size]
        documents = self._documents.documents_of([key for key, _ in shown])
        marker = self._marker(frozenset(c for term in understanding.terms for c in term.concepts))
        for key, best in shown:
            document = documents.get(key)
            if document is None:
                # Published to the index a moment ago, or withdrawn: the next search knows.
                continue
            reasons: dict[str, str] = {}
            passages = []
            for hit in best[:_PASSAGES_SHOWN]:
                marked, why = snippet(hit, understanding, marker, self._vocabulary)
                for about, reason in why.items():
                    reasons.setdefault(about, reason)
                passages.append(
                    FoundPassage(hit.page, hit.page_label, hit.language, marked, hit.score)
                )
            found.append(
                FoundDocument(
                    document,
                    best[0].score,
                    tuple(passages),
                    tuple(reasons.values())[:_REASONS_SHOWN],
                )
            )
        return tuple(found)

    def _make_marker(self, concepts: frozenset[str]) -> VocabularyMatcher:
        """Finds `concepts` and all below them: what is marked in the passages of a result."""
        wanted: dict[str, Entity] = {}
        queue = list(concepts)
        while queue:
            entity = self._vocabulary.get(queue.pop())
            if entity is not None and entity.iri not in wanted:
                wanted[entity.iri] = entity
                queue.extend(self._vocabulary.narrower(entity.iri))
        return VocabularyMatcher(wanted.values(), self._analyzer)
