"""What stands around a name and tells a mine, a person or a longer name from a place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from amic_kg.extract.concepts.labels import COMPASS, Span
from amic_kg.extract.concepts.name_words import (
    COMMON_WORDS,
    GIVEN_NAMES,
    INSTITUTIONS,
    LEGAL_FORMS,
    TITLES,
)
from amic_kg.extract.concepts.words import words_of
from amic_kg.language import Token

_MINE_WORDS = words_of(
    """
        kaivos rikastamo esiintymä kaivosalue kaivoshanke kaivosprojekti malmio malmiesiintymä
        kaivospiiri rikastushiekka-alue kaivosyhtiö mine mines deposit deposits ore orebody
        prospect project operation concentrator mineralisation mineralization intrusion gruva gruvan
        gruvas fyndighet fyndigheten projektet anrikningsverk malmkropp
        """
)
_MINE_ENDINGS = ("kaivos", "esiintymä", "kaivoshanke", "gruva", "gruvan", "gruvas")
# What may stand between a name and the word for a mine: "Kemi chromite open pit mine".
_MINE_MODIFIERS = 3
_IS_A = re.compile(
    r"(?:\s[\w-]+){0,5}?\s(?:on|oli|is|was|är|var)\s(?:[\w-]+\s){0,4}?[\w-]*"
    r"(?:kaivos|esiintymä|\bmine|\bdeposit|gruva|fyndighet)\b"
)
"""Behind a name, that it is a mine: "Jussarö utanför Raseborg är en nedlagd gruva"."""
_DISCOVERED = re.compile(r"\b(?:discovery of|ore from|upptäckten av|malm från)\s(?:the\s)?$")
_NO_MODIFIER = words_of(
    """
        ja tai sekä on oli kunta kaupunki seutu alue and or is was has the a in of to och är var
        har i på kommun stad municipality town city region area for with by at from that where
        which jossa joka where near nära lähellä
        """
)
_REFERENCE_AFTER = re.compile(
    r"(?:,\s[A-ZÅÄÖ]\.(?:[\s-]?[A-ZÅÄÖ]\.)*)|(?:\s(?:ym\.|et\sal\.|m\.\sfl\.))"
    r"|(?:\s\((?:19|20)\d\d[a-z]?\))|(?:\s[&]\s[A-ZÅÄÖ])"
)
_BRACKETED_YEAR = re.compile(r",?\s(?:19|20)\d\d[a-z]?[);,:]")
_OPENS_REFERENCE = re.compile(r"(?:[(;]\s?|&\s)$")
_INITIAL_BEFORE = re.compile(r"(?:^|[\s(,;])(?:[A-ZÅÄÖ]\.[\s-]?)+$")
_AUTHORITY_OF = ("Länsstyrelsen i ", "länsstyrelsen i ", "University of ", "Universitetet i ")
_SETTLEMENTS = words_of("kylä kunta kaupunki taajama seutu village municipality by kommun")
_SENTENCE_START = re.compile(r"(?:^|[.!?:•]\s+|\n\s*|[\"“”]|^\s*[-–*]\s+)$")
_HYPHENED_COMPASS = re.compile(
    r"\b(?:Pohjois|Etelä|Itä|Länsi|Keski|Kaakkois|Koillis|Lounais|Luoteis|Ylä|Ala|Väli|Valko|"
    r"Uusi|Uuden|Vanha|Iso|Pikku|Nord|Syd|Öst|Väst|Väster|Öster)[-–]$"
)


def mine_follows(text: str, tokens: Sequence[Token], last: int) -> bool:
    """Whether the words behind a name say that it is that of a mine or a deposit."""
    for index in range(last + 1, min(last + 2 + _MINE_MODIFIERS, len(tokens))):
        if text[tokens[index - 1].end : tokens[index].start].strip("-– \n"):
            return False
        token = tokens[index]
        if is_mine_word(token):
            return True
        if token.surface[:1].isupper() and len(token.surface) > 2:
            return False
        if not _NO_MODIFIER.isdisjoint((token.surface.lower(), *token.lemmas)):
            return False
    return False


def is_mine_word(token: Token) -> bool:
    """Whether a word is one for a mine or a deposit: "kromikaivoksen", "deposit"."""
    words = {token.surface.lower(), *token.lemmas}
    return bool(words & _MINE_WORDS) or any(word.endswith(_MINE_ENDINGS) for word in words)


def is_where(tokens: Sequence[Token], span: Span, language: str) -> bool:
    """Whether a name says where something is: "Outokummussa", "at GTK Mintec"."""
    if language == "fi":
        return tokens[span.last].surface.lower().endswith(
            ("ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle", "een", "hin")
        ) or word_at(tokens, span.last + 1).startswith(("koetehta", "laborator", "tutkimusasema"))
    return word_at(tokens, span.first - 1) in {"in", "at", "near", "i", "vid", "nära"}


def is_person(text: str, tokens: Sequence[Token], span: Span) -> bool:
    """Whether a name is a surname here, or a given name: "Lauri Malmi", "Malmi, L. 2012"."""
    token = tokens[span.first]
    before = text[max(0, token.start - 24) : token.start]
    if _INITIAL_BEFORE.search(before):
        return True
    previous = tokens[span.first - 1] if span.first else None
    if previous is not None and text[previous.end : token.start] in (" ", ". "):
        word = previous.surface.lower()
        if word in TITLES or (previous.surface[0].isupper() and word in GIVEN_NAMES):
            return True
    after = text[token.end : token.end + 24]
    base = token.surface[0].isupper() and token.surface.lower() in token.lemmas
    if base and _REFERENCE_AFTER.match(after):
        return True
    if base and _OPENS_REFERENCE.search(before) and _BRACKETED_YEAR.match(after):
        return True
    following = tokens[span.last + 1] if span.last + 1 < len(tokens) else None
    return (
        token.surface.lower() in GIVEN_NAMES
        and following is not None
        and text[token.end : following.start] == " "
        and following.surface[:1].isupper()
        and following.surface.lower() not in LEGAL_FORMS
    )


def is_common_word(text: str, tokens: Sequence[Token], span: Span, language: str) -> bool:
    """A name that is a word too has its capital from the beginning of the sentence alone."""
    token = tokens[span.first]
    if span.last + 1 < len(tokens) and not _SETTLEMENTS.isdisjoint(tokens[span.last + 1].lemmas):
        return False
    words = COMMON_WORDS.get(language, frozenset())
    if words.isdisjoint((token.surface.lower(), *token.lemmas)):
        return False
    return bool(_SENTENCE_START.search(text[max(0, token.start - 6) : token.start]))


def is_in_longer_name(text: str, tokens: Sequence[Token], span: Span, language: str) -> bool:
    """Whether a place is part of another name: "Lapin keskussairaala", "Itä-Saksa"."""
    token = tokens[span.first]
    if _HYPHENED_COMPASS.search(text[max(0, token.start - 12) : token.start]):
        return True
    if language == "en" and span.first:
        before = tokens[span.first - 1]
        if (
            text[before.end : token.start] == " "
            and before.surface in {"New", "South", "North", "West", "East", "Long", "Great"}
            and before.surface.lower() in {*COMPASS["en"], "new", "long", "great"}
        ):
            return True
    if text[max(0, token.start - 16) : token.start].endswith(_AUTHORITY_OF):
        return True
    if legal_form_follows(text, tokens, span.last):
        return True
    following = tokens[span.last + 1] if span.last + 1 < len(tokens) else None
    if following is None or text[token.end : following.start] not in (" ", "\n"):
        return False
    words = {following.surface.lower(), *following.lemmas}
    head = following.parts[-1] if following.parts else ""
    return not words.isdisjoint(INSTITUTIONS) or head in INSTITUTIONS


def legal_form_follows(text: str, tokens: Sequence[Token], last: int) -> bool:
    """Whether words with capitals lead on to Oy, AB or Ltd: the name is part of a company's."""
    for index in range(last + 1, min(last + 6, len(tokens))):
        gap = text[tokens[index - 1].end : tokens[index].start]
        if gap.strip("-–& ") or "\n\n" in gap:
            return False
        word = tokens[index].surface.split(":")[0]
        if word.lower() in LEGAL_FORMS and (word[:1].isupper() or word in {"plc", "ry", "rf"}):
            return True
        if not word[:1].isupper() and word != "of":
            return False
    return False


def word_at(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].surface.lower() if 0 <= index < len(tokens) else ""


def says_it_is_a_mine(text: str, start: int, end: int) -> bool:
    """Whether the sentence says of the name at `start`..`end` that it is a mine or a deposit."""
    before = text[max(0, start - 24) : start]
    return bool(_IS_A.match(text, end) or _DISCOVERED.search(before))
