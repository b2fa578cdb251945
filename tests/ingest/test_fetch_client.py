"""Fetching as it should go: conditional, with retries and pauses, into files that are whole."""

from __future__ import annotations

import gzip
import ssl
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from amic_kg.errors import (
    DamagedDocument,
    EmptyInput,
    Gone,
    NotFound,
    RefusedAddress,
    ServiceUnavailable,
    UnreachableSource,
    UnreadableInput,
    UnsupportedFormat,
)
from amic_kg_ingest.fetch import AddressGuard, Fetcher, FetchLimits, read_networks
from amic_kg_ingest.fetch.naming import file_name

PDF = "application/pdf"
LIMITS = FetchLimits(host_pause_seconds=0, connect_seconds=5, idle_seconds=5)
HERE = AddressGuard(read_networks("127.0.0.0/8", "test"))


class Notes(dict):
    """A feed's memory that lasts as long as the test."""

    def recall(self, name):
        return self.get(name)

    def remember(self, name, value):
        self[name] = value

    def due(self):
        return []

    def known(self):
        return iter(())


@pytest.fixture
def waited() -> list[float]:
    return []


@pytest.fixture
def fetcher(waited):
    with Fetcher(LIMITS, HERE, wait=waited.append) as fetcher:
        yield fetcher


@pytest.fixture
def safe_fetcher(certificate):
    context = ssl.create_default_context(cafile=certificate)
    with Fetcher(LIMITS, HERE, ssl_context=context) as fetcher:
        yield fetcher


def test_a_document_becomes_a_file_with_its_name(site, fetcher, tmp_path):
    url = site.put("/reports/mine%20water.pdf", b"%PDF-1.7 x", PDF)
    fetched = fetcher.fetch(url, tmp_path)
    assert fetched.path.read_bytes() == b"%PDF-1.7 x"
    assert (fetched.path.name, fetched.media_type, fetched.changed) == ("mine water.pdf", PDF, True)
    assert fetched.path.is_relative_to(tmp_path)


def test_we_say_who_asks_and_what_is_understood(site, tmp_path):
    url = site.put("/a.pdf", b"%PDF-", PDF)
    with Fetcher(LIMITS, HERE, contact="https://mine.example/kg/") as fetcher:
        fetcher.fetch(url, tmp_path, accept=[PDF])
    (headers,) = site.requests
    assert headers["User-Agent"].startswith("amic-kg/")
    assert "(+https://mine.example/kg/)" in headers["User-Agent"]
    assert headers["Accept"].startswith(PDF)
    assert headers["Accept-Encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    "header", [{"ETag": '"v1"'}, {"Last_Modified": "Wed, 05 Nov 2025 10:00:00 GMT"}]
)
def test_what_has_not_changed_is_not_sent_again_and_its_file_stays(site, fetcher, tmp_path, header):
    url = site.put("/a.pdf", b"%PDF-1", PDF, **header)
    memory = Notes()
    first = fetcher.fetch(url, tmp_path, memory=memory)
    before = first.path.stat()
    again = fetcher.fetch(url, tmp_path, memory=memory)
    assert (again.path, again.media_type, again.changed) == (first.path, PDF, False)
    assert (again.path.stat().st_mtime_ns, again.path.stat().st_ino) == (
        before.st_mtime_ns,
        before.st_ino,
    )


def test_the_same_bytes_without_validators_leave_the_file_as_it_was(site, fetcher, tmp_path):
    url = site.put("/a.pdf", b"%PDF-1", PDF)
    first = fetcher.fetch(url, tmp_path)
    before = first.path.stat()
    assert not fetcher.fetch(url, tmp_path).changed
    assert first.path.stat().st_ino == before.st_ino


def test_a_new_version_takes_the_place_of_the_old_one(site, fetcher, tmp_path):
    memory = Notes()
    url = site.put("/a.pdf", b"%PDF-1", PDF, ETag='"v1"')
    old = fetcher.fetch(url, tmp_path, memory=memory)
    disposition = 'attachment; filename="b.pdf"'
    site.put("/a.pdf", b"%PDF-2", PDF, ETag='"v2"', Content_Disposition=disposition)
    new = fetcher.fetch(url, tmp_path, memory=memory)
    assert (new.path.name, new.path.read_bytes(), new.changed) == ("b.pdf", b"%PDF-2", True)
    assert not old.path.exists()


def test_a_file_that_was_lost_is_got_again_whatever_is_remembered(site, fetcher, tmp_path):
    memory = Notes()
    url = site.put("/a.pdf", b"%PDF-1", PDF, ETag='"v1"')
    fetcher.fetch(url, tmp_path, memory=memory).path.unlink()
    assert fetcher.last(url, tmp_path, memory) is None
    assert fetcher.fetch(url, tmp_path, memory=memory).path.read_bytes() == b"%PDF-1"
    assert fetcher.last(url, tmp_path, memory).media_type == PDF


def test_what_a_killed_run_left_half_written_is_removed(site, fetcher, tmp_path):
    url = site.put("/a.pdf", b"%PDF-1", PDF)
    folder = fetcher.fetch(url, tmp_path).path.parent
    (folder / ".part-abc").write_bytes(b"%PD")
    fetcher.fetch(url, tmp_path)
    assert [path.name for path in folder.iterdir()] == ["a.pdf"]


def test_two_addresses_of_one_file_name_are_two_files(site, fetcher, tmp_path):
    one = fetcher.fetch(site.put("/1/a.pdf", b"%PDF-1", PDF), tmp_path)
    two = fetcher.fetch(site.put("/2/a.pdf", b"%PDF-2", PDF), tmp_path)
    assert one.path.read_bytes() != two.path.read_bytes()


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw deflate"])
def test_a_compressed_answer_is_unpacked(site, fetcher, encoding):
    text = ("Kaivosvesi virtaa jokeen. " * 1000).encode()
    raw = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(text),
        "deflate": zlib.compress(text),
        "raw deflate": raw.compress(text) + raw.flush(),
    }[encoding]
    url = site.put("/a.txt", packed, "text/plain", Content_Encoding=encoding.split()[-1])
    assert fetcher.get(url).body == text


def test_a_redirect_is_followed_and_its_end_is_told(site, fetcher):
    end = site.put("/b.txt", "hei", "text/plain")
    url = site.put("/a", status=302, Location="/b.txt#part")
    assert fetcher.get(url).url == end


def test_ten_redirects_are_followed_and_an_eleventh_is_not(site, fetcher):
    for number in range(11):
        site.put(f"/{number}", status=302, Location=f"/{number + 1}")
    site.put("/11", "hei", "text/plain")
    assert fetcher.get(site.base + "/1").body == b"hei"
    with pytest.raises(UnreadableInput, match="more than 10 redirects"):
        fetcher.get(site.base + "/0")


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_server_that_is_not_there_just_now_is_asked_again(site, fetcher, waited, status):
    url = site.put("/a", "x", status=status)
    with pytest.raises(UnreachableSource, match=str(status)):
        fetcher.get(url)
    assert len(site.asked) == LIMITS.tries
    assert len(waited) == LIMITS.tries - 1
    for number, pause in enumerate(waited):
        assert 0.5 * 2**number <= pause <= 2**number


@pytest.mark.parametrize("status", [400, 401, 403, 404, 406, 410, 500, 501])
def test_a_server_that_has_answered_is_not_asked_again(site, fetcher, waited, status):
    with pytest.raises(UnreadableInput, match=str(status)):
        fetcher.get(site.put("/a", "x", status=status))
    assert (len(site.asked), waited) == (1, [])


def test_what_is_not_there_and_what_is_gone_are_told_apart(site, fetcher):
    with pytest.raises(Gone):
        fetcher.get(site.put("/gone", status=410))
    with pytest.raises(NotFound) as caught:
        fetcher.get(site.base + "/never")
    assert not isinstance(caught.value, Gone)


def test_the_pause_that_a_server_asks_for_is_kept(site, fetcher, waited):
    url = site.put("/a", status=503, Retry_After="7")
    with pytest.raises(UnreachableSource):
        fetcher.get(url)
    assert waited == [7, 7, 7]


def test_the_pause_may_be_a_date(site, fetcher, waited):
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    with pytest.raises(UnreachableSource):
        fetcher.get(site.put("/a", status=429, Retry_After=when))
    assert all(0 <= pause <= 100 for pause in waited)
    assert len(waited) == 3


@pytest.mark.parametrize("value", ["86400", "9" * 400])
def test_a_pause_that_is_too_long_is_left_to_the_next_run(site, fetcher, waited, value):
    with pytest.raises(UnreachableSource, match="asks to come back in"):
        fetcher.get(site.put("/a", status=503, Retry_After=value))
    assert (len(site.asked), waited) == (1, [])


@pytest.mark.parametrize("value", ["soon", "-5", "", "Wed, 99 Foo 2025"])
def test_a_pause_that_cannot_be_read_is_one_of_ours(site, fetcher, waited, value):
    with pytest.raises(UnreachableSource):
        fetcher.get(site.put("/a", status=503, Retry_After=value))
    assert len(waited) == 3


def test_a_server_that_recovers_is_answered(site, fetcher):
    def first_busy(handler):
        site.put("/a", "hei", "text/plain")
        handler.send_error(503)

    assert fetcher.get(site.play("/a", first_busy)).body == b"hei"


def test_requests_to_one_server_keep_their_distance(site, waited):
    url = site.put("/a", "x", "text/plain")
    with Fetcher(replace(LIMITS, host_pause_seconds=50), HERE, wait=waited.append) as fetcher:
        fetcher.get(url)
        assert waited == []
        fetcher.get(url)
        assert 40 < waited[0] <= 50
        fetcher.slow_down(url, 500)
        fetcher.get(url)
        fetcher.get(url)
        assert waited[-1] > 400


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("attachment; filename=report.pdf", "report.pdf"),
        ('attachment; filename="mine water.pdf"', "mine water.pdf"),
        ("attachment; filename*=UTF-8''kaivosp%C3%A4%C3%A4st%C3%B6t.pdf", "kaivospäästöt.pdf"),
        ("attachment; filename=\"x.pdf\"; filename*=UTF-8''%C3%A4.pdf", "ä.pdf"),
        ("attachment; filename*=iso-8859-1''%E4.pdf", "ä.pdf"),
        ("attachment; filename*=nonsense''%C3%A4.pdf", "ä.pdf"),
        ('attachment; filename="päästöt.pdf"'.encode().decode("latin-1"), "päästöt.pdf"),
        ('attachment; filename="../../etc/passwd.pdf"', "passwd.pdf"),
        ("attachment; filename*=UTF-8''..%2F..%2Fa.pdf", "a.pdf"),
        ('attachment; filename="C:\\\\temp\\\\a.pdf"', "a.pdf"),
        ('attachment; filename=".bashrc"', "bashrc.pdf"),
        ('attachment; filename=".."', "index.pdf"),
        ("attachment; filename*=UTF-8''a%00%0A%E2%80%AEfdp.exe", "afdp.exe.pdf"),
        ("attachment", "d.pdf"),
        ("inline; filename=", "d.pdf"),
        ("nonsense; ; =;", "d.pdf"),
    ],
)  # fmt: skip
def test_a_file_is_named_by_the_server_and_cannot_leave_its_folder(header, name):
    assert file_name("https://mine.example/c/d.pdf", header, PDF) == name


@pytest.mark.parametrize(
    ("url", "media_type", "name"),
    [
        ("https://mine.example/", "text/html", "index.html"),
        ("https://mine.example/view.php?id=3", PDF, "view.php.pdf"),
        ("https://mine.example/a.PDF", PDF, "a.PDF"),
        ("https://mine.example/%2e%2e/%2fx", PDF, "x.pdf"),
        ("https://mine.example/a/..", "text/html", "index.html"),
        ("https://mine.example/bitstream/1/", "application/x-unknown", "1"),
    ],
)
def test_a_file_without_a_name_has_that_of_its_address(url, media_type, name):
    assert file_name(url, "", media_type) == name


def test_a_name_is_no_longer_than_file_systems_allow():
    name = file_name(f"https://mine.example/{'ä' * 300}.pdf", "", PDF)
    assert name.endswith("ä.pdf")
    assert len(name.encode()) <= 100


def test_a_type_that_says_nothing_is_settled_by_bytes_and_name(site, fetcher, tmp_path):
    tells_nothing = "application/octet-stream"
    url = site.put("/download?id=7", b"%PDF-1.4", tells_nothing)
    assert fetcher.fetch(url, tmp_path, accept=[PDF]).path.name == "download.pdf"
    docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    url = site.put("/a.docx", b"PK\x03\x04", "application/zip")
    assert fetcher.fetch(url, tmp_path, accept=[docx]).media_type == docx


def test_a_type_that_is_not_wanted_is_left_where_it_is(site, fetcher, tmp_path):
    url = site.put("/a.mp4", b"....", "video/mp4")
    with pytest.raises(UnsupportedFormat, match=r"video/mp4.*not wanted"):
        fetcher.fetch(url, tmp_path, accept=[PDF])
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_web_page_in_place_of_a_document_is_found_out(site, fetcher, tmp_path):
    page = "<!-- login -->\n<!DOCTYPE html><html><body>Kirjaudu</body></html>"
    for path, media_type in (("/a.pdf", "text/html"), ("/b", PDF), ("/c", "text/html")):
        with pytest.raises(DamagedDocument, match="a web page in place"):
            fetcher.fetch(site.put(path, page, media_type), tmp_path, accept=[PDF])
    login = site.put("/login", page)
    url = site.put("/d.pdf", status=302, Location=login)
    with pytest.raises(DamagedDocument, match="a web page in place"):
        fetcher.fetch(url, tmp_path)


def test_a_web_page_in_place_of_data_is_found_out(site, fetcher):
    url = site.put("/oai", "<html><body>Huoltokatko</body></html>")
    with pytest.raises(DamagedDocument, match="a web page in place"):
        fetcher.get(url, accept=["text/xml"])


def test_an_xhtml_page_may_come_as_xml(site, fetcher, tmp_path):
    page = '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html></html>'
    url = site.put("/a.html", page, "application/xml")
    accept = ["text/html", "application/xhtml+xml"]
    assert fetcher.fetch(url, tmp_path, accept=accept).media_type == "application/xhtml+xml"


@pytest.mark.parametrize("status", [204, 206, 300, 304])
def test_an_answer_without_a_document_is_named(site, fetcher, tmp_path, status):
    with pytest.raises(UnreadableInput, match="without a document"):
        fetcher.fetch(site.put("/a", status=status), tmp_path)


def test_an_empty_answer_is_no_document(site, fetcher, tmp_path):
    with pytest.raises(EmptyInput):
        fetcher.fetch(site.put("/a.pdf", b"", PDF), tmp_path)


def test_a_folder_that_cannot_be_written_is_a_fault_of_ours(site, fetcher, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ServiceUnavailable, match="cannot be written"):
        fetcher.fetch(site.put("/a.pdf", b"%PDF-", PDF), tmp_path / "file")


def test_headers_are_seen_before_the_body_comes_and_may_refuse_it(site, fetcher, tmp_path):
    class RefusedError(Exception):
        pass

    def look(url, headers):
        assert headers["x-robots-tag"] == "noindex\nbot: none"
        raise RefusedError

    def answer(handler):
        handler.send_response(200)
        handler.send_header("X-Robots-Tag", "noindex")
        handler.send_header("X-Robots-Tag", "bot: none")
        handler.end_headers()

    with pytest.raises(RefusedError):
        fetcher.fetch(site.play("/a", answer), tmp_path, on_headers=look)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_every_address_on_the_way_is_shown_before_it_is_asked(site, fetcher):
    site.put("/b", "hei", "text/plain")
    url = site.put("/a", status=301, Location="/b")
    seen = []
    fetcher.get(url, before=seen.append)
    assert seen == [url, site.base + "/b"]


def test_a_proxy_in_the_environment_is_not_used(site, fetcher, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    url = site.put("/a", "hei", "text/plain")
    with Fetcher(LIMITS, HERE) as fetcher:
        assert fetcher.get(url).body == b"hei"


def test_over_tls_a_certificate_that_is_known_is_good(safe_site, safe_fetcher):
    assert safe_fetcher.get(safe_site.put("/a", "hei", "text/plain")).body == b"hei"


def test_a_certificate_that_nobody_vouches_for_is_refused_at_once(safe_site, fetcher, waited):
    with pytest.raises(UnreachableSource, match="certificate is not valid"):
        fetcher.get(safe_site.put("/a", "hei", "text/plain"))
    assert (safe_site.asked, waited) == ([], [])


def test_a_certificate_of_another_name_is_refused(safe_site, safe_fetcher):
    url = safe_site.put("/a", "hei").replace("127.0.0.1", "localhost")
    with pytest.raises(UnreachableSource, match="certificate is not valid"):
        safe_fetcher.get(url)


def test_a_redirect_from_https_to_http_is_refused(site, safe_site, safe_fetcher):
    plain = site.put("/a", "hei", "text/plain")
    with pytest.raises(RefusedAddress, match="from https on to http://"):
        safe_fetcher.get(safe_site.put("/a", status=302, Location=plain))
    assert site.asked == []


def test_a_redirect_from_http_to_https_is_followed(site, safe_site, safe_fetcher):
    safe = safe_site.put("/a", "hei", "text/plain")
    assert safe_fetcher.get(site.put("/a", status=302, Location=safe)).url == safe
