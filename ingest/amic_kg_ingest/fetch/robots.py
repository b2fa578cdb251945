"""What a server asks of robots: robots.txt (RFC 9309), and the mining rules of a site (TDMRep)."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from protego import Protego

from amic_kg.errors import (
    InputError,
    LimitExceeded,
    RefusedAddress,
    UnreachableSource,
    UnreadableInput,
)
from amic_kg_ingest.fetch.client import Fetcher

PRODUCT = "amic-kg"
"""The name that a robots.txt may address us by (RFC 9309 §2.2.1)."""

FORBIDDEN = "forbidden by robots.txt"
_FIRST_BYTES = 512 * 1024
_LONGEST_DELAY = 300
_ANY_SIZE = 1 << 62


class Robots:
    """The rules of each server, asked for once."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._rules: dict[str, Protego | InputError] = {}

    def allows(self, url: str) -> bool:
        """Raises UnreachableSource when the rules cannot be got: then nothing is allowed."""
        origin = _origin(url)
        if origin not in self._rules:
            self._rules[origin] = self._ask(origin)
        rules = self._rules[origin]
        if isinstance(rules, InputError):
            raise rules
        return bool(rules.can_fetch(url, PRODUCT))

    def _ask(self, origin: str) -> Protego | InputError:
        address = f"{origin}/robots.txt"
        try:
            # §2.5: at least 500 KiB are read, and what comes after that is not.
            answer = self._fetcher.get(address, most_bytes=_ANY_SIZE, first_bytes=_FIRST_BYTES)
        except RefusedAddress as error:
            return error
        except (UnreachableSource, LimitExceeded) as error:
            # §2.3.1.4: unreachable means that all is forbidden.
            return UnreachableSource(
                address,
                f"cannot be got, and nothing is fetched without ({error.cause})",
                error.remedy,
            )
        except UnreadableInput:
            # §2.3.1.3: a server without the file (4xx) forbids nothing.
            return Protego.parse("")
        rules = Protego.parse(answer.body.decode("utf-8-sig", "replace"))
        if (delay := rules.crawl_delay(PRODUCT)) is not None:
            self._fetcher.slow_down(origin, min(delay, _LONGEST_DELAY))
        return rules


class MiningRules:
    """/.well-known/tdmrep.json of each server: where text and data mining is reserved.

    https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/ - a list of locations with
    patterns as in a robots.txt; of those that match, the longest holds.
    """

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._rules: dict[str, Protego] = {}

    def reserves(self, url: str) -> bool:
        origin = _origin(url)
        if origin not in self._rules:
            self._rules[origin] = self._ask(origin)
        return not self._rules[origin].can_fetch(url, PRODUCT)

    def _ask(self, origin: str) -> Protego:
        try:
            body = self._fetcher.get(
                f"{origin}/.well-known/tdmrep.json", most_bytes=_FIRST_BYTES
            ).body
            given = json.loads(body.decode("utf-8-sig", "replace"))
        except (InputError, ValueError, RecursionError):
            # No such file, or none that can be read: nothing is said.
            given = []
        lines = ["User-agent: *"]
        for rule in given if isinstance(given, list) else []:
            location = rule.get("location") if isinstance(rule, dict) else None
            if isinstance(location, str) and location.isprintable():
                # JSON writers give the number as a text, too.
                reserved = str(rule.get("tdm-reservation")) == "1"
                lines.append(f"{'Disallow' if reserved else 'Allow'}: {location}")
        return Protego.parse("\n".join(lines))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
