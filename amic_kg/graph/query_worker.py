"""A process that answers queries over published generations until its asker is gone.

Oxigraph has no way to stop a query, so the server ends the process.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path

from amic_kg.errors import AmicError, GenerationGone, SystemFault
from amic_kg.graph.oxigraph import GenerationReader
from amic_kg.graph.query_limits import ResultCaps
from amic_kg.graph.query_output import ResultWriter
from amic_kg.graph.sparql_text import refuse_unsafe
from amic_kg.graph.worker_messages import Ask, Failed, Whole, Written, receive, send


class QueryWorker:
    """Answers over `connection`; `held` is the generation that the process has in memory."""

    def __init__(
        self,
        connection: socket.socket,
        caps: ResultCaps,
        *,
        union: bool,
        held: tuple[Path, GenerationReader] | None,
    ) -> None:
        self._connection = connection
        self._caps = caps
        self._union = union
        self._opened = held

    def answer_all(self) -> None:
        """Until the other end is gone."""
        while True:
            try:
                message, files = receive(self._connection)
            except (EOFError, ConnectionError):
                return
            file = files[0]
            try:
                self._answer(message, file)
            except AmicError as error:
                send(self._connection, Failed(error))
            except (OSError, MemoryError) as error:
                self._opened = None
                fault = SystemFault(f"The graph cannot be read: {error}", "Run 'amic-kg doctor'")
                send(self._connection, Failed(fault))
            finally:
                os.close(file)

    def _answer(self, ask: Ask, file: int) -> None:
        # Here and not in the server: the text of a stranger must not hold that up.
        refuse_unsafe(ask.request.query)
        reader = self._reader(ask.path)
        caps = self._caps.within(ask.request.most_bytes)
        media_type = ""

        def told(size: int) -> None:
            send(self._connection, Written(media_type, size, ended=False))

        writer = ResultWriter(file, caps, told)
        result = reader.result(ask.request)
        media_type = result.media_type
        result.write_to(writer, caps)
        writer.end()
        if writer.small is not None:
            send(self._connection, Whole(media_type, writer.small))
        else:
            send(self._connection, Written(media_type, writer.size, ended=True))

    def _reader(self, path: Path) -> GenerationReader:
        if self._opened is None or self._opened[0] != path:
            try:
                reader = GenerationReader(path, union=self._union)
            except OSError as error:
                if path.exists():
                    raise
                raise GenerationGone(
                    f"Generation {path.name} is gone", "Ask again for the one published since"
                ) from error
            self._opened = (path, reader)
        return self._opened[1]
