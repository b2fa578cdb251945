"""A document of the web as a file: written whole or not at all, and left alone when unchanged."""

from __future__ import annotations

import contextlib
import filecmp
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import httpx

from amic_kg.errors import EmptyInput, ServiceUnavailable
from amic_kg.ports import FeedMemory
from amic_kg_ingest.fetch import faults
from amic_kg_ingest.fetch.naming import ENDINGS, file_name

_PART = ".part-"
_HEAD = 4096
_TYPES = {ending: media_type for media_type, ending in reversed(ENDINGS.items())}
_PAGES = ("text/html", "application/xhtml+xml")
_XML = ("application/xml", "text/xml")
_TELLS_NOTHING = (
    "",
    "application/octet-stream",
    "binary/octet-stream",
    "application/download",
    "application/zip",
    "application/x-zip-compressed",
    "application/msword",
)
KEPT_HEADERS = ("x-robots-tag", "tdm-reservation", "tdm-policy", "link", "content-language")
"""What stays true of a document that has not changed (RFC 9111 §3.2); lines parted by newlines."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document on disk; `url` is where redirects led, `changed` whether the file is another."""

    path: Path
    url: str
    media_type: str
    changed: bool
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


class Download:
    """One document on its way into `folder`, with what the last run remembers of it."""

    def __init__(
        self,
        url: str,
        folder: Path,
        memory: FeedMemory | None,
        accept: Collection[str] = (),
        on_headers: Callable[[str, Mapping[str, str]], None] | None = None,
    ) -> None:
        self._url = url
        digest = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()
        self._folder = folder / digest[:16]
        self._memory = memory
        self._key = f"fetched {digest}"
        self._accept = accept
        self._on_headers = on_headers
        self._last = self._recalled()

    def conditions(self) -> dict[str, str]:
        """The headers of a conditional request, if the file is still there (RFC 9110 §13.1)."""
        pairs = (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
        return {name: self._last[key] for name, key in pairs if self._last.get(key)}

    def last(self) -> Fetched | None:
        """What an earlier run left here, if it is still there; nothing is asked of the server."""
        if not self._last:
            return None
        path = self._folder / self._last["name"]
        url = self._last["url"]
        return Fetched(path, url, self._last["type"], False, self._kept_headers())

    def forget(self) -> None:
        """Remove what an earlier run left here."""
        shutil.rmtree(self._folder, ignore_errors=True)
        if self._memory is not None and self._last:
            self._memory.remember(self._key, "")

    def take(self, response: httpx.Response) -> Fetched:
        headers = {
            name: "\n".join(lines)
            for name in KEPT_HEADERS
            if (lines := response.headers.get_list(name))
        }
        if response.status_code == httpx.codes.NOT_MODIFIED:
            return self._unchanged(response, {**self._kept_headers(), **headers})
        if self._on_headers is not None:
            self._on_headers(str(response.url), headers)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for leftover in self._folder.glob(f"{_PART}*"):
                leftover.unlink(missing_ok=True)
            return self._written(response, headers)
        except OSError as error:
            raise ServiceUnavailable(
                f"Downloads cannot be written to {self._folder} ({error.strerror})",
                "Make room, or make it writable for this user",
            ) from error

    def _kept_headers(self) -> dict[str, str]:
        return {name: self._last[name] for name in KEPT_HEADERS if name in self._last}

    def _unchanged(self, response: httpx.Response, headers: Mapping[str, str]) -> Fetched:
        if not self._last:
            raise faults.of_status(str(response.url), response.status_code)
        if self._on_headers is not None:
            self._on_headers(str(response.url), headers)
        path = self._folder / self._last["name"]
        return Fetched(path, str(response.url), self._last["type"], False, headers)

    def _written(self, response: httpx.Response, headers: Mapping[str, str]) -> Fetched:
        part = tempfile.NamedTemporaryFile(dir=self._folder, prefix=_PART, delete=False)  # noqa: SIM115
        written = Path(part.name)
        try:
            with part:
                media_type = name = ""
                for piece in response.iter_bytes(64 * 1024):
                    if not name:
                        media_type = self._type(response, piece)
                        disposition = response.headers.get("content-disposition", "")
                        name = file_name(str(response.url), disposition, media_type)
                    part.write(piece)
            if not name:
                raise EmptyInput(self._url, "holds no bytes", "Get it again later, or leave it out")
            path = self._folder / name
            changed = not (path.is_file() and filecmp.cmp(path, written, shallow=False))
            if changed:
                if self._memory is not None and self._last:
                    # Killed between the two, a validator of the old bytes must not stand beside
                    # the new ones.
                    self._memory.remember(self._key, "")
                for old in self._folder.iterdir():
                    if old not in (written, path):
                        old.unlink()
                written.replace(path)
        finally:
            with contextlib.suppress(FileNotFoundError):
                written.unlink()
        self._remember(response, headers, name, media_type)
        return Fetched(path, str(response.url), media_type, changed, headers)

    def _type(self, response: httpx.Response, head: bytes) -> str:
        """What it is; raises UnsupportedFormat for what is not wanted."""
        told = str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()
        url = str(response.url)
        by_name = _type_of_name(file_name(url, response.headers.get("content-disposition", ""), ""))
        asked = _type_of_name(urlsplit(self._url).path)
        is_page = faults.HTML.match(head[:_HEAD]) is not None
        if is_page:
            no_other = {"", *_PAGES, *_XML, *_TELLS_NOTHING, "text/plain"}
            wanted = not self._accept or set(_PAGES) & set(self._accept)
            if {told, by_name, asked} - no_other or not wanted:
                raise faults.page_in_place(url)
        if b"%PDF-" in head[:1024]:
            media_type = "application/pdf"
        elif is_page and told in _XML:
            media_type = "application/xhtml+xml"
        elif told in _TELLS_NOTHING:
            media_type = by_name or ("text/html" if is_page else told)
        else:
            media_type = told
        if self._accept and media_type not in self._accept:
            raise faults.another_type(url, media_type)
        return media_type

    def _recalled(self) -> dict[str, str]:
        text = None if self._memory is None else self._memory.recall(self._key)
        last: dict[str, str] = json.loads(text) if text else {}
        return last if last and (self._folder / last["name"]).is_file() else {}

    def _remember(
        self, response: httpx.Response, headers: Mapping[str, str], name: str, media_type: str
    ) -> None:
        if self._memory is None:
            return
        validators = {
            key: response.headers[key]
            for key in ("etag", "last-modified")
            if key in response.headers
        }
        told = {"url": str(response.url), "name": name, "type": media_type}
        record = {**headers, **validators, **told}
        self._memory.remember(self._key, json.dumps(record, ensure_ascii=False))


def _type_of_name(name: str) -> str:
    return _TYPES.get(PurePosixPath(name).suffix.lower(), "")
