"""The requests of OAI-PMH to one repository, and what it says of itself."""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode, urlsplit, urlunsplit

import httpx

from amic_kg.errors import (
    DamagedDocument,
    InvalidSetting,
    RefusedAddress,
    UnreachableSource,
    UnreadableInput,
)
from amic_kg_ingest.fetch import Fetcher
from amic_kg_ingest.fetch.transport import MOST_BYTES
from amic_kg_ingest.sources.oai_pmh.answers import (
    OAI,
    Answer,
    BrokenOff,
    Page,
    ProtocolError,
    Record,
    read_answer,
    read_page,
    text_of,
)

Granularity = Literal["day", "second"]

_TRIES = 3
"""Times that an answer is asked for which breaks off."""

_MOST_SET_PAGES = 200
_ERROR_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Identity:
    """§4.2 Identify: `deleted` says whether the repository tells of what it takes back."""

    name: str
    granularity: Granularity
    earliest: str
    deleted: str


class Endpoint:
    """A repository at its base URL; raises InputError subclasses, and ProtocolError where told."""

    def __init__(self, url: str, fetcher: Fetcher) -> None:
        parts = urlsplit(url)
        # An address copied from a browser has a request in it.
        self.url = urlunsplit(parts._replace(query="", fragment=""))
        self._fetcher = fetcher

    def identify(self) -> Identity:
        body = self._ask({"verb": "Identify"}).body
        seconds = text_of(body, "granularity").upper().endswith("Z")
        return Identity(
            text_of(body, "repositoryName"),
            "second" if seconds else "day",
            text_of(body, "earliestDatestamp"),
            text_of(body, "deletedRecord"),
        )

    def formats(self) -> tuple[str, ...]:
        """§4.4 ListMetadataFormats: the prefixes, as the repository orders them."""
        body = self._ask({"verb": "ListMetadataFormats"}).body
        return tuple(text_of(x, "metadataPrefix") for x in body.iterfind(f"{OAI}metadataFormat"))

    def page(self, arguments: Mapping[str, str]) -> Page:
        """§4.5 ListRecords; raises ProtocolError."""
        return read_page(self._request({"verb": "ListRecords", **arguments}))

    def record(self, identifier: str, prefix: str) -> Record | None:
        """§4.1 GetRecord; None when the repository does not know the identifier any more."""
        query = {"verb": "GetRecord", "identifier": identifier, "metadataPrefix": prefix}
        try:
            records = read_page(self._request(query)).records
        except ProtocolError as error:
            if error.code == "idDoesNotExist":
                return None
            raise self.refusal(error) from None
        return records[0] if records else None

    def check_set(self, spec: str) -> None:
        """Raises InvalidSetting for a set that the repository does not have, naming near ones."""
        sets = dict(self._sets())
        if spec in sets:
            return
        if not sets:
            raise InvalidSetting(f"set = '{spec}'", f"{self.url} has no sets", "Leave 'set' out")
        raise InvalidSetting(
            f"set = '{spec}'",
            f"{self.url} has no such set",
            f"Use one of its {len(sets)} sets, such as {_near(spec, sets)}",
        )

    def refusal(self, error: ProtocolError) -> UnreadableInput:
        return UnreadableInput(
            self.url,
            f"refuses the request ({error})",
            "Check the options of the source, and the dates in them",
        )

    def _sets(self) -> Iterator[tuple[str, str]]:
        """§4.6 ListSets: specification and name of each."""
        query = {"verb": "ListSets"}
        for _ in range(_MOST_SET_PAGES):
            try:
                body = self._request(query).body
            except ProtocolError as error:
                if error.code == "noSetHierarchy":
                    return
                raise self.refusal(error) from None
            for found in body.iterfind(f"{OAI}set"):
                yield text_of(found, "setSpec"), text_of(found, "setName")
            token = text_of(body, "resumptionToken")
            if not token or token == query.get("resumptionToken"):
                return
            query = {"verb": "ListSets", "resumptionToken": token}

    def _ask(self, query: Mapping[str, str]) -> Answer:
        try:
            return self._request(query)
        except ProtocolError as error:
            raise self.refusal(error) from None

    def _request(self, query: Mapping[str, str]) -> Answer:
        url = f"{self.url}?{urlencode(query)}"
        for _ in range(_TRIES):
            try:
                return read_answer(self._body(url), self.url)
            except BrokenOff:
                continue
        raise DamagedDocument(
            url,
            f"breaks off before its end, {_TRIES} times in a row",
            "Run again later; if it goes on, tell those who run the repository",
        )

    def _body(self, url: str) -> bytes:
        """What is answered; an error of the protocol also where it comes as one of HTTP.

        §3.6 has errors in answers of status 200, yet repositories send 400 or 404 with them.
        """
        try:
            return self._fetcher.get(url).body
        except (UnreachableSource, RefusedAddress):
            raise
        except UnreadableInput:
            with contextlib.suppress(httpx.TransportError):
                refused = self._fetcher.client.get(url, extensions={MOST_BYTES: _ERROR_BYTES})
                if not refused.is_server_error and b"OAI-PMH" in refused.content[:2000]:
                    return refused.content
            raise


def _near(spec: str, sets: Mapping[str, str]) -> str:
    """Up to five sets whose specification or name is like `spec`, else the first ones."""
    wanted = spec.casefold()
    names = {name.casefold(): key for key, name in sets.items()}
    found = [key for key, name in sets.items() if wanted in name.casefold()]
    found += difflib.get_close_matches(spec, sets, 5, 0.5)
    found += [names[name] for name in difflib.get_close_matches(wanted, names, 5, 0.5)]
    chosen = list(dict.fromkeys([*found, *sets]))[:5]
    return ", ".join(f"{key} ({sets[key]})" if sets[key] else key for key in chosen)
