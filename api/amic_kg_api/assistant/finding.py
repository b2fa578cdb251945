"""The tool `search`: documents with the words that answer, the page and the way there."""

from __future__ import annotations

from amic_kg_api import search_view
from amic_kg_api.assistant.collection import Collection
from amic_kg_api.models.assistant import DocumentFound, SearchFound
from amic_kg_api.models.search import MOST_HITS
from amic_kg_api.search_view import HitView
from amic_kg_api.snippets import quotable


def find_documents(
    collection: Collection, text: str, language: str, *, limit: int, offset: int
) -> SearchFound:
    collection.require_documents()
    services, reader = collection.services, collection.reader(language)
    results = services.searcher.search(text, language=language, size=limit, offset=offset)
    hits = search_view.hits(results, reader, collection.site)
    beyond = offset + limit
    return SearchFound(
        total=results.total,
        documents=[_document(collection, hit) for hit in hits],
        next_offset=beyond if beyond < min(results.total, MOST_HITS) else None,
        concepts=[collection.named(entity, language) for entity in results.understanding.entities],
        suggestion=results.suggestion,
        relaxed=results.relaxed,
        link=collection.link(reader.to("/", q=text)),
    )


def _document(collection: Collection, hit: HitView) -> DocumentFound:
    document = hit.document
    return DocumentFound(
        iri=collection.services.iris.output(document.key),
        key=document.key,
        title=hit.title,
        kind=document.record.kind,
        year=document.record.year,
        language=document.language,
        access=document.record.access,
        passages=[
            collection.passage(
                passage.pieces,
                passage.page,
                passage.page_label,
                passage.language,
                passage.text_link,
            )
            for passage in hit.passages
        ],
        abstract=quotable(hit.abstract) or None,
        why=list(hit.why),
        link=collection.link(hit.link),
    )
