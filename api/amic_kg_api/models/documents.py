"""What `/api/documents` gives."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field


class SubjectOfDocument(BaseModel):
    """A concept that a document is about."""

    iri: str
    labels: dict[str, str]


class DocumentLinks(BaseModel):
    """Where the parts of a document stand on this site."""

    html: str
    original: str | None
    pages: str | None = Field(description="A template: put the number for {n}")
    data: dict[str, str]


class RelatedDocumentResponse(BaseModel):
    """Another document of the same work."""

    key: str
    iri: str
    relation: Literal["copy", "newest", "version"] = Field(
        description="How it stands to this document: the same in another place or format; the "
        "version that stands for the work; another version"
    )
    reason: Literal["identifier", "text", "record", "curator", ""] = Field(
        description="What the two share; empty when each is compared with a third alone"
    )
    score: float | None
    title: dict[str, str]
    year: int | None
    identifiers: list[str]


class EarlierContentResponse(BaseModel):
    """What the document said until its source replaced it."""

    sha256: str
    page_count: int
    published: str
    replaced: str


class DocumentResponse(BaseModel):
    """A document's bibliographic record; words of its pages are read page by page."""

    key: str
    iri: str
    kind: str
    title: dict[str, str]
    creators: list[str]
    contributors: list[str]
    publishers: list[str]
    issued: str | None
    year: int | None
    languages: list[str]
    language: str
    identifiers: list[str]
    keywords: list[str]
    subjects: list[SubjectOfDocument]
    abstract: dict[str, str]
    series: str | None
    license: str | None
    access: Literal["open", "restricted"]
    work_packages: list[int]
    projects: list[str]
    media_type: str
    file_name: str
    sha256: str
    page_count: int
    pipeline_version: str
    published: str
    is_copy_of: str | None = Field(
        description="The key of the document that the search finds in place of this one"
    )
    same_work: list[RelatedDocumentResponse]
    earlier: list[EarlierContentResponse]
    links: DocumentLinks


class MentionOnPage(BaseModel):
    """A place in the page's text that names an entity; start counts characters."""

    entity: str
    labels: dict[str, str]
    exact: str
    start: int


class PageResponse(BaseModel):
    """One page: its text as it was read from the file."""

    key: str
    iri: str
    number: int
    label: str | None
    page_count: int
    language: str
    text: str
    mentions: list[MentionOnPage]
