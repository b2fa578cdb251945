"""Vocabularies of others, loaded beside ours: checked whole, kept with their licence and source."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from amic_kg.errors import InvalidVocabulary, UnknownThing, UnreadableInput
from amic_kg.iris import slug
from amic_kg.ontology import Entity, Vocabulary, load_vocabulary, ontology_version
from amic_kg.skos import (
    SkosConcept,
    SkosVocabulary,
    check_integrity,
    read_vocabulary,
    summary,
)
from amic_kg.turtle import Text, read_rdf, to_ntriples

CONCEPT = "Concept"
"""The type of an entity that comes from a vocabulary of others."""

_TITLES = ("http://purl.org/dc/terms/title", "http://purl.org/dc/elements/1.1/title")
_LICENCES = (
    "http://purl.org/dc/terms/license",
    "http://purl.org/dc/terms/rights",
    "http://creativecommons.org/ns#license",
)
_LANGUAGES = ("fi", "en", "sv", "se")
_OURS = ("fi", "en", "sv")
_FATAL = frozenset(("S9", "cycle"))


@dataclass(frozen=True, slots=True)
class ExternalVocabulary:
    """What is kept of a loaded vocabulary beside its triples; `added` is an ISO date."""

    name: str
    title: str
    licence: str
    source: str
    concepts: int
    labels: dict[str, int]
    sha256: str
    added: str
    remarks: tuple[str, ...] = ()


class ExternalVocabularies:
    """The folder of loaded vocabularies: `<name>.nt` with `<name>.json` beside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def list(self) -> list[ExternalVocabulary]:
        return [
            ExternalVocabulary(**{**data, "remarks": tuple(data["remarks"])})
            for path in sorted(self._folder.glob("*.json"))
            if (data := json.loads(path.read_text(encoding="utf-8")))
        ]

    def path(self, name: str) -> Path:
        """The triples of a loaded vocabulary."""
        return self._folder / f"{name}.nt"

    def version(self) -> str:
        """A digest of what is loaded; '' when nothing is."""
        loaded = self.list()
        if not loaded:
            return ""
        digest = hashlib.sha256("".join(v.name + v.sha256 for v in loaded).encode())
        return digest.hexdigest()[:8]

    def add(
        self,
        path: Path,
        *,
        source: str,
        known: Iterable[str],
        name: str | None = None,
        licence: str | None = None,
    ) -> ExternalVocabulary:
        """Check and load the file at `path`; all of it or nothing.

        `known` are the IRIs that other vocabularies describe already. Raises InvalidVocabulary for
        broken RDF, no concepts, a ring of broader, an IRI described twice, or no licence.
        """
        if not path.is_file():
            raise UnreadableInput(str(path), "is no file", "Check its name")
        vocabulary = read_vocabulary(read_rdf(path))
        title = _said(vocabulary, _TITLES) or path.stem
        name = slug(name or title)
        remarks = _check(path.name, vocabulary, self._others(name, known))
        licence = licence or _said(vocabulary, _LICENCES)
        if not licence:
            raise InvalidVocabulary(
                path.name,
                "states no licence (dcterms:license on its concept scheme)",
                "Find out under what terms it may be used, and say it with --licence URL",
            )
        loaded = ExternalVocabulary(
            name=name,
            title=title,
            licence=licence,
            source=source,
            concepts=len(vocabulary.concepts),
            labels=_label_counts(vocabulary),
            sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
            added=datetime.now(UTC).date().isoformat(),
            remarks=remarks,
        )
        self._write(path, loaded)
        return loaded

    def remove(self, name: str) -> None:
        if not self.path(name).exists():
            raise UnknownThing(name, "is not loaded", "'amic-kg vocab list' names those that are")
        (self._folder / f"{name}.json").unlink(missing_ok=True)
        self.path(name).unlink()

    def entities(self, linked: frozenset[str] = frozenset()) -> Iterable[Entity]:
        """The concepts with labels in our languages, but for those of `linked`.

        A concept that one of ours is an exact match of is left to ours: one name, one entity.
        """
        for loaded in self.list():
            vocabulary = read_vocabulary(read_rdf(self.path(loaded.name)))
            for concept in vocabulary.concepts.values():
                if concept.iri not in linked and any(
                    language in _OURS for language, _ in concept.labels["prefLabel"]
                ):
                    yield _entity(concept)

    def _others(self, name: str, known: Iterable[str]) -> dict[str, str]:
        """IRIs described elsewhere, and where; a vocabulary may replace itself."""
        others = dict.fromkeys(known, "AMIC-KG's own vocabularies")
        for loaded in self.list():
            if loaded.name != name:
                triples = read_vocabulary(read_rdf(self.path(loaded.name)))
                others.update(dict.fromkeys(triples.concepts, loaded.name))
        return others

    def _write(self, path: Path, loaded: ExternalVocabulary) -> None:
        """Triples and description appear together: the description last, in one step."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._folder, prefix=".incoming-") as folder:
            triples = Path(folder) / "triples.nt"
            triples.write_bytes(to_ntriples(path))
            about = Path(folder) / "about.json"
            about.write_text(
                json.dumps(asdict(loaded), ensure_ascii=False, indent=2), encoding="utf-8"
            )
            shutil.move(triples, self.path(loaded.name))
            shutil.move(about, self._folder / f"{loaded.name}.json")


def _check(file_name: str, vocabulary: SkosVocabulary, others: dict[str, str]) -> tuple[str, ...]:
    """Refuse what cannot be used; what can be lived with comes back as remarks."""
    if not vocabulary.concepts:
        raise InvalidVocabulary(
            file_name, "holds no skos:Concept", "Give a SKOS vocabulary, not another kind of RDF"
        )
    problems = list(check_integrity(vocabulary))
    fatal = [p for p in problems if p.condition in _FATAL or _twice_in_our_languages(p.message)]
    if fatal:
        raise InvalidVocabulary(
            file_name, summary(fatal), "Mend them in the file; nothing of it was loaded"
        )
    doubled = sorted(vocabulary.concepts.keys() & others.keys())
    if doubled:
        raise InvalidVocabulary(
            file_name,
            f"describes {len(doubled)} concept(s) that {others[doubled[0]]} describes already, "
            f"such as {doubled[0]}",
            "Remove the other one first ('amic-kg vocab remove'), or leave them out of the file",
        )
    return tuple(str(problem) for problem in problems)


def _twice_in_our_languages(message: str) -> bool:
    """One IRI with two preferred labels in a language we match is two concepts under one name."""
    found = re.search(r"preferred labels in '(\w+)'", message)
    return found is not None and found.group(1) in _OURS


def _said(vocabulary: SkosVocabulary, predicates: tuple[str, ...]) -> str:
    """What the schemes say by one of `predicates`, in English before any other language."""
    for predicate in predicates:
        values = [v for said in vocabulary.schemes.values() for v in said.get(predicate, ())]
        values.sort(key=lambda value: isinstance(value, Text) and value.language != "en")
        if values:
            first = values[0]
            return first.value if isinstance(first, Text) else first
    return ""


def _label_counts(vocabulary: SkosVocabulary) -> dict[str, int]:
    counts = dict.fromkeys(_LANGUAGES, 0)
    for concept in vocabulary.concepts.values():
        for language, _ in concept.labels["prefLabel"]:
            if language in counts:
                counts[language] += 1
    return counts


def _entity(concept: SkosConcept) -> Entity:
    def by_language(name: str) -> dict[str, tuple[str, ...]]:
        grouped: dict[str, list[str]] = {}
        for language, text in concept.labels[name]:
            if language in _LANGUAGES:
                grouped.setdefault(language, []).append(text)
        return {language: tuple(texts) for language, texts in grouped.items()}

    return Entity(
        iri=concept.iri,
        type=CONCEPT,
        preferred={language: texts[0] for language, texts in by_language("prefLabel").items()},
        alternative=by_language("altLabel"),
        hidden=by_language("hiddenLabel"),
        definition={lang: text for lang, text in concept.definitions if lang in _LANGUAGES},
        broader=tuple(concept.links["broader"]),
        links=tuple(concept.links["exactMatch"]),
    )


def open_vocabulary(folder: Path) -> Vocabulary:
    """Our vocabulary, and beside it what is loaded in `folder`."""
    ours = load_vocabulary()
    external = ExternalVocabularies(folder)
    version = external.version()
    return ours.extended(external.entities(ours.links()), version) if version else ours


def vocabulary_version(folder: Path) -> str:
    """The version that `open_vocabulary` gives, without reading all of it."""
    return "+".join(
        part for part in (ontology_version(), ExternalVocabularies(folder).version()) if part
    )
