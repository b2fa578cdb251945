"""Candidates: what a text names and no registry knows; scored, and merged under one IRI."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field

from amic_kg.extract.names.heads import Kind
from amic_kg.extract.names.organizations import has_legal_form, name_key
from amic_kg.extract.names.readings import Cue
from amic_kg.iris import Iris
from amic_kg.records import Candidate

CANDIDATE_KINDS: tuple[Kind, ...] = ("Organization", "Place", "Site", "Project")

# What a cue alone is worth; agreed with the recogniser, repeated or introduced with an acronym, a
# name gains, and it loses where its capital may come from elsewhere. Set on the development texts
# so that at least 92 of 100 organisations and places that are kept are right.
_AGREED = 0.12
_REPEATED = 0.06
_MOST_REPEATED = 0.18
_DEFINED = 0.15
_SEVERAL_CAPITALS = 0.08
_COMMON_WORD = -0.3
_SENTENCE_START = -0.15
_LONE_CAPITALS = -0.12
_DIGITS = -0.2
_IN_PLACE = 0.1
_REFERENCE = -0.3
_PERSON_LIKE = -0.12
_POSSESSIVE = 0.15
_BRAND = 0.06
_RECOGNIZER = 0.75
"""Share of the recogniser's own score that counts where nothing else speaks for the name."""

THRESHOLDS: dict[Kind, float] = {
    "Organization": 0.55, "Place": 0.5, "Site": 0.6, "Project": 0.6, "FundingProgramme": 1.0,
}  # fmt: skip
"""Scores below which a name is dropped. Programmes are a vocabulary: it has no candidates."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One place where the name stands: its words in base form, and what speaks for or against."""

    surface: str
    label: str
    cue: Cue
    score: float
    recognized: bool
    language: str
    begins_sentence: bool
    common: bool
    """All its words are words of the dictionary that are no names."""
    located: bool = False
    """It stands as places do: in a case or behind a preposition that says where."""
    cited: bool = False
    """It stands as authors do in references: before a year or initials."""
    person_like: bool = False
    """Two words in no dictionary, as the names of foreign persons are."""
    brand: bool = False
    """The dictionary has it as the name of something that is neither a person nor a place."""
    stands_for_words: bool = False
    """In brackets behind words in lower case: "antenatal care (ANC)"."""
    owns: bool = False
    """It stands as the owner or author of something: "IUPAC's rules"."""


@dataclass(slots=True)
class Name:
    """All sightings in a document of what seems to be one thing."""

    kind: Kind
    key: str
    sightings: list[Sighting] = field(default_factory=list)
    acronyms: set[str] = field(default_factory=set)

    @property
    def label(self) -> str:
        """The fullest form: with its legal form, else the longest, else the most frequent."""
        counts: dict[str, int] = {}
        for sighting in self.sightings:
            counts[sighting.label] = counts.get(sighting.label, 0) + 1
        return max(
            counts,
            key=lambda label: (
                has_legal_form(label), len(label.split()), not label.isupper(), counts[label],
                label,
            ),
        )  # fmt: skip

    @property
    def language(self) -> str:
        label = self.label
        return next(s.language for s in self.sightings if s.label == label)

    @property
    def surfaces(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(sighting.surface for sighting in self.sightings))

    @property
    def score(self) -> float:
        """In 0..1: how sure it is that this is a name of its kind."""
        best = max(map(_worth, self.sightings))
        if not all(s.common for s in self.sightings):
            best += min(_MOST_REPEATED, _REPEATED * (len(self.sightings) - 1))
        if any(s.stands_for_words for s in self.sightings):
            best += _COMMON_WORD
        if any(s.recognized and s.cue != "recognizer" for s in self.sightings):
            best += _AGREED
        if self.acronyms:
            best += _DEFINED
        if all(s.begins_sentence for s in self.sightings):
            best += _SENTENCE_START
        return round(min(0.95, max(0.0, best)), 2)

    @property
    def kept(self) -> bool:
        return self.kind in CANDIDATE_KINDS and self.score >= THRESHOLDS[self.kind]


def _worth(sighting: Sighting) -> float:
    worth = sighting.score * (_RECOGNIZER if sighting.cue == "recognizer" else 1.0)
    words = re.findall(r"[^\W_][^\s_]*", sighting.label)
    if len([word for word in words if word[:1].isupper()]) > 1:
        worth += _SEVERAL_CAPITALS
    if sighting.common:
        worth += _COMMON_WORD
    if sighting.located:
        worth += _IN_PLACE
    if sighting.cited:
        worth += _REFERENCE
    if sighting.cue == "recognizer" and len(words) == 1 and sighting.label.isupper():
        worth += _LONE_CAPITALS
    if sighting.person_like:
        worth += _PERSON_LIKE
    if sighting.brand:
        worth += _BRAND
    if sighting.owns:
        worth += _POSSESSIVE
    if sighting.cue == "recognizer" and any(map(str.isdigit, sighting.label)):
        worth += _DIGITS
    return worth


def candidate_iri(
    kind: Kind, label: str, taken: Container[str], agrees: Callable[[str, str], bool]
) -> str:
    """The IRI under the canonical base that `label` has in every document.

    An IRI that the registry gave to something else gets a number; one whose labels agree is the
    registry's entity.
    """
    iri = Iris().thing(kind.lower(), name_key(label))
    candidate, number = iri, 2
    while candidate in taken and not agrees(candidate, label):
        candidate = f"{iri}-{number}"
        number += 1
    return candidate


def candidate_of(name: Name, iri: str) -> Candidate:
    return Candidate(
        iri=iri,
        type=name.kind,
        label=name.label,
        language=name.language,
        surfaces=name.surfaces,
        score=name.score,
    )


def merge_candidates(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """One candidate an IRI: the surest one's label, all surfaces."""
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        known = found.get(candidate.iri)
        if known is None:
            found[candidate.iri] = candidate
            continue
        best = candidate if candidate.score > known.score else known
        found[candidate.iri] = Candidate(
            iri=best.iri,
            type=best.type,
            label=best.label,
            language=best.language,
            surfaces=tuple(dict.fromkeys((*known.surfaces, *candidate.surfaces))),
            score=best.score,
        )
    return tuple(found.values())
