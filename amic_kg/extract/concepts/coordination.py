"""Words that a coordination leaves out: "kulta- ja kuparikaivos", "Kittilän ja Kolarin kunnat".

Each elliptic conjunct is completed to the words it stands for; what they name is then looked for
as in any text. The conjunct's own words are the mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amic_kg.language import Token
from amic_kg.language.stopwords import STOPWORDS

_CONJUNCTIONS = {
    "fi": frozenset({"ja", "sekä", "tai", "eli"}),
    "en": frozenset({"and", "or"}),
    "sv": frozenset({"och", "samt", "eller"}),
}
_LONGEST_TAIL = 4
"""Words behind the completed one that may belong to its term."""
_MOST_CONJUNCTS = 6
_SHORTEST_HEAD = 3
_SUSPENDED = re.compile(r"[-–](?:,\s+|\s+|\s*\n\s*)")
_LISTED = re.compile(r",\s+|\s+|\s*\n\s*")
_PREPOSITION = {"en": "of", "sv": "i"}


@dataclass(frozen=True, slots=True)
class Completion:
    """What tokens `first`..`last` stand for: a term of at least `least` words that begins `text`.

    With `needs` it holds only where a completion of the conjunct that ends at that token does.
    """

    first: int
    last: int
    text: str
    least: int
    needs: int | None = None


def completions(text: str, tokens: Sequence[Token], language: str) -> Iterator[Completion]:
    """The elliptic conjuncts of `text`, each completed in every way that is likely."""
    conjunctions = _CONJUNCTIONS.get(language, frozenset())
    for index, token in enumerate(tokens):
        if index == 0 or token.surface not in conjunctions or index + 1 >= len(tokens):
            continue
        yield from _suspended(text, tokens, index, language)
        if text[token.end : tokens[index + 1].start] in (" -", " –"):
            yield from _resumed(text, tokens, index)
        yield from _shared_head(text, tokens, index, language)
        yield from _shared_beginning(text, tokens, index, language)
        yield from _shared_end(text, tokens, index)


def _suspended(
    text: str, tokens: Sequence[Token], conjunction: int, language: str
) -> Iterator[Completion]:
    """As in "kulta- ja kuparikaivos": gold takes the head of the compound behind."""
    compound = tokens[conjunction + 1]
    tail = text[compound.end : _tail_end(text, tokens, conjunction + 1)]
    for index in _conjuncts(text, tokens, conjunction, _SUSPENDED):
        beginning = tokens[index].surface
        if tail.startswith("-") and beginning[0].isupper():
            # "Etelä- ja Keski-Pohjanmaa": the names share what follows the hyphen.
            yield Completion(index, index, f"{beginning}{tail}", least=2)
        for head in _heads(compound, language):
            yield Completion(index, index, f"{beginning}{head}{tail}", least=1)


def _heads(compound: Token, language: str) -> Iterator[str]:
    """What a compound may leave to another one, as it stands in the text, longest first."""
    surface = compound.surface.lower()
    if language == "fi":
        for lemma in compound.lemmas:
            for count in range(1, len(compound.parts)):
                head = "".join(compound.parts[count:])
                cut = len(lemma) - len(head)
                if lemma.endswith(head) and cut > 1:
                    yield surface[cut:]
            # Where a part's base form is not as it stands in the word, its first part still is.
            first = compound.parts[0] if compound.parts else ""
            if first and lemma.startswith(first) and len(lemma) > len(first) + _SHORTEST_HEAD:
                yield surface[len(first) :]
    else:
        for cut in range(2, len(surface) - _SHORTEST_HEAD):
            yield surface[cut:]


def _resumed(text: str, tokens: Sequence[Token], conjunction: int) -> Iterator[Completion]:
    """As in "malminetsintä ja -tutkimus": the second word takes the beginning of the first."""
    compound, rest = tokens[conjunction - 1], tokens[conjunction + 1]
    if conjunction > 1 and text[tokens[conjunction - 2].end : compound.start] == "-":
        beginning = tokens[conjunction - 2].surface
        yield Completion(conjunction + 1, conjunction + 1, f"{beginning}-{rest.surface}", least=2)
    for count in range(len(compound.parts) - 1, 0, -1):
        beginning = "".join(compound.parts[:count])
        yield Completion(conjunction + 1, conjunction + 1, f"{beginning}{rest.surface}", least=1)


def _shared_head(
    text: str, tokens: Sequence[Token], conjunction: int, language: str
) -> Iterator[Completion]:
    """As in "Kittilän ja Kolarin kunnat": each name with the head behind the last, in singular."""
    last = conjunction + 1
    if not tokens[last].surface[:1].isupper() or last + 1 >= len(tokens):
        return
    head = tokens[last + 1]
    if text[tokens[last].end : head.start] not in (" ", "\n") or head.surface[:1].isupper():
        return
    genitive = tokens[last].surface.endswith("n")
    for index in _conjuncts(text, tokens, conjunction, _LISTED):
        name = tokens[index].surface
        if language == "fi" and not (genitive and name.endswith("n")):
            return
        if name[:1].isupper():
            yield Completion(index, index, f"{name} {head.lemmas[0]}", least=2)


def _shared_beginning(
    text: str, tokens: Sequence[Token], conjunction: int, language: str
) -> Iterator[Completion]:
    """As in "Geological Surveys of Finland and Sweden": what stands before the first name."""
    preposition = _PREPOSITION.get(language)
    name = tokens[conjunction + 1]
    if preposition is None or not name.surface[:1].isupper():
        return
    for index in range(conjunction - 2, max(0, conjunction - 7), -1):
        if tokens[index].surface == preposition:
            last = _name_end(text, tokens, conjunction + 1)
            named = text[name.start : tokens[last].end]
            for first in range(index - 1, max(-1, index - 4), -1):
                before = text[tokens[first].start : tokens[index - 1].start]
                yield Completion(
                    conjunction + 1,
                    last,
                    f"{before}{_singular(tokens[index - 1])} {preposition} {named}",
                    least=3,
                )
            return


def _singular(token: Token) -> str:
    """Its base form with the capital that it has."""
    lemma = token.lemmas[0]
    return lemma.capitalize() if token.surface[:1].isupper() else lemma


def _name_end(text: str, tokens: Sequence[Token], first: int) -> int:
    last = first
    while (
        last + 1 < len(tokens)
        and text[tokens[last].end : tokens[last + 1].start] == " "
        and tokens[last + 1].surface[:1].isupper()
    ):
        last += 1
    return last


def _shared_end(text: str, tokens: Sequence[Token], conjunction: int) -> Iterator[Completion]:
    """As in "sosiaaliset ja taloudelliset vaikutukset", "open pit and underground mining"."""
    last = conjunction + 1
    end = _tail_end(text, tokens, last)
    if end == tokens[last].end or tokens[last].surface.lower() in STOPWORDS:
        return
    tail = text[tokens[last].end : end]
    needs = None
    for index in _conjuncts(text, tokens, conjunction, _LISTED):
        for first in (index - 1, index):
            if first < 0 or (
                first < index and text[tokens[first].end : tokens[index].start] != " "
            ):
                continue
            own = text[tokens[first].start : tokens[index].end]
            if own[0].islower() or (first == 0 and tokens[last].surface[0].islower()):
                yield Completion(first, index, f"{own}{tail}", index - first + 2, needs)
        needs = index


def _conjuncts(
    text: str, tokens: Sequence[Token], conjunction: int, parted: re.Pattern[str]
) -> Iterator[int]:
    """The single words before a conjunction that are parted so, nearest first."""
    following = conjunction
    for index in range(conjunction - 1, max(-1, conjunction - 1 - _MOST_CONJUNCTS), -1):
        gap = text[tokens[index].end : tokens[following].start]
        if not parted.fullmatch(gap) or (following != conjunction and "," not in gap):
            return
        yield index
        following = index


def _tail_end(text: str, tokens: Sequence[Token], last: int) -> int:
    """The end of the words that follow token `last` with nothing but blanks between."""
    end = tokens[last].end
    for index in range(last + 1, min(last + 1 + _LONGEST_TAIL, len(tokens))):
        if text[end : tokens[index].start] not in (" ", "\n", "-"):
            break
        end = tokens[index].end
    return end
