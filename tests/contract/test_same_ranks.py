"""Both search engines give the same passages the same scores, and so the same ranks."""

from __future__ import annotations

import pytest

from amic_kg.extract.concepts.matcher import VocabularyMatcher
from amic_kg.language import Analyzer
from amic_kg.ontology import load_vocabulary
from amic_kg.retrieval import SearchRequest
from amic_kg.search.understanding import QueryReader

pytestmark = pytest.mark.elasticsearch

QUERIES = (
    ("kaivosvesi", "fi"),
    ("kaivosvesien puhdistus", "fi"),
    ("mine water", "en"),
    ("gruvvatten", "sv"),
    ("sulfate removal", "en"),
    ("sulfaatin poisto Lapissa", "fi"),
    ("poronhoito", "fi"),
    ("reindeer herding and mining", "en"),
    ("hyväksyttävyys", "fi"),
    ("social licence to operate", "en"),
    ("förtroende", "sv"),
    ("mine closure tailings", "en"),
    ('"mine closure"', "en"),
    ('"waste rock" cover', "en"),
    ("vaahdotus", "fi"),
    ("flotation", "en"),
    ("kriittiset raaka-aineet", "fi"),
    ("cobalt nickel", "en"),
    ("Juuka vuolukivi", "fi"),
    ("GTK", "en"),
    ("Lapin ammattikorkeakoulu", "fi"),
    ("Kittilä", "fi"),
    ("drone geophysics", "en"),
    ("pölyn ja melun seuranta", "fi"),
    ("stakeholder interviews survey", "en"),
    ("samråd med invånare", "sv"),
    ("EU", "sv"),
    ("kaivos", "fi"),
)


@pytest.fixture(scope="module")
def reader() -> QueryReader:
    vocabulary, analyzer = load_vocabulary(), Analyzer()
    return QueryReader(vocabulary, analyzer, VocabularyMatcher(vocabulary, analyzer))


@pytest.mark.parametrize("every_term", [True, False], ids=["every", "any"])
@pytest.mark.parametrize(("text", "language"), QUERIES)
def test_ranks_are_equal(both_engines, reader, text, language, every_term):
    understood = reader.understand(text, language)
    request = SearchRequest(
        terms=understood.terms, phrases=understood.phrases, every_term=every_term, passages=1000
    )
    embedded, elastic = (index.search(request) for index in both_engines)
    scores = {(hit.document, hit.number): hit.score for hit in embedded.hits}
    # Equal scores are equal ranks but for ties; the engines count in single precision.
    assert {(hit.document, hit.number): hit.score for hit in elastic.hits} == pytest.approx(
        scores, rel=1e-5
    )
    assert elastic.documents == embedded.documents
    assert elastic.facets == embedded.facets
    for answer in (embedded, elastic):
        falling = [hit.score for hit in answer.hits]
        assert falling == sorted(falling, reverse=True)


def test_the_queries_find_something(both_engines, reader):
    found = 0
    for text, language in QUERIES:
        understood = reader.understand(text, language)
        request = SearchRequest(terms=understood.terms, phrases=understood.phrases)
        found += bool(both_engines[0].search(request).documents)
    assert found >= 0.8 * len(QUERIES)


def test_a_list_without_a_query_has_the_same_order(both_engines):
    for filters in ({}, {"language": ("fi", "sv")}):
        lists = [
            [hit.document for hit in index.search(SearchRequest(filters=filters)).hits]
            for index in both_engines
        ]
        assert lists[0] == lists[1]
