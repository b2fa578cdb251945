"""An operation of the SPARQL 1.1 Protocol, read from a request in any of its forms.

https://www.w3.org/TR/sparql11-protocol/#query-operation (2.1) and #update-operation (2.2)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends
from starlette.requests import Request

from amic_kg.errors import InvalidQuery
from amic_kg.graph.sparql_text import words_of
from amic_kg.ports import QueryForm, UpdateRequest
from amic_kg_api.keys import UPDATE, require_key
from amic_kg_api.refusals import BodyTooLarge, InvalidParameter, UnsupportedBody
from amic_kg_api.services import services_of
from amic_kg_api.translations import msgid

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE_TEXT = "application/sparql-update"
_MOST_BYTES = 1_000_000

_OF_QUERIES = ("default-graph-uri", "named-graph-uri")
_OF_UPDATES = ("using-graph-uri", "using-named-graph-uri")

_FORM_OF: dict[str, QueryForm] = {
    "SELECT": "rows",
    "ASK": "boolean",
    "CONSTRUCT": "graph",
    "DESCRIBE": "graph",
}


@dataclass(frozen=True, slots=True)
class Operation:
    """A query with its dataset; `query` is None when a GET brings none.

    `format` is the one that the request names, by its address or its form.
    """

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None

    @property
    def form(self) -> QueryForm:
        """What kind of answer the query has; a text that is no query counts as rows and fails."""
        for word in words_of(self.query or ""):
            # The first word behind the prologue says it: the rest may be long.
            if word not in ("BASE", "PREFIX"):
                return _FORM_OF.get(word, "rows")
        return "rows"


async def operation_of(request: Request) -> Operation | UpdateRequest:
    """Raises InvalidParameter, UnsupportedBody, BodyTooLarge or InvalidQuery.

    An update is read for the holder of the key alone: else KeyRequired or WritingOff.
    """
    parameters = list(request.query_params.multi_items())
    if request.method == "POST":
        media_type = _media_type(request)
        if media_type == UPDATE_TEXT:
            require_key(request, UPDATE)
        body = await body_text(request, _most_bytes(request, media_type))
        if media_type == FORM:
            # 2.1.2 and 2.2.1: all parameters stand in the body, encoded as a form.
            parameters.extend(parse_qsl(body, keep_blank_values=True))
        else:
            # 2.1.3 and 2.2.2: the text stands in the body, unencoded; the dataset in the address.
            name = "query" if media_type == QUERY else "update"
            if any(key == name for key, _ in parameters):
                raise InvalidParameter(
                    name, "stands in the body already", "Leave it out of the address"
                )
            parameters.append((name, body))
    return _operation(request, parameters)


RequestedOperation = Annotated[Operation | UpdateRequest, Depends(operation_of)]


def _media_type(request: Request) -> str:
    media_type, _, parameters = request.headers.get("content-type", "").partition(";")
    media_type = media_type.strip().lower()
    if media_type not in (FORM, QUERY, UPDATE_TEXT):
        raise UnsupportedBody(
            media_type or "no Content-Type",
            "is neither a query nor an update",
            f"Send {FORM}, {QUERY} or {UPDATE_TEXT}",
        )
    charset = parameters.strip().lower().removeprefix("charset=").strip('"')
    if "charset=" in parameters.lower() and charset not in ("utf-8", "utf8", "us-ascii"):
        raise UnsupportedBody(f"charset={charset}", "is not UTF-8", "Send it in UTF-8")
    return media_type


def _most_bytes(request: Request, media_type: str) -> int:
    if media_type == UPDATE_TEXT:
        return services_of(request).settings.update_megabytes * 1_000_000
    return _MOST_BYTES


def _operation(request: Request, parameters: list[tuple[str, str]]) -> Operation | UpdateRequest:
    def values(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in parameters if key == name)

    queries, updates = values("query"), values("update")
    for name, given in (("query", queries), ("update", updates)):
        if len(given) > 1:
            raise InvalidParameter(name, "is given more than once", f"Give one {name}")
    if queries and updates:
        raise InvalidParameter(
            "update", "stands beside a query", "Send query and update one after the other"
        )
    for name in _OF_QUERIES if updates else _OF_UPDATES:
        if values(name):
            kind, others = ("queries", _OF_UPDATES) if updates else ("updates", _OF_QUERIES)
            raise InvalidParameter(name, f"belongs to {kind}", f"Use {' and '.join(others)}")
    if updates:
        if request.method != "POST":
            # 2.2: a link that is followed must not change anything.
            raise InvalidQuery(
                "update",
                msgid("a request by GET changes nothing"),
                msgid("Send the update by POST"),
            )
        require_key(request, UPDATE)
        if not updates[0].strip():
            raise InvalidParameter("update", "is empty", "Put the update into it")
        return UpdateRequest(updates[0], *(_graphs(name, values(name)) for name in _OF_UPDATES))
    if request.method == "POST" and not queries:
        raise InvalidParameter("query", "is missing", "Put the query into it")
    formats = values("format")
    default, named = (_graphs(name, values(name)) for name in _OF_QUERIES)
    return Operation(
        queries[0] if queries else None, default, named, formats[-1] if formats else None
    )


def _graphs(name: str, iris: tuple[str, ...]) -> tuple[str, ...]:
    for iri in iris:
        if not is_absolute(iri):
            raise InvalidParameter(name, f"{iri!r} is not an absolute IRI", "Give the graph's IRI")
    return iris


def is_absolute(iri: str) -> bool:
    scheme, colon, _ = iri.partition(":")
    return bool(colon and scheme and iri.isprintable()) and not set(iri) & set(' <>"{}|^`\\')


async def body_text(request: Request, most_bytes: int) -> str:
    try:
        return (await body_bytes(request, most_bytes)).decode("utf-8")
    except UnicodeDecodeError:
        raise InvalidQuery("the query", "is not UTF-8", "Encode it as UTF-8") from None


async def body_bytes(request: Request, most_bytes: int) -> bytes:
    """The body, unless it is longer than is read: then BodyTooLarge."""
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > most_bytes:
            raise BodyTooLarge(
                "the request", f"is longer than {most_bytes:,} bytes", "Send a shorter one"
            )
    return bytes(data)
