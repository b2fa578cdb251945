"""Answers to queries of strangers: each client in its turn, streamed, ended when the client leaves.

The limits are told in the headers of every answer at `/sparql`:

- `Amic-Query-Limits`, a dictionary (RFC 9651, section 3.2): `seconds` is the deadline of a query,
  `bytes` and `rows` what a result may hold, `clients` how many queries all clients together may
  have in hand;
- `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers): how many one client may.

A result goes out with its first megabyte in hand: what goes wrong until then is a problem. What
goes wrong later breaks the connection off, as RFC 9112, section 8 has it for what is not whole.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import secrets
from collections.abc import Coroutine, Mapping
from typing import Any, TypeVar

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from amic_kg.errors import AmicError
from amic_kg.ports import GraphReader, QueryAnswer, QueryRequest, QueryStream
from amic_kg.settings import Settings

_READ_SECONDS = 900.0
"""A client that has not read its result by then is let go."""

_CLIENT_LEFT = 499
_KEY_HOLDER = "key"

_log = logging.getLogger(__name__)

Found = TypeVar("Found")


class ClientLeft(Exception):
    """Nobody waits for the answer any more."""


def limit_headers(settings: Settings) -> dict[str, str]:
    """As described above, for every answer to a query or to what might have been one."""
    limits = {
        "seconds": settings.query_seconds,
        "bytes": settings.query_megabytes * 1_000_000,
        "rows": settings.query_rows,
        "clients": settings.query_clients,
    }
    policy = f'"queries";q={settings.query_client};qu="concurrent-requests"'
    told = ", ".join(f"{name}={value}" for name, value in limits.items() if value)
    return {"Amic-Query-Limits": told, "RateLimit-Policy": policy}


class QueryLimitHeaders:
    """Adds them to whatever is answered at `/sparql`, refusals too."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._headers = limit_headers(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_told(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        told = scope["type"] == "http" and scope["path"] == "/sparql"
        await self._app(scope, receive, send_told if told else send)


def client_of(request: Request, settings: Settings) -> str:
    """Who shares a turn: a holder of the key, else an address; of IPv6 a network of a household.

    Behind a proxy the address is the one that the proxy names, where the server trusts it.
    """
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    key = settings.review_key
    holds = key and secrets.compare_digest(given.strip().encode(), key.encode())
    if holds and scheme.lower() == "bearer":
        return _KEY_HOLDER
    host = request.client.host if request.client else "unknown"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        # https://www.rfc-editor.org/rfc/rfc6177: a site has a /64 at the least, and all of it.
        return str(ipaddress.ip_network((int(address), 64), strict=False))
    return host


async def whole_answer(
    graph: GraphReader, asked: QueryRequest, request: Request, client: str
) -> QueryAnswer:
    """For a page that shows the result; raises what the query meets, and ClientLeft."""

    async def read() -> QueryAnswer:
        stream = await graph.stream(asked, client)
        try:
            body = b"".join([piece async for piece in stream])
            return QueryAnswer(body, stream.media_type)
        finally:
            stream.close()

    return await _unless_gone(request, read())


async def streamed_answer(
    graph: GraphReader,
    asked: QueryRequest,
    request: Request,
    client: str,
    headers: Mapping[str, str],
) -> Response:
    """Raises what the query meets before its result begins."""
    try:
        stream = await _unless_gone(request, graph.stream(asked, client))
    except ClientLeft:
        return Response(status_code=_CLIENT_LEFT)
    if stream.whole is not None:
        stream.close()
        return Response(stream.whole, media_type=stream.media_type, headers=dict(headers))
    return StreamedAnswer(stream, headers)


class StreamedAnswer(Response):
    """Sends a stream as it comes, and closes it in any case."""

    def __init__(self, stream: QueryStream, headers: Mapping[str, str]) -> None:
        self._stream = stream
        super().__init__(media_type=stream.media_type, headers=dict(headers))
        # That of the empty body it was made with.
        del self.headers["content-length"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            async with asyncio.timeout(_READ_SECONDS):
                await _unless_gone(request, self._send(scope, send))
        except (AmicError, TimeoutError, ClientLeft) as error:
            # Without its last piece: the server below sees that, and cuts the connection.
            _log.info("A result was broken off: %r", error)
        finally:
            self._stream.close()

    async def _send(self, scope: Scope, send: Send) -> None:
        await send(
            {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
        )
        if not scope.get("amic.head"):
            async for piece in self._stream:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                # Compressing takes a while: others must have their turn between two pieces.
                await asyncio.sleep(0)
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _unless_gone(request: Request, work: Coroutine[Any, Any, Found]) -> Found:
    """What `work` gives; it is cancelled, and ClientLeft raised, when the client goes before."""
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientLeft
        return working.result()
    finally:
        leaving.cancel()
        if not working.done():
            working.cancel()
            # What it holds must be given back before the next step.
            await asyncio.gather(working, return_exceptions=True)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        """The end of the request's body comes first."""
