"""What the pages ask of the graph: few fixed queries, each from a constant outwards.

Everything is asked inside GRAPH, so that the answers do not depend on AMIC_DEFAULT_GRAPH.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from amic_kg.graph import terms
from amic_kg.ports import GraphReader, QueryAnswer, QueryForm, QueryRequest
from amic_kg_api.negotiate import ROWS_JSON, TURTLE, Format

MOST_MENTIONS = 5000
_MOST_QUOTES = 600

WORKS = "works"
"""The name of the graph that tells which documents are one work."""

_ROWS: Mapping[QueryForm, str] = {
    "rows": ROWS_JSON.media_type,
    "boolean": ROWS_JSON.media_type,
    "graph": TURTLE.media_type,
}

_PLACE = f"""
  ?target <{terms.OA}hasSelector> ?fragment .
  ?fragment <{terms.RDF}value> ?page ; <{terms.OA}refinedBy> ?quote , ?position .
  ?quote <{terms.OA}exact> ?exact ; <{terms.OA}prefix> ?prefix ; <{terms.OA}suffix> ?suffix .
  ?position <{terms.OA}start> ?start .
"""
_MENTION = f"?annotation <{terms.OA}hasBody> ?entity ; <{terms.OA}hasTarget> ?target . {_PLACE}"


class Term(NamedTuple):
    """A value of a result row: an IRI or blank node by `kind`, else a text with its language."""

    value: str
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a page that name an entity, with the words before and after."""

    document: str
    entity: str
    page: int
    start: int
    prefix: str
    exact: str
    suffix: str


class Fact(NamedTuple):
    predicate: str
    value: Term


class Drawn(NamedTuple):
    """A statement drawn from a text: `quote.document` is the graph it stands in."""

    predicate: str
    value: Term
    confidence: float
    accepted: bool
    quote: Quote


Row = Mapping[str, Term]


def table(body: bytes) -> tuple[list[str], list[Row]]:
    """Columns and rows of SPARQL results in JSON (https://www.w3.org/TR/sparql11-results-json/)."""
    parsed = json.loads(body)
    rows: list[Row] = [
        {
            name: Term(cell["value"], cell["type"], cell.get("xml:lang", ""))
            for name, cell in binding.items()
        }
        for binding in parsed["results"]["bindings"]
    ]
    return list(parsed["head"]["vars"]), rows


def ask(graph: GraphReader, query: str) -> list[Row]:
    return table(graph.answer(QueryRequest(query, _ROWS)).body)[1]


def subjects_of(graph: GraphReader, document: str, document_graph: str) -> list[str]:
    """The concepts that a document is about."""
    document, document_graph = terms.iri(document), terms.iri(document_graph)
    rows = ask(
        graph,
        f"SELECT ?subject {{ GRAPH {document_graph} "
        f"{{ {document} <{terms.DCTERMS}subject> ?subject }} }}",
    )
    return [row["subject"].value for row in rows if row["subject"].kind == "uri"]


def mentions_in(graph: GraphReader, document_graph: str, page: int | None = None) -> list[Quote]:
    """All quotes of a document, or of one page of it, in reading order."""
    on_page = f'VALUES ?page {{ "page={page}" }}' if page else ""
    rows = ask(
        graph,
        f"SELECT ?entity ?page ?start ?prefix ?exact ?suffix "
        f"{{ GRAPH {terms.iri(document_graph)} {{ {on_page} {_MENTION} }} }} LIMIT {MOST_MENTIONS}",
    )
    return sorted((_quote(row, document_graph) for row in rows), key=lambda q: (q.page, q.start))


def quotes_of(
    graph: GraphReader, entities: Iterable[str], document_graphs: Mapping[str, str]
) -> dict[str, list[Quote]]:
    """Quotes that name one of `entities`, by document; `document_graphs` maps key to graph."""
    if not document_graphs:
        return {}
    keys = {name: key for key, name in document_graphs.items()}
    rows = ask(
        graph,
        f"SELECT ?graph ?entity ?page ?start ?prefix ?exact ?suffix {{ "
        f"VALUES ?graph {{ {_names(keys)} }} VALUES ?entity {{ {_names(entities)} }} "
        f"GRAPH ?graph {{ {_MENTION} }} }} LIMIT {_MOST_QUOTES}",
    )
    found: dict[str, list[Quote]] = {}
    for row in rows:
        key = keys[row["graph"].value]
        found.setdefault(key, []).append(_quote(row, key))
    for quotes in found.values():
        quotes.sort(key=lambda quote: (quote.page, quote.start))
    return found


def facts_of(graph: GraphReader, thing: str) -> list[Fact]:
    """What is said of a thing by registry, vocabulary or a source's records: predicate, value.

    What was drawn from a text is no such fact: `statements_about` gives it with its sentence.
    """
    rows = ask(
        graph,
        f"SELECT DISTINCT ?predicate ?value {{ GRAPH ?graph {{ {terms.iri(thing)} ?predicate "
        f"?value FILTER NOT EXISTS {{ {_drawn(terms.iri(thing), '?predicate', '?value')} }} }} }} "
        f"LIMIT 1000",
    )
    return [Fact(row["predicate"].value, row["value"]) for row in rows]


def statements_about(graph: GraphReader, thing: str, number: int) -> list[Drawn]:
    """What texts say of a thing, each with the words that say so; the surest first.

    Statements that a curator rejected are left out, and subjects that are nodes of a document.
    """
    subject = terms.iri(thing)
    rows = ask(
        graph,
        f"SELECT ?graph ?predicate ?object ?confidence ?status ?page ?start ?prefix ?exact ?suffix "
        f"{{ GRAPH ?graph {{ {_drawn(subject, '?predicate', '?object')} "
        f"?drawn <{terms.MRDI}confidence> ?confidence ; <{terms.MRDI}reviewStatus> ?status ; "
        f"<{terms.MRDI}evidence> ?evidence . ?evidence <{terms.OA}hasTarget> ?target . {_PLACE} "
        f"FILTER (?status != <{terms.MRDI}status-rejected>) }} }} "
        f"ORDER BY DESC(?confidence) ?graph ?page ?start LIMIT {number}",
    )
    return [
        Drawn(
            row["predicate"].value,
            row["object"],
            float(row["confidence"].value),
            row["status"].value.endswith("status-accepted"),
            _quote({**row, "entity": Term(thing, "uri", "")}, row["graph"].value),
        )
        for row in rows
    ]


def _drawn(subject: str, predicate: str, value: str) -> str:
    """The pattern of a statement drawn from text."""
    return (
        f"?drawn <{terms.RDF}subject> {subject} ; <{terms.RDF}predicate> {predicate} ; "
        f"<{terms.RDF}object> {value} ."
    )


def facts_of_parts(graph: GraphReader, parts: Sequence[str]) -> dict[str, list[Fact]]:
    """The same for the parts of a thing: its geometry, the periods of its operators."""
    if not parts:
        return {}
    rows = ask(
        graph,
        f"SELECT ?part ?predicate ?value {{ VALUES ?part {{ {_names(parts)} }} "
        f"GRAPH ?graph {{ ?part ?predicate ?value }} }} LIMIT 1000",
    )
    found: dict[str, list[Fact]] = {}
    for row in rows:
        found.setdefault(row["part"].value, []).append(Fact(row["predicate"].value, row["value"]))
    return found


def who_points_at(
    graph: GraphReader, thing: str, predicates: Iterable[str], number: int
) -> list[tuple[str, str]]:
    """Predicate and IRI of named things that point at `thing`."""
    rows = ask(
        graph,
        f"SELECT DISTINCT ?predicate ?subject {{ VALUES ?predicate {{ {_names(predicates)} }} "
        f"GRAPH ?graph {{ ?subject ?predicate {terms.iri(thing)} "
        f"FILTER NOT EXISTS {{ {_drawn('?subject', '?predicate', terms.iri(thing))} }} }} }} "
        f"LIMIT {number}",
    )
    return [
        (row["predicate"].value, row["subject"].value)
        for row in rows
        if row["subject"].kind == "uri"
    ]


def labels_of(graph: GraphReader, things: Sequence[str]) -> dict[str, dict[str, str]]:
    """Preferred labels and titles by IRI and language."""
    if not things:
        return {}
    naming = "|".join(
        f"<{predicate}>"
        for predicate in (
            f"{terms.PREFIXES['skos']}prefLabel",
            f"{terms.PREFIXES['rdfs']}label",
            f"{terms.DCTERMS}title",
        )
    )
    # A path: with the predicates in VALUES the same takes forty times as long.
    rows = ask(
        graph,
        f"SELECT DISTINCT ?thing ?label {{ VALUES ?thing {{ {_names(things)} }} "
        f"GRAPH ?graph {{ ?thing {naming} ?label }} }} LIMIT 5000",
    )
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        label = row["label"]
        found.setdefault(row["thing"].value, {}).setdefault(label.language, label.value)
    return found


def thing_data(graph: GraphReader, thing: str, data_format: Format) -> QueryAnswer:
    """A thing's description: its own statements, its parts, and who is narrower."""
    skos = terms.PREFIXES["skos"]
    thing, below = terms.iri(thing), f"{thing}/"
    query = f"""
      CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH ?graph {{
        {{ BIND({thing} AS ?s) {thing} ?p ?o }}
        UNION {{ {thing} ?q ?s . ?s ?p ?o
                 FILTER(isBlank(?s) || STRSTARTS(STR(?s), "{below}")) }}
        UNION {{ VALUES ?p {{ <{skos}broader> <{skos}inScheme> <{skos}topConceptOf> }}
                 BIND({thing} AS ?o) ?s ?p {thing} }}
        UNION {{ VALUES ?link {{ <{skos}broader> <{skos}inScheme> }}
                 VALUES ?p {{ <{skos}prefLabel> }}
                 ?s ?link {thing} ; ?p ?o }}
        UNION {{ VALUES ?p {{ <{skos}prefLabel> }} {thing} <{skos}broader> ?s . ?s ?p ?o }}
      }} }}"""
    return _graph_answer(graph, query, data_format)


def graph_data(graph: GraphReader, name: str, data_format: Format) -> QueryAnswer:
    """All that one named graph says."""
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {terms.iri(name)} {{ ?s ?p ?o }} }}"
    return _graph_answer(graph, query, data_format)


def document_data(
    graph: GraphReader, document: str, graphs: tuple[str, str], data_format: Format
) -> QueryAnswer:
    """All that its own graph says, the first of `graphs`, and of the second what is about it."""
    subject, own, works = map(terms.iri, (document, *graphs))
    query = (
        f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {{ GRAPH {own} {{ ?s ?p ?o }} }} UNION "
        f"{{ GRAPH {works} {{ {subject} ?p ?o }} BIND ({subject} AS ?s) }} }}"
    )
    return _graph_answer(graph, query, data_format)


def graph_that_defines(graph: GraphReader, subject: str, kind: str) -> str | None:
    """The named graph in which `subject` has the type `kind`."""
    rows = ask(
        graph,
        f"SELECT ?graph {{ GRAPH ?graph {{ {terms.iri(subject)} a {terms.iri(kind)} }} }} LIMIT 1",
    )
    return rows[0]["graph"].value if rows else None


def _graph_answer(graph: GraphReader, query: str, data_format: Format) -> QueryAnswer:
    return graph.answer(QueryRequest(query, {**_ROWS, "graph": data_format.media_type}))


def _quote(row: Row, document: str) -> Quote:
    return Quote(
        document=document,
        entity=row["entity"].value,
        page=int(row["page"].value.removeprefix("page=")),
        start=int(row["start"].value),
        prefix=row["prefix"].value,
        exact=row["exact"].value,
        suffix=row["suffix"].value,
    )


def _names(iris: Iterable[str]) -> str:
    return " ".join(terms.iri(name) for name in iris)


def scheme_data(graph: GraphReader, scheme: str, data_format: Format) -> QueryAnswer:
    """A vocabulary: its own statements and those of all its concepts."""
    scheme, skos = terms.iri(scheme), terms.PREFIXES["skos"]
    query = f"""
      CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH ?graph {{
        {{ BIND({scheme} AS ?s) {scheme} ?p ?o }}
        UNION {{ ?s <{skos}inScheme> {scheme} ; ?p ?o }}
      }} }}"""
    return _graph_answer(graph, query, data_format)


def truth(body: bytes) -> bool:
    """The answer to an ASK query."""
    return bool(json.loads(body)["boolean"])
