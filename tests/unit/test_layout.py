"""Lines of a page back to running text: hyphens, running heads, paragraphs."""

from __future__ import annotations

import pytest

from amic_kg_ingest.formats.layout import join_hyphens, mark_paragraphs, strip_running_lines

SOFT = "\ufffe"


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        (f"kaivos{SOFT}vesi", "kaivosvesi"),
        (f"hyväksyt{SOFT}tävyys", "hyväksyttävyys"),
        (f"rikastushiekka{SOFT}allas", "rikastushiekka-allas"),
        (f"raaka{SOFT}ainetta", "raaka-ainetta"),
        (f"GTK{SOFT}hanke", "GTK-hanke"),
        (f"AMIC{SOFT}hanke", "AMIC-hanke"),
        (f"2018{SOFT}luku", "2018-luku"),
        (f"Pohjois{SOFT}Karjala", "Pohjois-Karjala"),
        ("kai-\nvos", "kaivos"),
        ("raaka-\nainetta", "raaka-ainetta"),
        ("kai\u00ad\nvos", "kaivos"),
        ("kai\u00advos", "kaivos"),
        ("kai\x02vos", "kaivos"),
        ("Ni-\nCu", "Ni-\nCu"),
        ("1990-\n2000", "1990-\n2000"),
        ("sana –\ntoinen", "sana –\ntoinen"),
        (f"sana{SOFT} ", "sana- "),
    ],
)
def test_a_word_parted_at_a_line_end_is_whole_again_and_keeps_its_own_hyphen(text, joined):
    assert join_hyphens(text) == joined


def page(number: int, body: str) -> list[str]:
    return ["AMIC: vesiraportti", "", body, f"{body} jatkuu", "", f"Sivu {number}"]


def test_lines_that_the_pages_share_are_left_out_with_the_page_numbers():
    pages = [page(n, f"Teksti {name}") for n, name in enumerate(("yksi", "kaksi", "kolme"), 1)]
    assert [[line for line in lines if line] for lines in strip_running_lines(pages)] == [
        [f"Teksti {name}", f"Teksti {name} jatkuu"] for name in ("yksi", "kaksi", "kolme")
    ]


def test_running_heads_that_count_are_recognised():
    pages = [[f"Luku 2 · sivu {n}/9", f"Sana {'abcdefghi'[n]} tässä"] for n in range(5)]
    assert all(len(lines) == 1 for lines in strip_running_lines(pages))


def test_a_page_that_holds_nothing_else_keeps_its_lines():
    pages = [page(1, "Teksti yksi"), page(2, "Teksti kaksi"), ["AMIC: vesiraportti", "Sivu 3"]]
    assert strip_running_lines(pages)[2] == ["AMIC: vesiraportti", "Sivu 3"]


def test_a_document_of_one_page_has_no_running_lines():
    lines = ["Otsikko", "Teksti", "1"]
    assert strip_running_lines([lines]) == [lines]


def test_what_only_some_pages_share_stays():
    pages = [[f"Rivi {'abcdefghij'[n]}", "sisältö"] for n in range(10)]
    pages[0][0] = pages[1][0] = "Kaivosvedet"
    assert strip_running_lines(pages)[0][0] == "Kaivosvedet"


@pytest.mark.parametrize("line", ["7", "- 7 -", "Sivu 7", "Page 7 / 20", "s. 7", "xii", "7 (20)"])
def test_page_numbers_of_many_looks_are_left_out(line):
    pages = [["Alku on tässä", line], ["Toinen sivu tässä"]]
    assert strip_running_lines(pages)[0] == ["Alku on tässä"]


def paragraphs(*lines: str) -> list[str]:
    marked = mark_paragraphs(list(lines))
    return [" ".join(part.split()) for part in marked.split("\n\n")]


LONG = "Kaivosvesien sulfaatti poistetaan saostamalla ja tulosta"


def test_a_short_last_line_ends_a_paragraph():
    assert paragraphs(f"{LONG} seurataan", "vuoden ajan.", f"{LONG} verrataan", "muihin.") == [
        f"{LONG} seurataan vuoden ajan.",
        f"{LONG} verrataan muihin.",
    ]


def test_a_heading_stands_apart():
    found = paragraphs("2 Menetelmät", f"{LONG} seurataan", f"{LONG.lower()} ajan.")
    assert found[0] == "2 Menetelmät"
    assert len(found) == 2


def test_a_heading_of_two_lines_stays_together():
    found = paragraphs("Kaivosvedet ja niiden", "hallinta", f"{LONG} seurataan", f"{LONG} vain")
    assert found[0] == "Kaivosvedet ja niiden hallinta"


def test_no_line_is_lost():
    lines = ["Otsikko", LONG, LONG + ".", "", "5", LONG]
    assert mark_paragraphs(lines).split() == " ".join(lines).split()
