"""The embedded graph's reader: queries in processes that are ended when they pass a deadline."""

from __future__ import annotations

import asyncio
from pathlib import Path

from amic_kg.errors import GenerationGone, SystemFault
from amic_kg.graph.generations import Generations
from amic_kg.graph.nurseries import Worker
from amic_kg.graph.oxigraph import GenerationReader
from amic_kg.graph.query_limits import QueryLimits
from amic_kg.graph.query_turns import SITE, Turns
from amic_kg.graph.worker_messages import Ask
from amic_kg.graph.worker_pool import WorkerPool
from amic_kg.graph.worker_stream import Exchange, WorkerStream, answer
from amic_kg.ports import QueryAnswer, QueryRequest

_STARTS_WITHIN = 30.0


class OxigraphReader:
    """Answers from the current generation; any number of threads and coroutines may call.

    Nothing is started before the first query or `warm`.
    """

    def __init__(self, folder: Path, *, workers: int, limits: QueryLimits, union: bool) -> None:
        self._generations = Generations(folder / "generations")
        self._limits = limits
        # One client alone never has all the workers.
        self._turns: Turns[Worker] = Turns(limits.shares, at_once=max(1, workers - 1))
        self.pool = WorkerPool(
            self._generations,
            self._turns,
            count=workers,
            megabytes=limits.graph_megabytes,
            arguments=(
                "union" if union else "default",
                str(limits.megabytes),
                str(limits.rows),
                str(limits.worker_megabytes),
            ),
        )

    def warm(self) -> None:
        self.pool.warm()

    def answer(self, request: QueryRequest) -> QueryAnswer:
        # First of all, so that nothing is started for a graph that is not there.
        self._published()
        self.pool.start()
        self.pool.begun.wait(_STARTS_WITHIN)
        while True:
            exchange = self._enter(SITE, request)
            try:
                if not exchange.take(exchange.turn.wait(self._limits.seconds)):
                    continue
                # Only now: while a query waits its turn, generations come and go.
                question = self._question(request)
                return answer(exchange, question)
            except GenerationGone:
                if not self._moved_on(question):
                    raise
            finally:
                exchange.leave()

    async def stream(self, request: QueryRequest, client: str) -> WorkerStream:
        self._published()
        self.pool.start()
        if not self.pool.begun.is_set():
            await asyncio.to_thread(self.pool.begun.wait, _STARTS_WITHIN)
        while True:
            exchange = self._enter(client, request)
            try:
                if not exchange.take(await exchange.turn.come(self._limits.seconds)):
                    exchange.leave()
                    continue
                question = self._question(request)
                stream = WorkerStream(exchange, question.path.name)
            except BaseException:  # also when the asker is gone
                exchange.leave()
                raise
            try:
                await stream.begin(question)
            except BaseException as error:
                stream.close()
                if isinstance(error, GenerationGone) and self._moved_on(question):
                    continue
                raise
            return stream

    def export(self, path: Path) -> int:
        generation = self._generations.path(self._published())
        return GenerationReader(generation, union=True).export(path)

    def generation(self) -> str:
        return self._generations.current() or "none"

    def ready(self) -> bool:
        return self._generations.current() is not None

    def close(self) -> None:
        self.pool.close()

    def _published(self) -> str:
        generation = self._generations.current()
        if generation is None:
            raise SystemFault("Nothing has been published yet", "Run 'amic-kg ingest' first")
        return generation

    def _question(self, request: QueryRequest) -> Ask:
        return Ask(self._generations.path(self._published()), request)

    def _moved_on(self, question: Ask) -> bool:
        return self._generations.current() != question.path.name

    def _enter(self, client: str, request: QueryRequest) -> Exchange:
        turn = self._turns.enter(client)
        seconds = request.seconds_within(self._limits.seconds)
        return Exchange(self.pool, self._turns, turn, seconds)
