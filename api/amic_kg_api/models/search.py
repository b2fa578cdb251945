"""What `/api/search` takes and gives; the names are a contract, see docs/reference."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from amic_kg.iris import CANONICAL_BASE, VOCAB
from amic_kg.ontology import REGISTRY_TYPES, SCHEME_TYPES
from amic_kg.retrieval import FACET_TYPES, FACETS
from amic_kg.search import Sort
from amic_kg_api.addresses import Address

UiLanguage = Literal["fi", "en", "sv"]
Span = tuple[int, int]

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")

MOST_HITS = 1000
"""Where paging ends: beyond it a narrower question serves better than another page."""


def _named(what: str, example: str) -> Any:
    text = f"{what} that the document names: its IRI, or what ends its IRI, such as {example}"
    return Field(description=text)


class SearchQuery(BaseModel):
    """The parameters of a search; a facet may be given several times, then one must hold."""

    model_config = ConfigDict(populate_by_name=True, extra="ignore")

    q: Annotated[str, Field(max_length=2000, description="Words, or a phrase in quotes")] = ""
    lang: Annotated[
        UiLanguage | None, Field(description="Language of labels and reasons; else Accept-Language")
    ] = None
    size: Annotated[int, Field(ge=1, le=100, description="Documents in one answer")] = 10
    offset: Annotated[
        int, Field(alias="from", ge=0, description=f"Documents passed over, below {MOST_HITS}")
    ] = 0
    sort: Annotated[Sort, Field(description="Order of the documents")] = "relevance"
    kind: Annotated[list[str], Field(description="Kind of document, such as Report")] = []
    language: Annotated[list[str], Field(description="Language of the text: fi, en, sv, se")] = []
    year: Annotated[list[str], Field(description="Year of publication")] = []
    work_package: Annotated[list[str], Field(description="Work package: 1, 2 or 3")] = []
    organization: Annotated[list[str], _named("Organisation", "gtk")] = []
    place: Annotated[list[str], _named("Place, or one within it,", "sodankyla")] = []
    site: Annotated[list[str], _named("Mine, deposit or plant", "kevitsa")] = []
    commodity: Annotated[list[str], _named("Commodity", "nickel")] = []
    raw_material: Annotated[
        list[Literal["critical", "strategic"]],
        Field(description="Commodities on this list of the EU are named"),
    ] = []
    theme: Annotated[list[str], _named("Theme", "mine-water-management")] = []
    acceptance_factor: Annotated[list[str], _named("Acceptance factor", "trust")] = []
    lifecycle_stage: Annotated[list[str], _named("Life-cycle stage", "closure")] = []
    source: Annotated[list[str], Field(description="Source that the document came from")] = []
    creator: Annotated[list[str], Field(description="Name of an author, as in the record")] = []
    concept: Annotated[list[str], Field(description="IRI of what the passage itself names")] = []
    plain: Annotated[
        list[str],
        Field(description="IRI of what words of q shall not be taken for: they are words alone"),
    ] = []
    mode: Annotated[
        Literal["lexical", "semantic", "hybrid"],
        Field(description="Stages of the search; lexical is what there is today"),
    ] = "lexical"

    @field_validator(*FACETS, "creator", "concept", "plain", mode="before")
    @classmethod
    def _drop_empty(cls, values: list[str]) -> list[str]:
        # A form sends its empty fields too.
        return [value for value in values if value.strip()]

    @field_validator(*FACET_TYPES)
    @classmethod
    def _iris(cls, values: list[str]) -> list[str]:
        for value in values:
            if not value.startswith(("http://", "https://")) and not _NAME.fullmatch(value):
                raise ValueError(f"{value!r} is neither an IRI nor what ends one, such as 'nickel'")
        return values

    @field_validator("year", "work_package")
    @classmethod
    def _whole_numbers(cls, values: list[str]) -> list[str]:
        for value in values:
            if not value.isascii() or not value.isdigit():
                raise ValueError(f"{value!r} is not a whole number")
        return values

    def filters(self) -> dict[str, tuple[str, ...]]:
        """What narrows, things by their IRIs."""
        held = {
            name: tuple(full_value(name, value) for value in getattr(self, name))
            for name in (*FACETS, "creator", "concept")
        }
        return {name: values for name, values in held.items() if values}


_BASES = {
    facet: f"{VOCAB}{scheme}/"
    for facet, kind in FACET_TYPES.items()
    for scheme, of_kind in SCHEME_TYPES.items()
    if of_kind == kind
} | {
    facet: f"{CANONICAL_BASE}id/{facet}/"
    for facet, kind in FACET_TYPES.items()
    if kind in REGISTRY_TYPES
}


def full_value(facet: str, value: str) -> str:
    """The IRI that an address writes short: `kevitsa` for a site of the registry."""
    base = _BASES.get(facet)
    return value if base is None or "://" in value else base + value


def short_value(facet: str, value: str) -> str:
    """How an address writes a value."""
    base = _BASES.get(facet)
    short = value.removeprefix(base) if base else value
    return short if base is None or _NAME.fullmatch(short) else value


def narrowed(address: Address, facet: str, value: str) -> Address:
    """The first page with `value` among those chosen of `facet`."""
    return address.removing("from").adding(facet, short_value(facet, value))


def widened(address: Address, facet: str, value: str) -> Address:
    """The first page without it."""
    without = address.removing("from").removing(facet, value)
    return without.removing(facet, short_value(facet, value))


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


class Named(BaseModel):
    """A thing with its name in the reader's language, and in each that it has one in."""

    iri: str
    type: str
    label: str
    labels: dict[str, str] = Field(description="By language")
    url: str = Field(description="Its page on this site")


class UnderstoodAs(Named):
    """What words of the query were taken for."""

    words: str
    plain_url: str = Field(description="The same search for the words alone")


class EntityFound(Named):
    """A thing that the query names."""

    definition: str | None
    documents: int = Field(description="Documents that name it")
    documents_url: str


class AuthorFound(BaseModel):
    """An author whose name stands in the query, as the records write it."""

    names: list[str]
    documents: int = Field(description="Documents with this author")
    documents_url: str


class FacetValue(BaseModel):
    """A value of a facet; `parent` is the value above it, for places."""

    value: str
    label: str
    labels: dict[str, str] = Field(description="By language")
    count: int = Field(description="Documents with it, whatever is chosen in the same facet")
    chosen: bool
    parent: str | None = None
    eu_lists: list[str] = Field([], description="critical, strategic: the lists that it is on")


class FacetFound(BaseModel):
    """A facet as it is shown: no value without documents but those chosen."""

    name: str
    label: str
    labels: dict[str, str] = Field(description="By language")
    values: list[FacetValue]


class FilterInForce(BaseModel):
    name: str
    value: str
    label: str
    url: str = Field(description="The same search without it")


class SearchResponse(BaseModel):
    """One page of results."""

    total: int = Field(description="Documents that match")
    took_ms: float
    hits: list[Hit]
    facets: dict[str, dict[str, int]] = Field(description="Documents by value of each facet")
    facet_list: list[FacetFound] = Field(description="The same with labels, in order")
    filters: list[FilterInForce]
    sort: Sort
    suggestion: str | None = Field(description="A query that may be what was meant")
    relaxed: bool = Field(description="No document has every word: these have some")
    concepts: list[str] = Field(description="IRIs of what the words of the query name")
    understood: list[UnderstoodAs]
    entities: list[EntityFound]
    authors: list[AuthorFound]
    near: list[Named] = Field(description="When nothing is found: things with a name like it")
