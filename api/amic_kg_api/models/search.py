"""What `/api/search` takes and gives; the names are a contract, see docs/reference."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from amic_kg.retrieval import FACETS

UiLanguage = Literal["fi", "en", "sv"]
Span = tuple[int, int]

MOST_HITS = 1000
"""`from` + `size` at most: beyond it a narrower question serves better than another page."""


class SearchQuery(BaseModel):
    """The parameters of a search; a facet may be given several times, then one must hold."""

    model_config = ConfigDict(populate_by_name=True, extra="ignore")

    q: Annotated[str, Field(max_length=2000, description="Words, or a phrase in quotes")] = ""
    lang: Annotated[
        UiLanguage | None, Field(description="Language of labels and reasons; else Accept-Language")
    ] = None
    size: Annotated[int, Field(ge=1, le=100, description="Documents in one answer")] = 10
    offset: Annotated[
        int, Field(alias="from", ge=0, le=MOST_HITS, description="Documents passed over")
    ] = 0
    kind: Annotated[list[str], Field(description="Kind of document, such as Report")] = []
    language: Annotated[list[str], Field(description="Language of the text: fi, en, sv, se")] = []
    year: Annotated[list[str], Field(description="Year of publication")] = []
    work_package: Annotated[list[str], Field(description="Work package: 1, 2 or 3")] = []
    concept: Annotated[list[str], Field(description="IRI of an entity that is mentioned")] = []
    mode: Annotated[
        Literal["lexical", "semantic", "hybrid"],
        Field(description="Stages of the search; lexical is what there is today"),
    ] = "lexical"

    @field_validator("kind", "language", "year", "work_package", "concept")
    @classmethod
    def _drop_empty(cls, values: list[str]) -> list[str]:
        # A form sends its empty fields too.
        return [value for value in values if value.strip()]

    @field_validator("year", "work_package")
    @classmethod
    def _whole_numbers(cls, values: list[str]) -> list[str]:
        for value in values:
            if not value.isascii() or not value.isdigit():
                raise ValueError(f"{value!r} is not a whole number")
        return values

    def filters(self) -> dict[str, tuple[str, ...]]:
        held = {name: tuple(getattr(self, name)) for name in (*FACETS, "concept")}
        return {name: values for name, values in held.items() if values}


class PassageFound(BaseModel):
    """A passage that answers: plain text, and where in it the words that were looked for stand."""

    page: int
    page_label: str | None = Field(description="What is printed on the page, when it differs")
    language: str
    text: str
    highlights: list[Span] = Field(description="[start, end) of each hit, in characters of text")
    score: float
    url: str = Field(description="The page on this site")


class Hit(BaseModel):
    """A document found. Of a restricted document page is null and passages is empty."""

    kind: str
    iri: str
    key: str
    title: str
    language: str
    score: float
    page: int | None
    snippet: str = Field(description="Plain text of the best passage")
    highlights: list[Span] = Field(description="[start, end) of each hit, in characters of snippet")
    passages: list[PassageFound]
    why: list[str] = Field(description="What made it a hit, such as 'mine water = kaivosvesi'")
    year: int | None
    access: Literal["open", "restricted"]
    url: str = Field(description="The document on this site")


class SearchResponse(BaseModel):
    """One page of results."""

    total: int = Field(description="Documents that match")
    took_ms: float
    hits: list[Hit]
    facets: dict[str, dict[str, int]] = Field(description="Documents by value of each facet")
    suggestion: str | None = Field(description="A query that may be what was meant")
    relaxed: bool = Field(description="No document has every word: these have some")
    concepts: list[str] = Field(description="IRIs of what the words of the query name")
