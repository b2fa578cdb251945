"""Measurements on the corpora of others, which lie beside the repository."""

from __future__ import annotations

from dataclasses import replace

from amic_kg.evaluation.bgs import judge_rock_units
from amic_kg.evaluation.figures import Section
from amic_kg.evaluation.site_names import (
    read_place_names,
    read_records,
    read_site_names,
    site_name_sections,
)
from amic_kg.evaluation.subject_tasks import subject_sections
from amic_kg.evaluation.surroundings import Surroundings
from amic_kg.evaluation.turku_ner import has_part, turku_section
from amic_kg.extract.subject_model import shipped_model
from amic_kg.extract.subjects import SubjectRanker
from amic_kg.language.names import TextNames
from amic_kg.language.names_spacy import SpacyRecognizer

_SITE_NAMES = "site-names.tsv"
ANNIF_FINNA = "annif_finna"
BGS = "bgs_geo_ner"
TURKU_NER = "turku_ner"
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


def evaluate_names(around: Surroundings) -> list[Section]:
    """Persons, organisations and places in raw Finnish text; spaCy's model alone beside."""
    corpus = around.corpus(TURKU_NER)
    # The model learned from the part train alone: where the test is kept elsewhere, dev is one.
    part = around.split if has_part(corpus, around.split) else "dev"
    return [
        turku_section(TextNames(), corpus, part),
        replace(
            turku_section(SpacyRecognizer(), corpus, part),
            title="Names in Turku NER by spaCy's model alone",
            errors=(),
        ),
    ]


def evaluate_rock_units(around: Surroundings) -> list[Section]:
    """Names of rock units that are taken for organisations, projects, sites or places."""
    return [judge_rock_units(around.corpus(BGS), around.extract)]


def evaluate_subjects(around: Surroundings) -> list[Section]:
    """Subjects against those that librarians gave; Annif beside them when that is asked for."""
    extractor = around.extractor
    ranker = SubjectRanker(extractor.vocabulary, extractor.analyzer, shipped_model())
    corpus = around.corpus(ANNIF_FINNA)
    return subject_sections(corpus, ranker, extractor.vocabulary, annif=around.annif)
