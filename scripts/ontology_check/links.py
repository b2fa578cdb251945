"""Links of the registry to others: each has a row that says how it was established."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

from rdflib import OWL, SKOS, Graph, Literal, URIRef

from ontology_check.graph import read
from ontology_check.targets import WIKIDATA, YSO, Labels, wikidata_labels, yso_all_labels

_PREDICATES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.relatedMatch, OWL.sameAs)
_FILES = ("links.csv", "org-links.csv")

Link = tuple[str, str, str]


def links(graph: Graph) -> set[Link]:
    return {
        (str(subject), str(predicate), str(other))
        for predicate in _PREDICATES
        for subject, other in graph.subject_objects(predicate)
    }


def rows(registry: Path) -> list[Link]:
    found = []
    for name in _FILES:
        with (registry / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                predicate = row["predicate"].replace("skos:", str(SKOS))
                found.append((row["subject"], predicate, row["object"]))
    return found


def check(ontology: Path, shared: Path | None) -> list[str]:
    """Links without a row, rows without a link, and targets that are not what they seem.

    Targets in YSO are looked up in `shared`, where it is there; those in Wikidata always.
    """
    graph = read(ontology, "registry")
    written, stated = links(graph), Counter(rows(ontology / "registry"))
    wrong = [f"no row for {link}" for link in sorted(written - set(stated))]
    wrong += [f"no link for the row {link}" for link in sorted(set(stated) - written)]
    wrong += [f"row twice: {link}" for link, count in stated.items() if count > 1]
    known = dict(wikidata_labels())
    looked_up = {WIKIDATA: "Wikidata"}
    if shared is not None:
        known |= yso_all_labels(shared)
        looked_up[YSO] = "YSO"
    for subject, predicate, other in sorted(written):
        vocabulary = next((name for base, name in looked_up.items() if other.startswith(base)), "")
        if not vocabulary:
            continue
        if other not in known:
            wrong.append(f"{subject}: {other} is not in {vocabulary}")
        elif predicate != str(SKOS.relatedMatch) and not _share_label(graph, subject, known[other]):
            wrong.append(f"{subject}: no label in common with {other} {dict(known[other])}")
    return wrong


def _share_label(graph: Graph, subject: str, theirs: Labels) -> bool:
    ours = {
        (label.language, _plain(label))
        for predicate in (SKOS.prefLabel, SKOS.altLabel)
        for label in graph.objects(URIRef(subject), predicate)
        if isinstance(label, Literal)
    }
    return any(
        (language, _plain(label)) in ours for language, labels in theirs.items() for label in labels
    )


def _plain(label: str) -> str:
    return re.sub(r"\s*\([^)]*\)", "", label).lower()
