"""The learned part of subject ranking: a text to the probability of each concept it was taught.

Trees and a logistic model decide by evidence of three kinds: a linear classifier a concept over
words and pieces of words, the likest texts of the training, and the labels met in the text.
Trained by `amic_kg.evaluation.subjects_training`; the file holds hashes and numbers, no words.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from amic_kg.errors import InvalidSetting
from amic_kg.extract.subject_features import Floats, hashed_features
from amic_kg.extract.subject_scorers import (
    Classifier,
    HashTable,
    Logistic,
    Memory,
    Relations,
    Trees,
    log_odds,
    starts_of,
)
from amic_kg.language import Token

FORMAT = 2
_FILE = "models/subjects.npz"
_LONGEST = 60
"""Words beyond which a text counts as no longer: the training knows titles and abstracts."""

_SMALLEST_SHARE = 1e-4

_MOST_CHOSEN = 15
"""Concepts among which the best number for a text is looked for."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a ranking ends: at most `limit` concepts, none with a score below `threshold`."""

    limit: int
    threshold: float

    def applied(self, ranking: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
        """The best of a ranking that is sorted best first."""
        return [item for item in ranking[: self.limit] if item[1] >= self.threshold]


@dataclass(frozen=True)
class SubjectModel:
    """What was learned of some concepts, and where to cut the ranking."""

    concepts: tuple[str, ...]
    priors: Mapping[str, Floats]
    """By language, the share of the texts that each concept has; `und` for other languages."""
    classifier: Classifier
    memory: Memory
    relations: Relations
    trees: Trees
    logistic: Logistic
    cuts: Mapping[str, Cut]
    """By language, where F1 was best when texts that were ranked unseen are cut by probability;
    `und` over all of them."""
    choices: Mapping[str, Cut]
    """The same for a ranking by `worth`."""
    seen: NDArray[np.uint32]
    """Hashes of the texts that it was trained on: it is not to be judged by those."""
    about: Mapping[str, object]
    """What it was trained on: the number of texts, a digest of the corpus, the analysis."""

    def probabilities(self, tokens: Sequence[Token], language: str, signs: Floats) -> Floats:
        """That a text is about each of `concepts`; `signs` as LabelSigns.of gives them."""
        words, pieces = hashed_features(tokens)
        linear = self.classifier.probabilities(self.classifier.table.vector({**words, **pieces}))
        votes = self.memory.votes(self.memory.table.vector(words))
        rows = evidence(
            linear,
            votes,
            related=self.relations.scores(linear, votes),
            signs=signs,
            prior=self.prior(language),
            words=len(tokens),
        )
        return combined(self.trees, self.logistic, rows)

    def has_seen(self, text: str) -> bool:
        return crc32(text.encode()) in self._seen

    @cached_property
    def _seen(self) -> frozenset[int]:
        return frozenset(self.seen.tolist())

    def prior(self, language: str) -> Floats:
        return self.priors.get(language, self.priors["und"])


def evidence(
    linear: Floats,
    votes: Floats,
    *,
    related: tuple[Floats, Floats, Floats],
    signs: Floats,
    prior: Floats,
    words: int,
) -> Floats:
    """What is known of each concept in a text of so many words, shape (concepts, numbers)."""
    odds = log_odds(linear)
    expected, strongest, relative = related
    longest = signs[:, 0].max(initial=0.0)
    met = (signs[:, 0] > 0).sum()
    size = len(linear)
    return np.stack(
        (
            odds,
            odds - odds.max(),
            _rank(linear),
            votes,
            _rank(votes),
            votes - votes.max(),
            expected,
            strongest,
            relative,
            relative - relative.max(),
            *signs.T,
            longest - signs[:, 0],
            np.full(size, met, np.float32),
            np.log(prior + _SMALLEST_SHARE),
            np.full(size, np.log1p(min(words, _LONGEST)), np.float32),
        ),
        axis=1,
    ).astype(np.float32)


def combined(trees: Trees, logistic: Logistic, rows: Floats) -> Floats:
    """The mean of what both models hold likely."""
    scores = (trees.scores(rows), logistic.scores(rows))
    return np.asarray(sum(1 / (1 + np.exp(-score)) for score in scores) / 2, np.float32)


def worth(probabilities: Floats) -> Floats:
    """How far each concept is worth giving for a text, in 0..1, in the order of probability.

    F1 is best when all concepts are given whose probability is above half of the best F1 that can
    be expected (Lipton, Elkan and Naryanaswamy 2014). That half differs from text to text: a sure
    concept leaves no room for doubtful ones, where all are doubtful several are given. Here .5
    stands for it, so that one threshold suits all texts.
    """
    best = np.sort(probabilities)[::-1][:_MOST_CHOSEN].astype(np.float64)
    # For each of the best, what the librarian is expected to give when it is right.
    wanted = 1 + probabilities.sum(dtype=np.float64) - best
    given = np.arange(1, len(best) + 1)
    gains = np.tril(2 * best / (given[:, None] + wanted)).sum(axis=1)
    enough = gains.max(initial=_SMALLEST_SHARE) / 2
    return np.asarray(probabilities / (probabilities + enough), np.float32)


def _rank(scores: Floats) -> Floats:
    """The logarithm of the place, best first, equals in the order of the concepts."""
    order = np.argsort(-scores, kind="stable")
    places = np.empty(len(scores), np.float32)
    places[order] = np.arange(len(scores))
    return np.log1p(places)


def save_model(model: SubjectModel, path: Path) -> None:
    """One compressed file; the same model gives the same bytes."""
    head = {
        "format": FORMAT,
        "concepts": model.concepts,
        "priors": sorted(model.priors),
        "cuts": {name: (cut.limit, cut.threshold) for name, cut in model.cuts.items()},
        "choices": {name: (cut.limit, cut.threshold) for name, cut in model.choices.items()},
        "depth": model.trees.depth,
        "base": model.trees.base,
        "bias": model.logistic.bias,
        "about": dict(model.about),
    }
    linear, memory, related = model.classifier, model.memory, model.relations
    trees, logistic = model.trees, model.logistic
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            head=np.frombuffer(json.dumps(head, sort_keys=True).encode(), np.uint8),
            seen=model.seen,
            priors=np.stack([model.priors[language] for language in sorted(model.priors)]),
            linear_hashes=linear.table.hashes,
            linear_rarity=linear.table.rarity.astype(np.float16),
            linear_counts=np.diff(linear.starts).astype(np.uint16),
            linear_concepts=linear.concepts,
            linear_steps=linear.steps,
            linear_scale=linear.scale,
            linear_bias=linear.bias,
            memory_hashes=memory.table.hashes,
            memory_rarity=memory.table.rarity.astype(np.float16),
            memory_counts=np.diff(memory.starts).astype(np.uint16),
            memory_texts=memory.texts,
            memory_values=memory.values,
            memory_concepts=memory.concepts,
            memory_concept_counts=np.diff(memory.concept_starts).astype(np.uint16),
            related_together=related.together.astype(np.float16),
            related_scale=np.stack((related.mean, related.deviation)),
            related_weights=related.weights.astype(np.float16),
            related_bias=related.bias,
            trees_feature=trees.feature,
            trees_threshold=trees.threshold,
            trees_left=trees.left,
            trees_right=trees.right,
            trees_value=trees.value,
            logistic=np.stack((logistic.mean, logistic.deviation, logistic.weights)),
        )


def load_model(path: Path) -> SubjectModel:
    """Raises InvalidSetting for a file that is no subject model of this format."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
            held = {name: data[name] for name in data.files}
        head = json.loads(held["head"].tobytes())
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise InvalidSetting(
            str(path), f"is no subject model ({error})", "Train one with `amic-kg train subjects`"
        ) from error
    if head["format"] != FORMAT:
        raise InvalidSetting(
            str(path),
            f"has format {head['format']}, this version reads {FORMAT}",
            "Train it anew with `amic-kg train subjects`",
        )
    concepts = tuple(head["concepts"])
    linear_table = HashTable(held["linear_hashes"], held["linear_rarity"].astype(np.float32))
    memory_table = HashTable(held["memory_hashes"], held["memory_rarity"].astype(np.float32))
    mean, deviation, weights = held["logistic"]
    return SubjectModel(
        concepts=concepts,
        priors=dict(zip(head["priors"], held["priors"], strict=True)),
        classifier=Classifier(
            linear_table,
            starts_of(held["linear_counts"]),
            held["linear_concepts"],
            held["linear_steps"],
            held["linear_scale"],
            held["linear_bias"],
        ),
        memory=Memory(
            memory_table,
            starts_of(held["memory_counts"]),
            held["memory_texts"],
            held["memory_values"],
            held["memory_concepts"],
            starts_of(held["memory_concept_counts"]),
            len(concepts),
        ),
        relations=Relations(
            held["related_together"].astype(np.float32),
            held["related_scale"][0],
            held["related_scale"][1],
            held["related_weights"].astype(np.float32),
            held["related_bias"],
        ),
        trees=Trees(
            held["trees_feature"],
            held["trees_threshold"],
            held["trees_left"],
            held["trees_right"],
            held["trees_value"],
            int(head["depth"]),
            float(head["base"]),
        ),
        logistic=Logistic(mean, deviation, weights, float(head["bias"])),
        cuts=_read_cuts(head["cuts"]),
        choices=_read_cuts(head["choices"]),
        seen=held["seen"],
        about=head["about"],
    )


def _read_cuts(held: Mapping[str, tuple[float, float]]) -> Mapping[str, Cut]:
    return {name: Cut(int(limit), float(least)) for name, (limit, least) in held.items()}


@cache
def shipped_model() -> SubjectModel | None:
    """The model that comes with the package; None where it has no file."""
    path = Path(str(files("amic_kg.extract"))) / _FILE
    return load_model(path) if path.is_file() else None
