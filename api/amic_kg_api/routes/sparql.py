"""`/sparql`: the SPARQL 1.1 Protocol for programs, a form and a table for people.

https://www.w3.org/TR/sparql11-protocol/; without a query the endpoint describes itself.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.concurrency import run_in_threadpool

from amic_kg.errors import AmicError
from amic_kg.graph.sparql_search import QUERY_PREFIXES
from amic_kg.iris import CANONICAL_BASE
from amic_kg.ports import QueryAnswer, QueryForm, QueryRequest, UpdateRequest
from amic_kg.questions import load_questions
from amic_kg_api import graph_facts
from amic_kg_api.dataset_version import VERSION_HEADER, entity_tag, is_fresh
from amic_kg_api.examples import EXAMPLES, example_groups
from amic_kg_api.middleware import SCRIPTED
from amic_kg_api.negotiate import (
    CSV,
    FORMATS_OF,
    GRAPH_FORMATS,
    HTML,
    QUAD_FORMATS,
    ROW_FORMATS,
    ROWS_JSON,
    TURTLE,
    Format,
    choose,
    wants_html,
)
from amic_kg_api.problems import Problem, problem_of
from amic_kg_api.query_answers import ClientLeft, client_of, streamed_answer, whole_answer
from amic_kg_api.refusals import InvalidParameter
from amic_kg_api.rendering import built_address
from amic_kg_api.service_description import description_query
from amic_kg_api.sparql_operation import Operation, RequestedOperation
from amic_kg_api.translations import msgid
from amic_kg_api.visits import ThisVisit, Visit

router = APIRouter(tags=["SPARQL"])

QUESTIONS = load_questions()

_ROWS_SHOWN = 500
_GRAPH_CHARACTERS_SHOWN = 200_000
_MOST_BYTES_SHOWN = 4_000_000
"""Of a result a page shows the beginning; it is not to hold one that is for programs."""

_MEDIA_TYPES: dict[str, object] = {
    offer.media_type: {} for offer in (*ROW_FORMATS, *GRAPH_FORMATS, *QUAD_FORMATS)
}
_RESPONSES: dict[int | str, dict[str, object]] = {
    200: {"description": "The result, or the service description", "content": _MEDIA_TYPES},
    304: {"description": "The answer that the client has (If-None-Match) still holds"},
    400: {"description": "The query does not parse (line and column say where), or is refused"},
    406: {"description": "None of the formats asked for is offered"},
    422: {"description": "The result is larger than the limits in Amic-Query-Limits"},
    429: {"description": "This client has its share of queries: try again after Retry-After"},
    503: {"description": "All workers are taken: try again after Retry-After"},
    504: {"description": "The query ran past its deadline"},
}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/sparql-query": {"schema": {"type": "string"}},
            "application/sparql-update": {"schema": {"type": "string"}},
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "properties": {
                        name: {"type": "string"}
                        for name in (
                            "query",
                            "default-graph-uri",
                            "named-graph-uri",
                            "format",
                            "update",
                            "using-graph-uri",
                            "using-named-graph-uri",
                        )
                    },
                }
            },
        },
    }
}


@router.get("/sparql", operation_id="query", response_class=Response, responses=_RESPONSES)
async def query_by_get(
    operation: RequestedOperation,
    visit: ThisVisit,
    _query: Annotated[str | None, Query(alias="query", description="SPARQL 1.1 query")] = None,
    _default: Annotated[list[str] | None, Query(alias="default-graph-uri")] = None,
    _named: Annotated[list[str] | None, Query(alias="named-graph-uri")] = None,
    _format: Annotated[
        str | None,
        Query(alias="format", description="json, xml, csv, tsv, ttl, jsonld, nt, rdf, trig, nq"),
    ] = None,
) -> Response:
    """Run a query (SELECT, ASK, CONSTRUCT, DESCRIBE); the answer's format by Accept or format.

    Of SERVICE the search box alone is answered (`SERVICE search:`); a query has a deadline.
    Prefixes of the collection need not be declared.
    Without a query the answer is the service description, for a browser a page with a form.
    """
    return await _carry_out(operation, visit)


_POST_RESPONSES: dict[int | str, dict[str, object]] = {
    **_RESPONSES,
    204: {"description": "The update was made, all of it; Dataset-Version tells which shows it"},
    401: {"description": "An update without the key, or with another one"},
    403: {"description": "Updates are off, or the graph is one that the pipeline makes"},
    413: {"description": "The text is longer than is read"},
    415: {"description": "The body is neither a form, nor a query, nor an update"},
}


@router.post(
    "/sparql",
    operation_id="query_by_post",
    response_class=Response,
    responses=_POST_RESPONSES,
    openapi_extra=_BODY,
)
async def query_by_post(
    operation: RequestedOperation,
    visit: ThisVisit,
) -> Response:
    """The same with the query in the body: as a form, or bare as application/sparql-query.

    Updates too (form parameter update, or application/sparql-update), for the holder of the key
    in AMIC_UPDATE_KEY, as `Authorization: Bearer`. LOAD and SERVICE are refused.
    """
    return await _carry_out(operation, visit)


@router.post(
    "/sparql/update",
    operation_id="update",
    response_class=Response,
    responses=_POST_RESPONSES,
    openapi_extra=_BODY,
)
async def update_by_post(operation: RequestedOperation, visit: ThisVisit) -> Response:
    """The update endpoint, for clients that keep it apart; it takes what /sparql takes."""
    return await _carry_out(operation, visit)


async def _carry_out(operation: Operation | UpdateRequest, visit: Visit) -> Response:
    if isinstance(operation, Operation):
        return await _answer(operation, visit)
    generation = await run_in_threadpool(visit.services.updates.apply, operation)
    return Response(status_code=204, headers={VERSION_HEADER: generation})


async def _answer(operation: Operation, visit: Visit) -> Response:
    if operation.query is None or not operation.query.strip():
        if wants_html(visit.request) and operation.format in (None, HTML.name):
            return await run_in_threadpool(_form_page, operation, visit)
        if operation.query is not None:
            raise InvalidParameter(
                "query", msgid("is missing"), msgid("Put a SPARQL query into the parameter query")
            )
        operation = replace(operation, query=description_query(visit.request))
    offers = FORMATS_OF[operation.form]
    # HTML comes last: who takes anything gets data.
    wanted = choose(visit.request, (*offers, HTML), named=operation.format)
    client = client_of(visit.request, visit.services.settings)
    if wanted is HTML:
        return await _result_page(operation, visit, client)
    request = _request(operation, wanted)
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    if visit.request.method == "GET":
        tag = entity_tag(visit.request, request, wanted.media_type)
        if tag:
            headers["ETag"] = tag
            if is_fresh(visit.request, tag):
                return Response(status_code=304, headers=headers)
    return await streamed_answer(visit.services.graph, request, visit.request, client, headers)


def _request(operation: Operation, wanted: Format) -> QueryRequest:
    accept: dict[QueryForm, str] = {
        form: (wanted if wanted in offers else offers[0]).media_type
        for form, offers in FORMATS_OF.items()
    }
    return QueryRequest(
        operation.query or "", accept, operation.default_graphs, operation.named_graphs
    )


def _form_page(
    operation: Operation,
    visit: Visit,
    *,
    problem: Problem | None = None,
    **result: object,
) -> Response:
    script = built_address("sparql.js")
    return visit.pages.render(
        visit.visitor,
        "sparql.html",
        status=problem.kind.status if problem else 200,
        headers=SCRIPTED if script else None,
        script=script,
        query=operation.query or EXAMPLES[1].query(visit.language),
        operation=operation,
        examples=example_groups(QUESTIONS, visit.language),
        settings=visit.services.settings,
        bases=[visit.services.iris.base, CANONICAL_BASE],
        prefixes=QUERY_PREFIXES,
        endpoint=f"{visit.request.base_url}sparql",
        row_formats=_choices(ROW_FORMATS),
        graph_formats=_choices(GRAPH_FORMATS),
        formats=FORMATS_OF[operation.form] if operation.query else ROW_FORMATS,
        problem=problem,
        result={"form": None, **result},
    )


def _choices(formats: tuple[Format, ...]) -> list[dict[str, str]]:
    return [{"name": offer.name, "title": offer.title} for offer in formats]


async def _result_page(operation: Operation, visit: Visit, client: str) -> Response:
    asked = _request(operation, TURTLE if operation.form == "graph" else ROWS_JSON)
    asked = replace(asked, most_bytes=_MOST_BYTES_SHOWN)
    try:
        answer = await whole_answer(visit.services.graph, asked, visit.request, client)
    except ClientLeft:
        return Response(status_code=499)
    except AmicError as error:
        # The query stays in the form: a person mends it there.
        return await run_in_threadpool(_form_page, operation, visit, problem=problem_of(error))
    return await run_in_threadpool(_shown, operation, visit, answer)


def _shown(operation: Operation, visit: Visit, answer: QueryAnswer) -> Response:
    form = operation.form
    if form == "graph":
        text = answer.body.decode()
        return _form_page(
        operation, visit,
            form=form, text=text[:_GRAPH_CHARACTERS_SHOWN], cut=len(text) > _GRAPH_CHARACTERS_SHOWN,
        )  # fmt: skip
    if form == "boolean":
        return _form_page(
        operation, visit,
            form=form, answer=graph_facts.truth(answer.body),
        )  # fmt: skip
    columns, rows = graph_facts.table(answer.body)
    return _form_page(
        operation, visit,
        form=form, columns=columns, rows=rows[:_ROWS_SHOWN], total=len(rows), csv=CSV,
    )  # fmt: skip
