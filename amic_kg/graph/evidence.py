"""The evidence of a document before it is published: every quote stands where it says."""

from __future__ import annotations

from amic_kg.records import Extraction

FACE_MENTIONS = 3
"""Mentions of a document that the gate sees.

They are written by one function, so a few show whether it writes them rightly; the values of all of
them are checked by `mention_faults`, which costs nothing. See docs/decisions/0013.
"""


def mention_faults(extraction: Extraction) -> tuple[str, ...]:
    """What is wrong with the evidence: each quote must stand on its page where it says."""
    pages = {page.number: page.text for page in extraction.pages}
    found = []
    for mention in extraction.mentions:
        text = pages.get(mention.page, "")
        before, after = text[: mention.start], text[mention.end :]
        if (
            not mention.surface
            or text[mention.start : mention.end] != mention.surface
            or not before.endswith(mention.prefix)
            or not after.startswith(mention.suffix)
        ):
            found.append(f"the quote {mention.surface!r} does not stand on page {mention.page}")
        if not 0 <= mention.confidence <= 1:
            found.append(f"the confidence of {mention.surface!r} is {mention.confidence}")
    return tuple(found)
