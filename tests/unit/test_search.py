"""The search box over the samples: what is understood, found, marked, counted and paged."""

from __future__ import annotations

import pytest

from amic_kg.retrieval import SearchRequest


@pytest.fixture(scope="module")
def search(samples):
    def search(text, **given):
        return samples.searcher.search(text, **given)

    return search


@pytest.fixture(scope="module")
def understand(samples):
    samples.searcher.warm()
    return lambda text, language="en": samples.searcher._reader.understand(text, language)


def files(results):
    return [found.document.file_name[:2] for found in results.found]


def snippet(passage):
    return "".join(piece.text for piece in passage.snippet)


class TestUnderstanding:
    def test_a_word_has_its_base_forms_in_each_language_that_knows_it(self, understand):
        (term,) = understand("kaivoksen").terms
        assert term.lemmas == ("kaivos",)
        (term,) = understand("mines").terms
        assert term.lemmas[0] == "mine"

    def test_a_word_names_concepts_in_whatever_language(self, understand):
        found = {
            word: {entity.iri for entity in understand(word).entities}
            for word in ("kaivosvesi", "mine water", "gruvvatten")
        }
        assert found["kaivosvesi"] & found["mine water"] & found["gruvvatten"]

    def test_a_name_in_lower_case_is_understood(self, understand):
        assert any(e.iri.endswith("/kevitsa") for e in understand("kevitsa").entities)
        assert any(e.iri.endswith("/gtk") for e in understand("gtk").entities)

    def test_function_words_are_left_out(self, understand):
        assert [term.surface for term in understand("the water of the mine").terms] == [
            "water",
            "mine",
        ]
        assert [term.surface for term in understand("mitä on kaivosvesi", "fi").terms] == [
            "kaivosvesi"
        ]

    def test_a_query_of_function_words_alone_keeps_them(self, understand):
        assert [term.surface for term in understand("the of").terms] == ["the", "of"]

    def test_quoted_words_are_a_phrase(self, understand):
        found = understand('"Mine Closure" tailings')
        assert found.phrases == (("mine", "closure"),)
        assert [term.surface for term in found.terms] == ["tailings"]

    @pytest.mark.parametrize("text", ["", "   ", '""', "\x00", "…", '"', "%$#@!"])
    def test_what_holds_no_word_asks_for_nothing(self, understand, text):
        found = understand(text)
        assert (found.terms, found.phrases) == ((), ())


class TestFinding:
    @pytest.mark.parametrize("words", ["kaivosvesi", "mine water", "gruvvatten"])
    def test_one_question_finds_documents_in_all_three_languages(self, search, words):
        results = search(words, size=50)
        languages = {found.document.language for found in results.found[:10]}
        assert languages == {"fi", "en", "sv"}
        assert "05" in files(results)

    def test_the_bridge_between_languages_says_so(self, search):
        results = search("gruvvatten", language="fi", size=50)
        finnish = next(f for f in results.found if f.document.file_name.startswith("05"))
        assert any("=" in why or "kaivosve" in why for why in finnish.why)

    def test_an_inflected_word_finds_what_its_base_form_finds(self, search):
        inflected, base = search("poronhoidosta", size=50), search("poronhoito", size=50)
        assert files(inflected)[0] == files(base)[0] == "08"

    def test_part_of_a_compound_is_found(self, search):
        assert "05" in files(search("sulfaatti", size=50))

    def test_a_mine_is_found_by_its_municipality(self, search):
        assert search("Sodankylä", size=50).total > 0

    def test_all_words_must_be_met(self, search):
        both = search("sulfaatti poronhoito", size=50)
        assert both.total <= min(search("sulfaatti").total, search("poronhoito").total)

    def test_where_no_document_has_all_words_some_are_enough_and_it_is_said(self, search):
        results = search("sulfaatti xyzzyqwert", size=50)
        assert results.relaxed
        assert results.total > 0
        assert not search("sulfaatti").relaxed

    def test_a_phrase_stands_word_by_word(self, search):
        assert "06" in files(search('"mine closure"', size=50))
        assert search('"closure mine closure"').total == 0

    def test_a_misspelt_word_gets_a_suggestion(self, search):
        results = search("kaivosvsei", language="fi")
        assert results.total == 0
        assert results.suggestion == "kaivosvesi"
        assert search(results.suggestion).total > 0

    def test_a_suggestion_changes_the_unknown_word_alone(self, search):
        suggestion = search('nickel taillings "x y"').suggestion
        assert suggestion == 'nickel tailings "x y"'

    def test_what_is_like_nothing_gets_no_suggestion(self, search):
        results = search("xyzzyqwert")
        assert (results.total, results.suggestion, results.found) == (0, None, ())

    @pytest.mark.parametrize(
        "text",
        ['"', "((", "a AND b", "*:*", "title:x", "kaivos~2", "\\", "x" * 10_000, "😀", "a\nb"],
    )
    def test_no_text_upsets_the_box(self, search, text):
        assert search(text).took_ms >= 0


class TestPassages:
    def test_the_hit_is_marked_in_a_sentence_of_the_text(self, search, samples):
        results = search("poronhoito", language="fi")
        for found in results.found:
            assert any(piece.hit for piece in found.passages[0].snippet), found.document.file_name
            for passage in found.passages:
                text = samples.documents.page_text(found.document.key, passage.page)
                assert snippet(passage).removeprefix("… ").removesuffix(" …") in text

    def test_a_hit_through_a_concept_is_marked_in_the_other_language(self, search):
        results = search("reindeer herding", size=50)
        finnish = next(f for f in results.found if f.document.file_name.startswith("08"))
        marked = {p.text.lower() for passage in finnish.passages for p in passage.snippet if p.hit}
        assert any(word.startswith("poron") for word in marked)

    def test_a_snippet_is_short(self, search):
        for found in search("kaivos", size=50).found:
            assert all(len(snippet(passage)) < 500 for passage in found.passages)

    def test_pages_and_their_printed_labels_are_told(self, search):
        results = search("stakeholder analysis", size=50)
        report = next(f for f in results.found if f.document.file_name.startswith("09"))
        assert all(passage.page >= 1 for passage in report.passages)
        assert any(passage.page_label for passage in report.passages)

    def test_the_best_passage_comes_first(self, search):
        for found in search("kaivosvesi", size=50).found:
            scores = [passage.score for passage in found.passages]
            assert scores == sorted(scores, reverse=True)
            assert found.score == scores[0]


class TestRestricted:
    def test_a_restricted_document_is_found_by_its_title_and_shows_no_text(self, search, samples):
        restricted = next(
            d for d in samples.documents.documents(limit=50) if d.record.access == "restricted"
        )
        results = search(restricted.record.title_in("fi"), language="fi", size=50)
        found = next(f for f in results.found if f.document.key == restricted.key)
        public = " ".join((*restricted.record.title.values(), *restricted.record.abstract.values()))
        for passage in found.passages:
            text = snippet(passage).removeprefix("… ").removesuffix(" …")
            assert " ".join(text.split()) in " ".join(public.split())


class TestFacetsAndPaging:
    def test_facets_count_documents(self, search):
        results = search("", size=50)
        assert results.total == 22
        assert sum(results.facets["kind"].values()) == 22
        assert results.facets["year"]["2017"] > 0
        assert set(results.facets["work_package"]) == {"1", "2", "3"}

    @pytest.mark.parametrize(
        ("facet", "value"),
        [("language", "sv"), ("kind", "Report"), ("year", "2017"), ("work_package", "2")],
    )
    def test_a_filter_keeps_as_many_as_its_facet_counted(self, search, facet, value):
        counted = search("kaivos", size=50).facets[facet][value]
        narrowed = search("kaivos", size=50, filters={facet: (value,)})
        assert narrowed.total == counted == len(narrowed.found)
        assert set(narrowed.facets[facet]) >= {value}

    def test_two_values_of_one_facet_are_alternatives_and_two_facets_both_hold(self, search):
        def total(**filters):
            return search("", filters=filters).total

        assert total(kind=("Report",)) + total(kind=("Guide",)) == total(kind=("Report", "Guide"))
        assert total(kind=("Report",), year=("2017",)) <= total(kind=("Report",))

    def test_a_filter_by_concept_takes_in_what_is_narrower(self, search):
        base = "https://w3id.org/amic/id/place/"
        lapland = search("", filters={"concept": (f"{base}lappi",)}).total
        town = search("", filters={"concept": (f"{base}sodankyla",)}).total
        assert 0 < town <= lapland

    def test_a_value_that_no_document_has_gives_nothing(self, search):
        assert search("kaivos", filters={"kind": ("Song",)}).total == 0

    @pytest.mark.parametrize("text", ["kaivosvesi", "nikkeli", ""])
    @pytest.mark.parametrize("size", [1, 3, 5])
    def test_pages_of_results_neither_overlap_nor_leave_gaps(self, search, text, size):
        total = search(text).total
        paged = [
            found.document.key
            for offset in range(0, total + size, size)
            for found in search(text, size=size, offset=offset).found
        ]
        assert len(paged) == len(set(paged)) == total
        assert paged[: min(total, 10)] == [f.document.key for f in search(text, size=10).found]

    def test_beyond_the_end_there_is_nothing(self, search):
        results = search("nikkeli", offset=500)
        assert results.found == ()
        assert results.total > 0

    def test_the_same_question_gets_the_same_answer(self, search):
        assert search("kaivos", size=50).found == search("kaivos", size=50).found


class TestIndex:
    def test_every_passage_is_counted(self, samples):
        answer = samples.index.search(SearchRequest(passages=1000))
        assert samples.index.count() == len(answer.hits) > 100
        assert answer.documents == samples.documents.count()

    def test_at_most_so_many_passages_come_as_were_asked_for(self, samples):
        assert len(samples.index.search(SearchRequest(passages=7)).hits) == 7
