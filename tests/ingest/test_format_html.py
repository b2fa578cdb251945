"""HTML: what a reader came for, without what stands around it, and what the head says."""

from __future__ import annotations

import pytest

from amic_kg.errors import DamagedDocument, NoText
from amic_kg_ingest.formats import ReadingLimits, read_document


@pytest.fixture
def read(tmp_path):
    def read(html, name="a.html"):
        path = tmp_path / "x"
        path.write_bytes(html if isinstance(html, bytes) else html.encode())
        return read_document(path, name, ReadingLimits())

    return read


def body(read, html):
    return read(f"<html><body>{html}</body></html>").pages[0].text


def test_headings_paragraphs_and_list_items_stand_on_lines_of_their_own(read):
    text = body(read, "<h1>Kaivos</h1><p>Eka <b>lihava</b>\n rivi.</p><ul><li>a<li>b</ul>")
    assert [line for line in text.splitlines() if line] == ["Kaivos", "Eka lihava rivi.", "a", "b"]


def test_cells_of_a_row_stand_on_one_line(read):
    html = "<table><tr><th>Kohde<th>Metalli</tr><tr><td>Kevitsa</td><td>nikkeli</td></tr></table>"
    assert [line for line in body(read, html).splitlines() if line] == [
        "Kohde | Metalli",
        "Kevitsa | nikkeli",
    ]


@pytest.mark.parametrize(
    "noise",
    [
        "<nav>turhaa</nav>",
        "<footer>turhaa</footer>",
        "<aside>turhaa</aside>",
        "<form><select><option>turhaa</select></form>",
        "<script>turhaa()</script>",
        "<style>.turhaa{}</style>",
        "<noscript>turhaa</noscript>",
        '<div role="navigation">turhaa</div>',
        '<div role="banner">turhaa</div>',
        "<div hidden>turhaa</div>",
        '<span aria-hidden="true">turhaa</span>',
        "<!-- turhaa -->",
        "<button>turhaa</button>",
    ],
)
def test_what_stands_around_the_text_is_left_out_and_what_follows_is_not(read, noise):
    text = body(read, f"<p>Alku.</p>{noise} häntä <p>Loppu.</p>")
    assert text.split() == ["Alku.", "häntä", "Loppu."]


def test_the_main_part_of_a_page_is_the_page(read):
    long = "Tämä on varsinainen sisältö. " * 12
    assert (
        body(read, f"<div>valikko</div><main><p>{long}</p></main><div>mainos</div>") == long.strip()
    )
    assert body(read, f"<div>valikko</div><article><p>{long}</p></article>") == long.strip()


def test_a_main_part_with_hardly_a_word_is_not_the_page(read):
    assert "sisältö" in body(read, "<main>x</main><p>Varsinainen sisältö on täällä.</p>")


def test_the_head_is_metadata_highwire_before_dublin_core_before_open_graph(read):
    metadata = read(
        "<html lang=fi><head><title>Sivu | Sivusto</title>"
        '<meta property="og:title" content="OG"><meta name="DC.title" content="DC">'
        '<meta name="citation_title" content="Highwire">'
        '<meta name="citation_author" content="A"><meta name="citation_author" content="B">'
        '<meta name="citation_publication_date" content="2016/11/30">'
        '<meta name="DC.subject" content="vesi; kaivos, Lappi">'
        '<meta name="citation_doi" content="10.1234/x">'
        '<meta name="description" content="Kuvaus"></head><body><p>Teksti</p></body></html>'
    ).metadata
    assert metadata == {
        "title": "Highwire",
        "creator": ["A", "B"],
        "issued": "2016-11-30",
        "subject": ["vesi", "kaivos", "Lappi"],
        "identifier": ["10.1234/x"],
        "abstract": "Kuvaus",
        "language": "fi",
    }


def test_without_tags_the_heading_is_the_title(read):
    assert read("<title>T</title><h1>Otsi <i>kko</i></h1><p>x").metadata["title"] == "Otsi kko"
    assert read("<title> T\n t </title><p>x").metadata["title"] == "T t"


@pytest.mark.parametrize(
    ("declared", "codec"),
    [("utf-8", "utf-8"), ("windows-1252", "cp1252"), ("iso-8859-1", "latin-1"), ("", "utf-8")],
)
def test_the_declared_encoding_is_believed(read, declared, codec):
    head = f'<meta charset="{declared}">' if declared else ""
    parsed = read(f"<html><head>{head}</head><body><p>Ylläs – höyryä</p>".encode(codec, "replace"))
    assert parsed.pages[0].text.startswith("Ylläs")


@pytest.mark.parametrize("declared", ["utf-8", "no-such-code", "utf-16"])
def test_a_wrong_declaration_is_not_fatal(read, declared):
    html = f'<meta charset="{declared}"><p>Kittilän kaivos, Ylläs ja höyryä pölyä'.encode("cp1252")
    assert "kaivos" in read(html).pages[0].text


def test_xhtml_with_an_xml_declaration_is_read(read):
    html = (
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n<!DOCTYPE html>'
        '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Ylläs</p></body></html>'
    )
    assert read(html).pages[0].text == "Ylläs"


@pytest.mark.parametrize(
    "html", ["<html></html>", "<html><!-- x --></html>", "<html><body> </body>"]
)
def test_a_page_without_a_word_is_told_as_such(read, html):
    with pytest.raises((NoText, DamagedDocument)):
        read(html)


def test_a_page_nested_deep_is_read(read):
    assert body(read, "<div>" * 200 + "syvällä" + "</div>" * 200) == "syvällä"


def test_a_page_nested_without_end_is_told_as_empty_and_upsets_nothing(read):
    with pytest.raises(NoText):
        body(read, "<div>" * 30_000 + "syvällä")


def test_broken_markup_is_read_as_a_browser_would(read):
    assert body(read, "<p>a<b>b<p>c</i></table>").split() == ["ab", "c"]


def test_the_samples_have_no_menu_and_no_footer(samples):
    for document in samples.documents.documents(limit=50):
        if document.file_name.endswith(".html"):
            text = samples.documents.page_text(document.key, 1)
            assert "Siirry sisältöön" not in text
            assert len(text) > 1500
