"""Declared sources: one TOML file each, data and not code; an argument of `ingest` names one.

A file `theseus-mining.toml` declares the source `theseus-mining`::

    kind = "oai-pmh"
    title = "Theses on mining in Theseus"
    url = "https://example.org/oai/request"

    [options]          # what the kind knows: see docs/reference/sources.md
    set = "com_1"

    [filter]           # what of it is wanted: see `amic_kg_ingest.sources.filters`
    terms = ["kaivos", "mining"]
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

from amic_kg.errors import InvalidSetting, UnknownThing

Kind = Literal["files", "web", "oai-pmh", "cordis", "records", "sparql"]
KINDS: tuple[Kind, ...] = get_args(Kind)

WITHDRAW_MISSING = "withdraw_missing"
"""The option of files and folders that has documents withdrawn whose files are gone."""

_LONGEST_NAME = 100
KEYS: Mapping[str, tuple[str, str]] = {
    "kind": (f"what sort of source it is: {', '.join(KINDS)}", '"oai-pmh"'),
    "title": ("what it brings, for people", '"Theses on mining in Theseus"'),
    "url": ("where it is on the web; this or `path`", '"https://example.org/oai/request"'),
    "path": ("where it is on disk, beside the declaration; this or `url`", '"partner/list.csv"'),
    "options": ("how it is read: the table `[options]` of its kind", "{ pause = 1 }"),
    "filter": ("what of it is wanted: the table `[filter]` of its kind", "{ from = 2015 }"),
}
"""What a declaration may say: meaning and example of each key."""
_DOCUMENT_ENDINGS = (
    ".pdf", ".docx", ".pptx", ".xlsx", ".odt", ".ods", ".odp", ".epub", ".html", ".htm", ".txt",
    ".xml.gz", "sitemap.xml",
)  # fmt: skip
_LISTS = (".bib", ".ris", ".csv", ".tsv", ".jsonl")
_RECORD_FILES = {".bib", ".ris", ".csv", ".tsv", ".json", ".jsonl"}


@dataclass(frozen=True, slots=True)
class Declaration:
    """A source as it is declared: `address` is a URL or a path."""

    name: str
    kind: Kind
    address: str
    title: str = ""
    options: Mapping[str, object] = field(default_factory=dict)
    filter: Mapping[str, object] = field(default_factory=dict)


def shipped_folder() -> Path:
    """The declarations of this project: in the wheel inside the package, else `ingest/sources`."""
    package = Path(__file__).parent.parent
    inside = package / "_sources"
    return inside if inside.is_dir() else package.parent / "sources"


def declared_sources(folders: Sequence[Path]) -> dict[str, Declaration]:
    """By name; a declaration in a later folder replaces one of the same name in an earlier."""
    return {
        path.stem: read_declaration(path)
        for folder in folders
        if folder.is_dir()
        for path in sorted(folder.glob("*.toml"))
    }


def read_declaration(path: Path) -> Declaration:
    """Raises InvalidSetting, which names the file and the key."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidSetting(str(path), f"cannot be read as TOML ({error})", "Mend it") from None
    if unknown := sorted(values.keys() - KEYS.keys()):
        raise InvalidSetting(
            str(path), f"has the unknown key '{unknown[0]}'", f"Use {', '.join(sorted(KEYS))}"
        )
    kind = values.get("kind")
    if kind not in KINDS:
        raise InvalidSetting(
            str(path), f"has kind = {kind!r}, which is no kind of source", f"Use {_kinds()}"
        )
    if ("url" in values) == ("path" in values):
        raise InvalidSetting(
            str(path), "needs the url or the path of the source, one of the two", "Give one"
        )
    tables = {name: values.get(name, {}) for name in ("options", "filter")}
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise InvalidSetting(str(path), f"'{name}' is no table", f"Write it below [{name}]")
    address = values.get("url") or values["path"]
    if not isinstance(address, str) or not address:
        raise InvalidSetting(str(path), "its address is no text", "Give a URL or a path")
    if "path" in values:
        # Beside the declaration, so that a folder of both can be moved.
        address = str((path.parent / Path(address).expanduser()).resolve())
    return Declaration(
        path.stem, kind, address, str(values.get("title", "")), tables["options"], tables["filter"]
    )


def recognise(
    argument: str, declared: Mapping[str, Declaration], kind: Kind | None = None
) -> Declaration:
    """What an argument of `ingest` means: a path, a URL, or the name of a declared source.

    `kind` overrides what is recognised. Raises UnknownThing for what is none of the three; a path
    that does not exist is a path when it looks like one, so that the run can say so.
    """
    if argument in declared:
        found = declared[argument]
        if kind not in (None, found.kind):
            raise InvalidSetting(
                f"--kind {kind}", f"but '{argument}' is declared as {found.kind}", "Leave it out"
            )
        return found
    if argument.lower().startswith(("http://", "https://")):
        return Declaration(_short(argument), kind or _kind_of_url(argument), argument)
    path = Path(argument).expanduser()
    if path.exists() or kind is not None or "/" in argument or path.suffix:
        found_kind = kind or _kind_of_path(path)
        name = "files" if found_kind == "files" else _short(str(path.absolute()))
        return Declaration(name, found_kind, str(path))
    raise UnknownThing(
        argument,
        "is no file or folder, no URL and no declared source",
        "Check the name; 'amic-kg sources' lists what is declared",
    )


def withdrawing_missing(declaration: Declaration) -> Declaration:
    """The same, with documents withdrawn whose files are gone.

    Raises InvalidSetting for what is no source of files: others say themselves what is gone.
    """
    if declaration.kind != "files":
        raise InvalidSetting(
            f"--withdraw-missing {declaration.name}",
            f"is for files and folders, not for a source of kind {declaration.kind}",
            "Leave it out",
        )
    return replace(declaration, options={**declaration.options, WITHDRAW_MISSING: True})


def _kind_of_url(url: str) -> Kind:
    try:
        parts = urlsplit(url)
    except ValueError:
        # No URL, which the source will say.
        return "web"
    path = parts.path.lower().rstrip("/")
    if path.endswith(_DOCUMENT_ENDINGS):
        # A report below /oai/ is a report.
        return "web"
    if "verb=" in parts.query or "/oai" in path or "oai-pmh" in path:
        return "oai-pmh"
    if path.endswith(_LISTS):
        return "records"
    if path.endswith(("/sparql", "/query")):
        return "sparql"
    return "web"


def _kind_of_path(path: Path) -> Kind:
    if path.is_file() and path.suffix.lower() in _RECORD_FILES:
        return "records"
    return "files"


def _short(name: str) -> str:
    """At most as long as the ledger's column, and other for every address."""
    if len(name) <= _LONGEST_NAME:
        return name
    return f"{name[: _LONGEST_NAME - 13]}-{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def _kinds() -> str:
    return ", ".join(KINDS[:-1]) + f" or {KINDS[-1]}"
