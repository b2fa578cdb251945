"""Searches within SPARQL are read as they are written, and give way to what was found."""

from __future__ import annotations

import re
from collections import Counter

import pyoxigraph as ox
import pytest

from amic_kg.errors import InvalidQuery
from amic_kg.graph.sparql_search import (
    FOUND_BY_DEFAULT,
    LONGEST_TEXT,
    MOST_SEARCHES,
    SEARCH,
    SEARCH_SERVICE,
    Search,
    searches_in,
    with_found,
    with_nothing_found,
    words_literal,
)
from amic_kg.graph.sparql_text import refuse_unsafe

WORDS = 'search:text "kaivosvesi"'


def only(query: str) -> Search:
    (search,) = searches_in(query)
    return search


def block(query: str, search: Search) -> str:
    return query[search.start : search.end]


def test_a_search_says_what_is_looked_for_and_what_is_wanted_of_it():
    query = """SELECT * {
      ?d dcterms:title ?title .
      SERVICE search: {
        ?d search:text "mine water" ; search:language "fi" ; search:limit 12 ;
           search:score ?score ; search:passage ?words ; search:page ?page ; search:fragment ?at .
      }
    }"""
    search = only(query)
    assert block(query, search).startswith("SERVICE search: {")
    assert block(query, search).endswith("?at .\n      }")
    assert (search.text, search.language, search.limit) == ("mine water", "fi", 12)
    assert search.document == "?d"
    assert search.outputs == (
        ("score", "?score"),
        ("passage", "?words"),
        ("page", "?page"),
        ("fragment", "?at"),
    )


def test_text_alone_is_enough():
    search = only(f"SELECT * {{ SERVICE search: {{ ?d {WORDS} }} }}")
    assert search.limit == FOUND_BY_DEFAULT
    assert (search.language, search.spoken, search.outputs) == (None, "", ())


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ SERVICE <{SEARCH}> {{ ?d <{SEARCH}text> 'kaivosvesi' }} }}",
        f"PREFIX s: <{SEARCH}> SELECT * {{ service s: {{ ?d s:text 'kaivosvesi' }} }}",
        f"PREFIX : <{SEARCH}>\nSELECT*{{SERVICE : {{?d :text'kaivosvesi'}}}}",
        f"SELECT * {{ SERVICE <{SEARCH_SERVICE}> {{ ?d {WORDS} }} }}",
        f"SELECT*{{SERVICE<{SEARCH}>{{$d search:text'''kaivosvesi'''}}}}",
        f"SELECT * {{ SERVICE SILENT search: {{ ?d {WORDS} }} }}",
        f"SELECT * {{ SERVICE # here\n search: # there\n {{ ?d {WORDS} . }} }}",
        f"SELECT * {{ SERVICE search: {{ ?d {WORDS} ; . }} }}",
        f"SELECT * {{ SERVICE search: {{ ?d {WORDS} ; search:page ?p.?d search:score ?s }} }}",
        f"PREFIX search: <{SEARCH}> SELECT*{{SERVICE search: {{?d {WORDS}}}}}",
    ],
)
def test_it_may_be_written_as_sparql_allows(query):
    assert only(query).text == "kaivosvesi"
    ox.Store().query(with_found(query, searches_in(query), [[]]), prefixes={"search": SEARCH})


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r'"\"mine water\""', '"mine water"'),
        (r"'it\'s'", "it's"),
        (r'"p\u00F6ly"', "pöly"),
        (r'"p\U000000F6ly"', "pöly"),
        (r'"a\tb\\u0022"', "a\tb\\u0022"),
        ('"""two\nlines"""', "two\nlines"),
        ('"# } SERVICE"', "# } SERVICE"),
    ],
)
def test_escapes_in_the_text_stand_for_their_characters(written, text):
    assert only(f"SELECT * {{ SERVICE search: {{ ?d search:text {written} }} }}").text == text


def test_the_language_tag_of_the_text_says_in_which_language_it_is_read():
    search = only('SELECT * { SERVICE search: { ?d search:text "pöly"@fi-FI ; search:page ?p } }')
    assert (search.spoken, search.language) == ("fi", None)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o }",
        "SELECT * { SERVICE <http://192.0.2.1/> { ?s ?p ?o } }",
        f"PREFIX search: <urn:x> SELECT * {{ SERVICE search: {{ ?d {WORDS} }} }}",
        f"SELECT * {{ SERVICE other: {{ ?d {WORDS} }} }}",
        f"SELECT * {{ ?s ?p ?u SERVICE ?u {{ ?d {WORDS} }} }}",
        f"SELECT * {{ ?s ?p 'SERVICE search: {{ ?d {WORDS} }}' }}",
        f"SELECT * {{ # SERVICE search: {{ ?d {WORDS} }}\n }}",
        "SELECT * { GRAPH search: { ?service ?p ?o } }",
        f"SELECT * {{ \\u0053ERVICE search: {{ ?d {WORDS} }} }}",
    ],
)
def test_anything_else_is_no_search(query):
    assert searches_in(query) == ()


@pytest.mark.parametrize(
    ("within", "cause", "remedy"),
    [
        ("", "has no text", "?document search:text"),
        ("?d search:page ?p", "has no text", ""),
        ("?d search:text ' '", "has no text", ""),
        ("?d search:text ¶?words", "takes a constant", "mine water"),
        ("?d search:text ¶'a'^^xsd:string", "takes a constant", "mine water"),
        ("?d search:text ¶STR(?words)", "takes a constant", "mine water"),
        (f"?d {WORDS} ; search:limit ¶?n", "takes a constant", "a whole number"),
        (f"?d {WORDS} ; search:limit ¶-1", "takes a constant", "a whole number"),
        (f"?d {WORDS} ; search:limit ¶0", "search:limit is 0", "from 1 to"),
        (f"?d {WORDS} ; search:limit ¶100000", "is 100000", "from 1 to"),
        (f"?d {WORDS} ; search:language ¶'xx'", "'xx' is no language", "fi, en, sv"),
        (f"?d {WORDS} ; search:language ¶?l", "takes a constant", "in quotes"),
        (f"?d {WORDS} ; search:language 'fi'¶@fi", "as triples alone", ""),
        (f"?d {WORDS} ; search:page ¶3", "needs a variable", "FILTER"),
        (f"?d {WORDS} ; search:page ¶?d", "?d is bound", "another variable"),
        (f"?d {WORDS} ; search:page ?p ; search:score ¶$p", "$p is bound", "another variable"),
        (f"?d {WORDS} ; ¶search:title ?t", "'search:title' is no term", "outside of SERVICE"),
        (f"?d {WORDS} ; ¶dcterms:title ?t", "'dcterms:title' is no term", "search:score"),
        (f"?d {WORDS} ; ¶a mrdi:Report", "'a' is no term", "outside of SERVICE"),
        (f"?d {WORDS} ; ¶{WORDS}", "stands here twice", "Leave one"),
        (f"¶<urn:d> {WORDS}", "a variable is expected", "?document"),
        (f"¶[] {WORDS}", "a variable is expected", "?document"),
        (f"?d {WORDS} . ¶?e search:page ?p", "?d is expected", ""),
        (f"?d {WORDS} ¶FILTER(?d != 1)", "as triples alone", "Put ; or }"),
        (f"?d {WORDS}¶, 'pöly'", "as triples alone", ""),
        (f"?d {WORDS} ¶{{ ?a ?b ?c }}", "as triples alone", ""),
        (f"?d search:text ¶'{'a' * (LONGEST_TEXT + 1)}'", "longer than", "fewer words"),
    ],
)
def test_a_search_that_is_not_written_as_one_is_told_with_its_place(within, cause, remedy):
    """The place is marked by ¶; where no single word is wrong it is that of the search."""
    marked = f"SELECT * {{\n  SERVICE search: {{ {within} }} }}"
    line = marked.splitlines()[1]
    column = (line.index("¶") if "¶" in line else line.index("SERVICE")) + 1
    with pytest.raises(InvalidQuery) as refusal:
        searches_in(marked.replace("¶", ""))
    assert refusal.value.subject == f"line 2, column {column}"
    assert cause in refusal.value.cause
    assert remedy in refusal.value.remedy


@pytest.mark.parametrize("length", range(1, 12))
def test_a_search_that_breaks_off_is_told_with_a_place(length):
    whole = f"SERVICE search: {{ ?d {WORDS} ; search:limit 3 ; search:page"
    text = " ".join(whole.split(" ")[: length + 3])
    with pytest.raises(InvalidQuery, match="line 1, column"):
        searches_in(text)


def test_there_is_a_bound_to_how_many_searches_a_query_makes():
    one = f"{{ SERVICE search: {{ ?d {WORDS} }} }}"
    searches_in(" UNION ".join([one] * MOST_SEARCHES))
    with pytest.raises(InvalidQuery, match=f"line 1, column .* more than {MOST_SEARCHES}"):
        searches_in(" UNION ".join([one] * (MOST_SEARCHES + 1)))


A, B, C = "<urn:a>", "<urn:b>", "<urn:c>"
FOUND = [f'({A} 2.5e0 "vesi"@fi)', f'({B} 1.0e0 "water"@en)', "(<urn:z> 0.5e0 UNDEF)"]
HIT = f"SERVICE search: {{ ?d {WORDS} ; search:score ?s ; search:passage ?w }}"

JOINS = [
    (f"SELECT ?d ?s {{ {HIT} }}", {("a", "2.5"), ("b", "1"), ("z", "0.5")}),
    (f"SELECT ?d ?t {{ ?d :title ?t . {HIT} }}", {("a", "Kaivos"), ("b", "Gruva")}),
    (f"SELECT ?d ?t {{ {HIT} ?d :title ?t }}", {("a", "Kaivos"), ("b", "Gruva")}),
    (f"SELECT ?d ?t {{ {HIT} . ?d :title ?t . }}", {("a", "Kaivos"), ("b", "Gruva")}),
    (
        f"SELECT ?d ?s {{ ?d :title ?t OPTIONAL {{ {HIT} FILTER(?s > 2) }} }}",
        {("a", "2.5"), ("b", ""), ("c", "")},
    ),
    (
        f"SELECT ?d ?w {{ {{ {HIT} FILTER(?s < 2) }} UNION {{ ?d :title 'Mine' }} }}",
        {("b", "water"), ("z", ""), ("c", "")},
    ),
    (f"SELECT ?d {{ ?d :title ?t MINUS {{ {HIT} }} }}", {("c",)}),
    (f"SELECT ?d {{ ?d :title ?t FILTER EXISTS {{ {HIT} }} }}", {("a",), ("b",)}),
    (f"SELECT ?d {{ ?d :title ?t {{ SELECT ?d {{ {HIT} }} }} }}", {("a",), ("b",)}),
    (f"SELECT ?d ?o {{ {HIT} GRAPH ?g {{ ?d :names ?o }} }}", {("a", "gtk")}),
    (f"SELECT ?d ?x {{ {HIT} BIND(?s * 2 AS ?x) }}", {("a", "5"), ("b", "2"), ("z", "1")}),
    (f"SELECT ?n {{ {{ SELECT (COUNT(*) AS ?n) {{ {HIT} }} }} }}", {("3",)}),
    (
        f"SELECT ?d ?e {{ {HIT} SERVICE search: {{ ?e search:text 'pöly' }} FILTER(?d != ?e) }}",
        {("b", "a"), ("z", "a")},
    ),
]


@pytest.mark.parametrize(("query", "expected"), JOINS)
def test_what_was_found_joins_with_the_rest_of_the_query(query, expected):
    store = ox.Store()
    for subject, predicate, value in (
        ("a", "title", ox.Literal("Kaivos")),
        ("b", "title", ox.Literal("Gruva")),
        ("c", "title", ox.Literal("Mine")),
        ("a", "names", ox.NamedNode("urn:gtk")),
    ):
        store.add(
            ox.Quad(
                ox.NamedNode(f"urn:{subject}"),
                ox.NamedNode(f"urn:{predicate}"),
                value,
                ox.NamedNode("urn:g"),
            )
        )
    searches = searches_in(query)
    filled = with_found(query, searches, [FOUND, [f"({A})"]][: len(searches)])
    refuse_unsafe(filled)
    results = store.query(filled, prefixes={"": "urn:"}, use_default_graph_as_union=True)
    assert isinstance(results, ox.QuerySolutions)
    found = [
        tuple(term.value.removeprefix("urn:") if term else "" for term in row) for row in results
    ]
    assert Counter(found) == Counter(expected)


def test_no_solution_is_no_solution_and_the_unknown_one_binds_nothing():
    query = f"SELECT * {{ {HIT} }}"
    search = only(query)
    for rows, number in (([], 0), ([search.unknown], 1)):
        results = ox.Store().query(with_found(query, [search], [rows]))
        assert isinstance(results, ox.QuerySolutions)
        assert [variable.value for variable in results.variables] == ["d", "s", "w"]
        found = [list(row) for row in results]
        assert found == [[None, None, None]] * number


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ {HIT} ?d :x }}",
        f"SELECT * {{\n  SERVICE search: {{\n ?d {WORDS} ;\n search:page ?p }} ?d :x }}",
        f"SELECT * {{ SERVICE search: {{ ?d {WORDS}\n}} {HIT}\n {HIT} ?d :x }}",
        f"PREFIX s:<{SEARCH}> SELECT*{{SERVICE s: {{?d s:text'a';s:page?p}}?d :x }}",
        f"SELECT * {{ ?d :x . {HIT} }} }}",
    ],
)
def test_without_what_was_found_every_character_behind_keeps_its_place(query):
    without = with_nothing_found(query, searches_in(query))
    assert "SERVICE" not in without
    assert without.count("\n") == query.count("\n")
    last, written = without.split("\n")[-1], query.split("\n")[-1]
    assert len(last) == len(written)
    end = max(search.end for search in searches_in(query))
    assert without.endswith(query[end:])


@pytest.mark.parametrize(
    "words",
    [
        'a " quote',
        "it's",
        "a \\ backslash at the end \\",
        r"\n is no line",
        "two\n  lines\tand more",
        'x" } SERVICE <http://192.0.2.1/> { ?s ?p "',
        r"x\u0022 } SERVICE <http://192.0.2.1/> { ?s ?p \u0022",
        r"x\\U00000022 } SERVICE <http://192.0.2.1/> { ?s ?p \\U00000022",
    ],
)
def test_words_of_a_document_stay_words_in_every_reading(words):
    query = f"SELECT * {{ {HIT} }}"
    row = f"({A} 1.0e0 {words_literal(words, 'en')})"
    filled = with_found(query, searches_in(query), [[row]])
    # As a store reads it that resolves codepoint escapes first, and as one that does not.
    escaped = re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", '"', filled)
    assert escaped == filled
    refuse_unsafe(filled)
    results = ox.Store().query(filled)
    assert isinstance(results, ox.QuerySolutions)
    (found,) = results
    expected = re.sub(r"\\(?=[uU])", "/", " ".join(words.split()))
    assert found["w"] == ox.Literal(expected, language="en")


def test_another_service_beside_a_search_is_refused_all_the_same():
    query = f"SELECT * {{ {HIT} SERVICE <http://192.0.2.1/> {{ ?s ?p ?o }} }}"
    with pytest.raises(InvalidQuery, match="SERVICE: is refused"):
        refuse_unsafe(with_found(query, searches_in(query), [FOUND]))


def test_a_search_within_another_service_is_refused_with_it():
    query = f"SELECT * {{ SERVICE <http://192.0.2.1/> {{ {HIT} }} }}"
    with pytest.raises(InvalidQuery, match="SERVICE: is refused"):
        refuse_unsafe(with_found(query, searches_in(query), [FOUND]))


@pytest.mark.parametrize("unit", ["SERVICE ", "SERVICE search: ", "PREFIX a: <b> ", "search:text "])
def test_a_hostile_text_is_looked_through_and_left(unit):
    assert searches_in("SELECT * { " + unit * (90_000 // len(unit))) == ()


def test_a_text_that_is_too_long_is_not_looked_through():
    query = f"SELECT * {{ {HIT} }} #{'a' * 100_000}"
    assert searches_in(query) == ()
    with pytest.raises(InvalidQuery, match="SERVICE: is refused"):
        refuse_unsafe(query)
