"""Lists of addresses: sitemaps and sitemap indexes (sitemaps.org protocol), and plain lists."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from amic_kg.errors import DamagedDocument, LimitExceeded
from amic_kg_ingest.fetch.unpacking import inflate

_MOST_BYTES = 64 * 1024 * 1024
"""The protocol allows 50 MB, unpacked (https://www.sitemaps.org/protocol.html#index)."""

_MOST_ENTRIES = 50_000
_LONGEST_TEXT = 4096
_ENTRIES = {"url": "urlset", "sitemap": "sitemapindex"}


class Entry(NamedTuple):
    """An address in a list; `modified` is its lastmod as the list writes it."""

    url: str
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The pages of a sitemap, or the sitemaps of an index."""

    pages: tuple[Entry, ...] = ()
    sitemaps: tuple[Entry, ...] = ()


def read_sitemap(data: bytes, url: str) -> Sitemap:
    """Raises DamagedDocument for what is no sitemap, LimitExceeded for one that is too large."""
    if data.startswith(b"\x1f\x8b"):
        data = _unpack(data, url)
    reading = _Reading(url)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reading.doctype
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    try:
        parser.ParseFile(io.BytesIO(data.removeprefix(b"\xef\xbb\xbf").lstrip()))
    except (expat.ExpatError, LookupError) as error:
        raise DamagedDocument(
            url, f"is no whole sitemap ({error})", "Open it in a browser, and check the address"
        ) from None
    return Sitemap(tuple(reading.found["urlset"]), tuple(reading.found["sitemapindex"]))


def read_list(data: bytes) -> Iterator[str]:
    """One address a line; empty lines and lines that begin with # are left out."""
    text = data.decode("utf-8-sig", "replace")
    for line in text.splitlines():
        if (address := line.strip()) and not address.startswith("#"):
            yield address


@dataclass(slots=True)
class _Reading:
    """The state while a sitemap is read: where in it, and what was found."""

    url: str
    root: str = ""
    depth: int = 0
    inside: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    found: dict[str, list[Entry]] = field(
        default_factory=lambda: {"urlset": [], "sitemapindex": []}
    )

    def doctype(self, *_declaration: object) -> None:
        # Where entities are declared, a kilobyte can become a gigabyte.
        raise DamagedDocument(
            self.url,
            "declares a document type, which no sitemap does",
            "Check the address: it may be a web page",
        )

    def start(self, name: str, _attributes: object) -> None:
        self.depth += 1
        self.inside = name.rpartition(":")[2]
        if self.depth == 1:
            self.root = self.inside
            if self.root not in self.found:
                raise DamagedDocument(
                    self.url,
                    f"is no sitemap: its root is '{self.root[:40]}'",
                    "Check the address; a list with one address a line needs the option list",
                )
        elif self.depth == 2:
            self.fields = {}

    def text(self, text: str) -> None:
        # Only url/loc and url/lastmod: extensions have fields of the same names below.
        if self.depth == 3 and self.inside in ("loc", "lastmod"):
            so_far = self.fields.get(self.inside, "")
            self.fields[self.inside] = (so_far + text)[:_LONGEST_TEXT]

    def end(self, name: str) -> None:
        self.depth -= 1
        self.inside = ""
        address = self.fields.get("loc", "").strip()
        if self.depth == 1 and _ENTRIES.get(name.rpartition(":")[2]) == self.root and address:
            entries = self.found[self.root]
            if len(entries) == _MOST_ENTRIES:
                raise LimitExceeded(
                    self.url,
                    f"lists more than {_MOST_ENTRIES} addresses, which the protocol forbids",
                    "Tell those who run the server, or give a list of your own",
                )
            entries.append(Entry(address, self.fields.get("lastmod", "").strip()))


def _unpack(data: bytes, url: str) -> bytes:
    pieces, size = [], 0
    for piece in inflate([data], url, gzip=True):
        size += len(piece)
        if size > _MOST_BYTES:
            raise LimitExceeded(
                url,
                f"unpacks to more than {_MOST_BYTES // 1024 // 1024} MB",
                "Leave it out: a sitemap has 50 MB at most",
            )
        pieces.append(piece)
    return b"".join(pieces)
