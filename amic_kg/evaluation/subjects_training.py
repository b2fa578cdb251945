"""Trains the subject model from texts with subjects; the same texts give the same file.

What the models that decide are taught by comes from classifiers that did not see the text (five
folds), else they would trust the classifier as it is on texts it knows. Where to cut the ranking is
chosen in the same way. The texts for the test are never seen.
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
from amic_kg.extract.subject_model import Cut, SubjectModel, combined, evidence, save_model
from amic_kg.extract.subjects import SubjectRanker, matching_entities
from amic_kg.language import Analyzer, Token
from amic_kg.ontology import Vocabulary

_FOLDS = 5
_FEWEST_EXAMPLES = 50


@dataclass(frozen=True, slots=True)
class Report:
    """What was trained on what, and how good it is on the texts that it never saw, by language."""

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
    """Write the model trained on all texts of `corpus` but those for the test, and judge it there.

    Raises InvalidSetting without scikit-learn, InvalidGold for a corpus broken or too small.
    """
    learners()
    examples = read_examples(corpus)
    analyzer = Analyzer()
    trained = train_model(examples, vocabulary, analyzer)
    save_model(trained, model)
    ranker = SubjectRanker(vocabulary, analyzer, trained)
    test = [example for example in examples if not trained.has_seen(example.text)]
    return Report(
        model,
        model.stat().st_size,
        len(trained.concepts),
        Counter(example.part for example in examples),
        measure(test, lambda e: ranker.concepts(e.text, e.language), trained.cuts) if test else {},
    )


def train_model(
    examples: Sequence[Example], vocabulary: Vocabulary, analyzer: Analyzer
) -> SubjectModel:
    """A model of every concept that the texts for training and tuning have."""
    seen = [example for example in examples if example.part != "test" and example.subjects]
    if len(seen) < _FEWEST_EXAMPLES:
        raise InvalidGold(
            "training of subjects",
            f"has {len(seen)} texts outside the test",
            f"Give at least {_FEWEST_EXAMPLES} texts with subjects",
        )
    concepts = tuple(sorted({subject for example in seen for subject in example.subjects}))
    signs = LabelSigns(matching_entities(concepts, vocabulary), analyzer)
    texts = [_prepare(example, analyzer, signs) for example in seen]
    truth = np.array([[c in text.example.subjects for c in concepts] for text in texts])
    priors = _priors(texts, truth)
    linear, votes = _scores_by_folds(texts, truth)
    rows = _evidence_by_folds(texts, truth, priors, linear, votes)
    cuts = _cuts(texts, truth, rows, concepts)
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
) -> Mapping[str, Cut]:
    """The best cuts by language, each text ranked by models that were fitted on the other half.

    All texts outside the test are asked, for the best cut of the few hundred for tuning varies by
    more than a step of the grid.
    """
    half = np.array([text.fold % 2 == 1 for text in texts])
    chosen: list[tuple[Example, Ranking]] = []
    for left in (half, ~half):
        flat, right = rows[~left].reshape(-1, rows.shape[2]), truth[~left].ravel()
        trees, logistic = fit_trees(flat, right), fit_logistic(flat, right)
        chosen += [
            (texts[n].example, _ranking(concepts, combined(trees, logistic, rows[n])))
            for n in np.flatnonzero(left).tolist()
        ]
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
