"""How far a name runs from a word on: to the left over capitals, to the right over "of"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from amic_kg.extract.names.heads import kind_of_word
from amic_kg.extract.names.readings import follows, is_capital
from amic_kg.language import Analyzer, Token
from amic_kg.language.stopwords import STOPWORDS

_LONGEST_NAME = 8
_MOST_JOINED = 3

_LEADS_TEXT = """
yhtiö kaivosyhtiö malminetsintäyhtiö emoyhtiö tytäryhtiö hanke projekti kaivos toimittaja
konsultti professori dosentti tohtori toimitusjohtaja operaattori tilaaja toteuttaja
koordinaattori hakija toiminnanharjoittaja julkaisija lähde kuva taulukko liite
myös lisäksi vuonna toisaalta esimerkiksi muun sekä mutta kuitenkin
company professor dr mr ms mrs prof source figure table publisher annex appendix chapter section
also however although while after before since both during under between through via see has
had have because if our their his her its within without
företaget företagen bolag bolaget gruvbolaget källa figur tabell bilaga dessutom även enligt
efter under hos mellan genom samt
"""
_LEADS = frozenset(_LEADS_TEXT.split())

_PEOPLES = re.compile(
    r"^(?:finnish|swedish|norwegian|russian|nordic|european|danish|canadian|australian|american|"
    r"british|german|chinese|arctic|soviet|lapland|s[aá]mi|saami|other|the|this|these|each|such|our|"
    r"its|their|every|each|certain|place|a|an|one|new|old|many|most|all|several|some|both|no|any|"
    r"another|first|second|typical|similar|local|modern|active|abandoned|former|current|future|"
    r"suomen|ruotsin|norjan|euroopan|lapin|pohjoismaiden|maailman|kyseisen|tämän|nykyisen)$",
    re.IGNORECASE,
)

# What no singular of a Finnish head ends in; "järvi" and "lampi" have -i- of their own.
_FINNISH_PLURAL = re.compile(
    r"(?:t|ien|jen|iden|itten|issa|issä|ista|istä|illa|illä|ilta|iltä|ille|iksi|ihin|ia|iä|ja|jä|"
    r"ita|itä|oita|öitä|oja|öjä)$"
)
# "kaupunki" and "järvi" have an -i- in the singular too.
_PLURAL_OF_I = re.compile(
    r"(?:t|ien|jen|eissa|eissä|eista|eistä|eilla|eillä|eilta|eiltä|eille|eiksi|eja|ejä|eihin)$"
)
_UNKNOWN_LOCAL = re.compile(r"\w{3}i(?:ssa|ssä|stä|llä|ltä)$")
_LOCAL_CASE = re.compile(r"\w{3}(?:ssa|ssä|sta|stä|lla|llä|lta|ltä|lle)$")


def is_local(token: Token) -> bool:
    """Whether a Finnish word says where; "Harjavalta" only looks like it.

    A word in no dictionary says so by an ending that no foreign name has.
    """
    if token.surface.lower() in token.lemmas:
        return bool(_UNKNOWN_LOCAL.search(token.surface))
    return bool(_LOCAL_CASE.search(token.surface))


def is_lead(token: Token) -> bool:
    """A word that stands before names and is part of none."""
    lower = token.surface.lower()
    return lower in STOPWORDS or lower in _LEADS or token.lemmas[0] in _LEADS


def is_describing(token: Token) -> bool:
    """A word that says which people's or what sort of thing it is, and names none."""
    return bool(_PEOPLES.match(token.surface))


def is_plural(token: Token, language: str) -> bool:
    """Whether a head stands for several things: "kunnat", "deposits"."""
    lower = token.surface.lower()
    lemma = token.lemmas[0]
    if language == "fi":
        if lemma.endswith("i"):
            return lower != lemma and bool(_PLURAL_OF_I.search(lower))
        return lower != lemma and bool(_FINNISH_PLURAL.search(lower))
    if language == "en":
        return lower != lemma and lower.endswith("s")
    return False


def is_genitive(token: Token) -> bool:
    """Whether a Finnish word can stand before a head that it belongs to."""
    lower = token.surface.lower()
    return lower.endswith("n") and not lower.endswith("nen")


def leftmost(text: str, tokens: Sequence[Token], index: int, language: str) -> int:
    """The first token of the run of names that ends before `index`."""
    first = index
    while first > 0 and index - first < _LONGEST_NAME:
        before = tokens[first - 1]
        if not follows(text, before, tokens[first]):
            break
        if language == "fi" and is_local(before):
            # "Torniossa Outokumpu Stainless Oy": what says where is no part of the name.
            break
        if is_capital(before):
            first -= 1
        elif (
            before.surface in ("och", "ja", "sekä")
            and first > 1
            and text[tokens[first - 2].end : before.start] == "- "
            and is_capital(tokens[first - 2])
        ):
            # "Havs- och vattenmyndigheten"
            first -= 2
        elif (
            language == "en"
            and before.surface in ("of", "for")
            and 1 < first < index
            and is_capital(tokens[first - 2])
            and follows(text, tokens[first - 2], before)
        ):
            first -= 2
        else:
            break
    # What stands before the name and is none of it: a word that begins the sentence, or one that
    # says what the name is ("Kaivosyhtiö Sotkamo Silver Oy", "The University").
    while first < index and is_lead(tokens[first]):
        first += 1
    return first


def rightmost(
    text: str, tokens: Sequence[Token], index: int, language: str, analyzer: Analyzer
) -> int:
    """'University of Eastern Finland', 'Länsstyrelsen i Norrbottens län'."""
    links = ("of", "for") if language == "en" else ("i", "för", "vid")
    last = index
    if not is_capital(tokens[index]):
        return last
    while last + 2 < len(tokens) and tokens[last + 1].surface in links:
        at = last + 2
        if tokens[at].surface in ("the", "de", "det"):
            at += 1
        if at >= len(tokens) or not is_capital(tokens[at]):
            break
        last = _run(text, tokens, at)
        if last + 1 < len(tokens) and tokens[last + 1].surface in ("län", "kommun"):
            last += 1
        if language == "en":
            last = _joined(text, tokens, last, analyzer)
    return last


def _run(text: str, tokens: Sequence[Token], at: int) -> int:
    while (
        at + 1 < len(tokens)
        and is_capital(tokens[at + 1])
        and follows(text, tokens[at], tokens[at + 1])
    ):
        at += 1
    return at


def _joined(text: str, tokens: Sequence[Token], last: int, analyzer: Analyzer) -> int:
    """'… of Science and Technology', '… of Mining, Metallurgy and Petroleum'."""
    at = last
    for _ in range(_MOST_JOINED):
        step = _next_joined(text, tokens, at, analyzer)
        if step is None:
            break
        at, ends = step
        if ends:
            return at
    return last


def _next_joined(
    text: str, tokens: Sequence[Token], at: int, analyzer: Analyzer
) -> tuple[int, bool] | None:
    """Where the field of knowledge after a comma or an "and" ends, and whether it is the last."""
    if at + 1 >= len(tokens) or not analyzer.knows(tokens[at].surface.lower(), "en"):
        return None
    gap = text[tokens[at].end : tokens[at + 1].start].strip()
    joins = tokens[at + 1].surface == "and" and gap == ""
    following = at + 2 if joins else at + 1
    if following >= len(tokens) or not (joins or gap in (",", "&")):
        return None
    end = _run(text, tokens, following)
    run = tokens[following : end + 1]
    fields = len(run) <= _MOST_JOINED and all(
        is_capital(token)
        and analyzer.knows(token.surface.lower(), "en")
        and kind_of_word(token.lemmas[0], "en") != "Organization"
        for token in run
    )
    return (end, joins or gap == "&") if fields else None
