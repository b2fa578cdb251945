"""What pages ask of the whole graph, asked once and kept while its generation stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from amic_kg.errors import QueryTimeout
from amic_kg.ports import GraphReader

Answer = TypeVar("Answer")


class Remembered:
    """Answers by name; two visits that find none may both ask, which does no harm."""

    def __init__(self, graph: GraphReader) -> None:
        self._graph = graph
        self._kept: tuple[str, dict[str, object]] = ("", {})

    def of(self, name: str, ask: Callable[[GraphReader], Answer]) -> Answer | None:
        """What `ask` answers; None when nothing is published or counting takes too long.

        A page goes without a count rather than not be shown, and each visit does not try again.
        """
        if not self._graph.ready():
            return None
        generation = self._graph.generation()
        known, answers = self._kept
        if known != generation:
            answers = {}
            self._kept = (generation, answers)
        if name not in answers:
            try:
                answers[name] = ask(self._graph)
            except QueryTimeout:
                answers[name] = None
        return cast("Answer | None", answers[name])
