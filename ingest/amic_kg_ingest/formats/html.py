"""Web pages: the text a reader came for, without menus and footers, and the head's metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from amic_kg.errors import DamagedDocument
from amic_kg.records import Page, ParsedDocument
from amic_kg_ingest.formats.text import clean_text, decode

_BOILERPLATE = frozenset(
    ("script", "style", "noscript", "nav", "footer", "aside", "form", "button", "svg", "iframe",
     "template", "select", "dialog", "head")
)  # fmt: skip
_BLOCKS = frozenset(
    ("p", "div", "section", "article", "main", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl",
     "table", "blockquote", "pre", "figure", "figcaption", "header", "body", "address", "details")
)  # fmt: skip
_LINES = frozenset(("br", "li", "tr", "dt", "dd", "summary", "caption"))
_CELLS = frozenset(("td", "th"))
_HIDDEN_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "menu", "dialog"))
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)

# Where several tags say the same, Highwire Press comes before Dublin Core before Open Graph.
_META = {
    "title": ("citation_title", "dc.title", "dcterms.title", "og:title"),
    "creator": ("citation_author", "dc.creator", "dcterms.creator", "author"),
    "publisher": ("citation_publisher", "citation_technical_report_institution", "dc.publisher"),
    "issued": ("citation_publication_date", "citation_date", "dcterms.issued", "dc.date",
               "article:published_time"),
    "identifier": ("citation_doi", "dc.identifier", "citation_isbn",
                   "citation_technical_report_number"),
    "language": ("citation_language", "dc.language"),
    "abstract": ("citation_abstract", "dcterms.abstract", "dc.description", "description",
                 "og:description"),
    "subject": ("citation_keywords", "dc.subject", "keywords"),
    "license": ("dcterms.license", "dc.rights"),
    "type": ("dc.type", "dcterms.type"),
}  # fmt: skip
_MANY = frozenset(("creator", "subject", "identifier", "publisher"))


def read_html(path: Path, name: str) -> ParsedDocument:
    """One page; headings, paragraphs, list items and table rows on lines of their own."""
    text, metadata = markup_text(path.read_bytes(), name)
    return ParsedDocument("text/html", (Page(1, text),), metadata)


def markup_text(data: bytes, name: str) -> tuple[str, dict[str, object]]:
    """Text and metadata of an HTML or XHTML file; raises DamagedDocument."""
    declared = _CHARSET.search(data[:4096])
    try:
        charset = declared.group(1).decode("ascii").lower() if declared else ""
        # Who can read "utf-16" in single bytes is not reading UTF-16 (HTML, section 13.2.3.2).
        plain = not charset or charset.startswith("utf-16")
        text = decode(data, name) if plain else data.decode(charset)
    except (LookupError, UnicodeDecodeError):
        text = decode(data, name)
    try:
        # A declaration of encoding in a decoded text would be taken for a contradiction.
        root = html.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (ParserError, ValueError) as error:
        raise DamagedDocument(
            name, f"holds no HTML that could be read ({error})", "Save the page again"
        ) from None
    body = _main(root)
    return clean_text("".join(_text(body))), _metadata(root)


def _main(root: HtmlElement) -> HtmlElement:
    """The one <main> or <article> of the page where there is one with most of the text."""
    candidates = root.xpath("//main | //*[@role='main']") or root.xpath("//article")
    if len(candidates) == 1 and len(candidates[0].text_content()) > 200:
        return candidates[0]
    bodies = root.xpath("//body")
    return bodies[0] if bodies else root


def _text(element: HtmlElement) -> Iterator[str]:
    tag = element.tag if isinstance(element.tag, str) else ""
    if not tag or tag in _BOILERPLATE or _is_hidden(element):
        return
    edge = "\n\n" if tag in _BLOCKS else "\n" if tag in _LINES else ""
    yield edge
    if element.text:
        yield _flow(element.text)
    for child in element:
        yield from _text(child)
        if child.tail:
            yield _flow(child.tail)
    yield " | " if tag in _CELLS and element.getnext() is not None else edge


def _is_hidden(element: HtmlElement) -> bool:
    return (
        element.get("role") in _HIDDEN_ROLES
        or element.get("aria-hidden") == "true"
        or element.get("hidden") is not None
    )


def _flow(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _metadata(root: HtmlElement) -> dict[str, object]:
    values: dict[str, list[str]] = {}
    for tag in root.iter("meta"):
        key = (tag.get("name") or tag.get("property") or "").strip().lower()
        content = (tag.get("content") or "").strip()
        if key and content:
            values.setdefault(key.replace(":", ".") if key.startswith("dc") else key, []).append(
                content
            )
    metadata: dict[str, object] = {}
    for key, names in _META.items():
        found = next((values[name] for name in names if name in values), None)
        if found:
            metadata[key] = found if key in _MANY else found[0]
    if isinstance(subjects := metadata.get("subject"), list):
        metadata["subject"] = [part.strip() for s in subjects for part in re.split(r"[;,]", s)]
    if isinstance(issued := metadata.get("issued"), str):
        metadata["issued"] = issued.replace("/", "-")
    if "title" not in metadata:
        titles = root.xpath("//h1") or root.xpath("//title")
        if titles:
            metadata["title"] = _flow(titles[0].text_content()).strip()
    if "language" not in metadata and (language := root.get("lang")):
        metadata["language"] = language
    return metadata
