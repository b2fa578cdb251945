"""The embedded search index: tantivy in a folder, one writer, any number of reading processes."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import tantivy

from amic_kg.errors import StoreLocked
from amic_kg.index.faces import date_token, document_of
from amic_kg.index.weights import NOTHING, OTHER_WORDS, Clause, clauses, compound
from amic_kg.retrieval import (
    DOCUMENT_FACETS,
    DateOrder,
    IndexedPassage,
    PassageHit,
    QueryTerm,
    SearchAnswer,
    SearchRequest,
)

_HEAP_BYTES = 128_000_000
_STREAM = "whitespace"
_FACET_VALUES = 1000
_PARTS = 64
_MOST_BUCKETS = 40_000
"""tantivy makes no more than 65,000 buckets at once; its estimate of how many there will be is off
by a few in a hundred.
"""


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(
        "document", stored=True, fast=True, tokenizer_name="raw", index_option="basic"
    )
    builder.add_unsigned_field("number", stored=True, fast=True)
    builder.add_unsigned_field("page", stored=True)
    builder.add_text_field("page_label", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("language", stored=True, tokenizer_name="raw", index_option="basic")
    # `spoken`: language and document; `narrow`: facet and value; `part`: one of `_PARTS`.
    # A document's facets stand in full with its first passage, there with `face`, so that
    # counting them counts documents.
    for name in ("spoken", "newest", "oldest", *DOCUMENT_FACETS):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("narrow", "face", "part"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
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
        faced: set[str] = set()
        for passage in passages:
            writer.add_document(_document(passage, face=passage.document not in faced))
            faced.add(passage.document)

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
        documents, facets = self._counts(searcher, request, query)
        return SearchAnswer(tuple(hits), documents, facets)

    def by_date(
        self, request: SearchRequest, order: DateOrder, first: int, size: int
    ) -> tuple[str, ...]:
        self._index.reload()
        wanted = {"field": order, "size": first + size, "order": {"_key": "asc"}}
        answer = self._index.searcher().aggregate(
            self._query(request), {"dates": {"terms": wanted}}
        )
        buckets = answer["dates"]["buckets"][first:]
        return tuple(document_of(bucket["key"]) for bucket in buckets)

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
            field, tokens = _filter(facet, values)
            allowed = tantivy.Query.term_set_query(self._index.schema, field, tokens)
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
        self, searcher: tantivy.Searcher, request: SearchRequest, query: tantivy.Query
    ) -> tuple[int, Mapping[str, Mapping[str, int]]]:
        """How many documents match, and how many per value of each facet."""
        spoken = self._spoken(searcher, query)
        documents = {key for key, _ in spoken}
        facets = self._facets(searcher, spoken, documents, request.facets)
        for facet in request.facets:
            if facet in request.filters:
                others = {n: v for n, v in request.filters.items() if n != facet}
                wider = self._spoken(searcher, self._query(replace(request, filters=others)))
                facets |= self._facets(searcher, wider, {key for key, _ in wider}, (facet,))
        return len(documents), facets

    def _spoken(
        self, searcher: tantivy.Searcher, query: tantivy.Query
    ) -> frozenset[tuple[str, str]]:
        """The documents that match, each with the languages of its passages that do."""
        counted = {"about": {"cardinality": {"field": "spoken"}}}
        about = float(searcher.aggregate(query, counted)["about"]["value"])
        wanted = {"all": {"terms": {"field": "spoken", "size": _PARTS * _MOST_BUCKETS}}}
        slices = 1 + int(about) // _MOST_BUCKETS
        pairs: list[tuple[str, str]] = []
        for part in range(slices):
            narrowed = query
            if slices > 1:
                names = [str(number) for number in range(part, _PARTS, slices)]
                within = tantivy.Query.term_set_query(self._index.schema, "part", names)
                narrowed = tantivy.Query.boolean_query(
                    [(tantivy.Occur.Must, query), (tantivy.Occur.Must, within)]
                )
            for bucket in searcher.aggregate(narrowed, wanted)["all"]["buckets"]:
                language, _, key = bucket["key"].partition(" ")
                pairs.append((key, language))
        return frozenset(pairs)

    def _facets(
        self,
        searcher: tantivy.Searcher,
        spoken: Iterable[tuple[str, str]],
        documents: Iterable[str],
        facets: Iterable[str],
    ) -> dict[str, Mapping[str, int]]:
        wanted = {
            facet: {"terms": {"field": facet, "size": _FACET_VALUES}}
            for facet in facets
            if facet != "language"
        }
        counts: dict[str, Mapping[str, int]] = {}
        if wanted:
            faces = tantivy.Query.term_set_query(self._index.schema, "face", list(documents))
            answer = searcher.aggregate(faces, wanted)
            for facet in wanted:
                buckets = answer[facet]["buckets"]
                counts[facet] = {str(each["key"]): int(each["doc_count"]) for each in buckets}
        if "language" in facets:
            counts["language"] = Counter(language for _, language in spoken)
        return counts


def _filter(facet: str, values: Iterable[str]) -> tuple[str, list[str]]:
    """The field that holds a facet, and what stands in it for `values`."""
    if facet in ("language", "document"):
        return facet, list(values)
    if facet == "concept":
        return "concepts", list(values)
    return "narrow", [f"{facet} {value}" for value in values]


def _document(passage: IndexedPassage, *, face: bool) -> tantivy.Document:
    document = tantivy.Document()
    for name in ("document", "language", "text"):
        document.add_text(name, getattr(passage, name))
    for name in ("surface", "lemma", "parts", "title"):
        document.add_text(name, getattr(passage, name) or NOTHING)
    document.add_unsigned("number", passage.number)
    document.add_unsigned("page", passage.page)
    if passage.page_label is not None:
        document.add_text("page_label", passage.page_label)
    key = passage.document
    document.add_text("spoken", f"{passage.language} {key}")
    document.add_text("newest", date_token(key, passage.issued, "newest"))
    document.add_text("oldest", date_token(key, passage.issued, "oldest"))
    document.add_text("part", str(zlib.crc32(key.encode()) % _PARTS))
    narrowing = passage.narrowing()
    for facet, values in narrowing.items():
        for value in values:
            document.add_text("narrow", f"{facet} {value}")
    if face:
        document.add_text("face", key)
        for facet in DOCUMENT_FACETS:
            for value in narrowing.get(facet, ()):
                document.add_text(facet, value)
    for concept in passage.concepts or (NOTHING,):
        document.add_text("concepts", concept)
    return document
