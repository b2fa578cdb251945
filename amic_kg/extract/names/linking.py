"""Names of a document to entities: the registry's where it knows them, else candidates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from amic_kg.extract.concepts.matcher import Match
from amic_kg.extract.names.candidates import (
    Name,
    candidate_iri,
    candidate_of,
    merge_candidates,
)
from amic_kg.extract.names.forms import NameForms
from amic_kg.extract.names.heads import Kind, head_of
from amic_kg.extract.names.later_mentions import Known, KnownNames, acronym_after
from amic_kg.extract.names.organizations import name_key
from amic_kg.extract.names.overlaps import NAME_TYPES
from amic_kg.extract.names.patterns import NamePatterns
from amic_kg.extract.names.reader import NamedPassage, ReadPassage, read_passages
from amic_kg.extract.names.readings import Reading, Words, is_capital
from amic_kg.extract.names.registry import RegistryNames
from amic_kg.extract.names.sightings import NameJudge
from amic_kg.language import Analyzer
from amic_kg.ontology import Vocabulary
from amic_kg.records import Candidate

__all__ = ["LinkedNames", "NameLinker", "NamedPassage"]

_SHORT = 0.8
"""Confidence of a mention by a short form or an acronym that the document introduced."""

NameId = tuple[Kind, str]
"""Kind and key of a name: what is equal in both is one thing within a document."""


@dataclass(frozen=True, slots=True)
class LinkedNames:
    """`matches` of each passage, in order, none within another; the document's candidates.

    A match whose entity is a candidate's IRI is proposed; all others are accepted.
    """

    matches: tuple[list[Match], ...]
    candidates: tuple[Candidate, ...]


@dataclass(slots=True)
class _Names:
    """All names of a document that no registry knows, and what the acronyms stand for."""

    by_id: dict[NameId, Name] = field(default_factory=dict)
    acronyms: dict[str, Known] = field(default_factory=dict)


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
        places = self._registry.words()
        self._patterns = NamePatterns(analyzer, places)
        self._judge = NameJudge(self._registry, analyzer, self._patterns, places, site_of)

    def link(
        self,
        passages: Sequence[NamedPassage],
        abbreviations: Mapping[str, str] | None = None,
    ) -> LinkedNames:
        """Entities and candidates of a document; `abbreviations` maps short to long forms."""
        forms = NameForms(
            self._analyzer,
            (token.surface for item in passages for token in item.tokens if is_capital(token)),
        )
        read = read_passages(
            passages,
            self._patterns,
            self._analyzer,
            lambda words, reading: self._judge.registered(words, reading, forms) is not None,
        )
        names = _Names()
        found = [self._find(item, names, forms) for item in read]
        self._name_acronyms(read, abbreviations or {}, names, forms)
        aliases = self._merge(names, _organizations(read))
        entities = self._entities(names.by_id)
        again = self._known_names(names, entities)
        matches: list[list[Match]] = []
        for item, readings in zip(read, found, strict=True):
            mine = [again.redefined(item.words.text, match) for match in item.matches]
            for reading, target in readings:
                known = _resolve(target, aliases, entities)
                if known is not None:
                    mine.append(_match(item.words, reading, known))
            mine.extend(again.find(item.words, mine, forms))
            mine.extend(_standing_again(item.displaced, mine))
            matches.append(sorted(mine, key=lambda match: match.start))
        used = {match.entity for mine in matches for match in mine}
        return LinkedNames(tuple(matches), self._candidates(names.by_id, entities, used))

    def _find(
        self, item: ReadPassage, names: _Names, forms: NameForms
    ) -> list[tuple[Reading, Known | NameId]]:
        """What each reading of a passage names; unknown names are gathered in `names`."""
        found: list[tuple[Reading, Known | NameId]] = []
        words = item.words
        for plain in item.readings:
            reading = self._judge.retitled(words, plain)
            known = self._judge.registered(words, reading, forms)
            label = self._judge.label(words, reading, forms)
            acronym = acronym_after(
                words.text,
                words.tokens[reading.last].end,
                label,
                any_letters=reading.kind == "Project",
            )
            if known is not None:
                found.append((reading, known))
                if acronym:
                    names.acronyms[acronym] = known._replace(confidence=_SHORT)
                continue
            sighting = self._judge.sighting(words, reading, forms)
            if sighting is None:
                continue
            name_id = (reading.kind, name_key(label))
            name = names.by_id.setdefault(name_id, Name(*name_id))
            name.sightings.append(sighting)
            if acronym:
                name.acronyms.add(acronym)
            found.append((reading, name_id))
        return found

    def _merge(self, found: _Names, organizations: Sequence[str]) -> dict[NameId, NameId | Known]:
        """Short forms to what they are short for: 'Agnico Eagle' after 'Agnico Eagle Finland Oy'.

        A short form is the beginning of one name of the document alone, and has two words or one
        that is no word of the dictionary. Names that became part of another are taken out.
        """
        names = found.by_id
        short_for = _acronyms(found)
        full_names: list[tuple[str, NameId | Known]] = [
            (name_key(label), Known(iri, "Organization", _SHORT))
            for iri in organizations
            for label in self._registry.labels_of(iri)
        ]
        full_names += [(key, (kind, key)) for kind, key in names if kind == "Organization"]
        longer: defaultdict[str, dict[NameId | Known, None]] = defaultdict(dict)
        for key, full in full_names:
            for beginning in _beginnings(key):
                longer[beginning].setdefault(full)
        aliases: dict[NameId, NameId | Known] = {}
        for kind, key in sorted(names):
            target: NameId | Known | None = short_for.get(key)
            distinct = "-" in key or not self._is_word(names[kind, key])
            if kind == "Place" and ("Site", key) in names:
                target = ("Site", key)
            elif kind == "Organization" and len(longer.get(key, ())) == 1 and distinct:
                target = next(iter(longer[key]))
            if target is not None and _end(aliases, target) != (kind, key):
                aliases[kind, key] = target
        for short in aliases:
            full = aliases[short] = _end(aliases, short)
            gone = names.pop(short)
            if not isinstance(full, Known):
                names[full].sightings.extend(gone.sightings)
                names[full].acronyms |= gone.acronyms
        return aliases

    def _is_word(self, name: Name) -> bool:
        return any(self._analyzer.knows(s.label.lower(), s.language) for s in name.sightings)

    def _name_acronyms(
        self,
        read: Sequence[ReadPassage],
        abbreviations: Mapping[str, str],
        names: _Names,
        forms: NameForms,
    ) -> None:
        """Give acronyms that the text defines to what their long forms name."""
        languages = dict.fromkeys(item.words.language for item in read)
        for short, long in abbreviations.items():
            for language in languages:
                tokens = self._analyzer.tokens(long, language)
                label = forms.base(tokens, long, language)
                kind = head_of(tokens, language) or "Organization"
                name = names.by_id.get((kind, name_key(label)))
                iri = self._registry.exact(label, kind)
                entity = self._vocabulary.get(iri) if iri is not None else None
                if name is not None:
                    name.acronyms.add(short)
                elif entity is not None:
                    names.acronyms.setdefault(short, Known(entity.iri, entity.type, _SHORT))
        for item in read:
            for match in item.matches:
                if match.type in NAME_TYPES:
                    text = item.words.text
                    acronym = acronym_after(text, match.end, text[match.start : match.end])
                    if acronym:
                        known = Known(match.entity, match.type, _SHORT)
                        names.acronyms.setdefault(acronym, known)

    def _entities(self, names: Mapping[NameId, Name]) -> dict[NameId, Known]:
        """What each name that is kept stands for."""
        found: dict[NameId, Known] = {}
        for name_id, name in names.items():
            if name.kept:
                label = name.label
                iri = candidate_iri(name.kind, label, self._vocabulary, self._registry.agrees)
                found[name_id] = Known(iri, name.kind, name.score)
        return found

    def _known_names(self, names: _Names, entities: Mapping[NameId, Known]) -> KnownNames:
        again = KnownNames(self._analyzer)
        for acronym, known in names.acronyms.items():
            again.add_acronym(acronym, known)
        for name_id, known in entities.items():
            name = names.by_id[name_id]
            for acronym in sorted(name.acronyms):
                again.add_acronym(acronym, known)
            for label in dict.fromkeys(s.label for s in name.sightings):
                again.add_name(label, known, name.language)
        return again

    def _candidates(
        self, names: Mapping[NameId, Name], entities: Mapping[NameId, Known], used: set[str]
    ) -> tuple[Candidate, ...]:
        return merge_candidates(
            [
                candidate_of(names[name_id], known.iri)
                for name_id, known in entities.items()
                if known.iri in used and known.iri not in self._vocabulary
            ]
        )


def _standing_again(displaced: Sequence[Match], matches: Sequence[Match]) -> list[Match]:
    """Matches that a name took the words of, where no name is there after all."""
    return [
        match
        for match in displaced
        if not any(match.first <= other.last and other.first <= match.last for other in matches)
    ]


def _organizations(read: Sequence[ReadPassage]) -> tuple[str, ...]:
    """The registry's organisations that the document names, in order."""
    return tuple(
        dict.fromkeys(
            match.entity for item in read for match in item.matches if match.type == "Organization"
        )
    )


def _acronyms(names: _Names) -> dict[str, NameId | Known]:
    """The keys of acronyms that the document defines, and what they stand for."""
    found: dict[str, NameId | Known] = {
        name_key(acronym): known for acronym, known in names.acronyms.items()
    }
    for name_id, name in names.by_id.items():
        found.update({name_key(acronym): name_id for acronym in name.acronyms})
    return found


def _end(aliases: Mapping[NameId, NameId | Known], name: NameId | Known) -> NameId | Known:
    """What a name is short for, and that again, until it is no short form itself."""
    while not isinstance(name, Known) and name in aliases:
        name = aliases[name]
    return name


def _beginnings(key: str) -> list[str]:
    words = key.split("-")
    return ["-".join(words[:length]) for length in range(1, len(words))]


def _resolve(
    target: Known | NameId,
    aliases: Mapping[NameId, NameId | Known],
    entities: Mapping[NameId, Known],
) -> Known | None:
    if not isinstance(target, Known):
        target = aliases.get(target, target)
    return target if isinstance(target, Known) else entities.get(target)


def _match(words: Words, reading: Reading, known: Known) -> Match:
    start, end = words.tokens[reading.first].start, words.tokens[reading.last].end
    confidence = round(known.confidence, 2)
    return Match(known.iri, known.type, start, end, reading.first, reading.last, confidence)
