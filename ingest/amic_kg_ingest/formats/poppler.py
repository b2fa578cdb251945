"""Text of PDFs by poppler's own program, where it is installed; nothing else of it is used."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from amic_kg_ingest.formats.layout import join_hyphens

_SECONDS = 60


def poppler_available() -> bool:
    return shutil.which("pdftotext") is not None


def poppler_texts(path: Path, first: int = 1, last: int | None = None) -> list[str]:
    """Texts of the pages `first` to `last`, in the order that its layout analysis finds.

    Fewer, or none, without the program, after a minute, or for a file that it cannot read.
    """
    program = shutil.which("pdftotext")
    if program is None:
        return []
    until = ["-l", str(last)] if last else []
    try:
        done = subprocess.run(
            [program, "-enc", "UTF-8", "-f", str(first), *until, str(path), "-"],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return []
    return [join_hyphens(text) for text in done.stdout.decode("utf-8", "replace").split("\f")[:-1]]
