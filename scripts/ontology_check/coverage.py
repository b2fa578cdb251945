"""How much of what others index with our concepts and registry entries reach."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from amic_kg.extract.concepts.matcher import Match, VocabularyMatcher
from amic_kg.language import Analyzer
from amic_kg.language.stopwords import STOPWORDS
from amic_kg.ontology import Vocabulary, load_vocabulary
from ontology_check import gold

# Words of a site record that say what the record is about, and no name.
_GENERIC = frozenset(
    {"mine", "project", "deposit", "intrusion", "reef", "group", "claim", "areas", "complex"}
    | {"igneous", "layered", "finland", "river", "1", "2"}
    | {"nickel", "copper", "vanadium", "ni", "cu", "co", "au", "pge"}
)

_SUBJECT_RULE = "one of ours is its exact or close match, or one match spans its label in fi or en"
_WORD_RULE = "a match covers it"


@dataclass(slots=True)
class Share:
    """How many of `total` were reached, and which were not."""

    corpus: str
    rule: str
    aim: float | None
    reached: int = 0
    total: int = 0
    missed: list[str] = field(default_factory=list)

    def count(self, *, reached: bool, label: str) -> None:
        self.total += 1
        if reached:
            self.reached += 1
        else:
            self.missed.append(label)

    @property
    def value(self) -> float:
        return self.reached / self.total if self.total else 1.0

    @property
    def met(self) -> bool:
        return self.aim is None or self.value >= self.aim


class Coverage:
    """Measures of one ontology folder against the gold material."""

    def __init__(self, ontology: Path, shared: Path) -> None:
        self._shared = shared
        vocabulary = load_vocabulary(ontology)
        self._analyzer = Analyzer()
        self._matcher = VocabularyMatcher(vocabulary, self._analyzer)
        sites = [e for e in vocabulary if e.type == "Site"]
        self._sites = VocabularyMatcher(sites, self._analyzer)
        commodities = [e for e in vocabulary if e.type in ("Commodity", "Mineral", "Rock")]
        self._materials = VocabularyMatcher(commodities, self._analyzer)
        self._linked = _linked(vocabulary)

    def all(self) -> list[Share]:
        return [
            self.annif(),
            self.yso_neighbours(),
            self.fingreylit(),
            self.fingreylit_neighbours(),
            self.eu_crm(),
            self.site_names(),
        ]

    def annif(self) -> Share:
        share = Share("Finna, gold subjects (YSO)", _SUBJECT_RULE, 0.95)
        return self._subjects(share, gold.annif_subjects(self._shared))

    def yso_neighbours(self) -> Share:
        share = Share("YSO, concepts around mining and geology", _SUBJECT_RULE, None)
        return self._subjects(share, gold.yso_mining_subset(self._shared))

    def fingreylit(self) -> Share:
        share = Share("FinGreyLit, mining-related words of titles", _WORD_RULE, 0.80)
        return self._title_terms(share, gold.mining_title_terms(self._shared))

    def fingreylit_neighbours(self) -> Share:
        share = Share("FinGreyLit, title words about what stands around mining", _WORD_RULE, None)
        return self._title_terms(share, gold.neighbouring_title_terms(self._shared))

    def _title_terms(self, share: Share, terms: Iterable[gold.TitleTerm]) -> Share:
        for term in terms:
            _, matches = self._matcher.find(term.title, term.language)
            share.count(
                reached=any(m.start < term.end and m.end > term.start for m in matches),
                label=f"{term.word} [{term.language}] {term.title}",
            )
        return share

    def eu_crm(self) -> Share:
        share = Share("EU critical raw materials, names", "one match spans it in English", 1.0)
        for name in gold.eu_crm_names(self._shared):
            share.count(reached=self._whole(self._materials, name, "en"), label=name)
        return share

    def site_names(self) -> Share:
        """A name is reached when registered sites cover all its words that are no generic ones."""
        rule = "registered sites cover its words, but generic ones"
        share = Share("MinMod, names of Finnish sites", rule, 0.85)
        for name in gold.finnish_site_names(self._shared):
            # What stands in brackets tells where the site is or which part of it is meant.
            left = min(map(self._unmatched, {name, _without_brackets(name)}), key=len)
            share.count(reached=not left, label=f"{name}  (not matched: {', '.join(sorted(left))})")
        return share

    def _unmatched(self, name: str) -> frozenset[str]:
        """The distinctive words of `name` that no registered site covers."""
        tokens, matches = self._sites.find(name, "fi")
        left = frozenset(
            token.surface.lower()
            for index, token in enumerate(tokens)
            if not any(m.first <= index <= m.last for m in matches)
        )
        return left - _GENERIC - STOPWORDS if matches else left

    def _subjects(self, share: Share, subjects: Iterable[gold.Gold]) -> Share:
        for subject in subjects:
            reached = subject.key in self._linked or any(
                self._whole(self._matcher, subject.labels[language], language)
                for language in ("fi", "en")
                if language in subject.labels
            )
            share.count(
                reached=reached,
                label=f"{subject.key.rsplit('/', 1)[-1]} {' | '.join(subject.labels.values())}",
            )
        return share

    def _whole(self, matcher: VocabularyMatcher, label: str, language: str) -> bool:
        """One match spans the label; YSO's qualifier in brackets is left aside."""
        text = _without_brackets(label)
        return any(
            _spans(matches, len(tokens))
            for tokens, matches in (matcher.find(form, language) for form in (text, text.lower()))
        )


def _without_brackets(label: str) -> str:
    return re.sub(r"\s*\([^)]*\)", "", label)


def _spans(matches: Sequence[Match], tokens: int) -> bool:
    return any(m.first == 0 and m.last == tokens - 1 for m in matches)


def _linked(vocabulary: Vocabulary) -> frozenset[str]:
    """Everything outside that an entity is the exact or close match of."""
    return frozenset(link for entity in vocabulary for link in entity.links)
