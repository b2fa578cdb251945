"""A repository on 127.0.0.1: OAI-PMH 2.0 over given records, misbehaving on order."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape

from lxml import etree

OAI = "http://www.openarchives.org/OAI/2.0/"
KK = "http://kk/1.0"
NAMESPACES = {
    "kk": (KK, "http://kk/1.0/kk.xsd"),
    "oai_dc": (
        "http://www.openarchives.org/OAI/2.0/oai_dc/",
        "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
    ),
}


@dataclass
class Item:
    """A record of the repository: `metadata` is XML by prefix; none when it is deleted."""

    identifier: str
    datestamp: str
    metadata: dict[str, str] = field(default_factory=dict)
    sets: tuple[str, ...] = ()


@dataclass
class Repository:
    """What the server has, and how it behaves.

    `faults` maps the number of a ListRecords request, from 1, to what happens to it: "busy" and
    "busy until" (503 with Retry-After as seconds and as a date), "too many" (429), "truncated",
    "latin-1", "control", "expired", "trailing", "html", "garbage". `loop` is the kind of an endless
    list: "same token" or "same page".
    """

    items: list[Item] = field(default_factory=list)
    page_size: int = 50
    granularity: str = "YYYY-MM-DDThh:mm:ssZ"
    sets: dict[str, str] = field(default_factory=dict)
    prefixes: tuple[str, ...] = ("oai_dc", "kk")
    faults: dict[int, str] = field(default_factory=dict)
    loop: str = ""
    error_status: int = 200
    tells_size: bool = True
    date: str = "2026-11-01T12:00:00Z"
    files: dict[str, tuple[str, bytes, dict[str, str]]] = field(default_factory=dict)
    requests: list[dict[str, str]] = field(default_factory=list)
    downloads: list[tuple[str, int]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    lists: int = 0

    def asked(self, verb: str) -> list[dict[str, str]]:
        return [request for request in self.requests if request.get("verb") == verb]

    def answer(self, query: dict[str, str]) -> tuple[str, str]:
        """The fault to make of it, and the XML."""
        self.requests.append(query)
        match query.get("verb"):
            case "Identify":
                body = (
                    "<repositoryName>Arkisto</repositoryName><baseURL>http://127.0.0.1/oai</baseURL>"
                    "<protocolVersion>2.0</protocolVersion><adminEmail>-</adminEmail>"
                    "<earliestDatestamp>2010-01-01T00:00:00Z</earliestDatestamp>"
                    "<deletedRecord>persistent</deletedRecord>"
                    f"<granularity>{self.granularity}</granularity>"
                )
                return "", self._envelope("Identify", body)
            case "ListMetadataFormats":
                body = "".join(
                    f"<metadataFormat><metadataPrefix>{prefix}</metadataPrefix><schema>"
                    f"{NAMESPACES.get(prefix, ('', ''))[1]}</schema><metadataNamespace>"
                    f"{NAMESPACES.get(prefix, ('', ''))[0]}</metadataNamespace></metadataFormat>"
                    for prefix in self.prefixes
                )
                return "", self._envelope("ListMetadataFormats", body)
            case "ListSets":
                if not self.sets:
                    return "", self._error("noSetHierarchy")
                body = "".join(
                    f"<set><setSpec>{spec}</setSpec><setName>{escape(name)}</setName></set>"
                    for spec, name in self.sets.items()
                )
                return "", self._envelope("ListSets", body)
            case "GetRecord":
                for item in self.items:
                    if item.identifier == query.get("identifier"):
                        prefix = query["metadataPrefix"]
                        return "", self._envelope("GetRecord", self._record(item, prefix))
                return "", self._error("idDoesNotExist")
            case "ListRecords":
                self.lists += 1
                fault = self.faults.get(self.lists, "")
                return fault, self._list(query, fault)
            case _:
                return "", self._error("badVerb")

    def _list(self, query: dict[str, str], fault: str) -> str:
        if fault == "expired":
            return self._error("badResumptionToken")
        if token := query.get("resumptionToken"):
            state = json.loads(token)
        else:
            state = {key: query.get(key, "") for key in ("metadataPrefix", "set", "from", "until")}
            state["at"] = 0
        if state["metadataPrefix"] not in self.prefixes:
            return self._error("cannotDisseminateFormat")
        for key in ("from", "until"):
            if state[key] and len(state[key]) != (10 if self.granularity == "YYYY-MM-DD" else 20):
                return self._error("badArgument")
        chosen = [item for item in self.items if self._matches(item, state)]
        if not chosen:
            return self._error("noRecordsMatch")
        page = chosen[state["at"] : state["at"] + self.page_size]
        following = dict(state, at=state["at"] + self.page_size)
        if self.loop == "same token":
            following = state
        elif self.loop == "same page":
            page, following = chosen[: self.page_size], dict(state, at=state["at"] + 1)
        more = self.loop or following["at"] < len(chosen)
        size = f' completeListSize="{len(chosen)}"' if self.tells_size else ""
        token = (
            f'<resumptionToken cursor="{state["at"]}"{size}>'
            f"{escape(json.dumps(following)) if more else ''}</resumptionToken>"
            if more or state["at"]
            else ""
        )
        records = "".join(self._record(item, state["metadataPrefix"]) for item in page)
        return self._envelope("ListRecords", records + token)

    def _matches(self, item: Item, state: dict[str, str]) -> bool:
        length = 10 if self.granularity == "YYYY-MM-DD" else 20
        stamp = item.datestamp[:length]
        return (
            (not state["set"] or state["set"] in item.sets)
            and stamp >= state["from"]
            and (not state["until"] or stamp <= state["until"])
        )

    def _record(self, item: Item, prefix: str) -> str:
        sets = "".join(f"<setSpec>{spec}</setSpec>" for spec in item.sets)
        status = "" if item.metadata else ' status="deleted"'
        header = (
            f"<header{status}><identifier>{item.identifier}</identifier>"
            f"<datestamp>{item.datestamp}</datestamp>{sets}</header>"
        )
        if not item.metadata:
            return f"<record>{header}</record>"
        return f"<record>{header}<metadata>{item.metadata[prefix]}</metadata></record>"

    def _envelope(self, verb: str, body: str) -> str:
        return self._document(f'<request verb="{verb}">http://127.0.0.1/oai</request>', verb, body)

    def _document(self, request: str, verb: str, body: str) -> str:
        inner = f"<{verb}>{body}</{verb}>" if verb else body
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="{OAI}">'
            f"<responseDate>{self.date}</responseDate>{request}{inner}</OAI-PMH>\n"
        )

    def _error(self, code: str) -> str:
        request = "<request>http://127.0.0.1/oai</request>"
        return self._document(request, "", f'<error code="{code}">so it is</error>')


@contextmanager
def serving(repository: Repository) -> Iterator[str]:
    """The base URL of a server over `repository`, as long as the context lasts."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            repository.agents.add(self.headers.get("User-Agent", ""))
            if parts.path in repository.files:
                self._file(parts.path)
            elif parts.path == "/oai":
                fault, xml = repository.answer(dict(parse_qsl(parts.query)))
                self._xml(fault, xml)
            else:
                self._send(404, b"<html><body>no such page</body></html>", "text/html")

        def _file(self, path: str) -> None:
            media_type, data, headers = repository.files[path]
            etag = headers.get("ETag")
            if etag and self.headers.get("If-None-Match") == etag:
                repository.downloads.append((path, 304))
                self._send(304, b"", media_type, headers)
                return
            status = int(headers.get("status", "200"))
            repository.downloads.append((path, status))
            self._send(status, data, media_type, headers)

        def _xml(self, fault: str, xml: str) -> None:
            body = xml.encode()
            match fault:
                case "busy":
                    self._send(503, b"later", "text/plain", {"Retry-After": "0"})
                    return
                case "busy until":
                    when = formatdate(time.time() - 1, usegmt=True)
                    self._send(503, b"later", "text/plain", {"Retry-After": when})
                    return
                case "busy for long":
                    self._send(503, b"later", "text/plain", {"Retry-After": "86400"})
                    return
                case "too many":
                    self._send(429, b"slower", "text/plain", {"Retry-After": "0"})
                    return
                case "truncated":
                    body = body[: len(body) * 2 // 3]
                case "latin-1":
                    body = xml.encode("latin-1", "xmlcharrefreplace")
                case "control":
                    body = body.replace(b"<setSpec>", b"<setSpec>\x1f&#x1f;", 1)
                case "trailing":
                    body += b"<br />\n<b>Notice</b>: Undefined index"
                case "html":
                    self._send(200, b"<!DOCTYPE html><html><p>Login</html>", "text/html")
                    return
                case "garbage":
                    body = b"no XML at all"
            status = repository.error_status if "<error code=" in xml else 200
            self._send(status, body, "text/xml;charset=UTF-8")

        def _send(
            self, status: int, body: bytes, media_type: str, headers: dict[str, str] | None = None
        ) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            for name, value in (headers or {}).items():
                if name != "status":
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A client that goes away is no news."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/oai"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def items_of(path: Path) -> list[Item]:
    """The records of a ListRecords answer kept as a file, in its order."""
    items = []
    for record in etree.parse(str(path)).iter(f"{{{OAI}}}record"):
        header = record.find(f"{{{OAI}}}header")
        metadata = record.find(f"{{{OAI}}}metadata")
        xml = "".join(etree.tostring(child, encoding="unicode") for child in metadata)
        items.append(
            Item(
                header.findtext(f"{{{OAI}}}identifier"),
                header.findtext(f"{{{OAI}}}datestamp"),
                {"kk": xml},
                tuple(x.text for x in header.iter(f"{{{OAI}}}setSpec")),
            )
        )
    return items


def kk(fields: Sequence[tuple[str, str]], *files: str, page: str = "", language: str = "-") -> str:
    """The XML of a record in the format kk; a name is `contributor.author`."""
    parts = []
    for name, value in fields:
        element, _, qualifier = name.partition(".")
        qualified = f' qualifier="{qualifier}"' if qualifier else ""
        parts.append(
            f'<kk:field schema="dc" element="{element}"{qualified} language="{language}" '
            f'value="{escape(value, {chr(34): "&quot;"})}"/>'
        )
    parts += [
        f'<kk:file bundle="ORIGINAL" href="{url}" name="{url.rsplit("/", 1)[-1]}" '
        f'type="application/pdf" sequence="{number}"/>'
        for number, url in enumerate(files, 1)
    ]
    link = f'<kk:link href="{page}"/>' if page else ""
    return f'<kk:metadata xmlns:kk="{KK}">{link}{"".join(parts)}</kk:metadata>'


def dublin_core(fields: Sequence[tuple[str, str]]) -> str:
    """The XML of a record in oai_dc."""
    body = "".join(f"<dc:{name}>{escape(value)}</dc:{name}>" for name, value in fields)
    return (
        f'<oai_dc:dc xmlns:oai_dc="{NAMESPACES["oai_dc"][0]}" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{body}</oai_dc:dc>'
    )


def items_as_fields(items: Sequence[Item]) -> list[dict[str, list[str]]]:
    """The values of records in kk by name and language, as they stand in the file."""
    found = []
    for item in items:
        values: dict[str, list[str]] = {}
        for child in etree.fromstring(item.metadata["kk"]).iter(f"{{{KK}}}field"):
            if value := child.get("value"):
                parts = (child.get("element"), child.get("qualifier"))
                name = ".".join(part for part in parts if part)
                language = child.get("language")
                key = name if language in ("-", "none") else f"{name}@{language}"
                values.setdefault(key, []).append(value)
        found.append(values)
    return found
