"""What the filters and options of a source leave out: how many for each reason, with examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

_EXAMPLES = 3

_SETTINGS = {
    "another topic": "topics, terms",
    "calls on another topic": "topics, terms",
    "another language": "languages",
    "another kind": "kinds",
    "another organisation": "organisations",
    "another programme": "programmes",
    "another type": "types",
    "not in include": "include",
    "in exclude": "exclude",
    "in another set too": "set",
    "on another site": "hosts",
    "sitemap on another site": "hosts",
    "sitemap beyond the limit of documents": "most",
}
_BEGINNINGS = {"before ": "from", "after ": "until", "beyond the first ": "most"}


class LeftOut(Counter[str]):
    """Counts by reason; `examples` has the first few titles or addresses of each."""

    def __init__(self) -> None:
        super().__init__()
        self.examples: dict[str, list[str]] = {}

    def add(self, reason: str, example: str = "") -> None:
        self[reason] += 1
        kept = self.examples.setdefault(reason, [])
        if example and len(kept) < _EXAMPLES and example not in kept:
            kept.append(example)


def examples_of(left_out: Mapping[str, int]) -> Mapping[str, list[str]]:
    """Of each reason the first few, where the source has kept them."""
    return left_out.examples if isinstance(left_out, LeftOut) else {}


def setting_of(reason: str) -> str:
    """The settings of a declaration that leave out for this reason; empty for any other."""
    if known := _SETTINGS.get(reason):
        return known
    return next((name for start, name in _BEGINNINGS.items() if reason.startswith(start)), "")


def title_of(title: object) -> str:
    """One title of a record: a text, or the first of {language: text}."""
    if isinstance(title, dict):
        return str(next(iter(title.values()), ""))
    return str(title or "")
