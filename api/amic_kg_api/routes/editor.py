"""`/api/sparql`: what an editor of queries completes from, this site's own and any other."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from amic_kg.graph.sparql_search import QUERY_PREFIXES
from amic_kg_api import editor_terms, ontology_view
from amic_kg_api.models.editor import ConceptNames, QueryTerms
from amic_kg_api.visits import ThisVisit

router = APIRouter(tags=["SPARQL"])

_MOST_TERMS = 1000
_MOST_CONCEPTS = 20
_KEPT_SECONDS = 300


@router.get("/api/sparql/terms", operation_id="query_terms")
def query_terms(visit: ThisVisit, response: Response) -> QueryTerms:
    """The prefixes that need not be declared, and the classes and properties of this graph."""
    remembered, name = visit.remembered, visit.services.iris.graph("ontology")
    described = remembered.of("terms", lambda asked: ontology_view.described_terms(asked, name))
    classes = remembered.of("classes", lambda asked: editor_terms.uses(asked, "class"))
    properties = remembered.of("properties", lambda asked: editor_terms.uses(asked, "property"))
    response.headers["Cache-Control"] = f"max-age={_KEPT_SECONDS}"
    return QueryTerms(
        prefixes=dict(QUERY_PREFIXES),
        classes=editor_terms.term_names(described or {}, classes or {}, "class", most=_MOST_TERMS),
        properties=[
            *editor_terms.term_names(
                described or {}, properties or {}, "property", most=_MOST_TERMS
            ),
            *editor_terms.search_term_names(),
        ],
    )


@router.get("/api/sparql/concepts", operation_id="query_concepts")
def query_concepts(
    visit: ThisVisit,
    response: Response,
    q: Annotated[str, Query(max_length=100, description="Part of a name, in any language")] = "",
) -> ConceptNames:
    """Concepts by a part of a label, with the IRIs by which a query names them."""
    response.headers["Cache-Control"] = f"max-age={_KEPT_SECONDS}"
    response.headers["Vary"] = "Accept-Language"
    return ConceptNames(
        concepts=list(
            editor_terms.concept_names(
                visit.services.vocabulary, " ".join(q.split()), visit.language, most=_MOST_CONCEPTS
            )
        )
    )
