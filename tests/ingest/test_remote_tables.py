"""Lists and tables at a URL or in a ZIP: fetched once, known again when they are unchanged."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from amic_kg.errors import (
    DamagedDocument,
    LimitExceeded,
    RefusedAddress,
    UnreadableInput,
    UnsupportedFormat,
)
from amic_kg.ledger import Ledger
from amic_kg.records import Unreadable
from amic_kg_ingest.sources import Surroundings, open_source
from amic_kg_ingest.sources.declarations import Declaration, recognise

TABLE = "Title,Year,Key,File\nPeat of Lapland,1931,a,\nMine water of Kemi,1933,b,/etc/passwd\n"
LISTS = {
    "list.csv": ("text/csv", TABLE),
    "list.bib": ("application/x-bibtex", "@book{a, title={Peat}}\n@book{b, title={Mine water}}"),
    "list.ris": ("text/plain", "TY  - RPRT\nTI  - Peat\nID  - a\nER  - \n"
                 "TY  - RPRT\nTI  - Mine\nID  - b\nER  - \n"),
    "list.json": ("application/json", '[{"id": "a", "type": "book", "title": "Peat"},'
                  ' {"id": "b", "title": "Mine water", "type": "report", "DOI": ""}]'),
    "list.jsonl": ("application/octet-stream", '{"id": "a", "title": "Peat"}\n'
                   '{"id": "b", "title": "Mine water"}'),
}  # fmt: skip
PROJECTS = (
    "id;acronym;title;startDate;objective\n"
    '1;MINE;"Mining of tomorrow";2020-01-01;"Ore"\n2;SEA;"Fish";2020-01-01;"Water"\n'
)
TOPICS = "projectID;topic;title\n1;RAW-1;Raw materials\n2;FOOD-1;Food\n"


@pytest.fixture
def run(bench, tmp_path):
    """A run over the source that is declared; each with a ledger opened anew."""

    def run(kind: str, address: str, *, dry=False, allow="127.0.0.1", **options):
        settings = replace(bench.settings, fetch_allow=allow, fetch_pause_milliseconds=0)
        declaration = Declaration("partner", kind, address, "", options)
        ledger = Ledger(settings.ledger)
        try:
            around = Surroundings(settings, ledger.feed("partner"), tmp_path / "fetched", dry)
            source = open_source(declaration, around)
            return list(source.documents()) if dry else bench.ingest_from(source)
        finally:
            ledger.close()

    return run


def errors(report) -> list[tuple[str, str]]:
    return [(x.failure.name, x.failure.message) for x in report.outcomes if x.failure]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_at_a_url_comes_entry_by_entry(site, run, name):
    media_type, text = LISTS[name]
    url = site.put(f"/{name}", text, media_type)
    found = run("records", url, dry=True)
    assert [item.identifier for item in found] == ["a", "b"]


def test_a_list_that_is_unchanged_is_not_sent_again_and_nothing_is_read_again(site, run, bench):
    url = site.put("/list.csv", TABLE, "text/csv", ETag='"1"')
    assert run("records", url).count("published") == 2
    assert len(bench.prepared) == 2
    again = run("records", url)
    assert (again.count("skipped"), again.found) == (2, 2)
    assert bench.prepared == []
    assert site.requests[-1]["If-None-Match"] == '"1"'
    site.put("/list.csv", TABLE.replace("1933", "1934"), "text/csv", ETag='"2"')
    changed = run("records", url)
    assert (changed.count("published"), changed.count("skipped")) == (1, 1)


def test_a_broken_row_is_named_by_the_address_of_its_list(site, run):
    url = site.put("/list.csv", TABLE + "too,many,cells,by,far\n", "text/csv")
    report = run("records", url)
    assert report.count("published") == 2
    (failed,) = [x for x in report.outcomes if x.failure]
    assert failed.source == f"{url}:4"


def test_files_that_a_list_from_elsewhere_names_are_not_looked_for(site, run):
    items = run("records", site.put("/list.csv", TABLE, "text/csv"), dry=True)
    assert [item.metadata.get("remarks") for item in items] == [None, None]
    assert "passwd" not in str([item.path for item in items])


def test_a_dry_run_keeps_nothing(site, run, tmp_path):
    url = site.put("/list.csv", TABLE, "text/csv", ETag='"1"')
    assert len(run("records", url, dry=True)) == len(run("records", url, dry=True)) == 2
    assert not (tmp_path / "fetched").exists()
    assert "If-None-Match" not in site.requests[-1]


@pytest.mark.parametrize(
    ("kind", "path", "error", "words"),
    [
        ("records", "/page", DamagedDocument, "web page, not with a list"),
        ("cordis", "/page", DamagedDocument, "web page, not with a list or a table"),
        ("records", "/page.csv", DamagedDocument, "web page, not with"),
        ("records", "/closed", UnreadableInput, "without permission (403)"),
        ("records", "/away", RefusedAddress, "leads on to http://127.0.0.2"),
        ("records", "/large.csv", LimitExceeded, "larger than 512 MB"),
        ("records", "/report.pdf", UnsupportedFormat, "but a PDF"),
        ("cordis", "/list.csv", UnreadableInput, "no table of CORDIS"),
    ],
)
def test_what_is_no_list_is_named_by_its_address(site, run, kind, path, error, words):
    site.put("/page", "<!DOCTYPE html><html>Log in</html>")
    site.put("/page.csv", "<!DOCTYPE html><html>Log in</html>")
    site.put("/closed", "", status=403)
    site.put("/away", status=302, Location="http://127.0.0.2/list.csv")
    site.put("/large.csv", TABLE, "text/csv", Content_Length="999999999999")
    site.put("/report.pdf", b"%PDF-1.7\n", "application/pdf")
    site.put("/list.csv", TABLE, "text/csv")
    report = run(kind, site.base + path)
    (failed,) = [x for x in report.outcomes if x.failure]
    assert failed.source == "partner"
    assert failed.failure.name == error.__name__
    assert words in failed.failure.message


def test_a_private_address_is_refused(site, run):
    report = run("records", site.put("/list.csv", TABLE, "text/csv"), allow="")
    ((name, message),) = errors(report)
    assert name == "RefusedAddress"
    assert "no public address" in message
    assert site.asked == []


def test_nothing_is_taken_out_while_a_list_cannot_be_had(site, run):
    url = site.put("/list.csv", TABLE, "text/csv")
    assert run("records", url, withdraw_missing=True).count("published") == 2
    site.put("/list.csv", "gone", "text/plain", status=404)
    broken = run("records", url, withdraw_missing=True)
    assert (broken.count("withdrawn"), broken.count("failed")) == (0, 1)


def test_a_list_in_a_zip_is_read_on_disk_and_from_a_url(site, run, write, make_zip):
    data = make_zip({"export/list.csv": TABLE, "readme.md": "-", "__MACOSX/export/._list.csv": ""})
    for address in (str(write("lists.zip", data)), site.put("/lists.zip", data, "application/zip")):
        assert [x.identifier for x in run("records", address, dry=True)] == ["a", "b"]


def test_of_several_lists_in_a_zip_one_is_named(run, write, make_zip):
    path = str(write("lists.zip", make_zip({"a.csv": TABLE, "b/c.jsonl": LISTS["list.jsonl"][1]})))
    ((_, message),) = errors(run("records", path))
    assert "an archive with 2 lists, not with one: a.csv, b/c.jsonl" in message
    assert len(run("records", path, dry=True, member="b/c.jsonl")) == 2
    ((_, message),) = errors(run("records", path, member="d.csv"))
    assert "holds no 'd.csv'" in message


def test_a_zip_that_is_broken_or_a_bomb_is_named(run, write, make_zip, make_xlsx, bench):
    good = make_zip({"a.csv": TABLE * 50})
    broken = good[:60] + b"\xff" * 20 + good[80:]
    ((name, message),) = errors(run("records", str(write("broken.zip", broken))))
    assert (name, "cannot be unpacked" in message) == ("DamagedDocument", True)
    bench.settings = replace(bench.settings, file_megabytes=1)
    bomb = make_zip({"a.csv": b"Title\n" + b"a" * 2_000_000})
    ((name, message),) = errors(run("records", str(write("bomb.zip", bomb))))
    assert (name, "more than 1 MB" in message) == ("LimitExceeded", True)
    ((name, message),) = errors(run("records", str(write("list.xlsx", make_xlsx(lambda _: None)))))
    assert "Office document" in message


def test_tables_of_cordis_at_a_url_are_fetched_once(site, run, bench, make_zip):
    data = make_zip({"csv/project.csv": PROJECTS, "csv/topics.csv": TOPICS})
    url = site.put("/cordis.zip", data, "application/zip", ETag='"1"')
    first = run("cordis", url)
    assert first.count("published") == 1
    again = run("cordis", url)
    assert again.count("published") == 0
    assert again.count("skipped") >= 1
    assert bench.prepared == []
    assert site.requests[-1]["If-None-Match"] == '"1"'


def test_one_table_of_cordis_may_come_as_plain_text(site, run):
    url = site.put("/project.csv", PROJECTS, "text/plain")
    items = [x for x in run("cordis", url, dry=True) if not isinstance(x, Unreadable)]
    assert len(items) == 1


@pytest.mark.parametrize("ending", ["bib", "ris", "csv", "tsv", "jsonl"])
def test_the_address_of_a_list_is_known_by_its_ending(ending):
    assert recognise(f"https://example.org/lists/all.{ending}", {}).kind == "records"


def test_a_list_at_a_url_is_declared_and_ingested_by_its_name(site, amic, monkeypatch, tmp_path):
    url = site.put("/list.csv", TABLE, "text/csv")
    folder = tmp_path / "data" / "sources"
    folder.mkdir(parents=True)
    (folder / "partner.toml").write_text(f'kind = "records"\nurl = "{url}"\n')
    monkeypatch.setenv("AMIC_FETCH_ALLOW", "127.0.0.1")
    done = amic("ingest", "partner", "--dry-run", "--json", data=tmp_path / "data")
    (preview,) = json.loads(done.out)
    assert [row["title"] for row in preview["documents"]] == [
        "Peat of Lapland",
        "Mine water of Kemi",
    ]
