"""What a passage names: coordination, compounds, defined short forms, readings by context."""

from __future__ import annotations

from itertools import pairwise

import pytest

from amic_kg.extract.concepts.abbreviations import find_abbreviations
from amic_kg.extract.concepts.finding import ConceptFinder


@pytest.fixture(scope="module")
def finder(vocabulary, analyzer, extractor):
    return ConceptFinder(vocabulary, analyzer, extractor.matcher)


@pytest.fixture
def find(finder):
    """The names in a text, each as (surface, 'Type:key')."""

    def find(text, language):
        terms = finder.prepare([(text, language)])
        _, matches = finder.find(text, language, terms)
        return [(text[m.start : m.end], f"{m.type}:{m.entity.rsplit('/', 1)[1]}") for m in matches]

    return find


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        (
            "Kittilän ja Sodankylän kunnat",
            "fi",
            {
                ("Kittilän", "Organization:municipality-of-kittila"),
                ("Sodankylän kunnat", "Organization:municipality-of-sodankyla"),
            },
        ),
        (
            "Lapin ja Oulun yliopistot",
            "fi",
            {
                ("Lapin", "Organization:university-of-lapland"),
                ("Oulun yliopistot", "Organization:university-of-oulu"),
            },
        ),
        (
            "kulta- ja kuparikaivos",
            "fi",
            {("kulta", "Commodity:gold"), ("kuparikaivos", "Commodity:copper")},
        ),
        (
            "sosiaaliset ja taloudelliset vaikutukset",
            "fi",
            {
                ("sosiaaliset", "Theme:social-impacts"),
                ("taloudelliset vaikutukset", "Theme:economic-impacts"),
            },
        ),
        ("pohja- ja pintavesien laatu", "fi", {("pohja", "Theme:groundwater")}),
        (
            "Kittilän, Kolarin ja Sodankylän kaivokset",
            "fi",
            {
                ("Kittilän", "Site:kittilan-kaivos"),
                ("Kolarin", "Place:kolari"),
                ("Sodankylän", "Place:sodankyla"),
            },
        ),
        (
            "a nickel-copper-PGE deposit",
            "en",
            {
                ("nickel", "Commodity:nickel"),
                ("copper", "Commodity:copper"),
                ("PGE", "Commodity:platinum-group-metals"),
            },
        ),
        (
            "Geological Surveys of Finland and Sweden",
            "en",
            {
                ("Geological Surveys of Finland", "Organization:gtk"),
                ("Sweden", "Organization:sgu"),
            },
        ),
        (
            "open pit and underground mining",
            "en",
            {
                ("open pit", "Method:open-pit-mining"),
                ("underground mining", "Method:underground-mining"),
            },
        ),
        (
            "guld- och koppargruvor",
            "sv",
            {("guld", "Commodity:gold"), ("koppargruvor", "Commodity:copper")},
        ),
        (
            "yt- och grundvatten",
            "sv",
            {("yt", "Theme:surface-waters"), ("grundvatten", "Theme:groundwater")},
        ),
    ],
)
def test_a_conjunct_stands_for_what_the_coordination_leaves_out(find, text, language, found):
    assert found <= set(find(text, language))


@pytest.mark.parametrize(
    ("text", "language", "other"),
    [
        ("Kemissä ja Kemin kaivoksella", "fi", ("Kemissä", "Site:kemin-kaivos")),
        ("mining, social and environmental impacts", "en", ("mining", "Theme:mining-impacts")),
        ("zinc and lead ore", "en", ("zinc", "Commodity:zinc-ore")),
    ],
)
def test_a_word_that_is_complete_is_not_completed(find, text, language, other):
    assert other not in find(text, language)


@pytest.mark.parametrize(
    ("word", "language", "named"),
    [
        ("kultakaivoksella", "fi", "Commodity:gold"),
        ("kultaesiintymät", "fi", "Commodity:gold"),
        ("rautakaivoshankkeen", "fi", "Commodity:iron"),
        ("nikkelipitoinen", "fi", "Commodity:nickel"),
        ("pintavesivaikutuksia", "fi", "Theme:surface-waters"),
        ("tärinähaittoja", "fi", "AcceptanceFactor:vibration"),
        ("nickelhalten", "sv", "Commodity:nickel"),
        ("guldgruvan", "sv", "Commodity:gold"),
        ("gruvavfallsdirektivet", "sv", "Theme:extractive-waste"),
        ("Kittilägruvan", "sv", "Site:kittilan-kaivos"),
    ],
)
def test_a_concept_is_found_inside_a_compound(find, word, language, named):
    assert find(f"gruva {word}" if language == "sv" else f"kaivos {word}", language)[-1] == (
        word,
        named,
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("kultamitali hopeahäissä ja rautalanka", "fi"),
        ("guldmedalj och silverbröllop", "sv"),
        ("järnridån", "sv"),
    ],
)
def test_a_compound_about_something_else_holds_no_substance(find, text, language):
    assert find(text, language) == []


@pytest.mark.parametrize(
    ("text", "language", "named"),
    [
        ("sulfate removal", "en", "Method:sulphate-removal"),
        ("sulphate removal", "en", "Method:sulphate-removal"),
        ("minewater", "en", "Theme:mine-water-management"),
        ("ground water", "en", "Theme:groundwater"),
        ("northern Finland", "en", "Place:pohjois-suomi"),
        ("norra Finland", "sv", "Place:pohjois-suomi"),
        ("anrikningssandens", "sv", "Theme:tailings"),
        ("free, prior and informed consent", "en", "Practice:fpic"),
        ("Arctic Centre, University of Lapland", "en", "Organization:arctic-centre"),
        ("kallionäytekai-\nrauksella", "fi", "Method:core-drilling"),
        ("PGMs", "en", "Commodity:platinum-group-metals"),
    ],
)
def test_a_label_is_found_in_other_spellings(find, text, language, named):
    assert find(text, language) == [(text, named)]


def test_the_longer_name_wins_over_one_that_begins_before_it(find):
    assert ("Arctic Smart Mining Cluster", "Project:amic") in find(
        "The Arctic Smart Mining Cluster ran from 2016", "en"
    )


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Kemin kaivos", "fi", ["Site:kemin-kaivos"]),
        ("Kemissä asutaan", "fi", ["Place:kemi"]),
        ("Outokummun kaupunki", "fi", ["Organization:city-of-outokumpu"]),
        ("Outokumpu on kaupunki", "fi", ["Place:outokumpu"]),
        ("Kallak project near Jokkmokk", "en", ["Site:kallakin-rautaesiintyma", "Place:jokkmokk"]),
        ("Kittilä is the largest mine", "en", ["Site:kittilan-kaivos", "Theme:mines"]),
        ("Kemi  Keminmaa", "fi", ["Site:kemin-kaivos", "Place:keminmaa"]),
        ("samples tested at GTK Mintec", "en", ["Site:gtk-mintec"]),
        ("The Outokumpu company", "en", ["Organization:outokumpu"]),
    ],
)  # fmt: skip
def test_a_name_of_several_things_is_read_by_what_stands_around(find, text, language, found):
    assert [named for _, named in find(text, language)] == found


def test_a_company_named_in_full_is_meant_by_its_short_name_too(find):
    text = "Outokumpu Oyj julkaisi tuloksensa. Outokumpu kasvoi."
    assert [named for _, named in find(text, "fi")] == ["Organization:outokumpu"] * 2


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Lauri Malmi kertoi", "fi"),
        ("tutkija Kolari kertoi", "fi"),
        ("K. Kolari kertoi", "fi"),
        ("Kolari, K. 2012.", "fi"),
        ("Kolari ym. 2012", "fi"),
        ("(Kolari 2016; Salo 2018)", "en"),
        ("Salla Virtanen kertoi", "fi"),
        ("Lapin keskussairaala", "fi"),
        ("Kemin Lämpö Oy", "fi"),
        ("Itä-Saksassa", "fi"),
        ("Länsstyrelsen i Norrbotten", "sv"),
        ("Eno kertoi tarinan", "fi"),
        ("Long Island", "fi"),
    ],
)
def test_a_surname_or_a_part_of_another_name_is_no_place(find, text, language):
    assert not [named for _, named in find(text, language) if named.startswith(("Place", "Site"))]


@pytest.mark.parametrize(
    ("text", "language", "named"),
    [
        ("Zinc and lead were mined", "en", "Commodity:lead"),
        ("Lead isotopes of the ore", "en", "Commodity:lead"),
        ("Tin is mined there", "en", "Commodity:tin"),
        ("The rock is composed of quartz, magnetite and talc grains", "en", "Mineral:talc"),
        ("The mine produces talc", "en", "Commodity:talc"),
        ("Au-esiintymä", "fi", "Commodity:gold"),
        ("Ni-PGE", "fi", "Commodity:nickel"),
    ],
)
def test_a_substance_is_read_by_what_stands_around(find, text, language, named):
    assert named in [found for _, found in find(text, language)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The lead author of the mining report leads the ore project", "en"),
        ("This will lead to a new mine", "en"),
        ("The miners won a gold medal", "en"),
        ("a silver lining for the mine", "en"),
        ("As the tin roof leaked, silver was polished and hair turned copper", "en"),
        ("Koulussa on kultaa ja hopeaa", "fi"),
        ("Helsingissä sijaitseva Malmi", "fi"),
        ("the ore was concentrated", "en"),
    ],
)
def test_a_common_word_is_no_substance(find, text, language):
    assert not [named for _, named in find(text, language) if named.startswith("Commodity")]


def test_a_word_that_a_document_uses_as_a_name_is_one_at_a_sentence_start_too(find):
    text = "Helsingin kaupunginosa on nimeltään Malmi. Malmin asema on vanha."
    assert not [named for _, named in find(text, "fi") if named.startswith("Commodity")]


def test_the_member_of_a_group_that_has_a_name_is_not_the_group(find):
    assert find("Tuntemattoman paliskunta", "fi") == []
    assert find("paliskunnat", "fi") == [
        ("paliskunnat", "StakeholderGroup:reindeer-herding-cooperatives")
    ]


class TestAbbreviations:
    @pytest.mark.parametrize(
        ("text", "short", "long"),
        [
            ("Geologian tutkimuskeskus (GTK) tutki", "GTK", "Geologian tutkimuskeskus"),
            ("Geologian tutkimuskeskuksen (GTK:n)", "GTK", "Geologian tutkimuskeskuksen"),
            ("The acid mine drainage (AMD) is", "AMD", "acid mine drainage"),
            ("AMD (acid mine drainage) is", "AMD", "acid mine drainage"),
            ("unmanned aerial vehicles (UAVs)", "UAV", "unmanned aerial vehicles"),
            ("Ympäristövaikutusten arviointi eli YVA", "YVA", "Ympäristövaikutusten arviointi"),
            ("magnetotelluuriset mittaukset (MT)", "MT", "magnetotelluuriset mittaukset"),
            ("miljökonsekvensbeskrivning (MKB)", "MKB", "miljökonsekvensbeskrivning"),
            ("Kainuun Voimayhtiö (KVY, per. 1990)", "KVY", "Kainuun Voimayhtiö"),
        ],
    )
    def test_a_definition_is_found(self, text, short, long):
        found = find_abbreviations([text])
        assert {name: d.long for name, d in found.items()} == {short: long}

    @pytest.mark.parametrize(
        "text",
        ["Maailmanpankki (IMF)", "hinta (EUR 12)", "mine (see Fig. 2)", "ore (2B)", "ai (A)"],
    )
    def test_a_bracket_that_abbreviates_nothing_defines_nothing(self, text):
        assert find_abbreviations([text]) == {}

    def test_the_short_form_means_the_long_form_all_through_the_document(self, finder):
        passages = [
            ("Hapan kaivosvaluma (HKV) on haitta.", "fi"),
            ("Torjunta on osa HKV:n hallintaa.", "fi"),
        ]
        terms = finder.prepare(passages)
        text, language = passages[1]
        _, matches = finder.find(text, language, terms)
        assert [(text[m.start : m.end], m.entity.rsplit("/", 1)[1]) for m in matches] == [
            ("HKV:n", "acid-mine-drainage")
        ]

    def test_the_longest_name_before_the_bracket_is_what_is_abbreviated(self, find):
        text = "Pohjois-Suomen aluehallintovirasto (AVI) myönsi luvan."
        assert find(text, "fi")[1] == ("AVI", "Organization:avi-northern-finland")

    def test_an_unknown_long_form_is_kept_for_who_links_names(self, finder):
        terms = finder.prepare([("Kainuun Voimayhtiö (KVY) tiedotti.", "fi")])
        assert terms.abbreviations["KVY"].long == "Kainuun Voimayhtiö"
        assert terms.defined == {}


def test_matches_are_in_order_and_point_at_their_words(finder):
    text = (
        "Geologian tutkimuskeskus (GTK) tutki kulta- ja kuparikaivoksia. Kittilän ja Kolarin "
        "kunnat "
        "sekä rikastus-\nhiekan sulfaattipitoisuus, Ni-Cu-PGE-malmi ja 0,5 % Cu."
    )
    tokens, matches = finder.find(text, "fi", finder.prepare([(text, "fi")]))
    assert len(matches) > 8
    assert all(one.last < other.first for one, other in pairwise(matches))
    for match in matches:
        assert (match.start, match.end) == (tokens[match.first].start, tokens[match.last].end)


def test_the_same_text_gives_the_same_matches(finder):
    text = "Kemin kaivos, talkki ja Outokumpu."
    assert finder.find(text, "fi") == finder.find(text, "fi")


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Ni-, Cu- ja Co-pitoisuudet", "fi", ["nickel", "copper", "cobalt"]),
        ("arseeni- ja antimonipitoisuudet", "fi", ["arsenic", "antimony"]),
        ("nickel-, koppar- och koboltmalm", "sv", ["nickel", "copper", "cobalt-ore"]),
    ],
)
def test_substances_are_told_in_a_suspended_list(find, text, language, found):
    assert [named.partition(":")[2] for _, named in find(text, language)] == found


@pytest.mark.parametrize(
    ("text", "language", "named"),
    [
        ("Kemi kromgruva", "sv", "Site:kemin-kaivos"),
        ("Suhangon platinametalliesiintymät", "fi", "Site:suhanko"),
        ("Kevitsan monimetallikaivos", "fi", "Site:kevitsa"),
    ],
)
def test_the_word_for_the_mine_belongs_to_the_name_of_the_site(find, text, language, named):
    assert find(text, language) == [(text, named)]


def test_an_organisation_keeps_its_capitals(find):
    assert find("the Outokumpu mining museum", "en")[0] == ("Outokumpu", "Place:outokumpu")
    assert find("Outokumpu Mining Oy", "en")[0][1] == "Organization:outokumpu-mining"


def test_the_short_form_replaces_no_longer_name(find):
    text = "Geologian tutkimuskeskus (GTK). GTK Mintecin koetehdas."
    assert find(text, "fi")[-1][1] == "Site:gtk-mintec"


@pytest.mark.parametrize(
    ("text", "language", "named"),
    [
        ("a national expert evaluation", "en", []),
        ("experts visited the smelter", "en", ["experts"]),
        ("Asiasta kertoi opettaja.", "fi", []),
        ("Asiasta kerrottiin opettajille.", "fi", ["teachers"]),
        ("The European Parliament is active", "en", ["eu-institutions"]),
    ],
)
def test_one_person_is_no_stakeholder_group(find, text, language, named):
    groups = [name for _, name in find(text, language) if name.startswith("StakeholderGroup")]
    assert groups == [f"StakeholderGroup:{key}" for key in named]


@pytest.mark.parametrize(
    ("text", "language", "named"),
    [
        (
            "Industrial minerals include barites, feldspar, gypsum and limestone.",
            "en",
            ["baryte", "feldspar", "gypsum", "limestone"],
        ),
        ("Teollisuusmineraaleja ovat kvartsi ja maasälpä.", "fi", ["quartz", "feldspar"]),
    ],
)
def test_what_is_listed_as_raw_materials_is_a_commodity(find, text, language, named):
    listed = [name for _, name in find(text, language)][1:]
    assert listed == [f"Commodity:{key}" for key in named]


def test_a_salt_is_no_metal(find):
    assert find("dosage of potassium chloride and copper nitrate", "en") == []
    assert find("dosage of ferric sulphate", "en")[0][1] == "Commodity:ferric-sulphate"


def test_a_word_after_a_dash_takes_the_beginning_of_the_word_before(find):
    text = "3D-mittaukselle ja –mallinnukselle"
    assert find(text, "fi")[-1] == ("mallinnukselle", "Method:three-dimensional-modelling")


def test_a_colour_is_no_metal_where_nothing_else_is_of_the_field(find):
    assert find("Yhtiö muutti metallin väriä (ei hopea vaan musta).", "fi") == []


def test_the_university_in_a_name_is_no_group(find):
    assert find("Diaconia University of Applied Sciences took part", "en") == []


def test_a_substance_is_the_mineral_among_minerals(find) -> None:
    found = find("Malmissa on magnetiittia, ilmeniittiä ja apatiittia.", "fi")
    assert ("apatiittia", "Mineral:apatite") in found


def test_a_substance_is_the_raw_material_among_metals(find) -> None:
    found = find("Deposits: replacement tin, zinc, magnesium, fluorite.", "en")
    assert ("fluorite", "Commodity:fluorspar") in found


def test_clay_is_a_raw_material_among_industrial_minerals_and_else_the_soil(find) -> None:
    listed = find("Industrial minerals include bentonite, borates and clays.", "en")
    assert ("clays", "Commodity:clay") in listed
    assert ("savea", "Rock:clay") in find("Moreenin alla on savea ja silttiä.", "fi")


def test_peat_is_a_raw_material_where_it_is_cut_for_energy(find) -> None:
    assert ("turvetta", "Commodity:peat") in find(
        "Suon mineraalimaan päältä nostetaan turvetta energiaksi.", "fi"
    )


def test_a_symbol_counts_behind_a_plus_minus_sign(find) -> None:
    assert ("Mo", "Commodity:molybdenum") in find("a skarn with tungsten ± Mo", "en")


def test_names_share_what_follows_the_hyphen(find) -> None:
    found = find("Etelä- ja Keski-Pohjanmaan kaivokset", "fi")
    assert ("Etelä", "Place:etela-pohjanmaa") in found
    assert ("Keski-Pohjanmaan", "Place:keski-pohjanmaa") in found


def test_a_name_that_a_line_parts_is_found_in_a_text_of_another_language(find) -> None:
    found = find("Till was sampled in Sodan-\nkylä in 1987.", "en")
    assert ("Sodan-\nkylä", "Place:sodankyla") in found


@pytest.mark.parametrize(
    "text",
    [
        "The mine gave up fossil fuels.",
        "Microbial biomass of the tailings was measured.",
        "In many mines the main processes: improvement of ventilation.",
        "An earthquake expert, Charles Richter, spoke.",
    ],
)
def test_a_term_within_another_expression_is_none(find, text) -> None:
    surfaces = {surface for surface, _ in find(text, "en")}
    assert surfaces.isdisjoint({"fossil", "biomass", "processes: improvement", "expert"})


def test_data_mining_is_no_mining(find) -> None:
    assert find("Data mining of customer records", "en") == [
        ("Data mining", "Theme:data-analytics")
    ]
