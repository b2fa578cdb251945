"""A run: what is new is read, what is unchanged is not, nothing is lost and everything adds up."""

from __future__ import annotations

import json
import os
from dataclasses import replace

import pytest

from amic_kg.ports import QueryRequest
from amic_kg.records import Outcome

OTHER = "Sakatin esiintymän kupari Sodankylässä ja malminetsintä Viiankiaavalla.\n"


@pytest.fixture
def sidecar(write):
    def sidecar(name, **metadata):
        return write(f"{name}.metadata.json", json.dumps(metadata))

    return sidecar


@pytest.fixture
def stored(bench):
    """What the stores hold of each document: title, first page, passages in the index."""

    def stored():
        services = bench.services()
        try:
            return {
                document.file_name: (
                    document,
                    services.documents.page_text(document.key, 1),
                )
                for document in services.documents.documents(limit=100)
            }
        finally:
            services.close()

    return stored


@pytest.fixture
def find(bench):
    def find(words):
        services = bench.services()
        try:
            return [f.document.file_name for f in services.searcher.search(words, size=50).found]
        finally:
            services.close()

    return find


def as_another_version(writing):
    preparing = writing.pipeline._preparing
    writing.pipeline._preparing = replace(preparing, pipeline_version="another")


def states(report):
    return {outcome.source.rsplit("/", 1)[1]: outcome.state for outcome in report.outcomes}


def note(report, name) -> str:
    return next(o.note for o in report.outcomes if o.source.endswith(name))


def failure(report, name):
    return next(o.failure for o in report.outcomes if o.source.endswith(name))


def adds_up(report) -> bool:
    return report.found == sum(
        report.count(state) for state in ("published", "skipped", "failed", "quarantined")
    )


class TestAgain:
    def test_what_is_unchanged_is_skipped_and_no_worker_is_started(self, bench, write, folder):
        write("a.txt")
        assert states(bench.ingest(folder)) == {"a.txt": "published"}
        before = bench.quads()
        report = bench.ingest(folder)
        assert (states(report), note(report, "a.txt")) == ({"a.txt": "skipped"}, "unchanged")
        assert bench.workers is None
        assert bench.quads() == before

    def test_a_touched_file_with_the_same_content_is_unchanged(self, bench, write, folder):
        path = write("a.txt")
        bench.ingest(folder)
        os.utime(path, (1, 1))
        report = bench.ingest(folder)
        assert note(report, "a.txt") == "unchanged"
        assert bench.workers is None

    def test_a_changed_file_keeps_its_key_and_replaces_what_was_there(
        self, bench, write, folder, stored, find
    ):
        write("a.txt")
        bench.ingest(folder)
        key = stored()["a.txt"][0].key
        assert find("saostamalla") == ["a.txt"]
        write("a.txt", OTHER)
        assert states(bench.ingest(folder)) == {"a.txt": "published"}
        document, text = stored()["a.txt"]
        assert (document.key, text) == (key, OTHER.strip())
        assert find("saostamalla") == []
        assert find("Viiankiaavalla") == ["a.txt"]
        quads = bench.quads()
        assert {line.rsplit(" <", 1)[1] for line in quads} == {
            f"https://w3id.org/amic/graph/document/{key}> ."
        }
        assert not any("kevitsa" in line for line in quads)
        assert any("sakatti" in line for line in quads)

    def test_force_reads_what_is_unchanged(self, bench, write, folder):
        write("a.txt")
        bench.ingest(folder)
        assert states(bench.ingest(folder, force=True)) == {"a.txt": "published"}

    def test_two_runs_over_the_same_input_give_the_same_quads(self, bench, write, folder):
        for name in ("a.txt", "b.txt"):
            write(name, OTHER + name)
        bench.ingest(folder)
        first = bench.quads()
        bench.ingest(folder, force=True)
        assert bench.quads() == first

    def test_another_version_of_the_pipeline_reads_all_anew(self, bench, write, folder):
        write("a.txt")
        bench.ingest(folder)
        writing = bench.open()
        as_another_version(writing)
        try:
            assert states(bench.run(writing, folder)) == {"a.txt": "published"}
        finally:
            writing.close()

    def test_a_folder_without_documents_is_no_fault(self, bench, folder):
        report = bench.ingest(folder)
        assert report.found == 0
        assert bench.workers is None


class TestTwins:
    def test_the_same_content_under_two_names_is_one_document(self, bench, write, folder, stored):
        write("a.txt")
        write("b.txt")
        report = bench.ingest(folder)
        assert states(report) == {"a.txt": "published", "b.txt": "skipped"}
        assert note(report, "b.txt").startswith("same content as ")
        assert note(report, "b.txt").endswith("a.txt")
        assert list(stored()) == ["a.txt"]

    def test_in_later_runs_both_are_known(self, bench, write, folder):
        write("a.txt")
        write("b.txt")
        bench.ingest(folder)
        bench.ingest(folder)
        report = bench.ingest(folder)
        assert {outcome.note for outcome in report.outcomes} == {"unchanged"}
        assert len({outcome.key for outcome in report.outcomes}) == 1

    def test_a_twin_that_changes_becomes_a_document_of_its_own(self, bench, write, folder, stored):
        write("a.txt")
        write("b.txt")
        bench.ingest(folder)
        bench.ingest(folder)
        write("b.txt", OTHER)
        assert states(bench.ingest(folder)) == {"a.txt": "skipped", "b.txt": "published"}
        documents = stored()
        assert documents["a.txt"][0].key != documents["b.txt"][0].key
        assert documents["a.txt"][1] != documents["b.txt"][1]

    @pytest.mark.parametrize("force", [True, False], ids=["force", "new-version"])
    def test_a_document_with_a_twin_is_read_anew_once_and_then_unchanged(
        self, bench, write, folder, force
    ):
        write("a.txt")
        write("b.txt")
        for _ in range(2):
            bench.ingest(folder)
        writing = bench.open()
        if not force:
            as_another_version(writing)
        try:
            report = bench.run(writing, folder, force=force)
            assert states(report) == {"a.txt": "published", "b.txt": "skipped"}
            report = bench.run(writing, folder)
            assert {outcome.note for outcome in report.outcomes} == {"unchanged"}
        finally:
            writing.close()

    def test_two_documents_with_one_identifier_are_told_apart_and_the_first_is_kept(
        self, bench, write, folder, sidecar, stored
    ):
        write("a.txt")
        write("b.txt", OTHER)
        for name in ("a.txt", "b.txt"):
            sidecar(name, title=name, identifier="10.1234/same")
        report = bench.ingest(folder)
        assert states(report) == {"a.txt": "published", "b.txt": "skipped"}
        assert "same identifier (doi-10.1234-same) as" in note(report, "b.txt")
        assert list(stored()) == ["a.txt"]
        report = bench.ingest(folder)
        assert states(report) == {"a.txt": "skipped", "b.txt": "skipped"}


class TestSidecars:
    def test_a_changed_sidecar_is_a_change_of_the_document(
        self, bench, write, folder, sidecar, stored
    ):
        write("a.txt")
        sidecar("a.txt", title="Vanha")
        bench.ingest(folder)
        sidecar("a.txt", title="Uusi", accessRights="open")
        assert states(bench.ingest(folder)) == {"a.txt": "published"}
        assert stored()["a.txt"][0].record.title == {"fi": "Uusi"}

    def test_a_sidecar_that_closes_a_document_takes_its_words_away(
        self, bench, write, folder, sidecar, find
    ):
        write("a.txt")
        bench.ingest(folder)
        assert find("saostamalla") == ["a.txt"]
        sidecar("a.txt", title="Muistio", accessRights="restricted")
        bench.ingest(folder)
        assert find("saostamalla") == []
        assert find("Muistio") == ["a.txt"]
        assert not any("saostamalla" in line for line in bench.quads())

    def test_a_broken_sidecar_keeps_its_document_out_and_is_named(self, bench, write, folder):
        write("a.txt")
        write("a.txt.metadata.json", "{")
        write("b.txt", OTHER)
        report = bench.ingest(folder)
        assert states(report) == {"a.txt": "failed", "b.txt": "published"}
        assert failure(report, "a.txt").name == "UnreadableInput"
        assert "JSON" in failure(report, "a.txt").message

    @pytest.mark.parametrize(
        "metadata",
        [
            {"title": {"my language": "Otsikko", "fi FI": "Toinen"}},
            {"title": 5, "creator": {"name": "x"}, "issued": [], "workPackage": ["²", "١"]},
            {"title": "half \ud800 character", "identifier": 'quotes " and <brackets>\n'},
            {"title": None, "language": [None, 5], "abstract": [[]], "type": {}},
            {"title": "x" * 100_000, "issued": "9999-99-99", "accessRights": {"a": 1}},
        ],
    )
    def test_odd_values_cost_neither_the_document_nor_the_run(
        self, bench, write, folder, sidecar, metadata
    ):
        write("a.txt")
        sidecar("a.txt", **metadata)
        write("b.txt", OTHER)
        assert states(bench.ingest(folder)) == {"a.txt": "published", "b.txt": "published"}


class TestFaults:
    def test_every_document_is_accounted_for_and_the_report_adds_up(self, bench, write, folder):
        write("good.txt")
        write("twin.txt")
        write("empty.pdf", b"")
        write("no.pdf", "text")
        write("map.tif", b"II*\x00")
        report = bench.ingest(folder, folder / "none")
        assert states(report) == {
            "empty.pdf": "failed",
            "good.txt": "published",
            "no.pdf": "failed",
            "none": "failed",
            "map.tif": "skipped",
            "twin.txt": "skipped",
        }
        assert adds_up(report)
        for outcome in report.outcomes:
            assert (outcome.failure is not None) == (outcome.state == "failed")
            if outcome.failure:
                assert all((outcome.failure.name, outcome.failure.message, outcome.failure.remedy))

    def test_a_twin_of_a_document_that_fails_fails_with_it(self, bench, write, folder):
        write("a.pdf", "text")
        write("b.pdf", "text")
        for read in (["a.pdf"], []):
            report = bench.ingest(folder)
            assert states(report) == {"a.pdf": "failed", "b.pdf": "failed"}
            assert failure(report, "b.pdf") == failure(report, "a.pdf")
            assert bench.prepared == read

    def test_a_failed_document_is_tried_again_when_told_so_and_ends_with_success(
        self, bench, write, folder
    ):
        write("a.pdf", "text")
        for attempt in (1, 2):
            assert states(bench.ingest(folder, force=True)) == {"a.pdf": "failed"}
            services = bench.services()
            (row,) = services.ledger.failures()
            services.close()
            assert (row["name"], row["attempts"]) == ("DamagedDocument", attempt)
        (folder / "a.pdf").rename(folder / "a.txt")
        assert states(bench.ingest(folder)) == {"a.txt": "published"}

    def test_of_a_failed_document_no_original_is_kept(self, bench, write, folder):
        write("a.pdf", "text")
        bench.ingest(folder)
        kept = [p for p in (bench.settings.data / "originals").rglob("*") if p.is_file()]
        assert kept == []

    def test_a_document_that_breaks_stays_in_as_it_was(self, bench, write, folder, stored):
        write("a.txt")
        bench.ingest(folder)
        write("a.txt", b"\x00\x01\x02")
        assert states(bench.ingest(folder)) == {"a.txt": "failed"}
        assert stored()["a.txt"][1].startswith("Kevitsan kaivoksen")

    def test_a_file_above_the_limit_is_refused_before_it_is_copied(self, bench, folder):
        with (folder / "big.txt").open("wb") as file:
            file.truncate(513_000_000)
        report = bench.ingest(folder)
        assert failure(report, "big.txt").name == "LimitExceeded"
        assert "513 MB, above the limit of 512 MB" in failure(report, "big.txt").message
        assert "AMIC_FILE_MEGABYTES" in failure(report, "big.txt").remedy
        assert bench.workers is None

    def test_a_file_that_vanishes_during_the_run_fails_alone(self, bench, write, folder):
        write("a.txt")
        write("b.txt", OTHER)
        bench.on_start = lambda _: (folder / "a.txt").unlink()
        report = bench.ingest(folder)
        assert states(report) == {"a.txt": "failed", "b.txt": "published"}
        assert failure(report, "a.txt").name == "UnreadableInput"


class TestOntology:
    def test_vocabularies_and_registry_are_graphs_of_their_own(self, bench, folder):
        bench.ingest(folder)
        assert "https://w3id.org/amic/graph/vocab/commodity" in bench.graphs()
        assert "https://w3id.org/amic/graph/registry/sites" in bench.graphs()

    def test_they_are_published_once(self, bench, folder):
        bench.ingest(folder)
        services = bench.services()
        # One for them, one for what is told of the dataset.
        assert services.graph.generation() == "000002"
        bench.ingest(folder)
        assert services.graph.generation() == "000002"
        services.close()

    def test_documents_and_graphs_stand_under_the_operators_base(self, bench, write, folder):
        bench.settings = replace(
            bench.settings, base_iri="https://example.org/kg/", data=bench.settings.data / "other"
        )
        write("a.txt")
        bench.ingest(folder)
        assert all(graph.startswith("https://example.org/kg/graph/") for graph in bench.graphs())
        assert any("/graph/document/" in graph for graph in bench.graphs())


def test_progress_is_told_as_it_happens(bench, write, folder):
    write("a.txt")
    write("b.pdf", b"")
    started: list[int] = []
    told: list[Outcome] = []
    bench.on_start, bench.on_outcome = started.append, told.append
    report = bench.ingest(folder)
    assert started == [2]
    assert told == report.outcomes


def test_names_that_play_tricks_are_stored_as_they_can_be_shown(bench, folder, stored):
    for name in (b"two\nlines.txt", b"rtl\xe2\x80\xaetxt.txt", b"not\xffutf8.txt"):
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:  # noqa: PTH118, PTH123
            file.write(b"12 34 " + name.hex().encode())
    report = bench.ingest(folder)
    assert report.count("published") == 3
    names = set(stored())
    assert names == {"two\nlines.txt", "rtl\u202etxt.txt", "not\\xffutf8.txt"}
    titles = {title for d, _ in stored().values() for title in d.record.title.values()}
    assert not any("\n" in title or "\u202e" in title for title in titles)
    "".join(titles).encode("utf-8")


def test_beyond_the_documents_that_are_counted_no_run_waits_for_figures(bench, write):
    bench.settings = replace(bench.settings, count_documents=1)
    bench.ingest(write("a.txt"))
    services = bench.services()
    try:
        counted = services.graph.answer(_figures(bench)).body
    finally:
        services.close()
    assert b"true" in counted
    bench.ingest(write("b.txt", OTHER))
    services = bench.services()
    try:
        assert b"false" in services.graph.answer(_figures(bench)).body
        generation = services.graph.generation()
    finally:
        services.close()
    bench.ingest(write("c.txt", f"{OTHER} Toinen."))
    services = bench.services()
    try:
        # One publish for the document, and none for a description that says the same.
        assert int(services.graph.generation()) == int(generation) + 1
    finally:
        services.close()


def _figures(bench):
    query = "ASK { GRAPH ?g { ?d <http://rdfs.org/ns/void#triples> ?n } }"
    rows = "application/sparql-results+json"
    return QueryRequest(query, {"rows": rows, "boolean": rows, "graph": rows})
