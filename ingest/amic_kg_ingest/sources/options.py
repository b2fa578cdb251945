"""What a table of a declaration may set: a dataclass whose fields tell meaning and example."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Protocol

NEEDED = dataclasses.MISSING
_TYPES = {
    "bool": "true or false",
    "int": "whole number",
    "float": "number",
    "str": "text",
    "tuple[str, ...]": "list of texts",
    "frozenset[str]": "list of texts",
    "tuple[re.Pattern[str], ...]": "list of regular expressions",
    "Mapping[str, str]": "table",
    "Format | None": "text",
}


class Table(Protocol):
    """The dataclass of a table: `[options]` or `[filter]` of a kind."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @classmethod
    def of(cls, table: Mapping[str, Any], where: str, /) -> Table:
        """Raises InvalidSetting, which names the setting."""


@dataclasses.dataclass(frozen=True, slots=True)
class SettingFacts:
    """A setting as the reference tells it: `default` and `example` as TOML has them.

    `default` is what it means when there is nothing to write, such as "all".
    """

    name: str
    type: str
    default: str
    meaning: str
    example: str


def setting(
    meaning: str,
    example: str,
    default: object = (),
    *,
    name: str = "",
    unset: str = "",
    sort: str = "",
) -> Any:
    """A field of a table; `name` is what TOML has where Python cannot.

    `unset` tells the default, and `sort` the type, where they say too little. A default that can
    change, such as a dict, is given as the function that makes it.
    """
    told = {"meaning": meaning, "example": example, "name": name, "unset": unset, "sort": sort}
    if callable(default):
        return dataclasses.field(default_factory=default, metadata=told)
    return dataclasses.field(default=default, metadata=told)


def names(table: type[Table]) -> tuple[str, ...]:
    """What may be set, in the order of the fields."""
    return tuple(facts.name for facts in settings_of(table))


def settings_of(table: type[Table]) -> Iterator[SettingFacts]:
    """Every setting of a table; fields made without `setting` are the table's own business."""
    for field in dataclasses.fields(table):
        told = field.metadata
        if "meaning" in told:
            yield SettingFacts(
                told["name"] or field.name,
                told["sort"] or _TYPES[str(field.type)],
                told["unset"] or _as_toml(field.default),
                told["meaning"],
                told["example"],
            )


def _as_toml(value: object) -> str:
    if value is NEEDED:
        return "needed"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"
