"""Servers that mean harm, or are broken: each is stopped, and what it did is named."""

from __future__ import annotations

import gzip
import itertools
import threading
import tracemalloc
from dataclasses import replace

import pytest

from amic_kg.errors import (
    DamagedDocument,
    LimitExceeded,
    RefusedAddress,
    UnreachableSource,
    UnreadableInput,
)
from amic_kg_ingest.fetch import AddressGuard, Fetcher, FetchLimits, read_networks

LIMITS = FetchLimits(
    most_bytes=3_000_000,
    small_bytes=3_000_000,
    tries=2,
    host_pause_seconds=0,
    connect_seconds=5,
    idle_seconds=5,
    request_seconds=10,
)
HERE = AddressGuard(read_networks("127.0.0.1", "test"))
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.fixture
def fetcher():
    with Fetcher(LIMITS, HERE, wait=lambda _: None) as fetcher:
        yield fetcher


@pytest.fixture
def hurried():
    """One that gives an answer no more than half a second."""
    limits = replace(LIMITS, request_seconds=0.5, tries=1)
    with Fetcher(limits, HERE, wait=lambda _: None) as fetcher:
        yield fetcher


@pytest.fixture
def end():
    """Ends what a server would go on with for ever, when the test is over."""
    event = threading.Event()
    yield event
    event.set()


def nothing_left(folder) -> bool:
    return not [path for path in folder.rglob("*") if path.is_file()]


def endless(end, head: bytes, piece: bytes, pause: float = 0):
    def act(handler):
        handler.connection.sendall(head)
        while not end.wait(pause):
            handler.connection.sendall(piece)

    return act


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"\r\n", b"x" * 65536),
        (b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b"x" * 65536 + b"\r\n"),
    ],
    ids=["until it closes", "in chunks"],
)
def test_an_endless_body_is_cut_off_and_leaves_no_file(site, fetcher, end, tmp_path, head, piece):
    url = site.play("/a.txt", endless(end, OK + head, piece))
    with pytest.raises(LimitExceeded, match="larger than 3 MB"):
        fetcher.fetch(url, tmp_path)
    assert nothing_left(tmp_path)


def test_an_endless_body_in_crumbs_ends_with_the_time(site, hurried, end, tmp_path):
    url = site.play("/a.txt", endless(end, CHUNKED, b"1\r\nx\r\n" * 1000))
    with pytest.raises(LimitExceeded):
        hurried.fetch(url, tmp_path)
    assert nothing_left(tmp_path)


def test_a_length_above_the_limit_is_refused_before_anything_comes(site, fetcher, tmp_path):
    url = site.send("/a.txt", OK, b"Content-Length: 99999999999\r\n\r\n")
    with pytest.raises(LimitExceeded, match="larger than 3 MB"):
        fetcher.fetch(url, tmp_path)


@pytest.mark.parametrize("head", [OK + b"\r\n", OK, b""], ids=["body", "headers", "status line"])
def test_a_slow_drip_ends_with_the_time_for_one_answer(site, hurried, end, tmp_path, head):
    url = site.play("/a.txt", endless(end, head, b"H", 0.02))
    # Each byte comes well within the time for a silence; all of them never would.
    with pytest.raises(LimitExceeded, match="too slowly"):
        hurried.fetch(url, tmp_path)
    assert nothing_left(tmp_path)


def test_a_server_that_says_nothing_is_left(site, end, tmp_path):
    url = site.play("/a", lambda _: end.wait(20))
    with (
        Fetcher(replace(LIMITS, idle_seconds=0.3, tries=1), HERE) as fetcher,
        pytest.raises(LimitExceeded, match="falls silent"),
    ):
        fetcher.fetch(url, tmp_path)


def test_all_tries_and_redirects_share_one_time(site):
    site.put("/a", status=503)
    limits = replace(LIMITS, tries=1000, total_seconds=100, longest_pause_seconds=1e9)
    with (
        Fetcher(limits, HERE, wait=lambda _: None) as fetcher,
        pytest.raises(UnreachableSource),
    ):
        fetcher.get(site.base + "/a")
    # The pauses double, and none goes beyond the hundred seconds: 1, 2, … 64, and half of 128.
    assert 7 <= len(site.asked) <= 9


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_is_stopped_before_it_goes_off(site, tmp_path, encoding):
    bomb = gzip.compress(bytes(200_000_000), 9)
    if encoding == "deflate":
        bomb = bomb[10:-8]
    url = site.put("/a.txt", bomb, "text/plain", Content_Encoding=encoding)
    tracemalloc.start()
    try:
        with (
            Fetcher(replace(LIMITS, most_bytes=500_000_000), HERE) as fetcher,
            pytest.raises(LimitExceeded, match="unpacks to more than 100 times"),
        ):
            fetcher.fetch(url, tmp_path)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
    assert nothing_left(tmp_path)


def test_a_body_that_unpacks_to_too_much_is_cut_off_at_any_ratio(site, fetcher):
    lines = "".join(f"{number} tonnes of ore\n" for number in range(300_000)).encode()
    url = site.put("/a", gzip.compress(lines), "text/plain", Content_Encoding="gzip")
    with pytest.raises(LimitExceeded, match="larger than 3 MB"):
        fetcher.get(url)


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "zstd", "identity, gzip"])
def test_compression_that_was_not_asked_for_is_not_unpacked(site, fetcher, encoding):
    url = site.put("/a", gzip.compress(b"x"), "text/plain", Content_Encoding=encoding)
    with pytest.raises(DamagedDocument, match="not asked for"):
        fetcher.get(url)


@pytest.mark.parametrize("body", [b"\x1f\x8b\x08nonsense", b"plain", gzip.compress(b"x" * 99)[:-9]])
def test_broken_compression_is_named(site, fetcher, body):
    url = site.put("/a", body, "text/plain", Content_Encoding="gzip")
    with pytest.raises(DamagedDocument, match="compress"):
        fetcher.get(url)


def test_a_redirect_loop_ends(site, fetcher):
    site.put("/a", status=302, Location="/b")
    site.put("/b", status=302, Location="/a")
    with pytest.raises(UnreadableInput, match="more than 10 redirects"):
        fetcher.get(site.base + "/a")
    assert len(site.asked) == 11


def test_a_redirect_that_grows_for_ever_ends(site, fetcher):
    for number in range(12):
        site.put("/a" + "/a" * number, status=302, Location="/a" + "/a" * (number + 1))
    with pytest.raises(UnreadableInput, match="more than 10 redirects"):
        fetcher.get(site.base + "/a")


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.2:{port}/secret",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]:{port}/secret",
        "http://[::ffff:10.0.0.1]/",
        "http://[64:ff9b::a00:1]/",
        "http://2130706434:{port}/secret",
        "http://0x7f.0.0.2:{port}/secret",
        "http://0/",
    ],
)
def test_ten_redirects_to_a_private_address_do_not_reach_it(site, fetcher, target):
    port = site.base.rpartition(":")[2]
    for number in range(9):
        site.put(f"/{number}", status=302, Location=f"/{number + 1}")
    site.put("/9", status=302, Location=target.format(port=port))
    site.put("/secret", "key", "text/plain")
    site.put("/", "key", "text/plain")
    with pytest.raises(RefusedAddress, match="no public address"):
        fetcher.get(site.base + "/0")
    assert site.asked == [f"/{number}" for number in range(10)]


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://mine.example/a"])
def test_a_redirect_out_of_the_web_is_refused(site, fetcher, target):
    with pytest.raises(RefusedAddress, match="no address of http"):
        fetcher.get(site.put("/a", status=302, Location=target))


@pytest.mark.parametrize(
    "target",
    ["http://[::1", "http://a b/", "//", "http://x:99999/", "javascript:alert(1)", "data:,x"],
)
def test_a_redirect_to_nonsense_is_a_fault_of_the_server(site, fetcher, target):
    with pytest.raises(UnreadableInput):
        fetcher.get(site.put("/a", status=302, Location=target))


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "gopher://127.0.0.1/", "/etc/passwd", "", "http://", "http:///a",
     "http://user:key@localhost/", "http://mine.example\x00/", "http://[::1"],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(fetcher, url):
    with pytest.raises(UnreadableInput):
        fetcher.get(url)


def test_a_name_that_changes_its_address_is_connected_to_where_it_was_checked(site, monkeypatch):
    """DNS rebinding: the first answer is allowed, each later one is not; only the first counts."""
    import socket

    port = int(site.base.rpartition(":")[2])
    site.put("/a", "hei", "text/plain")
    answers = itertools.chain(["127.0.0.1"], itertools.repeat("127.0.0.2"))
    real = socket.getaddrinfo

    def rebinding(host, *rest, **more):
        return real(next(answers) if host == "mine.example" else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with Fetcher(LIMITS, HERE) as fetcher:
        assert fetcher.get(f"http://mine.example:{port}/a").body == b"hei"
        with pytest.raises(RefusedAddress, match=r"127\.0\.0\.2"):
            fetcher.get(f"http://mine.example:{port}/a")
    assert site.requests[0]["Host"] == f"mine.example:{port}"


def test_comments_that_could_be_parted_in_many_ways_cost_no_time(site, fetcher, tmp_path):
    url = site.put("/a.txt", b"<!---->" * 585 + b"x", "text/plain")
    assert fetcher.fetch(url, tmp_path).media_type == "text/plain"


def test_the_plain_client_is_held_to_the_same_rules(site, fetcher):
    site.put("/a", gzip.compress(bytes(9_000_000)), "text/plain", Content_Encoding="gzip")
    with pytest.raises(LimitExceeded):
        fetcher.client.get(site.base + "/a")
    with pytest.raises(RefusedAddress):
        fetcher.client.get("http://10.0.0.1/")


BROKEN = {
    "a body that ends before its length": OK + b"Content-Length: 100\r\n\r\nshort",
    "chunks without an end": CHUNKED + b"5\r\nshort\r\n",
    "a chunk that is longer than told": CHUNKED + b"2\r\nlong\r\n0\r\n\r\n",
    "a chunk length that is no number": CHUNKED + b"zz\r\nx\r\n0\r\n\r\n",
    "a chunk length that is huge": CHUNKED + b"f" * 40 + b"\r\nx",
    "two lengths": OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
    "a length beyond all numbers": OK + b"Content-Length: " + b"9" * 400 + b"\r\n\r\nxx",
    "a length that is no number": OK + b"Content-Length: many\r\n\r\nxx",
    "no HTTP": b"SSH-2.0-OpenSSH_9.6\r\n",
    "a status that is none": b"HTTP/1.1 999999 What\r\n\r\n",
    "bytes": bytes(range(256)) * 10,
    "nothing": b"",
    "a header of binary data": b"HTTP/1.1 200 OK\r\nX-\x00\x01: \x02\r\n\r\n",
    "a header that folds for ever": OK + b"X-Long: a\r\n" + b" b\r\n" * 100_000,
    "headers for ever": b"HTTP/1.1 200 OK\r\n" + b"X-Mine: Kevitsa\r\n" * 100_000,
    "one header for ever": b"HTTP/1.1 200 OK\r\nX-Mine: " + b"x" * 3_000_000,
}  # fmt: skip


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN.keys())
def test_an_answer_that_is_broken_is_named_and_leaves_no_file(site, fetcher, tmp_path, answer):
    with pytest.raises((UnreachableSource, DamagedDocument)) as caught:
        fetcher.fetch(site.send("/a.txt", answer), tmp_path)
    assert caught.value.subject == site.base + "/a.txt"
    assert nothing_left(tmp_path)


def test_what_is_sent_beyond_the_length_is_no_answer_to_the_next_request(site, fetcher):
    smuggled = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong"

    def act(handler):
        handler.close_connection = False
        handler.connection.sendall(OK + b"Content-Length: 4\r\n\r\ngood" + smuggled)

    first = site.play("/a", act)
    assert fetcher.get(first).body == b"good"
    assert fetcher.get(site.put("/b", "right", "text/plain")).body == b"right"


def test_interim_answers_for_ever_end_with_the_time(site, hurried, end):
    url = site.play("/a", endless(end, b"", b"HTTP/1.1 102 Processing\r\n\r\n", 0.001))
    with pytest.raises((LimitExceeded, UnreachableSource)):
        hurried.get(url)


def test_a_cookie_of_one_server_does_not_go_to_the_next_request(site, fetcher):
    fetcher.get(site.put("/a", "x", "text/plain", Set_Cookie="id=7; Path=/"))
    fetcher.get(site.put("/b", "x", "text/plain"))
    assert "Cookie" not in site.requests[1]


def test_plain_text_where_tls_should_be_is_a_fault_of_the_server(site, fetcher):
    with pytest.raises(UnreachableSource, match="no safe connection"):
        fetcher.get(site.base.replace("http:", "https:") + "/a")


def test_a_port_where_nobody_listens_and_a_name_that_nobody_has(fetcher):
    with pytest.raises(UnreachableSource, match="does not answer"):
        fetcher.get("http://127.0.0.1:9/")
    with pytest.raises(UnreachableSource, match="no server of the name 'nowhere"):
        fetcher.get("http://nowhere.invalid/")
