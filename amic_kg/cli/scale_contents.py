"""Whether the stores hold a corpus: every document in each of them, once, and nothing else."""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from amic_kg.ports import QueryRequest
from amic_kg.records import StoredDocument
from amic_kg.retrieval import SearchRequest
from amic_kg.wiring import Services

_ROWS = "application/sparql-results+json"
_QUADS = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
_GRAPHS = "SELECT ?g WHERE { GRAPH ?g {} }"
_AT_ONCE = 500
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in; `once`: documents of the corpus that stand once in each store."""

    pages: int
    passages: int
    quads: int
    count_seconds: float
    """How long the graph took to count its quads."""
    once: int
    faults: list[str]
    """What is there twice, in part or without belonging to the corpus, in words."""


def contents_of(services: Services, identifiers: Sequence[str]) -> Contents:
    """Hold the stores against the places of a corpus, all of which were published."""
    documents = list(_documents(services))
    keys = {document.key for document in documents}
    places = _places(services, keys)
    began = time.perf_counter()
    quads = int(_rows(services, _QUADS)[0]["n"])
    count_seconds = time.perf_counter() - began
    prefix = services.iris.document_graph("")
    graphs = Counter(
        row["g"].removeprefix(prefix)
        for row in _rows(services, _GRAPHS)
        if row["g"].startswith(prefix)
    )
    passages = services.index.count()
    numbers = _numbers(services, passages)
    # Whoever searches finds the document that stands for its copies.
    searched = keys - services.ledger.works.copies()
    once = {
        key
        for identifier in identifiers
        if len(found := places.get(identifier, ())) == 1
        for key in found
        if graphs[key] == 1 and (key not in searched or _is_whole(numbers.get(key, [])))
    }
    failed = {failure["identifier"] for failure in services.ledger.failures()}
    faults = _faults(
        {
            "that failed": failed,
            "in the ledger without a place in the corpus": keys
            - {key for found in places.values() for key in found},
            "at more than one place": _twice([key for found in places.values() for key in found]),
            "in the graph, not in the ledger": set(graphs) - keys,
            "in the ledger, not in the graph": keys - set(graphs),
            "in the index, not in the ledger": set(numbers) - keys,
            "in the index, though another stands for it": (keys - searched) & set(numbers),
            "in the ledger, not in the index": searched - set(numbers),
            "in the index with a passage too many or too few": {
                key for key, found in numbers.items() if not _is_whole(found)
            },
        }
    )
    pages = sum(document.page_count for document in documents)
    return Contents(pages, passages, quads, count_seconds, len(once), list(faults))


def _documents(services: Services) -> Iterator[StoredDocument]:
    offset = 0
    while batch := services.documents.documents(limit=_AT_ONCE, offset=offset):
        yield from batch
        offset += len(batch)


def _places(services: Services, keys: set[str]) -> Mapping[str, set[str]]:
    """Where a document lies, and the keys of those that the ledger knows there."""
    places: defaultdict[str, set[str]] = defaultdict(set)
    for key in keys:
        for location in services.ledger.locations_of(key):
            places[location.identifier].add(key)
    return places


def _numbers(services: Services, passages: int) -> Mapping[str, list[int]]:
    """The numbers of the passages that the index holds of each document."""
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for hit in services.index.search(SearchRequest(passages=passages)).hits:
        numbers[hit.document].append(hit.number)
    return numbers


def _is_whole(numbers: Sequence[int]) -> bool:
    """Passages are numbered from 1; a document that shows its record alone has number 0."""
    return bool(numbers) and sorted(numbers) in ([0], list(range(1, len(numbers) + 1)))


def _twice(keys: Sequence[str]) -> set[str]:
    return {key for key, number in Counter(keys).items() if number > 1}


def _faults(found: Mapping[str, set[str]]) -> Iterator[str]:
    for what, keys in found.items():
        if keys:
            yield f"{len(keys)} {what}, such as {', '.join(sorted(keys)[:_SHOWN])}."


def _rows(services: Services, query: str) -> Sequence[Mapping[str, str]]:
    answer = services.graph.answer(
        QueryRequest(query, {"rows": _ROWS, "boolean": _ROWS, "graph": _ROWS})
    )
    bindings = json.loads(answer.body)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in bindings]
