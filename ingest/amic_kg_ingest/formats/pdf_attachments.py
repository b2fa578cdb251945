"""Files within a PDF: attachments and the parts of a portfolio, written out by a child process.

As a program, `python -m amic_kg_ingest.formats.pdf_attachments PDF FOLDER MEGABYTES` writes each
to FOLDER and prints what it found as JSON: a hostile file costs that process alone.
"""

from __future__ import annotations

import json
import mmap
import re
import resource
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

_FAULTS = (
    PyPdfError, ValueError, LookupError, TypeError, AttributeError, OSError, RuntimeError,
    AssertionError, ArithmeticError, EOFError, zlib.error,
)  # fmt: skip
_SECONDS = 120
_MEMORY = 2_000_000_000
_NODES = 10_000

_COVER_LETTERS = 800
_COVER_WORDS = re.compile(r"portfolio|portfölj|portfolj|acrobat|adobe reader", re.IGNORECASE)
"""What the cover page of a portfolio says to viewers that show nothing but that page."""


@dataclass(frozen=True, slots=True)
class Attachments:
    """`files` are (name, file in the folder); `lost` are (name, cause) of what cannot be had.

    With `cover_only` the pages of the PDF itself say nothing but that it is a portfolio.
    """

    files: tuple[tuple[str, str], ...] = ()
    lost: tuple[tuple[str, str], ...] = ()
    cover_only: bool = False


def may_hold_files(path: Path) -> bool:
    """An embedded file is a stream, and the dictionary of a stream is never packed (7.5.7)."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return data.find(b"/EmbeddedFile") >= 0


def write_attachments(path: Path, folder: Path, megabytes: int) -> Attachments:
    """The files within `path`, written to `folder`, `megabytes` in all at most."""
    command = [sys.executable, "-m", __name__, str(path), str(folder), str(megabytes)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        found = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        cause = "no answer" if isinstance(error, ValueError) else f"more than {_SECONDS} s"
        return Attachments(lost=(("attachments", f"its attachments cannot be read ({cause})"),))
    return Attachments(
        tuple((name, file) for name, file in found["files"]),
        tuple((name, cause) for name, cause in found["lost"]),
        found["cover_only"],
    )


def _extract(path: Path, folder: Path, most: int) -> Attachments:
    files: list[tuple[str, str]] = []
    lost: list[tuple[str, str]] = []
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            return Attachments()
        for name, stream in _embedded(reader):
            try:
                data = stream.get_data()
            except _FAULTS as error:
                lost.append((name, f"cannot be taken out of its PDF ({error})"[:200]))
                continue
            most -= len(data)
            if most < 0:
                lost.append((name, "is more than the attachments of a PDF may unpack to"))
                break
            file = str(len(files))
            (folder / file).write_bytes(data)
            files.append((name, file))
        cover_only = bool(files) and _is_cover(reader)
    except DependencyError:
        # AES needs a package that pypdf does not bring; the pages are read by PDFium, which can.
        lost.append(("attachments", "its attachments are encrypted"))
        cover_only = False
    except _FAULTS as error:
        lost.append(("attachments", f"its attachments cannot be read ({error})"[:200]))
        cover_only = False
    return Attachments(tuple(files), tuple(lost), cover_only)


def _embedded(reader: PdfReader) -> Iterator[tuple[str, StreamObject]]:
    """By the name tree, then by annotations, each stream once (ISO 32000-2, 7.11.4)."""
    seen: set[int] = set()
    for specification in (*_named(reader.root_object), *_annotated(reader)):
        streams = specification.get("/EF")
        streams = streams.get_object() if streams is not None else None
        if not isinstance(streams, DictionaryObject):
            continue
        stream = (streams.get("/UF") or streams.get("/F") or DictionaryObject()).get_object()
        if isinstance(stream, StreamObject) and id(stream) not in seen:
            seen.add(id(stream))
            name = specification.get("/UF") or specification.get("/F") or "attachment"
            yield str(name.get_object() if hasattr(name, "get_object") else name), stream


def _named(catalog: DictionaryObject) -> Iterator[DictionaryObject]:
    names = catalog.get("/Names")
    names = names.get_object() if names is not None else None
    if not isinstance(names, DictionaryObject) or "/EmbeddedFiles" not in names:
        return
    waiting = [names["/EmbeddedFiles"]]
    for _ in range(_NODES):
        if not waiting:
            return
        node = waiting.pop(0).get_object()
        if not isinstance(node, DictionaryObject):
            continue
        for key, step in (("/Kids", 1), ("/Names", 2)):
            array = node.get(key)
            array = array.get_object() if array is not None else None
            if isinstance(array, ArrayObject):
                values = list(array)[step - 1 :: step]
                if key == "/Kids":
                    waiting += values
                else:
                    objects = (value.get_object() for value in values)
                    yield from (each for each in objects if isinstance(each, DictionaryObject))


def _annotated(reader: PdfReader) -> Iterator[DictionaryObject]:
    for page in reader.pages:
        for annotation in page.annotations or ():
            marked = annotation.get_object()
            if isinstance(marked, DictionaryObject) and marked.get("/Subtype") == "/FileAttachment":
                specification = marked.get("/FS")
                found = specification.get_object() if specification is not None else None
                if isinstance(found, DictionaryObject):
                    yield found


def _is_cover(reader: PdfReader) -> bool:
    if "/Collection" not in reader.root_object or len(reader.pages) > 2:
        return False
    text = " ".join(page.extract_text() or "" for page in reader.pages)
    return len(text) < _COVER_LETTERS and (not text.strip() or bool(_COVER_WORDS.search(text)))


def main(arguments: list[str]) -> None:
    path, folder, megabytes = arguments
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    found = _extract(Path(path), Path(folder), int(megabytes) * 1_000_000)
    answer = {"files": found.files, "lost": found.lost, "cover_only": found.cover_only}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1:])
