"""The one reader of the environment: a frozen table of settings, each with its meaning."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from amic_kg.errors import InvalidSetting

PREFIX = "AMIC_"
_BASE_IRI = re.compile(
    r'[a-z][a-z0-9+.-]*://[^\x00-\x20<>"{}|^`\\?#/]+/(?:[^\x00-\x20<>"{}|^`\\?#]*/)?'
)


def _setting(default: object, text: str, *, choices: tuple[str, ...] = (), low: int = 0) -> Any:
    # Any, as dataclasses.field() itself: the annotation beside it says the type.
    return field(default=default, metadata={"help": text, "choices": choices, "low": low})


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting `AMIC_<NAME>`; docs/reference/settings.md is generated from this table."""

    data: Path = _setting(Path(".amic"), "Folder of the embedded stores and of the originals")
    ledger_url: str = _setting(
        "", "SQLAlchemy URL of the ledger; SQLite in the data folder when unset"
    )
    search_url: str = _setting("", "URL of an Elasticsearch; the embedded index when unset")
    search_index: str = _setting("amic", "Name of the alias in Elasticsearch")
    sparql_url: str = _setting("", "URL of a SPARQL 1.1 store; the embedded store when unset")
    base_iri: str = _setting(
        "https://w3id.org/amic/", "Base of the IRIs that are minted; ends with /"
    )
    host: str = _setting("127.0.0.1", "Address the server listens on")
    port: int = _setting(8000, "Port the server listens on; 0 takes a free one", low=0)
    default_graph: str = _setting(
        "union", "What a SPARQL query sees without GRAPH", choices=("union", "default")
    )
    review_key: str = _setting(
        "", "Key that lets a curator write decisions through the API; none may when unset"
    )
    update_key: str = _setting(
        "", "Key that lets its holder change graphs by SPARQL update; none may when unset"
    )
    update_seconds: int = _setting(60, "Deadline of a SPARQL update, seconds", low=1)
    update_megabytes: int = _setting(64, "A larger graph sent to be written is refused", low=1)
    given_percent: int = _setting(
        50, "Mentions and statements of less confidence than this are left out, per cent", low=0
    )
    fact_percent: int = _setting(
        70, "Statements of less confidence than this are no plain triples, per cent", low=0
    )
    names: str = _setting(
        "auto",
        "Find names that no registry knows by spaCy's models, when they are installed",
        choices=("auto", "off"),
    )
    query_seconds: int = _setting(20, "Deadline of a SPARQL query, seconds", low=1)
    query_megabytes: int = _setting(
        64, "A larger SPARQL result is refused, or broken off when it has begun already", low=1
    )
    query_rows: int = _setting(
        1_000_000,
        "A SPARQL result of more rows, or triples, is refused or broken off; 0 takes any",
        low=0,
    )
    query_workers: int = _setting(
        3,
        "Processes that answer SPARQL queries of clients; up to as many again end slow ones, and "
        "one is the site's own",
        low=1,
    )
    query_worker_megabytes: int = _setting(
        2048, "Memory that one SPARQL query may take; one that needs more fails", low=1024
    )
    query_client: int = _setting(
        8, "SPARQL queries of one client that wait, run or are read at once; 429 beyond", low=1
    )
    query_clients: int = _setting(
        100, "SPARQL queries of all clients that wait, run or are read at once; 503 beyond", low=1
    )
    query_memory_megabytes: int = _setting(
        1024,
        "The server holds the graph in memory for SPARQL when it takes no more than this, a "
        "million triples some 420 MB, twice that while a new one is loaded; 0 for never",
        low=0,
    )
    count_documents: int = _setting(
        500,
        "The figures of the dataset are counted anew by each run up to so many documents; beyond, "
        "it is told of without figures",
        low=0,
    )
    dumps: int = _setting(3, "Dumps of the graph that are kept by `amic-kg dump`", low=1)
    workers: int = _setting(0, "Processes that parse and extract; 0 takes one per core", low=0)
    dask: str = _setting(
        "",
        "Address of a Dask scheduler whose workers parse and extract, or `local` for one on this "
        "machine; a pool of processes when unset",
    )
    ocr: str = _setting(
        "auto",
        "Read pages without text by tesseract, when it is installed",
        choices=("auto", "off"),
    )
    ocr_pages: int = _setting(50, "Pages of one document that are read by OCR at most", low=0)
    file_megabytes: int = _setting(512, "A larger file is refused", low=1)
    fetch_allow: str = _setting(
        "",
        "Networks that documents may be fetched from beside public addresses, as 10.0.0.0/8, ::1",
    )
    fetch_seconds: int = _setting(600, "An answer of a server that takes longer is given up", low=1)
    fetch_pause_milliseconds: int = _setting(
        1000, "Pause between two requests to the same server, at least", low=0
    )
    parse_seconds: int = _setting(300, "A document that takes longer is given up", low=1)
    wait_seconds: int = _setting(
        300, "A run waits so long for a search index or graph store that is away", low=0
    )
    parse_megabytes: int = _setting(3072, "Memory of one parsing process at most", low=256)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read `AMIC_*`; raises InvalidSetting for an unknown name or a value that cannot be."""
        environ = os.environ if environ is None else environ
        known = {f"{PREFIX}{f.name.upper()}": f for f in fields(cls)}
        values: dict[str, Any] = {}
        for name, text in environ.items():
            if not name.startswith(PREFIX) or name.startswith(f"{PREFIX}TEST_"):
                continue
            if name not in known:
                raise InvalidSetting(
                    name, "no such setting", "See docs/reference/settings.md for the list"
                )
            spec = known[name]
            values[spec.name] = _convert(name, text, spec.type, spec.metadata)
        return cls(**values)

    def __post_init__(self) -> None:
        if not _BASE_IRI.fullmatch(self.base_iri):
            raise InvalidSetting(
                f"{PREFIX}BASE_IRI={self.base_iri}",
                "is not an absolute IRI that ends with /",
                "Give one such as https://w3id.org/amic/",
            )

    @property
    def ledger(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.ledger_url or f"sqlite:///{(self.data / 'ledger.sqlite').absolute()}"


def _convert(name: str, text: str, kind: object, metadata: Mapping[str, object]) -> object:
    if kind == "Path":
        return Path(text).expanduser()
    choices = metadata["choices"]
    if isinstance(choices, tuple) and choices and text not in choices:
        raise InvalidSetting(
            f"{name}={text}", "is not one of the choices", f"Use {' or '.join(choices)}"
        )
    if kind == "int":
        low = metadata["low"]
        try:
            number = int(text)
        except ValueError:
            raise InvalidSetting(
                f"{name}={text}", "is not a whole number", "Give digits only"
            ) from None
        if isinstance(low, int) and number < low:
            raise InvalidSetting(f"{name}={text}", f"is below {low}", f"Give {low} or more")
        return number
    return text
