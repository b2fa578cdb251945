"""What a recogniser of names gave, trimmed to the words that are the name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from amic_kg.extract.name_heads import Kind, head_of
from amic_kg.extract.name_readings import Reading, follows, is_capital, tokens_of
from amic_kg.extract.name_runs import is_lead
from amic_kg.extract.organization_names import has_legal_form, is_legal_form
from amic_kg.language import Token
from amic_kg.ports import NameSpan

_KINDS: dict[str, Kind] = {"ORG": "Organization", "LOC": "Place"}
_AND = ("and", "ja", "och", "sekä", "samt")
_LEGAL_FORM = 0.9


def recognized(
    text: str, tokens: Sequence[Token], names: Iterable[NameSpan], language: str
) -> list[Reading]:
    """The recogniser's organisations and places, trimmed, with the kind that their words say."""
    found = []
    for name in names:
        kind = _KINDS.get(name.label)
        span = tokens_of(tokens, name.start, name.end) if kind is not None else None
        if kind is None or span is None:
            continue
        trimmed = _trim(text, tokens, *span, language)
        if trimmed is None:
            continue
        first, last = trimmed
        words = tokens[first : last + 1]
        initials = any(len(t.surface) == 1 and t.surface.isupper() for t in words)
        if initials and not _is_headed(words, language):
            continue
        if any(t.surface in _AND for t in tokens[first : last + 1]) and not _is_headed(
            tokens[first : last + 1], language
        ):
            continue
        said = head_of(list(tokens[first : last + 1]), language)
        if any(is_legal_form(token.surface) for token in tokens[first + 1 : last + 1]):
            said = "Organization"
        if said == "Place" and kind == "Organization" and last > first:
            said = None
        core = (first, last)
        if said in ("Site", "Project") and last > first:
            core = (first, last - 1)
        if is_legal_form(tokens[last].surface) and last > first:
            found.append(
                Reading(first, last, "Organization", "legal form", _LEGAL_FORM, core, True)
            )
        else:
            found.append(Reading(first, last, said or kind, "recognizer", name.score, core, True))
    return found


def _is_headed(words: Sequence[Token], language: str) -> bool:
    return head_of(list(words), language) is not None or any(
        is_legal_form(token.surface) for token in words
    )


def _trim(
    text: str, tokens: Sequence[Token], first: int, last: int, language: str
) -> tuple[int, int] | None:
    """The span without articles, titles and lower-case words at its ends; None if none is left."""
    while first <= last and (is_lead(tokens[first]) and first < last):
        first += 1
    while last >= first and not is_capital(tokens[last]):
        if last > first and head_of([tokens[last]], language) is not None:
            break
        if is_legal_form(tokens[last].surface):
            break
        last -= 1
    if last - first > 1 and _abbreviates(tokens, first):
        # A list of abbreviations: "ECHA European Chemicals Agency".
        first += 1
    for index in range(last, first, -1):
        if "©" in text[tokens[index - 1].end : tokens[index].start]:
            first = index
            break
    for index in range(first, last):
        if (
            language == "en"
            and tokens[index].surface.endswith(("'s", "’s"))
            and not _is_headed(tokens[first : last + 1], language)
        ):
            last = index
            break
    if last < first:
        return None
    for index in range(first, last):
        if not follows(text, tokens[index], tokens[index + 1]) and not has_legal_form(
            text[tokens[first].start : tokens[last].end]
        ):
            gap = text[tokens[index].end : tokens[index + 1].start]
            if any(c in gap for c in "\n;:|(),"):
                return None
    return first, last


def _abbreviates(tokens: Sequence[Token], first: int) -> bool:
    short, following = tokens[first].surface, tokens[first + 1].surface
    return (
        short.isupper()
        and len(short) > 2
        and following[:1] == short[0]
        and (not following.isupper())
    )
