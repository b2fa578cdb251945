"""A result on its way from a remote store: within the caps, and let go with whoever wanted it."""

from __future__ import annotations

import asyncio
import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

import httpx

from amic_kg.graph.query_limits import ResultCaps, too_slow
from amic_kg.graph.query_output import RowCount
from amic_kg.graph.query_turns import Turn, Turns
from amic_kg.graph.sparql_http import Endpoints, faults, query_fault
from amic_kg.graph.spooled import SpooledStream

JENA_CUT = b"##  ****          Incomplete results           ****   ##"
"""What Fuseki writes behind the rows it had when the time was over; the status was 200 by then."""

JENA_CUT_WITHIN = 200
"""It stands in so many bytes at the end."""

_CONNECT_SECONDS = 5.0
_GRACE_SECONDS = 1.0
_HELD_BYTES = 1_000_000
"""So much is waited for before anything is told: an error up to there is a clean refusal."""


class Sent(TypedDict):
    data: Mapping[str, str | list[str]]
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RemoteQuestion:
    """A query as it goes out; `shift` characters of its first line are not the user's."""

    parameters: Mapping[str, str | list[str]]
    accept: str
    shift: int
    jena: bool

    @property
    def sent(self) -> Sent:
        return {"data": self.parameters, "headers": {"Accept": self.accept}}


class RemoteStream(SpooledStream):
    """Written by a task that reads the store's answer; `generation` is not known."""

    def __init__(
        self,
        turns: Turns[object],
        turn: Turn[object],
        endpoints: Endpoints,
        seconds: float,
        caps: ResultCaps,
    ) -> None:
        super().__init__(generation="")
        self._turns = turns
        self._turn = turn
        self._endpoints = endpoints
        self._seconds = seconds
        self._caps = caps
        self._begun = asyncio.Event()
        self._given_back = False

    async def begin(self, question: RemoteQuestion, tls: ssl.SSLContext) -> None:
        """Returns once there is a result to read; raises what the query met before."""
        self.write_on(lambda: self._read(question, tls))
        await self._begun.wait()
        if self.error is not None:
            raise self.error

    def close(self) -> None:
        super().close()
        self._give_back()
        unseen = self._turns.leave(self._turn)
        if unseen is not None:
            self._turns.put(unseen)

    def finished(self) -> None:
        self._give_back()
        self._begun.set()

    async def _read(self, question: RemoteQuestion, tls: ssl.SSLContext) -> None:
        timeout = httpx.Timeout(self._seconds + _GRACE_SECONDS, connect=_CONNECT_SECONDS)
        with faults(self._endpoints):
            try:
                async with (
                    asyncio.timeout(self._seconds + _GRACE_SECONDS),
                    # One for each: a client belongs to one event loop.
                    httpx.AsyncClient(timeout=timeout, verify=tls) as client,
                    client.stream("POST", self._endpoints.query, **question.sent) as response,
                ):
                    if response.is_success:
                        await self._write(response, question)
                        return
                    await response.aread()
            except (TimeoutError, httpx.ReadTimeout):
                raise too_slow(self._seconds) from None
        raise query_fault(response, self._endpoints, self._seconds, question.shift)

    async def _write(self, response: httpx.Response, question: RemoteQuestion) -> None:
        self.media_type = media_type_of(response) or question.accept
        rows = RowCount(self.media_type)
        # What tells of a cut must not go out as a result.
        held = bytearray()
        size = 0
        async for piece in response.aiter_bytes():
            size += len(piece)
            refuse_larger(self._caps, size, rows, piece)
            held += piece
            ready = len(held) - (JENA_CUT_WITHIN if question.jena else 0)
            if ready > 0:
                self._put(held[:ready])
                del held[:ready]
            if size >= _HELD_BYTES:
                self._begun.set()
        if question.jena and JENA_CUT in held:
            raise too_slow(self._seconds)
        self._put(held)
        self.ended = True

    def _put(self, data: bytes | bytearray) -> None:
        view = memoryview(bytes(data))
        while view:
            written = os.write(self.file.fileno(), view)
            self.size += written
            view = view[written:]
        self.tell()

    def _give_back(self) -> None:
        if not self._given_back and self._turn.running:
            self._given_back = True
            item = self._turn.got.result()
            self._turns.finish(self._turn)
            self._turns.put(item)


def media_type_of(response: httpx.Response) -> str:
    header: str = response.headers.get("Content-Type", "")
    return header.split(";", maxsplit=1)[0].strip()


def refuse_larger(caps: ResultCaps, size: int, rows: RowCount, piece: bytes) -> None:
    """Raises LimitExceeded when `size` bytes are too many, or the rows with `piece`."""
    if size > caps.bytes:
        raise caps.refuse_bytes()
    if caps.rows and rows.after(piece) > caps.rows:
        raise caps.refuse_rows()
