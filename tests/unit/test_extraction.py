"""A document to all that is known of it: pure, verifiable, silent about restricted text."""

from __future__ import annotations

import csv
import io
import json

import pytest

from amic_kg.graph.quads import document_triples
from amic_kg.index.documents import indexed_passages
from amic_kg.iris import Iris
from amic_kg.ports import QueryRequest
from amic_kg.records import Page, ParsedDocument

TEXT = (
    "Kevitsan kaivoksen vedet\n\n"
    "Kevitsan kaivos on Sodankylässä. Kaivosvesien sulfaatti poistetaan saostamalla. "
    "GTK:n mukaan nikkeliä on 0,3 %."
)
SECRET = "Salainenlause"


@pytest.fixture
def extract(extractor):
    def extract(*texts, **given):
        arguments = {
            "key": None,
            "sha256": "ab" * 32,
            "file_name": "vedet.pdf",
            "metadata": {},
            "pipeline_version": "1",
            **given,
        }
        pages = tuple(Page(number, text) for number, text in enumerate(texts, 1))
        return extractor.extract(ParsedDocument("application/pdf", pages), **arguments)

    return extract


def test_the_document_has_record_language_passages_mentions_and_subjects(extract):
    found, analysed = extract(TEXT)
    assert found.language == "fi"
    assert found.record.title == {"fi": "Kevitsan kaivoksen vedet"}
    assert [passage.text for passage in found.passages] == [a.passage.text for a in analysed]
    named = {(mention.type, mention.surface) for mention in found.mentions}
    assert {
        ("Site", "Kevitsan kaivoksen"),
        ("Organization", "GTK:n"),
        ("Commodity", "nikkeliä"),
    } <= named
    assert found.subjects
    unmentioned = {s for s in found.subjects if s.entity not in {m.entity for m in found.mentions}}
    # Librarians name the wider subject too; without a mention it must be surer.
    assert all(subject.score >= 0.3 for subject in unmentioned)


@pytest.mark.parametrize("language", ["se", "smn", "de", "und"])
def test_a_language_that_we_have_no_words_for_is_read_as_far_as_it_goes(extract, language):
    """What is told of a document goes before what its text looks like."""
    text = (
        "Sámegielat rádio ja sápmelaččat: Yle Sámi guldalandutkamuš. Sámi residents near Kevitsa "
        "oppose the mine, if the water is not clean; the municipality of Sodankylä and GTK do not. "
        "Asukkaat vastustavat Kevitsan kaivosta, jos vesi ei ole puhdasta. "
        "Invånarna är emot gruvan."
    )
    found, _ = extract(text, metadata={"language": language, "title": {language: text[:43]}})
    assert found.passages


def test_a_mention_is_quoted_verbatim_with_what_stands_around_it(extract):
    found, _ = extract("Ensimmäinen sivu on tässä.", TEXT)
    assert found.mentions
    for mention in found.mentions:
        page = found.pages[mention.page - 1].text
        assert page[mention.start : mention.end] == mention.surface
        assert page[: mention.start].endswith(mention.prefix)
        assert page[mention.end :].startswith(mention.suffix)
        assert len(mention.prefix) <= 32
        assert len(mention.suffix) <= 32
        assert found.passages[mention.passage - 1].page == mention.page


def test_a_given_key_is_kept_and_an_identifier_gives_one(extract):
    assert extract(TEXT, key="mine")[0].key == "mine"
    assert extract(TEXT, metadata={"identifier": "10.1234/x"})[0].key == "doi-10.1234-x"
    assert len(extract(TEXT)[0].key) == 16


def test_the_same_input_gives_the_same_triples(extract):
    first, second = extract(TEXT)[0], extract(TEXT)[0]
    assert first == second
    assert document_triples(first, Iris()) == document_triples(second, Iris())


def test_a_document_without_text_has_a_record_all_the_same(extract):
    found, analysed = extract("", metadata={"title": "Poster"})
    assert found.record.title == {"und": "Poster"}
    assert (found.passages, found.mentions, found.subjects, analysed) == ((), (), (), [])
    assert found.language == "und"


def test_a_language_given_is_not_guessed(extract):
    assert extract("Kevitsa Sakatti", language="sv")[0].language == "sv"


class TestRestricted:
    @pytest.fixture
    def restricted(self, extract):
        metadata = {"title": "Muistio", "abstract": "Tiivistelmä.", "accessRights": "restricted"}
        return extract(f"{SECRET} {TEXT}", metadata=metadata)

    def test_its_text_is_nowhere_in_the_graph(self, restricted):
        found, _ = restricted
        triples = document_triples(found, Iris()).decode()
        assert found.mentions
        assert "restricted" in triples
        assert "Muistio" in triples
        for words in (SECRET, "saostamalla", "oa#Annotation", "TextQuoteSelector"):
            assert words not in triples

    def test_its_text_is_nowhere_in_the_index(self, restricted, extractor):
        found, analysed = restricted
        entries = indexed_passages(found, analysed, extractor.analyzer, extractor.vocabulary)
        assert [entry.text for entry in entries] == ["Tiivistelmä."]
        assert SECRET.lower() not in repr(entries).lower()
        assert "saostamalla" not in repr(entries)

    def test_without_title_and_abstract_its_first_line_does_not_leak(self, extract, extractor):
        found, analysed = extract(f"{SECRET} {TEXT}", metadata={"accessRights": "Closed"})
        entries = indexed_passages(found, analysed, extractor.analyzer, extractor.vocabulary)
        shown = document_triples(found, Iris()).decode() + repr(entries)
        assert SECRET.lower() not in shown.lower()
        assert "vedet" in shown


class TestWholeCorpus:
    """The samples, as they stand in the stores."""

    def rows(self, samples, query):
        answer = samples.graph.answer(QueryRequest(query, {"rows": "text/csv"}))
        return list(csv.DictReader(io.StringIO(answer.body.decode("utf-8"), newline="")))

    def test_all_samples_are_published(self, sample_run, corpus):
        _, report = sample_run
        documents = [path for path in corpus.iterdir() if not path.name.endswith(".json")]
        assert report.found == report.count("published") == len(documents) == 22
        assert report.pages == 54

    def test_every_quote_is_found_again_at_its_place_on_its_page(self, samples):
        found = self.rows(
            samples,
            "SELECT ?document ?page ?exact ?prefix ?suffix ?start ?end { ?a a oa:Annotation ;"
            " oa:hasTarget [ oa:hasSource ?document ; oa:hasSelector [ rdf:value ?page ;"
            " oa:refinedBy [ oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix ] ,"
            " [ oa:start ?start ; oa:end ?end ] ] ] }",
        )
        assert len(found) > 1000
        texts: dict[tuple[str, int], str] = {}
        for row in found:
            key = row["document"].rsplit("/", 1)[1]
            number = int(row["page"].removeprefix("page="))
            if (key, number) not in texts:
                texts[key, number] = samples.documents.page_text(key, number)
            page, start, end = texts[key, number], int(row["start"]), int(row["end"])
            assert page[start:end] == row["exact"], row
            assert page[:start].endswith(row["prefix"]), row
            assert page[end:].startswith(row["suffix"]), row

    def test_every_mention_and_subject_is_known_or_a_named_candidate(self, samples, vocabulary):
        found = self.rows(
            samples,
            "SELECT DISTINCT ?thing { { ?a oa:hasBody ?thing ."
            " FILTER NOT EXISTS { ?thing a mrdi:Statement } } UNION { ?d dcterms:subject ?thing }"
            " UNION { ?d schema:mentions ?thing } }",
        )
        assert found
        unknown = {row["thing"] for row in found if row["thing"] not in vocabulary}
        proposed = self.rows(
            samples,
            "SELECT DISTINCT ?thing { ?thing mrdi:reviewStatus mrdi:status-proposed ;"
            " skos:prefLabel ?label }",
        )
        assert unknown == {row["thing"] for row in proposed}

    def test_the_restricted_sample_shows_its_record_and_not_its_words(self, samples):
        document = next(
            d for d in samples.documents.documents(limit=50) if d.record.access == "restricted"
        )
        iri = samples.iris.output(document.key)
        titles = self.rows(samples, f"SELECT ?title {{ <{iri}> dcterms:title ?title }}")
        assert [row["title"] for row in titles] == list(document.record.title.values())
        assert self.rows(samples, f"SELECT ?a {{ ?a oa:hasTarget/oa:hasSource <{iri}> }}") == []
        lines = samples.documents.page_text(document.key, 2).splitlines()
        for sentence in [line for line in lines if len(line) > 80]:
            words = " ".join(sentence.split()[1:7])
            results = samples.searcher.search(f'"{words}"', language="fi")
            assert document.key not in {found.document.key for found in results.found}

    def test_the_words_of_the_public_samples_can_be_found_by_phrase(self, samples):
        document = next(
            d for d in samples.documents.documents(limit=50) if d.file_name.startswith("06-")
        )
        text = samples.documents.page_text(document.key, 1)
        sentence = next(line for line in text.splitlines() if len(line) > 80)
        words = " ".join(sentence.split()[3:9])
        results = samples.searcher.search(f'"{words}"', language="en")
        assert document.key in [found.document.key for found in results.found]

    def test_languages_of_the_samples_are_told(self, samples):
        found = {d.file_name[:2]: d.language for d in samples.documents.documents(limit=50)}
        expected = {
            "01": "fi",
            "02": "en",
            "04": "sv",
            "05": "fi",
            "07": "sv",
            "19": "fi",
            "22": "en",
        }
        assert {number: found[number] for number in expected} == expected

    def test_a_document_in_three_languages_has_passages_in_three(self, samples):
        results = samples.searcher.search(
            "osallistuminen", language="fi", size=50, filters={"language": ("sv",)}
        )
        assert "20" in {found.document.file_name[:2] for found in results.found}

    def test_the_record_survives_the_ledger(self, samples, corpus):
        for document in samples.documents.documents(limit=50):
            sidecar = corpus / f"{document.file_name}.metadata.json"
            if not sidecar.exists():
                continue
            given = json.loads(sidecar.read_text("utf-8"))
            assert document.record.issued == given["issued"]
            assert list(document.record.subjects) == given["subject"]
            assert list(document.record.work_packages) == given["workPackage"]
