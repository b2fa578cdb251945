"""Subjects learned from texts that librarians described, and how well they are learned."""

from __future__ import annotations

import builtins
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from amic_kg.errors import InvalidGold, InvalidSetting
from amic_kg.evaluation.annif_finna import Example, measure, read_examples, score, tune
from amic_kg.evaluation.annif_side_by_side import find_annif, parse_suggestions, run_annif
from amic_kg.evaluation.subject_tasks import subject_sections
from amic_kg.evaluation.subjects_training import train_model, train_subjects
from amic_kg.extract.analysed import AnalysedPassage
from amic_kg.extract.subject_features import LabelSigns, hashed_features
from amic_kg.extract.subject_model import Cut, load_model, save_model, shipped_model, worth
from amic_kg.extract.subjects import SubjectRanker, matching_entities
from amic_kg.language import Analyzer
from amic_kg.ontology import Entity, Vocabulary
from amic_kg.records import Mention, Page, ParsedDocument, Passage

PEAT, GOLD, DUST = (f"https://example.org/{name}" for name in ("peat", "gold", "dust"))
VOCABULARY = Vocabulary(
    {
        "peat": Entity("peat", "Commodity", {"fi": "turve", "en": "peat"}, links=(PEAT,)),
        "peat-rock": Entity("peat-rock", "Rock", {"fi": "turve", "en": "peat"}, links=(PEAT,)),
        "gold": Entity(
            "gold", "Commodity", {"fi": "kulta", "en": "gold", "sv": "guld"}, links=(GOLD,)
        ),
        "dust": Entity("dust", "Theme", {"fi": "pöly", "en": "dust"}, links=(DUST,)),
        "noise": Entity("noise", "Theme", {"fi": "melu", "en": "noise"}),
    },
    "1",
)
WORDS = {
    PEAT: ("bog", "fuel", "moss", "harvest", "drained", "mire"),
    GOLD: ("nugget", "panning", "vein", "ounce", "bullion", "placer"),
    DUST: ("fallout", "particles", "road", "sprinkling", "crushing", "windy"),
}
PLACES = ("Inari", "Juuka", "Kemi", "Lieksa", "Savukoski", "Tervola", "Utsjoki", "Ylitornio")


def written_texts():
    """Two words of a subject and a place: all pairs, in English."""
    for subject, words in WORDS.items():
        for first in words:
            for number, second in enumerate(words):
                if first != second:
                    place = PLACES[(number + len(first)) % len(PLACES)]
                    text = f"{first.capitalize()} and {second} at {place}"
                    yield Example(text, "en", frozenset({subject}))


EXAMPLES = tuple(written_texts())


@pytest.fixture(scope="module")
def analyzer():
    return Analyzer()


@pytest.fixture(scope="module")
def model(analyzer):
    pytest.importorskip("sklearn")
    others = [example for example in EXAMPLES if example.part != "test"]
    return train_model(others, VOCABULARY, analyzer)


@pytest.fixture(scope="module")
def ranker(model, analyzer):
    return SubjectRanker(VOCABULARY, analyzer, model)


def passage(text, analyzer, *mentions, number=1):
    return AnalysedPassage(
        Passage(number, 1, 0, len(text), "en", text), analyzer.tokens(text, "en"), tuple(mentions)
    )


class TestLearned:
    def test_words_of_a_subject_give_it_though_no_label_is_met(self, ranker):
        for text, subject in (("A moss and a mire", PEAT), ("Ounce of bullion", GOLD)):
            assert ranker.concepts(text, "en")[0][0] == subject

    def test_texts_that_were_not_seen_are_judged_well(self, ranker, model):
        unseen = [example for example in EXAMPLES if not model.has_seen(example.text)]
        assert {example.part for example in unseen} == {"test"}
        assert len(unseen) > 10
        found = measure(unseen, lambda e: ranker.concepts(e.text, e.language), model.choices)
        assert found["en"].f1 > 0.8
        assert found["en"].texts == len(unseen)

    def test_the_vocabularys_own_concept_is_given_for_the_librarians(self, ranker, analyzer):
        found = ranker.rank([passage("Panning a placer", analyzer)], "", "en")
        assert found[0].entity == "gold"
        assert 0.5 < found[0].score <= 1

    def test_of_two_that_match_one_concept_the_one_mentioned_is_given(self, ranker, analyzer):
        text = "Moss of the mire"
        assert ranker.rank([passage(text, analyzer)], "", "en")[0].entity == "peat"
        rock = Mention("peat-rock", "Rock", "mire", 1, 12, 16, "", "", 0.9, 1)
        found = [s.entity for s in ranker.rank([passage(text, analyzer, rock)], "", "en")]
        assert found[0] == "peat-rock"
        assert "peat" not in found

    def test_a_concept_that_was_not_taught_is_given_when_mentioned(self, ranker, analyzer):
        noise = Mention("noise", "Theme", "noise", 1, 0, 5, "", "", 0.9, 1)
        found = ranker.rank([passage("noise", analyzer, noise)], "", "en")
        assert "noise" in [s.entity for s in found]

    def test_what_is_not_mentioned_is_given_when_it_is_likely_alone(self, model, analyzer):
        lenient = SubjectRanker(VOCABULARY, analyzer, replace(model, cuts={"und": Cut(12, 0.0)}))
        text = "Panning bullion ounce of placer"
        found = lenient.rank([passage(text, analyzer)], "", "en")
        assert [subject.entity for subject in found] == ["gold"]
        dust = Mention("dust", "Theme", "placer", 1, 25, 31, "", "", 0.9, 1)
        found = lenient.rank([passage(text, analyzer, dust)], "", "en")
        assert [subject.entity for subject in found] == ["gold", "dust"]

    def test_a_title_that_the_text_does_not_begin_with_is_read_too(self, ranker, analyzer):
        found = ranker.rank([passage("It is so.", analyzer)], "Bullion and ounce", "en")
        assert found[0].entity == "gold"

    def test_a_long_document_is_judged_by_all_of_it(self, ranker, analyzer):
        texts = ["Contents and preface", *["Panning a placer for a nugget"] * 5]
        pages = [passage(text, analyzer, number=n) for n, text in enumerate(texts, 1)]
        assert ranker.rank(pages, "", "en")[0].entity == "gold"


class TestFile:
    def test_it_is_read_as_it_was_written(self, model, analyzer, ranker, tmp_path):
        save_model(model, tmp_path / "subjects.npz")
        read = load_model(tmp_path / "subjects.npz")
        again = SubjectRanker(VOCABULARY, analyzer, read)
        for example in EXAMPLES[::10]:
            before, after = (dict(r.concepts(example.text, "en")) for r in (ranker, again))
            assert after == pytest.approx(before, abs=1e-5)
        assert (read.concepts, read.about) == (model.concepts, model.about)
        assert (read.cuts, read.choices) == (model.cuts, model.choices)

    def test_the_same_texts_give_the_same_bytes(self, tmp_path):
        pytest.importorskip("sklearn")
        corpus = tmp_path / "texts-en.jsonl"
        rows = ({"text": e.text, "subjects": sorted(e.subjects)} for e in EXAMPLES)
        corpus.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        written = []
        for name in ("one.npz", "two.npz"):
            report = train_subjects(corpus, tmp_path / name, VOCABULARY)
            written.append((tmp_path / name).read_bytes())
        assert written[0] == written[1]
        assert report.size == len(written[0])
        assert report.concepts == 3
        assert sum(report.texts.values()) == len(EXAMPLES)
        assert report.scores["en"].f1 > 0.8
        assert 0 < report.scores["en"].texts < len(EXAMPLES)
        written_model = load_model(tmp_path / "one.npz")
        assert all(written_model.has_seen(example.text) for example in EXAMPLES)

    def test_no_word_of_the_texts_is_in_it(self, model, tmp_path):
        save_model(model, tmp_path / "subjects.npz")
        with np.load(tmp_path / "subjects.npz") as data:
            held = b"".join(data[name].tobytes() for name in data.files)
        for word in (*PLACES, *(word for words in WORDS.values() for word in words)):
            assert word.lower().encode() not in held.lower()

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"no model"])
    def test_another_file_is_refused_with_a_remedy(self, tmp_path, content):
        path = tmp_path / "subjects.npz"
        path.write_bytes(content)
        with pytest.raises(InvalidSetting, match="train"):
            load_model(path)


class TestShipped:
    """The model of the package, by texts of our own."""

    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("fi", "Vuolukiven louhinta Juuassa. Vuolukiveä louhitaan avolouhoksesta."),
            ("en", "Soapstone in Juuka. Soapstone is quarried in an open pit."),
            ("sv", "Täljsten i Juuka. Täljsten bryts i ett dagbrott."),
        ],
    )
    def test_a_subject_is_the_same_in_three_languages(self, extractor, language, text):
        found, _ = extractor.extract(
            ParsedDocument("text/plain", (Page(1, text),)),
            key="k", sha256="ab" * 32, file_name="a.txt", metadata={}, pipeline_version="1",
            language=language,
        )  # fmt: skip
        assert "soapstone" in {subject.entity.rsplit("/", 1)[1] for subject in found.subjects}

    def test_it_is_small_and_knows_its_concepts_in_our_vocabularies(self, extractor):
        model = shipped_model()
        assert model is not None
        matched = matching_entities(model.concepts, extractor.vocabulary)
        assert len(model.concepts) > 100
        assert sum(map(bool, matched)) / len(matched) > 0.9


class TestTraining:
    def test_too_few_texts_are_refused(self, analyzer):
        pytest.importorskip("sklearn")
        with pytest.raises(InvalidGold, match="at least 50"):
            train_model(EXAMPLES[:20], VOCABULARY, analyzer)

    def test_without_scikit_learn_it_says_what_to_install(self, tmp_path, monkeypatch):
        real = builtins.__import__

        def refusing(name, *rest):
            if name.startswith(("sklearn", "scipy")):
                raise ImportError(name)
            return real(name, *rest)

        monkeypatch.setattr(builtins, "__import__", refusing)
        with pytest.raises(InvalidSetting, match=r"amic-kg\[training\]"):
            train_subjects(tmp_path, tmp_path / "subjects.npz", VOCABULARY)


class TestCorpus:
    def write(self, folder: Path, *rows, name="texts-fi.jsonl"):
        path = folder / name
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        return path

    def test_both_ways_to_give_subjects_are_read(self, tmp_path):
        self.write(
            tmp_path,
            {"text": "Turve", "yso": [{"uri": PEAT, "label": "turve"}]},
            {"text": "Guld", "subjects": [GOLD, DUST], "language": "sv"},
        )
        assert read_examples(tmp_path) == (
            Example("Turve", "fi", frozenset({PEAT})),
            Example("Guld", "sv", frozenset({GOLD, DUST})),
        )

    @pytest.mark.parametrize(
        ("name", "row"),
        [("texts-fi.jsonl", {"subjects": []}), ("a.jsonl", {"text": "x"}), ("a.jsonl", [])],
    )
    def test_a_line_that_is_no_such_text_is_named(self, tmp_path, name, row):
        path = self.write(tmp_path, row, name=name)
        with pytest.raises(InvalidGold, match="line 1"):
            read_examples(path)

    def test_a_folder_without_texts_is_refused(self, tmp_path):
        with pytest.raises(InvalidGold):
            read_examples(tmp_path)

    def test_a_text_is_always_of_the_same_part_and_a_fifth_is_for_the_test(self):
        texts = [Example(f"Text {n}", "en", frozenset()) for n in range(2000)]
        parts = [example.part for example in texts]
        assert parts == [replace(example, language="fi").part for example in texts]
        assert 0.17 < parts.count("test") / 2000 < 0.23
        assert 0.08 < parts.count("tuning") / 2000 < 0.12


class TestMeasures:
    RANKING = ((PEAT, 0.9), (GOLD, 0.4), (DUST, 0.1))

    def judge(self, wanted, cut):
        return score([Example("x", "en", frozenset(wanted))], [self.RANKING], cut)

    def test_f1_is_that_of_what_is_left_after_the_cut(self):
        assert self.judge({PEAT}, Cut(1, 0.0)).f1 == 1.0
        assert self.judge({PEAT}, Cut(3, 0.0)).f1 == pytest.approx(0.5)
        assert self.judge({PEAT, GOLD}, Cut(3, 0.3)).f1 == 1.0
        assert self.judge({PEAT}, Cut(3, 0.95)).f1 == 0.0

    def test_ndcg_is_that_of_the_whole_ranking(self):
        assert self.judge({PEAT}, Cut(1, 0.95)).ndcg == 1.0
        assert self.judge({GOLD}, Cut(1, 0.0)).ndcg == pytest.approx(1 / np.log2(3))
        assert self.judge({"other"}, Cut(1, 0.0)).ndcg == 0.0

    def test_every_text_counts_alike(self):
        texts = [Example("x", "en", frozenset({PEAT})), Example("y", "en", frozenset({DUST}))]
        found = score(texts, [self.RANKING] * 2, Cut(1, 0.0))
        assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)

    def test_the_cut_with_the_best_f1_is_chosen(self):
        texts = [Example("x", "en", frozenset({PEAT, GOLD}))]
        assert tune(texts, [self.RANKING]) == Cut(2, 0.0)
        texts = [Example("x", "en", frozenset({PEAT})), Example("y", "en", frozenset({PEAT, GOLD}))]
        assert tune(texts, [((PEAT, 0.9), (GOLD, 0.2)), self.RANKING]) == Cut(2, 0.25)


class TestWorth:
    def given(self, *probabilities):
        return (worth(np.array(probabilities, np.float32)) > 0.5).tolist()

    def test_beside_a_sure_concept_a_doubtful_one_is_not_worth_giving(self):
        assert self.given(0.95, 0.3, 0.05) == [True, False, False]

    def test_where_all_are_doubtful_several_are(self):
        assert self.given(0.05, 0.3, 0.3, 0.25) == [False, True, True, True]

    def test_the_order_is_that_of_probability(self):
        probabilities = np.array([0.2, 0.9, 0.0, 0.5], np.float32)
        assert np.argsort(worth(probabilities)).tolist() == np.argsort(probabilities).tolist()
        assert worth(probabilities).min() == 0.0

    def test_one_threshold_gives_the_number_with_the_best_expected_f1(self):
        # Two concepts, independent: both alone, either or none right, as an outcome each.
        for first, second in ((0.9, 0.2), (0.9, 0.7), (0.4, 0.35)):
            both = first * second
            one = both * 2 / 3 + first * (1 - second)
            two = both + (first * (1 - second) + second * (1 - first)) * 2 / 3
            assert self.given(first, second) == [True, two > one]


class TestEvaluated:
    def test_of_a_model_that_has_seen_all_texts_one_is_judged_that_has_not(
        self, analyzer, tmp_path
    ):
        pytest.importorskip("sklearn")
        corpus = tmp_path / "texts-en.jsonl"
        rows = ({"text": e.text, "subjects": sorted(e.subjects)} for e in EXAMPLES)
        corpus.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        whole = SubjectRanker(VOCABULARY, analyzer, train_model(EXAMPLES, VOCABULARY, analyzer))
        (section,) = subject_sections(corpus, whole, VOCABULARY)
        assert "without the texts for the test" in section.note
        assert int(section.rows[0][5]) == sum(e.part == "test" for e in EXAMPLES)

    def test_without_a_model_there_is_nothing_to_judge(self, analyzer, tmp_path):
        (tmp_path / "texts-en.jsonl").write_text('{"text": "Moss", "subjects": ["x"]}')
        with pytest.raises(InvalidGold, match="no subject model"):
            subject_sections(tmp_path, SubjectRanker(VOCABULARY, analyzer, None), VOCABULARY)


class TestFeatures:
    def test_a_label_is_met_in_another_case_and_spelling(self, analyzer):
        entity = Entity("s", "Mineral", {"en": "sulphide minerals", "fi": "sulfidimalmit"})
        signs = LabelSigns([(entity,)], analyzer)
        met = signs.of(analyzer.tokens("A sulfide mineral", "en"), "en")[0]
        assert tuple(met) == (2.0, 1.0, 1.0, 1.0)
        half = signs.of(analyzer.tokens("Minerals of the north", "en"), "en")[0]
        assert tuple(half) == (0.0, 0.0, 0.0, 0.5)
        assert not signs.of(analyzer.tokens("A sulfide mineral", "en"), "sv").any()

    def test_repetition_is_damped_and_function_words_are_left_out(self, analyzer):
        once, _ = hashed_features(analyzer.tokens("Dust", "en"))
        thrice, _ = hashed_features(analyzer.tokens("Dust of the dust and dust", "en"))
        assert once.keys() == thrice.keys()
        ((one,), (three,)) = once.values(), thrice.values()
        assert one < three < 3 * one


class TestAnnif:
    def test_without_the_program_a_note_says_how_to_get_it(self):
        found = run_annif(EXAMPLES, VOCABULARY, None)
        assert found.scores == {}
        assert "annif[voikko,omikuji]" in found.note

    def test_a_program_that_is_not_there_is_refused(self):
        with pytest.raises(InvalidSetting):
            find_annif("/no/such/annif")

    def test_suggestions_are_read_best_first(self):
        line = '{"results": [{"uri": "a", "score": 0.2}, {"uri": "b", "score": 1.01}]}'
        assert parse_suggestions(line) == [("b", 1.0), ("a", 0.2)]
