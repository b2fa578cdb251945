"""A query operation of the SPARQL 1.1 Protocol, read from a request in any of its three forms.

https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends
from starlette.requests import Request

from amic_kg.errors import InvalidQuery
from amic_kg.graph.sparql_text import words_of
from amic_kg.ports import QueryForm
from amic_kg_api.refusals import BodyTooLarge, InvalidParameter, UnsupportedBody
from amic_kg_api.translations import msgid

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_MOST_BYTES = 1_000_000

_FORM_OF: dict[str, QueryForm] = {
    "SELECT": "rows",
    "ASK": "boolean",
    "CONSTRUCT": "graph",
    "DESCRIBE": "graph",
}


@dataclass(frozen=True, slots=True)
class Operation:
    """A query with its dataset; `query` is None when a GET brings none."""

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    @property
    def form(self) -> QueryForm:
        """What kind of answer the query has; a text that is no query counts as rows and fails."""
        for word in words_of(self.query or ""):
            # The first word behind the prologue says it: the rest may be long.
            if word not in ("BASE", "PREFIX"):
                return _FORM_OF.get(word, "rows")
        return "rows"


async def operation_of(request: Request) -> Operation:
    """Raises InvalidParameter, UnsupportedBody, BodyTooLarge or InvalidQuery."""
    parameters = list(request.query_params.multi_items())
    if request.method == "POST":
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type not in (_FORM, _QUERY):
            raise UnsupportedBody(
                media_type or "no Content-Type",
                "is not a query"
                if media_type != _UPDATE
                else "is an update, which is refused here",
                f"Send {_FORM} or {_QUERY}",
            )
        body = await _body(request)
        if media_type == _QUERY:
            # 2.1.3: the query stands in the body, unencoded; the dataset in the address.
            if any(name == "query" for name, _ in parameters):
                raise InvalidParameter(
                    "query", "stands in the body already", "Leave it out of the address"
                )
            parameters.append(("query", body))
        else:
            # 2.1.2: all parameters stand in the body, encoded as a form.
            parameters.extend(parse_qsl(body, keep_blank_values=True))
    return _operation(parameters, needed=request.method == "POST")


RequestedOperation = Annotated[Operation, Depends(operation_of)]


def _operation(parameters: list[tuple[str, str]], *, needed: bool) -> Operation:
    def values(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in parameters if key == name)

    if values("update"):
        raise InvalidQuery(
            "update",
            msgid("this address answers queries and changes nothing"),
            msgid("Use SELECT, ASK, CONSTRUCT or DESCRIBE in the parameter query"),
        )
    queries = values("query")
    if len(queries) > 1:
        raise InvalidParameter("query", "is given more than once", "Give one query")
    if needed and not queries:
        raise InvalidParameter("query", "is missing", "Put the query into it")
    return Operation(
        queries[0] if queries else None,
        _graphs("default-graph-uri", values("default-graph-uri")),
        _graphs("named-graph-uri", values("named-graph-uri")),
    )


def _graphs(name: str, iris: tuple[str, ...]) -> tuple[str, ...]:
    for iri in iris:
        scheme, colon, _ = iri.partition(":")
        if not (colon and scheme and iri.isprintable()) or set(iri) & set(' <>"{}|^`\\'):
            raise InvalidParameter(name, f"{iri!r} is not an absolute IRI", "Give the graph's IRI")
    return iris


async def _body(request: Request) -> str:
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > _MOST_BYTES:
            raise BodyTooLarge(
                "the query", f"is longer than {_MOST_BYTES:,} bytes", "Send a shorter one"
            )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise InvalidQuery("the query", "is not UTF-8", "Encode it as UTF-8") from None
