"""The answer to a competency question as a table in words: names for IRIs, links to pages."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from amic_kg.graph.terms import XSD
from amic_kg.ontology import Vocabulary
from amic_kg.ports import GraphReader
from amic_kg_api import graph_facts, names
from amic_kg_api.addresses import Address, SiteMap
from amic_kg_api.graph_facts import Quote, Row
from amic_kg_api.thing_view import in_context
from amic_kg_api.translations import Words

_NUMBERS = ("integer", "decimal", "double", "float", "gYear")
_NAMED_BY = {"document": "title", "item": "label", "otherRegion": "otherLabel"}
"""Columns whose names stand in a column that is not called after them."""
# A spreadsheet would take such a cell for a formula and run it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a reader sees; `iri` is what it stands for, `link` where it leads on this site."""

    text: str
    language: str = ""
    iri: str = ""
    link: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """`headings` are texts for the catalogues; every row has a cell for each."""

    columns: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def plain_rows(body: bytes) -> list[dict[str, str | int | float | bool | None]]:
    """The rows of SPARQL results in JSON as plain values; numbers and truth values as such."""
    parsed = json.loads(body)
    columns = parsed["head"]["vars"]
    return [
        {column: _plain(binding.get(column)) for column in columns}
        for binding in parsed["results"]["bindings"]
    ]


def labels_in(
    rows: Sequence[Row], graph: GraphReader, vocabulary: Vocabulary, language: str
) -> dict[str, str]:
    """Names of the IRIs in the rows, as far as vocabulary or graph have one."""
    iris = {term.value for row in rows for term in row.values() if term.kind == "uri"}
    known = {iri: entity.label(language) for iri in iris if (entity := vocabulary.get(iri))}
    asked = graph_facts.labels_of(graph, sorted(iris - known.keys()))
    for iri, by_language in asked.items():
        known[iri] = by_language.get(language) or next(iter(by_language.values()))
    return dict(sorted(known.items()))


def answer_table(
    columns: Sequence[str],
    rows: Sequence[Row],
    labels: Labels,
    words: Words,
    site: SiteMap,
) -> AnswerTable:
    """One column for a thing and its name."""
    naming = {
        column: name
        for column in columns
        if (name := _NAMED_BY.get(column, f"{column}Label")) in columns
    }
    shown = [column for column in columns if column not in naming.values()]
    return AnswerTable(
        tuple(shown),
        tuple(names.COLUMNS.get(column, column) for column in shown),
        tuple(
            tuple(_cell(row, (column, naming.get(column)), labels, words, site) for column in shown)
            for row in rows
        ),
    )


def spreadsheet(table: AnswerTable, words: Words) -> bytes:
    """CSV as spreadsheets open it: UTF-8 with its mark, headings in words, IRIs beside names.

    https://www.rfc-editor.org/rfc/rfc4180
    """
    things = [any(row[place].iri for row in table.rows) for place in range(len(table.columns))]
    written = io.StringIO()
    writer = csv.writer(written)
    heads = [words.text(heading) for heading in table.headings]
    writer.writerow(
        text
        for head, thing in zip(heads, things, strict=True)
        for text in ((head, f"{head} (IRI)") if thing else (head,))
    )
    for row in table.rows:
        writer.writerow(
            _harmless(text)
            for cell, thing in zip(row, things, strict=True)
            for text in ((cell.text, cell.iri) if thing else (cell.text,))
        )
    return written.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    if text.startswith(_FORMULA) and not text.removeprefix("-").replace(".", "", 1).isdigit():
        return f"'{text}"
    return text


def _cell(
    row: Row, column: tuple[str, str | None], labels: Labels, words: Words, site: SiteMap
) -> Cell:
    """The cell of a variable and of the one that names it."""
    variable, naming = column
    term, name = row.get(variable), row.get(naming) if naming else None
    if term is None:
        return Cell(name.value, name.language) if name else Cell("")
    if term.kind == "uri":
        text = name.value if name else _name_of(term.value, labels, words)
        language = name.language if name else ""
        path = site.path_of(term.value)
        local = term.value.rpartition("#")[0].endswith("ontology")
        return Cell(text, language, term.value, None if local else path)
    if variable == "page" and (document := row.get("document")):
        # To the page itself, with the words marked where the row quotes some.
        key = document.value.rpartition("/")[2]
        address = Address(site.page(key, int(term.value)))
        quoted = row.get("words")
        if quoted:
            address = replace(address.adding("q", f'"{quoted.value}"'), fragment="quote")
        return Cell(term.value, link=str(address))
    if term.value in ("true", "false") and not term.language:
        return Cell(words.text(names.TRUTH[term.value]))
    if variable == "language":
        return Cell(words.name_of_language(term.value))
    if variable == "context" and (quoted := row.get("words")):
        term = term._replace(value=_in_whole_words(term.value, quoted.value))
    return Cell(term.value, term.language)


def _in_whole_words(context: str, quoted: str) -> str:
    """The words around a quote without those that were cut off by length."""
    before, words, after = context.partition(quoted)
    if not words:
        return context
    pieces = in_context(Quote("", "", 0, 0, before, words, after))
    return "".join(piece.text for piece in pieces)


def _name_of(iri: str, labels: Labels, words: Words) -> str:
    if iri in labels:
        return labels[iri]
    local = names.local_name(iri)
    known = names.TYPES.get(local) or names.PREDICATES.get(iri)
    return words.text(known) if known else names.short_iri(iri)


def _plain(binding: Mapping[str, str] | None) -> str | int | float | bool | None:
    if binding is None:
        return None
    value = binding["value"]
    datatype = binding.get("datatype", "").removeprefix(XSD)
    if datatype == "boolean":
        return value in ("true", "1")
    if datatype in _NUMBERS:
        try:
            return int(value)
        except ValueError:
            return float(value)
    return value
