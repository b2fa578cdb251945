"""Labels that stand for things of two schemes in one language: a text matcher has to choose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from amic_kg.language import Analyzer
from amic_kg.ontology import REGISTRY_TYPES, Vocabulary

# Senses that truly differ: the same word is the substance that is mined, the mineral and the
# rock it is mined from. What is meant follows from where a text is looked at from.
SAME_SUBSTANCE = frozenset({"Commodity", "Mineral", "Rock"})


@dataclass(frozen=True, slots=True)
class Clash:
    """A label, as its lemmas in `language`, and who has it: (IRI, type, label, rank)."""

    language: str
    lemmas: str
    owners: tuple[tuple[str, str, str, str], ...]

    @property
    def types(self) -> frozenset[str]:
        return frozenset(kind for _, kind, _, _ in self.owners)

    @property
    def tolerated(self) -> bool:
        """One substance in several schemes, a place and what is named after it, or a name.

        The matcher tells a name from the common word by its capital.
        """
        names = self.types & frozenset(REGISTRY_TYPES)
        words = self.types - names
        if not words:
            return True
        if names:
            return words <= SAME_SUBSTANCE
        return len(words) > 1 and words <= SAME_SUBSTANCE


def clashes(vocabulary: Vocabulary) -> list[Clash]:
    """Labels of at least two entities found in texts, compared by lemmas as the matcher does."""
    analyzer = Analyzer()
    owners: defaultdict[tuple[str, str], dict[str, tuple[str, str, str, str]]]
    owners = defaultdict(dict)
    for entity in vocabulary:
        if not entity.in_text:
            continue
        for language, label, rank in entity.labels():
            key = language, _key(analyzer, label, language)
            owners[key].setdefault(entity.iri, (entity.iri, entity.type, label, rank))
    return [
        Clash(language, lemmas, tuple(who.values()))
        for (language, lemmas), who in sorted(owners.items())
        if len(who) > 1
    ]


def by_kind(found: Iterable[Clash]) -> Mapping[str, int]:
    counts: defaultdict[str, int] = defaultdict(int)
    for clash in found:
        counts[" + ".join(sorted(clash.types))] += 1
    return dict(sorted(counts.items(), key=lambda item: -item[1]))


def _key(analyzer: Analyzer, label: str, language: str) -> str:
    """Symbols and acronyms are met letter by letter, other labels by their lemmas."""
    letters = [character for character in label if character.isalpha()]
    if len(letters) <= 3 or all(map(str.isupper, letters)):
        return label
    return " ".join(token.lemmas[0] for token in analyzer.tokens(label, language))
