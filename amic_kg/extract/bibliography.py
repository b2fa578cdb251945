"""The bibliographic record: what the source says, else the front matter, else the file's metadata.

The front matter is also told as statements, each with the words that say so.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from pathlib import PurePath

from amic_kg.extract.front_matter import Field, FieldName, FrontMatter
from amic_kg.extract.quoting import context
from amic_kg.iris import ONTOLOGY
from amic_kg.records import Access, BibliographicRecord, Page, Statement

KINDS = (
    "Report", "BachelorThesis", "MasterThesis", "DoctoralThesis", "Article", "Deliverable",
    "Dataset", "ProjectPage", "Presentation", "Guide", "Newsletter", "WebPage",
)  # fmt: skip

_LANGUAGE_CODES = {
    "fi": "fi", "fin": "fi", "finnish": "fi", "suomi": "fi",
    "en": "en", "eng": "en", "english": "en", "englanti": "en",
    "sv": "sv", "swe": "sv", "swedish": "sv", "svenska": "sv", "ruotsi": "sv",
    "se": "se", "sme": "se",
}  # fmt: skip
_DATE = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
# What word processors and scanners leave in a title field.
_JUNK_TITLE = re.compile(
    r"^(?:untitled|title|document\d*|microsoft (?:word|powerpoint).*|powerpoint presentation|"
    r"slide \d+|scan\w*|.*\.(?:docx?|pdf|pptx?|indd|qxd|tex|dvi|xlsx?|html?))$",
    re.IGNORECASE,
)
_LONGEST_TITLE = 250

_NOTHING = FrontMatter()
_ENOUGH = 0.6
_SURE_TITLE = 0.7
_SURE_IDENTIFIER = 0.95
"""A record says what is likelier right than wrong; an identifier names the document for good."""

_KEYS: Mapping[str, FieldName] = {
    "creator": "creator", "contributor": "contributor", "publisher": "publisher",
    "issued": "year", "subject": "keyword", "isPartOf": "series", "project": "project",
    "type": "kind", "language": "language", "supervisor": "supervisor",
    "commissioner": "commissioner", "degree": "degree",
}  # fmt: skip
_SCHEMES: Mapping[FieldName, str] = {"doi": "10.", "urn": "urn:", "handle": "hdl"}
_PREFIXES: Mapping[FieldName, str] = {"handle": "hdl:"}
_DC = "http://purl.org/dc/elements/1.1/"
_DCTERMS = "http://purl.org/dc/terms/"
_PREDICATES: Mapping[FieldName, tuple[str, str]] = {
    "creator": (f"{_DC}creator", "string"),
    "contributor": (f"{_DC}contributor", "string"),
    "publisher": (f"{_DC}publisher", "string"),
    "supervisor": (f"{ONTOLOGY}supervisor", "string"),
    "commissioner": (f"{ONTOLOGY}commissioner", "string"),
    "degree": (f"{ONTOLOGY}degree", "string"),
    "year": (f"{_DCTERMS}issued", "gYear"),
    "isbn": (f"{_DCTERMS}identifier", "string"),
    "urn": (f"{_DCTERMS}identifier", "string"),
    "doi": (f"{_DCTERMS}identifier", "string"),
    "handle": (f"{_DCTERMS}identifier", "string"),
    "keyword": (f"{_DC}subject", "string"),
}
"""The facts that are told as statements, and the types of their literals."""
# As words, as in "info:eu-repo/semantics/closedAccess", or by the numbers of COAR: restricted,
# metadata only, embargoed.
_RESTRICTED = re.compile(r"restrict|closed|embargo|c_16ec|c_14cb|c_f1cf", re.IGNORECASE)
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def build_record(
    given: Mapping[str, object],
    embedded: Mapping[str, object],
    pages: tuple[Page, ...],
    file_name: str,
    language: str,
    *,
    front_matter: FrontMatter = _NOTHING,
) -> BibliographicRecord:
    """What is `given` by the source goes before the front matter, and that before `embedded`.

    Keys are as in Dublin Core. Of a restricted document nothing is taken from its pages.
    """
    access = _access(given.get("accessRights") or embedded.get("accessRights"))
    front = front_matter if access == "open" else _NOTHING
    own = {k: v for k, v in given.items() if v}
    read = _read_fields(front, _date(embedded.get("issued")))
    merged = {**{k: v for k, v in embedded.items() if v}, **read, **own}
    languages = tuple(
        dict.fromkeys(
            code for value in _strings(merged.get("language")) if (code := language_code(value))
        )
    )
    main = languages[0] if languages else language
    number = front.first("series_number")
    return BibliographicRecord(
        title=_title(own, embedded, front, main)
        or {language: _untitled(pages if access == "open" else (), file_name)},
        kind=_kind(merged.get("type")),
        creators=_strings(merged.get("creator")),
        contributors=_strings(merged.get("contributor")),
        publishers=_strings(merged.get("publisher")),
        issued=_date(merged.get("issued")),
        languages=languages or ((language,) if language != "und" else ()),
        identifiers=_identifiers(_strings(merged.get("identifier")), front),
        subjects=_strings(merged.get("subject")),
        abstract=_texts(merged.get("abstract"), main),
        series=next(iter(_strings(merged.get("isPartOf"))), None),
        license=next(iter(_strings(merged.get("license"))), None),
        access=access,
        work_packages=tuple(
            int(value) for value in _strings(merged.get("workPackage")) if value.isdecimal()
        ),
        projects=_strings(merged.get("project")),
        supervisors=_strings(merged.get("supervisor")),
        commissioners=_strings(merged.get("commissioner")),
        degree=next(iter(_strings(merged.get("degree"))), None),
        # A number of the pages says nothing of a series that the source names.
        series_number=number.value if number and not own.get("isPartOf") else None,
        isbns=_values(front, "isbn"),
        issns=_values(front, "issn"),
    )


def given_identifiers(
    given: Mapping[str, object], embedded: Mapping[str, object]
) -> tuple[str, ...]:
    """What the source, else the file's metadata, calls the document; nothing from its pages."""
    return _strings(given.get("identifier") or embedded.get("identifier"))


def bibliographic_statements(
    front_matter: FrontMatter, pages: tuple[Page, ...]
) -> tuple[Statement, ...]:
    """What the front matter says of the document, each with its place in `pages`."""
    texts = {page.number: page.text for page in pages}
    return tuple(
        _statement(field, predicate, datatype, texts[field.page])
        for field in front_matter.fields
        if (stated := _PREDICATES.get(field.name)) is not None
        for predicate, datatype in (stated,)
    )


def _statement(field: Field, predicate: str, datatype: str, page: str) -> Statement:
    known = field.entity if field.name == "commissioner" else None
    value = f"ISBN {field.value}" if field.name == "isbn" else field.value
    prefix, suffix = context(page, field.start, field.end)
    return Statement(
        subject="",
        predicate=predicate,
        object=known or value,
        datatype=None if known else datatype,
        surface=page[field.start : field.end],
        page=field.page,
        start=field.start,
        end=field.end,
        prefix=prefix,
        suffix=suffix,
        confidence=field.confidence,
    )


def _values(front: FrontMatter, name: FieldName) -> tuple[str, ...]:
    return tuple(field.value for field in front.named(name) if field.confidence >= _ENOUGH)


def _read_fields(front: FrontMatter, embedded_date: str | None) -> dict[str, object]:
    """The front matter under the keys of Dublin Core; what is too unsure is left out."""
    read: dict[str, object] = {key: _values(front, name) for key, name in _KEYS.items()}
    year = front.first("year")
    if year is not None and embedded_date is not None and embedded_date.startswith(year.value):
        # The file knows the day of the same year.
        read["issued"] = embedded_date
    return {key: value for key, value in read.items() if value}


def _title(
    given: Mapping[str, object], embedded: Mapping[str, object], front: FrontMatter, language: str
) -> dict[str, str]:
    """The title given; else that of the pages when it is sure, else the file's, else the pages'."""
    for source in (given, embedded):
        title = _texts(source.get("title"), language)
        found = front.first("title")
        if source is embedded and found is not None and found.confidence >= _SURE_TITLE:
            return {language: found.value}
        if title and not all(map(is_junk_title, title.values())):
            return title
    found = front.first("title")
    return {language: found.value} if found is not None else {}


def _untitled(pages: tuple[Page, ...], file_name: str) -> str:
    return _first_line(pages) or _clean(PurePath(file_name).stem) or "–"


def _identifiers(known: tuple[str, ...], front: FrontMatter) -> tuple[str, ...]:
    """Those known, and of DOI, URN and handle those of the pages of which none is known."""
    found = list(known)
    for name, mark in _SCHEMES.items():
        if not any(mark in identifier.lower() for identifier in known):
            found += [
                f"{_PREFIXES.get(name, '')}{field.value}"
                for field in front.named(name)
                if field.confidence >= _SURE_IDENTIFIER
            ]
    return tuple(dict.fromkeys(found))


def is_junk_title(text: str) -> bool:
    """Whether a program left it in the title field: "untitled", "Microsoft Word - x.doc"."""
    return bool(_JUNK_TITLE.match(text))


def language_code(value: str) -> str | None:
    """'FIN', 'fi-FI' and 'Finnish' give 'fi'; None for a language that is not told apart."""
    return _LANGUAGE_CODES.get(re.split(r"[-_]", value.strip().lower())[0])


def _strings(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list | tuple) else [] if value is None else [value]
    return tuple(dict.fromkeys(_clean(str(v)) for v in values if _clean(str(v))))


def _texts(value: object, language: str) -> dict[str, str]:
    if isinstance(value, Mapping):
        return {_tag(str(k)): _clean(str(v)) for k, v in value.items() if _clean(str(v))}
    texts = _strings(value)
    return {language: texts[0]} if texts else {}


def _tag(value: str) -> str:
    """A language tag that RDF takes, else `und`."""
    return language_code(value) or (value if _LANGUAGE_TAG.fullmatch(value) else "und")


def _clean(value: str) -> str:
    """On one line, without characters that turn the direction or that UTF-8 cannot write."""
    visible = re.sub("[\u202a-\u202e\u2066-\u2069\ud800-\udfff]", "", value)
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", visible).strip()


def _kind(value: object) -> str:
    wanted = "".join(_strings(value)[:1]).replace(" ", "").lower()
    return next((kind for kind in KINDS if kind.lower() == wanted), "Output")


def _date(value: object) -> str | None:
    match = _DATE.match("".join(_strings(value)[:1]))
    if not match or not 1500 <= int(match.group(1)) <= 2200:
        return None
    year, month, day = match.groups()
    if month and not 1 <= int(month) <= 12:
        return year
    if day and not 1 <= int(day) <= monthrange(int(year), int(month))[1]:
        return f"{year}-{month}"
    return "-".join(part for part in (year, month, day) if part)


def _access(value: object) -> Access:
    return "restricted" if any(map(_RESTRICTED.search, _strings(value))) else "open"


def _first_line(pages: tuple[Page, ...]) -> str | None:
    """The first line that reads like a title: some letters, not a date, a number or an address."""
    for page in pages[:2]:
        for line in page.text.splitlines():
            text = _clean(line)
            letters = sum(map(str.isalpha, text))
            if letters >= 6 and letters > len(text) / 2 and "@" not in text and "://" not in text:
                return text[:_LONGEST_TITLE]
    return None
