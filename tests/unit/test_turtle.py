"""Turtle: triples as plain values, and errors that say where."""

from __future__ import annotations

import pytest

from amic_kg.errors import InvalidVocabulary
from amic_kg.turtle import Text, Triple, read_turtle, to_ntriples

GOOD = '@prefix : <http://x/> .\n:a :b :c ; :label "kaivos"@fi , 5 , "plain" .\n'


@pytest.fixture
def write(tmp_path):
    def write(text):
        path = tmp_path / "vocab.ttl"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_triples_come_as_plain_values(write):
    xsd = "http://www.w3.org/2001/XMLSchema#"
    found = list(read_turtle(write(GOOD)))
    assert found[0] == Triple("http://x/a", "http://x/b", "http://x/c")
    assert [triple.object for triple in found[1:]] == [
        Text("kaivos", "fi", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"),
        Text("5", "", f"{xsd}integer"),
        Text("plain", "", f"{xsd}string"),
    ]


def test_a_blank_node_is_told_from_an_iri(write):
    found = list(read_turtle(write("@prefix : <http://x/> . :a :b [ :c :d ] .")))
    blank = {triple.subject for triple in found if triple.subject.startswith("_:")}
    assert blank == {triple.object for triple in found if triple.predicate == "http://x/b"}


def test_an_error_names_file_line_and_cause(write):
    path = write(GOOD + ":a :b ;;\n:broken\n")
    with pytest.raises(InvalidVocabulary) as caught:
        list(read_turtle(path))
    assert caught.value.subject.startswith("vocab.ttl, line ")
    assert int(caught.value.subject.rsplit(" ", 1)[1]) >= 3
    assert "is not Turtle" in caught.value.cause


def test_an_undeclared_prefix_is_an_error_too(write):
    with pytest.raises(InvalidVocabulary, match=r"vocab\.ttl, line 1"):
        list(read_turtle(write("a:b a:c a:d .")))


def test_bytes_that_are_not_utf8_are_an_error_of_the_file(write, tmp_path):
    path = tmp_path / "vocab.ttl"
    path.write_bytes(b'<http://x/a> <http://x/b> "\xff" .')
    with pytest.raises(InvalidVocabulary, match=r"vocab\.ttl"):
        list(read_turtle(path))


def test_the_file_as_ntriples_has_a_line_for_each_triple(write):
    lines = to_ntriples(write(GOOD)).decode().splitlines()
    assert len(lines) == 4
    assert '<http://x/a> <http://x/label> "kaivos"@fi .' in lines


def test_a_broken_file_gives_no_ntriples(write):
    with pytest.raises(InvalidVocabulary, match=r"vocab\.ttl"):
        to_ntriples(write(GOOD + "nonsense"))
