"""BibTeX and BibLaTeX, split into entries by bibtexparser, one entry in memory at a time.

An entry begins with @ at the beginning of a line; where the one before is not closed by then, it is
broken and the list goes on. Strings, concatenation, months and crossref are as BibTeX has them:
https://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping

from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import Block as AnyBlock
from bibtexparser.model import (
    DuplicateFieldKeyBlock,
    ParsingFailedBlock,
    String,
)
from bibtexparser.model import Entry as Block
from bibtexparser.splitter import Splitter

from amic_kg_ingest.sources.records.entries import Broken, Entry, FieldList
from amic_kg_ingest.sources.records.latex import plain_text
from amic_kg_ingest.sources.records.options import Options
from amic_kg_ingest.sources.records.texts import ListText

# Broken blocks are reported by us, with their lines.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

_START = re.compile(r"\s*@\s*(\w+)\s*[{(]\s*([^\s,{}()=]*)")
_NO_ENTRIES = frozenset({"string", "comment", "preamble"})
_CROSSREF = re.compile(r"\b(?:crossref|xdata)\s*=\s*[{\"]\s*([^\"}\s]+)", re.IGNORECASE)
_LONGEST = 1_000_000
"""Characters of one entry: more is a brace that was never closed."""

_MONTHS = {
    name: str(number)
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_TYPES = {
    "article": "article", "inproceedings": "conference paper", "conference": "conference paper",
    "incollection": "book section", "inbook": "book section", "suppperiodical": "article",
    "techreport": "report", "report": "report", "book": "book", "booklet": "report",
    "mvbook": "book", "collection": "book", "proceedings": "book", "mastersthesis":
    "master's thesis", "phdthesis": "doctoral thesis", "bachelorsthesis": "bachelor's thesis",
    "bathesis": "bachelor's thesis", "manual": "manual", "online": "web page", "electronic":
    "web page", "www": "web page", "dataset": "dataset", "unpublished": "working paper",
}  # fmt: skip
_TYPE_WORDS = {
    "mathesis": "master's thesis", "phdthesis": "doctoral thesis", "candthesis":
    "bachelor's thesis", "bathesis": "bachelor's thesis", "techreport": "report",
    "resreport": "report",
}  # fmt: skip
_FIELDS = {
    "publisher": "publisher", "institution": "publisher", "school": "publisher",
    "organization": "publisher", "keywords": "subject", "keyword": "subject",
    "abstract": "description.abstract", "language": "language", "langid": "language",
    "howpublished": "how published", "note": "note", "volume": "volume", "pages": "pages",
    "edition": "edition", "address": "place", "location": "place", "chapter": "chapter",
    "copyright": "rights", "license": "rights", "rights": "rights", "titleaddon": "title addition",
}  # fmt: skip
_VERBATIM = {
    "doi": "identifier.doi", "url": "identifier.url", "urn": "identifier.urn",
    "handle": "identifier.handle", "isbn": "identifier.isbn", "issn": "relation.issn",
}  # fmt: skip
_SERIES = ("journal", "journaltitle", "series", "booktitle", "maintitle")
_PARENTS_OWN = frozenset({"title", "subtitle", "author", "crossref", "ids", "file", "label"})

_TOKEN = re.compile(r"\s*(?:#\s*)?(?:\"|\{|([^\s#\"{}]+))")

Values = dict[str, str]


def read(text: ListText, _: Options) -> Iterator[Entry | Broken]:
    parents = _parents(text)
    strings = dict(_MONTHS)
    for line, chunk in _chunks(text):
        for block in _blocks(chunk):
            at = line + (block.start_line or 0)
            if isinstance(block, String):
                strings[block.key.casefold()] = _value(block.value, strings)
            elif isinstance(block, DuplicateFieldKeyBlock):
                repeated = ", ".join(sorted(block.duplicate_keys))
                remark = f"has {repeated} more than once: the first was taken"
                whole = block.ignore_error_block
                if isinstance(whole, Block):
                    yield _entry(whole, at, strings, parents, remark)
            elif isinstance(block, ParsingFailedBlock):
                yield Broken(
                    at, "begins an entry that cannot be read (a brace, quote or comma is missing)"
                )
            elif isinstance(block, Block):
                yield _entry(block, at, strings, parents)


def count(text: ListText, _: Options) -> int:
    return sum(
        1
        for line in _lines(text)
        if (match := _START.match(line)) and match[1].casefold() not in _NO_ENTRIES
    )


def _lines(text: ListText) -> Iterator[str]:
    with text.open() as lines:
        yield from lines


def _chunks(text: ListText) -> Iterator[tuple[int, str]]:
    """What lies from one @ at the beginning of a line to the next, with the number of its line."""
    kept: list[str] = []
    start, size = 1, 0
    for number, line in enumerate(_lines(text), 1):
        if _START.match(line):
            if kept:
                yield start, "".join(kept)
            kept, start, size = [], number, 0
        if size < _LONGEST:
            kept.append(line)
            size += len(line)
    if kept:
        yield start, "".join(kept)


def _blocks(chunk: str) -> Iterable[AnyBlock]:
    return Splitter(chunk).split().blocks


def _parents(text: ListText) -> Mapping[str, Values]:
    """The entries that others refer to by crossref, by key: they stand after those that do."""
    wanted = {match[1].casefold() for line in _lines(text) for match in _CROSSREF.finditer(line)}
    found: dict[str, Values] = {}
    if not wanted:
        return found
    strings = dict(_MONTHS)
    for _, chunk in _chunks(text):
        match = _START.match(chunk)
        if match is None or (match[1].casefold() != "string" and match[2].casefold() not in wanted):
            continue
        for block in _blocks(chunk):
            if isinstance(block, String):
                strings[block.key.casefold()] = _value(block.value, strings)
            elif isinstance(block, Block):
                found[block.key.casefold()] = _values(block, strings)
    return found


def _values(block: Block, strings: Mapping[str, str]) -> Values:
    values: Values = {}
    for field in block.fields:
        values.setdefault(field.key.casefold(), _value(str(field.value), strings))
    return values


def _value(text: str, strings: Mapping[str, str]) -> str:
    """`{…}`, `"…"`, a number or the name of a string, or several of these joined by #."""
    parts: list[str] = []
    at = 0
    while match := _TOKEN.match(text, at):
        if match[1]:
            parts.append(strings.get(match[1].casefold(), match[1]))
            at = match.end()
            continue
        at = _end(text, match.end())
        parts.append(text[match.end() : at - 1])
    return "".join(parts)


def _end(text: str, start: int) -> int:
    """Where what is opened before `start` is closed."""
    quoted = text[start - 1] == '"'
    depth = 0
    for at in range(start, len(text)):
        character = text[at]
        if text[at - 1] == "\\" and character in "{}":
            continue
        if depth == 0 and character == ('"' if quoted else "}"):
            return at + 1
        depth += (character == "{") - (character == "}")
    return len(text) + 1


def _entry(
    block: Block,
    line: int,
    strings: Mapping[str, str],
    parents: Mapping[str, Values],
    *remarks: str,
) -> Entry:
    values = _values(block, strings)
    said = list(remarks)
    kind = block.entry_type.casefold()
    parent_key = values.get("crossref", "").strip().casefold()
    if parent_key and (parent := parents.get(parent_key)) is not None:
        # The title of the whole is not that of the part.
        values = {
            **{k: v for k, v in parent.items() if k not in _PARENTS_OWN},
            **({"booktitle": parent["title"]} if "title" in parent else {}),
            **values,
        }
    elif parent_key:
        said.append(f"refers to the entry '{values['crossref']}', which is not in the list")
    fields = FieldList()
    title = plain_text(values.get("title", ""))
    if subtitle := plain_text(values.get("subtitle", "")):
        title = f"{title}: {subtitle}"
    fields.add("title", title)
    told = values.get("type", "")
    fields.add("type", _TYPE_WORDS.get(told.casefold(), plain_text(told)))
    fields.add("type", _TYPES.get(kind, kind))
    fields.add("date.issued", _date(values))
    series = next((plain_text(values[x]) for x in _SERIES if values.get(x)), "")
    fields.add("relation.ispartof", series)
    number = "relation.numberinseries" if values.get("series") or kind == "techreport" else "issue"
    fields.add(number, plain_text(values.get("number", "")))
    for key, value in values.items():
        if name := _VERBATIM.get(key):
            fields.add(name, _verbatim(value))
        elif name := _FIELDS.get(key):
            fields.add(name, plain_text(value))
    if values.get("eprint", "").startswith(("urn:", "http", "hdl:")):
        fields.add("identifier.uri", _verbatim(values["eprint"]))
    return Entry(
        line,
        fields.done(),
        block.key,
        _names(values.get("author", "")),
        _names(values.get("editor", "")),
        _names(values.get("supervisor", "")),
        tuple(_files(values.get("file", ""))),
        tuple(said),
    )


def _date(values: Values) -> str:
    if values.get("date"):
        # BibLaTeX: a range gives its beginning.
        return values["date"].split("/")[0].strip()
    year = plain_text(values.get("year", ""))
    month = plain_text(values.get("month", ""))
    if year.isdigit() and month.isdigit():
        return f"{year}-{month}"
    return f"{month} {year}" if month and year.isdigit() else year


def _names(value: str) -> tuple[str, ...]:
    """A list parted by "and"; a name in braces as a whole is that of an organisation."""
    found: dict[str, None] = {}
    for name in split_multiple_persons_names(" ".join(value.split())):
        if name.casefold() == "others" or not name.strip():
            continue
        if name.startswith("{") and _end(name, 1) == len(name):
            found[plain_text(name)] = None
            continue
        try:
            parts = parse_single_name_into_parts(name, strict=False)
        except InvalidNameError:
            found[plain_text(name)] = None
            continue
        words = (" ".join([*parts.von, *parts.last]), " ".join(parts.first), " ".join(parts.jr))
        found[", ".join(text for x in words if (text := plain_text(x)))] = None
    return tuple(name for name in found if name)


def _verbatim(value: str) -> str:
    r"""An address or number, in which programs escape `_`, `%`, `&` and `#`; `\url{…}` too."""
    text = re.sub(r"\\url\s*\{([^{}]*)\}", r"\1", value)
    return re.sub(r"\\([_%&#~])", r"\1", text).strip(" {}")


def _files(value: str) -> Iterator[str]:
    r"""A path, or as JabRef and Zotero write it: `name:path:type`, several parted by semicolons.

    Colons and backslashes of a path are escaped there, as in `C\:\\papers\\a.pdf`.
    """
    for part in re.split(r"(?<!\\);", value):
        pieces = re.split(r"(?<!\\):", part.strip())
        path = pieces[-2] if len(pieces) >= 3 else part.strip()
        if path := re.sub(r"\\([:;\\])", r"\1", path).strip(" {}"):
            yield path
