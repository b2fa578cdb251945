"""What a harvested record becomes: its full text where its rights allow, else a record file."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from amic_kg.ledger import Ledger
from amic_kg.records import RawDocument
from amic_kg.settings import Settings
from amic_kg_ingest.fetch import Fetcher
from amic_kg_ingest.sources import Surroundings
from amic_kg_ingest.sources.declarations import Declaration
from amic_kg_ingest.sources.oai_pmh.source import OaiPmhSource

TODAY = date(2026, 11, 25)
SETTINGS = Settings(fetch_allow="127.0.0.0/8", fetch_pause_milliseconds=0)
PDF = "/bitstream/1/1/kevitsa.pdf"
PAGE = "/handle/1/1"
FIELDS = [
    ("title", "Kevitsan kaivoksen vedet"),
    ("language.iso", "fin"),
    ("date.issued", "2019"),
    ("subject", "kaivosvesi"),
    ("description.abstract", "Tutkimus kertoo, miten sulfaatti saostetaan kaivoksen vesistä."),
]


@pytest.fixture
def pdf(make_pdf):
    return make_pdf(["Spodumene was found in the drill cores of Kaustinen."])


@pytest.fixture
def archive(oai, pdf):
    """A repository with one record that names one PDF, and the address it is served at."""
    repository = oai.Repository()
    repository.files[PDF] = ("application/pdf", pdf, {"ETag": '"one"'})
    with oai.serving(repository) as url:
        base = url.removesuffix("/oai")

        def put(*fields, link=True, page="", dc=False, datestamp="2020-01-01T00:00:00Z"):
            given = [*FIELDS, *fields]
            files = [base + PDF] if link else []
            xml = oai.kk(given, *files, page=page and base + page)
            plain = [(name.partition(".")[0], value) for name, value in given]
            plain += [("identifier", base + page)] if page else []
            plain += [("identifier", base + PDF)] if link else []
            metadata = {"oai_dc": oai.dublin_core(plain)} if dc else {"kk": xml}
            repository.prefixes = tuple(metadata)
            repository.items = [oai.Item("oai:arkisto.example:1/1", datestamp, metadata)]

        repository.put, repository.url = put, url
        yield repository


@pytest.fixture
def ledger(bench):
    ledger = Ledger(bench.settings.ledger)
    yield ledger
    ledger.close()


@pytest.fixture
def source(archive, ledger, tmp_path):
    """The source over the archive, with the ledger as its memory."""

    def source(today=TODAY, **options):
        return OaiPmhSource(
            Declaration("arkisto", "oai-pmh", archive.url, "", {"full_texts": True, **options}),
            Surroundings(SETTINGS, ledger.feed("arkisto"), tmp_path / "fetched"),
            lambda: quick(SETTINGS),
            today,
        )

    return source


def quick(settings: Settings) -> Fetcher:
    fetcher = Fetcher.of(settings)
    fetcher._wait = lambda _: None
    return fetcher


def one(source) -> RawDocument:
    (given,) = source.documents()
    return given


def record_of(given: RawDocument) -> dict[str, object]:
    assert given.path.name.endswith(".record.json")
    return json.loads(given.path.read_bytes())


def test_the_full_text_that_a_record_names_is_the_document(archive, source, pdf):
    archive.put(("rights", "CC BY 4.0"))
    given = one(source())
    assert given.path.read_bytes() == pdf
    assert given.metadata["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert given.metadata["original"]["rights"] == ["CC BY 4.0"]


@pytest.mark.parametrize(
    "field",
    [
        ("rights", "Rajattu käyttöoikeus"),
        ("rights.accesslevel", "closedAccess"),
        ("embargo.terms", "2027-01-01"),
        ("rights", "Text and data mining is reserved"),
    ],
)
def test_a_closed_text_is_not_even_asked_for(archive, source, field):
    archive.put(field)
    given = one(source())
    assert archive.downloads == []
    assert given.metadata["accessRights"] == "restricted"
    assert record_of(given)["title"] == {"fi": "Kevitsan kaivoksen vedet"}


def test_texts_are_fetched_only_when_that_is_said(archive, source):
    archive.put()
    assert record_of(one(source(full_texts=False)))["accessRights"] == "open"
    assert archive.downloads == []


def test_an_unchanged_text_is_not_sent_again_and_keeps_its_file(archive, source):
    archive.put()
    first = one(source())
    before = first.path.stat().st_mtime_ns
    archive.put(("type", "Report"))
    second = one(source())
    assert archive.downloads == [(PDF, 200), (PDF, 304)]
    assert (second.path, second.path.stat().st_mtime_ns) == (first.path, before)


def test_a_link_of_plain_dublin_core_that_ends_in_pdf_is_the_text(archive, source, pdf):
    archive.put(dc=True)
    assert one(source()).path.read_bytes() == pdf


@pytest.mark.parametrize("dc", [True, False])
def test_the_page_of_the_work_may_name_the_text(archive, source, pdf, dc):
    html = f'<html><head><meta content="{PDF}" name="citation_pdf_url"></head></html>'
    archive.files[PAGE] = ("text/html", html.encode(), {})
    archive.put(link=False, page=PAGE, dc=dc)
    assert one(source()).path.read_bytes() == pdf


def test_a_page_without_a_text_leaves_the_record(archive, source):
    archive.files[PAGE] = ("text/html", b"<html><p>Only in print</html>", {})
    archive.put(link=False, page=PAGE)
    given = one(source())
    assert record_of(given)["abstract"]
    assert "remarks" not in given.metadata


@pytest.mark.parametrize(
    ("answer", "remark"),
    [
        (("text/html", b"<html>Log in</html>", {}), "web page"),
        (("text/html", b"gone", {"status": "404"}), "does not exist"),
        (("text/html", b"no", {"status": "403"}), "without permission"),
        (("application/pdf", b"", {}), "holds no bytes"),
    ],
)
def test_a_text_that_is_not_to_be_had_leaves_the_record_and_says_why(
    archive, source, answer, remark
):
    archive.files[PDF] = answer
    archive.put()
    given = one(source())
    (said,) = given.metadata["remarks"]
    assert remark in said
    assert record_of(given)["warnings"] == [said]


@pytest.mark.parametrize("header", [{"tdm-reservation": "1"}, {"X-Robots-Tag": "noai"}])
def test_a_reservation_in_the_headers_of_the_text_closes_it(archive, source, pdf, header):
    archive.files[PDF] = ("application/pdf", pdf, header)
    archive.put()
    given = one(source())
    assert given.metadata["accessRights"] == "restricted"
    assert record_of(given)["accessRights"] == "restricted"


def test_a_text_that_robots_txt_forbids_is_not_asked_for(archive, source):
    rules = b"User-agent: *\nDisallow: /bitstream/\n"
    archive.files["/robots.txt"] = ("text/plain", rules, {})
    archive.put()
    given = one(source())
    assert (PDF, 200) not in archive.downloads
    assert "forbidden by robots.txt" in given.metadata["remarks"][0]


def test_a_text_that_its_site_reserves_closes_it(archive, source):
    rules = json.dumps([{"location": "/bitstream/", "tdm-reservation": 1}])
    archive.files["/.well-known/tdmrep.json"] = ("application/json", rules.encode(), {})
    archive.put()
    assert one(source()).metadata["accessRights"] == "restricted"


def test_a_text_that_becomes_closed_leaves_the_disk(archive, source):
    archive.put()
    fetched = one(source()).path
    archive.put(("rights", "Rajattu käyttöoikeus"))
    one(source())
    assert not fetched.exists()


def test_a_text_whose_server_is_away_is_asked_for_again(archive, source, bench, ledger):
    archive.put()
    good = archive.files[PDF]
    archive.files[PDF] = ("text/plain", b"", {"status": "503"})
    report = bench.ingest_from(source())
    assert report.count("published") == 1
    assert found(bench, "sulfaatti") == 1
    key = report.outcomes[0].key
    archive.files[PDF] = good
    archive.date = "2026-11-02T00:00:00Z"
    report = bench.ingest_from(source())
    assert [(o.state, o.key) for o in report.outcomes] == [("published", key)]
    assert found(bench, "spodumene") == 1
    assert bench.ingest_from(source()).outcomes == []


def test_a_server_that_stays_away_is_asked_ever_more_seldom(archive, source):
    archive.put()
    archive.files[PDF] = ("text/plain", b"", {"status": "503"})
    asked = []
    for day in range(12):
        archive.downloads.clear()
        archive.date = "2026-11-02T00:00:00Z"
        harvest = source(today=TODAY + timedelta(days=day))
        list(harvest.documents())
        harvest.settle()
        asked += [day] if archive.downloads else []
    assert asked == [0, 1, 2, 4, 8]


def found(bench, words: str) -> int:
    services = bench.services()
    try:
        return len(services.searcher.search(words).found)
    finally:
        services.close()


def test_a_harvested_text_is_found_and_a_second_run_does_nothing(archive, source, bench):
    archive.put(("contributor.author", "Eskola, Pentti"), ("rights", "CC BY 4.0"))
    report = bench.ingest_from(source())
    assert [(o.source, o.state) for o in report.outcomes] == [
        ("oai:arkisto.example:1/1", "published")
    ]
    assert found(bench, "spodumene") == 1
    assert bench.ingest_from(source()).outcomes == []
    archive.items[0].datestamp = "2026-11-01T13:00:00Z"
    assert [o.note for o in bench.ingest_from(source()).outcomes] == ["unchanged"]


def test_a_record_without_its_text_is_found_by_its_abstract(archive, source, bench, ledger):
    archive.put(link=False)
    report = bench.ingest_from(source())
    assert report.count("published") == 1
    assert found(bench, "sulfaatti") == 1
    (document,) = ledger.documents(limit=2)
    assert document.media_type == "application/vnd.amic.record+json"
    assert document.record.title == {"fi": "Kevitsan kaivoksen vedet"}


def test_nothing_of_a_text_stays_when_its_record_becomes_restricted(archive, source, bench):
    archive.put()
    bench.ingest_from(source())
    assert found(bench, "spodumene") == 1
    archive.put(("rights", "Rajattu käyttöoikeus"), datestamp="2026-11-01T13:00:00Z")
    archive.date = "2026-11-02T00:00:00Z"
    report = bench.ingest_from(source())
    assert report.count("published") == 1
    assert found(bench, "spodumene") == 0
    assert not any("Kaustinen" in quad or "spodumene" in quad for quad in bench.quads())


def test_a_deleted_record_leaves_the_graph(archive, source, bench, oai):
    archive.put()
    bench.ingest_from(source())
    archive.items = [oai.Item("oai:arkisto.example:1/1", "2026-11-01T13:00:00Z")]
    report = bench.ingest_from(source())
    assert report.count("withdrawn") == 1
    assert bench.quads() == []
