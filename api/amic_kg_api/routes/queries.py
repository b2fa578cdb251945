"""The competency questions by address: `/api/queries/q05` for programs, `/queries/q05` for people.

The parameters of each are read from its description (ontology/examples), and so are the
operations of the OpenAPI document (https://spec.openapis.org/oas/v3.1.0).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Response

from amic_kg.errors import AmicError, InputError
from amic_kg.inquiries import read_values
from amic_kg.questions import LANGUAGE, Parameter, Question, load_questions
from amic_kg_api import graph_facts, question_view
from amic_kg_api.addresses import Address
from amic_kg_api.models.questions import QueryEntry, QueryList, QueryParameter, QueryRows
from amic_kg_api.negotiate import CSV, TSV, choose
from amic_kg_api.problems import problem_of
from amic_kg_api.question_operation import (
    OFFERS,
    ROWS,
    SPARQL_JSON,
    SPARQL_XML,
    SPREADSHEET,
    TEXT,
    answer_window,
    identifier,
    operation_parameters,
    parameters_kept,
    values_asked,
    values_given,
)
from amic_kg_api.refusals import NoSuchPage
from amic_kg_api.translations import msgid, read_words
from amic_kg_api.visits import ThisVisit, Visit

router = APIRouter(tags=["Questions"])

QUESTIONS = load_questions()
_CHOICES_SHOWN = 300


@router.get("/api/queries", operation_id="queries")
def queries(visit: ThisVisit) -> QueryList:
    """The questions that can be asked by their address, with their parameters."""
    base = visit.services.iris.base
    return QueryList(queries=[_entry(question, base) for question in QUESTIONS])


@router.get("/queries", include_in_schema=False)
def questions_page(visit: ThisVisit) -> Response:
    language = visit.language
    return visit.pages.render(
        visit.visitor,
        "questions.html",
        groups=[
            (topic, list(found))
            for topic, found in groupby(QUESTIONS, key=lambda question: question.group[language])
        ],
        identifier=identifier,
    )


@router.get("/queries/{name}", include_in_schema=False)
def question_page(name: str, visit: ThisVisit) -> Response:
    """The question as a form with its answer; what is wrong with a value is told in the form."""
    question = _question(name)
    shown: dict[str, Any] = {"table": None, "problem": None, "following": None}
    status = 200
    try:
        asked = values_asked(question, visit)
        answer, limit, offset = answer_window(
            question, asked, visit, "application/sparql-results+json"
        )
        columns, rows = graph_facts.table(answer.body)
        services, language = visit.services, visit.language
        labels = question_view.labels_in(
            rows[:limit], services.graph, services.vocabulary, language
        )
        shown["table"] = question_view.answer_table(
            columns, rows[:limit], labels, read_words()[language], visit.site
        )
        shown["more"], shown["offset"] = len(rows) > limit, offset
        if len(rows) > limit:
            shown["following"] = visit.visitor.address.setting("offset", offset + limit)
        shown["editor"] = visit.visitor.to("/sparql", query=question.query(asked))
    except AmicError as error:
        problem = problem_of(error)
        shown["problem"], status = problem, problem.kind.status
    given = values_given(visit)
    return visit.pages.render(
        visit.visitor,
        "question.html",
        status=status,
        question=question,
        fields=[
            (parameter, _choices(parameter, visit), _filled(parameter, given, visit))
            for parameter in question.parameters
            if parameter.name != LANGUAGE
        ],
        data=Address(f"/api/queries/{name}", (*parameters_kept(visit), ("lang", visit.language))),
        formats=(SPREADSHEET, ROWS, CSV, TSV, SPARQL_XML, TEXT),
        **shown,
    )


def _make_route(question: Question) -> Callable[..., Any]:
    def ask(visit: ThisVisit) -> Response:
        return _data(question, visit)

    return ask


def _data(question: Question, visit: Visit) -> Response:
    wanted = choose(visit.request, OFFERS)
    asked = values_asked(question, visit)
    headers = {"Vary": "Accept, Accept-Language", "Cache-Control": "no-cache"}
    address = f"/api/queries/{identifier(question)}"
    kept = [*parameters_kept(visit), (LANGUAGE, visit.language)]
    links = [
        f'</queries/{identifier(question)}?{urlencode(kept)}>; rel="alternate"; type="text/html"',
        f"<{address}?{urlencode([*kept, ('format', TEXT.name)])}>; "
        f'rel="describedby"; type="{TEXT.media_type}"',
    ]
    if wanted is TEXT:
        return Response(
            question.query(asked), media_type=TEXT.media_type, headers={**headers, **_links(links)}
        )
    engine = wanted.media_type if wanted in (SPARQL_JSON, SPARQL_XML, CSV, TSV) else None
    answer, limit, offset = answer_window(
        question, asked, visit, engine or SPARQL_JSON.media_type, more=engine is None
    )
    if engine:
        return Response(
            answer.body, media_type=answer.media_type, headers={**headers, **_links(links)}
        )
    columns, rows = graph_facts.table(answer.body)
    following = None
    if len(rows) > limit:
        further = [(name, value) for name, value in kept if name != "offset"]
        further.append(("offset", str(offset + limit)))
        following = f"{address}?{urlencode(further)}"
        links.append(f'<{following}>; rel="next"')
    headers |= _links(links)
    services, words = visit.services, read_words()[visit.language]
    labels = question_view.labels_in(
        rows[:limit], services.graph, services.vocabulary, visit.language
    )
    table = question_view.answer_table(columns, rows[:limit], labels, words, visit.site)
    if wanted is SPREADSHEET:
        name = f"{identifier(question)}.csv"
        return Response(
            question_view.spreadsheet(table, words),
            media_type="text/csv; charset=utf-8; header=present",
            headers={**headers, "Content-Disposition": f'attachment; filename="{name}"'},
        )
    described = QueryRows(
        id=identifier(question),
        title=question.title[visit.language],
        answered=question.extent,
        missing=question.missing.get(visit.language),
        parameters={
            parameter.name: list(asked.get(parameter.name, parameter.default))
            for parameter in question.parameters
        },
        columns=columns,
        headings={
            column: words.text(heading)
            for column, heading in zip(table.columns, table.headings, strict=True)
        },
        rows=question_view.plain_rows(answer.body)[:limit],
        labels=labels,
        next=following,
        page=f"/queries/{identifier(question)}?{urlencode(kept)}",
        sparql=str(Address("/sparql", (("query", question.query(asked)),))),
    )
    return Response(described.model_dump_json(), media_type=ROWS.media_type, headers=headers)


def _links(links: Sequence[str]) -> dict[str, str]:
    return {"Link": ", ".join(links)}


def _question(name: str) -> Question:
    for question in QUESTIONS:
        if identifier(question) == name:
            return question
    raise _no_such(name)


def _no_such(name: str) -> NoSuchPage:
    return NoSuchPage(
        name, msgid("no question has this name"), msgid("See the list of questions at /queries")
    )


def _entry(question: Question, base: str) -> QueryEntry:
    name = identifier(question)
    return QueryEntry(
        id=name,
        iri=question.iri,
        topic=dict(question.group),
        title=dict(question.title),
        description=dict(question.comment),
        answered=question.extent,
        missing=dict(question.missing),
        parameters=[
            QueryParameter(
                name=parameter.name,
                type=parameter.kind,
                label=parameter.label["en"],
                default=list(parameter.default),
                many=parameter.many,
                thing=parameter.thing,
                choices=list(parameter.choices),
            )
            for parameter in question.parameters
        ],
        url=f"{base}api/queries/{name}",
        page=f"{base}queries/{name}",
        sparql=f"{base}api/queries/{name}?format={TEXT.name}",
    )


def _choices(parameter: Parameter, visit: Visit) -> list[str]:
    """Names to choose from, where a class has few enough things for a list."""
    if parameter.thing is None:
        return []
    found = {
        entity.label(visit.language)
        for entity in visit.services.vocabulary
        if entity.type == parameter.thing
    }
    return sorted(found, key=str.casefold) if len(found) <= _CHOICES_SHOWN else []


def _filled(parameter: Parameter, given: Mapping[str, Sequence[str]], visit: Visit) -> list[str]:
    """What stands in the fields: names instead of IRIs where they are known and name one thing."""
    filled = []
    for value in given.get(parameter.name, parameter.default):
        entity = visit.services.vocabulary.get(parameter.resolve(value))
        name = entity.label(visit.language) if entity else value
        try:
            read_values(parameter, [name], visit.services.vocabulary)
        except InputError:
            name = value
        filled.append(name)
    return filled


for _asked_question in QUESTIONS:
    router.add_api_route(
        f"/api/queries/{identifier(_asked_question)}",
        _make_route(_asked_question),
        operation_id=f"query_{identifier(_asked_question)}",
        summary=_asked_question.title["en"],
        description=_asked_question.comment["en"]
        + (f"\n\n{_asked_question.missing['en']}" if _asked_question.missing else ""),
        response_class=Response,
        responses={
            200: {
                "description": "The rows",
                "model": QueryRows,
                "content": {offer.media_type: {} for offer in OFFERS[1:] if offer != SPREADSHEET},
            },
            422: {"description": "A value that a parameter cannot take"},
            503: {"description": "All workers are taken: try again after Retry-After"},
            504: {"description": "The query ran past its deadline"},
        },
        openapi_extra={"parameters": operation_parameters(_asked_question)},
    )


@router.get("/api/queries/{name}", include_in_schema=False)
def unknown_query(name: str) -> Response:
    """Reached by names that no question has."""
    raise _no_such(name)
