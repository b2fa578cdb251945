"""A relay in front of a real service: it goes away and comes back while the service goes on.

It passes HTTP/1.1 through unchanged, request by request, and can cut one of them: before it has
reached the service, in its middle, while the service works on it, or when the service has answered
and the answer is still on its way.
"""

from __future__ import annotations

import errno
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

Cut = Literal["before", "in the middle", "while it works", "before the answer"]

_AT_ONCE = 65536
_TRIES, _PAUSE = 100, 0.02


@dataclass
class Relay:
    """Listens on a port of its own, the same after each `reopen`.

    `cuts` is asked about each request by its number, from 0, and its first line; what it returns is
    done to that request. With `stays_open` only the connection is cut, else the relay goes away.
    """

    service: str
    cuts: Callable[[int, str], Cut | None] = lambda _number, _line: None
    stays_open: bool = False
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        parts = urlsplit(self.service)
        self._target = (parts.hostname, parts.port)
        self._changing = threading.Lock()
        self._open: set[socket.socket] = set()
        self._listening: socket.socket | None = None
        self._port = 0
        self.reopen()
        self.url = f"http://127.0.0.1:{self._port}{parts.path}"

    def reopen(self) -> None:
        with self._changing:
            if self._listening is None:
                self._listening = self._listen()
                self._port = self._listening.getsockname()[1]
                threading.Thread(target=self._accept, args=(self._listening,), daemon=True).start()

    def _listen(self) -> socket.socket:
        """The system lets a port go a moment after it was closed."""
        for _ in range(_TRIES):
            try:
                return socket.create_server(("127.0.0.1", self._port))
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise
                time.sleep(_PAUSE)
        raise OSError(errno.EADDRINUSE, f"port {self._port} is taken")

    def close(self) -> None:
        """Go away: nobody is let in, and who is in is cut off."""
        with self._changing:
            ended, self._open = self._open, set()
            if self._listening is not None:
                ended.add(self._listening)
            self._listening = None
        for each in ended:
            _end(each)

    def _accept(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = listening.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with suppress(OSError), client, socket.create_connection(self._target) as service:
            with self._changing:
                if self._listening is None:
                    return
                self._open |= {client, service}
            withheld = threading.Event()
            answered = threading.Event()
            threading.Thread(
                target=_answers, args=(service, client, withheld, answered), daemon=True
            ).start()
            while request := _request(client):
                with self._changing:
                    number = len(self.lines)
                    self.lines.append(request.split(b"\r\n", 1)[0].decode())
                cut = self.cuts(number, self.lines[number])
                if cut is None:
                    service.sendall(request)
                    continue
                withheld.set()
                if cut == "in the middle":
                    service.sendall(request[: len(request) - len(request) // 3])
                elif cut != "before":
                    service.sendall(request)
                if cut == "before the answer":
                    answered.wait()
                if not self.stays_open:
                    self.close()
                break
            # A socket that is only closed says goodbye when the thread that reads it lets go.
            for each in (client, service):
                _end(each)


def _answers(
    service: socket.socket,
    client: socket.socket,
    withheld: threading.Event,
    answered: threading.Event,
) -> None:
    with suppress(OSError):
        while piece := service.recv(_AT_ONCE):
            if withheld.is_set():
                break
            client.sendall(piece)
    answered.set()
    if not withheld.is_set():
        _end(client)


def _request(client: socket.socket) -> bytes:
    """The next request, whole; nothing when the client has hung up."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = client.recv(_AT_ONCE)
        if not piece:
            return b""
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    headers = dict(line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:] if b":" in line)
    wanted = int(headers.get(b"content-length", 0))
    while len(body) < wanted:
        piece = client.recv(_AT_ONCE)
        if not piece:
            return b""
        body += piece
    return head + b"\r\n\r\n" + body


def _end(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
