"""A folder, a zip or a single file to the tables in it; nothing is unpacked to disk."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from amic_kg.errors import DamagedDocument, InputError, LimitExceeded, UnreadableInput
from amic_kg_ingest.sources.cordis.columns import Table, table_of
from amic_kg_ingest.sources.cordis.rows import READERS, Broken, Row

_MOST_BYTES = 8_000_000_000
"""Unpacked, of one table: the largest that CORDIS publishes has a few hundred million."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file, or a member of a zip, that holds a table."""

    table: Table
    path: Path
    member: str = ""

    @property
    def name(self) -> str:
        return f"{self.path.name}/{self.member}" if self.member else self.path.name

    def rows(self) -> Iterator[Row | Broken]:
        """Raises the branches of InputError that say why the file gives no more rows."""
        read = READERS[_ending(self.member or self.path.name)]
        try:
            with self._open() as file:
                yield from read(file, self.name, self.table)
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
            raise DamagedDocument(
                self.name, f"cannot be unpacked to its end ({error})", "Download it again"
            ) from None
        except OSError as error:
            raise UnreadableInput(
                self.name, f"cannot be read: {error.strerror or error}", "Check the file"
            ) from None

    @contextmanager
    def _open(self) -> Iterator[IO[bytes]]:
        if not self.member:
            with self.path.open("rb") as file:
                yield file
            return
        with zipfile.ZipFile(self.path) as archive:
            if archive.getinfo(self.member).file_size > _MOST_BYTES:
                raise LimitExceeded(
                    self.name, "unpacks to more than 8 GB", "Check where it comes from"
                )
            with archive.open(self.member) as member:
                yield member


def find_tables(address: Path) -> tuple[list[TableFile], list[InputError]]:
    """The tables at `address` in a fixed order, and the zips that are none.

    Of a folder its own files are looked at, and zips in it; not the folders below. Raises
    UnreadableInput when there is nothing at `address`.
    """
    try:
        paths = sorted(address.iterdir()) if address.is_dir() else [address]
        if not address.is_dir():
            address.stat()
    except OSError as error:
        raise UnreadableInput(
            str(address),
            f"cannot be opened: {error.strerror}",
            "Download the tables of a framework programme from CORDIS, and give their folder",
        ) from None
    found: list[TableFile] = []
    faults: list[InputError] = []
    for path in paths:
        if path.suffix.lower() == ".zip":
            try:
                found.extend(_members(path))
            except (zipfile.BadZipFile, OSError) as error:
                faults.append(DamagedDocument(path.name, f"is no zip ({error})", "Get it again"))
        elif _ending(path.name) in READERS and (table := table_of(path.name)) is not None:
            found.append(TableFile(table, path))
    return found, faults


def _ending(name: str) -> str:
    # What servers give out as plain text has that ending on top.
    return Path(name.removesuffix(".txt")).suffix.lower()


def _members(path: Path) -> Iterator[TableFile]:
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            table = table_of(name)
            if _ending(name) in READERS and table is not None:
                yield TableFile(table, path, name)
