"""Which documents are one work: copies, versions, and what only looks like it."""

from __future__ import annotations

import pytest

from amic_kg.likeness.faces import face
from amic_kg.likeness.grouping import members
from amic_kg.likeness.pairs import likeness
from amic_kg.likeness.signature import Signature, sign
from amic_kg.records import RECORD_MEDIA_TYPE, BibliographicRecord, StoredDocument
from amic_kg.works import Likeness

SENTENCES = [
    f"Observation {n} of the tailings pond {n * 7} was made by crew {n * 3}." for n in range(90)
]
TEXT = " ".join(SENTENCES)
TITLE = "Mine water in the north of Finland"


def shown(key="a", text=TEXT, title=TITLE, media_type="application/pdf", **record):
    stored = StoredDocument(
        key=key, sha256="ab", media_type=media_type, file_name="a.pdf", language="en",
        record=BibliographicRecord({"en": title}, **record),
        page_count=1, pipeline_version="1", published="2026-11-25T12:00:00+00:00",
    )  # fmt: skip
    return face(stored, sign([text]))


def catalogued(key="b", **record):
    return shown(key, "", media_type=RECORD_MEDIA_TYPE, **record)


def relation(one, other):
    found = likeness(one, other)
    assert likeness(other, one) == found
    return (found.relation, found.reason) if found else None


class TestSignature:
    def test_is_the_same_wherever_pages_and_lines_break(self):
        broken = TEXT.replace("observation", "obser-\nvation").replace(". ", ".\n\n")
        assert sign([broken[:500], broken[500:]]).likeness(sign([TEXT])) > 0.95

    def test_tells_how_much_two_texts_share(self):
        half = sign([" ".join(SENTENCES[:60] + ["Quite another thing. " * 3] * 1)])
        assert half.likeness(sign([TEXT])) == pytest.approx(2 / 3, abs=0.12)

    def test_of_a_short_text_tells_nothing(self):
        assert sign(["Too short."]).likeness(sign([TEXT])) is None

    def test_texts_that_are_alike_share_a_band(self):
        other = sign([TEXT + " One sentence more about the same pond."])
        assert set(other.bands()) & set(sign([TEXT]).bands())

    def test_does_not_change_from_process_to_process(self):
        # It is kept in the ledger: were it other tomorrow, nothing would be found again.
        assert sign([TEXT]).values[:8].hex() == "a1c7091d5aecf20d"


class TestPairs:
    def test_the_same_text_is_a_copy_whatever_the_titles(self):
        assert relation(shown(), shown("b", title="scan 001")) == ("copy", "text")

    def test_most_of_a_text_under_a_like_title_is_a_version(self):
        draft = " ".join(SENTENCES[:60])
        assert relation(shown(), shown("b", draft, f"{TITLE}: a draft")) == ("version", "text")

    def test_most_of_a_text_under_another_title_is_nothing(self):
        draft = " ".join(SENTENCES[:60])
        assert relation(shown(), shown("b", draft, "How crews work")) is None

    def test_two_years_of_a_form_are_no_copies(self):
        one, other = (
            shown(key, title=f"Survey of residents {y}") for key, y in (("a", 2019), ("b", 2020))
        )
        assert relation(one, other) == ("version", "text")

    def test_two_parts_of_a_series_that_share_much_are_not_one_work(self):
        part = shown("b", " ".join(SENTENCES[:60]), f"{TITLE}, part 2")
        assert relation(shown(title=f"{TITLE}, part 1"), part) is None

    def test_one_identifier_on_a_like_text_makes_a_copy(self):
        named = {"identifiers": ("urn:nbn:fi-fe1",)}
        other = shown("b", " ".join(SENTENCES[:60]), "Kansilehti", **named)
        assert relation(shown(**named), other) == ("copy", "identifier")

    def test_one_identifier_on_quite_another_text_makes_nothing(self):
        named = {"identifiers": ("urn:nbn:fi-fe1",)}
        appendix = shown("b", "The questionnaire asked whether people agree. " * 20, **named)
        assert relation(shown(**named), appendix) is None

    def test_an_isbn_may_be_that_of_the_book_a_chapter_stands_in(self):
        book = {"isbns": ("9789523444560",)}
        chapter = shown(
            "b", "Another chapter says other things of other places. " * 12, "Chapter two", **book
        )
        assert relation(shown(**book), chapter) is None

    def test_a_record_is_a_copy_of_the_text_with_its_title_makers_and_year(self):
        made = {"creators": ("Eskola, Pentti",), "issued": "1914"}
        record = catalogued(creators=("Pentti Eskola",), issued="1914")
        assert relation(shown(**made), record) == ("copy", "record")

    @pytest.mark.parametrize(
        "other",
        [
            {"creators": ("Canth, Minna",), "issued": "1914"},
            {"creators": ("Eskola, Pentti",), "issued": "1920"},
            {"creators": ("Eskola, Pentti",), "issued": "1914", "title": "Opinnäytetyö"},
        ],
    )
    def test_a_record_with_another_maker_year_or_title_is_not(self, other):
        title = other.get("title", TITLE)
        made = shown(title=title, creators=("Eskola, Pentti",), issued="1914")
        assert relation(made, catalogued(**other)) is None


def group(pairs, *faces, apart=()):
    likenesses = [
        Likeness(*sorted(p[:2]), p[2], "text", p[3] if len(p) > 3 else 0.9) for p in pairs
    ]
    found = members(likenesses, set(apart), {x.key: x for x in faces})
    back = members(likenesses[::-1], set(apart), {x.key: x for x in faces[::-1]})
    assert found == back
    return {key: (m.relation, m.of) for key, m in found.items()}


class TestGrouping:
    def test_the_fullest_copy_stands_for_the_others(self):
        found = group([("a", "b", "copy"), ("a", "c", "copy")],
                      shown(), shown("b", TEXT * 2), catalogued("c"))  # fmt: skip
        assert found == {"a": ("copy", "b"), "b": ("head", "b"), "c": ("copy", "b")}

    def test_an_open_copy_stands_for_a_fuller_restricted_one(self):
        found = group([("a", "b", "copy")], shown(), shown("b", TEXT * 2, access="restricted"))
        assert found["a"] == ("head", "a")

    def test_the_latest_version_stands_for_the_work_and_copies_stay_with_their_version(self):
        pairs = [("a", "b", "version"), ("b", "c", "copy")]
        old = shown("b", TEXT * 2, issued="2020"), shown("c", issued="2020")
        found = group(pairs, shown(issued="2024"), *old)
        assert found == {"a": ("head", "a"), "b": ("version", "a"), "c": ("copy", "b")}

    def test_what_a_curator_holds_apart_stays_apart_also_over_a_third(self):
        found = group([("a", "b", "copy", 0.95), ("b", "c", "copy", 0.9)],
                      shown(), shown("b"), shown("c"), apart=[("a", "c")])  # fmt: skip
        assert set(found) == {"a", "b"}

    def test_a_document_alone_is_no_work_of_several(self):
        assert group([], shown()) == {}


def test_a_signature_without_values_is_like_nothing():
    assert Signature(3, b"").likeness(Signature(3, b"")) is None
