"""Trains the subject model from texts with subjects; the same texts give the same file.

What the models that decide are taught by comes from classifiers that did not see the text (five
folds), else they would trust the classifier as it is on texts it knows. Where to cut the ranking is
chosen in the same way. What is written was trained on all texts; how good it is tells a model that
was trained in the same way without the texts for the test.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from amic_kg.errors import InvalidGold
from amic_kg.evaluation.annif_finna import (
    Example,
    Ranking,
    SubjectScore,
    measure,
    read_examples,
    tune,
)
from amic_kg.evaluation.subjects_fitting import (
    Truth,
    fit_classifier,
    fit_logistic,
    fit_memory,
    fit_relations,
    fit_trees,
    learners,
)
from amic_kg.extract.subject_features import Floats, LabelSigns, hashed_features
from amic_kg.extract.subject_model import Cut, SubjectModel, combined, evidence, save_model, worth
from amic_kg.extract.subjects import SubjectRanker, matching_entities
from amic_kg.language import Analyzer, Token
from amic_kg.ontology import Vocabulary

_FOLDS = 5
_FEWEST_EXAMPLES = 50


@dataclass(frozen=True, slots=True)
class Report:
    """What was trained on what, and by language how good one is that never saw the test."""

    model: Path
    size: int
    concepts: int
    texts: Mapping[str, int]
    scores: Mapping[str, SubjectScore]


@dataclass(frozen=True)
class _Prepared:
    """A text as the scorers see it."""

    example: Example
    tokens: Sequence[Token]
    words: Mapping[int, float]
    pieces: Mapping[int, float]
    signs: Floats

    @property
    def features(self) -> Mapping[int, float]:
        return {**self.words, **self.pieces}

    @property
    def fold(self) -> int:
        return int(hashlib.sha256(self.example.text.encode()).hexdigest()[8:16], 16) % _FOLDS


def train_subjects(corpus: Path, model: Path, vocabulary: Vocabulary) -> Report:
    """Write a model trained on all texts of `corpus`; judge one that did not see the test's.

    Raises InvalidSetting without scikit-learn, InvalidGold for a corpus broken or too small.
    """
    learners()
    examples = read_examples(corpus)
    analyzer = Analyzer()
    scores = held_out_scores(examples, vocabulary, analyzer)
    trained = train_model(examples, vocabulary, analyzer)
    save_model(trained, model)
    return Report(
        model,
        model.stat().st_size,
        len(trained.concepts),
        Counter(example.part for example in examples),
        scores,
    )


def held_out_scores(
    examples: Sequence[Example], vocabulary: Vocabulary, analyzer: Analyzer
) -> Mapping[str, SubjectScore]:
    """By language, on the texts for the test, a model that was trained on all others.

    Empty without a text for the test. Raises InvalidSetting without scikit-learn, InvalidGold for
    too few texts.
    """
    learners()
    test = [example for example in examples if example.part == "test"]
    if not test:
        return {}
    others = [example for example in examples if example.part != "test"]
    model = train_model(others, vocabulary, analyzer)
    ranker = SubjectRanker(vocabulary, analyzer, model)
    return measure(test, lambda e: ranker.concepts(e.text, e.language), model.choices)


def train_model(
    examples: Sequence[Example], vocabulary: Vocabulary, analyzer: Analyzer
) -> SubjectModel:
    """A model of every concept that the texts have."""
    seen = [example for example in examples if example.subjects]
    if len(seen) < _FEWEST_EXAMPLES:
        raise InvalidGold(
            "training of subjects",
            f"has {len(seen)} texts with subjects",
            f"Give at least {_FEWEST_EXAMPLES} texts with subjects",
        )
    concepts = tuple(sorted({subject for example in seen for subject in example.subjects}))
    signs = LabelSigns(matching_entities(concepts, vocabulary), analyzer)
    texts = [_prepare(example, analyzer, signs) for example in seen]
    truth = np.array([[c in text.example.subjects for c in concepts] for text in texts])
    priors = _priors(texts, truth)
    linear, votes = _scores_by_folds(texts, truth)
    rows = _evidence_by_folds(texts, truth, priors, linear, votes)
    cuts, choices = _cuts(texts, truth, rows, concepts)
    flat, right = rows.reshape(-1, rows.shape[2]), truth.ravel()
    digest = hashlib.sha256("\n".join(sorted(e.text for e in examples)).encode()).hexdigest()
    return SubjectModel(
        concepts=concepts,
        priors=priors,
        classifier=fit_classifier([text.features for text in texts], truth),
        memory=fit_memory([text.words for text in texts], truth),
        relations=fit_relations(linear, votes, truth),
        trees=fit_trees(flat, right),
        logistic=fit_logistic(flat, right),
        cuts=cuts,
        choices=choices,
        seen=np.array(sorted({crc32(e.text.encode()) for e in seen}), np.uint32),
        about={"texts": len(texts), "corpus_sha256": digest, "analysis": analyzer.version},
    )


def _prepare(example: Example, analyzer: Analyzer, signs: LabelSigns) -> _Prepared:
    tokens = analyzer.tokens(example.text, example.language)
    words, pieces = hashed_features(tokens)
    return _Prepared(example, tokens, words, pieces, signs.of(tokens, example.language))


def _priors(texts: Sequence[_Prepared], truth: Truth) -> Mapping[str, Floats]:
    languages = np.array([text.example.language for text in texts])
    priors = {"und": truth.mean(axis=0, dtype=np.float32)}
    for language in sorted(set(languages)):
        priors[str(language)] = truth[languages == language].mean(axis=0, dtype=np.float32)
    return priors


def _scores_by_folds(texts: Sequence[_Prepared], truth: Truth) -> tuple[Floats, Floats]:
    """Linear scores and votes, shape (texts, concepts), by models fitted without the text."""
    linear, votes = (np.zeros(truth.shape, np.float32) for _ in range(2))
    for kept, left in _folds(texts):
        classifier = fit_classifier([texts[n].features for n in kept], truth[kept])
        memory = fit_memory([texts[n].words for n in kept], truth[kept])
        for n in left:
            linear[n] = classifier.probabilities(classifier.table.vector(texts[n].features))
            votes[n] = memory.votes(memory.table.vector(texts[n].words))
    return linear, votes


def _evidence_by_folds(
    texts: Sequence[_Prepared],
    truth: Truth,
    priors: Mapping[str, Floats],
    linear: Floats,
    votes: Floats,
) -> Floats:
    """Shape (texts, concepts, numbers): of each text, by relations fitted without it."""
    rows: dict[int, Floats] = {}
    for kept, left in _folds(texts):
        relations = fit_relations(linear[kept], votes[kept], truth[kept])
        for n in left:
            rows[n] = evidence(
                linear[n],
                votes[n],
                related=relations.scores(linear[n], votes[n]),
                signs=texts[n].signs,
                prior=priors[texts[n].example.language],
                words=len(texts[n].tokens),
            )
    return np.stack([rows[n] for n in range(len(texts))])


def _folds(texts: Sequence[_Prepared]) -> Iterable[tuple[list[int], list[int]]]:
    """The texts to fit on and those that are left out, each text left out once."""
    for fold in range(_FOLDS):
        left = [n for n, text in enumerate(texts) if text.fold == fold]
        if left:
            yield [n for n, text in enumerate(texts) if text.fold != fold], left


def _cuts(
    texts: Sequence[_Prepared], truth: Truth, rows: Floats, concepts: Sequence[str]
) -> tuple[Mapping[str, Cut], Mapping[str, Cut]]:
    """By language the best cuts by probability and by worth.

    Each text is ranked by models that were fitted on the other half. All texts are asked, for the
    best cut of a few hundred varies by more than a step of the grid.
    """
    half = np.array([text.fold % 2 == 1 for text in texts])
    scored: list[tuple[Example, Floats]] = []
    for left in (half, ~half):
        flat, right = rows[~left].reshape(-1, rows.shape[2]), truth[~left].ravel()
        trees, logistic = fit_trees(flat, right), fit_logistic(flat, right)
        scored += [
            (texts[n].example, combined(trees, logistic, rows[n]))
            for n in np.flatnonzero(left).tolist()
        ]
    by_probability = [(example, _ranking(concepts, found)) for example, found in scored]
    by_worth = [(example, _ranking(concepts, worth(found))) for example, found in scored]
    return _cuts_by_language(by_probability), _cuts_by_language(by_worth)


def _cuts_by_language(chosen: Sequence[tuple[Example, Ranking]]) -> Mapping[str, Cut]:
    cuts = {"und": _tuned(chosen)}
    for language in sorted({example.language for example, _ in chosen}):
        cuts[language] = _tuned(pair for pair in chosen if pair[0].language == language)
    return cuts


def _tuned(chosen: Iterable[tuple[Example, Ranking]]) -> Cut:
    pairs = list(chosen)
    return tune([example for example, _ in pairs], [ranking for _, ranking in pairs])


def _ranking(concepts: Sequence[str], scores: Floats) -> Ranking:
    order = np.argsort(-scores, kind="stable")
    return [(concepts[n], float(scores[n])) for n in order]
