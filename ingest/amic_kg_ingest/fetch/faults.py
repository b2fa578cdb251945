"""What a server or a network did, as an error that says what to do about it."""

from __future__ import annotations

import re

import httpx

from amic_kg.errors import (
    DamagedDocument,
    Gone,
    InputError,
    LimitExceeded,
    NotFound,
    UnreachableSource,
    UnreadableInput,
    UnsupportedFormat,
)
from amic_kg_ingest.fetch.retrying import is_certificate, is_tls, is_unknown_host

HTML = re.compile(
    # Atomic: else a row of comments could be parted in more ways than can be tried.
    rb"(?>(?:\s+|<\?xml[^>]*>|<!--.*?-->)*)<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
"""The beginning of a web page, whatever it is declared as."""

_LATER = "Try again later; if it goes on, ask those who run the server"


def of_network(url: str, error: httpx.TransportError) -> InputError:
    """A fault on the way, or an answer that is no HTTP."""
    if isinstance(error, httpx.TimeoutException) and not isinstance(error, httpx.ConnectTimeout):
        remedy = f"{_LATER}, or raise AMIC_FETCH_SECONDS"
        return LimitExceeded(url, "its server sends too slowly or falls silent", remedy)
    remedy = _LATER
    if is_unknown_host(error):
        cause = f"there is no server of the name '{httpx.URL(url).host}'"
        remedy = "Check the address, and the network of this machine"
    elif is_certificate(error):
        cause = f"its certificate is not valid ({_reason(error)})"
        remedy = "Ask those who run the server; nothing is fetched past a wrong certificate"
    elif is_tls(error):
        cause = f"no safe connection comes about ({_reason(error)})"
    elif isinstance(error, httpx.ConnectTimeout | httpx.ConnectError):
        cause = f"its server does not answer ({_reason(error)})"
    elif isinstance(error, httpx.RemoteProtocolError):
        cause = f"its server breaks off, or breaks HTTP ({_reason(error)})"
    else:
        cause = f"the connection broke ({_reason(error)})"
    return UnreachableSource(url, cause, remedy)


def of_status(url: str, status: int) -> InputError:
    """An answer without a document: mostly 4xx or 5xx (RFC 9110 §15.5, §15.6)."""
    if status == 410:
        return Gone(url, "was taken away for good (410)", "Remove it from the list")
    if status == 404:
        return NotFound(url, "does not exist on its server (404)", "Check the address")
    if status in (401, 402, 403, 407, 451):
        return UnreadableInput(
            url, f"is not given out without permission ({status})", "Leave it out, or ask for it"
        )
    if status == 429:
        return UnreachableSource(url, "its server asks for fewer requests (429)", _LATER)
    if status >= 500:
        return UnreachableSource(url, f"its server failed ({status})", _LATER)
    does = "refuses the request" if status >= 400 else "answers without a document"
    return UnreadableInput(url, f"its server {does} ({status})", "Check the address")


def too_long_a_pause(url: str, status: int, seconds: float) -> UnreachableSource:
    return UnreachableSource(
        url,
        f"its server asks to come back in {seconds:.0f} seconds ({status})",
        "Run again after that",
    )


def lost(url: str, error: httpx.InvalidURL) -> UnreadableInput:
    return UnreadableInput(
        url, f"leads on to what is no URL ({error})", "Tell those who run the server"
    )


def page_in_place(url: str) -> DamagedDocument:
    return DamagedDocument(
        url,
        "answers with a web page in place of the document",
        "Open it in a browser: it may ask to log in, or have moved",
    )


def another_type(url: str, media_type: str) -> UnsupportedFormat:
    return UnsupportedFormat(
        url,
        f"is of the type '{media_type[:80] or 'unknown'}', which is not wanted here",
        "Leave it out, or name its type in the options of the source",
    )


def _reason(error: httpx.TransportError) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
