"""What a document is narrowed by and sorted by, for every engine: facets and dates as tokens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from amic_kg.ontology import Vocabulary
from amic_kg.retrieval import FACET_TYPES, DateOrder

_FACETS_BY_TYPE = {kind: facet for facet, kind in FACET_TYPES.items()}
_EU_LISTS = {"euCritical": "critical", "euStrategic": "strategic"}
_UNDATED = "99999999"
_COMPLEMENT = str.maketrans("0123456789", "9876543210")


def document_facets(
    named: Iterable[str], vocabulary: Vocabulary, *, source: str, creators: Iterable[str]
) -> Mapping[str, tuple[str, ...]]:
    """The facets of a document that names the entities `named`, which have their broader ones."""
    facets: dict[str, dict[str, None]] = {"source": {source: None} if source else {}}
    facets["creator"] = dict.fromkeys(creators)
    for iri in named:
        entity = vocabulary.get(iri)
        if entity is None or (facet := _FACETS_BY_TYPE.get(entity.type)) is None:
            continue
        facets.setdefault(facet, {})[iri] = None
        for fact, name in _EU_LISTS.items():
            if fact in entity.facts:
                facets.setdefault("raw_material", {})[name] = None
    return {facet: tuple(values) for facet, values in facets.items() if values}


def date_token(document: str, issued: str | None, order: DateOrder) -> str:
    """Sorted upwards, such tokens give the documents in `order`, each at one place.

    A year alone stands before its days among the oldest and after them among the newest.
    """
    day = issued.replace("-", "").ljust(8, "0") if issued else ""
    if not day:
        return f"{_UNDATED} {document}"
    return f"{day.translate(_COMPLEMENT) if order == 'newest' else day} {document}"


def document_of(token: str) -> str:
    """The key that `date_token` was made with."""
    return token.partition(" ")[2]
