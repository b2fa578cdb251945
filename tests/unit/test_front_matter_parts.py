"""The parts that front matter is read with: persons, identifiers, dates, series, labels."""

from __future__ import annotations

import pytest

from amic_kg.extract.front_matter.dates import date_line, find_copyrights, placed_date
from amic_kg.extract.front_matter.identifiers import find_identifiers, is_isbn, is_issn
from amic_kg.extract.front_matter.labels import read_label
from amic_kg.extract.front_matter.persons import PersonNames
from amic_kg.extract.front_matter.series import series_line, series_name
from amic_kg.language import Analyzer


@pytest.fixture(scope="module")
def persons():
    return PersonNames(Analyzer(), frozenset({"kevitsa", "mine", "water"}))


class TestPersons:
    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("Minna Canth", ["Canth, Minna"]),
            ("Canth, Minna", ["Canth, Minna"]),
            ("MINNA CANTH", ["Canth, Minna"]),
            ("CANTH Minna", ["Canth, Minna"]),
            ("Canth Minna, Leino Eino", ["Canth, Minna", "Leino, Eino"]),
            ("Minna Canth, Eino Leino ja A. Kivi", ["Canth, Minna", "Leino, Eino", "Kivi, A."]),
            ("Minna Canth & Eino Leino", ["Canth, Minna", "Leino, Eino"]),
            ("Minna Canth\nEino Leino", ["Canth, Minna", "Leino, Eino"]),
            ("Canth, Minna; Leino, Eino", ["Canth, Minna", "Leino, Eino"]),
            ("Canth, Minna, Leino, Eino", ["Canth, Minna", "Leino, Eino"]),
            ("Canth, M., Leino, E. & Kivi, A.", ["Canth, M.", "Leino, E.", "Kivi, A."]),
            ("Georg Henrik von Wright", ["von Wright, Georg Henrik"]),
            ("Anna-Leena Härkönen", ["Härkönen, Anna-Leena"]),
            ("Minna Canth 1,2, Eino Leino 1*", ["Canth, Minna", "Leino, Eino"]),
            ("FT Minna Canth, DI Eino Leino", ["Canth, Minna", "Leino, Eino"]),
            ("MSc, geologist Eino Leino", ["Leino, Eino"]),
            ("Eino Leino, Lapin AMK", ["Leino, Eino"]),
        ],
    )  # fmt: skip
    def test_lists_of_names_are_read_as_a_catalogue_has_them(self, persons, text, names):
        assert [name.value for name in persons.read(text)] == names

    @pytest.mark.parametrize(
        "text",
        [
            "Kaivosvedet Lapissa", "Mine Water", "Kemi ja Tornio", "Lapin ammattikorkeakoulu",
            "Opinnäytetyö", "C Technica", "Tutkimus- ja kehitystyö", "Minna Canth kirjoitti kirjan",
            "YHDENVERTAISUUS JA TASA-ARVO", "",
        ],
    )  # fmt: skip
    def test_what_is_no_list_of_names_gives_none(self, persons, text):
        assert persons.read(text) == []

    def test_the_places_are_those_of_each_name(self, persons):
        text = "Minna Canth ja Eino Leino"
        assert [text[n.start : n.end] for n in persons.read(text)] == ["Minna Canth", "Eino Leino"]


class TestIdentifiers:
    def test_check_digits_decide(self):
        assert is_isbn("9789523162921")
        assert not is_isbn("9789523162922")
        assert is_issn("2489-2629")
        assert not is_issn("2489-2628")

    def test_each_scheme_is_found_with_its_value(self):
        text = (
            "ISBN 978-952-316-292-1 (nidottu) ISSN 2489-2629 https://doi.org/10.1000/182. "
            "URN:ISBN:978-952-316-293-8, https://hdl.handle.net/10024/123"
        )
        found = [(one.scheme, one.value) for one in find_identifiers(text)]
        assert found == [
            ("isbn", "9789523162921"),
            ("isbn", "9789523162938"),
            ("issn", "2489-2629"),
            ("doi", "10.1000/182"),
            ("urn", "URN:ISBN:978-952-316-293-8"),
            ("handle", "10024/123"),
        ]

    @pytest.mark.parametrize("text", ["040 123 4567", "2015-2019", "10.5.2019", "1234567890"])
    def test_other_numbers_are_none(self, text):
        assert list(find_identifiers(text)) == []


class TestDates:
    @pytest.mark.parametrize(
        "text",
        ["2019", "18.5.2019", "Toukokuu 2019", "maj 2019", "May 2019", "Kevät 2019", "05/2019"],
    )
    def test_a_line_that_is_a_date_gives_its_year(self, text):
        assert date_line(text).year == "2019"

    def test_a_place_may_stand_before_it(self):
        assert placed_date("Rovaniemi 2019").year == "2019"
        assert placed_date("Espoo, Finland 2019").year == "2019"
        assert placed_date("Kaivosten vedet vuonna 2019") is None

    def test_a_copyright_names_year_and_holder(self):
        for text in ("© 2021 GTK", "© GTK 2021", "Copyright © GTK, 2021"):
            (found,) = find_copyrights(text)
            assert (found.year, found.holder) == ("2021", "GTK")
        (found,) = find_copyrights("© Kirjoittajat ja Terveyden ja hyvinvoinnin laitos")
        assert (found.year, found.holder) == ("", "Terveyden ja hyvinvoinnin laitos")


class TestSeries:
    def test_a_line_with_series_and_number(self):
        found = series_line("Geologian tutkimuskeskus, Tutkimusraportti 234")
        assert (found.value, found.number) == (
            "Geologian tutkimuskeskus, Tutkimusraportti 234",
            "234",
        )
        assert series_line("Kaivosten vesien hallinta 2019") is None
        assert series_line("Vuosiraportti 2019") is None

    def test_a_name_may_run_over_lines(self):
        found = series_name(["ACTA UNIVERSITATIS", "LAPPEENRANTAENSIS", "Eino Leino"])
        assert (found.value, found.lines) == ("ACTA UNIVERSITATIS LAPPEENRANTAENSIS", 2)
        found = series_name(["Acta Universitatis Ouluensis", "C Technica"])
        assert found.value == "Acta Universitatis Ouluensis C Technica"


class TestLabels:
    @pytest.mark.parametrize(
        ("text", "field"),
        [
            ("Tekijä(t): Eino Leino", "creator"), ("Author(s): X", "creator"),
            ("Handledare: X", "supervisor"), ("Tekijä / Author: X", "creator"),
            ("Julkaisija X", "publisher"), ("Avainsanat: a, b", "keyword"),
            ("Sivumäärä: 12", "other"),
        ],
    )  # fmt: skip
    def test_labels_are_known_in_three_languages(self, text, field):
        assert read_label(text).field == field

    @pytest.mark.parametrize(
        "text", ["Tekijänoikeus kaivosalalla", "Datum är viktigt"[5:], "By the way"]
    )
    def test_words_that_only_begin_alike_are_no_labels(self, text):
        assert read_label(text) is None


@pytest.mark.parametrize(
    ("lines", "series"),
    [
        (
            ("Seinäjoen ammattikorkeakoulun julkaisusarja", "B. Raportteja ja selvityksiä 168"),
            "Seinäjoen ammattikorkeakoulun julkaisusarja B. Raportteja ja selvityksiä 168",
        ),
        (("Traficomin julkaisuja", "4/2022"), "Traficomin julkaisuja 4/2022"),
        (
            ("Lapin yliopiston taiteiden tiedekunnan julkaisuja", "Sarja C 72"),
            "Lapin yliopiston taiteiden tiedekunnan julkaisuja, Sarja C 72",
        ),
        (
            ("Social- och hälsovårdsministeriets rapporter och", "promemorior 2024:12"),
            "Social- och hälsovårdsministeriets rapporter och promemorior 2024:12",
        ),
        (
            ("Acta Universitatis", "Lappeenrantaensis 1062"),
            "Acta Universitatis Lappeenrantaensis 1062",
        ),
    ],
)
def test_a_series_goes_on_in_the_lines_below_its_name(lines, series):
    found = series_name(lines)
    assert found is not None
    assert (found.value, found.lines) == (series, 2)
