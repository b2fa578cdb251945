"""The options of a web source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from amic_kg.errors import InvalidSetting
from amic_kg_ingest.fetch.naming import ENDINGS
from amic_kg_ingest.sources.options import names, setting

TYPES: dict[str, frozenset[str]] = {
    ending.removeprefix("."): frozenset(t for t, e in ENDINGS.items() if e == ending)
    for ending in ENDINGS.values()
}
"""Short names of types, as `types` lists them, with their media types."""

_SAME = {"htm": "html", "xhtml": "html", "text": "txt"}


@dataclass(frozen=True, slots=True)
class WebOptions:
    """Raises InvalidSetting through `of` for what is unknown or of another type."""

    list: bool = setting("whether the address is a text with one address a line", "true", False)
    include: tuple[re.Pattern[str], ...] = setting(
        "one of these must be found in an address", '["/julkaisut/"]', unset="all"
    )
    exclude: tuple[re.Pattern[str], ...] = setting(
        "none of these may be found in an address", '["[?]print="]', unset="none"
    )
    hosts: tuple[str, ...] = setting(
        "hosts that a sitemap may name beside its own", '["cdn.example.org"]', unset="its own"
    )
    types: tuple[str, ...] = setting(
        f"kinds of documents that are fetched: {', '.join(TYPES)}",
        '["pdf", "html"]',
        tuple(TYPES),
        unset="all",
    )
    most: int = setting("no more documents than this", "200", 1000)
    pause: float = setting("seconds between two requests, at least", "2.5", 0.0)

    @classmethod
    def of(cls, table: Mapping[str, object], where: str) -> WebOptions:
        known = names(cls)
        if unknown := sorted(table.keys() - set(known)):
            raise InvalidSetting(
                where,
                f"sets '{unknown[0]}', which a web source does not know",
                f"Use {', '.join(known)}",
            )
        values = {name: _read(name, value, f"{where}, {name}") for name, value in table.items()}
        return cls(**values)  # type: ignore[arg-type]

    @property
    def media_types(self) -> frozenset[str]:
        return frozenset().union(*(TYPES[name] for name in self.types))

    def leaves_out(self, url: str, path: str) -> str | None:
        """Why an address is not wanted, by its looks; None when it is."""
        if self.include and not any(x.search(url) for x in self.include):
            return "not in include"
        if any(x.search(url) for x in self.exclude):
            return "in exclude"
        ending = path.rpartition("/")[2].rpartition(".")[2].lower()
        ending = _SAME.get(ending, ending)
        return "another type" if ending in TYPES and ending not in self.types else None


def _read(name: str, value: object, where: str) -> object:
    if name == "list":
        return _checked(value, isinstance(value, bool), where, "Give true or false")
    if name == "most":
        right = isinstance(value, int) and not isinstance(value, bool) and value > 0
        return _checked(value, right, where, "Give a whole number above 0")
    if name == "pause":
        right = isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
        return _checked(value, right, where, "Give seconds, as 2.5")
    texts = value if isinstance(value, list) else [value]
    right = bool(texts) and all(isinstance(x, str) and x for x in texts)
    _checked(value, right, where, 'Write it as ["a", "b"]')
    if name == "types":
        _checked(value, set(texts) <= TYPES.keys(), where, f"Use {', '.join(TYPES)}")
    if name in ("include", "exclude"):
        return tuple(_pattern(str(text), where) for text in texts)
    return tuple(texts)


def _pattern(text: str, where: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise InvalidSetting(
            where, f"'{text}' is no regular expression ({error})", "Mend it"
        ) from None


def _checked(value: object, right: bool, where: str, remedy: str) -> object:
    if not right:
        raise InvalidSetting(where, f"cannot be {value!r}", remedy)
    return value
