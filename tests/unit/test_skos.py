"""The conditions of SKOS: each is kept by a sound vocabulary, and told by name when it is broken.

https://www.w3.org/TR/skos-reference/ numbers them (S9, S13, …).
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from amic_kg.skos import (
    Problem,
    SkosVocabulary,
    check_completeness,
    check_integrity,
    cycles,
    read_vocabulary,
    summary,
)
from amic_kg.turtle import read_turtle

PREFIXES = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix c: <https://example.org/> .
"""
WHOLE = """
c:scheme a skos:ConceptScheme ; skos:hasTopConcept c:water .
c:water a skos:Concept ; skos:inScheme c:scheme ; skos:notation "W" ;
    skos:prefLabel "vesi"@fi, "water"@en, "vatten"@sv ;
    skos:definition "Vesi."@fi, "Water."@en, "Vatten."@sv .
c:mine-water a skos:Concept ; skos:inScheme c:scheme ; skos:notation "M" ;
    skos:broader c:water ;
    skos:prefLabel "kaivosvesi"@fi, "mine water"@en, "gruvvatten"@sv ;
    skos:altLabel "minewater"@en ;
    skos:definition "Kaivoksen vesi."@fi, "Water of a mine."@en, "Gruvans vatten."@sv .
"""

Read = Callable[[str], SkosVocabulary]


@pytest.fixture
def read(tmp_path) -> Read:
    def read(turtle: str) -> SkosVocabulary:
        path = tmp_path / "vocabulary.ttl"
        path.write_text(PREFIXES + turtle, encoding="utf-8")
        return read_vocabulary(read_turtle(path))

    return read


def conditions(problems) -> set[str]:
    return {problem.condition for problem in problems}


def test_a_sound_vocabulary_has_no_problem(read):
    vocabulary = read(WHOLE)
    assert [*check_integrity(vocabulary), *check_completeness(vocabulary)] == []


def test_narrower_and_top_concepts_are_read_as_what_they_invert(read):
    vocabulary = read(
        "c:s a skos:ConceptScheme ; skos:hasTopConcept c:a ."
        "c:a a skos:Concept ; skos:narrower c:b . c:b a skos:Concept ."
    )
    assert vocabulary.broader("https://example.org/b") == ["https://example.org/a"]
    assert vocabulary.concepts["https://example.org/a"].links["topConceptOf"] == [
        "https://example.org/s"
    ]


@pytest.mark.parametrize(
    ("condition", "added"),
    [
        ("S9", "c:water a skos:ConceptScheme ."),
        ("S13", 'c:mine-water skos:altLabel "mine water"@en .'),
        ("S13", 'c:mine-water skos:hiddenLabel "minewater"@en .'),
        ("S14", 'c:mine-water skos:prefLabel "waters of mines"@en .'),
        ("S27", "c:mine-water skos:related c:water ."),
        ("S46", "c:water skos:exactMatch c:x ; skos:broadMatch c:x ."),
        ("cycle", "c:water skos:broader c:mine-water ."),
        ("cycle", "c:water skos:broader c:water ."),
    ],
)
def test_a_broken_condition_of_skos_is_named(read, condition, added):
    assert condition in conditions(check_integrity(read(WHOLE + added)))


@pytest.mark.parametrize(
    ("condition", "before", "after"),
    [
        ("label", ', "gruvvatten"@sv', ""),
        ("definition", ', "Water of a mine."@en', ""),
        ("notation", 'skos:notation "M" ;', ""),
        ("notation", 'skos:notation "M"', 'skos:notation "M", "N"'),
        ("clash", 'skos:notation "M"', 'skos:notation "W"'),
        ("clash", '"minewater"@en', '"Water"@en'),
        ("scheme", 'skos:inScheme c:scheme ; skos:notation "M"', 'skos:notation "M"'),
        ("orphan", "skos:broader c:water ;", ""),
        ("broader", "skos:broader c:water ;", "skos:broader c:nothing ;"),
        ("related", "skos:broader c:water ;", "skos:broader c:water ; skos:related c:other ;"),
    ],
)
def test_what_is_incomplete_is_named(read, condition, before, after):
    assert before in WHOLE
    other = WHOLE.replace("c:scheme a", "c:other a skos:Concept . c:scheme a")
    assert condition in conditions(check_completeness(read(other.replace(before, after))))


def test_each_ring_is_told_once_with_the_concepts_on_it(read):
    vocabulary = read(
        "c:a a skos:Concept ; skos:broader c:b . c:b a skos:Concept ; skos:broader c:c ."
        "c:c a skos:Concept ; skos:broader c:a . c:d a skos:Concept ; skos:broader c:a ."
    )
    (ring,) = cycles(vocabulary)
    assert sorted(iri[-1] for iri in ring) == ["a", "b", "c"]


def test_two_ways_up_to_one_concept_are_no_ring(read):
    vocabulary = read(
        "c:a a skos:Concept ; skos:broader c:b, c:c . c:b a skos:Concept ; skos:broader c:d ."
        "c:c a skos:Concept ; skos:broader c:d . c:d a skos:Concept ."
    )
    assert list(cycles(vocabulary)) == []
    assert vocabulary.ancestors("https://example.org/a") == {
        f"https://example.org/{name}" for name in "bcd"
    }


def test_a_hierarchy_deeper_than_the_stack_of_calls_is_walked(read):
    steps = [f"c:c{n} a skos:Concept ; skos:broader c:c{n + 1} ." for n in range(3000)]
    assert list(cycles(read("\n".join(steps) + "c:c3000 a skos:Concept ."))) == []


def test_a_summary_names_the_first_and_counts_the_rest():
    problems = [Problem("S9", f"c{number}", "is wrong") for number in range(5)]
    assert summary(problems) == "S9 c0: is wrong; S9 c1: is wrong; S9 c2: is wrong; and 2 more"
    assert summary(problems[:1]) == "S9 c0: is wrong"
