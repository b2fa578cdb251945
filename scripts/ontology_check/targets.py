"""The vocabularies that ours are mapped to: those of `shared/data/vocab`, and Wikidata's items."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rdflib import SKOS, Graph, Literal, URIRef

from ontology_check.gold import yso_labels

YSO = "http://www.yso.fi/onto/yso/"
EGDI = "https://data.geoscience.earth/ncl/geoera/keyword/"
CGI = "http://resource.geosciml.org/classifier/cgi/"
INSPIRE = "http://inspire.ec.europa.eu/codelist/"
GEMET = "http://www.eionet.europa.eu/gemet/concept/"
WIKIDATA = "http://www.wikidata.org/entity/"

_WIKIDATA_ITEMS = Path(__file__).with_name("wikidata.tsv")

Labels = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Target:
    """A vocabulary of others: its key, its IRIs' beginnings by CURIE prefix, and its version."""

    key: str
    title: str
    prefixes: Mapping[str, str]
    version: str
    labels_are_ours: bool = False
    """Its labels were written down by us: that ours are the same establishes nothing."""

    def owns(self, iri: str) -> bool:
        return any(iri.startswith(base) for base in self.prefixes.values())


YSO_TARGET = Target(
    "yso", "General Finnish Ontology YSO and YSO places", {"yso": YSO}, "2019.3 Cicero"
)
EGDI_TARGET = Target("egdi", "GeoERA Keyword Thesaurus of EGDI", {"egdi": EGDI}, "2.2")
INSPIRE_GEMET_TARGET = Target(
    "inspire-gemet",
    "INSPIRE code lists and GEMET, through the mappings of the GeoERA Keyword Thesaurus",
    {"gemet": GEMET, "inspire": INSPIRE},
    "as mapped by GeoERA Keyword Thesaurus 2.2",
)
# The items are chemical elements, countries and few other places; each identifier was found with
# its name in published tables that do not stem from one another.
WIKIDATA_TARGET = Target(
    "wikidata",
    "Wikidata",
    {"wikidata": WIKIDATA},
    "identifiers as of 2026",
    labels_are_ours=True,
)


@cache
def cgi_target(shared: Path) -> Target:
    """The CGI vocabularies, one prefix for each of them that is stored."""
    names = sorted(
        {
            match[1]
            for iri in cgi_labels(shared)
            if (match := re.match(re.escape(CGI) + r"([\w-]+)/", iri))
        }
    )
    return Target(
        "cgi",
        "CGI GeoSciML and EarthResourceML vocabularies",
        {f"cgi-{name}": f"{CGI}{name}/" for name in names},
        "7726bab",
    )


@cache
def egdi_graph(shared: Path) -> Graph:
    graph = Graph()
    graph.parse(shared / "vocab" / "egdi_geoera_keyword_thesaurus" / "keyword_v22.ttl")
    return graph


@cache
def egdi_labels(shared: Path) -> Mapping[str, Labels]:
    return _labels(egdi_graph(shared), EGDI)


@cache
def cgi_labels(shared: Path) -> Mapping[str, Labels]:
    graph = Graph()
    for path in sorted((shared / "vocab" / "cgi_iugs").rglob("*.ttl")):
        graph.parse(path)
    return _labels(graph, CGI)


@cache
def yso_all_labels(shared: Path) -> Mapping[str, Labels]:
    return {
        iri: {language: (label,) for language, label in labels.items()}
        for iri, labels in yso_labels(shared).items()
    }


@cache
def inspire_gemet_labels(shared: Path) -> Mapping[str, Labels]:
    """What the EGDI thesaurus is mapped to; the labels are those of its own concept."""
    graph = egdi_graph(shared)
    found: dict[str, Labels] = {}
    for predicate in (SKOS.exactMatch, SKOS.closeMatch):
        for concept, other in graph.subject_objects(predicate):
            if str(other).startswith((INSPIRE, GEMET)):
                found[str(other)] = egdi_labels(shared).get(str(concept), {})
    return found


@cache
def wikidata_labels() -> Mapping[str, Labels]:
    """The items that we map to, and what each is called in English."""
    with _WIKIDATA_ITEMS.open(encoding="utf-8", newline="") as file:
        return {
            WIKIDATA + row["item"]: {"en": (row["label"],)}
            for row in csv.DictReader(file, delimiter="\t")
        }


def _labels(graph: Graph, base: str) -> Mapping[str, Labels]:
    found: defaultdict[str, defaultdict[str, list[str]]]
    found = defaultdict(lambda: defaultdict(list))
    for predicate in (SKOS.prefLabel, SKOS.altLabel):
        for concept, label in graph.subject_objects(predicate):
            if not isinstance(concept, URIRef) or not concept.startswith(base):
                continue
            if isinstance(label, Literal) and label.language:
                found[str(concept)][label.language].append(str(label))
    return {
        iri: {language: tuple(texts) for language, texts in by_language.items()}
        for iri, by_language in found.items()
    }
