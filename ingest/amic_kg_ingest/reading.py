"""How documents are read under the settings in force, and the stores opened to take them in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from amic_kg.ports import FormatReader
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
    return open_writing_side(settings, *reader(settings))


def reader(settings: Settings) -> tuple[FormatReader, Callable[[], str]]:
    """What reads documents of all formats, and what tells its version."""
    limits = reading_limits(settings)
    return partial(read_document, limits=limits), partial(reading_version, limits)
