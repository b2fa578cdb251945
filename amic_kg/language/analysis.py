"""One analysis for index and query, matching and search: tokens with lemmas and compound parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from simplemma import Lemmatizer, is_known
from simplemma.strategies import DefaultStrategy

from amic_kg.language.voikko import VoikkoMorphology, WordAnalysis

# Hyphens part words ("nickel-copper-PGE", "rikastushiekka-altaalla"); a colon joins the Finnish
# and Swedish ending of an acronym to it ("GTK:n", "EU:s").
_WORD = re.compile(r"[^\W_]+(?:[.,](?=\d)\d+)*(?:['’:](?=[a-zåäö])[a-zåäö]+)?")
_ENDING = re.compile(r"['’:][a-zåäö]+$")

_DISTINCT_WORDS = 200_000

# Endings of Finnish nominal inflection, longest first: what a name that the dictionary does not
# know ("Kevitsan", "Sakatilla") may have added to its base form.
_CASE_ENDINGS = (
    "issa", "issä", "ista", "istä", "illa", "illä", "ilta", "iltä", "ille", "iksi", "iin",
    "ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle", "ksi", "seen", "han", "hän",
    "hen", "hin", "hon", "hun", "hyn", "aan", "ään", "een", "iin", "oon", "uun", "yyn", "öön",
    "ien", "jen", "den", "na", "nä", "ta", "tä", "in", "n", "a", "ä", "t",
)  # fmt: skip
_SHORTEST_STEM = 3
_WEAK_GRADE = re.compile(r"(?<=[aeiouyäö])([kpt])([aeiouyäö])$")


class Token(NamedTuple):
    """A word of a text: verbatim `surface` at `start`..`end`; `lemmas` likeliest first.

    A tuple and no dataclass: a page has hundreds, and making them is a good part of its cost.
    """

    surface: str
    start: int
    end: int
    lemmas: tuple[str, ...]
    parts: tuple[str, ...] = ()


def tokenize(text: str) -> Iterator[tuple[str, int, int]]:
    """The words of `text` as (surface, start, end)."""
    for match in _WORD.finditer(text):
        yield match.group(), match.start(), match.end()


class Analyzer:
    """Lemmas and compound parts by language; each distinct word is analysed once per process.

    Finnish by libvoikko (with a guess for names it does not know), English and Swedish by
    simplemma. Without libvoikko Finnish words keep their surface and the guesses: `degraded`
    says so, and `amic-kg doctor` tells how to get it.
    """

    def __init__(self) -> None:
        self._word = lru_cache(maxsize=_DISTINCT_WORDS)(self._analyse_word)

    @cached_property
    def _voikko(self) -> VoikkoMorphology | None:
        return VoikkoMorphology.open()

    @cached_property
    def _lemmatizer(self) -> Lemmatizer:
        return Lemmatizer(lemmatization_strategy=DefaultStrategy(greedy=True))

    @property
    def degraded(self) -> str | None:
        """What is lost on this machine, or None."""
        if self._voikko is None:
            return "Finnish words are not brought to their base form: libvoikko is missing"
        return None

    @property
    def version(self) -> str:
        """Changes when the same text would be analysed differently."""
        return "1-voikko" if self._voikko is not None else "1-plain"

    def tokens(self, text: str, language: str) -> list[Token]:
        found = []
        for surface, start, end in tokenize(text):
            analysis = self._word(surface, language)
            found.append(Token(surface, start, end, analysis.lemmas, analysis.parts))
        return found

    def knows(self, word: str, language: str) -> bool:
        """Whether the dictionary of `language` has `word`."""
        if language == "fi":
            return self._voikko is not None and self._voikko.analyse(word) is not None
        if language in ("en", "sv"):
            return bool(is_known(word.lower(), lang=language))
        return False

    def classes(self, word: str) -> frozenset[str]:
        """Classes of the Finnish dictionary for a word in its base form, "etunimi" among them.

        Empty for a word that it does not know, and where libvoikko is missing.
        """
        return self._voikko.classes(word) if self._voikko is not None else frozenset()

    def _analyse_word(self, surface: str, language: str) -> WordAnalysis:
        word = _ENDING.sub("", surface)
        folded = word.lower()
        if not any(map(str.isalpha, word)):
            return WordAnalysis((folded,))
        if language == "fi":
            return self._analyse_finnish(word, folded)
        if language in ("en", "sv") and not _is_acronym(word):
            lemma = self._lemmatizer.lemmatize(folded, lang=language).lower()
            return WordAnalysis((lemma,) if lemma == folded else (lemma, folded))
        return WordAnalysis((folded,))

    def _analyse_finnish(self, word: str, folded: str) -> WordAnalysis:
        known = self._voikko.analyse(word) if self._voikko is not None else None
        if known is not None:
            return known
        return WordAnalysis((folded, *_guess_bases(folded)))


def _is_acronym(word: str) -> bool:
    return word.isupper() and len(word) <= 5


def _guess_bases(word: str) -> tuple[str, ...]:
    """What `word` may be the inflected form of: 'kevitsan' gives 'kevitsa'.

    A single k, p or t before the last vowel may be a doubled one of the base form: 'sakatin' is
    of 'sakatti'.
    """
    guesses: dict[str, None] = {}
    for ending in _CASE_ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST_STEM:
            guesses.setdefault(stem)
            if ending[0] == "i" and len(ending) > 1:
                guesses.setdefault(f"{stem}i")
    for guess in list(guesses):
        guesses.setdefault(_WEAK_GRADE.sub(r"\1\1\2", guess))
    return tuple(guesses)
