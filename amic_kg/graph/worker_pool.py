"""Keeps the query workers: starts them, replaces the ended, moves them on to a graph in memory.

While a generation is being loaded, and where it is too large for the budget, workers read it from
disk: a new generation is answered from as soon as it is published, and at full speed soon after.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from queue import SimpleQueue

from amic_kg.graph.generations import Generations
from amic_kg.graph.nurseries import Nursery, Worker
from amic_kg.graph.query_turns import Turns

_LOOK_SECONDS = 1.0
_SETTLED_SECONDS = 5.0
"""A run publishes in batches: a graph is loaded anew once none has come for so long."""

_AGAIN_SECONDS = 1.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Replace:
    reserved: bool


class WorkerPool:
    """`count` workers for strangers, and one that is the site's alone, handed out by `turns`.

    `megabytes` is what a graph may take in memory. Nothing is started before `start`.
    """

    def __init__(
        self,
        generations: Generations,
        turns: Turns[Worker],
        *,
        count: int,
        megabytes: int,
        arguments: tuple[str, ...],
    ) -> None:
        self._generations = generations
        self._turns = turns
        self._count = count
        self._megabytes = megabytes
        self._arguments = arguments
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._tasks: SimpleQueue[_Replace | Worker | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._aside = 0
        self.begun = threading.Event()
        """There are workers: before, waiting is for the start and not for other queries."""
        self._cold: Nursery | None = None
        self._warm: Nursery | None = None
        self._loading: Nursery | None = None
        self._retired: set[Nursery] = set()
        self.held: str | None = None
        """The generation that is in memory."""
        self.looked_at: str | None = None
        """The generation that was loaded last, or was found too large."""

    def start(self) -> None:
        """Make workers, in the background; does nothing the second time."""
        with self._lock:
            if self._threads or self._closing.is_set():
                return
            # The site's first: a command that asks one query uses it.
            for reserved in (True, *(False for _ in range(self._count))):
                self._tasks.put(_Replace(reserved))
            self._run(self._keep)

    def warm(self) -> None:
        """Hold the graph in memory from here on, where it fits."""
        self.start()
        with self._lock:
            if len(self._threads) == 1 and self._megabytes and not self._closing.is_set():
                self._run(self._keep_warm)

    def give_back(self, worker: Worker) -> None:
        """It has answered and is free."""
        if worker.aside or worker.nursery is not (self._warm or self._cold):
            self.end(worker)
        else:
            self._turns.put(worker, reserved=worker.reserved)

    def end(self, worker: Worker) -> None:
        """Kill it, at once; another one takes its place, unless one does already."""
        if not worker.kill():
            return
        if worker.aside:
            with self._lock:
                self._aside -= 1
        else:
            self._tasks.put(_Replace(worker.reserved))
        self._tasks.put(worker)

    def set_aside(self, worker: Worker) -> None:
        """Its query is a slow one: let it run behind the others, and put a new worker in its place.

        Not more than there are workers in all: then it stays where it is.
        """
        with self._lock:
            if worker.aside or self._aside >= self._count:
                return
            self._aside += 1
            worker.aside = True
        worker.give_way()
        self._tasks.put(_Replace(worker.reserved))

    def workers(self) -> frozenset[Worker]:
        """All that live."""
        nurseries = [self._cold, self._warm, *self._retired]
        return frozenset(w for nursery in nurseries if nursery for w in nursery.workers)

    def close(self) -> None:
        with self._lock:
            self._closing.set()
            loading = self._loading
        if loading is not None:
            loading.close()
        self._tasks.put(None)
        for thread in self._threads:
            thread.join()
        for worker in self.workers():
            worker.kill()
        for nursery in (self._warm, *self._retired, self._cold):
            if nursery is not None:
                nursery.close()

    def _run(self, work: object) -> None:
        thread = threading.Thread(target=work, name="query-workers", daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _keep(self) -> None:
        while (task := self._tasks.get()) is not None:
            if isinstance(task, Worker):
                task.nursery.reap(task)
                self._let_go()
            elif not self._closing.is_set():
                self._add(reserved=task.reserved)

    def _add(self, *, reserved: bool) -> None:
        while not self._closing.is_set():
            with self._lock:
                nursery = self._warm or self._cold
            try:
                if nursery is None:
                    nursery = self._cold = Nursery.start(self._arguments)
                worker = nursery.make_worker(reserved=reserved)
            except (OSError, EOFError) as error:
                _log.warning("A query worker could not be started: %s", error)
                self._lost(nursery)
                self._closing.wait(_AGAIN_SECONDS)
                continue
            self._turns.put(worker, reserved=reserved)
            self.begun.set()
            return

    def _lost(self, nursery: Nursery | None) -> None:
        """A nursery is gone, and its workers with it; those find that out when they are used."""
        with self._lock:
            self.looked_at = None
            if nursery is not None and nursery is self._warm:
                self._warm, self.held = None, None
                self._retired.add(nursery)
            elif nursery is not None:
                self._retired.add(nursery)
                self._cold = None

    def _let_go(self) -> None:
        """Warm nurseries whose last worker has ended are no longer needed."""
        with self._lock:
            idle = {nursery for nursery in self._retired if not nursery.workers}
            self._retired -= idle
        for nursery in idle:
            nursery.close()

    def _keep_warm(self) -> None:
        seen, since = self._generations.current(), 0.0
        while True:
            current = self._generations.current()
            if current != seen:
                seen, since = current, time.monotonic()
            settled = time.monotonic() - since >= _SETTLED_SECONDS
            if (
                current is not None
                and current != self.looked_at
                and settled
                and self._cold is not None
            ):
                self._load(current)
                self.looked_at = current
            if self._closing.wait(_LOOK_SECONDS):
                return

    def _load(self, generation: str) -> None:
        cold = self._cold
        if cold is None:
            return
        try:
            nursery = cold.make_warm(self._generations.path(generation), self._megabytes)
        except (OSError, EOFError) as error:
            _log.warning("The graph could not be loaded into memory: %s", error)
            return
        with self._lock:
            self._loading = None if self._closing.is_set() else nursery
        quads = nursery.loaded() if self._loading is not None else 0
        with self._lock:
            self._loading = None
            old = self._warm
            if self._closing.is_set() or not quads:
                self._warm, self.held = None, None
            else:
                self._warm, self.held = nursery, generation
            if old is not None:
                self._retired.add(old)
        if self._warm is not nursery:
            nursery.close()
        # Those that are busy are replaced when they have answered.
        for worker in self._turns.take_all():
            self.give_back(worker)
        self._let_go()
