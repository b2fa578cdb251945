"""Copies and versions of one work, as the API, the pages and the linked data tell of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from amic_kg.settings import Settings
from amic_kg.wiring import open_services
from amic_kg_ingest.runs import ingest_files
from tests.protocol.conftest import serving

SENTENCES = [f"Kaivoksen altaan {n} vesi mitattiin kerran {n * 3} ja uudestaan." for n in range(60)]
DCTERMS = "http://purl.org/dc/terms/"


@pytest.fixture(scope="module")
def works(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[httpx.Client, dict[str, str]]]:
    """A server over a report, a copy of it and an earlier edition; and their keys by file name."""
    folder = tmp_path_factory.mktemp("works")

    def write(name: str, sentences: list[str], year: str) -> Path:
        path = folder / name
        path.write_text("\n\n".join(sentences), encoding="utf-8")
        record = {"title": {"fi": "Altaiden vedet"}, "issued": year, "language": ["fi"]}
        path.with_name(f"{name}.metadata.json").write_text(json.dumps(record))
        return path

    paths = [
        write("report.txt", [*SENTENCES, "Lopuksi kiitämme."], "2021"),
        write("copy.txt", SENTENCES, "2021"),
        write(
            "old.txt", [*SENTENCES[:40], *(f"Vanha tieto {n} ojasta." for n in range(20))], "2018"
        ),
    ]
    settings = Settings(data=folder / "data", ocr="off", names="off")
    report = ingest_files(settings, paths, console=None)
    keys = {Path(o.source).name: o.key or "" for o in report.outcomes}
    services = open_services(settings)
    try:
        with serving(services) as client:
            yield client, keys
    finally:
        services.close()


def test_a_copy_says_in_whose_place_it_is_not_found(works) -> None:
    client, keys = works
    copy = client.get(f"/api/documents/{keys['copy.txt']}").json()
    assert copy["is_copy_of"] == keys["report.txt"]
    (first, *_) = copy["same_work"]
    assert first["key"] == keys["report.txt"]
    assert (first["relation"], first["reason"]) == ("copy", "text")
    assert first["score"] > 0.8
    found = client.get("/api/search", params={"q": "altaan"}).json()
    assert keys["copy.txt"] not in json.dumps(found)


def test_an_earlier_edition_names_the_latest_and_is_still_found(works) -> None:
    client, keys = works
    old = client.get(f"/api/documents/{keys['old.txt']}").json()
    assert old["is_copy_of"] is None
    relations = {other["key"]: other["relation"] for other in old["same_work"]}
    assert relations[keys["report.txt"]] == "newest"
    assert relations[keys["copy.txt"]] == "version"
    found = client.get("/api/search", params={"q": "altaan"}).json()
    assert keys["old.txt"] in json.dumps(found)


@pytest.mark.parametrize(
    ("language", "notice", "heading"),
    [
        ("en", "This is a copy.", "Copies and versions of this work"),
        ("fi", "Tämä on kopio.", "Tämän teoksen kopiot ja versiot"),
        ("sv", "Detta är en kopia.", "Kopior och versioner av detta verk"),
    ],
)
def test_the_page_of_a_copy_leads_to_what_the_search_finds(
    works, language, notice, heading
) -> None:
    client, keys = works
    page = client.get(
        f"/id/output/{keys['copy.txt']}", headers={"Accept": "text/html"},
        params={"lang": language}, follow_redirects=True,
    ).text  # fmt: skip
    assert notice in page
    assert heading in page
    assert f"/id/output/{keys['report.txt']}" in page


def test_the_data_of_a_document_says_what_it_is_a_copy_of(works) -> None:
    client, keys = works
    answer = client.get(
        f"/id/output/{keys['copy.txt']}", headers={"Accept": "application/n-triples"},
        follow_redirects=True,
    )  # fmt: skip
    triples = list(ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES))
    told = {
        (t.predicate.value.removeprefix(DCTERMS), t.object.value.rsplit("/", 1)[-1])
        for t in triples
        if t.predicate.value in (f"{DCTERMS}isFormatOf", f"{DCTERMS}hasFormat")
    }
    assert told == {("isFormatOf", keys["report.txt"])}


def test_a_document_alone_says_nothing_of_copies(client: httpx.Client, pdf: str) -> None:
    record = client.get(f"/api/documents/{pdf}").json()
    assert (record["is_copy_of"], record["same_work"], record["earlier"]) == (None, [], [])


def test_a_document_without_an_abstract_has_a_page(works) -> None:
    client, keys = works
    page = client.get(f"/id/output/{keys['old.txt']}", headers={"Accept": "text/html"})
    assert page.status_code == 200
