"""The endpoint described in RDF, as a CONSTRUCT query: the store lists its own graphs.

https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

from starlette.requests import Request

from amic_kg.graph.ownership import GENERATION_GRAPH
from amic_kg.graph.sparql_search import MOST_SEARCHES, SEARCH, SEARCH_SERVICE, TERMS
from amic_kg.graph.terms import iri, text
from amic_kg.settings import Settings
from amic_kg_api.dataset_version import version_of
from amic_kg_api.services import services_of

_DOCUMENT_GRAPHS_LISTED = 1000
_ROWS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_READ = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")
_GRAPHS = (*_READ, "TriG", "N-Quads")


def description_query(request: Request) -> str:
    """The query whose answer is the service description; its formats are those of any graph."""
    services = services_of(request)
    settings, iris = services.settings, services.iris
    endpoint = _endpoint(request, iris.base)
    service, dataset = f"{endpoint[:-1]}#service>", f"{endpoint[:-1]}#dataset>"
    documents = iris.graph("document/")
    return f"""
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
PREFIX formats: <http://www.w3.org/ns/formats/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX schema: <https://schema.org/>
CONSTRUCT {{
  {service} a sd:Service ;
    sd:endpoint {endpoint} ;
    sd:supportedLanguage {_languages(settings)} ;
    sd:resultFormat {_formats((*_ROWS, *_GRAPHS))} ;
    {_inputs(settings)}
    {_features(settings)}
    sd:defaultEntailmentRegime <http://www.w3.org/ns/entailment/Simple> ;
    sd:defaultDataset {dataset} ;
    dcterms:title "AMIC-KG SPARQL endpoint"@en ;
    rdfs:comment {text(_limits(settings), "en")} .
  {_search()}
  {dataset} a sd:Dataset ;
    schema:version {text(version_of(request))} ;
    sd:defaultGraph {dataset[:-1]}-default> ;
    sd:namedGraph ?named .
  {dataset[:-1]}-default> a sd:Graph ; rdfs:comment {text(_default_graph(settings), "en")} .
  ?named a sd:NamedGraph ; sd:name ?graph .
}}
WHERE {{
  {{ SELECT ?graph {{ GRAPH ?graph {{}} FILTER(!STRSTARTS(STR(?graph), {text(documents)})
                      && ?graph != <{GENERATION_GRAPH}>) }} }}
  UNION
  {{ SELECT ?graph {{ GRAPH ?graph {{}} FILTER(STRSTARTS(STR(?graph), {text(documents)})) }}
     LIMIT {_DOCUMENT_GRAPHS_LISTED} }}
  UNION {{}}
  BIND(IRI(CONCAT({text(dataset[1:-1])}, "-", ENCODE_FOR_URI(STR(?graph)))) AS ?named)
}}"""


def _endpoint(request: Request, base: str) -> str:
    """The address that was asked, as the specification has it (section 2)."""
    try:
        return iri(f"{request.base_url}sparql")
    except ValueError:  # a Host header may hold anything
        return iri(f"{base}sparql")


def _languages(settings: Settings) -> str:
    return "sd:SPARQL11Query" + (", sd:SPARQL11Update" if settings.update_key else "")


def _formats(names: tuple[str, ...]) -> str:
    return ", ".join(f"formats:{name}" for name in names)


def _inputs(settings: Settings) -> str:
    return f"sd:inputFormat {_formats(_READ)} ;" if settings.update_key else ""


def _features(settings: Settings) -> str:
    union = ", sd:UnionDefaultGraph" if settings.default_graph == "union" else ""
    return f"sd:feature {iri(SEARCH_SERVICE)}{union} ;"


def _search() -> str:
    """The feature of our own, with its terms (section 3.2.3: a feature is a resource)."""
    service = iri(SEARCH_SERVICE)
    told = (
        f"SERVICE {service} is answered by the search box over the same collection: a query may "
        f"hold {MOST_SEARCHES} of them. SERVICE search: says the same; search: is {iri(SEARCH)}."
    )
    terms = " ".join(
        f"{iri(SEARCH + name)} a rdf:Property ; rdfs:label {text(name, 'en')} ; "
        f"rdfs:comment {text(meaning, 'en')} ; rdfs:isDefinedBy {service} ."
        for name, meaning in TERMS.items()
    )
    return f"""{service} a sd:Feature ; rdfs:label "Search inside SPARQL"@en ;
    rdfs:comment {text(told, "en")} . {terms}"""


def _default_graph(settings: Settings) -> str:
    if settings.default_graph == "union":
        return "All named graphs together."
    return "What stands in no named graph; the named ones are seen by GRAPH and FROM."


def _limits(settings: Settings) -> str:
    updates = (
        f"Updates and the Graph Store Protocol (/rdf-graph-store) need a key; one is ended after "
        f"{settings.update_seconds} s."
        if settings.update_key
        else "Updates are off."
    )
    return (
        f"A query is ended after {settings.query_seconds} s, a result above "
        f"{settings.query_megabytes} MB is refused. Of SERVICE "
        f"the search alone is answered; LOAD is refused. {updates} Each "
        f"document has a named graph; the first {_DOCUMENT_GRAPHS_LISTED} of them are listed here."
    )
