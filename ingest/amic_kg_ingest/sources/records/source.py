"""RecordsSource: a list of publications, read from its beginning in every run."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePath

from amic_kg.errors import DamagedDocument, EmptyInput, InputError
from amic_kg.records import RawDocument, Unreadable, Withdrawn
from amic_kg_ingest.sources import Surroundings
from amic_kg_ingest.sources.declarations import Declaration
from amic_kg_ingest.sources.filters import Filter
from amic_kg_ingest.sources.left_out import LeftOut, title_of
from amic_kg_ingest.sources.records import bibtex, csl_json, delimited, ris
from amic_kg_ingest.sources.records.archives import unpacked_list
from amic_kg_ingest.sources.records.documents import ListDocuments
from amic_kg_ingest.sources.records.entries import Broken, CountList, Entry, ReadList
from amic_kg_ingest.sources.records.options import Format, Options
from amic_kg_ingest.sources.records.texts import (
    ListText,
    looks_like_bibtex,
    looks_like_json,
    looks_like_ris,
)
from amic_kg_ingest.sources.remote_tables import is_remote, local_copy
from amic_kg_ingest.sources.topics import find_concepts

_BROKEN = "records broken"
_READERS: dict[Format, tuple[ReadList, CountList]] = {
    "csv": (delimited.read, delimited.count),
    "bibtex": (bibtex.read, bibtex.count),
    "ris": (ris.read, ris.count),
    "json": (csl_json.read, csl_json.count),
}

Given = RawDocument | Unreadable | Withdrawn


class RecordsSource:
    """Gives each entry that is wanted, and names each that is broken with its line.

    What the filter no longer wants is taken back. What has left the list stays, unless the option
    `withdraw_missing` says otherwise: a list is often that of one year. Nothing is taken back while
    the list has broken entries, for one of them may be what is missed.
    """

    def __init__(self, declaration: Declaration, surroundings: Surroundings, today: date) -> None:
        self.name = declaration.name
        self.left_out = LeftOut()
        remote = is_remote(declaration.address)
        self._address = declaration.address if remote else str(Path(declaration.address).absolute())
        options = Options.of(declaration.options, declaration.name)
        # What a list from elsewhere names are files of another machine.
        self._options = replace(options, files=False) if remote else options
        self._filter = Filter.of(declaration.filter, declaration.name)
        self._around = surroundings
        self._today = today
        self._count: int | None = None
        self._broken: list[str] = []

    @property
    def expected(self) -> int | None:
        return None if self._count is None else max(self._count - self.left_out.total(), 0)

    def documents(self) -> Iterator[Given]:
        """Raises InputError when the file as a whole is no list, or breaks off."""
        with ExitStack() as stack:
            path = Path(self._address)
            if is_remote(self._address):
                path = stack.enter_context(local_copy(self._address, self._around))
            passing = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="amic-list-")))
            try:
                megabytes = self._around.settings.file_megabytes
                list_ = unpacked_list(path, self._options.member, passing, megabytes)
                if list_ != path:
                    self._options = replace(self._options, files=False)
                yield from self._entries(list_)
            except InputError as error:
                # Named by where the list lies, not by our copy of it.
                raise type(error)(self._address, error.cause, error.remedy) from None

    def _entries(self, path: Path) -> Iterator[Given]:
        text = ListText.of(path)
        read, count = _READERS[self._options.format or recognise(text, self._options)]
        self._count = count(text, self._options)
        if self._count == 0:
            # Nor is everything withdrawn for a list that was not exported in full.
            raise EmptyInput(self._address, "is a list without entries", "Export it again")
        memory = self._around.memory
        known = {*memory.known(), *memory.due()}
        given: set[str] = set()
        documents = ListDocuments(
            self.name,
            path,
            self._options,
            self._around.folder,
            self._today,
            self._around.dry,
        )
        for item in read(text, self._options):
            made = (
                self._document(item, documents, known)
                if isinstance(item, Entry)
                else self._broken_one(item)
            )
            if made is not None:
                given.add(made.identifier)
                yield made
        yield from self._withdrawn(known - given)

    def settle(self) -> None:
        """Broken entries are remembered: once mended, their failures are taken back."""
        if not self._around.dry:
            self._around.memory.remember(_BROKEN, json.dumps(self._broken))

    def _document(self, entry: Entry, documents: ListDocuments, known: set[str]) -> Given | None:
        description = documents.describe(entry)
        if "title" not in description.metadata:
            return self._broken_one(Broken(entry.line, "begins an entry without a title"))
        identifier = documents.identifier(entry, description)
        reason = self._filter.leaves_out(description.metadata, find_concepts)
        if reason is None:
            return documents.document(identifier, entry, description)
        if identifier in known:
            return Withdrawn(self.name, identifier)
        self.left_out.add(reason, title_of(description.metadata.get("title")))
        return None

    def _broken_one(self, broken: Broken) -> Unreadable:
        identifier = f"{self._address}:{broken.line}"
        self._broken.append(identifier)
        error = DamagedDocument(
            PurePath(self._address).name, f"line {broken.line} {broken.cause}", broken.remedy
        )
        return Unreadable(self.name, identifier, error)

    def _withdrawn(self, missing: set[str]) -> Iterator[Withdrawn]:
        kept: list[str] = json.loads(self._around.memory.recall(_BROKEN) or "[]")
        mended = [identifier for identifier in kept if identifier not in self._broken]
        gone = set(mended)
        if self._options.withdraw_missing and not self._broken:
            gone |= missing
        for identifier in sorted(gone):
            yield Withdrawn(self.name, identifier)


def recognise(text: ListText, options: Options) -> Format:
    """By what the file begins with; its ending is not asked."""
    if looks_like_ris(text.head):
        return "ris"
    if looks_like_json(text.head):
        return "json"
    if looks_like_bibtex(text.head) and not delimited.is_delimited(text, options):
        return "bibtex"
    return "csv"
