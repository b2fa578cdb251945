"""Where documents come from: one module or package a protocol, chosen by the kind declared."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from amic_kg.ports import FeedMemory, Source
from amic_kg.settings import Settings
from amic_kg_ingest.sources.declarations import Declaration, Kind
from amic_kg_ingest.sources.options import Table


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a source may use beside its declaration.

    `folder` is its own, for what it downloads; it stays from run to run. In a `dry` run nothing
    is downloaded beyond the lists and records that say what there is, and paths need not exist.
    `withdraw_all`: it is meant that much of the source is taken out at once. `unsettled` are files
    that are still being written: they are left for a later run.
    """

    settings: Settings
    memory: FeedMemory
    folder: Path
    dry: bool = False
    withdraw_all: bool = False
    unsettled: frozenset[str] = frozenset()


class SourceOpener(Protocol):
    """What the module of a kind offers as `open_source`.

    Raises InvalidSetting for options that the kind does not know or that cannot be.
    """

    def __call__(self, declaration: Declaration, surroundings: Surroundings) -> Source: ...


_MODULES: dict[Kind, str] = {
    "files": "files",
    "cordis": "cordis",
    "oai-pmh": "oai_pmh",
    "web": "web",
    "records": "records",
    "sparql": "sparql",
}


def tables_of(kind: Kind) -> tuple[type[Table] | None, type[Table] | None]:
    """The dataclasses of `[options]` and `[filter]` of a kind; None where it knows no such table.

    The module of a kind names them OPTIONS and FILTER.
    """
    module = import_module(f"{__name__}.{_MODULES[kind]}")
    return module.OPTIONS, module.FILTER


def open_source(declaration: Declaration, surroundings: Surroundings) -> Source:
    """The source that `declaration` describes; its module is imported now."""
    module = import_module(f"{__name__}.{_MODULES[declaration.kind]}")
    return cast(SourceOpener, module.open_source)(declaration, surroundings)
