"""The ontology folder as values: concepts and registered things with labels in every language."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from amic_kg.errors import InvalidVocabulary
from amic_kg.iris import ONTOLOGY
from amic_kg.turtle import Text, Triple, read_turtle

SKOS = "http://www.w3.org/2004/02/skos/core#"
_SAME_AS = "http://www.w3.org/2002/07/owl#sameAs"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

SCHEME_TYPES: Mapping[str, str] = {
    "commodity": "Commodity",
    "mineral": "Mineral",
    "rock": "Rock",
    "method": "Method",
    "theme": "Theme",
    "acceptance-factor": "AcceptanceFactor",
    "stakeholder-group": "StakeholderGroup",
    "practice": "Practice",
    "lifecycle-stage": "LifecycleStage",
    "output-type": "OutputType",
    "funding-programme": "FundingProgramme",
    "infrastructure-type": "InfrastructureType",
}
"""The last step of a vocabulary's IRI, and the class of its concepts."""

ONTOLOGY_FILE = "mining-rdi.ttl"

_IDENTIFYING: Mapping[str, str] = {"cordisId": "cordis", "pic": "pic", "nutsCode": "nuts"}

REGISTRY_TYPES = ("Organization", "Project", "Place", "Site")

FACTS = (
    "locatedIn", "hasCommodity", "produces", "hasOperator", "coordinator", "partner",
    "fundedUnder", "start", "end", "euCritical", "euStrategic",
)  # fmt: skip
"""Properties of sites, projects and commodities that `Entity.facts` holds."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A concept of a vocabulary or a thing of the registry.

    `preferred` has one label a language; `alternative` and `hidden` any number of them.
    """

    iri: str
    type: str
    preferred: Mapping[str, str]
    alternative: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hidden: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    definition: Mapping[str, str] = field(default_factory=dict)
    broader: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    """What names it elsewhere: `cordis:776811`, `pic:999999999`, `nuts:FI`, or an IRI."""
    places: tuple[str, ...] = ()
    """Where the registry says that it is."""
    in_text: bool = True
    """Whether its labels are looked for in running text (mrdi:matchInText of its scheme)."""
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What is said of a site, project or commodity, by the names in `FACTS`: IRIs, dates, years."""

    def label(self, language: str) -> str:
        """The label in `language`, else in English, else any."""
        for wanted in (language, "en"):
            if wanted in self.preferred:
                return self.preferred[wanted]
        return next(iter(self.preferred.values()))

    def labels(self) -> Iterator[tuple[str, str, str]]:
        """Every label as (language, text, rank), rank one of preferred, alternative, hidden."""
        for language, text in self.preferred.items():
            yield language, text, "preferred"
        for rank, labels in (("alternative", self.alternative), ("hidden", self.hidden)):
            for language, texts in labels.items():
                for text in texts:
                    yield language, text, rank


class Vocabulary:
    """All entities that can be recognised, by IRI, with their hierarchy."""

    def __init__(self, entities: Mapping[str, Entity], version: str) -> None:
        self._entities = entities
        self.version = version

    def __iter__(self) -> Iterator[Entity]:
        return iter(self._entities.values())

    def __len__(self) -> int:
        return len(self._entities)

    def __contains__(self, iri: object) -> bool:
        return iri in self._entities

    def get(self, iri: str) -> Entity | None:
        return self._entities.get(iri)

    def extended(self, entities: Iterable[Entity], version: str) -> Vocabulary:
        """Take in `entities` beside ours, which stand where both describe one."""
        return Vocabulary(
            {**{entity.iri: entity for entity in entities}, **self._entities},
            f"{self.version}+{version}",
        )

    def links(self) -> frozenset[str]:
        """Everything elsewhere that one of ours is a match of."""
        return frozenset(link for entity in self for link in entity.links)

    def ancestors(self, iri: str) -> tuple[str, ...]:
        """Everything broader than `iri`, nearest first, without `iri`."""
        found: dict[str, None] = {}
        queue = [iri]
        while queue:
            entity = self._entities.get(queue.pop(0))
            for parent in entity.broader if entity else ():
                if parent not in found and parent != iri:
                    found[parent] = None
                    queue.append(parent)
        return tuple(found)

    def narrower(self, iri: str) -> tuple[str, ...]:
        """The entities one step below `iri`."""
        return self._children.get(iri, ())

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        children: defaultdict[str, list[str]] = defaultdict(list)
        for entity in self:
            for parent in entity.broader:
                children[parent].append(entity.iri)
        return {parent: tuple(below) for parent, below in children.items()}


def ontology_folder() -> Path:
    """The ontology files: inside an installed wheel, else beside the package in a checkout."""
    packaged = Path(str(files("amic_kg"))) / "_ontology"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "ontology"


def ontology_files(folder: Path | None = None) -> tuple[Path, ...]:
    """The ontology, the vocabularies and the registry, in a fixed order; shapes are not data."""
    folder = folder or ontology_folder()
    vocabularies = (
        path for part in ("vocab", "registry") for path in sorted((folder / part).glob("*.ttl"))
    )
    ontology = folder / ONTOLOGY_FILE
    return (ontology, *vocabularies) if ontology.is_file() else tuple(vocabularies)


def graph_name(path: Path, folder: Path | None = None) -> str:
    """What the named graph of an ontology file is called: `ontology`, `vocab/rock`, …"""
    relative = path.relative_to(folder or ontology_folder()).with_suffix("").as_posix()
    return "ontology" if path.name == ONTOLOGY_FILE else relative


def load_vocabulary(folder: Path | None = None) -> Vocabulary:
    """Read vocabularies and registry; raises InvalidVocabulary that names file and cause."""
    folder = folder or ontology_folder()
    entities: dict[str, Entity] = {}
    for path in ontology_files(folder):
        for entity in _entities(path):
            if entity.iri in entities:
                raise InvalidVocabulary(
                    f"{path.name}, {entity.iri}",
                    "is described in two files",
                    "Keep each concept in the file of its scheme",
                )
            entities[entity.iri] = entity
    if not entities:
        raise InvalidVocabulary(
            str(folder), "holds no vocabulary", "Reinstall AMIC-KG, or run from a whole checkout"
        )
    return Vocabulary(entities, ontology_version(folder))


def ontology_version(folder: Path | None = None) -> str:
    """A digest of all ontology files: what was extracted under another one is extracted anew."""
    digest = hashlib.sha256()
    for path in ontology_files(folder):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _entities(path: Path) -> Iterator[Entity]:
    subjects: defaultdict[str, list[Triple]] = defaultdict(list)
    for triple in read_turtle(path):
        subjects[triple.subject].append(triple)
    silent = {
        scheme
        for scheme, triples in subjects.items()
        if any(
            t.predicate == f"{ONTOLOGY}matchInText"
            and isinstance(t.object, Text)
            and t.object.value == "false"
            for t in triples
        )
    }
    operators = _operators(subjects)
    for iri, triples in subjects.items():
        kind = _kind(iri, triples)
        if kind is None:
            continue
        preferred = {t.language: t.value for t in _texts(triples, "prefLabel")}
        if not preferred:
            raise InvalidVocabulary(f"{path.name}, {iri}", "has no skos:prefLabel", "Give it one")
        yield Entity(
            iri=iri,
            type=kind,
            preferred=preferred,
            alternative=_by_language(_texts(triples, "altLabel")),
            hidden=_by_language(_texts(triples, "hiddenLabel")),
            definition={t.language: t.value for t in _texts(triples, "definition")},
            broader=(
                *_objects(triples, f"{SKOS}broader"),
                *_objects(triples, f"{ONTOLOGY}within"),
                *_objects(triples, f"{ONTOLOGY}locatedIn"),
            )
            if kind != "Organization"
            else (),
            identifiers=_identifiers(triples),
            places=_objects(triples, f"{ONTOLOGY}locatedIn"),
            in_text=silent.isdisjoint(_objects(triples, f"{SKOS}inScheme")),
            links=(
                *_objects(triples, f"{SKOS}exactMatch"),
                *_objects(triples, f"{SKOS}closeMatch"),
            ),
            facts=_facts(triples, operators.get(iri, ())),
        )


def _operators(subjects: Mapping[str, list[Triple]]) -> Mapping[str, tuple[str, ...]]:
    """The organisations of the periods of operation of each site."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for triples in subjects.values():
        for site in _objects(triples, f"{ONTOLOGY}site"):
            found[site].extend(_objects(triples, f"{ONTOLOGY}operator"))
    return {site: tuple(dict.fromkeys(names)) for site, names in found.items()}


def _facts(triples: list[Triple], operators: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {"hasOperator": operators} if operators else {}
    for name in FACTS:
        values = tuple(
            t.object.value if isinstance(t.object, Text) else t.object
            for t in triples
            if t.predicate == ONTOLOGY + name
        )
        if values:
            found[name] = values
    return found


def _kind(iri: str, triples: list[Triple]) -> str | None:
    types = _objects(triples, _RDF_TYPE)
    if f"{SKOS}Concept" in types:
        scheme = iri.rsplit("/", 2)[-2]
        return SCHEME_TYPES.get(scheme)
    return next((kind for kind in REGISTRY_TYPES if f"{ONTOLOGY}{kind}" in types), None)


def _objects(triples: list[Triple], predicate: str) -> tuple[str, ...]:
    return tuple(
        t.object for t in triples if t.predicate == predicate and not isinstance(t.object, Text)
    )


def _identifiers(triples: list[Triple]) -> tuple[str, ...]:
    numbers = (
        f"{scheme}:{t.object.value}"
        for name, scheme in _IDENTIFYING.items()
        for t in triples
        if t.predicate == ONTOLOGY + name and isinstance(t.object, Text)
    )
    return (*numbers, *_objects(triples, _SAME_AS))


def _texts(triples: list[Triple], name: str) -> list[Text]:
    predicate = SKOS + name
    return [t.object for t in triples if t.predicate == predicate and isinstance(t.object, Text)]


def _by_language(texts: list[Text]) -> Mapping[str, tuple[str, ...]]:
    grouped: defaultdict[str, list[str]] = defaultdict(list)
    for text in texts:
        grouped[text.language].append(text.value)
    return {language: tuple(values) for language, values in grouped.items()}
