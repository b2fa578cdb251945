"""Tables of CORDIS as they come: every whole row is read, every broken one is named by its line."""

from __future__ import annotations

import io

import pytest

from amic_kg.errors import UnsupportedFormat
from amic_kg_ingest.sources.cordis.columns import table_of
from amic_kg_ingest.sources.cordis.rows import Broken, csv_rows, json_rows

HEAD = "id;acronym;title;objective\n"


def read(data, table="project", reader=csv_rows):
    data = data.encode() if isinstance(data, str) else data
    return list(reader(io.BytesIO(data), "project.csv", table))


def titles(rows):
    return [row["title"] for row in rows if not isinstance(row, Broken)]


def faults(rows):
    return [(row.first, row.last) for row in rows if isinstance(row, Broken)]


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("project.csv", "project"),
        ("csv/projectDeliverables.csv", "deliverables"),
        ("cordis-fp7projects.csv", "project"),
        ("cordis-h2020organizations.csv", "organization"),
        ("organisation_100.json", "organization"),
        ("euroSciVoc.json", "euroSciVoc"),
        ("legalBasis.csv", "legalBasis"),
        ("reportSummaries.csv", None),
        ("readme.csv", None),
    ],
)
def test_a_table_is_known_by_what_its_file_is_called(name, table):
    assert table_of(name) == table


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_semicolons_quotes_paragraphs_and_a_byte_order_mark_are_read(start, end):
    rows = read(
        (
            start
            + '"id";"acronym";"title";"objective"\n'
            + '"101";"A";"One; ""the"" first";"Ore.\n\nMore ore."\n'
            + '"102";"B";"Two";\n'
        ).replace("\n", end)
    )
    assert titles(rows) == ['One; "the" first', "Two"]
    assert rows[0]["objective"] == "Ore. More ore."
    assert faults(rows) == []


def test_commas_part_columns_where_the_head_has_them():
    assert titles(read('id,title\n1,"a, b"\n')) == ["a, b"]


@pytest.mark.parametrize(
    ("broken", "lines"),
    [
        ("9;X;too few\n", (3, 3)),
        ("9;X;t;o;too many\n", (3, 3)),
        (b"9;X;p\xf6ly;o\n", (3, 3)),
        ('9;X;"never closed;o\n', (3, 3)),
        ('9;X;"never closed;o\nsecond line\nthird\n', (3, 5)),
        (";X;no number;o\n", (3, 3)),
    ],
)
def test_a_broken_row_is_named_and_the_rows_around_it_are_read(broken, lines):
    data = broken if isinstance(broken, bytes) else broken.encode()
    rows = read(HEAD.encode() + b"1;A;One;x\n" + data + b'2;B;Two;"y"\n3;C;Three;z\n')
    assert titles(rows) == ["One", "Two", "Three"]
    assert faults(rows) == [lines]


def test_an_inch_mark_within_a_field_is_no_quote():
    assert titles(read(HEAD + '1;A;A 5" pipe;x\n2;B;Two;y\n')) == ['A 5" pipe', "Two"]


def test_quotes_that_were_not_doubled_are_lived_with_where_the_columns_fit():
    assert titles(read(HEAD + '1;A;"The "deep" ore";x\n2;B;Two;y\n')) == ['The deep" ore"', "Two"]


def test_a_lost_quote_does_not_swallow_the_rest_of_a_large_table():
    rest = "".join(f"{n};A;Title {n};x\n" for n in range(2, 5000))
    rows = read(HEAD + '1;A;"lost;x\n' + rest)
    assert len(titles(rows)) == 4998
    assert faults(rows) == [(2, 2)]


def test_text_that_was_encoded_twice_is_mended():
    twice = "the mineâ€™s tailings, pÃ¶ly".encode()
    assert titles(read(HEAD.encode() + b"1;A;" + twice + b";x\n")) == ["the mine’s tailings, pöly"]


def test_columns_with_contact_persons_and_streets_are_not_read():
    rows = read(
        "projectID;name;contactFirstNames;contactTelephoneNumber;contactForm;street;vatNumber\n"
        "1;Outokumpu;Eino;000;http://form;Tie 1;FI1\n",
        "organization",
    )
    assert rows == [{"project": "1", "name": "Outokumpu"}]


def test_the_columns_of_older_programmes_are_known_too():
    (row,) = read("rcn;reference;acronym;startDate;programme\n5;226;A;2009-01-01;FP7-ENV\n")
    assert row == {"id": "226", "acronym": "A", "start": "2009-01-01", "legalBasis": "FP7-ENV"}


def test_a_file_that_is_only_called_like_a_table_is_refused():
    with pytest.raises(UnsupportedFormat, match="lacks its columns \\(project, path\\)"):
        read("code,title\n1,x\n", "euroSciVoc")


OBJECTS = ['{"id": "1", "title": "One {"}', '{"id": 2, "title": "Two"}', '{"id":"3","title":"Ö"}']


@pytest.mark.parametrize(
    "text",
    [
        "[" + ",\n".join(OBJECTS) + "]",
        "\n".join(OBJECTS),
        "".join(OBJECTS),
        "\ufeff" + "".join(OBJECTS),
        "[\r\n" + ", ".join(OBJECTS),
    ],
    ids=["array", "lines", "nothing between", "byte order mark", "array without end"],
)
def test_objects_are_read_however_they_stand_after_each_other(text):
    rows = read(text, reader=json_rows)
    assert titles(rows) == ["One {", "Two", "Ö"]
    assert faults(rows) == []
    assert [row["id"] for row in rows] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "broken",
    ['{"id": "9", "title": }', '{"id": "9" "title": "x"}', '{"title": "x"}', '{"id": "9", "title"'],
)
def test_a_broken_object_is_named_and_the_others_are_read(broken):
    rows = read(f"{OBJECTS[0]}\n{broken}\n{OBJECTS[1]}\n", reader=json_rows)
    assert titles(rows) == ["One {", "Two"]
    assert faults(rows) == [(2, 2)]


def test_bytes_that_are_no_utf_8_break_one_object_only():
    data = OBJECTS[0].encode() + b'\n{"id": "9", "title": "p\xf6ly"}\n' + OBJECTS[1].encode()
    rows = read(data, reader=json_rows)
    assert titles(rows) == ["One {", "Two"]
    assert faults(rows) == [(2, 2)]


def test_an_object_may_be_larger_than_what_is_read_at_once():
    text = '{"id": "1", "title": "' + "ä" * 400_000 + '"}{"id": "2", "title": "Two"}'
    assert [len(title) for title in titles(read(text, reader=json_rows))] == [400_000, 3]
