"""The tools `list_queries` and `run_query`: the competency questions, and SPARQL of one's own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from functools import cache

from amic_kg.errors import UnknownThing
from amic_kg.graph.terms import PREFIXES
from amic_kg.inquiries import read_values, window_query
from amic_kg.ports import GraphReader, QueryAnswer, QueryRequest
from amic_kg.questions import LANGUAGE, Question, load_questions
from amic_kg_api import graph_facts, question_view
from amic_kg_api.assistant.collection import Collection
from amic_kg_api.examples import EXAMPLES
from amic_kg_api.models.assistant import (
    ParameterListed,
    QueriesListed,
    QueryListed,
    QueryResult,
    SparqlExample,
)
from amic_kg_api.negotiate import ROWS_JSON, TURTLE
from amic_kg_api.question_operation import identifier
from amic_kg_api.refusals import InvalidParameter
from amic_kg_api.translations import read_words

_CLIENT = "assistant"
"""Whose turn it is among those that wait for a query worker."""
_MOST_BYTES = 1_000_000
"""Of one result: what is larger fills the memory of an assistant and helps nobody."""

Given = str | int | float
Parameters = Mapping[str, Given | Sequence[Given]]


@cache
def _questions() -> tuple[Question, ...]:
    return load_questions()


def list_queries(language: str) -> QueriesListed:
    words = read_words()[language]
    return QueriesListed(
        queries=[_listed(question, language) for question in _questions()],
        sparql_examples=[
            SparqlExample(title=words.text(example.title), sparql=example.query(language))
            for example in EXAMPLES
        ],
        prefixes=dict(PREFIXES),
    )


def _listed(question: Question, language: str) -> QueryListed:
    return QueryListed(
        id=identifier(question),
        topic=question.group[language],
        title=question.title[language],
        description=question.comment[language],
        answered=question.extent,
        missing=question.missing.get(language),
        parameters=[
            ParameterListed(
                name=parameter.name,
                type=parameter.kind,
                label=parameter.label[language],
                default=list(parameter.default),
                many=parameter.many,
                thing=parameter.thing,
                choices=list(parameter.choices),
            )
            for parameter in question.parameters
            if parameter.name != LANGUAGE
        ],
    )


async def ask_question(
    collection: Collection,
    name: str,
    parameters: Parameters,
    language: str,
    *,
    limit: int,
    offset: int,
) -> QueryResult:
    """Raises UnknownThing, InvalidQuery that names the parameter, and what the reader raises."""
    question = _question(name)
    asked = _values(question, parameters, language, collection)
    # One row beyond tells whether there are more.
    text = window_query(question, asked, limit=limit + 1, offset=offset)
    answer = await _answer(collection.services.graph, text)
    shown = await _rows(collection, answer, language, first=0, number=limit)
    page = collection.reader(language).to(f"/queries/{identifier(question)}")
    for parameter, values in asked.items():
        if parameter != LANGUAGE:
            for value in values:
                page = page.adding(parameter, value)
    return shown.model_copy(
        update={
            "next_offset": shown.next_offset and offset + shown.next_offset,
            "title": question.title[language],
            "missing": question.missing.get(language),
            "parameters": {
                known.name: list(asked.get(known.name, known.default))
                for known in question.parameters
            },
            "sparql": question.query(asked),
            "link": collection.link(page),
        }
    )


async def ask_sparql(
    collection: Collection, text: str, language: str, *, limit: int, offset: int
) -> QueryResult:
    """Raises what the reader raises: the query is a stranger's."""
    answer = await _answer(collection.services.graph, text)
    link = collection.link(collection.reader(language).to("/sparql", query=text))
    if answer.media_type.partition(";")[0] == TURTLE.media_type:
        return QueryResult(form="graph", turtle=answer.body.decode(), sparql=text, link=link)
    if "boolean" in json.loads(answer.body):
        truth = graph_facts.truth(answer.body)
        return QueryResult(form="boolean", boolean=truth, sparql=text, link=link)
    shown = await _rows(collection, answer, language, first=offset, number=limit)
    return shown.model_copy(update={"sparql": text, "link": link})


def _question(name: str) -> Question:
    wanted = name.strip().casefold()
    for question in _questions():
        if wanted in (identifier(question), str(question.number), question.iri.casefold()):
            return question
    raise UnknownThing(
        f"question {name!r}", "does not exist", "Call list_queries: it tells their ids, such as q04"
    )


def _values(
    question: Question, parameters: Parameters, language: str, collection: Collection
) -> dict[str, Sequence[str]]:
    asked: dict[str, Sequence[str]] = {}
    for name, given in parameters.items():
        values = [given] if isinstance(given, str | int | float) else given
        parameter = question.parameter(name)
        asked[name] = read_values(
            parameter, [str(value) for value in values], collection.services.vocabulary
        )
    if any(parameter.name == LANGUAGE for parameter in question.parameters):
        asked.setdefault(LANGUAGE, [language])
    return asked


async def _answer(graph: GraphReader, text: str) -> QueryAnswer:
    if not text.strip():
        raise InvalidParameter("sparql", "is empty", "Put a SPARQL query into it")
    request = QueryRequest(
        text,
        {
            "rows": ROWS_JSON.media_type,
            "boolean": ROWS_JSON.media_type,
            "graph": TURTLE.media_type,
        },
        most_bytes=_MOST_BYTES,
    )
    stream = await graph.stream(request, _CLIENT)
    try:
        return QueryAnswer(b"".join([piece async for piece in stream]), stream.media_type)
    finally:
        stream.close()


async def _rows(
    collection: Collection, answer: QueryAnswer, language: str, *, first: int, number: int
) -> QueryResult:
    """`number` rows after the `first`, what their IRIs are called, and the pages that they quote.

    Query and link are left to the caller.
    """
    services, beyond = collection.services, first + number
    columns, found = graph_facts.table(answer.body)
    rows = found[first:beyond]
    labels = await asyncio.to_thread(
        question_view.labels_in, rows, services.graph, services.vocabulary, language
    )
    table = question_view.answer_table(
        columns, rows, labels, read_words()[language], collection.site
    )
    place = table.columns.index("page") if "page" in table.columns else None
    pages = [None if place is None else row[place].link for row in table.rows]
    reader = collection.reader(language)
    return QueryResult(
        form="rows",
        columns=columns,
        rows=question_view.plain_rows(answer.body)[first:beyond],
        names=labels,
        pages=[collection.link(reader.to(page)) if page else None for page in pages]
        if any(pages)
        else [],
        next_offset=beyond if len(found) > beyond else None,
        sparql="",
        link="",
    )
