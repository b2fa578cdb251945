"""Base forms of names: 'Lapin ammattikorkeakoulun' is 'Lapin ammattikorkeakoulu'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from amic_kg.extract.names.organizations import is_legal_form
from amic_kg.language import Analyzer, Token

_ENDING = re.compile(r"['’:](?P<ending>[a-zåäö]+)$")
_POSSESSIVE = re.compile(r"(?:['’]s?)$")
_ADJECTIVE = re.compile(r"(?:inen|uusi|vanha|suuri|vapaa|korkein|musta)$")

# What the last part of a place's name is in its oblique cases, and in its base form.
_PLACE_STEMS = (
    ("lahde", "lahti"), ("joe", "joki"), ("järve", "järvi"), ("lamme", "lampi"), ("mäe", "mäki"),
    ("nieme", "niemi"), ("saare", "saari"), ("koske", "koski"), ("vuore", "vuori"),
    ("selä", "selkä"), ("kummu", "kumpu"), ("jängä", "jänkä"), ("kankaa", "kangas"),
    ("ranna", "ranta"), ("lamma", "lampi"), ("kylä", "kylä"), ("vaara", "vaara"),
    ("salme", "salmi"), ("pelo", "pelto"), ("korve", "korpi"), ("kurku", "kurkku"),
    ("puro", "puro"),
)  # fmt: skip
_ACRONYM_CASE = re.compile(r"([A-ZÅÄÖ]{3,})(?:in|iin|issa|ista|illa|ille|ilta|lla|n|a)$")
"""'STUKin' is of STUK."""
# A name that reads like a form of a verb: "Siemensin", of sowing.
_VERB = re.compile(r"\w{3}(?:taa|tää|oida|öidä|ella|ellä|illa|illä)$")
_PLACE_CASES = (
    "ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle", "ksi", "en", "an", "än", "n",
)  # fmt: skip

_LOCAL = "ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|ksi"
# Case endings of words that no dictionary knows, longest first, with what the base form has in
# their place; a foreign name that ends in a consonant takes -i- before the ending.
_ENDINGS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern + "$"), bases)
    for pattern, bases in (
        (rf"(?<=[aeiouyäö])kse(?:n|en|{_LOCAL})", ("s",)),
        (r"(?<=[aeiouyäö])sen", ("nen", "se")),
        (rf"(?<=[bcdfghjklmnprstvwxz])i(?:{_LOCAL}|n|a|ä|in)", ("", "i")),
        (
            rf"(?<=[aeiouyäö])(?:{_LOCAL}|n|(?<=a)an?|(?<=e)en|(?<=o)on|(?<=u)un|(?<=y)yn|"
            "(?<=ä)än?|(?<=ö)ön|hin)",
            ("",),
        ),
    )
)  # fmt: skip
_SHORTEST = 3
_FINNISH_PLACE = re.compile(
    r"[A-ZÅÄÖ][a-zåäö]{3,}(?:järvi|joki|lampi|lahti|niemi|saari|koski|mäki|vaara|tunturi|kangas|kylä|"
    r"harju|selkä|salmi|suo|aapa)"
)


class NameForms:
    """Base forms of names, with the other names of the document as evidence.

    `seen` are the words with a capital in the document: a word that no dictionary knows is
    brought to the base form that stands there too, if one does.
    """

    def __init__(self, analyzer: Analyzer, seen: Iterable[str] = ()) -> None:
        self._analyzer = analyzer
        self._seen = frozenset(seen)

    def base(self, tokens: Sequence[Token], text: str, language: str) -> str:
        """The name at `tokens` of `text` in its base form."""
        if not tokens:
            return ""
        words = [token.surface for token in tokens]
        last = len(words) - 1
        words[last] = self._word(tokens[last], language, tail=last > 0)
        if language == "fi" and words[last].lower() != _plain(tokens[last].surface).lower():
            # What agrees with the last word takes its case: "Arktisen keskuksen".
            for index in range(last - 1, -1, -1):
                lemma = tokens[index].lemmas[0]
                if not _ADJECTIVE.search(lemma) or lemma == words[index].lower():
                    break
                words[index] = _cased(lemma, words[index])
        name = words[0]
        for before, after, word in zip(tokens, tokens[1:], words[1:], strict=False):
            gap = text[before.end : after.start]
            name += _gap(gap) + word
        return name

    def _word(self, token: Token, language: str, *, tail: bool) -> str:
        surface = token.surface
        if language in ("sv", "en"):
            return self._genitive(surface, language, tail=tail)
        plain = _ENDING.sub("", surface)
        if plain != surface or is_legal_form(plain) or (plain.isupper() and len(plain) > 1):
            return plain
        if language != "fi":
            return plain
        acronym = _ACRONYM_CASE.match(plain)
        if acronym:
            return acronym.group(1)
        verb = token.lemmas and _VERB.search(token.lemmas[0])
        if self._analyzer.knows(surface, "fi") and not (verb and surface[:1].isupper()):
            return _cased(token.lemmas[0], surface) if token.lemmas else plain
        return self._unknown(plain)

    def _unknown(self, word: str) -> str:
        place = place_base(word)
        if place is not None:
            return place
        for pattern, bases in _ENDINGS:
            match = pattern.search(word)
            if match is None or match.start() < _SHORTEST:
                continue
            guesses = [word[: match.start()] + base for base in bases]
            for guess in guesses:
                if guess in self._seen:
                    return guess
            if word in self._seen and len(guesses) == 1 and match.group() == "n" and _foreign(word):
                return word
            return guesses[0]
        return word

    def _genitive(self, surface: str, language: str, *, tail: bool) -> str:
        bare = _POSSESSIVE.sub("", surface)
        if bare != surface or language == "en" or tail:
            return bare
        return surface


def place_base(word: str) -> str | None:
    """The base form of a place's name by its last part: 'Petäjäskoskelta' is of Petäjäskoski."""
    for case in _PLACE_CASES:
        stem = word.removesuffix(case)
        if stem == word:
            continue
        for oblique, base in _PLACE_STEMS:
            if stem.lower().endswith(oblique) and len(stem) > len(oblique) + 1:
                return stem[: -len(oblique)] + base
    return None


def is_finnish_place(word: str) -> bool:
    """Whether a word, as it stands, is a Finnish compound as places are called: "Karhukangas"."""
    return bool(_FINNISH_PLACE.fullmatch(word))


def _foreign(word: str) -> bool:
    return word.endswith(("son", "den", "ton", "man", "lon"))


def _plain(surface: str) -> str:
    return _ENDING.sub("", surface)


def _gap(gap: str) -> str:
    return re.sub(r"\s+", " ", gap)


def _cased(lemma: str, surface: str) -> str:
    """The lemma with the capitals of the word as it stands."""
    if surface.isupper() and len(surface) > 1:
        return lemma.upper()
    return lemma[:1].upper() + lemma[1:] if surface[:1].isupper() else lemma
