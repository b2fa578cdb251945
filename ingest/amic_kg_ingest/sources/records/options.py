"""The options of a list of publications."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from amic_kg.errors import InvalidSetting
from amic_kg_ingest.metadata.languages import language_tag
from amic_kg_ingest.sources.options import names, setting
from amic_kg_ingest.sources.records.columns import MEANINGS

Format = Literal["csv", "bibtex", "ris", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)


@dataclass(frozen=True, slots=True)
class Options:
    format: Format | None = setting(  # noqa: RUF009
        f"what the list is written in: {', '.join(FORMATS)}", '"csv"', None, unset="recognised"
    )
    columns: Mapping[str, str] = setting(
        f"names of columns of the list, each with what it holds: {', '.join(MEANINGS)}",
        '{ "Nimeke" = "title", "Sarja" = "isPartOf" }',
        dict,
        unset="names that are known",
    )
    publisher: str = setting(
        "of publications for which the list names none",
        '"Lapin ammattikorkeakoulu"',
        "",
        unset="none",
    )
    language: str = setting(
        "of publications for which the list names none", '"fi"', "", unset="none"
    )
    member: str = setting(
        "which list of a ZIP archive is meant",
        '"export/publications.csv"',
        "",
        unset="the only one",
    )
    files: bool = setting("whether files beside the list are read", "false", True)
    withdraw_missing: bool = setting(
        "whether what has left the list is taken out; never while the list has broken entries",
        "true",
        False,
    )

    @classmethod
    def of(cls, table: Mapping[str, object], where: str) -> Options:
        """Raises InvalidSetting, which names the option."""
        known = names(cls)
        if unknown := sorted(table.keys() - set(known)):
            raise InvalidSetting(
                where, f"has the unknown option '{unknown[0]}'", f"Use {', '.join(known)}"
            )
        for name, value in table.items():
            _check(name, value, f"{where}, {name}")
        return cls(**table)  # type: ignore[arg-type]


def _check(name: str, value: object, where: str) -> None:
    if name == "format" and value not in FORMATS:
        raise InvalidSetting(where, f"cannot be {value!r}", f"Use one of {', '.join(FORMATS)}")
    if name in ("files", "withdraw_missing") and not isinstance(value, bool):
        raise InvalidSetting(where, "is neither true nor false", "Say which")
    if name == "publisher" and not (isinstance(value, str) and value.strip()):
        raise InvalidSetting(where, "is no name", 'Write it as "Lapin ammattikorkeakoulu"')
    if name == "member" and not (isinstance(value, str) and value):
        raise InvalidSetting(where, "is no name", 'Write it as "export/publications.csv"')
    if name == "language" and not (isinstance(value, str) and language_tag(value)):
        raise InvalidSetting(where, f"{value!r} is no language", 'Write "fi", "en" or "sv"')
    if name == "columns":
        if not isinstance(value, dict):
            raise InvalidSetting(where, "is no table", 'Write it as { "Nimeke" = "title" }')
        for column, meaning in value.items():
            if meaning not in MEANINGS:
                raise InvalidSetting(
                    f"{where}, {column}", f"{meaning!r} is nothing that a column can hold",
                    f"Use one of {', '.join(MEANINGS)}",
                )  # fmt: skip
