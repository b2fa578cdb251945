"""Worker processes for documents: each with a deadline and a memory limit, none fatal to a run."""

from __future__ import annotations

import multiprocessing
import os
import resource
import threading
import traceback
from concurrent.futures import Future
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext
from pathlib import Path
from types import TracebackType
from typing import Protocol

from pebble import ProcessExpired, ProcessPool

from amic_kg.errors import AmicError, LimitExceeded, UnexpectedFault, WorkerLost
from amic_kg.pipeline.preparation import Prepared, Task, prepare
from amic_kg.ports import FormatReader


class Workers(Protocol):
    """Prepares documents somewhere; `result` raises what went wrong with that document alone."""

    size: int

    def submit(self, task: Task) -> Future[Prepared]: ...

    def result(self, task: Task, future: Future[Prepared]) -> Prepared: ...

    def __enter__(self) -> Workers: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class ProcessWorkers:
    """A pool on this machine; the processes start with the first document."""

    def __init__(
        self, read: FormatReader, context: BaseContext, *, size: int, seconds: int, megabytes: int
    ) -> None:
        """`context` starts the processes; not by forking this one, which has threads and stores:
        their locks would be copied in whatever state they are.
        """
        self.size = size or os.cpu_count() or 1
        self._read = read
        self._seconds = seconds
        self._pool = ProcessPool(
            max_workers=self.size,
            initializer=_begin,
            initargs=(megabytes,),
            context=context,
        )

    def submit(self, task: Task) -> Future[Prepared]:
        future: Future[Prepared] = self._pool.schedule(
            _prepare_in_worker, args=(task, self._read), timeout=self._seconds
        )
        return future

    def result(self, task: Task, future: Future[Prepared]) -> Prepared:
        try:
            return future.result()
        except TimeoutError:
            raise LimitExceeded(
                task.name,
                f"took longer than {self._seconds} s",
                "Raise AMIC_PARSE_SECONDS, or split the file",
            ) from None
        except ProcessExpired as error:
            raise WorkerLost(
                f"{task.name}: the process that read it died (exit code {error.exitcode})",
                "The file may be hostile or broken; the rest of the run went on",
            ) from None

    def __enter__(self) -> ProcessWorkers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self.stop()
            return
        self._pool.close()  # type: ignore[no-untyped-call]
        self._pool.join()

    def stop(self) -> None:
        """End the processes, whatever they are at."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def _prepare_in_worker(task: Task, read: FormatReader) -> Prepared:
    """The one handler of a worker process: a fault of ours costs one document, not the run."""
    try:
        return prepare(task, read)
    except AmicError:
        raise
    except Exception as error:  # noqa: BLE001 - the boundary of the process
        place = traceback.extract_tb(error.__traceback__)[-1]
        raise UnexpectedFault(
            f"{task.name}: {type(error).__name__}: {error} "
            f"({Path(place.filename).name}:{place.lineno})",
            "This is a fault of AMIC-KG: report it with this line; the rest of the run went on",
        ) from None


def _begin(megabytes: int) -> None:
    limit = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A parent that was killed cannot end a document that hangs, nor will anybody else."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
