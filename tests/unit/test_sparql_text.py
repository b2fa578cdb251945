"""What is told of a query before an engine sees it: nothing calls out, nothing writes."""

from __future__ import annotations

import time
from contextlib import suppress

import pyoxigraph as ox
import pytest

from amic_kg.errors import InvalidQuery
from amic_kg.graph.sparql_text import keywords, refuse_unsafe

U = "<http://192.0.2.1/>"

HARMLESS = [
    'SELECT * { ?s ?p "SERVICE" }',
    "SELECT * { ?s ?p 'it\\'s SERVICE' }",
    'SELECT * { ?s ?p """a " SERVICE """ }',
    "SELECT * { ?s ?p '''a ' SERVICE''' }",
    "SELECT * { # SERVICE <http://x/>\n ?s ?p ?o }",
    "SELECT * { ?s <http://x/SERVICE> ?o }",
    "SELECT * { ?s <http://x/(a)/service> ?o }",
    "PREFIX a: <http://x/> SELECT * { ?s a:SERVICE ?o }",
    "PREFIX SERVICE: <http://x/> SELECT * { ?s SERVICE:a ?o . ?o SERVICE:b SERVICE:c }",
    "PREFIX service: <http://x/> SELECT * { GRAPH service:g { ?s ?p ?o } }",
    "SELECT ?SERVICE { ?SERVICE ?p $service }",
    "SELECT * { ?s ?p _:SERVICE }",
    'SELECT * { ?s ?p "x"@en-service }',
    "PREFIX insert: <http://x/> SELECT * { ?s insert:DELETE ?o }",
    'SELECT * { ?s ?p "DROP ALL" }',
    "SELECT * { ?s ?p ?o FILTER(?s < ?p && ?p > ?o) }",
]

CALLS_OUT = [
    f"SELECT * {{ SERVICE {U} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ service silent {U} {{ ?s ?p ?o }} }}",
    f"SELECT*{{SERVICE{U}{{?s ?p ?o}}}}",
    "SELECT * { ?s ?p ?u SERVICE ?u { ?a ?b ?c } }",
    f"SELECT * {{ {{ SELECT * {{ SERVICE {U} {{ ?a ?b ?c }} }} }} }}",
    f"SELECT * {{ ?s ?p ?o FILTER EXISTS {{ SERVICE {U} {{ ?a ?b ?c }} }} }}",
    f"SELECT*{{?s ?p ?o FILTER(?s<?p) SERVICE {U} {{}} FILTER(?p>?o)}}",
    # An engine reads these too: keywords need no blanks around them.
    f"SELECT*{{?s ?p trueSERVICE{U}{{?a ?b ?c}}}}",
    f"SELECT*{{?s ?p 1e3SERVICE{U}{{?a ?b ?c}}}}",
    f"SELECT*{{?s ?p 1.SERVICE{U}{{?a ?b ?c}}}}",
    f"SELECT*{{SERVICESILENT{U}{{?a ?b ?c}}}}",
    f"PREFIX : {U} SELECT*{{SERVICE:{{?a ?b ?c}}}}",
    f"PREFIX : {U} SELECT*{{SERVICE:x {{?a ?b ?c}}}}",
    f"PREFIX : {U} SELECT*{{SERVICE:x # {{\n{{?a ?b ?c}}}}",
    f"PREFIX : {U} PREFIX SERVICE: {U} SELECT*{{SERVICE:x {{?a ?b ?c}}}}",
    f"PREFIX : {U} SELECT*{{SERVICESILENT:x {{?a ?b ?c}}}}",
    f"PREFIX : {U} SELECT*{{?s ?p :.SERVICE{U}{{?a ?b ?c}}}}",
    f"PREFIX a: {U} SELECT*{{?s ?p a:.SERVICE{U}{{?a ?b ?c}}}}",
    f"SELECT*{{?s ?p ?o FILTER(?s<?p)SERVICE#>\n{U}{{?a ?b ?c}}}}",
    # Strings, names and IRIs that end earlier or later than they seem to.
    f'SELECT*{{?s ?p "a\\u0022" .SERVICE{U}{{?a ?b ?c}} #"\n}}',
    f'SELECT*{{?s ?p "a\\u005c" .SERVICE{U}{{?a ?b ?c}} #"\n}}',
    f"SELECT*{{?s ?p <http://x/\\u0061'> .SERVICE{U}{{?a ?b ?c}} #'\n}}",
    f"PREFIX : {U} SELECT*{{?s ?p :a\\' .SERVICE{U}{{?a ?b ?c}} #'\n}}",
    f"SELECT*{{?s ?p 'a\\'' .SERVICE{U}{{?a ?b ?c}} #'\n}}",
]

ESCAPED = [
    f"SELECT * {{ \\u0053ERVICE {U} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ S\\U00000045RVICE {U} {{ ?s ?p ?o }} }}",
    f'SELECT * {{ ?s ?p "a\\u0022 . SERVICE {U} {{}} }}',
]


@pytest.mark.parametrize("query", HARMLESS)
def test_the_word_in_strings_comments_iris_and_names_is_no_keyword(query):
    ox.Store().query(query)
    refuse_unsafe(query)


@pytest.mark.parametrize("query", CALLS_OUT)
def test_a_query_that_an_engine_reads_as_a_federated_one_is_refused(query):
    ox.Store().query(query)  # The engine takes it: so it matters that we do not.
    with pytest.raises(InvalidQuery, match="SERVICE: is refused"):
        refuse_unsafe(query)


@pytest.mark.parametrize("query", ESCAPED)
def test_a_keyword_written_by_codepoint_escapes_is_seen(query):
    with pytest.raises(InvalidQuery, match="SERVICE"):
        refuse_unsafe(query)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <http://x/a> <http://x/b> <http://x/c> }",
        "delete where { ?s ?p ?o }",
        "WITH <http://x/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "PREFIX a: <http://x/> INSERT DATA { a:a a:b a:c }",
        "BASE <http://x/> # a comment\n LOAD <http://x/file>",
        "CLEAR ALL",
        "DROP GRAPH <http://x/g>",
        "CREATE GRAPH <http://x/g>",
        "ADD <http://x/a> TO <http://x/b>",
        "MOVE <http://x/a> TO <http://x/b>",
        "COPY <http://x/a> TO <http://x/b>",
        "\\u0049NSERT DATA { <http://x/a> <http://x/b> <http://x/c> }",
    ],
)
def test_an_update_is_refused_and_the_query_forms_are_named(update):
    with pytest.raises(InvalidQuery, match="is an update") as caught:
        refuse_unsafe(update)
    assert "SELECT, ASK, CONSTRUCT or DESCRIBE" in caught.value.remedy


def test_keywords_are_the_bare_words_in_order():
    query = 'PREFIX a: <http://x/> select ?s { ?s a:b "FROM" . # limit\n } limit 5'
    assert keywords(query) == ["PREFIX", "SELECT", "LIMIT"]


@pytest.mark.parametrize(
    "text", ["a." * 20_000, "<a" * 9_000, "'''" + "a\\" * 20_000, '"' * 20_000, ":a\\" * 9_000]
)
def test_a_hostile_text_is_read_in_one_go(text):
    with suppress(InvalidQuery):  # One is a string without end.
        refuse_unsafe(text)


def test_an_escape_beyond_unicode_is_left_as_it_is():
    refuse_unsafe('SELECT * { ?s ?p "\\UFFFFFFFF" }')


LENGTH = 300_000


@pytest.mark.parametrize(
    "unit",
    ['\\"""\n', '\\"', "'", "'''a", "<a", "a.b-", "?x :service ", "a:%", "\\u0041", "_:a."],
)
def test_time_goes_with_the_length_whatever_is_written(unit):
    """Two runs compared, and no clock: in square time the long one would take 10,000 times more."""

    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        began = time.process_time()
        with suppress(InvalidQuery):
            refuse_unsafe(text)
        return time.process_time() - began

    short = max(seconds(LENGTH // 100) for _ in range(5))
    # The better of two: the memory of all the tests before may be looked through in between.
    assert min(seconds(LENGTH) for _ in range(2)) < 2000 * max(short, 0.001)


def test_an_iri_full_of_brackets_and_services_takes_no_time():
    with suppress(InvalidQuery):
        refuse_unsafe("ASK { <" + ")" * 100_000 + "SERVICE" * 10_000 + "> ?p ?o }")


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ('SELECT * {\n ?s ?p "open }', "line 2, column 8"),
        ("SELECT * { ?s ?p '''open }", "line 1, column 18"),
        ('SELECT * { VALUES ?x { """a" } SERVICE <urn:x> { ?s ?p ?o } }', "line 1, column 24"),
    ],
)
def test_a_string_that_does_not_end_is_refused_where_it_begins(query, place):
    with pytest.raises(InvalidQuery) as refusal:
        refuse_unsafe(query)
    assert refusal.value.subject in (place, "SERVICE")


def test_brackets_may_stand_within_each_other_as_people_write_them():
    refuse_unsafe("SELECT * " + "{" * 400 + "}" * 400)
    with pytest.raises(InvalidQuery, match="500 brackets"):
        refuse_unsafe("SELECT * " + "{" * 501)
