"""Run as a program: what a worker has in memory before its first document, and its threads."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import numpy as np

from amic_kg.pipeline import preparation
from amic_kg.pipeline.preloading import forking_context

TASKS = Path("/proc/self/task")


def loaded() -> tuple[int, str, str]:
    models = "models" if "spacy" in sys.modules else "no-models"
    square = np.ones((600, 600), np.float32)
    assert (square @ square)[0, 0] == 600
    # Those of the library that multiplies are no threads of Python's.
    all_threads = len(list(TASKS.iterdir())) if TASKS.is_dir() else 1
    more = all_threads - threading.active_count()
    return preparation._extractor.cache_info().currsize, models, f"{max(more, 0)}-more-threads"


if __name__ == "__main__":
    context = forking_context(Path(sys.argv[1]), names=sys.argv[2] == "names")
    with context.Pool(1) as pool:
        sys.stdout.write(" ".join(map(str, pool.apply(loaded))))
