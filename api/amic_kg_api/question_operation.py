"""A question asked by its address: the parameters it takes, and those a request brings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from amic_kg.errors import InvalidQuery
from amic_kg.inquiries import read_values, window_query
from amic_kg.ports import QueryAnswer, QueryRequest
from amic_kg.questions import LANGUAGE, Parameter, Question
from amic_kg_api.negotiate import CSV, TSV, Format
from amic_kg_api.refusals import UnfitValue
from amic_kg_api.translations import msgid
from amic_kg_api.visits import Visit

ROWS = Format("json", "application/json", "JSON")
SPARQL_JSON = Format("sparql-json", "application/sparql-results+json", "SPARQL JSON")
SPARQL_XML = Format(
    "xml", "application/sparql-results+xml", "SPARQL XML", ("application/xml", "text/xml")
)
SPREADSHEET = Format("spreadsheet", "text/csv; header=present", msgid("Spreadsheet (CSV)"))
TEXT = Format("sparql", "application/sparql-query", "SPARQL")
OFFERS = (ROWS, SPARQL_JSON, SPARQL_XML, CSV, TSV, SPREADSHEET, TEXT)

MOST_ROWS = 1000
_ROWS_ASKED = 100
_OWN = ("limit", "offset", "format")
"""Parameters of an address that are not of the question."""


def identifier(question: Question) -> str:
    return f"q{question.number:02}"


def values_given(visit: Visit) -> dict[str, list[str]]:
    """What the address says of the question; a form sends its empty fields too."""
    given: dict[str, list[str]] = {}
    for name, value in visit.request.query_params.multi_items():
        if name not in _OWN and value.strip():
            given.setdefault(name, []).append(value.strip())
    return given


def parameters_kept(visit: Visit) -> list[tuple[str, str]]:
    """The parameters of the address, without what the answer's format and language are."""
    return [
        (name, value)
        for name, value in visit.request.query_params.multi_items()
        if name not in ("format", LANGUAGE) and value.strip()
    ]


def values_asked(question: Question, visit: Visit) -> Mapping[str, Sequence[str]]:
    """The values to bind, checked one by one; raises UnfitValue that names the parameter."""
    given = values_given(visit)
    known = {parameter.name: parameter for parameter in question.parameters}
    if LANGUAGE in known:
        given.setdefault(LANGUAGE, [visit.language])
    elif given.get(LANGUAGE) in (["fi"], ["en"], ["sv"]):
        # The question has no names in a language; the words around the answer do.
        del given[LANGUAGE]
    asked: dict[str, Sequence[str]] = {}
    for name, values in given.items():
        if name not in known:
            names = ", ".join((*known, *_OWN))
            raise UnfitValue(name, "is no parameter of this question", f"It has these: {names}")
        try:
            asked[name] = read_values(known[name], values, visit.services.vocabulary)
        except InvalidQuery as error:
            value = error.subject.removeprefix(f"{name}=")
            raise UnfitValue(name, f"'{value}' {error.cause}", error.remedy) from None
    return asked


def answer_window(
    question: Question,
    asked: Mapping[str, Sequence[str]],
    visit: Visit,
    media_type: str,
    *,
    more: bool = True,
) -> tuple[QueryAnswer, int, int]:
    """The answer, with its window; with `more`, one row beyond it tells whether it goes on."""
    limit = _whole(visit, "limit", _ROWS_ASKED, 1, MOST_ROWS)
    offset = _whole(visit, "offset", 0, 0, 1_000_000)
    text = window_query(question, asked, limit=limit + 1 if more else limit, offset=offset)
    request = QueryRequest(
        text, {"rows": media_type, "boolean": media_type, "graph": "text/turtle"}
    )
    return visit.services.graph.answer(request), limit, offset


def _whole(visit: Visit, name: str, default: int, low: int, high: int) -> int:
    given = visit.request.query_params.get(name, "").strip()
    if not given:
        return default
    if not (given.isascii() and given.isdigit() and len(given) < 10 and low <= int(given) <= high):
        raise UnfitValue(
            name,
            f"'{given}' is not a whole number from {low} to {high}",
            "Give one, or leave the parameter out",
        )
    return int(given)


def _schema(parameter: Parameter) -> dict[str, object]:
    """The JSON schema of a parameter; the first default stands as example and default."""
    schemas: dict[str, dict[str, object]] = {
        "integer": {"type": "integer"},
        "decimal": {"type": "number"},
        "year": {"type": "string", "pattern": "^[0-9]{4}$"},
        "date": {"type": "string", "format": "date"},
        "iri": {"type": "string"},
        "string": {"type": "string"},
    }
    schema = schemas[parameter.kind]
    convert: Callable[[str], object] = {"integer": int, "decimal": float}.get(parameter.kind, str)
    if parameter.choices:
        schema["enum"] = list(parameter.choices)
    if parameter.low is not None:
        schema["minimum"] = convert(str(parameter.low).removesuffix(".0"))
    if parameter.high is not None:
        schema["maximum"] = convert(str(parameter.high).removesuffix(".0"))
    default = [convert(value) for value in parameter.default]
    if parameter.name == LANGUAGE:
        return schema
    if parameter.many:
        return {"type": "array", "items": schema, "default": default}
    return {**schema, "default": default[0]}


def operation_parameters(question: Question) -> list[dict[str, object]]:
    """The parameters as the OpenAPI document tells them."""
    parameters: list[dict[str, object]] = []
    for parameter in question.parameters:
        told = parameter.label["en"]
        if parameter.kind == "iri":
            told += f": IRI, its last part, or a name ({parameter.thing or 'any class'})"
        if parameter.name == LANGUAGE:
            told += "; else by Accept-Language"
        parameters.append(
            {
                "name": parameter.name,
                "in": "query",
                "required": False,
                "description": told,
                "schema": _schema(parameter),
            }
        )
    window: dict[str, object] = {
        "type": "integer",
        "minimum": 1,
        "maximum": MOST_ROWS,
        "default": _ROWS_ASKED,
    }
    offset: dict[str, object] = {"type": "integer", "minimum": 0, "default": 0}
    offered: dict[str, object] = {"type": "string", "enum": [offer.name for offer in OFFERS]}
    for name, told, schema in (
        ("limit", "Rows at most", window),
        ("offset", "Rows passed over", offset),
        ("format", "Format of the answer, before Accept", offered),
    ):
        parameters.append(
            {"name": name, "in": "query", "required": False, "description": told, "schema": schema}
        )
    return parameters
