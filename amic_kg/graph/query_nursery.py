"""A process that makes query workers by forking itself; a warm one holds a graph for them.

The first one is started by the server and holds no graph: its workers read generations from disk.
On request it forks another that loads one generation into memory, which its workers then share
with it page by page. It never opens a generation on disk itself, for that starts threads, and a
process with threads must not fork: another child reads it to it.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import NoReturn

from amic_kg.graph.confinement import leave_the_network
from amic_kg.graph.oxigraph import GenerationReader, count_of, load_into_memory, write_quads
from amic_kg.graph.query_limits import ResultCaps
from amic_kg.graph.query_worker import QueryWorker
from amic_kg.graph.worker_messages import Born, Fork, Loaded, Reap, Warm, receive, send

_BYTES_PER_QUAD = 416
"""Measured: a million quads of this kind take 416 MB."""

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_LIKELY_VICTIM = "500"
"""Of 1000: when memory runs out, the kernel ends a worker rather than the server."""


@dataclass(frozen=True, slots=True)
class Nursery:
    """`allowance`: bytes of address space that a worker may take beyond what it was born with."""

    connection: socket.socket
    caps: ResultCaps
    allowance: int
    union: bool
    held: tuple[Path, GenerationReader] | None = None
    children: set[int] = field(default_factory=set)

    def serve(self) -> NoReturn:
        """Until the server is gone; the children go with it."""
        while True:
            try:
                message, _ = receive(self.connection)
            except (EOFError, ConnectionError):
                self._end()
            if isinstance(message, Reap):
                # Only now may the kernel give the number to another process.
                self.children.discard(message.pid)
                with suppress(ChildProcessError):
                    os.waitpid(message.pid, 0)
            elif isinstance(message, Fork):
                self._bear(self._become_worker)
            elif isinstance(message, Warm):
                self._bear(partial(self._become_warm, message))

    def _end(self) -> NoReturn:
        """In order: a container may have nobody who would reap what is left behind."""
        for pid in self.children:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            while True:
                os.wait()
        os._exit(0)

    def _bear(self, become: Callable[[socket.socket], None]) -> None:
        ours, theirs = socket.socketpair()
        pid = _fork()
        if pid == 0:
            self.connection.close()
            ours.close()
            with suppress(BrokenPipeError, ConnectionError):
                become(theirs)
            os._exit(0)
        theirs.close()
        self.children.add(pid)
        send(self.connection, Born(pid), ours.fileno())
        ours.close()

    def _become_worker(self, end: socket.socket) -> None:
        with suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text(_LIKELY_VICTIM, encoding="ascii")
        limit = _address_space() + self.allowance
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        QueryWorker(end, self.caps, union=self.union, held=self.held).answer_all()

    def _become_warm(self, warm: Warm, end: socket.socket) -> None:
        pipe_out, pipe_in = os.pipe()
        pid = _fork()
        if pid == 0:
            os.close(pipe_out)
            # A graph that is too large is not written at all.
            if count_of(warm.path) * _BYTES_PER_QUAD <= warm.megabytes * 1_000_000:
                with os.fdopen(pipe_in, "wb") as file:
                    write_quads(warm.path, file)
            os._exit(0)
        os.close(pipe_in)
        with os.fdopen(pipe_out, "rb") as file:
            reader, quads = load_into_memory(file, union=self.union)
        complete = os.waitpid(pid, 0)[1] == 0
        send(end, Loaded(quads if complete else 0))
        if complete and quads:
            replace(self, connection=end, held=(warm.path, reader), children=set()).serve()


def _fork() -> int:
    """As os.fork; the kernel ends the child when its parent is gone, also within a query."""
    parent = os.getpid()
    pid = os.fork()
    if pid == 0 and sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(0)
    return pid


def _address_space() -> int:
    """Bytes of address space in use; 0 where the kernel does not tell."""
    with suppress(OSError):
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
        return int(pages) * resource.getpagesize()
    return 1 << 33


def main(union: str, megabytes: str, rows: str, allowance_megabytes: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's: it ends us in order.
    connection = socket.socket(fileno=os.dup(0))
    # Whatever a library prints goes to the log.
    os.dup2(2, 1)
    leave_the_network()
    if sys.platform == "linux":
        # What a nursery that ends early leaves behind comes here, to be reaped.
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    Nursery(
        connection,
        ResultCaps(int(megabytes) * 1_000_000, int(rows)),
        int(allowance_megabytes) * 1_000_000,
        union=union == "union",
    ).serve()


if __name__ == "__main__":
    main(*sys.argv[1:])
