"""Talking SPARQL over HTTP: where a store's endpoints are, and what its refusals mean to us.

Specifications: https://www.w3.org/TR/sparql11-protocol/ and
https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from amic_kg.errors import (
    AmicError,
    InvalidQuery,
    InvalidSetting,
    ServiceBusy,
    ServiceDown,
    ServiceUnavailable,
    SystemFault,
)
from amic_kg.graph.query_limits import too_slow

_JSON_ROWS = "application/sparql-results+json"
_PLACE = re.compile(r"\bline (\d+), column (\d+)", re.IGNORECASE)
_OPENING = re.compile(r"^[\w ]*error\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where a store takes queries, graphs and updates; `update` is '' when it is not known.

    `shown` names the store in messages, without a password.
    """

    query: str
    graphs: str
    update: str
    shown: str

    @classmethod
    def of(cls, setting: str) -> Endpoints:
        """Raises InvalidSetting for what is not one, two or three http(s) URLs."""
        urls = [url.rstrip("/") for url in setting.split()]
        try:
            parsed = [httpx.URL(url) for url in urls]
        except httpx.InvalidURL:
            parsed = []
        if len(parsed) not in (1, 2, 3) or any(
            not url.host or url.scheme not in ("http", "https") for url in parsed
        ):
            raise InvalidSetting(
                "AMIC_SPARQL_URL",
                "is neither one URL, of a dataset, nor those of query endpoint, graph store and "
                "(for updates) update endpoint",
                "Give one such as http://127.0.0.1:3030/ds",
            )
        shown = str(parsed[0].copy_with(userinfo=b""))
        if len(urls) == 1:
            return cls(f"{urls[0]}/query", f"{urls[0]}/data", f"{urls[0]}/update", shown)
        return cls(urls[0], urls[1], urls[2] if len(urls) == 3 else "", shown)


@contextmanager
def faults(endpoints: Endpoints) -> Iterator[None]:
    """Turns what can go wrong below HTTP into ServiceDown."""
    try:
        yield
    except httpx.HTTPError as error:
        why = str(error) or type(error).__name__
        raise ServiceDown(
            f"The SPARQL store at {endpoints.shown} does not answer ({why})",
            "Start it, or check AMIC_SPARQL_URL",
        ) from None


@dataclass(frozen=True, slots=True)
class SmallAnswer:
    """An answer to a short query of our own: headers, and the JSON of the result."""

    headers: httpx.Headers
    result: dict[str, Any]

    @property
    def values(self) -> list[str]:
        """Each `?value` of the rows."""
        return [
            row["value"]["value"] for row in self.result["results"]["bindings"] if "value" in row
        ]


def ask(client: httpx.Client, endpoints: Endpoints, query: str, *, seconds: float) -> SmallAnswer:
    """Raises ServiceUnavailable, ServiceBusy or SystemFault; waits `seconds` at most."""
    with faults(endpoints):
        response = client.post(
            endpoints.query, data={"query": query}, headers={"Accept": _JSON_ROWS}, timeout=seconds
        )
    check(response, endpoints)
    try:
        return SmallAnswer(response.headers, response.json())
    except ValueError:
        raise ServiceUnavailable(
            f"What answers at {endpoints.shown} is no SPARQL endpoint", "Check AMIC_SPARQL_URL"
        ) from None


def query_fault(
    response: httpx.Response, endpoints: Endpoints, seconds: float, shift: int
) -> AmicError:
    """What a status that is no success says of a query (protocol, section 2.1.6).

    `shift` characters were put before the user's first line.
    """
    said = _first_line(response)
    if response.status_code == httpx.codes.BAD_REQUEST:
        return _refused_query(said, shift)
    if response.status_code in (408, 504) or "timed out" in said.lower():
        return too_slow(seconds)
    return _fault(response, endpoints)


def update_fault(
    response: httpx.Response, endpoints: Endpoints, position: Callable[[int, int], tuple[int, int]]
) -> AmicError:
    """What a status that is no success says of an update; `position` finds the user's place."""
    said = _first_line(response)
    if response.status_code != httpx.codes.BAD_REQUEST:
        return _fault(response, endpoints)
    place = _PLACE.search(said)
    if not place:
        return InvalidQuery("the update", f"is refused by the store: {said}", "Change it")
    line, column = position(int(place.group(1)), int(place.group(2)))
    return InvalidQuery(
        f"line {line}, column {column}",
        f"the update does not parse: {_cause(said, place)}",
        "Mend it there",
    )


def check(response: httpx.Response, endpoints: Endpoints) -> None:
    """Raises what a status that is no success means."""
    if not response.is_success:
        raise _fault(response, endpoints)


def _fault(response: httpx.Response, endpoints: Endpoints) -> SystemFault:
    status, said = response.status_code, _first_line(response)
    if status in (401, 403, 404, 405):
        return ServiceUnavailable(
            f"{endpoints.shown} refuses {response.request.method} on "
            f"{response.request.url.path} ({status} {response.reason_phrase})",
            "Check AMIC_SPARQL_URL: dataset, name and password, and that it may be written to",
        )
    if status == 429:
        return ServiceBusy(f"The SPARQL store at {endpoints.shown} is busy", "Try again later")
    if status in (502, 503, 504):
        return ServiceDown(
            f"The SPARQL store at {endpoints.shown} is not available ({said})", "Try again later"
        )
    return SystemFault(
        f"The SPARQL store at {endpoints.shown} failed ({status}: {said})", "See its log"
    )


def _first_line(response: httpx.Response) -> str:
    lines = (line.strip() for line in response.text.splitlines())
    return next((line for line in lines if line), response.reason_phrase)[:300].rstrip(".")


def _refused_query(said: str, shift: int) -> InvalidQuery:
    place = _PLACE.search(said)
    if not place:
        return InvalidQuery("the query", f"is refused by the store: {said}", "Mend it")
    line, column = int(place.group(1)), int(place.group(2))
    if line == 1:
        column = max(column - shift, 1)
    return InvalidQuery(
        f"line {line}, column {column}",
        f"the query does not parse: {_cause(said, place)}",
        "Mend it there",
    )


def _cause(said: str, place: re.Match[str]) -> str:
    return _OPENING.sub("", said.replace(place.group(), "")).strip(" ,:.").removesuffix(" at")
