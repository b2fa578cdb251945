"""Whole generations as files: N-Quads in a fixed order, packed, with what has come and gone since.

Lines stand in the order of their bytes, and blank nodes have the names that RDFC-1.0
(https://www.w3.org/TR/rdf-canon/) gives them within their graph: the same statements are the same
bytes, so that two dumps differ in what has changed alone.
"""

from __future__ import annotations

import gzip
import hashlib
import heapq
import json
import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast

from amic_kg.errors import ServiceBusy, SystemFault
from amic_kg.ports import GraphReader
from amic_kg.turtle import canonical_quads

_LINES_IN_MEMORY = 500_000
_TRIES = 3
_HAS_BLANK = re.compile(rb"^_:|> _:\S+ <[^>]*> \.\n$")
_BLANK = re.compile(rb"(?:^|(?<=> ))_:(\S+)(?= )")
_GRAPH = re.compile(rb"<([^<>]*)> \.\n$")


@dataclass(frozen=True, slots=True)
class DumpFile:
    """A packed file of N-Quads; `sha256` is of the packed bytes."""

    name: str
    quads: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Dump:
    """A generation; `added` and `removed` hold what changed since `previous`, None at the first."""

    generation: str
    full: DumpFile
    previous: str | None = None
    added: DumpFile | None = None
    removed: DumpFile | None = None

    @property
    def files(self) -> tuple[DumpFile, ...]:
        return tuple(file for file in (self.full, self.added, self.removed) if file)


class Dumps:
    """The folder of dumps; what is named by a `<generation>.json` in it is whole."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def list(self) -> list[Dump]:
        """The newest first."""
        paths = sorted(self._folder.glob("*.json"), reverse=True)
        return [_read(path) for path in paths]

    def file(self, name: str) -> tuple[Path, DumpFile] | None:
        """The file called `name`, and what is known of it."""
        for dump in self.list():
            for file in dump.files:
                if file.name == name and (self._folder / name).is_file():
                    return self._folder / name, file
        return None

    def make(self, reader: GraphReader, *, kept: int) -> Dump:
        """Dump the published generation, unless that is done; the `kept` newest ones stay.

        Raises ServiceBusy while a run publishes faster than can be written.
        """
        if not reader.ready():
            raise SystemFault("Nothing has been published yet", "Run 'amic-kg ingest' first")
        standing = self.list()
        for dump in standing:
            if dump.generation == reader.generation():
                return dump
        self._folder.mkdir(parents=True, exist_ok=True)
        for leftover in self._folder.glob(".making-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=self._folder, prefix=".making-") as place:
            dump = self._write(reader, Path(place), standing[0] if standing else None)
        for old in [dump, *standing][kept:]:
            (self._folder / f"{old.generation}.json").unlink(missing_ok=True)
            for file in old.files:
                (self._folder / file.name).unlink(missing_ok=True)
        return dump

    def _write(self, reader: GraphReader, place: Path, previous: Dump | None) -> Dump:
        generation = _export(reader, place / "quads.nq")
        full = _pack(_in_order(place), place / f"{generation}.nq.gz")
        dump = Dump(generation, full)
        if previous is not None:
            before = self._folder / previous.full.name
            added, removed = (
                _pack(
                    _only_in_first(*pair),
                    place / f"{generation}-{name}.nq.gz",
                )
                for name, pair in (
                    ("added", (place / full.name, before)),
                    ("removed", (before, place / full.name)),
                )
            )
            dump = Dump(generation, full, previous.generation, added, removed)
        about = place / f"{generation}.json"
        about.write_text(json.dumps(asdict(dump), indent=2), encoding="utf-8")
        for file in dump.files:
            (place / file.name).replace(self._folder / file.name)
        about.replace(self._folder / about.name)
        return dump


def _export(reader: GraphReader, path: Path) -> str:
    """The generation that was written; not another one that was published meanwhile."""
    for _ in range(_TRIES):
        generation = reader.generation()
        reader.export(path)
        if reader.generation() == generation:
            return generation
    raise ServiceBusy("A run is publishing", "Dump again when it has ended")


def _in_order(place: Path) -> Iterator[bytes]:
    """The lines of `quads.nq` sorted, a part at a time in memory; the file itself is removed."""
    blank: defaultdict[bytes, list[bytes]] = defaultdict(list)
    parts: list[Path] = []

    def named(lines: Iterable[bytes]) -> Iterator[bytes]:
        for line in lines:
            if _HAS_BLANK.search(line):
                graph = _GRAPH.search(line)
                blank[graph[1] if graph else b""].append(line)
            else:
                yield line

    with (place / "quads.nq").open("rb") as quads:
        lines = named(quads)
        while part := sorted(islice(lines, _LINES_IN_MEMORY)):
            parts.append(place / f"part-{len(parts)}")
            parts[-1].write_bytes(b"".join(part))
    (place / "quads.nq").unlink()
    with ExitStack() as opened:
        files: list[Iterable[bytes]] = [
            cast("Iterable[bytes]", opened.enter_context(part.open("rb"))) for part in parts
        ]
        yield from heapq.merge(*files, sorted(_renamed(blank)))


def _renamed(blank: defaultdict[bytes, list[bytes]]) -> Iterator[bytes]:
    """Blank nodes are named within their graph, and so by it: no two graphs share one."""
    for graph, lines in blank.items():
        name = b"_:" + hashlib.sha256(graph).hexdigest()[:8].encode()
        for line in canonical_quads(b"".join(lines)):
            yield _BLANK.sub(name + rb"\1", line)


def _pack(lines: Iterable[bytes], path: Path) -> DumpFile:
    quads = 0
    # No time and no name in it: the same lines give the same bytes.
    with (
        path.open("wb") as file,
        gzip.GzipFile("", "wb", 6, cast(BinaryIO, file), mtime=0) as packed,
    ):
        for line in lines:
            packed.write(line)
            quads += 1
    with path.open("rb") as written:
        digest = hashlib.file_digest(written, "sha256").hexdigest()
    return DumpFile(path.name, quads, path.stat().st_size, digest)


def _only_in_first(first: Path, second: Path) -> Iterator[bytes]:
    """The lines of `first` that `second` has not; both are in order."""
    with gzip.open(first) as ours, gzip.open(second) as theirs:
        other = theirs.readline()
        for line in ours:
            while other and other < line:
                other = theirs.readline()
            if line != other:
                yield line


def _read(path: Path) -> Dump:
    said = json.loads(path.read_text(encoding="utf-8"))
    added, removed = (
        DumpFile(**said[name]) if said[name] else None for name in ("added", "removed")
    )
    return Dump(said["generation"], DumpFile(**said["full"]), said["previous"], added, removed)
