"""Things by their IRI: documents and registered things; a page or data, as asked for."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from amic_kg.iris import CANONICAL_BASE
from amic_kg.ontology import REGISTRY_TYPES, Entity
from amic_kg_api import drawn_view, facts_view, graph_facts, thing_view
from amic_kg_api.addresses import Address
from amic_kg_api.linked_data import (
    OFFERS,
    REPRESENTATIONS,
    FormatName,
    Offset,
    data_response,
    not_there,
    page_headers,
)
from amic_kg_api.negotiate import GRAPH_FORMATS, HTML, choose
from amic_kg_api.routes.documents import known_document
from amic_kg_api.services import Services
from amic_kg_api.thing_view import in_alphabet, known_entities
from amic_kg_api.visits import ThisVisit, Visit
from amic_kg_api.work_view import view_work

router = APIRouter(tags=["Linked data"])

_DOCUMENTS_A_PAGE = 10


@router.get(
    "/id/output/{key}",
    operation_id="output",
    response_class=Response,
    responses=REPRESENTATIONS,
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
        return data_response(
            graph_facts.document_data(
                services.graph,
                services.iris.output(key),
                (name, services.iris.graph(graph_facts.WORKS)),
                wanted,
            ).body,
            wanted,
            visit.request,
        )
    is_open = found.record.access == "open"
    mentions, subjects = [], []
    if services.graph.ready():
        subjects = graph_facts.subjects_of(services.graph, services.iris.output(key), name)
        mentions = graph_facts.mentions_in(services.graph, name) if is_open else []
    return visit.pages.render(
        visit.visitor,
        "document.html",
        headers=page_headers(visit.request),
        document=found,
        title=found.record.title_in(visit.language),
        iri=services.iris.output(key),
        is_open=is_open,
        subjects=known_entities(services.vocabulary, subjects),
        groups=thing_view.group_mentions(mentions, services.vocabulary, visit.language),
        labels=services.documents.page_labels(key),
        has_original=is_open and services.originals.path(found.sha256) is not None,
        work=view_work(services, key),
        formats=GRAPH_FORMATS,
    )


@router.get(
    "/id/{kind}/{key}",
    operation_id="thing",
    response_class=Response,
    responses=REPRESENTATIONS,
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
        raise not_there(kind)
    return visit.pages.render(
        visit.visitor,
        "names.html",
        type=found[0].type,
        entities=in_alphabet(found, visit.language),
    )


def _entity(
    entity: Entity | None,
    visit: Visit,
    offset: int,
) -> Response:
    services = visit.services
    if entity is None:
        raise not_there(visit.request.url.path)
    wanted = choose(visit.request, OFFERS)
    if wanted is not HTML:
        answer = graph_facts.thing_data(services.graph, entity.iri, wanted)
        return data_response(answer.body, wanted, visit.request)
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
        headers=page_headers(visit.request),
        entity=entity,
        ancestors=known_entities(vocabulary, tuple(reversed(vocabulary.ancestors(entity.iri)))),
        facts=facts_view.facts(services.graph, entity.iri, visit.language, visit.site),
        drawn=drawn_view.drawn_facts(entity.iri, services, visit.visitor, visit.site),
        total=results.total,
        documents=thing_view.documents(entity, results, services, visit.visitor, visit.site),
        paging=thing_view.paging(results, offset, _DOCUMENTS_A_PAGE, visit.visitor.address),
        kind=thing_view.kind_in(entity.iri) if entity.type in REGISTRY_TYPES else None,
        formats=GRAPH_FORMATS,
    )


def _known_entity(services: Services, iri: str) -> Entity | None:
    entity = services.vocabulary.get(iri)
    if entity is None and services.graph.ready():
        return facts_view.graph_entity(services.graph, iri)
    return entity
