"""Pages that are pictures, by tesseract as a separate program."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
from contextlib import suppress
from functools import cache
from pathlib import Path
from uuid import uuid4

from PIL.Image import Image

WANTED = ("fin", "swe", "eng")
_SECONDS = 90


class OcrFailed(Exception):
    """Tesseract gave no text: its own words, or that it took too long."""


def ocr_available() -> bool:
    return bool(ocr_languages())


@cache
def ocr_languages() -> tuple[str, ...]:
    """Of Finnish, Swedish and English those that are installed; empty without tesseract."""
    program = shutil.which("tesseract")
    if program is None:
        return ()
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)
    installed = set((listed.stdout + listed.stderr).split())
    return tuple(language for language in WANTED if language in installed)


@cache
def ocr_version() -> str:
    """Program and languages, as they change what is read; empty without tesseract."""
    if not ocr_available():
        return ""
    said = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=False)
    number = re.search(r"tesseract\s+v?(\S+)", said.stdout + said.stderr)
    return f"{number[1] if number else 'unknown'}-{'+'.join(ocr_languages())}"


class OcrCache:
    """Texts of pages that were read, by file, page and version, in a folder that may be deleted.

    Each page is kept when it is read: a run that is interrupted goes on where it stopped.
    """

    def __init__(self, folder: Path | None, path: Path) -> None:
        self._folder = folder and folder / _sha256(path)

    def text(self, page: int) -> str | None:
        if self._folder is None:
            return None
        try:
            return self._file(self._folder, page).read_text(encoding="utf-8")
        except (OSError, ValueError):
            return None

    def keep(self, page: int, text: str) -> None:
        if self._folder is None:
            return
        file = self._file(self._folder, page)
        fresh = file.with_suffix(f".{uuid4().hex}")
        # A full or locked disk costs the time of another reading, not this one.
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(file)

    @staticmethod
    def _file(folder: Path, page: int) -> Path:
        return folder / f"{page}-{hashlib.sha256(ocr_version().encode()).hexdigest()[:12]}.txt"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def ocr_image(image: Image) -> str:
    """The text of a page image; raises OcrFailed."""
    buffer = io.BytesIO()
    image.save(buffer, format="PNG", compress_level=1)
    try:
        done = subprocess.run(
            ["tesseract", "-", "-", "-l", "+".join(ocr_languages()), "--dpi", "300"],
            input=buffer.getvalue(),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            # Its threads gain little and would take the cores of the other workers.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired:
        raise OcrFailed(f"tesseract took more than {_SECONDS} s") from None
    if done.returncode != 0:
        raise OcrFailed(done.stderr.decode("utf-8", "replace").strip()[:200])
    return done.stdout.decode("utf-8", "replace").replace("\f", "")
