"""Full texts of records: the file a record or its page names, unless its server reserves it."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

from amic_kg.errors import UnreadableInput
from amic_kg.ports import FeedMemory
from amic_kg_ingest.fetch import Fetcher
from amic_kg_ingest.fetch.reservations import directives, reservation, reserved_by_header
from amic_kg_ingest.fetch.robots import FORBIDDEN, MiningRules, Robots
from amic_kg_ingest.sources.oai_pmh.record_formats import Content

_PDF = "application/pdf"
_PAGES = ("text/html", "application/xhtml+xml")
_PAGE_BYTES = 4_000_000


class ReservedText(UnreadableInput):
    """The server does not want the text to be mined, or fetched by programs."""


class FullTexts:
    """Fetches texts into `folder`, each asked for only when it has changed."""

    def __init__(self, fetcher: Fetcher, folder: Path, memory: FeedMemory) -> None:
        self._fetcher = fetcher
        self._folder = folder
        self._memory = memory
        self._robots = Robots(fetcher)
        self._mining = MiningRules(fetcher)

    def file_of(self, content: Content) -> Path | None:
        """The PDF; None when neither the record nor its page names one. Raises InputError."""
        url = _pdf_of_record(content)
        if not url and not content.files and content.page:
            url = self._pdf_of_page(content.page)
        if not url:
            return None
        return self._fetcher.fetch(
            url,
            self._folder,
            memory=self._memory,
            accept=(_PDF,),
            before=self._check_robots,
            on_headers=self._check_headers,
        ).path

    def forget(self, content: Content) -> None:
        """Take away the file that was fetched before the text was closed."""
        if url := _pdf_of_record(content):
            self._fetcher.forget(url, self._folder, self._memory)

    def _pdf_of_page(self, page: str) -> str:
        """What the page of the work names as `citation_pdf_url`, else nothing."""
        answer = self._fetcher.get(
            page, accept=_PAGES, most_bytes=_PAGE_BYTES, before=self._check_robots
        )
        finder = _CitationPdf()
        finder.feed(answer.body.decode("utf-8", "replace"))
        return urljoin(answer.url, finder.found) if finder.found else ""

    def _check_robots(self, url: str) -> None:
        if not self._robots.allows(url):
            raise ReservedText(url, f"is {FORBIDDEN}", "Leave it out, or ask for it")

    def _check_headers(self, url: str, headers: Mapping[str, str]) -> None:
        reserved = reserved_by_header(headers.get("tdm-reservation"))
        if reserved is None:
            reserved = self._mining.reserves(url)
        reason = reservation(directives(headers.get("x-robots-tag", "")), reserved)
        if reason is not None:
            raise ReservedText(url, reason, "Leave it out, or ask the rights holder")


def _pdf_of_record(content: Content) -> str:
    return next((x.url for x in content.files if x.media_type in (_PDF, "")), "")


class _CitationPdf(HTMLParser):
    """The Highwire Press tag that Google Scholar asks repositories for."""

    found = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "meta" and (values.get("name") or "").lower() == "citation_pdf_url":
            self.found = self.found or (values.get("content") or "").strip()
