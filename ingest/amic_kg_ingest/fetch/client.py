"""Fetcher: documents to files and small answers to bytes, politely, within limits."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Generic, TypeVar

import httpx

import amic_kg
from amic_kg.errors import InputError, RefusedAddress, UnreadableInput
from amic_kg.ports import FeedMemory
from amic_kg.settings import Settings
from amic_kg_ingest.fetch import faults, retrying
from amic_kg_ingest.fetch.addresses import AddressGuard, read_networks
from amic_kg_ingest.fetch.downloads import Download, Fetched
from amic_kg_ingest.fetch.limits import FetchLimits
from amic_kg_ingest.fetch.transport import DEADLINE, ENCODINGS, MOST_BYTES, CheckedTransport

Taken = TypeVar("Taken")
BeforeRequest = Callable[[str], None]
"""Called with each URL before it is asked for, the targets of redirects too; raises to refuse."""
OnHeaders = Callable[[str, Mapping[str, str]], None]
"""Called with the URL and `KEPT_HEADERS` of an answer before its body is read; may refuse it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A small answer: `url` is where redirects led, `media_type` in lower case, no parameters."""

    url: str
    media_type: str
    body: bytes = field(repr=False)
    headers: httpx.Headers = field(repr=False)


class Fetcher:
    """Everything that is asked of the web goes through one of these; use it in one thread.

    Raises InputError subclasses that name the URL: UnreachableSource (network, TLS, 5xx),
    NotFound and Gone (404, 410), RefusedAddress, LimitExceeded, UnsupportedFormat (another type
    than accepted), DamagedDocument (broken compression), UnreadableInput (all other refusals).
    """

    def __init__(
        self,
        limits: FetchLimits | None = None,
        guard: AddressGuard | None = None,
        *,
        contact: str = "https://w3id.org/amic/",
        ssl_context: ssl.SSLContext | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.limits = limits or FetchLimits()
        self.user_agent = f"amic-kg/{amic_kg.__version__} (+{contact})"
        self._wait = wait
        self._pauses: dict[str, float] = {}
        self._next: dict[str, float] = {}
        self.client = httpx.Client(
            transport=CheckedTransport(guard or AddressGuard(), self.limits, ssl_context),
            # A proxy would resolve the names itself, past the check of addresses.
            trust_env=False,
            follow_redirects=False,
            headers={"User-Agent": self.user_agent, "Accept-Encoding": ENCODINGS},
            timeout=httpx.Timeout(self.limits.idle_seconds, connect=self.limits.connect_seconds),
        )
        """For requests of another form; its transport checks addresses and counts bytes as well."""

    @classmethod
    def of(cls, settings: Settings, *, pause: float = 0) -> Fetcher:
        """As the settings say; `pause` seconds between two requests to a server, or more."""
        guard = AddressGuard(read_networks(settings.fetch_allow, "AMIC_FETCH_ALLOW"))
        limits = FetchLimits.of(settings)
        limits = replace(limits, host_pause_seconds=max(pause, limits.host_pause_seconds))
        return cls(limits, guard, contact=settings.base_iri)

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self.client.close()

    def slow_down(self, url: str, seconds: float) -> None:
        """From now on at least `seconds` between two requests to the server of `url`."""
        host = _host(httpx.URL(url))
        self._pauses[host] = max(seconds, self._pauses.get(host, 0))

    def get(
        self,
        url: str,
        *,
        accept: Collection[str] = (),
        most_bytes: int | None = None,
        first_bytes: int | None = None,
        before: BeforeRequest | None = None,
    ) -> Answer:
        """The answer in memory: XML, lists; `accept` are media types, any when empty.

        `most_bytes` is the limit of its size; with `first_bytes` no more than these are read.
        """

        def take(response: httpx.Response) -> Answer:
            body = _beginning(response, first_bytes)
            media_type = media_type_of(response)
            if accept and media_type not in accept:
                page = faults.HTML.match(body[:4096])
                raise (
                    faults.page_in_place(str(response.url))
                    if page
                    else faults.another_type(str(response.url), media_type)
                )
            return Answer(str(response.url), media_type, body, response.headers)

        most = self.limits.small_bytes if most_bytes is None else most_bytes
        return self._perform(_Wanted(url, {"Accept": _accept(accept)}, most, take, before))

    def fetch(
        self,
        url: str,
        folder: Path,
        *,
        memory: FeedMemory | None = None,
        accept: Collection[str] = (),
        before: BeforeRequest | None = None,
        on_headers: OnHeaders | None = None,
    ) -> Fetched:
        """The document as a file in a folder of its own within `folder`.

        What the server says is unchanged (RFC 9110 §13), or what comes with the same bytes, stays
        the file that it was, with its time.
        """
        download = Download(url, folder, memory, accept, on_headers)
        headers = {"Accept": _accept(accept), **download.conditions()}
        return self._perform(_Wanted(url, headers, self.limits.most_bytes, download.take, before))

    def last(self, url: str, folder: Path, memory: FeedMemory) -> Fetched | None:
        """What an earlier run fetched, if it is still there; nothing is asked of the server."""
        return Download(url, folder, memory).last()

    def forget(self, url: str, folder: Path, memory: FeedMemory) -> None:
        """Remove what was fetched from `url`."""
        Download(url, folder, memory).forget()

    def _perform(self, wanted: _Wanted[Taken]) -> Taken:
        deadline = time.monotonic() + self.limits.total_seconds
        attempt = 1
        while True:
            pause = retrying.backoff(
                attempt, self.limits.first_pause_seconds, self.limits.longest_pause_seconds
            )
            fault: InputError
            try:
                return self._follow(wanted, deadline)
            except httpx.TransportError as error:
                fault = faults.of_network(_url_of(error, wanted.url), error)
                if not retrying.passes(error):
                    raise fault from None
            except httpx.InvalidURL as error:
                # httpx looks at the target of a redirect also when it is not to follow it.
                raise faults.lost(wanted.url, error) from None
            except _NotNow as answer:
                fault = answer.fault
                if answer.seconds is not None:
                    pause = answer.seconds
                    if pause > self.limits.longest_pause_seconds:
                        raise faults.too_long_a_pause(wanted.url, answer.status, pause) from None
            if attempt >= self.limits.tries or time.monotonic() + pause >= deadline:
                raise fault
            self._wait(pause)
            attempt += 1

    def _follow(self, wanted: _Wanted[Taken], deadline: float) -> Taken:
        """One try: the redirects (RFC 9110 §15.4), each address checked like the first."""
        target = _checked(wanted.url)
        for _ in range(self.limits.redirects + 1):
            with _naming_the_way(wanted.url, target):
                if wanted.before is not None:
                    wanted.before(str(target))
                # What politeness costs is not the server's slowness.
                deadline += self._pace(target)
                self.client.cookies.clear()
                with self.client.stream(
                    "GET",
                    target,
                    headers=wanted.headers,
                    extensions={MOST_BYTES: wanted.most, DEADLINE: deadline},
                ) as response:
                    if not response.has_redirect_location:
                        _check_status(response)
                        return wanted.take(response)
                    redirect = response.headers["location"]
            target = _redirected(target, redirect)
        raise UnreadableInput(
            wanted.url,
            f"leads on through more than {self.limits.redirects} redirects",
            "Check the address, or tell those who run the server",
        )

    def _pace(self, url: httpx.URL) -> float:
        """Wait for the turn of the next request to this server; gives the seconds waited."""
        host = _host(url)
        pause = max(self._pauses.get(host, 0), self.limits.host_pause_seconds)
        now = time.monotonic()
        left = max(0.0, self._next.get(host, 0) - now)
        if left:
            self._wait(left)
        self._next[host] = now + left + pause
        return left


@dataclass(frozen=True, slots=True)
class _Wanted(Generic[Taken]):
    """What is asked for, and what becomes of the answer."""

    url: str
    headers: Mapping[str, str]
    most: int
    take: Callable[[httpx.Response], Taken]
    before: BeforeRequest | None


class _NotNow(Exception):
    """The server asks for another try: `seconds` is how long it wants that to wait."""

    def __init__(self, status: int, fault: InputError, seconds: float | None) -> None:
        super().__init__(str(fault))
        self.status = status
        self.fault = fault
        self.seconds = seconds


def _beginning(response: httpx.Response, size: int | None) -> bytes:
    if size is None:
        return b"".join(response.iter_bytes())
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) >= size:
            break
    return bytes(body[:size])


def media_type_of(response: httpx.Response) -> str:
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()


def _check_status(response: httpx.Response) -> None:
    status = response.status_code
    if status in (200, 203, 304):
        return
    fault = faults.of_status(str(response.url), status)
    if status in retrying.AGAIN:
        raise _NotNow(status, fault, retrying.retry_after(response))
    raise fault


def _checked(url: str) -> httpx.URL:
    """Raises RefusedAddress for what is not fetched, UnreadableInput for what is no URL."""
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise UnreadableInput(url, f"is no URL ({error})", "Check the address") from None
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise RefusedAddress(url, "is no address of http or https", "Give one of these")
    if parsed.userinfo:
        raise RefusedAddress(url, "carries a user name", "Remove what stands before the @")
    return parsed.copy_with(fragment=None)


def _redirected(origin: httpx.URL, location: str) -> httpx.URL:
    target = _checked(str(origin.join(location)))
    if origin.scheme == "https" and target.scheme == "http":
        raise RefusedAddress(
            str(origin),
            f"leads from https on to {target}, where anybody may read and change it",
            "Give the address that it leads to, if that will do",
        )
    return target


@contextmanager
def _naming_the_way(url: str, target: httpx.URL) -> Iterator[None]:
    """Of a host behind a redirect that is refused, say that the first address led there."""
    try:
        yield
    except RefusedAddress as refused:
        if target.host in (refused.subject, refused.subject.strip("[]")) and target != _checked(
            url
        ):
            raise RefusedAddress(
                url, f"leads on to {target}, which {refused.cause}", refused.remedy
            ) from None
        raise


def _accept(types: Collection[str]) -> str:
    return ", ".join([*types, "*/*;q=0.1"]) if types else "*/*"


def _host(url: httpx.URL) -> str:
    return url.netloc.decode("ascii")


def _url_of(error: httpx.TransportError, url: str) -> str:
    try:
        return str(error.request.url)
    except RuntimeError:
        # httpx: the request was not made.
        return url
