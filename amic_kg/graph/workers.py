"""The embedded graph's reader: worker processes, ended and replaced when they pass a deadline."""

from __future__ import annotations

import pickle
import select
import subprocess
import sys
import threading
import time
from pathlib import Path
from queue import Empty, LifoQueue
from typing import IO

from amic_kg.errors import AmicError, QueryTimeout, ServiceBusy, SystemFault, WorkerLost
from amic_kg.graph.generations import Generations
from amic_kg.graph.oxigraph import GenerationReader
from amic_kg.graph.query_worker import LENGTH
from amic_kg.graph.sparql_text import refuse_unsafe
from amic_kg.ports import QueryAnswer, QueryRequest

_MEMORY_MEGABYTES = 8192
"""Address space of a worker: the store maps its files, so this is far above what it uses."""


class OxigraphReader:
    """Answers from the current generation; any number of threads may call.

    `seconds` is the deadline of a query, and also the longest wait for a free worker;
    `megabytes` caps a result. Workers start at first use and move on to a new generation by
    themselves.
    """

    def __init__(
        self, folder: Path, *, workers: int, seconds: float, megabytes: int, union: bool
    ) -> None:
        self._generations = Generations(folder / "generations")
        self._seconds = seconds
        self._arguments = ("union" if union else "default", str(megabytes), str(_MEMORY_MEGABYTES))
        self._idle: LifoQueue[_Worker] = LifoQueue()
        self._all: set[_Worker] = set()
        self._closing = threading.Event()
        for _ in range(workers):
            self._add_worker()

    def answer(self, request: QueryRequest) -> QueryAnswer:
        refuse_unsafe(request.query)
        generation = self._generations.current()
        if generation is None:
            raise SystemFault("Nothing has been published yet", "Run 'amic-kg ingest' first")
        try:
            worker = self._idle.get(timeout=self._seconds)
        except Empty:
            raise ServiceBusy("All query workers are taken", "Try again in a few seconds") from None
        try:
            answer = worker.ask(self._generations.path(generation), request, self._seconds)
        except (QueryTimeout, WorkerLost):
            self._all.discard(worker)
            if not self._closing.is_set():
                self._add_worker()
            raise
        except AmicError:
            self._idle.put(worker)
            raise
        self._idle.put(worker)
        return answer

    def export(self, path: Path) -> int:
        generation = self._generations.current()
        if generation is None:
            raise SystemFault("Nothing has been published yet", "Run 'amic-kg ingest' first")
        return GenerationReader(self._generations.path(generation), union=True).export(path)

    def generation(self) -> str:
        return self._generations.current() or "none"

    def ready(self) -> bool:
        return self._generations.current() is not None

    def close(self) -> None:
        self._closing.set()
        for worker in list(self._all):
            worker.end()

    def _add_worker(self) -> None:
        worker = _Worker(self._arguments)
        self._all.add(worker)
        self._idle.put(worker)


class _Worker:
    """One process; it starts at the first query and is used by one thread at a time."""

    def __init__(self, arguments: tuple[str, ...]) -> None:
        self._arguments = arguments
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, generation: Path, request: QueryRequest, seconds: float) -> QueryAnswer:
        """Raises QueryTimeout or WorkerLost, after which this worker is gone."""
        process = self._process = self._process or self._start()
        pipe_in, pipe_out = process.stdin, process.stdout
        if pipe_in is None or pipe_out is None:
            raise WorkerLost("The query worker has no pipes", "Restart the server")
        data = pickle.dumps((generation, request))
        deadline = time.monotonic() + seconds
        try:
            pipe_in.write(LENGTH.pack(len(data)) + data)
            size = LENGTH.unpack(_read(pipe_out, LENGTH.size, deadline))[0]
            answer: QueryAnswer | AmicError = pickle.loads(_read(pipe_out, size, deadline))  # noqa: S301 - from our own worker
        except TimeoutError:  # an OSError too, so it comes first
            self.end()
            raise QueryTimeout(
                f"The query was ended after {seconds:g} s",
                "Narrow it: start from a constant, add a LIMIT, or leave out unbounded paths",
            ) from None
        except (OSError, EOFError):
            self.end()
            raise WorkerLost(
                "The process that answered the query died", "Simplify the query"
            ) from None
        if isinstance(answer, AmicError):
            raise answer
        return answer

    def end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    stream.close()
            self._process = None

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "amic_kg.graph.query_worker", *self._arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )


def _read(pipe: IO[bytes], size: int, deadline: float) -> bytes:
    """Exactly `size` bytes; raises TimeoutError at the deadline, EOFError when the worker died."""
    data = bytearray()
    while len(data) < size:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            raise TimeoutError
        piece = pipe.read(min(size - len(data), 1 << 20))
        if not piece:
            raise EOFError
        data += piece
    return bytes(data)
