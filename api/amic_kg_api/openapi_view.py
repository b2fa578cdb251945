"""The OpenAPI document as rows for a page (https://spec.openapis.org/oas/v3.1.0)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Described = Mapping[str, Any]
"""A part of the OpenAPI document: JSON, so of any shape."""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter of an operation, or a member of a JSON object."""

    name: str
    type: str
    needed: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class OperationView:
    name: str
    method: str
    path: str
    meaning: tuple[str, ...]
    parameters: tuple[Field, ...]
    bodies: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    media_types: tuple[str, ...]
    schema: str | None


@dataclass(frozen=True, slots=True)
class SchemaView:
    name: str
    meaning: str
    fields: tuple[Field, ...]


def operations(document: Described) -> dict[str, list[OperationView]]:
    """The operations by tag, in the order of the document."""
    groups: dict[str, list[OperationView]] = {}
    for path, methods in document["paths"].items():
        for method, described in methods.items():
            tag = next(iter(described.get("tags", ())), "Other")
            groups.setdefault(tag, []).append(_operation(path, method, described))
    return groups


def schemas(document: Described) -> list[SchemaView]:
    """The JSON objects that answers are made of."""
    found = document.get("components", {}).get("schemas", {})
    return [
        SchemaView(
            name,
            str(described.get("description", "")),
            tuple(
                Field(
                    field,
                    _type(member),
                    field in described.get("required", ()),
                    str(member.get("description", "")),
                )
                for field, member in described["properties"].items()
            ),
        )
        for name, described in found.items()
        if "properties" in described and not name.startswith(("HTTPValidation", "Validation"))
    ]


def _operation(path: str, method: str, described: Described) -> OperationView:
    answers = described.get("responses", {})
    content = answers.get("200", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {}).get("$ref", "")
    return OperationView(
        name=described["operationId"],
        method=method.upper(),
        path=path,
        meaning=tuple(
            " ".join(part.split()) for part in described.get("description", "").split("\n\n")
        ),
        parameters=tuple(
            Field(
                parameter["name"],
                _type(parameter["schema"]),
                parameter.get("required", False),
                str(parameter.get("description", "")),
            )
            for parameter in described.get("parameters", ())
        ),
        bodies=tuple(described.get("requestBody", {}).get("content", {})),
        answers=tuple(
            (status, answer.get("description", ""))
            for status, answer in answers.items()
            if status not in ("200", "422")
        ),
        media_types=tuple(content),
        schema=schema.rsplit("/", 1)[-1] or None,
    )


def _type(schema: Described) -> str:
    """A JSON schema in a few words: 'array of string', 'integer or null'."""
    text = str(schema.get("type", "any"))
    if "$ref" in schema:
        text = str(schema["$ref"]).rsplit("/", 1)[-1]
    elif "enum" in schema or "const" in schema:
        text = " | ".join(map(str, schema.get("enum", (schema.get("const"),))))
    elif "anyOf" in schema:
        text = " or ".join(_type(choice) for choice in schema["anyOf"])
    elif text == "array":
        text = f"array of {_type(schema.get('items', {}))}"
    elif text == "object" and isinstance(schema.get("additionalProperties"), dict):
        text = f"object of {_type(schema['additionalProperties'])}"
    return text
