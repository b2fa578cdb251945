"""How well names are linked to the sites of the registry: gold names, records, misspellings."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from amic_kg.errors import InvalidGold
from amic_kg.evaluation.figures import SCORE_HEADINGS, Section, score_cells
from amic_kg.evaluation.misspelling import misspellings
from amic_kg.evaluation.scores import Score, totals
from amic_kg.extract.sites.facts import Point
from amic_kg.extract.sites.linking import SiteLinker
from amic_kg.extract.sites.words import fold
from amic_kg.ontology import Entity, Vocabulary

SITE = "https://w3id.org/amic/id/site/"
_NONE = "-"
_COLUMNS = ("name", "key", "note")
_BASELINE = "token_set_ratio of 90"
_IN_PLACE = re.compile(r" \([A-ZÄÖÅ]")
_POINT = re.compile(r"POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)")

Link = Callable[["Case"], str | None]
"""The IRI of the site that a case is linked to."""


@dataclass(frozen=True, slots=True)
class Case:
    """A name as written somewhere, the IRI it stands for (None: none), and what is told with it."""

    name: str
    iri: str | None
    kind: str = ""
    point: Point | None = None
    commodities: tuple[str, ...] = ()


def read_site_names(path: Path, split: str | None = None) -> tuple[Case, ...]:
    """The gold names, of `dev` or `test` alone when asked; raises InvalidGold.

    Which half a name is in follows from its letters.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        rows = list(reader)
    if tuple(reader.fieldnames or ()) != _COLUMNS:
        raise InvalidGold(path.name, "has other columns", f"Name them {', '.join(_COLUMNS)}")
    names = [row["name"] for row in rows]
    for number, row in enumerate(rows, 2):
        if not row["key"] or names.count(row["name"]) > 1:
            raise InvalidGold(
                f"{path.name}:{number}", "has no key, or its name twice", "Write - for no site"
            )
    return tuple(
        Case(row["name"], None if row["key"] == _NONE else SITE + row["key"], row["note"])
        for row in rows
        if split in (None, split_of(row["name"]))
    )


def read_place_names(path: Path, split: str) -> tuple[str, ...]:
    """Places of YSO whose label says where they are; a tab-separated file of IRIs and labels."""
    with path.open(encoding="utf-8") as lines:
        labels = (line.split("\t")[1].strip() for line in lines if "\t" in line)
        return tuple(x for x in labels if _IN_PLACE.search(x) and split_of(x) == split)


def split_of(name: str) -> str:
    return ("dev", "test")[hashlib.sha256(name.encode()).digest()[0] % 2]


def read_records(path: Path, names: Iterable[Case]) -> tuple[Case, ...]:
    """The records of a JSON Lines file of mineral sites whose names are among the gold ones."""
    gold = {case.name: case.iri for case in names}
    return tuple(
        Case(
            record["name"],
            gold[record["name"]],
            point=_point(record.get("location_info", {}).get("location", "")),
            commodities=tuple(_materials(record)),
        )
        for line in path.read_text("utf-8").splitlines()
        if (record := json.loads(line)).get("name") in gold
    )


def _point(text: str) -> Point | None:
    match = _POINT.search(text)
    return (float(match[1]), float(match[2])) if match else None


def _materials(record: dict[str, list[dict[str, dict[str, str]]]]) -> Iterator[str]:
    for item in record.get("mineral_inventory", ()):
        if name := item.get("commodity", {}).get("observed_name"):
            yield name


def misspelt_cases(vocabulary: Vocabulary) -> tuple[Case, ...]:
    """Other spellings of sites' names of one word, but those that are a label of another site."""
    sites = [entity for entity in vocabulary if entity.type == "Site"]
    owners: dict[str, set[str]] = {}
    for site in sites:
        for _, label, _ in site.labels():
            owners.setdefault(fold(label), set()).add(site.iri)
    return tuple(
        Case(text, site.iri, kind)
        for site in sites
        if (name := _name(site)) and owners[fold(name)] == {site.iri}
        for kind, text in misspellings(name)
        if owners.get(fold(text), {site.iri}) == {site.iri}
    )


def _name(site: Entity) -> str | None:
    """Kotalahti, and not "Kotalahti mine": the first label of one word in Finnish."""
    labels = (site.preferred["fi"], *site.alternative.get("fi", ()))
    return next((label for label in labels if " " not in label), None)


def places_without_site(labels: Iterable[str], vocabulary: Vocabulary) -> tuple[Case, ...]:
    """Names of places, "Riipi (Sodankylä)", that no registered site is called by."""
    known = {
        fold(label)
        for entity in vocabulary
        if entity.type == "Site"
        for _, label, _ in entity.labels()
    }
    names = dict.fromkeys(re.sub(r"\s*\([^)]*\)$", "", label) for label in labels if "(" in label)
    return tuple(Case(name, None, "place") for name in names if fold(name) not in known)


def without_hidden_labels(vocabulary: Vocabulary) -> Vocabulary:
    return _changed(vocabulary, lambda site: replace(site, hidden={}))


def without_labels_of(vocabulary: Vocabulary, cases: Iterable[Case]) -> Vocabulary:
    """Sites keep their preferred labels, and of the others those that are none of the names."""
    held_out = {fold(case.name) for case in cases}

    def change(site: Entity) -> Entity:
        alternative, hidden = (
            {
                language: tuple(text for text in texts if fold(text) not in held_out)
                for language, texts in labels.items()
            }
            for labels in (site.alternative, site.hidden)
        )
        return replace(site, alternative=alternative, hidden=hidden)

    return _changed(vocabulary, change)


def _changed(vocabulary: Vocabulary, change: Callable[[Entity], Entity]) -> Vocabulary:
    return Vocabulary(
        {entity.iri: change(entity) if entity.type == "Site" else entity for entity in vocabulary},
        vocabulary.version,
    )


class TokenSetLinker:
    """The baseline: the label with the highest token_set_ratio, from 90 on."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._owners = {
            label: entity.iri
            for entity in vocabulary
            if entity.type == "Site"
            for _, label, _ in entity.labels()
        }
        self._labels = tuple(self._owners)

    def link(self, name: str) -> str | None:
        found = process.extractOne(
            name,
            self._labels,
            scorer=fuzz.token_set_ratio,
            processor=utils.default_process,
            score_cutoff=90,
        )
        return self._owners[found[0]] if found else None


def by_baseline(linker: TokenSetLinker) -> Link:
    return lambda case: linker.link(case.name)


def by_name(linker: SiteLinker) -> Link:
    def link(case: Case) -> str | None:
        found = linker.link(case.name)
        return found.iri if found else None

    return link


def by_all(linker: SiteLinker) -> Link:
    """With the coordinates and the raw materials that are told."""

    def link(case: Case) -> str | None:
        found = linker.link(case.name, coordinates=case.point, commodities=case.commodities)
        return found.iri if found else None

    return link


def score(case: Case, found: str | None) -> Score:
    """A wrong link is invented, and missed where there was a right one."""
    if found == case.iri:
        return Score(right=int(found is not None))
    return Score(invented=int(found is not None), missed=int(case.iri is not None))


def site_name_sections(
    vocabulary: Vocabulary,
    names: Sequence[Case],
    records: Sequence[Case] = (),
    places: Sequence[str] = (),
) -> list[Section]:
    """Ours beside the baseline: on all labels, and on labels that do not have the names."""
    rows: list[tuple[str, ...]] = []
    errors: list[str] = []
    sets = {
        "all labels": vocabulary,
        "no hidden labels": without_hidden_labels(vocabulary),
        "labels equal to a name held out": without_labels_of(vocabulary, names),
    }
    for title, labels in sets.items():
        ours, baseline = SiteLinker(labels), by_baseline(TokenSetLinker(labels))
        bodies: list[tuple[str, Sequence[Case], Link]] = [
            (f"gold names, {title}", names, by_name(ours)),
            (f"gold names, {title}: {_BASELINE}", names, baseline),
        ]
        if records:
            bodies += [
                (f"records by name, {title}", records, by_name(ours)),
                (f"records with all that is told, {title}", records, by_all(ours)),
                (f"records, {title}: {_BASELINE}", records, baseline),
            ]
        for name, cases, link in bodies:
            given = [(case, link(case)) for case in cases]
            rows.append((name, *score_cells(sum((score(*x) for x in given), Score()))))
            if link is not baseline:
                errors += [f"{name}: {_told(*x)}" for x in given if x[0].iri != x[1]]
    sections = [
        Section("Site names", ("names, labels", *SCORE_HEADINGS), tuple(rows), "", tuple(errors))
    ]
    sections.append(_misspellings(vocabulary))
    if places:
        sections.append(_places(vocabulary, places))
    return sections


def _misspellings(vocabulary: Vocabulary) -> Section:
    bare = without_hidden_labels(vocabulary)
    ours, baseline = SiteLinker(bare), by_baseline(TokenSetLinker(bare))
    cases = misspelt_cases(bare)
    link = by_name(ours)
    kinds = totals((case.kind, score(case, link(case))) for case in cases)
    rows = [
        ("all kinds", *score_cells(sum(kinds.values(), Score()))),
        (
            f"all kinds: {_BASELINE}",
            *score_cells(sum((score(c, baseline(c)) for c in cases), Score())),
        ),
        *((kind, *score_cells(kinds[kind])) for kind in sorted(kinds)),
    ]
    errors = tuple(_told(c, found) for c in cases if (found := link(c)) != c.iri)
    note = f"{len(cases)} spellings made of the names of sites, linked without hidden labels."
    return Section("Misspelt site names", ("kind", *SCORE_HEADINGS), tuple(rows), note, errors)


def _places(vocabulary: Vocabulary, labels: Sequence[str]) -> Section:
    cases = places_without_site(labels, vocabulary)
    rows = []
    errors: list[str] = []
    for title, link in (
        ("ours", by_name(SiteLinker(vocabulary))),
        (_BASELINE, by_baseline(TokenSetLinker(vocabulary))),
    ):
        wrong = [(case, found) for case in cases if (found := link(case))]
        rows.append((title, str(len(cases)), str(len(wrong)), f"{len(wrong) / len(cases):.3f}"))
        if title == "ours":
            errors += [_told(*x) for x in wrong]
    return Section(
        "Names of places linked to a site",
        ("linker", "names", "linked", "share"),
        tuple(rows),
        "Places of YSO that no registered site is called by: each link is wrong.",
        tuple(errors),
    )


def _told(case: Case, found: str | None) -> str:
    given, wanted = (iri.removeprefix(SITE) if iri else _NONE for iri in (found, case.iri))
    return f"{case.name}: {given}, right is {wanted}"
