"""A run over addresses: each asked for politely, and given unless it asks to be left alone."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence

from amic_kg.errors import Gone, InputError, NotFound, UnreadableInput, UnsupportedFormat
from amic_kg.records import RawDocument, Unreadable, Withdrawn
from amic_kg_ingest.fetch import Fetched, Fetcher
from amic_kg_ingest.fetch.reservations import (
    Head,
    directives,
    hides_text,
    read_head,
    reservation,
    reserved_by_header,
)
from amic_kg_ingest.fetch.robots import FORBIDDEN, MiningRules, Robots
from amic_kg_ingest.sources import Surroundings
from amic_kg_ingest.sources.filters import Filter
from amic_kg_ingest.sources.left_out import LeftOut
from amic_kg_ingest.sources.topics import find_concepts
from amic_kg_ingest.sources.web.listing import normalise, site_of
from amic_kg_ingest.sources.web.options import TYPES, WebOptions
from amic_kg_ingest.sources.web.sitemaps import Entry

DUPLICATE = "the same as another address"
ANOTHER_TYPE = "another type"
_MISSED_RUNS = 2
"""A page that is not found (404) in so many runs is taken out; one that is gone (410) at once."""


class _LeftOutError(Exception):
    """On the way to a document that is not to be taken: why, in a few words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _ReservedError(_LeftOutError):
    """The page itself, or its server, does not want it to be used."""


class Visit:
    """What becomes of each of `entries`, in their order; `left_out` is counted up by reason."""

    def __init__(
        self,
        *,
        name: str,
        entries: Sequence[Entry],
        options: WebOptions,
        wanted: Filter,
        surroundings: Surroundings,
        fetcher: Fetcher,
        left_out: LeftOut,
        single: bool,
    ) -> None:
        self._name = name
        self._entries = entries
        self._options = options
        self._filter = wanted
        self._memory = surroundings.memory
        self._folder = surroundings.folder
        self._dry = surroundings.dry
        self._fetcher = fetcher
        self._left_out = left_out
        self._single = single
        self.dropped = 0
        """How many of the entries have been left out."""
        self._known = frozenset(self._memory.known())
        self._pending = {entry.url for entry in entries}
        self._given: set[str] = set()
        self._robots = Robots(fetcher)
        self._mining = MiningRules(fetcher)

    def documents(self) -> Iterator[RawDocument | Unreadable | Withdrawn]:
        for entry in self._entries:
            self._pending.discard(entry.url)
            try:
                yield self._named(entry) if self._dry else self._fetched(entry)
            except _ReservedError as left:
                self._fetcher.forget(entry.url, self._folder, self._memory)
                if entry.url in self._known:
                    self._left_out.add(left.reason, entry.url)
                    yield Withdrawn(self._name, entry.url)
                else:
                    self._drop(left.reason, entry.url)
            except _LeftOutError as left:
                self._drop(left.reason, entry.url)
            except NotFound as error:
                yield self._missing(entry, error)
            except UnsupportedFormat as error:
                if self._single:
                    yield Unreadable(self._name, entry.url, error)
                else:
                    self._drop(ANOTHER_TYPE, entry.url)
            except InputError as error:
                yield Unreadable(self._name, entry.url, error)

    def _drop(self, reason: str, url: str) -> None:
        self._left_out.add(reason, url)
        self.dropped += 1

    def _named(self, entry: Entry) -> RawDocument:
        """What a dry run shows: nothing but the rules of the site is asked for."""
        self._check_robots(entry.url)
        self._check_headers(entry.url, {})
        return RawDocument(self._name, entry.url, self._folder, {"identifier": [entry.url]})

    def _fetched(self, entry: Entry) -> RawDocument:
        """Raises _LeftOutError, or InputError for what cannot be got."""
        fetched = None
        if entry.modified and entry.modified == self._state(entry.url).get("modified"):
            # The sitemap says that the page is still the one of the last run.
            fetched = self._fetcher.last(entry.url, self._folder, self._memory)
        if fetched is None:
            fetched = self._fetcher.fetch(
                entry.url,
                self._folder,
                memory=self._memory,
                accept=self._options.media_types,
                before=self._check_robots,
                on_headers=self._check_headers,
            )
            self._set_state(entry.url, {"modified": entry.modified})
        else:
            self._check_robots(entry.url)
            self._check_headers(entry.url, fetched.headers)
        return self._document(entry.url, fetched)

    def _check_robots(self, url: str) -> None:
        if not self._robots.allows(url):
            raise _LeftOutError(FORBIDDEN)

    def _check_headers(self, url: str, headers: Mapping[str, str]) -> None:
        reserved = reserved_by_header(headers.get("tdm-reservation"))
        if reserved is None:
            reserved = self._mining.reserves(url)
        reason = reservation(directives(headers.get("x-robots-tag", "")), reserved)
        if reason is not None:
            raise _ReservedError(reason)

    def _document(self, url: str, fetched: Fetched) -> RawDocument:
        if fetched.media_type not in self._options.media_types:
            # Fetched when the options were others.
            raise _LeftOutError(ANOTHER_TYPE)
        robots = directives(fetched.headers.get("x-robots-tag", ""))
        head = Head()
        if fetched.media_type in TYPES["html"]:
            head = read_head(fetched.path)
            robots |= head.robots
            if (reason := reservation(robots, head.reserved)) is not None:
                raise _ReservedError(reason)
        self._check_duplicate(url, fetched, head)
        if head.metadata and (reason := self._filter.leaves_out(head.metadata, find_concepts)):
            raise _LeftOutError(reason)
        self._given.add(url)
        own = head.metadata.get("identifier")
        metadata: dict[str, object] = {"identifier": [*(own if isinstance(own, list) else ()), url]}
        if hides_text(robots):
            metadata["accessRights"] = "restricted"
        return RawDocument(self._name, url, fetched.path, metadata)

    def _check_duplicate(self, url: str, fetched: Fetched, head: Head) -> None:
        """Left out for the page that it leads to, or names as the right one (RFC 6596).

        Only where that page comes too: two that name each other would both be lost.
        """
        others = {normalise(fetched.url)}
        if head.canonical is not None:
            with contextlib.suppress(UnreadableInput):
                canonical = normalise(head.canonical, fetched.url)
                if site_of(canonical) == site_of(fetched.url):
                    others.add(canonical)
        others.discard(url)
        if others & (self._given | self._pending):
            raise _LeftOutError(DUPLICATE)
        self._given |= others

    def _missing(self, entry: Entry, error: NotFound) -> Unreadable | Withdrawn:
        if entry.url in self._known:
            missed = int(self._state(entry.url).get("missed", "0")) + 1
            if isinstance(error, Gone) or missed >= _MISSED_RUNS:
                self._set_state(entry.url, {})
                self._fetcher.forget(entry.url, self._folder, self._memory)
                return Withdrawn(self._name, entry.url)
            self._set_state(entry.url, {"missed": str(missed)})
        return Unreadable(self._name, entry.url, error)

    def _state(self, url: str) -> dict[str, str]:
        """What is remembered of a page: `modified` as its sitemap said, `missed` runs."""
        state: dict[str, str] = json.loads(self._memory.recall(_key(url)) or "{}")
        return state

    def _set_state(self, url: str, state: Mapping[str, str]) -> None:
        kept = {name: value for name, value in state.items() if value}
        if kept != self._state(url):
            self._memory.remember(_key(url), json.dumps(kept))


def _key(url: str) -> str:
    return f"page {hashlib.sha256(url.encode()).hexdigest()}"
