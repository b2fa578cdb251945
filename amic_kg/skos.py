"""SKOS as triples tell it, and the integrity conditions that a vocabulary must keep.

Specification: https://www.w3.org/TR/skos-reference/ (the conditions are named S9, S13, S14, S27,
S46 there); what it leaves open and every user expects (no cycle, no orphan) is checked beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from amic_kg.turtle import Text, Triple

SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LABELS = ("prefLabel", "altLabel", "hiddenLabel")
_INVERSES = {"narrower": "broader", "hasTopConcept": "topConceptOf"}
_SHOWN = 3


@dataclass(slots=True)
class SkosConcept:
    """A concept as it is written: labels by property, links by property."""

    iri: str
    labels: dict[str, list[tuple[str, str]]] = field(
        default_factory=lambda: {name: [] for name in _LABELS}
    )
    definitions: list[tuple[str, str]] = field(default_factory=list)
    links: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    notations: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SkosVocabulary:
    """The concepts and schemes of one file, with what is said of the schemes."""

    concepts: Mapping[str, SkosConcept]
    schemes: Mapping[str, Mapping[str, tuple[str | Text, ...]]]

    def broader(self, iri: str) -> list[str]:
        concept = self.concepts.get(iri)
        return [*concept.links["broader"]] if concept else []

    def ancestors(self, iri: str) -> set[str]:
        found: set[str] = set()
        queue = self.broader(iri)
        while queue:
            parent = queue.pop()
            if parent not in found:
                found.add(parent)
                queue.extend(self.broader(parent))
        return found


@dataclass(frozen=True, slots=True)
class Problem:
    """A condition that is broken: its name, the concept, and what is wrong in plain words."""

    condition: str
    concept: str
    message: str

    def __str__(self) -> str:
        return f"{self.condition} {self.concept}: {self.message}"


def read_vocabulary(triples: Iterable[Triple]) -> SkosVocabulary:
    """Gather concepts and schemes; narrower and hasTopConcept are read as what they invert."""
    concepts: dict[str, SkosConcept] = {}
    schemes: dict[str, dict[str, tuple[str | Text, ...]]] = {}
    inverse: list[tuple[str, str, str]] = []
    kept = list(triples)
    for triple in kept:
        if triple.predicate == _TYPE and triple.object == f"{SKOS}Concept":
            concepts.setdefault(triple.subject, SkosConcept(triple.subject))
        elif triple.predicate == _TYPE and triple.object == f"{SKOS}ConceptScheme":
            schemes.setdefault(triple.subject, {})
    for triple in kept:
        said = schemes.get(triple.subject)
        if said is not None:
            said[triple.predicate] = (*said.get(triple.predicate, ()), triple.object)
        name = triple.predicate.removeprefix(SKOS)
        if name in _INVERSES and isinstance(triple.object, str):
            inverse.append((triple.object, _INVERSES[name], triple.subject))
        concept = concepts.get(triple.subject)
        if concept is not None and name != triple.predicate:
            _note(concept, name, triple.object)
    for subject, name, target in inverse:
        if subject in concepts and target not in concepts[subject].links[name]:
            concepts[subject].links[name].append(target)
    return SkosVocabulary(concepts, schemes)


def _note(concept: SkosConcept, name: str, value: str | Text) -> None:
    if isinstance(value, str):
        if name not in _INVERSES:
            concept.links[name].append(value)
    elif name in _LABELS:
        concept.labels[name].append((value.language, value.value))
    elif name == "definition":
        concept.definitions.append((value.language, value.value))
    elif name == "notation":
        concept.notations.append(value.value)


def cycles(vocabulary: SkosVocabulary) -> Iterator[tuple[str, ...]]:
    """Each ring of skos:broader once, as the concepts on it."""
    done: set[str] = set()
    for start in vocabulary.concepts:
        path: list[str] = []
        on_path: set[str] = set()
        stack: list[tuple[str, list[str]]] = [(start, vocabulary.broader(start))]
        while stack:
            iri, left = stack[-1]
            if iri not in on_path:
                path.append(iri)
                on_path.add(iri)
            if iri in done or not left:
                done.add(iri)
                on_path.discard(iri)
                path.pop()
                stack.pop()
                continue
            parent = left.pop()
            if parent in on_path:
                yield tuple(path[path.index(parent) :])
            elif parent not in done and parent in vocabulary.concepts:
                stack.append((parent, vocabulary.broader(parent)))


def check_integrity(vocabulary: SkosVocabulary) -> Iterator[Problem]:
    """What any SKOS vocabulary must keep."""
    for iri in sorted(vocabulary.schemes.keys() & vocabulary.concepts.keys()):
        yield Problem("S9", iri, "is a concept and a concept scheme at once")
    for ring in cycles(vocabulary):
        yield Problem("cycle", ring[0], f"is broader than itself by way of {' → '.join(ring)}")
    for concept in vocabulary.concepts.values():
        yield from _check_labels(concept)
        related = set(concept.links["related"]) | set(concept.links["relatedMatch"])
        for other in sorted(related & vocabulary.ancestors(concept.iri)):
            yield Problem("S27", concept.iri, f"is related to {other}, which is above it")
        exact = set(concept.links["exactMatch"])
        loose = {*concept.links["broadMatch"], *concept.links["relatedMatch"]}
        for other in sorted(exact & loose):
            yield Problem("S46", concept.iri, f"is an exact and another match of {other} at once")


def check_completeness(
    vocabulary: SkosVocabulary, languages: tuple[str, ...] = ("fi", "en", "sv")
) -> Iterator[Problem]:
    """What our own vocabularies keep beyond SKOS: languages, definitions, notations, places."""
    for concept in vocabulary.concepts.values():
        for language in languages:
            if language not in dict(concept.labels["prefLabel"]):
                yield Problem("label", concept.iri, f"has no preferred label in '{language}'")
            if language not in dict(concept.definitions):
                yield Problem("definition", concept.iri, f"has no definition in '{language}'")
        if len(concept.notations) != 1:
            yield Problem("notation", concept.iri, f"has {len(concept.notations)} notations")
        yield from _check_place(concept, vocabulary)
    yield from _check_shared(vocabulary)


def _check_place(concept: SkosConcept, vocabulary: SkosVocabulary) -> Iterator[Problem]:
    """Where a concept stands: its scheme, what is above it, what it is related to."""
    if not concept.links["inScheme"]:
        yield Problem("scheme", concept.iri, "is in no concept scheme")
    if not concept.links["broader"] and not concept.links["topConceptOf"]:
        yield Problem("orphan", concept.iri, "has nothing above it and is no top concept")
    for parent in concept.links["broader"]:
        if parent not in vocabulary.concepts:
            yield Problem("broader", concept.iri, f"has {parent} above it, which does not exist")
    for other in concept.links["related"]:
        target = vocabulary.concepts.get(other)
        if target is not None and concept.iri not in target.links["related"]:
            yield Problem("related", concept.iri, f"is related to {other}, but not the reverse")


def _check_shared(vocabulary: SkosVocabulary) -> Iterator[Problem]:
    """What no two concepts may have in common: a notation, a label in one language."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for concept in vocabulary.concepts.values():
        for notation in concept.notations:
            owners[f"the notation {notation}"].add(concept.iri)
        for texts in concept.labels.values():
            for language, text in texts:
                owners[f"the label '{text.casefold()}'@{language}"].add(concept.iri)
    for what, iris in sorted(owners.items()):
        if len(iris) > 1:
            first, second, *_ = sorted(iris)
            yield Problem("clash", first, f"shares {what} with {second}")


def summary(problems: Iterable[Problem]) -> str:
    """The first few problems and how many there are, for one line of an error."""
    listed = list(problems)
    shown = "; ".join(map(str, listed[:_SHOWN]))
    more = len(listed) - _SHOWN
    return shown + (f"; and {more} more" if more > 0 else "")


def _check_labels(concept: SkosConcept) -> Iterator[Problem]:
    preferred: defaultdict[str, set[str]] = defaultdict(set)
    for language, text in concept.labels["prefLabel"]:
        preferred[language].add(text)
    for language, texts in preferred.items():
        if len(texts) > 1:
            yield Problem("S14", concept.iri, f"has {len(texts)} preferred labels in '{language}'")
    sets = {name: set(texts) for name, texts in concept.labels.items()}
    for one, other in (
        ("prefLabel", "altLabel"),
        ("prefLabel", "hiddenLabel"),
        ("altLabel", "hiddenLabel"),
    ):
        for language, text in sorted(sets[one] & sets[other]):
            yield Problem("S13", concept.iri, f"has '{text}'@{language} as {one} and {other}")
