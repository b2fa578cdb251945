"""What the reference says of sources: each kind with its settings, and those that are shipped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

Rows = Iterator[Sequence[str]]

MEANINGS: Mapping[str, str] = {
    "files": "Files and folders on disk: [how to ingest a folder](../how-to/ingest-a-folder.md).",
    "web": "Pages, lists of addresses and sitemaps: "
    "[how to ingest web pages](../how-to/ingest-web-pages.md).",
    "oai-pmh": "Repositories by OAI-PMH 2.0: "
    "[how to harvest a repository](../how-to/harvest-a-repository.md).",
    "cordis": "The tables of CORDIS; without a filter of its own it follows the shipped "
    "`cordis-raw-materials`: [how to import CORDIS](../how-to/import-cordis.md).",
    "records": "Lists as CSV, BibTeX, RIS, CSL-JSON or JSON lines: "
    "[how to import a list](../how-to/import-a-list.md).",
    "sparql": "Projects of a SPARQL endpoint by a CONSTRUCT query.",
}
"""What each kind brings; held by tests/docs."""


def declaration_rows() -> Rows:
    """Key, meaning and example of all that stands at the top of a declaration."""
    from amic_kg_ingest.sources.declarations import KEYS

    for name, (meaning, example) in KEYS.items():
        yield f"`{name}`", meaning, f"`{example}`"


def kinds() -> Iterator[tuple[str, Mapping[str, Rows]]]:
    """Each kind, with the rows of the tables that it knows."""
    from amic_kg_ingest.sources import tables_of
    from amic_kg_ingest.sources.declarations import KINDS
    from amic_kg_ingest.sources.options import settings_of

    for kind in KINDS:
        tables = zip(("options", "filter"), tables_of(kind), strict=True)
        yield (
            kind,
            {
                name: (
                    (f"`{x.name}`", x.type, x.default, x.meaning, f"`{x.name} = {x.example}`")
                    for x in settings_of(table)
                )
                for name, table in tables
                if table is not None
            },
        )


def shipped_rows() -> Rows:
    """Name, kind, title, address and settings of every declaration that is shipped."""
    from amic_kg_ingest.sources.declarations import declared_sources, shipped_folder

    folder = shipped_folder()
    for found in declared_sources([folder]).values():
        # Where the path of a declaration leads depends on the machine.
        address = f"<{found.address}>" if "://" in found.address else "a folder of yours"
        told = [f"`{name} = {str(value).lower()}`" for name, value in found.options.items()]
        told += [f"filter by `{name}` ({_size(value)})" for name, value in found.filter.items()]
        yield (
            f"`{found.name}`",
            f"[{found.kind}](#{found.kind})",
            found.title,
            address,
            ", ".join(told),
        )


def _size(value: object) -> str:
    return str(len(value)) if isinstance(value, list) else str(value)
