"""The evidence of a document before it is published: every quote stands where it says."""

from __future__ import annotations

from collections.abc import Iterator

from amic_kg.graph.terms import OA
from amic_kg.records import Extraction, Mention, Statement

FACE_MENTIONS = 3
"""Mentions, plain statements and candidates of a document that the gate sees, beside a whole study
and a whole stance.

They are written by one function, so a few show whether it writes them rightly; the values of all of
them are checked by `value_faults`, which costs nothing. See docs/decisions/0013.
"""


def value_faults(extraction: Extraction, triples: bytes) -> tuple[str, ...]:
    """What is wrong with the values of a document: its evidence, its dates, its silence.

    Each quote must stand on its page where it says, and `triples` of a restricted document must
    hold no annotation.
    """
    pages = {page.number: page.text for page in extraction.pages}
    found: list[str] = []
    places: tuple[Mention | Statement, ...] = (*extraction.mentions, *extraction.statements)
    for place in places:
        found.extend(_place_faults(place, pages.get(place.page, "")))
    if extraction.record.access != "open" and OA.encode() in triples:
        found.append("the document is restricted, yet words of its text are in its graph")
    return tuple(found)


def _place_faults(place: Mention | Statement, page: str) -> Iterator[str]:
    before, after = page[: place.start], page[place.end :]
    if (
        not place.surface
        or page[place.start : place.end] != place.surface
        or not before.endswith(place.prefix)
        or not after.startswith(place.suffix)
    ):
        yield f"the quote {place.surface!r} does not stand on page {place.page}"
    if not 0 <= place.confidence <= 1:
        yield f"the confidence of {place.surface!r} is {place.confidence}"
