"""The bibliographic record: whose word counts, and what is made of what people write."""

from __future__ import annotations

import pytest

from amic_kg.extract.bibliography import bibliographic_statements, build_record, language_code
from amic_kg.extract.front_matter import Field, FrontMatter
from amic_kg.records import Page

PAGES = (Page(1, "12.5.2018\nKaivosvesien hallinta pohjoisessa\nToinen rivi"),)


def record(given=None, embedded=None, *, pages=PAGES, name="raportti.pdf", language="fi"):
    return build_record(given or {}, embedded or {}, pages, name, language)


class TestTitle:
    def test_the_source_goes_before_the_file_and_the_file_before_the_first_page(self):
        assert record({"title": "A"}, {"title": "B"}).title == {"fi": "A"}
        assert record({}, {"title": "B"}).title == {"fi": "B"}
        assert record().title == {"fi": "Kaivosvesien hallinta pohjoisessa"}

    def test_an_empty_word_of_the_source_does_not_hide_that_of_the_file(self):
        assert record({"title": ""}, {"title": "B"}).title == {"fi": "B"}
        assert record({"title": None, "creator": []}, {"creator": "X"}).creators == ("X",)

    @pytest.mark.parametrize(
        "junk",
        [
            "untitled", "Document1", "Microsoft Word - raportti.doc", "PowerPoint Presentation",
            "Slide 1", "scan0001", "raportti_final.docx", "Kaavio.indd", "title",
        ],
    )  # fmt: skip
    def test_what_a_program_left_in_the_title_field_is_no_title(self, junk):
        assert record({}, {"title": junk}).title == {"fi": "Kaivosvesien hallinta pohjoisessa"}

    def test_a_title_that_only_begins_like_junk_is_kept(self):
        assert record({}, {"title": "Documenting mines"}).title == {"fi": "Documenting mines"}

    def test_without_any_line_of_words_the_file_name_serves(self):
        assert record(pages=(Page(1, "12 34\n—"),), name="Liite 3.pdf").title == {"fi": "Liite 3"}

    def test_addresses_are_no_title(self):
        mail = "@".join(("name", "example.org"))
        pages = (Page(1, f"https://example.org/a\n{mail}\nOikea otsikko tässä"),)
        assert record(pages=pages).title == {"fi": "Oikea otsikko tässä"}

    def test_a_file_name_cannot_bring_control_or_direction_characters_in(self):
        title = record(pages=(), name="a\nb\u202ec.pdf").title["fi"]
        assert title == "a bc"

    def test_titles_in_several_languages_are_kept(self):
        titles = {"fi": "Kaivos", "en": "Mine", "sv": " "}
        assert record({"title": titles}).title == {"fi": "Kaivos", "en": "Mine"}

    def test_a_tag_that_is_no_language_tag_becomes_und(self):
        titles = {"englanti": "a", "fin": "b", "de-AT": "c", "my title": "d"}
        assert record({"title": titles}).title == {"en": "a", "fi": "b", "de-AT": "c", "und": "d"}

    def test_the_title_is_in_the_language_that_the_record_names(self):
        assert record({"title": "A", "language": "swe"}).title == {"sv": "A"}

    def test_the_title_asked_in_a_language_falls_back_to_the_documents_own(self):
        found = record({"title": {"fi": "F", "en": "E"}, "language": ["fi"]})
        assert found.title_in("en") == "E"
        assert found.title_in("sv") == "F"


class TestLanguages:
    @pytest.mark.parametrize(
        ("written", "code"),
        [
            ("fi", "fi"), ("FIN", "fi"), ("fi-FI", "fi"), ("Finnish", "fi"), ("suomi", "fi"),
            ("eng", "en"), ("en_GB", "en"), ("swe", "sv"), ("Svenska", "sv"), ("sme", "se"),
            ("de", None), ("", None), ("klingon", None),
        ],
    )  # fmt: skip
    def test_languages_are_understood_as_they_are_written(self, written, code):
        assert language_code(written) == code

    def test_each_language_counts_once_and_unknown_ones_are_left_out(self):
        assert record({"language": ["fin", "fi", "de", "eng"]}).languages == ("fi", "en")

    def test_the_detected_language_serves_where_none_is_given(self):
        assert record().languages == ("fi",)
        assert record(language="und").languages == ()


class TestDates:
    @pytest.mark.parametrize(
        ("written", "issued", "year"),
        [
            ("2018", "2018", 2018),
            (2018, "2018", 2018),
            ("2018-02", "2018-02", 2018),
            ("2018-02-28", "2018-02-28", 2018),
            ("2018-02-28T12:00:00Z", "2018-02-28", 2018),
            ("2018-02-30", "2018-02", 2018),
            ("2018-13", "2018", 2018),
            ("2018-02-00", "2018-02", 2018),
            ("12.5.2018", None, None),
            ("0018", None, None),
            ("soon", None, None),
            ("", None, None),
            (None, None, None),
        ],
    )
    def test_a_date_is_kept_as_far_as_it_can_be(self, written, issued, year):
        found = record({"issued": written})
        assert (found.issued, found.year) == (issued, year)


class TestAccess:
    @pytest.mark.parametrize(
        "word",
        [
            "restricted", "Restricted", "closed", "embargoed", "restricted access",
            "info:eu-repo/semantics/closedAccess", "info:eu-repo/semantics/embargoedAccess",
            "http://purl.org/coar/access_right/c_16ec",
        ],
    )  # fmt: skip
    def test_what_is_called_restricted_is_restricted(self, word):
        assert record({"accessRights": word}).access == "restricted"
        assert record({"accessRights": ["open", word]}).access == "restricted"

    @pytest.mark.parametrize(
        "word", [None, "open", "openAccess", "http://purl.org/coar/access_right/c_abf2"]
    )
    def test_the_rest_is_open(self, word):
        assert record({"accessRights": word}).access == "open"

    def test_the_first_line_of_a_restricted_document_is_not_its_title(self):
        assert record({"accessRights": "restricted"}, name="muistio.docx").title == {
            "fi": "muistio"
        }


class TestFields:
    def test_strings_and_lists_of_strings_are_the_same(self):
        assert record({"creator": "A"}).creators == record({"creator": ["A"]}).creators == ("A",)
        assert record({"creator": ["A", " A ", "B", ""]}).creators == ("A", "B")

    def test_blanks_and_control_characters_are_folded(self):
        assert record({"creator": "A\n\t B\x00C"}).creators == ("A B C",)

    def test_half_characters_are_left_out(self):
        assert record({"creator": "A\ud800B"}).creators == ("AB",)

    @pytest.mark.parametrize(
        ("written", "kind"),
        [("Report", "Report"), ("report", "Report"), ("Master Thesis", "MasterThesis"),
         ("Song", "Output"), (None, "Output"), (["Guide", "Report"], "Guide")],
    )  # fmt: skip
    def test_the_kind_is_one_of_ours_or_plain_output(self, written, kind):
        assert record({"type": written}).kind == kind

    def test_work_packages_are_numbers(self):
        assert record({"workPackage": [1, "2", "x", "²", None]}).work_packages == (1, 2)

    def test_further_fields_are_taken_over(self):
        found = record(
            {"publisher": "P", "contributor": ["C"], "identifier": ["10.1/x"], "subject": "s",
             "isPartOf": "Series", "license": "CC-BY-4.0", "project": ["AMIC"],
             "abstract": {"en": "About."}}
        )  # fmt: skip
        assert found.publishers == ("P",)
        assert found.contributors == ("C",)
        assert found.identifiers == ("10.1/x",)
        assert found.subjects == ("s",)
        assert found.series == "Series"
        assert found.license == "CC-BY-4.0"
        assert found.projects == ("AMIC",)
        assert found.abstract == {"en": "About."}


def front(*fields):
    return FrontMatter(
        tuple(Field(name, value, 1, start, end, sure) for name, value, start, end, sure in fields)
    )


class TestFrontMatter:
    PAGE = "Eino Leino\nKaivosten vedet\nOhjaaja: Minna Canth\nToimeksiantaja: Josek Oy\n2019"
    READ = front(
        ("title", "Kaivosten vedet", 11, 26, 0.9),
        ("creator", "Leino, Eino", 0, 10, 0.85),
        ("supervisor", "Canth, Minna", 36, 47, 0.95),
        ("commissioner", "Josek Oy", 64, 72, 0.95),
        ("year", "2019", 73, 77, 0.9),
        ("doi", "10.1000/182", 73, 77, 0.97),
        ("keyword", "vesi", 73, 77, 0.5),
    )

    def built(self, given=None, embedded=None, read=READ):
        pages = (Page(1, self.PAGE),)
        return build_record(given or {}, embedded or {}, pages, "a.pdf", "fi", front_matter=read)

    def test_the_pages_go_before_the_file_and_the_source_before_both(self):
        assert self.built(embedded={"title": "B", "creator": "C"}).title == {
            "fi": "Kaivosten vedet"
        }
        assert self.built(embedded={"creator": "C"}).creators == ("Leino, Eino",)
        given = self.built({"title": "A", "creator": ["D"], "issued": "2020-01-01"})
        assert (given.title, given.creators, given.issued) == ({"fi": "A"}, ("D",), "2020-01-01")

    def test_an_unsure_title_gives_way_to_that_of_the_file_unless_that_is_junk(self):
        unsure = front(("title", "Jotain muuta", 0, 10, 0.5))
        assert self.built(embedded={"title": "B"}, read=unsure).title == {"fi": "B"}
        assert self.built(embedded={"title": "untitled"}, read=unsure).title == {
            "fi": "Jotain muuta"
        }

    def test_what_is_likelier_wrong_is_left_out(self):
        assert self.built().subjects == ()

    def test_the_day_of_the_file_counts_when_the_year_is_the_same(self):
        assert self.built(embedded={"issued": "2019-05-02"}).issued == "2019-05-02"
        assert self.built(embedded={"issued": "2021-05-02"}).issued == "2019"

    def test_supervisor_commissioner_and_identifier_are_of_the_record(self):
        found = self.built()
        assert found.supervisors == ("Canth, Minna",)
        assert found.commissioners == ("Josek Oy",)
        assert found.identifiers == ("10.1000/182",)
        assert self.built({"identifier": "10.1000/1"}).identifiers == ("10.1000/1",)

    def test_nothing_is_taken_from_the_pages_of_a_restricted_document(self):
        found = self.built({"accessRights": "restricted"})
        assert (found.title, found.creators, found.issued) == ({"fi": "a"}, (), None)
        assert (found.supervisors, found.identifiers) == ((), ())

    def test_each_statement_has_its_words(self):
        pages = (Page(1, self.PAGE),)
        told = bibliographic_statements(self.READ, pages)
        words = {(s.predicate.rsplit("/")[-1].split("#")[-1], s.object, s.surface) for s in told}
        assert ("creator", "Leino, Eino", "Eino Leino") in words
        assert ("supervisor", "Canth, Minna", "Minna Canth") in words
        assert ("issued", "2019", "2019") in words
        assert {s.subject for s in told} == {""}
        assert all(self.PAGE[s.start : s.end] == s.surface for s in told)
        assert not any("title" in s.predicate for s in told)

    def test_a_commissioner_that_the_registry_knows_is_told_by_its_iri(self):
        known = FrontMatter(
            (Field("commissioner", "Josek Oy", 1, 64, 72, 0.95, "https://x/josek"),)
        )
        (told,) = bibliographic_statements(known, (Page(1, self.PAGE),))
        assert (told.object, told.datatype) == ("https://x/josek", None)
