"""Format readers that misbehave, in a module of its own: worker processes import it by name.

In a worker process it brings a vocabulary of one name along, so that a process that takes the
place of a dead one is ready at once.
"""

from __future__ import annotations

import multiprocessing
import os
import select
from pathlib import Path

from amic_kg.ontology import Entity, Vocabulary
from amic_kg.pipeline import preparation
from amic_kg.records import ParsedDocument
from amic_kg_ingest.formats import ReadingLimits, read_document

if multiprocessing.parent_process() is not None:
    _KEVITSA = Entity("https://w3id.org/amic/id/site/kevitsa", "Site", {"fi": "Kevitsa"})
    preparation.load_vocabulary = lambda: Vocabulary({_KEVITSA.iri: _KEVITSA}, "1")


def read(path: Path, name: str) -> ParsedDocument:
    """Reads as the real one does, but does what the file's name says first."""
    if "exits" in name:
        os._exit(7)
    if "aborts" in name:
        os.abort()
    if "hangs" in name:
        select.select([], [], [])
    if "errs" in name:
        raise ZeroDivisionError("a fault of ours")
    if "hungers" in name:
        raise MemoryError
    if "devours" in name:
        bytearray(1 << 42)
    return read_document(path, name, ReadingLimits(ocr=False))
