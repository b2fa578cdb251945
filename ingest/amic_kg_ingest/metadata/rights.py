"""What one may do with a text: licence, access, embargo, reservation against text mining."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from amic_kg_ingest.metadata.dates import iso_date
from amic_kg_ingest.metadata.packed_values import unpack

IN_COPYRIGHT = "http://rightsstatements.org/vocab/InC/1.0/"

_CC_URL = re.compile(
    r"creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/(\d\.\d)(?:/([a-z]{2,3}))?(?![a-z])",
    re.I,
)
_CC_NAME = re.compile(
    r"\bcc[\s_-]*(by(?:[\s_-]*(?:nc|nd|sa))*|0|zero)\b[\s_-]*(?:v(?:ersion)?\.?\s*)?(\d\.\d)?", re.I
)
_CC_WORDS = (
    ("by", re.compile(r"\battribution|\bnimeä|\berkännande", re.IGNORECASE)),
    (
        "nc",
        re.compile(r"non-?\s?commercial|ei-?\s?kaupallinen|icke-?\s?kommersiell", re.IGNORECASE),
    ),
    ("sa", re.compile(r"share-?\s?alike|jaa\ssamoin|sama\slisenssi|dela\slika", re.IGNORECASE)),
    (
        "nd",
        re.compile(r"no-?\s?deriv|ei\smuutoksia|ei-?\s?jälkiperäisiä|inga\sbearbet", re.IGNORECASE),
    ),
)
_CC_MARK = re.compile(r"creative\s?commons|kansainvälinen|\binternational\b|internationell", re.I)
_VERSION = re.compile(r"\b([1-4]\.\d)\b")
_STATEMENT_URL = re.compile(r"rightsstatements\.org/(?:vocab|page)/([A-Za-z-]+)/(\d\.\d)")
_PUBLIC_DOMAIN = re.compile(r"\bpublic domain\b|\bcc0\b", re.IGNORECASE)
_COPYRIGHTED = re.compile(
    r"copyright|all rights reserved|kaikki oikeudet pidätetään|tekijänoikeu|upphovsrätt|"
    r"alla rättigheter förbehåll",
    re.IGNORECASE,
)
_RESTRICTED = re.compile(
    r"restricted|closed\s?access|closedaccess|rajattu|rajoitettu|ei julkinen|salainen|salassa|"
    r"luottamuksellinen|confidential|begränsad|sekretess|no access|not publicly|metadata\s?only|"
    r"käytettävissä (?:vain|ainoastaan)|only (?:available|accessible) (?:in|at|on|within)|"
    r"suljettu|c_16ec|c_14cb|kirjaston (?:työasem|asiakaspäät)",
    re.IGNORECASE,
)
_EMBARGOED = re.compile(r"embargo|c_f1cf", re.IGNORECASE)
_MINING = (
    r"(?:text\s?(?:and|&|-)\s?data\s?mining|\btdm\b|"
    r"teksti(?:n|en)?-? ja (?:tiedon|data)\s?-?louhin\w*|text- och data(?:utvinning|brytning)\w*|"
    r"\bai[- ]training|training of (?:ai|artificial))"
)
_NO = (
    r"(?:not (?:be )?(?:allowed|permitted|used)|prohibited|forbidden|reserved|opt(?:ed)?[- ]?out|"
    r"kielletty|ei (?:ole )?(?:sallittu|sallita)|pidätetään|varataan|förbjud\w*|inte tillåt\w*|"
    r"förbehåll\w*|without (?:prior )?(?:written )?permission|excluded)"
)
_NO_MINING = re.compile(
    rf"{_MINING}[^.;|]*?{_NO}|"
    rf"{_NO}[^.;|]*?{_MINING}|"
    r"\bno (?:text and data mining|tdm|ai training)\b|tdm-?reservation\D{0,4}1\b|"
    r"\bnoai\b|\bnotdm\b",
    re.IGNORECASE,
)

Why = Literal["restricted", "embargo", "text mining reserved"]


@dataclass(frozen=True, slots=True)
class Rights:
    """What the statements of a record come to.

    `license` is an IRI of Creative Commons or of RightsStatements.org; `embargo` the day from which
    the text is free; `closed` why it must neither be fetched nor shown, None when it may.
    """

    license: str | None = None
    embargo: date | None = None
    closed: Why | None = None

    @property
    def access(self) -> Literal["open", "restricted"]:
        return "restricted" if self.closed else "open"


def read_rights(statements: Iterable[str], embargoes: Iterable[str] = (), *, today: date) -> Rights:
    """From all that a record says of rights and access, and its dates of embargo.

    What closes goes before what opens; an embargo that cannot be read as a date closes too. Of
    several dates the last holds. A text that is only copyrighted may be read, as the law has it.
    """
    texts = [text for value in statements for text in unpack(value).values()]
    licenses = [found for text in texts if (found := license_iri(text))]
    free = [found for found in licenses if "creativecommons" in found]
    ends = [_end(value) for value in embargoes if value.strip()]
    until = max((end for end in ends if end), default=None)
    closed: Why | None = None
    if any(map(_closes, texts)):
        closed = "restricted"
    elif (
        None in ends
        or (until is None and any(map(_EMBARGOED.search, texts)))
        or (until is not None and until > today)
    ):
        closed = "embargo"
    elif any(map(_NO_MINING.search, texts)):
        closed = "text mining reserved"
    return Rights(
        license=next(iter(free or licenses), None),
        embargo=until,
        closed=closed,
    )


def license_iri(text: str) -> str | None:
    """The licence that a URL or a name stands for; None when it names none."""
    if match := _CC_URL.search(text):
        kind, terms, version = match[1].lower(), match[2].lower(), match[3]
        return f"https://creativecommons.org/{kind}/{terms}/{version}/"
    if match := _STATEMENT_URL.search(text):
        return f"http://rightsstatements.org/vocab/{match[1]}/{match[2]}/"
    if named := _named(text):
        return named
    if _PUBLIC_DOMAIN.search(text):
        return "https://creativecommons.org/publicdomain/mark/1.0/"
    return IN_COPYRIGHT if _COPYRIGHTED.search(text) else None


def _named(text: str) -> str | None:
    """A licence of Creative Commons by its name, short or in words."""
    if match := _CC_NAME.search(text):
        terms = match[1].lower()
        if terms in ("0", "zero"):
            return "https://creativecommons.org/publicdomain/zero/1.0/"
        return _creative_commons(set(re.split(r"[\s_-]+", terms)), match[2] or "4.0")
    if not _CC_MARK.search(text):
        return None
    told = {code for code, word in _CC_WORDS if word.search(text)}
    version = _VERSION.search(text)
    return _creative_commons(told, version[1] if version else "4.0") if "by" in told else None


def _creative_commons(terms: set[str], version: str) -> str:
    code = "-".join(term for term in ("by", "nc", "nd", "sa") if term in terms)
    return f"https://creativecommons.org/licenses/{code}/{version}/"


def _closes(text: str) -> bool:
    # "Access is not restricted" and "unrestricted" open.
    found = re.sub(r"\b(?:un|not |ei )(?:restricted|rajattu|rajoitettu)", "", text, flags=re.I)
    return bool(_RESTRICTED.search(found))


def _end(value: str) -> date | None:
    """The last day that the date may mean, so that "2027" ends no embargo in January."""
    found = iso_date(value)
    if found is None:
        return None
    parts = [int(part) for part in found.split("-")]
    if len(parts) == 3:
        return date(*parts)
    if len(parts) == 2:
        return date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1)
    return date(parts[0] + 1, 1, 1)
