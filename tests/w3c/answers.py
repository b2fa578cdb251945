"""Results of queries in the formats of the suite, in a form in which equal ones are equal.

Equal means: the same bag of solutions, or the same sequence where the query orders them, up to the
names of blank nodes. Solutions are told as triples, so that RDFC-1.0 names the blank nodes
(https://www.w3.org/TR/rdf-canon/). Answers are read without the engine that wrote them, save TSV.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox

from tests.w3c.suite import RDF, Graph, parsed

XML = "application/sparql-results+xml"
JSON = "application/sparql-results+json"
TSV = "text/tab-separated-values"
CSV = "text/csv"

Term = ox.NamedNode | ox.BlankNode | ox.Literal

_RESULTS = "{http://www.w3.org/2005/sparql-results#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_COLUMN = "urn:column:"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_DECIMALS = frozenset(("decimal", "integer", "negativeInteger"))
_DECIMAL = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?|[+-]?\.[0-9]+")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Rows:
    variables: frozenset[str]
    solutions: tuple[Mapping[str, Term], ...]

    def told(self, *, ordered: bool) -> tuple[frozenset[str], list[str]]:
        """What is compared: the variables, and the solutions; numbers by value and datatype."""
        triples = []
        for number, solution in enumerate(self.solutions):
            row = ox.NamedNode(f"urn:row:{number}") if ordered else ox.BlankNode()
            triples.append(ox.Quad(row, ox.NamedNode(f"{RDF}type"), ox.NamedNode("urn:row")))
            triples.extend(
                ox.Quad(row, ox.NamedNode(f"{_COLUMN}{name}"), _by_value(term))
                for name, term in solution.items()
            )
        return self.variables, canonical(triples)


def _by_value(term: Term) -> Term:
    """Numbers and booleans in one lexical form each: the store keeps values, not digits."""
    if not isinstance(term, ox.Literal):
        return term
    name = term.datatype.value.removeprefix(_XSD)
    if name == "boolean":
        return ox.Literal(term.value in ("true", "1"))
    if name in ("float", "double"):
        return ox.Literal(repr(float(term.value)), datatype=term.datatype)
    if name in _DECIMALS and _DECIMAL.fullmatch(term.value):
        return ox.Literal(f"{Decimal(term.value).normalize():f}", datatype=term.datatype)
    return term


def canonical(quads: Iterable[ox.Quad]) -> list[str]:
    """Sorted lines, with blank nodes named by RDFC-1.0; a graph's name is not told."""
    dataset = ox.Dataset(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, dataset))


def expected(path: Path) -> Rows | bool | list[str]:
    """The result in a file of the suite; a list of lines is a graph."""
    match path.suffix:
        case ".srx":
            return answered(XML, path.read_bytes())
        case ".srj":
            return answered(JSON, path.read_bytes())
        case ".tsv":
            return answered(TSV, path.read_bytes())
        case ".csv":
            return answered(CSV, path.read_bytes())
    quads = list(parsed(path))
    if any(quad.object == ox.NamedNode(f"{_RS}ResultSet") for quad in quads):
        return _from_rdf(Graph(quads))
    return canonical(quads)


def answered(media_type: str, body: bytes) -> Rows | bool:
    match media_type:
        case "application/sparql-results+xml":
            return _from_xml(body)
        case "application/sparql-results+json":
            return _from_json(body)
        case "text/tab-separated-values":
            return _from_tsv(body)
    return _from_csv(body)


def _from_xml(body: bytes) -> Rows | bool:
    """https://www.w3.org/TR/rdf-sparql-XMLres/."""
    root = ET.fromstring(body)
    assert root.tag == f"{_RESULTS}sparql"
    boolean = root.find(f"{_RESULTS}boolean")
    if boolean is not None:
        assert boolean.text in ("true", "false")
        return boolean.text == "true"
    names = [each.attrib["name"] for each in root.findall(f"{_RESULTS}head/{_RESULTS}variable")]
    found = root.findall(f"{_RESULTS}results/{_RESULTS}result")
    return _rows(
        names, ({each.attrib["name"]: _xml_term(each[0]) for each in one} for one in found)
    )


def _xml_term(element: ET.Element) -> Term:
    text = element.text or ""
    if element.tag == f"{_RESULTS}literal":
        return _literal(text, element.get(_LANGUAGE), element.get("datatype"))
    assert element.tag in (f"{_RESULTS}uri", f"{_RESULTS}bnode")
    return ox.NamedNode(text) if element.tag == f"{_RESULTS}uri" else _blank(text)


def _from_json(body: bytes) -> Rows | bool:
    """https://www.w3.org/TR/sparql11-results-json/."""
    table = json.loads(body)
    if "boolean" in table:
        assert isinstance(table["boolean"], bool)
        return table["boolean"]
    found = table["results"]["bindings"]
    solutions = ({name: _json_term(term) for name, term in one.items()} for one in found)
    return _rows(table["head"]["vars"], solutions)


def _json_term(term: Mapping[str, str]) -> Term:
    if term["type"] in ("literal", "typed-literal"):
        return _literal(term["value"], term.get("xml:lang"), term.get("datatype"))
    assert term["type"] in ("uri", "bnode")
    return ox.NamedNode(term["value"]) if term["type"] == "uri" else _blank(term["value"])


def _from_tsv(body: bytes) -> Rows:
    """https://www.w3.org/TR/sparql11-results-csv-tsv/#tsv."""
    results = ox.parse_query_results(body, ox.QueryResultsFormat.TSV)
    assert isinstance(results, ox.QuerySolutions)
    names = [variable.value for variable in results.variables]
    return _rows(names, (_bound(names, solution) for solution in results))


def _bound(names: Sequence[str], solution: ox.QuerySolution) -> dict[str, Term]:
    terms = {name: solution[name] for name in names}
    return {
        name: term
        for name, term in terms.items()
        if isinstance(term, ox.NamedNode | ox.BlankNode | ox.Literal)
    }


def _from_csv(body: bytes) -> Rows:
    """https://www.w3.org/TR/sparql11-results-csv-tsv/#csv: strings alone are told.

    What begins with `_:` is a blank node; nothing is what is not bound.
    """
    names, *lines = csv.reader(io.StringIO(body.decode("utf-8"), newline=""))
    return _rows(
        names,
        (
            {name: _csv_term(cell) for name, cell in zip(names, line, strict=True) if cell}
            for line in lines
        ),
    )


def _csv_term(cell: str) -> Term:
    if cell.startswith("_:"):
        return _blank(cell.removeprefix("_:"))
    return ox.Literal(repr(float(cell)) if _NUMBER.fullmatch(cell) else cell)


def _from_rdf(graph: Graph) -> Rows:
    """Solutions told in RDF: https://www.w3.org/2001/sw/DataAccess/tests/result-set#."""
    (node,) = graph.of_class(f"{_RS}ResultSet")
    names = [each.value for each in graph.all(node, f"{_RS}resultVariable")]
    return _rows(names, _solutions(graph, node))


def _solutions(graph: Graph, node: ox.NamedNode | ox.BlankNode) -> Iterator[dict[str, Term]]:
    for solution in graph.all(node, f"{_RS}solution"):
        yield {
            graph.all(binding, f"{_RS}variable")[0].value: graph.all(binding, f"{_RS}value")[0]
            for binding in graph.all(solution, f"{_RS}binding")
        }


def _rows(names: Iterable[str], solutions: Iterable[Mapping[str, Term]]) -> Rows:
    rows = Rows(frozenset(names), tuple(solutions))
    assert all(solution.keys() <= rows.variables for solution in rows.solutions)
    return rows


def _literal(text: str, language: str | None, datatype: str | None) -> ox.Literal:
    if language:
        return ox.Literal(text, language=language)
    return ox.Literal(text, datatype=ox.NamedNode(datatype) if datatype else None)


def _blank(label: str) -> ox.BlankNode:
    return ox.BlankNode(label)
