"""What the dataset is, for machines that look for data, and its dumps for download."""

from __future__ import annotations

import base64
from typing import Annotated

from fastapi import APIRouter, Path, Response
from fastapi.responses import FileResponse, PlainTextResponse, RedirectResponse

from amic_kg.graph.dataset_counts import GRAPH
from amic_kg_api import graph_facts
from amic_kg_api.linked_data import FormatName, data_response
from amic_kg_api.models.dumps import DumpsResponse, dump_response
from amic_kg_api.negotiate import GRAPH_FORMATS, HTML, Format, choose
from amic_kg_api.refusals import NoSuchPage
from amic_kg_api.services import dumps_of
from amic_kg_api.translations import msgid
from amic_kg_api.visits import ThisVisit

router = APIRouter(tags=["Dataset"])

_JSON = Format("json", "application/json", "JSON")
_DESCRIBED_BY = '</dataset>; rel="describedby"'
_FileName = Annotated[str, Path(pattern=r"^[\w.-]+\.nq\.gz$")]


@router.get(
    "/dataset",
    operation_id="dataset",
    response_class=Response,
    responses={
        200: {
            "description": "VoID figures and the DCAT entry",
            "content": {offer.media_type: {} for offer in GRAPH_FORMATS},
        },
        303: {"description": "People are led to the page of the dumps"},
    },
)
def dataset(visit: ThisVisit, _format: FormatName = None) -> Response:
    """The dataset's own description: figures by class and property, rights of each graph."""
    wanted = choose(visit.request, (*GRAPH_FORMATS, HTML))
    if wanted is HTML:
        return RedirectResponse(str(visit.visitor.to("/dump")), 303, {"Vary": "Accept"})
    graph = visit.services.graph
    if not graph.ready():
        raise NoSuchPage(
            "/dataset", msgid("nothing is published here yet"), msgid("Come back later")
        )
    answer = graph_facts.graph_data(graph, visit.services.iris.graph(GRAPH), wanted)
    return data_response(answer.body, wanted, visit.request)


@router.get("/.well-known/void", include_in_schema=False)
def well_known() -> RedirectResponse:
    """https://www.w3.org/TR/void/#well-known: a redirect to the description is enough."""
    return RedirectResponse("/dataset", 302)


@router.get(
    "/dump",
    operation_id="dumps",
    response_model=DumpsResponse,
    responses={200: {"content": {"text/html": {}}}},
)
def dumps(visit: ThisVisit) -> Response:
    """Dumps of the whole graph with checksums, each with what changed since the one before."""
    told = DumpsResponse(
        published=visit.services.graph.generation(),
        dumps=[dump_response(dump) for dump in dumps_of(visit.services).list()],
    )
    if choose(visit.request, (_JSON, HTML)) is HTML:
        return visit.pages.render(
            visit.visitor, "dumps.html", headers={"Link": _DESCRIBED_BY}, told=told
        )
    return Response(
        told.model_dump_json(),
        media_type=_JSON.media_type,
        headers={"Vary": "Accept", "Cache-Control": "no-cache", "Link": _DESCRIBED_BY},
    )


@router.get("/dump/latest.nq.gz", operation_id="latest_dump", response_class=RedirectResponse,
            status_code=302)  # fmt: skip
def latest_dump(visit: ThisVisit) -> RedirectResponse:
    """Leads to the newest dump, whose address stays its own."""
    standing = dumps_of(visit.services).list()
    if not standing:
        raise _no_dump("latest.nq.gz")
    return RedirectResponse(
        f"/dump/{standing[0].full.name}", 302, {"Cache-Control": "no-cache", "Link": _DESCRIBED_BY}
    )


@router.get("/dump/{name}.sha256", operation_id="dump_checksum", response_class=PlainTextResponse)
def dump_checksum(name: _FileName, visit: ThisVisit) -> PlainTextResponse:
    """The checksum as `sha256sum --check` reads it."""
    found = dumps_of(visit.services).file(name)
    if found is None:
        raise _no_dump(name)
    return PlainTextResponse(f"{found[1].sha256}  {name}\n")


@router.get(
    "/dump/{name}",
    operation_id="dump",
    response_class=FileResponse,
    responses={
        206: {"description": "The part that Range asks for"},
        304: {"description": "It is what the client has"},
        404: {"description": "No dump has this name, or it has been let go"},
    },
)
def dump(name: _FileName, visit: ThisVisit) -> Response:
    """A dump: N-Quads, packed by gzip."""
    found = dumps_of(visit.services).file(name)
    if found is None:
        raise _no_dump(name)
    path, file = found
    digest = base64.b64encode(bytes.fromhex(file.sha256)).decode()
    headers = {
        "ETag": f'"{file.sha256}"',
        "Link": _DESCRIBED_BY,
        # https://www.rfc-editor.org/rfc/rfc9530#section-3: of the whole, also where a part is sent.
        "Repr-Digest": f"sha-256=:{digest}:",
        "Cache-Control": "no-cache",
    }
    # https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
    known = visit.request.headers.get("if-none-match", "")
    if known.strip() == "*" or headers["ETag"] in known:
        return Response(status_code=304, headers=headers)
    # The packed bytes are what is downloaded and what the checksum is of.
    return FileResponse(path, media_type="application/gzip", filename=name, headers=headers)


def _no_dump(name: str) -> NoSuchPage:
    return NoSuchPage(
        name,
        msgid("no dump of this name is here"),
        msgid("The dumps that are here are listed at /dump"),
    )
