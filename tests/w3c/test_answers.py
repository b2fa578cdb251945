"""What counts as the same result: the rules by which the suite's tests are held."""

from __future__ import annotations

import json

import pytest

from tests.w3c.answers import CSV, JSON, TSV, XML, Rows, answered


def rows(*solutions: dict[str, str], names: str = "ab") -> Rows:
    """`_:x` is a blank node, `1.0^^decimal` a number, all else a string."""
    table = {"head": {"vars": list(names)}, "results": {"bindings": list(map(_row, solutions))}}
    read = answered(JSON, json.dumps(table).encode())
    assert isinstance(read, Rows)
    return read


def _row(solution: dict[str, str]) -> dict[str, dict[str, str]]:
    return {name: _term(text) for name, text in solution.items()}


def _term(text: str) -> dict[str, str]:
    if text.startswith("_:"):
        return {"type": "bnode", "value": text[2:]}
    value, _, datatype = text.partition("^^")
    named = {"datatype": f"http://www.w3.org/2001/XMLSchema#{datatype}"} if datatype else {}
    return {"type": "literal", "value": value, **named}


def same(one: Rows, other: Rows, *, ordered: bool = False) -> bool:
    return one.told(ordered=ordered) == other.told(ordered=ordered)


def test_solutions_are_a_bag_unless_the_query_orders_them() -> None:
    one, other = rows({"a": "1"}, {"a": "2"}), rows({"a": "2"}, {"a": "1"})
    assert same(one, other)
    assert not same(one, other, ordered=True)
    assert not same(rows({"a": "1"}), rows({"a": "1"}, {"a": "1"}))
    assert not same(rows({"a": "1"}), rows({"b": "1"}))


def test_blank_nodes_are_the_same_by_where_they_stand() -> None:
    joined = rows({"a": "_:x", "b": "1"}, {"a": "_:x", "b": "2"})
    assert same(joined, rows({"a": "_:q", "b": "2"}, {"a": "_:q", "b": "1"}))
    assert not same(joined, rows({"a": "_:q", "b": "2"}, {"a": "_:r", "b": "1"}))
    assert not same(joined, rows({"a": "x", "b": "1"}, {"a": "x", "b": "2"}))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("1.0^^decimal", "1^^decimal", True),
        ("1.0^^decimal", "1^^integer", False),
        ("1.0", "1", False),
        ("100^^integer", "1^^integer", False),
        ("1.0E2^^double", "100^^double", True),
        ("1^^boolean", "true^^boolean", True),
        ("1^^boolean", "false^^boolean", False),
    ],
)
def test_numbers_are_the_same_by_value_and_datatype(one: str, other: str, alike: bool) -> None:
    assert same(rows({"a": one}), rows({"a": other})) is alike


def test_columns_count_also_when_nothing_is_bound() -> None:
    assert not same(rows({"a": "1"}), rows({"a": "1"}, names="a"))


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        (
            XML,
            '<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="a"/>'
            '<variable name="b"/></head><results><result><binding name="a"><bnode>n</bnode>'
            "</binding></result><result><binding name='b'><literal>x</literal></binding></result>"
            "</results></sparql>",
        ),
        (TSV, '?a\t?b\n_:n\t\n\t"x"\n'),
        (CSV, "a,b\r\n_:n,\r\n,x\r\n"),
    ],
)
def test_the_formats_tell_the_same(media_type: str, body: str) -> None:
    read = answered(media_type, body.encode())
    assert isinstance(read, Rows)
    assert same(read, rows({"a": "_:1"}, {"b": "x"}))
