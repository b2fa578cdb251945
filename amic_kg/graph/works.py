"""Works as triples: which document is a copy of which, and which version follows which.

DCMI Metadata Terms, https://www.dublincore.org/specifications/dublin-core/dcmi-terms/: a copy has
substantially the same content (isFormatOf), a version the same work in another state.
"""

from __future__ import annotations

from collections.abc import Iterable

from amic_kg.graph.terms import DCTERMS, iri
from amic_kg.iris import Iris
from amic_kg.works import Member

GRAPH = "works"

_TERMS = {"copy": ("isFormatOf", "hasFormat"), "version": ("isVersionOf", "hasVersion")}


def works_triples(members: Iterable[Member], iris: Iris) -> bytes:
    """Both directions of each relation, as N-Triples in order."""
    lines = set()
    for member in members:
        if member.relation == "head":
            continue
        one, other = iri(iris.output(member.key)), iri(iris.output(member.of))
        forth, back = _TERMS[member.relation]
        lines.add(f"{one} <{DCTERMS}{forth}> {other} .\n")
        lines.add(f"{other} <{DCTERMS}{back}> {one} .\n")
    return "".join(sorted(lines)).encode()
