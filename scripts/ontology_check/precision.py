"""What the matcher finds in running text: in texts of the field, and in texts about anything."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from amic_kg.extract.concepts.matcher import VocabularyMatcher
from amic_kg.language import Analyzer
from amic_kg.ontology import load_vocabulary

_CONTEXT = 40


@dataclass(slots=True)
class Tally:
    """Matches in one body of text: how often each entity, in which words, where for example."""

    name: str
    texts: int = 0
    words: int = 0
    matches: Counter[str] = field(default_factory=Counter)
    surfaces: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    examples: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return self.matches.total()

    @property
    def per_thousand_words(self) -> float:
        return 1000 * self.total / self.words if self.words else 0.0


class Scanner:
    """Runs the matcher over bodies of text."""

    def __init__(self, ontology: Path) -> None:
        vocabulary = load_vocabulary(ontology)
        self._analyzer = Analyzer()
        self._types = {entity.iri: entity.type for entity in vocabulary}
        self._matcher = VocabularyMatcher(vocabulary, self._analyzer)

    def scan(self, name: str, texts: Iterable[tuple[str, str]]) -> Tally:
        """Tally the matches in (text, language) pairs."""
        tally = Tally(name)
        for text, language in texts:
            tokens, matches = self._matcher.find(text, language)
            tally.texts += 1
            tally.words += len(tokens)
            for match in matches:
                surface = text[match.start : match.end].lower()
                tally.matches[match.entity] += 1
                tally.surfaces[match.entity][surface] += 1
                before = text[max(0, match.start - _CONTEXT) : match.start]
                after = text[match.end : match.end + _CONTEXT]
                tally.examples.setdefault(
                    (match.entity, surface),
                    re.sub(r"\s+", " ", f"{before}[{text[match.start : match.end]}]{after}"),
                )
        return tally

    def type_of(self, iri: str) -> str:
        return self._types[iri]


def every(texts: Iterable[str], language: str, sample: int) -> list[tuple[str, str]]:
    """About `sample` of the texts, evenly spread, as (text, language)."""
    all_texts = list(texts)
    step = max(1, len(all_texts) // sample)
    return [(text, language) for text in all_texts[::step][:sample]]
