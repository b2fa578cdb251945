"""Qualified Dublin Core, as repositories give it, to the metadata of a document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from amic_kg.language.detection import LanguageDetector
from amic_kg_ingest.metadata.dates import iso_date
from amic_kg_ingest.metadata.identifiers import identifier, isbn, issn
from amic_kg_ingest.metadata.kinds import kind_of
from amic_kg_ingest.metadata.languages import language_tag, language_tags
from amic_kg_ingest.metadata.names import is_organisation, organisation_name, person_names
from amic_kg_ingest.metadata.packed_values import UNKNOWN, text_in, unpack
from amic_kg_ingest.metadata.rights import Rights, read_rights
from amic_kg_ingest.metadata.texts import clean_text

_TITLES = ("title",)
_OTHER_TITLES = ("title.alternative", "title.translated", "title.original")
_ABSTRACTS = ("description.abstract", "abstract")
_LOOSE_ABSTRACTS = ("description",)
_CREATORS = ("contributor.author", "creator", "creator.author", "contributor.groupauthor")
_CONTRIBUTORS = ("contributor.editor", "contributor.other", "contributor.translator", "contributor")
_SUPERVISORS = ("contributor.advisor", "contributor.supervisor", "contributor.thesisadvisor")
_PUBLISHERS = ("publisher",)
_OWNERS = ("contributor.organization", "contributor.university", "organization")
_DATES = ("date.issued", "issued", "date", "date.created", "date.copyright")
_KINDS = (
    "type.ontasot", "type.coar", "type.okm", "type.okmtaso", "type.publication", "type.mpkktaso",
    "type.degree", "type", "type.other", "type.resource",
)  # fmt: skip
"""Most telling first: what the library says of a thesis, the codes of the ministry, the rest."""

_LANGUAGES = ("language.iso", "language", "language.rfc3066")
_NUMBERS = (
    "identifier.doi", "identifier.urn", "identifier.uri", "identifier", "relation.doi",
    "identifier.handle", "identifier.url",
)  # fmt: skip
_SERIES = (
    "relation.ispartofseries", "relation.ispartofjournal", "journal.title", "relation.ispartof",
    "isPartOf",
)  # fmt: skip
_SERIES_NUMBERS = ("relation.numberinseries", "relation.numberofseries")
_DEGREES = ("subject.degreeprogram", "degree.program", "thesis.degree.name", "degree.name")
_EMBARGOES = (
    "embargo.terms", "embargo.lift", "date.embargo", "date.embargoend", "rights.embargodate",
    "date.embargoterms", "description.embargo",
)  # fmt: skip
_EMBARGO_END = re.compile(r"info:eu-repo/date/embargoEnd/(\S+)", re.IGNORECASE)
_NO_SUBJECTS = ("subject.degreeprogram", "subject.oppiaine", "subject.tieteenala")
_OF_A_BOOK = re.compile(r"^urn:isbn:|/97[89][\d-]{10,14}$")
"""Numbers that an article has from the book it stands in: taken for its own, the articles of one
book would be one work."""

_CONTENT = "format.content"
_ABSTRACT_FROM = 120
"""Characters from which an unqualified description is taken for an abstract."""

_DETECTOR = LanguageDetector()


@dataclass(frozen=True, slots=True)
class Field:
    """One value as it was given: `name` as `contributor.author`, `language` as the record says."""

    name: str
    value: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Description:
    """A record in the form of `RawDocument.metadata`, and what its rights come to."""

    metadata: Mapping[str, object]
    rights: Rights


def describe(fields: Sequence[Field], *, today: date) -> Description:
    """Normalised, with the fields as given under `original`; keys without a value are left out."""
    of = _Fields(fields)
    languages = _distinct(tag for value in of.values(*_LANGUAGES) for tag in language_tags(value))
    rights = _rights(of, fields, today)
    titles = of.texts(*_TITLES, languages=languages)
    for language, text in of.texts(*_OTHER_TITLES, languages=(), told=True).items():
        titles.setdefault(language, text)
    abstract = of.texts(*_ABSTRACTS, languages=languages, detect=True)
    if not abstract:
        loose = of.texts(*_LOOSE_ABSTRACTS, languages=languages, detect=True)
        abstract = {tag: text for tag, text in loose.items() if len(text) >= _ABSTRACT_FROM}
    persons, groups = _creators(of.values(*_CREATORS))
    kind = kind_of(of.values(*_KINDS))
    whole = kind != "Article"
    identifiers = _distinct(filter(None, map(identifier, of.values(*_NUMBERS))))
    publishers = _organisations(of.values(*_PUBLISHERS)) or _organisations(of.values(*_OWNERS))
    found: dict[str, object] = {
        "title": titles,
        "abstract": abstract,
        "creator": [*persons, *groups],
        "contributor": _names(of.values(*_CONTRIBUTORS)),
        "supervisor": _names(of.values(*_SUPERVISORS)),
        "publisher": publishers,
        "organisation": _organisations(of.values(*_OWNERS)),
        "issued": _issued(of),
        "type": kind,
        "language": languages,
        "identifier": [x for x in identifiers if whole or not _OF_A_BOOK.search(x)],
        "isbn": _isbns(of) if whole else [],
        "issn": _distinct(filter(None, map(issn, of.values("relation.issn", "identifier.issn")))),
        "subject": _subjects(of),
        "isPartOf": _series(of),
        "degree": next((text_in(value, "fi", "en", "sv") for value in of.values(*_DEGREES)), None),
        "license": rights.license,
        "accessRights": rights.access,
    }
    if rights.embargo:
        found["available"] = rights.embargo.isoformat()
    metadata = {key: value for key, value in found.items() if value}
    metadata["original"] = original(fields)
    return Description(metadata, rights)


def original(fields: Iterable[Field]) -> dict[str, list[str]]:
    """The values as given, by name; a language that is told stands at the name (`title@fi`)."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for field in fields:
        told = field.language.strip() not in ("", "-", "none", "*")
        found[f"{field.name}@{field.language.strip()}" if told else field.name].append(field.value)
    return dict(found)


class _Fields:
    def __init__(self, fields: Iterable[Field]) -> None:
        self._by_name: defaultdict[str, list[Field]] = defaultdict(list)
        for field in fields:
            if field.value.strip() and field.value.strip() != "null":
                self._by_name[field.name].append(field)

    def names(self) -> Iterable[str]:
        return self._by_name

    def values(self, *names: str) -> list[str]:
        return [clean_text(field.value) for name in names for field in self._by_name[name]]

    def texts(
        self, *names: str, languages: Sequence[str], told: bool = False, detect: bool = False
    ) -> dict[str, str]:
        """One text a language: as the text says, else as detected, else the record's language.

        With `told` only those whose language is said. A second text of one language is left out.
        """
        found: dict[str, str] = {}
        for name in names:
            for field in self._by_name[name]:
                for packed, part in unpack(field.value).items():
                    text = clean_text(part)
                    tag = language_tag(field.language if packed == UNKNOWN else packed)
                    if tag is None and told:
                        continue
                    if tag is None and detect:
                        guess = _DETECTOR.detect(text)
                        tag = None if guess == UNKNOWN else guess
                    if text:
                        found.setdefault(tag or next(iter(languages), UNKNOWN), text)
        return found


def _rights(of: _Fields, fields: Sequence[Field], today: date) -> Rights:
    names = [name for name in of.names() if name.split(".")[0] in ("rights", "accessRights")]
    statements = [*of.values(*names), *of.values("license", "ccbutton", "accessrights")]
    if not any("coar" in value for value in statements):
        statements += [value for value in of.values(_CONTENT) if value == "metadataOnly"]
    ends = [match[1] for field in fields if (match := _EMBARGO_END.search(field.value))]
    return read_rights(statements, [*of.values(*_EMBARGOES), *ends], today=today)


def _isbns(of: _Fields) -> list[str]:
    return _distinct(filter(None, map(isbn, of.values("identifier.isbn", "identifier"))))


def _issued(of: _Fields) -> str | None:
    """The date of issue; of several without a qualifier the one that is no time stamp."""
    for name in _DATES:
        values = of.values(name)
        plain = [value for value in values if "T" not in value and "embargo" not in value.lower()]
        for value in plain or values:
            if found := iso_date(value):
                return found
    return None


def _creators(values: Iterable[str]) -> tuple[list[str], list[str]]:
    persons: list[str] = []
    groups: list[str] = []
    for value in values:
        if is_organisation(value):
            groups += filter(None, [organisation_name(value)])
        else:
            persons += person_names(value)
    return _distinct(persons), _distinct(groups)


def _names(values: Iterable[str]) -> list[str]:
    persons, groups = _creators(values)
    return [*persons, *groups]


def _organisations(values: Iterable[str]) -> list[str]:
    return _distinct(filter(None, map(organisation_name, values)))


def _subjects(of: _Fields) -> list[str]:
    names = [x for x in of.names() if x.split(".")[0] == "subject" and x not in _NO_SUBJECTS]
    return _distinct(part for value in of.values(*names) for part in _keywords(value))


def _keywords(value: str) -> Iterator[str]:
    """One keyword, or the parts of a list of keywords; "Lönnrot, Elias" is one."""
    for text in unpack(value).values():
        parts = [part.strip(" .") for part in re.split(r"\s*[;|]\s*|,\s+|,(?=\w)", text)]
        listed = len(parts) > 2 or ";" in text or "|" in text or text == text.lower()
        yield from (part for part in (parts if listed else [text]) if part)


def _series(of: _Fields) -> str | None:
    series = next((text_in(x, "fi", "en", "sv") for x in of.values(*_SERIES)), None)
    number = next(iter(of.values(*_SERIES_NUMBERS)), "")
    if series and number and number not in series:
        return f"{series} {number}"
    return series


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
