"""Works: which documents are one work, in other copies or other versions, and why we think so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Relation = Literal["copy", "version"]
"""A `copy` says the same, wherever it lies and in whatever format; a `version` an earlier or later
state of the same work."""

Reason = Literal["identifier", "text", "record", "curator"]
"""What two documents share: an identifier, their words, title with makers and year; or somebody
has said that they belong together."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two documents, by their keys in order, that are one work; `score` in 0..1."""

    first: str
    second: str
    relation: Relation
    reason: Reason
    score: float

    @property
    def pair(self) -> tuple[str, str]:
        return self.first, self.second


@dataclass(frozen=True, slots=True)
class Member:
    """A document of a work: a `relation` to the document `of`, or the `head` of the work itself.

    A version stands to the head; a copy to the head or to the version that it is a copy of.
    """

    key: str
    head: str
    of: str
    relation: Literal["head", "copy", "version"]


@dataclass(frozen=True, slots=True)
class Work:
    """The documents of one work, its head first, and what makes them one."""

    head: str
    members: tuple[Member, ...]
    likenesses: tuple[Likeness, ...]

    def member(self, key: str) -> Member:
        return next(member for member in self.members if member.key == key)


@dataclass(frozen=True, slots=True)
class EarlierContent:
    """What a document said before its place got another content; times are ISO."""

    key: str
    sha256: str
    file_name: str
    page_count: int
    published: str
    replaced: str
