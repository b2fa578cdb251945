"""Record files in a source's folder: what documents without a file of their own are read from."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from pathlib import Path

from amic_kg.errors import ServiceUnavailable
from amic_kg.iris import slug
from amic_kg_ingest.formats.record import SUFFIX, record_bytes

_LONGEST_STEM = 80


def record_file(folder: Path, identifier: str) -> Path:
    """Where the record of `identifier` lies in the `folder` of its source."""
    # Two identifiers may differ in nothing that a slug keeps.
    digest = hashlib.sha256(identifier.encode()).hexdigest()[:8]
    return folder / "records" / f"{slug(identifier)[:_LONGEST_STEM]}-{digest}{SUFFIX}"


def write_record(
    folder: Path, identifier: str, record: Mapping[str, object], warnings: tuple[str, ...] = ()
) -> Path:
    """Whole or not at all; a file that says the same already keeps its time."""
    path, data = record_file(folder, identifier), record_bytes(record, warnings)
    try:
        if path.is_file() and path.read_bytes() == data:
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".part-", delete=False) as part:
            part.write(data)
        Path(part.name).replace(path)
    except OSError as error:
        raise ServiceUnavailable(
            f"Records cannot be written to {path.parent} ({error.strerror})",
            "Make room, or make it writable for this user",
        ) from error
    return path
