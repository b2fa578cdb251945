"""A passage with all that was read in it: what statements, subjects and the index stand on."""

from __future__ import annotations

from dataclasses import dataclass

from amic_kg.language import Token
from amic_kg.records import Mention, Passage


@dataclass(frozen=True, slots=True)
class AnalysedPassage:
    """A passage, its tokens (offsets within the passage) and mentions (offsets within the page)."""

    passage: Passage
    tokens: list[Token]
    mentions: tuple[Mention, ...]

    @property
    def entities(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(mention.entity for mention in self.mentions))
