"""Facets and chips as a page and the API show them: values with their names, as links."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from amic_kg.ontology import Entity, Vocabulary
from amic_kg.records import UI_LANGUAGES
from amic_kg.retrieval import FACETS
from amic_kg.search import Results
from amic_kg_api import names
from amic_kg_api.addresses import Address
from amic_kg_api.models.search import SearchQuery, narrowed, widened
from amic_kg_api.translations import Words, read_words

_COUNTRY = re.compile(r"nuts:[A-Z]{2}")
_EU_LISTS = {"euCritical": "critical", "euStrategic": "strategic"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: following the link chooses it, or lets go of it when it is chosen.

    `names` has one text a language. `below` are the values within it, for places.
    """

    value: str
    names: Mapping[str, str]
    count: int
    link: Address
    chosen: bool
    eu_lists: tuple[str, ...] = ()
    below: tuple[Choice, ...] = ()

    def label(self, language: str) -> tuple[str, str]:
        """The name for a reader, with the language that it is in."""
        return chosen_name(self.names, language)

    @property
    def opened(self) -> bool:
        """Whether something below is chosen."""
        return any(each.chosen or each.opened for each in self.below)


@dataclass(frozen=True, slots=True)
class FacetView:
    name: str
    names: Mapping[str, str]
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> bool:
        return any(each.chosen or each.opened for each in self.choices)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force; following the link takes it away."""

    name: str
    value: str
    names: Mapping[str, str]
    link: Address

    def label(self, language: str) -> tuple[str, str]:
        return chosen_name(self.names, language)


@dataclass(frozen=True, slots=True)
class Taken:
    """What words of the query were taken for; `link` searches for them as words alone."""

    words: str
    entity: Entity
    link: Address


def chosen_name(named: Mapping[str, str], language: str) -> tuple[str, str]:
    """The name in `language`, else in English, else any; with its language, "" where it has none.

    A name that is the same in all languages is in none.
    """
    for wanted in (language, "en", ""):
        if wanted in named:
            return named[wanted], wanted
    tag, name = next(iter(named.items()))
    return name, tag


def facets(
    results: Results, query: SearchQuery, vocabulary: Vocabulary, address: Address
) -> tuple[FacetView, ...]:
    """Every facet that has values here, the years latest first, places as a tree."""
    views = []
    filters = query.filters()
    for name in FACETS:
        chosen = filters.get(name, ())
        found = {value: n for value, n in results.facets.get(name, {}).items() if n}
        counts = dict.fromkeys(chosen, 0) | found
        choices = {
            value: Choice(
                value,
                value_names(name, value, vocabulary),
                counts[value],
                widened(address, name, value)
                if value in chosen
                else narrowed(address, name, value),
                value in chosen,
                _eu_lists(vocabulary.get(value)) if name == "commodity" else (),
            )
            for value in _ordered(name, counts)
        }
        if choices:
            shown = _tree(choices, vocabulary) if name == "place" else tuple(choices.values())
            views.append(FacetView(name, facet_names(name), shown))
    return tuple(views)


def chips(query: SearchQuery, vocabulary: Vocabulary, address: Address) -> tuple[Chip, ...]:
    return tuple(
        Chip(name, value, value_names(name, value, vocabulary), widened(address, name, value))
        for name, values in query.filters().items()
        for value in values
    )


def taken(results: Results, address: Address) -> tuple[Taken, ...]:
    """What the words of the query were taken for, in the order of the words."""
    first_page = address.removing("from")
    understanding = results.understanding
    return tuple(
        Taken(words, entity, first_page.adding("plain", entity.iri))
        for entity in understanding.entities
        if (words := understanding.words_of(entity.iri))
    )


def facet_names(name: str) -> Mapping[str, str]:
    return _in_each_language(names.FACETS[name])


def value_names(facet: str, value: str, vocabulary: Vocabulary) -> Mapping[str, str]:
    """What a value is called in each language; under "" what is the same in all."""
    entity = vocabulary.get(value) if "://" in value else None
    if entity is not None:
        return entity.preferred
    if facet == "language":
        return {tag: words.name_of_language(value) for tag, words in read_words().items()}
    if facet == "kind" and value in names.KINDS:
        return _in_each_language(names.KINDS[value])
    if facet == "raw_material":
        return _in_each_language(names.EU_LISTS[value])
    if facet == "work_package" and value.isdigit() and int(value) in names.WORK_PACKAGES:
        title, _ = names.WORK_PACKAGES[int(value)]
        return {tag: f"{value} · {words.text(title)}" for tag, words in read_words().items()}
    return {"": names.short_iri(value) if "://" in value else value}


def _in_each_language(text: str) -> Mapping[str, str]:
    said: Mapping[str, Words] = read_words()
    return {tag: said[tag].text(text) for tag in UI_LANGUAGES}


def _eu_lists(entity: Entity | None) -> tuple[str, ...]:
    return tuple(name for fact, name in _EU_LISTS.items() if entity and fact in entity.facts)


def _ordered(name: str, counts: Mapping[str, int]) -> list[str]:
    if name == "year":
        return sorted(counts, reverse=True)
    if name == "work_package":
        return sorted(counts)
    return sorted(counts, key=lambda value: (-counts[value], value))


def _tree(choices: Mapping[str, Choice], vocabulary: Vocabulary) -> tuple[Choice, ...]:
    """Country, region, municipality: each place below the nearest one that it lies in.

    What lies above the countries, such as Europe, is left out unless it is chosen.
    """
    above: set[str] = set()
    for value in choices:
        entity = vocabulary.get(value)
        if entity is not None and any(_COUNTRY.fullmatch(each) for each in entity.identifiers):
            above.update(vocabulary.ancestors(value))
    above = {value for value in above if value in choices and not choices[value].chosen}
    below: defaultdict[str, list[str]] = defaultdict(list)
    for value in choices:
        if value not in above:
            parents = (p for p in vocabulary.ancestors(value) if p in choices and p not in above)
            below[next(parents, "")].append(value)

    def branch(value: str, passed: frozenset[str]) -> Choice:
        choice = choices[value]
        inner = passed | {value}
        within = (branch(each, inner) for each in below[value] if each not in inner)
        return Choice(
            choice.value,
            choice.names,
            choice.count,
            choice.link,
            choice.chosen,
            below=tuple(within),
        )

    return tuple(branch(value, frozenset()) for value in below[""])
