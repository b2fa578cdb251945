"""Evidence verified: every quote of the graph is found again on its page, at its place.

Quote, position and page are the selectors of the Web Annotation Data Model
(https://www.w3.org/TR/annotation-model/#selectors) and of RFC 8118.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial

from amic_kg.graph.terms import OA, RDF
from amic_kg.iris import Iris
from amic_kg.ports import DocumentReader, GraphReader, QueryRequest

_ROWS = "application/sparql-results+json"
_DOCUMENTS_AT_ONCE = 200

_QUOTES = f"""
SELECT ?annotation ?page ?exact ?prefix ?suffix ?start ?end
WHERE {{ GRAPH <%s> {{
  ?annotation a <{OA}Annotation> .
  OPTIONAL {{
    ?annotation <{OA}hasTarget>/<{OA}hasSelector> ?selector .
    ?selector <{RDF}value> ?page ; <{OA}refinedBy> ?quote , ?position .
    ?quote <{OA}exact> ?exact ; <{OA}prefix> ?prefix ; <{OA}suffix> ?suffix .
    ?position <{OA}start> ?start ; <{OA}end> ?end .
  }}
}} }}
"""
_COUNT = f"SELECT (COUNT(?a) AS ?count) WHERE {{ GRAPH ?g {{ ?a a <{OA}Annotation> }} }}"


@dataclass(frozen=True, slots=True)
class LostQuote:
    """An annotation whose words do not stand where it says, and why."""

    annotation: str
    document: str
    page: str
    quote: str
    cause: str


@dataclass(slots=True)
class Verification:
    """How many quotes of how many documents were looked up, and those that were not found."""

    documents: int = 0
    quotes: int = 0
    orphans: int = 0
    """Annotations of the graph that belong to no document of the ledger."""
    lost: list[LostQuote] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        return not self.lost and not self.orphans


def verify_quotes(
    graph: GraphReader,
    documents: DocumentReader,
    iris: Iris,
    *,
    on_document: Callable[[], None] = lambda: None,
) -> Verification:
    """Look every quote of the published graph up in the stored page texts."""
    found = Verification()
    offset = 0
    while batch := documents.documents(limit=_DOCUMENTS_AT_ONCE, offset=offset):
        offset += len(batch)
        for document in batch:
            found.documents += 1
            # A page has many quotes, and is read once for all of them.
            page_text = cache(partial(documents.page_text, document.key))
            for row in _rows(graph, _QUOTES % iris.document_graph(document.key)):
                found.quotes += 1
                cause = _fault(row, page_text)
                if cause is not None:
                    found.lost.append(
                        LostQuote(
                            row["annotation"],
                            document.key,
                            row.get("page", ""),
                            row.get("exact", ""),
                            cause,
                        )
                    )
            on_document()
    total = next(_rows(graph, _COUNT), {"count": "0"})
    found.orphans = max(0, int(total["count"]) - found.quotes)
    return found


def _rows(graph: GraphReader, query: str) -> Iterator[dict[str, str]]:
    answer = graph.answer(QueryRequest(query, {"rows": _ROWS, "boolean": _ROWS, "graph": _ROWS}))
    for binding in json.loads(answer.body)["results"]["bindings"]:
        yield {name: str(term["value"]) for name, term in binding.items()}


def _fault(row: dict[str, str], page_text: Callable[[int], str | None]) -> str | None:
    if "exact" not in row:
        return "lacks a page, a quote or a position"
    number = row["page"].removeprefix("page=")
    text = page_text(int(number)) if number.isdecimal() else None
    if text is None:
        return "its page is not in the ledger"
    start, end = int(row["start"]), int(row["end"])
    if text[start:end] != row["exact"]:
        elsewhere = text.find(row["exact"])
        return (
            "the words stand nowhere on the page"
            if elsewhere < 0
            else f"the words stand at {elsewhere}, not at {start}"
        )
    if not text[:start].endswith(row["prefix"]) or not text[end:].startswith(row["suffix"]):
        return "the words around it are others"
    return None
