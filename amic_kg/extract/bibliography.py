"""The bibliographic record: what the source says, else what the file says, else the first page."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from pathlib import PurePath

from amic_kg.records import Access, BibliographicRecord, Page

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
) -> BibliographicRecord:
    """`given` (by the source) goes before `embedded` (in the file); keys as in Dublin Core."""
    merged = {**{k: v for k, v in embedded.items() if v}, **{k: v for k, v in given.items() if v}}
    languages = tuple(
        dict.fromkeys(
            code for value in _strings(merged.get("language")) if (code := language_code(value))
        )
    )
    main = languages[0] if languages else language
    title = _texts(merged.get("title"), main)
    access = _access(merged.get("accessRights"))
    if not title or all(map(is_junk_title, title.values())):
        # The first line is text, and of a restricted document no text is shown.
        line = _first_line(pages) if access == "open" else None
        title = {language: line or _clean(PurePath(file_name).stem) or "–"}
    return BibliographicRecord(
        title=title,
        kind=_kind(merged.get("type")),
        creators=_strings(merged.get("creator")),
        contributors=_strings(merged.get("contributor")),
        publishers=_strings(merged.get("publisher")),
        issued=_date(merged.get("issued")),
        languages=languages or ((language,) if language != "und" else ()),
        identifiers=_strings(merged.get("identifier")),
        subjects=_strings(merged.get("subject")),
        abstract=_texts(merged.get("abstract"), main),
        series=next(iter(_strings(merged.get("isPartOf"))), None),
        license=next(iter(_strings(merged.get("license"))), None),
        access=access,
        work_packages=tuple(
            int(value) for value in _strings(merged.get("workPackage")) if value.isdecimal()
        ),
        projects=_strings(merged.get("project")),
    )


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
