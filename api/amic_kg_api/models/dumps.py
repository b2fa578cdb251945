"""What `/dump` gives to programs."""

from __future__ import annotations

from pydantic import BaseModel, Field

from amic_kg.graph.dumps import Dump, DumpFile


class DumpFileResponse(BaseModel):
    """A file of N-Quads, packed by gzip."""

    name: str
    address: str = Field(description="Where it is on this site")
    quads: int
    bytes: int = Field(description="Its size as it comes, packed")
    sha256: str = Field(description="Of the packed bytes")


class DumpResponse(BaseModel):
    """A generation of the graph; the changes are those since the generation `previous`."""

    generation: str
    full: DumpFileResponse
    previous: str | None
    added: DumpFileResponse | None
    removed: DumpFileResponse | None


class DumpsResponse(BaseModel):
    """Dumps that can be downloaded, the newest first; `published` is what queries see now."""

    published: str
    dumps: list[DumpResponse]


def dump_response(dump: Dump) -> DumpResponse:
    return DumpResponse(
        generation=dump.generation,
        full=_file(dump.full),
        previous=dump.previous,
        added=_file(dump.added) if dump.added else None,
        removed=_file(dump.removed) if dump.removed else None,
    )


def _file(file: DumpFile) -> DumpFileResponse:
    return DumpFileResponse(
        name=file.name,
        address=f"/dump/{file.name}",
        quads=file.quads,
        bytes=file.bytes,
        sha256=file.sha256,
    )
