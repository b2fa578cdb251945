"""Writes one HTML page as a project site would: meta tags, navigation, content, side box, foot."""

from collections.abc import Iterator
from html import escape

from labels import (
    ABSTRACT,
    AUTHOR,
    KEYWORDS,
    KIND,
    LICENCE,
    PUBLISHED,
    SAMPLE_LINE,
    TABLE,
    TYPES,
    month,
)
from source import Block, Heading, ItemList, Note, Paragraph, SourceDocument, Table

_NAVIGATION = {
    "fi": ("Etusivu", "Hanke", "Työpaketit", "Ajankohtaista", "Julkaisut", "Ota yhteyttä"),
    "en": ("Home", "Project", "Work packages", "News", "Publications", "Contact"),
    "sv": ("Startsida", "Projektet", "Arbetspaket", "Aktuellt", "Publikationer", "Kontakt"),
}
_SKIP = {"fi": "Siirry sisältöön", "en": "Skip to content", "sv": "Gå till innehållet"}
_SEARCH = {"fi": "Hae sivustolta", "en": "Search this site", "sv": "Sök på webbplatsen"}
_SHARE = {"fi": "Tulosta sivu", "en": "Print this page", "sv": "Skriv ut sidan"}
_RELATED = {"fi": "Lue myös", "en": "See also", "sv": "Läs också"}
_COOKIES = {
    "fi": "Sivusto käyttää vain välttämättömiä evästeitä.",
    "en": "This site uses necessary cookies only.",
    "sv": "Webbplatsen använder endast nödvändiga kakor.",
}
_FOOT = {
    "fi": ("Saavutettavuusseloste", "Tietosuoja", "Palaute", "Takaisin ylös"),
    "en": ("Accessibility statement", "Privacy", "Feedback", "Back to top"),
    "sv": ("Tillgänglighetsutlåtande", "Dataskydd", "Respons", "Till början av sidan"),
}
_NAMES = {"fi": "Suomeksi", "en": "In English", "sv": "På svenska"}

_STYLE = """
body{font:17px/1.6 system-ui,sans-serif;color:#1d2329;margin:0}
header,main,footer{max-width:62rem;margin:auto;padding:1rem}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:1.2rem;padding:0}
.sample{background:#eaf2f4;border-left:4px solid #1f5a6b;padding:.6rem 1rem}
table{border-collapse:collapse;width:100%;margin:1rem 0}
th,td{border-bottom:1px solid #c8cfd4;padding:.4rem .6rem;text-align:left;vertical-align:top}
caption{font-weight:600;text-align:left}
aside{border-top:1px solid #c8cfd4;margin-top:2rem}
footer{border-top:2px solid #1f5a6b;font-size:.85rem}
.skip{position:absolute;left:-99rem}
"""


def write_html(document: SourceDocument, related: list[tuple[str, str]]) -> bytes:
    """`related`: file name and title of the other pages of the site."""
    lang = document.lang
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{lang}">',
        "<head>",
        '<meta charset="utf-8">',
        f"<title>{escape(document.title)} | AMIC</title>",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        *_meta(document),
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        f'<a class="skip" href="#content">{_SKIP[lang]}</a>',
        *_header(document),
        f'<main id="content" lang="{lang}">',
        "<article>",
        f"<h1>{escape(document.title)}</h1>",
        f'<p class="sample">{SAMPLE_LINE[lang]}</p>',
        *_facts(document),
        *_content(document.blocks),
        "</article>",
        "<aside>",
        f"<h2>{_RELATED[lang]}</h2>",
        "<ul>",
        *(f'<li><a href="{file}">{escape(title)}</a></li>' for file, title in related),
        "</ul>",
        "</aside>",
        "</main>",
        *_footer(lang),
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines).encode()


def _meta(document: SourceDocument) -> Iterator[str]:
    """Highwire tags as repositories give them to harvesters, Dublin Core beside or instead."""
    metadata, lang = document.metadata, document.lang
    abstract = document.localised("abstract")
    pairs: list[tuple[str, str]] = [("description", abstract)]
    if "citation" in document.embed:
        pairs.append(("citation_title", document.title))
        pairs += [("citation_author", name) for name in metadata["creator"]]
        pairs += [
            ("citation_publication_date", metadata["issued"].replace("-", "/")),
            ("citation_language", lang),
            ("citation_publisher", metadata["publisher"]),
            ("citation_keywords", "; ".join(metadata["subject"])),
            ("citation_abstract", abstract),
        ]
    if "dc" in document.embed:
        pairs.append(("DC.title", document.title))
        pairs += [("DC.creator", name) for name in metadata["creator"]]
        pairs += [
            ("DC.publisher", metadata["publisher"]),
            ("DC.date", metadata["issued"]),
            ("DC.language", lang),
            ("DC.type", metadata["type"]),
            ("DC.identifier", metadata["identifier"][0]),
            ("DC.rights", metadata["license"]),
            ("DC.description", abstract),
        ]
        pairs += [("DC.subject", word) for word in metadata["subject"]]
        yield '<link rel="schema.DC" href="http://purl.org/dc/elements/1.1/">'
    for name, content in pairs:
        yield f'<meta name="{name}" content="{escape(content)}">'


def _header(document: SourceDocument) -> Iterator[str]:
    lang = document.lang
    yield "<header>"
    yield '<p><a href="#">AMIC, Arctic Smart Mining Cluster</a></p>'
    yield '<nav aria-label="main"><ul>'
    for name in _NAVIGATION[lang]:
        yield f'<li><a href="#">{name}</a></li>'
    yield "</ul></nav>"
    yield '<nav aria-label="language"><ul>'
    for code, name in _NAMES.items():
        yield f'<li><a href="#" lang="{code}" hreflang="{code}">{name}</a></li>'
    yield "</ul></nav>"
    yield f'<form role="search"><label>{_SEARCH[lang]} <input type="search"></label></form>'
    yield f"<p>{_NAVIGATION[lang][0]} &rsaquo; {_NAVIGATION[lang][1]} &rsaquo; "
    yield f"{escape(document.running or document.title)}</p>"
    yield "</header>"


def _facts(document: SourceDocument) -> Iterator[str]:
    metadata, lang = document.metadata, document.lang
    yield "<dl>"
    for label, value in (
        (KIND, TYPES[metadata["type"]][lang]),
        (AUTHOR, ", ".join(metadata["creator"])),
        (PUBLISHED, month(metadata["issued"], lang)),
        (KEYWORDS, ", ".join(metadata["subject"])),
        (LICENCE, metadata["license"]),
    ):
        yield f"<dt>{label[lang]}</dt><dd>{escape(value)}</dd>"
    yield "</dl>"
    yield f"<h2>{ABSTRACT[lang]}</h2>"
    yield f"<p>{escape(document.localised('abstract'))}</p>"


def _content(blocks: tuple[Block, ...]) -> Iterator[str]:
    """`#` of the source is `h2`: the page's title is its only `h1`."""
    tables = 0
    for block in blocks:
        match block:
            case Heading():
                yield f"<h{block.level + 1}>{escape(block.text)}</h{block.level + 1}>"
            case Paragraph():
                yield f"<p>{escape(block.text)}</p>"
            case ItemList():
                tag = "ol" if block.ordered else "ul"
                yield f"<{tag}>"
                for item in block.items:
                    yield f"<li>{escape(item)}</li>"
                yield f"</{tag}>"
            case Note():
                yield f"<blockquote><p>{escape(block.text)}</p></blockquote>"
            case Table():
                tables += 1
                yield from _table(block, tables)
            case _:
                raise ValueError(f"not for HTML: {block}")


def _table(block: Table, number: int) -> Iterator[str]:
    yield "<table>"
    if block.caption:
        yield f"<caption>{TABLE[block.lang]} {number}. {escape(block.caption)}</caption>"
    head, *rows = block.rows
    yield "<thead><tr>" + "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    yield "</tr></thead>"
    yield "<tbody>"
    for row in rows:
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
    yield "</tbody>"
    yield "</table>"


def _footer(lang: str) -> Iterator[str]:
    yield "<footer>"
    yield f"<p>{_COOKIES[lang]}</p>"
    yield "<ul>"
    for name in _FOOT[lang]:
        yield f'<li><a href="#">{name}</a></li>'
    yield "</ul>"
    yield f'<p><button type="button">{_SHARE[lang]}</button></p>'
    yield f"<p>{SAMPLE_LINE[lang]} CC BY 4.0.</p>"
    yield "</footer>"
