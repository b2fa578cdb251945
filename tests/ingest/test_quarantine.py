"""What breaks a shape or a quote is kept out, named in words, counted; the others go in."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from amic_kg.graph.evidence import value_faults
from amic_kg.pipeline import preparation


@pytest.fixture
def write_wrong(write):
    """A document whose metadata beside it name a work package that the project does not have."""

    def write_wrong(name: str, text: str | None = None):
        write(f"{name}.metadata.json", json.dumps({"title": "Mine water", "workPackage": 7}))
        return write(name) if text is None else write(name, text)

    return write_wrong


def documents(graphs) -> list[str]:
    return [name for name in graphs if "/graph/document/" in name]


def test_a_document_that_breaks_a_shape_is_kept_out_and_the_others_go_in(bench, write, write_wrong):
    good = write("good.txt")
    write_wrong("bad.txt", "The mine at Kevitsa drains its water into a pond.\n" * 3)
    report = bench.ingest(good.parent)
    outcomes = {outcome.source.rsplit("/", 1)[-1]: outcome for outcome in report.outcomes}
    assert outcomes["good.txt"].state == "published"
    assert outcomes["bad.txt"].state == "quarantined"
    failure = outcomes["bad.txt"].failure
    assert "work package" in failure.message
    assert "(found: 7)" in failure.message
    assert "shacl" not in failure.message
    assert "nothing of it is published" in failure.remedy
    assert (report.found, report.count("quarantined"), report.count("published")) == (2, 1, 1)
    assert len(documents(bench.graphs())) == 1


def test_nothing_of_a_quarantined_document_is_in_the_index(bench, write, write_wrong):
    write("good.txt")
    bad = write_wrong("bad.txt", "Alone in this document: spodumene.\n" * 3)
    bench.ingest(bad.parent)
    services = bench.services()
    try:
        assert services.searcher.search("Spodumene").found == ()
        assert services.searcher.search("Kevitsa").found
    finally:
        services.close()


def test_a_document_goes_in_when_its_metadata_are_mended(bench, write, write_wrong):
    path = write_wrong("bad.txt")
    assert bench.ingest(path).count("quarantined") == 1
    write("bad.txt.metadata.json", json.dumps({"title": "Mine water", "workPackage": 2}))
    assert bench.ingest(path).count("published") == 1
    assert len(documents(bench.graphs())) == 1


def test_a_version_that_breaks_a_shape_leaves_the_one_before_it(bench, write, write_wrong):
    path = write("bad.txt")
    assert bench.ingest(path).count("published") == 1
    before = bench.quads()
    write_wrong("bad.txt", "Now it is about the mine of Sakatti alone.\n" * 3)
    assert bench.ingest(path).count("quarantined") == 1
    assert bench.quads() == before


def test_a_quote_that_is_not_on_its_page_keeps_the_document_out(bench, write, monkeypatch):
    path = write("bad.txt")
    with monkeypatch.context() as broken:
        broken.setattr(
            preparation, "value_faults", lambda *_: ("the quote 'x' does not stand on page 1",)
        )
        (outcome,) = bench.ingest(path).outcomes
    assert outcome.state == "quarantined"
    assert "the quote 'x' does not stand on page 1" in outcome.failure.message
    assert documents(bench.graphs()) == []
    assert bench.ingest(path).count("published") == 1


def test_the_command_ends_with_3_and_says_why(amic, tmp_path, write, write_wrong):
    path, data = write_wrong("report.txt"), tmp_path / "data"
    done = amic("ingest", path, "--json", data=data)
    assert done.code == 3, done.err
    report = json.loads(done.out)
    assert (report["found"], report["quarantined"], report["failed"]) == (1, 1, 0)
    (document,) = report["documents"]
    assert document["state"] == "quarantined"
    assert "work package" in document["error"]["message"]
    shown = amic("ingest", path, data=data)
    assert shown.code == 3
    assert "1 quarantined" in shown.out
    assert "work package" in shown.out
    assert ".metadata.json" in shown.out
    assert "Traceback" not in done.err + shown.err


class TestEvidence:
    """Each quote must stand where it says."""

    @pytest.fixture
    def extraction(self, extractor, reader, write):
        parsed = reader(write("report.txt"), "report.txt")
        made, _ = extractor.extract(
            parsed, key="k", sha256="0" * 64, file_name="report.txt", metadata={},
            pipeline_version="1",
        )  # fmt: skip
        assert value_faults(made, b"") == ()
        return made

    def test_words_in_the_graph_of_a_restricted_document_are_told(self, extraction):
        restricted = replace(extraction, record=replace(extraction.record, access="restricted"))
        leaking = b'<d> <http://www.w3.org/ns/oa#exact> "words" .\n'
        assert value_faults(restricted, b"") == ()
        assert "restricted" in value_faults(restricted, leaking)[0]

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"surface": "other words"}, "'other words' does not stand on page 1"),
            ({"surface": ""}, "does not stand on page 1"),
            ({"page": 9}, "does not stand on page 9"),
            ({"start": 3}, "does not stand on page 1"),
            ({"prefix": "never before"}, "does not stand on page 1"),
            ({"suffix": "never after"}, "does not stand on page 1"),
            ({"confidence": 1.2}, "is 1.2"),
            ({"confidence": -0.1}, "is -0.1"),
        ],
    )
    def test_a_quote_that_is_not_there_is_told(self, extraction, changes, words):
        spoilt = replace(extraction.mentions[1], **changes)
        mentions = (extraction.mentions[0], spoilt, *extraction.mentions[2:])
        (fault,) = value_faults(replace(extraction, mentions=mentions), b"")
        assert words in fault
