"""The vocabulary in a text: what is found, what is let go, and how sure it is."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from amic_kg.extract.concepts.matcher import VocabularyMatcher
from amic_kg.ontology import Entity


def entity(iri: str, kind: str = "Theme", **labels: str) -> Entity:
    """`fi="kaivos|avolouhos"`: the preferred label, then alternative ones."""
    split = {language: text.split("|") for language, text in labels.items()}
    return Entity(
        iri,
        kind,
        {language: texts[0] for language, texts in split.items()},
        {language: tuple(texts[1:]) for language, texts in split.items()},
    )


SMALL = (
    entity("mine", fi="kaivos", en="mine", sv="gruva"),
    entity("water", fi="kaivosvesi", en="mine water", sv="gruvvatten"),
    entity("treatment", fi="kaivosveden käsittely", en="mine water treatment", sv="rening"),
    entity("nickel", "Commodity", fi="nikkeli|Ni", en="nickel|Ni", sv="nickel|Ni"),
    entity("copper", "Commodity", fi="kupari|Cu", en="copper|Cu", sv="koppar|Cu"),
    entity("indium", "Commodity", fi="indium|In", en="indium|In", sv="indium|In"),
    entity("arsenic", "Commodity", fi="arseeni|As", en="arsenic|As", sv="arsenik|As"),
    entity("kevitsa", "Site", fi="Kevitsa"),
    entity("gtk", "Organization", fi="Geologian tutkimuskeskus|GTK", en="Geological Survey|GTK"),
    entity("digipolis", "Organization", fi="Kemin Digipolis Oy|Kemin Digipolis"),
    entity("renlund", "Organization", fi="K. H. Renlundin säätiö", en="K. H. Renlund Foundation"),
    entity("malmi", "Place", fi="Malmi"),
    entity("licence", fi="sosiaalinen toimilupa", en="social licence", sv="social licens"),
)


@pytest.fixture(scope="module")
def matcher(analyzer):
    return VocabularyMatcher(SMALL, analyzer)


@pytest.fixture
def find(matcher):
    def find(text, language="fi", *, using=matcher):
        _, matches = using.find(text, language)
        return [(match.entity, text[match.start : match.end]) for match in matches]

    return find


def test_inflected_words_are_found(find):
    assert find("Kaivosten nikkeliä ja kaivosvesissä.") == [
        ("mine", "Kaivosten"),
        ("nickel", "nikkeliä"),
        ("water", "kaivosvesissä"),
    ]
    assert find("Mines need nickel", "en") == [("mine", "Mines"), ("nickel", "nickel")]
    assert find("Gruvorna och gruvvattnet", "sv") == [
        ("mine", "Gruvorna"),
        ("water", "gruvvattnet"),
    ]


def test_the_longest_match_wins(find):
    assert find("Mine water treatment", "en") == [("treatment", "Mine water treatment")]
    assert find("mine water and mine", "en") == [("water", "mine water"), ("mine", "mine")]
    assert find("kaivosveden käsittelyssä") == [("treatment", "kaivosveden käsittelyssä")]


def test_concepts_are_found_by_the_labels_of_the_language_of_the_text_alone(find):
    assert find("mine kaivos", "fi") == [("mine", "kaivos")]
    assert find("mine kaivos", "en") == [("mine", "mine")]
    assert find("gruva", "en") == []


def test_names_are_found_in_every_language(find):
    assert find("Kemin Digipolis och gruvan i Kevitsa", "sv") == [
        ("digipolis", "Kemin Digipolis"),
        ("mine", "gruvan"),
        ("kevitsa", "Kevitsa"),
    ]


def test_a_name_is_found_in_a_language_that_is_not_analysed(find):
    assert find("Das Bergwerk Kevitsa", "und") == [("kevitsa", "Kevitsa")]


def test_a_name_begins_with_a_capital(find):
    assert find("Malmilla ja Kevitsassa") == [("malmi", "Malmilla"), ("kevitsa", "Kevitsassa")]
    assert find("malmi kevitsa") == []


def test_an_acronym_is_met_letter_by_letter_with_any_ending(find):
    assert find("GTK:n ja GTK") == [("gtk", "GTK:n"), ("gtk", "GTK")]
    assert find("GTK's data", "en") == [("gtk", "GTK's")]
    assert find("gtk Gtk GTKN") == []


@pytest.mark.parametrize(
    "text",
    [
        "In the mine",
        "In 2016 the mine was opened",
        "In (Smith 2016) we read",
        "As 5 mines were closed",
        "in the year 2016 In Finland",
        "As, in the north",
        "Ni ja muut",
        "in and as",
    ],
)
def test_a_symbol_alone_is_a_word_and_no_element(find, text):
    assert not {name for name, _ in find(text, "en")} & {"indium", "arsenic", "nickel"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ni-Cu ore", ["nickel", "copper"]),
        ("Ni, Cu and In", ["nickel", "copper", "indium"]),
        ("Ni 0,5 %", ["nickel"]),
        ("Ni 0.5 wt%", ["nickel"]),
        ("0.5 % Ni", ["nickel"]),
        ("As 12 ppm", ["arsenic"]),
        ("12 ppm As", ["arsenic"]),
        ("Cu (%)", ["copper"]),
    ],
)
def test_a_symbol_beside_a_quantity_or_another_symbol_is_an_element(find, text, found):
    assert [name for name, _ in find(text, "en") if name != "mine"] == found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the mine. Water is", "en"),
        ("the mine.\nWater is", "en"),
        ("Mine\n\nWater", "en"),
        ("the mine (water)", "en"),
        ("the mine, water", "en"),
    ],
)
def test_a_label_does_not_run_over_a_full_stop_a_bracket_or_a_paragraph(find, text, language):
    assert "water" not in [name for name, _ in find(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("mine\nwater", "en", "water"),
        ("mine-water", "en", "water"),
        ("social\nlicence", "en", "licence"),
        ("K. H. Renlundin säätiön", "fi", "renlund"),
        ("K.H. Renlund Foundation", "en", "renlund"),
    ],
)
def test_a_label_runs_over_a_line_end_a_hyphen_or_an_initial(find, text, language, name):
    assert [found for found, _ in find(text, language)] == [name]


def test_matches_are_in_order_and_none_lies_within_another(matcher):
    text = "Kevitsan kaivoksen kaivosveden käsittely, GTK:n nikkeli ja Ni-Cu 0,5 %."
    _, matches = matcher.find(text, "fi")
    assert all(one.end <= other.start for one, other in pairwise(matches))
    assert all(one.last < other.first for one, other in pairwise(matches))


class TestConfidence:
    def sure(self, analyzer, text, *entities):
        _, matches = VocabularyMatcher(entities, analyzer).find(text, "en")
        return [(match.entity, match.confidence) for match in matches]

    def test_a_preferred_label_says_more_than_an_alternative_one(self, analyzer):
        one = entity("a", en="flotation|froth separation")
        (_, preferred), (_, other) = self.sure(analyzer, "flotation froth separation", one)
        assert preferred > other

    def test_a_label_of_two_things_of_one_type_is_ambiguous(self, analyzer):
        first, second = entity("a", "Site", en="Kevitsa"), entity("b", "Site", en="Kevitsa")
        assert self.sure(analyzer, "Kevitsa", second, first) == [("a", 0.6)]

    def test_a_label_of_things_of_other_types_costs_a_little(self, analyzer):
        found = self.sure(
            analyzer,
            "tailings",
            entity("t", "Theme", en="tailings"),
            entity("m", "Method", en="tailings"),
        )
        assert found == [("m", 0.9)]

    def test_of_two_ranks_of_one_thing_the_better_counts(self, analyzer):
        assert self.sure(analyzer, "ore", entity("a", en="ore|Ore|ores")) == [("a", 0.95)]


SYMBOL = re.compile(r"[A-Z][a-z]?")
BREAKS = re.compile(r"[,()@]|\w\w\. ")


def test_every_label_of_the_vocabulary_is_found_in_itself(extractor, vocabulary):
    """But for symbols, labels over a comma, a bracket or a full stop, and output types."""
    matcher = extractor.matcher
    lost = []
    for thing in (thing for thing in vocabulary if thing.in_text):
        for language, text, _ in thing.labels():
            if language not in ("fi", "en", "sv") or SYMBOL.fullmatch(text) or BREAKS.search(text):
                continue
            tokens, matches = matcher.find(text, language)
            if not any(m.first == 0 and m.last == len(tokens) - 1 for m in matches):
                lost.append((language, text, thing.iri))
    assert lost == []


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Malminetsinnässä", "fi", "theme/mineral-exploration"),
        ("Kevitsan kaivoksella", "fi", "site/kevitsa"),
        ("Sakatilla", "fi", "site/sakatti"),
        ("kaivosvesiä", "fi", "theme/mine-water-management"),
        ("sosiaalisen toimiluvan", "fi", None),
        ("social licence to operate", "en", None),
        ("renskötsel", "sv", None),
        ("rikastushiekka-altaan", "fi", None),
        ("anrikningssand", "sv", "theme/tailings"),
        ("Lapissa", "fi", "place/lappi"),
        ("Geologian tutkimuskeskuksen", "fi", "organization/gtk"),
    ],
)
def test_the_words_of_the_three_work_packages_are_in_the_vocabulary(
    extractor, text, language, found
):
    _, matches = extractor.matcher.find(text, language)
    assert matches
    assert found is None or matches[0].entity.endswith(found)


@pytest.mark.parametrize(
    ("text", "language"),
    [("This report is a guide", "en"), ("Tämä raportti", "fi"), ("En rapport", "sv")],
)
def test_output_types_are_told_by_metadata_not_by_running_text(
    extractor, vocabulary, text, language
):
    kinds = [thing for thing in vocabulary if thing.type == "OutputType"]
    assert kinds
    assert not any(kind.in_text for kind in kinds)
    _, matches = extractor.matcher.find(text, language)
    assert "OutputType" not in {match.type for match in matches}


def test_a_thing_that_is_not_for_texts_is_not_looked_for(analyzer):
    silent = replace(entity("report", "OutputType", en="report"), in_text=False)
    assert VocabularyMatcher([silent], analyzer).find("a report", "en")[1] == []


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Malm och berg i gruvan", "sv", False),
        ("Bergen ligger i Norge", "sv", True),
        ("The port of Bergen", "en", True),
        ("Bergenissä asutaan", "fi", True),
    ],
)
def test_a_name_is_not_found_in_the_common_word_it_looks_like(extractor, text, language, found):
    _, matches = extractor.matcher.find(text, language)
    assert any(match.entity.endswith("place/bergen") for match in matches) == found


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("The Island of Nature", "en", False),
        ("Island har gruvor", "sv", True),
        ("Iceland has mines", "en", True),
        ("Islannissa on kaivoksia", "fi", True),
    ],
)
def test_the_swedish_name_of_iceland_is_no_word_of_english(extractor, text, language, found):
    _, matches = extractor.matcher.find(text, language)
    assert any(match.entity.endswith("place/islanti") for match in matches) == found


@pytest.mark.parametrize("text", ["He:n mukaan", "He sanoivat", "He: vastasivat"])
def test_a_symbol_with_an_ending_alone_is_no_element(extractor, text):
    _, matches = extractor.matcher.find(text, "fi")
    assert not any(match.entity.endswith("helium") for match in matches)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fe-V", True),
        ("V 0,3 %", True),
        ("Cu, V", True),
        ("chapter V and X", False),
        ("V, S", False),
    ],
)
def test_a_symbol_of_one_letter_needs_more_than_a_neighbour(extractor, text, found):
    _, matches = extractor.matcher.find(text, "en")
    assert any(match.entity.endswith("commodity/vanadium") for match in matches) == found


@pytest.mark.parametrize(
    "text", ["Viiankiaavan", "Jormasjärvessä", "Rompaksen", "Hannukaiseen", "Laakajärvessä"]
)
def test_an_inflected_name_is_found_though_no_dictionary_knows_it(extractor, text):
    _, matches = extractor.matcher.find(text, "fi")
    assert [text[m.start : m.end] for m in matches] == [text]
