"""What the graph says of a thing, with names for people: its facts and who points at it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from amic_kg.graph.terms import MRDI, RDF
from amic_kg.ontology import SKOS, Entity
from amic_kg.ports import GraphReader
from amic_kg_api import graph_facts, names
from amic_kg_api.addresses import SiteMap
from amic_kg_api.graph_facts import Fact, Term

_MOST_POINTING = 300
_POINT = re.compile(r"POINT\s*\((-?[\d.]+) (-?[\d.]+)\)")

# Said elsewhere on the page, or of no use to a reader.
_SAID_ELSEWHERE = frozenset(
    (
        f"{RDF}type",
        f"{SKOS}prefLabel",
        f"{SKOS}hiddenLabel",
        f"{SKOS}altLabel",
        f"{SKOS}definition",
        f"{SKOS}broader",
        f"{SKOS}inScheme",
        f"{SKOS}topConceptOf",
        "http://www.w3.org/2000/01/rdf-schema#label",
    )
)


_TAKES_PART = f"{MRDI}hasParticipation"
_SHARE = f"{MRDI}euContribution"


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a fact: its text and the text's language, and where it leads, if anywhere."""

    text: str
    language: str
    link: str | None
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class NamedFact:
    name: str
    values: tuple[Value, ...]


Labels = Mapping[str, Mapping[str, str]]


def graph_entity(graph: GraphReader, iri: str) -> Entity | None:
    """A named thing that only the graph knows, such as a work package."""
    preferred: dict[str, str] = {}
    definition: dict[str, str] = {}
    kind = ""
    for predicate, value in graph_facts.facts_of(graph, iri):
        if predicate == f"{SKOS}prefLabel":
            preferred[value.language or "und"] = value.value
        elif predicate == f"{SKOS}definition":
            definition[value.language or "und"] = value.value
        elif predicate == f"{RDF}type":
            kind = names.local_name(value.value)
    return Entity(iri, kind, preferred, definition=definition) if preferred else None


def facts(
    graph: GraphReader,
    iri: str,
    language: str,
    site: SiteMap,
    *,
    apart: frozenset[str] = frozenset(),
) -> tuple[NamedFact, ...]:
    """The facts of a thing in the order of names.PREDICATES, then who points at it.

    What `apart` names has a place of its own on the page.
    """
    if not graph.ready():
        return ()
    told = [
        fact
        for fact in graph_facts.facts_of(graph, iri)
        if fact.predicate not in _SAID_ELSEWHERE | apart and fact.value.kind != "bnode"
    ]
    parts = graph_facts.facts_of_parts(
        graph, [f.value.value for f in told if f.value.value.startswith(f"{iri}/")]
    )
    pointing = _pointing(graph, iri)
    # Who takes part stands there as partner or coordinator: a part tells the share.
    told = [
        fact
        for fact in told
        if fact.predicate != _TAKES_PART or _SHARE in _predicates(parts.get(fact.value.value, ()))
    ]
    labels = graph_facts.labels_of(
        graph,
        _ours([*told, *(fact for part in parts.values() for fact in part)], site)
        + [subject for _, subject in pointing],
    )
    grouped: dict[str, list[Term]] = {}
    for fact in told:
        grouped.setdefault(fact.predicate, []).append(fact.value)
    order = {predicate: place for place, predicate in enumerate(names.PREDICATES)}
    return (
        *(
            NamedFact(
                names.PREDICATES.get(predicate, names.local_name(predicate)),
                tuple(
                    _part(parts[term.value], labels, language, site)
                    if term.value in parts
                    else value(term, labels, language, site)
                    for term in _spoken(values, language)
                ),
            )
            for predicate, values in sorted(
                grouped.items(), key=lambda item: (order.get(item[0], len(order)), item[0])
            )
        ),
        *_inverse_facts(pointing, labels, language, site),
    )


def _predicates(told: Iterable[Fact]) -> set[str]:
    return {fact.predicate for fact in told}


def _pointing(graph: GraphReader, iri: str) -> list[tuple[str, str]]:
    """Who points at a thing; a part, such as a period of operation, stands for its whole."""
    found = graph_facts.who_points_at(graph, iri, names.INVERSE, _MOST_POINTING)
    return list(dict.fromkeys((predicate, _whole(subject)) for predicate, subject in found))


def _whole(iri: str) -> str:
    head, separator, rest = iri.partition("/id/")
    return head + separator + "/".join(rest.split("/")[:2])


def _ours(told: Iterable[Fact], site: SiteMap) -> list[str]:
    return [
        fact.value.value
        for fact in told
        if fact.value.kind == "uri" and site.path_of(fact.value.value)
    ]


def _inverse_facts(
    pointing: Sequence[tuple[str, str]], labels: Labels, language: str, site: SiteMap
) -> Iterable[NamedFact]:
    for predicate, name in names.INVERSE.items():
        values = sorted(
            (
                value(Term(subject, "uri", ""), labels, language, site)
                for asked, subject in pointing
                if asked == predicate and subject in labels
            ),
            key=lambda value: value.text.lower(),
        )
        if values:
            yield NamedFact(name, tuple(values))


def _spoken(values: list[Term], language: str) -> list[Term]:
    """Of texts in several languages those in the reader's, else in English, else all."""
    for wanted in (language, "en"):
        chosen = [term for term in values if term.language == wanted]
        if chosen:
            return chosen
    return values


def value(term: Term, labels: Labels, language: str, site: SiteMap) -> Value:
    if term.kind != "uri":
        return Value(term.value, term.language or language, None)
    path = site.path_of(term.value)
    if path is None:
        return Value(term.value, "", term.value, elsewhere=True)
    texts = labels.get(term.value, {})
    for wanted in (language, "en", *texts):
        if wanted in texts:
            return Value(texts[wanted], wanted, path if "#" not in path else None)
    return Value(names.local_name(term.value), "en", path if "#" not in path else None)


def _part(told: Sequence[Fact], labels: Labels, language: str, site: SiteMap) -> Value:
    """A part in one line: coordinates as degrees; a period of operation with its operator.

    Of a participation its organisation, and its share in euros.
    """
    texts = {names.local_name(fact.predicate): fact.value for fact in told}
    if "participatingOrganization" in texts:
        whose = value(texts["participatingOrganization"], labels, language, site)
        share = f"{Decimal(texts['euContribution'].value):,.0f}".replace(",", "\N{NO-BREAK SPACE}")
        return Value(f"{whose.text}: {share}", language, whose.link)
    if "asWKT" in texts:
        point = _POINT.search(texts["asWKT"].value)
        if point:
            return Value(f"{point.group(2)}° N, {point.group(1)}° E", language, None)
        return Value(texts["asWKT"].value, "en", None)
    operator = texts.get("operator") or texts.get("operatorName")
    named = value(operator, labels, language, site) if operator else None
    text = (
        names.local_name(named.text) if named and named.elsewhere else named.text if named else ""
    )
    if "operatorName" in texts:
        text = texts["operatorName"].value
    since, until = (texts[name].value if name in texts else "" for name in ("from", "to"))
    if since or until:
        text = f"{text} {since}–{until}".strip()
    return Value(text, language, named.link if named else None)
