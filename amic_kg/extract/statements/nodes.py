"""The studies of a document as nodes: what one paragraph tells of one study belongs to one node."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from amic_kg.extract.statements.clauses import Sentence
from amic_kg.extract.statements.studies import Bundle, StudyFact
from amic_kg.extract.statements.study_wordings import NOT_STUDIED

OF_PARAGRAPH = 0.72
"""The paragraph names one site alone, though not in the sentences on the study."""
_DONE = ("appliesMethod", "dataCollection", "sampleSize")
_LINKS = frozenset(
    ("appliesMethod", "dataCollection", "studiesSite", "studiesCommodity", "discussesTheme",
     "discussesFactor", "discussesPractice", "stakeholder")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """A statement before it has its quote: `sentence` is its evidence."""

    subject: str
    predicate: str
    object: str
    datatype: str | None
    sentence: Sentence
    confidence: float


@dataclass(slots=True)
class _Node:
    facts: list[tuple[StudyFact, Sentence]] = field(default_factory=list)

    def values(self, predicate: str) -> set[str]:
        return {fact.object for fact, _ in self.facts if fact.predicate == predicate}


class StudyNodes:
    """Gathers bundles of facts, sentence after sentence."""

    def __init__(self) -> None:
        self._done: list[_Node] = []
        self._open: list[_Node] = []
        self._place: tuple[int, int] = (0, 0)
        self._sites: dict[str, Sentence] = {}
        self._early: list[tuple[StudyFact, Sentence]] = []

    def enter(self, sentence: Sentence) -> None:
        """Close the paragraph before, when the sentence opens another."""
        if (sentence.page, sentence.paragraph) != self._place:
            self._close()
            self._place = (sentence.page, sentence.paragraph)
        for mention in sentence.mentions:
            if mention.type == "Site" and not NOT_STUDIED.search(sentence.text):
                self._sites.setdefault(mention.entity, sentence)

    def add(self, sentence: Sentence, bundles: Sequence[Bundle]) -> None:
        """The facts of a sentence to the study that they fit, else to a new one.

        What only adds to a study (a topic, who was asked) waits for the one of its paragraph, and
        is dropped when there is none, or more.
        """
        for bundle in bundles:
            node = next((n for n in reversed(self._open) if _fits(n, bundle.facts)), None)
            if node is None or (bundle.apart and node.values("sampleSize")):
                if not bundle.founds:
                    self._early.extend((fact, sentence) for fact in bundle.facts)
                    continue
                node = _Node()
                self._open.append(node)
            node.facts.extend((fact, sentence) for fact in bundle.facts)

    def drawn(self) -> Iterator[Drawn]:
        """The statements of all studies that link to something."""
        self._close()
        number = 0
        for node in self._done:
            if not any(fact.predicate in _LINKS for fact, _ in node.facts):
                continue
            number += 1
            told = any(f.predicate == "dataCollection" and not f.implied for f, _ in node.facts)
            for fact, sentence in node.facts:
                if fact.implied and told:
                    # "24 answered": of what kind the survey was is named elsewhere.
                    continue
                yield Drawn(
                    f"study-{number}",
                    fact.predicate,
                    fact.object,
                    fact.datatype,
                    sentence,
                    fact.confidence,
                )

    def _close(self) -> None:
        if len(self._open) == 1:
            (node,) = self._open
            node.facts.extend(early for early in self._early if _fits(node, (early[0],)))
        self._early = []
        if len(self._open) == 1 and len(self._sites) == 1:
            (node,) = self._open
            done = any(node.values(name) for name in _DONE)
            if done and not node.values("studiesSite"):
                ((site, sentence),) = self._sites.items()
                node.facts.append((StudyFact("studiesSite", site, OF_PARAGRAPH), sentence))
        self._done.extend(self._open)
        self._open, self._sites = [], {}


def _fits(node: _Node, facts: Sequence[StudyFact]) -> bool:
    """One study has one sample; two that were done at different sites are two."""
    for predicate in ("sampleSize", "trl"):
        given = {fact.object for fact in facts if fact.predicate == predicate}
        known = node.values(predicate)
        if given and known and given != known:
            return False
    given = {fact.object for fact in facts if fact.predicate == "studiesSite"}
    known = node.values("studiesSite")
    return not (given and known and given.isdisjoint(known))
