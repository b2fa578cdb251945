"""What is compared of two documents, and what they have to share to be compared at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from amic_kg.likeness.signature import Signature
from amic_kg.records import RECORD_MEDIA_TYPE, StoredDocument

_TELLING_TITLE = 20
"""Letters: "Opinnäytetyö" or "Annual report" is no work's name."""

_STRONG = ("https://doi.org/", "urn:nbn:", "hdl:")
_PERIODICAL = "urn:issn:"


@dataclass(frozen=True, slots=True)
class Face:
    """One document as it is compared: `titles` and `makers` are normalised, `full` is False for a
    record without its text.
    """

    key: str
    signature: Signature
    full: bool
    open: bool
    titles: frozenset[str]
    makers: frozenset[str]
    publishers: frozenset[str]
    identifiers: frozenset[str]
    year: int | None

    @property
    def strong_identifiers(self) -> frozenset[str]:
        """Those that name one work; an ISBN may name a book of which this is a chapter."""
        return frozenset(x for x in self.identifiers if x.startswith(_STRONG))

    @property
    def telling_titles(self) -> frozenset[str]:
        return frozenset(
            title for title in self.titles if sum(map(str.isalpha, title)) >= _TELLING_TITLE
        )

    def clues(self) -> Iterator[str]:
        """Two documents that are one work share at least one of these."""
        if self.full:
            yield from self.signature.bands()
        for identifier in sorted(self.identifiers):
            yield f"identifier {identifier[:180]}"
        for title in sorted(self.telling_titles):
            yield f"title {title[:150]}"


def face(document: StoredDocument, signature: Signature) -> Face:
    record = document.record
    identifiers = {x.casefold() for x in record.identifiers}
    identifiers |= {f"urn:isbn:{number}" for number in record.isbns}
    return Face(
        key=document.key,
        signature=signature,
        full=document.media_type != RECORD_MEDIA_TYPE,
        open=record.access == "open",
        titles=frozenset(filter(None, map(_plain, record.title.values()))),
        makers=frozenset(filter(None, map(_maker, record.creators))),
        publishers=frozenset(filter(None, map(_plain, record.publishers))),
        identifiers=frozenset(x for x in identifiers if not x.startswith(_PERIODICAL)),
        year=record.year,
    )


def _plain(text: str) -> str:
    """Letters and digits alone, without accents: catalogues differ in all else."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(x for x in folded if not unicodedata.combining(x))
    return " ".join(re.findall(r"[^\W_]+", letters))


def _maker(name: str) -> str:
    """Surname and first letter: "Eskola, Pentti", "Eskola, P." and "Pentti Eskola" are one."""
    surname, comma, first = name.partition(",")
    if not comma:
        *firsts, surname = name.split() or [""]
        first = " ".join(firsts)
    return f"{_plain(surname)} {_plain(first)[:1]}".strip()
