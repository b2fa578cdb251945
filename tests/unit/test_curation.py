"""Decisions of curators: kept in the ledger, applied to whatever is extracted later."""

from dataclasses import replace

import pytest

from amic_kg.extract.curation import apply_decisions, statement_decision
from amic_kg.iris import ONTOLOGY
from amic_kg.ledger import Ledger
from amic_kg.records import (
    BibliographicRecord,
    Candidate,
    Decision,
    Extraction,
    Location,
    Mention,
    Page,
    Statement,
)

UNKNOWN = "https://w3id.org/amic/id/organization/pohjolan-kivi-oy"
GTK = "https://w3id.org/amic/id/organization/gtk"
KEVITSA = "https://w3id.org/amic/id/site/kevitsa"
SODANKYLA = "https://w3id.org/amic/id/place/sodankyla"


def mention(entity, kind, surface, status="accepted") -> Mention:
    return Mention(entity, kind, surface, 1, 0, len(surface), "", "", 0.9, 1, status)


def statement(subject, predicate, value, surface="Sentence.") -> Statement:
    return Statement(
        subject, ONTOLOGY + predicate, value, None, surface, 1, 0, len(surface), "", "", 0.8
    )


def extraction(key="k1", **values) -> Extraction:
    standard = {
        "record": BibliographicRecord({"fi": "Otsikko"}),
        "mentions": (
            mention(UNKNOWN, "Organization", "Pohjolan Kivi Oy", "proposed"),
            mention(KEVITSA, "Site", "Kevitsa"),
        ),
        "statements": (
            statement(KEVITSA, "locatedIn", SODANKYLA),
            statement(KEVITSA, "hasOperator", UNKNOWN),
            statement("study-1", "studiesSite", KEVITSA, "Kevitsa was studied."),
        ),
        "candidates": (
            Candidate(
                UNKNOWN, "Organization", "Pohjolan Kivi Oy", "fi", ("Pohjolan Kivi Oy",), 0.7
            ),
        ),
    }
    return Extraction(
        key=key, sha256="ab", media_type="text/plain", file_name="a.txt",
        language="fi", pages=(Page(1, "Yksi"),),
        passages=(), subjects=(), pipeline_version="1", **{**standard, **values},
    )  # fmt: skip


def place(key="k1") -> Location:
    return Location("files", f"/{key}.txt", key, "ab", 1, 1, "m", "1")


@pytest.fixture
def ledger(tmp_path):
    ledger = Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    yield ledger
    ledger.close()


class TestWhatADecisionDoes:
    def test_an_accepted_candidate_is_no_longer_proposed(self, vocabulary):
        after = apply_decisions(extraction(), [Decision("entity", "accepted", UNKNOWN)], vocabulary)
        assert after.mentions[0].status == "accepted"
        assert [c.status for c in after.candidates] == ["accepted"]

    def test_a_rejected_candidate_is_gone_with_all_that_was_said_of_it(self, vocabulary):
        after = apply_decisions(extraction(), [Decision("entity", "rejected", UNKNOWN)], vocabulary)
        assert [m.entity for m in after.mentions] == [KEVITSA]
        assert [c.status for c in after.candidates] == ["rejected"]
        assert all(UNKNOWN not in (s.subject, s.object) for s in after.statements)
        assert len(after.statements) == 2

    def test_a_merged_candidate_becomes_the_known_thing_everywhere(self, vocabulary):
        merged = Decision("entity", "merged", UNKNOWN, replacement=GTK)
        after = apply_decisions(extraction(), [merged], vocabulary)
        assert after.mentions[0].entity == GTK
        assert (after.mentions[0].type, after.mentions[0].status) == ("Organization", "accepted")
        assert [c.status for c in after.candidates] == ["rejected"]
        assert after.statements[1].object == GTK

    def test_a_mention_is_rejected_in_its_document_alone(self, vocabulary):
        decision = Decision("mention", "rejected", KEVITSA, object="Kevitsa", document="k1")
        assert len(apply_decisions(extraction(), [decision], vocabulary).mentions) == 1
        assert len(apply_decisions(extraction("k2"), [decision], vocabulary).mentions) == 2

    def test_a_mention_can_be_of_another_thing(self, vocabulary):
        decision = Decision(
            "mention", "merged", KEVITSA, object="Kevitsa", document="k1", replacement=SODANKYLA
        )
        after = apply_decisions(extraction(), [decision], vocabulary)
        assert (after.mentions[1].entity, after.mentions[1].type) == (SODANKYLA, "Place")

    def test_a_rejected_statement_stays_as_rejected(self, vocabulary):
        before = extraction()
        decision = statement_decision(before.statements[0], "rejected", "k1")
        after = apply_decisions(before, [decision], vocabulary)
        assert [s.status for s in after.statements] == ["rejected", "proposed", "proposed"]

    def test_a_decision_on_a_study_holds_when_its_number_changes(self, vocabulary):
        decision = statement_decision(extraction().statements[2], "accepted", "k1")
        later = extraction(
            statements=(
                statement("study-1", "studiesSite", KEVITSA, "Another sentence."),
                statement("study-2", "studiesSite", KEVITSA, "Kevitsa was studied."),
            )
        )
        after = apply_decisions(later, [decision], vocabulary)
        assert [s.status for s in after.statements] == ["proposed", "accepted"]

    def test_a_decision_on_a_statement_holds_after_a_merger(self, vocabulary):
        before = extraction()
        decisions = [
            Decision("entity", "merged", UNKNOWN, replacement=GTK),
            statement_decision(replace(before.statements[1], object=GTK), "accepted", "k1"),
        ]
        after = apply_decisions(before, decisions, vocabulary)
        assert (after.statements[1].object, after.statements[1].status) == (GTK, "accepted")


class TestWhatTheLedgerKeeps:
    def test_the_last_decision_on_a_thing_holds(self, ledger):
        ledger.reviews.record(Decision("entity", "accepted", UNKNOWN))
        ledger.reviews.record(Decision("entity", "rejected", UNKNOWN, note="a street"))
        assert ledger.reviews.decisions() == (
            Decision("entity", "rejected", UNKNOWN, note="a street"),
        )

    def test_a_document_has_its_own_decisions_and_those_on_entities(self, ledger):
        everywhere = Decision("entity", "accepted", UNKNOWN)
        here = Decision("mention", "rejected", KEVITSA, object="Kevitsa", document="k1")
        ledger.reviews.record(everywhere)
        ledger.reviews.record(here)
        assert ledger.reviews.decisions("k1") == (everywhere, here)
        assert ledger.reviews.decisions("k2") == (everywhere,)

    def test_candidates_are_counted_over_documents(self, ledger):
        ledger.publish([(place("k1"), extraction("k1")), (place("k2"), extraction("k2"))])
        (entry,) = ledger.reviews.candidates()
        assert (entry.label, entry.documents) == ("Pohjolan Kivi Oy", ("k1", "k2"))
        assert ledger.reviews.candidates(kind="Place") == []

    def test_what_was_decided_waits_no_longer(self, ledger):
        ledger.publish([(place(), extraction())])
        ledger.reviews.record(Decision("entity", "rejected", UNKNOWN))
        assert ledger.reviews.candidates() == []

    def test_a_restricted_document_names_no_candidate(self, ledger):
        record = BibliographicRecord({"fi": "Otsikko"}, access="restricted")
        ledger.publish([(place(), extraction(record=record))])
        assert ledger.reviews.candidates() == []

    def test_documents_that_a_decision_concerns_are_stale(self, ledger):
        ledger.publish([(place("k1"), extraction("k1")), (place("k2"), extraction("k2"))])
        ledger.publish([(place("k3"), extraction("k3", candidates=()))])
        assert ledger.reviews.stale() == frozenset()
        ledger.reviews.record(Decision("mention", "rejected", KEVITSA, object="x", document="k3"))
        assert ledger.reviews.stale() == {"k3"}
        ledger.reviews.record(Decision("entity", "accepted", UNKNOWN))
        assert ledger.reviews.stale() == {"k1", "k2", "k3"}

    def test_a_curator_may_come_to_another_mind(self, ledger, vocabulary):
        rejected = Decision("entity", "rejected", UNKNOWN)
        ledger.reviews.record(rejected)
        ledger.publish([(place(), apply_decisions(extraction(), [rejected], vocabulary))])
        ledger.reviews.record(Decision("entity", "accepted", UNKNOWN))
        assert ledger.reviews.stale() == {"k1"}

    def test_a_document_is_kept_as_it_was_parsed(self, ledger):
        given, embedded = {"title": "Otsikko"}, {"producer": "x"}
        published = replace(extraction(given=given, embedded=embedded), warnings=("w",))
        ledger.publish([(place(), published)])
        kept = ledger.parsed("k1")
        assert kept is not None
        parsed, said = kept
        assert (parsed.pages, parsed.metadata, parsed.warnings) == (
            published.pages, embedded, ("w",),
        )  # fmt: skip
        assert said == given
        assert ledger.parsed("another") is None
