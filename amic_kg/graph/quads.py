"""An extraction as the triples of its document's named graph; pure: same record, same triples.

Bibliographic record in Dublin Core and BIBO, what the source states of things, mentions as Web
Annotations, statements beside their evidence. No time of day stands in the graph: the ledger knows
it.
"""

from __future__ import annotations

from collections.abc import Sequence

from amic_kg.graph.annotations import TYPE, Triples, annotation, target
from amic_kg.graph.given import given_triples
from amic_kg.graph.statements import candidate_triples, facing, statement_triples
from amic_kg.graph.terms import (
    BIBO,
    DC,
    DCTERMS,
    FOAF,
    MRDI,
    PROV,
    SCHEMA,
    SKOS,
    iri,
    text,
    typed,
)
from amic_kg.iris import Iris
from amic_kg.records import STANDARD_THRESHOLDS, BibliographicRecord, Extraction, Mention

_COMMISSIONER = f"{MRDI}commissioner"


def document_triples(
    extraction: Extraction,
    iris: Iris,
    *,
    most_mentions: int | None = None,
    plain_from: float = STANDARD_THRESHOLDS.fact,
) -> bytes:
    """The named graph of one document as N-Triples.

    Of a restricted document the graph holds the public record and subjects, never its words.
    With `most_mentions` it holds the first so many of them, and as few statements and candidates:
    the face that the gate looks at. Statements are plain triples too from the confidence
    `plain_from`.
    """
    subject = iri(iris.output(extraction.key))
    lines = [
        f"{s} {p} {o} .\n" for s, p, o in _triples(subject, extraction, most_mentions, plain_from)
    ]
    return "".join(lines).encode()


def _triples(
    subject: str, extraction: Extraction, most_mentions: int | None, plain_from: float
) -> Triples:
    record = list(_record(subject, extraction.record))
    if not any(s.predicate == _COMMISSIONER and s.datatype is None for s in extraction.statements):
        # One that the registry knows is linked by its statement, and needs no node of its own.
        names = extraction.record.commissioners
        record += _named(subject, "commissioner", "Organization", f"<{SKOS}prefLabel>", names)
    yield from record
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
    yield from given_triples(subject, extraction.things[:most_mentions])
    run = f"{subject[:-1]}#run>"
    yield run, TYPE, f"<{PROV}Activity>"
    yield run, f"<{MRDI}pipelineVersion>", text(extraction.pipeline_version)
    yield subject, f"<{PROV}wasGeneratedBy>", run
    if extraction.record.access == "open":
        for number, mention in enumerate(extraction.mentions[:most_mentions], 1):
            yield from _mention(subject, run, number, mention)
        statements = facing(extraction.statements, most_mentions)
        recorded = {predicate for _, predicate, _ in record}
        yield from statement_triples(subject, run, statements, plain_from, recorded)
        yield from candidate_triples(extraction.candidates[:most_mentions])


def _record(subject: str, record: BibliographicRecord) -> Triples:
    yield subject, TYPE, f"<{MRDI}Output>"
    if record.kind != "Output":
        yield subject, TYPE, iri(MRDI + record.kind)
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
    if record.degree:
        yield subject, f"<{MRDI}degree>", text(record.degree)
    for name, numbers in (("isbn", record.isbns), ("issn", record.issns)):
        yield from ((subject, f"<{BIBO}{name}>", text(number)) for number in numbers)
    yield from _named(subject, "supervisor", "Person", f"<{FOAF}name>", record.supervisors)


def _named(subject: str, role: str, kind: str, naming: str, names: Sequence[str]) -> Triples:
    """A node of the document for each: a name alone does not say who of that name it is."""
    for number, name in enumerate(names, 1):
        node = f"{subject[:-1]}#{role}-{number}>"
        yield subject, f"<{MRDI}{role}>", node
        yield node, TYPE, f"<{MRDI}{kind}>"
        yield node, naming, text(name)


def _mention(subject: str, run: str, number: int, mention: Mention) -> Triples:
    stem = f"#mention-{number}"
    node = f"{subject[:-1]}{stem}>"
    place = f"{subject[:-1]}{stem}-target>"
    yield from annotation(node, run, iri(mention.entity), place, mention.confidence)
    if mention.status == "proposed":
        yield node, f"<{MRDI}reviewStatus>", f"<{MRDI}status-proposed>"
    yield from target(subject, stem, mention)
