"""The competency questions by address: data for programs, a form and a table for people."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace

import httpx
import pytest

from amic_kg.questions import Question, load_questions
from amic_kg.wiring import Services, open_services

QUESTIONS = load_questions()
EACH = pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: f"q{q.number:02}")
IN_ENGLISH = {"lang": "en"}
LAPLAND = "https://w3id.org/amic/id/place/lappi"


@pytest.fixture(scope="module")
def client(
    services: Services, serve: Callable[[Services], AbstractContextManager[httpx.Client]]
) -> Iterator[httpx.Client]:
    """The site with a deadline that no question meets, however busy the machine is."""
    patient = open_services(replace(services.settings, query_seconds=120))
    # Loaded once: what a server warms would be in the way of the queries.
    vars(patient).update(searcher=services.searcher, vocabulary=services.vocabulary)
    with serve(patient) as opened:
        opened.timeout = httpx.Timeout(150)
        yield opened
    patient.close()


@pytest.fixture
def page(client: httpx.Client) -> Callable[[str], str]:
    def read(address: str) -> str:
        answer = client.get(address, headers={"Accept": "text/html"})
        assert answer.status_code == 200
        return answer.text

    return read


def path_of(number: int) -> str:
    return f"/api/queries/q{number:02}"


def test_the_list_names_each_question_with_its_parameters(client: httpx.Client) -> None:
    listed = client.get("/api/queries").json()["queries"]
    assert [entry["id"] for entry in listed] == [f"q{q.number:02}" for q in QUESTIONS]
    fourth = listed[3]
    assert set(fourth["title"]) == {"fi", "en", "sv"}
    region = fourth["parameters"][0]
    assert (region["name"], region["type"], region["thing"]) == ("region", "iri", "Place")
    assert LAPLAND in region["default"]


@EACH
def test_a_question_answers_by_its_defaults_under_headings_in_words(
    client: httpx.Client, question: Question
) -> None:
    answer = client.get(path_of(question.number), params={"lang": "fi", "limit": "5"})
    assert answer.status_code == 200
    told = answer.json()
    assert bool(told["rows"]) == question.answerable
    assert all(set(row) == set(told["columns"]) for row in told["rows"])
    # Every column has a heading in words.
    assert told["headings"]
    assert not [name for name, words in told["headings"].items() if name == words]


def test_plain_rows_hold_numbers_and_truth_values_and_names(client: httpx.Client) -> None:
    told = client.get(path_of(4), params={**IN_ENGLISH, "region": "lappi"}).json()
    row = told["rows"][0]
    assert isinstance(row["year"], int)
    assert isinstance(row["critical"], bool)
    assert told["parameters"]["region"] == [LAPLAND]
    assert told["labels"][LAPLAND] == "Lapland"


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("sparql-json", "application/sparql-results+json"),
        ("xml", "application/sparql-results+xml"),
        ("csv", "text/csv"),
        ("tsv", "text/tab-separated-values"),
        ("sparql", "application/sparql-query"),
    ],
)
def test_an_answer_comes_in_the_formats_of_sparql(
    client: httpx.Client, name: str, media_type: str
) -> None:
    by_name = client.get(path_of(4), params={**IN_ENGLISH, "format": name})
    by_accept = client.get(path_of(4), params=IN_ENGLISH, headers={"Accept": media_type})
    assert by_name.headers["content-type"].startswith(media_type)
    assert by_accept.content == by_name.content


def test_a_spreadsheet_has_headings_in_words_and_opens_with_its_letters(
    client: httpx.Client,
) -> None:
    answer = client.get(path_of(4), params={"lang": "sv", "format": "spreadsheet"})
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["Region", "Region (IRI)", "År"]
    assert rows[1][:2] == ["Lappland", LAPLAND]


@pytest.mark.parametrize(
    ("number", "name", "value"),
    [
        (4, "from", "soon"),
        (4, "list", "23"),
        (4, "region", "https://w3id.org/amic/vocab/commodity/nickel"),
        (4, "region", "x> } INSERT"),
        (4, "region", "atlantis"),
        (2, "least", "1.5"),
        (25, "since", "2018-02-30"),
        (5, "lang", "de"),
        (5, "colour", "blue"),
        (5, "limit", "0"),
        (5, "limit", "1001"),
        (5, "offset", "-1"),
    ],
)
def test_a_value_that_does_not_fit_is_named_with_cause_and_remedy(
    client: httpx.Client, number: int, name: str, value: str
) -> None:
    answer = client.get(path_of(number), params={name: value})
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["type"].endswith("#unfit-value")
    assert problem["parameter"] == name
    assert problem["detail"]
    assert problem["remedy"]


@pytest.mark.parametrize("value", ['en" } } #', "en\\u0022", "en\nfi"])
def test_a_text_stays_a_text(client: httpx.Client, value: str) -> None:
    assert client.get(path_of(5), params={"lang": value}).status_code == 422


def test_rows_come_in_pages_that_join_to_the_whole(client: httpx.Client) -> None:
    whole = client.get(path_of(4), params={**IN_ENGLISH, "limit": "1000"}).json()
    assert whole["next"] is None
    rows, address = [], f"{path_of(4)}?lang=en&limit=7"
    while address:
        answer = client.get(address)
        told = answer.json()
        rows += told["rows"]
        address = told["next"]
        assert bool(address) == ('rel="next"' in answer.headers["link"])
    assert rows == whole["rows"]


def test_a_question_with_an_end_of_its_own_is_paged_within_it(client: httpx.Client) -> None:
    first = client.get(path_of(20), params={**IN_ENGLISH, "limit": "1"}).json()
    beyond = client.get(path_of(20), params={**IN_ENGLISH, "offset": "100"}).json()
    assert len(first["rows"]) == 1
    assert beyond["rows"] == []


def test_an_answer_leads_to_its_query_and_its_page(client: httpx.Client) -> None:
    told = client.get(path_of(4), params={**IN_ENGLISH, "region": "kainuu"}).json()
    by_query = client.get(told["sparql"], headers={"Accept": "application/json"}).json()
    assert len(by_query["results"]["bindings"]) == len(told["rows"])
    page = client.get(told["page"], headers={"Accept": "text/html"})
    assert page.text.count("Kainuu") >= len(told["rows"])


def test_each_question_is_an_operation_with_typed_parameters(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()
    operations = [described["paths"][path_of(q.number)]["get"] for q in QUESTIONS]
    assert len({operation["operationId"] for operation in operations}) == len(QUESTIONS)
    for question, operation in zip(QUESTIONS, operations, strict=True):
        names = [parameter["name"] for parameter in operation["parameters"]]
        expected = [parameter.name for parameter in question.parameters]
        assert names == [*expected, "limit", "offset", "format"]
    region, listed = operations[3]["parameters"][:2]
    assert region["schema"]["type"] == "array"
    assert listed["schema"] == {"type": "string", "pattern": "^[0-9]{4}$", "default": "2023"}
    content = operations[3]["responses"]["200"]["content"]
    assert content["application/json"]["schema"]["$ref"].endswith("/QueryRows")


def test_a_question_that_is_not_there_is_said_to_be_missing(client: httpx.Client) -> None:
    assert client.get("/api/queries/q99").status_code == 404
    assert client.get("/queries/q99", headers={"Accept": "text/html"}).status_code == 404


class TestPages:
    Page = Callable[[str], str]

    @pytest.mark.parametrize("language", ["fi", "en", "sv"])
    def test_the_list_leads_to_every_question(self, page: Page, language: str) -> None:
        shown = page(f"/queries?lang={language}")
        for question in QUESTIONS:
            assert f'href="/queries/q{question.number:02}?lang={language}"' in shown
            assert question.title[language] in shown.replace("&#39;", "'")

    @EACH
    def test_each_has_a_page(self, page: Page, question: Question) -> None:
        shown = page(f"/queries/q{question.number:02}?lang=en")
        assert ("<table>" in shown) == question.answerable

    def test_the_table_names_things_and_leads_to_pages(self, page: Page) -> None:
        shown = page("/queries/q11?lang=en")
        assert 'value="Kolari"' in shown
        assert "/pages/" in shown
        assert "Acceptance factor</th>" in shown
        # The words around a quote begin and end as words.
        assert "Kolari Hyötyjen jakautuminen" in shown
        assert ">… " in shown

    def test_what_has_no_answer_says_so(self, page: Page) -> None:
        shown = page("/queries/q04?lang=en&from=2098")
        assert "Nothing in the documents answers this" in shown
        assert "no answer to this yet" in page("/queries/q05?lang=en")

    def test_what_was_written_stays_beside_the_problem(self, client: httpx.Client) -> None:
        answer = client.get("/queries/q04?lang=en&from=soon", headers={"Accept": "text/html"})
        assert answer.status_code == 422
        assert 'value="soon"' in answer.text
        assert "From year: <span" in answer.text
        assert "such as 1990" in answer.text
        assert 'aria-invalid="true"' in answer.text
