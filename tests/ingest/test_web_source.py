"""Pages, lists and sitemaps as a source: what comes, what is left alone, and what is taken back."""

from __future__ import annotations

import gzip
import json
import time
from dataclasses import replace

import pytest

from amic_kg.errors import (
    DamagedDocument,
    Gone,
    InputError,
    InvalidSetting,
    LimitExceeded,
    NotFound,
    UnreachableSource,
    UnreadableInput,
    UnsupportedFormat,
)
from amic_kg.ledger import Ledger
from amic_kg.records import RawDocument, Unreadable, Withdrawn
from amic_kg.settings import Settings
from amic_kg_ingest.sources import Surroundings, open_source
from amic_kg_ingest.sources.declarations import Declaration, recognise
from amic_kg_ingest.sources.web.listing import is_single
from amic_kg_ingest.sources.web.options import WebOptions

PDF = "application/pdf"


class Notes(dict):
    """A feed's memory; `published` are the identifiers that are in."""

    def __init__(self) -> None:
        super().__init__()
        self.published: list[str] = []

    def recall(self, name):
        return self.get(name)

    def remember(self, name, value):
        self[name] = value

    def due(self):
        return []

    def known(self):
        return iter(sorted(self.published))


class Reader:
    """Opens the source at an address, run after run, with one memory and one folder."""

    def __init__(self, site, folder) -> None:
        self.site = site
        self.folder = folder
        self.memory = Notes()
        self.settings = Settings(
            data=folder, fetch_allow="127.0.0.1", fetch_pause_milliseconds=0, fetch_seconds=20
        )
        self.source = None

    def read(self, address="/sitemap.xml", *, dry=False, wanted=None, **options):
        address = address if "//" in address or address.startswith(str(self.folder)) else (
            self.site.base + address
        )  # fmt: skip
        self.site.asked.clear()
        declaration = Declaration("web", "web", address, "", options, wanted or {})
        surroundings = Surroundings(self.settings, self.memory, self.folder / "web", dry)
        self.source = open_source(declaration, surroundings)
        return list(self.source.documents())

    def paths(self, *args, **options):
        """Paths of the documents that come; everything else must be no surprise."""
        items = self.read(*args, **options)
        assert all(isinstance(item, RawDocument) for item in items), items
        return [self.path(item) for item in items]

    def path(self, item):
        return item.identifier.removeprefix(self.site.base)

    @property
    def left_out(self):
        return dict(self.source.left_out)


@pytest.fixture
def web(site, tmp_path):
    return Reader(site, tmp_path)


def page(title="Kaivosvedet", head="", language="fi"):
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><title>{title}</title>{head}</head>'
        f"<body><p>{title}: teksti sivulta.</p></body></html>"
    )


def sitemap(*entries, root="urlset"):
    """Entries are addresses, or pairs with the lastmod."""
    tag = {"urlset": "url", "sitemapindex": "sitemap"}[root]
    pairs = [entry if isinstance(entry, tuple) else (entry, "") for entry in entries]
    rows = "".join(
        f"<{tag}>\n  <loc>{loc}</loc>"
        + (f"<lastmod>{mod}</lastmod>" if mod else "")
        + f"</{tag}>\n"
        for loc, mod in pairs
    )
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{namespace}">{rows}</{root}>'


def put_sitemap(site, *entries, path="/sitemap.xml", root="urlset"):
    full = [(site.base + e[0], e[1]) if isinstance(e, tuple) else site.base + e for e in entries]
    site.put(path, sitemap(*full, root=root), "application/xml")


def put_pages(site, *paths):
    for path in paths:
        site.put(path, page(path))


@pytest.mark.parametrize("address", ["http://[::1", "http://", "http://a:b/", "https://[x]/a.xml"])
def test_an_address_of_nonsense_is_named(web, address):
    assert recognise(address, {}).kind == "web"
    with pytest.raises(UnreadableInput):
        web.read(address)


@pytest.mark.parametrize(
    ("address", "single"),
    [
        ("http://mine.example/sitemap.xml", False),
        ("http://mine.example/a/sitemap-fi.xml.gz?x=1", False),
        ("http://mine.example/Sitemap", False),
        ("http://sitemap.example", True),
        ("http://sitemap.example/", True),
        ("http://mine.example/sitemap/report.pdf", True),
        ("http://mine.example/a?url=sitemap.xml", True),
    ],
)
def test_a_sitemap_is_known_by_its_name(address, single):
    assert is_single(address, WebOptions()) is single


def test_one_page_is_one_document_with_its_address(site, web):
    url = site.put("/hanke.html", page())
    (document,) = web.read("/hanke.html#tulokset")
    assert document.identifier == url
    assert document.metadata == {"identifier": [url]}
    assert document.path.read_text() == page()
    assert web.source.expected == 1


def test_the_identifiers_of_a_page_stand_before_its_address(site, web):
    doi = "10.30671/kaivos.1"
    url = site.put("/a.html", page(head=f'<meta name="citation_doi" content="{doi}">'))
    (document,) = web.read("/a.html")
    assert document.metadata["identifier"] == [doi, url]


def test_a_report_is_read_from_its_address(site, web):
    site.put("/report.pdf", b"%PDF-1.7", PDF)
    (document,) = web.read("/report.pdf")
    assert document.path.name == "report.pdf"


def test_a_sitemap_gives_its_pages_in_order_each_once(site, web):
    put_pages(site, "/b", "/a", "/c")
    put_sitemap(site, "/b", "/a#x", "/a", "/a#y", "/c")
    assert web.paths() == ["/b", "/a", "/c"]
    assert web.source.expected == 3


def test_an_index_leads_to_its_sitemaps_plain_and_packed(site, web):
    put_pages(site, "/a", "/b")
    put_sitemap(site, "/1.xml", "/2.xml.gz", path="/sitemap_index.xml", root="sitemapindex")
    put_sitemap(site, "/a", path="/1.xml")
    packed = gzip.compress(sitemap(site.base + "/b").encode())
    site.put("/2.xml.gz", packed, "application/x-gzip")
    assert web.paths("/sitemap_index.xml") == ["/a", "/b"]


def test_a_sitemap_may_be_latin_1_with_a_byte_order_mark_or_blank_lines_before(site, web):
    put_pages(site, "/p%C3%A4%C3%A4st%C3%B6t")
    text = sitemap(site.base + "/päästöt")
    for data in (
        b"\xef\xbb\xbf" + text.encode(),
        b"\n\n " + text.encode(),
        text.replace("UTF-8", "ISO-8859-1").encode("latin-1"),
    ):
        site.put("/sitemap.xml", data, "text/xml")
        assert web.paths() == ["/p%C3%A4%C3%A4st%C3%B6t"]


def test_images_and_prefixes_in_a_sitemap_are_no_pages(site, web):
    put_pages(site, "/a")
    site.put(
        "/sitemap.xml",
        f"""<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><s:url>
        <image:image><image:loc>{site.base}/a.png</image:loc></image:image>
        <s:loc><![CDATA[{site.base}/a]]></s:loc></s:url></s:urlset>""",
        "text/xml",
    )
    assert web.paths() == ["/a"]


def test_a_list_has_one_address_a_line(site, web, tmp_path):
    put_pages(site, "/a", "/b")
    text = f"\ufeff# Reports of 2025\r\n{site.base}/a\r\n\r\n  {site.base}/b  \r\nkaivos\r\n"
    site.put("/list", text, "text/plain")
    broken, *documents = web.read("/list", list=True)
    assert [web.path(item) for item in documents] == ["/a", "/b"]
    assert isinstance(broken, Unreadable)
    assert (broken.identifier, broken.source) == ("kaivos", "web")
    assert web.source.expected == 3
    file = tmp_path / "list.txt"
    file.write_text(text)
    assert [web.path(x) for x in web.read(str(file))[1:]] == ["/a", "/b"]


def test_a_list_that_is_not_there_is_named(web, tmp_path):
    with pytest.raises(UnreadableInput, match="cannot be read"):
        web.read(str(tmp_path / "none.txt"))
    with pytest.raises(NotFound):
        web.read("/none", list=True)


def test_include_exclude_types_and_most_sift_the_addresses(site, web):
    paths = [
        "/fi/a",
        "/fi/b.pdf",
        "/en/c",
        "/fi/d?print=1",
        "/fi/e.docx",
        "/fi/f",
        "/fi/g",
        "/fi/h",
    ]
    put_pages(site, *paths)
    site.put("/fi/b.pdf", b"%PDF-", PDF)
    put_sitemap(site, *paths)
    options = {"include": ["/fi/"], "exclude": ["[?]print="], "types": ["html", "pdf"], "most": 3}
    assert web.paths(**options) == ["/fi/a", "/fi/b.pdf", "/fi/f"]
    assert web.left_out == {
        "not in include": 1,
        "in exclude": 1,
        "another type": 1,
        "beyond the first 3": 2,
    }


def test_what_turns_out_to_be_of_another_type_is_left_out(site, web):
    put_pages(site, "/a")
    site.put("/b", b"GIF89a", "image/gif")
    put_sitemap(site, "/a", "/b")
    assert web.paths() == ["/a"]
    assert web.left_out == {"another type": 1}
    (named,) = web.read("/b")
    assert isinstance(named.error, UnsupportedFormat)


def test_options_that_change_hold_for_what_was_fetched_before(site, web):
    site.put("/a", page(), ETag='"1"')
    site.put("/b", page("B"))
    put_sitemap(site, "/a", ("/b", "2025-11-05"))
    assert web.paths() == ["/a", "/b"]
    assert web.paths(types=["pdf"]) == []
    assert web.left_out == {"another type": 2}


def test_a_sitemap_speaks_for_its_own_site(site, web):
    put_pages(site, "/a")
    port = site.base.rpartition(":")[2]
    other = f"http://localhost:{port}"
    site.put("/sitemap.xml", sitemap(f"{other}/x", f"{site.base}/a"), "text/xml")
    assert web.paths() == ["/a"]
    assert web.left_out == {"on another site": 1}
    site.put("/x", page("X"))
    found = [item.identifier for item in web.read(hosts=["localhost"])]
    assert found[1:] == [f"{site.base}/a"]
    index = sitemap(f"{other}/2.xml", root="sitemapindex")
    site.put("/sitemap.xml", index, "text/xml")
    assert web.read() == []
    assert web.left_out == {"sitemap on another site": 1}


def test_a_dry_run_asks_for_lists_and_rules_alone(site, web):
    put_pages(site, "/a", "/private/b")
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/\n", "text/plain")
    put_sitemap(site, "/a", "/private/b")
    assert web.paths(dry=True) == ["/a"]
    assert site.asked == ["/sitemap.xml", "/robots.txt", "/.well-known/tdmrep.json"]
    assert web.left_out == {"forbidden by robots.txt": 1}
    assert web.memory == {}
    assert not (web.folder / "web").exists()


def test_a_second_run_over_what_has_not_changed_gives_the_same_files_untouched(site, web):
    site.put("/a", page("A"), ETag='"1"')
    site.put("/b.pdf", b"%PDF-1.7", PDF)
    put_sitemap(site, "/a", "/b.pdf")
    first = web.read()
    facts = [(x.path, x.path.stat().st_mtime_ns, x.path.stat().st_ino) for x in first]
    second = web.read()
    assert second == first
    assert [(x.path, x.path.stat().st_mtime_ns, x.path.stat().st_ino) for x in second] == facts


def test_what_the_sitemap_says_is_unchanged_is_not_asked_for(site, web):
    put_pages(site, "/a", "/b")
    put_sitemap(site, ("/a", "2025-11-05"), ("/b", "2025-11-05T10:00:00+02:00"))
    first = web.read()
    assert {"/a", "/b"} <= set(site.asked)
    assert web.read() == first
    assert not {"/a", "/b"} & set(site.asked)
    put_sitemap(site, ("/a", "2025-11-05"), ("/b", "2025-11-06"))
    web.read()
    assert "/a" not in site.asked
    assert "/b" in site.asked
    first[0].path.unlink()
    assert web.read()[0].path.is_file()


def test_robots_rules_hold_for_us_by_name_or_for_all(site, web):
    put_pages(site, "/a", "/fi/b.html", "/fi/c", "/fi/c/open")
    put_sitemap(site, "/a", "/fi/b.html", "/fi/c", "/fi/c/open")
    rules = "User-agent: *\nDisallow: /\n\nUser-agent: AMIC-KG\nDisallow: /fi/*.html$\n"
    rules += "Disallow: /fi/c\nAllow: /fi/c/open\n"
    site.put("/robots.txt", rules, "text/plain")
    assert web.paths() == ["/a", "/fi/c/open"]
    assert web.left_out == {"forbidden by robots.txt": 2}
    assert site.asked.count("/robots.txt") == 1
    assert "/fi/c" not in site.asked


def test_a_redirect_into_what_robots_may_not_see_is_not_followed(site, web):
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/\n", "text/plain")
    site.put("/private/a", page())
    site.put("/a", status=302, Location="/private/a")
    assert web.read("/a") == []
    assert web.left_out == {"forbidden by robots.txt": 1}
    assert "/private/a" not in site.asked


def test_a_site_whose_rules_cannot_be_got_is_left_alone(site, web):
    put_pages(site, "/a", "/b")
    put_sitemap(site, "/a", "/b")
    site.put("/robots.txt", status=500)
    items = web.read()
    assert [type(item.error) for item in items] == [UnreachableSource] * 2
    assert "nothing is fetched without" in str(items[0].error)
    assert site.asked == ["/sitemap.xml", "/robots.txt"]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_rules_forbids_nothing(site, web, status):
    site.put("/a", page())
    site.put("/robots.txt", "Disallow: /", "text/plain", status=status)
    assert web.paths("/a") == ["/a"]


def test_of_huge_rules_the_first_half_megabyte_holds(site, web):
    site.put("/a", page())
    site.put("/b", page("B"))
    put_sitemap(site, "/a", "/b")

    def act(handler):
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b"User-agent: *\nDisallow: /a\n")
        while True:
            handler.wfile.write(b"# Kevitsa, Suurikuusikko, Talvivaara and so on for ever\n" * 100)

    site.play("/robots.txt", act)
    assert web.paths() == ["/b"]


@pytest.mark.parametrize(
    "rules", [b"\xff\xfe\x00garbage\n" * 99, page().encode(), b"", b"a" * 99999]
)
def test_rules_that_are_none_forbid_nothing(site, web, rules):
    site.put("/a", page())
    site.put("/robots.txt", rules, "text/plain")
    assert web.paths("/a") == ["/a"]


def test_the_delay_that_a_site_asks_for_is_kept(site, web):
    put_pages(site, "/a", "/b", "/c")
    put_sitemap(site, "/a", "/b", "/c")
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.1\n", "text/plain")
    start = time.monotonic()
    web.read()
    assert time.monotonic() - start >= 0.3


NOT_WANTED = {
    "header noindex": ({"X_Robots_Tag": "noindex"}, "", "asks not to be indexed (noindex)"),
    "header none": ({"X_Robots_Tag": "NONE"}, "", "asks not to be indexed (noindex)"),
    "header among others": (
        {"X_Robots_Tag": "unavailable_after: 25 Jun 2031 15:00:00 EET, nofollow, noindex"},
        "",
        "asks not to be indexed (noindex)",
    ),
    "header to us": (
        {"X_Robots_Tag": "otherbot: nofollow, amic-kg: noindex"},
        "",
        "asks not to be indexed (noindex)",
    ),
    "header noai": ({"X_Robots_Tag": "noai, noimageai"}, "", "asks not to be used by AI (noai)"),
    "header of reservation": ({"TDM_Reservation": "1"}, "", "reserves text and data mining"),
    "meta noindex": (
        {},
        "<META content='follow, noindex' NAME=Robots>",
        "asks not to be indexed (noindex)",
    ),
    "meta to us": (
        {},
        '<meta name="amic-kg" content="noindex">',
        "asks not to be indexed (noindex)",
    ),
    "meta of reservation": (
        {},
        '<meta name="tdm-reservation" content="1"/>',
        "reserves text and data mining",
    ),
}


@pytest.mark.parametrize(("headers", "head", "reason"), NOT_WANTED.values(), ids=NOT_WANTED.keys())
def test_a_page_that_asks_to_be_left_out_is(site, web, headers, head, reason):
    site.put("/a", page(head=head), **headers)
    assert web.read("/a") == []
    assert web.left_out == {reason: 1}
    assert not [path for path in web.folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("headers", "head"),
    [
        ({"X_Robots_Tag": "otherbot: noindex"}, ""),
        ({"X_Robots_Tag": "nofollow, max-image-preview: none"}, ""),
        ({"TDM_Reservation": "0"}, ""),
        ({}, "<!-- <meta name='robots' content='noindex'> -->"),
        ({}, "<meta name='otherbot' content='noindex'><meta name='tdm-reservation' content='0'>"),
    ],
)
def test_what_does_not_ask_us_is_taken(site, web, headers, head):
    site.put("/a", page(head=head), **headers)
    assert web.paths("/a") == ["/a"]


def test_a_site_may_reserve_mining_by_location(site, web):
    put_pages(site, "/a", "/reports/b", "/reports/open/c")
    site.put("/reports/d.pdf", b"%PDF-", PDF, TDM_Reservation="0")
    put_sitemap(site, "/a", "/reports/b", "/reports/open/c", "/reports/d.pdf")
    rules = [
        {"location": "/reports/", "tdm-reservation": 1, "tdm-policy": "https://mine.example/p"},
        {"location": "/reports/open/", "tdm-reservation": 0},
        {"location": "/x\nDisallow: /", "tdm-reservation": 1},
        {"location": 7},
        "nonsense",
    ]
    site.put("/.well-known/tdmrep.json", json.dumps(rules), "application/json")
    assert web.paths() == ["/a", "/reports/open/c", "/reports/d.pdf"]
    assert web.left_out == {"reserves text and data mining": 1}


@pytest.mark.parametrize("body", ["{", "{}", "null", "[" * 100_000, page()])
def test_a_reservation_that_cannot_be_read_says_nothing(site, web, body):
    site.put("/a", page())
    site.put("/.well-known/tdmrep.json", body, "application/json")
    assert web.paths("/a") == ["/a"]


def test_a_page_whose_words_may_not_be_shown_is_restricted(site, web):
    site.put("/a", page(head="<meta name='robots' content='nosnippet'>"))
    site.put("/b.pdf", b"%PDF-", PDF, X_Robots_Tag="noarchive")
    put_sitemap(site, "/a", "/b.pdf")
    assert [x.metadata["accessRights"] for x in web.read()] == ["restricted"] * 2


def test_a_published_page_that_reserves_itself_later_is_taken_out(site, web):
    url = site.put("/a", page())
    put_sitemap(site, "/a")
    web.read()
    web.memory.published = [url]
    site.put("/a", page(head='<meta name="tdm-reservation" content="1">'))
    assert web.read() == [Withdrawn("web", url)]
    assert web.left_out == {"reserves text and data mining": 1}


def test_two_addresses_of_one_page_are_one_document(site, web):
    canonical = "<link rel='canonical' href='/a'>"
    site.put("/a", page(head=canonical))
    site.put("/a?ref=1", page(head=canonical))
    site.put("/old", status=301, Location="/a")
    site.put("/b?x=1", page("B", head="<link href='/b' rel='nofollow canonical'>"))
    site.put("/b?x=2", page("B", head="<link href='/b' rel='canonical'>"))
    put_sitemap(site, "/old", "/a?ref=1", "/a", "/b?x=1", "/b?x=2")
    assert web.paths() == ["/a", "/b?x=1"]
    assert web.left_out == {"the same as another address": 3}
    assert web.source.expected == 2


def test_two_pages_that_name_each_other_are_not_both_lost(site, web):
    site.put("/a", page("A", head="<link rel='canonical' href='/b'>"))
    site.put("/b", page("B", head="<link rel='canonical' href='/a'>"))
    put_sitemap(site, "/a", "/b")
    assert web.paths() == ["/b"]


def test_a_canonical_address_elsewhere_or_of_nonsense_does_not_count(site, web):
    site.put("/a", page("A", head="<link rel='canonical' href='https://mine.example/'>"))
    site.put("/b", page("B", head="<link rel='canonical' href='http://[::'>"))
    put_sitemap(site, "/a", "/b")
    assert web.paths() == ["/a", "/b"]


def test_a_filter_looks_at_what_a_page_says_of_itself(site, web):
    site.put("/a", page("Kaivosvesien hallinta"))
    site.put("/b", page("Joulumyyjäiset"))
    site.put("/c", page("Gruvvatten", language="sv"))
    site.put("/d.pdf", b"%PDF-", PDF)
    put_sitemap(site, "/a", "/b", "/c", "/d.pdf")
    wanted = {"terms": ["kaivos", "gruv"], "languages": ["fi"]}
    assert web.paths(wanted=wanted) == ["/a", "/d.pdf"]
    assert web.left_out == {"another topic": 1, "another language": 1}


def test_a_page_that_is_gone_is_taken_out_at_once(site, web):
    url = site.base + "/a"
    web.memory.published = [url]
    site.put("/a", status=410)
    put_sitemap(site, "/a")
    assert web.read() == [Withdrawn("web", url)]


def test_a_page_that_is_not_found_is_taken_out_in_the_second_run(site, web):
    url = site.put("/a", page())
    put_sitemap(site, "/a")
    web.read()
    web.memory.published = [url]
    del site.pages["/a"]
    (missing,) = web.read()
    assert isinstance(missing.error, NotFound)
    assert web.read() == [Withdrawn("web", url)]
    assert not [path for path in web.folder.rglob("*") if path.is_file()]


def test_a_page_that_comes_back_in_between_stays(site, web):
    url = site.base + "/a"
    web.memory.published = [url]
    put_sitemap(site, "/a")
    for there in (False, True, False):
        site.pages.pop("/a", None)
        if there:
            site.put("/a", page())
        (item,) = web.read()
        assert not isinstance(item, Withdrawn)


def test_a_page_that_was_never_published_is_missing_and_not_withdrawn(site, web):
    put_sitemap(site, "/a", "/b")
    site.put("/b", status=410)
    for _ in range(3):
        assert [type(item.error) for item in web.read()] == [NotFound, Gone]


def test_what_has_left_the_sitemap_is_asked_for_once_more(site, web):
    put_pages(site, "/a", "/b", "/c")
    site.put("/c", status=410)
    put_sitemap(site, "/a")
    web.memory.published = [site.base + path for path in ("/a", "/b", "/c")]
    kept, still_there, gone = web.read()
    assert [web.path(x) for x in (kept, still_there)] == ["/a", "/b"]
    assert gone == Withdrawn("web", site.base + "/c")
    assert web.source.expected == 3


def test_a_part_of_an_index_that_is_broken_is_named_and_takes_nothing_out(site, web):
    put_pages(site, "/a")
    put_sitemap(site, "/1.xml", "/2.xml", root="sitemapindex")
    put_sitemap(site, "/a", path="/1.xml")
    site.put("/2.xml", sitemap(site.base + "/b")[:-20], "text/xml")
    web.memory.published = [site.base + "/b"]
    broken, document = web.read()
    assert broken.identifier == site.base + "/2.xml"
    assert isinstance(broken.error, DamagedDocument)
    assert web.path(document) == "/a"


def test_sitemaps_that_name_each_other_come_to_an_end(site, web):
    put_pages(site, "/a")
    put_sitemap(site, "/sitemap.xml", "/2.xml", "/2.xml#x", root="sitemapindex")
    put_sitemap(site, "/sitemap.xml", "/3.xml", path="/2.xml", root="sitemapindex")
    put_sitemap(site, "/a", path="/3.xml")
    assert web.paths() == ["/a"]
    assert site.asked[:3] == ["/sitemap.xml", "/2.xml", "/3.xml"]


def test_sitemaps_without_an_end_come_to_an_end(site, web, monkeypatch):
    from amic_kg_ingest.sources.web import listing

    monkeypatch.setattr(listing, "_MOST_SITEMAPS", 20)
    for number in range(30):
        put_sitemap(site, f"/s{number + 1}.xml", path=f"/s{number}.xml", root="sitemapindex")
    assert web.read("/s0.xml") == []
    assert len(site.asked) == 20


def test_an_index_is_read_no_further_than_documents_are_wanted(site, web):
    put_pages(site, "/a", "/b")
    put_sitemap(site, "/1.xml", "/2.xml", root="sitemapindex")
    put_sitemap(site, "/a", path="/1.xml")
    put_sitemap(site, "/b", path="/2.xml")
    assert web.paths(most=1) == ["/a"]
    assert "/2.xml" not in site.asked
    assert web.left_out == {"sitemap beyond the limit of documents": 1}


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
NO_SITEMAPS = {
    "entity bomb": f'<!DOCTYPE x [<!ENTITY l0 "kaivos">{LAUGHS}]><urlset><url><loc>&l9;</loc></url>'
    "</urlset>",
    "file as entity": '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>&f;'
    "</loc></url></urlset>",
    "external declaration": '<!DOCTYPE x SYSTEM "http://10.0.0.1/x.dtd"><urlset/>',
    "web page": page(),
    "feed": "<rss><channel/></rss>",
    "cut off": sitemap("http://mine.example/")[:-5],
    "unknown encoding": '<?xml version="1.0" encoding="klingon"?><urlset/>',
    "wrong encoding": '<?xml version="1.0" encoding="UTF-8"?><urlset>\udcff</urlset>',
    "nothing": "",
    "text": "http://mine.example/a",
}  # fmt: skip


@pytest.mark.parametrize("text", NO_SITEMAPS.values(), ids=NO_SITEMAPS.keys())
def test_what_is_no_sitemap_is_named(site, web, text):
    site.put("/sitemap.xml", text.encode(errors="surrogateescape"), "text/xml")
    with pytest.raises(DamagedDocument) as caught:
        web.read()
    assert caught.value.subject == site.base + "/sitemap.xml"


def test_a_packed_sitemap_that_is_a_bomb_is_stopped(site, web):
    bomb = gzip.compress(b"<urlset>" + bytes(200_000_000))
    site.put("/sitemap.xml.gz", bomb, "application/gzip")
    with pytest.raises(LimitExceeded, match="unpacks to more than 64 MB"):
        web.read("/sitemap.xml.gz")


def test_a_sitemap_of_too_many_pages_is_refused(site, web):
    site.put("/sitemap.xml", sitemap(*("http://x/" for _ in range(50_001))), "text/xml")
    with pytest.raises(LimitExceeded, match="more than 50000"):
        web.read()


def test_a_sitemap_nested_for_ever_is_read_without_harm(site, web):
    deep = "<urlset>" + "<a>" * 200_000 + "</a>" * 200_000 + "</urlset>"
    site.put("/sitemap.xml", deep, "text/xml")
    assert web.read() == []


def test_addresses_of_nonsense_in_a_sitemap_are_named(site, web):
    put_pages(site, "/a")
    odd = [
        "http://[::1",
        "file:///etc/passwd",
        "mailto:x",
        "http://" + "a" * 9000,
        f"{site.base}/a",
    ]
    site.put("/sitemap.xml", sitemap(*odd), "text/xml")
    *broken, document = web.read()
    assert len(broken) == 4
    assert all(isinstance(x.error, UnreadableInput) and len(x.identifier) <= 2000 for x in broken)
    assert web.path(document) == "/a"


def test_one_bad_page_does_not_stop_the_others(site, web):
    put_pages(site, "/a", "/z")
    site.put("/b", b"x", Content_Encoding="br")
    site.put("/c.pdf", page())
    site.put("/d", status=302, Location="http://10.0.0.1/")
    site.put("/e", status=403)
    put_sitemap(site, "/a", "/b", "/c.pdf", "/d", "/e", "/z")
    items = web.read()
    assert [type(x).__name__ for x in items] == ["RawDocument", *["Unreadable"] * 4, "RawDocument"]
    assert all(isinstance(x.error, InputError) for x in items[1:5])


def test_a_head_made_to_cost_time_costs_none(site, web):
    for piece in ("<meta ", "<!--", "<title", "<meta " + "a" * 3900 + ">", "charset" + " " * 99):
        site.put("/a", "<html><head>" + piece * (256 * 1024 // len(piece)))
        start = time.process_time()
        assert web.paths("/a") == ["/a"]
        # A pattern that tries all ways takes minutes.
        assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"depth": 3}, "sets 'depth', which a web source does not know"),
        ({"list": "yes"}, "cannot be 'yes'"),
        ({"most": 0}, "cannot be 0"),
        ({"most": True}, "cannot be True"),
        ({"pause": -1}, "cannot be -1"),
        ({"include": ["("]}, "is no regular expression"),
        ({"exclude": []}, "cannot be"),
        ({"types": ["exe"]}, "cannot be"),
        ({"hosts": [1]}, "cannot be"),
    ],
)
def test_options_that_cannot_be_are_named(web, options, message):
    with pytest.raises(InvalidSetting, match=message.replace("(", r"\(")):
        web.read(**options)


def test_a_filter_and_a_network_that_cannot_be_are_named(web):
    with pytest.raises(InvalidSetting, match="filters by 'colour'"):
        web.read(wanted={"colour": "red"})
    web.settings = replace(web.settings, fetch_allow="here")
    with pytest.raises(InvalidSetting, match="AMIC_FETCH_ALLOW"):
        web.read()


@pytest.mark.parametrize(
    "url",
    ["https://mine.example/sitemap.xml", "https://mine.example/sitemap_index.xml",
     "https://mine.example/reports/report.pdf", "https://mine.example/oai/2025/report.pdf",
     "https://mine.example/query/sitemap.xml.gz", "https://mine.example/hanke"],
)  # fmt: skip
def test_addresses_of_pages_and_sitemaps_are_recognised(url):
    assert recognise(url, {}).kind == "web"


def test_a_site_goes_the_whole_way_and_what_is_gone_leaves_it(site, bench, tmp_path):
    """From the sitemap to the graph with the real stores; a second run does nothing twice."""
    site.put("/a", page("Kevitsan kaivosvedet"), ETag='"1"')
    site.put("/b", page("Spodumeeni Kaustisella"))
    put_sitemap(site, ("/a", "2025-11-05"), "/b")
    settings = replace(bench.settings, fetch_allow="127.0.0.1", fetch_pause_milliseconds=0)
    declaration = Declaration("web", "web", site.base + "/sitemap.xml")

    def run():
        ledger = Ledger(settings.ledger)
        try:
            surroundings = Surroundings(settings, ledger.feed("web"), tmp_path / "fetched")
            report = bench.ingest_from(open_source(declaration, surroundings))
        finally:
            ledger.close()
        return sorted(outcome.state for outcome in report.outcomes)

    assert run() == ["published", "published"]
    assert run() == ["skipped", "skipped"]
    site.put("/b", status=410)
    put_sitemap(site, ("/a", "2025-11-05"))
    assert run() == ["skipped", "withdrawn"]
