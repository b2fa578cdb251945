"""Bytes of an answer to its values; characters and XML that are broken in known ways are mended."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from amic_kg.errors import DamagedDocument, UnreadableInput
from amic_kg_ingest.fetch.faults import HTML

OAI = "{http://www.openarchives.org/OAI/2.0/}"

_END = re.compile(rb"</(?:[\w.-]+:)?OAI-PMH\s*>")
_DECLARED = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([\w.-]+)["']""")
_UTF8 = re.compile(rb"utf-?8", re.IGNORECASE)
_RECORD = re.compile(rb"(?=<(?:[\w.-]+:)?record[\s>])")
_NO_XML = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));",
    re.I,
)
"""What XML 1.0 has no place for (https://www.w3.org/TR/xml/#charsets), plain and as a reference."""

_STRAY_AMPERSAND = re.compile(rb"&(?!(?:[A-Za-z][\w.-]*|#\d+|#x[0-9A-Fa-f]+);)")
_WINDOWS = {
    0xDC00 + byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(128, 256)
}


class BrokenOff(Exception):
    """The answer ends before its end: asking again may help."""


class ProtocolError(Exception):
    """An error that the repository states (§3.6): `code` as the protocol has it, `date` when."""

    def __init__(self, code: str, message: str, date: str) -> None:
        super().__init__(f"{code}: {message}" if message else code)
        self.code = code
        self.date = date


@dataclass(frozen=True, slots=True)
class Answer:
    """The element below `OAI-PMH` that answers, and when it was given.

    `remarks` says what was mended, in the part before the first record, and in each record.
    """

    body: etree._Element
    date: str
    remarks: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """§2.5: `metadata` is the one element below `metadata`, None for a deleted record."""

    identifier: str
    datestamp: str
    deleted: bool = False
    metadata: etree._Element | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """§3.5: a part of a list; `token` is empty at its end, `size` that of the whole, if told."""

    records: tuple[Record, ...] = ()
    token: str = ""
    size: int | None = None
    date: str = ""


def read_answer(body: bytes, url: str) -> Answer:
    """Raises BrokenOff, ProtocolError, UnreadableInput for a web page and DamagedDocument."""
    if HTML.match(body[:4096]):
        raise UnreadableInput(
            url,
            "answers with a web page, not with OAI-PMH",
            "Check the address: that of OAI-PMH often ends in /oai/request",
        )
    root, remarks = _parse(body, url)
    if etree.QName(root).localname != "OAI-PMH":
        raise UnreadableInput(
            url,
            f"answers with other XML than that of OAI-PMH ('{etree.QName(root).localname}')",
            "Check the address: that of OAI-PMH often ends in /oai/request",
        )
    date = text_of(root, "responseDate")
    error = root.find(f"{OAI}error")
    if error is not None:
        raise ProtocolError(error.get("code", ""), " ".join((error.text or "").split()), date)
    answers = [
        child
        for child in root.iterchildren(f"{OAI}*")
        if etree.QName(child).localname not in ("responseDate", "request")
    ]
    if not answers:
        raise BrokenOff
    return Answer(answers[0], date, remarks)


def read_page(answer: Answer) -> Page:
    """Of ListRecords or GetRecord; an element without an identifier is no record."""
    remarks = dict(enumerate(answer.remarks))
    records = tuple(
        record
        for number, element in enumerate(answer.body.iterfind(f"{OAI}record"), start=1)
        if (record := _record(element, remarks.get(number, ()))) is not None
    )
    token = answer.body.find(f"{OAI}resumptionToken")
    if token is None:
        return Page(records, date=answer.date)
    size = token.get("completeListSize", "")
    return Page(
        records,
        (token.text or "").strip(),
        int(size) if size.isascii() and size.isdigit() else None,
        answer.date,
    )


def text_of(element: etree._Element, name: str) -> str:
    return " ".join((element.findtext(f"{OAI}{name}") or "").split())


def _record(element: etree._Element, remarks: tuple[str, ...]) -> Record | None:
    header = element.find(f"{OAI}header")
    if header is None or not (identifier := text_of(header, "identifier")):
        return None
    metadata = element.find(f"{OAI}metadata")
    inner = None if metadata is None else next(metadata.iterchildren(etree.Element), None)
    # §2.5.1: a record without metadata can only be one that is deleted.
    deleted = header.get("status") == "deleted" or inner is None
    return Record(identifier, text_of(header, "datestamp"), deleted, inner, remarks)


def _parse(body: bytes, url: str) -> tuple[etree._Element, tuple[tuple[str, ...], ...]]:
    """The root; a broken document is parsed again as mended, with remarks as in `Answer`."""
    try:
        return _root(body), ()
    except etree.XMLSyntaxError as error:
        first = error
    ends = list(_END.finditer(body))
    if not ends:
        if b"OAI-PMH" in body[:2000] or not body.strip():
            raise BrokenOff from None
        raise UnreadableInput(
            url, f"answers with what is no XML ({_short(first)})", "Check the address"
        ) from None
    # What stands after the end (a notice of PHP) is left out.
    whole = body[: ends[-1].end()].lstrip()
    is_utf8 = (declared := _DECLARED.match(whole)) is None or _UTF8.fullmatch(declared[1])
    parts = [_mend(part, is_utf8=bool(is_utf8)) for part in _RECORD.split(whole)]
    try:
        return _root(b"".join(part for part, _ in parts)), tuple(said for _, said in parts)
    except etree.XMLSyntaxError:
        raise DamagedDocument(
            url,
            f"answers with XML that cannot be read ({_short(first)})",
            "Tell those who run the repository; a later 'from' may go past the record",
        ) from None


def _mend(part: bytes, *, is_utf8: bool) -> tuple[bytes, tuple[str, ...]]:
    remarks: list[str] = []
    mended = part
    if is_utf8:
        # Single bytes of Latin-1 or Windows-1252 among UTF-8.
        mended = part.decode("utf-8", "surrogateescape").translate(_WINDOWS).encode()
        if mended != part:
            remarks.append("bytes that were no UTF-8 were read as Windows-1252")
    cleaned = _NO_XML.sub(b"", mended)
    if cleaned != mended:
        remarks.append("control characters that XML does not allow were taken out")
    escaped = _STRAY_AMPERSAND.sub(b"&amp;", cleaned)
    if escaped != cleaned:
        remarks.append("a bare '&' was read as the character")
    return escaped, tuple(remarks)


def _root(body: bytes) -> etree._Element:
    # Neither entities nor files of others: an answer is data of somebody else.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(body.strip(), parser)


def _short(error: etree.XMLSyntaxError) -> str:
    return " ".join(str(error).split())[:200]
