"""The values that flow from source to answer; all frozen, none knows an engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from amic_kg.errors import AmicError, InputError, SystemFault

Language = Literal["fi", "en", "sv", "se"]
"""BCP 47 tags of the languages that are told apart; `und` stands for any other."""

LANGUAGES: tuple[Language, ...] = ("fi", "en", "sv", "se")
UI_LANGUAGES = ("fi", "en", "sv")

RECORD_MEDIA_TYPE = "application/vnd.amic.record+json"
"""Of a catalogue's record without its text."""

Origin = Literal["text", "ocr", "none"]
Access = Literal["open", "restricted"]
Status = Literal["proposed", "accepted", "rejected"]
"""What a curator, or the registry, says of something that was extracted (mrdi:ReviewStatus)."""


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A document as a source gives it: where it is, its bytes on disk, what the source says of it.

    `identifier` names it within the source (for files: the absolute path);
    `metadata` uses the local names of Dublin Core terms.
    """

    source: str
    identifier: str
    path: Path
    metadata: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something a source found and could not give; it is reported like a failed document."""

    source: str
    identifier: str
    error: InputError


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Something a source gave before and has taken back: it is taken out here too."""

    source: str
    identifier: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `number` counts from 1, `label` is what is printed on it when that differs."""

    number: int
    text: str
    label: str | None = None
    origin: Origin = "text"


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """What a format reader gives: pages, and the metadata that the file itself carries."""

    media_type: str
    pages: tuple[Page, ...]
    metadata: Mapping[str, object] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BibliographicRecord:
    """Who made what, when: the document as a library would describe it.

    Texts that exist in several languages are mappings from language tag to text;
    `und` marks a text whose language is unknown.
    """

    title: Mapping[str, str]
    kind: str = "Output"
    creators: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    issued: str | None = None
    languages: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    abstract: Mapping[str, str] = field(default_factory=dict)
    series: str | None = None
    license: str | None = None
    access: Access = "open"
    work_packages: tuple[int, ...] = ()
    projects: tuple[str, ...] = ()
    supervisors: tuple[str, ...] = ()
    commissioners: tuple[str, ...] = ()
    degree: str | None = None
    series_number: str | None = None
    isbns: tuple[str, ...] = ()
    issns: tuple[str, ...] = ()

    @property
    def year(self) -> int | None:
        return int(self.issued[:4]) if self.issued else None

    def title_in(self, language: str) -> str:
        """The title in `language`, else in the document's own, else any."""
        for wanted in (language, *self.languages):
            if wanted in self.title:
                return self.title[wanted]
        return next(iter(self.title.values()))


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of sentences of one page in one language; offsets count characters of the page text."""

    number: int
    page: int
    start: int
    end: int
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a page text that names an entity; `surface` is verbatim, prefix and suffix too.

    What the vocabularies or the registry know is accepted as an entity; a candidate is proposed.
    """

    entity: str
    type: str
    surface: str
    page: int
    start: int
    end: int
    prefix: str
    suffix: str
    confidence: float
    passage: int
    status: Status = "accepted"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation, project, site or place that no registry knows: proposed, never a fact.

    `label` is the name in its base form and `language` that of the text it was read in; `surfaces`
    are the strings as they stand. One candidate a document and `iri`; equal names give equal IRIs.
    """

    iri: str
    type: str
    label: str
    language: str
    surfaces: tuple[str, ...]
    score: float
    status: Status = "proposed"


@dataclass(frozen=True, slots=True)
class Statement:
    """A triple drawn from text, with the place that says so.

    `subject` is an IRI, a node of this document ("study-1", "stance-2"), or empty for
    the document itself; `predicate` is an IRI. `object` is an IRI or such a node when `datatype` is
    None, else the value of a literal: `datatype` is the local name of an XSD type, or "@fi" for a
    text in a language. `surface` is verbatim on `page` at `start`..`end`, prefix and suffix too.
    """

    subject: str
    predicate: str
    object: str
    datatype: str | None
    surface: str
    page: int
    start: int
    end: int
    prefix: str
    suffix: str
    confidence: float
    status: Status = "proposed"


@dataclass(frozen=True, slots=True)
class GivenFact:
    """A fact that a source states: `object` is an IRI when `datatype` is None, else a literal.

    `predicate` is an IRI, `datatype` the local name of an XSD type, or "@en" for a text.
    """

    predicate: str
    object: str
    datatype: str | None = None


@dataclass(frozen=True, slots=True)
class GivenPart:
    """The part of an organisation (an IRI) in a project: its role in the words of the source, and
    the contribution of the European Union in euros, when that is told.
    """

    organization: str
    role: str
    contribution: str | None = None


@dataclass(frozen=True, slots=True)
class GivenThing:
    """A thing that a structured source names, and what it states of it; nothing drawn from text.

    One that the registry knows has the registry's IRI, is accepted and needs no label; another is
    proposed. `label` has `language`, "und" for names. `relation` is the IRI of the property by
    which the document points at it, if it does.
    """

    iri: str
    type: str
    label: str
    language: str
    alternatives: tuple[str, ...] = ()
    facts: tuple[GivenFact, ...] = ()
    parts: tuple[GivenPart, ...] = ()
    relation: str = ""
    status: Status = "proposed"


@dataclass(frozen=True, slots=True)
class Subject:
    """A concept that a document is about; `score` in 0..1 orders the subjects of one document."""

    entity: str
    score: float


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that is known of one document: a pure function of its pages, metadata and vocabulary."""

    key: str
    sha256: str
    media_type: str
    file_name: str
    record: BibliographicRecord
    language: str
    pages: tuple[Page, ...]
    passages: tuple[Passage, ...]
    mentions: tuple[Mention, ...]
    subjects: tuple[Subject, ...]
    pipeline_version: str
    warnings: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    things: tuple[GivenThing, ...] = ()
    """What the source states of projects and organisations."""
    given: Mapping[str, object] = field(default_factory=dict)
    embedded: Mapping[str, object] = field(default_factory=dict)
    """What the source and the file say: with the pages, enough to extract anew without reading."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Confidence in 0..1 from which something is `given` at all, and a statement a plain `fact`."""

    given: float = 0.5
    fact: float = 0.7


STANDARD_THRESHOLDS = Thresholds()


DecisionKind = Literal["entity", "mention", "statement", "work"]
Verdict = Literal["accepted", "rejected", "merged"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a curator decided on something extracted; it holds for every later extraction.

    On an `entity` (a candidate): `subject` is its IRI, in all documents; `merged` makes it the
    known thing `replacement`. On a `mention`: `subject` is the entity, `object` the words, in
    `document`; `merged` says which thing they name instead. On a `statement`: `subject`,
    `predicate` and `object` as in `Statement`, in `document`; for a node of the document, whose
    number may change, `quote` is compared in place of the number. On a `work`: `subject` and
    `object` are the keys of two documents, in order, that are one work (as `replacement`, "copy"
    or "version") or are not; `merged` takes the decision back.
    """

    kind: DecisionKind
    verdict: Verdict
    subject: str
    predicate: str = ""
    object: str = ""
    document: str = ""
    quote: str = ""
    replacement: str = ""
    note: str = ""

    @property
    def target(self) -> tuple[str, ...]:
        """What is decided on: the last decision on one target holds."""
        subject = self.subject.split("-")[0] if self.quote else self.subject
        return (self.kind, self.document, subject, self.predicate, self.object, self.quote)


@dataclass(frozen=True, slots=True)
class CandidateEntry:
    """A candidate over all documents, as a curator sees it."""

    iri: str
    type: str
    label: str
    surfaces: tuple[str, ...]
    documents: tuple[str, ...]
    score: float


State = Literal["published", "skipped", "failed", "quarantined", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Location:
    """Where a document lies and what was last seen there: how a run knows what is unchanged."""

    source: str
    identifier: str
    key: str
    sha256: str
    size: int
    modified_ns: int
    metadata_sha256: str
    pipeline_version: str

    @property
    def fingerprint(self) -> str:
        """Other when there is reason to try the document again."""
        parts = (self.size, self.modified_ns, self.metadata_sha256, self.pipeline_version)
        return " ".join(map(str, parts))


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a document is not in: the error's class, and the words for the person who can mend it."""

    name: str
    message: str
    remedy: str

    @classmethod
    def of(cls, error: AmicError) -> Failure:
        if isinstance(error, InputError | SystemFault):
            return cls(type(error).__name__, error.cause, error.remedy)
        return cls(type(error).__name__, str(error), "")

    @property
    def lasting(self) -> bool:
        """Whether the same bytes will fail again: trying them anew is of no use."""
        return self.name in _LASTING


_LASTING = frozenset(("DamagedDocument", "EmptyInput", "EncryptedDocument", "NoText"))


@dataclass(frozen=True, slots=True)
class KnownFailure:
    """A failure of an earlier run; `fingerprint` tells what was tried."""

    failure: Failure
    fingerprint: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document of a run; `note` says why one was skipped."""

    source: str
    state: State
    key: str | None = None
    pages: int = 0
    note: str | None = None
    warnings: tuple[str, ...] = ()
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document in the ledger, as the API and the command line read it back."""

    key: str
    sha256: str
    media_type: str
    file_name: str
    language: str
    record: BibliographicRecord
    page_count: int
    pipeline_version: str
    published: str
