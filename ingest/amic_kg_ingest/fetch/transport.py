"""One HTTP exchange: checked address, deadline, bounded size, bounded unpacking."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator

import httpcore
import httpx

from amic_kg.errors import DamagedDocument, LimitExceeded
from amic_kg_ingest.fetch.addresses import AddressGuard
from amic_kg_ingest.fetch.limits import MEGABYTE, FetchLimits
from amic_kg_ingest.fetch.unpacking import inflate

ENCODINGS = "gzip, deflate"
MOST_BYTES = "amic_most_bytes"
DEADLINE = "amic_deadline"
"""Extensions of a request: the limit of its body, and when (time.monotonic) it must be through."""


class _Clock(threading.local):
    """The deadline of the exchange that this thread is in."""

    deadline: float | None = None

    def left(self, timeout: float | None) -> float | None:
        """The timeout of one operation; raises httpcore.ReadTimeout when there is no time left."""
        if self.deadline is None:
            return timeout
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the exchange took too long")
        return left if timeout is None else min(left, timeout)


class _Stream(httpcore.NetworkStream):
    """A connection whose every operation ends with the exchange's deadline."""

    def __init__(self, stream: httpcore.NetworkStream, clock: _Clock) -> None:
        self._stream = stream
        self._clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._clock.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._clock.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._clock.left(timeout))
        return _Stream(secured, self._clock)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class _CheckedNetwork(httpcore.NetworkBackend):
    """Resolves a name once and connects to an address that was checked, to nothing else.

    A name that is resolved for the check and again for the connection may be another the second
    time (DNS rebinding).
    """

    def __init__(self, guard: AddressGuard, clock: _Clock) -> None:
        self._guard = guard
        self._clock = clock
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            addresses = self._guard.resolve(host, port)
        except socket.gaierror as error:
            raise httpcore.ConnectError(str(error)) from error
        for address in addresses[:-1]:
            try:
                return self._connect(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(addresses[-1], port, timeout, local_address, socket_options)

    def _connect(
        self,
        address: str,
        port: int,
        timeout: float | None,
        local_address: str | None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.NetworkStream:
        stream = self._sockets.connect_tcp(
            address, port, self._clock.left(timeout), local_address, socket_options
        )
        return _Stream(stream, self._clock)

    def sleep(self, seconds: float) -> None:
        self._sockets.sleep(seconds)


class CheckedTransport(httpx.BaseTransport):
    """The transport of every request that is made of the web.

    What a body unpacks to is counted while it comes; the `httpx` response has no Content-Encoding
    any more. Raises, beside httpx.TransportError: RefusedAddress, LimitExceeded, DamagedDocument.
    """

    def __init__(
        self, guard: AddressGuard, limits: FetchLimits, ssl_context: ssl.SSLContext | None = None
    ) -> None:
        self._limits = limits
        self._clock = _Clock()
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl_context or httpx.create_ssl_context(),
            max_connections=8,
            # A connection is not used again: what a server sends beyond the length that it named
            # would be taken for the answer to the next request.
            max_keepalive_connections=0,
            network_backend=_CheckedNetwork(guard, self._clock),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        deadline = time.monotonic() + self._limits.request_seconds
        self._clock.deadline = min(deadline, request.extensions.get(DEADLINE, deadline))
        with _as_httpx():
            answer = self._pool.handle_request(
                httpcore.Request(
                    method=request.method,
                    url=httpcore.URL(
                        scheme=request.url.raw_scheme,
                        host=request.url.raw_host,
                        port=request.url.port,
                        target=request.url.raw_path,
                    ),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        headers = httpx.Headers(answer.headers)
        body = _Body(
            answer,
            str(request.url),
            headers.pop("content-encoding", ""),
            request.extensions.get(MOST_BYTES, self._limits.most_bytes),
            self._limits.ratio,
        )
        if body.is_too_long(headers.get("content-length", "")):
            answer.close()
            raise body.too_large()
        return httpx.Response(
            answer.status, headers=headers, stream=body, extensions=answer.extensions
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    """A response's body, unpacked in small pieces and counted."""

    def __init__(
        self, answer: httpcore.Response, url: str, encoding: str, most: int, ratio: int
    ) -> None:
        self._answer = answer
        self._url = url
        self._encoding = encoding.strip().lower()
        self._most = most
        self._ratio = ratio
        self._came = 0

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        with _as_httpx():
            for piece in self._unpacked():
                size += len(piece)
                if size > self._most:
                    raise self.too_large()
                if self._encoding and size > MEGABYTE and size > self._came * self._ratio:
                    raise LimitExceeded(
                        self._url,
                        f"unpacks to more than {self._ratio} times what was sent",
                        "Leave it out: this is how a server fills a disk",
                    )
                yield piece

    def close(self) -> None:
        self._answer.close()

    def is_too_long(self, content_length: str) -> bool:
        """Whether the length announced is above the limit: then nothing of it need come."""
        return content_length.isdigit() and int(content_length[:18]) > self._most

    def too_large(self) -> LimitExceeded:
        return LimitExceeded(
            self._url,
            f"is larger than {_megabytes(self._most)} MB",
            "Leave it out, or raise AMIC_FILE_MEGABYTES",
        )

    def _unpacked(self) -> Iterator[bytes]:
        packed = self._packed()
        if self._encoding in ("", "identity"):
            self._encoding = ""
            yield from packed
        elif self._encoding in ("gzip", "x-gzip", "deflate"):
            yield from inflate(packed, self._url, gzip=self._encoding != "deflate")
        else:
            raise DamagedDocument(
                self._url,
                f"comes compressed as '{self._encoding[:40]}', which was not asked for",
                "Tell those who run the server",
            )

    def _packed(self) -> Iterator[bytes]:
        for piece in self._answer.iter_stream():
            self._came += len(piece)
            yield piece


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.0f}" if size >= MEGABYTE else f"{size / MEGABYTE:.2f}"


class _as_httpx:  # noqa: N801 - used as a statement
    """httpcore's exceptions as those of httpx, which is what callers of a transport await."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if error is None:
            return
        for kind, counterpart in _EXCEPTIONS:
            if isinstance(error, kind):
                raise counterpart(str(error)) from error


_EXCEPTIONS: tuple[tuple[type[Exception], type[httpx.TransportError]], ...] = (
    (httpcore.ConnectTimeout, httpx.ConnectTimeout),
    (httpcore.ReadTimeout, httpx.ReadTimeout),
    (httpcore.WriteTimeout, httpx.WriteTimeout),
    (httpcore.PoolTimeout, httpx.PoolTimeout),
    (httpcore.ConnectError, httpx.ConnectError),
    (httpcore.ReadError, httpx.ReadError),
    (httpcore.WriteError, httpx.WriteError),
    (httpcore.RemoteProtocolError, httpx.RemoteProtocolError),
    (httpcore.LocalProtocolError, httpx.LocalProtocolError),
    (httpcore.UnsupportedProtocol, httpx.UnsupportedProtocol),
)
