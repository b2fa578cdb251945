"""A list within a ZIP archive: which member it is, and its copy on disk."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path, PurePosixPath

from amic_kg.errors import DamagedDocument, LimitExceeded, UnsupportedFormat
from amic_kg_ingest.formats.sniffing import ZIP_FAULTS

ENDINGS = (".csv", ".tsv", ".bib", ".ris", ".json", ".jsonl")
_PIECE = 1 << 20
_OFFICE = "[Content_Types].xml"
"""What Office documents have within: they are no archives of lists."""


def unpacked_list(archive: Path, member: str, folder: Path, megabytes: int) -> Path:
    """`archive` itself when it is none, else its list as a file in `folder`.

    `member` names it; when empty the archive has to hold one alone. Raises UnsupportedFormat,
    DamagedDocument and LimitExceeded (more than `megabytes` unpacked).
    """
    if not archive.is_file() or not zipfile.is_zipfile(archive):
        return archive
    try:
        with zipfile.ZipFile(archive) as opened:
            if _OFFICE in opened.namelist():
                return archive
            name = _chosen(archive, opened.namelist(), member)
            if opened.getinfo(name).file_size > megabytes * 1_000_000:
                raise LimitExceeded(
                    f"{archive.name}/{name}",
                    f"unpacks to more than {megabytes:,} MB",
                    "Check where it comes from, or raise AMIC_FILE_MEGABYTES",
                )
            folder.mkdir(parents=True, exist_ok=True)
            # No name of the archive reaches the disk.
            path = folder / f"list{PurePosixPath(name).suffix.lower()}"
            # The library gives no more than the size that was told.
            with opened.open(name) as source, path.open("wb") as target:
                shutil.copyfileobj(source, target, _PIECE)
            return path
    except ZIP_FAULTS as error:
        raise DamagedDocument(
            str(archive), f"cannot be unpacked ({error})", "Get it again"
        ) from None


def _chosen(archive: Path, names: list[str], member: str) -> str:
    if member:
        if member not in names:
            raise UnsupportedFormat(
                str(archive),
                f"holds no '{member}', but {_named(names)}",
                "Give member one of these",
            )
        return member
    # What macOS adds beside each member is none.
    lists = [
        name
        for name in names
        if name.lower().endswith(ENDINGS) and not name.startswith("__MACOSX/")
    ]
    if len(lists) != 1:
        raise UnsupportedFormat(
            str(archive),
            f"is an archive with {len(lists)} lists, not with one: {_named(lists or names)}",
            'Say which: member = "its name" below [options] of its declaration',
        )
    return lists[0]


def _named(names: list[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return (", ".join(names[:5]) or "nothing") + more
