"""What `/api/sparql` gives to editors of queries; the names are a contract, see docs/reference."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field


class TermName(BaseModel):
    """A class or a property as a query may write it."""

    iri: str
    name: Annotated[str, Field(description="`mrdi:Report`, or the IRI in angle brackets")]
    label: Annotated[dict[str, str], Field(description="By language")]
    comment: Annotated[dict[str, str], Field(description="By language")]
    uses: Annotated[int, Field(description="Instances of a class, triples of a property")]


class QueryTerms(BaseModel):
    prefixes: Annotated[dict[str, str], Field(description="Those that need not be declared")]
    classes: list[TermName]
    properties: list[TermName]


class ConceptName(BaseModel):
    iri: str
    label: Annotated[str, Field(description="The preferred label in the language asked for")]
    matched: Annotated[str, Field(description="The label that holds the text")]
    type: Annotated[str, Field(description="Local name of its class, such as Method")]


class ConceptNames(BaseModel):
    concepts: list[ConceptName]
