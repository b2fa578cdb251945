"""One list of records over all its pages: each record once, whatever happens to its tokens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from amic_kg.errors import UnreadableInput
from amic_kg_ingest.sources.oai_pmh.answers import Page, ProtocolError, Record
from amic_kg_ingest.sources.oai_pmh.endpoint import Endpoint, Granularity

_BARREN_PASSES = 3
"""Lists begun anew, one after the other, that brought nothing new before their token expired."""

_REPEATED_PAGES = 3
_EMPTY_PAGES = 50
"""Pages in a row without a new record: repositories skip what they may not show."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for; `since` and `until` at the granularity of the repository."""

    prefix: str
    set_spec: str = ""
    since: str = ""
    until: str = ""

    def arguments(self, since: str) -> dict[str, str]:
        named = {
            "metadataPrefix": self.prefix, "set": self.set_spec, "from": since, "until": self.until,
        }  # fmt: skip
        return {name: value for name, value in named.items() if value}


class Listing:
    """The records of one query; `date` is when the repository began to answer (responseDate).

    A token that has expired (§3.5, badResumptionToken) begins the list anew, and what has come is
    left out: from the last datestamp where the list goes by datestamps and the repository has said
    how many there are, else from its beginning; from there too when the short way brought fewer.
    """

    def __init__(self, endpoint: Endpoint, query: Query, granularity: Granularity) -> None:
        self._endpoint = endpoint
        self._query = query
        self._granularity = granularity
        self._given: dict[str, bool] = {}
        self._order = _Order()
        self.date = ""
        self.size: int | None = None
        self._begun = False

    def records(self) -> Iterator[Record]:
        """Raises InputError when the list goes on for ever, or a page cannot be had."""
        since, barren = self._query.since, 0
        while True:
            before = len(self._given)
            try:
                for record in self._pass(since):
                    if self._is_new(record):
                        yield record
            except ProtocolError as error:
                if error.code != "badResumptionToken":
                    raise self._endpoint.refusal(error) from None
                barren = 0 if len(self._given) > before else barren + 1
                if barren >= _BARREN_PASSES:
                    raise self._expiring() from None
                since = self._restart()
                continue
            if since == self._query.since or len(self._given) >= (self.size or 0):
                return
            since = self._query.since

    def _restart(self) -> str:
        """The last datestamp where the list goes by them and its size can show that all came."""
        last = self._order.last(self._granularity) if self.size is not None else ""
        return last or self._query.since

    def _is_new(self, record: Record) -> bool:
        """Whether it has not come yet; one that was there and is deleted now comes once more."""
        known = self._given.get(record.identifier)
        if known is not None and known >= record.deleted:
            return False
        self._given[record.identifier] = record.deleted
        return True

    def _pass(self, since: str) -> Iterator[Record]:
        """All pages from `since` on, to the end or to an expired token."""
        asked: set[str] = set()
        seen: set[str] = set()
        without_new = 0
        self._order = _Order()
        arguments: Mapping[str, str] = self._query.arguments(since)
        while True:
            page = self._page(arguments)
            fresh = {record.identifier for record in page.records} - seen
            seen |= fresh
            for record in page.records:
                self._order.add(record.datestamp)
                yield record
            if not page.token:
                return
            without_new = 0 if fresh else without_new + 1
            most = _REPEATED_PAGES if page.records else _EMPTY_PAGES
            if without_new and (page.token in asked or without_new >= most):
                raise self._endless(len(seen))
            asked.add(page.token)
            arguments = {"resumptionToken": page.token}

    def _page(self, arguments: Mapping[str, str]) -> Page:
        try:
            page = self._endpoint.page(arguments)
        except ProtocolError as error:
            if error.code == "noRecordsMatch":
                # §3.6: nothing is no fault, unless the set is misspelt.
                self._check_set()
                page = Page(date=error.date)
                self._note(page)
                return page
            if error.code in ("badArgument", "noSetHierarchy"):
                self._check_set()
            raise
        self._note(page)
        return page

    def _note(self, page: Page) -> None:
        if self.size is None and page.size is not None:
            self.size = page.size
        elif not self._begun and not page.token:
            # A list of one page tells no size.
            self.size = len(page.records)
        self._begun = True
        self.date = self.date or page.date

    def _check_set(self) -> None:
        if self._query.set_spec and not self._given:
            self._endpoint.check_set(self._query.set_spec)

    def _endless(self, count: int) -> UnreadableInput:
        return UnreadableInput(
            self._endpoint.url,
            f"goes round in a circle: after {count} records its list brings nothing new",
            "What came is kept; tell those who run the repository",
        )

    def _expiring(self) -> UnreadableInput:
        return UnreadableInput(
            self._endpoint.url,
            f"lets its lists expire before they end ({len(self._given)} records came)",
            "What came is kept; take smaller sets, or 'from' and 'until' in the options",
        )


class _Order:
    """Whether records come by their datestamps, as far as can be told."""

    def __init__(self) -> None:
        self._last = ""
        self._rises = 0
        self._falls = False

    def add(self, datestamp: str) -> None:
        self._rises += datestamp > self._last != ""
        self._falls = self._falls or datestamp < self._last
        self._last = max(self._last, datestamp)

    def last(self, granularity: Granularity) -> str:
        """The datestamp to go on from; empty when the list has another order, or it is unclear."""
        if self._falls or self._rises < 2:
            return ""
        return at_granularity(self._last, granularity)


def at_granularity(datestamp: str, granularity: Granularity) -> str:
    """§3.3: a day, or a UTC time in seconds; a repository takes none but its own."""
    day = datestamp[:10]
    if granularity == "day" or not day:
        return day
    return datestamp if datestamp.endswith("Z") and "T" in datestamp else f"{day}T00:00:00Z"
