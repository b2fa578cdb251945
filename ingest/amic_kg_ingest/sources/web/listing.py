"""Which addresses a web source names: read from its list or its sitemaps, sifted by its options."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from amic_kg.errors import InputError, UnreadableInput
from amic_kg.records import Unreadable
from amic_kg_ingest.fetch import Fetcher
from amic_kg_ingest.sources.left_out import LeftOut
from amic_kg_ingest.sources.web.options import WebOptions
from amic_kg_ingest.sources.web.sitemaps import Entry, read_list, read_sitemap

ANOTHER_SITE = "on another site"
_MOST_SITEMAPS = 1000
_LONGEST_ADDRESS = 2000


class Listing:
    """Addresses in the order of the list, each once; `left_out` counts the others by reason.

    `whole` is False when a part of the list could not be read.
    """

    def __init__(
        self, address: str, options: WebOptions, fetcher: Fetcher, left_out: LeftOut
    ) -> None:
        self._address = address
        self._options = options
        self._fetcher = fetcher
        self._left_out = left_out
        self._seen: set[str] = set()
        self._accepted = 0
        self.whole = True

    def entries(self) -> Iterator[Entry | Unreadable]:
        """Raises InputError when the list itself, or its first sitemap, cannot be read.

        An Unreadable stands for an address, or a sitemap of the index, that is of no use; its
        `source` is left empty.
        """
        if is_single(self._address, self._options):
            yield Entry(normalise(self._address))
        elif self._options.list or not is_url(self._address):
            yield from self._of_list()
        else:
            yield from self._of_sitemaps()

    def _of_list(self) -> Iterator[Entry | Unreadable]:
        if is_url(self._address):
            data = self._fetcher.get(self._address).body
        else:
            data = _read_file(Path(self._address), self._fetcher.limits.small_bytes)
        for address in read_list(data):
            yield from self._sifted(Entry(address), hosts=None)

    def _of_sitemaps(self) -> Iterator[Entry | Unreadable]:
        waiting = [normalise(self._address)]
        asked = set(waiting)
        hosts = {site_of(waiting[0]), *(x.lower() for x in self._options.hosts)}
        while waiting:
            address = waiting.pop(0)
            try:
                answer = self._fetcher.get(address)
                if len(asked) == 1:
                    hosts.add(site_of(answer.url))
                sitemap = read_sitemap(answer.body, address)
            except InputError as error:
                if len(asked) == 1:
                    raise
                self.whole = False
                yield Unreadable("", address, error)
                continue
            for page in sitemap.pages:
                yield from self._sifted(page, hosts)
            for child in sitemap.sitemaps:
                found = self._checked(child.url)
                if isinstance(found, Unreadable):
                    yield found
                elif site_of(found) not in hosts:
                    self._left_out.add(f"sitemap {ANOTHER_SITE}")
                # A sitemap that names one of those above it would be read for ever.
                elif found not in asked and len(asked) < _MOST_SITEMAPS:
                    asked.add(found)
                    waiting.append(found)
            if self._accepted >= self._options.most and waiting:
                self._left_out["sitemap beyond the limit of documents"] += len(waiting)
                self.whole = False
                return

    def _sifted(self, entry: Entry, hosts: set[str] | None) -> Iterator[Entry | Unreadable]:
        url = self._checked(entry.url)
        if isinstance(url, Unreadable):
            yield url
            return
        if url in self._seen:
            return
        self._seen.add(url)
        reason = self._options.leaves_out(url, urlsplit(url).path)
        if hosts is not None and site_of(url) not in hosts:
            reason = ANOTHER_SITE
        elif reason is None and self._accepted >= self._options.most:
            reason = f"beyond the first {self._options.most}"
        if reason is not None:
            self._left_out.add(reason, url)
            return
        self._accepted += 1
        yield Entry(url, entry.modified)

    def _checked(self, address: str) -> str | Unreadable:
        try:
            return normalise(address)
        except UnreadableInput as error:
            return Unreadable("", address[:_LONGEST_ADDRESS], error)


def is_single(address: str, options: WebOptions) -> bool:
    """Whether the address is itself the document."""
    return is_url(address) and not options.list and not _is_sitemap(address)


def is_url(address: str) -> bool:
    return address.lower().startswith(("http://", "https://"))


def normalise(address: str, base: str = "") -> str:
    """The address as it identifies a document: no fragment, host in lower case, no default port.

    It may be relative to `base`.

    Raises UnreadableInput for what is no address of http or https.
    """
    try:
        url = httpx.URL(base).join(address.strip()).copy_with(fragment=None)
    except httpx.InvalidURL as error:
        raise UnreadableInput(
            address[:200], f"is no URL ({error})", "Mend it in its list"
        ) from None
    if url.scheme not in ("http", "https") or not url.host or len(str(url)) > _LONGEST_ADDRESS:
        cause = "is no address of http or https, or a very long one"
        raise UnreadableInput(address[:200], cause, "Mend it in its list, or leave it out")
    return str(url)


def site_of(url: str) -> str:
    """The host, without the www. that stands before many a name of the same site."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _is_sitemap(address: str) -> bool:
    # Not urlsplit: it fails for some addresses that are none, which `normalise` will name.
    path = address.lower().partition("#")[0].partition("?")[0].partition("://")[2]
    path = path.partition("/")[2]
    return path.endswith((".xml", ".xml.gz")) or "sitemap" in path.rpartition("/")[2]


def _read_file(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise UnreadableInput(
            str(path), f"cannot be read: {error.strerror}", "Check the name, or make it readable"
        ) from None
