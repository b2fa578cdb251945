"""Which answers are worth another try, and how long to wait before it."""

from __future__ import annotations

import random
import socket
import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

AGAIN = frozenset({429, 502, 503, 504})
"""RFC 6585 §4, RFC 9110 §15.6: too many requests, or a server that is not there just now."""


def passes(error: httpx.TransportError) -> bool:
    """Whether a fault may be gone in a moment: a lost connection, not a wrong certificate."""
    causes = list(_causes(error))
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return False
    for cause in causes:
        if isinstance(cause, socket.gaierror):
            return cause.errno == socket.EAI_AGAIN
    return not isinstance(error, httpx.UnsupportedProtocol | httpx.LocalProtocolError)


def is_certificate(error: httpx.TransportError) -> bool:
    return any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(error))


def is_tls(error: httpx.TransportError) -> bool:
    return any(isinstance(cause, ssl.SSLError) for cause in _causes(error))


def is_unknown_host(error: httpx.TransportError) -> bool:
    return any(isinstance(cause, socket.gaierror) for cause in _causes(error))


def retry_after(response: httpx.Response) -> float | None:
    """Seconds that the server asks to wait, as a number or a date (RFC 9110 §10.2.3)."""
    text = str(response.headers.get("retry-after", "")).strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def backoff(attempt: int, first: float, longest: float) -> float:
    """Doubles with each attempt (from 1); by chance between half and all of that."""
    return min(longest, first * 2.0 ** (attempt - 1)) * random.uniform(0.5, 1)


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    next_one: BaseException | None = error
    while next_one is not None and len(found) < 10:
        found.append(next_one)
        next_one = next_one.__cause__ or next_one.__context__
    return found
