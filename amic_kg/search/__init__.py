"""Query understanding, retrieval and results: the search box over any index."""

from amic_kg.search.results import FoundDocument, FoundPassage, Highlight, Results, Understanding
from amic_kg.search.searcher import Searcher

__all__ = ["FoundDocument", "FoundPassage", "Highlight", "Results", "Searcher", "Understanding"]
