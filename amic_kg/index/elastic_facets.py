"""How Elasticsearch narrows and counts: what is chosen in a facet does not narrow that facet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amic_kg.retrieval import SearchRequest

_FACET_VALUES = 1000
_EXACT_DOCUMENTS = 40_000
"""Up to here documents are counted nearly exactly; it is the most that Elasticsearch allows."""
_EXACT_VALUES = 3000
"""The same for the documents of one value of a facet: there are many of these."""


def conditions(filters: Mapping[str, tuple[str, ...]]) -> list[dict[str, Any]]:
    return [
        {"terms": {"concepts" if facet == "concept" else facet: list(values)}}
        for facet, values in filters.items()
    ]


def matching(filters: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    return {"bool": {"filter": conditions(filters)}}


def lasting(request: SearchRequest) -> Mapping[str, tuple[str, ...]]:
    """The filters that hold for every count; the facets' own come after (`post_filter`)."""
    return {n: values for n, values in request.filters.items() if n not in request.facets}


def counts(request: SearchRequest) -> dict[str, Any]:
    """How many documents match, and how many per value of each facet; a hit is a passage."""

    def documents(exact: int) -> dict[str, Any]:
        counted = {"field": "document", "precision_threshold": exact}
        return {"documents": {"cardinality": counted}}

    facets: dict[str, Any] = {
        facet: {
            "filter": matching({n: v for n, v in request.filters.items() if n != facet}),
            "aggs": {
                "values": {
                    "terms": {"field": facet, "size": _FACET_VALUES},
                    "aggs": documents(_EXACT_VALUES),
                }
            },
        }
        for facet in request.facets
    }
    every = {"filter": matching(request.filters), "aggs": documents(_EXACT_DOCUMENTS)}
    return {**facets, "all": every}
