"""What every SearchIndex does, whatever engine is behind it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from amic_kg.retrieval import (
    FACETS,
    IndexedPassage,
    QueryTerm,
    SearchAnswer,
    SearchIndex,
    SearchRequest,
)

WATER = "https://w3id.org/amic/vocab/theme/mine-water"
KEVITSA = "https://w3id.org/amic/id/site/kevitsa"


def passage(document: str, number: int = 0, words: str = "", **facts: object) -> IndexedPassage:
    """A passage whose surfaces are its lemmas."""
    plain = IndexedPassage(
        document=document,
        number=number,
        page=number + 1,
        language="en",
        kind="Report",
        year=2024,
        access="open",
        surface=words,
        lemma=words,
        parts="",
        title="",
        concepts=(),
        text=words,
    )
    return replace(plain, **facts)  # type: ignore[arg-type]


def put(index: SearchIndex, *passages: IndexedPassage) -> None:
    index.replace_documents({each.document for each in passages}, passages)
    index.commit()


def term(word: str, **further: tuple[str, ...]) -> QueryTerm:
    return QueryTerm(word, lemmas=(word,), **further)


def ask(index: SearchIndex, *words: str, every_term: bool = True, **filters: str) -> SearchAnswer:
    return index.search(
        SearchRequest(
            terms=tuple(term(word) for word in words),
            every_term=every_term,
            filters={facet: (value,) for facet, value in filters.items()},
        )
    )


def places(answer: SearchAnswer) -> set[tuple[str, int]]:
    return {(hit.document, hit.number) for hit in answer.hits}


class TestWriting:
    def test_an_index_that_was_never_written_is_empty(self, index):
        assert index.count() == 0
        answer = ask(index, "water")
        assert answer.hits == ()
        assert answer.documents == 0
        assert answer.facets == {facet: {} for facet in FACETS}

    def test_it_is_ready(self, index):
        assert index.ready()

    def test_a_passage_comes_back_as_it_was_put(self, index):
        put(index, passage("a", 3, "mine water", page=7, page_label="vii", text="Mine water…"))
        (hit,) = ask(index, "water").hits
        assert (hit.document, hit.number, hit.page, hit.page_label) == ("a", 3, 7, "vii")
        assert (hit.language, hit.text) == ("en", "Mine water…")
        assert hit.score > 0

    def test_nothing_is_seen_before_commit(self, index):
        index.replace_documents(["a"], [passage("a", words="water")])
        assert index.count() == 0
        assert not ask(index, "water").hits
        index.commit()
        assert places(ask(index, "water")) == {("a", 0)}

    def test_a_removal_is_not_seen_before_commit_either(self, index):
        put(index, passage("a", words="water"))
        index.replace_documents(["a"], [])
        assert index.count() == 1
        index.commit()
        assert index.count() == 0

    def test_a_document_is_replaced_with_all_its_passages(self, index):
        put(index, *(passage("a", n, "old water") for n in range(5)), passage("b", 0, "old water"))
        put(index, passage("a", 0, "new water"), passage("a", 1, "new water"))
        assert places(ask(index, "old")) == {("b", 0)}
        assert places(ask(index, "water")) == {("a", 0), ("a", 1), ("b", 0)}

    def test_a_document_replaced_twice_before_commit_is_what_it_was_last(self, index):
        put(index, *(passage("a", n, "first") for n in range(4)))
        index.replace_documents(["a"], [passage("a", n, "second") for n in range(3)])
        index.replace_documents(["a"], [passage("a", 0, "third")])
        index.commit()
        assert index.count() == 1
        assert places(ask(index, "third")) == {("a", 0)}

    def test_a_document_with_no_passages_left_is_gone(self, index):
        put(index, passage("a", words="water"), passage("b", words="water"))
        index.replace_documents(["a"], [])
        index.commit()
        assert places(ask(index, "water")) == {("b", 0)}

    def test_what_a_writer_left_uncommitted_does_not_outlive_its_replacement(self, open_index):
        dead = open_index()
        dead.replace_documents(["a"], [passage("a", n, "stale") for n in range(4)])
        # A killed process commits nothing; what the engine kept of it is for the next to clear.
        dead.close()
        index = open_index()
        put(index, passage("a", 0, "fresh"))
        assert index.count() == 1
        assert not ask(index, "stale").hits

    def test_keys_that_begin_alike_are_told_apart(self, index):
        put(index, passage("report", words="water"), passage("report-2", words="water"))
        index.replace_documents(["report"], [])
        index.commit()
        assert places(ask(index, "water")) == {("report-2", 0)}

    def test_another_handle_sees_what_was_committed(self, open_index):
        writer, reader = open_index(), open_index()
        put(writer, passage("a", words="water"))
        assert places(ask(reader, "water")) == {("a", 0)}
        put(writer, passage("a", words="gold"))
        assert not ask(reader, "water").hits

    def test_more_passages_than_one_request_holds_are_all_put(self, index):
        text = "ö" * 9000
        put(index, *(passage("a", n, "water", text=text) for n in range(700)))
        assert index.count() == 700


class TestMatching:
    @pytest.fixture
    def stock(self, index):
        put(
            index,
            passage("both", words="mine water treatment"),
            passage("mine", words="mine closure"),
            passage("water", words="clean water"),
            passage("none", words="reindeer herding"),
        )
        return index

    def test_every_term_must_be_met(self, stock):
        assert places(ask(stock, "mine", "water")) == {("both", 0)}

    def test_one_term_is_enough_when_not_every_one_must_be_met(self, stock):
        answer = ask(stock, "mine", "water", every_term=False)
        assert places(answer) == {("both", 0), ("mine", 0), ("water", 0)}
        assert answer.hits[0].document == "both"

    def test_without_terms_every_passage_matches_in_a_fixed_order(self, stock):
        answer = stock.search(SearchRequest())
        assert [hit.document for hit in answer.hits] == ["both", "mine", "none", "water"]

    def test_a_longer_list_begins_with_the_shorter_one(self, index):
        put(index, *(passage(f"d{n:02}", words="water") for n in range(30)))
        short = index.search(SearchRequest(terms=(term("water"),), passages=7)).hits
        long = index.search(SearchRequest(terms=(term("water"),), passages=20)).hits
        assert len(short) == 7
        assert long[:7] == short

    def test_a_phrase_stands_as_it_is_and_in_order(self, index):
        put(
            index,
            passage("so", words="the mine closure plan"),
            passage("turned", words="closure of the mine closure"),
            passage("apart", words="mine and closure"),
        )
        answer = index.search(SearchRequest(phrases=(("mine", "closure"),)))
        assert places(answer) == {("so", 0), ("turned", 0)}

    def test_a_phrase_of_one_word_looks_at_surfaces_alone(self, index):
        put(
            index,
            passage("lemma", surface="kaivokset", lemma="kaivos"),
            passage("surface", surface="kaivos", lemma="kaivos"),
        )
        assert places(index.search(SearchRequest(phrases=(("kaivos",),)))) == {("surface", 0)}

    def test_terms_and_phrases_must_both_be_met(self, stock):
        request = SearchRequest(terms=(term("treatment"),), phrases=(("mine", "water"),))
        assert places(stock.search(request)) == {("both", 0)}
        request = replace(request, terms=(term("closure"),))
        assert not stock.search(request).hits

    def test_a_part_of_a_compound_finds_it_below_the_word_itself(self, index):
        put(
            index,
            passage("compound", words="kaivosvesi joki ranta", parts="kaivos vesi"),
            passage("word", words="kaivos joki ranta"),
        )
        assert [hit.document for hit in ask(index, "kaivos").hits] == ["word", "compound"]

    def test_a_concept_reaches_a_passage_in_another_language(self, index):
        put(
            index,
            passage("fi", words="kaivosvesi", language="fi", concepts=(WATER,)),
            passage("sv", words="gruvvatten", language="sv", concepts=(WATER,)),
            passage("en", words="reindeer"),
        )
        request = SearchRequest(terms=(term("gruvvatten", concepts=(WATER,)),))
        assert [hit.language for hit in index.search(request).hits] == ["sv", "fi"]

    def test_tokens_are_taken_as_they_were_prepared(self, index):
        put(index, passage("a", words="EU:n 3,5 PFAS-yhdiste Ylöjärvi β " + "x" * 300))
        for word in ("EU:n", "3,5", "PFAS-yhdiste", "Ylöjärvi", "β", "x" * 300):
            assert places(ask(index, word)) == {("a", 0)}, word
        for word in ("eu:n", "pfas-yhdiste", "yhdiste", "ylojarvi", "x" * 255):
            assert not ask(index, word).hits, word

    def test_a_word_of_the_title_counts_more_than_one_of_the_text(self, index):
        put(
            index,
            passage("text", words="nickel deposit", title="annual report"),
            passage("title", words="copper deposit", title="nickel report"),
        )
        assert ask(index, "nickel").hits[0].document == "title"


class TestFiltersAndFacets:
    @pytest.fixture
    def stock(self, index):
        named = {"site": (KEVITSA,), "creator": ("Maija Meikäläinen",)}
        put(
            index,
            *(
                passage("a", n, "water", year=2020, work_packages=(1, 2), facets=named)
                for n in range(3)
            ),
            *(passage("b", n, "water", language="fi", kind="Thesis") for n in range(2)),
            passage("c", 0, "water", year=None, language="sv", concepts=(WATER,)),
            passage("d", 0, "gold", language="fi"),
        )
        return index

    def test_documents_are_counted_and_not_passages(self, stock):
        answer = ask(stock, "water")
        assert answer.documents == 3
        assert set(answer.facets) == set(FACETS)
        assert {facet: dict(counts) for facet, counts in answer.facets.items() if counts} == {
            "language": {"en": 1, "fi": 1, "sv": 1},
            "kind": {"Report": 2, "Thesis": 1},
            "year": {"2020": 1, "2024": 1},
            "work_package": {"1": 1, "2": 1},
            "site": {KEVITSA: 1},
        }

    def test_they_are_counted_beyond_the_hits_that_are_given(self, stock):
        answer = stock.search(SearchRequest(terms=(term("water"),), passages=1))
        assert len(answer.hits) == 1
        assert answer.documents == 3

    @pytest.mark.parametrize(
        ("facet", "value", "documents"),
        [
            ("language", "fi", {"b"}),
            ("kind", "Report", {"a", "c"}),
            ("year", "2020", {"a"}),
            ("work_package", "2", {"a"}),
            ("concept", WATER, {"c"}),
            ("site", KEVITSA, {"a"}),
            ("creator", "Maija Meikäläinen", {"a"}),
            ("document", "b", {"b"}),
            ("language", "se", set()),
        ],
    )
    def test_a_filter_narrows(self, stock, facet, value, documents):
        answer = ask(stock, "water", **{facet: value})
        assert {hit.document for hit in answer.hits} == documents
        assert answer.documents == len(documents)

    def test_of_several_values_one_must_hold(self, stock):
        request = SearchRequest(terms=(term("water"),), filters={"language": ("fi", "sv")})
        assert {hit.document for hit in stock.search(request).hits} == {"b", "c"}

    def test_several_filters_must_all_hold(self, stock):
        assert not ask(stock, "water", language="fi", year="2020").hits

    def test_a_facet_is_counted_as_if_it_did_not_narrow(self, stock):
        answer = ask(stock, "water", kind="Thesis")
        assert answer.facets["kind"] == {"Report": 2, "Thesis": 1}
        assert answer.facets["language"] == {"fi": 1}
        answer = ask(stock, "water", language="sv", kind="Report")
        assert answer.documents == 1
        assert answer.facets["language"] == {"en": 1, "sv": 1}
        assert answer.facets["kind"] == {"Report": 1}
        assert not answer.facets["site"]

    def test_a_facet_of_the_document_holds_for_the_passages_that_answer(self, index):
        put(
            index,
            passage("a", 0, "nickel", facets={"commodity": ("n", "c"), "theme": ("t",)}),
            passage("a", 1, "water", facets={"commodity": ("n", "c"), "theme": ("t",)}),
            passage("b", 4, "water", facets={"commodity": ("n",)}),
        )
        answer = ask(index, "water", commodity="c")
        assert places(answer) == {("a", 1)}
        assert answer.facets["commodity"] == {"n": 2, "c": 1}
        assert answer.facets["theme"] == {"t": 1}

    def test_only_the_facets_asked_for_are_counted(self, stock):
        request = SearchRequest(facets=("kind",), filters={"language": ("fi",)})
        assert stock.search(request).facets == {"kind": {"Report": 1, "Thesis": 1}}
        assert stock.search(replace(request, facets=())).documents == 2

    def test_a_document_put_anew_is_counted_by_its_new_facets(self, index):
        put(index, passage("a", words="water", facets={"site": (KEVITSA,)}))
        put(index, passage("a", words="water", facets={"site": ("other",)}))
        assert ask(index, "water").facets["site"] == {"other": 1}
        assert not ask(index, "water", site=KEVITSA).hits

    def test_a_filter_leaves_scores_as_they_are(self, stock):
        free = {(h.document, h.number): h.score for h in ask(stock, "water").hits}
        for hit in ask(stock, "water", language="fi").hits:
            assert hit.score == pytest.approx(free[hit.document, hit.number])

    def test_a_filter_alone_lists_what_it_leaves(self, stock):
        answer = stock.search(SearchRequest(filters={"language": ("fi",)}))
        assert [hit.document for hit in answer.hits] == ["b", "b", "d"]
        assert answer.documents == 2


class TestSortedByDate:
    @pytest.fixture
    def dated(self, index):
        days = {"a": "2017", "b": "2017-05-31", "c": None, "d": "2020-01", "e": "1998", "f": None}
        put(
            index,
            *(passage(key, n, "water", issued=day) for key, day in days.items() for n in range(3)),
            passage("g", words="gold", issued="2021"),
        )
        return index

    @pytest.mark.parametrize(("order", "keys"), [("newest", "dbaecf"), ("oldest", "eabdcf")])
    def test_each_document_stands_once_and_the_undated_last(self, dated, order, keys):
        request = SearchRequest(terms=(term("water"),))
        assert dated.by_date(request, order, 0, 10) == tuple(keys)

    def test_pages_have_neither_gap_nor_repeat(self, dated):
        request = SearchRequest(terms=(term("water"),))
        pages = [dated.by_date(request, "newest", first, 2) for first in (0, 2, 4, 6)]
        assert pages == [("d", "b"), ("a", "e"), ("c", "f"), ()]

    def test_filters_hold(self, dated):
        request = SearchRequest(filters={"document": ("a", "d", "g")})
        assert dated.by_date(request, "oldest", 0, 2) == ("a", "d")

    def test_an_index_that_was_never_written_has_no_documents(self, index):
        assert index.by_date(SearchRequest(), "newest", 0, 10) == ()


class TestWithTheSampleCorpus:
    def test_all_passages_are_there(self, library, sample_passages):
        assert library.count() == len(sample_passages)

    def test_every_document_is_counted_once(self, library, sample_passages):
        keys = {each.document for each in sample_passages}
        answer = library.search(SearchRequest())
        assert answer.documents == len(keys)
        assert sum(answer.facets["language"].values()) >= len(keys)
        assert sum(answer.facets["kind"].values()) == len(keys)

    def test_a_value_counts_the_documents_that_it_leaves(self, library):
        counts = library.search(SearchRequest()).facets
        for facet in FACETS:
            for value, documents in list(counts[facet].items())[:3]:
                left = library.search(SearchRequest(filters={facet: (value,)}, facets=()))
                assert left.documents == documents, (facet, value)
        for facet in ("place", "commodity", "theme", "organization", "site", "source"):
            assert counts[facet], facet

    def test_of_a_restricted_document_one_public_entry_is_there(self, library, sample_passages):
        restricted = {each.document for each in sample_passages if each.access == "restricted"}
        hits = library.search(SearchRequest(passages=1000)).hits
        assert restricted
        for key in restricted:
            assert sum(hit.document == key for hit in hits) == 1
