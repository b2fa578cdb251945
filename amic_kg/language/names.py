"""Names in running text in all languages: Finnish by the learned model, English by spaCy's.

Swedish has no model that could be had; names in Swedish are found by their form (`amic_kg.extract`)
and in the registry.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from amic_kg.language.names_finnish import FinnishNames
from amic_kg.language.names_model import SHIPPED, NamesModel, digest
from amic_kg.language.names_spacy import SpacyRecognizer, finnish_words
from amic_kg.language.voikko import VoikkoMorphology
from amic_kg.recognition import NameSpan


class TextNames:
    """The recogniser of names in use; models load when the first text in their language comes.

    The Finnish texts of one call are read as one document: a surname that stands alone is known by
    the full name elsewhere in it. Finnish needs spaCy's model for its word vectors, and libvoikko;
    without voikko it falls back to spaCy's own recogniser, which finds less.
    """

    def __init__(self, model: NamesModel | None = None) -> None:
        """`model` instead of the shipped one, for measuring another."""
        self._model = model
        self._spacy = SpacyRecognizer()

    @property
    def version(self) -> str:
        finnish = "other" if self._model else digest(SHIPPED)
        return f"{self._spacy.version} names-fi-{finnish if self._learns else 'missing'}"

    @property
    def degraded(self) -> tuple[str, ...]:
        lost = self._spacy.degraded
        if self._spacy.reads("fi") and not self._learns:
            lost += ("Fewer Finnish names are found: libvoikko is missing",)
        return lost

    def names(self, texts: Sequence[tuple[str, str]]) -> list[list[NameSpan]]:
        finnish = [n for n, (_, language) in enumerate(texts) if language == "fi"]
        if not finnish or not self._learns:
            return self._spacy.names(texts)
        found = self._spacy.names([pair for pair in texts if pair[1] != "fi"])
        others = iter(found)
        learned = iter(self._finnish.names([texts[n][0] for n in finnish]))
        return [next(learned if language == "fi" else others) for _, language in texts]

    @cached_property
    def _voikko(self) -> VoikkoMorphology | None:
        return VoikkoMorphology.open()

    @property
    def _learns(self) -> bool:
        return self._spacy.reads("fi") and self._voikko is not None

    @cached_property
    def _finnish(self) -> FinnishNames:
        morphology = self._voikko
        if morphology is None:
            raise RuntimeError("the learned model is asked for where voikko is missing")
        return FinnishNames(self._model or NamesModel.load(SHIPPED), finnish_words(), morphology)
