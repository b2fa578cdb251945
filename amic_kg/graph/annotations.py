"""Places in a page text as Web Annotations: page, quote and position of a mention or statement.

https://www.w3.org/TR/annotation-model/#selectors; the page is a fragment of RFC 8118.
"""

from __future__ import annotations

from collections.abc import Iterator

from amic_kg.graph.terms import DCTERMS, MRDI, OA, PROV, RDF, RFC8118, iri, text, typed
from amic_kg.records import Mention, Statement

Triples = Iterator[tuple[str, str, str]]

TYPE = f"<{RDF}type>"


def annotation(
    node: str, run: str, body: str, target: str, confidence: float, *, about: str | None = None
) -> Triples:
    """An annotation that says `body` of `target`; `about` is the motivation it has, if told."""
    yield node, TYPE, f"<{OA}Annotation>"
    yield node, f"<{OA}hasBody>", body
    if about is not None:
        yield node, f"<{OA}motivatedBy>", iri(OA + about)
    yield node, f"<{OA}hasTarget>", target
    yield node, f"<{MRDI}confidence>", typed(f"{confidence:.2f}", "decimal")
    yield node, f"<{PROV}wasGeneratedBy>", run


def target(document: str, stem: str, place: Mention | Statement) -> Triples:
    """Where `place` stands; `stem` is the fragment of its nodes: "#mention-1"."""
    node = f"{document[:-1]}{stem}"
    page, quote, position = f"{node}-page>", f"{node}-quote>", f"{node}-position>"
    yield f"{node}-target>", f"<{OA}hasSource>", document
    yield f"{node}-target>", f"<{OA}hasSelector>", page
    yield page, TYPE, f"<{OA}FragmentSelector>"
    yield page, f"<{RDF}value>", text(f"page={place.page}")
    yield page, f"<{DCTERMS}conformsTo>", f"<{RFC8118}>"
    yield page, f"<{OA}refinedBy>", quote
    yield page, f"<{OA}refinedBy>", position
    yield quote, TYPE, f"<{OA}TextQuoteSelector>"
    yield quote, f"<{OA}exact>", text(place.surface)
    yield quote, f"<{OA}prefix>", text(place.prefix)
    yield quote, f"<{OA}suffix>", text(place.suffix)
    yield position, TYPE, f"<{OA}TextPositionSelector>"
    yield position, f"<{OA}start>", typed(place.start, "nonNegativeInteger")
    yield position, f"<{OA}end>", typed(place.end, "nonNegativeInteger")
