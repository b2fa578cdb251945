"""What the fork server of the workers imports: the extractor, loaded once and shared by them all.

A worker started from nothing spends about ten seconds on vocabulary, tries and language models, and
holds them in memory of its own. A worker forked from a process that has loaded them starts at once
and shares their pages until it writes to them. The fork server has one thread and no stores open,
so that no lock can be copied in a locked state.
https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods
"""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from pathlib import Path

from amic_kg.pipeline.preparation import shared_extractor, shared_gate
from amic_kg.records import Page, ParsedDocument

_WANTED = "_AMIC_KG_PRELOAD"
"""Set for the moment in which the fork server starts: it can be told module names only."""

_ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
}
"""There is a worker a core. Each with a thread a core for its matrices, the threads wait for each
other, and OpenBLAS waits by spinning: a document took up to three times the CPU on a busy machine.
https://github.com/OpenMathLib/OpenBLAS#setting-the-number-of-threads-using-environment-variables
"""

_IN_EACH_LANGUAGE = (
    "Kaivoksen ympäristövaikutukset arvioitiin ja kunta antoi lausunnon.",
    "The environmental impacts of the mine were assessed by the municipality.",
    "Gruvans miljökonsekvenser bedömdes och kommunen gav ett utlåtande.",
)


def forking_context(vocabularies: Path, *, names: bool) -> ForkServerContext:
    """Processes that begin with the extractor of these vocabularies in memory.

    The fork server starts with the first call in this process and stays until its end; what it
    has not loaded, or has loaded in another version, a worker loads itself.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", __name__])
    # The libraries read these when they are loaded, and that is in the fork server.
    told = {name: text for name, text in _ONE_THREAD.items() if name not in os.environ}
    told[_WANTED] = json.dumps([str(vocabularies), names])
    os.environ.update(told)
    try:
        forkserver.ensure_running()
    finally:
        for name in told:
            del os.environ[name]
    return context


def _preload(wanted: str) -> None:
    vocabularies, names = json.loads(wanted)
    extractor = shared_extractor(Path(vocabularies), names=names)
    for text in _IN_EACH_LANGUAGE:
        extractor.extract(
            ParsedDocument("text/plain", (Page(1, text),)),
            key="preloaded",
            sha256="",
            file_name="",
            metadata={},
            pipeline_version="",
        )
    shared_gate().faults([])
    # Else the first collection of garbage in a worker would touch, and so copy, every page.
    gc.collect()
    gc.freeze()


if _WANTED in os.environ and __name__ != "__main__":
    _preload(os.environ.pop(_WANTED))
