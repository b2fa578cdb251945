"""Works settled at the end of a run: what has changed is compared, copies leave the index."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from amic_kg.graph.works import GRAPH, works_triples
from amic_kg.iris import Iris
from amic_kg.ledger import Ledger
from amic_kg.ledger.works import Signed
from amic_kg.likeness.faces import Face, face
from amic_kg.likeness.grouping import Pair, members
from amic_kg.likeness.pairs import likeness
from amic_kg.likeness.signature import Signature, sign
from amic_kg.pipeline.publishing import Publisher
from amic_kg.works import Likeness, Member, Relation

_NOTE = "works graph"


@dataclass(frozen=True, slots=True)
class WorkChanges:
    """Documents that have become a copy or a version of another in this run, by key."""

    copies: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()

    def __add__(self, later: WorkChanges) -> WorkChanges:
        return WorkChanges(self.copies + later.copies, self.versions + later.versions)


def settle_works(ledger: Ledger, publisher: Publisher, iris: Iris) -> WorkChanges:
    """Compare what has changed with all that is published, and publish which are one work.

    Copies leave the index and nothing else: their graphs, pages and evidence stay, and their
    passages come back when they are copies no longer. What has to come back is noted as unfinished.
    """
    for key in ledger.works.unseen():
        _compare(key, ledger)
    before = ledger.works.members()
    now = _members(ledger)
    if now != before:
        was, copies = (
            {key for key, member in some.items() if member.relation == "copy"}
            for some in (before, now)
        )
        known = ledger.documents_of(sorted(was ^ copies))
        ledger.works.replace(now, known.keys())
        if new := [key for key in sorted(copies - was) if key in known]:
            publisher.take_out_of_index(new)
    _publish_graph(now, ledger, publisher, iris)
    return WorkChanges(
        *(
            tuple(k for k, m in now.items() if m.relation == relation and before.get(k) != m)
            for relation in ("copy", "version")
        )
    )


def _compare(key: str, ledger: Ledger) -> None:
    """Look at one document anew: its signature, and all that it is like."""
    signature = sign(page.text for page in ledger.pages(key))
    mine = _faces([key], ledger, {key: signature})[key]
    clues = tuple(mine.clues())
    others = ledger.works.sharing(clues) - {key}
    found = [
        pair
        for _, other in sorted(_faces(others, ledger).items())
        if (pair := likeness(mine, other)) is not None
    ]
    ledger.works.note(Signed(key, signature.words, signature.values, clues), found)


def _faces(
    keys: Collection[str], ledger: Ledger, known: Mapping[str, Signature] | None = None
) -> dict[str, Face]:
    signatures = known or {k: Signature(*kept) for k, kept in ledger.works.signatures(keys).items()}
    documents = ledger.documents_of(sorted(keys))
    return {
        key: face(document, signatures[key])
        for key, document in documents.items()
        if key in signatures
    }


def _members(ledger: Ledger) -> dict[str, Member]:
    together: list[Likeness] = []
    apart: set[Pair] = set()
    for decision in ledger.reviews.decisions():
        if decision.kind != "work" or decision.verdict == "merged":
            # A decision that was taken back.
            continue
        if decision.verdict == "rejected":
            apart.add((decision.subject, decision.object))
        else:
            relation: Relation = "version" if decision.replacement == "version" else "copy"
            together.append(Likeness(decision.subject, decision.object, relation, "curator", 1.0))
    said = {pair.pair for pair in together} | apart
    found = [pair for pair in ledger.works.likenesses() if pair.pair not in said]
    concerned = {key for pair in (*found, *together) for key in pair.pair}
    return members([*together, *found], apart, _faces(concerned, ledger))


def _publish_graph(
    now: Mapping[str, Member], ledger: Ledger, publisher: Publisher, iris: Iris
) -> None:
    triples = works_triples(now.values(), iris)
    version = hashlib.sha256(triples).hexdigest()[:16] if triples else ""
    if (ledger.note(_NOTE) or "") == version:
        return
    # Killed between the two, it is published again.
    ledger.set_note(_NOTE, "unknown")
    publisher.publish_graphs({iris.graph(GRAPH): triples})
    ledger.set_note(_NOTE, version)
