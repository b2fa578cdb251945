"""A process that makes one change in the embedded graph, publishes it and ends.

The engine has no way to stop an update and a fault in it ends the process, so this is never the
server's own. A kill at any moment leaves the store as before the change or with all of it. In comes
a pickle (folder, base, union, Change), out goes one with the generation's name or an AmicError.
"""

from __future__ import annotations

import os
import pickle
import resource
import sys
import time
from contextlib import closing
from pathlib import Path

from amic_kg.errors import AmicError, StoreLocked, SystemFault
from amic_kg.graph.confinement import leave_the_network
from amic_kg.graph.oxigraph import OxigraphStore
from amic_kg.ports import Change

_LOCK_SECONDS = 2.0
"""Another server's change is waited for, a run is not."""


def main(memory_megabytes: str) -> None:
    answers = os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not fall into the answer.
    os.dup2(2, 1)
    leave_the_network()
    limit = int(memory_megabytes) * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    folder, base, union, change = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the parent alone
    pickle.dump(_outcome(folder, base, union, change), answers)
    answers.flush()


def _outcome(folder: Path, base: str, union: bool, change: Change) -> str | AmicError:
    try:
        with closing(_opened(folder)) as store:
            store.change(change, base, union=union)
            return store.publish()
    except AmicError as error:
        return error
    except (OSError, MemoryError) as error:
        return SystemFault(f"The graph cannot be written: {error}", "Run 'amic-kg doctor'")


def _opened(folder: Path) -> OxigraphStore:
    late = time.monotonic() + _LOCK_SECONDS
    while True:
        try:
            return OxigraphStore(folder)
        except StoreLocked:
            if time.monotonic() > late:
                raise
            time.sleep(0.05)


if __name__ == "__main__":
    main(*sys.argv[1:])
