"""Content negotiation: which of the formats that there are does a request want?

RFC 9110, section 12: https://www.rfc-editor.org/rfc/rfc9110#section-12
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request

from amic_kg.ports import QueryForm
from amic_kg_api.refusals import InvalidParameter, NotAcceptable


@dataclass(frozen=True, slots=True)
class Format:
    """A representation: its name in `?format=`, its media type, its name for people.

    `also` are media types by which older clients ask for the same.
    """

    name: str
    media_type: str
    title: str
    also: tuple[str, ...] = ()


HTML = Format("html", "text/html", "HTML", ("application/xhtml+xml",))
TURTLE = Format("ttl", "text/turtle", "Turtle", ("application/x-turtle",))
JSON_LD = Format("jsonld", "application/ld+json", "JSON-LD", ("application/json",))
N_TRIPLES = Format("nt", "application/n-triples", "N-Triples", ("text/plain",))
RDF_XML = Format("rdf", "application/rdf+xml", "RDF/XML", ("application/xml", "text/xml"))
TRIG = Format("trig", "application/trig", "TriG", ("application/x-trig",))
N_QUADS = Format("nq", "application/n-quads", "N-Quads")
ROWS_JSON = Format("json", "application/sparql-results+json", "JSON", ("application/json",))
ROWS_XML = Format("xml", "application/sparql-results+xml", "XML", ("application/xml", "text/xml"))
CSV = Format("csv", "text/csv", "CSV")
TSV = Format("tsv", "text/tab-separated-values", "TSV")

GRAPH_FORMATS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
QUAD_FORMATS = (TRIG, N_QUADS)
"""Formats with graph names: a graph result stands in their default graph."""
ROW_FORMATS = (ROWS_JSON, ROWS_XML, CSV, TSV)
# CSV and TSV are defined for SELECT alone: https://www.w3.org/TR/sparql11-results-csv-tsv/
FORMATS_OF: Mapping[QueryForm, tuple[Format, ...]] = {
    "rows": ROW_FORMATS,
    "boolean": (ROWS_JSON, ROWS_XML),
    "graph": (*GRAPH_FORMATS, *QUAD_FORMATS),
}

_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


def choose(request: Request, offers: Sequence[Format], *, named: str | None = None) -> Format:
    """The format to answer with: `?format=` goes before Accept; raises NotAcceptable (406).

    Of formats that the client wants equally, the first of `offers` wins. `named` is a format that
    the request names in its body.
    """
    named = named or request.query_params.get("format")
    if named:
        return _by_name(named, offers)
    accept = ",".join(request.headers.getlist("accept"))
    chosen = preferred(accept, offers)
    if chosen is None:
        raise NotAcceptable(
            f"Accept: {accept}",
            "none of these formats is offered here",
            "Ask for one of the formats that are, by Accept or by ?format=",
            tuple(offer.media_type for offer in offers),
        )
    return chosen


def preferred(accept: str, offers: Sequence[Format]) -> Format | None:
    """The offer that an Accept header wants most; an empty header takes anything."""
    ranges = list(_ranges(accept)) or [("*/*", 1.0)]
    best, best_quality = None, 0.0
    for offer in offers:
        # Another name of a format counts when it is asked for: a wildcard means the format's own.
        named = [quality for name, quality in ranges if name in offer.also]
        quality = max([_quality(offer.media_type, ranges), *named])
        if quality > best_quality:
            best, best_quality = offer, quality
    return best


def wants_html(request: Request) -> bool:
    """Whether a person reads the answer: HTML is asked for by name, and not less than data."""
    accept = ",".join(request.headers.getlist("accept"))
    ranges = [(name, quality) for name, quality in _ranges(accept) if name != "*/*"]
    html = _quality(HTML.media_type, ranges)
    return html > 0 and html >= _quality("application/json", ranges)


def preferred_language(header: str, offers: Sequence[str]) -> str | None:
    """The language that an Accept-Language header wants most, by RFC 4647 lookup: fi-FI is fi."""
    best, best_quality = None, 0.0
    for name, quality in _ranges(header):
        language = name.split("-", 1)[0]
        if language in offers and quality > best_quality:
            best, best_quality = language, quality
    return best


def _by_name(named: str, offers: Sequence[Format]) -> Format:
    wanted = named.lower().replace(" ", "+")  # a bare + in a query string arrives as a blank
    for offer in offers:
        if wanted in (offer.name, offer.title.lower(), offer.media_type, *offer.also):
            return offer
    raise InvalidParameter(
        "format",
        f"{named!r} is not offered here",
        f"Use one of {', '.join(offer.name for offer in offers)}",
    )


def _ranges(header: str) -> Iterator[tuple[str, float]]:
    """The members of an Accept header with their weight; what is malformed is passed over."""
    for member in header.split(","):
        name, *parameters = (part.strip().lower() for part in member.split(";"))
        if not name:
            continue
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                value = value.strip()
                quality = float(value) if _QUALITY.fullmatch(value) else 0.0
        yield name, quality


def _quality(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The weight of the most specific range that covers `media_type` (RFC 9110, section 12.5.1)."""
    for covering in (media_type, f"{media_type.partition('/')[0]}/*", "*/*"):
        qualities = [quality for name, quality in ranges if name == covering]
        if qualities:
            return max(qualities)
    return 0.0
