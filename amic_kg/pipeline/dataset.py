"""The graph that tells of the dataset, made anew at the end of a run that has changed something."""

from __future__ import annotations

from pathlib import Path

from amic_kg.external import ExternalVocabularies
from amic_kg.graph.dataset import dataset_triples, uncounted_triples
from amic_kg.graph.dataset_counts import GRAPH, count_dataset
from amic_kg.iris import Iris
from amic_kg.ledger import Ledger
from amic_kg.pipeline.publishing import Publisher
from amic_kg.ports import GraphStore

_NOTE = "dataset graph"
_VERSION = "1"
"""Other when the same data would be told of in other words."""

_UNCOUNTED = f"uncounted {_VERSION}"


def publish_dataset(
    graph: GraphStore,
    ledger: Ledger,
    publisher: Publisher,
    iris: Iris,
    vocabularies: Path,
    *,
    most_documents: int,
) -> None:
    """Count all that is published and tell of it, unless that is done for this generation.

    Counting takes a second for some 100,000 statements, and distinct things are held in memory:
    beyond `most_documents` the dataset is told of without figures, and no run waits for them.
    A run that is killed before the note is written leaves it to the next, which gives the same.
    """
    if ledger.count() > most_documents:
        if ledger.note(_NOTE) != _UNCOUNTED:
            publisher.publish_graphs({iris.graph(GRAPH): uncounted_triples(iris)})
            ledger.set_note(_NOTE, _UNCOUNTED)
        return
    if ledger.note(_NOTE) == _noted(graph):
        return
    counts = count_dataset(graph.select, iris)
    triples = dataset_triples(counts, ExternalVocabularies(vocabularies).list(), iris)
    publisher.publish_graphs({iris.graph(GRAPH): triples})
    ledger.set_note(_NOTE, _noted(graph))


def _noted(graph: GraphStore) -> str:
    return f"{graph.generation()} {_VERSION}"
