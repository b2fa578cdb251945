"""What the tools for AI assistants give; assistants read the descriptions of the fields."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from amic_kg_api.models.questions import Plain

Link = Annotated[str, Field(description="On the website")]


class NamedThing(BaseModel):
    iri: str
    name: str
    type: Annotated[str, Field(description="Class, such as Site, Commodity or Method")]
    link: Link


class QuotedPassage(BaseModel):
    """Words as they stand on a page of a document."""

    page: Annotated[int, Field(description="Counted from the first page of the file")]
    page_label: Annotated[str | None, Field(description="What is printed on the page, if not that")]
    language: str
    quote: str
    link: Annotated[str, Field(description="The page on the website, with the place marked")]


class DocumentFound(BaseModel):
    iri: str
    key: Annotated[str, Field(description="What `describe` takes")]
    title: str
    kind: str
    year: int | None
    language: str
    access: Annotated[
        Literal["open", "restricted"],
        Field(description="Of a restricted document the text is not shown"),
    ]
    passages: list[QuotedPassage]
    abstract: Annotated[str | None, Field(description="In place of passages, when restricted")]
    why: Annotated[list[str], Field(description="What made it a hit")]
    link: Link


class SearchFound(BaseModel):
    total: Annotated[int, Field(description="Documents that match")]
    documents: list[DocumentFound]
    next_offset: Annotated[int | None, Field(description="Where the documents go on")]
    concepts: Annotated[list[NamedThing], Field(description="What the words of the text name")]
    suggestion: Annotated[str | None, Field(description="A text that may be what was meant")]
    relaxed: Annotated[bool, Field(description="No document has every word: these have some")]
    link: Annotated[str, Field(description="The same search on the website")]


class FactValue(BaseModel):
    text: str
    link: str | None


class FactTold(BaseModel):
    """What the registry, a vocabulary or the records of a source say."""

    name: str
    values: list[FactValue]


class SourcedPassage(QuotedPassage):
    document: Annotated[str, Field(description="Title of the document")]


class StatementDrawn(BaseModel):
    """What documents state, each with the words that state it."""

    name: str
    value: FactValue
    percent: Annotated[int, Field(description="How sure the extraction is; not that it is true")]
    accepted: Annotated[bool, Field(description="Whether it has been accepted, not just proposed")]
    quotes: list[SourcedPassage]
    further_quotes: int


class NamingDocument(BaseModel):
    """A document that names the thing, or something narrower."""

    iri: str
    key: str
    title: str
    year: int | None
    quotes: list[QuotedPassage]
    link: Link


class ThingDescribed(BaseModel):
    """A concept of a vocabulary, or an organisation, a project, a place or a site."""

    iri: str
    type: str
    name: str
    names: Annotated[dict[str, str], Field(description="By language")]
    other_names: list[str]
    definition: str | None
    broader: list[NamedThing]
    narrower: list[NamedThing]
    facts: list[FactTold]
    statements: list[StatementDrawn]
    documents: list[NamingDocument]
    documents_total: int
    link: Link


class ThingMentioned(BaseModel):
    thing: NamedThing
    times: int
    first: QuotedPassage


class DocumentDescribed(BaseModel):
    """The record of a document, and what it names."""

    iri: str
    key: str
    title: str
    kind: str
    issued: str | None
    languages: list[str]
    creators: list[str]
    publishers: list[str]
    identifiers: list[str]
    license: str | None
    access: Literal["open", "restricted"]
    page_count: int
    abstract: str | None
    subjects: list[NamedThing]
    mentions: Annotated[list[ThingMentioned], Field(description="The most named first")]
    mentions_total: Annotated[int, Field(description="Things that it names")]
    link: Link
    file: Annotated[str | None, Field(description="The file itself")]


class Description(BaseModel):
    """One of the two is there."""

    thing: ThingDescribed | None = None
    document: DocumentDescribed | None = None


class ParameterListed(BaseModel):
    name: str
    type: Annotated[str, Field(description="iri, string, integer, decimal, year or date")]
    label: str
    default: Annotated[list[str], Field(description="What is used when it is left out")]
    many: Annotated[bool, Field(description="Whether it may be a list")]
    thing: Annotated[str | None, Field(description="Class of the things that fit; names will do")]
    choices: Annotated[list[str], Field(description="All that fit, where the list is not empty")]


class QueryListed(BaseModel):
    id: str
    topic: str
    title: str
    description: str
    answered: Annotated[Literal["whole", "part", "none"], Field(description="By today's data")]
    missing: Annotated[str | None, Field(description="What the data lack")]
    parameters: list[ParameterListed]


class SparqlExample(BaseModel):
    title: str
    sparql: str


class QueriesListed(BaseModel):
    queries: list[QueryListed]
    sparql_examples: list[SparqlExample]
    prefixes: Annotated[dict[str, str], Field(description="These need not be declared in SPARQL")]


class QueryResult(BaseModel):
    """The answer: rows of a question or SELECT, truth of ASK, Turtle of CONSTRUCT or DESCRIBE."""

    form: Literal["rows", "boolean", "graph"]
    columns: list[str] = []
    rows: list[dict[str, Plain]] = []
    names: Annotated[dict[str, str], Field(description="Of the IRIs in the rows")] = {}
    pages: Annotated[
        list[str | None],
        Field(description="For each row the page that it quotes, if it has ?document and ?page"),
    ] = []
    next_offset: Annotated[int | None, Field(description="Where the rows go on")] = None
    boolean: bool | None = None
    turtle: str | None = None
    title: Annotated[str | None, Field(description="The question")] = None
    missing: Annotated[str | None, Field(description="What the data lack to answer it whole")] = (
        None
    )
    parameters: Annotated[dict[str, list[str]], Field(description="The values in use")] = {}
    sparql: Annotated[str, Field(description="The query that was run")]
    link: Annotated[str, Field(description="The same query on the website")]
