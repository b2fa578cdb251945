"""Files and folders: walked once, each file named once, with the metadata that lies beside it."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from amic_kg.errors import InputError, InvalidSetting, UnreadableInput, UnsupportedFormat
from amic_kg.ports import FeedMemory
from amic_kg.records import RawDocument, Unreadable, Withdrawn
from amic_kg_ingest.formats.sniffing import SUFFIXES, SUPPORTED
from amic_kg_ingest.sources import Surroundings
from amic_kg_ingest.sources.containers import CONTAINER_SUFFIX, unpack
from amic_kg_ingest.sources.declarations import WITHDRAW_MISSING, Declaration
from amic_kg_ingest.sources.missing import Walk, find_missing
from amic_kg_ingest.sources.sidecars import SIDECAR, parse_sidecar

OPTIONS = FILTER = None


def open_source(declaration: Declaration, surroundings: Surroundings) -> FileSource:
    """The file or folder at the declaration's address."""
    for table in (declaration.options.keys() - {WITHDRAW_MISSING}, declaration.filter):
        if table:
            raise InvalidSetting(
                declaration.name,
                f"sets '{min(table)}', which a source of files does not know",
                "Remove it",
            )
    withdraw = declaration.options.get(WITHDRAW_MISSING, False)
    if not isinstance(withdraw, bool):
        raise InvalidSetting(
            declaration.name, f"has {WITHDRAW_MISSING} = {withdraw!r}", "Say true or false"
        )
    return FileSource(
        [Path(declaration.address)],
        None if surroundings.dry else surroundings.settings.data.absolute() / "unpacked",
        surroundings.memory,
        withdraw=withdraw,
        withdraw_all=surroundings.withdraw_all,
        unsettled=surroundings.unsettled,
    )


class FileSource:
    """Files as given, and what is in the folders given: by name, hidden ones left out.

    A file that is named on its own is read whatever it is called; in a folder only the endings
    that can be documents are, and the others are reported as not read. With a folder `unpacked`,
    ZIP archives and PDFs with files in them give what they hold. With a `memory`, what they hold
    no more is withdrawn, and with `withdraw` what lay in files that are gone
    (`amic_kg_ingest.sources.missing`). Files named in `unsettled` are left for later.
    """

    name = "files"

    def __init__(
        self,
        paths: Sequence[Path],
        unpacked: Path | None = None,
        memory: FeedMemory | None = None,
        *,
        withdraw: bool = False,
        withdraw_all: bool = False,
        unsettled: frozenset[str] = frozenset(),
    ) -> None:
        self._paths = paths
        self._unpacked = unpacked
        self._memory = memory
        self._withdraw = withdraw
        self._withdraw_all = withdraw_all
        self._unsettled = unsettled
        self._met = Walk()
        self.expected: int | None = None
        self.left_out: Counter[str] = Counter()

    def documents(self) -> Iterator[RawDocument | Unreadable | Withdrawn]:
        self._met = Walk()
        found = list(self._found())
        self.expected = len(found)
        yield from found
        if self._memory is None:
            return
        missing = find_missing(
            self._met, self._memory, withdraw=self._withdraw, withdraw_all=self._withdraw_all
        )
        self.expected += len(missing.out)
        for identifier in missing.out:
            yield Withdrawn(self.name, identifier)
        if missing.refusal is not None:
            raise missing.refusal

    def settle(self) -> None:
        """Nothing to remember: the ledger knows each file's size and time."""

    def _found(self) -> Iterator[RawDocument | Unreadable]:
        met = self._met.met
        folders: set[tuple[int, int]] = set()
        for path in self._paths:
            for found in self._walk(path.absolute(), folders, given=True):
                if found.identifier not in met:
                    met[found.identifier] = found.path if isinstance(found, RawDocument) else None
                    yield found

    def _walk(
        self, path: Path, folders: set[tuple[int, int]], *, given: bool = False
    ) -> Iterator[RawDocument | Unreadable]:
        try:
            facts = path.stat()
            if stat.S_ISDIR(facts.st_mode):
                # A link that leads back up comes to a folder that was seen.
                if (facts.st_dev, facts.st_ino) in folders:
                    return
                folders.add((facts.st_dev, facts.st_ino))
                entries = sorted(path.iterdir())
        except OSError as error:
            self._met.closed.append(_text(path))
            yield self._unreadable(path, _os_error(path, error))
            return
        if stat.S_ISDIR(facts.st_mode):
            if given:
                self._met.folders.append(_text(path))
            if not entries:
                self._met.empty.append(_text(path))
            for entry in entries:
                if not entry.name.startswith(".") and not entry.name.endswith(SIDECAR):
                    yield from self._walk(entry, folders)
        elif _text(path) in self._unsettled:
            self._met.met[_text(path)] = None
            self.left_out["still being written"] += 1
        else:
            yield from self._file(path, facts.st_mode, given=given)

    def _file(self, path: Path, mode: int, *, given: bool) -> Iterator[RawDocument | Unreadable]:
        if not stat.S_ISREG(mode):
            kind = UnreadableInput if given else UnsupportedFormat
            cause = "is no regular file (a device, pipe or socket)"
            yield self._unreadable(path, kind(_text(path), cause, "Leave it out"))
        elif not given and not self._may_be_read(path):
            what = UnsupportedFormat(
                _text(path),
                f"has an ending that is not read ('{path.suffix}')",
                f"{SUPPORTED}; name the file itself to try it all the same",
            )
            yield self._unreadable(path, what)
        else:
            found = self._document(path)
            if isinstance(found, Unreadable) or self._unpacked is None:
                yield found
            else:
                whole = yield from unpack(found, self._unpacked)
                if whole:
                    self._met.looked_into.add(found.identifier)

    def _may_be_read(self, path: Path) -> bool:
        suffix = path.suffix.lower()
        archive = self._unpacked is not None and suffix == CONTAINER_SUFFIX
        return archive or suffix in SUFFIXES or _is_pdf_in_disguise(path)

    def _document(self, path: Path) -> RawDocument | Unreadable:
        sidecar = path.with_name(path.name + SIDECAR)
        try:
            metadata = parse_sidecar(sidecar.read_bytes, sidecar.name) if sidecar.is_file() else {}
        except InputError as error:
            # Not taken without it: it may say that the text must not be shown.
            return self._unreadable(path, error)
        return RawDocument(self.name, _text(path), path, metadata)

    def _unreadable(self, path: Path, error: InputError) -> Unreadable:
        return Unreadable(self.name, _text(path), error)


def _is_pdf_in_disguise(path: Path) -> bool:
    """Repositories hand out PDFs without an ending."""
    if path.suffix:
        return False
    try:
        with path.open("rb") as file:
            return file.read(5) == b"%PDF-"
    except OSError:
        return False


def _os_error(path: Path, error: OSError) -> UnreadableInput:
    if isinstance(error, FileNotFoundError):
        link = path.is_symlink()
        return UnreadableInput(
            _text(path),
            "is a link to nothing" if link else "does not exist",
            "Remove the link" if link else "Check the name",
        )
    remedy = "Make it readable for this user, or leave it out"
    if error.strerror and "symbolic links" in error.strerror:
        remedy = "Remove the link that leads back to itself"
    return UnreadableInput(_text(path), f"cannot be opened: {error.strerror}", remedy)


def _text(path: Path) -> str:
    """The path as text that can be stored: bytes that are not UTF-8 are written as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
