"""Waiting for a service that has gone away in the middle of a run, and saying so."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from amic_kg.errors import ServiceBusy, ServiceDown

_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 60.0

Result = TypeVar("Result")


class Waiting:
    """Does a piece of work again until its service is back, for `seconds` of pauses at most.

    The work must be one that may be done twice. `tell` gets each line for the person who waits;
    `pause` sleeps for so many seconds.
    """

    def __init__(
        self,
        seconds: float,
        tell: Callable[[str], None],
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._seconds = seconds
        self._tell = tell
        self._pause = pause

    def do(self, work: Callable[[], Result], *, documents: int = 0) -> Result:
        """What `work` returns; raises what it raised last when its service stays away.

        `documents` are held up meanwhile, and each line says how many and since when.

        The pauses double from a second up to a minute, so that a service that has just come back
        is neither pressed nor left to wait.
        """
        waited, pause, began = 0.0, _FIRST_PAUSE, datetime.now(UTC)
        while True:
            try:
                result = work()
            except (ServiceDown, ServiceBusy) as error:
                pause = min(pause, self._seconds - waited)
                if pause <= 0:
                    raise type(error)(
                        error.cause,
                        f"{error.remedy}. What was published is kept: run again, and it goes on "
                        "from there (AMIC_WAIT_SECONDS says how long a run waits)",
                    ) from None
                told = f"waiting{_since(began, documents)}, next try in {pause:.0f} s"
                if waited:
                    self._tell(f"{error.cause}; {told}")
                else:
                    self._tell(
                        f"{error.cause}. {error.remedy}. The run waits for it and then goes on, "
                        f"for {self._seconds:.0f} s at most (AMIC_WAIT_SECONDS); {told}"
                    )
                self._pause(pause)
                waited += pause
                pause = min(2 * pause, _LONGEST_PAUSE)
            else:
                if waited:
                    self._tell("It answers again; the run goes on")
                return result


def _since(began: datetime, documents: int) -> str:
    since = f" since {began:%H:%M} UTC"
    if not documents:
        return since
    held_up = "1 document is" if documents == 1 else f"{documents} documents are"
    return f"{since} ({held_up} held up)"
