"""SSSOM mapping sets, made from the mapping properties in the vocabularies and the registry."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from rdflib import SKOS, Graph, Literal, URIRef

from ontology_check.graph import LANGUAGES, read, text
from ontology_check.targets import (
    EGDI_TARGET,
    INSPIRE_GEMET_TARGET,
    WIKIDATA_TARGET,
    YSO_TARGET,
    Labels,
    Target,
    cgi_labels,
    cgi_target,
    egdi_graph,
    egdi_labels,
    inspire_gemet_labels,
    wikidata_labels,
    yso_all_labels,
)

BASE = "https://w3id.org/amic/"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
VERSION = "0.1.0"

_PREDICATES = (
    SKOS.exactMatch,
    SKOS.closeMatch,
    SKOS.narrowMatch,
    SKOS.broadMatch,
    SKOS.relatedMatch,
)
_LEXICAL = "semapv:LexicalMatching"
_CURATED = "semapv:ManualMappingCuration"
_CHAINED = "semapv:MappingChaining"
_CONFIDENCE = {
    (_LEXICAL, "exactMatch"): 0.95,
    (_LEXICAL, "closeMatch"): 0.85,
    (_LEXICAL, "narrowMatch"): 0.8,
    (_LEXICAL, "broadMatch"): 0.8,
    (_LEXICAL, "relatedMatch"): 0.8,
    (_CURATED, "exactMatch"): 0.9,
    (_CURATED, "closeMatch"): 0.8,
    (_CURATED, "narrowMatch"): 0.8,
    (_CURATED, "broadMatch"): 0.8,
    (_CURATED, "relatedMatch"): 0.75,
    (_CHAINED, "exactMatch"): 0.85,
    (_CHAINED, "closeMatch"): 0.75,
}
_ENTITY_PREFIXES = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "semapv": "https://w3id.org/semapv/vocab/",
}


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """A row of a mapping set; the names of the fields are those of SSSOM."""

    subject_id: str
    subject_label: str
    predicate_id: str
    object_id: str
    object_label: str
    mapping_justification: str
    confidence: float
    match_string: str
    comment: str


COLUMNS = tuple(field.name for field in fields(Row))
REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")


@dataclass(frozen=True, slots=True)
class MappingSet:
    target: Target
    rows: tuple[Row, ...]
    missing: tuple[str, ...]
    """Targets that the stored vocabulary does not have."""


def mapping_sets(ontology: Path, shared: Path) -> list[MappingSet]:
    """One set a target vocabulary."""
    graph = read(ontology, "vocab", "registry")
    direct = [
        (YSO_TARGET, yso_all_labels(shared)),
        (EGDI_TARGET, egdi_labels(shared)),
        (cgi_target(shared), cgi_labels(shared)),
        (WIKIDATA_TARGET, wikidata_labels()),
    ]
    return [
        *(_direct(graph, target, labels) for target, labels in direct),
        _chained(graph, shared),
    ]


def as_tsv(mappings: MappingSet) -> str:
    """The set as SSSOM/TSV with its metadata in front."""
    target = mappings.target
    used = sorted({row.subject_id.split(":")[0] for row in mappings.rows})
    prefixes = {name: _subject_base(name) for name in used} | dict(target.prefixes)
    prefixes |= _ENTITY_PREFIXES
    head = [
        f"mapping_set_id: {BASE}mappings/{target.key}",
        f'mapping_set_version: "{VERSION}"',
        f"mapping_set_title: AMIC-KG to {target.title}",
        f"license: {LICENCE}",
        f"subject_source: {BASE}vocab",
        f'subject_source_version: "{VERSION}"',
        f"object_source: {next(iter(target.prefixes.values()))}",
        f"object_source_version: {target.version}",
        "curie_map:",
        *(f"  {name}: {base}" for name, base in sorted(prefixes.items())),
    ]
    table = io.StringIO()
    writer = csv.writer(table, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(astuple(row) for row in mappings.rows)
    return "".join(f"#{line}\n" for line in head) + table.getvalue()


def check(path: Path, shared: Path) -> list[str]:
    """What is wrong with a written set: metadata, columns, prefixes, targets."""
    lines = path.read_text("utf-8").splitlines()
    head = [line[1:] for line in lines if line.startswith("#")]
    wrong = [
        f"{path.name}: no {name} in the metadata"
        for name in ("mapping_set_id", "license", "curie_map")
        if not any(line.startswith(f"{name}:") for line in head)
    ]
    prefixes = {
        match[1]: match[2] for line in head if (match := re.match(r"  ([\w.-]+): (\S+)$", line))
    }
    known = {
        **yso_all_labels(shared),
        **egdi_labels(shared),
        **cgi_labels(shared),
        **inspire_gemet_labels(shared),
        **wikidata_labels(),
    }
    rows = list(csv.DictReader((x for x in lines if not x.startswith("#")), delimiter="\t"))
    seen: Counter[tuple[str, str, str]] = Counter()
    for number, row in enumerate(rows, 1):
        wrong.extend(f"{path.name}:{number}: no {name}" for name in REQUIRED if not row.get(name))
        wrong.extend(
            f"{path.name}:{number}: unknown prefix in {row[name]}"
            for name in REQUIRED
            if row[name].split(":")[0] not in prefixes
        )
        prefix, _, local = row["object_id"].partition(":")
        if prefixes.get(prefix, "") + local not in known:
            wrong.append(f"{path.name}:{number}: {row['object_id']} is not in its vocabulary")
        seen[row["subject_id"], row["predicate_id"], row["object_id"]] += 1
    wrong.extend(f"{path.name}: {key} twice" for key, count in seen.items() if count > 1)
    return wrong


def shared_exact_targets(mappings: MappingSet) -> list[tuple[str, list[str]]]:
    """Objects that more than one of our concepts is the exact match of."""
    subjects: dict[str, list[str]] = {}
    for row in mappings.rows:
        if row.predicate_id == "skos:exactMatch":
            subjects.setdefault(f"{row.object_id} {row.object_label}", []).append(row.subject_id)
    return [(target, who) for target, who in sorted(subjects.items()) if len(who) > 1]


def _direct(graph: Graph, target: Target, labels: Mapping[str, Labels]) -> MappingSet:
    rows: list[Row] = []
    missing: list[str] = []
    for predicate in _PREDICATES:
        for subject, other in graph.subject_objects(predicate):
            iri = str(other)
            if not target.owns(iri) or not isinstance(subject, URIRef):
                continue
            if iri not in labels:
                missing.append(f"{subject} {iri}")
                continue
            shared_label = _same_label(_own_labels(graph, subject), labels[iri])
            if target.labels_are_ours:
                shared_label = ""
            justification = _LEXICAL if shared_label else _CURATED
            rows.append(
                Row(
                    subject_id=_curie(str(subject)),
                    subject_label=text(graph, subject, "en"),
                    predicate_id=f"skos:{predicate.fragment}",
                    object_id=_object_curie(target, iri),
                    object_label=_label(labels[iri]),
                    mapping_justification=justification,
                    confidence=_CONFIDENCE[justification, predicate.fragment],
                    match_string=shared_label,
                    comment="",
                )
            )
    return MappingSet(target, tuple(sorted(rows)), tuple(sorted(missing)))


def _chained(graph: Graph, shared: Path) -> MappingSet:
    """Ours is exactly E of EGDI, and EGDI maps E: then ours is mapped as E is."""
    egdi = egdi_graph(shared)
    labels = egdi_labels(shared)
    rows: dict[tuple[str, str], Row] = {}
    for subject, concept in graph.subject_objects(SKOS.exactMatch):
        if not EGDI_TARGET.owns(str(concept)):
            continue
        for predicate in (SKOS.closeMatch, SKOS.exactMatch):
            for other in egdi.objects(concept, predicate):
                if INSPIRE_GEMET_TARGET.owns(str(other)):
                    rows[str(subject), str(other)] = Row(
                        subject_id=_curie(str(subject)),
                        subject_label=text(graph, subject, "en"),
                        predicate_id=f"skos:{predicate.fragment}",
                        object_id=_object_curie(INSPIRE_GEMET_TARGET, str(other)),
                        object_label=_label(labels[str(concept)]),
                        mapping_justification=_CHAINED,
                        confidence=_CONFIDENCE[_CHAINED, predicate.fragment],
                        match_string="",
                        comment=f"through {_object_curie(EGDI_TARGET, str(concept))}",
                    )
    return MappingSet(INSPIRE_GEMET_TARGET, tuple(sorted(rows.values())), ())


def _own_labels(graph: Graph, subject: URIRef) -> Labels:
    found: dict[str, tuple[str, ...]] = {}
    for predicate in (SKOS.prefLabel, SKOS.altLabel):
        for label in graph.objects(subject, predicate):
            if isinstance(label, Literal) and label.language:
                found[label.language] = (*found.get(label.language, ()), str(label))
    return found


def _same_label(ours: Labels, theirs: Labels) -> str:
    """A label that both have in one language, plural or singular, without a qualifier."""
    for language in LANGUAGES:
        wanted = {form: label for label in ours.get(language, ()) for form in _forms(label)}
        for label in theirs.get(language, ()):
            for form in _forms(label):
                if form in wanted:
                    return form
    return ""


def _forms(label: str) -> Iterator[str]:
    plain = re.sub(r"\s*\([^)]*\)", "", label).lower().strip()
    yield plain
    for ending in ("s", "t"):
        if plain.endswith(ending):
            yield plain[:-1]


def _label(labels: Labels) -> str:
    for language in ("en", "fi", *labels):
        if labels.get(language):
            return labels[language][0]
    return ""


def _curie(iri: str) -> str:
    """`https://w3id.org/amic/vocab/theme/geology` is `amic-theme:geology`."""
    kind, _, local = iri.removeprefix(BASE).split("/", 1)[1].partition("/")
    return f"amic-{kind}:{local}"


def _subject_base(prefix: str) -> str:
    kind = prefix.removeprefix("amic-")
    part = "id" if kind in ("place", "site", "organization", "project") else "vocab"
    return f"{BASE}{part}/{kind}/"


def _object_curie(target: Target, iri: str) -> str:
    for name, base in target.prefixes.items():
        if iri.startswith(base):
            return f"{name}:{iri[len(base) :]}"
    raise ValueError(iri)


def write(sets: Iterable[MappingSet], folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for mappings in sets:
        path = folder / f"{mappings.target.key}.sssom.tsv"
        path.write_text(as_tsv(mappings), encoding="utf-8")
        written.append(path)
    return written
