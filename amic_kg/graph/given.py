"""What a source states of things as triples of its document's named graph, which says whose words
they are; there is no quote, for no text was read.
"""

from __future__ import annotations

from collections.abc import Sequence

from amic_kg.graph.annotations import TYPE, Triples
from amic_kg.graph.terms import MRDI, SKOS, iri, text, typed
from amic_kg.iris import slug
from amic_kg.records import GivenFact, GivenPart, GivenThing

_LEADS = "coordinator"
_CARRIES_OUT = frozenset(("participant", "partner", "beneficiary"))
"""Roles of partners; the others (associated partners, third parties) take part in another way."""


def given_triples(document: str, things: Sequence[GivenThing]) -> Triples:
    """The things, what is stated of them, and how the `document` (a term) points at them.

    Of a thing that the registry knows no name is told: the registry names it.
    """
    for thing in things:
        if thing.status == "rejected":
            continue
        node = iri(thing.iri)
        if thing.relation:
            yield document, iri(thing.relation), node
        yield node, TYPE, iri(MRDI + thing.type)
        if thing.label:
            yield node, f"<{SKOS}prefLabel>", text(thing.label, thing.language)
            for name in thing.alternatives:
                yield node, f"<{SKOS}altLabel>", text(name, thing.language)
            yield node, f"<{MRDI}reviewStatus>", iri(f"{MRDI}status-{thing.status}")
        for fact in thing.facts:
            yield node, iri(fact.predicate), _object(fact)
        yield from _parts(node, thing.parts)


def _parts(project: str, parts: Sequence[GivenPart]) -> Triples:
    leading = {part.organization for part in parts if part.role == _LEADS}
    carrying = {part.organization for part in parts if part.role in _CARRIES_OUT} - leading
    links = {
        part.organization: "coordinator"
        if part.organization in leading
        else "partner"
        if part.organization in carrying
        else "participant"
        for part in parts
    }
    for organization, link in links.items():
        yield project, f"<{MRDI}{link}>", iri(organization)
    for part in parts:
        # The same in every source that states it; below its project, as a site's operations are.
        name = f"{part.organization.rsplit('/', 1)[-1]}-{slug(part.role)}"
        node = f"{project[:-1]}/participation/{name}>"
        yield project, f"<{MRDI}hasParticipation>", node
        yield node, TYPE, f"<{MRDI}Participation>"
        yield node, f"<{MRDI}participatingOrganization>", iri(part.organization)
        yield node, f"<{MRDI}participationRole>", text(part.role)
        if part.contribution is not None:
            yield node, f"<{MRDI}euContribution>", typed(part.contribution, "decimal")


def _object(fact: GivenFact) -> str:
    if fact.datatype is None:
        return iri(fact.object)
    if fact.datatype == "string":
        return text(fact.object)
    if fact.datatype.startswith("@"):
        return text(fact.object, fact.datatype[1:])
    return typed(fact.object, fact.datatype)
