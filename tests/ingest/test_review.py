"""From a decision to what is published: rebuild, ingest, and the verified quotes of both."""

import json
import sqlite3

from amic_kg.records import Decision
from amic_kg.verification import verify_quotes

KEVITSA = "https://w3id.org/amic/id/site/kevitsa"
TEXT = "Kevitsan kaivoksen sulfaattivesiä tutkittiin Sodankylässä.\n\nKevitsan malmi on nikkeliä."


def document(tmp_path, text=TEXT):
    path = tmp_path / "raportti.txt"
    path.write_text(text, encoding="utf-8")
    return path


def decide(bench, **values):
    services = bench.services()
    try:
        services.ledger.reviews.record(Decision("mention", "rejected", KEVITSA, **values))
    finally:
        services.close()


def mentions_of(bench, entity):
    return [quad for quad in bench.quads() if f"#hasBody> <{entity}>" in quad]


def test_a_document_is_rebuilt_from_the_ledger_when_its_file_is_gone(bench, tmp_path):
    path = document(tmp_path)
    (key,) = [outcome.key for outcome in bench.ingest(path).outcomes]
    before = bench.quads()
    path.unlink()
    report = bench.rebuild(key)
    assert [(o.state, o.key) for o in report.outcomes] == [("published", key)]
    assert bench.quads() == before


def test_a_decision_takes_effect_with_a_rebuild_and_holds_at_a_later_ingest(bench, tmp_path):
    path = document(tmp_path)
    (key,) = [outcome.key for outcome in bench.ingest(path).outcomes]
    assert len(mentions_of(bench, KEVITSA)) == 2
    decide(bench, object="Kevitsan kaivoksen", document=key)
    bench.rebuild(key)
    assert len(mentions_of(bench, KEVITSA)) == 1
    bench.ingest(path, force=True)
    assert len(mentions_of(bench, KEVITSA)) == 1


def test_an_ingest_reads_an_unchanged_document_again_when_a_decision_concerns_it(bench, tmp_path):
    path = document(tmp_path)
    (key,) = [outcome.key for outcome in bench.ingest(path).outcomes]
    decide(bench, object="Kevitsan kaivoksen", document=key)
    assert [o.state for o in bench.ingest(path).outcomes] == ["published"]
    assert len(mentions_of(bench, KEVITSA)) == 1


def test_a_rejected_mention_is_no_longer_found_in_the_index_either(bench, tmp_path):
    path = document(tmp_path, "Kevitsan kaivoksen sulfaattivesiä tutkittiin.")
    (key,) = [outcome.key for outcome in bench.ingest(path).outcomes]
    services = bench.services()
    try:
        found = services.searcher.search("Keivitsa", language="fi").total
    finally:
        services.close()
    assert found == 1
    decide(bench, object="Kevitsan kaivoksen", document=key)
    bench.rebuild(key)
    services = bench.services()
    try:
        assert services.searcher.search("Keivitsa", language="fi").total == 0
    finally:
        services.close()


def test_an_unknown_key_is_named_and_the_rest_is_rebuilt(bench, tmp_path):
    (key,) = [outcome.key for outcome in bench.ingest(document(tmp_path)).outcomes]
    report = bench.rebuild("nothing", key)
    assert {(o.source == "nothing", o.state) for o in report.outcomes} == {
        (True, "failed"),
        (False, "published"),
    }


def test_every_quote_of_the_sample_corpus_stands_where_it_says(sample_run):
    bench, _ = sample_run
    services = bench.services()
    try:
        found = verify_quotes(services.graph, services.documents, services.iris)
    finally:
        services.close()
    assert found.passed
    assert found.documents == services.documents.count() > 20
    assert found.quotes > 500


def test_a_page_that_was_changed_behind_the_graph_is_noticed(bench, tmp_path):
    (key,) = [outcome.key for outcome in bench.ingest(document(tmp_path)).outcomes]
    with sqlite3.connect(bench.settings.data / "ledger.sqlite") as ledger:
        ledger.execute("UPDATE page SET text = 'x' || text")
    services = bench.services()
    try:
        found = verify_quotes(services.graph, services.documents, services.iris)
    finally:
        services.close()
    assert not found.passed
    assert len(found.lost) == found.quotes > 0
    assert {lost.document for lost in found.lost} == {key}
    assert "stand at" in found.lost[0].cause


def test_annotations_of_a_document_that_the_ledger_lacks_are_counted(bench, tmp_path):
    bench.ingest(document(tmp_path))
    with sqlite3.connect(bench.settings.data / "ledger.sqlite") as ledger:
        ledger.execute("DELETE FROM document")
    services = bench.services()
    try:
        found = verify_quotes(services.graph, services.documents, services.iris)
    finally:
        services.close()
    assert (found.quotes, found.passed) == (0, False)
    assert found.orphans > 0


class TestCommands:
    def test_check_says_how_many_quotes_hold(self, bench, tmp_path, amic):
        bench.ingest(document(tmp_path))
        done = amic("check", "--quotes", data=bench.settings.data)
        assert done.code == 0
        assert "quotes stand where they say, in 1 documents" in done.out

    def test_check_fails_and_names_the_place_when_one_is_lost(self, bench, tmp_path, amic):
        (key,) = [outcome.key for outcome in bench.ingest(document(tmp_path)).outcomes]
        with sqlite3.connect(bench.settings.data / "ledger.sqlite") as ledger:
            ledger.execute("UPDATE page SET text = 'x' || text")
        done = amic("check", data=bench.settings.data)
        assert done.code == 1
        assert f"{key}, page=1: 'Kevitsan" in done.out
        assert "amic-kg rebuild" in done.out

    def test_a_review_is_kept_listed_and_applied(self, bench, tmp_path, amic):
        (key,) = [outcome.key for outcome in bench.ingest(document(tmp_path)).outcomes]
        data = bench.settings.data
        kept = amic(
            "review", "mention", "rejected", key, KEVITSA, "Kevitsan kaivoksen", "--note", "no",
            data=data,
        )  # fmt: skip
        assert "1 published documents are concerned" in kept.out
        listed = json.loads(amic("review", "decisions", "--json", data=data).out)
        assert [d["note"] for d in listed["decisions"]] == ["no"]
        rebuilt = json.loads(amic("rebuild", "--reviewed", "--json", data=data).out)
        assert (rebuilt["found"], rebuilt["published"]) == (1, 1)
        assert len(mentions_of(bench, KEVITSA)) == 1

    def test_a_merger_must_say_into_what(self, amic, bench):
        done = amic("review", "entity", "merged", KEVITSA, data=bench.settings.data)
        assert done.code == 2
        assert "--into" in done.err
