"""Statements, studies, stances and candidates as triples, each beside its evidence.

A statement is always a mrdi:Statement with its quote; the plain triple stands beside it only where
it is sure enough and no curator rejected it, so that a query over plain triples meets no doubt.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from amic_kg.graph.annotations import TYPE, Triples, annotation, target
from amic_kg.graph.terms import DCTERMS, MRDI, PROV, RDF, SKOS, iri, text, typed
from amic_kg.records import STANDARD_THRESHOLDS, Candidate, Statement

_NODE = re.compile(r"(?P<kind>study|stance)-\d+")
_LINKS = frozenset(
    MRDI + name
    for name in (
        "appliesMethod", "dataCollection", "studiesSite", "studiesCommodity", "discussesTheme",
        "discussesFactor", "discussesPractice", "stakeholder", "usesInfrastructure",
    )
)  # fmt: skip
_ONCE = frozenset(
    (*(MRDI + name for name in ("sampleSize", "trl", "stance", "year")),
     *(DCTERMS + name for name in ("issued", "isPartOf", "license", "title", "abstract")))
)  # fmt: skip
"""What a study, a stance or a document has one of: of two the surer stands."""


def statement_triples(
    document: str,
    run: str,
    statements: Sequence[Statement],
    plain_from: float = STANDARD_THRESHOLDS.fact,
    recorded: Collection[str] = (),
) -> Triples:
    """Every statement with its evidence, the plain triples, and the nodes that these speak of.

    `document` and `run` are terms (`<…>`). Quotes that several statements share are written once.
    What the record of the document tells already (`recorded`: predicates as terms) no statement
    tells again as a plain triple: the record may know better than the text.
    """
    quotes: dict[tuple[int, int, int], int] = {}
    for number, statement in enumerate(statements, 1):
        place = (statement.page, statement.start, statement.end)
        if place not in quotes:
            quotes[place] = len(quotes) + 1
            yield from target(document, f"#quote-{quotes[place]}", statement)
        node = f"{document[:-1]}#statement-{number}>"
        yield node, TYPE, f"<{MRDI}Statement>"
        yield node, f"<{RDF}subject>", _subject(document, statement)
        yield node, f"<{RDF}predicate>", iri(statement.predicate)
        yield node, f"<{RDF}object>", _object(document, statement)
        yield node, f"<{MRDI}evidence>", _evidence(document, number)
        yield node, f"<{MRDI}confidence>", typed(f"{statement.confidence:.2f}", "decimal")
        yield node, f"<{MRDI}reviewStatus>", iri(f"{MRDI}status-{statement.status}")
        yield node, f"<{PROV}wasGeneratedBy>", run
        yield from annotation(
            _evidence(document, number),
            run,
            node,
            f"{document[:-1]}#quote-{quotes[place]}-target>",
            statement.confidence,
            about="describing",
        )
    yield from _plain(document, statements, plain_from, recorded)


def candidate_triples(candidates: Sequence[Candidate]) -> Triples:
    """What no registry knows: named and typed, and whether a curator has accepted it."""
    for candidate in candidates:
        if candidate.status == "rejected":
            continue
        node = iri(candidate.iri)
        yield node, TYPE, iri(MRDI + candidate.type)
        yield node, f"<{SKOS}prefLabel>", text(candidate.label, candidate.language)
        yield node, f"<{MRDI}reviewStatus>", iri(f"{MRDI}status-{candidate.status}")


def facing(statements: Sequence[Statement], most: int | None) -> tuple[Statement, ...]:
    """A few statements that show every way of writing one: the first of each kind of subject.

    Studies and stances are whole, for the shapes ask what they must have.
    """
    if most is None:
        return tuple(statements)
    nodes = {
        kind: statement.subject
        for statement in reversed(statements)
        if (kind := _kind(statement.subject))
    }
    others = [s for s in statements if not _kind(s.subject)]
    chosen = {id(s) for s in others[:most]}
    return tuple(s for s in statements if id(s) in chosen or s.subject in nodes.values())


def _plain(
    document: str, statements: Sequence[Statement], plain_from: float, recorded: Collection[str]
) -> Triples:
    """The triples themselves, and what makes a study or a stance of a node."""
    numbered = {id(statement): number for number, statement in enumerate(statements, 1)}
    sure = [
        s
        for s in statements
        if (s.status == "accepted" or (s.status == "proposed" and s.confidence >= plain_from))
        and (s.subject or iri(s.predicate) not in recorded)
    ]
    about: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in sure:
        about[statement.subject].append(statement)
    whole = {node for node, said in about.items() if _is_whole(node, said)}
    for node, said in about.items():
        kind = _kind(node)
        if kind is None:
            linked = [s for s in said if _kind(s.object) is None or s.object in whole]
            shown = linked if node else _once(linked)
        else:
            shown = _once(said) if node in whole else []
        for statement in shown:
            yield (
                _subject(document, statement),
                iri(statement.predicate),
                _object(document, statement),
            )
        if kind in ("study", "stance") and node in whole:
            yield from _described(document, node, kind, shown, numbered)


def _described(
    document: str,
    node: str,
    kind: str,
    said: Sequence[Statement],
    numbered: Mapping[int, int],
) -> Triples:
    """The node of a study or stance: its class, its evidence, and the document that reports it."""
    term = _local(document, node)
    name, link = {
        "study": ("Study", "reportsStudy"),
        "stance": ("ReportedStance", "reportsStance"),
    }[kind]
    accepted = all(statement.status == "accepted" for statement in said)
    yield document, iri(MRDI + link), term
    yield term, TYPE, iri(MRDI + name)
    yield term, f"<{MRDI}confidence>", typed(f"{max(s.confidence for s in said):.2f}", "decimal")
    status = "accepted" if accepted else "proposed"
    yield term, f"<{MRDI}reviewStatus>", iri(f"{MRDI}status-{status}")
    for statement in said:
        yield term, f"<{MRDI}evidence>", _evidence(document, numbered[id(statement)])


def _is_whole(node: str, said: Sequence[Statement]) -> bool:
    """Whether enough is sure for the shapes: a study links to something, a stance has its parts."""
    predicates = {statement.predicate for statement in said}
    match _kind(node):
        case "study":
            return not predicates.isdisjoint(_LINKS)
        case "stance":
            return {f"{MRDI}stakeholder", f"{MRDI}stance", f"{MRDI}towards"} <= predicates
        case _:
            return False


def _once(said: Sequence[Statement]) -> list[Statement]:
    best: dict[str, Statement] = {}
    for statement in said:
        known = best.get(statement.predicate)
        if known is None or statement.confidence > known.confidence:
            best[statement.predicate] = statement
    return [s for s in said if s.predicate not in _ONCE or best[s.predicate] is s]


def _kind(term: str) -> str | None:
    match = _NODE.fullmatch(term)
    return match["kind"] if match else None


def _local(document: str, node: str) -> str:
    return f"{document[:-1]}#{node}>"


def _evidence(document: str, number: int) -> str:
    return f"{document[:-1]}#statement-{number}-evidence>"


def _subject(document: str, statement: Statement) -> str:
    if not statement.subject:
        return document
    return (
        _local(document, statement.subject) if _kind(statement.subject) else iri(statement.subject)
    )


def _object(document: str, statement: Statement) -> str:
    if statement.datatype is None:
        node = _kind(statement.object) is not None
        return _local(document, statement.object) if node else iri(statement.object)
    if statement.datatype.startswith("@"):
        return text(statement.object, statement.datatype[1:])
    return typed(statement.object, statement.datatype)
