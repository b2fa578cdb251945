"""What `/api/queries` gives; the names are a contract, see docs/reference."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

Plain = str | int | float | bool | None


class QueryParameter(BaseModel):
    name: str
    type: Annotated[str, Field(description="iri, string, integer, decimal, year or date")]
    label: str
    default: list[str]
    many: Annotated[bool, Field(description="Whether it may be given several times")]
    thing: Annotated[str | None, Field(description="Class that an IRI must be of")]
    choices: list[str]


class QueryEntry(BaseModel):
    """A question that can be asked by its address."""

    id: str
    iri: str
    topic: dict[str, str]
    title: dict[str, str]
    description: dict[str, str]
    answered: Annotated[Literal["whole", "part", "none"], Field(description="By today's data")]
    missing: Annotated[dict[str, str], Field(description="What the data lack, by language")]
    parameters: list[QueryParameter]
    url: Annotated[str, Field(description="Where it is answered as data")]
    page: Annotated[str, Field(description="Where it is answered for people")]
    sparql: Annotated[str, Field(description="Its SPARQL text")]


class QueryList(BaseModel):
    queries: list[QueryEntry]


class QueryRows(BaseModel):
    """An answer as plain rows: a column's name to its value; IRIs are strings."""

    id: str
    title: str
    answered: Literal["whole", "part", "none"]
    missing: str | None
    parameters: Annotated[dict[str, list[str]], Field(description="The values that were used")]
    columns: list[str]
    headings: Annotated[dict[str, str], Field(description="Columns in words")]
    rows: list[dict[str, Plain]]
    labels: Annotated[dict[str, str], Field(description="Names of the IRIs in the rows")]
    next: Annotated[str | None, Field(description="Where the rows go on")]
    page: Annotated[str, Field(description="The same answer for people")]
    sparql: Annotated[str, Field(description="The query editor, with this query filled in")]
