"""What of a folder's documents is no longer there, and how much of it may go at once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from amic_kg.errors import InputError, LimitExceeded, UnreadableInput
from amic_kg.ports import FeedMemory
from amic_kg.records import Location
from amic_kg_ingest.formats.sniffing import is_zip, package_kind

FEW = 5
SHARE = 0.2
"""More documents than FEW, and a larger part than SHARE of all, go only when that is meant: it may
be a disk that is not there."""


@dataclass(slots=True)
class Walk:
    """What a walk through folders has met; every path as an identifier."""

    folders: list[str] = field(default_factory=list)
    """Folders that were given and could be opened."""
    met: dict[str, Path | None] = field(default_factory=dict)
    """Documents with their files, and what could not be read or is left for later with None."""
    looked_into: set[str] = field(default_factory=set)
    """Containers that were taken apart: they hold no more than what was met."""
    closed: list[str] = field(default_factory=list)
    """What could not be opened: nothing is known of what lies below."""
    empty: list[str] = field(default_factory=list)
    """Folders in which nothing lies, not even a hidden file."""


@dataclass(frozen=True, slots=True)
class Missing:
    """`out`: identifiers to withdraw; `refusal` says why others, which are gone too, stay."""

    out: tuple[str, ...]
    refusal: InputError | None = None


def find_missing(
    walk: Walk, memory: FeedMemory, *, withdraw: bool, withdraw_all: bool = False
) -> Missing:
    """What the source has given before, and has no more.

    What has left a file that was looked into goes always. What lay in files that are gone goes
    only with `withdraw`: never from a folder that is empty or cannot be opened, and much of all
    at once only with `withdraw_all`. A document that lies elsewhere too is not lost with a place.
    """
    known = list(_known(memory, walk, withdraw=withdraw))
    opened = {
        name
        for met, path in walk.met.items()
        if path is not None and "#" in met
        for name in _around(met)
    }
    left = [place.identifier for place in known if _has_left(place.identifier, walk, opened)]
    if not withdraw:
        return Missing(tuple(left))
    gone = [place for place in known if _is_gone(place.identifier, walk)]
    emptied = [place for place in gone if _lies_in(place.identifier, walk.empty)]
    gone = [place for place in gone if not _lies_in(place.identifier, walk.empty)]
    going, of_all = _lost(walk, memory, gone, set(left))
    refusal: InputError | None = None
    if len(going) > FEW and len(going) > SHARE * of_all and not withdraw_all:
        gone = [place for place in gone if place.key not in going]
        refusal = LimitExceeded(
            _named(walk.folders),
            f"the files of {len(going):,} of its {of_all:,} documents are gone; so many at once "
            "are not taken out unasked, as a disk may not be there",
            "Look with --withdraw-all-missing --dry-run; if it is meant, leave out --dry-run",
        )
    elif emptied:
        held = {place.key or place.identifier for place in emptied}
        refusal = UnreadableInput(
            _named([name for name in walk.empty if _holds_any(name, emptied)]),
            f"is empty, but {len(held):,} documents came from there; they stay, as a disk may "
            "not be there",
            "If it is meant, put any file into the folder ('.keep' will do)",
        )
    return Missing((*left, *(place.identifier for place in gone)), refusal)


def _known(memory: FeedMemory, walk: Walk, *, withdraw: bool) -> Iterator[Location]:
    """Places that were not met: of documents that are in, and of failed ones, without a key."""
    if not walk.met and not withdraw:
        return
    for place in memory.places():
        if place.identifier not in walk.met:
            yield place
    for identifier in memory.failed():
        if identifier not in walk.met:
            yield Location("", identifier, "", "", 0, 0, "", "")


def _lost(
    walk: Walk, memory: FeedMemory, gone: Sequence[Location], left: set[str]
) -> tuple[set[str], int]:
    """Keys of documents that lie nowhere else in the source; how many it has in these folders."""
    going = {place.key for place in gone} - {""}
    leaving = left | {place.identifier for place in gone}
    moved = _new_contents(walk, memory, {place.size for place in gone if place.key})
    below: set[str] = set()
    for place in memory.places():
        if _lies_in(place.identifier, walk.folders):
            below.add(place.key)
        if place.identifier not in leaving or place.sha256 in moved:
            going.discard(place.key)
    return going, len(below)


def _new_contents(walk: Walk, memory: FeedMemory, sizes: set[int]) -> set[str]:
    """SHA-256 of what lies at a place that is not known yet, if its size is one of `sizes`."""
    if not sizes:
        return set()
    new = {name: path for name, path in walk.met.items() if path is not None}
    for known in memory.known():
        new.pop(known, None)
    return {digest for path in new.values() if (digest := _digest(path, sizes)) is not None}


def _has_left(identifier: str, walk: Walk, opened: set[str]) -> bool:
    """The file that held it is there, can be opened, and does not hold it any more.

    `opened` are the containers of what was met, those within others too.
    """
    if identifier in walk.looked_into:
        # Once a document itself, now nothing but what it holds.
        return True
    container = _container(identifier)
    if container in walk.looked_into:
        if not _is_whole(Path(container)):
            return False
    elif not _holds_nothing(walk.met.get(container)):
        return False
    within = list(_around(identifier))[1:]
    others = [name for name in within if name in walk.met and name not in opened]
    return all(_holds_nothing(walk.met[name]) for name in others) and _is_nowhere(identifier)


def _around(identifier: str) -> Iterator[str]:
    """The containers that a member may lie in, the file on disk first."""
    container, _, fragment = identifier.rpartition("#")
    yield container
    parts = fragment.split("/")
    for number in range(1, len(parts)):
        yield f"{container}#{'/'.join(parts[:number])}"


def _holds_nothing(path: Path | None) -> bool:
    """A whole document without files in it; False for what may be a damaged container."""
    from amic_kg_ingest.formats.pdf_attachments import may_hold_files

    if path is None:
        return False
    try:
        if is_zip(path):
            return package_kind(path, path.name) is not None
        return _is_whole(path) and not may_hold_files(path)
    except (OSError, InputError):
        return False


def _is_whole(path: Path) -> bool:
    """A ZIP file, which is not opened without its end, or a PDF with its own (ISO 32000-1,
    7.5.5): what is salvaged of a torn PDF may be less than it held.
    """
    try:
        with path.open("rb") as file:
            head = file.read(1024)
            file.seek(max(0, path.stat().st_size - 1024))
            return is_zip(path) or (b"%PDF-" in head and b"%%EOF" in file.read())
    except OSError:
        return False


def _is_gone(identifier: str, walk: Walk) -> bool:
    container = _container(identifier)
    return (
        _lies_in(identifier, walk.folders)
        and container not in walk.met
        and container not in walk.looked_into
        and not _lies_in(identifier, walk.closed)
        and _is_nowhere(identifier)
        and (not container or _is_nowhere(container))
    )


def _container(identifier: str) -> str:
    """The file in which a member lies: fragments hold no '#'."""
    return identifier.rpartition("#")[0]


def _is_nowhere(identifier: str) -> bool:
    """False also where the file system does not tell."""
    try:
        os.lstat(identifier)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False


def _lies_in(identifier: str, folders: Iterable[str]) -> bool:
    return any(identifier.startswith(folder.rstrip("/") + "/") for folder in folders)


def _holds_any(folder: str, places: Iterable[Location]) -> bool:
    return any(_lies_in(place.identifier, [folder]) for place in places)


def _digest(path: Path, sizes: set[int]) -> str | None:
    try:
        if path.stat().st_size not in sizes:
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _named(folders: list[str]) -> str:
    return folders[0] if len(folders) == 1 else f"{folders[0]} and {len(folders) - 1} more"
