"""A result list as a page shows it: passages with their two ways in, cards, pages of the list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import get_args

from amic_kg.ontology import Entity
from amic_kg.records import StoredDocument
from amic_kg.search import Card, FoundDocument, FoundPassage, Highlight, Results, Sort
from amic_kg_api.addresses import Address, SiteMap
from amic_kg_api.models.search import MOST_HITS
from amic_kg_api.snippets import quotable
from amic_kg_api.visitors import Visitor

PDF = "application/pdf"
_SENTENCE = re.compile(r".+?[.!?](?=\s+[A-ZÅÄÖ]|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PassageView:
    """Where the passage is read: the page's text here, and the file itself at the page."""

    page: int
    page_label: str | None
    language: str
    pieces: tuple[Highlight, ...]
    text_link: Address
    file_link: str | None


@dataclass(frozen=True, slots=True)
class HitView:
    document: StoredDocument
    title: str
    link: Address
    open: bool
    passages: tuple[PassageView, ...]
    abstract: tuple[Highlight, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paging:
    first: int
    last: int
    before: Address | None
    after: Address | None
    start: Address
    """The first page."""


@dataclass(frozen=True, slots=True)
class Order:
    """A way to sort the list, as a link."""

    name: Sort
    link: Address
    chosen: bool


@dataclass(frozen=True, slots=True)
class CardView:
    """A thing that the query names: its page here, and the documents that name it."""

    entity: Entity
    definition: tuple[str, str] | None
    """A sentence, with its language."""
    documents: int
    link: Address
    documents_link: Address


def hits(results: Results, visitor: Visitor, site: SiteMap) -> tuple[HitView, ...]:
    return tuple(hit(found, visitor, site) for found in results.found)


def hit(found: FoundDocument, visitor: Visitor, site: SiteMap) -> HitView:
    document = found.document
    is_open = document.record.access == "open"
    passages = tuple(_passage(document, passage, visitor, site) for passage in found.passages)
    return HitView(
        document=document,
        title=document.record.title_in(visitor.language),
        link=visitor.to(site.output(document.key)),
        open=is_open,
        passages=passages if is_open else (),
        # Of a restricted document the index holds title and abstract alone.
        abstract=found.passages[0].snippet if found.passages and not is_open else (),
        why=found.why,
    )


def _passage(
    document: StoredDocument, passage: FoundPassage, visitor: Visitor, site: SiteMap
) -> PassageView:
    quote = quotable(passage.snippet)
    return PassageView(
        page=passage.page,
        page_label=passage.page_label,
        language=passage.language,
        pieces=passage.snippet,
        text_link=visitor.to(site.page(document.key, passage.page), q=quote),
        file_link=site.original(document.key, passage.page) if document.media_type == PDF else None,
    )


def paging(total: int, shown: int, offset: int, size: int, address: Address) -> Paging:
    """Which results these are, and the way to those before and after."""
    more = shown > 0 and offset + size < min(total, MOST_HITS)
    return Paging(
        first=offset + 1,
        last=offset + shown,
        before=_at(address, max(offset - size, 0)) if offset else None,
        after=_at(address, offset + size) if more else None,
        start=address.removing("from"),
    )


def orders(address: Address, chosen: Sort) -> tuple[Order, ...]:
    first_page = address.removing("from").removing("sort")
    return tuple(
        Order(
            name,
            first_page if name == "relevance" else first_page.setting("sort", name),
            name == chosen,
        )
        for name in get_args(Sort)
    )


def card(found: Card, visitor: Visitor, site: SiteMap) -> CardView:
    entity = found.entity
    return CardView(
        entity,
        _first_sentence(entity, visitor.language),
        found.documents,
        visitor.to(site.thing(entity.iri)),
        visitor.to("/", concept=entity.iri),
    )


def _first_sentence(entity: Entity, language: str) -> tuple[str, str] | None:
    for wanted in (language, "en", *entity.definition):
        if wanted in entity.definition:
            text = entity.definition[wanted]
            end = _SENTENCE.match(text)
            return (end[0] if end else text), wanted
    return None


def _at(address: Address, offset: int) -> Address:
    return address.setting("from", offset) if offset else address.removing("from")
