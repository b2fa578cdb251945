"""The gold names of sites, and how linkers are judged on them."""

from __future__ import annotations

import pytest

from amic_kg.errors import InvalidGold
from amic_kg.evaluation.gold import gold_folder
from amic_kg.evaluation.misspelling import misspellings
from amic_kg.evaluation.scores import Score
from amic_kg.evaluation.site_names import (
    Case,
    misspelt_cases,
    places_without_site,
    read_records,
    read_site_names,
    score,
    site_name_sections,
    without_labels_of,
)
from amic_kg.ontology import load_vocabulary

GOLD = gold_folder() / "site-names.tsv"


@pytest.fixture(scope="module")
def vocabulary():
    return load_vocabulary()


def test_every_gold_name_stands_for_a_registered_site_or_for_none(vocabulary):
    names = read_site_names(GOLD)
    assert {case.iri for case in names if case.iri and case.iri not in vocabulary} == set()
    assert sum(case.iri is None for case in names) > 100


def test_the_halves_of_the_gold_names_are_all_of_them():
    halves = [read_site_names(GOLD, split) for split in ("dev", "test")]
    assert {case.name for half in halves for case in half} == {
        c.name for c in read_site_names(GOLD)
    }
    assert min(map(len, halves)) > 200


@pytest.mark.parametrize(
    "rows", ["key\n", "name\tkey\tnote\nA\t\t\n", "name\tkey\tnote\nA\t-\t\nA\t-\t\n"]
)
def test_a_broken_table_is_named(tmp_path, rows):
    path = tmp_path / "names.tsv"
    path.write_text(rows, encoding="utf-8")
    with pytest.raises(InvalidGold, match=r"names\.tsv"):
        read_site_names(path)


def test_records_bring_coordinates_and_raw_materials(tmp_path):
    path = tmp_path / "records.jsonl"
    path.write_text(
        '{"name": "A", "location_info": {"location": "POINT (25.5 67.1)"}, "mineral_inventory":'
        ' [{"commodity": {"observed_name": "Ni"}}]}\n{"name": "Unknown"}\n{"name": null}\n',
        encoding="utf-8",
    )
    assert read_records(path, [Case("A", "a")]) == (Case("A", "a", "", (25.5, 67.1), ("Ni",)),)


def test_a_wrong_link_is_both_invented_and_missed():
    assert score(Case("A", "a"), "a") == Score(right=1)
    assert score(Case("A", "a"), "b") == Score(invented=1, missed=1)
    assert score(Case("A", None), "b") == Score(invented=1)
    assert score(Case("A", None), None) == Score()


def test_misspellings_differ_from_the_name_and_are_the_same_each_time():
    made = misspellings("Pyhäsalmi")
    assert made == misspellings("Pyhäsalmi")
    assert ("ae for ä", "Pyhaesalmi") in made
    assert all(text != "Pyhäsalmi" for _, text in made)


def test_no_misspelling_is_the_name_of_another_site(vocabulary):
    owners = {
        text: entity.iri for entity in vocabulary if entity.type == "Site"
        for _, text, _ in entity.labels()
    }  # fmt: skip
    assert all(owners.get(case.name, case.iri) == case.iri for case in misspelt_cases(vocabulary))


def test_labels_equal_to_a_name_are_held_out_but_the_preferred_ones(vocabulary):
    site = "https://w3id.org/amic/id/site/kevitsa"
    bare = without_labels_of(vocabulary, [Case("KEIVITSA", site), Case("Kevitsa", site)])
    labels = {text for _, text, _ in bare.get(site).labels()}
    assert "Keivitsa" not in labels
    assert "Kevitsa" in labels


def test_places_that_a_site_is_called_by_are_no_negatives(vocabulary):
    found = places_without_site(["Riipi (Sodankylä)", "Haveri (Ylöjärvi)", "Kala"], vocabulary)
    assert [case.name for case in found] == ["Riipi"]


def test_names_are_linked_with_few_mistakes_where_the_baseline_makes_many(vocabulary):
    names, misspelt, places = site_name_sections(
        vocabulary, read_site_names(GOLD, "test"), places=["Riipi (Sodankylä)"]
    )
    table = {row[0]: (float(row[1]), float(row[2])) for row in names.rows}
    for labels in ("all labels", "no hidden labels", "labels equal to a name held out"):
        precision, recall = table[f"gold names, {labels}"]
        assert precision >= 0.97
        assert recall >= 0.92
        assert table[f"gold names, {labels}: token_set_ratio of 90"] < (precision, recall)
    assert float(misspelt.rows[0][1]) >= 0.97
    assert float(misspelt.rows[0][2]) >= 0.92
    assert places.rows[0] == ("ours", "1", "0", "0.000")
