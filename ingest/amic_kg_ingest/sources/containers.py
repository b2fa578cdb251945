"""Documents within documents: ZIP archives, PDF portfolios, attachments of PDFs."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Generator, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from amic_kg import errors
from amic_kg.errors import (
    DamagedDocument,
    EncryptedDocument,
    InputError,
    LimitExceeded,
    UnsupportedFormat,
)
from amic_kg.records import RawDocument, Unreadable
from amic_kg_ingest.formats.packages import is_bomb
from amic_kg_ingest.formats.sniffing import SUFFIXES, SUPPORTED, ZIP_FAULTS, is_zip, package_kind
from amic_kg_ingest.sources.sidecars import SIDECAR, parse_sidecar

CONTAINER_SUFFIX = ".zip"

_LAYOUT = 1
"""Other when members would be laid out or named otherwise: what was unpacked is unpacked anew."""
_OF_THE_WHOLE = frozenset(("title", "identifier", "abstract"))
"""Metadata that would be wrong of a part: two documents of one DOI would be one."""
_MAY_HIDE_MORE = {DamagedDocument.__name__, LimitExceeded.__name__}
"""What cannot be opened may hold members that were there before."""
_NAME_BYTES = 120


@dataclass(frozen=True, slots=True)
class UnpackingLimits:
    """What one container may hold: members, megabytes unpacked, containers within each other."""

    members: int = 10_000
    megabytes: int = 2_000
    depth: int = 2


@dataclass(frozen=True, slots=True)
class _Member:
    """`path` within the container, `file` on disk below its folder; or why it cannot be had."""

    path: str
    file: str = ""
    metadata: Mapping[str, object] = field(default_factory=dict)
    error: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class _Contents:
    """`itself`: the file is a document of its own, beside its members."""

    itself: bool
    members: tuple[_Member, ...] = ()


_STANDARD = UnpackingLimits()


def unpack(
    raw: RawDocument, folder: Path, limits: UnpackingLimits = _STANDARD
) -> Generator[RawDocument | Unreadable, None, bool]:
    """`raw` itself, or the documents within it, unpacked into `folder`; each in a fixed order.

    A member's identifier is that of the container with the member's path as fragment (RFC 3986,
    section 3.5). What is unchanged since the last time stays as it lies in `folder`. Returns
    whether `raw` was taken apart to its end: then it holds no more than what was given.
    """
    try:
        contents = _contents(raw, folder, limits)
    except OSError:
        # What is wrong with the file is said where it is read.
        yield raw
        return False
    except InputError as error:
        yield Unreadable(raw.source, raw.identifier, error)
        # An archive without documents has been read to its end.
        return isinstance(error, UnsupportedFormat)
    if contents.itself:
        yield raw
    given = dict(raw.metadata)
    if contents.itself or sum(member.error is None for member in contents.members) > 1:
        given = {key: value for key, value in given.items() if key not in _OF_THE_WHOLE}
    for member in contents.members:
        identifier = f"{raw.identifier}#{_fragment(member.path)}"
        if member.error is None:
            path = folder / _place(raw) / member.file
            yield RawDocument(raw.source, identifier, path, {**given, **member.metadata})
        else:
            yield Unreadable(raw.source, identifier, _error(identifier, member.error))
    errors_within = {member.error[0] for member in contents.members if member.error is not None}
    return bool(contents.members) and not errors_within & _MAY_HIDE_MORE


def _place(raw: RawDocument) -> str:
    return hashlib.sha256(f"{raw.source}\n{raw.identifier}".encode()).hexdigest()[:32]


def _contents(raw: RawDocument, folder: Path, limits: UnpackingLimits) -> _Contents:
    """From the note of the last time where the file is unchanged, else by looking into it."""
    archive = is_zip(raw.path)
    if not archive and not _is_pdf(raw.path):
        return _Contents(itself=True)
    place = folder / _place(raw)
    note = place.with_suffix(".json")
    facts = raw.path.stat()
    state = [_LAYOUT, facts.st_size, facts.st_mtime_ns, asdict(limits)]
    if (known := _noted(note, state)) is not None:
        return known
    shutil.rmtree(place, ignore_errors=True)
    note.unlink(missing_ok=True)
    unpacking = _Unpacking(place, limits)
    itself = unpacking.open(raw.path, raw.identifier, "", 1)
    if not itself and not unpacking.members:
        raise UnsupportedFormat(raw.identifier, "is a ZIP archive without documents", SUPPORTED)
    contents = _Contents(itself, tuple(unpacking.members))
    folder.mkdir(parents=True, exist_ok=True)
    fresh = note.with_suffix(".new")
    fresh.write_text(json.dumps({"state": state, **asdict(contents)}), encoding="utf-8")
    fresh.replace(note)
    return contents


def _noted(note: Path, state: list[object]) -> _Contents | None:
    try:
        kept = json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if kept["state"] != state:
        return None
    members = tuple(
        _Member(each["path"], each["file"], each["metadata"], each["error"] and (*each["error"],))
        for each in kept["members"]
    )
    place = note.with_suffix("")
    if not all((place / member.file).is_file() for member in members if member.error is None):
        return None
    return _Contents(kept["itself"], members)


class _Unpacking:
    """One container being unpacked into `place`, with all containers within it."""

    def __init__(self, place: Path, limits: UnpackingLimits) -> None:
        self.members: list[_Member] = []
        self._place = place
        self._limits = limits
        self._bytes = limits.megabytes * 1_000_000
        self._files = 0
        self._made = 0

    def open(self, path: Path, name: str, prefix: str, depth: int) -> bool:
        """Add what is in the file at `path`; whether it is a document itself.

        Raises InputError for an archive that is damaged within, or beyond the limits.
        """
        # Imported at need: a run over texts loads no PDF engine.
        from amic_kg_ingest.formats.pdf_attachments import may_hold_files

        if is_zip(path):
            if not _is_archive(path, name):
                return True
            if depth > self._limits.depth:
                cause = f"is a container within {self._limits.depth} others"
                raise LimitExceeded(name, cause, "Unpack the outer ones")
            self._zip(path, name, prefix, depth)
            return False
        if depth <= self._limits.depth and _is_pdf(path) and may_hold_files(path):
            return not self._pdf(path, prefix, depth)
        return True

    def _zip(self, path: Path, name: str, prefix: str, depth: int) -> None:
        try:
            with zipfile.ZipFile(path) as archive:
                infos = [info for info in archive.infolist() if not info.is_dir()]
                self._refuse_size(infos, name)
                named = list(_paths(infos))
                sidecars = {base: info for _, base, info in named if base.endswith(SIDECAR)}
                for inner, base, info in named:
                    if base not in sidecars:
                        beside = sidecars.get(base + SIDECAR)
                        self._take(archive, info, beside, prefix + inner, depth)
        except ZIP_FAULTS as error:
            raise DamagedDocument(
                name, f"its ZIP structure is broken ({error})", "Get the file again from its source"
            ) from None

    def _refuse_size(self, infos: list[zipfile.ZipInfo], name: str) -> None:
        self._files += len(infos)
        if self._files > self._limits.members:
            cause = f"holds more than {self._limits.members:,} files"
            raise LimitExceeded(name, cause, "Unpack it and ingest the folder")
        unpacked = sum(info.file_size for info in infos)
        packed = sum(info.compress_size for info in infos) or 1
        if is_bomb(unpacked, packed, self._bytes):
            cause = f"would unpack from {packed:,} to {unpacked:,} bytes, like a ZIP bomb"
            raise LimitExceeded(name, cause, "If it is honest, unpack it and ingest the folder")
        self._bytes -= unpacked

    def _take(
        self,
        archive: zipfile.ZipFile,
        info: zipfile.ZipInfo,
        beside: zipfile.ZipInfo | None,
        path: str,
        depth: int,
    ) -> None:
        try:
            _refuse_kind(path, info)
            file = self._new_file(path)
            metadata = _sidecar(archive, beside) if beside is not None else {}
            try:
                with archive.open(info) as packed, file.open("wb") as unpacked:
                    shutil.copyfileobj(packed, unpacked, 1 << 20)
            except ZIP_FAULTS as error:
                cause = f"cannot be unpacked ({error})"
                raise DamagedDocument(path, cause, "Get the archive again") from None
            _refuse_ending(path, file)
            self._settle(file, path, metadata, depth)
        except InputError as error:
            self._fail(path, error)

    def _pdf(self, path: Path, prefix: str, depth: int) -> bool:
        """Whether the pages are nothing but the cover of a portfolio."""
        from amic_kg_ingest.formats.pdf_attachments import write_attachments

        loose = self._place / "loose"
        shutil.rmtree(loose, ignore_errors=True)
        loose.mkdir(parents=True)
        found = write_attachments(path, loose, self._bytes // 1_000_000)
        waiting = []
        names = _distinct([name for name, _ in found.files])
        for (inner, _), (_, file) in zip(names, found.files, strict=True):
            if inner:
                target = self._new_file(prefix + inner)
                (loose / file).replace(target)
                self._bytes -= target.stat().st_size
                waiting.append((target, prefix + inner))
        shutil.rmtree(loose, ignore_errors=True)
        for target, inner in waiting:
            try:
                _refuse_ending(inner, target)
                self._settle(target, inner, {}, depth)
            except InputError as error:
                self._fail(inner, error)
        for name, cause in found.lost:
            inner = prefix + ("/".join(_parts(name)) or "attachment")
            self._fail(inner, DamagedDocument(inner, cause, "Save it as a file of its own"))
        return found.cover_only and bool(self.members)

    def _settle(self, file: Path, path: str, metadata: dict[str, object], depth: int) -> None:
        """A file taken out is a document, a container, or both."""
        at = len(self.members)
        try:
            itself = self.open(file, path, f"{path}/", depth + 1)
        except InputError:
            file.unlink(missing_ok=True)
            raise
        if itself:
            kept = file.relative_to(self._place).as_posix()
            self.members.insert(at, _Member(path, kept, metadata))
        else:
            file.unlink()

    def _new_file(self, path: str) -> Path:
        """A place of its own for each: nothing of the name but its last part reaches the disk."""
        folder = self._place / str(self._made)
        self._made += 1
        folder.mkdir(parents=True)
        return folder / _file_name(path)

    def _fail(self, path: str, error: InputError) -> None:
        self.members.append(_Member(path, error=(type(error).__name__, error.cause, error.remedy)))


def _is_archive(path: Path, name: str) -> bool:
    """A package that is broken or of another kind is for its reader to refuse."""
    try:
        return package_kind(path, name) is None
    except InputError:
        return False


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return b"%PDF-" in file.read(1024)


def _refuse_kind(path: str, info: zipfile.ZipInfo) -> None:
    if (info.external_attr >> 16) & 0o170000 == 0o120000:
        raise UnsupportedFormat(path, "is a link", "Put the file itself into the archive")
    if info.flag_bits & 1:
        raise EncryptedDocument(
            path, "is protected by a password", "Pack it without one and ingest it again"
        )
    _refuse_ending(path)


def _refuse_ending(path: str, file: Path | None = None) -> None:
    """By the ending; without one, by the `file` once it is there: it may be a PDF."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in SUFFIXES or suffix == CONTAINER_SUFFIX:
        return
    if suffix or (file is not None and not _is_pdf(file)):
        raise UnsupportedFormat(path, f"has an ending that is not read ('{suffix}')", SUPPORTED)


def _sidecar(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> dict[str, object]:
    def read() -> bytes:
        try:
            return archive.read(info)
        except ZIP_FAULTS as error:
            raise OSError(str(error)) from None

    return parse_sidecar(read, PurePosixPath(info.filename).name)


def _paths(infos: list[zipfile.ZipInfo]) -> Iterator[tuple[str, str, zipfile.ZipInfo]]:
    """Members by their paths, hidden ones left out; two of one path are told apart, then it."""
    distinct = _distinct([_decoded(info) for info in infos])
    for (path, base), info in zip(distinct, infos, strict=True):
        if path:
            yield path, base, info


def _decoded(info: zipfile.ZipInfo) -> str:
    """Many programs write UTF-8 without the flag that says so (APPNOTE 6.3.9, appendix D)."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _distinct(names: list[str]) -> Iterator[tuple[str, str]]:
    """For each name a path that no other has, and the path it has; both empty for hidden ones."""
    seen: set[str] = set()
    for name in names:
        parts = _parts(name)
        if not parts or any(part.startswith(".") or part == "__MACOSX" for part in parts):
            yield "", ""
            continue
        base = path = "/".join(parts)
        number = 1
        while path in seen:
            number += 1
            suffix = PurePosixPath(base).suffix
            path = f"{base.removesuffix(suffix)} ({number}){suffix}"
        seen.add(path)
        yield path, base


def _parts(name: str) -> list[str]:
    """No root, no drive, no way up, no control characters."""
    parts = (re.sub(r"[\x00-\x1f\x7f]", "", part) for part in re.split(r"[/\\]", name))
    return [part for part in parts if not re.fullmatch(r"\.{0,2}|[A-Za-z]:", part)]


def _file_name(path: str) -> str:
    """What the document will be called: the last part of its path, short enough for any disk."""
    name = PurePosixPath(path).name
    suffix = PurePosixPath(name).suffix[:10]
    stem = name.removesuffix(suffix).encode()[:_NAME_BYTES].decode(errors="ignore")
    return f"{stem}{suffix}"


def _fragment(path: str) -> str:
    """As RFC 3986 allows it; letters beyond ASCII stay, as RFC 3987 has it."""
    return "".join(
        part if part.isalnum() else quote(part, safe="/?:@!$&'()*+,;=-._~")
        for part in re.split(r"(\W)", path)
    )


def _error(identifier: str, kept: tuple[str, str, str]) -> InputError:
    kind: type[InputError] = getattr(errors, kept[0])
    return kind(identifier, kept[1], kept[2])
