"""Duplicates: one work in several places, formats and versions; shown once, and reversible."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

from amic_kg.graph.generations import Generations
from amic_kg.records import RawDocument, Withdrawn
from tests.ingest.conftest import docx_bytes, pdf_bytes

SENTENCES = [
    f"Observation {n} of the tailings pond {n * 7} in Kevitsa was made by crew {n * 3}."
    for n in range(60)
]
DCTERMS = "http://purl.org/dc/terms/"


class Given:
    """A source that gives what it is told, under its own name."""

    expected = None
    left_out: dict[str, int] = {}  # noqa: RUF012 - as the port has it

    def __init__(self, name, *items):
        self.name = name
        self._items = items

    def documents(self):
        yield from self._items

    def settle(self):
        pass


@pytest.fixture
def document(tmp_path):
    """A document of a source, with its text on disk."""

    def document(source, name, sentences=SENTENCES, **metadata):
        path = tmp_path / f"{source}-{name}"
        path.write_text("\n\n".join(sentences), encoding="utf-8")
        return RawDocument(source, name, path, {"title": "Ponds of Kevitsa", **metadata})

    return document


@pytest.fixture
def works(bench):
    """File name to its part in a work, as (relation, file name of what it stands to)."""

    def works():
        services = bench.services()
        try:
            names = {d.key: d.file_name for d in services.documents.documents(limit=100)}
            assert services.ledger.unfinished.keys() == []
            return {
                names[key]: (member.relation, names[member.of])
                for key, member in services.ledger.works.members().items()
            }
        finally:
            services.close()

    return works


@pytest.fixture
def found(bench):
    """File names of the documents that a search finds."""

    def found(words="tailings pond"):
        services = bench.services()
        try:
            return sorted(
                x.document.file_name for x in services.searcher.search(words, size=50).found
            )
        finally:
            services.close()

    return found


def relations(bench):
    """The published triples on works, as (key, term, key)."""
    generations = Generations(bench.settings.data / "graph" / "generations")
    store = ox.Store.read_only(str(generations.path(generations.current())))
    graph = ox.NamedNode("https://w3id.org/amic/graph/works")
    return {
        (
            quad.subject.value.rsplit("/", 1)[-1],
            quad.predicate.value.removeprefix(DCTERMS),
            quad.object.value.rsplit("/", 1)[-1],
        )
        for quad in store.quads_for_pattern(None, None, None, graph)
    }


class TestCopies:
    def test_one_report_as_pdf_and_docx_is_found_once_and_stays_at_both_addresses(
        self, bench, write, works, found
    ):
        lines = SENTENCES[:45]
        pdf = write("report.pdf", pdf_bytes(lines, title="Ponds of Kevitsa"))
        word = write("report.docx", docx_bytes(lambda d: [d.add_paragraph(s) for s in lines]))
        report = bench.ingest(pdf, word)
        assert report.count("published") == 2
        assert len(report.works.copies) == 1
        relation = dict(works())
        assert sorted(kind for kind, _ in relation.values()) == ["copy", "head"]
        assert len(found()) == 1
        keys = {outcome.key for outcome in report.outcomes}
        assert {graph.rsplit("/", 1)[-1] for graph in bench.graphs()} >= keys
        copy = report.works.copies[0]
        head = (keys - {copy}).pop()
        assert relations(bench) == {(copy, "isFormatOf", head), (head, "hasFormat", copy)}

    def test_the_order_in_which_they_come_does_not_matter(self, bench, document, works, found):
        longer = document("theseus", "long.txt", [*SENTENCES, "And a closing word."])
        shorter = document("lauda", "short.txt")
        bench.ingest_from(Given("lauda", shorter))
        assert found() == ["lauda-short.txt"]
        bench.ingest_from(Given("theseus", longer))
        assert works()["lauda-short.txt"] == ("copy", "theseus-long.txt")
        assert found() == ["theseus-long.txt"]

    def test_a_copy_is_found_again_when_what_stood_for_it_is_withdrawn(
        self, bench, document, works, found
    ):
        longer = document("theseus", "long.txt", [*SENTENCES, "And a closing word."])
        bench.ingest_from(Given("theseus", longer))
        bench.ingest_from(Given("lauda", document("lauda", "short.txt")))
        assert found() == ["theseus-long.txt"]
        bench.ingest_from(Given("theseus", Withdrawn("theseus", "long.txt")))
        assert works() == {}
        assert found() == ["lauda-short.txt"]
        assert relations(bench) == set()

    def test_a_copy_that_gets_another_text_is_a_copy_no_longer(self, bench, document, works, found):
        bench.ingest_from(Given("theseus", document("theseus", "a.txt")))
        bench.ingest_from(Given("lauda", document("lauda", "b.txt", [*SENTENCES, "The end."])))
        assert works()
        other = document("lauda", "b.txt", ["The tailings pond was closed by the province."] * 20)
        bench.ingest_from(Given("lauda", other))
        assert works() == {}
        assert found() == ["lauda-b.txt", "theseus-a.txt"]

    def test_a_copy_stays_out_of_the_index_when_it_is_rebuilt(self, bench, document, found):
        bench.ingest_from(Given("theseus", document("theseus", "a.txt")))
        report = bench.ingest_from(
            Given("lauda", document("lauda", "b.txt", [*SENTENCES, "The end."]))
        )
        (copy,) = report.works.copies
        bench.rebuild(copy)
        assert found() == ["lauda-b.txt"]

    def test_works_of_a_ledger_from_before_are_found_without_reading_anything(
        self, bench, document, works
    ):
        bench.ingest_from(Given("theseus", document("theseus", "a.txt")))
        services = bench.services()
        with services.ledger._engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM signature")
            connection.exec_driver_sql("DELETE FROM clue")
        services.close()
        bench.ingest_from(Given("lauda", document("lauda", "b.txt", [*SENTENCES, "The end."])))
        assert works()["theseus-a.txt"] == ("copy", "lauda-b.txt")


class TestVersions:
    def test_a_later_edition_of_a_report_stands_for_the_work_and_both_are_found(
        self, bench, document, works, found
    ):
        old = document("theseus", "old.txt", issued="2019")
        new = document("theseus", "new.txt", [*SENTENCES[:50], *map(str.upper, SENTENCES[:5]), *(
            f"In the year after, channel {n} was widened by {n * 3} metres." for n in range(9)
        )], issued="2021")  # fmt: skip
        bench.ingest_from(Given("theseus", old, new))
        assert works() == {
            "theseus-old.txt": ("version", "theseus-new.txt"),
            "theseus-new.txt": ("head", "theseus-new.txt"),
        }
        assert found() == ["theseus-new.txt", "theseus-old.txt"]
        assert {term for _, term, _ in relations(bench)} == {"isVersionOf", "hasVersion"}

    def test_what_stood_at_a_place_before_is_remembered(self, bench, document):
        bench.ingest_from(Given("theseus", document("theseus", "a.txt")))
        report = bench.ingest_from(Given("theseus", document("theseus", "a.txt", ["Quite new."])))
        (key,) = [outcome.key for outcome in report.outcomes]
        services = bench.services()
        try:
            (earlier,) = services.works.earlier(key)
            assert earlier.sha256 != services.documents.document(key).sha256
            assert earlier.page_count == 1
        finally:
            services.close()


class TestOneIdentifier:
    URN = "urn:nbn:fi-fe201801011234"
    FULLER = (*SENTENCES, "What the other repository left out.")

    @pytest.mark.parametrize("first", ["fuller", "lesser"])
    def test_in_two_repositories_gives_one_document_with_the_fuller_text(
        self, bench, document, first
    ):
        fuller = document("theseus", "1.txt", self.FULLER, identifier=[self.URN])
        lesser = document("lauda", "2.txt", identifier=[self.URN])
        order = [Given("theseus", fuller), Given("lauda", lesser)]
        for source in order if first == "fuller" else order[::-1]:
            bench.ingest_from(source)
        services = bench.services()
        try:
            (stored,) = services.documents.documents(limit=10)
            places = services.ledger.locations_of(stored.key)
            text = services.documents.page_text(stored.key, 1)
        finally:
            services.close()
        assert [place.source for place in places] == ["theseus", "lauda"]
        assert text.endswith("left out.")
        # Neither is read again for nothing.
        for source in order:
            again = bench.ingest_from(source)
            assert [outcome.note for outcome in again.outcomes] == ["unchanged"]
            assert bench.prepared == []

    def test_both_in_one_run_say_which_was_kept(self, bench, document):
        fuller = document("theseus", "1.txt", self.FULLER, identifier=[self.URN])
        lesser = document("theseus", "2.txt", identifier=[self.URN])
        report = bench.ingest_from(Given("theseus", lesser, fuller))
        notes = {outcome.source: outcome.note for outcome in report.outcomes}
        assert notes["1.txt"] is None
        assert "as 1.txt, which says more" in notes["2.txt"]

    def test_the_other_takes_its_place_when_it_is_withdrawn(self, bench, document):
        fuller = document("theseus", "1.txt", self.FULLER, identifier=[self.URN])
        lesser = document("lauda", "2.txt", identifier=[self.URN])
        bench.ingest_from(Given("theseus", fuller))
        bench.ingest_from(Given("lauda", lesser))
        bench.ingest_from(Given("theseus", Withdrawn("theseus", "1.txt")))
        services = bench.services()
        try:
            # The text that was taken back is nowhere; the source of the other asks for it again.
            assert services.documents.documents(limit=10) == []
            assert services.ledger.feed("lauda").due() == ["2.txt"]
        finally:
            services.close()
        report = bench.ingest_from(Given("lauda", lesser))
        assert [outcome.state for outcome in report.outcomes] == ["published"]

    def test_a_place_that_holds_the_document_may_say_less_in_its_next_version(
        self, bench, document
    ):
        bench.ingest_from(Given("lauda", document("lauda", "2.txt", identifier=[self.URN])))
        shorter = document("lauda", "2.txt", SENTENCES[:20], identifier=[self.URN])
        report = bench.ingest_from(Given("lauda", shorter))
        assert [outcome.state for outcome in report.outcomes] == ["published"]


class TestDecisions:
    @pytest.fixture
    def pair(self, bench, document, monkeypatch):
        monkeypatch.setenv("AMIC_DATA", str(bench.settings.data))
        bench.ingest_from(Given("theseus", document("theseus", "a.txt")))
        longer = document("lauda", "b.txt", [*SENTENCES, "The end."])
        report = bench.ingest_from(Given("lauda", longer))
        (copy,) = report.works.copies
        return copy, report.outcomes[0].key

    def test_the_command_tells_which_are_one_work_and_why(self, amic, pair):
        shown = amic("works").out
        assert all(key in shown for key in pair)
        assert "of their text" in shown
        (work,) = json.loads(amic("works", "--json").out)
        assert work["head"] == pair[1]
        assert [member["relation"] for member in work["members"]] == ["head", "copy"]

    def test_held_apart_both_are_found_at_once_and_after_the_next_run(
        self, amic, bench, pair, document, works, found
    ):
        assert "a work of its own" in amic("works", "apart", *pair, "--note", "two surveys").out
        assert works() == {}
        assert found() == ["lauda-b.txt", "theseus-a.txt"]
        bench.ingest_from(Given("third", document("third", "c.txt", ["Something else."])))
        assert found() == ["lauda-b.txt", "theseus-a.txt"]
        assert "Now they are one work" in amic("works", "undecided", *pair).out
        assert found() == ["lauda-b.txt"]

    def test_brought_together_they_are_one_work_whatever_they_say(
        self, amic, bench, document, pair, works
    ):
        report = bench.ingest_from(Given("third", document("third", "c.txt", ["In Swedish."])))
        other = report.outcomes[0].key
        amic("works", "together", other, pair[1], "--version")
        assert works()["third-c.txt"] == ("version", "lauda-b.txt")

    def test_a_key_that_is_not_published_is_named(self, amic, pair):
        done = amic("works", "apart", pair[0], "no-such-key")
        assert done.code != 0
        assert "no-such-key: is not published" in done.err

    def test_without_any_it_says_so(self, amic, bench, monkeypatch):
        monkeypatch.setenv("AMIC_DATA", str(bench.settings.data))
        assert amic("works").out == "No document shares its work with another.\n"
