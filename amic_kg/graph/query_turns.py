"""Whose query is next: each client in its turn, the site itself never behind all the others.

Knows nothing of processes or stores: what is handed out is a worker, or leave to ask a store.
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter, OrderedDict, deque
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from amic_kg.errors import ServiceBusy, TooManyQueries
from amic_kg.graph.query_limits import QueryShares

SITE = ""
"""The client that the site itself is: reserved items are its alone, and no limit is on it."""

Item = TypeVar("Item")


@dataclass(eq=False, slots=True)
class Turn(Generic[Item]):
    """A query that waits for an item, or has one."""

    client: str
    got: Future[Item] = field(default_factory=Future)
    running: bool = False
    over: bool = False

    def wait(self, seconds: float) -> Item:
        """Raises ServiceBusy after `seconds`."""
        try:
            return self.got.result(timeout=seconds)
        except TimeoutError:
            raise _busy() from None

    async def come(self, seconds: float) -> Item:
        """The same for a coroutine."""
        if self.got.done():
            return self.got.result()
        try:
            # Shielded: only `leave` may cancel, which knows what to do with an item that came.
            return await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(self.got)), seconds)
        except TimeoutError:
            raise _busy() from None


class Turns(Generic[Item]):
    """Hands out items; any number of threads may call.

    A client holds `at_once` items at most, so that one alone never holds all.
    """

    def __init__(self, shares: QueryShares, *, at_once: int) -> None:
        self._shares = shares
        self._at_once = at_once
        self._lock = threading.Lock()
        self._free: list[Item] = []
        self._reserved: list[Item] = []
        # The client whose turn is next stands first.
        self._waiting: OrderedDict[str, deque[Turn[Item]]] = OrderedDict()
        self._running: Counter[str] = Counter()
        self._in_hand: Counter[str] = Counter()

    def enter(self, client: str) -> Turn[Item]:
        """Raises TooManyQueries or ServiceBusy; else `leave` must be called in the end."""
        with self._lock:
            if client != SITE:
                self._refuse_more(client)
            self._in_hand[client] += 1
            turn: Turn[Item] = Turn(client)
            self._waiting.setdefault(client, deque()).append(turn)
            self._hand_out()
            return turn

    def finish(self, turn: Turn[Item]) -> None:
        """The query has run: its client may have the next item. May be called more than once."""
        with self._lock:
            self._finish(turn)
            self._hand_out()

    def leave(self, turn: Turn[Item]) -> Item | None:
        """The query is over and done; gives back an item that came and was not seen yet.

        May be called more than once.
        """
        with self._lock:
            if turn.over:
                return None
            turn.over = True
            self._less(self._in_hand, turn.client)
            if turn.got.cancel():
                self._waiting[turn.client].remove(turn)
                if not self._waiting[turn.client]:
                    del self._waiting[turn.client]
                return None
            unseen = turn.got.result() if turn.running else None
            self._finish(turn)
            self._hand_out()
            return unseen

    def put(self, item: Item, *, reserved: bool = False) -> None:
        """An item that is free."""
        with self._lock:
            (self._reserved if reserved else self._free).append(item)
            self._hand_out()

    def take_all(self) -> list[Item]:
        """All that are free, no longer to be handed out."""
        with self._lock:
            taken = [*self._reserved, *self._free]
            self._reserved, self._free = [], []
            return taken

    def waiting(self) -> int:
        with self._lock:
            return sum(len(turns) for turns in self._waiting.values())

    def in_hand(self) -> int:
        with self._lock:
            return self._in_hand.total()

    def _refuse_more(self, client: str) -> None:
        if self._in_hand[client] >= self._shares.per_client:
            raise TooManyQueries(
                "the query",
                f"{self._shares.per_client} queries from this address are being answered already",
                "Wait until one of them has ended",
            )
        if self._in_hand.total() - self._in_hand[SITE] >= self._shares.in_all:
            raise _busy()

    def _finish(self, turn: Turn[Item]) -> None:
        if turn.running:
            turn.running = False
            self._less(self._running, turn.client)

    def _hand_out(self) -> None:
        while self._reserved and SITE in self._waiting:
            self._give(SITE, self._reserved.pop())
        while self._free and (client := self._next_client()) is not None:
            self._give(client, self._free.pop())

    def _next_client(self) -> str | None:
        for client in self._waiting:
            if client == SITE or self._running[client] < self._at_once:
                return client
        return None

    def _give(self, client: str, item: Item) -> None:
        turns = self._waiting[client]
        turn = turns.popleft()
        if turns:
            self._waiting.move_to_end(client)
        else:
            del self._waiting[client]
        turn.running = True
        self._running[client] += 1
        turn.got.set_result(item)

    @staticmethod
    def _less(counter: Counter[str], client: str) -> None:
        counter[client] -= 1
        # Addresses that are gone must not be kept.
        if not counter[client]:
            del counter[client]


def _busy() -> ServiceBusy:
    return ServiceBusy("All query workers are taken", "Try again in a few seconds")
