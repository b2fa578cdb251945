"""One query and its worker: the question goes out, the answer comes while there is time for it."""

from __future__ import annotations

import asyncio
import os
import socket
import tempfile
import time
from contextlib import suppress

from amic_kg.errors import WorkerLost
from amic_kg.graph.nurseries import Worker
from amic_kg.graph.query_limits import too_slow
from amic_kg.graph.query_turns import Turn, Turns
from amic_kg.graph.spooled import SpooledStream
from amic_kg.graph.worker_messages import Ask, Failed, Inbox, Reply, Whole, Written, packed, send
from amic_kg.graph.worker_pool import WorkerPool
from amic_kg.ports import QueryAnswer

_SLOW_SECONDS = 0.5
"""A query that runs longer goes on behind the others, and no longer counts among the workers."""

_PIECE = 65_536


class Exchange:
    """A worker that a turn brought, until it is given back or ended."""

    def __init__(
        self, pool: WorkerPool, turns: Turns[Worker], turn: Turn[Worker], seconds: float
    ) -> None:
        self.turn = turn
        self.seconds = seconds
        self._pool = pool
        self._turns = turns
        self._worker: Worker | None = None

    @property
    def worker(self) -> Worker:
        if self._worker is None:
            raise _lost()
        return self._worker

    @property
    def busy(self) -> bool:
        return self._worker is not None

    def take(self, worker: Worker) -> bool:
        """False when it died while it had nothing to do: that must not cost anybody a query."""
        self._worker = worker
        if worker.alive():
            return True
        self.end()
        return False

    def set_aside(self) -> None:
        self._pool.set_aside(self.worker)

    def give_back(self) -> None:
        if self._worker is not None:
            worker, self._worker = self._worker, None
            self._pool.give_back(worker)
            self._turns.finish(self.turn)

    def end(self) -> None:
        """The query is not to run on."""
        if self._worker is not None:
            worker, self._worker = self._worker, None
            self._pool.end(worker)
            self._turns.finish(self.turn)

    def leave(self) -> None:
        """Nothing more will be asked or read."""
        self.end()
        unseen = self._turns.leave(self.turn)
        if unseen is not None:
            self._pool.give_back(unseen)


def answer(exchange: Exchange, question: Ask) -> QueryAnswer:
    """The whole answer, for a thread that can wait. Raises what the query meets."""
    connection = exchange.worker.connection
    inbox = Inbox()
    slow_at, late_at = _times(exchange)
    with tempfile.TemporaryFile(buffering=0) as file:
        try:
            connection.settimeout(exchange.seconds)
            send(connection, question, file.fileno())
            while not _is_last(reply := inbox.take()):
                if reply is None:
                    inbox.put(_more(exchange, connection, slow_at, late_at))
            connection.setblocking(False)
        except TimeoutError:  # an OSError too, so it comes first
            exchange.end()
            raise too_slow(exchange.seconds) from None
        except (OSError, EOFError):
            exchange.end()
            raise _lost() from None
        exchange.give_back()
        if isinstance(reply, Failed):
            raise reply.error
        if isinstance(reply, Whole):
            return QueryAnswer(reply.body, reply.media_type)
        if isinstance(reply, Written):
            return QueryAnswer(os.pread(file.fileno(), reply.size, 0), reply.media_type)
    raise _lost()


class WorkerStream(SpooledStream):
    """A result on its way from a worker, which is free as soon as it has written all of it."""

    def __init__(self, exchange: Exchange, generation: str) -> None:
        super().__init__(generation)
        self._exchange = exchange
        self._connection = exchange.worker.connection
        self._slow_at, self._late_at = _times(exchange)
        self._inbox = Inbox()

    async def begin(self, question: Ask) -> None:
        """Returns once there is a result to read; raises what the query met before."""
        self._connection.setblocking(False)
        try:
            data = packed(question)
            sent = socket.send_fds(self._connection, [data[:_PIECE]], [self.file.fileno()])
            if sent < len(data):
                await asyncio.get_running_loop().sock_sendall(self._connection, data[sent:])
        except OSError:
            self._let_go()
            raise _lost() from None
        self._accept(await self._reply())
        if not self.ended:
            self.write_on(self._follow)

    def close(self) -> None:
        super().close()
        self._let_go()
        self._exchange.leave()

    async def _follow(self) -> None:
        while not self.ended:
            self._accept(await self._reply())
            self.tell()

    def _accept(self, reply: Reply) -> None:
        if isinstance(reply, Failed):
            self._exchange.give_back()
            raise reply.error
        self.media_type = reply.media_type
        if isinstance(reply, Whole):
            self.whole = reply.body
        else:
            self.size = reply.size
        self.ended = _is_last(reply)
        if self.ended:
            self._exchange.give_back()

    async def _reply(self) -> Reply:
        while (reply := self._inbox.take()) is None:
            now = time.monotonic()
            if now >= self._slow_at:
                self._exchange.set_aside()
            next_at = self._late_at if now >= self._slow_at else self._slow_at
            try:
                async with asyncio.timeout(next_at - now):
                    data = await self._some()
            except TimeoutError:  # an OSError too, so it comes first
                if next_at < self._late_at:
                    continue
                self._let_go()
                raise too_slow(self._exchange.seconds) from None
            except OSError:
                data = b""
            if not data:
                self._let_go()
                raise _lost()
            self._inbox.put(data)
        return reply

    async def _some(self) -> bytes:
        """What comes next; when this is cancelled, what has come stays in the socket.

        The loop's own sock_recv takes it out first: where a time-out and an answer fall together,
        as when the server was held up, the answer would be lost.
        """
        loop = asyncio.get_running_loop()
        file = self._connection.fileno()
        while True:
            with suppress(BlockingIOError):
                return self._connection.recv(_PIECE * 2)
            readable = asyncio.Event()
            loop.add_reader(file, readable.set)
            try:
                await readable.wait()
            finally:
                # When it was closed meanwhile, its number may be another socket's.
                if self._connection.fileno() == file:
                    loop.remove_reader(file)

    def _let_go(self) -> None:
        """End the query, if it still runs."""
        # Before the socket is closed: its number may be another socket's a moment later.
        if self._exchange.busy:
            asyncio.get_running_loop().remove_reader(self._connection)
        self._exchange.end()


def _times(exchange: Exchange) -> tuple[float, float]:
    now = time.monotonic()
    return now + min(_SLOW_SECONDS, exchange.seconds), now + exchange.seconds


def _is_last(reply: Reply | None) -> bool:
    return isinstance(reply, Whole | Failed) or (isinstance(reply, Written) and reply.ended)


def _more(exchange: Exchange, connection: socket.socket, slow_at: float, late_at: float) -> bytes:
    """What comes next; raises TimeoutError at the deadline, EOFError when the worker died."""
    soon = slow_at - time.monotonic()
    if soon > 0:
        connection.settimeout(soon)
        try:
            return _some(connection)
        except TimeoutError:
            exchange.set_aside()
    left = late_at - time.monotonic()
    if left <= 0:
        raise TimeoutError
    connection.settimeout(left)
    return _some(connection)


def _some(connection: socket.socket) -> bytes:
    data = connection.recv(_PIECE * 2)
    if not data:
        raise EOFError
    return data


def _lost() -> WorkerLost:
    return WorkerLost(
        "The process that answered the query died, or needed more memory than a query may take",
        "Simplify the query",
    )
