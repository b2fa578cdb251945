"""`amic-kg questions`: the competency questions listed, or one of them asked."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click
from rich.table import Table
from rich.text import Text

from amic_kg.errors import InvalidQuery
from amic_kg.inquiries import read_values
from amic_kg.iris import CANONICAL_BASE
from amic_kg.ports import GraphReader, QueryRequest
from amic_kg.questions import LANGUAGE, Question, find_question, load_questions
from amic_kg.settings import Settings
from amic_kg.terminal import errors, output, visible

if TYPE_CHECKING:
    from amic_kg.wiring import Services

_FORMATS = {
    "json": "application/sparql-results+json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
_EXTENTS = {"whole": "[green]in whole[/]", "part": "[yellow]in part[/]", "none": "[red]not yet[/]"}


@click.command(
    epilog="""\b
Examples:
  amic-kg questions                              all of them, and what is missing
  amic-kg questions 4 --lang fi                  ask number 4
  amic-kg questions 4 --set region=kainuu --set region="North Karelia" --format csv
  amic-kg questions 4 --sparql                   its SPARQL text

\b
A value that is an IRI may be given by its last part, or by its name in Finnish, English or
Swedish. Set a parameter several times to give it several values."""
)
@click.argument("number", type=int, required=False)
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="A parameter's value.")
@click.option("--lang", type=click.Choice(["fi", "en", "sv"]), default="en", show_default=True,
              help="Language of titles and of the names in the answer.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(list(_FORMATS)),
              help="Of the answer; a table to read when not given.")  # fmt: skip
@click.option("--sparql", "show_query", is_flag=True, help="Show the query, do not run it.")
@click.option("--json", "as_json", is_flag=True, help="The list, or the answer, as JSON.")
def questions(
    *,
    number: int | None,
    settings: tuple[str, ...],
    lang: str,
    form: str | None,
    show_query: bool,
    as_json: bool,
) -> None:
    """List the competency questions, or ask one of them over the published graph."""
    stored = load_questions()
    if number is None:
        if settings or form or show_query:
            raise click.UsageError("Name the question: amic-kg questions NUMBER …")
        _list(stored, lang, as_json=as_json)
        return
    question = find_question(stored, number)
    from amic_kg.wiring import open_services

    services = open_services(Settings.from_environment())
    try:
        query = question.query(_values(question, settings, lang, services))
        if show_query:
            click.echo(query, nl=False)
            return
        if question.missing:
            errors.print(f"Answered {_EXTENTS[question.extent]}: {visible(question.missing[lang])}")
        _ask(question, query, lang, "json" if as_json else form, services.graph)
    finally:
        services.close()


def _values(
    question: Question, settings: Sequence[str], lang: str, services: Services
) -> Mapping[str, Sequence[str]]:
    given: defaultdict[str, list[str]] = defaultdict(list)
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals:
            raise InvalidQuery(f"--set {setting}", "has no '='", "Write NAME=VALUE")
        given[name.strip()].append(value)
    for name, values in given.items():
        given[name] = list(read_values(question.parameter(name), values, services.vocabulary))
    if LANGUAGE not in given and any(p.name == LANGUAGE for p in question.parameters):
        given[LANGUAGE] = [lang]
    return given


def _ask(question: Question, query: str, lang: str, form: str | None, graph: GraphReader) -> None:
    accept = _FORMATS[form or "json"]
    answer = graph.answer(
        QueryRequest(query, {"rows": accept, "boolean": accept, "graph": "text/turtle"})
    )
    if not form:
        _show(question, json.loads(answer.body), lang)
        return
    sys.stdout.buffer.write(answer.body)
    if not answer.body.endswith(b"\n"):
        sys.stdout.buffer.write(b"\n")


def _show(question: Question, answer: Mapping[str, Mapping[str, Sequence[str]]], lang: str) -> None:
    columns, rows = answer["head"]["vars"], answer["results"]["bindings"]
    # Where a thing has its name in a column beside it, the name is enough to read.
    columns = [column for column in columns if f"{column}Label" not in columns]
    output.print(Text(f"{question.number}. {question.title[lang]}", style="bold"))
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for column in columns:
        table.add_column(column.removesuffix("Label"), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(row, column)) for column in columns))
    if rows:
        output.print(table)
    output.print(f"{len(rows)} row{'' if len(rows) == 1 else 's'}", style="dim")


def _cell(row: object, column: str) -> str:
    """The value of one variable; IRIs of ours without their base."""
    term = row.get(column) if isinstance(row, Mapping) else None
    if not isinstance(term, Mapping):
        return ""
    return visible(str(term["value"]).removeprefix(CANONICAL_BASE))


def _list(stored: Sequence[Question], lang: str, *, as_json: bool) -> None:
    if as_json:
        described = [_described(question, lang) for question in stored]
        click.echo(json.dumps(described, ensure_ascii=False, indent=2))
        return
    group = ""
    for question in stored:
        if question.group[lang] != group:
            group = question.group[lang]
            output.print(Text(f"\n{group}", style="bold"))
        output.print(f"{question.number:>3}  {question.title[lang]}  {_EXTENTS[question.extent]}")
        if question.missing:
            output.print(Text(f"     {question.missing[lang]}", style="dim"))
    output.print("\nAsk one: amic-kg questions 4 --set region=lappi", style="dim")


def _described(question: Question, lang: str) -> dict[str, object]:
    return {
        "number": question.number,
        "iri": question.iri,
        "group": question.group[lang],
        "title": question.title[lang],
        "comment": question.comment[lang],
        "answered": question.extent,
        "missing": question.missing.get(lang),
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.kind,
                "label": parameter.label[lang],
                "default": list(parameter.default),
                "many": parameter.many,
                "class": parameter.thing,
                "choices": list(parameter.choices),
            }
            for parameter in question.parameters
        ],
    }
