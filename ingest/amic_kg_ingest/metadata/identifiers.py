"""ISBN, ISSN, DOI, URN and handle: recognised, checked, and written in one form each."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_DASHES = re.compile("[\u2010-\u2015\u2212\u00ad\\s-]+")
_LABEL = re.compile(r"^(?:urn:|e-?|p-?)?\s*(?:isbn|issn)(?:-1[03])?(?:-l)?\s*[:.]?\s*", re.I)
_ISBN = re.compile(r"(?<![\dX])(97[89]\d{10}|\d{9}[\dX])(?![\dX])")
_ISSN = re.compile(r"(\d{7})([\dX])")
_DOI = re.compile(r"^(?:doi:\s*|https?://(?:dx\.|www\.)?doi\.org/)?(10\.\d{4,9}/\S+)$", re.I)
_URN = re.compile(r"^(?:https?://(?:urn\.fi|urn\.kb\.se/resolve\?urn=)/?)?(urn:\S+)$", re.I)
_URN_SHAPE = re.compile(r"urn:[a-z0-9][a-z0-9-]{0,31}:\S+")
_HANDLE = re.compile(r"^(?:hdl:|https?://hdl\.handle\.net/)(\d[\d.]*/\S+)$", re.I)
_LOCAL_HANDLE = re.compile(r"/handle/(\d[\d.]*/[\w.-]+)/?$")
_SHARED_PREFIXES = frozenset({"10024"})
"""Handle prefixes under which several repositories number on their own.

10024 is that of the Finnish repositories: 10024/168846 is one work in Theseus and another in
LUTPub. There the address of the page names the work, the handle alone does not.
"""


def isbn(value: str) -> str | None:
    """Thirteen digits; one of ten is turned into thirteen. None when the check digit is wrong."""
    text = _DASHES.sub("", _LABEL.sub("", value.strip())).upper()
    for found in _ISBN.findall(text):
        if len(found) == 13 and _check_13(found[:12]) == found[12]:
            return str(found)
        if len(found) == 10 and _check_10(found[:9]) == found[9]:
            return f"978{found[:9]}{_check_13('978' + found[:9])}"
    return None


def issn(value: str) -> str | None:
    """As `1799-3946`; None when the check digit is wrong."""
    text = _DASHES.sub("", _LABEL.sub("", value.strip())).upper()
    match = _ISSN.fullmatch(text)
    if match is None:
        return None
    check = -sum(int(x) * weight for x, weight in zip(match[1], range(8, 1, -1), strict=True)) % 11
    return f"{match[1][:4]}-{match[1][4:]}{match[2]}" if "0123456789X"[check] == match[2] else None


def doi(value: str) -> str | None:
    """As `https://doi.org/10.…` in lower case: DOIs do not tell capitals apart."""
    match = _DOI.match(value.strip())
    return f"https://doi.org/{match[1].rstrip('.,;').lower()}" if match else None


def urn(value: str) -> str | None:
    """Scheme and namespace in lower case; `urn:isbn:` with a number that checks, in plain digits.

    Known slips are mended: a colon at the end, and `URN:978-…` without `ISBN`.
    """
    match = _URN.match(value.strip())
    if match is None:
        return None
    text = match[1].rstrip(":.,;")
    parts = text.split(":")
    if parts[1].casefold() == "isbn" or parts[1][:1].isdigit():
        number = isbn(parts[-1])
        return f"urn:isbn:{number}" if number else None
    if parts[1].casefold() == "issn":
        series = issn(parts[-1])
        return f"urn:issn:{series}" if series else None
    text = ":".join([*map(str.lower, parts[:2]), *parts[2:]])
    return text if _URN_SHAPE.fullmatch(text) else None


def handle(value: str) -> str | None:
    """As `hdl:10138/1`; for a prefix that repositories share, the `https` address of the page."""
    text = value.strip()
    if match := _HANDLE.match(text):
        return None if _prefix(match[1]) in _SHARED_PREFIXES else f"hdl:{match[1]}"
    parts = urlsplit(text)
    match = _LOCAL_HANDLE.search(parts.path)
    if parts.scheme not in ("http", "https") or match is None:
        return None
    if _prefix(match[1]) in _SHARED_PREFIXES:
        return f"https://{parts.netloc.lower()}/handle/{match[1]}"
    return f"hdl:{match[1]}"


def identifier(value: str) -> str | None:
    """What identifies a work anywhere, in one form; None for numbers of one house."""
    return doi(value) or urn(value) or handle(value)


def _prefix(text: str) -> str:
    return text.partition("/")[0]


def _check_13(digits: str) -> str:
    return str(-sum(int(x) * (3 if i % 2 else 1) for i, x in enumerate(digits)) % 10)


def _check_10(digits: str) -> str:
    weighted = sum(int(x) * weight for x, weight in zip(digits, range(10, 1, -1), strict=True))
    return "0123456789X"[-weighted % 11]
