"""A dry run: what of a source would be read, what is unchanged, what its filters leave out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.table import Table
from rich.text import Text

from amic_kg.errors import InputError
from amic_kg.ports import Source
from amic_kg.records import RawDocument, Unreadable, Withdrawn
from amic_kg.terminal import output, visible
from amic_kg_ingest.reporting import show_left_out
from amic_kg_ingest.sources.declarations import Declaration
from amic_kg_ingest.sources.left_out import examples_of

_SHOWN = 50


def preview_as_json(previews: Iterable[tuple[Declaration, Source]]) -> list[dict[str, object]]:
    """One object a source: its documents, and how many records were left out, why, and which."""
    return [
        {
            "source": declaration.name,
            "kind": declaration.kind,
            "documents": [_row(item) for item in source.documents()],
            "left_out": dict(source.left_out),
            "left_out_examples": dict(examples_of(source.left_out)),
        }
        for declaration, source in previews
    ]


def show_preview(previews: Iterable[tuple[Declaration, Source]]) -> None:
    for declaration, source in previews:
        table = Table(box=None, padding=(0, 2, 0, 0))
        for heading in ("document", "title", "year", "kind"):
            table.add_column(heading, overflow="fold")
        count = going = 0
        refusal: InputError | None = None
        try:
            for item in source.documents():
                row = _row(item)
                if row["state"] == "withdrawn":
                    going += 1
                    row["title"] = "would be taken out"
                count += 1
                if count <= _SHOWN:
                    table.add_row(*(Text(visible(str(row[key] or ""))) for key in _SHOWN_KEYS))
        except InputError as error:
            refusal = error
        output.print(Text(f"{declaration.title or declaration.name} ({declaration.kind})", "bold"))
        coming = count - going
        output.print(f"{coming} would come" if coming else "Nothing would come.")
        if going:
            output.print(f"{going} would be taken out")
        if count:
            output.print(table)
        if count > _SHOWN:
            output.print(f"… and {count - _SHOWN} more ('--json' has all)")
        if source.left_out:
            show_left_out(source.left_out)
        output.print("Nothing was stored.")
        if refusal is not None:
            # Said last: what comes all the same stands above it.
            raise refusal


_SHOWN_KEYS = ("identifier", "title", "issued", "type")


def _row(item: RawDocument | Unreadable | Withdrawn) -> dict[str, object]:
    row: dict[str, object] = {"identifier": item.identifier, "state": "comes"}
    metadata: Mapping[str, object] = {}
    if isinstance(item, Withdrawn):
        row["state"] = "withdrawn"
    elif isinstance(item, Unreadable):
        row |= {"state": "cannot be read", "error": str(item.error)}
    else:
        metadata = item.metadata
    for key in ("title", "issued", "type"):
        value = metadata.get(key)
        row[key] = next(iter(value.values()), None) if isinstance(value, Mapping) else value
    return row
