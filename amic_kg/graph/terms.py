"""Terms of RDF as N-Triples text: what every store loads, and the fastest thing to write.

Specification: https://www.w3.org/TR/n-triples/
"""

from __future__ import annotations

import re

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
BIBO = "http://purl.org/ontology/bibo/"
FOAF = "http://xmlns.com/foaf/0.1/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
OA = "http://www.w3.org/ns/oa#"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA = "https://schema.org/"
MRDI = "https://w3id.org/amic/ontology#"
RFC8118 = "http://tools.ietf.org/rfc/rfc8118"

PREFIXES = {
    "rdf": RDF,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": XSD,
    "dc": DC,
    "dcterms": DCTERMS,
    "bibo": BIBO,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "oa": OA,
    "prov": PROV,
    "schema": SCHEMA,
    "geo": "http://www.opengis.net/ont/geosparql#",
    "mrdi": MRDI,
}

_ESCAPES = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}
_ESCAPED = re.compile('[\\\\"\n\r\t\b\f]')
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def iri(value: str) -> str:
    """`<value>`; raises ValueError for a string that is no IRI (RFC 3987, IRIREF)."""
    if _NOT_IN_IRI.search(value) or ":" not in value:
        raise ValueError(f"not an IRI: {value!r}")
    return f"<{value}>"


def text(value: str, language: str = "") -> str:
    """A literal, with a language tag unless `language` is '' or `und`."""
    quoted = _ESCAPED.sub(lambda match: _ESCAPES[match.group()], value)
    return f'"{quoted}"@{language}' if language not in ("", "und") else f'"{quoted}"'


def typed(value: object, datatype: str) -> str:
    """A literal of an XML Schema type, given by its local name."""
    return f'"{value}"^^<{XSD}{datatype}>'


def quads_in(graph: str, triples: bytes) -> bytes:
    """N-Triples, one a line, as N-Quads of `graph`."""
    return triples.replace(b" .\n", f" <{graph}> .\n".encode())
