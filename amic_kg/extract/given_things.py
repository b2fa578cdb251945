"""What a structured source states of projects, organisations and calls: metadata to things.

A source puts it under `things` of a document's metadata, a list of objects::

    {"id": "project", "type": "Project", "identifiers": {"cordis": "101178775"},
     "label": "Ores of the North", "language": "en", "alternatives": ["ORENORTH"],
     "relation": "about",
     "facts": {"start": "2024-01-01", "call": [{"thing": "topic"}]},
     "parts": [{"thing": "p1", "role": "coordinator", "contribution": "120000.50"}]},
    {"id": "p1", "type": "Organization", "identifiers": {"pic": "999999999"},
     "label": "OUTOKUMPU OY", "country": "FI", "city": "Tornio"}

`id` names a thing within the list. Nothing here is drawn from text, so nothing has a quote: the
named graph of the document says who states it. See docs/decisions/0020-given-things.md.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from amic_kg.extract.names.organizations import name_key
from amic_kg.iris import ONTOLOGY, Iris, slug
from amic_kg.ontology import Entity, Vocabulary
from amic_kg.records import Candidate, GivenFact, GivenPart, GivenThing

_SCHEMA = "https://schema.org/"
_DC = "http://purl.org/dc/elements/1.1/"
_DCTERMS = "http://purl.org/dc/terms/"

_KINDS: Mapping[str, str] = {
    "Project": "project",
    "Organization": "organization",
    "Call": "call",
    "FundingProgramme": "funding-programme",
}
"""The types that a source may name, and the step of their IRIs."""

_STRENGTH = ("cordis", "ror", "qid", "pic", "call")
"""Schemes of identifiers, the strongest first (DESIGN: ROR before QID before PIC)."""
_SHAPES: Mapping[str, re.Pattern[str]] = {
    "cordis": re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{3,30}"),
    "ror": re.compile(r"0[0-9a-hj-km-np-tv-z]{6}[0-9]{2}"),
    "qid": re.compile(r"Q[1-9][0-9]*"),
    "pic": re.compile(r"[0-9]{9}"),
    "call": re.compile(r"[A-Za-z0-9][\w.+ /()-]{2,150}"),
}
_ELSEWHERE: Mapping[str, str] = {
    "ror": "https://ror.org/",
    "qid": "http://www.wikidata.org/entity/",
}

_RELATIONS: Mapping[str, str] = {
    "about": f"{_SCHEMA}about",
    "outputOf": f"{ONTOLOGY}outputOf",
}

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_SUM = re.compile(r"\d{1,15}(\.\d{1,4})?")
_URL = re.compile(r"https?://[^\s<>\"{}|^`\\]{3,1000}")
_ROLES = re.compile(
    r"role-(?:research|higher-education|company|authority|municipality|association|funder|network)"
)


def _date(value: str) -> GivenFact | None:
    kinds = {4: "gYear", 7: "gYearMonth", 10: "date"}
    if not _DATE.fullmatch(value):
        return None
    try:
        date.fromisoformat(f"{value}-01-01"[:10])
    except ValueError:
        return None
    return GivenFact("", value, kinds[len(value)])


def _day(value: str) -> GivenFact | None:
    return _date(value) if len(value) == 10 else None


def _sum(value: str) -> GivenFact | None:
    return GivenFact("", value, "decimal") if _SUM.fullmatch(value) else None


def _text(value: str) -> GivenFact | None:
    return GivenFact("", value, "string") if value else None


def _english(value: str) -> GivenFact | None:
    return GivenFact("", value, "@en") if value else None


def _link(value: str) -> GivenFact | None:
    return GivenFact("", value) if _URL.fullmatch(value) else None


def _role(value: str) -> GivenFact | None:
    return GivenFact("", ONTOLOGY + value) if _ROLES.fullmatch(value) else None


_FACTS: Mapping[str, tuple[str, Callable[[str], GivenFact | None]]] = {
    "acronym": (f"{ONTOLOGY}acronym", _text),
    "start": (f"{ONTOLOGY}start", _date),
    "end": (f"{ONTOLOGY}end", _date),
    "budget": (f"{ONTOLOGY}budget", _sum),
    "euContribution": (f"{ONTOLOGY}euContribution", _sum),
    "deadline": (f"{ONTOLOGY}deadline", _day),
    "identifier": (f"{_DCTERMS}identifier", _text),
    "subject": (f"{_DC}subject", _english),
    "sameAs": (f"{_SCHEMA}sameAs", _link),
    "homepage": ("http://xmlns.com/foaf/0.1/homepage", _link),
    "role": (f"{ONTOLOGY}role", _role),
}
_FACTS_OF: Mapping[str, frozenset[str]] = {
    "Project": frozenset(_FACTS) - {"deadline", "role"} | {"fundedUnder", "call"},
    "Organization": frozenset(("homepage", "role", "sameAs", "identifier")),
    "Call": frozenset(("deadline", "identifier", "subject", "sameAs", "homepage", "fundedUnder")),
    "FundingProgramme": frozenset(("identifier", "sameAs")),
}
"""What may be said of each type: the domains of the ontology."""
_LINKS: Mapping[str, str] = {"fundedUnder": "FundingProgramme", "call": "Call"}
"""Facts whose value is a thing of the list, and the type that it has."""

_REGISTRY_KNOWS = frozenset(("homepage", "role"))
"""Of a thing in the registry, the registry tells these; a source may know them worse."""

_LANGUAGE = re.compile("[a-z]{2,3}")
_SINGLE = re.compile("[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_LONGEST = 1000


class GivenThings:
    """Reads `things`, and knows what the registry has already."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def read(
        self, metadata: Mapping[str, object]
    ) -> tuple[tuple[GivenThing, ...], tuple[str, ...]]:
        """The things in order, one an IRI, and what of them is not understood, in words."""
        stated = metadata.get("things")
        if not stated:
            return (), ()
        faults: list[str] = []
        things: dict[str, tuple[Mapping[str, object], GivenThing]] = {}
        for number, item in enumerate(stated if isinstance(stated, list) else [stated], 1):
            thing = self._thing(item) if isinstance(item, Mapping) else None
            if thing is None:
                faults.append(f"thing {number} of the source has no type, name or identifier")
            else:
                things[str(item.get("id", number))] = (item, thing)
        named = {key: thing for key, (_, thing) in things.items()}
        read: dict[str, GivenThing] = {}
        for item, thing in things.values():
            whole = self._whole(item, thing, named, faults)
            read[thing.iri] = _merged(read[thing.iri], whole) if thing.iri in read else whole
        return tuple(read.values()), tuple(faults)

    def _thing(self, item: Mapping[str, object]) -> GivenThing | None:
        """The thing with its IRI alone; None for one that cannot be told from others."""
        kind = item.get("type")
        label = clean(item.get("label"))
        if not isinstance(kind, str) or kind not in _KINDS or not label:
            return None
        identifiers = _identifiers(item)
        known = self._known(kind, label, identifiers, item)
        if known is not None:
            return GivenThing(known, kind, label, "und", status="accepted")
        scheme = next((x for x in _STRENGTH if x in identifiers), None)
        if scheme is not None:
            value = slug(identifiers[scheme])
            key = value if scheme == "call" else f"{scheme}-{value}"
        else:
            key = name_key(label)
        if not key:
            return None
        language = clean(item.get("language"))
        if not _LANGUAGE.fullmatch(language):
            language = "und"
        alternatives = tuple(x for x in _texts(item.get("alternatives")) if x != label)
        # Under the canonical base, as candidates are: the same thing for every operator.
        iri = free = Iris().thing(_KINDS[kind], key)
        number = 2
        while iri in self._vocabulary:
            # The registry gave it to another thing.
            iri, number = f"{free}-{number}", number + 1
        return GivenThing(iri, kind, label, language, alternatives)

    def _known(
        self, kind: str, label: str, identifiers: Mapping[str, str], item: Mapping[str, object]
    ) -> str | None:
        """The registry's IRI, by an identifier, else by the name and for an organisation the
        country too: half the names of companies are borne by several in Europe.
        """
        for scheme in _STRENGTH:
            if scheme in identifiers:
                name = f"{scheme}:{identifiers[scheme]}"
                found = self._by_identifier.get(_ELSEWHERE.get(scheme, "") + identifiers[scheme])
                found = found or self._by_identifier.get(name)
                if found is not None and found.type == kind:
                    return found.iri
        named = self._by_name.get((kind, name_key(label)), ())
        if kind == "Organization":
            country = self._country.get(str(item.get("country") or ""))
            named = [entity for entity in named if country and country in self._above(entity)]
        elif kind == "Project":
            # An acronym is borne by many, and a title by a project and its successor.
            telling = name_key(label).count("-") > 1
            named = [x for x in named if telling and not (identifiers and _has_number(x))]
        return named[0].iri if len(named) == 1 else None

    def _whole(
        self,
        item: Mapping[str, object],
        thing: GivenThing,
        named: Mapping[str, GivenThing],
        faults: list[str],
    ) -> GivenThing:
        known = thing.status == "accepted"
        facts = [*_identifying(item)]
        if thing.type == "Organization" and not known:
            facts += self._where(item)
        stated = item.get("facts")
        for name, value in (stated if isinstance(stated, Mapping) else {}).items():
            if known and name in _REGISTRY_KNOWS:
                continue
            for one in value if isinstance(value, list) else [value]:
                fact = _fact(thing.type, str(name), one, named)
                if fact is None:
                    faults.append(f"what the source says of '{thing.label}' is unclear: {name}")
                else:
                    facts.append(fact)
        return replace(
            thing,
            label="" if known else thing.label,
            facts=tuple(dict.fromkeys(facts)),
            parts=_parts(item, named) if thing.type == "Project" else (),
            relation=_RELATIONS.get(str(item.get("relation")), ""),
        )

    def _where(self, item: Mapping[str, object]) -> Iterator[GivenFact]:
        """The municipality when the registry knows it in that country, else the country."""
        country = self._country.get(str(item.get("country") or ""))
        if country is None:
            return
        city = name_key(clean(item.get("city")))
        places = [x for x in self._by_name.get(("Place", city), ()) if country in self._above(x)]
        yield GivenFact(f"{ONTOLOGY}locatedIn", places[0].iri if len(places) == 1 else country)

    def _above(self, entity: Entity) -> frozenset[str]:
        above = [*entity.places, *self._vocabulary.ancestors(entity.iri)]
        return frozenset(above).union(*(self._vocabulary.ancestors(place) for place in above))

    @cached_property
    def _by_identifier(self) -> Mapping[str, Entity]:
        return {name: entity for entity in self._vocabulary for name in entity.identifiers}

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, str], Sequence[Entity]]:
        """By type and key; hidden labels are acronyms, which many share, but of programmes."""
        found: defaultdict[tuple[str, str], dict[str, Entity]] = defaultdict(dict)
        for entity in self._vocabulary:
            if entity.type in _KINDS or entity.type == "Place":
                for _, text, rank in entity.labels():
                    if rank != "hidden" or entity.type == "FundingProgramme":
                        found[entity.type, name_key(text)][entity.iri] = entity
        return {key: tuple(entities.values()) for key, entities in found.items()}

    @cached_property
    def _country(self) -> Mapping[str, str]:
        """Countries by the code that they have as NUTS level 0, which the Commission uses."""
        return {
            name.removeprefix("nuts:"): entity.iri
            for name, entity in self._by_identifier.items()
            if re.fullmatch("nuts:[A-Z]{2}", name)
        }


def unknown_things(things: Sequence[GivenThing]) -> tuple[Candidate, ...]:
    """The projects and organisations that no registry knows, for a curator to decide on."""
    return tuple(
        Candidate(
            iri=thing.iri,
            type=thing.type,
            label=thing.label,
            language=thing.language,
            surfaces=(thing.label, *thing.alternatives),
            score=1.0,
            status=thing.status,
        )
        for thing in things
        if thing.status == "proposed" and thing.type in ("Project", "Organization")
    )


def clean(value: object) -> str:
    """On one line, of a length that can be shown; empty for what is no text."""
    text = _SINGLE.sub(" ", value) if isinstance(value, str) else ""
    return " ".join(text.split())[:_LONGEST]


def _identifiers(item: Mapping[str, object]) -> dict[str, str]:
    stated = item.get("identifiers")
    values = stated.items() if isinstance(stated, Mapping) else ()
    return {
        str(scheme): clean(value)
        for scheme, value in values
        if scheme in _SHAPES and _SHAPES[scheme].fullmatch(clean(value))
    }


def _identifying(item: Mapping[str, object]) -> Iterator[GivenFact]:
    for scheme, value in _identifiers(item).items():
        match scheme:
            case "cordis":
                yield GivenFact(f"{ONTOLOGY}cordisId", value, "string")
            case "pic":
                yield GivenFact(f"{ONTOLOGY}pic", value, "string")
            case "call":
                yield GivenFact(f"{_DCTERMS}identifier", value, "string")
            case _:
                yield GivenFact(f"{_SCHEMA}sameAs", _ELSEWHERE[scheme] + value)


def _fact(kind: str, name: str, value: object, named: Mapping[str, GivenThing]) -> GivenFact | None:
    if name not in _FACTS_OF[kind]:
        return None
    if name in _LINKS:
        thing = named.get(str(value.get("thing"))) if isinstance(value, Mapping) else None
        if thing is None or thing.type != _LINKS[name]:
            return None
        return GivenFact(ONTOLOGY + name, thing.iri)
    predicate, read = _FACTS[name]
    fact = read(clean(value))
    return GivenFact(predicate, fact.object, fact.datatype) if fact is not None else None


def _parts(item: Mapping[str, object], named: Mapping[str, GivenThing]) -> tuple[GivenPart, ...]:
    """One an organisation and role: what departments receive that share a code is added up."""
    found: dict[tuple[str, str], Decimal | None] = {}
    stated = item.get("parts")
    for part in stated if isinstance(stated, list) else ():
        thing = named.get(str(part.get("thing"))) if isinstance(part, Mapping) else None
        if thing is not None and thing.type == "Organization":
            key = (thing.iri, clean(part.get("role")) or "participant")
            money = clean(part.get("contribution"))
            told = Decimal(money) if _SUM.fullmatch(money) else None
            before = found.get(key)
            found[key] = told if before is None else before + (told or 0)
    return tuple(
        GivenPart(organization, role, None if money is None else f"{money:f}")
        for (organization, role), money in found.items()
    )


def _merged(one: GivenThing, other: GivenThing) -> GivenThing:
    """Two entries of one thing: an organisation that a source lists under two names."""
    names = dict.fromkeys((*one.alternatives, other.label, *other.alternatives))
    return replace(
        one,
        alternatives=tuple(name for name in names if name and name != one.label),
        facts=tuple(dict.fromkeys((*one.facts, *other.facts))),
        parts=tuple(dict.fromkeys((*one.parts, *other.parts))),
        relation=one.relation or other.relation,
    )


def _has_number(entity: Entity) -> bool:
    return any(name.startswith("cordis:") for name in entity.identifiers)


def _texts(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(text for x in values if (text := clean(x)))
