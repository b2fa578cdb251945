"""The evidence of a document before it is published: every quote stands where it says."""

from __future__ import annotations

from collections.abc import Iterator

from amic_kg.graph.terms import OA
from amic_kg.records import Extraction

FACE_MENTIONS = 3
"""Mentions of a document that the gate sees.

They are written by one function, so a few show whether it writes them rightly; the values of all of
them are checked by `value_faults`, which costs nothing. See docs/decisions/0013.
"""


def value_faults(extraction: Extraction, triples: bytes) -> tuple[str, ...]:
    """What is wrong with the values of a document: its evidence, its dates, its silence.

    Each quote must stand on its page where it says, and `triples` of a restricted document must
    hold no annotation.
    """
    found = list(_mention_faults(extraction))
    if extraction.record.access != "open" and OA.encode() in triples:
        found.append("the document is restricted, yet words of its text are in its graph")
    return tuple(found)


def _mention_faults(extraction: Extraction) -> Iterator[str]:
    pages = {page.number: page.text for page in extraction.pages}
    for mention in extraction.mentions:
        text = pages.get(mention.page, "")
        before, after = text[: mention.start], text[mention.end :]
        if (
            not mention.surface
            or text[mention.start : mention.end] != mention.surface
            or not before.endswith(mention.prefix)
            or not after.startswith(mention.suffix)
        ):
            yield f"the quote {mention.surface!r} does not stand on page {mention.page}"
        if not 0 <= mention.confidence <= 1:
            yield f"the confidence of {mention.surface!r} is {mention.confidence}"
