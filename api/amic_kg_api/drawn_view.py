"""What documents say of a thing: each fact once, with the sentences that say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amic_kg.records import StoredDocument
from amic_kg.search import Highlight
from amic_kg_api import facts_view, graph_facts, names
from amic_kg_api.addresses import Address, SiteMap
from amic_kg_api.facts_view import Value
from amic_kg_api.graph_facts import Drawn, Quote
from amic_kg_api.services import Services
from amic_kg_api.thing_view import in_context
from amic_kg_api.visitors import Visitor

_MOST = 200
_QUOTES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of a page that state a fact."""

    pieces: tuple[Highlight, ...]
    language: str
    title: str
    page: int
    page_label: str | None
    link: Address


@dataclass(frozen=True, slots=True)
class DrawnFact:
    """A fact that texts state; `percent` is how sure the surest extraction of it is."""

    name: str
    value: Value
    percent: int
    accepted: bool
    sentences: tuple[Sentence, ...]
    further: int


def drawn_facts(
    iri: str, services: Services, visitor: Visitor, site: SiteMap
) -> tuple[DrawnFact, ...]:
    """In the order of names.PREDICATES, the surest first; from documents that are published."""
    if not services.graph.ready():
        return ()
    told = graph_facts.statements_about(services.graph, iri, _MOST)
    documents = services.documents.documents_of(sorted({_key(one) for one in told}))
    grouped: dict[tuple[str, str], list[Drawn]] = {}
    for one in told:
        if _key(one) in documents:
            grouped.setdefault((one.predicate, one.value.value), []).append(one)
    labels = graph_facts.labels_of(
        services.graph, [one.value.value for one in told if one.value.kind == "uri"]
    )
    order = {predicate: place for place, predicate in enumerate(names.PREDICATES)}
    return tuple(
        DrawnFact(
            names.PREDICATES.get(predicate, names.local_name(predicate)),
            facts_view.value(alike[0].value, labels, visitor.language, site),
            round(100 * alike[0].confidence),
            any(one.accepted for one in alike),
            tuple(_sentences(alike[:_QUOTES_SHOWN], documents, services, visitor, site)),
            max(len(alike) - _QUOTES_SHOWN, 0),
        )
        for (predicate, _), alike in sorted(
            grouped.items(),
            key=lambda item: (order.get(item[0][0], len(order)), -item[1][0].confidence, item[0]),
        )
    )


def _sentences(
    alike: Sequence[Drawn],
    documents: Mapping[str, StoredDocument],
    services: Services,
    visitor: Visitor,
    site: SiteMap,
) -> list[Sentence]:
    found = []
    for one in alike:
        key = _key(one)
        found.append(
            Sentence(
                in_context(one.quote),
                documents[key].language,
                documents[key].record.title_in(visitor.language),
                one.quote.page,
                services.documents.page_labels(key).get(one.quote.page),
                visitor.to(site.page(key, one.quote.page), q=_around(one.quote)),
            )
        )
    return found


def _key(one: Drawn) -> str:
    return one.quote.document.rsplit("/", 1)[-1]


def _around(quote: Quote) -> str:
    return " ".join(f"{quote.prefix}{quote.exact}{quote.suffix}".split())
