"""Loading the ontology folder: what is refused, and how the hierarchy is walked."""

from __future__ import annotations

import pytest

from amic_kg.errors import InvalidVocabulary
from amic_kg.ontology import Entity, Vocabulary, load_vocabulary, ontology_version

HEAD = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix mrdi: <https://w3id.org/amic/ontology#> .
@prefix c: <https://w3id.org/amic/vocab/commodity/> .
@prefix site: <https://w3id.org/amic/id/site/> .
@prefix place: <https://w3id.org/amic/id/place/> .
"""
C = "https://w3id.org/amic/vocab/commodity/"


@pytest.fixture
def load(tmp_path):
    def load(**files):
        for name, text in files.items():
            part = "registry" if name.startswith("r_") else "vocab"
            (tmp_path / part).mkdir(exist_ok=True)
            (tmp_path / part / f"{name}.ttl").write_text(HEAD + text, encoding="utf-8")
        return load_vocabulary(tmp_path)

    return load


def test_a_concept_has_its_labels_by_language_and_rank(load):
    vocabulary = load(
        a='c:nickel a skos:Concept ; skos:prefLabel "nikkeli"@fi, "nickel"@en ;'
        ' skos:altLabel "Ni-malmi"@fi ; skos:hiddenLabel "Ni" ; skos:definition "Metal."@en .'
    )
    nickel = vocabulary.get(f"{C}nickel")
    assert nickel.type == "Commodity"
    assert set(nickel.labels()) == {
        ("fi", "nikkeli", "preferred"),
        ("en", "nickel", "preferred"),
        ("fi", "Ni-malmi", "alternative"),
        ("", "Ni", "hidden"),
    }
    assert nickel.definition == {"en": "Metal."}


def test_a_label_is_given_in_the_language_asked_else_english_else_any():
    assert Entity("x", "Theme", {"fi": "a", "en": "b"}).label("fi") == "a"
    assert Entity("x", "Theme", {"fi": "a", "en": "b"}).label("sv") == "b"
    assert Entity("x", "Theme", {"fi": "a"}).label("sv") == "a"


def test_things_of_the_registry_stand_below_where_they_are(load):
    vocabulary = load(
        r_a='site:k a mrdi:Site, mrdi:Mine ; skos:prefLabel "K"@fi ; mrdi:locatedIn place:s .'
        'place:s a mrdi:Place ; skos:prefLabel "S"@fi ; mrdi:within place:l .'
        'place:l a mrdi:Place ; skos:prefLabel "L"@fi .'
    )
    base = "https://w3id.org/amic/id/"
    assert vocabulary.get(f"{base}site/k").type == "Site"
    assert vocabulary.ancestors(f"{base}site/k") == (f"{base}place/s", f"{base}place/l")
    assert vocabulary.narrower(f"{base}place/l") == (f"{base}place/s",)


def test_what_is_no_concept_and_no_registered_thing_is_left_out(load):
    vocabulary = load(
        a='<https://w3id.org/amic/vocab/commodity> a skos:ConceptScheme ; skos:prefLabel "x"@en .'
        'c:a a skos:Concept ; skos:prefLabel "a"@en .'
    )
    assert [entity.iri for entity in vocabulary] == [f"{C}a"]
    assert f"{C}a" in vocabulary
    assert f"{C}b" not in vocabulary
    assert vocabulary.get(f"{C}b") is None


def test_one_concept_in_two_files_is_refused(load):
    text = 'c:a a skos:Concept ; skos:prefLabel "a"@en .'
    with pytest.raises(InvalidVocabulary, match=r"second\.ttl.*is described in two files"):
        load(first=text, second=text)


def test_a_concept_without_preferred_label_is_refused(load):
    with pytest.raises(InvalidVocabulary, match=r"one\.ttl.*has no skos:prefLabel"):
        load(one='c:a a skos:Concept ; skos:altLabel "a"@en .')


def test_an_empty_folder_is_no_vocabulary(tmp_path):
    with pytest.raises(InvalidVocabulary, match="holds no vocabulary"):
        load_vocabulary(tmp_path)


def test_a_broken_file_is_named(load):
    with pytest.raises(InvalidVocabulary, match=r"one\.ttl, line"):
        load(one="c:a a ")


def vocabulary(**broader: tuple[str, ...]) -> Vocabulary:
    entities = {
        name: Entity(name, "Theme", {"en": name}, broader=above) for name, above in broader.items()
    }
    return Vocabulary(entities, "1")


def test_ancestors_come_nearest_first_and_each_once():
    small = vocabulary(a=("b", "c"), b=("d",), c=("d",), d=("e",), e=())
    assert small.ancestors("a") == ("b", "c", "d", "e")
    assert small.narrower("d") == ("b", "c")
    assert small.narrower("a") == ()


def test_a_cycle_is_walked_once():
    small = vocabulary(a=("b",), b=("c",), c=("a",))
    assert small.ancestors("a") == ("b", "c")


def test_ancestors_of_the_unknown_are_none():
    assert vocabulary(a=()).ancestors("z") == ()


def test_the_version_changes_with_any_file(load, tmp_path):
    load(a='c:a a skos:Concept ; skos:prefLabel "a"@en .')
    before = ontology_version(tmp_path)
    assert before == ontology_version(tmp_path)
    load(a='c:a a skos:Concept ; skos:prefLabel "b"@en .')
    assert ontology_version(tmp_path) != before
