"""Run as a program: what a worker has in memory before its first document."""

from __future__ import annotations

import sys
from pathlib import Path

from amic_kg.pipeline import preparation
from amic_kg.pipeline.preloading import forking_context


def loaded() -> tuple[int, str]:
    models = "models" if "spacy" in sys.modules else "no-models"
    return preparation._extractor.cache_info().currsize, models


if __name__ == "__main__":
    context = forking_context(Path(sys.argv[1]), names=sys.argv[2] == "names")
    with context.Pool(1) as pool:
        sys.stdout.write(" ".join(map(str, pool.apply(loaded))))
