"""Front matter: what covers, title pages, imprints and description sheets say of a document."""

from __future__ import annotations

import pytest

from amic_kg.extract.front_matter import FrontMatterReader
from amic_kg.language import Analyzer
from amic_kg.ontology import load_vocabulary
from amic_kg.records import Page


@pytest.fixture(scope="module")
def reader():
    return FrontMatterReader(Analyzer(), load_vocabulary())


@pytest.fixture
def read(reader):
    def read_pages(*texts, language="fi"):
        pages = tuple(Page(number, text) for number, text in enumerate(texts, 1))
        front = reader.read(pages, language)
        for field in front.fields:
            assert texts[field.page - 1][field.start : field.end].strip()
        return front

    return read_pages


COVER = """Eino Leino

KAIVOSVESIEN KÄSITTELY KEVITSAN KAIVOKSELLA
Esiselvitys passiivisista menetelmistä

Opinnäytetyö (AMK)
Insinööri (AMK), kaivannaisalan koulutus
Kevät 2017

Lapin ammattikorkeakoulu"""

SHEET = """Tekijä: Eino Leino
Työn nimi: Kaivosvesien käsittely Kevitsan kaivoksella
Ohjaajat: DI Minna Canth ja FT Aleksis Kivi
Toimeksiantaja: Kemin Digipolis Oy
Vuosi: 2017
Sivumäärä: 45 + 3

Tiivistelmä
Työssä verrataan menetelmiä. Juhani Aho auttoi näytteiden otossa.

Asiasanat: kaivosvedet, kosteikot,
sulfaatti
"""


class TestThesis:
    def test_the_cover_gives_title_author_kind_degree_year_and_school(self, read):
        front = read(COVER)
        assert front.values("title") == (
            "Kaivosvesien käsittely Kevitsan kaivoksella : Esiselvitys passiivisista menetelmistä",
        )
        assert front.values("creator") == ("Leino, Eino",)
        assert front.values("kind") == ("BachelorThesis",)
        assert front.values("degree") == ("Insinööri (AMK)",)
        assert front.values("year") == ("2017",)
        assert front.values("publisher") == ("Lapin ammattikorkeakoulu",)
        assert front.first("publisher").entity.endswith("/lapland-uas")

    def test_the_sheet_gives_supervisors_without_their_titles_and_the_commissioner(self, read):
        front = read(COVER, SHEET)
        assert front.values("supervisor") == ("Canth, Minna", "Kivi, Aleksis")
        assert front.values("commissioner") == ("Kemin Digipolis Oy",)
        assert front.values("keyword") == ("kaivosvedet", "kosteikot", "sulfaatti")

    def test_names_of_running_text_are_no_authors(self, read):
        assert read(COVER, SHEET).values("creator") == ("Leino, Eino",)

    def test_labels_and_values_may_stand_one_below_the_other(self, read):
        front = read("Tekijä\nLeino, Eino\n\nOhjaaja\nCanth, Minna\n\nJulkaisuaika\n2017\n")
        assert front.values("creator") == ("Leino, Eino",)
        assert front.values("supervisor") == ("Canth, Minna",)
        assert front.values("year") == ("2017",)

    def test_columns_of_labels_and_columns_of_values_are_paired(self, read):
        front = read("Tekijä\nOhjaaja\nVuosi\n\nEino Leino\nMinna Canth\n2017\n")
        assert front.values("creator") == ("Leino, Eino",)
        assert front.values("supervisor") == ("Canth, Minna",)
        assert front.values("year") == ("2017",)

    def test_a_table_has_its_labels_in_one_line_and_its_values_in_the_next(self, read):
        head = "Työn laji        Aika               Tekijä\n"
        front = read(head + "Diplomityö       Tammikuu 2022      Leino, Eino\n")
        assert front.values("kind") == ("MasterThesis",)
        assert front.values("year") == ("2022",)
        assert front.values("creator") == ("Leino, Eino",)

    def test_an_examiner_is_no_supervisor(self, read):
        front = read(COVER, "Tekijä: Eino Leino\nTarkastaja: Minna Canth\nOhjaaja: Aleksis Kivi\n")
        assert front.values("supervisor") == ("Kivi, Aleksis",)
        assert front.values("contributor") == ("Canth, Minna",)

    @pytest.mark.parametrize(
        ("line", "kind"),
        [
            ("Opinnäytetyö (YAMK)", "MasterThesis"), ("Pro gradu -tutkielma", "MasterThesis"),
            ("Diplomityö", "MasterThesis"), ("Kandidaatintyö", "BachelorThesis"),
            ("Väitöskirja", "DoctoralThesis"), ("Master's thesis", "MasterThesis"),
            ("Examensarbete för högre yrkeshögskoleexamen", "MasterThesis"),
            ("Examensarbete för yrkeshögskoleexamen", "BachelorThesis"),
            ("Doktorsavhandling", "DoctoralThesis"),
        ],
    )  # fmt: skip
    def test_the_kind_is_told_by_the_words_of_the_cover(self, read, line, kind):
        assert read(f"Kaivosten historia Lapissa\n\nEino Leino\n\n{line}\n2019").values("kind") == (
            kind,
        )


class TestReport:
    def test_cover_and_imprint(self, read):
        front = read(
            "Tailings in cold climate\n\nMinna Canth and Eino Leino\n",
            "© 2021 Geological Survey of Finland\nISBN 978-952-316-292-1 (pdf)\nISSN 2489-2637\n"
            "http://urn.fi/URN:ISBN:978-952-316-292-1\nLayout: Aleksis Kivi\n",
            language="en",
        )
        assert front.values("creator") == ("Canth, Minna", "Leino, Eino")
        assert front.values("publisher") == ("Geological Survey of Finland",)
        assert front.values("year") == ("2021",)
        assert front.values("isbn") == ("9789523162921",)
        assert front.values("urn") == ("URN:ISBN:978-952-316-292-1",)
        assert front.values("issn") == ("2489-2637",)

    def test_a_series_has_its_number(self, read):
        front = read("Lapin ammattikorkeakoulun julkaisuja 3/2016\n\nKaivosten vedet\n\nEino Leino")
        assert front.values("series") == ("Lapin ammattikorkeakoulun julkaisuja 3/2016",)
        assert front.values("series_number") == ("3/2016",)
        assert front.values("title") == ("Kaivosten vedet",)

    def test_a_series_that_begins_with_its_own_label_is_whole(self, read):
        front = read(
            "Kaivosten vedet\n\nEino Leino", "Sarja B. Tutkimusraportit ja kokoomateokset\n"
        )
        assert front.values("series") == ("Sarja B. Tutkimusraportit ja kokoomateokset",)

    def test_the_logo_gives_way_to_the_full_name_in_the_documents_language(self, read):
        cover = "Kaivosten vedet\n\nEino Leino\n\nLAPIN AMK\nLapland University of Applied Sciences"
        front = read(cover, "Lapin ammattikorkeakoulu\nRovaniemi 2019")
        assert front.values("publisher") == ("Lapin ammattikorkeakoulu",)
        assert front.values("year") == ("2019",)

    def test_swedish_words_are_known(self, read):
        front = read(
            "Gruvvatten i kallt klimat\n\nFörfattare: Zacharias Topelius\nUtgivare: Åbo Akademi\n"
            "Nyckelord: gruvvatten, sulfat\n2020\n",
            language="sv",
        )
        assert front.values("creator") == ("Topelius, Zacharias",)
        assert front.values("publisher") == ("Åbo Akademi",)
        assert front.values("keyword") == ("gruvvatten", "sulfat")

    def test_editors_of_a_collection_without_authors_are_its_creators(self, read):
        front = read("Kaivosten vedet\n\nMinna Canth ja Eino Leino (toim.)\n\n2019")
        assert front.values("creator") == ("Canth, Minna", "Leino, Eino")
        assert front.values("contributor") == ()

    def test_editors_beside_authors_are_contributors(self, read):
        front = read("Kaivosten vedet\n\nTekijä: Eino Leino\nToimittaja: Minna Canth\n\n2019")
        assert front.values("creator") == ("Leino, Eino",)
        assert front.values("contributor") == ("Canth, Minna",)


class TestArticleAndOthers:
    def test_the_head_of_an_article(self, read):
        front = read(
            "Journal of Northern Studies 2019, 12(3), 45–60\nReceived 5 May, accepted 1 October\n\n"
            "Wetlands for mine water in cold\nclimate: a field study\n\n"
            "Minna Canth 1,*, Eino Leino 1,2\n1 University of Lapland, Rovaniemi, Finland\n\n"
            "Abstract\nWe studied wetlands.\nKeywords: wetlands; mine water\n"
            "https://doi.org/10.1234/abcd.5678\n\nReferences\nKivi, A. 2001. doi:10.9999/other\n",
            language="en",
        )
        assert front.values("title") == ("Wetlands for mine water in cold climate : a field study",)
        assert front.values("creator") == ("Canth, Minna", "Leino, Eino")
        assert front.values("kind") == ("Article",)
        assert front.values("year") == ("2019",)
        assert front.values("doi") == ("10.1234/abcd.5678",)
        assert front.values("keyword") == ("wetlands", "mine water")

    def test_a_deliverable_is_called_by_its_title_not_by_its_number(self, read):
        front = read(
            "Project acronym: MINTEST\n\nDeliverable D3.2\n\nReport on water balance\n\n"
            "Authors: Minna Canth, Eino Leino\nDate: 30/06/2019\n",
            language="en",
        )
        assert front.values("title") == ("Report on water balance",)
        assert front.values("kind") == ("Deliverable",)
        assert front.values("project") == ("MINTEST",)
        assert front.values("year") == ("2019",)

    def test_a_letter_has_no_author(self, read):
        front = read(
            "Eino Leino\nKauppakatu 1\n99600 Sodankylä\n\n4.5.2018\n\nKaivoslupahakemus\n\n"
            "Pyydämme lausuntoa hakemuksesta, joka koskee alueen tutkimuksia.\n\nMinna Canth\n"
        )
        assert front.values("creator") == ()

    def test_minutes_have_no_author(self, read):
        front = read(
            "PÖYTÄKIRJA\n\nOhjausryhmän kokous 2/2018\n\nMinna Canth\n\nLäsnä\nAleksis Kivi\n"
        )
        assert front.values("creator") == ()

    def test_a_web_page_gives_its_heading_and_little_confidence(self, read):
        front = read(
            "Kaivosalan tapahtumia\n\nTervetuloa seuraamaan alueen tapahtumia ja uutisia. "
            "Sivulla kerrotaan koulutuksista. Minna Canth vastaa sivusta.\n"
        )
        assert front.values("title") == ("Kaivosalan tapahtumia",)
        assert front.first("title").confidence < 0.7
        assert {field.name for field in front.fields} == {"title"}

    def test_without_any_text_there_is_no_field(self, read):
        assert read("", "12\n—").fields == ()

    def test_the_same_pages_give_the_same_fields(self, read):
        assert read(COVER, SHEET) == read(COVER, SHEET)


def test_raised_letters_of_affiliations_are_no_part_of_names(read):
    front = read(
        "Journal of Cleaner Testing 178 (2020) 106036\n\n"
        "Sorption of sulphate on peat from the north\n"
        "Eino Leinoa, Minna Canthb, Aleksis Kivib\n\n"
        "a Geological Survey of Finland, Espoo, Finland\n"
        "b School of Technology, University of Vaasa, 65200 Vaasa, Finland\n",
        language="en",
    )
    assert front.values("creator") == ("Leino, Eino", "Canth, Minna", "Kivi, Aleksis")
    assert front.values("year") == ("2020",)


def test_a_name_parted_at_the_end_of_a_line_is_whole(read):
    front = read("Eino Leino, Minna Can-\nthin ja Aleksis Kivi\n\nSuon vesien mittaus\n\n2020")
    assert "Canthin, Minna" in front.values("creator")


def test_the_body_under_which_a_date_stands_publishes(read):
    front = read(
        "Suon vesien mittaus\n\nEino Leino\n\nKemin kaupunki\n\n"
        "Lapin yliopisto\nOikeustieteiden tiedekunta\nRovaniemi 2024"
    )
    assert front.values("publisher") == ("Lapin yliopisto",)


def test_a_series_names_its_publisher_when_nothing_else_does(read):
    front = read("Suon vesien mittaus\n\nOulun yliopiston julkaisuja 12/2019\n\nEino Leino")
    assert front.values("publisher") == ("Oulun yliopisto",)


def test_a_slogan_over_the_title_is_left_out(read):
    front = read("Voimaa lähelle!\n\nSuon vesien mittaus pohjoisessa\n\nEino Leino\n\n2020")
    assert front.values("title") == ("Suon vesien mittaus pohjoisessa",)


def test_a_thesis_names_its_degree_and_its_commissioner_in_the_abstract(read):
    front = read(
        "Suon vesien mittaus\n\nEino Leino\n\nOpinnäytetyö (AMK)\nKevät 2020\n"
        "Oulun ammattikorkeakoulu",
        "TIIVISTELMÄ\n\nInsinööri (AMK), ympäristötekniikka\n\n"
        "Työn tilaajana oli Suomen Testi Oy, joka mittaa vesiä.",
    )
    assert front.values("degree") == ("Insinööri (AMK)",)
    assert front.values("commissioner") == ("Suomen Testi Oy",)


def test_of_a_sheet_in_three_languages_the_publisher_is_in_that_of_the_document(read):
    front = read(
        "Mätning av myrens vatten\n\nEino Leino",
        "Kuvailulehti\nJulkaisija: Opetus- ja kulttuuriministeriö\nTekijä: Eino Leino\n",
        "Presentationsblad\nUtgivare: Undervisnings- och kulturministeriet\n"
        "Författare: Eino Leino\n",
        language="sv",
    )
    assert front.values("publisher") == ("Undervisnings- och kulturministeriet",)
