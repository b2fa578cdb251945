"""The other documents of a document's work: its copies, its versions, what it said before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from amic_kg.records import StoredDocument
from amic_kg.works import EarlierContent, Member, Reason, Work
from amic_kg_api.services import Services


@dataclass(frozen=True, slots=True)
class RelatedDocument:
    """Another document of the work, and how it stands to the one that is shown."""

    document: StoredDocument
    relation: Literal["copy", "newest", "version"]
    """`copy`; `newest`, the version that stands for the work; or `version`, another one."""

    reason: Reason | Literal[""]
    """What the two have in common, where they were compared; else empty."""

    score: float | None


@dataclass(frozen=True, slots=True)
class WorkView:
    """`stands_for_it` is set for a copy: the document that the search finds in its place;
    `newest` for a version: the document of the same work that is the latest.
    """

    related: tuple[RelatedDocument, ...] = ()
    earlier: tuple[EarlierContent, ...] = ()
    stands_for_it: StoredDocument | None = None
    newest: StoredDocument | None = None


def view_work(services: Services, key: str) -> WorkView:
    earlier = tuple(services.works.earlier(key))
    work = services.works.work(key)
    if work is None:
        return WorkView(earlier=earlier)
    documents = services.documents.documents_of([member.key for member in work.members])
    mine = work.member(key)
    related = tuple(
        RelatedDocument(documents[member.key], _relation(mine, member), *_why(work, key, member))
        for member in work.members
        if member.key != key and member.key in documents
    )
    return WorkView(
        related,
        earlier,
        documents.get(mine.of) if mine.relation == "copy" else None,
        documents.get(work.head) if _edition(mine) != work.head else None,
    )


def _edition(member: Member) -> str:
    """The version that a document is, or is a copy of."""
    return member.of if member.relation == "copy" else member.key


def _relation(mine: Member, other: Member) -> Literal["copy", "newest", "version"]:
    if _edition(mine) == _edition(other):
        return "copy"
    return "newest" if other.relation == "head" else "version"


def _why(work: Work, key: str, other: Member) -> tuple[Reason | Literal[""], float | None]:
    pair = tuple(sorted((key, other.key)))
    for likeness in work.likenesses:
        if likeness.pair == pair:
            return likeness.reason, likeness.score
    return "", None
