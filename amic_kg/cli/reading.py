"""Commands that ask: `search` and `query`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from rich.text import Text

from amic_kg.errors import InvalidQuery, UnreadableInput
from amic_kg.ports import QueryForm, QueryRequest
from amic_kg.search import FoundPassage, Results
from amic_kg.settings import Settings
from amic_kg.terminal import output, visible
from amic_kg.wiring import open_services

_ROW_FORMATS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
_GRAPH_FORMATS = {
    "turtle": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}


@click.command(
    epilog="""\b
Examples:
  amic-kg search kaivosvesi
  amic-kg search '"mine closure" tailings' --lang en --size 5
  amic-kg search nikkeli --json | jq .hits[0].page"""
)
@click.argument("words", nargs=-1, required=True)
@click.option("--lang", type=click.Choice(["fi", "en", "sv"]), default="en", show_default=True,
              help="Your language: labels and reasons are given in it.")  # fmt: skip
@click.option(
    "--size", type=click.IntRange(1, 100), default=10, show_default=True, help="Documents."
)
@click.option("--json", "as_json", is_flag=True, help="As JSON, for machines.")
def search(words: tuple[str, ...], lang: str, size: int, as_json: bool) -> None:
    """Search the documents in Finnish, English and Swedish at once."""
    services = open_services(Settings.from_environment())
    try:
        # Dictionaries load here, so that the time told is that of the search.
        services.searcher.warm()
        results = services.searcher.search(" ".join(words), language=lang, size=size)
        if as_json:
            click.echo(json.dumps(_as_json(results, lang), ensure_ascii=False, indent=2))
        else:
            _show(results, lang)
    finally:
        services.close()


def _show(results: Results, lang: str) -> None:
    plural = "" if results.total == 1 else "s"
    output.print(f"[bold]{results.total}[/] document{plural} in {results.took_ms:.0f} ms")
    if results.relaxed:
        output.print("No document has every word; these have some of them.", style="italic")
    if results.suggestion:
        output.print(Text.assemble("Did you mean: ", (results.suggestion, "bold")))
    for number, found in enumerate(results.found, 1):
        output.print()
        record = found.document.record
        output.print(Text(f"{number}. {visible(record.title_in(lang))}", style="bold"))
        facts = " · ".join(str(x) for x in (record.kind, record.year, found.document.language) if x)
        output.print(Text(f"   {facts} · {visible(found.document.file_name)}", style="dim"))
        for passage in found.passages[:1]:
            line = Text(f"   p. {passage.page_label or passage.page}: ")
            for piece in passage.snippet:
                line.append(piece.text.replace("\n", " "), style="bold yellow" if piece.hit else "")
            output.print(line)
    if not results.found and not results.suggestion:
        output.print("Nothing found. Try fewer words; 'amic-kg status' shows what is in.")


def _as_json(results: Results, lang: str) -> dict[str, object]:
    return {
        "total": results.total,
        "took_ms": results.took_ms,
        "suggestion": results.suggestion,
        "hits": [
            {
                "key": found.document.key,
                "title": found.document.record.title_in(lang),
                "file": found.document.file_name,
                "language": found.document.language,
                "score": round(found.score, 4),
                "page": found.passages[0].page if found.passages else None,
                "snippet": _plain(found.passages[0]) if found.passages else "",
                "why": list(found.why),
            }
            for found in results.found
        ],
    }


def _plain(passage: FoundPassage) -> str:
    return "".join(piece.text for piece in passage.snippet)


@click.command(
    epilog="""\b
Examples:
  amic-kg query 'SELECT ?title { ?d dcterms:title ?title } LIMIT 5'
  amic-kg query --file question.rq --format csv > rows.csv
  echo 'ASK { ?s ?p ?o }' | amic-kg query -

\b
The prefixes mrdi, dcterms, dc, bibo, skos, oa, prov, schema, geo, rdf, rdfs and xsd are known."""
)
@click.argument("sparql", required=False)
@click.option("--file", "path", type=click.Path(path_type=Path), help="Read the query from a file.")
@click.option("--format", "form", type=click.Choice([*_ROW_FORMATS, *_GRAPH_FORMATS]),
              help="Of the output; tsv for rows and turtle for graphs when not given.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def query(sparql: str | None, path: Path | None, form: str | None, as_json: bool) -> None:
    """Run a SPARQL 1.1 query (SELECT, ASK, CONSTRUCT, DESCRIBE) over the published graph."""
    text = _query_text(sparql, path)
    form = "json" if as_json else form
    row_format = _ROW_FORMATS.get(form or "tsv", _ROW_FORMATS["tsv"])
    accept: dict[QueryForm, str] = {
        "rows": row_format,
        "boolean": row_format,
        "graph": _GRAPH_FORMATS.get(
            form or "turtle", _GRAPH_FORMATS["jsonld" if form == "json" else "turtle"]
        ),
    }
    services = open_services(Settings.from_environment())
    try:
        answer = services.graph.answer(QueryRequest(text, accept))
    finally:
        services.close()
    sys.stdout.buffer.write(answer.body)
    if not answer.body.endswith(b"\n"):
        sys.stdout.buffer.write(b"\n")


def _query_text(sparql: str | None, path: Path | None) -> str:
    if path is not None:
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UnreadableInput(
                str(path), f"cannot be read ({error})", "Name a UTF-8 file"
            ) from None
    if sparql == "-" or (sparql is None and not sys.stdin.isatty()):
        return sys.stdin.read()
    if not sparql:
        raise InvalidQuery(
            "the query", "is missing", "Give it as argument, with --file, or on stdin"
        )
    return sparql
