"""`/api/review`: candidates that wait for a decision, and the decisions of curators."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field, model_validator

from amic_kg.records import CandidateEntry, Decision, DecisionKind, Verdict
from amic_kg_api.keys import REVIEW, require_key
from amic_kg_api.refusals import InvalidParameter
from amic_kg_api.visits import ThisVisit

router = APIRouter(prefix="/api/review", tags=["Review"])

_REFUSALS: dict[int | str, dict[str, object]] = {
    401: {"description": "The request lacks the curator's key, or has another one"},
    403: {"description": "AMIC_REVIEW_KEY is not set: the server takes no decisions"},
}
CandidateType = Literal["Organization", "Project", "Place", "Site", "FundingProgramme"]


class CandidateOut(BaseModel):
    """A name that no registry knows, over all documents that have it."""

    iri: str
    type: str
    label: str
    surfaces: list[str]
    documents: list[str]
    score: float


class Candidates(BaseModel):
    candidates: list[CandidateOut]


class DecisionBody(BaseModel):
    """A decision; which fields it needs depends on `kind`.

    On an `entity`: `subject`, and `replacement` when merged. On a `mention`: `document`, `subject`
    and `object` (the words). On a `statement`: `document`, `subject`, `predicate`, `object`, and
    `quote` when its subject is a study or a stance.
    """

    kind: DecisionKind
    verdict: Verdict
    subject: str = Field(max_length=400)
    predicate: str = Field("", max_length=400)
    object: str = Field("", max_length=4000)
    document: str = Field("", max_length=200, description="Key of the document")
    quote: str = Field("", max_length=8000)
    replacement: str = Field("", max_length=400, description="IRI of the known thing, when merged")
    note: str = Field("", max_length=2000)

    @model_validator(mode="after")
    def _needs(self) -> DecisionBody:
        needed = {
            "entity": ("subject",),
            "mention": ("document", "subject", "object"),
            "statement": ("document", "predicate", "object"),
        }[self.kind]
        missing = [name for name in needed if not getattr(self, name)]
        if self.verdict == "merged" and not self.replacement:
            missing.append("replacement")
        if missing:
            raise ValueError(f"a decision on a {self.kind} needs {', '.join(missing)}")
        if self.kind == "statement" and self.verdict == "merged":
            raise ValueError("a statement is accepted or rejected, not merged")
        return self


class Decisions(BaseModel):
    """The decisions that hold, the latest last; `waiting` documents are not yet as they say."""

    waiting: int
    decisions: list[DecisionBody]


class Kept(BaseModel):
    """`waiting` documents are projected anew by the next ingest or `amic-kg rebuild --reviewed`."""

    waiting: int


@router.get("/candidates", operation_id="candidates")
def candidates(
    visit: ThisVisit,
    kind: Annotated[CandidateType | None, Query(alias="type")] = None,
    size: Annotated[int, Query(ge=1, le=1000)] = 50,
    offset: Annotated[int, Query(alias="from", ge=0)] = 0,
) -> Candidates:
    """Names that no registry knows and nobody has decided on, those of most documents first."""
    found = visit.services.reviews.candidates(kind=kind, limit=size, offset=offset)
    return Candidates(candidates=[_candidate(entry) for entry in found])


@router.get("/decisions", operation_id="decisions", responses=_REFUSALS)
def decisions(
    visit: ThisVisit,
    response: Response,
    document: Annotated[str | None, Query(max_length=200)] = None,
) -> Decisions:
    """The decisions that hold, all or those that concern one document; needs the key."""
    require_key(visit.request, REVIEW)
    response.headers["Cache-Control"] = "no-store"
    reviews = visit.services.reviews
    return Decisions(
        waiting=len(reviews.stale()),
        decisions=[DecisionBody(**asdict(d)) for d in reviews.decisions(document)],
    )


@router.post("/decisions", operation_id="decide", status_code=201, responses=_REFUSALS)
def decide(visit: ThisVisit, body: DecisionBody) -> Kept:
    """Keep a decision; needs the key as `Authorization: Bearer`.

    It holds for every later extraction, and for what is published from the next ingest or rebuild.
    """
    require_key(visit.request, REVIEW)
    if body.document and visit.services.documents.document(body.document) is None:
        raise InvalidParameter(
            "document", f"{body.document} is not published", "Give the key of a document"
        )
    base = visit.services.iris.output(body.document) if body.document else ""
    values = body.model_dump()
    for name in ("subject", "object"):
        values[name] = _local(values[name], base)
    visit.services.reviews.record(Decision(**values))
    return Kept(waiting=len(visit.services.reviews.stale()))


def _local(term: str, document: str) -> str:
    """The document itself is empty, a node of it goes by its name: as extraction writes them."""
    if not document or not term.startswith(document):
        return term
    rest = term.removeprefix(document)
    return rest.removeprefix("#") if rest[:1] in ("", "#") else term


def _candidate(entry: CandidateEntry) -> CandidateOut:
    return CandidateOut(**asdict(entry))
