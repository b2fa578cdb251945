"""The embedded search index: tantivy in a folder, one writer, any number of reading processes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import tantivy

from amic_kg.errors import StoreLocked
from amic_kg.index.weights import NOTHING, OTHER_WORDS, Clause, clauses, compound
from amic_kg.retrieval import (
    FACETS,
    IndexedPassage,
    PassageHit,
    QueryTerm,
    SearchAnswer,
    SearchRequest,
)

_HEAP_BYTES = 128_000_000
_STREAM = "whitespace"
_FACET_VALUES = 200


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(
        "document", stored=True, fast=True, tokenizer_name="raw", index_option="basic"
    )
    builder.add_unsigned_field("number", stored=True, fast=True)
    builder.add_unsigned_field("page", stored=True)
    builder.add_text_field("page_label", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("language", "kind", "access"):
        builder.add_text_field(
            name, stored=True, fast=True, tokenizer_name="raw", index_option="basic"
        )
    builder.add_text_field("year", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("work_package", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("surface", tokenizer_name=_STREAM, index_option="position")
    for name in ("lemma", "parts", "title"):
        builder.add_text_field(name, tokenizer_name=_STREAM, index_option="freq")
    builder.add_text_field("concepts", tokenizer_name="raw", index_option="freq")
    builder.add_text_field("text", stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


class EmbeddedIndex:
    """tantivy; a reader sees the last commit, also one made by another process."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._index = tantivy.Index(_schema(), path=str(folder))
        # Tokenizers are not stored with the index: each opening names them anew.
        self._index.register_tokenizer(
            _STREAM, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        )
        self._writer: tantivy.IndexWriter | None = None

    def replace_documents(self, keys: Iterable[str], passages: Iterable[IndexedPassage]) -> None:
        writer = self._open_writer()
        for key in keys:
            writer.delete_documents_by_term("document", key)
        for passage in passages:
            writer.add_document(_document(passage))

    def commit(self) -> None:
        if self._writer is not None:
            self._writer.commit()
            self._index.reload()

    def search(self, request: SearchRequest) -> SearchAnswer:
        self._index.reload()
        searcher = self._index.searcher()
        query = self._query(request)
        limit = max(request.passages, 1)
        ranked = bool(request.terms or request.phrases)
        found = (
            searcher.search(query, limit=limit, count=False)
            if ranked
            else searcher.search(
                query, limit=limit, count=False, order_by_field="document", order=tantivy.Order.Asc
            )
        )
        hits = []
        for score, address in found.hits:
            stored = searcher.doc(address).to_dict()
            hits.append(
                PassageHit(
                    document=stored["document"][0],
                    number=stored["number"][0],
                    page=stored["page"][0],
                    language=stored["language"][0],
                    text=stored["text"][0],
                    score=float(score) if ranked else 0.0,
                    page_label=stored.get("page_label", [None])[0],
                )
            )
        # The engine's order is kept among equals too: a longer list begins with the shorter one,
        # so that no document stands on two pages of results.
        documents, facets = self._counts(searcher, query)
        return SearchAnswer(tuple(hits), documents, facets)

    def count(self) -> int:
        self._index.reload()
        return int(self._index.searcher().num_docs)

    def ready(self) -> bool:
        return tantivy.Index.exists(str(self._folder))

    def close(self) -> None:
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            try:
                self._writer = self._index.writer(heap_size=_HEAP_BYTES, num_threads=1)
            except ValueError as error:
                raise StoreLocked(
                    f"another process writes to {self._folder} ({error})",
                    "Wait for it to end, or give this run another folder by AMIC_DATA",
                ) from None
            # A writer that was killed within a commit leaves files that the next one would name
            # alike (`<segment>.<operation>.del`), and would refuse to overwrite, each time anew.
            self._writer.garbage_collect_files()
        return self._writer

    def _query(self, request: SearchRequest) -> tantivy.Query:
        parts: list[tuple[tantivy.Occur, tantivy.Query]] = []
        must, should, neutral = tantivy.Occur.Must, tantivy.Occur.Should, 0.0
        if request.terms:
            occur = must if request.every_term else should
            words = tantivy.Query.boolean_query(
                [(occur, self._term(term)) for term in request.terms]
            )
            parts.append((must, words))
        parts.extend((must, self._phrase(phrase)) for phrase in request.phrases)
        for facet, values in request.filters.items():
            field = "concepts" if facet == "concept" else facet
            allowed = tantivy.Query.term_set_query(self._index.schema, field, list(values))
            parts.append((must, tantivy.Query.const_score_query(allowed, neutral)))
        return tantivy.Query.boolean_query(parts) if parts else tantivy.Query.all_query()

    def _term(self, term: QueryTerm) -> tantivy.Query:
        answers = [self._clause(clause) for clause in clauses(term)]
        parts = compound(term)
        if parts:
            answers.append(
                tantivy.Query.boolean_query(
                    [(tantivy.Occur.Must, self._best(map(self._clause, part))) for part in parts]
                )
            )
        return self._best(answers)

    def _best(self, queries: Iterable[tantivy.Query]) -> tantivy.Query:
        return tantivy.Query.disjunction_max_query(list(queries), OTHER_WORDS)

    def _clause(self, clause: Clause) -> tantivy.Query:
        query = tantivy.Query.term_query(self._index.schema, clause.field, clause.token)
        return tantivy.Query.boost_query(query, clause.weight)

    def _phrase(self, words: tuple[str, ...]) -> tantivy.Query:
        if len(words) == 1:
            return tantivy.Query.term_query(self._index.schema, "surface", words[0])
        return tantivy.Query.phrase_query(self._index.schema, "surface", list(words))

    def _counts(
        self, searcher: tantivy.Searcher, query: tantivy.Query
    ) -> tuple[int, Mapping[str, Mapping[str, int]]]:
        """How many documents match, and how many per value of each facet."""
        per_document = {"documents": {"cardinality": {"field": "document"}}}
        wanted: dict[str, Any] = {
            facet: {"terms": {"field": facet, "size": _FACET_VALUES}, "aggs": per_document}
            for facet in FACETS
        }
        answer = searcher.aggregate(query, {**wanted, **per_document})
        facets = {
            facet: {
                str(bucket["key"]): int(bucket["documents"]["value"])
                for bucket in answer[facet]["buckets"]
            }
            for facet in FACETS
        }
        return int(answer["documents"]["value"]), facets


def _document(passage: IndexedPassage) -> tantivy.Document:
    document = tantivy.Document()
    for name in ("document", "language", "kind", "access", "text"):
        document.add_text(name, getattr(passage, name))
    for name in ("surface", "lemma", "parts", "title"):
        document.add_text(name, getattr(passage, name) or NOTHING)
    document.add_unsigned("number", passage.number)
    document.add_unsigned("page", passage.page)
    if passage.page_label is not None:
        document.add_text("page_label", passage.page_label)
    if passage.year is not None:
        document.add_text("year", str(passage.year))
    for number in passage.work_packages:
        document.add_text("work_package", str(number))
    for concept in passage.concepts or (NOTHING,):
        document.add_text("concepts", concept)
    return document
