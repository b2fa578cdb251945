"""A concept as its page shows it: names, meaning, neighbours, matches elsewhere, and its keeper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from amic_kg.graph.terms import MRDI
from amic_kg.ontology import SKOS, Entity, Vocabulary
from amic_kg_api import names
from amic_kg_api.addresses import SiteMap
from amic_kg_api.graph_facts import Fact
from amic_kg_api.thing_view import in_alphabet, known_entities
from amic_kg_api.vocab_facts import EuLists

MATCHES: Mapping[str, str] = {
    f"{SKOS}{name}": names.PREDICATES[f"{SKOS}{name}"]
    for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
}
SHOWN_APART = frozenset(
    (
        *MATCHES,
        f"{SKOS}scopeNote",
        f"{SKOS}notation",
        f"{SKOS}related",
        f"{SKOS}narrower",
        f"{SKOS}hasTopConcept",
        f"{MRDI}euCritical",
        f"{MRDI}euStrategic",
    )
)
"""Predicates that the page has a place of its own for."""

_ORDER = ("fi", "en", "sv", "se")


@dataclass(frozen=True, slots=True)
class Names:
    """The names in one language."""

    language: str
    preferred: str
    alternative: tuple[str, ...]
    hidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with the language it is in."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """A concept of another vocabulary that is the same, or close.

    `vocabulary` is what that vocabulary is called; `loaded` says that it has a page here.
    """

    relation: str
    vocabulary: str
    text: str
    language: str
    link: str
    loaded: bool


@dataclass(frozen=True, slots=True)
class ConceptView:
    names: tuple[Names, ...]
    definitions: tuple[Passage, ...]
    notes: tuple[Passage, ...]
    notation: str
    broader: list[Entity]
    narrower: list[Entity]
    related: list[Entity]
    related_elsewhere: list[Entity]
    matches: tuple[Match, ...]
    eu: EuLists


def concept_view(
    entity: Entity,
    vocabulary: Vocabulary,
    facts: Sequence[Fact],
    *,
    labels: Mapping[str, Mapping[str, str]],
    language: str,
    site: SiteMap,
) -> ConceptView:
    """`facts` is what the graph says of it; `labels` are those of the concepts it matches."""

    def objects(predicate: str) -> list[str]:
        return sorted({f.value.value for f in facts if f.predicate == predicate})

    ours = [iri for match in MATCHES for iri in objects(match) if site.path_of(iri)]
    return ConceptView(
        names=_names(entity),
        definitions=_in_order(entity.definition.items(), language),
        notes=_in_order(
            (
                (fact.value.language, fact.value.value)
                for fact in facts
                if fact.predicate == f"{SKOS}scopeNote"
            ),
            language,
        ),
        notation=", ".join(objects(f"{SKOS}notation")),
        broader=in_alphabet(known_entities(vocabulary, entity.broader), language),
        narrower=in_alphabet(known_entities(vocabulary, vocabulary.narrower(entity.iri)), language),
        related=in_alphabet(known_entities(vocabulary, objects(f"{SKOS}related")), language),
        related_elsewhere=in_alphabet(known_entities(vocabulary, ours), language),
        matches=tuple(
            _match(relation, iri, _labels(iri, vocabulary, labels), language=language, site=site)
            for predicate, relation in MATCHES.items()
            for iri in objects(predicate)
            if not site.path_of(iri)
        ),
        eu=EuLists(tuple(objects(f"{MRDI}euCritical")), tuple(objects(f"{MRDI}euStrategic"))),
    )


def matched(facts: Iterable[Fact]) -> list[str]:
    """The concepts that one matches."""
    return [fact.value.value for fact in facts if fact.predicate in MATCHES]


def _names(entity: Entity) -> tuple[Names, ...]:
    languages = {language for language, _, _ in entity.labels()}
    ordered = [code for code in _ORDER if code in languages] + sorted(languages - {*_ORDER})
    return tuple(
        Names(
            code,
            entity.preferred.get(code, ""),
            tuple(entity.alternative.get(code, ())),
            tuple(entity.hidden.get(code, ())),
        )
        for code in ordered
    )


def _in_order(texts: Iterable[tuple[str, str]], language: str) -> tuple[Passage, ...]:
    """The reader's language first, then Finnish, English, Swedish, then the others."""
    order = {code: place for place, code in enumerate((language, *_ORDER))} | {language: 0}
    return tuple(
        sorted(
            (Passage(code, text) for code, text in texts),
            key=lambda passage: (order.get(passage.language, len(order)), passage.language),
        )
    )


def _match(
    relation: str,
    iri: str,
    texts: Mapping[str, str],
    *,
    language: str,
    site: SiteMap,
) -> Match:
    shown = next((code for code in (language, "en", *texts) if code in texts), None)
    return Match(
        relation=relation,
        vocabulary=names.vocabulary_of(iri),
        text=texts[shown] if shown is not None else names.local_name(iri),
        language=shown or "",
        link=site.concept_of_others(iri) if texts else iri,
        loaded=bool(texts),
    )


def _labels(
    iri: str, vocabulary: Vocabulary, labels: Mapping[str, Mapping[str, str]]
) -> Mapping[str, str]:
    known = vocabulary.get(iri)
    return known.preferred if known else labels.get(iri, {})
