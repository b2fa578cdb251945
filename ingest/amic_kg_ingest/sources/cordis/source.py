"""CORDIS as a source: its tables read twice, first for which projects are wanted, then for them."""

from __future__ import annotations

import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from amic_kg.errors import (
    DamagedDocument,
    InputError,
    InvalidSetting,
    ServiceUnavailable,
    UnreadableInput,
    UnsupportedFormat,
)
from amic_kg.records import RawDocument, Unreadable, Withdrawn
from amic_kg_ingest.sources import Surroundings
from amic_kg_ingest.sources.cordis.choosing import Rules
from amic_kg_ingest.sources.cordis.columns import TABLES, Table
from amic_kg_ingest.sources.cordis.documents import (
    Metadata,
    call_document,
    deliverable_document,
    project_document,
    publication_document,
)
from amic_kg_ingest.sources.cordis.joined import JoinedRows
from amic_kg_ingest.sources.cordis.rows import Broken, Row
from amic_kg_ingest.sources.cordis.tables import TableFile, find_tables
from amic_kg_ingest.sources.declarations import (
    Declaration,
    read_declaration,
    shipped_folder,
)
from amic_kg_ingest.sources.options import names, setting
from amic_kg_ingest.sources.record_files import record_file, write_record
from amic_kg_ingest.sources.remote_tables import is_remote, local_copy

SHIPPED_RULES = "cordis-raw-materials.toml"

_DECIDING: frozenset[Table] = frozenset(("project", "organization", "topics", "euroSciVoc"))
"""Tables that the rules look at."""
_OF_A_PROJECT: tuple[Table, ...] = tuple(x for x in TABLES if x != "call")
_TELLING: Mapping[Table, str] = {
    "project": "titles, objectives, dates and budgets",
    "organization": "coordinators and partners",
    "topics": "topics of calls",
    "euroSciVoc": "fields of science",
}

Given = RawDocument | Unreadable | Withdrawn


@dataclass(frozen=True, slots=True)
class Options:
    """The table `[options]` of a declaration."""

    deliverables: bool = setting("whether deliverables become documents too", "false", True)
    publications: bool = setting("whether publications become documents too", "false", True)

    @classmethod
    def of(cls, table: Mapping[str, object], where: str) -> Options:
        """Raises InvalidSetting, which names the option."""
        known = names(cls)
        for name, value in table.items():
            if name not in known:
                raise InvalidSetting(
                    where, f"has the unknown option '{name}'", f"Use {', '.join(known)}"
                )
            if not isinstance(value, bool):
                raise InvalidSetting(f"{where}, {name}", "is neither true nor false", "Say which")
        return cls(**table)  # type: ignore[arg-type]

    @property
    def tables(self) -> tuple[Table, ...]:
        """Which results of projects become documents."""
        wanted: tuple[tuple[Table, bool], ...] = (
            ("deliverables", self.deliverables),
            ("publications", self.publications),
        )
        return tuple(table for table, asked in wanted if asked)


def open_source(declaration: Declaration, surroundings: Surroundings) -> CordisSource:
    """The tables at the declaration's address: a folder, a zip, one file, or a URL of these two.

    Without rules of its own it follows those on raw materials that are shipped.
    """
    if not declaration.filter:
        shipped = read_declaration(shipped_folder() / SHIPPED_RULES)
        declaration = replace(declaration, filter=shipped.filter)
    return CordisSource(declaration, surroundings)


class CordisSource:
    """Projects as documents, and their deliverables and publications, if they are wanted too.

    What was given and is no longer in the tables, or no longer wanted, is withdrawn, but only when
    the table of projects was read without a fault: half a download takes nothing away.
    """

    def __init__(self, declaration: Declaration, surroundings: Surroundings) -> None:
        self.name = declaration.name
        self.left_out: Counter[str] = Counter()
        self._address = declaration.address
        self._around = surroundings
        self._rules = Rules.of(declaration.filter, declaration.name)
        self._results = Options.of(declaration.options, declaration.name).tables
        self._planned: int | None = None
        self._told = 0
        self._seen: set[str] = set()
        self._sound = False
        """Whether the table of projects was there, and whole."""
        self._titled = False

    @property
    def expected(self) -> int | None:
        """Once the tables are read; what could not be read of them counts too."""
        return None if self._planned is None else self._planned + self._told

    def documents(self) -> Iterator[Given]:
        if not is_remote(self._address):
            yield from self._documents(Path(self._address))
            return
        with local_copy(self._address, self._around) as path:
            yield from self._documents(path)

    def _documents(self, address: Path) -> Iterator[Given]:
        files, faults = find_tables(address)
        if not files and not faults:
            raise UnreadableInput(
                self._address,
                "holds no table of CORDIS (project, organization, topics, euroSciVoc …)",
                "Download a framework programme as CSV or JSON, and give its folder or zip",
            )
        for fault in faults:
            yield self._unreadable(fault.subject, fault)
        self._sound = not faults and any(file.table == "project" for file in files)
        try:
            with tempfile.TemporaryDirectory(prefix="amic-cordis-") as folder:
                joined = JoinedRows(Path(folder) / "joined.sqlite")
                try:
                    yield from self._note(files, joined)
                    yield from self._keep(files, joined)
                    self.left_out.update(joined.left_out())
                    yield from self._missing(files)
                    yield from self._projects(joined)
                    yield from self._calls(joined)
                finally:
                    joined.close()
        except sqlite3.Error as error:
            raise ServiceUnavailable(
                f"The tables of CORDIS cannot be joined ({error})",
                "Make room in the folder for temporary files (TMPDIR)",
            ) from error
        yield from self._gone()

    def settle(self) -> None:
        """Nothing to remember: the ledger knows each document."""

    def _note(self, files: list[TableFile], joined: JoinedRows) -> Iterator[Given]:
        """Which projects there are, and which of them are wanted."""
        for file in files:
            if not self._decides(file):
                continue
            for item in self._rows(file, tell=True):
                if isinstance(item, Unreadable):
                    yield item
                    continue
                table, project, row = item
                self._titled |= table == "project" and "title" in row
                wanted = self._rules.open or self._rules.wants(table, row)
                out = self._rules.leaves_out(row) if table == "project" else None
                joined.note(project, wanted=wanted, out=out)

    def _keep(self, files: list[TableFile], joined: JoinedRows) -> Iterator[Given]:
        """All that the tables say of the wanted."""
        for file in files:
            for item in self._rows(file, tell=not self._decides(file)):
                if isinstance(item, Unreadable):
                    yield item
                    continue
                table, project, row = item
                if table == "call":
                    if self._rules.open or self._rules.wants(table, row):
                        joined.keep("", table, row)
                    else:
                        self.left_out["calls on another topic"] += 1
                elif joined.is_wanted(project):
                    joined.keep(project, table, row)
        self._planned = (
            joined.count_wanted()
            + joined.count("call")
            + sum(joined.count(table) for table in self._results)
        )

    def _decides(self, file: TableFile) -> bool:
        return file.table in _DECIDING or (self._rules.open and file.table != "call")

    def _rows(
        self, file: TableFile, *, tell: bool
    ) -> Iterator[tuple[Table, str, Row] | Unreadable]:
        """Rows with their table and project; with `tell` also what is broken."""
        try:
            for row in file.rows():
                if isinstance(row, Broken):
                    self._sound &= file.table != "project"
                    if tell:
                        yield self._broken(file, row)
                    continue
                for table, part in _spread(file.table, row):
                    yield table, str(part.get("id" if table == "project" else "project", "")), part
        except InputError as error:
            self._sound &= file.table != "project"
            if tell:
                yield self._unreadable(file.name, error)

    def _broken(self, file: TableFile, row: Broken) -> Unreadable:
        lines = f"line {row.first}" if row.first == row.last else f"lines {row.first}–{row.last}"
        where = f"{file.name}, {lines}"
        error = DamagedDocument(
            where, row.cause, "Mend the row, or download the table again; the rest was read"
        )
        return self._unreadable(where, error)

    def _unreadable(self, identifier: str, error: InputError) -> Unreadable:
        self._seen.add(identifier)
        self._told += 1
        return Unreadable(self.name, identifier, error)

    def _missing(self, files: list[TableFile]) -> Iterator[Unreadable]:
        """What the tables leave untold, in one remark; it is no fault of the run."""
        there = {file.table for file in files}
        if there == {"call"}:
            return
        lacking = [
            f"{told} (table {table})"
            for table, told in _TELLING.items()
            if (table not in there if table != "project" else not self._titled)
        ]
        if lacking:
            cause = f"the tables of CORDIS are not complete: without {', '.join(lacking)}"
            remark = UnsupportedFormat(self._address, cause, "Add the files that are missing")
            yield self._unreadable(self._address, remark)

    def _projects(self, joined: JoinedRows) -> Iterator[RawDocument]:
        for number in joined.wanted():
            parts = {table: joined.rows(number, table) for table in _OF_A_PROJECT}
            yield self._document(*project_document(number, parts))
            if "deliverables" in self._results:
                for row in parts["deliverables"]:
                    yield self._document(*deliverable_document(number, parts, row))
            if "publications" in self._results:
                for row in parts["publications"]:
                    yield self._document(*publication_document(number, parts, row))

    def _calls(self, joined: JoinedRows) -> Iterator[RawDocument]:
        for row in joined.rows("", "call"):
            yield self._document(*call_document(row))

    def _document(self, identifier: str, metadata: Metadata) -> RawDocument:
        self._seen.add(identifier)
        folder = self._around.folder
        if self._around.dry:
            path = record_file(folder, identifier)
        else:
            # The things go with the metadata: the text of the record is what is searched.
            told = {key: value for key, value in metadata.items() if key != "things"}
            path = write_record(folder, identifier, told)
        return RawDocument(self.name, identifier, path, metadata)

    def _gone(self) -> Iterator[Withdrawn]:
        memory = self._around.memory
        before = [*memory.due(), *(memory.known() if self._sound else ())]
        for identifier in dict.fromkeys(before):
            if identifier not in self._seen:
                yield Withdrawn(self.name, identifier)


def _spread(table: Table, row: Row) -> Iterator[tuple[Table, Row]]:
    """A row, and those of other tables that are nested in it, as some exports in JSON have them."""
    yield table, {key: value for key, value in row.items() if not isinstance(value, list)}
    if table != "project":
        return
    number = row["id"]
    for topic in _listed(row, "topics"):
        told = topic if isinstance(topic, dict) else {"code": topic}
        if told.get("code"):
            yield (
                "topics",
                {"project": number, **{k: str(told.get(k) or "") for k in ("code", "title")}},
            )
    for field in _listed(row, "euroSciVoc"):
        if isinstance(field, str):
            yield "euroSciVoc", {"project": number, "path": field}


def _listed(row: Row, key: str) -> list[object]:
    value = row.get(key)
    return value if isinstance(value, list) else []
