"""A project, deliverable, publication or call to a document, and to the things that it states.

The data are © European Union, CC BY 4.0; the texts that they name are not, so that these alone
have a licence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from amic_kg_ingest.metadata.dates import iso_date
from amic_kg_ingest.metadata.identifiers import doi
from amic_kg_ingest.sources.cordis.columns import Table
from amic_kg_ingest.sources.cordis.rows import Row

PROJECT_PAGE = "https://cordis.europa.eu/project/id/"
_LICENSE = "https://creativecommons.org/licenses/by/4.0/"

_PROGRAMMES: tuple[tuple[str, str], ...] = (
    ("HORIZON", "Horizon Europe"),
    ("H2020", "Horizon 2020"),
    ("FP7", "Seventh Framework Programme"),
    ("FP6", "Sixth Framework Programme"),
)
"""Beginnings of the codes of programmes, legal bases and topics, and what they are called."""
_WITHIN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"HORIZON\.1\.2\b|H2020-EU\.1\.3\.?|.*\bMSCA-"), "Marie Skłodowska-Curie Actions"),
    (re.compile(r".*EIT-?RAWMATERIALS", re.IGNORECASE), "EIT RawMaterials funding"),
)
"""Legal bases and topics of a programme within one."""
_ROLES: Mapping[str, str] = {
    "HES": "role-higher-education",
    "REC": "role-research",
    "PRC": "role-company",
    "PUB": "role-authority",
}
"""Types of activity of an organisation that say what it is; OTH does not."""
_ARTICLES = re.compile(r"article|proceeding|chapter", re.IGNORECASE)
_INITIALS = re.compile(r"(?:\w\.?[ -]?){1,4}")

Parts = Mapping[Table, Sequence[Row]]
"""The rows of one project by table."""
Metadata = dict[str, object]


def project_document(number: str, parts: Parts) -> tuple[str, Metadata]:
    """Identifier and metadata of the page that CORDIS has on a project."""
    project = _first(parts, "project")
    title, acronym = _names(number, parts)
    subjects = _fields_of_science(parts)
    page = PROJECT_PAGE + number
    metadata: Metadata = {
        "title": {"en": title if acronym in ("", title) else f"{title} ({acronym})"},
        "type": "ProjectPage",
        "language": ["en"],
        "identifier": [x for x in (doi(_text(project, "doi")), page) if x],
        "publisher": ["CORDIS"],
        "license": _LICENSE,
        "project": [acronym or title],
        "things": list(_things(number, parts)),
    }
    if objective := _text(project, "objective"):
        metadata["abstract"] = {"en": objective}
    if issued := iso_date(_text(project, "signed")) or iso_date(_text(project, "start")):
        metadata["issued"] = issued
    if subjects:
        metadata["subject"] = subjects
    return page, metadata


def deliverable_document(number: str, parts: Parts, row: Row) -> tuple[str, Metadata]:
    title, description, url = _text(row, "title"), _text(row, "description"), _text(row, "url")
    own = _text(row, "id") or url or title
    metadata = _result(number, parts, "Deliverable", title)
    metadata["language"] = ["en"]
    metadata["identifier"] = [x for x in (url, own) if x]
    if description and description != title:
        metadata["abstract"] = {"en": description}
    if issued := iso_date(_text(row, "updated")):
        metadata["issued"] = issued
    return f"{PROJECT_PAGE}{number}/deliverable/{own}", metadata


def publication_document(number: str, parts: Parts, row: Row) -> tuple[str, Metadata]:
    own = _text(row, "id") or _text(row, "doi") or _text(row, "title")
    kind = "Article" if _ARTICLES.search(_text(row, "type")) else ""
    metadata = _result(number, parts, kind, _text(row, "title"))
    metadata["identifier"] = [doi(_text(row, "doi")) or own]
    if creators := _authors(_text(row, "authors")):
        metadata["creator"] = creators
    if year := iso_date(_text(row, "year")):
        metadata["issued"] = year
    if journal := _text(row, "journal"):
        metadata["isPartOf"] = journal
    return f"{PROJECT_PAGE}{number}/publication/{own}", metadata


def call_document(row: Row) -> tuple[str, Metadata]:
    """The page of the portal on a topic that is open for proposals."""
    code, url, title = _text(row, "code"), _text(row, "url"), _text(row, "title")
    facts: dict[str, object] = {"homepage": url} if url else {}
    if deadline := iso_date(_text(row, "deadline")):
        facts["deadline"] = deadline
    programmes = list(dict.fromkeys(x for x in (_text(row, "programme"), *_narrower([code])) if x))
    if programmes:
        facts["fundedUnder"] = [{"thing": name} for name in programmes]
    things = [{"id": name, "type": "FundingProgramme", "label": name} for name in programmes]
    call = {**_call(code, title), "relation": "about", "facts": facts}
    metadata: Metadata = {
        "title": {"en": title},
        "type": "WebPage",
        "language": ["en"],
        "identifier": [x for x in (url, code) if x],
        "publisher": ["European Commission"],
        "things": [call, *things],
    }
    text = " ".join(x for x in (_text(row, "description"), _text(row, "objectives")) if x)
    if text:
        metadata["abstract"] = {"en": text}
    words = [x.strip() for x in _text(row, "keywords").split(",")]
    if words := [x for x in words if x and not re.search(r"-\d{4}-|-\d{4}$", x)]:
        metadata["subject"] = words
    return url or code, metadata


def euros(value: str) -> str | None:
    """`1234567,89`, `1 234 567.8` and `1.234.567,89` as `1234567.89`; None for no sum."""
    text = re.sub(r"[\s\u00a0\u202f€]", "", value)
    whole, mark, cents = text, "", ""
    if found := re.search(r"[.,](?=[^.,]*$)", text):
        whole, mark, cents = text[: found.start()], found[0], text[found.end() :]
    if mark and mark in whole:
        # The same mark before: it parts thousands, and there are no cents.
        whole, cents = whole + cents, ""
    whole = re.sub("[.,]", "", whole)
    if not re.fullmatch(r"[0-9]{1,14}", whole) or not re.fullmatch("[0-9]*", cents):
        return None
    return f"{Decimal(f'{whole}.{cents or 0}').quantize(Decimal('0.01')).normalize():f}"


def _things(number: str, parts: Parts) -> Iterator[object]:
    project = _first(parts, "project")
    programmes = _programmes(parts)
    topics = {_text(row, "code"): _text(row, "title") for row in parts.get("topics", ())}
    for code in re.split(r"[;,\s]+", _text(project, "topics")):
        topics.setdefault(code, "")
    topics.pop("", None)
    facts: dict[str, object] = {
        "subject": _fields_of_science(parts),
        "fundedUnder": [{"thing": name} for name in programmes],
        "call": [{"thing": code} for code in topics],
        "start": iso_date(_text(project, "start")),
        "end": iso_date(_text(project, "end")),
        # A budget of nothing stands for one that is not told: the grant is a lump sum.
        "budget": cost if (cost := euros(_text(project, "cost"))) != "0" else None,
        "euContribution": euros(_text(project, "contribution")),
        "identifier": doi(_text(project, "doi")),
        "sameAs": PROJECT_PAGE + number,
        "homepage": _homepage(parts),
    }
    organizations = sorted(
        parts.get("organization", ()), key=lambda row: int(_digits(row, "order") or 0)
    )
    facts["acronym"] = _names(number, parts)[1]
    yield {
        **_project(number, parts),
        "relation": "about",
        "facts": {name: value for name, value in facts.items() if value},
        "parts": [_part(key, row) for key, row in enumerate(organizations, 1)],
    }
    for name in programmes:
        yield {"id": name, "type": "FundingProgramme", "label": name}
    for code, title in topics.items():
        yield _call(code, title or code)
    for key, row in enumerate(organizations, 1):
        yield _organization(key, row)


def _project(number: str, parts: Parts) -> dict[str, object]:
    """The project as every document of it names it."""
    title, acronym = _names(number, parts)
    thing: dict[str, object] = {
        "id": "project",
        "type": "Project",
        "identifiers": {"cordis": number},
        "label": title,
        "language": "en",
    }
    if acronym:
        thing["facts"] = {"acronym": acronym}
        if acronym != title:
            thing["alternatives"] = [acronym]
    return thing


def _part(key: int, row: Row) -> dict[str, object]:
    part: dict[str, object] = {"thing": f"organization-{key}"}
    if role := _text(row, "role"):
        part["role"] = role
    if (money := euros(_text(row, "contribution"))) is not None:
        part["contribution"] = money
    return part


def _organization(key: int, row: Row) -> dict[str, object]:
    facts = {"homepage": _url(row, "homepage"), "role": _ROLES.get(_text(row, "activity"))}
    thing: dict[str, object] = {
        "id": f"organization-{key}",
        "type": "Organization",
        "label": _text(row, "name"),
        "country": _text(row, "country"),
        "city": _text(row, "city"),
        "facts": {name: value for name, value in facts.items() if value},
    }
    if pic := _digits(row, "pic"):
        thing["identifiers"] = {"pic": pic}
    if (short := _text(row, "short")) and short != _text(row, "name"):
        thing["alternatives"] = [short]
    return thing


def _call(code: str, title: str) -> dict[str, object]:
    return {
        "id": code,
        "type": "Call",
        "identifiers": {"call": code},
        "label": title,
        "language": "en",
    }


def _result(number: str, parts: Parts, kind: str, title: str) -> Metadata:
    name, acronym = _names(number, parts)
    metadata: Metadata = {
        "title": {"en": title},
        "project": [acronym or name],
        "things": [{**_project(number, parts), "relation": "outputOf"}],
    }
    return {**metadata, "type": kind} if kind else metadata


def _names(number: str, parts: Parts) -> tuple[str, str]:
    """Title and acronym; a project that is known by neither is called by its number."""
    project = _first(parts, "project")
    acronym = _text(project, "acronym")
    return _text(project, "title") or acronym or f"Project {number}", acronym


def _programmes(parts: Parts) -> list[str]:
    project = _first(parts, "project")
    codes = [
        _text(project, "programme"),
        _text(project, "legalBasis"),
        *(_text(row, "code") for row in parts.get("legalBasis", ())),
        *(_text(row, "code") for row in parts.get("topics", ())),
    ]
    broad = next((name for x in codes for start, name in _PROGRAMMES if x.startswith(start)), "")
    return list(dict.fromkeys(x for x in (broad or codes[0], *_narrower(codes)) if x))


def _narrower(codes: Sequence[str]) -> list[str]:
    return [name for code in codes for pattern, name in _WITHIN if pattern.match(code)]


def _homepage(parts: Parts) -> str | None:
    links = parts.get("webLink", ())
    own = [
        x for x in links if x.get("type") == "relatedWebsite" and x.get("represents") == "project"
    ]
    return _url(_first(parts, "project"), "homepage") or next(
        (url for row in own if (url := _url(row, "url"))), None
    )


def _fields_of_science(parts: Parts) -> list[str]:
    rows = parts.get("euroSciVoc", ())
    return list(
        dict.fromkeys(
            _text(row, "title") or _text(row, "path").rstrip("/").rsplit("/", 1)[-1] for row in rows
        )
    )


def _authors(text: str) -> list[str]:
    """Names as published; initials behind a comma belong to the surname before it."""
    names: list[str] = []
    for part in re.split(r"\s*[;]\s*" if ";" in text else r"\s*,\s*", text):
        if names and _INITIALS.fullmatch(part) and ";" not in text:
            names[-1] += f", {part}"
        elif part:
            names.append(part)
    return list(dict.fromkeys(names))


def _url(row: Row, key: str) -> str | None:
    text = _text(row, key)
    if text.startswith("www."):
        text = f"http://{text}"
    return text if re.fullmatch(r"https?://[^\s<>\"{}|^`\\]+", text) else None


def _digits(row: Row, key: str) -> str:
    text = _text(row, key)
    return text if text.isdecimal() else ""


def _first(parts: Parts, table: Table) -> Row:
    """What all rows of the table say together: two files may each tell a part."""
    merged: dict[str, str | list[object]] = {}
    for row in parts.get(table, ()):
        merged = {**row, **merged}
    return merged


def _text(row: Row, key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) else ""
