"""Workers on other machines: documents are prepared by the workers of a Dask cluster.

Each Dask worker keeps a `ProcessWorkers` of its own, so that a document has the same deadline and
the same limit of memory as on one machine, and one that is hostile costs itself and not the worker.
A worker that dies takes its documents with it; the scheduler gives them to others, at most
`distributed.scheduler.allowed-failures` times.
https://distributed.dask.org/en/stable/resilience.html
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import platform
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import uuid4

from amic_kg.errors import (
    AmicError,
    InvalidSetting,
    ServiceUnavailable,
    UnreadableInput,
    WorkerLost,
)
from amic_kg.pipeline.preloading import forking_context
from amic_kg.pipeline.preparation import Prepared, Task
from amic_kg.pipeline.workers import ProcessWorkers
from amic_kg.ports import FormatReader

try:
    import dask
    from distributed import Client, KilledWorker, LocalCluster, Worker, WorkerPlugin, get_worker
except ImportError:
    raise InvalidSetting(
        "AMIC_DASK", "needs Dask, which is not installed", "Install it: pip install 'amic-kg[dask]'"
    ) from None

LOCAL = "local"
"""The address that stands for a cluster on this machine, started for the run."""

Versions = Mapping[str, str]
"""What the results hang on, part by part: extractor, language tools, vocabulary …"""

_CONNECT_SECONDS = 10
_WORKERS_SECONDS = 30
_REFUSALS = 10
_REFUSAL_PAUSE = 0.5
"""Seconds: else a worker that refuses is the first that is free, again and again."""

_CLIENT_CONFIG = {
    # A document is sent inside its task, where a graph of tasks would be small.
    "distributed.admin.large-graph-warning-threshold": "4GiB",
    # A daemon may not start the processes that documents are read in.
    "distributed.worker.daemon": False,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """How documents are read; `versions` says what the machine that calls it would read with."""

    read: FormatReader
    versions: Callable[[], Versions]
    vocabularies: Path
    names: bool
    seconds: int
    megabytes: int


@dataclass(frozen=True, slots=True)
class _NotHere:
    """The worker's answer when it does not see the original: the bytes must be sent."""


@dataclass(frozen=True, slots=True)
class _Refused:
    """The answer of a worker that joined later and would give other results."""

    why: str


_Answer = Prepared | AmicError | _NotHere | _Refused


class DaskWorkers:
    """The workers of the cluster at `address`; with LOCAL, `size` processes on this machine.

    Raises InvalidSetting when a worker would give other results than this machine, and
    ServiceUnavailable when there is no scheduler or no worker.
    """

    def __init__(self, reading: Reading, *, address: str, size: int) -> None:
        self.size = size or os.cpu_count() or 1
        self._reading = reading
        self._address = address
        self._name = f"amic-kg-{uuid4()}"
        self._numbers = count()
        self._sends_bytes = False
        self._lost = False
        self._open = ExitStack()

    def pythons(self) -> Mapping[str, str]:
        """The version of Python of each worker, by its address."""
        return dict(self._client.run(platform.python_version))

    def submit(self, task: Task) -> Future[Prepared]:
        if self._lost:
            raise self._scheduler_lost()
        future: Future[Prepared] = Future()
        self._send(replace(task, path=task.path.absolute()), future, refusals=0)
        return future

    def result(self, task: Task, future: Future[Prepared]) -> Prepared:
        try:
            return future.result()
        except KilledWorker as error:
            raise WorkerLost(
                f"{task.name}: {error.allowed_failures + 1} Dask workers died with it",
                "The file may be hostile or broken; the rest of the run went on",
            ) from None
        except CancelledError:
            raise self._scheduler_lost() from None

    def __enter__(self) -> DaskWorkers:
        with ExitStack() as opening:
            opening.enter_context(dask.config.set(_CLIENT_CONFIG))
            self._client = opening.enter_context(self._connected())
            self._introduce()
            opening.callback(self._client.unregister_worker_plugin, self._name)
            self.size = sum(self._client.nthreads().values())
            self._open = opening.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._lost:
            # There is nobody left to take leave of.
            self._client.close(timeout=1)
            return
        self._open.__exit__(kind, error, trace)

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        if self._address == LOCAL:
            with (
                LocalCluster(  # type: ignore[no-untyped-call]
                    n_workers=self.size,
                    threads_per_worker=1,
                    processes=True,
                    host="127.0.0.1",
                    dashboard_address="127.0.0.1:0",
                    # Each document's process has its own limit (AMIC_PARSE_MEGABYTES).
                    memory_limit=0,
                ) as cluster,
                Client(cluster, set_as_default=False) as client,  # type: ignore[no-untyped-call]
            ):
                yield client
            return
        try:
            client = Client(  # type: ignore[no-untyped-call]
                self._address, timeout=_CONNECT_SECONDS, set_as_default=False
            )
        except (OSError, ValueError) as error:
            raise ServiceUnavailable(
                f"No Dask scheduler answers at {self._address} ({error})",
                "Start one with 'dask scheduler', or leave AMIC_DASK and --dask away",
            ) from None
        with client:
            try:
                client.wait_for_workers(1, timeout=_WORKERS_SECONDS)
            except TimeoutError:
                raise ServiceUnavailable(
                    f"The Dask scheduler at {self._address} has no workers",
                    f"Start some with 'dask worker {self._address}'",
                ) from None
            yield client

    def _introduce(self) -> None:
        """Tell the workers how to read, and hear whether all of them would read alike."""
        try:
            self._client.register_plugin(_ReadingPlugin(self._reading), name=self._name)
        except ModuleNotFoundError as error:
            raise InvalidSetting(
                f"AMIC_DASK={self._address}",
                f"a worker does not have the module {error.name!r}",
                "Install the same amic-kg where the workers run",
            ) from None

    def _send(self, task: Task, future: Future[Prepared], *, refusals: int) -> None:
        content = None
        if self._sends_bytes and task.parsed is None:
            try:
                content = task.path.read_bytes()
            except OSError as error:
                cause = f"its original cannot be read: {error.strerror}"
                remedy = "Check the disk, and run again"
                future.set_exception(UnreadableInput(task.name, cause, remedy))
                return
        sent = self._client.submit(
            _prepare_on_worker,
            self._name,
            task,
            content,
            key=f"{self._name}-{next(self._numbers)}",
            pure=False,
        )
        sent.add_done_callback(lambda done: self._receive(task, future, done, refusals))

    def _receive(self, task: Task, future: Future[Prepared], done: Any, refusals: int) -> None:
        """Runs in a thread of the client's."""
        try:
            answer: _Answer = done.result()
            if isinstance(answer, _NotHere):
                self._sends_bytes = True
                self._send(task, future, refusals=refusals)
            elif isinstance(answer, _Refused) and refusals < _REFUSALS:
                self._send(task, future, refusals=refusals + 1)
            elif isinstance(answer, _Refused):
                future.set_exception(self._unfit(answer.why))
            elif isinstance(answer, AmicError):
                future.set_exception(answer)
            else:
                future.set_result(answer)
        except CancelledError as error:
            self._lost = True
            future.set_exception(error)
        except Exception as error:  # noqa: BLE001 - the boundary of a thread: `result` raises it
            future.set_exception(error)

    def _unfit(self, why: str) -> InvalidSetting:
        return InvalidSetting(f"AMIC_DASK={self._address}", why, _ALIKE)

    def _scheduler_lost(self) -> ServiceUnavailable:
        return ServiceUnavailable(
            f"The Dask scheduler at {self._address} was lost",
            "Run again when it is back: what was done stays",
        )


_ALIKE = (
    "Give every machine the same amic-kg, extras, dictionaries and programs, "
    "and the same vocabularies in the same folder"
)


class _ReadingPlugin(WorkerPlugin):
    """What a Dask worker holds for the length of a run: the pool of processes it reads in.

    Workers that join during the run get it too; the scheduler sees to that.
    https://distributed.dask.org/en/stable/plugins.html
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._wanted = dict(reading.versions())
        self._workers: ProcessWorkers | None = None
        self.refusal = ""

    def setup(self, worker: Worker) -> None:
        """Raises InvalidSetting when documents would be read otherwise here."""
        self.refusal = self._difference()
        if self.refusal:
            self.refusal = f"worker {worker.address} {self.refusal}"
            raise InvalidSetting("AMIC_DASK", self.refusal, _ALIKE)
        reading = self._reading
        self._workers = ProcessWorkers(
            reading.read,
            forking_context(reading.vocabularies, names=reading.names),
            size=worker.state.nthreads,
            seconds=reading.seconds,
            megabytes=reading.megabytes,
        )

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002 - Dask's signature
        if self._workers is not None:
            self._workers.stop()

    def prepare(self, task: Task) -> Prepared:
        if self._workers is None:
            raise WorkerLost(f"{task.name}: its worker had just ended", "Run again")
        return self._workers.result(task, self._workers.submit(task))

    def _difference(self) -> str:
        if multiprocessing.current_process().daemon:
            return (
                "may start no processes: start it with --no-nanny, "
                "or with DASK_DISTRIBUTED__WORKER__DAEMON=False in its environment"
            )
        found = self._reading.versions()
        for part, wanted in self._wanted.items():
            if (there := found.get(part)) != wanted:
                return f"has another {part}: {there or 'none'} there, {wanted or 'none'} here"
        return ""


def _prepare_on_worker(name: str, task: Task, content: bytes | None) -> _Answer:
    """Runs in a thread of a Dask worker; errors are answers, so that none is logged and retried."""
    plugin = get_worker().plugins.get(name)
    refusal = plugin.refusal if isinstance(plugin, _ReadingPlugin) else "a worker is not ready yet"
    if not isinstance(plugin, _ReadingPlugin) or refusal:
        time.sleep(_REFUSAL_PAUSE)
        return _Refused(refusal)
    try:
        if task.parsed is not None:
            return plugin.prepare(task)
        if content is None:
            return plugin.prepare(task) if _is_here(task) else _NotHere()
        with tempfile.NamedTemporaryFile(prefix="amic-kg-") as file:
            file.write(content)
            file.flush()
            return plugin.prepare(replace(task, path=Path(file.name)))
    except AmicError as error:
        return error


def _is_here(task: Task) -> bool:
    """Whether the worker sees the original, and the same bytes in it."""
    try:
        with task.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == task.sha256
    except OSError:
        return False
