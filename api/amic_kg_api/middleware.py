"""What holds for every answer: HEAD, headers that protect readers, compression, open reads."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# https://www.w3.org/TR/CSP3/ : nothing from elsewhere, no script, no style in the markup.
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'self'"
)
SCRIPTED = {"Content-Security-Policy": f"{_POLICY}; script-src 'self'; connect-src 'self'"}
"""For a page with a script of ours: it may ask this site alone, and holds no script itself."""

SECURITY_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def protect(headers: MutableHeaders) -> None:
    for name, value in SECURITY_HEADERS.items():
        headers.setdefault(name, value)


class SecurityHeaders:
    """Adds the headers that an answer does not set by itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                protect(MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, send_protected if scope["type"] == "http" else send)


class HeadAsGet:
    """Answers HEAD like GET without the body (RFC 9110, section 9.3.2).

    `scope["amic.head"]` tells a route that the body will not be sent, for one that costs much.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return
        ended = False

        async def send_without_body(message: Message) -> None:
            nonlocal ended
            if message["type"] != "http.response.body":
                await send(message)
            elif not ended:
                ended = True
                await send({"type": "http.response.body", "body": b"", "more_body": False})

        as_get = {**scope, "method": "GET", "amic.head": True}
        await self._app(as_get, receive, send_without_body)


class Compression:
    """gzip for what the site makes; originals and dumps go out as they are, for ranges and ETag."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._gzip = GZipMiddleware(app, minimum_size=1000, compresslevel=6)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        as_it_is = scope["type"] == "http" and scope["path"].endswith(("/original", ".gz"))
        await (self._plain if as_it_is else self._gzip)(scope, receive, send)


class OpenReads:
    """Lets pages of any site read the answers: everything here is public.

    CORS: https://fetch.spec.whatwg.org/#http-cors-protocol. SPARQL and the graph store are open
    with all their methods: a write needs the key, which no browser sends of itself, as it would a
    cookie. The other writes are not opened.
    """

    _READS = "GET, HEAD, OPTIONS"
    _EXPOSED = (
        "Amic-Query-Limits, Content-Location, Dataset-Version, ETag, Link, Location, "
        "RateLimit-Policy, Repr-Digest, Retry-After"
    )

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] == "OPTIONS":
            await _answer_options(scope, send, self._methods(scope["path"]))
            return

        async def send_open(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Access-Control-Allow-Origin"] = "*"
                headers["Access-Control-Expose-Headers"] = self._EXPOSED
            await send(message)

        await self._app(scope, receive, send_open)

    def _methods(self, path: str) -> str:
        if path == "/sparql/update":
            return "OPTIONS, POST"
        if path == "/sparql":
            return f"{self._READS}, POST"
        if path == "/rdf-graph-store" or path.startswith("/graph/"):
            return f"{self._READS}, POST, PUT, DELETE"
        return self._READS


async def _answer_options(scope: Scope, send: Send, methods: str) -> None:
    asked = Headers(scope=scope).get("access-control-request-headers", "")
    headers = MutableHeaders(
        {
            "Allow": methods,
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Methods": methods,
            "Access-Control-Max-Age": "86400",
            "Vary": "Access-Control-Request-Headers",
        }
    )
    if asked:
        headers["Access-Control-Allow-Headers"] = asked
    await send({"type": "http.response.start", "status": 204, "headers": headers.raw})
    await send({"type": "http.response.body", "body": b""})
