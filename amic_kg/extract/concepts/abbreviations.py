"""Abbreviations that a document defines: "Geologian tutkimuskeskus (GTK)", "AMD (acid drainage)".

After Schwartz and Hearst, A simple algorithm for identifying abbreviation definitions in
biomedical text (2003): the letters of the short form are met from right to left in the words
before it, the first one at the beginning of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from amic_kg.extract.concepts.words import words_of

_LONGEST_SHORT_FORM = 10
_MOST_WORDS = 12
_LONGEST = 160
"""Characters before a bracket in which the long form is looked for."""

_QUOTES = " \"'“”’"
_BRACKET = re.compile(r"\(\s*([^()]{2,120}?)\s*\)")
_ALIAS = re.compile(r"\s+(?:eli|dvs\.|i\.e\.,?|alias)\s+([A-ZÅÄÖ][\wÅÄÖåäö-]{1,9})(?=[\s,.;:)]|$)")
_ENDING = re.compile(r"['’:][a-zåäö]+$|(?<=[A-Z])s$")
_SENTENCE = re.compile(r"[.!?;:]\s|\n\s*\n|[()\[\]]")
_SHORT = re.compile(r"[A-ZÅÄÖ0-9][\w&/+-]*")
_WORD = re.compile(r"[^\W_][\w'’:-]*")
# Before a long form stands what introduces it, and is no part of it.
_INTRODUCED = words_of(
    """
        the a an of and in by for ja eli sekä och en ett den det i av från
        """
)


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form and the long form it stands for, both as they stand in the text.

    `before` is the text that ends with the long form: what a name of more words is looked for in.
    """

    short: str
    long: str
    before: str


def find_abbreviations(texts: Iterable[str]) -> Mapping[str, Definition]:
    """The abbreviations that `texts`, the passages of one document, define, by short form.

    The first definition of a short form counts. Endings are taken off: "(GTK:n)" defines GTK.
    """
    found: dict[str, Definition] = {}
    for text in texts:
        for definition in _definitions(text):
            found.setdefault(definition.short, definition)
    return found


def _definitions(text: str) -> Iterator[Definition]:
    for match in _BRACKET.finditer(text):
        # A bracket may go on behind the short form: "(GTK, ent. Geologinen tutkimuslaitos)".
        inner = re.split(r"[,;]\s", match[1], maxsplit=1)[0].strip(_QUOTES)
        short = _ENDING.sub("", inner)
        before = text[max(0, match.start() - _LONGEST) : match.start()]
        if _is_short_form(short):
            long = _long_form(short, before)
            if long:
                yield Definition(short, long, before.rstrip())
        else:
            words = list(_WORD.finditer(before))
            turned = _ENDING.sub("", words[-1].group()) if words else ""
            adjacent = bool(words) and not before[words[-1].end() :].strip()
            if adjacent and _is_short_form(turned) and _long_form(turned, match[1]) == match[1]:
                yield Definition(turned, match[1], match[1])
    for match in _ALIAS.finditer(text):
        short = match[1].split("-")[0]
        if _is_short_form(short):
            before = text[max(0, match.start() - _LONGEST) : match.start()]
            long = _long_form(short, before)
            if long:
                yield Definition(short, long, before)


def _is_short_form(word: str) -> bool:
    """A word of two to ten signs with two capitals at least, and no figure such as "2B"."""
    capitals = sum(map(str.isupper, word))
    return (
        2 <= len(word) <= _LONGEST_SHORT_FORM
        and capitals >= 2
        and capitals * 2 >= len(word) - 1
        and bool(_SHORT.fullmatch(word))
        and not any(map(str.isdigit, word[:1]))
    )


def _long_form(short: str, before: str) -> str | None:
    """The words at the end of `before` that `short` abbreviates, or None."""
    breaks = [match.end() for match in _SENTENCE.finditer(before)]
    start = max((end for end in breaks if end < len(before.rstrip())), default=0)
    clause = before[start:].rstrip().rstrip(_QUOTES)
    letters = [character.lower() for character in short if character.isalnum()]
    lower = clause.lower()
    position = len(lower) - 1
    for index in range(len(letters) - 1, -1, -1):
        first = index == 0
        while position >= 0 and not (
            lower[position] == letters[index]
            and not (first and position > 0 and (lower[position - 1].isalnum()))
        ):
            position -= 1
        if position < 0:
            return None
        position -= 1
    begin = _whole(letters, clause, position + 1)
    long = clause[begin:].strip()
    words = _WORD.findall(long)
    most = min(len(letters) + 5, len(letters) * 2, _MOST_WORDS)
    if not words or len(words) > most or len(long) <= len(short):
        return None
    if len(words) == 1 and len(words[0]) < 2 * len(letters):
        return None
    if words[0].lower() in _INTRODUCED or short in words or not _spells(letters, words):
        return None
    return long


def _whole(letters: list[str], clause: str, begin: int) -> int:
    """Where the long form begins: a word earlier when that begins with the first letter too.

    "magnetotelluuriset mittaukset (MT)": one word would do, but the letters begin two.
    """
    words = list(_WORD.finditer(clause))
    covered = [word for word in words if word.start() >= begin]
    before = words[: len(words) - len(covered)]
    if len(covered) < len(letters) and before and before[-1].group()[0].lower() == letters[0]:
        initials = [word.group()[0].lower() for word in (before[-1], *covered)]
        if initials == letters or not all(letter in initials for letter in letters):
            return before[-1].start() if len(covered) == 1 else begin
    return begin


def _spells(letters: list[str], words: list[str]) -> bool:
    """Whether words rather than chance letters give the abbreviation.

    A letter begins a word for at least half of the letters, or there is one compound of them all.
    """
    initials = sum(1 for word in words if word[0].lower() in letters)
    return initials * 2 >= len(letters) or len(words) <= 2
