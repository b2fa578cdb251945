"""Values in several languages within one text, as Finnish DSpace repositories pack them.

`fi=Lapin yliopisto|sv=Lapplands universitet|en=University of Lapland|` is one value of three
languages.
"""

from __future__ import annotations

import re

UNKNOWN = "und"
"""BCP 47: the language of a text is not known."""

_PACKED = re.compile(r"\s*(?:[a-z]{2,3}=[^|]*\|\s*)+(?:[a-z]{2,3}=[^|]*)?")
_PART = re.compile(r"([a-z]{2,3})=([^|]*)")


def unpack(value: str) -> dict[str, str]:
    """The texts by language tag, without empty ones; one that is not packed stands under `und`.

    A language that stands twice keeps its first text.
    """
    if not _PACKED.fullmatch(value):
        text = value.strip()
        return {UNKNOWN: text} if text else {}
    texts: dict[str, str] = {}
    for tag, part in _PART.findall(value):
        if text := part.strip():
            texts.setdefault(tag, text)
    return texts


def text_in(value: str, *languages: str) -> str:
    """The text in the first of `languages` that there is, else in any; empty when there is none."""
    texts = unpack(value)
    for language in languages:
        if language in texts:
            return texts[language]
    return next(iter(texts.values()), "")
