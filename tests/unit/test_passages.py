"""Sentences and passages: where they end, and that they are verbatim."""

from __future__ import annotations

import pytest

from amic_kg.extract.passages import sentences, split_passages
from amic_kg.language import LanguageDetector
from amic_kg.records import Page

FINNISH = "Kaivosvesien sulfaatti poistetaan saostamalla, ja menetelmää verrataan muihin. "
ENGLISH = "The treatment of mine water is planned together with the closure of the mine. "
SWEDISH = "Behandlingen av gruvvatten planeras tillsammans med stängningen av gruvan. "


@pytest.fixture(scope="module")
def detector():
    return LanguageDetector()


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yksi lause. Toinen lause!", ["Yksi lause.", "Toinen lause!"]),
        ("Onko näin? On.", ["Onko näin?", "On."]),
        ("Vettä on esim. Kittilässä. Muu kuiva.", ["Vettä on esim. Kittilässä.", "Muu kuiva."]),
        ("See e.g. Kevitsa and cf. Sakatti. Next.", ["See e.g. Kevitsa and cf. Sakatti.", "Next."]),
        ("Se t.ex. Aitik och bl.a. Kiruna. Nästa.", ["Se t.ex. Aitik och bl.a. Kiruna.", "Nästa."]),
        ("Säätiön nimi on K. H. Renlund. Uusi.", ["Säätiön nimi on K. H. Renlund.", "Uusi."]),
        (
            "Pitoisuus oli 0.5 prosenttia. 3 näytettä.",
            ["Pitoisuus oli 0.5 prosenttia.", "3 näytettä."],
        ),
        ("Hän sanoi: ”Ei käy.” Sitten hiljaisuus.", ["Hän sanoi: ”Ei käy.”", "Sitten hiljaisuus."]),
        ("ends with no stop", ["ends with no stop"]),
        ("  \n ", []),
        ("", []),
    ],
)
def test_a_sentence_ends_where_a_reader_sees_it_end(text, expected):
    assert cut(text) == expected


def test_sentences_lose_nothing_but_blanks():
    text = "A b. C d?  E\nf! " * 20
    assert "".join("".join(cut(text)).split()) == "".join(text.split())


def test_passages_are_verbatim_at_their_offsets_and_cross_no_page(detector):
    pages = (
        Page(1, (FINNISH * 40).strip()),
        Page(2, f"{ENGLISH * 3}\n\n{FINNISH * 3}".strip(), label="ii"),
    )
    found = split_passages(pages, detector, "fi")
    texts = {page.number: page.text for page in pages}
    assert [passage.number for passage in found] == list(range(1, len(found) + 1))
    for passage in found:
        assert texts[passage.page][passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip() != ""
    for page in pages:
        kept = "".join(passage.text for passage in found if passage.page == page.number)
        assert "".join(kept.split()) == "".join(page.text.split())


@pytest.mark.parametrize(
    ("language", "sentence", "words"),
    [("fi", FINNISH, 130), ("en", ENGLISH, 220), ("sv", SWEDISH, 200)],
)
def test_passages_are_about_a_paragraph_long(detector, language, sentence, words):
    found = split_passages((Page(1, (sentence * 100).strip()),), detector, language)
    lengths = [len(passage.text.split()) for passage in found]
    assert max(lengths) <= words
    assert min(lengths[:-1]) > words * 0.8


def test_a_passage_ends_at_a_sentence(detector):
    found = split_passages((Page(1, (FINNISH * 60).strip()),), detector, "fi")
    assert all(passage.text.endswith(".") for passage in found)


def test_a_text_without_full_stops_is_cut_by_words(detector):
    found = split_passages((Page(1, "kaivos " * 1000),), detector, "fi")
    assert max(len(passage.text.split()) for passage in found) <= 131


def test_short_paragraphs_of_one_language_are_gathered(detector):
    text = "\n\n".join([FINNISH.strip()] * 4)
    assert len(split_passages((Page(1, text),), detector, "fi")) == 1


def test_a_change_of_language_ends_a_passage(detector):
    text = "\n\n".join((FINNISH * 2, ENGLISH * 2, "Kevitsa", SWEDISH * 2))
    found = split_passages((Page(1, text),), detector, "fi")
    # The name alone inherits the language of the document.
    assert [passage.language for passage in found] == ["fi", "en", "fi", "sv"]


def test_pages_without_text_give_no_passage(detector):
    assert split_passages((Page(1, ""), Page(2, " \n\n ")), detector, "fi") == ()
