"""Words: their base forms, the parts of compounds, and which language a text is in."""

from __future__ import annotations

import pytest

from amic_kg.language import Analyzer, LanguageDetector, tokenize
from amic_kg.language.voikko import VoikkoMorphology


@pytest.mark.parametrize(
    ("word", "lemma", "parts"),
    [
        ("kaivoksen", "kaivos", ()),
        ("kaivosten", "kaivos", ()),
        ("kaivosveden", "kaivosvesi", ("kaivos", "vesi")),
        ("kaivosvesiä", "kaivosvesi", ("kaivos", "vesi")),
        ("rikastushiekan", "rikastushiekka", ("rikastus", "hiekka")),
        ("sivukivialueella", "sivukivialue", ("sivu", "kivi", "alue")),
        ("sivukivikasojen", "sivukivikasa", ("sivu", "kivi", "kasa")),
        ("sulfaatinpoistossa", "sulfaatinpoisto", ("sulfaatti", "poisto")),
        ("malminetsintä", "malminetsintä", ("malmi",)),
        ("malminetsinnässä", "malminetsintä", ("malmi",)),
        ("malminetsintäluvan", "malminetsintälupa", ("malmi", "etsintä", "lupa")),
        ("poronhoitoalueella", "poronhoitoalue", ("poro", "hoito", "alue")),
        ("hyväksyttävyyden", "hyväksyttävyys", ()),
        ("sidosryhmien", "sidosryhmä", ("sidos", "ryhmä")),
        ("vuolukiven", "vuolukivi", ("vuolu", "kivi")),
        ("louhinnassa", "louhinta", ()),
        ("avolouhoksen", "avolouhos", ()),
        ("vaahdotuksessa", "vaahdotus", ()),
        ("maisemointia", "maisemointi", ()),
        ("sulkemissuunnitelman", "sulkemissuunnitelma", ("suunnitelma",)),
        ("toimiluvan", "toimilupa", ("lupa",)),
        ("ympäristöluvat", "ympäristölupa", ("ympäristö", "lupa")),
        ("nikkeliä", "nikkeli", ()),
        ("kuparia", "kupari", ()),
        ("kullan", "kulta", ()),
        ("uraania", "uraani", ()),
        ("Lapissa", "lappi", ()),
        ("Rovaniemellä", "rovaniemi", ()),
        ("Juuassa", "juuka", ()),
    ],
)
def test_finnish_words_of_the_field_are_brought_to_base_form_and_parts(
    analyzer, word, lemma, parts
):
    token = analyzer.tokens(word, "fi")[0]
    assert token.lemmas[0] == lemma
    assert set(parts) <= set(token.parts)
    assert bool(token.parts) == bool(parts)


@pytest.mark.parametrize(
    "word", ["malminetsintä", "kulta", "uraani", "kartta", "vapaa", "geologia"]
)
def test_a_word_in_base_form_is_taken_for_itself_before_what_looks_alike(analyzer, word):
    assert analyzer.tokens(word, "fi")[0].lemmas[0] == word


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("Kevitsan", "kevitsa"),
        ("Kevitsassa", "kevitsa"),
        ("Sakatin", "sakatti"),
        ("Sakatilla", "sakatti"),
    ],
)
def test_a_name_that_no_dictionary_knows_gets_guesses_behind_its_surface(analyzer, word, base):
    token = analyzer.tokens(word, "fi")[0]
    assert token.lemmas[0] == word.lower()
    assert base in token.lemmas


@pytest.mark.parametrize(
    ("language", "word", "lemma"),
    [
        ("fi", "GTK:n", "gtk"),
        ("fi", "EU:ssa", "eu"),
        ("sv", "EU:s", "eu"),
        ("en", "GTK's", "gtk"),
        ("en", "GTK’s", "gtk"),
    ],
)
def test_the_ending_behind_colon_or_apostrophe_is_no_part_of_an_acronym(
    analyzer, language, word, lemma
):
    tokens = analyzer.tokens(word, language)
    assert len(tokens) == 1
    assert tokens[0].surface == word
    assert tokens[0].lemmas[0] == lemma


@pytest.mark.parametrize(
    ("language", "word", "lemma"),
    [
        ("en", "mines", "mine"),
        ("en", "ores", "ore"),
        ("en", "surveys", "survey"),
        ("en", "Communities", "community"),
        ("sv", "gruvor", "gruva"),
        ("sv", "gruvan", "gruva"),
        ("sv", "gruvvattnet", "gruvvatten"),
        ("sv", "förtroendet", "förtroende"),
        ("sv", "kommunerna", "kommun"),
    ],
)
def test_english_and_swedish_words_are_brought_to_base_form_and_keep_their_surface(
    analyzer, language, word, lemma
):
    lemmas = analyzer.tokens(word, language)[0].lemmas
    assert lemmas[0] == lemma
    assert word.lower() in lemmas


def test_an_english_acronym_is_not_inflected(analyzer):
    assert analyzer.tokens("SLOS", "en")[0].lemmas == ("slos",)


def test_a_language_without_analysis_keeps_the_surface(analyzer):
    assert analyzer.tokens("Bergbau", "und")[0].lemmas == ("bergbau",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nickel-copper-PGE", ["nickel", "copper", "PGE"]),
        ("Ni 0,5 % ja 1.250 t", ["Ni", "0,5", "ja", "1.250", "t"]),
        ("GTK:n (2018), s. 5", ["GTK:n", "2018", "s", "5"]),
        ("snake_case — Ylläs’", ["snake", "case", "Ylläs"]),
        ("", []),
        ("… – !", []),
    ],
)
def test_text_is_cut_into_words(text, words):
    assert [word for word, _, _ in tokenize(text)] == words


def test_tokens_stand_verbatim_at_their_offsets(analyzer):
    text = "Kevitsan kaivos (GTK:n arvio): 0,5 % – Ni-Cu-esiintymä."
    tokens = analyzer.tokens(text, "fi")
    assert all(text[token.start : token.end] == token.surface for token in tokens)


def test_the_dictionary_tells_which_language_knows_a_word(analyzer):
    assert analyzer.knows("kaivoksen", "fi")
    assert analyzer.knows("Mines", "en")
    assert analyzer.knows("gruvor", "sv")
    assert not analyzer.knows("Kevitsan", "fi")
    assert not analyzer.knows("kaivoksen", "en")
    assert not analyzer.knows("kaivoksen", "se")


class TestWithoutVoikko:
    """A machine without libvoikko works on, and says what is lost."""

    @pytest.fixture
    def plain(self, monkeypatch):
        monkeypatch.setattr(VoikkoMorphology, "open", classmethod(lambda cls: None))
        return Analyzer()

    def test_it_says_what_is_lost(self, plain):
        assert "libvoikko is missing" in plain.degraded

    def test_finnish_words_keep_surface_and_guesses(self, plain):
        lemmas = plain.tokens("kaivoksessa", "fi")[0].lemmas
        assert lemmas[0] == "kaivoksessa"
        assert "kaivokse" in lemmas

    def test_no_finnish_word_is_known(self, plain):
        assert not plain.knows("kaivos", "fi")

    def test_english_and_swedish_go_on(self, plain):
        assert plain.tokens("mines", "en")[0].lemmas[0] == "mine"
        assert plain.tokens("gruvor", "sv")[0].lemmas[0] == "gruva"

    def test_its_results_count_as_another_version(self, plain, analyzer):
        assert plain.version != analyzer.version
        assert analyzer.degraded is None


@pytest.fixture(scope="module")
def detector():
    return LanguageDetector()


class TestDetection:
    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("Kaivosvesien käsittely on tärkeää pohjoisissa oloissa.", "fi"),
            ("Mine water treatment is important in the north.", "en"),
            ("Behandlingen av gruvvatten är viktig i norra Finland.", "sv"),
            ("Sámegiella lea buorre giella ja boazodoallu lea dehálaš.", "se"),
            (
                "Die Behandlung von Grubenwasser ist im Norden wichtig, denn der Winter ist lang.",
                "und",
            ),
            ("L'exploitation minière dans le nord de la Finlande est très importante ici.", "und"),
        ],
    )
    def test_a_sentence_tells_its_language(self, detector, text, language):
        assert detector.detect(text) == language
        assert detector.detect(text, context="en") == language

    @pytest.mark.parametrize("text", ["", "Kevitsa", "12 34 56", "Ni, Cu, Co 0,5 %"])
    def test_what_is_too_short_to_tell_inherits_its_context(self, detector, text):
        assert detector.detect(text, context="sv") == "sv"
        assert detector.detect(text) == "und"
