"""Extractions as index entries: prepared streams, concepts with all above them, page labels."""

from __future__ import annotations

import pytest

from amic_kg.index.documents import indexed_passages
from amic_kg.records import Page, ParsedDocument


@pytest.fixture
def index(extractor):
    def index(*pages, **metadata):
        extraction, analysed = extractor.extract(
            ParsedDocument("application/pdf", pages),
            key="k1",
            sha256="ab" * 32,
            file_name="a.pdf",
            metadata=metadata,
            pipeline_version="1",
        )
        return indexed_passages(extraction, analysed, extractor.analyzer, extractor.vocabulary)

    return index


def test_streams_hold_one_token_a_word_in_order(index, analyzer):
    (entry,) = index(Page(1, "Kaivosvesien sulfaatti poistetaan Kevitsassa saostamalla hyvin."))
    assert entry.surface.split()[:2] == ["kaivosvesien", "sulfaatti"]
    assert entry.lemma.split()[:2] == ["kaivosvesi", "sulfaatti"]
    assert len(entry.surface.split()) == len(entry.lemma.split()) == 6
    assert {"kaivos", "vesi"} <= set(entry.parts.split())


def test_concepts_come_with_all_that_is_broader(index):
    (entry,) = index(Page(1, "Kevitsan kaivos on suuri ja tärkeä nikkelikaivos Lapissa."))
    base = "https://w3id.org/amic/id/"
    assert {f"{base}site/kevitsa", f"{base}place/sodankyla", f"{base}place/lappi"} <= set(
        entry.concepts
    )


def test_facets_and_page_labels_stand_with_each_passage(index):
    entries = index(
        Page(1, "Tämä on raportin ensimmäinen sivu, ja se on suomeksi.", label="i"),
        Page(2, "This is the second page of the report, and it is in English."),
        type="Report",
        issued="2018-03",
        workPackage=[1, 3],
        title="Kaivosvedet",
        language="fi",
    )
    assert [(e.page, e.page_label, e.language) for e in entries] == [
        (1, "i", "fi"),
        (2, None, "en"),
    ]
    assert {(e.kind, e.year, e.work_packages, e.access) for e in entries} == {
        ("Report", 2018, (1, 3), "open")
    }
    assert all("kaivosvesi" in entry.title.split() for entry in entries)


def test_a_document_without_text_is_found_by_title_and_abstract(index):
    (entry,) = index(
        Page(1, ""), title="Kaivoskartta", abstract="Kaivoskartta Lapista vuodelta 1950."
    )
    assert entry.text == "Kaivoskartta Lapista vuodelta 1950."
    assert entry.page == 1


def test_a_restricted_document_has_one_entry_with_its_subjects(index):
    (entry,) = index(
        Page(1, "Kevitsan kaivoksen nikkeli on tärkeää."),
        Page(2, "Toinen sivu kertoo kaivosvesistä."),
        title="Muistio",
        accessRights="restricted",
    )
    assert entry.access == "restricted"
    assert entry.text == "Muistio"
    assert any(concept.endswith("/nickel") for concept in entry.concepts)


def test_facets_are_of_the_whole_document_and_stand_with_each_passage(index):
    entries = index(
        Page(1, "Kevitsan kaivos on suuri ja tärkeä nikkelikaivos Lapissa."),
        Page(2, "This is the second page of the report, and it is in English."),
    )
    base = "https://w3id.org/amic/"
    assert len(entries) == 2
    for entry in entries:
        assert entry.facets["site"] == (f"{base}id/site/kevitsa",)
        assert f"{base}id/place/sodankyla" in entry.facets["place"]
        assert f"{base}vocab/commodity/nickel" in entry.facets["commodity"]
        assert "critical" in entry.facets["raw_material"]


def test_of_a_restricted_document_facets_tell_its_subjects_alone(index):
    (entry,) = index(
        Page(1, "Kevitsan kaivos mainitaan tässä kerran. Muuten puhutaan poroista ja poroista."),
        title="Porot",
        accessRights="restricted",
    )
    assert "site" not in entry.facets
