"""Front matter: title pages whose lines run on, and imprints with more than a name."""

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
    def read_pages(*texts, language="en"):
        pages = tuple(Page(number, text) for number, text in enumerate(texts, 1))
        return reader.read(pages, language)

    return read_pages


DISSERTATION = """MARIE CURIE

REMOVAL OF METALS FROM
MINE WATER

Doctoral dissertation for the degree of Doctor of Science in
Technology to be presented with due permission for public
examination at Lappeenranta-Lahti University
of Technology LUT on the 10th of May 2019.
"""


def test_a_clause_that_presents_a_thesis_is_no_part_of_its_title(read):
    assert read(DISSERTATION).values("title") == ("Removal of metals from mine water",)


def test_a_degree_may_run_over_the_end_of_a_line(read):
    assert read(DISSERTATION).values("degree") == ("Doctor of Science in Technology",)


def test_a_school_may_run_over_the_end_of_a_line(read):
    front = read(DISSERTATION)
    assert front.values("publisher") == ("Lappeenranta-Lahti University of Technology LUT",)


@pytest.mark.parametrize(
    ("printed", "degree"),
    [
        ("Opinnäytetyö (ammattikorkeakoulututkinto)", "ammattikorkeakoulututkinto"),
        ("Liiketoiminnan koulutusohjelma, tradenomi", "tradenomi"),
        (
            "Pro gradu -tutkielma filosofian maisterin tutkintoa varten",
            "filosofian maisterin tutkinto",
        ),
        ("Insinööri (ylempi AMK)", "Insinööri (ylempi AMK)"),
    ],
)
def test_degrees_are_read_in_brackets_in_lists_and_in_bent_forms(read, printed, degree):
    front = read(f"Kaivosvesien laatu Lapissa\n\nMinna Canth\n\n{printed}\n2019", language="fi")
    assert front.values("degree") == (degree,)
    assert front.values("title") == ("Kaivosvesien laatu Lapissa",)


def test_initials_with_bracketed_marks_and_short_given_names_are_names(read):
    front = read("Stones of the north\n\nJ.J. SEDERHOLM 1)*, F.J. WIIK 2) AND P. ESKOLA 2)\n\n2019")
    assert tuple(value.upper() for value in front.values("creator")) == (
        "SEDERHOLM, J.J.",
        "WIIK, F.J.",
        "ESKOLA, P.",
    )


def test_who_draws_or_photographs_is_no_author(read):
    cover = "Safe at the deposit\n\nMinna Canth\nwith drawings by Akseli Gallen-Kallela\n"
    front = read(cover, "Text: Minna Canth\nDrawings: Akseli Gallen-Kallela\n")
    assert front.values("creator") == ("Canth, Minna",)


def test_a_publisher_is_named_without_place_and_year_and_gives_the_year(read):
    front = read(
        "Kullanhuuhtojan opas\n\nJulkaisija: Luonnonvarakeskus (Luke), Helsinki 2016\n",
        language="fi",
    )
    assert front.values("publisher") == ("Luonnonvarakeskus",)
    assert front.values("year") == ("2016",)


def test_a_printer_is_no_publisher(read):
    front = read(
        "Stories from the copper town\n\nMinna Canth\n",
        "© Lapland University Press\n\nHansaprint Oy\nVantaa 2013\n",
    )
    assert front.values("publisher") == ("Lapland University Press",)


def test_a_sentence_may_name_supervisor_and_commissioner(read):
    front = read(
        "Reuse of waste rock\n\nMinna Canth\n\nBachelor's Thesis\n2019",
        "Abstract\n\nThe work was commissioned by Terrafame Oy. A test followed.\n"
        "The supervisor of the thesis was Eino Leino.\n",
    )
    assert front.values("supervisor") == ("Leino, Eino",)
    assert front.values("commissioner") == ("Terrafame Oy",)


def test_a_series_begins_with_its_publisher_on_the_line_above(read):
    front = read("FINLANDS MILJÖCENTRALS\nRAPPORTER 41/2021\n\nGruvvatten i norr\n", language="sv")
    assert front.values("series") == ("FINLANDS MILJÖCENTRALS RAPPORTER 41/2021",)
    assert front.values("title") == ("Gruvvatten i norr",)


def test_a_title_word_alone_on_its_line_is_of_the_title_met_again(read):
    front = read("MINE CLOSURE\nHANDBOOK\n\nMinna Canth\n", "Mine Closure Handbook\n\nEspoo 2008\n")
    assert [value.lower() for value in front.values("title")] == ["mine closure handbook"]


def test_a_newsletter_has_its_number_as_subtitle(read):
    front = read("NEWSLETTER 2/2021\n\nArctic mining and communities\n")
    assert front.values("title") == ("Arctic mining and communities : Newsletter 2/2021",)


def test_a_label_with_a_dotless_letter_is_read(read):
    assert read("Työn lajı\nDiplomityö\n", language="fi").values("kind") == ("MasterThesis",)
