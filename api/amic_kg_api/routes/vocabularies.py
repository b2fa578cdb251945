"""`/vocab`: vocabularies and their concepts, and `/concept` for those of others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse

from amic_kg.external import ExternalVocabulary
from amic_kg.iris import VOCAB
from amic_kg.ontology import SCHEME_TYPES, Entity
from amic_kg_api import concept_view, facts_view, graph_facts, thing_view, vocab_facts, vocab_view
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
from amic_kg_api.services import loaded_vocabularies
from amic_kg_api.visits import ThisVisit, Visit

router = APIRouter(tags=["Linked data"])

_DOCUMENTS_A_PAGE = 10

Text = Annotated[str, Query(max_length=100, description="Part of a name, in any language")]


@router.get("/vocab", include_in_schema=False)
def vocabularies(visit: ThisVisit, q: Text = "") -> Response:
    vocabulary, query = visit.services.vocabulary, " ".join(q.split())
    found = vocab_view.search_labels(vocabulary, query, visit.language)
    return visit.pages.render(
        visit.visitor,
        "vocabularies.html",
        schemes=vocab_view.cards(vocabulary, _abouts(visit), _own_counts(visit), visit.language),
        registry=thing_view.registered(vocabulary),
        loaded=_loaded(visit),
        query=query,
        found=found[: vocab_view.MOST_FOUND],
        total=len(found),
    )


@router.get(
    "/vocab/{scheme}", operation_id="scheme", response_class=Response, responses=REPRESENTATIONS
)
def scheme(
    scheme: str,
    visit: ThisVisit,
    q: Text = "",
    view: Annotated[str, Query(pattern="^(tree|list)$")] = "tree",
    opened: Annotated[str, Query(alias="open", pattern="^(all)?$")] = "",
    _format: FormatName = None,
) -> Response:
    """A vocabulary: its concepts as a tree or a list, or all of it as data."""
    services = visit.services
    if scheme not in SCHEME_TYPES:
        raise not_there(f"vocab/{scheme}")
    wanted = choose(visit.request, OFFERS)
    if wanted is not HTML:
        answer = graph_facts.scheme_data(services.graph, VOCAB + scheme, wanted)
        return data_response(answer.body, wanted, visit.request)
    query, members = " ".join(q.split()), vocab_view.members(services.vocabulary, scheme)
    figures = vocab_view.Figures(
        own=_own_counts(visit),
        within=visit.remembered.of(
            f"within {scheme}", lambda graph: vocab_facts.documents_within(graph, scheme)
        )
        or {},
        eu=visit.remembered.of("eu", vocab_facts.eu_lists) or {},
    )
    branches = vocab_view.tree(members, services.vocabulary, figures, query, visit.language)
    return visit.pages.render(
        visit.visitor,
        "scheme.html",
        headers=page_headers(visit.request),
        scheme=vocab_view.card(
            scheme,
            members,
            _abouts(visit).get(scheme, vocab_facts.SchemeAbout()),
            figures.own,
            visit.language,
        ),
        iri=VOCAB + scheme,
        query=query,
        view=view,
        branches=branches,
        found=vocab_view.count_matches(branches),
        listing=vocab_view.listing(members, figures, query, visit.language)
        if view == "list"
        else (),
        open_levels=99 if opened or query else vocab_view.open_levels(branches),
        counted=bool(figures.own),
        on_eu_lists=any(entity.iri in figures.eu for entity in members),
        formats=GRAPH_FORMATS,
    )


@router.get(
    "/vocab/{scheme}/{concept}",
    operation_id="concept",
    response_class=Response,
    responses=REPRESENTATIONS,
)
def concept(
    scheme: str, concept: str, visit: ThisVisit, offset: Offset = 0, _format: FormatName = None
) -> Response:
    """A concept: its names and definition, its neighbours, and the documents that name it."""
    entity = visit.services.vocabulary.get(f"{VOCAB}{scheme}/{concept}")
    if entity is None:
        raise not_there(visit.request.url.path)
    return _concept(entity, visit, offset, scheme=scheme)


@router.get(
    "/concept",
    operation_id="concept_of_others",
    response_class=Response,
    responses=REPRESENTATIONS,
)
def concept_of_others(
    visit: ThisVisit,
    iri: Annotated[str, Query(max_length=1000, description="The concept's own IRI")],
    offset: Offset = 0,
    _format: FormatName = None,
) -> Response:
    """A concept of a vocabulary of others that is loaded here, and the documents that name it."""
    services = visit.services
    if path := visit.site.path_of(iri):
        return RedirectResponse(str(visit.visitor.to(path)), 303)
    entity = services.vocabulary.get(iri)
    if entity is None and services.graph.ready() and "://" in iri:
        entity = facts_view.graph_entity(services.graph, iri)
    if entity is None:
        raise not_there(iri)
    return _concept(entity, visit, offset, scheme=None)


def _concept(entity: Entity, visit: Visit, offset: int, *, scheme: str | None) -> Response:
    services = visit.services
    wanted = choose(visit.request, OFFERS)
    if wanted is not HTML:
        answer = graph_facts.thing_data(services.graph, entity.iri, wanted)
        return data_response(answer.body, wanted, visit.request)
    vocabulary, ready = services.vocabulary, services.graph.ready()
    results = services.searcher.search(
        "",
        language=visit.language,
        size=_DOCUMENTS_A_PAGE,
        offset=offset,
        filters={"concept": (entity.iri,)},
    )
    said = graph_facts.facts_of(services.graph, entity.iri) if ready else []
    labels = graph_facts.labels_of(services.graph, concept_view.matched(said)) if ready else {}
    return visit.pages.render(
        visit.visitor,
        "concept.html",
        headers=page_headers(visit.request),
        entity=entity,
        concept=concept_view.concept_view(
            entity, vocabulary, said, labels=labels, language=visit.language, site=visit.site
        ),
        ancestors=thing_view.known_entities(
            vocabulary, tuple(reversed(vocabulary.ancestors(entity.iri)))
        ),
        facts=facts_view.facts(
            services.graph,
            entity.iri,
            visit.language,
            visit.site,
            apart=concept_view.SHOWN_APART,
        ),
        own=_own_counts(visit).get(entity.iri, 0),
        total=results.total,
        documents=thing_view.documents(entity, results, services, visit.visitor, visit.site),
        paging=thing_view.paging(results, offset, _DOCUMENTS_A_PAGE, visit.visitor.address),
        scheme=scheme,
        keeper=None if scheme else _keeper(visit, entity.iri),
        formats=GRAPH_FORMATS,
    )


def _keeper(visit: Visit, iri: str) -> ExternalVocabulary | None:
    """The loaded vocabulary that a concept comes from."""
    services = visit.services
    name = vocab_facts.graph_of_concept(services.graph, iri) if services.graph.ready() else None
    loaded = {services.iris.graph(f"external/{one.name}"): one for one in _loaded(visit)}
    return loaded.get(name) if name else None


def _loaded(visit: Visit) -> list[ExternalVocabulary]:
    return loaded_vocabularies(visit.services)


def _own_counts(visit: Visit) -> vocab_facts.Counts:
    return visit.remembered.of("own", vocab_facts.documents_naming) or {}


def _abouts(visit: Visit) -> Mapping[str, vocab_facts.SchemeAbout]:
    return visit.remembered.of("schemes", vocab_facts.schemes) or {}
