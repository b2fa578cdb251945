"""How long a suggestion takes while somebody types, over HTTP, against comparing all names."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx
from rapidfuzz import fuzz, process

from amic_kg.cli.measurement import Figure, percentile, serving
from amic_kg.ontology import load_vocabulary

_EVERY = 20
_LENGTHS = (2, 3, 5, 8, 12)
_COMPARED = 200
"""So many queries are asked of the alternative: it is slower."""


def measure_suggestions(folder: Path, data: Path) -> list[Figure]:
    """Milliseconds of `/api/suggest` from a client on the same machine, one request at a time."""
    names = [text for entity in load_vocabulary() for _, text, _ in entity.labels()]
    typed = list(_typed(names[::_EVERY]))
    with serving(folder, data) as (url, _), httpx.Client(base_url=url, timeout=60) as client:
        while not client.get("/api/suggest?q=ka").json()["complete"]:
            time.sleep(0.1)
        own = sorted(_asked(client, text) for text in typed)
    other = sorted(_compared(text, names) for text in typed[:: len(typed) // _COMPARED])
    return [
        Figure(
            f"suggestions, {label} of {len(own)} requests over HTTP, ms ({len(names)} names)",
            f"{percentile(own, share):.1f}",
            f"all names compared by rapidfuzz, in process {percentile(other, share):.1f}",
            f"{percentile(own, share) / percentile(other, share):.2f}",
        )
        for label, share in (("median", 0.5), ("95th percentile", 0.95))
    ]


def _typed(names: Sequence[str]) -> Iterator[str]:
    """What stands in the box while these are typed; every fourth with two letters exchanged."""
    for number, name in enumerate(names):
        wrong = number % 4 == 0 and len(name) > 5
        text = f"{name[:2]}{name[3]}{name[2]}{name[4:]}" if wrong else name
        yield from (text[:length] for length in _LENGTHS if length <= len(text))


def _asked(client: httpx.Client, text: str) -> float:
    began = time.perf_counter()
    client.get("/api/suggest", params={"q": text, "lang": "fi"}).raise_for_status()
    return (time.perf_counter() - began) * 1000


def _compared(text: str, names: Sequence[str]) -> float:
    began = time.perf_counter()
    process.extract(text, names, scorer=fuzz.partial_ratio, limit=8)
    return (time.perf_counter() - began) * 1000
