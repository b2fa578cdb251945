"""What `/api/suggest` takes and gives; the names are a contract, see docs/reference."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field, field_validator

from amic_kg_api.models.search import Span, UiLanguage

LONGEST_TYPED = 400


class SuggestQuery(BaseModel):
    """What is typed so far, and which completions are wanted."""

    q: Annotated[
        str, Field(max_length=LONGEST_TYPED, description="What is typed so far, in any language")
    ] = ""
    lang: Annotated[
        UiLanguage | None, Field(description="Language of the names shown; else Accept-Language")
    ] = None
    type: Annotated[
        list[str],
        Field(description="Only these types, such as Method, Site, Organization, Document"),
    ] = []
    size: Annotated[int, Field(ge=1, le=20, description="Completions in one answer")] = 8

    @field_validator("type")
    @classmethod
    def _drop_empty(cls, values: list[str]) -> list[str]:
        # A form sends its empty fields too.
        return [value for value in values if value.strip()]


class Suggestion(BaseModel):
    """A thing or a document, one of whose names has what was typed."""

    text: str = Field(description="Its name for this reader")
    language: str = Field(description="Language of text; und when it is not known")
    matched: str = Field(description="The name that has what was typed; often that of text")
    matched_language: str
    highlights: list[Span] = Field(description="[start, end) of it, in characters of matched")
    type: str = Field(description="Local name of its class, such as Method; Document for all kinds")
    type_label: str = Field(description="The type in the reader's language, of a document its kind")
    iri: str
    url: str = Field(description="Its page on this site")
    count: int = Field(description="Documents that name it; 1 for a document")


class Suggestions(BaseModel):
    """Completions of what is typed, the best first."""

    complete: bool = Field(description="False while the names are still being read at start-up")
    suggestions: list[Suggestion]
