"""A repository as a source: what is asked and wanted of it, and where the next run goes on."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial

from amic_kg.errors import InvalidSetting
from amic_kg.records import RawDocument, Withdrawn
from amic_kg_ingest.fetch import Fetcher
from amic_kg_ingest.metadata.dublin_core import describe
from amic_kg_ingest.sources import Surroundings
from amic_kg_ingest.sources.declarations import Declaration
from amic_kg_ingest.sources.filters import Filter
from amic_kg_ingest.sources.left_out import LeftOut, title_of
from amic_kg_ingest.sources.oai_pmh.answers import Record
from amic_kg_ingest.sources.oai_pmh.documents import RecordDocuments
from amic_kg_ingest.sources.oai_pmh.endpoint import Endpoint, Granularity
from amic_kg_ingest.sources.oai_pmh.listing import Listing, Query, at_granularity
from amic_kg_ingest.sources.oai_pmh.record_formats import choose_format, read_content
from amic_kg_ingest.sources.oai_pmh.texts import FullTexts
from amic_kg_ingest.sources.options import names, setting
from amic_kg_ingest.sources.topics import find_concepts

_HARVESTED = "oai-pmh harvested"
_AGAIN = "oai-pmh again"
_LONGEST_PAUSE = 64
"""Days at most between two tries of a text that its server does not give."""

_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2}Z))?")

Given = RawDocument | Withdrawn


@dataclass(frozen=True, slots=True)
class Options:
    """The table `[options]` of a declaration."""

    sets: tuple[str, ...] = setting(
        "specifications of the sets that are harvested, one text or several",
        '["com_10024_1", "col_10024_2"]',
        name="set",
        unset="the whole repository",
    )
    prefix: str = setting(
        "the metadata format", '"oai_dc"', "", unset="the one offered that tells most"
    )
    since: str = setting(
        "datestamp of the first records, in the first harvest; no date of publication",
        '"2020-01-01"',
        "",
        name="from",
        unset="the beginning",
        sort="date",
    )
    until: str = setting(
        "datestamp of the last records; no date of publication",
        '"2025-12-31"',
        "",
        unset="now",
        sort="date",
    )
    pause: float = setting("seconds between two requests, at least; up to 3600", "0.5", 0.0)
    full_texts: bool = setting(
        "whether the texts of records are fetched where rights allow", "true", False
    )

    @classmethod
    def of(cls, table: Mapping[str, object], where: str) -> Options:
        """Raises InvalidSetting, which names the option."""
        known = names(cls)
        if unknown := sorted(table.keys() - set(known)):
            raise InvalidSetting(
                where, f"has the unknown option '{unknown[0]}'", f"Use {', '.join(known)}"
            )
        sets = table.get("set", [])
        pause, full_texts = table.get("pause", 0), table.get("full_texts", False)
        if not isinstance(pause, int | float) or isinstance(pause, bool) or not 0 <= pause <= 3600:
            raise InvalidSetting(f"{where}, pause", "is no number of seconds", "Write 0.5, or 2")
        if not isinstance(full_texts, bool):
            raise InvalidSetting(f"{where}, full_texts", "is neither true nor false", "Say which")
        return cls(
            tuple(map(str, sets if isinstance(sets, list) else [sets])),
            str(table.get("prefix", "")),
            _date(table.get("from"), f"{where}, from"),
            _date(table.get("until"), f"{where}, until"),
            float(pause),
            full_texts,
        )


def open_source(declaration: Declaration, surroundings: Surroundings) -> OaiPmhSource:
    """The repository at the declaration's address; nothing is asked of it yet."""
    return OaiPmhSource(
        declaration,
        surroundings,
        partial(Fetcher.of, surroundings.settings),
        datetime.now(UTC).date(),
    )


class OaiPmhSource:
    """Harvests what is new since the last run that came to its end.

    A record that was published and is deleted, or is no longer wanted, is withdrawn. Asked for one
    by one is what failed, what had no text because its server was away, and texts whose embargo
    has ended.
    """

    def __init__(
        self,
        declaration: Declaration,
        surroundings: Surroundings,
        open_fetcher: Callable[[], Fetcher],
        today: date,
    ) -> None:
        self.name = declaration.name
        self.left_out = LeftOut()
        self._declaration = declaration
        self._options = Options.of(declaration.options, declaration.name)
        self._filter = Filter.of(declaration.filter, declaration.name)
        self._around = surroundings
        self._memory = surroundings.memory
        self._open_fetcher = open_fetcher
        self._today = today
        self._sizes: dict[str, int | None] = {}
        self._seen: dict[str, bool] = {}
        self._kept: dict[str, tuple[str, int]] = {}
        self._again: dict[str, tuple[str, int]] = {}
        self._known: set[str] = set()
        self._harvested = ""

    @property
    def expected(self) -> int | None:
        """What the repository says its lists hold, less what was left out of them by now."""
        sizes = [size for size in self._sizes.values() if size is not None]
        if len(sizes) < len(self._options.sets or ("",)):
            return None
        return max(sum(sizes) - self.left_out.total(), 0)

    def documents(self) -> Iterator[Given]:
        # What failed counts as known: when it is gone, the failure is too.
        self._known = {*self._memory.known(), *self._memory.due()}
        self._kept = json.loads(self._memory.recall(_AGAIN) or "{}")
        with self._open_fetcher() as fetcher:
            if self._options.pause:
                fetcher.slow_down(self._declaration.address, self._options.pause)
            endpoint = Endpoint(self._declaration.address, fetcher)
            granularity = endpoint.identify().granularity
            prefix = choose_format(endpoint.formats(), self._options.prefix, endpoint.url)
            folder = self._around.folder
            texts = FullTexts(fetcher, folder / "texts", self._memory)
            maker = RecordDocuments(
                self.name,
                folder / "records",
                texts if self._options.full_texts else None,
                self._around.dry,
            )
            for set_spec in self._options.sets or ("",):
                query = self._query(prefix, set_spec, granularity)
                if query.until and query.since > query.until:
                    # All that was asked for has been harvested; a repository calls this an error.
                    continue
                yield from self._list(endpoint, query, granularity, maker)
            yield from self._ask_again(endpoint, prefix, maker)

    def settle(self) -> None:
        """The next run asks from the time at which this one's first answer was given (§3.3.2)."""
        if self._around.dry:
            return
        # A server that does not say when it answered is asked for all again.
        if _DATE.fullmatch(self._harvested):
            value = {"until": self._harvested, "query": self._signature()}
            self._memory.remember(_HARVESTED, json.dumps(value))
        self._memory.remember(_AGAIN, json.dumps(self._again, sort_keys=True))

    def _list(
        self, endpoint: Endpoint, query: Query, granularity: Granularity, maker: RecordDocuments
    ) -> Iterator[Given]:
        listing = Listing(endpoint, query, granularity)
        for record in listing.records():
            self._sizes[query.set_spec] = listing.size
            if self._harvested == "":
                self._harvested = listing.date
            if self._seen.get(record.identifier, -1) >= record.deleted:
                self.left_out.add("in another set too")
                continue
            item = self._item(record, query.prefix, maker)
            if item is not None:
                yield item
        # Also of an empty list: nothing new is an answer.
        self._sizes[query.set_spec] = listing.size
        self._harvested = self._harvested or listing.date

    def _ask_again(
        self, endpoint: Endpoint, prefix: str, maker: RecordDocuments
    ) -> Iterator[Given]:
        """What failed, and what waited for its day, unless a list brought it."""
        today = self._today.isoformat()
        waiting = {x: kept for x, kept in self._kept.items() if x not in self._seen}
        self._again |= {x: kept for x, kept in waiting.items() if kept[0] > today}
        come = sorted(x for x in waiting if x not in self._again)
        for identifier in dict.fromkeys([*self._memory.due(), *come]):
            if identifier in self._seen:
                continue
            record = endpoint.record(identifier, prefix)
            item = self._item(record or Record(identifier, "", deleted=True), prefix, maker)
            if item is not None:
                yield item

    def _item(self, record: Record, prefix: str, maker: RecordDocuments) -> Given | None:
        first = record.identifier not in self._seen
        self._seen[record.identifier] = record.deleted
        if record.deleted or record.metadata is None:
            return self._withdraw(record.identifier, "deleted in the repository", given=not first)
        content = read_content(record.metadata, prefix)
        description = describe(content.fields, today=self._today)
        reason = self._filter.leaves_out(description.metadata, find_concepts)
        if reason is not None:
            title = title_of(description.metadata.get("title"))
            return self._withdraw(record.identifier, reason, title)
        made = maker.document(record.identifier, content, description, record.remarks)
        rights = description.rights
        if rights.closed == "embargo" and rights.embargo:
            self._again[record.identifier] = (rights.embargo.isoformat(), 0)
        elif made.unfinished:
            self._again[record.identifier] = self._next_try(record.identifier)
        return made.document

    def _withdraw(
        self, identifier: str, reason: str, title: str = "", *, given: bool = False
    ) -> Withdrawn | None:
        """What never came here needs no taking back: it is counted as left out."""
        if given or identifier in self._known:
            return Withdrawn(self.name, identifier)
        self.left_out.add(reason, title)
        return None

    def _next_try(self, identifier: str) -> tuple[str, int]:
        """The day of the next try, and how many there were: the next run, then 1, 2, 4… days on."""
        tries = self._kept.get(identifier, ("", 0))[1] + 1
        days = min(2 ** (tries - 2), _LONGEST_PAUSE) if tries > 1 else 0
        return (self._today + timedelta(days=days)).isoformat(), tries

    def _query(self, prefix: str, set_spec: str, granularity: Granularity) -> Query:
        since = self._options.since
        kept = json.loads(self._memory.recall(_HARVESTED) or "{}")
        if kept.get("query") == self._signature():
            since = max(since, kept["until"])
        until = self._options.until
        if granularity == "second" and len(until) == 10:
            until = f"{until}T23:59:59Z"
        return Query(
            prefix,
            set_spec,
            at_granularity(since, granularity),
            at_granularity(until, granularity),
        )

    def _signature(self) -> str:
        """Another query or filter begins anew: what it wants may have been left out before."""
        declaration = self._declaration
        asked = [declaration.address, dict(declaration.options), dict(declaration.filter)]
        text = json.dumps(asked, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def _date(value: object, where: str) -> str:
    text = "" if value is None else str(value).replace("+00:00", "Z")
    if not text:
        return ""
    match = _DATE.fullmatch(text)
    if match is None:
        raise InvalidSetting(where, f"'{text}' is no date", "Write 2026-11-25")
    return "T".join(filter(None, match.groups()))
