"""`/ontology`: the classes and properties of the graph, as a page and as data."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from amic_kg.iris import ONTOLOGY
from amic_kg_api import graph_facts
from amic_kg_api.negotiate import GRAPH_FORMATS, HTML, choose
from amic_kg_api.ontology_view import terms_defined
from amic_kg_api.refusals import NoSuchPage
from amic_kg_api.translations import msgid
from amic_kg_api.visits import ThisVisit

router = APIRouter(tags=["Linked data"])

_IRI = ONTOLOGY.removesuffix("#")
_OWL_ONTOLOGY = "http://www.w3.org/2002/07/owl#Ontology"


@router.get("/ontology", operation_id="ontology", response_class=Response)
def ontology(
    visit: ThisVisit,
    _format: Annotated[str | None, Query(alias="format")] = None,
) -> Response:
    """The ontology: its terms with their definitions, or all of it as data."""
    services = visit.services
    wanted = choose(visit.request, (HTML, *GRAPH_FORMATS))
    name = graph_facts.graph_that_defines(services.graph, _IRI, _OWL_ONTOLOGY)
    if name is None:
        raise NoSuchPage(
            _IRI,
            msgid("the ontology is not published here yet"),
            msgid("Read the vocabularies, which are"),
        )
    if wanted is not HTML:
        return Response(
            graph_facts.graph_data(services.graph, name, wanted).body,
            media_type=wanted.media_type,
            headers={
                "Vary": "Accept",
                "Content-Location": f"{visit.request.url.path}?format={wanted.name}",
            },
        )
    return visit.pages.render(
        visit.visitor,
        "ontology.html",
        iri=_IRI,
        terms=terms_defined(services.graph, name, ONTOLOGY, visit.language),
        formats=GRAPH_FORMATS,
    )
