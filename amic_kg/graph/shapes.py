"""The gate: what ingest writes is held against SHACL shapes before anybody sees it, by pySHACL.

Specification: https://www.w3.org/TR/shacl/
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

import pyshacl
import rdflib
from rdflib.namespace import RDF, SH

from amic_kg.errors import InvalidVocabulary
from amic_kg.ontology import ontology_folder

DOCUMENT_SHAPES = "shapes.ttl"
VOCABULARY_SHAPES = "shapes-vocabulary.ttl"

_LANGUAGE = "en"


class ShapeGate:
    """The shapes of one file; they load at the first check.

    With `core_only` the constraints written in SPARQL are left out: each is parsed and run anew for
    every document, and what they say `graph/evidence.py` checks for all values.
    """

    def __init__(self, path: Path | None = None, *, core_only: bool = False) -> None:
        self._path = path or ontology_folder() / DOCUMENT_SHAPES
        self._core_only = core_only

    @cached_property
    def _shapes(self) -> rdflib.Graph:
        try:
            shapes = rdflib.Graph().parse(self._path)
        except (SyntaxError, ValueError, OSError) as error:
            raise InvalidVocabulary(
                self._path.name, f"holds no shapes that can be read: {error}", "Reinstall AMIC-KG"
            ) from None
        if self._core_only:
            shapes.remove((None, SH.sparql, None))
        return shapes

    def faults(self, graphs: Iterable[bytes]) -> Mapping[str, tuple[str, ...]]:
        """What is wrong in `graphs` (N-Triples), by the resource that it is wrong with.

        All are checked in one run: starting one costs more than a document. The resource is the
        focus node without its fragment, that is, the document.
        """
        data = rdflib.Graph()
        for triples in graphs:
            data.parse(data=triples.decode(), format="nt")
        conforms, report, _ = pyshacl.validate(
            data, shacl_graph=self._shapes, inference="none", advanced=False, meta_shacl=False
        )
        if conforms:
            return {}
        if not isinstance(report, rdflib.Graph):
            raise InvalidVocabulary(self._path.name, str(report), "Mend the shapes")
        return _by_resource(report)


def faults_of(
    found: Mapping[str, tuple[str, ...]], document: str, triples: bytes
) -> tuple[str, ...]:
    """Of what was `found` in a batch, what `document` (an IRI) is to mend.

    That is what is wrong with itself, and with the things that its `triples` tell of, which have
    names of their own.
    """
    lines = b"\n" + triples
    things = (
        said
        for resource, said in found.items()
        if "/id/output/" not in resource and f"\n<{resource}> ".encode() in lines
    )
    return (*found.get(document, ()), *(words for said in things for words in said))


def _by_resource(report: rdflib.Graph) -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus = str(report.value(result, SH.focusNode)).split("#")[0]
        messages = list(report.objects(result, SH.resultMessage))
        messages.sort(
            key=lambda message: getattr(message, "language", None) not in (_LANGUAGE, None)
        )
        value = report.value(result, SH.value)
        words = str(messages[0]) if messages else "breaks a shape"
        found[focus][f"{words} (found: {value})" if value is not None else words] = None
    return {focus: tuple(sorted(words)) for focus, words in found.items()}
