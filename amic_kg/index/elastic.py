"""The search index in Elasticsearch 8.19 or 9: the same prepared streams, clauses and weights.

Read and written is the alias `<alias>`; behind it stands `<alias>-v1-<n>`, made at the first write
with one shard and no replica (add replicas with Elasticsearch's own settings). Streams are cut at
blanks and nothing else is done to them, so no analysis plugin is needed, and the scores are
tantivy's: both engines rank alike, which tests/contract holds.

The index refreshes on `commit` alone, so nothing half written is seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from amic_kg.errors import (
    InvalidSetting,
    ServiceBusy,
    ServiceDown,
    ServiceUnavailable,
    StoreLocked,
    SystemFault,
)
from amic_kg.index.elastic_facets import conditions, counts, lasting, matching
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

try:
    from elasticsearch import (
        ApiError,
        BadRequestError,
        ConflictError,
        Elasticsearch,
        TransportError,
    )
    from elasticsearch.helpers import streaming_bulk
except ImportError:
    raise InvalidSetting(
        "AMIC_SEARCH_URL",
        "needs the client of Elasticsearch, which is not installed",
        "Install it: pip install 'amic-kg[elastic]'",
    ) from None

_VERSION = 2
"""Of the mapping below: another one needs another index."""

_K1, _B = 1.2, 0.75

_SECONDS = 30.0
_DELETE_SECONDS = 300.0
_PING_SECONDS = 2.0
_KEYS_A_DELETE = 1000
_BULK_BYTES = 5_000_000
_BULK_RETRIES = 8
_AWAY = (502, 503, 504)
"""What a proxy says of a service that is down, and the service of itself while it starts."""

_STREAM: Mapping[str, object] = {"type": "text", "analyzer": "stream", "index_options": "freqs"}
_KEYWORD: Mapping[str, object] = {"type": "keyword"}
_SHOWN = ("document", "number", "page", "page_label", "language", "text")

_MAPPINGS: Mapping[str, object] = {
    "dynamic": "strict",
    # What is not shown need not be kept: the ledger is where an index is made from anew.
    "_source": {"includes": list(_SHOWN)},
    "properties": {
        "document": _KEYWORD,
        "number": {"type": "integer"},
        "page": {"type": "integer", "index": False, "doc_values": False},
        "page_label": {"type": "keyword", "index": False, "doc_values": False},
        "language": _KEYWORD,
        **dict.fromkeys(DOCUMENT_FACETS, _KEYWORD),
        "creator": {**_KEYWORD, "doc_values": False},
        "newest": _KEYWORD,
        "oldest": _KEYWORD,
        "surface": {**_STREAM, "index_options": "positions"},
        "lemma": _STREAM,
        "parts": _STREAM,
        "title": _STREAM,
        # IRIs hold no blank, so as a stream they are scored as the embedded engine scores them.
        "concepts": _STREAM,
        "text": {"type": "text", "index": False},
    },
}
_SETTINGS: Mapping[str, object] = {
    "number_of_shards": 1,
    "number_of_replicas": 0,
    "refresh_interval": "-1",
    "similarity": {"default": {"type": "BM25", "k1": _K1, "b": _B}},
    "analysis": {
        # Lucene takes no token beyond 32,766 bytes; the default would cut one at 255 characters.
        "tokenizer": {"blanks": {"type": "whitespace", "max_token_length": 8191}},
        "analyzer": {"stream": {"type": "custom", "tokenizer": "blanks"}},
    },
}


class ElasticIndex:
    """Elasticsearch at `url` (`http://host:9200`; a name and password before the host).

    Raises ServiceDown when it does not answer, StoreLocked when another writer changes the
    same documents at the same moment.
    """

    def __init__(self, url: str, alias: str) -> None:
        try:
            self._client = Elasticsearch(url, request_timeout=_SECONDS)
            self._shown = f"{urlsplit(url).scheme}://{urlsplit(url).netloc.rpartition('@')[2]}"
        except ValueError:
            raise InvalidSetting(
                "AMIC_SEARCH_URL",
                "is no URL with scheme, host and port",
                "Give one such as http://127.0.0.1:9200",
            ) from None
        self._alias = alias
        self._index_stands = False
        self._unseen: set[str] | None = None
        """Keys written since the last refresh; None when another process may have left some."""
        self._cut_off = False
        """Whether a write of ours got no answer, and may go on over there."""

    def replace_documents(self, keys: Iterable[str], passages: Iterable[IndexedPassage]) -> None:
        replaced = list(keys)
        with self._faults():
            self._make_index()
            # A deletion meets only what a refresh has shown.
            if self._unseen is None or not self._unseen.isdisjoint(replaced):
                self._refresh()
            self._unseen = {*(self._unseen or ()), *replaced}
            # The client may not send it again by itself: without a refresh between them the second
            # deletion would stumble over what the first has done.
            client = self._client.options(request_timeout=_DELETE_SECONDS, max_retries=0)
            for start in range(0, len(replaced), _KEYS_A_DELETE):
                client.delete_by_query(
                    index=self._alias,
                    query={"terms": {"document": replaced[start : start + _KEYS_A_DELETE]}},
                )
            self._put(passages)
            self._cut_off = False

    def commit(self) -> None:
        if self._unseen is not None:
            with self._faults():
                self._refresh()

    def search(self, request: SearchRequest) -> SearchAnswer:
        ranked = bool(request.terms or request.phrases)
        order = [{"document": "asc"}, {"number": "asc"}]
        with self._faults():
            answer = self._client.search(
                index=self._alias,
                ignore_unavailable=True,
                query=_query(request, lasting(request)),
                post_filter=matching(request.filters),
                size=max(request.passages, 1),
                sort=[{"_score": "desc"}, *order] if ranked else order,
                track_total_hits=False,
                aggregations=counts(request),
            ).body
        hits = tuple(_hit(hit) for hit in answer["hits"]["hits"])
        # Without an index there is no shard to count anything.
        counted = answer.get("aggregations")
        if counted is None:
            return SearchAnswer(hits, 0, {facet: {} for facet in request.facets})
        facets = {
            facet: {
                bucket["key"]: bucket["documents"]["value"]
                for bucket in counted[facet]["values"]["buckets"]
            }
            for facet in request.facets
        }
        return SearchAnswer(hits, counted["all"]["documents"]["value"], facets)

    def by_date(
        self, request: SearchRequest, order: DateOrder, first: int, size: int
    ) -> tuple[str, ...]:
        with self._faults():
            answer = self._client.search(
                index=self._alias,
                ignore_unavailable=True,
                query=_query(request, request.filters),
                collapse={"field": order},
                sort=[{order: "asc"}],
                from_=first,
                size=size,
                source=False,
                track_total_hits=False,
            ).body
        return tuple(document_of(hit["sort"][0]) for hit in answer["hits"]["hits"])

    def count(self) -> int:
        with self._faults():
            return int(self._client.count(index=self._alias, ignore_unavailable=True)["count"])

    def ready(self) -> bool:
        return bool(self._client.options(request_timeout=_PING_SECONDS, max_retries=0).ping())

    def close(self) -> None:
        self._client.close()

    def _make_index(self) -> None:
        if self._index_stands:
            return
        indices = self._client.indices
        if not indices.exists_alias(name=self._alias):
            prefix = f"{self._alias}-v{_VERSION}-"
            taken = [
                int(name.removeprefix(prefix))
                for name in indices.get(index=f"{prefix}*")
                if name.removeprefix(prefix).isdigit()
            ]
            try:
                indices.create(
                    index=f"{prefix}{max(taken, default=0) + 1}",
                    aliases={self._alias: {}},
                    mappings=_MAPPINGS,
                    settings=_SETTINGS,
                )
            except BadRequestError as error:
                # Another process has made it between the two questions, alias and all.
                if error.error != "resource_already_exists_exception":
                    raise
        self._index_stands = True

    def _put(self, passages: Iterable[IndexedPassage]) -> None:
        """In requests of 5 MB at most; one that Elasticsearch has no room for (429) waits."""
        results = streaming_bulk(
            self._client,
            (
                {"_id": f"{passage.document}:{passage.number}", "_source": _source(passage)}
                for passage in passages
            ),
            max_chunk_bytes=_BULK_BYTES,
            max_retries=_BULK_RETRIES,
            initial_backoff=0.5,
            max_backoff=30,
            raise_on_error=False,
            index=self._alias,
            require_alias=True,
        )
        for done, result in results:
            if not done:
                failed = result["index"]
                if failed["status"] == 429:
                    raise ServiceBusy(
                        f"Elasticsearch at {self._shown} takes no more writes",
                        "Run again when it has less to do; what is written stays",
                    )
                if failed["status"] in _AWAY:
                    # The node answers, but the shard is not there yet: it has just started.
                    raise ServiceDown(
                        f"Elasticsearch at {self._shown} is not available ({failed['error']})",
                        "Try again later",
                    )
                raise SystemFault(
                    f"Elasticsearch at {self._shown} refuses passage {failed['_id']}: "
                    f"{failed['error']}",
                    "See its log",
                )

    def _refresh(self) -> None:
        self._client.indices.refresh(index=self._alias)
        self._unseen = set()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Turns the client's errors into ours."""
        where = f"Elasticsearch at {self._shown}"
        try:
            yield
        except ConflictError:
            if self._cut_off:
                raise ServiceBusy(
                    f"{where} still does what it was told before the connection was cut",
                    "Try again later",
                ) from None
            raise StoreLocked(
                f"another process writes the same documents to {where}",
                "Wait for it to end, and run again",
            ) from None
        except ApiError as error:
            raise _fault(where, error) from None
        except TransportError as error:
            self._cut_off = True
            raise ServiceDown(
                f"{where} does not answer ({error.message})", "Start it, or check AMIC_SEARCH_URL"
            ) from None


def _fault(where: str, error: ApiError) -> SystemFault:
    if error.status_code in (401, 403):
        return ServiceUnavailable(
            f"{where} refuses access ({error.status_code})",
            "Put name and password into AMIC_SEARCH_URL: http://user:password@host:9200",
        )
    if error.status_code == 429:
        return ServiceBusy(f"{where} is busy", "Try again later")
    if error.status_code in _AWAY:
        return ServiceDown(f"{where} is not available ({error})", "Try again later")
    if error.meta.headers.get("x-elastic-product") != "Elasticsearch":
        return ServiceUnavailable(
            f"What answers for {where} is another server", "Check AMIC_SEARCH_URL"
        )
    if error.error == "media_type_header_exception":
        return ServiceUnavailable(
            f"{where} is older than the client installed here",
            "Install the client of its version: pip install 'elasticsearch>=8.19,<9'",
        )
    return SystemFault(f"{where} failed ({error})", "See its log")


def _query(request: SearchRequest, filters: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    must: list[dict[str, Any]] = []
    if request.terms:
        occur = "must" if request.every_term else "should"
        must.append({"bool": {occur: [_term(term) for term in request.terms]}})
    must += [
        {"match_phrase": {"surface": {"query": " ".join(phrase)}}} for phrase in request.phrases
    ]
    return {"bool": {"must": must, "filter": conditions(filters)}}


def _term(term: QueryTerm) -> dict[str, Any]:
    answers = [_clause(clause) for clause in clauses(term)]
    parts = compound(term)
    if parts:
        answers.append({"bool": {"must": [_best(map(_clause, part)) for part in parts]}})
    return _best(answers)


def _best(queries: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"dis_max": {"tie_breaker": OTHER_WORDS, "queries": list(queries)}}


def _clause(clause: Clause) -> dict[str, Any]:
    return {"term": {clause.field: {"value": clause.token, "boost": clause.weight}}}


def _hit(hit: Mapping[str, Any]) -> PassageHit:
    stored = hit["_source"]
    return PassageHit(
        document=stored["document"],
        number=stored["number"],
        page=stored["page"],
        language=stored["language"],
        text=stored["text"],
        score=hit["_score"] or 0.0,
        page_label=stored["page_label"],
    )


def _source(passage: IndexedPassage) -> dict[str, Any]:
    return {
        "document": passage.document,
        "number": passage.number,
        "page": passage.page,
        "page_label": passage.page_label,
        "language": passage.language,
        **{facet: list(values) for facet, values in passage.narrowing().items()},
        "newest": date_token(passage.document, passage.issued, "newest"),
        "oldest": date_token(passage.document, passage.issued, "oldest"),
        "surface": passage.surface or NOTHING,
        "lemma": passage.lemma or NOTHING,
        "parts": passage.parts or NOTHING,
        "title": passage.title or NOTHING,
        "concepts": " ".join(passage.concepts) or NOTHING,
        "text": passage.text,
    }
