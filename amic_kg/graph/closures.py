"""Hierarchies followed to their ends, as triples: queries without paths find what is far above.

`skos:broaderTransitive` is what SKOS means for this (https://www.w3.org/TR/skos-reference/#L2413):
it holds what `skos:broader` holds, and its closure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from amic_kg.graph.terms import SKOS

GRAPH = "closures"

_LINK = re.compile(
    rb"^<([^>]+)> <" + re.escape(SKOS).encode() + rb"(broader|narrower)> <([^>]+)> \.$",
    re.MULTILINE,
)


def closure_triples(graphs: Iterable[bytes]) -> bytes:
    """`skos:broaderTransitive` over all of `graphs` (N-Triples), as N-Triples in order.

    `skos:narrower` counts as what it inverts. A concept in a ring is above itself, as SKOS has it.
    """
    parents: defaultdict[bytes, set[bytes]] = defaultdict(set)
    for triples in graphs:
        for one, link, other in _LINK.findall(triples):
            child, parent = (one, other) if link == b"broader" else (other, one)
            parents[child].add(parent)
    predicate = f"<{SKOS}broaderTransitive>".encode()
    return b"".join(
        b"<%s> %s <%s> .\n" % (concept, predicate, above)
        for concept in sorted(parents)
        for above in sorted(_above(concept, parents))
    )


def _above(concept: bytes, parents: defaultdict[bytes, set[bytes]]) -> set[bytes]:
    found: set[bytes] = set()
    queue = [*parents[concept]]
    while queue:
        parent = queue.pop()
        if parent not in found:
            found.add(parent)
            queue.extend(parents.get(parent, ()))
    return found
