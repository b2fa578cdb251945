"""The name of the file that a download becomes."""

from __future__ import annotations

import re
import unicodedata
from email.message import Message
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

ENDINGS = {
    "application/pdf": ".pdf",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.presentation": ".odp",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/epub+zip": ".epub",
    "application/zip": ".zip",
}
"""Media types of documents, with the ending of their files."""

_LONGEST = 100
# RFC 8187 §3.2: charset'language'percent-encoded.
_EXTENDED = re.compile(r"filename\*\s*=\s*\"?([\w-]+)'[\w-]*'([^;\s\"]+)", re.IGNORECASE)
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')


def file_name(url: str, disposition: str, media_type: str) -> str:
    """From Content-Disposition (RFC 6266), else from the URL's path, with the type's ending."""
    given = _of_disposition(disposition)
    path = unquote(urlsplit(url).path)
    name = safe_name(given or PurePosixPath(path).name)
    ending = ENDINGS.get(media_type, "")
    known = set(ENDINGS.values()) | {".htm", ".xhtml", ".text"}
    if ending and PurePosixPath(name).suffix.lower() not in known:
        name = (name or "index") + ending
    return name or "index"


def safe_name(name: str) -> str:
    """One part of a path: no separators, no control or direction characters, no dot first."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    name = _UNSAFE.sub("_", name).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        stem, ending = name, ""
    # Bytes, not characters: file systems count those.
    room = _LONGEST - len(dot + ending)
    while len(stem.encode()) > room:
        stem = stem[: room - 1] if len(stem) >= room else stem[:-1]
    return f"{stem}.{ending}" if ending else stem


def _of_disposition(header: str) -> str:
    """The `filename*` parameter, else `filename` (RFC 6266 §4.3: in this order)."""
    if extended := _EXTENDED.search(header):
        charset, value = extended.groups()
        try:
            return unquote(value, charset, "replace")
        except LookupError:
            return unquote(value)
    message = Message()
    message["content-disposition"] = _utf8(header) or "attachment"
    return message.get_filename("")


def _utf8(header: str) -> str:
    """Bytes that were taken for Latin-1 and are UTF-8, as many servers send them."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header
