"""Finnish words by libvoikko: base forms and the parts of compounds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from libvoikko import Voikko, VoikkoException

_BASES = re.compile(r"\+([^+()]+)\(([^)]*)\)")
_CLASS_ORDER = {
    "nimisana": 0, "paikannimi": 0, "nimi": 0, "laatusana": 0, "nimisana_laatusana": 0,
    "lyhenne": 0,
}  # fmt: skip
_UNLIKELY = 2


@dataclass(frozen=True, slots=True)
class WordAnalysis:
    """Base forms, likeliest first, and the base forms of a compound's parts (none if simple)."""

    lemmas: tuple[str, ...]
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a word: its class and case in voikko's own Finnish terms, both may be empty.

    `base` is cased as the dictionary has it; `head` is the last part of a compound, or `base`.
    """

    word_class: str
    case: str
    base: str
    head: str


class VoikkoMorphology:
    """libvoikko with the Finnish dictionary; `open` gives None where either is missing."""

    def __init__(self, handle: Voikko) -> None:
        self._handle = handle

    @classmethod
    def open(cls) -> VoikkoMorphology | None:
        try:
            return cls(Voikko("fi"))
        except (VoikkoException, OSError):
            return None

    def analyse(self, word: str) -> WordAnalysis | None:
        """None for a word that the dictionary does not know."""
        readings = self._handle.analyze(word)
        if not readings:
            return None
        lemmas: dict[str, None] = {}
        parts: dict[str, None] = {}
        # The compound with the fewest parts comes before the far-fetched one, a noun before
        # the verb form or the surname that looks alike, the base form before the inflected one.
        for reading in sorted(readings, key=lambda reading: _far_fetched(reading, word)):
            lemmas.setdefault(reading.get("BASEFORM", word).lower())
            for part in self._parts(reading.get("WORDBASES", "")):
                parts.setdefault(part)
        return WordAnalysis(tuple(lemmas), tuple(part for part in parts if part not in lemmas))

    def classes(self, word: str) -> frozenset[str]:
        """The classes of its readings in the base form: "etunimi", "sukunimi", "nimisana"…"""
        return frozenset(
            reading.get("CLASS", "")
            for reading in self._handle.analyze(word)
            if reading.get("BASEFORM", "").lower() == word.lower()
        )

    def readings(self, word: str) -> tuple[Reading, ...]:
        """Every reading of `word` in the dictionary's order; none for a word it does not know."""
        return tuple(
            Reading(
                reading.get("CLASS", ""),
                reading.get("SIJAMUOTO", ""),
                base := reading.get("BASEFORM", word),
                _head(reading.get("WORDBASES", "")) or base.lower(),
            )
            for reading in self._handle.analyze(word)
        )

    def _parts(self, wordbases: str) -> list[str]:
        """'+sivu(sivu)+kivi(kivi)+alue(alue)' gives sivu, kivi, alue; nothing for a simple word.

        A derived part comes as a stem and its suffixes, '+rikast(rikastaa)+us(+us)': the word is
        what they spell together, rikastus.
        """
        groups: list[tuple[str, str, bool]] = []
        for surface, base in _BASES.findall(wordbases):
            if base.startswith("+"):
                if groups:
                    stem, lemma, _ = groups[-1]
                    groups[-1] = (stem + surface, lemma, True)
            elif surface != "-":
                groups.append((surface, base, False))
        if len(groups) < 2:
            return []
        return [
            part
            for surface, base, derived in groups
            if len(part := self._derived(surface) if derived else _plain(base)) > 2
        ]

    def _derived(self, surface: str) -> str:
        readings = self._handle.analyze(surface)
        return readings[0].get("BASEFORM", surface).lower() if readings else surface.lower()


def _far_fetched(reading: dict[str, str], word: str) -> tuple[int, int, bool]:
    bases = [b for _, b in _BASES.findall(reading.get("WORDBASES", "")) if not b.startswith("+")]
    inflected = reading.get("BASEFORM", word).lower() != word.lower()
    return len(bases), _CLASS_ORDER.get(reading.get("CLASS", ""), _UNLIKELY), inflected


def _head(wordbases: str) -> str:
    bases = [base for _, base in _BASES.findall(wordbases) if not base.startswith("+")]
    return _plain(bases[-1]) if len(bases) > 1 else ""


def _plain(base: str) -> str:
    return base.replace("=", "").lower()
