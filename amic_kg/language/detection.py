"""Which language a passage is in, by py3langid over the languages of the cluster."""

from __future__ import annotations

from functools import cached_property

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from amic_kg.records import LANGUAGES

_NEIGHBOURS = ("de", "et", "fr", "no", "ru", "es")
"""Told apart so that a German page is not taken for Swedish; reported as `und`."""

_MINIMUM_LETTERS = 12
_MINIMUM_TO_DIFFER = 30
"""Letters that a text needs to be told to be in another language than what is around it."""

_ENOUGH = 240
"""Characters that tell a language as surely as a whole paragraph does."""

_CONFIDENT = 0.9


class LanguageDetector:
    """Names the language of a text; the model (10 MB) loads at the first call."""

    @cached_property
    def _identifier(self) -> LanguageIdentifier:
        identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        identifier.set_languages([*LANGUAGES, *_NEIGHBOURS])
        return identifier

    def detect(self, text: str, *, context: str | None = None) -> str:
        """The language tag of `text`, one of LANGUAGES or `und`.

        A text too short or too unsure to tell (a caption of names, a row of numbers) inherits
        `context`, the language of the document around it.
        """
        text = text[:_ENOUGH]
        letters = sum(map(str.isalpha, text))
        if letters < (_MINIMUM_LETTERS if context is None else _MINIMUM_TO_DIFFER):
            return context or "und"
        language, probability = self._identifier.classify(text)
        if probability < _CONFIDENT or (letters < 60 and language not in LANGUAGES):
            return context or (language if language in LANGUAGES else "und")
        return language if language in LANGUAGES else "und"
