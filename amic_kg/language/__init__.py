"""Words in Finnish, English and Swedish: which language, which lemma, which parts of a compound.

One analysis serves index and query, extraction and search: what is found is what was indexed.
"""

from amic_kg.language.analysis import Analyzer, Token, tokenize
from amic_kg.language.detection import LanguageDetector

__all__ = ["Analyzer", "LanguageDetector", "Token", "tokenize"]
