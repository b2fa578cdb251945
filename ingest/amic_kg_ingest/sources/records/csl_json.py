"""CSL-JSON, by the variable names of its schema, and plain JSON objects by names of columns.

https://github.com/citation-style-language/schema/blob/v1.0.2/schemas/input/csl-data.json
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from amic_kg_ingest.sources.records.columns import read_column
from amic_kg_ingest.sources.records.entries import Broken, Entry, FieldList, split_cell
from amic_kg_ingest.sources.records.json_values import objects
from amic_kg_ingest.sources.records.options import Options
from amic_kg_ingest.sources.records.texts import ListText

_TYPES = {
    "article": "preprint", "article-journal": "journal article", "article-magazine": "article",
    "article-newspaper": "newspaper article", "chapter": "book section", "paper-conference":
    "conference paper", "entry": "article", "entry-dictionary": "article", "entry-encyclopedia":
    "article", "review": "article", "review-book": "book review", "report": "report", "book":
    "book", "classic": "book", "collection": "book", "pamphlet": "report", "periodical": "report",
    "standard": "guide", "regulation": "report", "dataset": "dataset", "speech": "presentation",
    "post-weblog": "blog post", "webpage": "web page", "post": "web page", "manuscript":
    "working paper", "document": "document", "thesis": "thesis",
}  # fmt: skip
_FIELDS = {
    "title": "title", "abstract": "description.abstract", "language": "language",
    "publisher": "publisher", "DOI": "identifier.doi", "URL": "identifier.url",
    "ISBN": "identifier.isbn", "ISSN": "relation.issn", "keyword": "subject", "license": "rights",
    "volume": "volume", "issue": "issue", "page": "pages", "publisher-place": "place", "note":
    "note", "collection-number": "relation.numberinseries",
}  # fmt: skip
_SERIES = ("collection-title", "container-title")
_CREATORS = ("author", "collection-author")
_CONTRIBUTORS = ("editor", "translator", "contributor", "container-author")
_ONLY_CSL = frozenset({"container-title", "issued", "citation-key", "DOI", "publisher-place"})
_FILE_KEYS = ("file", "path")


def read(text: ListText, options: Options) -> Iterator[Entry | Broken]:
    for line, value in objects(text):
        if isinstance(value, Broken):
            yield value
        elif _is_csl(value):
            yield _csl_entry(line, value)
        else:
            yield _plain_entry(line, value, options)


def count(text: ListText, _: Options) -> int:
    return sum(1 for _ in objects(text))


def _is_csl(value: Mapping[str, object]) -> bool:
    authors = value.get("author")
    return (
        isinstance(value.get("issued"), dict)
        or bool(value.keys() & (_ONLY_CSL - {"issued", "DOI"}))
        or (isinstance(authors, list) and bool(authors) and isinstance(authors[0], dict))
    )


def _csl_entry(line: int, value: Mapping[str, object]) -> Entry:
    fields = FieldList()
    kind = str(value.get("type", ""))
    fields.add("type", value.get("genre"))
    fields.add("type", _TYPES.get(kind, kind))
    fields.add("date.issued", _date(value.get("issued")))
    fields.add("relation.ispartof", next((value[x] for x in _SERIES if value.get(x)), None))
    if kind == "report":
        fields.add("relation.numberinseries", value.get("number"))
    for key, name in _FIELDS.items():
        for text in _texts(value.get(key)):
            fields.add(name, text)
    return Entry(
        line,
        fields.done(),
        str(value.get("citation-key") or value.get("id") or ""),
        _names(value, _CREATORS),
        _names(value, _CONTRIBUTORS),
        files=tuple(text for key in _FILE_KEYS for text in _texts(value.get(key))),
    )


def _plain_entry(line: int, value: Mapping[str, object], options: Options) -> Entry | Broken:
    fields = FieldList()
    key = ""
    files: list[str] = []
    subtitle = ""
    titles: list[tuple[str, str]] = []
    for name, given in _unfolded(value, options).items():
        column = read_column(name, options.columns)
        for text, language in _told_texts(given):
            if column is None:
                fields.add(name, text, language)
            elif column[0] == "key":
                key = key or text
            elif column[0] == "file":
                files.append(text)
            elif column[0] == "subtitle":
                subtitle = text
            elif column[0] == "title":
                titles.append((text, language or column[1]))
            elif column[0] == "type":
                fields.add("type", _TYPES.get(text, text))
            elif column[0]:
                for part in split_cell(column[0], text):
                    fields.add(column[0], part, language or column[1])
    for number, (title, language) in enumerate(titles):
        whole = f"{title}: {subtitle}" if subtitle and number == 0 else title
        fields.add("title", whole, language)
    if not titles:
        return Broken(
            line, f"holds an object without a title, but with {', '.join(list(value)[:6]) or '-'}",
            'Say what holds the title: columns = { "name" = "title" }',
        )  # fmt: skip
    return Entry(line, fields.done(), key, files=tuple(files))


def _unfolded(value: Mapping[str, object], options: Options) -> Mapping[str, object]:
    """With the description that an object has within it, if its title is there.

    Data sets keep it apart from where the file lies: {"id": …, "ground_truth": {"title": …}}.
    """

    def has_title(given: Mapping[str, object]) -> bool:
        columns = (read_column(name, options.columns) for name in given)
        return any(column is not None and column[0] == "title" for column in columns)

    if has_title(value):
        return value
    for name, given in value.items():
        if isinstance(given, dict) and has_title(given):
            return {**{key: x for key, x in value.items() if key != name}, **given}
    return value


def _texts(value: object) -> list[str]:
    return [text for text, _ in _told_texts(value)]


def _told_texts(value: object) -> list[tuple[str, str]]:
    """Text and language of a value, of each of a list, or of {language: text}."""
    if isinstance(value, list):
        return [found for part in value for found in _told_texts(part)]
    if isinstance(value, dict):
        return [(text, str(key)) for key, part in value.items() for text, _ in _told_texts(part)]
    if value is None or isinstance(value, bool) or value == "":
        return []
    return [(str(value), "")]


def _names(value: Mapping[str, object], keys: tuple[str, ...]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for key in keys:
        given = value.get(key)
        for name in given if isinstance(given, list) else [given]:
            if isinstance(name, dict) and (text := _name(name)):
                found[text] = None
            elif isinstance(name, str) and name.strip():
                found[name.strip()] = None
    return tuple(found)


def _name(name: Mapping[str, object]) -> str:
    """`family`, `given` with particles, or `literal`, which is an organisation's as a rule."""

    def part(key: str) -> str:
        value = name.get(key)
        return " ".join(value.split()) if isinstance(value, str) else ""

    if part("family"):
        family = " ".join(
            filter(None, (part("dropping-particle"), part("non-dropping-particle"), part("family")))
        )
        return ", ".join(filter(None, (family, part("given"), part("suffix"))))
    return part("literal") or part("name") or part("given")


def _date(value: object) -> str:
    """`date-parts` as [[2015, 6, 12]], of a range the beginning; else `raw` or `literal`."""
    if not isinstance(value, dict):
        return str(value or "")
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        numbers = [str(x).strip() for x in parts[0] if str(x).strip().isdigit()]
        if numbers:
            return "-".join(numbers[:3])
    return str(value.get("raw") or value.get("literal") or value.get("year") or "")
