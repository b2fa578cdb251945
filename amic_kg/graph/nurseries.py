"""The server's end of nurseries and workers: how they are started, told, and ended."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from amic_kg.graph.worker_messages import Born, Fork, Loaded, Reap, Warm, receive, send

_ANSWERS_WITHIN = 30.0
"""Seconds in which a nursery that is not loading makes a worker, on the slowest machine."""

_ENDS_WITHIN = 5.0

_SLOW_NICENESS = 5


class Worker:
    """A process that answers one query at a time; `reserved` for the site itself."""

    def __init__(self, nursery: Nursery, pid: int, file: int, *, reserved: bool) -> None:
        self.nursery = nursery
        self.pid = pid
        self.reserved = reserved
        self.aside = False
        self.connection = socket.socket(fileno=file)
        self.connection.set_inheritable(False)
        self.connection.setblocking(False)
        self._ended = threading.Lock()

    def alive(self) -> bool:
        """Whether the process is there, as far as is known while it has nothing to say."""
        try:
            return self.connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False

    def give_way(self) -> None:
        """From here on other processes go before."""
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.pid, _SLOW_NICENESS)

    def kill(self) -> bool:
        """At once, and without waiting; False when that was done before."""
        if not self._ended.acquire(blocking=False):
            return False
        # The number cannot have gone to another process: the nursery has not reaped it.
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self.connection.close()
        return True


class Nursery:
    """A process that makes workers; calls may come from any thread.

    Raises OSError or EOFError when it is gone.
    """

    def __init__(
        self,
        connection: socket.socket,
        pid: int,
        *,
        process: subprocess.Popen[bytes] | None = None,
        parent: Nursery | None = None,
    ) -> None:
        self.pid = pid
        self.workers: set[Worker] = set()
        self._connection = connection
        self._process = process
        self._parent = parent
        self._lock = threading.Lock()
        self._loaded = False

    @classmethod
    def start(cls, arguments: tuple[str, ...]) -> Nursery:
        """A cold one: its workers read from disk."""
        ours, theirs = socket.socketpair()
        with theirs:
            process = subprocess.Popen(
                [sys.executable, "-m", "amic_kg.graph.query_nursery", *arguments],
                stdin=theirs.fileno(),
            )
        ours.settimeout(_ANSWERS_WITHIN)
        return cls(ours, process.pid, process=process)

    def make_worker(self, *, reserved: bool) -> Worker:
        pid, file = self._bear(Fork())
        worker = Worker(self, pid, file, reserved=reserved)
        self.workers.add(worker)
        return worker

    def make_warm(self, path: Path, megabytes: int) -> Nursery:
        """One that begins to load the generation at `path`; `loaded` tells when it has."""
        pid, file = self._bear(Warm(path, megabytes))
        connection = socket.socket(fileno=file)
        connection.set_inheritable(False)
        return Nursery(connection, pid, parent=self)

    def loaded(self) -> int:
        """Waits; the quads that are held, 0 when they are too many or the memory ran out."""
        try:
            message, _ = receive(self._connection)
        except (OSError, EOFError):
            return 0
        self._connection.settimeout(_ANSWERS_WITHIN)
        self._loaded = isinstance(message, Loaded) and message.quads > 0
        return message.quads if isinstance(message, Loaded) else 0

    def reap(self, worker: Worker) -> None:
        self.workers.discard(worker)
        self._reap(worker.pid)

    def close(self) -> None:
        """Ends it and its workers; one that is loading is not waited for."""
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)
        if self._process is not None:
            try:
                self._process.wait(_ENDS_WITHIN)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        elif self._parent is not None:
            if not self._loaded:
                with suppress(ProcessLookupError):
                    os.kill(self.pid, signal.SIGKILL)
            self._parent._reap(self.pid)
        with self._lock:
            self._connection.close()

    def _reap(self, pid: int) -> None:
        # When the nursery is gone, its children are the kernel's.
        with self._lock, suppress(OSError):
            send(self._connection, Reap(pid))

    def _bear(self, request: Fork | Warm) -> tuple[int, int]:
        with self._lock:
            send(self._connection, request)
            message, files = receive(self._connection)
        if not isinstance(message, Born) or not files:
            raise EOFError
        return message.pid, files[0]
