"""Names of a document to entities: the registry's where it knows them, else candidates."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from amic_kg.extract.candidates import (
    Name,
    Sighting,
    candidate_iri,
    candidate_of,
    merge_candidates,
)
from amic_kg.extract.matcher import Match
from amic_kg.extract.name_forms import NameForms
from amic_kg.extract.name_heads import Kind, head_of, is_calendar, is_head, is_publication, is_street
from amic_kg.extract.name_mentions import KnownNames, acronym_after
from amic_kg.extract.name_overlaps import (
    NAME_TYPES,
    choose,
    described_sites,
    persons,
    recognized,
    settle,
    surnames,
    without_persons,
)
from amic_kg.extract.name_patterns import NamePatterns
from amic_kg.extract.name_readings import (
    Reading,
    addresses,
    begins_sentence,
    is_broken,
    is_capital,
)
from amic_kg.extract.organization_names import name_key
from amic_kg.extract.registry_names import RegistryNames
from amic_kg.language import Analyzer, Token
from amic_kg.ontology import Vocabulary
from amic_kg.ports import NameSpan
from amic_kg.records import Candidate, Passage

_TITLE_WORDS = 3
_TITLE = 0.65
_EXACT = 0.85
_SHORT = 0.8
_NEAR = 0.7
"""Confidence of a mention whose name is the registry's but for form; a short form; misspelt."""


class NamedPassage(NamedTuple):
    """A passage with its tokens, the matcher's matches and the recogniser's names."""

    passage: Passage
    tokens: list[Token]
    matches: list[Match]
    names: list[NameSpan]


@dataclass(frozen=True, slots=True)
class LinkedNames:
    """`matches` of each passage, in order, none within another; the document's candidates.

    A match whose entity is a candidate's IRI is proposed; all others are accepted.
    """

    matches: tuple[list[Match], ...]
    candidates: tuple[Candidate, ...]


@dataclass(slots=True)
class _Settled:
    text: str
    language: str
    tokens: list[Token]
    matches: list[Match]
    readings: list[Reading]


class NameLinker:
    """Reads all names of a document together, so that a short form is read as its full form was.

    `site_of` gives the registry's site for a name that is spelt in another way than its labels.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        analyzer: Analyzer,
        *,
        site_of: Callable[[str], str | None] | None = None,
    ) -> None:
        self._registry = RegistryNames(vocabulary)
        self._vocabulary = vocabulary
        self._analyzer = analyzer
        self._forms = NameForms(analyzer)
        self._places = self._registry.words()
        self._patterns = NamePatterns(analyzer, self._places)
        self._site_of = site_of

    def link(
        self,
        passages: Sequence[NamedPassage],
        abbreviations: Mapping[str, str] | None = None,
    ) -> LinkedNames:
        """Entities and candidates of a document; `abbreviations` maps short to long forms."""
        seen = frozenset(
            token.surface for item in passages for token in item.tokens if is_capital(token)
        )
        settled = self._settle(passages, seen)
        known: dict[str, tuple[str, str]] = {}
        names: dict[tuple[Kind, str], Name] = {}
        places: list[list[tuple[Reading, tuple[Kind, str] | tuple[str, str, float]]]] = []
        for item in settled:
            read = []
            for plain in item.readings:
                reading = self._as_project(item, plain)
                found = self._registered(item, reading, seen)
                if found is not None:
                    known[name_key(self._label(item, reading, seen))] = found[:2]
                    read.append((reading, found))
                    continue
                sighting = self._sighting(item, reading, seen)
                if sighting is None:
                    continue
                key = (reading.kind, name_key(sighting.label))
                name = names.setdefault(key, Name(*key))
                name.sightings.append(sighting)
                acronym = acronym_after(
                    item.text,
                    item.tokens[reading.last].end,
                    sighting.label,
                    any_letters=reading.kind == "Project",
                )
                if acronym:
                    name.acronyms.add(acronym)
                read.append((reading, key))
            places.append(read)
        linked = self._linked_entities(settled)
        aliases = self._merge(names, linked)
        self._name_acronyms(settled, abbreviations or {}, names, known)
        entities = self._entities(names)
        matches = []
        for item, read in zip(settled, places, strict=True):
            mine = list(item.matches)
            for reading, found in read:
                if len(found) == 3:
                    mine.append(_match(item, reading, *found))
                    continue
                target = aliases.get(found, found)
                if isinstance(target, str):
                    mine.append(_match(item, reading, target, "Organization", _SHORT))
                elif target in entities:
                    iri, kind, score = entities[target]
                    mine.append(_match(item, reading, iri, kind, score))
            matches.append(mine)
        again = self._known_names(names, entities, known)
        for item, mine in zip(settled, matches, strict=True):
            mine[:] = [again.redefined(item.text, match) for match in mine]
            mine.extend(again.find(item.text, item.tokens, item.language, mine, self._forms, seen))
            mine.sort(key=lambda match: match.start)
        used = {match.entity for mine in matches for match in mine}
        return LinkedNames(tuple(matches), self._candidates(names, entities, used))

    def _settle(self, passages: Sequence[NamedPassage], seen: frozenset[str]) -> list[_Settled]:
        people = [
            persons(item.tokens, item.names, item.matches, item.passage.language)
            for item in passages
        ]
        family: set[str] = set()
        for item, ranges in zip(passages, people, strict=True):
            family |= surnames(item.tokens, ranges)
        settled = []
        for item, ranges in zip(passages, people, strict=True):
            text, language = item.passage.text, item.passage.language
            matches = without_persons(text, item.tokens, item.matches, ranges, family)
            readings = choose(
                reading
                for reading in (
                    *self._patterns.find(text, item.tokens, language),
                    *recognized(text, item.tokens, item.names, language),
                    *described_sites(text, matches),
                )
            )
            ranges = [
                (first, last)
                for first, last in ranges
                if not any(
                    r.cue == "head" and r.kind == "Place" and r.first <= first <= r.last
                    for r in readings
                )
            ]
            raw = _Settled(text, language, item.tokens, [], [])
            outside = [
                reading
                for reading in _outside_addresses(text, item.tokens, readings)
                if not is_broken(text, item.tokens[reading.first], item.tokens[reading.last])
                and (
                    reading.cue == "legal form"
                    or not any(_is_of_person(reading, *span) for span in ranges)
                )
            ]
            kept, standing = settle(
                text,
                item.tokens,
                language,
                matches,
                outside,
                lambda reading, raw=raw: self._registered(raw, reading, seen) is not None,
            )
            settled.append(_Settled(text, language, item.tokens, kept, standing))
        return settled

    def _label(self, item: _Settled, reading: Reading, seen: frozenset[str]) -> str:
        first, last = reading.core
        return self._forms.base(item.tokens[first : last + 1], item.text, item.language, seen)

    def _registered(
        self, item: _Settled, reading: Reading, seen: frozenset[str]
    ) -> tuple[str, str, float] | None:
        """The registry's entity with this name, its type and the confidence."""
        first, last = item.tokens[reading.first], item.tokens[reading.last]
        label = self._label(item, reading, seen)
        whole = self._forms.base(
            item.tokens[reading.first : reading.last + 1], item.text, item.language, seen
        )
        names = [whole, label, item.text[first.start : last.end]]
        if reading.kind == "Site" and item.language == "sv":
            names.extend(_swedish_mine(whole))
        for name in dict.fromkeys(names):
            iri = self._registry.exact(name, reading.kind)
            if iri is None and reading.kind == "Site" and self._site_of is not None:
                iri = self._site_of(name)
            entity = self._vocabulary.get(iri) if iri is not None else None
            if entity is not None:
                return entity.iri, entity.type, _EXACT
        iri = self._registry.near(label, reading.kind)
        entity = self._vocabulary.get(iri) if iri is not None else None
        return (entity.iri, entity.type, _NEAR) if entity is not None else None

    def _as_project(self, item: _Settled, reading: Reading) -> Reading:
        """An English title in a Finnish or Swedish text about a project is the project's name."""
        words = item.tokens[reading.first : reading.last + 1]
        if (
            item.language == "en"
            or reading.cue != "recognizer"
            or reading.kind != "Organization"
            or len(words) < _TITLE_WORDS
            or head_of(words, "en") is not None
            or not all(self._analyzer.knows(t.surface.lower(), "en") for t in words)
        ):
            return reading
        told = any(head_of([token], item.language) == "Project" for token in item.tokens)
        return replace(reading, kind="Project", cue="project", score=_TITLE) if told else reading

    def _sighting(
        self, item: _Settled, reading: Reading, seen: frozenset[str]
    ) -> Sighting | None:
        """What is to be said of a name that the registry does not know; None if it is no name."""
        first, last = reading.core
        words = item.tokens[first : last + 1]
        if any(is_calendar(token.lemmas) for token in words) or (
            reading.cue != "legal form" and any(is_publication(token.surface) for token in words)
        ):
            return None
        if reading.kind == "Place" and any(is_street(t.lemmas[0]) for t in words):
            return None
        surface = item.text[item.tokens[reading.first].start : item.tokens[reading.last].end]
        label = _FOOTNOTE.sub("", self._label(item, reading, seen))
        if len(words) == 1 and is_head(words[0], item.language):
            # "Maakunta", "Institute": a head alone names nothing, but "Karhuvaara" does.
            return None
        if sum(map(str.isalpha, label)) < 3 or sum(map(str.isdigit, label)) > 4:
            return None
        begins = (
            reading.cue != "legal form"
            and begins_sentence(item.text, words[0])
            and (item.language != "fi" or self._patterns.is_common(words[0], "fi"))
        )
        located = reading.kind == "Place" and _is_located(item, words)
        if begins and reading.kind == "Place" and _ALONE.match(item.text, words[-1].end):
            # The place of publication, a sentence by itself in a list of references.
            begins, located = False, True
        return Sighting(
            surface=surface,
            label=label,
            cue=reading.cue,
            score=reading.score,
            recognized=reading.recognized,
            language=item.language,
            begins_sentence=begins,
            common=self._is_common(words, item.language, reading, begins=begins, located=located),
            located=located,
            cited=reading.kind == "Place" and bool(_CITED.match(item.text, words[-1].end)),
        )

    def _is_common(
        self, words: Sequence[Token], language: str, reading: Reading, *, begins: bool, located: bool
    ) -> bool:
        """Whether a name has no word of its own: "Working Group", "Raw Materials"."""
        if reading.cue not in ("recognizer", "head") or reading.kind == "Site":
            return False
        if reading.cue == "head" and (len(words) > 2 or language == "fi"):
            return False
        if language != "en" and not begins:
            return False
        if reading.kind == "Place" and not begins and (language != "en" or located):
            return False
        return all(
            (
                self._analyzer.knows(token.surface.lower(), language)
                and token.surface.lower() not in self._places
            )
            or (token.surface.isupper() and len(token.surface) < 5 and len(words) > 1)
            for token in words
        )

    def _linked_entities(self, settled: Iterable[_Settled]) -> frozenset[str]:
        return frozenset(
            match.entity
            for item in settled
            for match in item.matches
            if match.type == "Organization"
        )

    def _merge(
        self, names: dict[tuple[Kind, str], Name], linked: frozenset[str]
    ) -> dict[tuple[Kind, str], tuple[Kind, str] | str]:
        """Short forms to what they are short for: 'Agnico Eagle' after 'Agnico Eagle Finland Oy'.

        A short form is the beginning of one name of the document alone, and has two words or one
        that is no word of the dictionary. Names that became part of another are taken out.
        """
        longer: defaultdict[str, set[tuple[Kind, str] | str]] = defaultdict(set)
        for iri in linked:
            for label in self._registry.labels_of(iri):
                for beginning in _beginnings(name_key(label)):
                    longer[beginning].add(iri)
        for kind, key in names:
            if kind == "Organization":
                for beginning in _beginnings(key):
                    longer[beginning].add((kind, key))
        aliases: dict[tuple[Kind, str], tuple[Kind, str] | str] = {}
        for kind, key in sorted(names):
            name = names[kind, key]
            if kind == "Place" and ("Site", key) in names:
                aliases[kind, key] = ("Site", key)
            elif kind == "Organization" and len(longer.get(key, ())) == 1:
                distinct = "-" in key or not any(s.common for s in name.sightings)
                if distinct:
                    aliases[kind, key] = next(iter(longer[key]))
        for short, full in aliases.items():
            while isinstance(full, tuple) and full in aliases:
                full = aliases[full]
            aliases[short] = full
            gone = names.pop(short)
            if isinstance(full, tuple):
                names[full].sightings.extend(gone.sightings)
                names[full].acronyms |= gone.acronyms
        return aliases

    def _name_acronyms(
        self,
        settled: Sequence[_Settled],
        abbreviations: Mapping[str, str],
        names: dict[tuple[Kind, str], Name],
        known: dict[str, tuple[str, str]],
    ) -> None:
        """Give acronyms that the text defines to what their long forms name."""
        for short, long in abbreviations.items():
            for language in dict.fromkeys(item.language for item in settled):
                tokens = self._analyzer.tokens(long, language)
                label = self._forms.base(tokens, long, language)
                kind = head_of(tokens, language)
                key = name_key(label)
                found = next((n for (k, x), n in names.items() if x == key), None)
                if found is not None:
                    found.acronyms.add(short)
                    break
                iri = self._registry.exact(label, kind or "Organization")
                entity = self._vocabulary.get(iri) if iri is not None else None
                if entity is not None:
                    known[f"={short}"] = (entity.iri, entity.type)
                    break
        for item in settled:
            for match in item.matches:
                if match.type in NAME_TYPES:
                    surface = item.text[match.start : match.end]
                    acronym = acronym_after(item.text, match.end, surface)
                    if acronym:
                        known[f"={acronym}"] = (match.entity, match.type)

    def _entities(
        self, names: Mapping[tuple[Kind, str], Name]
    ) -> dict[tuple[Kind, str], tuple[str, str, float]]:
        """IRI, type and score of each name that is kept."""
        found: dict[tuple[Kind, str], tuple[str, str, float]] = {}
        for key, name in names.items():
            if not name.kept:
                continue
            label = name.label
            iri = candidate_iri(
                name.kind,
                label,
                self._vocabulary.__contains__,
                lambda taken, label=label: self._registry.agrees(taken, label),
            )
            found[key] = (iri, name.kind, name.score)
        return found

    def _known_names(
        self,
        names: Mapping[tuple[Kind, str], Name],
        entities: Mapping[tuple[Kind, str], tuple[str, str, float]],
        known: Mapping[str, tuple[str, str]],
    ) -> KnownNames:
        again = KnownNames(self._analyzer)
        for short, (iri, kind) in known.items():
            if short.startswith("="):
                again.add_acronym(short[1:], (iri, kind, _SHORT))
        for key, entity in entities.items():
            name = names[key]
            for acronym in name.acronyms:
                again.add_acronym(acronym, entity)
            for label in dict.fromkeys(s.label for s in name.sightings):
                again.add_name(label, entity, name.language)
        return again

    def _candidates(
        self,
        names: Mapping[tuple[Kind, str], Name],
        entities: Mapping[tuple[Kind, str], tuple[str, str, float]],
        used: set[str],
    ) -> tuple[Candidate, ...]:
        return merge_candidates(
            [
                candidate_of(names[key], iri)
                for key, (iri, _, _) in entities.items()
                if iri in used and iri not in self._vocabulary
            ]
        )


def _is_of_person(reading: Reading, first: int, last: int) -> bool:
    """Whether a reading is of a person's name, and no institution that bears it."""
    touches = first <= reading.last and reading.first <= last and last > first
    bears = reading.cue in ("head", "project") and reading.first <= first and last < reading.last
    return touches and not bears


def _swedish_mine(name: str) -> tuple[str, ...]:
    """'Kittilägruvan' is the mine of Kittilä."""
    stem = re.sub(r"(?<=\w{3})s?gruvan?$", "", name)
    return (stem,) if stem != name else ()


_ALONE = re.compile(r"\.(?:\s|$)")
_FOOTNOTE = re.compile(r"(?<=[a-zåäö]{3})\d{1,2}$")
_CITED = re.compile(r",?\s\(?(?:19|20)\d\d\b|,\s?[A-ZÅÄÖ]\.|\s(?:et al|ym\.)|\s&\s[A-ZÅÄÖ]")
_WHERE_CASE = re.compile(r"(?:ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|aan|ään|een|iin|oon|uun|seen)$")
_WHERE = re.compile(
    r"\b(?:in|at|near|around|from|between|north of|south of|east of|west of|village of|town of|"
    r"i|vid|nära|från|till|kring)\s(?:the\s)?$"
)


def _is_located(item: _Settled, words: Sequence[Token]) -> bool:
    if item.language == "fi":
        return bool(_WHERE_CASE.search(words[-1].surface))
    return bool(_WHERE.search(item.text[max(0, words[0].start - 16) : words[0].start]))


def _beginnings(key: str) -> list[str]:
    words = key.split("-")
    return ["-".join(words[:length]) for length in range(1, len(words))]


def _match(item: _Settled, reading: Reading, iri: str, kind: str, confidence: float) -> Match:
    first, last = item.tokens[reading.first], item.tokens[reading.last]
    return Match(
        iri, kind, first.start, last.end, reading.first, reading.last, round(confidence, 2)
    )


def _outside_addresses(
    text: str, tokens: Sequence[Token], readings: Iterable[Reading]
) -> list[Reading]:
    """The readings that are no pieces of e-mail or web addresses."""
    closed = addresses(text)
    return [
        reading
        for reading in readings
        if not any(
            start < tokens[reading.last].end and tokens[reading.first].start < end
            for start, end in closed
        )
    ]
