"""A process that answers queries over published generations until its input ends.

Oxigraph has no way to stop a query, so the parent stops the process. Messages are pickles with
their length before them: (generation path, QueryRequest) in, QueryAnswer or an AmicError out.
"""

from __future__ import annotations

import os
import pickle
import resource
import struct
import sys
from pathlib import Path
from typing import BinaryIO

from amic_kg.errors import AmicError, SystemFault
from amic_kg.graph.confinement import leave_the_network
from amic_kg.graph.oxigraph import GenerationReader
from amic_kg.ports import QueryAnswer, QueryRequest

LENGTH = struct.Struct(">Q")


def main(union: str, megabytes: str, memory_megabytes: str) -> None:
    requests, answers = os.fdopen(0, "rb"), os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not fall between two messages.
    os.dup2(2, 1)
    leave_the_network()
    limit = int(memory_megabytes) * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    reader: GenerationReader | None = None
    opened: Path | None = None
    while header := requests.read(LENGTH.size):
        path, request = pickle.loads(requests.read(LENGTH.unpack(header)[0]))  # noqa: S301 - from the parent alone
        try:
            if reader is None or opened != path:
                reader, opened = GenerationReader(path, union=union == "union"), path
            _send(answers, reader.answer(request, megabytes=int(megabytes)))
        except AmicError as error:
            _send(answers, error)
        except (OSError, MemoryError) as error:
            reader = None
            _send(
                answers, SystemFault(f"The graph cannot be read: {error}", "Run 'amic-kg doctor'")
            )


def _send(answers: BinaryIO, message: QueryAnswer | AmicError) -> None:
    data = pickle.dumps(message)
    answers.write(LENGTH.pack(len(data)) + data)
    answers.flush()


__all__ = ["LENGTH", "QueryRequest", "main"]

if __name__ == "__main__":
    main(*sys.argv[1:])
