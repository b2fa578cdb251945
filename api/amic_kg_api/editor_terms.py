"""What the editor completes: the terms that the graph uses, named in three languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from amic_kg.graph.sparql_search import SEARCH, TERMS
from amic_kg.graph.terms import PREFIXES
from amic_kg.ontology import Vocabulary
from amic_kg.ports import GraphReader
from amic_kg_api import vocab_view
from amic_kg_api.graph_facts import ask
from amic_kg_api.models.editor import ConceptName, TermName
from amic_kg_api.ontology_view import Described, Part

_VOID = "http://rdfs.org/ns/void#"
_PARTITIONS: Mapping[Part, tuple[str, str, str]] = {
    "class": ("classPartition", "class", "entities"),
    "property": ("propertyPartition", "property", "triples"),
}
Uses = Mapping[str, int]


def uses(graph: GraphReader, part: Part) -> Uses:
    """How often the whole dataset uses each class or property, by IRI, from its own figures."""
    link, term, figure = _PARTITIONS[part]
    rows = ask(
        graph,
        f"SELECT ?term (MAX(?figure) AS ?uses) {{ GRAPH ?graph {{ ?dataset <{_VOID}{link}> ?part . "
        f"?part <{_VOID}{term}> ?term ; <{_VOID}{figure}> ?figure }} }} GROUP BY ?term",
    )
    return {row["term"].value: int(row["uses"].value) for row in rows if "term" in row}


def term_names(
    described: Mapping[str, Described], used: Uses, part: Part, *, most: int
) -> list[TermName]:
    """Our terms, and those of others that are used, the most used first."""
    ours = {iri for iri, term in described.items() if term.part == part}
    found = sorted({*ours, *used}, key=lambda iri: (-used.get(iri, 0), iri))
    nothing = Described("")
    return [
        TermName(
            iri=iri,
            name=prefixed(iri),
            label=described.get(iri, nothing).label,
            comment=described.get(iri, nothing).comment,
            uses=used.get(iri, 0),
        )
        for iri in found[:most]
    ]


def search_term_names() -> Iterator[TermName]:
    """What `SERVICE search:` is asked with (graph/sparql_search.py)."""
    for name, meaning in TERMS.items():
        yield TermName(
            iri=f"{SEARCH}{name}",
            name=f"search:{name}",
            label={},
            comment={"en": meaning},
            uses=0,
        )


def concept_names(
    vocabulary: Vocabulary, text: str, language: str, *, most: int
) -> Iterator[ConceptName]:
    """Concepts with `text` in a label of any language, the best fit first."""
    for hit in vocab_view.search_labels(vocabulary, text, language)[:most]:
        entity = hit.entity
        yield ConceptName(
            iri=entity.iri,
            label=entity.label(language),
            matched="".join(piece.text for piece in hit.pieces),
            type=entity.type,
        )


def prefixed(iri: str) -> str:
    """`mrdi:Report` where SPARQL may write it so (PN_LOCAL of its grammar, in part), else `<…>`."""
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local.replace("-", "").replace("_", "").isalnum() and local[0] != "-":
            return f"{prefix}:{local}"
    return f"<{iri}>"
