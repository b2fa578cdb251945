"""The concepts that a text names, with all that are broader: what a filter by topic compares."""

from __future__ import annotations

from functools import lru_cache

from amic_kg.extract.concepts.matcher import VocabularyMatcher
from amic_kg.language import Analyzer
from amic_kg.ontology import Vocabulary, load_vocabulary


def find_concepts(text: str, language: str) -> frozenset[str]:
    """IRIs of concepts of the vocabulary; the matcher loads with the first call."""
    vocabulary, matcher = _loaded()
    _, matches = matcher.find(text, language)
    found = {match.entity for match in matches}
    return frozenset(found.union(*(vocabulary.ancestors(iri) for iri in found)))


@lru_cache(maxsize=1)
def _loaded() -> tuple[Vocabulary, VocabularyMatcher]:
    vocabulary = load_vocabulary()
    return vocabulary, VocabularyMatcher(vocabulary, Analyzer())
