"""The search: `/` for people, `/api/search` for programs; both read the same parameters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from amic_kg.ontology import Entity
from amic_kg.retrieval import FACET_TYPES, FACETS
from amic_kg.search import Card, FoundDocument, Results
from amic_kg_api import facet_view, search_view
from amic_kg_api.addresses import Address, SiteMap
from amic_kg_api.authors import authors_in
from amic_kg_api.middleware import SCRIPTED
from amic_kg_api.models.search import (
    MOST_HITS,
    AuthorFound,
    EntityFound,
    FacetFound,
    FacetValue,
    FilterInForce,
    Hit,
    Named,
    PassageFound,
    SearchQuery,
    SearchResponse,
    UnderstoodAs,
)
from amic_kg_api.refusals import InvalidParameter, UnknownParameter
from amic_kg_api.rendering import built_address
from amic_kg_api.snippets import plain, quotable
from amic_kg_api.translations import msgid
from amic_kg_api.visits import ThisVisit, Visit

router = APIRouter()

_EXAMPLES = {
    "fi": (
        "kaivosvesi",
        "poronhoito ja kaivokset",
        "sulfaatin poisto",
        "luottamus",
        "pöly ja melu",
    ),
    "en": ("mine water", "reindeer herding", "sulphate removal", "social licence", "tailings"),
    "sv": ("gruvvatten", "renskötsel", "förtroende", "regionsamarbete", "damm och buller"),
}

_PARAMETERS = tuple(field.alias or name for name, field in SearchQuery.model_fields.items())

AskedQuery = Annotated[SearchQuery, Query()]


@router.get("/api/search", tags=["Search"], operation_id="search")
def search(query: AskedQuery, visit: ThisVisit) -> SearchResponse:
    """Documents with the passage that answers best, in Finnish, English and Swedish at once.

    Words are met in any inflection, and through the concepts they name in the other languages.
    """
    _check_names(visit)
    if query.offset >= MOST_HITS:
        raise InvalidParameter(
            "from",
            msgid("paging ends before this place"),
            msgid("Narrow the search by a facet, or sort it by date, to reach what comes later"),
        )
    results = _run(query, visit)
    language, vocabulary = visit.language, visit.services.vocabulary
    address = Address("/").with_all(visit.visitor.address)
    return SearchResponse(
        total=results.total,
        took_ms=results.took_ms,
        hits=[_hit(found, visit) for found in results.found],
        facets={name: dict(results.facets.get(name, {})) for name in FACETS},
        facet_list=[
            _facet(view, language)
            for view in facet_view.facets(results, query, vocabulary, address)
        ],
        filters=[
            FilterInForce(
                name=chip.name,
                value=chip.value,
                label=chip.label(language)[0],
                url=str(chip.link),
            )
            for chip in facet_view.chips(query, vocabulary, address)
        ],
        sort=query.sort,
        suggestion=results.suggestion,
        relaxed=results.relaxed,
        concepts=[entity.iri for entity in results.understanding.entities],
        understood=[
            UnderstoodAs(**_named(each.entity, visit), words=each.words, plain_url=str(each.link))
            for each in facet_view.taken(results, address)
        ],
        entities=[_entity(card, visit) for card in _cards(query, results, visit)],
        authors=[
            AuthorFound(names=[*names], documents=documents, documents_url=str(link))
            for names, documents, link in _authors(query, results, visit)
        ],
        near=[Named(**_named(entity, visit)) for entity in results.near],
    )


@router.get("/", include_in_schema=False)
def search_page(query: AskedQuery, visit: ThisVisit) -> HTMLResponse:
    if not query.q.strip() and not query.filters() and "q" not in visit.request.query_params:
        return _start_page(visit)
    address = visit.visitor.address
    vocabulary = visit.services.vocabulary
    chips = facet_view.chips(query, vocabulary, address)
    if query.offset >= MOST_HITS:
        # Nothing is looked for: such an address is a machine's, or a slip of the hand.
        return visit.pages.render(
            visit.visitor,
            "beyond.html",
            query=query,
            chips=chips,
            most=MOST_HITS,
            start=address.removing("from"),
        )
    results = _run(query, visit)
    script = built_address("narrowing.js")
    return visit.pages.render(
        visit.visitor,
        "results.html",
        headers=SCRIPTED if script else None,
        script=script,
        query=query,
        results=results,
        hits=search_view.hits(results, visit.visitor, visit.site),
        facets=facet_view.facets(results, query, vocabulary, address),
        chips=chips,
        taken=facet_view.taken(results, address),
        orders=search_view.orders(address, query.sort),
        cards=[
            search_view.card(card, visit.visitor, visit.site)
            for card in _cards(query, results, visit)
        ],
        authors=_authors(query, results, visit),
        without_filters=_without_filters(query, results, visit),
        paging=search_view.paging(
            results.total, len(results.found), query.offset, query.size, address
        ),
        examples=_EXAMPLES[visit.language],
        suggested=address.removing("from").setting("q", results.suggestion)
        if results.suggestion
        else None,
    )


def _start_page(visit: Visit) -> HTMLResponse:
    services = visit.services
    everything = services.searcher.search(
        "", language=visit.language, size=1, facets=("work_package",)
    )
    summary = visit.overview.summary()
    topics = summary.subjects if summary else ()
    return visit.pages.render(
        visit.visitor,
        "start.html",
        total=everything.total,
        facets=everything.facets,
        summary=summary,
        topics=[entity for iri in topics if (entity := services.vocabulary.get(iri))],
        concepts=len(services.vocabulary),
        examples=_EXAMPLES[visit.language],
    )


def _run(query: SearchQuery, visit: Visit) -> Results:
    if query.mode != "lexical":
        raise InvalidParameter(
            "mode",
            msgid("the stage of meaning is not built yet; words and concepts are what is searched"),
            msgid("Leave mode out, or use mode=lexical"),
        )
    _check_types(query, visit)
    return visit.services.searcher.search(
        query.q,
        language=visit.language,
        size=query.size,
        offset=query.offset,
        filters=query.filters(),
        sort=query.sort,
        plain=query.plain,
    )


def _check_names(visit: Visit) -> None:
    """A facet with a misspelt name would silently narrow nothing. Raises UnknownParameter."""
    for name in visit.request.query_params:
        if name not in _PARAMETERS:
            raise UnknownParameter(
                name,
                msgid("there is no such parameter of the search"),
                msgid("Use one of those that are listed in offers"),
                _PARAMETERS,
            )


def _check_types(query: SearchQuery, visit: Visit) -> None:
    """A mine is no commodity: raises InvalidParameter for a thing under the wrong facet."""
    for facet, values in query.filters().items():
        wanted = FACET_TYPES.get(facet)
        for value in values if wanted else ():
            entity = visit.services.vocabulary.get(value)
            if entity is not None and entity.type != wanted:
                raise InvalidParameter(
                    facet,
                    msgid("its value is a thing of another type"),
                    msgid("Give a value that the facet lists, or name any thing by concept"),
                )


def _cards(query: SearchQuery, results: Results, visit: Visit) -> tuple[Card, ...]:
    """On the first page alone: further down one looks for documents."""
    return () if query.offset else visit.services.searcher.cards(results.understanding)


def _authors(
    query: SearchQuery, results: Results, visit: Visit
) -> list[tuple[tuple[str, ...], int, Address]]:
    """Names, count and list of documents of each author that the query names."""
    if query.offset:
        return []
    found = []
    for author in authors_in(results.understanding, visit.remembered):
        link = visit.visitor.to("/")
        for name in author.names:
            link = link.adding("creator", name)
        documents = visit.services.searcher.count({"creator": author.names})
        found.append((author.names, documents, link))
    return found


def _without_filters(query: SearchQuery, results: Results, visit: Visit) -> int:
    """How many documents there would be without the filters, when there are none with them."""
    if results.total or not query.filters() or not query.q.strip():
        return 0
    searcher = visit.services.searcher
    return searcher.search(
        query.q, language=visit.language, size=1, plain=query.plain, facets=()
    ).total


def _facet(view: facet_view.FacetView, language: str) -> FacetFound:
    label, _ = facet_view.chosen_name(view.names, language)
    values = [value for choice in view.choices for value in _values(choice, language, None)]
    return FacetFound(name=view.name, label=label, labels=dict(view.names), values=values)


def _values(choice: facet_view.Choice, language: str, parent: str | None) -> Iterator[FacetValue]:
    yield FacetValue(
        value=choice.value,
        label=choice.label(language)[0],
        labels={tag: name for tag, name in choice.names.items() if tag},
        count=choice.count,
        chosen=choice.chosen,
        parent=parent,
        eu_lists=list(choice.eu_lists),
    )
    for each in choice.below:
        yield from _values(each, language, choice.value)


def _named(entity: Entity, visit: Visit) -> Any:
    return {
        "iri": entity.iri,
        "type": entity.type,
        "label": entity.label(visit.language),
        "labels": dict(entity.preferred),
        "url": str(visit.visitor.to(visit.site.thing(entity.iri))),
    }


def _entity(found: Card, visit: Visit) -> EntityFound:
    view = search_view.card(found, visit.visitor, visit.site)
    return EntityFound(
        **_named(found.entity, visit),
        definition=view.definition[0] if view.definition else None,
        documents=found.documents,
        documents_url=str(view.documents_link),
    )


def _hit(found: FoundDocument, visit: Visit) -> Hit:
    document, record = found.document, found.document.record
    is_open = record.access == "open"
    best = found.passages[0] if found.passages else None
    snippet, highlights = plain(best.snippet) if best else ("", [])
    return Hit(
        kind=record.kind,
        iri=visit.services.iris.output(document.key),
        key=document.key,
        title=record.title_in(visit.language),
        language=document.language,
        score=found.score,
        page=best.page if best and is_open else None,
        snippet=snippet,
        highlights=highlights,
        passages=_passages(found, visit.site) if is_open else [],
        why=list(found.why),
        year=record.year,
        access=record.access,
        url=visit.site.output(document.key),
    )


def _passages(found: FoundDocument, site: SiteMap) -> list[PassageFound]:
    shown = []
    for passage in found.passages:
        text, highlights = plain(passage.snippet)
        page = Address(site.page(found.document.key, passage.page))
        shown.append(
            PassageFound(
                page=passage.page,
                page_label=passage.page_label,
                language=passage.language,
                text=text,
                highlights=highlights,
                score=passage.score,
                url=str(page.adding("q", quotable(passage.snippet))),
            )
        )
    return shown
