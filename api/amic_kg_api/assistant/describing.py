"""The tool `describe`: a thing or a document by IRI, key or name, with facts and quotes."""

from __future__ import annotations

import re
from urllib.parse import unquote

from amic_kg.errors import UnknownThing
from amic_kg.iris import CANONICAL_BASE
from amic_kg.ontology import Entity
from amic_kg.records import StoredDocument
from amic_kg_api import drawn_view, facts_view, graph_facts, thing_view
from amic_kg_api.assistant.collection import Collection
from amic_kg_api.drawn_view import DrawnFact
from amic_kg_api.facts_view import Value
from amic_kg_api.models.assistant import (
    Description,
    DocumentDescribed,
    FactTold,
    FactValue,
    NamingDocument,
    SourcedPassage,
    StatementDrawn,
    ThingDescribed,
    ThingMentioned,
)
from amic_kg_api.refusals import Gone, UnfitValue
from amic_kg_api.thing_view import MentionedEntity, in_context
from amic_kg_api.translations import read_words

_OF_DOCUMENT = re.compile(r"(?:id/output|documents)/([^/?#]+)")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]+")
_DOCUMENTS_SHOWN = 6
_MENTIONS_SHOWN = 25
_NARROWER_SHOWN = 50
_CANDIDATES_TOLD = 8


def describe(collection: Collection, name: str, language: str) -> Description:
    """Raises UnknownThing, Gone for a withdrawn document, UnfitValue when the name is not enough.

    An IRI or a key goes before a name, a preferred name before another, a thing before a title.
    """
    collection.require_documents()
    given = name.strip()
    path = collection.path_of(given)
    document = _document_at(collection, path)
    if document is not None:
        return Description(document=_describe_document(collection, document, language))
    entity = _entity_at(collection, given, path) or _entity_named(collection, given, language)
    if entity is not None:
        return Description(thing=_describe_thing(collection, entity, language))
    document = _titled(collection, given)
    if document is not None:
        return Description(document=_describe_document(collection, document, language))
    raise UnknownThing(
        given or "the name",
        "is neither an IRI nor a key, a name or a title in this collection",
        "Call search with it: concepts and documents come with IRIs and keys",
    )


def _document_at(collection: Collection, path: str) -> StoredDocument | None:
    found = _OF_DOCUMENT.match(path.lstrip("/"))
    key = unquote(found[1]) if found else path
    document = collection.services.documents.document(key)
    if document is None and collection.services.documents.withdrawn(key):
        raise Gone(
            key,
            "its source has withdrawn it",
            "Search for its title: it may have been published anew",
        )
    return document


def _entity_at(collection: Collection, given: str, path: str) -> Entity | None:
    """By IRI, by `site/kevitsa` or `kevitsa`."""
    services = collection.services
    local = path.lstrip("/")
    for iri in (given, f"{services.iris.base}{local}", f"{CANONICAL_BASE}{local}"):
        entity = services.vocabulary.get(iri)
        if entity is None and _IRI.fullmatch(iri) and path != given and services.graph.ready():
            entity = facts_view.graph_entity(services.graph, iri)
        if entity is not None:
            return entity
    ending = f"/{local}"
    return _only(given, [e for e in services.vocabulary if e.iri.endswith(ending)])


def _entity_named(collection: Collection, given: str, language: str) -> Entity | None:
    wanted = given.casefold()
    preferred, others = [], []
    for entity in collection.services.vocabulary:
        if wanted in (label.casefold() for label in entity.preferred.values()):
            preferred.append(entity)
        elif wanted in (label.casefold() for _, label, rank in entity.labels() if rank != "hidden"):
            others.append(entity)
    mine = [e for e in preferred if e.label(language).casefold() == wanted]
    return _only(given, mine or preferred or others)


def _only(given: str, found: list[Entity]) -> Entity | None:
    if len(found) > 1:
        told = ", ".join(f"{one.iri} ({one.type})" for one in found[:_CANDIDATES_TOLD])
        raise UnfitValue("name", f"'{given}' names {len(found)} things", f"Give one of {told}")
    return found[0] if found else None


def _titled(collection: Collection, given: str) -> StoredDocument | None:
    """The document of that title, in any of its languages."""
    words = given.replace('"', " ").strip()
    if not words:
        return None
    found = collection.services.searcher.search(f'"{words}"', size=_DOCUMENTS_SHOWN).found
    for one in found:
        titles = one.document.record.title.values()
        if given.casefold() in (title.casefold() for title in titles):
            return one.document
    return None


def _describe_thing(collection: Collection, entity: Entity, language: str) -> ThingDescribed:
    services, reader, site = collection.services, collection.reader(language), collection.site
    vocabulary, words = services.vocabulary, read_words()[language]
    results = services.searcher.search(
        "", language=language, size=_DOCUMENTS_SHOWN, filters={"concept": (entity.iri,)}
    )
    naming = thing_view.documents(entity, results, services, reader, site)
    return ThingDescribed(
        iri=entity.iri,
        type=entity.type,
        name=entity.label(language),
        names=dict(entity.preferred),
        other_names=sorted(
            {text for _, text, rank in entity.labels() if rank == "alternative"}, key=str.casefold
        ),
        definition=entity.definition.get(language) or entity.definition.get("en"),
        broader=[
            collection.named(above, language)
            for above in thing_view.known_entities(vocabulary, vocabulary.ancestors(entity.iri))
        ],
        narrower=[
            collection.named(below, language)
            for below in thing_view.known_entities(vocabulary, vocabulary.narrower(entity.iri))
        ][:_NARROWER_SHOWN],
        facts=[
            FactTold(
                name=words.text(fact.name),
                values=[_value(collection, value, language) for value in fact.values],
            )
            for fact in facts_view.facts(services.graph, entity.iri, language, site)
        ],
        statements=[
            _statement(collection, fact, words.text(fact.name), language)
            for fact in drawn_view.drawn_facts(entity.iri, services, reader, site)
        ],
        documents=[
            NamingDocument(
                iri=services.iris.output(view.document.key),
                key=view.document.key,
                title=view.title,
                year=view.document.record.year,
                quotes=[
                    collection.passage(
                        quote.pieces,
                        quote.page,
                        quote.page_label,
                        view.document.language,
                        quote.link,
                    )
                    for quote in view.quotes
                ],
                link=collection.link(view.link),
            )
            for view in naming
        ],
        documents_total=results.total,
        link=collection.link(reader.to(site.thing(entity.iri))),
    )


def _value(collection: Collection, value: Value, language: str) -> FactValue:
    if value.link is None:
        return FactValue(text=value.text, link=None)
    link = value.link if value.elsewhere else collection.reader(language).to(value.link)
    return FactValue(text=value.text, link=collection.link(link))


def _statement(collection: Collection, fact: DrawnFact, name: str, language: str) -> StatementDrawn:
    return StatementDrawn(
        name=name,
        value=_value(collection, fact.value, language),
        percent=fact.percent,
        accepted=fact.accepted,
        quotes=[
            SourcedPassage(
                document=sentence.title,
                **collection.passage(
                    sentence.pieces,
                    sentence.page,
                    sentence.page_label,
                    sentence.language,
                    sentence.link,
                ).model_dump(),
            )
            for sentence in fact.sentences
        ],
        further_quotes=fact.further,
    )


def _describe_document(
    collection: Collection, document: StoredDocument, language: str
) -> DocumentDescribed:
    services, reader, site = collection.services, collection.reader(language), collection.site
    record, iri = document.record, services.iris.output(document.key)
    graph = services.iris.document_graph(document.key)
    is_open = record.access == "open"
    subjects = graph_facts.subjects_of(services.graph, iri, graph)
    groups = thing_view.group_mentions(
        graph_facts.mentions_in(services.graph, graph) if is_open else [],
        services.vocabulary,
        language,
    )
    mentioned = [mentioned for group in groups for mentioned in group.entities]
    mentioned.sort(key=lambda one: -len(one.quotes))
    kept = is_open and services.originals.path(document.sha256) is not None
    abstracts = record.abstract
    return DocumentDescribed(
        iri=iri,
        key=document.key,
        title=record.title_in(language),
        kind=record.kind,
        issued=record.issued,
        languages=list(record.languages),
        creators=list(record.creators),
        publishers=list(record.publishers),
        identifiers=list(record.identifiers),
        license=record.license,
        access=record.access,
        page_count=document.page_count,
        abstract=abstracts.get(language) or next(iter(abstracts.values()), None),
        subjects=[
            collection.named(subject, language)
            for subject in thing_view.known_entities(services.vocabulary, subjects)
        ],
        mentions=[
            _mentioned(collection, document, one, language) for one in mentioned[:_MENTIONS_SHOWN]
        ],
        mentions_total=len(mentioned),
        link=collection.link(reader.to(site.output(document.key))),
        file=collection.link(site.original(document.key)) if kept else None,
    )


def _mentioned(
    collection: Collection, document: StoredDocument, one: MentionedEntity, language: str
) -> ThingMentioned:
    first = one.quotes[0]
    around = " ".join(f"{first.prefix}{first.exact}{first.suffix}".split())
    page = collection.site.page(document.key, first.page)
    return ThingMentioned(
        thing=collection.named(one.entity, language),
        times=len(one.quotes),
        first=collection.passage(
            in_context(first),
            first.page,
            collection.services.documents.page_labels(document.key).get(first.page),
            document.language,
            collection.reader(language).to(page, q=around),
        ),
    )
