"""A format reader whose document waits for a sign, in a module that Dask's workers import by name.

Each worker is started with AMIC_TEST_SIGNS (a folder) and AMIC_TEST_WORKER (its name).
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from amic_kg.records import Page, ParsedDocument
from amic_kg_ingest.formats import ReadingLimits, read_document

SIGNS = "AMIC_TEST_SIGNS"
WORKER = "AMIC_TEST_WORKER"


def read(path: Path, name: str) -> ParsedDocument:
    """Reads as the real one does, but what the file is called says what is done first.

    "waits": says who reads it, and waits; "exits": ends its process; "tells": its text is where
    it was read.
    """
    if "waits" in name and SIGNS in os.environ:
        signs = Path(os.environ[SIGNS])
        (signs / "reading").write_text(os.environ[WORKER])
        while not (signs / "go on").exists():
            time.sleep(0.02)
    if "exits" in name:
        os._exit(7)
    if "tells" in name:
        return ParsedDocument("text/plain", (Page(1, f"{path}: {path.read_text()}"),))
    return read_document(path, name, ReadingLimits(ocr=False))


def here() -> str:
    """A version that hangs on the machine, as that of programs for OCR does."""
    return os.environ.get("AMIC_TEST_TOOLS", "")
