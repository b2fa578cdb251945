"""What all addresses that name a thing have in common: their formats, parameters and headers."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, Response

from amic_kg_api.addresses import Address
from amic_kg_api.negotiate import GRAPH_FORMATS, HTML, Format
from amic_kg_api.refusals import NoSuchPage
from amic_kg_api.translations import msgid

OFFERS = (HTML, *GRAPH_FORMATS)
REPRESENTATIONS: dict[int | str, dict[str, object]] = {
    200: {
        "description": "The thing, in the format asked for",
        "content": {offer.media_type: {} for offer in OFFERS},
    },
    404: {"description": "No such thing"},
    410: {"description": "A document that has been withdrawn"},
    406: {"description": "None of the formats asked for is offered"},
}

Offset = Annotated[int, Query(alias="from", ge=0, le=1000)]
FormatName = Annotated[
    str | None, Query(alias="format", description="html, ttl, jsonld, nt or rdf, before Accept")
]
_NAMING = ("iri",)
"""Parameters that are part of a thing's address; all others are about how it is shown."""


def not_there(subject: str) -> NoSuchPage:
    return NoSuchPage(
        subject,
        msgid("nothing has this name here"),
        msgid("Look through the vocabularies, or search for the word"),
    )


def in_format(address: Address, data_format: Format) -> Address:
    """Where the thing of a page is to be had as data."""
    kept = tuple((name, value) for name, value in address.parameters if name in _NAMING)
    return Address(address.path, (*kept, ("format", data_format.name)))


def data_response(body: bytes, data_format: Format, request: Request) -> Response:
    return Response(
        body,
        media_type=data_format.media_type,
        headers={
            "Vary": "Accept",
            "Content-Location": str(in_format(_address(request), data_format)),
            "Cache-Control": "no-cache",
        },
    )


def page_headers(request: Request) -> dict[str, str]:
    """The other representations, for clients that read headers alone (RFC 8288)."""
    links = (
        f'<{in_format(_address(request), offer)}>; rel="alternate"; type="{offer.media_type}"'
        for offer in GRAPH_FORMATS
    )
    return {"Link": ", ".join(links)}


def _address(request: Request) -> Address:
    return Address(request.url.path, tuple(request.query_params.multi_items()))
