"""WebSource: the addresses of a list or a sitemap, each visited in turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from amic_kg.records import RawDocument, Unreadable, Withdrawn
from amic_kg_ingest.fetch import Fetcher
from amic_kg_ingest.sources import Surroundings
from amic_kg_ingest.sources.declarations import Declaration
from amic_kg_ingest.sources.filters import Filter
from amic_kg_ingest.sources.left_out import LeftOut
from amic_kg_ingest.sources.web.listing import Listing, is_single
from amic_kg_ingest.sources.web.options import WebOptions
from amic_kg_ingest.sources.web.sitemaps import Entry
from amic_kg_ingest.sources.web.visiting import Visit


class WebSource:
    """What stands at one address, or at those of a list or a sitemap.

    What was given before and has left the list is asked for again, so that it can be taken out
    when its server no longer has it.
    """

    def __init__(
        self,
        declaration: Declaration,
        options: WebOptions,
        wanted: Filter,
        surroundings: Surroundings,
    ) -> None:
        self.name = declaration.name
        self._listed: int | None = None
        self._visit: Visit | None = None
        self._left_out = LeftOut()
        self._address = declaration.address
        self._options = options
        self._filter = wanted
        self._surroundings = surroundings

    @property
    def expected(self) -> int | None:
        """What is listed, but for what has turned out not to come."""
        if self._listed is None or self._visit is None:
            return self._listed
        return self._listed - self._visit.dropped

    @property
    def left_out(self) -> Mapping[str, int]:
        return self._left_out

    def documents(self) -> Iterator[RawDocument | Unreadable | Withdrawn]:
        with Fetcher.of(self._surroundings.settings, pause=self._options.pause) as fetcher:
            listing = Listing(self._address, self._options, fetcher, self._left_out)
            found = list(listing.entries())
            entries = [item for item in found if isinstance(item, Entry)]
            single = is_single(self._address, self._options)
            if listing.whole and not single and not self._surroundings.dry:
                listed = {entry.url for entry in entries}
                unlisted = sorted(set(self._surroundings.memory.known()) - listed)
                entries += [Entry(url) for url in unlisted]
            broken = [item for item in found if isinstance(item, Unreadable)]
            self._listed = len(entries) + len(broken)
            for item in broken:
                yield Unreadable(self.name, item.identifier, item.error)
            self._visit = Visit(
                name=self.name,
                entries=entries,
                options=self._options,
                wanted=self._filter,
                surroundings=self._surroundings,
                fetcher=fetcher,
                left_out=self._left_out,
                single=single,
            )
            yield from self._visit.documents()

    def settle(self) -> None:
        """Nothing more: what a server said of a page is remembered with the page."""
