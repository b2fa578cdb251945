"""The ontology as a page shows it: its terms named, explained, related, and counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from amic_kg.graph import terms
from amic_kg.ontology import SKOS
from amic_kg.ports import GraphReader
from amic_kg_api import names
from amic_kg_api.graph_facts import ask, labels_of

_OWL = "http://www.w3.org/2002/07/owl#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
Part = Literal["class", "property", "value"]
_KINDS: Mapping[str, Part] = {
    f"{_OWL}Class": "class",
    f"{_RDFS}Class": "class",
    f"{_OWL}ObjectProperty": "property",
    f"{_OWL}DatatypeProperty": "property",
    f"{_OWL}AnnotationProperty": "property",
    f"{terms.RDF}Property": "property",
    f"{_OWL}NamedIndividual": "value",
}
_RELATIONS: Mapping[str, str] = {
    f"{_RDFS}subClassOf": "above",
    f"{_RDFS}subPropertyOf": "above",
    f"{_RDFS}domain": "domain",
    f"{terms.SCHEMA}domainIncludes": "domain",
    f"{_RDFS}range": "range",
    f"{terms.SCHEMA}rangeIncludes": "range",
    f"{_OWL}inverseOf": "inverse",
    f"{SKOS}closeMatch": "close",
    f"{SKOS}exactMatch": "close",
    f"{_RDFS}seeAlso": "see",
    f"{terms.RDF}type": "type",
}


@dataclass(frozen=True, slots=True)
class AboutOntology:
    """The ontology itself; texts by language."""

    title: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    version: str = ""
    licence: str = ""
    citation: str = ""


@dataclass(slots=True)
class Described:
    """A term as the graph has it: everything in every language."""

    iri: str
    part: Part | None = None
    label: dict[str, str] = field(default_factory=dict)
    comment: dict[str, str] = field(default_factory=dict)
    note: dict[str, str] = field(default_factory=dict)
    relations: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TermLink:
    """Another term; `anchor` is its place on the page when it is one of ours."""

    iri: str
    name: str
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class DefinedTerm:
    """A term of the ontology in one language.

    `above` are its superclasses or superproperties, here or elsewhere; `alike` what is close.
    """

    iri: str
    name: str
    label: str
    label_language: str
    meaning: str
    meaning_language: str
    note: str
    note_language: str
    above: tuple[TermLink, ...]
    below: tuple[TermLink, ...]
    alike: tuple[TermLink, ...]
    domain: tuple[TermLink, ...]
    range: tuple[TermLink, ...]
    inverse: tuple[TermLink, ...]
    values: tuple[TermLink, ...]
    see: tuple[TermLink, ...]
    count: int


@dataclass(frozen=True, slots=True)
class OntologyView:
    classes: tuple[DefinedTerm, ...]
    properties: tuple[DefinedTerm, ...]
    values: tuple[DefinedTerm, ...]
    borrowed: tuple[DefinedTerm, ...]


def about_ontology(graph: GraphReader, iri: str) -> AboutOntology:
    rows = ask(graph, f"SELECT ?said ?value {{ GRAPH ?graph {{ {terms.iri(iri)} ?said ?value }} }}")
    said: dict[str, dict[str, str]] = {}
    for row in rows:
        said.setdefault(row["said"].value, {})[row["value"].language] = row["value"].value

    def one(predicate: str) -> str:
        return next(iter(said.get(predicate, {}).values()), "")

    return AboutOntology(
        title=said.get(f"{terms.DCTERMS}title", {}),
        description=said.get(f"{terms.DCTERMS}description", {}),
        version=one(f"{_OWL}versionInfo"),
        licence=one(f"{terms.DCTERMS}license"),
        citation=one(f"{terms.DCTERMS}bibliographicCitation"),
    )


def described_terms(graph: GraphReader, name: str) -> Mapping[str, Described]:
    """All terms that an ontology's graph names or labels, by IRI."""
    rows = ask(
        graph,
        f"SELECT ?term ?said ?value {{ GRAPH {terms.iri(name)} {{ ?term ?said ?value "
        "FILTER(isIRI(?term) && !isBlank(?value)) } }",
    )
    found: dict[str, Described] = {}
    for row in rows:
        said, value = row["said"].value, row["value"]
        term = found.setdefault(row["term"].value, Described(row["term"].value))
        if said == f"{_RDFS}label":
            term.label[value.language] = value.value
        elif said == f"{_RDFS}comment":
            term.comment[value.language] = value.value
        elif said == f"{SKOS}scopeNote":
            term.note[value.language] = value.value
        elif said in _RELATIONS:
            term.relations.setdefault(_RELATIONS[said], []).append(value.value)
        if said == f"{terms.RDF}type" and value.value in _KINDS:
            term.part = _KINDS[value.value]
    # What a term points at for more, such as a vocabulary, is named by its title.
    further = {iri for term in found.values() for iri in term.relations.get("see", ())}
    for iri, texts in labels_of(graph, sorted(further)).items():
        found.setdefault(iri, Described(iri)).label.update(texts)
    return found


def uses(graph: GraphReader, described: Iterable[Described]) -> Mapping[str, int]:
    """How many things are of each class, how many statements are made with each property."""
    by_part: dict[Part | None, list[str]] = {}
    for term in described:
        by_part.setdefault(term.part, []).append(terms.iri(term.iri))
    rows = ask(
        graph,
        f"SELECT ?term (COUNT(DISTINCT ?thing) AS ?n) {{ "
        f"VALUES ?term {{ {' '.join(by_part.get('class', []))} }} "
        f"GRAPH ?graph {{ ?thing a ?term }} }} GROUP BY ?term",
    ) + ask(
        graph,
        f"SELECT ?term (COUNT(*) AS ?n) {{ "
        f"VALUES ?term {{ {' '.join(by_part.get('property', []))} }} "
        f"GRAPH ?graph {{ ?thing ?term ?value }} }} GROUP BY ?term",
    )
    return {row["term"].value: int(row["n"].value) for row in rows}


def ontology_view(
    described: Mapping[str, Described], counts: Mapping[str, int], namespace: str, language: str
) -> OntologyView:
    ours = {iri: term for iri, term in described.items() if iri.startswith(namespace)}
    below: dict[str, list[str]] = {}
    values: dict[str, list[str]] = {}
    for term in ours.values():
        for above in term.relations.get("above", ()):
            below.setdefault(above, []).append(term.iri)
        if term.part == "value":
            for kind in term.relations.get("type", ()):
                values.setdefault(kind, []).append(term.iri)

    def links(iris: Iterable[str]) -> tuple[TermLink, ...]:
        found = (
            TermLink(
                iri,
                names.term_name(iri),
                _in_language(described[iri].label, language)[0] if iri in described else "",
                iri.removeprefix(namespace) if iri in ours else "",
            )
            for iri in dict.fromkeys(iris)
        )
        return tuple(sorted(found, key=lambda link: (not link.anchor, link.label or link.name)))

    def shown(term: Described) -> DefinedTerm:
        related = term.relations
        above = related.get("above", [])
        label, label_language = _in_language(term.label, language)
        meaning, meaning_language = _in_language(term.comment, language)
        note, note_language = _in_language(term.note, language)
        return DefinedTerm(
            iri=term.iri,
            name=term.iri.removeprefix(namespace),
            label=label or names.short_iri(term.iri),
            label_language=label_language,
            meaning=meaning,
            meaning_language=meaning_language,
            note=note,
            note_language=note_language,
            above=links(above + [iri for iri in related.get("type", ()) if iri in ours]),
            below=links(below.get(term.iri, ())),
            alike=links(related.get("close", ())),
            domain=links(related.get("domain", ())),
            range=links(related.get("range", ())),
            inverse=links(related.get("inverse", ())),
            values=links(values.get(term.iri, ())),
            see=links(related.get("see", ())),
            count=counts.get(term.iri, 0),
        )

    def part(chosen: Iterable[Described], wanted: tuple[Part, ...]) -> tuple[DefinedTerm, ...]:
        found = (shown(term) for term in chosen if term.part in wanted)
        return tuple(sorted(found, key=lambda term: term.label.casefold()))

    others = [t for iri, t in described.items() if iri not in ours and t.label]
    return OntologyView(
        classes=part(ours.values(), ("class",)),
        properties=part(ours.values(), ("property",)),
        values=part(ours.values(), ("value",)),
        borrowed=part(others, ("class", "property")),
    )


def _in_language(texts: Mapping[str, str], language: str) -> tuple[str, str]:
    for wanted in (language, "en", "", *texts):
        if wanted in texts:
            return texts[wanted], wanted
    return "", ""
