"""Names by the word beside them: "project", "-hanke", and in Swedish a preposition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from amic_kg.extract.names.readings import Reading, follows, is_capital, simple_reading
from amic_kg.extract.names.runs import is_lead, leftmost
from amic_kg.language import Token

_LONGEST_NAME = 8
_PROJECT = 0.8
_WEAK = 0.6
_LONG = 0.65
_PREPOSITION = 0.5
"""Scores: a project's name, one that may be a common word, one with lower-case words, "vid"."""

_PROJECT_NAME = re.compile(r"^(?=.*[A-ZÅÄÖ].*[A-ZÅÄÖ])[\w-]{3,20}$|^[A-ZÅÄÖ][a-zåäö]+[A-ZÅÄÖ]\w*$")
_QUOTED = re.compile(r"[\"“”»'’‘]\s*(?P<name>[A-ZÅÄÖ][^\"“”»\n]{2,90}?)\s*[\"“”»’]")
_QUOTED_BEFORE = re.compile(r"[\"“”»‘](?P<name>[A-ZÅÄÖ][^\"“”»\n]{2,110}?)[\"”»’“][\s-]{1,3}$")
_LONGEST_QUOTE = 120
_DASH = re.compile(r"\s[-–]\s")
_SWEDISH_ORE = ("malmen", "fyndigheten", "fyndighet", "dagbrott", "dagbrottet")


def projects(text: str, tokens: Sequence[Token], index: int, language: str) -> Iterator[Reading]:
    """'SOSMIN-hanke', 'the NEXT project', 'projektet VISTA'."""
    token = tokens[index]
    if index > 0:
        before = tokens[index - 1]
        gap = text[before.end : token.start]
        joined = gap.strip(" \n") in ("-", "–")
        loose = gap.strip(" \n") == "" and (language == "en" or before.surface.isupper())
        quoted = _QUOTED_BEFORE.search(text, max(0, token.start - _LONGEST_QUOTE), token.start)
        if quoted:
            yield from _titles(tokens, index, *quoted.span("name"), text)
            return
        if gap.startswith(" ") and joined and language == "fi" and is_capital(before):
            # A name of several words: "LAPIN KAIVOSKOULUTUS -hanke".
            first = leftmost(text, tokens, index - 1, language)
            yield Reading(first, index, "Project", "project", _PROJECT, (first, index - 1))
            return
        if gap.startswith(" ") and joined and language == "fi":
            yield from _long_project(text, tokens, index)
            return
        if (joined or loose) and _PROJECT_NAME.match(before.surface.split(":")[0]):
            first = index - 1
            while first > 0 and (
                text[tokens[first - 1].end : tokens[first].start] in ("-", "–")
                and is_capital(tokens[first - 1])
            ):
                first -= 1
            yield Reading(first, index, "Project", "project", _PROJECT, (first, index - 1))
            return
        if joined and is_capital(before) and language == "fi":
            first = leftmost(text, tokens, index, language)
            score = _PROJECT if index - first > 1 else _WEAK
            yield Reading(first, index, "Project", "project", score, (first, index - 1))
            return
    following = text[token.end : token.end + 110]
    offset = len(following) - len(following.lstrip(" :,(\n"))
    quoted = _QUOTED.match(following, offset)
    if quoted:
        start, end = token.end + quoted.start("name"), token.end + quoted.end("name")
        inside = [i for i in range(index + 1, len(tokens)) if start <= tokens[i].start < end]
        if inside:
            yield simple_reading(inside[0], inside[-1], "Project", "project", _PROJECT)
    elif index + 1 < len(tokens):
        after = tokens[index + 1]
        between = text[token.end : after.start].strip(" \n")
        if between == "" and after.surface.isupper() and _PROJECT_NAME.match(after.surface):
            yield simple_reading(index + 1, index + 1, "Project", "project", _PROJECT)


def _titles(
    tokens: Sequence[Token], index: int, start: int, end: int, text: str
) -> Iterator[Reading]:
    """A quoted title, and the short name that may follow it behind a dash."""
    at = start
    for part in _DASH.split(text[start:end]):
        stop = at + len(part)
        inside = [i for i in range(index) if at <= tokens[i].start < stop]
        if inside:
            yield simple_reading(inside[0], inside[-1], "Project", "project", _PROJECT)
        at = text.find(part, at) + len(part) + 3


def _long_project(text: str, tokens: Sequence[Token], index: int) -> Iterator[Reading]:
    """'Keski-Lapin malminetsintä 2.0 -hanke': the name has words in lower case."""
    first = index - 1
    while first > 0 and index - first <= _LONGEST_NAME:
        if not follows(text, tokens[first - 1], tokens[first]):
            return
        first -= 1
        if is_capital(tokens[first]):
            first = min(first, leftmost(text, tokens, first, "fi"))
            while first > 1 and _is_compound(text, tokens, first - 1):
                first -= 2
            yield Reading(first, index, "Project", "project", _LONG, (first, index - 1))
            return


def _is_compound(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Whether the word before a name is the second part of one with a capital: "Pk-yritykset"."""
    return (
        is_capital(tokens[index - 1])
        and text[tokens[index - 1].end : tokens[index].start] == "-"
        and text[tokens[index].end : tokens[index + 1].start] == " "
    )


def places_after(text: str, tokens: Sequence[Token], index: int) -> Iterator[Reading]:
    """'vid Granberget': in Swedish, where no recogniser reads, a place stands behind it."""
    if index + 1 >= len(tokens):
        return
    token = tokens[index + 1]
    if not is_capital(token) or token.surface.isupper() or is_lead(token):
        return
    if text[tokens[index].end : token.start] != " " or len(token.surface) < 4:
        return
    last = index + 1
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    if following and is_capital(following) and follows(text, token, following):
        return
    before = tokens[index - 1].surface.lower() if index else ""
    if before.endswith(_SWEDISH_ORE) and text[tokens[index - 1].end] == " ":
        yield simple_reading(last, last, "Site", "head", _WEAK)
    else:
        yield simple_reading(last, last, "Place", "preposition", _PREPOSITION)
