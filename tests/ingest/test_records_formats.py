"""Lists of publications as partners send them: each format, and what is broken in them."""

from __future__ import annotations

from datetime import date

import pytest

from amic_kg.errors import EmptyInput, InvalidSetting, UnreadableInput, UnsupportedFormat
from amic_kg.records import RawDocument, Unreadable
from amic_kg.settings import Settings
from amic_kg_ingest.sources import Surroundings
from amic_kg_ingest.sources.declarations import Declaration
from amic_kg_ingest.sources.records.source import RecordsSource


class Forgetful:
    """A memory of nothing: a first run."""

    def recall(self, _name):
        return None

    def remember(self, _name, _value):
        pass

    def due(self):
        return []

    def known(self):
        return iter(())


@pytest.fixture
def read(write, tmp_path):
    """(documents, broken) of a list with this name and content."""

    def read(name: str, data: bytes | str, **options):
        path = write(name, data)
        declaration = Declaration("list", "records", str(path), options=options)
        around = Surroundings(Settings(), Forgetful(), tmp_path / "fetched")
        source = RecordsSource(declaration, around, date(2026, 11, 25))
        items = list(source.documents())
        assert source.expected == len(items)
        return (
            [x for x in items if isinstance(x, RawDocument)],
            [x for x in items if isinstance(x, Unreadable)],
        )

    return read


def facts(document: RawDocument) -> dict[str, object]:
    unsaid = ("original", "accessRights")
    return {key: value for key, value in document.metadata.items() if key not in unsaid}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_table_is_read_in_every_encoding_and_with_every_separator(read, encoding, separator):
    rows = [
        ["Nimeke", "Tekijät", "Vuosi", "Julkaisija", "Kieli", "Avainsanat", "DOI", "Abstract (en)"],
        ["Kupari Lapissa", '"Eskola, Pentti; Trüstedt, Otto"', "1932", "Lapin yliopisto", "suomi",
         '"kupari; malmi"', "https://doi.org/10.1234/AB.1", '"Ore, with a ""quote"""'],
    ]  # fmt: skip
    text = "\r\n".join(separator.join(row) for row in rows)
    (document,), broken = read("list.csv", text.encode(encoding))
    assert not broken
    assert facts(document) == {
        "title": {"fi": "Kupari Lapissa"},
        "abstract": {"en": 'Ore, with a "quote"'},
        "creator": ["Eskola, Pentti", "Trüstedt, Otto"],
        "publisher": ["Lapin yliopisto"],
        "issued": "1932",
        "language": ["fi"],
        "identifier": ["https://doi.org/10.1234/ab.1"],
        "subject": ["kupari", "malmi"],
    }
    assert document.identifier == "https://doi.org/10.1234/ab.1"
    assert document.path.name.endswith(".record.json")


def test_headers_in_swedish_and_english_are_known(read):
    (one,), _ = read("a.csv", "Rubrik,Författare,År,Språk\nGruvor,Otto Trüstedt,1907,sv\n")
    assert facts(one)["title"] == {"sv": "Gruvor"}
    assert facts(one)["creator"] == ["Trüstedt, Otto"]
    (two,), _ = read("b.csv", "Title,Subtitle,Author(s),Date\nOre,In depth,P. Eskola,1914\n")
    assert facts(two)["title"] == {"und": "Ore: In depth"}
    assert facts(two)["issued"] == "1914"


def test_columns_of_another_name_are_declared(read):
    columns = {"Teoksen kuvaus": "title", "Laadittu": "issued", "Arvio": "ignore"}
    (one,), _ = read(
        "a.csv", "Teoksen kuvaus|Laadittu|Arvio\nMalmit|1.6.1932|hyvä\n", columns=columns
    )
    assert facts(one) == {"title": {"und": "Malmit"}, "issued": "1932-06-01"}
    assert "Arvio" not in one.metadata["original"]


def test_a_heading_above_the_header_and_the_line_of_excel_are_passed_over(read):
    (one,), broken = read("a.csv", "sep=;\nJulkaisut 1932\n\nOtsikko;Vuosi\nMalmit;1932\n;\n")
    assert facts(one)["issued"] == "1932"
    assert not broken


def test_rows_that_are_broken_are_named_and_the_rest_is_read(read):
    table = (
        "Title,Year\n"
        "First,1901\n"
        "Second,1902,too,many\n"
        "Third\n"
        '"Fourth, never closed,1904\n'
        "Fifth,1905\n"
        '"Sixth,\non two lines",1906\n'
        'A 5" pipe,1907\n'
        "Eighth,1908,,\n"
        ",1909\n"
    )
    documents, broken = read("a.csv", table)
    titles = [facts(x)["title"]["und"] for x in documents]
    assert titles == ["First", "Fifth", "Sixth, on two lines", 'A 5" pipe', "Eighth"]
    assert [x.identifier.rpartition(":")[2] for x in broken] == ["3", "4", "5", "11"]
    messages = [str(x.error) for x in broken]
    assert "line 3 has 4 cells where the header has 2" in messages[0]
    assert "line 4 has 1 cells where the header has 2" in messages[1]
    assert "line 5 begins a row whose quote is never closed" in messages[2]
    assert "line 11 begins an entry without a title" in messages[3]


def test_characters_that_were_encoded_twice_are_turned_back_with_a_remark(read):
    twice = "Author’s ores; pöly".encode().decode("cp1252")
    assert "â€™" in twice
    (one,), _ = read("a.csv", f"Title\tYear\n{twice}\t1932\n")
    assert facts(one)["title"] == {"und": "Author’s ores; pöly"}
    assert one.metadata["remarks"] == ["its characters were encoded twice, and were turned back"]


def test_a_line_in_another_encoding_does_not_spoil_the_others(read):
    data = "Title,Year\nMännyt,1901\n".encode() + "Hämeen koivut,1902\n".encode("cp1252")
    documents, _ = read("a.csv", data)
    assert [facts(x)["title"]["und"] for x in documents] == ["Männyt", "Hämeen koivut"]


def test_two_rows_with_one_identifier_are_both_kept(read):
    table = "Title,DOI\nOre,10.1234/1\nOre again,10.1234/1\nStone,\nStone,\n"
    documents, _ = read("a.csv", table)
    identifiers = [x.identifier for x in documents]
    assert identifiers[:2] == ["https://doi.org/10.1234/1", "https://doi.org/10.1234/1 (2)"]
    assert identifiers[3] == f"{identifiers[2]} (2)"
    assert len({x.path for x in documents}) == 4
    assert "more than once: line 3 too" in documents[1].metadata["remarks"][0]


BIB = r"""
% A comment of the file
@string{gtk = "Geologian " # "tutkimuskeskus"}
@preamble{"\newcommand{\x}{}"}
@comment{@article{old, title = {Left out}}}
@TechReport{esk32,
  author = "Pentti Eskola and von Wright, Georg and {Outokumpu Oy Exploration} and others",
  title  = {{K}upari {\"a}ill{\"a} \& 50 % of {\AA}land's \emph{ores}},
  institution = gtk,
  year = 1932, month = jun # "", number = {12}, series = "Bulletin",
  url = {https://www.theseus.fi/handle/10024/1\_2},
  keywords = {copper, zinc, ore},
}
@incollection(part,
  title = {A part}, author = {L{\"o}nnrot, Elias}, pages = {1--5}, crossref = {whole})
@book{whole, title = {The whole}, editor = {Canth, Minna}, publisher = gtk, year = {1890}}
"""


def test_bibtex_with_strings_braces_accents_and_crossref(read):
    (report, part, book), broken = read("a.bib", BIB)
    assert not broken
    assert report.identifier == "https://www.theseus.fi/handle/10024/1_2"
    assert facts(report) | {"identifier": 0} == {
        "title": {"und": "Kupari äillä & 50 % of Åland's ores"},
        "creator": ["Eskola, Pentti", "von Wright, Georg", "Outokumpu Oy Exploration"],
        "publisher": ["Geologian tutkimuskeskus"],
        "issued": "1932-06",
        "type": "Report",
        "subject": ["copper", "zinc", "ore"],
        "isPartOf": "Bulletin 12",
        "identifier": 0,
    }
    assert part.identifier == "part"
    assert facts(part) == {
        "title": {"und": "A part"},
        "creator": ["Lönnrot, Elias"],
        "contributor": ["Canth, Minna"],
        "publisher": ["Geologian tutkimuskeskus"],
        "issued": "1890",
        "type": "Article",
        "isPartOf": "The whole",
    }
    assert part.metadata["original"]["pages"] == ["1–5"]
    assert book.identifier == "whole"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (r"Cost \$50 and $x^2$, {C}u$_2$O", "Cost $50 and x^2, Cu_2O"),
        (r"Price $50 a_b \& 50 % {\c{c}} \v{S}", "Price $50 a_b & 50 % ç Š"),
        (r"a--b ``c'' d~e \textit{f} \ss", "a–b “c” d e f ß"),
    ],
)
def test_latex_in_values_becomes_plain_text(read, value, text):
    (one,), _ = read("a.bib", f"@misc{{k, title = {{{value}}}}}")
    assert facts(one)["title"] == {"und": text}


def test_bibtex_entries_that_are_broken_are_named_and_the_rest_is_read(read):
    text = (
        "@article{a, title = {One}, year = 1901}\n"
        "@article{b,\n title = {Never {closed},\n year = 1902\n}\n"
        "@article{c, title = {Three}, year = 1903}\n"
        "@article{d, title {no equals}}\n"
        "@article{c, title = {Three again}, title = {Twice}, crossref = {nowhere}}\n"
        "@article{e, title = {Cut off"
    )
    documents, broken = read("a.bib", text)
    assert [x.identifier for x in documents] == ["a", "c", "c (2)"]
    assert [x.identifier.rpartition(":")[2] for x in broken] == ["2", "7", "9"]
    assert "line 2 begins an entry that cannot be read" in str(broken[0].error)
    said = documents[2].metadata["remarks"]
    assert any("title more than once" in x for x in said)
    assert any("'nowhere', which is not in the list" in x for x in said)


@pytest.mark.parametrize(
    ("name", "read_as"),
    [
        ("Beethoven, Ludwig van", "Beethoven, Ludwig van"),
        ("Ludwig van Beethoven", "van Beethoven, Ludwig"),
        ("de la Cruz, Jr, Juan", "de la Cruz, Juan, Jr"),
        (r"Tr{\"u}stedt, Otto", "Trüstedt, Otto"),
        (r"J{\"o}ns Jacob Berzelius", "Berzelius, Jöns Jacob"),
        ("{Barnes and Noble}", "Barnes and Noble"),
        ("Aristoteles", "Aristoteles"),
    ],
)
def test_names_as_bibtex_writes_them(read, name, read_as):
    (one,), _ = read("a.bib", f"@misc{{k, title = {{T}}, author = {{{name}}}}}")
    assert facts(one)["creator"] == [read_as]


RIS = """TY  - RPRT
AU  - Eskola, Pentti
AU  - Geologian tutkimuskeskus
TI  - Copper in
      Lapland
PY  - 1932/06/01/
PB  - GTK
KW  - copper
KW  - ore
SN  - 978-952-01-2345-1
UR  - https://urn.fi/URN:NBN:fi-fe193201
AB  - An abstract.
ER  -
TY  - JOUR
T1  - Never ended
TY  - JOUR
T1  - Ores
JO  - Malmi
A1  - Canth, Minna
Y1  - 1890//
ID  - canth90
ER  -
ER  -
"""


def test_ris_and_a_record_that_does_not_end(read):
    (report, article), broken = read("a.txt", RIS.replace("\n", "\r\n"))
    assert report.identifier == "urn:nbn:fi-fe193201"
    found = facts(report)
    assert found["title"] == {"und": "Copper in Lapland"}
    assert found["creator"] == ["Eskola, Pentti", "Geologian tutkimuskeskus"]
    assert (found["issued"], found["type"]) == ("1932-06-01", "Report")
    assert found["subject"] == ["copper", "ore"]
    assert article.identifier == "canth90"
    assert facts(article) == {
        "title": {"und": "Ores"},
        "creator": ["Canth, Minna"],
        "issued": "1890",
        "type": "Article",
        "isPartOf": "Malmi",
    }
    assert [x.identifier.rpartition(":")[2] for x in broken] == ["14", "23"]
    assert "line 14 begins a record that does not come to its end (ER)" in str(broken[0].error)


CSL = """[
 {"id": "e32", "type": "thesis", "genre": "Doctoral dissertation", "title": "On ores",
  "author": [{"family": "Wright", "given": "Georg", "non-dropping-particle": "von"},
             {"literal": "Outokumpu Oy Exploration"}],
  "issued": {"date-parts": [[1932, 6]]}, "publisher": "Lapin yliopisto", "language": "en-GB",
  "DOI": "10.1234/X", "keyword": "ore; copper", "abstract": "<p>An abstract.</p>"},
 {"id": 7, "type": "article-journal", "title": "Raw", "issued": {"raw": "12.6.1932"},
  "container-title": "Malmi", "ISSN": "2342-9305"}
]"""


def test_csl_json_by_its_variables(read):
    (thesis, article), broken = read("a.json", CSL)
    assert not broken
    assert facts(thesis) == {
        "title": {"en": "On ores"},
        "abstract": {"en": "An abstract."},
        "creator": ["von Wright, Georg", "Outokumpu Oy Exploration"],
        "publisher": ["Lapin yliopisto"],
        "issued": "1932-06",
        "type": "DoctoralThesis",
        "language": ["en"],
        "identifier": ["https://doi.org/10.1234/x"],
        "subject": ["ore", "copper"],
    }
    assert article.identifier == "7"
    assert facts(article) == {
        "title": {"und": "Raw"},
        "issued": "1932-06-12",
        "type": "Article",
        "isPartOf": "Malmi",
        "issn": ["2342-9305"],
    }


def test_json_lines_with_a_mark_missing_newlines_and_a_broken_object(read):
    text = (
        '\ufeff{"id": "a", "title": "One", "vuosi": 1901}{"id": "b", "title": {"fi": "Kaksi"}}\n'
        '{"id": "c", "title": "Thr\n'
        '{"id": "d", "title": "Four", "tekijä": ["Canth, Minna", "Leino, Eino"]}\n'
        '{"id": "e"}\n'
        '"no object"\n'
    )
    documents, broken = read("a.jsonl", text)
    assert [x.identifier for x in documents] == ["a", "b", "d"]
    assert facts(documents[0])["issued"] == "1901"
    assert facts(documents[1])["title"] == {"fi": "Kaksi"}
    assert facts(documents[2])["creator"] == ["Canth, Minna", "Leino, Eino"]
    assert [x.identifier.rpartition(":")[2] for x in broken] == ["2", "4", "5"]
    assert "without a title" in str(broken[1].error)


def test_a_description_within_an_object_is_read_as_data_sets_have_it(read):
    text = (
        '{"id": "https://example.org/handle/1", "rowid": "r1", "url": "https://example.org/1.pdf",'
        ' "ground_truth": {"language": "se", "title": "Ruvkedoaimmat", "creator": ["Leino, Eino"],'
        ' "year": "2018", "publisher": ["Sámediggi"], "e-isbn": ["9789511234562"],'
        ' "p-issn": "2342-9305", "type_coar": "doctoral thesis",'
        ' "alt_title": ["Kaivostoiminta {fi}"]}}\n'
    )
    (one,), _ = read("a.jsonl", text)
    found = facts(one)
    assert found["title"] == {"se": "Ruvkedoaimmat", "fi": "Kaivostoiminta"}
    assert (found["creator"], found["issued"]) == (["Leino, Eino"], "2018")
    assert (found["type"], found["language"]) == ("DoctoralThesis", ["se"])
    assert found["isbn"] == ["9789511234562"]
    assert found["issn"] == ["2342-9305"]


def test_after_a_broken_object_of_a_list_its_parts_are_not_taken_for_records(read):
    text = (
        '[\n  {\n    "title": "One",\n    "author": [\n      {"family": "Leino", "given": "Eino"\n'
        '    ],\n    "x": 1\n  },\n  {\n    "title": "Two", "type": "book"\n  }\n]\n'
    )
    documents, broken = read("a.json", text)
    assert [facts(x)["title"]["und"] for x in documents] == ["Two"]
    assert [x.identifier.rpartition(":")[2] for x in broken] == ["2"]


@pytest.mark.parametrize(
    ("name", "data", "error", "words"),
    [
        ("a.csv", b"", EmptyInput, "empty list"),
        ("a.bib", b"\xef\xbb\xbf \r\n", EmptyInput, "empty list"),
        ("a.csv", b"Title;Year\r\n", EmptyInput, "list without entries"),
        ("a.bib", b"@comment{jabref-meta: databaseType:bibtex;}\n", EmptyInput, "without entries"),
        ("a.csv", b"%PDF-1.7\n", UnsupportedFormat, "but a PDF"),
        ("a.csv", b"PK\x03\x04rest", UnsupportedFormat, "Office document"),
        ("a.ris", b"<!doctype html><p>Sign in</p>", UnsupportedFormat, "a web page"),
        ("a.csv", b"Aika,Arvo\n1,2\n", UnsupportedFormat, "no column that is known"),
        ("a.csv", b"\x00\x01\x02\x03\xff\x00\x00" * 40, UnsupportedFormat, "no text"),
    ],
)
def test_a_file_that_is_no_list_says_what_it_is(read, name, data, error, words):
    with pytest.raises(error, match=words):
        read(name, data)


def test_a_folder_or_nothing_is_no_list(folder, tmp_path):
    around = Surroundings(Settings(), Forgetful(), tmp_path)
    for path, words in ((folder, "is a folder"), (folder / "gone.csv", "cannot be opened")):
        source = RecordsSource(Declaration("x", "records", str(path)), around, date.today())
        with pytest.raises(UnreadableInput, match=words):
            list(source.documents())


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"colums": {}}, "unknown option 'colums'"),
        ({"format": "excel"}, "cannot be 'excel'"),
        ({"columns": {"A": "name"}}, "'name' is nothing that a column can hold"),
        ({"columns": ["A"]}, "is no table"),
        ({"withdraw_missing": "yes"}, "neither true nor false"),
        ({"language": "klingon"}, "is no language"),
    ],
)
def test_options_that_cannot_be_are_refused(tmp_path, options, words):
    around = Surroundings(Settings(), Forgetful(), tmp_path)
    declaration = Declaration("x", "records", "a.csv", options=options)
    with pytest.raises(InvalidSetting, match=words):
        RecordsSource(declaration, around, date(2026, 11, 25))


def test_files_beside_the_list_become_the_documents_and_no_others(read, write, tmp_path):
    write("pdf/ore.txt", "Text of the report.")
    (tmp_path / "secret.txt").write_text("outside")
    table = (
        "Title,File\nOre,pdf\\ore.txt\nOut,../secret.txt\nGone,pdf/gone.pdf\n"
        f"Far,{tmp_path / 'secret.txt'}\nWeb,https://example.org/a.pdf\n"
    )
    documents, _ = read("a.csv", table)
    ore, out, gone, far, web = documents
    assert ore.path.read_text() == "Text of the report."
    assert facts(ore)["title"] == {"und": "Ore"}
    for document, words in ((out, "outside"), (gone, "not there"), (far, "outside")):
        assert document.path.name.endswith(".record.json")
        assert words in document.metadata["remarks"][0]
    assert "remarks" not in web.metadata


def test_a_link_does_not_lead_out_of_the_folder(read, folder, tmp_path):
    (tmp_path / "secret.txt").write_text("outside")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (one,), _ = read("a.csv", "Title,File\nOre,link.txt\n")
    assert one.path.name.endswith(".record.json")
    assert "outside" in one.metadata["remarks"][0]


@pytest.mark.parametrize(
    "value",
    ["ore.txt", ":ore.txt:TXT", "Full text:ore.txt:text/plain", ":gone.txt:TXT;:ore.txt:TXT"],
)
def test_files_as_reference_managers_write_them(read, write, value):
    write("ore.txt", "Text.")
    (one,), _ = read("a.bib", f"@misc{{k, title = {{T}}, file = {{{value}}}}}")
    assert one.path.name == "ore.txt"


def test_a_publisher_and_a_language_are_given_for_a_list_that_names_none(read):
    (one, two), _ = read("a.csv", "Title,Kieli\nMalmit,\nOres,en\n", publisher="GTK", language="fi")
    assert facts(one)["title"] == {"fi": "Malmit"}
    assert facts(two)["title"] == {"en": "Ores"}
    assert facts(one)["publisher"] == facts(two)["publisher"] == ["Geologian tutkimuskeskus"]
