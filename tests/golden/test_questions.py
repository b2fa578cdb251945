"""Each competency question gives the same rows on the sample corpus as when it was last looked at.

`pytest tests/golden/test_questions.py --regenerate-golden` writes them anew; look at the
difference before committing it.
"""

from __future__ import annotations

import csv
import io
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from amic_kg.errors import QueryTimeout
from amic_kg.language import Analyzer
from amic_kg.ports import QueryRequest
from amic_kg.questions import LANGUAGE, Question, load_questions
from amic_kg.settings import Settings
from amic_kg.wiring import Services
from amic_kg_ingest.formats.ocr import ocr_languages

FOLDER = Path(__file__).parent / "questions"
TSV, JSON = "text/tab-separated-values", "application/sparql-results+json"
QUESTIONS = load_questions()
EACH = pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: f"q{q.number:02}")
# It tells the digest of the vocabulary and the tools of the machine, which change beside the rows.
MASKED = ("version",)
SLOWEST_SECONDS = 2.0
"""Far above the 0.2 s that a question may take, so that a busy machine fails nobody."""


@pytest.fixture(scope="session")
def tools(analyzer: Analyzer) -> None:
    """The rows were made with Finnish morphology and with OCR of the scanned page."""
    lacking = {"fin", "swe", "eng"} - set(ocr_languages())
    if lacking:
        reason = f"tesseract lacks {', '.join(sorted(lacking))}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


@EACH
def test_a_question_gives_its_golden_rows(
    question: Question, samples: Services, regenerate: bool, tools: None
) -> None:
    rows = masked(ask(samples, question.query(), TSV).decode("utf-8"))
    path = FOLDER / f"q{question.number:02}.tsv"
    if regenerate:
        path.write_text(rows, "utf-8")
    assert rows == path.read_text("utf-8")


@EACH
def test_what_is_answerable_has_rows_and_what_is_not_has_none(
    question: Question, samples: Services
) -> None:
    rows = table(ask(samples, question.query(), JSON))
    assert bool(rows) == question.answerable
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize(
    "question",
    [question for question in QUESTIONS if any(p.name == LANGUAGE for p in question.parameters)],
    ids=lambda question: f"q{question.number:02}",
)
def test_a_question_answers_in_each_language_and_alike(
    question: Question, samples: Services
) -> None:
    counts = {
        language: len(table(ask(samples, question.query({"lang": [language]}), JSON)))
        for language in ("fi", "en", "sv")
    }
    assert len(set(counts.values())) == 1, counts


@EACH
def test_a_question_is_quick(question: Question, samples: Services) -> None:
    started = time.perf_counter()
    try:
        ask(samples, question.query(), JSON)
    except QueryTimeout:
        pytest.fail("ran past the deadline")
    assert time.perf_counter() - started < SLOWEST_SECONDS


def test_no_golden_file_is_without_its_question() -> None:
    assert {path.stem for path in FOLDER.glob("*")} == {f"q{q.number:02}" for q in QUESTIONS}


def test_a_new_value_gives_new_rows(samples: Services) -> None:
    question = QUESTIONS[3]
    kainuu = ask(samples, question.query({"region": ["kainuu"]}), TSV).decode("utf-8")
    assert set(column(kainuu, "regionLabel")) == {'"Kainuu"@en'}


class TestCommandLine:
    Amic = Callable[..., Any]

    def test_the_list_says_what_is_answered_and_what_is_missing(
        self, amic: Amic, sample_settings: Settings
    ) -> None:
        done = amic("questions", "--lang", "sv", data=sample_settings.data)
        assert done.code == 0
        assert "Föga undersökta livscykelskeden efter region" in done.out
        as_json = json.loads(amic("questions", "--json", data=sample_settings.data).out)
        assert [row["number"] for row in as_json] == list(range(1, 26))
        assert all((row["missing"] is None) == (row["answered"] == "whole") for row in as_json)

    def test_one_is_asked_with_values_by_name_and_by_key(
        self, amic: Amic, sample_settings: Settings
    ) -> None:
        asked = ("--set", "region=Pohjois-Karjala", "--set", "from=2018")
        done = amic("questions", 4, *asked, "--format", "csv", data=sample_settings.data)
        rows = list(csv.DictReader(io.StringIO(done.out)))
        assert {row["regionLabel"] for row in rows} == {"North Karelia"}
        assert {row["year"] for row in rows} == {"2018"}

    def test_an_answer_reads_as_a_table(self, amic: Amic, sample_settings: Settings) -> None:
        done = amic("questions", 13, "--lang", "fi", data=sample_settings.data)
        assert "poronhoitajat" in done.out
        assert "Answered in part" in done.err

    def test_the_query_can_be_seen(self, amic: Amic, sample_settings: Settings) -> None:
        done = amic("questions", 2, "--sparql", "--set", "site=sokli", data=sample_settings.data)
        assert done.out.startswith("PREFIX ")
        assert "id/site/sokli> }" in done.out

    @pytest.mark.parametrize(("arguments", "told"), [
        ([4, "--set", "region=Atlantis"], "region=Atlantis: names nothing"),
        ([4, "--set", "region=../site/sokli"], "is a Site. Give a Place"),
        ([4, "--set", "region"], "has no '='"),
        ([4, "--set", "area=lappi"], "is no parameter of question 4"),
        ([4, "--set", "from=then"], "is not a whole number"),
        ([99], "question 99: does not exist"),
        (["--set", "region=lappi"], "Name the question"),
    ])  # fmt: skip
    def test_wrong_input_is_named(
        self, amic: Amic, sample_settings: Settings, arguments: list[object], told: str
    ) -> None:
        done = amic("questions", *arguments, data=sample_settings.data)
        assert done.code == 2
        assert told in done.err


def ask(services: Services, query: str, accept: str) -> bytes:
    request = QueryRequest(query, {"rows": accept, "boolean": accept, "graph": "text/turtle"})
    return services.graph.answer(request).body


def table(body: bytes) -> list[str]:
    """The rows of an answer, each as text that tells it from the others."""
    bindings = json.loads(body)["results"]["bindings"]
    return [json.dumps(row, sort_keys=True, ensure_ascii=False) for row in bindings]


def masked(rows: str) -> str:
    lines = [line.split("\t") for line in rows.splitlines()]
    hidden = [number for number, name in enumerate(lines[0]) if name.lstrip("?") in MASKED]
    for line in lines[1:]:
        for number in hidden:
            line[number] = '"…"'
    return "".join("\t".join(line) + "\n" for line in lines)


def column(rows: str, name: str) -> list[str]:
    head, *lines = [line.split("\t") for line in rows.splitlines()]
    return [line[head.index(f"?{name}")] for line in lines]
