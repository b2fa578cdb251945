"""A result list as a page shows it: facets and chips as links, passages with their two ways in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from amic_kg.ontology import Entity, Vocabulary
from amic_kg.records import StoredDocument
from amic_kg.retrieval import FACETS
from amic_kg.search import FoundDocument, FoundPassage, Highlight, Results
from amic_kg_api.addresses import Address, SiteMap
from amic_kg_api.models.search import MOST_HITS, SearchQuery
from amic_kg_api.snippets import quotable
from amic_kg_api.visitors import Visitor

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: following the link chooses it, or lets go of it when it is chosen."""

    value: str
    count: int
    link: Address
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force; following the link takes it away."""

    name: str
    value: str
    entity: Entity | None
    link: Address


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


def facets(results: Results, query: SearchQuery, address: Address) -> tuple[FacetView, ...]:
    """Every facet that tells results apart, the years latest first."""
    first_page = address.removing("from")
    views = []
    chosen_of = query.filters()
    for name in FACETS:
        chosen = chosen_of.get(name, ())
        counts = dict.fromkeys(chosen, 0) | dict(results.facets.get(name, {}))
        choices = tuple(
            Choice(
                value,
                counts[value],
                first_page.removing(name, value)
                if value in chosen
                else first_page.adding(name, value),
                value in chosen,
            )
            for value in _ordered(name, counts)
        )
        if choices:
            views.append(FacetView(name, choices))
    return tuple(views)


def _ordered(name: str, counts: Mapping[str, int]) -> list[str]:
    if name == "year":
        return sorted(counts, reverse=True)
    if name == "work_package":
        return sorted(counts)
    return sorted(counts, key=lambda value: (-counts[value], value))


def chips(query: SearchQuery, vocabulary: Vocabulary, address: Address) -> tuple[Chip, ...]:
    first_page = address.removing("from")
    return tuple(
        Chip(
            name,
            value,
            vocabulary.get(value) if name == "concept" else None,
            first_page.removing(name, value),
        )
        for name, values in query.filters().items()
        for value in values
    )


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
    )


def _at(address: Address, offset: int) -> Address:
    return address.setting("from", offset) if offset else address.removing("from")
