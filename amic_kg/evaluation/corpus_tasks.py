"""Measurements on the corpora of others, which lie beside the repository."""

from __future__ import annotations

from amic_kg.evaluation.bgs import judge_rock_units
from amic_kg.evaluation.figures import Section
from amic_kg.evaluation.site_names import (
    read_place_names,
    read_records,
    read_site_names,
    site_name_sections,
)
from amic_kg.evaluation.surroundings import Surroundings

_SITE_NAMES = "site-names.tsv"
BGS = "bgs_geo_ner"
_MINMOD = "minmod_sites"
_YSO_PLACES = "vocab/yso-ysoplaces-cicero-fi.tsv"


def evaluate_site_names(around: Surroundings) -> list[Section]:
    """Names of mines and deposits against the registry; records and places where they lie."""
    names = read_site_names(around.gold_sets / _SITE_NAMES, around.split)
    records = (
        read_records(around.corpus(_MINMOD) / "finland_sites.jsonl", names)
        if around.has(_MINMOD)
        else ()
    )
    places = around.corpus(_YSO_PLACES)
    labels = read_place_names(places, around.split) if places.is_file() else ()
    return site_name_sections(around.extractor.vocabulary, names, records, labels)


def evaluate_rock_units(around: Surroundings) -> list[Section]:
    """Names of rock units that are taken for organisations, projects, sites or places."""
    return [judge_rock_units(around.corpus(BGS), around.extract)]
