"""`amic-kg vocab`: vocabularies of others beside ours: add, list, remove."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urlsplit

import click
from rich.table import Table

from amic_kg.errors import LimitExceeded, UnreadableInput
from amic_kg.external import ExternalVocabularies, ExternalVocabulary
from amic_kg.ontology import load_vocabulary
from amic_kg.settings import Settings
from amic_kg.terminal import output, visible
from amic_kg.wiring import vocabularies_folder

_LARGEST_BYTES = 200_000_000
_SECONDS = 120


@click.group(
    epilog="""\b
Examples:
  amic-kg vocab add keyword_v22.ttl --licence https://opensource.org/license/mit
  amic-kg vocab list"""
)
def vocab() -> None:
    """Load vocabularies of others (SKOS) beside ours, for matching and search."""


@vocab.command(
    epilog="""\b
Examples:
  amic-kg vocab add keyword_v22.ttl --licence https://opensource.org/license/mit --name egdi
  amic-kg vocab add https://example.org/thesaurus.rdf

\b
The file is checked whole (SKOS integrity, licence, no concept described twice) and loaded whole or
not at all. The next 'amic-kg ingest' reads the documents again with it."""
)
@click.argument("source")
@click.option("--name", help="Short name; from its title when not given.")
@click.option("--licence", help="Its terms of use, as an address; needed where the file has none.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for machines.")
def add(source: str, name: str | None, licence: str | None, as_json: bool) -> None:
    """Load a SKOS vocabulary from a file or an address (Turtle, RDF/XML, N-Triples, JSON-LD)."""
    external = ExternalVocabularies(vocabularies_folder(Settings.from_environment()))
    known = [entity.iri for entity in load_vocabulary()]
    with tempfile.TemporaryDirectory(prefix="amic-vocab-") as folder:
        path = Path(source).expanduser()
        if urlsplit(source).scheme in ("http", "https"):
            path = _fetch(source, Path(folder))
        loaded = external.add(path, source=source, known=known, name=name, licence=licence)
    if as_json:
        click.echo(json.dumps(asdict(loaded), ensure_ascii=False))
        return
    _show([loaded])
    for remark in loaded.remarks[:5]:
        output.print(f"[yellow]Remark:[/] {visible(remark)}", soft_wrap=True)
    if len(loaded.remarks) > 5:
        output.print(f"… and {len(loaded.remarks) - 5} more remarks ('--json' has all)")
    output.print(
        "Run 'amic-kg ingest' on your sources again: their documents are read anew with it."
    )


@vocab.command(name="list", epilog="""\b
Examples:
  amic-kg vocab list
  amic-kg vocab list --json""")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="As JSON, for machines.")
def list_loaded(as_json: bool) -> None:
    """Name the vocabularies that are loaded, with licence and source."""
    loaded = ExternalVocabularies(vocabularies_folder(Settings.from_environment())).list()
    if as_json:
        click.echo(json.dumps([asdict(one) for one in loaded], ensure_ascii=False, indent=2))
    elif loaded:
        _show(loaded)
    else:
        output.print("None is loaded beside ours. Load one with: amic-kg vocab add FILE")


@vocab.command(epilog="""\b
Examples:
  amic-kg vocab remove egdi""")  # fmt: skip
@click.argument("name")
def remove(name: str) -> None:
    """Take a loaded vocabulary out again; the next ingest takes it out of graph and index."""
    ExternalVocabularies(vocabularies_folder(Settings.from_environment())).remove(name)
    output.print(f"'{visible(name)}' is out. Run 'amic-kg ingest' on your sources again.")


def _show(loaded: list[ExternalVocabulary]) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("name", "title", "concepts", "labels", "licence", "added"):
        table.add_column(heading)
    for one in loaded:
        labels = ", ".join(f"{language} {count}" for language, count in one.labels.items() if count)
        table.add_row(one.name, one.title, f"{one.concepts:,}", labels, one.licence, one.added)
    output.print(table)


def _fetch(url: str, folder: Path) -> Path:
    """The file at `url`, which the operator named on the command line."""
    import httpx

    path = folder / (Path(urlsplit(url).path).name or "vocabulary.ttl")
    try:
        with httpx.stream("GET", url, follow_redirects=True, timeout=_SECONDS) as answer:
            answer.raise_for_status()
            size = 0
            with path.open("wb") as file:
                for chunk in answer.iter_bytes():
                    size += len(chunk)
                    if size > _LARGEST_BYTES:
                        raise LimitExceeded(url, "is larger than 200 MB", "Load it from a file")
                    file.write(chunk)
    except httpx.HTTPError as error:
        raise UnreadableInput(url, f"cannot be fetched ({error})", "Check the address") from None
    return path
