"""Fits the scorers of a subject model with scikit-learn, which training alone needs."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amic_kg.errors import InvalidSetting
from amic_kg.extract.subject_features import Floats
from amic_kg.extract.subject_scorers import (
    Classifier,
    HashTable,
    Logistic,
    Memory,
    Relations,
    Trees,
    relation_inputs,
    starts_of,
)

Truth = NDArray[np.bool_]
"""Shape (texts, concepts): whether a text has a concept among its subjects."""

_FEWEST_TEXTS = 2
"""Texts that must hold a feature for a classifier to learn it."""

_SOFTNESS = 5.0
_RELATED_SOFTNESS = 0.003
_KEPT_WEIGHTS = 0.12
_DOUBT = 5.0
"""Texts without the other concept that are supposed beside those counted."""

_STEPS = 127
_TREES = 150
_LEAVES = 15
_LEARNING_RATE = 0.08
_FEWEST_IN_LEAF = 40
_NEVER = -8.0
"""Log-odds of a concept that no text of the training has."""


def learners() -> Any:
    """The modules of scikit-learn that fit; raises InvalidSetting where it is missing."""
    try:
        import scipy.sparse  # type: ignore[import-untyped]
        from sklearn.ensemble import (  # type: ignore[import-untyped]
            HistGradientBoostingClassifier,
        )
        from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
    except ImportError as error:
        raise InvalidSetting(
            "training of subjects",
            "scikit-learn is not installed",
            "Install the extra: pip install 'amic-kg[training]'",
        ) from error
    return scipy.sparse, HistGradientBoostingClassifier, LogisticRegression


def fit_table(texts: Sequence[Mapping[int, float]], fewest: int = 1) -> HashTable:
    """The features that at least `fewest` texts hold, weighted as rare as they are among them."""
    counts = Counter(key for text in texts for key in text)
    kept = sorted(key for key, count in counts.items() if count >= fewest)
    hashes = np.array(kept, np.uint32)
    found = np.array([counts[key] for key in kept], np.float32)
    rarity = np.log((1 + len(texts)) / (1 + found)) + 1
    # As the file holds it, so that what is measured in training is what is shipped.
    return HashTable(hashes, rarity.astype(np.float16).astype(np.float32))


def fit_classifier(texts: Sequence[Mapping[int, float]], truth: Truth) -> Classifier:
    """A logistic model a concept, rare concepts weighted up; the smallest weights are dropped."""
    sparse, _, logistic_regression = learners()
    table = fit_table(texts, _FEWEST_TEXTS)
    matrix = _matrix(sparse, table, texts)
    weights = np.zeros((matrix.shape[1], truth.shape[1]), np.float32)
    bias = np.full(truth.shape[1], _NEVER, np.float32)
    for concept in range(truth.shape[1]):
        if truth[:, concept].any():
            model = logistic_regression(
                C=_SOFTNESS, solver="liblinear", class_weight="balanced", random_state=0
            )
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                model.fit(matrix, truth[:, concept])
            weights[:, concept] = model.coef_[0]
            bias[concept] = model.intercept_[0]
    least = np.quantile(np.abs(weights), 1 - _KEPT_WEIGHTS)
    weights[np.abs(weights) < least] = 0
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / _STEPS
    steps = np.round(weights / scale).astype(np.int8)
    rows, columns = np.nonzero(steps)
    return Classifier(
        table,
        starts_of(np.bincount(rows, minlength=len(steps))),
        columns.astype(np.uint16),
        steps[rows, columns],
        scale.astype(np.float32),
        bias,
    )


def fit_memory(texts: Sequence[Mapping[int, float]], truth: Truth) -> Memory:
    """Every text of the training, by the features that it holds."""
    sparse, _, _ = learners()
    table = fit_table(texts)
    columns = _matrix(sparse, table, texts).tocsc()
    columns.sort_indices()
    rows, concepts = np.nonzero(truth)
    return Memory(
        table,
        columns.indptr.astype(np.int64),
        columns.indices.astype(np.uint16),
        np.round(columns.data * 255).astype(np.uint8),
        concepts.astype(np.uint16),
        starts_of(np.bincount(rows, minlength=len(truth))),
        truth.shape[1],
    )


def fit_relations(linear: Floats, votes: Floats, truth: Truth) -> Relations:
    """How the concepts of a text depend on one another; scores of shape (texts, concepts).

    The scores are to be of models that did not see their text.
    """
    _, _, logistic_regression = learners()
    counts = truth.astype(np.float32)
    pairs = counts.T @ counts
    together = pairs / (np.diag(pairs)[:, None] + _DOUBT)
    np.fill_diagonal(together, 0)
    inputs = relation_inputs(linear, votes)
    mean, deviation = inputs.mean(axis=0), inputs.std(axis=0) + np.float32(1e-6)
    inputs = (inputs - mean) / deviation
    weights = np.zeros((inputs.shape[1], truth.shape[1]), np.float32)
    bias = np.full(truth.shape[1], _NEVER, np.float32)
    for concept in range(truth.shape[1]):
        if truth[:, concept].sum() >= _FEWEST_TEXTS:
            model = logistic_regression(C=_RELATED_SOFTNESS, max_iter=200)
            model.fit(inputs, truth[:, concept])
            weights[:, concept] = model.coef_[0]
            bias[concept] = model.intercept_[0]
    return Relations(
        together.astype(np.float16).astype(np.float32),
        mean,
        deviation,
        weights.astype(np.float16).astype(np.float32),
        bias,
    )


def fit_trees(rows: Floats, right: NDArray[np.bool_]) -> Trees:
    """Boosted trees that tell from the evidence whether a concept is a subject."""
    _, boosting, _ = learners()
    model = boosting(
        max_iter=_TREES,
        max_leaf_nodes=_LEAVES,
        learning_rate=_LEARNING_RATE,
        min_samples_leaf=_FEWEST_IN_LEAF,
        l2_regularization=5.0,
        early_stopping=False,
        random_state=0,
    ).fit(rows, right)
    grown = [predictors[0].nodes for predictors in model._predictors]
    shape = (len(grown), max(map(len, grown)))
    feature, left, right_ = (np.zeros(shape, np.uint8) for _ in range(3))
    threshold, value = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for number, nodes in enumerate(grown):
        for place, node in enumerate(nodes):
            leaf = bool(node["is_leaf"])
            feature[number, place] = 0 if leaf else node["feature_idx"]
            threshold[number, place] = 0 if leaf else node["num_threshold"]
            left[number, place] = place if leaf else node["left"]
            right_[number, place] = place if leaf else node["right"]
            value[number, place] = node["value"] if leaf else 0
    depth = max(int(nodes["depth"].max()) for nodes in grown)
    base = float(np.ravel(model._baseline_prediction)[0])
    return Trees(feature, threshold, left, right_, value, depth, base)


def fit_logistic(rows: Floats, right: NDArray[np.bool_]) -> Logistic:
    """A logistic model of the same question, smoother than trees."""
    _, _, logistic_regression = learners()
    mean = rows.mean(axis=0)
    deviation = rows.std(axis=0) + np.float32(1e-6)
    model = logistic_regression(C=1.0, max_iter=300).fit((rows - mean) / deviation, right)
    return Logistic(mean, deviation, model.coef_[0].astype(np.float32), float(model.intercept_[0]))


def _matrix(sparse: Any, table: HashTable, texts: Sequence[Mapping[int, float]]) -> Any:
    vectors = [table.vector(text) for text in texts]
    starts = starts_of(np.array([len(vector.positions) for vector in vectors], np.int64))
    return sparse.csr_matrix(
        (
            np.concatenate([vector.values for vector in vectors]),
            np.concatenate([vector.positions for vector in vectors]),
            starts,
        ),
        shape=(len(texts), len(table.hashes)),
    )
