"""Things by their IRI: documents, registered things, concepts; a page or data, as asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from amic_kg.iris import CANONICAL_BASE, VOCAB
from amic_kg.ontology import REGISTRY_TYPES, SCHEME_TYPES, Entity, Vocabulary
from amic_kg_api import facts_view, graph_facts, thing_view
from amic_kg_api.addresses import Address
from amic_kg_api.negotiate import GRAPH_FORMATS, HTML, Format, choose
from amic_kg_api.refusals import NoSuchPage
from amic_kg_api.routes.documents import known_document
from amic_kg_api.services import Services
from amic_kg_api.translations import msgid
from amic_kg_api.visits import ThisVisit, Visit

router = APIRouter(tags=["Linked data"])

OFFERS = (HTML, *GRAPH_FORMATS)
_DOCUMENTS_A_PAGE = 10
_REPRESENTATIONS: dict[int | str, dict[str, object]] = {
    200: {
        "description": "The thing, in the format asked for",
        "content": {offer.media_type: {} for offer in OFFERS},
    },
    404: {"description": "No such thing"},
    406: {"description": "None of the formats asked for is offered"},
}

Offset = Annotated[int, Query(alias="from", ge=0, le=1000)]
FormatName = Annotated[
    str | None, Query(alias="format", description="html, ttl, jsonld, nt or rdf, before Accept")
]


@router.get(
    "/id/output/{key}",
    operation_id="output",
    response_class=Response,
    responses=_REPRESENTATIONS,
)
def output(
    key: str,
    visit: ThisVisit,
    _format: FormatName = None,
) -> Response:
    """A document: a page about it, or the named graph that holds all that is known of it."""
    services = visit.services
    found = known_document(services, key)
    wanted = choose(visit.request, OFFERS)
    name = services.iris.document_graph(key)
    if wanted is not HTML:
        return _data(
            graph_facts.graph_data(services.graph, name, wanted).body, wanted, visit.request
        )
    is_open = found.record.access == "open"
    mentions, subjects = [], []
    if services.graph.ready():
        subjects = graph_facts.subjects_of(services.graph, services.iris.output(key), name)
        mentions = graph_facts.mentions_in(services.graph, name) if is_open else []
    return visit.pages.render(
        visit.visitor,
        "document.html",
        headers=_page_headers(visit.request),
        document=found,
        title=found.record.title_in(visit.language),
        iri=services.iris.output(key),
        is_open=is_open,
        subjects=_known(services.vocabulary, subjects),
        groups=thing_view.group_mentions(mentions, services.vocabulary, visit.language),
        labels=services.documents.page_labels(key),
        has_original=is_open and services.originals.path(found.sha256) is not None,
        formats=GRAPH_FORMATS,
    )


@router.get(
    "/id/{kind}/{key}",
    operation_id="thing",
    response_class=Response,
    responses=_REPRESENTATIONS,
)
def thing(
    kind: str,
    key: str,
    visit: ThisVisit,
    offset: Offset = 0,
    _format: FormatName = None,
) -> Response:
    """A registered thing: an organisation, a project, a place, a site."""
    services = visit.services
    # The registry that comes with the software keeps its names whatever the operator's base is.
    own, canonical = services.iris.thing(kind, key), f"{CANONICAL_BASE}id/{kind}/{key}"
    found = (entity for iri in (own, canonical) if (entity := _known_entity(services, iri)))
    return _entity(next(found, None), visit, offset)


@router.get("/id/{kind}/{key}/{part:path}", include_in_schema=False)
def part_of_thing(kind: str, key: str, visit: ThisVisit) -> RedirectResponse:
    """A part, such as a geometry, is told of where its whole is (303, RFC 9110 section 15.4.4)."""
    address = Address(f"/id/{kind}/{key}", visit.visitor.address.parameters)
    return RedirectResponse(str(address), 303)


@router.get("/id/{kind}", include_in_schema=False)
def names_of_kind(kind: str, visit: ThisVisit) -> Response:
    found = [
        entity
        for entity in visit.services.vocabulary
        if entity.type in REGISTRY_TYPES and thing_view.kind_in(entity.iri) == kind
    ]
    if not found:
        raise _not_there(kind)
    return visit.pages.render(
        visit.visitor,
        "names.html",
        type=found[0].type,
        entities=_sorted(found, visit.language),
    )


@router.get("/vocab", include_in_schema=False)
def vocabularies(visit: ThisVisit) -> Response:
    services = visit.services
    schemes = [
        thing_view.scheme(name, services.vocabulary, services.graph, visit.language)
        for name in SCHEME_TYPES
    ]
    registry = thing_view.registered(services.vocabulary)
    return visit.pages.render(
        visit.visitor,
        "vocabularies.html",
        schemes=[s for s in schemes if s.size],
        registry=registry,
    )


@router.get(
    "/vocab/{scheme}",
    operation_id="scheme",
    response_class=Response,
    responses=_REPRESENTATIONS,
)
def scheme(
    scheme: str,
    visit: ThisVisit,
    _format: FormatName = None,
) -> Response:
    """A vocabulary: its concepts in their order, or all of it as data."""
    services = visit.services
    if scheme not in SCHEME_TYPES:
        raise _not_there(f"vocab/{scheme}")
    wanted = choose(visit.request, OFFERS)
    if wanted is not HTML:
        answer = graph_facts.scheme_data(services.graph, VOCAB + scheme, wanted)
        return _data(answer.body, wanted, visit.request)
    view = thing_view.scheme(scheme, services.vocabulary, services.graph, visit.language)
    return visit.pages.render(
        visit.visitor,
        "scheme.html",
        headers=_page_headers(visit.request),
        scheme=view,
        iri=VOCAB + scheme,
        formats=GRAPH_FORMATS,
    )


@router.get(
    "/vocab/{scheme}/{concept}",
    operation_id="concept",
    response_class=Response,
    responses=_REPRESENTATIONS,
)
def concept(
    scheme: str,
    concept: str,
    visit: ThisVisit,
    offset: Offset = 0,
    _format: FormatName = None,
) -> Response:
    """A concept: its names and definition, its neighbours, and the documents that name it."""
    services = visit.services
    entity = services.vocabulary.get(f"{VOCAB}{scheme}/{concept}")
    return _entity(entity, visit, offset)


def _entity(
    entity: Entity | None,
    visit: Visit,
    offset: int,
) -> Response:
    services = visit.services
    if entity is None:
        raise _not_there(visit.request.url.path)
    wanted = choose(visit.request, OFFERS)
    if wanted is not HTML:
        answer = graph_facts.thing_data(services.graph, entity.iri, wanted)
        return _data(answer.body, wanted, visit.request)
    vocabulary = services.vocabulary
    results = services.searcher.search(
        "",
        language=visit.language,
        size=_DOCUMENTS_A_PAGE,
        offset=offset,
        filters={"concept": (entity.iri,)},
    )
    return visit.pages.render(
        visit.visitor,
        "thing.html",
        headers=_page_headers(visit.request),
        entity=entity,
        broader=_known(vocabulary, entity.broader),
        ancestors=_known(vocabulary, tuple(reversed(vocabulary.ancestors(entity.iri)))),
        narrower=_sorted(_known(vocabulary, vocabulary.narrower(entity.iri)), visit.language),
        facts=facts_view.facts(services.graph, entity.iri, visit.language, visit.site),
        total=results.total,
        documents=thing_view.documents(entity, results, services, visit.visitor, visit.site),
        paging=thing_view.paging(results, offset, _DOCUMENTS_A_PAGE, visit.visitor.address),
        scheme=thing_view.kind_in(entity.iri) if entity.iri.startswith(VOCAB) else None,
        kind=thing_view.kind_in(entity.iri) if entity.type in REGISTRY_TYPES else None,
        formats=GRAPH_FORMATS,
    )


def _known_entity(services: Services, iri: str) -> Entity | None:
    entity = services.vocabulary.get(iri)
    if entity is None and services.graph.ready():
        return facts_view.graph_entity(services.graph, iri)
    return entity


def _known(vocabulary: Vocabulary, iris: Sequence[str]) -> list[Entity]:
    return [entity for iri in iris if (entity := vocabulary.get(iri))]


def _sorted(entities: list[Entity], language: str) -> list[Entity]:
    return sorted(entities, key=lambda entity: entity.label(language).lower())


def _not_there(subject: str) -> NoSuchPage:
    return NoSuchPage(
        subject,
        msgid("nothing has this name here"),
        msgid("Look through the vocabularies, or search for the word"),
    )


def _data(body: bytes, data_format: Format, request: Request) -> Response:
    return Response(
        body,
        media_type=data_format.media_type,
        headers={
            "Vary": "Accept",
            "Content-Location": f"{request.url.path}?format={data_format.name}",
            "Cache-Control": "no-cache",
        },
    )


def _page_headers(request: Request) -> dict[str, str]:
    """The other representations, for clients that read headers alone (RFC 8288)."""
    links = (
        f'<{request.url.path}?format={offer.name}>; rel="alternate"; type="{offer.media_type}"'
        for offer in GRAPH_FORMATS
    )
    return {"Link": ", ".join(links)}
