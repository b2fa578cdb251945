"""A graph of any size from the graph of the samples: for measuring, never for showing.

The documents' graphs are repeated under other keys; in each copy concepts give way to others of
their kind, so that a concept is found in some documents and not in all. Copy number n hangs on the
seed and n alone.
"""

from __future__ import annotations

import itertools
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_GRAPH = re.compile(rb"<([^<>]*)> \.\n?$")
_DOCUMENT = re.compile(rb"/graph/document/([a-z2-7]+)$")
_CONCEPT = re.compile(
    rb"(?<=/)(vocab/[a-z-]+|id/(?:site|place|organization|project))/([\w-]+)(?=>)"
)
_YEAR = re.compile(rb'(?<=ontology#year> ")\d{4}|(?<=dc/terms/issued> ")\d{4}')
_FIRST_YEAR, _LAST_YEAR = 2004, 2025
_REPLACED = 0.6
"""Share of the concepts of a copy that give way to others."""

_KEY_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_KEY_LENGTH = 16

Graphs = Mapping[str, bytes]


def graphs_of(quads: Iterable[bytes]) -> dict[str, bytes]:
    """N-Quads lines as N-Triples by the name of their graph."""
    lines: defaultdict[str, list[bytes]] = defaultdict(list)
    for line in quads:
        graph = _GRAPH.search(line)
        if graph is not None:
            lines[graph[1].decode()].append(line[: graph.start()] + b".\n")
    return {name: b"".join(triples) for name, triples in lines.items()}


def generate_graphs(base: Graphs, *, quads: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """`base`, then copies of its documents until there are `quads` of them."""
    made = 0
    for name, triples in base.items():
        made += triples.count(b"\n")
        yield name, triples
    documents = {
        name: found[1] for name in base if (found := _DOCUMENT.search(name.encode())) is not None
    }
    kinds = _concepts_by_kind(base)
    for number in itertools.count():
        for name, key in documents.items():
            if made >= quads:
                return
            chance = random.Random(f"{seed}-{number}-{name}")
            copy_key = "".join(chance.choices(_KEY_LETTERS, k=_KEY_LENGTH)).encode()
            triples = _copy(base[name].replace(key, copy_key), chance, kinds)
            made += triples.count(b"\n")
            yield name.replace(key.decode(), copy_key.decode()), triples


def _copy(triples: bytes, chance: random.Random, kinds: Mapping[bytes, Sequence[bytes]]) -> bytes:
    year = str(chance.randint(_FIRST_YEAR, _LAST_YEAR)).encode()
    replaced = _CONCEPT.sub(_other(chance, kinds), triples)
    # Two concepts may have become one, and a triple stands once in a graph.
    return b"".join(dict.fromkeys(_YEAR.sub(year, replaced).splitlines(keepends=True)))


def _other(
    chance: random.Random, kinds: Mapping[bytes, Sequence[bytes]]
) -> Callable[[re.Match[bytes]], bytes]:
    """One choice a concept, so that subject, mention and statement stay of one mind."""
    chosen: dict[bytes, bytes] = {}

    def replace(found: re.Match[bytes]) -> bytes:
        whole, kind = found[0], found[1]
        if whole not in chosen:
            other = chance.choice(kinds[kind]) if kinds.get(kind) else found[2]
            chosen[whole] = kind + b"/" + (other if chance.random() < _REPLACED else found[2])
        return chosen[whole]

    return replace


def _concepts_by_kind(base: Graphs) -> dict[bytes, list[bytes]]:
    found: defaultdict[bytes, dict[bytes, None]] = defaultdict(dict)
    for name, triples in base.items():
        if not _DOCUMENT.search(name.encode()):
            for line in triples.splitlines():
                subject = line.split(b" ", 1)[0]
                if concept := _CONCEPT.search(subject):
                    found[concept[1]][concept[2]] = None
    return {kind: list(names) for kind, names in found.items()}
