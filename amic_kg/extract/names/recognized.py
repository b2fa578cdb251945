"""What a recogniser of names gave, trimmed to the words that are the name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from amic_kg.extract.names.heads import Kind, head_of
from amic_kg.extract.names.organizations import has_legal_form, is_legal_form
from amic_kg.extract.names.readings import Reading, Words, follows, is_capital, tokens_of
from amic_kg.extract.names.runs import is_lead, is_local
from amic_kg.language import Token
from amic_kg.recognition import NameSpan

_KINDS: dict[str, Kind] = {"ORG": "Organization", "LOC": "Place"}
_AND = ("and", "ja", "och", "sekä", "samt")
_PARTS = frozenset("\n;:|(),")
_LEGAL_FORM = 0.9
_PARTITIVE = re.compile(r"\w{3}(?:iaa|iää)$")


def recognized(words: Words, names: Iterable[NameSpan]) -> list[Reading]:
    """The recogniser's organisations and places, trimmed, with the kind that their words say."""
    found = []
    for name in names:
        kind = _KINDS.get(name.label)
        span = tokens_of(words.tokens, name.start, name.end) if kind is not None else None
        if kind is None or span is None:
            continue
        for first, last in _parts(words, *span):
            reading = _reading(words, kind, name.score, first, last)
            if reading is not None:
                found.append(reading)
    return found


def _parts(words: Words, first: int, last: int) -> Iterator[tuple[int, int]]:
    """In Finnish a word in the partitive or a local case ends a name: "Virosta Suomeen"."""
    if words.language == "fi":
        for index in range(first, last):
            token = words.tokens[index]
            if is_capital(token) and (is_local(token) or _is_partitive(token)):
                yield first, index
                first = index + 1
    yield first, last


def _is_partitive(token: Token) -> bool:
    return bool(_PARTITIVE.search(token.surface))


def _reading(words: Words, kind: Kind, score: float, first: int, last: int) -> Reading | None:
    trimmed = _trim(words, first, last)
    if trimmed is None:
        return None
    first, last = trimmed
    while kind == "Place" and first < last and words.tokens[first].surface.islower():
        first += 1
    run = words.run(first, last)
    said = head_of(run, words.language)
    form = any(is_legal_form(token.surface) for token in run[1:])
    if said is None and not form and any(map(_parts_names, run)):
        return None
    if said == "Place" and kind == "Organization" and last > first:
        said = None
    if is_legal_form(run[-1].surface) and last > first:
        first = _after_another(words, first, last)
        core = (first, last)
        return Reading(first, last, "Organization", "legal form", _LEGAL_FORM, core, True)
    core = (first, last - 1) if said in ("Site", "Project") and last > first else (first, last)
    meant: Kind = "Organization" if form else said or kind
    return Reading(first, last, meant, "recognizer", score, core, True)


def _after_another(words: Words, first: int, last: int) -> int:
    """The start of a company that the recogniser took together with an institution before it."""
    for index in range(first + 1, last - 1):
        if words.tokens[index].surface in _AND:
            before = words.run(first, index - 1)
            if len(before) > 1 and head_of(before, words.language) == "Organization":
                return index + 1
    return first


def _parts_names(token: Token) -> bool:
    """Words that stand between names, or in names of persons: "and", an initial."""
    return token.surface in _AND or (len(token.surface) == 1 and token.surface.isupper())


def _trim(words: Words, first: int, last: int) -> tuple[int, int] | None:
    """The span without articles, titles and lower-case words at its ends; None if none is left."""
    tokens, language = words.tokens, words.language
    while first < last and is_lead(tokens[first]):
        first += 1
    while last >= first and not is_capital(tokens[last]):
        headed = last > first and head_of([tokens[last]], language) is not None
        if headed or is_legal_form(tokens[last].surface):
            break
        last -= 1
    if last - first > 1 and _abbreviates(tokens, first):
        # A list of abbreviations: "ECHA European Chemicals Agency".
        first += 1
    first = _after_copyright(words, first, last)
    if language == "en" and head_of(words.run(first, last), language) is None:
        last = _until_possessive(words, first, last)
    if last < first or (_is_parted(words, first, last) and not _has_form(words, first, last)):
        return None
    return first, last


def _after_copyright(words: Words, first: int, last: int) -> int:
    for index in range(last, first, -1):
        if "©" in words.text[words.tokens[index - 1].end : words.tokens[index].start]:
            return index
    return first


def _until_possessive(words: Words, first: int, last: int) -> int:
    ends = (i for i in range(first, last) if words.tokens[i].surface.endswith(("'s", "’s")))
    return next(ends, last)


def _has_form(words: Words, first: int, last: int) -> bool:
    return has_legal_form(words.text[words.tokens[first].start : words.tokens[last].end])


def _is_parted(words: Words, first: int, last: int) -> bool:
    """Whether something stands between the words that stands in no name."""
    return any(
        not follows(words.text, before, after)
        and not _PARTS.isdisjoint(words.text[before.end : after.start])
        for before, after in pairwise(words.run(first, last))
    )


def _abbreviates(tokens: Sequence[Token], first: int) -> bool:
    short, following = tokens[first].surface, tokens[first + 1].surface
    return (
        short.isupper()
        and len(short) > 2
        and following[:1] == short[0]
        and (not following.isupper())
    )
