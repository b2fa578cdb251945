"""A generated corpus: as large as one likes, the same for a seed, read by the real readers."""

from __future__ import annotations

import hashlib
import json
from collections import Counter

import pytest

from amic_kg.cli.corpus_generation import generate_corpus
from amic_kg_ingest.formats import ReadingLimits, read_document

DOCUMENTS = 40


@pytest.fixture(scope="module")
def made(corpus, tmp_path_factory):
    folder = tmp_path_factory.mktemp("generated")
    return list(generate_corpus(corpus, folder, documents=DOCUMENTS))


@pytest.fixture(scope="module")
def texts(made):
    limits = ReadingLimits(ocr=False)
    return {
        path: " ".join(page.text for page in read_document(path, path.name, limits).pages)
        for path in made
    }


def digests(paths):
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]


def test_the_formats_are_mixed_and_all_are_read(made, texts):
    assert Counter(path.suffix for path in made).keys() == {".pdf", ".html", ".docx", ".txt"}
    assert all(len(text.split()) >= 30 for text in texts.values())


def test_lengths_are_spread(texts):
    words = sorted(len(text.split()) for text in texts.values())
    assert words[len(words) // 2] * 3 < words[-1]


def test_no_two_documents_are_alike(made, texts):
    assert len(set(texts.values())) == DOCUMENTS
    titles = [text[:200] for text in texts.values()]
    assert len(set(titles)) == DOCUMENTS


def test_finnish_letters_survive_every_format(texts):
    for suffix in (".pdf", ".html", ".docx", ".txt"):
        joined = " ".join(text for path, text in texts.items() if path.suffix == suffix)
        assert "ä" in joined
        assert "�" not in joined


def test_most_have_a_sidecar_with_an_identifier_of_their_own(made):
    sidecars = [path.with_name(f"{path.name}.metadata.json") for path in made]
    there = [json.loads(path.read_text("utf-8")) for path in sidecars if path.exists()]
    assert DOCUMENTS / 2 < len(there) < DOCUMENTS
    assert len({entry["identifier"][0] for entry in there}) == len(there)


def test_a_smaller_corpus_is_the_beginning_of_a_larger_one(made, corpus, tmp_path):
    fewer = list(generate_corpus(corpus, tmp_path, documents=10))
    assert digests(fewer) == digests(made[:10])


def test_another_seed_makes_other_documents(made, corpus, tmp_path):
    others = list(generate_corpus(corpus, tmp_path, documents=10, seed=2))
    assert not set(digests(others)) & set(digests(made))


def test_the_command_says_what_it_made(amic, tmp_path):
    done = amic("bench", "corpus", tmp_path / "made", "--documents", "3", data=tmp_path / "data")
    assert done.code == 0
    assert done.out.startswith("3 documents, ")
    assert len(list((tmp_path / "made").rglob("0000*.metadata.json"))) <= 3
    assert not (tmp_path / "data").exists()
