"""The port of named-entity recognition: what finds names in running text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

NameLabel = Literal["PER", "ORG", "LOC"]


class NameSpan(NamedTuple):
    """A name of a person, an organisation or a place at characters `start`..`end` of a text."""

    start: int
    end: int
    label: NameLabel
    score: float
    """In 0..1: how sure the recogniser is; recognisers without scores give one value."""


class NameRecognizer(Protocol):
    """Finds names in running text, known or not (named-entity recognition)."""

    @property
    def version(self) -> str:
        """Changes when the same text would give other names."""
        ...

    @property
    def degraded(self) -> tuple[str, ...]:
        """What is lost on this machine, a line each; empty when all is there."""
        ...

    def names(self, texts: Sequence[tuple[str, str]]) -> list[list[NameSpan]]:
        """The names in each (text, language), in order of place, none within another.

        A text in a language without a model gives none.
        """
        ...
