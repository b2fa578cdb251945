"""Finds the mine or deposit of the registry that a written name stands for, or says: none.

A name is read (`naming`), its core is looked up as it is, in Finnish case forms, and with
slips of spelling (`spelling`); in "Outokumpu-Luikonlahti" and "Suurikuusikko (Kittilä)" the part
that names the site counts. Two sites that fit equally well give no link: a wrong one costs more
than a missing one. Coordinates and raw materials decide between sites and speak against a weak
likeness; they never make a link.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from amic_kg.extract.sites.facts import (
    Point,
    SiteFacts,
    kilometres,
    read_site_facts,
    tells_a_place,
)
from amic_kg.extract.sites.naming import Segment, SiteName, SiteNaming, Word, run
from amic_kg.extract.sites.spelling import budget, spelling_cost
from amic_kg.extract.sites.words import genitives, inflections
from amic_kg.language.voikko import VoikkoMorphology
from amic_kg.ontology import Vocabulary, ontology_folder

ACCEPTED = 0.8
MARGIN = 0.015
"""By how much the best has to be better than the next."""

_WHOLE, _CORE, _INFLECTED, _FUZZY = 1.0, 0.99, 0.97, 0.95
_FUZZY_LOSS = 0.12
_PART_LEFT_OUT = 0.95
_AREA_BEFORE = 0.97
_UNKNOWN_BEFORE = 0.88
_IN_BRACKETS = 0.9
_AMONG_OTHERS = 0.95
_WORD_OF_PLACE = 0.93
_KIND_DIFFERS = 0.85
_PERHAPS_THE_TOWN = 0.79
"""Too little for a link, unless coordinates or raw materials agree."""
_MOST_EDITS = 3
_SPELT_RIGHT = 0.5
"""What of the budget of slips is left for a word that the Finnish dictionary knows."""
_NEAR_KM, _FAR_KM, _NEIGHBOUR_KM = 25.0, 60.0, 6.0
_WEAK = 0.96
"""Below it a likeness gives way to what coordinates and raw materials say."""


@dataclass(frozen=True, slots=True)
class SiteLink:
    """A site, how likely it is meant (0 to 1), and what the likeness is."""

    iri: str
    score: float
    how: str


@dataclass(frozen=True, slots=True)
class _Key:
    """One way to name a site: `bare` when the core alone is a label of it."""

    iri: str
    bare: bool
    plant: bool
    substances: frozenset[str]
    part: bool
    """The number or the compass point of the label is left out."""


class SiteLinker:
    """Links names to the sites of a vocabulary; `registry` has their coordinates and materials.

    Without `registry` the file of the ontology folder is read, at the first name that needs it. The
    Finnish dictionary, where there is one, tells words that are spelt right from slips.
    """

    def __init__(self, vocabulary: Vocabulary, registry: Path | None = None) -> None:
        self._vocabulary = vocabulary
        self._registry = registry or ontology_folder() / "registry" / "sites.ttl"
        self._naming = SiteNaming(vocabulary)

    def link(
        self,
        name: str,
        *,
        coordinates: Point | None = None,
        commodities: Sequence[str] = (),
    ) -> SiteLink | None:
        """The site that `name` stands for; None when none does, or more than one may.

        `coordinates` are longitude and latitude; `commodities` symbols, labels or IRIs.
        """
        found = self._ranked(name, coordinates, commodities)
        if not found or found[0].score < ACCEPTED:
            return None
        if len(found) > 1 and found[0].score - found[1].score < MARGIN:
            return None
        return _capped(found[0])

    def rank(
        self,
        name: str,
        *,
        coordinates: Point | None = None,
        commodities: Sequence[str] = (),
        limit: int = 10,
    ) -> list[SiteLink]:
        """The sites that `name` may stand for, best first."""
        return [_capped(link) for link in self._ranked(name, coordinates, commodities)[:limit]]

    def _ranked(
        self, name: str, coordinates: Point | None, commodities: Sequence[str]
    ) -> list[SiteLink]:
        read = self._naming.read(name)
        given = self._naming.materials(commodities)
        best: dict[str, SiteLink] = {}
        for link in self._candidates(read, given):
            if link.iri not in best or best[link.iri].score < link.score:
                best[link.iri] = link
        named = [segment.substances for segment in (*read.segments, *read.inner)]
        materials = given.union(*named)
        point = coordinates if coordinates and tells_a_place(coordinates) else None
        weighed = [
            self._weighed(link, point, materials)
            for link in best.values()
            if not self._elsewhere(read, link.iri)
        ]
        return sorted(weighed, key=lambda link: (-link.score, link.iri))

    def _candidates(self, read: SiteName, given: frozenset[str]) -> Iterator[SiteLink]:
        for iri in self._labels.get(read.whole, ()):
            yield SiteLink(iri, _WHOLE, "label")
        outer = [(segment, list(self._of_segment(segment, given))) for segment in read.segments]
        if any(segment.other for segment, _ in outer):
            return
        # Nothing in the name is unknown when each segment is a site or a place.
        explained = len(outer) == 1 or all(
            links or self._naming.is_place(run(segment.words)) for segment, links in outer
        )
        several = sum(bool(links) for _, links in outer) > 1
        for segment, links in outer:
            weight = 1.0 if explained else _AMONG_OTHERS
            if several and self._naming.is_place(run(segment.words)):
                weight *= _WORD_OF_PLACE
            yield from (_times(link, weight, "") for link in links)
        for segment in read.inner:
            if not segment.other:
                for link in self._of_segment(segment, given):
                    yield _times(link, _IN_BRACKETS, "in brackets")

    def _elsewhere(self, read: SiteName, iri: str) -> bool:
        """Whether a place told beside the site lies in another country: "Stormi, Norway"."""
        around = self._land(self._vocabulary.ancestors(iri))
        for segment in (*read.segments[1:], *read.inner):
            places = self._naming.places(run(segment.words))
            if places and all(
                around.isdisjoint(self._land((place, *self._vocabulary.ancestors(place))))
                for place in places
            ):
                return True
        return False

    def _land(self, places: Sequence[str]) -> frozenset[str]:
        """Places without the continent that the others lie in."""
        within = [iri for iri in places if (place := self._vocabulary.get(iri)) and place.broader]
        return frozenset(within or places)

    def _of_segment(self, segment: Segment, given: frozenset[str]) -> Iterator[SiteLink]:
        for iri in self._labels.get(segment.whole, ()):
            yield SiteLink(iri, _WHOLE, "label")
        if not segment.words:
            return
        # The raw materials of a record say as well as those in its name that a site is meant.
        segment = replace(segment, substances=segment.substances | given)
        yield from self._looked_up(segment.words, segment)
        plain = segment.without_parts
        if plain and len(plain) < len(segment.words):
            for link in self._looked_up(plain, segment):
                yield _times(link, _PART_LEFT_OUT, "a part of it")
        for at in range(1, len(plain)):
            yield from self._after_an_area(plain[:at], plain[at:], segment)
            if self._naming.is_place(run(plain[at:])) and not self._naming.is_place(
                run(plain[:at])
            ):
                for link in self._looked_up(plain[:at], segment):
                    yield _times(link, _AREA_BEFORE, "before a place")

    def _after_an_area(
        self, before: tuple[Word, ...], words: tuple[Word, ...], segment: Segment
    ) -> Iterator[SiteLink]:
        """Outokumpu-Luikonlahti, Kuhmo Peura-aho, Boliden Kevitsa: the last words name the site."""
        company = self._naming.is_company(before[0].text)
        known = company or self._naming.is_place(run(before))
        if company:  # what a company's name stands before is a site and not a town
            segment = replace(segment, site_word=True)
        earlier = [] if known else [link.iri for link in self._looked_up(before, segment)]
        weight = _AREA_BEFORE if known or earlier else _UNKNOWN_BEFORE
        for link in self._looked_up(words, segment):
            yield _times(link, weight, "after an area")
            for iri in earlier:
                if self._are_neighbours(iri, link.iri):
                    yield _times(replace(link, iri=iri), weight, "beside another")

    def _are_neighbours(self, a: str, b: str) -> bool:
        """Whether two sites may be named together: close by, or nobody knows."""
        first, second = (self._facts.get(iri, SiteFacts()).point for iri in (a, b))
        return not (first and second) or kilometres(first, second) < _NEIGHBOUR_KM

    def _looked_up(self, words: tuple[Word, ...], segment: Segment) -> Iterator[SiteLink]:
        core = run(words)
        found = False
        for how, score, keys in (
            ("name", _CORE, self._keys.get(core, ())),
            ("case form", _INFLECTED, self._forms.get(core, ())),
        ):
            for key in keys:
                if weight := self._weight(key, segment):
                    found = True
                    yield SiteLink(key.iri, score * weight, how)
        if found or self._naming.is_other_thing(core):
            return
        share = _SPELT_RIGHT if self._are_words(words) else 1.0
        near = process.extract(
            core, self._spellings, scorer=OSA.distance, score_cutoff=_MOST_EDITS, limit=None
        )
        for form, _, _ in near:
            allowed = share * budget((len(core) + len(form) + 1) // 2)
            if (cost := spelling_cost(core, form)) > allowed:
                continue
            for key in self._keys.get(form, self._forms.get(form, ())):
                if key.bare and (weight := self._weight(key, segment)):
                    score = _FUZZY - _FUZZY_LOSS * cost / allowed
                    yield SiteLink(key.iri, score * weight, "spelling")

    def _are_words(self, words: tuple[Word, ...]) -> bool:
        """Whether the dictionary knows all of them: then they are no slips of another name."""
        return self._voikko is not None and all(
            self._voikko.analyse(word.written.title()) for word in words
        )

    def _weight(self, key: _Key, segment: Segment) -> float:
        """How well a key fits what the name says beside its core; 0 when it does not."""
        weight = 1.0
        if key.part:
            weight *= _PART_LEFT_OUT
        if key.plant != segment.plant:
            weight *= _KIND_DIFFERS
        if key.bare:
            return weight
        # The town is not its mine: something has to say that the mine is meant.
        known = key.substances or self._facts.get(key.iri, SiteFacts()).commodities
        shared = self._share(segment.substances, known)
        if key.part or (segment.substances and known and not shared):
            return 0.0
        if shared or segment.plant or (segment.site_word and not key.substances):
            return weight
        return weight * (_KIND_DIFFERS if segment.site_word else _PERHAPS_THE_TOWN)

    def _weighed(self, link: SiteLink, point: Point | None, materials: frozenset[str]) -> SiteLink:
        if not (point or materials):
            return link
        facts = self._facts.get(link.iri, SiteFacts())
        score = link.score
        weak = score < _WEAK
        if point and facts.point:
            distance = kilometres(point, facts.point)
            if distance <= _NEAR_KM:
                score += 0.02
            elif distance > _FAR_KM:
                score *= 0.75 if weak else 0.93
        if materials and facts.commodities:
            if self._share(materials, facts.commodities):
                score += 0.01
            else:
                score *= 0.95 if weak else 0.98
        return replace(link, score=score)

    def _share(self, named: frozenset[str], known: frozenset[str]) -> bool:
        """Whether a raw material is common to both, or one is a kind of the other."""
        wider = [
            frozenset(iri for one in side for iri in (one, *self._vocabulary.ancestors(one)[:1]))
            for side in (named, known)
        ]
        return not wider[0].isdisjoint(known) or not wider[1].isdisjoint(named)

    @cached_property
    def _sites(self) -> tuple[str, ...]:
        return tuple(entity.iri for entity in self._vocabulary if entity.type == "Site")

    @cached_property
    def _facts(self) -> Mapping[str, SiteFacts]:
        return read_site_facts(self._registry)

    @cached_property
    def _labels(self) -> Mapping[str, frozenset[str]]:
        """Sites by their labels, folded and run together."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for iri, segment in self._segments:
            found[segment.whole].add(iri)
        return {whole: frozenset(iris) for whole, iris in found.items()}

    @cached_property
    def _segments(self) -> tuple[tuple[str, Segment], ...]:
        return tuple(
            (iri, segment)
            for iri in self._sites
            if (entity := self._vocabulary.get(iri))
            for label in dict.fromkeys(text for _, text, _ in entity.labels())
            if (segment := self._naming.label(label))
        )

    @cached_property
    def _keys(self) -> Mapping[str, tuple[_Key, ...]]:
        """Sites by the core of each of their labels."""
        found: defaultdict[str, dict[str, _Key]] = defaultdict(dict)

        for iri, segment in self._segments:
            for words in dict.fromkeys((segment.words, segment.without_parts)):
                if not words:
                    continue
                core = run(words)
                town = self._naming.is_place(core) or self._naming.is_other_thing(core)
                key = _Key(
                    iri=iri,
                    bare=segment.whole == core or not town,
                    plant=segment.plant,
                    substances=segment.substances,
                    part=words != segment.words,
                )
                for form in (core, self._naming.nominative(core)):
                    known = found[form].get(iri)
                    if known is None or _plainness(key) > _plainness(known):
                        found[form][iri] = key
        return {core: tuple(keys.values()) for core, keys in found.items()}

    @cached_property
    def _forms(self) -> Mapping[str, tuple[_Key, ...]]:
        """Sites by the case forms of their names."""
        found: defaultdict[str, dict[str, _Key]] = defaultdict(dict)
        for core, keys in self._keys.items():
            for form in inflections(core):
                if form not in self._keys:
                    for key in keys:
                        found[form].setdefault(key.iri, key)
        return {form: tuple(keys.values()) for form, keys in found.items()}

    @cached_property
    def _spellings(self) -> tuple[str, ...]:
        """What a misspelt name is compared with: names and their genitives."""
        forms = (form for core in self._keys for form in genitives(core) if form in self._forms)
        return tuple(dict.fromkeys((*self._keys, *forms)))

    @cached_property
    def _voikko(self) -> VoikkoMorphology | None:
        return VoikkoMorphology.open()


def _plainness(key: _Key) -> tuple[bool, bool, bool]:
    return key.bare, not key.part, not key.plant


def _times(link: SiteLink, weight: float, how: str) -> SiteLink:
    return SiteLink(link.iri, link.score * weight, f"{link.how}, {how}" if how else link.how)


def _capped(link: SiteLink) -> SiteLink:
    return replace(link, score=round(min(link.score, 1.0), 3))
