"""The search: `/` for people, `/api/search` for programs; both read the same parameters."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from amic_kg.ontology import Entity
from amic_kg.search import FoundDocument, Results
from amic_kg_api import search_view
from amic_kg_api.addresses import Address, SiteMap
from amic_kg_api.models.search import Hit, PassageFound, SearchQuery, SearchResponse
from amic_kg_api.refusals import InvalidParameter
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

AskedQuery = Annotated[SearchQuery, Query()]


@router.get("/api/search", tags=["Search"], operation_id="search")
def search(query: AskedQuery, visit: ThisVisit) -> SearchResponse:
    """Documents with the passage that answers best, in Finnish, English and Swedish at once.

    Words are met in any inflection, and through the concepts they name in the other languages.
    """
    results = _run(query, visit)
    return SearchResponse(
        total=results.total,
        took_ms=results.took_ms,
        hits=[_hit(found, visit) for found in results.found],
        facets={name: dict(counts) for name, counts in results.facets.items()},
        suggestion=results.suggestion,
        relaxed=results.relaxed,
        concepts=[entity.iri for entity in results.understanding.entities],
    )


@router.get("/", include_in_schema=False)
def search_page(query: AskedQuery, visit: ThisVisit) -> HTMLResponse:
    if not query.q.strip() and not query.filters() and "q" not in visit.request.query_params:
        return _start_page(visit)
    results = _run(query, visit)
    address = visit.visitor.address
    return visit.pages.render(
        visit.visitor,
        "results.html",
        query=query,
        results=results,
        hits=search_view.hits(results, visit.visitor, visit.site),
        facets=search_view.facets(results, query, address),
        chips=search_view.chips(query, visit.services.vocabulary, address),
        recognised=_recognised(results, query),
        as_written=_as_written(query, results, visit),
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
    everything = services.searcher.search("", language=visit.language, size=1)
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
    return visit.services.searcher.search(
        query.q,
        language=visit.language,
        size=query.size,
        offset=query.offset,
        filters=query.filters(),
    )


def _recognised(results: Results, query: SearchQuery) -> tuple[Entity, ...]:
    return tuple(e for e in results.understanding.entities if e.iri not in query.concept)


def _as_written(query: SearchQuery, results: Results, visit: Visit) -> str | None:
    """The search for the words alone, without the concepts that were recognised in them."""
    words = query.q.replace('"', " ").strip()
    if not results.understanding.entities or not words:
        return None
    return str(visit.visitor.address.removing("from").setting("q", f'"{words}"'))


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
