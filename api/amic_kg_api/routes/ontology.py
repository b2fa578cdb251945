"""`/ontology`: the classes and properties of the graph, as a page and as data; its shapes."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import FileResponse, RedirectResponse

from amic_kg.iris import ONTOLOGY
from amic_kg.ontology import ontology_folder
from amic_kg_api import graph_facts, ontology_view
from amic_kg_api.linked_data import (
    OFFERS,
    REPRESENTATIONS,
    FormatName,
    data_response,
    not_there,
    page_headers,
)
from amic_kg_api.negotiate import GRAPH_FORMATS, HTML, JSON_LD, TURTLE, Format, choose
from amic_kg_api.refusals import NoSuchPage
from amic_kg_api.translations import msgid
from amic_kg_api.visits import ThisVisit

router = APIRouter(tags=["Linked data"])

_IRI = ONTOLOGY.removesuffix("#")
_OWL_ONTOLOGY = "http://www.w3.org/2002/07/owl#Ontology"


@router.get(
    "/ontology", operation_id="ontology", response_class=Response, responses=REPRESENTATIONS
)
def ontology(visit: ThisVisit, _format: FormatName = None) -> Response:
    """The ontology: its terms with their definitions, or all of it as data."""
    graph, remembered = visit.services.graph, visit.remembered
    wanted = choose(visit.request, OFFERS)
    name = graph_facts.graph_that_defines(graph, _IRI, _OWL_ONTOLOGY) if graph.ready() else None
    if name is None:
        raise NoSuchPage(
            _IRI,
            msgid("the ontology is not published here yet"),
            msgid("Read the vocabularies, which are"),
        )
    if wanted is not HTML:
        answer = graph_facts.graph_data(graph, name, wanted)
        return data_response(answer.body, wanted, visit.request)
    described = remembered.of("terms", lambda asked: ontology_view.described_terms(asked, name))
    described = described or {}
    counts = remembered.of("uses", lambda asked: ontology_view.uses(asked, described.values()))
    return visit.pages.render(
        visit.visitor,
        "ontology.html",
        headers=page_headers(visit.request),
        iri=_IRI,
        about=remembered.of("ontology", lambda asked: ontology_view.about_ontology(asked, _IRI))
        or ontology_view.AboutOntology(),
        terms=ontology_view.ontology_view(described, counts or {}, ONTOLOGY, visit.language),
        counted=counts is not None,
        formats=GRAPH_FORMATS,
    )


@router.get("/ontology/shapes", operation_id="shapes", response_class=FileResponse)
def shapes() -> FileResponse:
    """The SHACL shapes of what ingest may write, in Turtle."""
    return _file("shapes.ttl", TURTLE)


@router.get("/ontology/shapes-vocabulary", operation_id="shapes_vocabulary",
            response_class=FileResponse)  # fmt: skip
def shapes_vocabulary() -> FileResponse:
    """The SHACL shapes of vocabularies and registry, in Turtle."""
    return _file("shapes-vocabulary.ttl", TURTLE)


@router.get("/ontology/context.jsonld", operation_id="context", response_class=FileResponse)
def context() -> FileResponse:
    """The JSON-LD context by which short names stand for terms of the ontology."""
    return _file("context.jsonld", JSON_LD)


@router.get("/ontology/{version}", include_in_schema=False)
def version(version: str, visit: ThisVisit) -> RedirectResponse:
    """The name of a version leads to the ontology while it is the one that is published."""
    graph = visit.services.graph
    if not graph.ready() or ontology_view.about_ontology(graph, _IRI).version != version:
        raise not_there(visit.request.url.path)
    return RedirectResponse(str(visit.visitor.to("/ontology")), 303)


def _file(name: str, data_format: Format) -> FileResponse:
    return FileResponse(
        ontology_folder() / name,
        media_type=data_format.media_type,
        filename=name,
        content_disposition_type="inline",
        headers={"Cache-Control": "no-cache"},
    )
