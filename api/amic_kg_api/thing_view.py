"""Mentions in groups, documents with quotes, things in their order: how pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from amic_kg.ontology import REGISTRY_TYPES, Entity, Vocabulary
from amic_kg.records import StoredDocument
from amic_kg.search import Highlight, Results
from amic_kg_api import graph_facts, names, search_view
from amic_kg_api.addresses import Address, SiteMap
from amic_kg_api.graph_facts import Quote
from amic_kg_api.services import Services
from amic_kg_api.visitors import Visitor

QUOTES_SHOWN = 4
_NARROWER_ASKED = 200
_CONTEXT = 30


@dataclass(frozen=True, slots=True)
class MentionedEntity:
    entity: Entity
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class MentionGroup:
    """The entities of one type that a document names, the most named first."""

    type: str
    entities: tuple[MentionedEntity, ...]


@dataclass(frozen=True, slots=True)
class QuoteView:
    page: int
    page_label: str | None
    pieces: tuple[Highlight, ...]
    link: Address


@dataclass(frozen=True, slots=True)
class DocumentView:
    document: StoredDocument
    title: str
    link: Address
    quotes: tuple[QuoteView, ...]
    further: int


def group_mentions(
    quotes: Iterable[Quote], vocabulary: Vocabulary, language: str
) -> tuple[MentionGroup, ...]:
    by_entity: dict[str, list[Quote]] = {}
    for quote in quotes:
        by_entity.setdefault(quote.entity, []).append(quote)
    by_type: dict[str, list[MentionedEntity]] = {}
    for iri, found in by_entity.items():
        entity = vocabulary.get(iri)
        if entity is not None:
            by_type.setdefault(entity.type, []).append(MentionedEntity(entity, tuple(found)))
    return tuple(
        MentionGroup(
            kind,
            tuple(
                sorted(
                    by_type[kind], key=lambda m: (-len(m.quotes), m.entity.label(language).lower())
                )
            ),
        )
        for kind in names.TYPES
        if kind in by_type
    )


def documents(
    entity: Entity, results: Results, services: Services, visitor: Visitor, site: SiteMap
) -> tuple[DocumentView, ...]:
    """The documents of `results` with the quotes that name the entity or what is narrower."""
    open_graphs = {
        found.document.key: services.iris.document_graph(found.document.key)
        for found in results.found
        if found.document.record.access == "open"
    }
    quotes: Mapping[str, list[Quote]] = {}
    if services.graph.ready():
        asked = [entity.iri, *_below(entity.iri, services.vocabulary)]
        quotes = graph_facts.quotes_of(services.graph, asked, open_graphs)
    views = []
    for found in results.found:
        document = found.document
        labels = services.documents.page_labels(document.key)
        told = quotes.get(document.key, [])
        views.append(
            DocumentView(
                document,
                document.record.title_in(visitor.language),
                visitor.to(site.output(document.key)),
                tuple(
                    _quote_view(quote, labels, visitor, site)
                    for quote in _one_a_page(told)[:QUOTES_SHOWN]
                ),
                max(len(_one_a_page(told)) - QUOTES_SHOWN, 0),
            )
        )
    return tuple(views)


def _one_a_page(quotes: Iterable[Quote]) -> list[Quote]:
    first: dict[int, Quote] = {}
    for quote in quotes:
        first.setdefault(quote.page, quote)
    return list(first.values())


def in_context(quote: Quote) -> tuple[Highlight, ...]:
    """The quote, marked, between whole words: its context was cut off by length."""
    before, after = quote.prefix, quote.suffix
    if len(before) >= _CONTEXT:
        before = "… " + before.partition(" ")[2]
    if len(after) >= _CONTEXT:
        after = after.rpartition(" ")[0] + " …"
    return (
        Highlight(before, hit=False),
        Highlight(quote.exact, hit=True),
        Highlight(after, hit=False),
    )


def _quote_view(
    quote: Quote, labels: Mapping[int, str], visitor: Visitor, site: SiteMap
) -> QuoteView:
    # The words around the name find the very place again; a name alone may stand there twice.
    around = f"{quote.prefix}{quote.exact}{quote.suffix}"
    return QuoteView(
        quote.page,
        labels.get(quote.page),
        in_context(quote),
        visitor.to(site.page(quote.document, quote.page), q=" ".join(around.split())),
    )


def _below(iri: str, vocabulary: Vocabulary) -> list[str]:
    found: dict[str, None] = {}
    queue = [iri]
    while queue and len(found) < _NARROWER_ASKED:
        for child in vocabulary.narrower(queue.pop(0)):
            if child not in found and child != iri:
                found[child] = None
                queue.append(child)
    return list(found)


def paging(results: Results, offset: int, size: int, address: Address) -> search_view.Paging:
    return search_view.paging(results.total, len(results.found), offset, size, address)


def registered(vocabulary: Vocabulary) -> dict[str, tuple[str, int]]:
    """The kinds of registered things by type: the step in their IRIs, and how many there are."""
    found: dict[str, tuple[str, int]] = {}
    for entity in vocabulary:
        if entity.type in REGISTRY_TYPES:
            found[entity.type] = (kind_in(entity.iri), found.get(entity.type, ("", 0))[1] + 1)
    return {type_: found[type_] for type_ in REGISTRY_TYPES if type_ in found}


def kind_in(iri: str) -> str:
    """`site` of `…/id/site/kevitsa`."""
    return iri.rsplit("/", 2)[-2]


def known_entities(vocabulary: Vocabulary, iris: Sequence[str]) -> list[Entity]:
    return [entity for iri in iris if (entity := vocabulary.get(iri))]


def in_alphabet(entities: Iterable[Entity], language: str) -> list[Entity]:
    return sorted(entities, key=lambda entity: entity.label(language).casefold())
