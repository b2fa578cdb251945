"""Names by their form alone: legal forms, head words, what stands beside "project" or "mine".

It needs no model: in Swedish, and for projects and sites in every language, nothing else finds
what the registry does not know.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from amic_kg.extract.names.cues import places_after, projects
from amic_kg.extract.names.forms import place_base
from amic_kg.extract.names.heads import FIRST_WORDS, HEADS, Kind, kind_of_word
from amic_kg.extract.names.organizations import is_legal_form
from amic_kg.extract.names.readings import (
    Reading,
    begins_sentence,
    follows,
    is_capital,
    simple_reading,
)
from amic_kg.extract.names.runs import (
    is_describing,
    is_genitive,
    is_plural,
    is_titled,
    leftmost,
    rightmost,
)
from amic_kg.language import Analyzer, Token

_LONGEST_NAME = 8
_FORM = 0.9
_HEAD = 0.75
_WEAK_HEAD = 0.6
"""Scores of the cues: a legal form, a head, a head that says less."""

_FINNISH_ADJECTIVE = re.compile(r"inen$")
_MATTER = re.compile(
    r"^(?:gold|silver|copper|nickel|zinc|lead|cobalt|iron|ore|chromium|chromite|chrome|lithium|"
    r"phosphate|graphite|uranium|vanadium|titanium|pge|ni|cu|au|ag|zn|co|pb|fe|li|ti|v|u|ree|"
    r"platinum|palladium|talc|apatite|diamond|molybdenum|tungsten|tin|earth|rare|massive|sulphide|"
    r"sulfide|open|pit|underground|polymetallic|base|metal|metals|exploration|mining|mineral|"
    r"spodumene|quartz|kaolin|world|class|koppar|guld|nickel|järn|zink)$",
    re.IGNORECASE,
)
_STANDALONE = {
    "fi": re.compile(
        r"^\w{4,}(?:virasto|laitos|ministeriö|yliopisto|hallinto|hallitus|keskus|liitto|"
        r"korkeakoulu|akatemia)$"
    ),
    "sv": re.compile(
        r"^\w{4,}(?:verket|styrelsen|institutet|ministeriet|centralen|universitetet)$"
    ),
}  # fmt: skip
_ALSO_COMMON = (
    "laitos", "centralen", "hallinto", "hallitus", "keskus", "liitto", "korkeakoulu", "akatemia",
)  # fmt: skip
"""What begins a sentence with these may be any such institution."""
# Heads that name an organisation or a place only in a full name: "Lapin keskus" is a middle.
_NEEDS_MORE_TEXT = """
keskus laitos yhtiö oikeus seura koulu group centre center company office department bureau
court union school town city faculty bolag bolaget centralen stad styrelsen verket by berg
berget ån ön ö hill hills district region parish valley bay council program port
"""
_NEEDS_MORE = frozenset(_NEEDS_MORE_TEXT.split())
# Heads of things that are planned at a site or around it: the site's name ends before them.
_ABOUT_SITES = frozenset(("kaivoshanke", "kaivosprojekti", "kaivosalue", "kaivosyhtiö"))
_SWEDISH_COMPOUND = 6
_MOST_ADJECTIVES = 3
_MOST_WORDS_BETWEEN = 3
_SWEDISH_PREPOSITIONS = frozenset(("i", "vid", "nära", "från", "till", "kring", "utanför", "norr"))


class NamePatterns:
    """Finds names in a tokenised text by the words they are made of.

    `places` are names of one word, in lower case, that are names even where a sentence begins.
    """

    def __init__(self, analyzer: Analyzer, places: Collection[str] = ()) -> None:
        self.analyzer = analyzer
        self._places = frozenset(places)

    def find(self, text: str, tokens: Sequence[Token], language: str) -> list[Reading]:
        """The readings in order of place; they may overlap."""
        if language not in HEADS:
            language = "en"
        found: list[Reading] = []
        for index, token in enumerate(tokens):
            if is_legal_form(token.surface):
                if not _is_joined(text, tokens, index):
                    found.extend(self._company(text, tokens, index, language))
                continue
            kind = self._kind(token, language)
            if kind == "Project":
                found.extend(projects(text, tokens, index, language))
            if kind == "Site" or (kind == "Project" and language == "en"):
                found.extend(self._site(text, tokens, index, language, kind))
            elif kind in ("Organization", "Place"):
                found.extend(self._headed(text, tokens, index, language, kind))
            elif kind is None and is_capital(token):
                place = language == "fi" and place_base(token.surface) is not None
                found.extend(
                    self._alone(text, token, index, language, "Place" if place else "Organization")
                )
            if language == "sv" and token.surface.lower() in _SWEDISH_PREPOSITIONS:
                found.extend(places_after(text, tokens, index))
        return found

    def _kind(self, token: Token, language: str) -> Kind | None:
        return kind_of_word(token.lemmas[0], language) or kind_of_word(
            token.surface.lower(), language
        )

    def _company(
        self, text: str, tokens: Sequence[Token], index: int, language: str
    ) -> Iterator[Reading]:
        """'Sotkamo Silver Oy', 'Oy Alholmens Kraft Ab'."""
        first = leftmost(text, tokens, index, language)
        last = index
        if first == index and tokens[index].surface.split(":")[0] in ("ry", "rf"):
            first = self._association(text, tokens, index, language)
        if first == index and _is_behind_brackets(text, tokens, index):
            first = leftmost(text, tokens, index - 2, language)
        if first == index:
            # The form stands first; the name ends with another one.
            for end in range(index + 1, min(index + _LONGEST_NAME, len(tokens))):
                if not follows(text, tokens[end - 1], tokens[end]) or not is_capital(tokens[end]):
                    break
                if is_legal_form(tokens[end].surface):
                    last = end
                    break
            if last < index + 2:
                return
        while (
            last + 1 < len(tokens)
            and is_legal_form(tokens[last + 1].surface)
            and follows(text, tokens[last], tokens[last + 1])
        ):
            last += 1
        yield simple_reading(first, last, "Organization", "legal form", _FORM)

    def _association(self, text: str, tokens: Sequence[Token], index: int, language: str) -> int:
        """'Vätsärin erämaan ystävät ry': words in lower case stand before the legal form."""
        first = index
        while first > 0 and index - first <= _MOST_WORDS_BETWEEN:
            if not follows(text, tokens[first - 1], tokens[first]):
                break
            first -= 1
            if is_capital(tokens[first]):
                return min(first, leftmost(text, tokens, first, language))
        return index

    def _headed(
        self, text: str, tokens: Sequence[Token], index: int, language: str, kind: Kind
    ) -> Iterator[Reading]:
        """'Käsivarren paliskunta', 'Arctic Minerals Institute', 'Ministry of Mines'."""
        token = tokens[index]
        if is_plural(token, language) and token.surface.lower() not in _PLURAL_NAMES:
            return
        if language == "en" and token.surface in _OF_WATERS:
            yield from self._of_waters(tokens, index)
        if kind == "Place" and token.surface.lower() in FIRST_WORDS[language]:
            yield from self._before(text, tokens, index, language)
        start = self._adjectives(text, tokens, index, language) if kind == "Organization" else index
        if language == "fi" and kind == "Organization" and is_titled(text, tokens, index, start):
            yield simple_reading(index - 2, index, kind, "head", _HEAD)
            return
        first = leftmost(text, tokens, start, language)
        last = index
        if language != "fi":
            last = rightmost(text, tokens, index, language, self.analyzer)
        if first == start and last == index:
            yield from self._alone(text, token, index, language, kind)
            return
        weak = token.lemmas[0] in _NEEDS_MORE or token.surface.lower() in _NEEDS_MORE
        if not is_capital(token):
            if language == "en" and (kind != "Place" or weak):
                # In lower case the head is part of the name of few things: "Kemi river".
                return
            if weak and last - first < 2:
                return
        described = is_describing(tokens[first]) and last - first < 2 and language == "en"
        if described or (language == "fi" and not self._belongs(text, tokens, first, start, token)):
            return
        yield simple_reading(first, last, kind, "head", _WEAK_HEAD if weak else _HEAD)

    def _of_waters(self, tokens: Sequence[Token], index: int) -> Iterator[Reading]:
        """'Gulf of Bothnia', 'Bay of Liminka'."""
        last = index + 2
        if last < len(tokens) and tokens[index + 1].surface == "of" and is_capital(tokens[last]):
            yield simple_reading(index, last, "Place", "head", _HEAD)

    def _before(
        self, text: str, tokens: Sequence[Token], index: int, language: str
    ) -> Iterator[Reading]:
        """'Lake Inari', 'sjön Storjuktan'."""
        capital = is_capital(tokens[index])
        if index + 1 == len(tokens) or (language == "en" and not capital):
            return
        after = tokens[index + 1]
        if is_capital(after) and follows(text, tokens[index], after):
            first = index if capital and language == "en" else index + 1
            yield simple_reading(first, index + 1, "Place", "head", _HEAD)

    def _adjectives(self, text: str, tokens: Sequence[Token], index: int, language: str) -> int:
        """The first of the adjectives before a head: 'Luulajan teknillinen yliopisto'."""
        start = index
        if language == "fi":
            start = _compound_start(text, tokens, index)
        while start > 0 and index - start < _MOST_ADJECTIVES:
            before = tokens[start - 1]
            adjective = (
                _FINNISH_ADJECTIVE.search(before.lemmas[0])
                if language == "fi"
                else language == "sv" and before.surface.endswith("ska")
            )
            if not (
                adjective and before.surface.islower() and follows(text, before, tokens[start])
            ):
                break
            start -= 1
        return start

    def _alone(
        self, text: str, token: Token, index: int, language: str, kind: Kind
    ) -> Iterator[Reading]:
        """A compound that is a name by itself: 'Rajavartiolaitos', 'Karhuvaara'."""
        if not is_capital(token) or token.surface.isupper():
            return
        begins = begins_sentence(text, token)
        shape = _STANDALONE.get(language)
        if kind == "Organization" and shape is not None:
            word = token.lemmas[0] if language == "fi" else token.surface.lower()
            ours = shape.match(word) and word not in HEADS[language].never
            if ours and not (begins and word.endswith(_ALSO_COMMON)):
                yield simple_reading(index, index, kind, "head", _HEAD)
        elif begins:
            return
        elif language == "fi" and place_base(token.surface) and not self._knows(token):
            yield simple_reading(index, index, "Place", "head", _WEAK_HEAD)
        elif kind == "Place" and (
            # Swedish compounds are not taken apart: the word must go on before its head.
            (language == "fi" and len(token.parts) > 1)
            or (language == "sv" and len(token.surface) > _SWEDISH_COMPOUND)
        ):
            yield simple_reading(index, index, kind, "head", _WEAK_HEAD)

    def _belongs(
        self, text: str, tokens: Sequence[Token], first: int, start: int, head: Token
    ) -> bool:
        """Whether the words before a Finnish head are its name, and no cell or clause before it."""
        before = tokens[start - 1]
        if text[before.end : tokens[start].start].strip() in ("-", "–"):
            return True
        if not is_genitive(before) and not (is_capital(head) and start - first > 1):
            return False
        return not (
            start - first == 1 and begins_sentence(text, before) and self.is_common(before, "fi")
        )

    def _knows(self, token: Token) -> bool:
        return self.analyzer.knows(token.surface, "fi")

    def is_common(self, token: Token, language: str) -> bool:
        """A word of the dictionary that is neither a known place nor a compound like one."""
        if not self.analyzer.knows(token.surface.lower(), language):
            return False
        if any(lemma in self._places for lemma in token.lemmas):
            return False
        return language != "fi" or kind_of_word(token.lemmas[0], "fi") != "Place"

    def _site(
        self, text: str, tokens: Sequence[Token], index: int, language: str, kind: Kind
    ) -> Iterator[Reading]:
        """'Ahvenlammen esiintymä', 'the Ahvenlampi gold deposit', 'Granbergsgruvan'."""
        token = tokens[index]
        plural = is_plural(token, language)
        end = index - 1
        while (
            language != "fi"
            and end >= 0
            and index - end <= 6
            and _MATTER.match(tokens[end].surface)
            and follows(text, tokens[end], tokens[end + 1])
        ):
            end -= 1
        if plural and language == "en":
            return
        if kind == "Project" and end == index - 1:
            # "the Kallak project" is a site only if the registry says so.
            if index and is_capital(tokens[end]) and follows(text, tokens[end], token):
                yield Reading(end, index, "Site", "site project", 0.0, (end, end))
            return
        first = leftmost(text, tokens, end + 1, language)
        if first > end:
            if language == "sv" and self._is_mine(text, token):
                yield simple_reading(index, index, "Site", "head", _HEAD)
            return
        core = tokens[first : end + 1]
        if is_describing(core[0]) or any(is_legal_form(t.surface) for t in core):
            return
        if language == "fi" and not is_genitive(core[-1]):
            return
        common = self.is_common(core[0], language)
        if common and (begins_sentence(text, core[0]) or core[0].surface.isupper()):
            return
        if token.lemmas[0] in _ABOUT_SITES or end < index - 1 or plural:
            yield simple_reading(first, end, "Site", "head", _WEAK_HEAD if plural else _HEAD)
        else:
            yield Reading(first, index, "Site", "head", _HEAD, (first, end))
        if language == "fi":
            yield from self._coordinated(text, tokens, first, plural=plural)

    def _is_mine(self, text: str, token: Token) -> bool:
        lower = token.surface.lower()
        for ending in ("gruvan", "gruva"):
            stem = lower.removesuffix(ending)
            if stem != lower and len(stem) > 2:
                known = any(self.analyzer.knows(x, "sv") for x in (stem, stem.removesuffix("s")))
                return is_capital(token) and not begins_sentence(text, token) and not known
        return False

    def _coordinated(
        self, text: str, tokens: Sequence[Token], first: int, *, plural: bool
    ) -> Iterator[Reading]:
        """'Ahvenlammen ja Karhuvaaran esiintymät': the first is a site as well."""
        at = first
        while plural and at >= 1:
            if tokens[at - 1].surface in ("ja", "sekä") and at >= 2:
                other = at - 2
            elif text[tokens[at - 1].end : tokens[at].start].strip() == ",":
                other = at - 1
            else:
                return
            token = tokens[other]
            if not is_capital(token) or not is_genitive(token):
                return
            if begins_sentence(text, token) and self.is_common(token, "fi"):
                return
            yield simple_reading(other, other, "Site", "head", _WEAK_HEAD)
            at = other


_OF_WATERS = frozenset(("Gulf", "Bay", "Sea", "Strait", "Cape", "Isle"))
"""What "of" and a name of another thing follow: "the Gulf of Finland"."""
_PLURAL_NAMES = frozenset(("hills", "mountains", "islands", "lakes"))


def _compound_start(text: str, tokens: Sequence[Token], index: int) -> int:
    """The first part of a hyphenated compound in lower case: 'hallinto-oikeudessa'."""
    start = index
    while start > 0 and tokens[start - 1].surface.islower():
        if text[tokens[start - 1].end : tokens[start].start] != "-":
            break
        start -= 1
    return start


def _is_behind_brackets(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Whether a legal form follows a word in brackets, as in "Outotec (Finland) Oy"."""
    return (
        index > 1
        and is_capital(tokens[index - 2])
        and text[tokens[index - 1].end : tokens[index].start] == ") "
        and text[tokens[index - 2].end : tokens[index - 1].start] == " ("
    )


def _is_joined(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Whether a hyphen, a slash or a dot binds a word to the one before it."""
    start = tokens[index].start
    return index > 0 and tokens[index - 1].end == start - 1 and text[start - 1] in "-–/.@_"
