"""Decisions of curators applied to what was extracted; pure, and the last step of extraction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from amic_kg.ontology import Vocabulary
from amic_kg.records import (
    Candidate,
    Decision,
    Extraction,
    GivenThing,
    Mention,
    Statement,
    Status,
)


def apply_decisions(
    extraction: Extraction, decisions: Sequence[Decision], vocabulary: Vocabulary
) -> Extraction:
    """`extraction` as the curators see it.

    What was rejected is gone from the mentions, and stays among candidates and statements as
    rejected, so that it is known and not drawn again. What was accepted or merged says so.
    """
    entities = {d.subject: d for d in decisions if d.kind == "entity"}
    mentions = {
        (d.subject, d.object): d
        for d in decisions
        if d.kind == "mention" and d.document == extraction.key
    }
    statements = {
        d.target: d for d in decisions if d.kind == "statement" and d.document == extraction.key
    }
    merged = {iri: d.replacement for iri, d in entities.items() if d.verdict == "merged"}
    return replace(
        extraction,
        mentions=tuple(_mentions(extraction.mentions, entities, mentions, vocabulary)),
        candidates=tuple(_candidates(extraction.candidates, entities)),
        things=tuple(_things(extraction.things, entities, merged)),
        statements=tuple(
            _decided(_renamed(statement, merged), statement, statements, extraction.key)
            for statement in extraction.statements
            if not _about_rejected(statement, entities)
        ),
    )


def _mentions(
    found: Iterable[Mention],
    entities: Mapping[str, Decision],
    mentions: Mapping[tuple[str, str], Decision],
    vocabulary: Vocabulary,
) -> Iterable[Mention]:
    for mention in found:
        decision = mentions.get((mention.entity, mention.surface)) or entities.get(mention.entity)
        if decision is None:
            yield mention
        elif decision.verdict == "accepted":
            yield replace(mention, status="accepted")
        elif decision.verdict == "merged":
            entity = vocabulary.get(decision.replacement)
            kind = entity.type if entity is not None else mention.type
            yield replace(mention, entity=decision.replacement, type=kind, status="accepted")


def _candidates(
    found: Iterable[Candidate], entities: Mapping[str, Decision]
) -> Iterable[Candidate]:
    for candidate in found:
        decision = entities.get(candidate.iri)
        if decision is None:
            yield candidate
        else:
            # One that is rejected or merged stays known: the curator may come to another mind.
            accepted = decision.verdict == "accepted"
            yield replace(candidate, status="accepted" if accepted else "rejected")


def _things(
    stated: Iterable[GivenThing], entities: Mapping[str, Decision], merged: Mapping[str, str]
) -> Iterable[GivenThing]:
    """What the source states, without what is rejected and under the names of what was merged."""
    rejected = {iri for iri, decision in entities.items() if decision.verdict == "rejected"}
    for thing in stated:
        if thing.iri in rejected:
            continue
        decided = replace(
            thing,
            facts=tuple(
                replace(fact, object=merged.get(fact.object, fact.object))
                for fact in thing.facts
                if fact.object not in rejected
            ),
            parts=tuple(
                replace(part, organization=merged.get(part.organization, part.organization))
                for part in thing.parts
                if part.organization not in rejected
            ),
        )
        if thing.iri in merged:
            # The known thing has its names from the registry.
            decided = replace(
                decided, iri=merged[thing.iri], label="", alternatives=(), status="accepted"
            )
        elif thing.iri in entities:
            decided = replace(decided, status="accepted")
        yield decided


def _about_rejected(statement: Statement, entities: Mapping[str, Decision]) -> bool:
    return any(
        term in entities and entities[term].verdict == "rejected"
        for term in (statement.subject, statement.object)
    )


def _renamed(statement: Statement, merged: Mapping[str, str]) -> Statement:
    if statement.subject not in merged and statement.object not in merged:
        return statement
    return replace(
        statement,
        subject=merged.get(statement.subject, statement.subject),
        object=merged.get(statement.object, statement.object),
    )


def _decided(
    renamed: Statement,
    drawn: Statement,
    decisions: Mapping[tuple[str, ...], Decision],
    key: str,
) -> Statement:
    """The decision may name the statement as it was drawn or as it reads after a merger."""
    for statement in (renamed, drawn):
        decision = decisions.get(statement_decision(statement, "accepted", key).target)
        if decision is not None and decision.verdict != "merged":
            status: Status = "accepted" if decision.verdict == "accepted" else "rejected"
            return replace(renamed, status=status)
    return renamed


def statement_decision(statement: Statement, verdict: Status, key: str) -> Decision:
    """The decision `verdict` on `statement` of the document `key`."""
    node = statement.subject.startswith(("study-", "stance-"))
    return Decision(
        kind="statement",
        verdict="accepted" if verdict == "accepted" else "rejected",
        subject=statement.subject,
        predicate=statement.predicate,
        object=statement.object,
        document=key,
        quote=statement.surface if node else "",
    )
