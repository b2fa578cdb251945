"""Which site of the registry a written name stands for, and when it stands for none."""

from __future__ import annotations

import pytest

from amic_kg.extract.sites.linking import SiteLinker
from amic_kg.language.voikko import VoikkoMorphology
from amic_kg.ontology import Entity, Vocabulary, load_vocabulary

ID = "https://w3id.org/amic/id/"


@pytest.fixture(scope="module")
def linker():
    return SiteLinker(load_vocabulary())


@pytest.fixture
def key(linker):
    def key(name, **evidence):
        link = linker.link(name, **evidence)
        return link.iri.removeprefix(f"{ID}site/") if link else None

    return key


def small_registry(tmp_path, *sites, places=(), facts=""):
    """A linker for sites (key, label…) and places; `facts` are Turtle about s:key."""
    entities = {
        f"{ID}site/{key}": Entity(
            f"{ID}site/{key}", "Site", {"fi": labels[0]}, {"fi": tuple(labels[1:])}
        )
        for key, *labels in sites
    }
    for place in places:
        iri = f"{ID}place/{place.lower()}"
        entities[iri] = Entity(iri, "Place", {"fi": place})
    registry = tmp_path / "sites.ttl"
    registry.write_text(
        "@prefix mrdi: <https://w3id.org/amic/ontology#> ."
        "@prefix geo: <http://www.opengis.net/ont/geosparql#> ."
        f"@prefix s: <{ID}site/> . @prefix c: <https://w3id.org/amic/vocab/commodity/> .{facts}",
        encoding="utf-8",
    )
    return SiteLinker(Vocabulary(entities, "1"), registry)


def lies_at(site, longitude, latitude):
    return (
        f"s:{site} geo:hasGeometry s:{site}-point ."
        f's:{site}-point geo:asWKT "POINT({longitude} {latitude})"^^geo:wktLiteral .'
    )


@pytest.mark.parametrize(
    "name",
    ["Kevitsa", "KEIVITSA", "kevitsa", "Kevitsan kaivokselta", "Kevitsa Ni-Cu mine", "Kevittsa",
     "Boliden Kevitsa", "Kevitsagruvan", "Kevitsa (Sodankylä)", "Kevitsa, Finland"],
)  # fmt: skip
def test_a_mine_is_known_in_any_dress(key, name):
    assert key(name) == "kevitsa"


@pytest.mark.parametrize(
    ("name", "site"),
    [
        ("Outokumpu-Luikonlahti", "luikonlahti"),
        ("Kotalahti – Hanhisalo", "hanhisalo"),
        ("Kuhmo-Peura-Aho", "peura-aho"),
        ("Outokumpu-Hautalampi (Keretti)", "hautalampi"),
    ],
)
def test_after_the_name_of_a_belt_the_site_follows(key, name, site):
    assert key(name) == site


@pytest.mark.parametrize("name", ["Outokumpu-Kettukumpu", "Kotalahti-Virtanen", "Kittilä-Helmi"])
def test_an_unknown_name_after_a_belt_is_not_the_mine_of_the_belt(key, name):
    assert key(name) is None


@pytest.mark.parametrize(
    "name",
    ["Outokumpu Oyj", "Kotalahti nickel belt", "Kemi River", "Kittilän kunta", "Sudbury",
     "Virtanen", "Gold deposit", "Kultakaivos", "Rovaniemi", "", "(…)", "Stormi, Norway"],
)  # fmt: skip
def test_companies_areas_waters_and_strangers_are_no_sites(key, name):
    assert key(name) is None


def test_umlauts_come_with_e_or_without_dots(key):
    assert key("Pyhaesalmi") == key("Pyhasalmi") == "pyhasalmi"


def test_a_slip_is_forgiven_in_proportion_to_length(key):
    assert key("Kilvenlatvalapmi") == "kilvenlatvalampi"
    assert key("Tata") is None


@pytest.mark.skipif(VoikkoMorphology.open() is None, reason="libvoikko is not installed")
def test_a_word_that_finnish_knows_is_no_slip_of_another(key):
    assert key("Koivisto") is None


def test_a_site_with_nearly_the_name_of_another_keeps_its_own(key):
    assert (key("Makola"), key("Makkola")) == ("makola", "makkola")


def test_a_part_of_a_site_is_the_site_unless_it_is_registered(key):
    assert key("Suhanko North") == "suhanko"
    assert key("Vammala 2") == "vammalan-kaivos"
    assert key("Pihlajasalo 2") == "pihlajasalo-2"


def test_a_name_that_two_sites_share_stands_for_none(key):
    assert key("Pihlajasalo") is None


def test_two_sites_named_together_stand_for_none(key):
    assert key("Juomasuo and Hangaslampi") is None
    assert key("Aijala-Metsämonttu") is None


def test_a_plant_is_another_site_than_the_mine_of_its_name(key):
    assert (key("Vammala mill"), key("Vammala mine")) == ("vammalan-rikastamo", "vammalan-kaivos")


def test_coordinates_decide_between_sites_of_one_name(tmp_path):
    facts = lies_at("north", 25.11, 67.31) + lies_at("south", 23.12, 61.32)
    linker = small_registry(
        tmp_path, ("north", "Kettukallio"), ("south", "Kettukallio"), facts=facts
    )
    assert linker.link("Kettukallio") is None
    assert linker.link("Kettukallio", coordinates=(23.2, 61.4)).iri == f"{ID}site/south"


def test_raw_materials_decide_between_sites_of_one_name(tmp_path):
    vocabulary = load_vocabulary()
    facts = "s:a mrdi:hasCommodity c:gold . s:b mrdi:hasCommodity c:nickel ."
    small = small_registry(tmp_path, ("a", "Kettukallio"), ("b", "Kettukallio"), facts=facts)
    sites = [Entity(f"{ID}site/{k}", "Site", {"fi": "Kettukallio"}) for k in "ab"]
    linker = SiteLinker(vocabulary.extended(sites, "2"), tmp_path / "sites.ttl")
    assert small.link("Kettukallio") is None
    assert linker.link("Kettukallio", commodities=["Ni"]).iri == f"{ID}site/b"
    assert linker.link("Kettukallio gold mine").iri == f"{ID}site/a"


def test_a_misspelt_name_far_away_is_another_site(tmp_path):
    linker = small_registry(tmp_path, ("a", "Kutsuvaara"), facts=lies_at("a", 25.11, 67.31))
    assert linker.link("Kutsuvaaara", coordinates=(25.3, 67.2)) is not None
    assert linker.link("Kutsuvaaara", coordinates=(23.12, 61.32)) is None


def test_coordinates_that_tell_no_place_are_left_aside(key):
    assert key("Hitura Nickel Mine", coordinates=(0, 0)) == "hitura"
    assert key("Kevittsa", coordinates=(25.0, 62.0)) == "kevitsa"


def test_a_town_is_not_its_mine_until_something_says_so(tmp_path):
    linker = small_registry(
        tmp_path,
        ("mine", "Kettulan kaivos"),
        places=("Kettula",),
        facts=lies_at("mine", 25.1, 61.3),
    )
    assert linker.link("Kettula") is None
    assert linker.link("Kettula mine").iri == f"{ID}site/mine"
    assert linker.link("Kettula", coordinates=(25.12, 61.31)).iri == f"{ID}site/mine"


def test_the_ranking_has_every_site_that_may_be_meant_best_first(linker):
    ranked = linker.rank("Pihlajasalo")
    assert {link.iri for link in ranked[:2]} == {f"{ID}site/pihlajasalo-{n}" for n in (1, 2)}
    assert [link.score for link in ranked] == sorted((x.score for x in ranked), reverse=True)
    assert all(0 <= link.score <= 1 for link in ranked)


def test_a_link_says_what_it_stands_on(linker):
    assert linker.link("Kevitsa").how == "label"
    assert linker.link("Kevittsa").how == "spelling"
    assert linker.link("Outokumpu-Luikonlahti (Kaavi)").how == "name, after an area"
