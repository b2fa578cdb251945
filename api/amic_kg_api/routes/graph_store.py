"""`/rdf-graph-store` and `/graph/…`: whole graphs by the SPARQL 1.1 Graph Store HTTP Protocol.

https://www.w3.org/TR/sparql11-http-rdf-update/; reading is open, writing needs the key.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from amic_kg.graph.ownership import Ownership
from amic_kg.ports import GraphChange, QueryRequest
from amic_kg.turtle import PAYLOADS, payload_ntriples
from amic_kg_api.dataset_version import VERSION_HEADER, entity_tag, is_fresh
from amic_kg_api.keys import UPDATE, require_key
from amic_kg_api.negotiate import GRAPH_FORMATS, ROWS_JSON, Format, choose
from amic_kg_api.refusals import InvalidParameter, NoSuchGraph, UnsupportedBody
from amic_kg_api.services import services_of
from amic_kg_api.sparql_operation import body_bytes, is_absolute
from amic_kg_api.visits import ThisVisit, Visit

router = APIRouter(tags=["Graph store"])

_IN_URL = ":/?#[]@!$&'()*+,;=%"
"""What stands in a URL as it is; an IRI's other characters are percent-encoded (RFC 3987, 3.1)."""

_READ: dict[int | str, dict[str, object]] = {
    200: {
        "description": "The graph",
        "content": {offer.media_type: {} for offer in GRAPH_FORMATS},
    },
    304: {"description": "The graph that the client has (If-None-Match) still holds"},
    400: {"description": "Neither graph nor default is given, or both, or no IRI"},
    404: {"description": "There is nothing in such a graph"},
    406: {"description": "None of the formats asked for is offered"},
}
_WRITE: dict[int | str, dict[str, object]] = {
    201: {"description": "The graph was not there and is now; Location names it"},
    204: {"description": "Done; Dataset-Version tells which generation shows it"},
    400: {"description": "The RDF does not parse, or the graph is not named rightly"},
    401: {"description": "The key is missing or another one"},
    403: {"description": "Updates are off, or the graph is one that the pipeline makes"},
    413: {"description": "The content is larger than AMIC_UPDATE_MEGABYTES"},
    415: {"description": "The content is in no format that is read"},
    503: {"description": "A run is writing: try again after Retry-After"},
}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {media_type: {"schema": {"type": "string"}} for media_type in PAYLOADS},
    }
}

GraphName = Annotated[str | None, Query(alias="graph", description="IRI of the graph")]
AtPath = Annotated[str, Path(alias="path", description="What follows <base>graph/")]
DefaultName = Annotated[str | None, Query(alias="default", description="the default graph")]


@dataclass(frozen=True, slots=True)
class Named:
    """The graph that a request is about: its IRI, or None for the default graph."""

    iri: str | None

    @property
    def pattern(self) -> str:
        return f"GRAPH <{self.iri}> {{ ?s ?p ?o }}" if self.iri else "?s ?p ?o"

    @property
    def shown(self) -> str:
        return self.iri or "the default graph"


def graph_named(request: Request) -> Named:
    """By `?graph=` or `?default` (section 4.2), or by the address itself (section 4.1)."""
    named = _named(request)
    if named is None:
        raise InvalidParameter(
            "graph", "is missing, and default too", "Name the graph: ?graph=IRI or ?default"
        )
    return named


def _named(request: Request) -> Named | None:
    iris = services_of(request).iris
    if "path" in request.path_params:
        return Named(iris.graph(request.path_params["path"]))
    graphs = request.query_params.getlist("graph")
    default = "default" in request.query_params
    if len(graphs) > 1 or (graphs and default):
        raise InvalidParameter(
            "graph", "names more than one graph", "Give either one graph or default"
        )
    if graphs and not is_absolute(graphs[0]):
        raise InvalidParameter(
            "graph", f"{graphs[0]!r} is not an absolute IRI", "Give the graph's IRI in full"
        )
    if graphs:
        return Named(graphs[0])
    if not default:
        return None
    union = services_of(request).settings.default_graph == "union"
    # What is put here must be what is got: not the union, which no one could put.
    return Named(Ownership(iris.base).default if union else None)


TheGraph = Annotated[Named, Depends(graph_named)]


@dataclass(frozen=True, slots=True)
class Payload:
    """A graph as it was sent: N-Triples, to be written to `graph`; None makes a new name."""

    graph: Named | None
    triples: bytes


async def payload_of(request: Request) -> Payload:
    """Raises as the key, the parameters and the content have it, in this order."""
    require_key(request, UPDATE)
    services = services_of(request)
    named = _named(request) if request.method == "POST" else graph_named(request)
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in PAYLOADS:
        raise UnsupportedBody(
            media_type or "no Content-Type", "is not read here", f"Send {', '.join(PAYLOADS)}"
        )
    body = await body_bytes(request, services.settings.update_megabytes * 1_000_000)
    base = (named.iri if named else None) or str(request.url.replace(query=""))
    return Payload(named, payload_ntriples(body, media_type, base))


ThePayload = Annotated[Payload, Depends(payload_of)]


@router.get("/rdf-graph-store", operation_id="graph", response_class=Response, responses=_READ)
def graph(
    visit: ThisVisit, named: TheGraph, _graph: GraphName = None, _default: DefaultName = None
) -> Response:
    """The triples of a graph, in the format asked for by Accept or `format`."""
    return _read(visit, named)


@router.get("/graph/{path:path}", operation_id="graph_at", response_class=Response, responses=_READ)
def graph_at(visit: ThisVisit, named: TheGraph, _path: AtPath) -> Response:
    """The graph of this name, `<base>graph/{path}`."""
    return _read(visit, named)


@router.put(
    "/rdf-graph-store", operation_id="put_graph", status_code=204, response_class=Response,
    responses=_WRITE, openapi_extra=_BODY,
)  # fmt: skip
def put_graph(
    visit: ThisVisit, sent: ThePayload, _graph: GraphName = None, _default: DefaultName = None
) -> Response:
    """Put what is sent in place of the graph; needs the key as `Authorization: Bearer`."""
    return _write(visit, "PUT", sent)


@router.put(
    "/graph/{path:path}", operation_id="put_graph_at", status_code=204, response_class=Response,
    responses=_WRITE, openapi_extra=_BODY,
)  # fmt: skip
def put_graph_at(visit: ThisVisit, sent: ThePayload, _path: AtPath) -> Response:
    """The same for the graph of this name."""
    return _write(visit, "PUT", sent)


@router.post(
    "/rdf-graph-store", operation_id="post_graph", status_code=204, response_class=Response,
    responses=_WRITE, openapi_extra=_BODY,
)  # fmt: skip
def post_graph(
    visit: ThisVisit, sent: ThePayload, _graph: GraphName = None, _default: DefaultName = None
) -> Response:
    """Add what is sent to the graph; without `graph` and `default` to a new one, which is named."""
    return _write(visit, "POST", sent)


@router.post(
    "/graph/{path:path}", operation_id="post_graph_at", status_code=204, response_class=Response,
    responses=_WRITE, openapi_extra=_BODY,
)  # fmt: skip
def post_graph_at(visit: ThisVisit, sent: ThePayload, _path: AtPath) -> Response:
    """The same for the graph of this name."""
    return _write(visit, "POST", sent)


@router.delete(
    "/rdf-graph-store", operation_id="delete_graph", status_code=204, response_class=Response,
    responses={**_WRITE, 404: {"description": "There is no such graph"}},
)  # fmt: skip
def delete_graph(
    visit: ThisVisit, named: TheGraph, _graph: GraphName = None, _default: DefaultName = None
) -> Response:
    """Take the graph away; needs the key as `Authorization: Bearer`."""
    return _delete(visit, named)


@router.delete(
    "/graph/{path:path}", operation_id="delete_graph_at", status_code=204, response_class=Response,
    responses={**_WRITE, 404: {"description": "There is no such graph"}},
)  # fmt: skip
def delete_graph_at(visit: ThisVisit, named: TheGraph, _path: AtPath) -> Response:
    """The same for the graph of this name."""
    return _delete(visit, named)


def _read(visit: Visit, named: Named) -> Response:
    wanted = choose(visit.request, GRAPH_FORMATS)
    request = _query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {named.pattern} }}", wanted)
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    tag = entity_tag(visit.request, request, wanted.media_type)
    if tag:
        headers["ETag"] = tag
        if is_fresh(visit.request, tag):
            return Response(status_code=304, headers=headers)
    if named.iri is not None and not _is_there(visit, named):
        raise _nothing(named)
    answer = visit.services.graph.answer(request)
    return Response(answer.body, media_type=answer.media_type, headers=headers)


def _write(visit: Visit, method: Literal["PUT", "POST"], sent: Payload) -> Response:
    ownership = Ownership(visit.services.iris.base)
    # Section 5.5: a POST to the store itself makes a graph, and the store gives its name.
    named = sent.graph or Named(f"{ownership.added}{uuid.uuid4()}")
    _refuse_owned(ownership, named)
    created = not _is_there(visit, named)
    generation = visit.services.updates.apply(GraphChange(method, named.iri, sent.triples))
    headers = {VERSION_HEADER: generation}
    if created and named.iri is not None:
        headers["Location"] = quote(named.iri, safe=_IN_URL)
    return Response(status_code=201 if created else 204, headers=headers)


def _delete(visit: Visit, named: Named) -> Response:
    require_key(visit.request, UPDATE)
    _refuse_owned(Ownership(visit.services.iris.base), named)
    if not _is_there(visit, named):
        raise _nothing(named)
    generation = visit.services.updates.apply(GraphChange("DELETE", named.iri))
    return Response(status_code=204, headers={VERSION_HEADER: generation})


def _refuse_owned(ownership: Ownership, named: Named) -> None:
    if named.iri is not None and ownership.owns(named.iri):
        ownership.refuse(named.iri)


def _is_there(visit: Visit, named: Named) -> bool:
    if visit.services.graph.generation() == "none":
        return False
    answer = visit.services.graph.answer(_query(f"ASK {{ {named.pattern} }}", GRAPH_FORMATS[0]))
    return bool(json.loads(answer.body)["boolean"])


def _query(query: str, wanted: Format) -> QueryRequest:
    rows = ROWS_JSON.media_type
    return QueryRequest(query, {"rows": rows, "boolean": rows, "graph": wanted.media_type})


def _nothing(named: Named) -> NoSuchGraph:
    return NoSuchGraph(
        named.shown,
        "there is nothing in such a graph",
        "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } lists those that there are",
    )
