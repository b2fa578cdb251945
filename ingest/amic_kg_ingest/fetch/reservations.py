"""What a page asks of machines: no index, no mining, and which address it calls its own."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from amic_kg_ingest.fetch.robots import PRODUCT

NOT_INDEXED = "asks not to be indexed (noindex)"
NOT_FOR_AI = "asks not to be used by AI (noai)"
NOT_MINED = "reserves text and data mining"

_HEAD_BYTES = 256 * 1024
_TAG = re.compile(r"<(meta|link|html)\b([^<>]{0,4000})>", re.I)
_ATTRIBUTE = re.compile(r"""(?<![\w:-])([\w:-]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_TITLE = re.compile(r"<title\b[^<>]*>([^<]{0,2000})</title", re.I)
_BODY = re.compile(r"<body\b", re.I)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.I)
_IDENTIFIERS = ("citation_doi", "dc.identifier", "citation_isbn")
# Directives whose value stands after a colon, where else the name of a robot stands.
_VALUED = frozenset(("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"))


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a web page says, as far as it decides whether the page is taken.

    `canonical` is as it is written: it may be relative, and it may be nonsense.
    """

    robots: frozenset[str] = frozenset()
    reserved: bool | None = None
    canonical: str | None = None
    metadata: Mapping[str, object] = field(default_factory=dict)


def directives(lines: str) -> frozenset[str]:
    """X-Robots-Tag, its header lines parted by newlines: what is said to all robots or to us."""
    found: set[str] = set()
    for line in lines.lower().split("\n"):
        robot = ""
        for part in line.split(","):
            name, colon, rest = (piece.strip() for piece in part.partition(":"))
            directive = f"{name}:{rest}" if colon else name
            if colon and name not in _VALUED:
                robot, directive = name, rest
            if robot in ("", PRODUCT):
                found.add(directive)
    return frozenset(found)


def reservation(robots: frozenset[str], reserved: bool | None) -> str | None:
    """Why a document is left out: robots' directives, and TDM reservation (TDMRep §4)."""
    if robots & {"noindex", "none"}:
        return NOT_INDEXED
    if "noai" in robots:
        return NOT_FOR_AI
    return NOT_MINED if reserved else None


def hides_text(robots: frozenset[str]) -> bool:
    """The page may be found, but its words are not to be shown."""
    return bool(robots & {"nosnippet", "noarchive", "max-snippet:0"})


def reserved_by_header(value: str | None) -> bool | None:
    """The header `tdm-reservation`: True for 1, False for 0, None when it is not there."""
    return {"1": True, "0": False}.get((value or "").strip())


def read_head(path: Path) -> Head:
    """The head of the web page in `path`.

    By patterns that go over the text once, for the page is read in a process without limits here;
    its text is taken by the reader of HTML, in a process with limits.
    """
    with path.open("rb") as file:
        data = file.read(_HEAD_BYTES)
    charset = found.group(1).decode("ascii", "replace") if (found := _CHARSET.search(data)) else ""
    try:
        text = data.decode(charset or "utf-8", "replace")
    except LookupError:
        text = data.decode("utf-8", "replace")
    text = _without_comments(text)
    if body := _BODY.search(text):
        text = text[: body.start()]
    return _head_of(text)


def _head_of(text: str) -> Head:
    metas: dict[str, str] = {}
    canonical = language = None
    for tag, attributes in _tags(text):
        if tag == "html":
            language = language or attributes.get("lang")
        elif tag == "link" and "canonical" in attributes.get("rel", "").lower().split():
            canonical = canonical or attributes.get("href", "").strip() or None
        elif tag == "meta":
            name = (attributes.get("name") or attributes.get("property") or "").strip().lower()
            metas.setdefault(name, attributes.get("content", "").strip())
    title = _TITLE.search(text)
    metadata = {
        "title": html.unescape(title.group(1)).strip() if title else metas.get("og:title"),
        "abstract": metas.get("description") or metas.get("og:description"),
        "subject": metas.get("keywords"),
        "language": language,
        "issued": metas.get("article:published_time") or metas.get("dcterms.issued"),
        "publisher": metas.get("dc.publisher") or metas.get("og:site_name"),
        "identifier": [metas[name] for name in _IDENTIFIERS if metas.get(name)],
    }
    robots = directives(metas.get("robots", "")) | directives(metas.get(PRODUCT, ""))
    return Head(
        robots,
        reserved_by_header(metas.get("tdm-reservation")),
        canonical,
        {name: value for name, value in metadata.items() if value},
    )


def _without_comments(text: str) -> str:
    """Not by a pattern: of comments that never end, each would be looked for to the end."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        kept.append(text[at:start])
        end = text.find("-->", start)
        at = len(text) if end < 0 else end + 3
    return "".join([*kept, text[at:]])


def _tags(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    for tag in _TAG.finditer(text):
        yield (
            tag.group(1).lower(),
            {
                a.group(1).lower(): html.unescape(a.group(2) or a.group(3) or a.group(4) or "")
                for a in _ATTRIBUTE.finditer(tag.group(2))
            },
        )
