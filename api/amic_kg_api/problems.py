"""Errors as answers: one table from error class to problem+json, or to a page for people.

RFC 9457: https://www.rfc-editor.org/rfc/rfc9457
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from amic_kg import errors
from amic_kg_api import refusals
from amic_kg_api.negotiate import wants_html
from amic_kg_api.rendering import pages_of
from amic_kg_api.services import services_of
from amic_kg_api.translations import msgid, read_words
from amic_kg_api.visitors import visitor_of

MEDIA_TYPE = "application/problem+json"
_RETRY_SECONDS = 5
_RETRY_WRITE_SECONDS = 60
_PLACE = re.compile(r"line (?P<line>\d+), column (?P<column>\d+)")


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """What all problems of one kind share: HTTP status, name in the `type` IRI, title."""

    status: int
    name: str
    title: str


_INTERNAL = ProblemKind(500, "internal", msgid("Something went wrong here"))

TABLE: Mapping[type[Exception], ProblemKind] = {
    refusals.InvalidParameter: ProblemKind(
        400, "invalid-parameter", msgid("A parameter cannot be read")
    ),
    refusals.UnfitValue: ProblemKind(422, "unfit-value", msgid("A value does not fit")),
    errors.InvalidQuery: ProblemKind(400, "invalid-query", msgid("The query cannot be run")),
    refusals.KeyRequired: ProblemKind(401, "key-required", "A key is needed"),
    refusals.WritingOff: ProblemKind(403, "writing-off", "This server takes no such writes"),
    errors.OwnedGraph: ProblemKind(403, "owned-graph", "This graph is not written by hand"),
    errors.InvalidPayload: ProblemKind(400, "invalid-payload", "The RDF cannot be read"),
    refusals.NoSuchGraph: ProblemKind(404, "no-such-graph", "There is no such graph here"),
    refusals.Restricted: ProblemKind(
        403, "restricted", msgid("The text of this document is not public")
    ),
    # RFC 9110, section 15.5.11: it was here, and those who link to it may forget it.
    refusals.Gone: ProblemKind(410, "gone", msgid("This document has been withdrawn")),
    errors.UnknownThing: ProblemKind(404, "not-found", msgid("There is nothing here")),
    refusals.NotAcceptable: ProblemKind(
        406, "not-acceptable", msgid("There is no such format here")
    ),
    refusals.BodyTooLarge: ProblemKind(413, "body-too-large", msgid("The request is too large")),
    refusals.UnsupportedBody: ProblemKind(
        415, "unsupported-body", msgid("The request is of a kind that is not read")
    ),
    errors.LimitExceeded: ProblemKind(422, "limit-exceeded", msgid("The answer is too large")),
    # RFC 6585, section 4
    errors.TooManyQueries: ProblemKind(429, "too-many-queries", msgid("Too many queries at once")),
    errors.InputError: ProblemKind(422, "input", msgid("The input cannot be used")),
    errors.WorkerLost: ProblemKind(500, "worker-lost", msgid("The query broke off")),
    errors.QueryTimeout: ProblemKind(504, "query-timeout", msgid("The query took too long")),
    errors.ServiceBusy: ProblemKind(503, "busy", msgid("The service is busy")),
    errors.StoreLocked: ProblemKind(503, "being-written", "The graph is being written"),
    errors.SystemFault: ProblemKind(
        503, "unavailable", msgid("A part of the service does not answer")
    ),
    Exception: _INTERNAL,
}
"""The nearest class in an error's ancestry says what the answer is."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem as it is told; `further` are the members beyond those of RFC 9457."""

    kind: ProblemKind
    detail: str
    cause: str
    remedy: str
    further: Mapping[str, object] = field(default_factory=dict)


def problem_of(error: Exception) -> Problem:
    """The problem that an error is, by the table."""
    kind = next(TABLE[ancestor] for ancestor in type(error).__mro__ if ancestor in TABLE)
    if isinstance(error, errors.InputError):
        further: dict[str, object] = {}
        if isinstance(error, refusals.InvalidParameter):
            further["parameter"] = error.subject
        if isinstance(error, refusals.NotAcceptable | refusals.UnknownParameter):
            further["offers"] = list(error.offers)
        if (place := _PLACE.fullmatch(error.subject)) is not None:
            further |= {"line": int(place["line"]), "column": int(place["column"])}
        detail = f"{error.subject}: {error.cause}"
        return Problem(kind, detail, error.cause, error.remedy, further)
    if isinstance(error, errors.StoreLocked):
        # What it says is for the machine's own people: folders and processes.
        cause = "Documents are being taken in, and one writer works at a time; nothing was changed"
        return Problem(kind, cause, cause, "Send it again when that has ended")
    if isinstance(error, errors.SystemFault):
        return Problem(kind, error.cause, error.cause, error.remedy)
    # What broke inside is for the log: an answer must not tell of files and code.
    cause = msgid("The server met a fault that it did not expect")
    remedy = msgid("Try again; if it stays, tell the operator what you did")
    return Problem(kind, cause, cause, remedy)


def answer_problem(
    request: Request, problem: Problem, headers: Mapping[str, str] | None = None
) -> Response:
    """The problem as JSON, or as a page when a person reads and the address is not of the API."""
    headers = dict(headers or {})
    if problem.kind.status == 401:
        # https://www.rfc-editor.org/rfc/rfc6750#section-3
        headers["WWW-Authenticate"] = 'Bearer realm="amic-kg"'
    if problem.kind.status in (429, 503):
        written = problem.kind is TABLE[errors.StoreLocked]
        headers["Retry-After"] = str(_RETRY_WRITE_SECONDS if written else _RETRY_SECONDS)
    if wants_html(request) and not request.url.path.startswith("/api/"):
        return pages_of(request).render(
            visitor_of(request),
            "problem.html",
            status=problem.kind.status,
            headers=headers,
            problem=problem,
        )
    # RFC 9457, section 3.1.3: the texts may be in the reader's language. A program that names none
    # gets them as the log has them.
    visitor = visitor_of(request)
    words = read_words()[visitor.language if visitor.named else "en"]
    headers["Content-Language"] = words.language
    return JSONResponse(
        {
            "type": f"{services_of(request).iris.base}docs#{problem.kind.name}",
            "title": words.text(problem.kind.title),
            "status": problem.kind.status,
            "detail": problem.detail.replace(problem.cause, words.text(problem.cause)),
            "remedy": words.text(problem.remedy),
            "instance": request.url.path,
            **problem.further,
        },
        problem.kind.status,
        {"Vary": "Accept", **headers},
        MEDIA_TYPE,
    )


def answer_error(request: Request, error: Exception) -> Response:
    return answer_problem(request, problem_of(error))


def answer_invalid_parameters(request: Request, error: RequestValidationError) -> Response:
    """Every parameter that does not fit, named; 400, as a client's mistake is."""
    found = [_parameter(item) for item in error.errors()]
    first = found[0]
    problem = Problem(
        TABLE[refusals.InvalidParameter],
        "; ".join(f"{item['parameter']}: {item['message']}" for item in found),
        f"{first['parameter']}: {first['message']}",
        msgid("See the list of parameters in the documentation of the interfaces"),
        {"parameter": first["parameter"], "errors": found},
    )
    return answer_problem(request, problem)


def _parameter(item: Mapping[str, object]) -> dict[str, str]:
    where = item.get("loc")
    # ('query', 'size') or ('query', 'kind', 0): the name is what the client wrote.
    steps = where if isinstance(where, Sequence) else ()
    name = str(steps[1]) if len(steps) > 1 else str(steps[0] if steps else "request")
    return {"parameter": name, "message": str(item.get("msg", "cannot be read"))}


def answer_http_error(request: Request, error: HTTPException) -> Response:
    """What the web framework refuses by itself: unknown addresses, methods that are not there."""
    if error.status_code == 404:
        missing = refusals.NoSuchPage(
            request.url.path,
            msgid("no page has this address"),
            msgid("Search from the start page, or check the address"),
        )
        return answer_error(request, missing)
    if error.status_code == 405:
        kind = ProblemKind(405, "method-not-allowed", msgid("This cannot be done here"))
        allowed = (error.headers or {}).get("Allow", "GET, HEAD")
        problem = Problem(
            kind,
            f"{request.method} is not among {allowed}",
            msgid("the address does not take this method"),
            msgid("Read it with GET"),
        )
        return answer_problem(request, problem, error.headers)
    kind = ProblemKind(error.status_code, "http", str(error.detail))
    return answer_problem(request, Problem(kind, str(error.detail), str(error.detail), ""))
