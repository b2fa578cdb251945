"""Pages that are pictures, by tesseract as a separate program."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from functools import cache

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
