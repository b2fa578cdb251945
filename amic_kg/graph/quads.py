"""An extraction as the triples of its document's named graph; pure: same record, same triples.

Bibliographic record in Dublin Core and BIBO, mentions as Web Annotations
(https://www.w3.org/TR/annotation-model/): the page by an RFC 8118 fragment, refined by the quote
and by its position in the page text. No time of day stands in the graph: the ledger knows it.
"""

from __future__ import annotations

from collections.abc import Iterator

from amic_kg.graph.terms import (
    BIBO,
    DC,
    DCTERMS,
    MRDI,
    OA,
    PROV,
    RDF,
    RFC8118,
    SCHEMA,
    iri,
    text,
    typed,
)
from amic_kg.iris import Iris
from amic_kg.records import BibliographicRecord, Extraction, Mention

Triples = Iterator[tuple[str, str, str]]

_TYPE = f"<{RDF}type>"


def document_triples(
    extraction: Extraction, iris: Iris, *, most_mentions: int | None = None
) -> bytes:
    """The named graph of one document as N-Triples.

    Of a restricted document the graph holds the public record and subjects, never its words.
    With `most_mentions` it holds the first so many of them: the face that the gate looks at.
    """
    subject = iri(iris.output(extraction.key))
    lines = [f"{s} {p} {o} .\n" for s, p, o in _triples(subject, extraction, most_mentions)]
    return "".join(lines).encode()


def _triples(subject: str, extraction: Extraction, most_mentions: int | None) -> Triples:
    yield from _record(subject, extraction.record)
    yield subject, f"<{DCTERMS}format>", text(extraction.media_type)
    yield subject, f"<{BIBO}numPages>", typed(len(extraction.pages), "integer")
    yield subject, f"<{MRDI}sha256>", text(extraction.sha256)
    for found in extraction.subjects:
        yield subject, f"<{DCTERMS}subject>", iri(found.entity)
    named = {mention.entity for mention in extraction.mentions[:most_mentions]}
    if extraction.record.access != "open":
        # What else is named would tell of the text; the subjects are part of the public record.
        named &= {found.entity for found in extraction.subjects}
    for entity in sorted(named):
        yield subject, f"<{SCHEMA}mentions>", iri(entity)
    run = f"{subject[:-1]}#run>"
    yield run, _TYPE, f"<{PROV}Activity>"
    yield run, f"<{MRDI}pipelineVersion>", text(extraction.pipeline_version)
    yield subject, f"<{PROV}wasGeneratedBy>", run
    if extraction.record.access == "open":
        for number, mention in enumerate(extraction.mentions[:most_mentions], 1):
            yield from _mention(subject, run, number, mention)


def _record(subject: str, record: BibliographicRecord) -> Triples:
    yield subject, _TYPE, f"<{MRDI}Output>"
    if record.kind != "Output":
        yield subject, _TYPE, iri(MRDI + record.kind)
    for language, title in record.title.items():
        yield subject, f"<{DCTERMS}title>", text(title, language)
    for language, abstract in record.abstract.items():
        yield subject, f"<{DCTERMS}abstract>", text(abstract, language)
    for name, values in (
        ("creator", record.creators),
        ("contributor", record.contributors),
        ("publisher", record.publishers),
        ("language", record.languages),
        ("subject", record.subjects),
        ("relation", record.projects),
    ):
        for value in values:
            yield subject, f"<{DC}{name}>", text(value)
    for identifier in record.identifiers:
        yield subject, f"<{DCTERMS}identifier>", text(identifier)
    if record.issued:
        kind = {4: "gYear", 7: "gYearMonth", 10: "date"}[len(record.issued)]
        yield subject, f"<{DCTERMS}issued>", typed(record.issued, kind)
        yield subject, f"<{MRDI}year>", typed(record.year, "integer")
    if record.series:
        yield subject, f"<{DCTERMS}isPartOf>", text(record.series)
    if record.license:
        yield subject, f"<{DCTERMS}license>", text(record.license)
    yield subject, f"<{DCTERMS}accessRights>", text(record.access)
    for number in record.work_packages:
        yield subject, f"<{MRDI}workPackage>", typed(number, "integer")


def _mention(subject: str, run: str, number: int, mention: Mention) -> Triples:
    node = f"{subject[:-1]}#mention-{number}"
    annotation, target = f"{node}>", f"{node}-target>"
    page, quote, position = f"{node}-page>", f"{node}-quote>", f"{node}-position>"
    yield annotation, _TYPE, f"<{OA}Annotation>"
    yield annotation, f"<{OA}hasBody>", iri(mention.entity)
    yield annotation, f"<{OA}hasTarget>", target
    yield annotation, f"<{MRDI}confidence>", typed(f"{mention.confidence:.2f}", "decimal")
    yield annotation, f"<{PROV}wasGeneratedBy>", run
    yield target, f"<{OA}hasSource>", subject
    yield target, f"<{OA}hasSelector>", page
    yield page, _TYPE, f"<{OA}FragmentSelector>"
    yield page, f"<{RDF}value>", text(f"page={mention.page}")
    yield page, f"<{DCTERMS}conformsTo>", f"<{RFC8118}>"
    yield page, f"<{OA}refinedBy>", quote
    yield page, f"<{OA}refinedBy>", position
    yield quote, _TYPE, f"<{OA}TextQuoteSelector>"
    yield quote, f"<{OA}exact>", text(mention.surface)
    yield quote, f"<{OA}prefix>", text(mention.prefix)
    yield quote, f"<{OA}suffix>", text(mention.suffix)
    yield position, _TYPE, f"<{OA}TextPositionSelector>"
    yield position, f"<{OA}start>", typed(mention.start, "nonNegativeInteger")
    yield position, f"<{OA}end>", typed(mention.end, "nonNegativeInteger")
