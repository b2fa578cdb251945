"""Names to entities: the registry first, candidates for what it does not know."""

from __future__ import annotations

from itertools import pairwise

from amic_kg.extract.concepts.matcher import VocabularyMatcher
from amic_kg.extract.names.linking import LinkedNames, NamedPassage, NameLinker
from amic_kg.language import Analyzer
from amic_kg.ontology import Entity, Vocabulary
from amic_kg.recognition import NameLabel, NameSpan
from amic_kg.records import Passage

ID = "https://w3id.org/amic/id/"


def _entity(kind: str, key: str, label: str, *others: str, **translations: str) -> Entity:
    return Entity(
        iri=f"{ID}{kind.lower()}/{key}",
        type=kind,
        preferred={"fi": label, "en": translations.get("en", label), "sv": label},
        alternative={"fi": others, "en": others, "sv": others},
    )


_COPPER = "https://w3id.org/amic/vocab/commodity/copper"
ENTITIES = (
    _entity("Organization", "gtk", "Geologian tutkimuskeskus", en="Geological Survey of Finland"),
    _entity("Organization", "boliden", "Boliden"),
    _entity("Organization", "agnico", "Agnico Eagle Finland Oy"),
    _entity("Organization", "lapland-uas", "Lapin ammattikorkeakoulu"),
    _entity("Place", "outokumpu", "Outokumpu"),
    _entity("Place", "kallak", "Kallak"),
    _entity("Place", "salla", "Salla"),
    _entity("Place", "kolari", "Kolari"),
    _entity("Site", "kallak-deposit", "Kallak iron deposit", "Kallak"),
    _entity("Site", "kevitsa", "Kevitsa"),
    Entity(_COPPER, "Commodity", {"fi": "kupari", "en": "copper", "sv": "koppar"}),
    Entity(f"{_COPPER}-ore", "Commodity", {"fi": "malmi", "en": "ore", "sv": "malm"}),
)
VOCABULARY = Vocabulary({entity.iri: entity for entity in ENTITIES}, "test")
ANALYZER = Analyzer()
MATCHER = VocabularyMatcher(VOCABULARY, ANALYZER)
LINKER = NameLinker(VOCABULARY, ANALYZER)


def _names(text: str, **labels: NameLabel) -> list[NameSpan]:
    """Every place of each surface, blanks written as underscores."""
    found = []
    for key, label in labels.items():
        surface = key.replace("_", " ")
        start = text.find(surface)
        while start >= 0:
            found.append(NameSpan(start, start + len(surface), label, 0.7))
            start = text.find(surface, start + 1)
    return sorted(found)


def _link(*texts: str, language: str = "fi", names: tuple[list[NameSpan], ...] = ()) -> LinkedNames:
    passages = []
    for number, text in enumerate(texts, 1):
        tokens, matches = MATCHER.find(text, language)
        spans = names[number - 1] if names else []
        passage = Passage(number, 1, 0, len(text), language, text)
        passages.append(NamedPassage(passage, tokens, matches, spans))
    return LINKER.link(passages)


def _read(text: str, language: str = "fi", **labels: NameLabel) -> dict[str, str]:
    """Surfaces to the last two steps of the entities' IRIs."""
    linked = _link(text, language=language, names=(_names(text, **labels),))
    return {
        text[match.start : match.end]: "/".join(match.entity.rsplit("/", 2)[-2:])
        for match in linked.matches[0]
    }


def _candidates(linked: LinkedNames) -> set[tuple[str, str]]:
    return {(candidate.type, candidate.label) for candidate in linked.candidates}


def test_a_company_named_after_a_town_is_not_the_town() -> None:
    assert _read("Tehtaan omistaa Outokumpu Stainless Oy.") == {
        "Outokumpu Stainless Oy": "organization/outokumpu-stainless"
    }


def test_another_company_of_a_group_is_not_the_group() -> None:
    assert _read("Työn tilasi Boliden Harjavalta Oy.") == {
        "Boliden Harjavalta Oy": "organization/boliden-harjavalta"
    }


def test_the_registry_knows_a_name_without_its_legal_form() -> None:
    text = "Kaivoksen omistaa Agnico Eagle Finland."
    assert _read(text, Agnico_Eagle_Finland="ORG") == {
        "Agnico Eagle Finland": "organization/agnico"
    }


def test_a_department_is_a_mention_of_its_organisation() -> None:
    text = "Työ tehtiin Lapin ammattikorkeakoulun tekniikan osastolla."
    read = _read(text, Lapin_ammattikorkeakoulun_tekniikan_osastolla="ORG")
    assert read == {"Lapin ammattikorkeakoulun": "organization/lapland-uas"}


def test_a_misspelt_long_name_is_still_the_registrys() -> None:
    text = "The map is by the Geologcal Survey of Finland."
    read = _read(text, "en", Geologcal_Survey_of_Finland="ORG")
    assert read == {"Geologcal Survey of Finland": "organization/gtk"}


def test_a_surname_is_neither_an_ore_nor_a_person_of_the_graph() -> None:
    text = "Tutkija Lauri Malmi esitteli työn. Professori Malmi vastasi kysymyksiin."
    assert _read(text, Lauri_Malmi="PER", Malmi="PER") == {}


def test_an_author_in_the_references_is_no_place() -> None:
    assert _read("Kolari, K. 2014. Kaivosvesien käsittely.") == {}


def test_a_museum_may_bear_a_persons_name() -> None:
    text = "Näyttely on Karl Renlundin museossa."
    assert _read(text, Karl_Renlundin="PER") == {
        "Karl Renlundin museossa": "organization/karl-renlundin-museo"
    }


def test_the_head_says_what_a_name_is() -> None:
    text = "Lausunnon antoivat Sallan kunta ja Käsivarren paliskunta, esiintymistä puhuttiin."
    read = _read(text, Sallan="LOC", Käsivarren="LOC")
    assert read["Sallan kunta"] == "organization/sallan-kunta"
    assert read["Käsivarren paliskunta"] == "organization/kasivarren-paliskunta"


def test_a_head_with_a_common_word_before_it_names_nothing() -> None:
    text = "Kaivoksen yhtiö vastasi. Taulukko: Kohde Kunta. Alueen kunnat tukivat hanketta."
    assert _read(text) == {}


def test_unknown_deposits_become_sites_one_by_one() -> None:
    linked = _link("Mukana olivat Ahvenlammen ja Karhujärven esiintymät sekä Pikkuvaaran kaivos.")
    assert _candidates(linked) == {
        ("Site", "Ahvenlampi"), ("Site", "Karhujärvi"), ("Site", "Pikkuvaara"),
    }  # fmt: skip


def test_a_known_site_takes_its_head_in() -> None:
    assert _read("Malmi tulee Kevitsan kaivoksesta.")["Kevitsan kaivoksesta"] == "site/kevitsa"


def test_a_place_is_the_mine_where_the_words_say_so() -> None:
    assert _read("They opposed the Kallak project.", "en") == {
        "Kallak project": "site/kallak-deposit"
    }
    assert _read("They live in Kallak.", "en") == {"Kallak": "place/kallak"}


def test_an_english_deposit_leaves_its_commodity_to_the_vocabulary() -> None:
    assert _read("Drilling at the Pikkuvaara copper deposit went on.", "en") == {
        "Pikkuvaara": "site/pikkuvaara",
        "copper": "commodity/copper",
    }


def test_projects_are_found_beside_the_word() -> None:
    assert _candidates(_link("Työ kuuluu SOSMIN-hankkeeseen.")) == {("Project", "SOSMIN")}
    english = _link("The MINERVA project ended. Every project ends.", language="en")
    assert _candidates(english) == {("Project", "MINERVA")}
    swedish = _link("Projektet NORDSLAM leds av universitetet.", language="sv")
    assert _candidates(swedish) == {("Project", "NORDSLAM")}


def test_swedish_names_are_found_by_their_form_alone() -> None:
    text = "Gabna sameby, Nordgruv AB och Havs- och vattenmyndigheten talade om Lautakgruvan."
    assert _candidates(_link(text, language="sv")) == {
        ("Organization", "Gabna sameby"), ("Organization", "Nordgruv AB"),
        ("Organization", "Havs- och vattenmyndigheten"), ("Site", "Lautakgruvan"),
    }  # fmt: skip


def test_later_pages_inherit_the_reading_of_the_full_name() -> None:
    linked = _link(
        "Arctic Gold Holdings Ltd (AGH) drilled 34 holes.",
        "Later AGH sold the licence. Arctic Gold Holdings was dissolved.",
        language="en",
    )
    iri = f"{ID}organization/arctic-gold-holdings"
    assert [[match.entity for match in matches] for matches in linked.matches] == [
        [iri] * 2,
        [iri] * 2,
    ]
    (candidate,) = linked.candidates
    assert candidate.label == "Arctic Gold Holdings Ltd"
    assert candidate.surfaces[0] == "Arctic Gold Holdings Ltd"


def test_a_short_form_of_a_registered_name_is_the_registrys() -> None:
    text = "Agnico Eagle Finland Oy laajentaa. Luvan sai Agnico Eagle."
    linked = _link(text, names=(_names(text, Agnico_Eagle="ORG"),))
    assert {match.entity for match in linked.matches[0]} == {f"{ID}organization/agnico"}
    assert linked.candidates == ()


def test_a_place_the_registry_lacks_is_proposed_in_its_base_form() -> None:
    text = "Haastattelut tehtiin Pelkosenniemellä."
    linked = _link(text, names=(_names(text, Pelkosenniemellä="LOC"),))
    assert _candidates(linked) == {("Place", "Pelkosenniemi")}


def test_months_journals_streets_and_addresses_are_no_names() -> None:
    text = (
        "Kokous oli Toukokuussa. Julkaisu: Mining Journal. Osoite: Teknotie 14. "
        "Lisätietoja: www.Kaivosyhtiö.fi."
    )
    names = _names(text, Toukokuussa="LOC", Mining_Journal="ORG", Teknotie="LOC", Kaivosyhtiö="ORG")
    linked = _link(text, names=(names,))
    assert linked.candidates == ()


def test_a_word_that_the_lines_end_cuts_is_no_name() -> None:
    text = "Tietoa antoi Geological Society of Fin-\nland eilen."
    names = (_names(text, Geological_Society_of_Fin="ORG"),)
    assert _link(text, language="en", names=names).candidates == ()


def test_the_same_document_gives_the_same_names() -> None:
    text = "Nordgruv AB, Arvgruv AB och Gabna sameby samt Talma sameby."
    assert _link(text, language="sv") == _link(text, language="sv")


def test_matches_lie_apart_and_in_order() -> None:
    text = "Outokumpu Stainless Oy ja Boliden Harjavalta Oy toimivat Sallassa ja Kolarissa."
    matches = _link(text).matches[0]
    assert all(one.end <= other.start for one, other in pairwise(matches))
    assert len(matches) == 4


def test_rock_units_are_neither_organisations_nor_places() -> None:
    text = "The Harrow Formation and the Penhale Sandstone are cut by the Morwen Fault."
    named = {"Harrow_Formation": "ORG", "Penhale_Sandstone": "LOC", "Morwen_Fault": "ORG"}
    assert _read(text, "en", **named) == {}  # type: ignore[arg-type]
    assert _read("Alue kuuluu Ahvenlammen muodostumaan.", Ahvenlammen_muodostumaan="ORG") == {}
    assert _read("Området hör till Storberget formationen.", "sv") == {}


def test_a_geological_age_is_no_place() -> None:
    text = "The cover is of Triassic and of Pleistocene age."
    named = _names(text, Triassic="LOC", Pleistocene="LOC")
    assert _candidates(_link(text, language="en", names=(named,))) == set()


def test_a_group_is_of_rocks_or_of_companies_as_its_surroundings_say() -> None:
    rocks = "Sandstones of the Penhale Group overlie basalts and conglomerates of Devonian age."
    assert _candidates(_link(rocks, language="en")) == set()
    firms = "The Penhale Group employs 300 people and its subsidiaries had good sales."
    assert _candidates(_link(firms, language="en")) == {("Organization", "Penhale Group")}


def test_a_company_that_bears_the_name_of_a_rock_has_a_legal_form() -> None:
    linked = _link("The permit was given to Penhale Sandstone Ltd.", language="en")
    assert _candidates(linked) == {("Organization", "Penhale Sandstone Ltd")}


def test_a_place_of_the_registry_in_a_rock_units_name_stays_one() -> None:
    assert _read("The Salla Group lies on gneiss.", "en", Salla_Group="ORG") == {
        "Salla": "place/salla"
    }


def test_a_compound_of_a_product_names_no_organisation() -> None:
    text = "Tiedot siirtyvät Kentro Field Manager -sovellukseen ja Kentro Holding -konserniin."
    named = {"Kentro_Field_Manager": "ORG", "Kentro_Holding": "ORG"}
    linked = _link(text, names=(_names(text, **named),))  # type: ignore[arg-type]
    assert _candidates(linked) == {("Organization", "Kentro Holding")}


def test_species_are_no_places() -> None:
    text = "Leaves of birch (Betula pubescens) were collected."
    assert _candidates(_link(text, language="en", names=(_names(text, Betula="LOC"),))) == set()


def test_foreign_words_in_different_cases_are_different_names() -> None:
    text = "Kaivosyhtiö siirsi väkeä Norralandista Vestumiin ja takaisin."
    linked = _link(text, names=(_names(text, Norralandista_Vestumiin="LOC"),))
    assert _candidates(linked) == {("Place", "Norraland"), ("Place", "Vestum")}


def test_two_words_in_no_dictionary_may_be_a_persons_name() -> None:
    text = "Kappaleen esitti tuolloin Zyndra Qualtor kuoron kanssa."
    assert _candidates(_link(text, names=(_names(text, Zyndra_Qualtor="ORG"),))) == set()


def test_a_given_name_makes_two_words_a_person() -> None:
    text = "Kokoelman alku on Elias Lönnrot ja hänen työnsä."
    assert _candidates(_link(text, names=(_names(text, Elias_Lönnrot="ORG"),))) == set()


def test_a_place_is_not_found_again_within_a_rock_units_name() -> None:
    text = "Drilling began near Zendrick in May. The Zendrick Limestone is thick."
    place = [NameSpan(text.index("Zendrick"), text.index("Zendrick") + 8, "LOC", 0.7)]
    linked = _link(text, language="en", names=(place,))
    assert [text[m.start : m.end] for m in linked.matches[0] if "place" in m.entity] == ["Zendrick"]


def test_a_place_of_the_dictionary_is_no_organisation() -> None:
    text = "Malmi kuljetettiin lopulta Varsovaan."
    linked = _link(text, names=(_names(text, Varsovaan="ORG"),))
    assert _candidates(linked) == {("Place", "Varsova")}


def test_titles_in_quotes_before_the_word_are_projects() -> None:
    text = "It was funded by the “Mines in the Cold – MIC” project."
    assert _candidates(_link(text, language="en")) == {
        ("Project", "Mines in the Cold"),
        ("Project", "MIC"),
    }
    text = "Selvitys on osa Pk-yritykset uuteen kasvuun -hanketta."
    assert _candidates(_link(text)) == {("Project", "Pk-yritykset uuteen kasvuun")}


def test_an_abbreviation_of_a_term_is_no_organisation() -> None:
    text = "Gross value added (GVA) grew. The sectors with much GVA export, and GVA is a measure."
    assert _candidates(_link(text, language="en", names=(_names(text, GVA="ORG"),))) == set()


def test_institutions_of_one_word_are_told_by_their_ending() -> None:
    linked = _link("Tiedot pyydettiin silloin Kaivoshallitukselta.")
    assert _candidates(linked) == {("Organization", "Kaivoshallitus")}
    linked = _link("Mittaukset teki Optisen mittaustekniikan laboratorio.")
    assert _candidates(linked) == set()
    linked = _link("Tulos on koulun Optisen mittaustekniikan laboratorion oma.")
    assert _candidates(linked) == {("Organization", "Optisen mittaustekniikan laboratorio")}


def test_a_programme_in_capitals_is_not_the_company_of_that_name() -> None:
    assert _read("Suojelu perustuu BOLIDEN-ohjelmaan, ja BOLIDEN jatkuu.") == {}
    assert "Boliden" in _read("Boliden jatkaa.")
