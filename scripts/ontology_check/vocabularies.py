"""SKOS, by the conditions of `amic_kg.skos` and what a merged set of schemes keeps beyond them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

from amic_kg.ontology import load_vocabulary
from amic_kg.skos import (
    Problem,
    SkosVocabulary,
    check_completeness,
    check_integrity,
    read_vocabulary,
)
from amic_kg.turtle import read_turtle
from ontology_check.clashes import by_kind, clashes
from ontology_check.graph import LABELS, LANGUAGES, MRDI, concepts, read, scheme_of, texts
from ontology_check.parts import Finding, Folders

_MAPPINGS = (
    SKOS.exactMatch,
    SKOS.closeMatch,
    SKOS.narrowMatch,
    SKOS.broadMatch,
    SKOS.relatedMatch,
)


def syntax(folders: Folders) -> Finding:
    """Every Turtle file parses, shapes and examples too."""
    finding, triples = Finding(""), 0
    paths = sorted(folders.ontology.rglob("*.ttl"))
    for path in paths:
        try:
            triples += len(Graph().parse(path, format="turtle"))
        except (SyntaxError, ValueError) as error:
            finding.faults.append(f"{path.relative_to(folders.ontology)}: {error}")
    if not paths:
        finding.faults.append(f"{folders.ontology} holds no Turtle file")
    finding.summary = f"{len(paths)} files, {triples:,} triples"
    return finding


def skos(folders: Folders) -> Finding:
    """The conditions of SKOS over all schemes together, and completeness of each of them."""
    by_file = [
        read_vocabulary(read_turtle(p)) for p in sorted(folders.ontology.glob("vocab/*.ttl"))
    ]
    merged = SkosVocabulary(
        {iri: concept for one in by_file for iri, concept in one.concepts.items()},
        {iri: said for one in by_file for iri, said in one.schemes.items()},
    )
    problems = [*check_integrity(merged)]
    for one in by_file:
        problems += check_completeness(one)
    graph = read(folders.ontology, "vocab")
    problems += [*_one_mapping_a_target(graph), *_tops(graph), *_related_described(graph)]
    sizes = Counter(scheme_of(iri) for iri in merged.concepts)
    lines = [f"{count:6,}  {scheme}" for scheme, count in sorted(sizes.items())]
    return Finding(
        f"{len(merged.concepts):,} concepts in {len(by_file)} schemes, {len(problems)} problems",
        lines,
        [str(problem) for problem in problems],
    )


def _one_mapping_a_target(graph: Graph) -> Iterator[Problem]:
    used: defaultdict[tuple[Node, Node], set[str]] = defaultdict(set)
    for predicate in _MAPPINGS:
        for one, other in graph.subject_objects(predicate):
            used[one, other].add(predicate.fragment)
    for (one, other), names in sorted(used.items(), key=str):
        if len(names) > 1:
            yield Problem("pair", str(one), f"is {' and '.join(sorted(names))} of {other}")


def _tops(graph: Graph) -> Iterator[Problem]:
    """A scheme and its top concepts name each other; what is broader may lie in another scheme."""
    below = set(graph.subject_objects(SKOS.topConceptOf))
    above = {(concept, scheme) for scheme, concept in graph.subject_objects(SKOS.hasTopConcept)}
    for concept, scheme in sorted(below ^ above, key=str):
        yield Problem("top", str(concept), f"and {scheme} do not name each other")
    for concept in concepts(graph):
        parents = graph.objects(concept, SKOS.broader)
        own = any(scheme_of(str(parent)) == scheme_of(concept) for parent in parents)
        if not own and (concept, SKOS.topConceptOf, None) not in graph:
            yield Problem("orphan", concept, "has nothing above it in its own scheme")


def _related_described(graph: Graph) -> Iterator[Problem]:
    described = set(concepts(graph))
    for one, other in graph.subject_objects(SKOS.related):
        if other not in described:
            yield Problem("related", str(one), f"is related to {other}, which does not exist")


def labels(folders: Folders) -> Finding:
    """Terms of the ontology, schemes, concepts and registered things speak three languages."""
    graph = read(folders.ontology, ".", "vocab", "registry")
    wanted: dict[URIRef, tuple[URIRef, ...]] = {}
    for term in graph.subjects(RDF.type, None, unique=True):
        if isinstance(term, URIRef) and term.startswith(MRDI):
            wanted[term] = (RDFS.label, RDFS.comment)
    for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme):
        wanted[URIRef(str(scheme))] = (DCTERMS.title, DCTERMS.description)
    for concept in concepts(graph):
        wanted[concept] = (SKOS.prefLabel, SKOS.definition)
    for kind in (MRDI.Organization, MRDI.Project, MRDI.Place, MRDI.Site):
        for thing in graph.subjects(RDF.type, kind):
            wanted[URIRef(str(thing))] = (SKOS.prefLabel,)
    faults = [
        f"{thing}: {URIRef(predicate).fragment or predicate} in '{language}' {count} times"
        for thing, predicates in sorted(wanted.items())
        for predicate in predicates
        for language in LANGUAGES
        if (count := _count(graph, thing, predicate, language)) != 1
    ]
    lines = [
        f"{sum(counts.values()):6,}  {language}: "
        + ", ".join(f"{count:,} {kind}" for kind, count in counts.items())
        for language, counts in sorted(_label_counts(graph).items())
    ]
    return Finding(f"{len(wanted):,} things named in {', '.join(LANGUAGES)}", lines, faults)


def _count(graph: Graph, thing: URIRef, predicate: URIRef, language: str) -> int:
    return sum(text.language == language for text in texts(graph, thing, predicate))


def _label_counts(graph: Graph) -> dict[str, Counter[str]]:
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for predicate in LABELS:
        for subject in set(graph.subjects(predicate, None)):
            for label in texts(graph, subject, predicate):
                found[label.language or "no language"][predicate.fragment] += 1
    return dict(found)


def across_schemes(folders: Folders) -> Finding:
    """No label stands for things of two schemes, but for those that the matcher can tell apart."""
    found = clashes(load_vocabulary(folders.ontology))
    return Finding(
        f"{len(found)} labels of several things, all of them to be told apart"
        if all(clash.tolerated for clash in found)
        else "labels that a text matcher cannot tell apart",
        [f"{count:6}  {kinds}" for kinds, count in by_kind(found).items()],
        [f"{c.lemmas}@{c.language}: {c.owners}" for c in found if not c.tolerated],
    )
