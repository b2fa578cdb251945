"""A result that is written to a file by whoever makes it, and read as slowly as a client likes."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine

from amic_kg.errors import AmicError

_PIECE = 65_536


class SpooledStream:
    """The reading side of a QueryStream; belongs to one event loop.

    The writing side sets `size` as the file grows, `ended`, and `error` when it comes to a bad end;
    a small result is `whole` from the start. The file has no name, and goes with its descriptor.
    """

    def __init__(self, generation: str) -> None:
        self.media_type = ""
        self.generation = generation
        self.file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed by close
        self.whole: bytes | None = None
        self.size = 0
        self.ended = False
        self.error: AmicError | None = None
        self._news = asyncio.Event()
        self._writing: asyncio.Task[None] | None = None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if self.whole is not None:
            yield self.whole
            return
        offset = 0
        while True:
            while offset < self.size:
                piece = os.pread(self.file.fileno(), min(_PIECE, self.size - offset), offset)
                offset += len(piece)
                yield piece
            if self.error is not None:
                raise self.error
            if self.ended and offset == self.size:
                return
            if self._writing is not None and self._writing.done():
                self._writing.result()
            self._news.clear()
            await self._news.wait()

    def close(self) -> None:
        if self._writing is not None:
            self._writing.cancel()
        self.file.close()

    def tell(self) -> None:
        """There is more to read."""
        self._news.set()

    def write_on(self, write: Callable[[], Coroutine[None, None, None]]) -> None:
        """Let `write` go on beside whoever reads; an AmicError that it raises reaches them."""
        self._writing = asyncio.get_running_loop().create_task(self._watched(write))

    def finished(self) -> None:
        """Nothing more is written; for those that have something to give back."""

    async def _watched(self, write: Callable[[], Coroutine[None, None, None]]) -> None:
        try:
            # Called here: one that is made and cancelled before it begins is a fault to Python.
            await write()
        except AmicError as error:
            self.error = error
        finally:
            self.finished()
            self.tell()
