"""Lists and tables at a URL: fetched into the folder of their source, or left as they are."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from amic_kg.errors import DamagedDocument
from amic_kg_ingest.fetch import Fetcher
from amic_kg_ingest.sources import Surroundings

_PAGES = ("text/html", "application/xhtml+xml")


def is_remote(address: str) -> bool:
    return address.lower().startswith(("http://", "https://"))


@contextmanager
def local_copy(url: str, surroundings: Surroundings) -> Iterator[Path]:
    """The file of `url`, fetched anew when its server says that it is another.

    In a dry run it lies in a folder for the time being, and nothing is remembered. Raises the
    errors of `Fetcher`, and DamagedDocument for a web page in its place.
    """
    with (
        tempfile.TemporaryDirectory(prefix="amic-list-") as passing,
        Fetcher.of(surroundings.settings) as fetcher,
    ):
        folder = Path(passing) if surroundings.dry else surroundings.folder / "list"
        memory = None if surroundings.dry else surroundings.memory
        fetched = fetcher.fetch(url, folder, memory=memory)
        if fetched.media_type in _PAGES:
            fetcher.forget(url, folder, surroundings.memory)
            raise DamagedDocument(
                url,
                "answers with a web page, not with a list or a table",
                "Open it in a browser: give the address behind its link to download",
            )
        yield fetched.path
