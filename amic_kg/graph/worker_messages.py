"""What server and query workers say to each other over a socket pair: pickles with their length.

Both ends are processes of one server; nothing that a client sent is unpickled.
"""

from __future__ import annotations

import pickle
import socket
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amic_kg.errors import AmicError
from amic_kg.ports import QueryRequest

_LENGTH = struct.Struct(">Q")
_FIRST_PIECE = 65_536
"""So much goes into a socket that is empty without waiting."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A query over the generation at `path`; a file for a large result comes beside it."""

    path: Path
    request: QueryRequest


@dataclass(frozen=True, slots=True)
class Whole:
    """A small result, all of it."""

    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Written:
    """`size` bytes of a large result stand in the file; `ended` when that is all."""

    media_type: str
    size: int
    ended: bool


@dataclass(frozen=True, slots=True)
class Failed:
    error: AmicError


Reply = Whole | Written | Failed


@dataclass(frozen=True, slots=True)
class Fork:
    """To a nursery: make a worker. The answer is Born, with the worker's socket beside it."""


@dataclass(frozen=True, slots=True)
class Warm:
    """To a nursery: make another one that holds the generation at `path` in memory.

    The answer is Born, with its socket beside it; once it has loaded, Loaded comes from there.
    `megabytes` is what the graph may take.
    """

    path: Path
    megabytes: int


@dataclass(frozen=True, slots=True)
class Reap:
    """To a nursery: its child `pid` was killed, or died."""

    pid: int


@dataclass(frozen=True, slots=True)
class Born:
    pid: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """From a warm nursery; `quads` is 0 when the graph is larger than it may be."""

    quads: int


def packed(message: object) -> bytes:
    data = pickle.dumps(message)
    return _LENGTH.pack(len(data)) + data


def send(connection: socket.socket, message: object, *files: int) -> None:
    """`files` are descriptors that the other end gets for its own."""
    data = packed(message)
    if files:
        sent = socket.send_fds(connection, [data[:_FIRST_PIECE]], files)
        data = data[sent:]
    connection.sendall(data)


def receive(connection: socket.socket) -> tuple[Any, list[int]]:
    """The next message and the descriptors beside it; raises EOFError when the other end is gone.

    Waits as long as the socket's own time-out says.
    """
    data, files, _, _ = socket.recv_fds(connection, _LENGTH.size, 1)
    head = data + _exactly(connection, _LENGTH.size - len(data)) if data else b""
    if not head:
        raise EOFError
    return pickle.loads(_exactly(connection, _LENGTH.unpack(head)[0])), files  # noqa: S301 - see above


def _exactly(connection: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        piece = connection.recv(min(size - len(data), 1 << 20))
        if not piece:
            raise EOFError
        data += piece
    return bytes(data)


class Inbox:
    """Puts messages together from what came, for an end that must not wait."""

    def __init__(self) -> None:
        self._data = bytearray()

    def put(self, data: bytes) -> None:
        self._data += data

    def take(self) -> Reply | None:
        """The next message that is there as a whole."""
        if len(self._data) < _LENGTH.size:
            return None
        end = _LENGTH.size + _LENGTH.unpack_from(self._data)[0]
        if len(self._data) < end:
            return None
        message: Reply = pickle.loads(bytes(self._data[_LENGTH.size : end]))  # noqa: S301
        del self._data[:end]
        return message
