"""Reads RDF files: plain triples out, by Oxigraph's parser (the ontology needs no store)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from amic_kg.errors import InvalidPayload, InvalidVocabulary


class Text(NamedTuple):
    """A literal: its lexical form, its language tag ('' for none) and its datatype IRI."""

    value: str
    language: str
    datatype: str


class Triple(NamedTuple):
    """Subject and predicate as IRIs (a blank node as `_:id`); the object an IRI or a Text."""

    subject: str
    predicate: str
    object: str | Text


def read_turtle(path: Path) -> Iterator[Triple]:
    """Yield the triples of `path`; raises InvalidVocabulary with line and column."""
    return _read(path, ox.RdfFormat.TURTLE)


def read_rdf(path: Path) -> Iterator[Triple]:
    """Yield the triples of a file in any RDF syntax; its ending tells which."""
    form = ox.RdfFormat.from_extension(path.suffix.lstrip(".").lower())
    if form is None:
        raise InvalidVocabulary(
            path.name,
            f"has an ending that names no RDF syntax ('{path.suffix}')",
            "Use .ttl, .rdf, .nt or .jsonld",
        )
    return _read(path, form)


def _read(path: Path, form: ox.RdfFormat) -> Iterator[Triple]:
    try:
        for quad in ox.parse(path=str(path), format=form):
            yield Triple(
                _name(quad.subject),
                quad.predicate.value,
                Text(quad.object.value, quad.object.language or "", quad.object.datatype.value)
                if isinstance(quad.object, ox.Literal)
                else _name(quad.object),
            )
    except (SyntaxError, ValueError) as error:
        where = f"{path.name}, line {error.lineno}" if isinstance(error, SyntaxError) else path.name
        raise InvalidVocabulary(
            where,
            f"is not {form.name}: {error}",
            "Mend the line; nothing of the file was loaded",
        ) from None


def to_ntriples(path: Path) -> bytes:
    """The file as N-Triples, for a store to load; raises InvalidVocabulary."""
    form = ox.RdfFormat.from_extension(path.suffix.lstrip(".").lower()) or ox.RdfFormat.TURTLE
    try:
        triples = ox.parse(path=str(path), format=form)
        lines = ox.serialize((quad.triple for quad in triples), format=ox.RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError) as error:
        raise InvalidVocabulary(
            path.name, f"is not {form.name}: {error}", "Mend it; nothing of the file was loaded"
        ) from None
    return lines or b""


PAYLOADS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


def payload_ntriples(data: bytes, media_type: str, base: str) -> bytes:
    """RDF that was sent, of a media type in PAYLOADS, as N-Triples; raises InvalidPayload."""
    try:
        quads = ox.parse(
            data, format=PAYLOADS[media_type], base_iri=base, without_named_graphs=True
        )
        lines = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
    except SyntaxError as error:
        place = f"line {error.lineno}, column {error.offset}" if error.lineno else "the content"
        raise InvalidPayload(
            place, f"is not {PAYLOADS[media_type].name}: {error.msg}", "Mend it there"
        ) from None
    except ValueError as error:
        raise InvalidPayload("the content", f"cannot be read: {error}", "Mend it") from None
    return lines or b""


def canonical_quads(quads: bytes) -> list[bytes]:
    """Lines of N-Quads with blank nodes named by RDFC-1.0: https://www.w3.org/TR/rdf-canon/"""
    dataset = ox.Dataset(ox.parse(quads, format=ox.RdfFormat.N_QUADS, lenient=True))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    written = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b""
    return written.splitlines(keepends=True)


def _name(term: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
    if isinstance(term, ox.NamedNode):
        return term.value
    if isinstance(term, ox.BlankNode):
        return f"_:{term.value}"
    raise InvalidVocabulary("triple term", "is not RDF 1.1", "Write it as a reified statement")
