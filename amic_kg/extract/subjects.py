"""What a document is about: its concepts ranked by what was learned and by what it mentions.

A learned model gives the concepts that librarians would choose, mentioned or not; how often and how
early a concept is mentioned speaks for every concept of the vocabularies, also for those that the
model was not taught.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

import numpy as np

from amic_kg.extract.analysed import AnalysedPassage
from amic_kg.extract.subject_features import Floats, LabelSigns
from amic_kg.extract.subject_model import Cut, SubjectModel, worth
from amic_kg.language import Analyzer, Token
from amic_kg.ontology import Entity, Vocabulary
from amic_kg.records import Mention, Subject

MOST = 12
"""Subjects of one document at most."""

_TOPICAL = frozenset(
    (
        "Commodity", "Mineral", "Rock", "Method", "Theme", "AcceptanceFactor", "StakeholderGroup",
        "Practice", "LifecycleStage", "Concept",
    )
)  # fmt: skip

_FIRST_PAGE = 2.0
_IN_TITLE = 2.0
_SHARE_FROM_NARROWER = 0.3

_MET = 0.3
"""How often a concept whose label stands in a title or abstract is among the librarian's."""

_TITLED = 0.6
"""The same for a concept that the model was not taught and the title of a document names."""

_REPEATED = 0.5
"""What being the most prominent concept of a long document adds to that."""

_READ = 20
"""Passages of a long document that the model reads, spread over it evenly."""

_BEST_SHARE = 3
"""The model's verdict on a document is that on its beginning and on the best third of the rest."""

_UNSAID = 0.3
"""The least score of a subject that a document does not mention: no quote vouches for it."""

_UNTAUGHT_CUT = Cut(MOST, 0.15)


class SubjectRanker:
    """Ranks the concepts of `vocabulary`; without a `model` by mentions alone."""

    def __init__(
        self, vocabulary: Vocabulary, analyzer: Analyzer, model: SubjectModel | None
    ) -> None:
        self._vocabulary = vocabulary
        self._analyzer = analyzer
        self.model = model
        self._entities = matching_entities(model.concepts if model else (), vocabulary)
        self._signs = LabelSigns(self._entities, analyzer)

    def rank(
        self, passages: Sequence[AnalysedPassage], title: str, language: str
    ) -> tuple[Subject, ...]:
        """At most twelve topical concepts, best first, each with the probability that it is one.

        `title` is in `language`, and is read before the passages where they do not begin with it.
        """
        learned = self._learned(passages, title, language)
        prominent = self._prominence(passages, title)
        titled = {m.entity for m in _topical(passages) if m.surface.lower() in title.lower()}
        repeated = _REPEATED * (1 - 1 / max(len(passages), 1))
        taught = self.model.priors if self.model else ()
        scores = {}
        for entity in {**prominent, **learned}:
            prominence = prominent.get(entity, 0.0)
            untaught = _TITLED if entity in titled else _MET * prominence
            expected = learned.get(entity, untaught)
            if language not in taught and expected:
                # The words of another language say nothing to the model, labels met still do.
                expected = max(expected, _MET * prominence)
            if expected:
                scores[entity] = 1 - (1 - expected) * (1 - repeated * prominence)
        ranked = sorted(scores.items(), key=lambda item: (-round(item[1], 3), item[0]))
        least = self.cut(language).threshold
        kept = (
            Subject(entity, round(score, 3))
            for entity, score in ranked
            if score >= (least if entity in prominent else max(least, _UNSAID))
        )
        return tuple(islice(kept, MOST))

    def concepts(self, text: str, language: str) -> list[tuple[str, float]]:
        """The concepts that the model was taught, as the corpus names them, best first.

        Each with its `worth` in this text, which the model's `choices` cut.
        """
        if self.model is None:
            return []
        tokens = self._analyzer.tokens(text, language)
        scores = worth(self._probabilities(self.model, tokens, language))
        order = np.argsort(-scores, kind="stable")
        return [(self.model.concepts[number], float(scores[number])) for number in order]

    def cut(self, language: str) -> Cut:
        """Where the ranking of a text in `language` ends by default."""
        if self.model is None:
            return _UNTAUGHT_CUT
        return self.model.cuts.get(language, self.model.cuts["und"])

    def _probabilities(self, model: SubjectModel, tokens: Sequence[Token], language: str) -> Floats:
        return model.probabilities(tokens, language, self._signs.of(tokens, language))

    def _learned(
        self, passages: Sequence[AnalysedPassage], title: str, language: str
    ) -> Mapping[str, float]:
        """The probability of each entity that stands for a concept the model was taught."""
        if self.model is None or not (passages or title):
            return {}
        beginning, rest = self._parts(passages, title, language)
        scores = self._probabilities(self.model, *beginning)
        if rest:
            each = np.sort(
                np.stack([self._probabilities(self.model, *part) for part in rest]), axis=0
            )
            best = each[-max(1, len(each) // _BEST_SHARE) :].mean(axis=0)
            scores = (scores + best) / 2
        mentioned = {m.entity for passage in passages for m in passage.mentions}
        found: dict[str, float] = {}
        for entities, score in zip(self._entities, scores, strict=True):
            topical = [entity for entity in entities if entity.type in _TOPICAL]
            if topical:
                chosen = min(
                    topical,
                    key=lambda entity: (
                        entity.iri not in mentioned,
                        len(self._vocabulary.ancestors(entity.iri)),
                        entity.iri,
                    ),
                )
                found[chosen.iri] = max(found.get(chosen.iri, 0.0), float(score))
                # Two schemes may know one concept, peat the commodity and peat the rock.
                for other in topical:
                    if other is not chosen and other.label("en") == chosen.label("en"):
                        found.setdefault(other.iri, 0.0)
        return found

    def _parts(
        self, passages: Sequence[AnalysedPassage], title: str, language: str
    ) -> tuple[tuple[list[Token], str], list[tuple[list[Token], str]]]:
        """The beginning of a document, and passages from the rest of it, each with its language."""
        if not passages:
            return (self._analyzer.tokens(title, language), language), []
        first = passages[0]
        tokens = list(first.tokens)
        if title.casefold() not in first.passage.text.casefold():
            tokens = [*self._analyzer.tokens(title, language), *tokens]
        step = max(1, math.ceil((len(passages) - 1) / _READ))
        rest = [(list(item.tokens), item.passage.language) for item in passages[1::step]]
        return (tokens, first.passage.language), rest

    def _prominence(self, passages: Sequence[AnalysedPassage], title: str) -> Mapping[str, float]:
        """By how often and how early each topical entity is mentioned, in 0..1, the best 1."""
        weights: defaultdict[str, float] = defaultdict(float)
        folded = title.lower()
        for mention in _topical(passages):
            weight = mention.confidence * (_FIRST_PAGE if mention.page == 1 else 1.0)
            weights[mention.entity] += weight * (
                _IN_TITLE if mention.surface.lower() in folded else 1.0
            )
        damped = {entity: math.log1p(weight) for entity, weight in weights.items()}
        scores = dict(damped)
        for entity, score in damped.items():
            for parent in self._vocabulary.ancestors(entity):
                if parent in scores:
                    scores[parent] += _SHARE_FROM_NARROWER * score
        best = max(scores.values(), default=1.0)
        return {entity: score / best for entity, score in scores.items()}


def matching_entities(
    concepts: Sequence[str], vocabulary: Vocabulary
) -> tuple[tuple[Entity, ...], ...]:
    """For each concept the entities that are it or match it (skos:exactMatch, skos:closeMatch)."""
    matching: defaultdict[str, list[Entity]] = defaultdict(list)
    for entity in vocabulary:
        for iri in dict.fromkeys((entity.iri, *entity.links)):
            matching[iri].append(entity)
    return tuple(tuple(matching.get(concept, ())) for concept in concepts)


def _topical(passages: Sequence[AnalysedPassage]) -> Iterable[Mention]:
    return (
        mention
        for passage in passages
        for mention in passage.mentions
        if mention.type in _TOPICAL and mention.status != "rejected"
    )
