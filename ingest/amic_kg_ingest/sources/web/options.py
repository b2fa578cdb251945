"""The options of a web source.

::

    [options]
    list = true               # the address is a text with one address a line
    include = ["/julkaisut/"] # regular expressions, one of which must be found in the address
    exclude = ["[?]print="]   # and none of these
    hosts = ["cdn.example.org"]  # what a sitemap may name beside its own host
    types = ["pdf", "html"]   # kinds of documents: pdf html docx pptx xlsx odt ods odp epub txt zip
    most = 1000               # no more documents than this
    pause = 2.5               # seconds between two requests, at least
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from amic_kg.errors import InvalidSetting
from amic_kg_ingest.fetch.naming import ENDINGS

TYPES: dict[str, frozenset[str]] = {
    ending.removeprefix("."): frozenset(t for t, e in ENDINGS.items() if e == ending)
    for ending in ENDINGS.values()
}
"""Short names of types, as `types` lists them, with their media types."""

_SAME = {"htm": "html", "xhtml": "html", "text": "txt"}


@dataclass(frozen=True, slots=True)
class WebOptions:
    """Raises InvalidSetting through `of` for what is unknown or of another type."""

    list: bool = False
    include: tuple[re.Pattern[str], ...] = ()
    exclude: tuple[re.Pattern[str], ...] = ()
    hosts: tuple[str, ...] = ()
    types: tuple[str, ...] = tuple(TYPES)
    most: int = 1000
    pause: float = 0

    @classmethod
    def of(cls, table: Mapping[str, object], where: str) -> WebOptions:
        known = [field.name for field in fields(cls)]
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
