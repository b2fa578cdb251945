"""A dry run: what of a source would be read, what is unchanged, what its filters leave out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.table import Table
from rich.text import Text

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
        count = 0
        for item in source.documents():
            count += 1
            if count <= _SHOWN:
                row = _row(item)
                table.add_row(*(Text(visible(str(row[key] or ""))) for key in _SHOWN_KEYS))
        output.print(Text(f"{declaration.title or declaration.name} ({declaration.kind})", "bold"))
        output.print(f"{count} would come" if count else "Nothing would come.")
        if count:
            output.print(table)
        if count > _SHOWN:
            output.print(f"… and {count - _SHOWN} more ('--json' has all)")
        if source.left_out:
            show_left_out(source.left_out)
        output.print("Nothing was stored.")


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
