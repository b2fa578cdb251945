"""The Turku NER corpus as raw text, how names are scored in it, and training on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from amic_kg.errors import UnreadableInput
from amic_kg.evaluation.names_texts import read_unlabelled
from amic_kg.evaluation.network_training import LabelledSentence, Plan, guess, train_network
from amic_kg.evaluation.turku_ner import detokenize, read_corpus, score_names, turku_section
from amic_kg.recognition import NameSpan

_CORPUS = """-DOCSTART-\tO

Kemin\tB-ORG
kaupunki\tI-ORG
(\tO
Lappi\tB-LOC
)\tO
päätti\tO
.\tO

Vuonna\tB-DATE
1990\tI-DATE

-DOCSTART-\tO

Oulu\tB-LOC
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "conll").mkdir()
    (tmp_path / "conll" / "dev.tsv").write_text(_CORPUS, encoding="utf-8")
    return tmp_path


class Fixed:
    """Gives the same names whatever the texts, and keeps what it was asked."""

    version = "1"
    degraded = ()

    def __init__(self, *names: NameSpan) -> None:
        self.answer = list(names)
        self.asked: list[list[str]] = []

    def names(self, texts: Sequence[tuple[str, str]]) -> list[list[NameSpan]]:
        self.asked.append([text for text, _ in texts])
        return [list(self.answer) for _ in texts]


def test_sentences_read_as_they_would_be_printed(corpus: Path) -> None:
    first, second, third = read_corpus(corpus, "dev")
    assert first.text == "Kemin kaupunki (Lappi) päätti."
    assert [first.text[start:end] for start, end, _ in first.marks] == ["Kemin kaupunki", "Lappi"]
    assert (second.marks[0][2], second.names) == ("DATE", frozenset())
    assert [first.document, second.document, third.document] == [1, 1, 2]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["Hän", "sanoi", ":", '"', "Joo", '"', "."], 'Hän sanoi: "Joo".'),
        (["[", "1", "]", "ja", "5", "%"], "[1] ja 5%"),
        ([], ""),
    ],
)
def test_marks_go_to_the_word_they_belong_to(words: list[str], text: str) -> None:
    printed, spans = detokenize(words)
    assert printed == text
    assert [printed[start:end] for start, end in spans] == words


def test_only_exact_spans_with_their_label_are_right(corpus: Path) -> None:
    recognizer = Fixed(NameSpan(0, 14, "ORG", 1.0), NameSpan(16, 20, "LOC", 1.0))
    texts = read_corpus(corpus, "dev")
    found = score_names(recognizer, texts[:1])
    assert found.scores["ORG"].f1 == 1
    assert (found.scores["LOC"].invented, found.scores["LOC"].missed) == (1, 1)
    assert [(error.kind, error.surface) for error in found.errors] == [
        ("invented", "Lapp"),
        ("missed", "Lappi"),
    ]


def test_sentences_of_a_document_are_given_together(corpus: Path) -> None:
    recognizer = Fixed()
    texts = read_corpus(corpus, "dev")
    score_names(recognizer, texts)
    assert [len(call) for call in recognizer.asked] == [2, 1]
    recognizer.asked.clear()
    score_names(recognizer, texts, by_document=False)
    assert [len(call) for call in recognizer.asked] == [1, 1, 1]


def test_the_table_has_a_row_a_label(corpus: Path) -> None:
    section = turku_section(Fixed(), corpus, "dev")
    assert [row[0] for row in section.rows] == ["PER", "ORG", "LOC"]
    assert len(section.errors) == 3


def test_a_missing_part_and_a_line_without_tag_are_told(corpus: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"test\.tsv"):
        read_corpus(corpus, "test")
    (corpus / "train.tsv").write_text("Kemi\n", encoding="utf-8")
    with pytest.raises(UnreadableInput, match="line 1"):
        read_corpus(corpus, "train")


def test_a_network_learns_what_depends_on_the_word_before() -> None:
    chance = np.random.default_rng(3)
    sentences = []
    for _ in range(200):
        kinds = chance.integers(0, 2, 12)
        labels = np.concatenate([[0], kinds[:-1]])
        features = np.eye(2, dtype=np.float32)[kinds]
        around = np.zeros(3, np.float32)
        targets = np.eye(2, dtype=np.float32)[labels]
        affixes = np.zeros((12, 3), np.int64)
        sentences.append(LabelledSentence(features, affixes, around, targets))
    network = train_network(sentences[:150], Plan(epochs=12), seed=1)
    again = train_network(sentences[:150], Plan(epochs=12), seed=1)
    held = sentences[150:]
    guesses = guess([network], held)
    assert [len(rows) for rows in guesses] == [12] * 50
    assert all(np.array_equal(*pair) for pair in zip(guesses, guess([again], held), strict=True))
    right = [
        rows.argmax(axis=1) == sentence.targets.argmax(axis=1)
        for rows, sentence in zip(guesses, held, strict=True)
    ]
    assert np.mean(right) > 0.95


def test_a_network_learns_what_the_text_around_decides() -> None:
    chance = np.random.default_rng(3)
    sentences = []
    for _ in range(300):
        topic = int(chance.integers(0, 2))
        features = chance.standard_normal((6, 2)).astype(np.float32)
        around = np.eye(2, dtype=np.float32)[topic]
        targets = np.repeat(np.eye(2, dtype=np.float32)[[topic]], 6, axis=0)
        sentences.append(LabelledSentence(features, np.zeros((6, 3), np.int64), around, targets))
    network = train_network(sentences[:200], Plan(epochs=12), seed=1)
    guesses = guess([network], sentences[200:])
    right = [
        rows.argmax(axis=1) == sentence.targets.argmax(axis=1)
        for rows, sentence in zip(guesses, sentences[200:], strict=True)
    ]
    assert np.mean(right) > 0.95


def test_a_third_of_the_unlabelled_texts_is_read(tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    lines = [
        '{"context": "Kemin kaivos.", "questions": "[\'Missä?\', \'Mikä?\']"}',
        '{"text": "Toinen."}',
        '{"text": "Kolmas."}',
        '{"text": "Neljäs\\nrivi."}',
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert list(read_unlabelled([file])) == [["Kemin kaivos.", "Missä?", "Mikä?"], ["Neljäs rivi."]]
    file.write_text("Kemi\n", encoding="utf-8")
    with pytest.raises(UnreadableInput, match="line 1"):
        list(read_unlabelled([file]))
