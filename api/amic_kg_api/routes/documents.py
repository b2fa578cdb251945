"""Documents: their record as JSON, their pages as text, the file as it came."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import quote as percent_encoded

from fastapi import APIRouter, Query, Response
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse

from amic_kg.iris import slug
from amic_kg.records import StoredDocument
from amic_kg_api import graph_facts
from amic_kg_api.addresses import SiteMap
from amic_kg_api.models.documents import (
    DocumentLinks,
    DocumentResponse,
    EarlierContentResponse,
    MentionOnPage,
    PageResponse,
    RelatedDocumentResponse,
    SubjectOfDocument,
)
from amic_kg_api.negotiate import GRAPH_FORMATS
from amic_kg_api.refusals import Gone, NoSuchPage, Restricted
from amic_kg_api.search_view import PDF
from amic_kg_api.services import Services
from amic_kg_api.snippets import flow, mark, paragraphs
from amic_kg_api.translations import msgid
from amic_kg_api.visits import ThisVisit
from amic_kg_api.work_view import view_work

router = APIRouter()

# A file may hold script of its own: shown in a frame without origin, without network.
_SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_FILE = "frame-ancestors 'self'; base-uri 'none'"


@router.get("/api/documents/{key}", tags=["Documents"], operation_id="document")
def document(key: str, visit: ThisVisit) -> DocumentResponse:
    """The bibliographic record of a document, its subjects, and where its parts stand."""
    services = visit.services
    found = known_document(services, key)
    record = found.record
    work = view_work(services, key)
    return DocumentResponse(
        key=found.key,
        iri=services.iris.output(found.key),
        kind=record.kind,
        title=dict(record.title),
        creators=list(record.creators),
        contributors=list(record.contributors),
        publishers=list(record.publishers),
        issued=record.issued,
        year=record.year,
        languages=list(record.languages),
        language=found.language,
        identifiers=list(record.identifiers),
        keywords=list(record.subjects),
        subjects=_subjects(found, services),
        abstract=dict(record.abstract),
        series=record.series,
        license=record.license,
        access=record.access,
        work_packages=list(record.work_packages),
        projects=list(record.projects),
        media_type=found.media_type,
        file_name=found.file_name,
        sha256=found.sha256,
        page_count=found.page_count,
        pipeline_version=found.pipeline_version,
        published=found.published,
        is_copy_of=work.stands_for_it.key if work.stands_for_it else None,
        same_work=[
            RelatedDocumentResponse(
                key=other.document.key,
                iri=services.iris.output(other.document.key),
                relation=other.relation,
                reason=other.reason,
                score=other.score,
                title=dict(other.document.record.title),
                year=other.document.record.year,
                identifiers=list(other.document.record.identifiers),
            )
            for other in work.related
        ],
        earlier=[
            EarlierContentResponse(
                sha256=content.sha256,
                page_count=content.page_count,
                published=content.published,
                replaced=content.replaced,
            )
            for content in work.earlier
        ],
        links=_links(found, visit.site),
    )


@router.get("/api/documents/{key}/pages/{number}", tags=["Documents"], operation_id="page")
def page(key: str, number: int, visit: ThisVisit) -> PageResponse:
    """The text of one page as it was read, and the entities that it names."""
    services = visit.services
    found = known_document(services, key)
    text = _open_page(services, found, number)
    mentions = _mentions(services, found, number)
    return PageResponse(
        key=found.key,
        iri=services.iris.page(found.key, number),
        number=number,
        label=services.documents.page_labels(found.key).get(number),
        page_count=found.page_count,
        language=found.language,
        text=text,
        mentions=[
            MentionOnPage(
                entity=mention.entity,
                labels=_labels(services, mention.entity),
                exact=mention.exact,
                start=mention.start,
            )
            for mention in mentions
        ],
    )


@router.get("/documents/{key}", include_in_schema=False)
def document_page(key: str, visit: ThisVisit) -> RedirectResponse:
    return RedirectResponse(str(visit.visitor.to(visit.site.output(key))), 301)


@router.get("/documents/{key}/pages/{number}", include_in_schema=False)
def page_view(
    key: str,
    number: int,
    visit: ThisVisit,
    q: Annotated[str, Query(max_length=2000)] = "",
) -> HTMLResponse:
    services = visit.services
    found = known_document(services, key)
    text = _open_page(services, found, number)
    pieces = mark(flow(text), q)
    named = dict.fromkeys(mention.entity for mention in _mentions(services, found, number))
    return visit.pages.render(
        visit.visitor,
        "page.html",
        document=found,
        title=found.record.title_in(visit.language),
        number=number,
        label=services.documents.page_labels(key).get(number),
        paragraphs=paragraphs(pieces),
        quoted=any(piece.hit for piece in pieces),
        q=q,
        entities=[e for iri in named if (e := services.vocabulary.get(iri))],
        file_link=visit.site.original(key, number if found.media_type == PDF else None)
        if services.originals.path(found.sha256)
        else None,
    )


@router.get(
    "/documents/{key}/original",
    tags=["Documents"],
    operation_id="original",
    response_class=Response,
    responses={200: {"content": {PDF: {}}, "description": "The file"}, 206: {}, 304: {}},
)
def original(key: str, visit: ThisVisit) -> Response:
    """The file as it came, whole or in ranges (RFC 9110, section 14)."""
    request, services = visit.request, visit.services
    found = known_document(services, key)
    _refuse_restricted(found)
    path = services.originals.path(found.sha256)
    if path is None:
        raise NoSuchPage(
            found.file_name,
            msgid("the file itself is not kept here"),
            msgid("Read the text of its pages, or ask the publisher"),
        )
    # The name of the content is the strongest validator there is (RFC 9110, section 8.8.3).
    etag = f'"{found.sha256}"'
    if _still_fresh(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers={"ETag": etag})
    response = _file(found, path, etag)
    if request.scope.get("amic.head"):
        return Response(headers=dict(response.headers))
    return response


def known_document(services: Services, key: str) -> StoredDocument:
    """The published document; raises NoSuchPage (404), or Gone (410) for a withdrawn one."""
    found = services.documents.document(key)
    if found is None and services.documents.withdrawn(key):
        raise Gone(
            key,
            msgid("its source has withdrawn it"),
            msgid("Search for its title: it may have been published anew"),
        )
    if found is None:
        raise NoSuchPage(
            key,
            msgid("no document has this key"),
            msgid("Check the address, or search for its title"),
        )
    return found


def _file(found: StoredDocument, path: Path, etag: str) -> FileResponse:
    text = found.media_type.startswith("text/")
    return FileResponse(
        path,
        # What browsers would run, they show as text of one charset, without rights.
        media_type=found.media_type,
        stat_result=path.stat(),
        headers={
            "ETag": etag,
            "Cache-Control": "no-cache",
            "Content-Disposition": disposition(found.file_name),
            "Content-Security-Policy": _SANDBOX if text else _FILE,
        },
    )


def disposition(file_name: str) -> str:
    """Shown in the browser, saved under its own name (RFC 6266, section 4.3; RFC 8187)."""
    stem, dot, extension = file_name.rpartition(".")
    ascii_name = (
        f"{slug(stem or extension) or 'document'}{dot if stem else ''}{extension if stem else ''}"
    )
    if not ascii_name.isascii() or not ascii_name.isprintable() or '"' in ascii_name:
        ascii_name = slug(ascii_name) or "document"
    encoded = percent_encoded(file_name, safe="!#$&+-.^_`|~")
    return f"inline; filename=\"{ascii_name}\"; filename*=UTF-8''{encoded}"


def _still_fresh(if_none_match: str | None, etag: str) -> bool:
    """Weak comparison, as If-None-Match asks for (RFC 9110, section 13.1.2)."""
    if not if_none_match:
        return False
    held = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return "*" in held or etag in held


def _open_page(services: Services, found: StoredDocument, number: int) -> str:
    _refuse_restricted(found)
    text = services.documents.page_text(found.key, number)
    if text is None:
        raise NoSuchPage(
            str(number),
            msgid("the document has no page of this number"),
            msgid("Open the document to see how many pages it has"),
        )
    return text


def _refuse_restricted(found: StoredDocument) -> None:
    if found.record.access == "restricted":
        raise Restricted(
            found.key,
            msgid("its owner has made the description public, but not the text"),
            msgid("Read the description here, and ask the publisher for the text"),
        )


def _mentions(services: Services, found: StoredDocument, number: int) -> list[graph_facts.Quote]:
    if not services.graph.ready():
        return []
    return graph_facts.mentions_in(services.graph, services.iris.document_graph(found.key), number)


def _labels(services: Services, iri: str) -> dict[str, str]:
    entity = services.vocabulary.get(iri)
    return dict(entity.preferred) if entity else {}


def _subjects(found: StoredDocument, services: Services) -> list[SubjectOfDocument]:
    if not services.graph.ready():
        return []
    iris = services.iris
    subjects = graph_facts.subjects_of(
        services.graph, iris.output(found.key), iris.document_graph(found.key)
    )
    return [SubjectOfDocument(iri=iri, labels=_labels(services, iri)) for iri in subjects]


def _links(found: StoredDocument, site: SiteMap) -> DocumentLinks:
    is_open = found.record.access == "open"
    html_page = site.output(found.key)
    return DocumentLinks(
        html=html_page,
        original=site.original(found.key) if is_open else None,
        pages=f"{site.document(found.key)}/pages/{{n}}" if is_open else None,
        data={offer.media_type: f"{html_page}?format={offer.name}" for offer in GRAPH_FORMATS},
    )
