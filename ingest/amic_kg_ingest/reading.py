"""How documents are read under the settings in force, and the stores opened to take them in."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from amic_kg.settings import Settings
from amic_kg.wiring import WritingSide, open_writing_side
from amic_kg_ingest.formats import ReadingLimits, read_document, reading_version


def reading_limits(settings: Settings) -> ReadingLimits:
    return ReadingLimits(
        ocr=settings.ocr != "off",
        ocr_pages=settings.ocr_pages,
        ocr_cache=settings.data.absolute() / "ocr",
    )


def unpacked_folder(settings: Settings) -> Path:
    """Where the members of archives lie that were unpacked to be read."""
    return settings.data.absolute() / "unpacked"


def open_writing(settings: Settings) -> WritingSide:
    """The stores opened for writing, with the readers of all formats."""
    limits = reading_limits(settings)
    read = partial(read_document, limits=limits)
    return open_writing_side(settings, read, reading_version(limits))
