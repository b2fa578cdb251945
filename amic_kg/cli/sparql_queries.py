"""Twenty queries such as researchers ask of the graph: what `amic-kg bench --only sparql` times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from amic_kg.graph.terms import PREFIXES

Kind = Literal["look-up", "join", "aggregate", "heavy"]
"""`heavy`: tens of thousands of rows or triples, where writing the answer is most of the work."""


@dataclass(frozen=True, slots=True)
class TimedQuery:
    title: str
    kind: Kind
    body: str

    def text(self, document: str, base: str) -> str:
        """With its prefixes, which other servers do not know; about `document` where it asks."""
        declared = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
        vocabulary = f"PREFIX vocab: <{base}vocab/>\n"
        body = self.body.replace("DOCUMENT", f"<{document}>").replace("CONCEPT", _NICKEL)
        return declared + vocabulary + body.replace("BASE", base)


_NICKEL = "<BASEvocab/commodity/nickel>"
_EVIDENCE = (
    "?mention oa:hasBody CONCEPT ; oa:hasTarget ?target . "
    "?target oa:hasSource ?document ; oa:hasSelector ?page . "
    "?page rdf:value ?where ; oa:refinedBy ?quote . ?quote oa:exact ?exact"
)

SMALL = TimedQuery("what is said of one document", "look-up", "SELECT ?p ?o { DOCUMENT ?p ?o }")

QUERIES: tuple[TimedQuery, ...] = (
    SMALL,
    TimedQuery(
        "names of a concept", "look-up",
        "SELECT ?label { CONCEPT skos:prefLabel|skos:altLabel ?label }",
    ),
    TimedQuery(
        "is it mentioned", "look-up", "ASK { ?mention oa:hasBody CONCEPT }",
    ),
    TimedQuery(
        "documents on a concept, with titles", "join",
        "SELECT ?d ?title { ?d dcterms:subject CONCEPT ; dcterms:title ?title }",
    ),
    TimedQuery(
        "documents on a concept or a narrower one, by a path", "join",
        "SELECT DISTINCT ?d { ?d dcterms:subject/skos:broader* <BASEvocab/commodity/metals> }",
    ),
    TimedQuery(
        "the same, by the closure", "join",
        "SELECT DISTINCT ?d { ?d dcterms:subject/skos:broaderTransitive? "
        "<BASEvocab/commodity/metals> }",
    ),
    TimedQuery(
        "quotes of a concept, with pages", "join",
        f"SELECT ?document ?where ?exact {{ {_EVIDENCE} }}",
    ),
    TimedQuery(
        "what one document mentions, named", "join",
        "SELECT ?thing ?label { DOCUMENT schema:mentions ?thing . ?thing skos:prefLabel ?label }",
    ),
    TimedQuery(
        "concepts beside a concept, the most frequent", "aggregate",
        "SELECT ?other (COUNT(?d) AS ?n) { ?d dcterms:subject CONCEPT , ?other "
        "FILTER (?other != CONCEPT) } GROUP BY ?other ORDER BY DESC(?n) ?other LIMIT 20",
    ),
    TimedQuery(
        "documents of each kind and year", "aggregate",
        "SELECT ?kind ?year (COUNT(DISTINCT ?d) AS ?n) { ?d a ?kind ; mrdi:year ?year } "
        "GROUP BY ?kind ?year ORDER BY ?kind ?year",
    ),
    TimedQuery(
        "concepts by the number of their mentions", "aggregate",
        "SELECT ?thing (COUNT(*) AS ?n) { ?m oa:hasBody ?thing } "
        "GROUP BY ?thing ORDER BY DESC(?n) ?thing LIMIT 50",
    ),
    TimedQuery(
        "documents with a sure mention, by year", "aggregate",
        "SELECT ?year (COUNT(DISTINCT ?d) AS ?n) { ?m oa:hasBody CONCEPT ; mrdi:confidence ?c ; "
        "oa:hasTarget/oa:hasSource ?d . ?d mrdi:year ?year FILTER (?c >= 0.9) } "
        "GROUP BY ?year ORDER BY ?year",
    ),
    TimedQuery(
        "commodities that no document is on", "aggregate",
        "SELECT ?c { ?c a mrdi:Commodity FILTER NOT EXISTS { ?d dcterms:subject ?c } }",
    ),
    TimedQuery(
        "words of the quotes that hold a string", "aggregate",
        'SELECT ?exact (COUNT(*) AS ?n) { ?q oa:exact ?exact FILTER CONTAINS(LCASE(?exact), "min") '
        "} GROUP BY ?exact ORDER BY DESC(?n) ?exact LIMIT 100",
    ),
    TimedQuery(
        "statements with subject, property and value", "join",
        "SELECT ?s ?p ?o ?c { ?x a mrdi:Statement ; rdf:subject ?s ; rdf:predicate ?p ; "
        "rdf:object ?o ; mrdi:confidence ?c }",
    ),
    TimedQuery(
        "sites with commodities and geometry", "join",
        "SELECT ?site ?commodity ?wkt { ?site mrdi:hasCommodity ?commodity "
        "OPTIONAL { ?site geo:hasGeometry/geo:asWKT ?wkt } }",
    ),
    TimedQuery(
        "all names of all concepts", "heavy",
        "SELECT ?c ?label { ?c a skos:Concept ; skos:prefLabel|skos:altLabel ?label }",
    ),
    TimedQuery(
        "all mentions with document and page", "heavy",
        "SELECT ?thing ?document ?where { ?m oa:hasBody ?thing ; oa:hasTarget ?t . "
        "?t oa:hasSource ?document ; oa:hasSelector/rdf:value ?where }",
    ),
    TimedQuery(
        "all quotes with what stands around them", "heavy",
        "SELECT ?before ?exact ?after "
        "{ ?q oa:exact ?exact ; oa:prefix ?before ; oa:suffix ?after }",
    ),
    TimedQuery(
        "every annotation as a graph", "heavy",
        "CONSTRUCT { ?m oa:hasBody ?b ; oa:hasTarget ?t ; mrdi:confidence ?c } WHERE "
        "{ ?m oa:hasBody ?b ; oa:hasTarget ?t ; mrdi:confidence ?c }",
    ),
)  # fmt: skip
