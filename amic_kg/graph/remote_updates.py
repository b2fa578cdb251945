"""Changes to a SPARQL store elsewhere by holders of a key: one at a time, each published."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

from amic_kg.graph.remote import RemoteStore
from amic_kg.ports import Change


class RemoteUpdates:
    """Changes to a SPARQL store elsewhere, which ends by itself what takes too long there."""

    def __init__(self, url: str, folder: Path, base: str, *, union: bool, seconds: float) -> None:
        self._url = url
        self._folder = folder
        self._base = base
        self._union = union
        self._seconds = seconds
        self._turn = threading.Lock()

    def apply(self, change: Change) -> str:
        with (
            self._turn,
            closing(RemoteStore(self._url, self._folder, seconds=self._seconds)) as store,
        ):
            store.change(change, self._base, union=self._union)
            return store.publish()
