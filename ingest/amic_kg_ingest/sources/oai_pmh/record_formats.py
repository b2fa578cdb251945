"""Metadata formats of repositories to fields of qualified Dublin Core and links to files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from amic_kg.errors import InvalidSetting
from amic_kg_ingest.metadata.dublin_core import Field

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ORIGINAL = "ORIGINAL"


@dataclass(frozen=True, slots=True)
class File:
    """A file that the record names, as the repository describes it."""

    url: str
    name: str = ""
    media_type: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in a record: its fields, its files, and the address of its page."""

    fields: tuple[Field, ...]
    files: tuple[File, ...] = ()
    page: str = ""


Reader = Callable[[etree._Element], Content]


def choose_format(offered: Sequence[str], wanted: str, where: str) -> str:
    """The prefix to ask for: `wanted`, else the one that tells most of those offered.

    Raises InvalidSetting, which lists what is offered.
    """
    usable = [prefix for prefix in FORMATS if prefix in offered]
    if wanted in usable:
        return wanted
    if not wanted and usable:
        return usable[0]
    has = ", ".join(offered) or "none"
    if wanted and wanted not in FORMATS:
        cause = f"is no format that can be read here; the repository offers {has}"
    else:
        cause = f"is not offered by the repository, which has {has}"
    remedy = f"Use {' or '.join(usable)}" if usable else f"Readable are {', '.join(FORMATS)}"
    raise InvalidSetting(f"prefix = '{wanted or next(iter(FORMATS))}' of {where}", cause, remedy)


def read_content(element: etree._Element, prefix: str) -> Content:
    return FORMATS[prefix](element)


def _kk(element: etree._Element) -> Content:
    """Flat fields with attributes, as the repositories of the National Library of Finland have."""
    fields, files, page = [], [], ""
    for child in element.iterchildren(etree.Element):
        match etree.QName(child).localname:
            case "field" if child.get("value"):
                name = _name(child.get("element"), child.get("qualifier"))
                fields.append(Field(name, child.get("value", ""), child.get("language", "")))
            case "file" if child.get("bundle", _ORIGINAL) == _ORIGINAL and child.get("href"):
                files.append(
                    File(
                        child.get("href", ""),
                        child.get("name", ""),
                        child.get("type", ""),
                        _number(child.get("sequence", "")),
                    )
                )
            case "link":
                page = child.get("href", "")
    return Content(tuple(fields), _in_order(files), page)


def _dim(element: etree._Element) -> Content:
    """DSpace Intermediate Metadata: `field` with schema, element, qualifier and lang."""
    fields = tuple(
        Field(
            _name(child.get("element"), child.get("qualifier")),
            child.text,
            child.get("lang") or child.get("language") or "",
        )
        for child in element.iter("{*}field")
        if child.text
    )
    return Content(fields)


def _xoai(element: etree._Element) -> Content:
    """DSpace's own tree: schema, element, qualifier and language one within the other."""
    fields: list[Field] = []
    files: list[File] = []
    for child in element.iterchildren("{*}element"):
        if child.get("name") == "bundles":
            files += _xoai_files(child)
        elif child.get("name") in ("dc", "dcterms"):
            fields += _xoai_fields(child, ())
    return Content(tuple(fields), _in_order(files))


def _xoai_fields(element: etree._Element, path: tuple[str, ...]) -> Iterator[Field]:
    for child in element.iterchildren("{*}element"):
        yield from _xoai_fields(child, (*path, child.get("name", "")))
    for child in element.iterchildren("{*}field"):
        if child.get("name") == "value" and child.text and path:
            # The last step is the language; element and qualifier stand before it.
            *names, language = path if len(path) > 1 else (*path, "")
            yield Field(_name(*names[:2]), child.text, language)


def _xoai_files(bundles: etree._Element) -> Iterator[File]:
    for bundle in bundles.iterchildren("{*}element"):
        values = _xoai_values(bundle)
        if values.get("name") != _ORIGINAL:
            continue
        for stream in bundle.iterfind("{*}element[@name='bitstreams']/{*}element"):
            told = _xoai_values(stream)
            if url := told.get("url"):
                name, kind = told.get("name", ""), told.get("format", "")
                yield File(url, name, kind, _number(told.get("sid", "")))


def _xoai_values(element: etree._Element) -> Mapping[str, str]:
    return {x.get("name", ""): x.text or "" for x in element.iterchildren("{*}field")}


_TERMS = {
    "abstract": "description.abstract", "issued": "date.issued", "available": "date.available",
    "created": "date.created", "dateAccepted": "date.accepted", "alternative": "title.alternative",
    "isPartOf": "relation.ispartof", "accessRights": "rights.accessrights",
    "license": "rights.license", "extent": "format.extent", "bibliographicCitation": "citation",
    "isVersionOf": "relation.isversionof", "rightsHolder": "rightsholder",
}  # fmt: skip
"""DCMI terms that refine an element, under the names that DSpace gives such."""


def _dublin_core(element: etree._Element) -> Content:
    """oai_dc and qdc: elements of Dublin Core, refined or not."""
    fields = []
    for child in element.iterchildren(etree.Element):
        name = etree.QName(child).localname
        text = "".join(map(str, child.itertext())).strip()
        if text:
            fields.append(Field(_TERMS.get(name, name), text, child.get(_LANG, "")))
    links = [found.value for found in fields if found.name == "identifier"]
    files = [File(url) for url in links if _is_file(url)]
    page = next((url for url in links if url.startswith("http") and not _is_file(url)), "")
    return Content(tuple(fields), tuple(files), page)


FORMATS: Mapping[str, Reader] = {
    "kk": _kk, "xoai": _xoai, "dim": _dim, "qdc": _dublin_core, "oai_dc": _dublin_core,
}  # fmt: skip
"""By prefix, the one that tells most first."""


def _is_file(url: str) -> bool:
    return url.startswith(("http://", "https://")) and url.lower().endswith(".pdf")


def _name(*parts: str | None) -> str:
    return ".".join(part for part in parts if part and part != "none")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _in_order(files: list[File]) -> tuple[File, ...]:
    return tuple(sorted(files, key=lambda file: file.order))
