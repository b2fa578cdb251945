"""Documents: record, page texts, the file; and that a restricted one keeps its words."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote

import httpx
import pytest

from amic_kg.records import Withdrawn
from amic_kg.settings import Settings
from amic_kg.wiring import open_services, open_writing_side
from amic_kg_api.routes.documents import disposition
from amic_kg_ingest.runs import ingest_files
from tests.protocol.conftest import serving

CORPUS = Path(__file__).parents[2] / "samples" / "corpus"
FILE = "05-kaivosvedet-ja-sulfaatti.pdf"
SECRET = "Kvartsinhiontapaja"
"""Stands in the text of the restricted document (conftest.py) and nowhere else."""


def test_a_record_says_what_a_library_would_and_where_the_parts_stand(
    client: httpx.Client, pdf: str
) -> None:
    record = client.get(f"/api/documents/{pdf}").json()
    assert record["title"]["en"].startswith("Mine water")
    assert record["kind"] == "Report"
    assert record["issued"] == "2017-05"
    assert record["media_type"] == "application/pdf"
    assert record["subjects"][0]["labels"]["fi"]
    assert client.get(record["links"]["original"]).status_code == 200
    assert client.get(record["links"]["pages"].replace("{n}", "1")).status_code == 200
    for media_type, path in record["links"]["data"].items():
        assert client.get(path).headers["content-type"].startswith(media_type)


def test_a_page_gives_its_text_and_what_it_names_at_the_right_place(
    client: httpx.Client, pdf: str
) -> None:
    page = client.get(f"/api/documents/{pdf}/pages/1").json()
    assert page["number"] == 1
    assert page["iri"].endswith("#page=1")
    assert page["mentions"]
    for mention in page["mentions"]:
        start = mention["start"]
        assert page["text"][start : start + len(mention["exact"])] == mention["exact"]


@pytest.mark.parametrize("number", [0, 99])
def test_a_page_that_is_not_there_is_not_found(client: httpx.Client, pdf: str, number: int) -> None:
    assert client.get(f"/api/documents/{pdf}/pages/{number}").status_code == 404
    assert client.get(f"/documents/{pdf}/pages/{number}").status_code == 404


def test_the_original_is_the_file_as_it_came(client: httpx.Client, pdf: str) -> None:
    answer = client.get(f"/documents/{pdf}/original")
    assert answer.content == (CORPUS / FILE).read_bytes()
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("inline; ")
    assert FILE in answer.headers["content-disposition"]
    assert "content-encoding" not in answer.headers


def test_a_range_of_the_original_can_be_had(client: httpx.Client, pdf: str) -> None:
    answer = client.get(f"/documents/{pdf}/original", headers={"Range": "bytes=0-4"})
    assert answer.status_code == 206
    assert answer.content == b"%PDF-"
    assert answer.headers["content-range"].startswith("bytes 0-4/")
    beyond = client.get(f"/documents/{pdf}/original", headers={"Range": "bytes=99999999-"})
    assert beyond.status_code == 416


def test_an_original_that_the_client_has_is_not_sent_again(client: httpx.Client, pdf: str) -> None:
    etag = client.get(f"/documents/{pdf}/original").headers["etag"]
    assert etag.strip('"') == client.get(f"/api/documents/{pdf}").json()["sha256"]
    again = client.get(f"/documents/{pdf}/original", headers={"If-None-Match": f"W/{etag}"})
    assert again.status_code == 304
    assert again.content == b""


def test_head_of_an_original_gives_its_size_alone(client: httpx.Client, pdf: str) -> None:
    answer = client.head(f"/documents/{pdf}/original")
    assert int(answer.headers["content-length"]) == (CORPUS / FILE).stat().st_size
    assert answer.content == b""


def test_an_html_original_may_not_run_anything(client: httpx.Client) -> None:
    hits = client.get("/api/search", params={"kind": "ProjectPage"}).json()["hits"]
    answer = client.get(f"/documents/{hits[0]['key']}/original")
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-security-policy"].startswith("sandbox")


@pytest.mark.parametrize(
    "name", ["häme ö.pdf", 'a"b;c.pdf', "rivi\nvaihto.pdf", ".pdf", "x", "报告.docx", "a%20b.pdf"]
)
def test_any_file_name_makes_a_header_that_holds_and_gives_it_back(name: str) -> None:
    header = disposition(name)
    assert header.isascii()
    assert header.isprintable()
    assert unquote(header.rpartition("''")[2]) == name
    assert header.split('"')[1].isascii()


def test_the_page_of_a_document_names_what_stands_where(client: httpx.Client, pdf: str) -> None:
    page = client.get(f"/id/output/{pdf}", params={"lang": "en"}, headers={"Accept": "text/html"})
    assert "What it names, and where" in page.text
    assert f'href="/documents/{pdf}/pages/' in page.text
    assert "Methods" in page.text


def test_the_short_address_of_a_document_leads_to_its_name(client: httpx.Client, pdf: str) -> None:
    answer = client.get(f"/documents/{pdf}")
    assert answer.status_code == 301
    assert answer.headers["location"] == f"/id/output/{pdf}"


def test_a_restricted_document_is_described(client: httpx.Client, restricted: str) -> None:
    record = client.get(f"/api/documents/{restricted}").json()
    assert record["access"] == "restricted"
    assert record["links"]["original"] is None
    page = client.get(f"/id/output/{restricted}", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "Selvityksen kuvaus on julkinen." in page.text


@pytest.mark.parametrize(
    "path", ["/api/documents/{}/pages/1", "/documents/{}/pages/1", "/documents/{}/original"]
)
def test_words_of_a_restricted_document_are_refused_with_the_reason(
    client: httpx.Client, restricted: str, path: str
) -> None:
    answer = client.get(path.format(restricted))
    assert answer.status_code == 403
    assert answer.json()["type"].endswith("#restricted")
    assert SECRET not in answer.text
    assert client.head(path.format(restricted)).status_code == 403


def test_no_search_tells_what_a_restricted_document_says(
    client: httpx.Client, restricted: str
) -> None:
    for q in (SECRET, f'"{SECRET}"', "luottamuksellisesti"):
        found = client.get("/api/search", params={"q": q, "size": 100}).json()["hits"]
        assert restricted not in {hit["key"] for hit in found}
    for hit in client.get("/api/search", params={"q": "kaivosvedet", "size": 100}).json()["hits"]:
        if hit["key"] == restricted:
            assert hit["page"] is None
            assert hit["passages"] == []
            assert SECRET not in hit["snippet"]


@pytest.mark.parametrize("form", ["ttl", "jsonld", "nt", "rdf"])
def test_no_data_tells_what_a_restricted_document_says(
    client: httpx.Client, restricted: str, form: str
) -> None:
    answer = client.get(f"/id/output/{restricted}", params={"format": form})
    assert answer.status_code == 200
    assert SECRET not in answer.text
    assert "oa#exact" not in answer.text


def test_a_withdrawn_document_is_gone_and_not_merely_unknown(tmp_path):
    settings = Settings(data=tmp_path / "data", ocr="off")
    path = tmp_path / "mine.txt"
    path.write_text("The mine at Kevitsa drains its water into a pond.\n")
    report = ingest_files(settings, [path], console=None)
    (key,) = [outcome.key for outcome in report.outcomes]
    writing = open_writing_side(settings, lambda *_: None)
    writing.pipeline.run(TakenBack(str(path)))
    writing.close()
    services = open_services(settings)
    try:
        with serving(services) as client:
            for address in (f"/api/documents/{key}", f"/id/output/{key}"):
                answer = client.get(address)
                assert answer.status_code == 410
                assert answer.json()["type"].endswith("#gone")
            assert client.get("/api/documents/never-was").status_code == 404
    finally:
        services.close()


class TakenBack:
    """A source that takes back one file."""

    name = "files"
    expected = 1
    left_out: ClassVar = {}

    def __init__(self, identifier: str) -> None:
        self._identifier = identifier

    def documents(self):
        yield Withdrawn("files", self._identifier)

    def settle(self) -> None:
        pass
