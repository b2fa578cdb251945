"""Query understanding, retrieval and results: the search box over any index."""

from amic_kg.search.results import (
    Card,
    FoundDocument,
    FoundPassage,
    Highlight,
    Results,
    Understanding,
)
from amic_kg.search.searcher import Searcher, Sort

__all__ = [
    "Card",
    "FoundDocument",
    "FoundPassage",
    "Highlight",
    "Results",
    "Searcher",
    "Sort",
    "Understanding",
]
