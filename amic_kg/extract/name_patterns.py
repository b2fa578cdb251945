"""Names by their form alone: legal forms, head words, what stands beside "project" or "mine".

It needs no model: in Swedish, and for projects and sites in every language, nothing else finds
what the registry does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from amic_kg.extract.name_heads import HEADS, Kind, head_of
from amic_kg.extract.name_readings import (
    Reading,
    begins_sentence,
    follows,
    hyphenated,
    is_capital,
)
from amic_kg.extract.organization_names import is_legal_form
from amic_kg.language import Analyzer, Token
from amic_kg.language.stopwords import STOPWORDS

_LONGEST_NAME = 8
_SCORE = {"legal form": 0.9, "head": 0.75, "project": 0.8}
_WEAK_HEAD = 0.6

_ADJECTIVE = re.compile(r"(?:inen|tiede)$")
_MATTER = re.compile(
    r"^(?:gold|silver|copper|nickel|zinc|lead|cobalt|iron|ore|chromium|chromite|chrome|lithium|"
    r"phosphate|graphite|uranium|vanadium|titanium|pge|ni|cu|au|zn|co|pb|fe|li|ti|v|ree|platinum|"
    r"palladium|talc|apatite|diamond|molybdenum|tungsten|tin|earth|rare|massive|sulphide|sulfide|"
    r"open|pit|underground|polymetallic|base|metal|exploration|mining|and|mineral|world|class)$",
    re.IGNORECASE,
)
_PROJECT_NAME = re.compile(r"^(?=.*[A-ZÅÄÖ].*[A-ZÅÄÖ])[\w-]{3,20}$|^[A-ZÅÄÖ][a-zåäö]+[A-ZÅÄÖ]\w*$")
_QUOTED = re.compile(r"[\"“”»'’‘]\s*(?P<name>[A-ZÅÄÖ][^\"“”»\n]{2,90}?)\s*[\"“”»’]")
_PEOPLES = re.compile(
    r"^(?:finnish|swedish|norwegian|russian|nordic|european|danish|canadian|australian|american|"
    r"british|german|chinese|arctic|soviet|lapland|s[aá]mi|saami|other|the|this|these|each|such|our|"
    r"its|their|a|an|one|new|old|many|most|all|several|some|both|no|any|another|first|second)$",
    re.IGNORECASE,
)
_STANDALONE = {
    "fi": re.compile(r"^\w{4,}(?:virasto|laitos|ministeriö|yliopisto|hallitus)$"),
    "sv": re.compile(r"^\w{4,}(?:verket|styrelsen|institutet|ministeriet|centralen|universitetet)$"),
}  # fmt: skip
# Heads that name an organisation only beside a name that is sure: "Lapin keskus" is a middle.
_NEEDS_MORE = frozenset(
    ("keskus", "laitos", "yhtiö", "oikeus", "seura", "koulu", "group", "centre", "center", "company",
     "office", "department", "bureau", "court", "union", "school", "town", "city", "faculty", "bolag",
     "bolaget", "centralen", "stad", "styrelsen", "verket", "by", "berg", "berget", "ån", "ön", "ö",
     "hill", "hills", "district", "region", "parish", "valley", "bay")
)  # fmt: skip


class NamePatterns:
    """Finds names in a tokenised text by the words they are made of."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer

    def find(self, text: str, tokens: Sequence[Token], language: str) -> list[Reading]:
        """The readings in order of place; they may overlap."""
        if language not in HEADS:
            language = "en"
        found: list[Reading] = []
        for index, token in enumerate(tokens):
            if is_legal_form(token.surface):
                found.extend(self._company(text, tokens, index, language))
                continue
            kind = self._kind(token, language)
            if kind == "Project":
                found.extend(self._project(text, tokens, index, language))
            if kind == "Site" or (kind == "Project" and language == "en"):
                found.extend(self._site(text, tokens, index, language, kind))
            elif kind in ("Organization", "Place"):
                found.extend(self._headed(text, tokens, index, language, kind))
        return found

    def _kind(self, token: Token, language: str) -> Kind | None:
        heads = HEADS[language]
        for lemma in (token.lemmas[0], token.surface.lower()):
            kind = heads.kind(lemma)
            if kind is not None:
                return kind
        return None

    def _company(
        self, text: str, tokens: Sequence[Token], index: int, language: str
    ) -> Iterator[Reading]:
        """'Sotkamo Silver Oy', 'Oy Alholmens Kraft Ab'."""
        first = self._leftmost(text, tokens, index, language)
        last = index
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
        yield _reading(first, last, "Organization", "legal form")

    def _headed(
        self, text: str, tokens: Sequence[Token], index: int, language: str, kind: Kind
    ) -> Iterator[Reading]:
        """'Käsivarren paliskunta', 'Arctic Minerals Institute', 'Ministry of Mines'."""
        token = tokens[index]
        lemma = token.lemmas[0]
        weak = lemma in _NEEDS_MORE or token.surface.lower() in _NEEDS_MORE
        start = index
        if language == "fi" and kind == "Organization":
            # Adjectives stand between: "Luulajan teknillinen yliopisto".
            while (
                start > 0
                and index - start < 2
                and tokens[start - 1].surface.islower()
                and _ADJECTIVE.search(tokens[start - 1].lemmas[0])
                and follows(text, tokens[start - 1], tokens[start])
            ):
                start -= 1
        if language == "sv" and kind == "Organization":
            while (
                start > 0
                and index - start < 2
                and tokens[start - 1].surface.islower()
                and tokens[start - 1].surface.endswith(("iska", "ska"))
                and follows(text, tokens[start - 1], tokens[start])
            ):
                start -= 1
        first = self._leftmost(text, tokens, start, language)
        last = index
        if language != "fi":
            last = self._rightmost(text, tokens, index, language)
        elif first == start:
            if _STANDALONE["fi"].match(lemma) and is_capital(token):
                if not begins_sentence(text, token):
                    yield _reading(index, index, kind, "head")
            elif kind == "Place" and self._is_place_compound(text, token):
                yield _reading(index, index, kind, "head", _WEAK_HEAD)
            return
        if first == index and last == index:
            standalone = _STANDALONE.get(language)
            if (
                standalone is not None
                and is_capital(token)
                and standalone.match(token.surface.lower())
                and not begins_sentence(text, token)
            ):
                yield _reading(index, index, kind, "head")
            return
        if first == start and start != index:
            return
        if language == "en" and not is_capital(token):
            # In lower case the head is part of the name of few things: "Kemi river".
            if kind != "Place" or lemma in _NEEDS_MORE:
                return
        if _PEOPLES.match(tokens[first].surface) and last - first < 2:
            return
        if weak and last - first < 2 and not is_capital(token):
            return
        yield _reading(first, last, kind, "head", _WEAK_HEAD if weak else None)

    def _is_place_compound(self, text: str, token: Token) -> bool:
        return (
            is_capital(token)
            and not token.surface.isupper()
            and len(token.parts) > 1
            and not begins_sentence(text, token)
        )

    def _site(
        self, text: str, tokens: Sequence[Token], index: int, language: str, kind: Kind
    ) -> Iterator[Reading]:
        """'Ahvenlammen esiintymä', 'the Ahvenlampi gold deposit', 'Granbergsgruvan'."""
        token = tokens[index]
        end = index - 1
        matter = 0
        while (
            end >= 0
            and index - end <= 6
            and _MATTER.match(tokens[end].surface)
            and (language != "fi" and follows(text, tokens[end], tokens[end + 1]))
        ):
            matter += 1
            end -= 1
        if kind == "Project" and matter == 0:
            return
        first = self._leftmost(text, tokens, end + 1, language)
        if first > end:
            if language == "sv" and is_capital(token) and not begins_sentence(text, token):
                yield _reading(index, index, "Site", "head")
            return
        if not follows(text, tokens[end], tokens[end + 1]):
            return
        if _PEOPLES.match(tokens[first].surface) or any(
            is_legal_form(t.surface) for t in tokens[first : end + 1]
        ):
            return
        yield Reading(first, index, "Site", "head", _SCORE["head"], (first, end))
        if language == "fi":
            yield from self._coordinated(text, tokens, first, end)

    def _coordinated(
        self, text: str, tokens: Sequence[Token], first: int, end: int
    ) -> Iterator[Reading]:
        """'Ahvenlammen ja Karhuvaaran esiintymät': the first is a site as well."""
        at = first
        while at >= 1:
            if tokens[at - 1].surface in ("ja", "sekä") and at >= 2:
                other = at - 2
            elif text[tokens[at - 1].end : tokens[at].start].strip() == ",":
                other = at - 1
            else:
                return
            if not is_capital(tokens[other]) or begins_sentence(text, tokens[other]):
                return
            if _genitive(tokens[other].surface) != _genitive(tokens[end].surface):
                return
            yield Reading(other, other, "Site", "head", _WEAK_HEAD, (other, other))
            at = other

    def _project(
        self, text: str, tokens: Sequence[Token], index: int, language: str
    ) -> Iterator[Reading]:
        """'SOSMIN-hanke', 'the NEXT project', 'projektet VISTA'."""
        token = tokens[index]
        if index > 0:
            before = tokens[index - 1]
            gap = text[before.end : token.start]
            joined = gap in ("-", "–", " -", " –", "\n-", "- ", "-\n")
            loose = gap.strip(" \n") == "" and (language == "en" or before.surface.isupper())
            if (joined or loose) and _PROJECT_NAME.match(before.surface.split(":")[0]):
                first = index - 1
                while (
                    first > 0
                    and (text[tokens[first - 1].end : tokens[first].start] in ("-", "–"))
                    and is_capital(tokens[first - 1])
                ):
                    first -= 1
                yield Reading(first, index, "Project", "project", _SCORE["project"], (first, index - 1))
                return
            if joined and is_capital(before) and language == "fi":
                first = self._leftmost(text, tokens, index, language)
                if gap.startswith(" ") or index - first == 1:
                    score = _SCORE["project"] if index - first > 1 else _WEAK_HEAD
                    yield Reading(first, index, "Project", "project", score, (first, index - 1))
                    return
        following = text[token.end : token.end + 110]
        quoted = _QUOTED.match(following.lstrip(" :,(\n"))
        if quoted:
            offset = len(following) - len(following.lstrip(" :,(\n"))
            start = token.end + offset + quoted.start("name")
            end = token.end + offset + quoted.end("name")
            inside = [i for i in range(index + 1, len(tokens)) if start <= tokens[i].start < end]
            if inside:
                yield _reading(inside[0], inside[-1], "Project", "project")
            return
        if index + 1 < len(tokens):
            after = tokens[index + 1]
            if (
                text[token.end : after.start].strip(" \n") == ""
                and after.surface.isupper()
                and len(after.surface) > 3
                and _PROJECT_NAME.match(after.surface)
            ):
                yield _reading(index + 1, index + 1, "Project", "project")

    def _leftmost(self, text: str, tokens: Sequence[Token], index: int, language: str) -> int:
        """The first token of the run of names that ends before `index`."""
        first = index
        while first > 0 and index - first < _LONGEST_NAME:
            before = tokens[first - 1]
            if not follows(text, before, tokens[first]):
                break
            if is_capital(before):
                first -= 1
            elif (
                language == "en"
                and before.surface in ("of", "for", "and", "the", "de")
                and first > 1
                and first < index
                and before.surface != "and"
                and is_capital(tokens[first - 2])
                and follows(text, tokens[first - 2], before)
            ):
                first -= 2
            else:
                break
        # What stands before the name and is none of it: a word that begins the sentence, or one
        # that says what the name is ("Kaivosyhtiö Sotkamo Silver Oy", "The University").
        while first < index and is_lead(tokens[first]):
            first += 1
        return first

    def _rightmost(self, text: str, tokens: Sequence[Token], index: int, language: str) -> int:
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
            while (
                at + 1 < len(tokens)
                and is_capital(tokens[at + 1])
                and follows(text, tokens[at], tokens[at + 1])
            ):
                at += 1
            last = at
            if at + 1 < len(tokens) and tokens[at + 1].surface in ("län", "kommun"):
                last = at + 1
        return last


def is_lead(token: Token) -> bool:
    """A word that stands before names and is part of none."""
    lower = token.surface.lower()
    return lower in STOPWORDS or lower in _LEADS or token.lemmas[0] in _LEADS


_LEADS = frozenset(
    ("företaget", "yhtiö", "kaivosyhtiö", "malminetsintäyhtiö", "company", "bolag", "bolaget", "gruvbolaget",
     "hanke", "projekti", "kaivos", "toimittaja", "konsultti", "professori", "dosentti", "tohtori",
     "professor", "dr", "mr", "ms", "mrs", "prof", "the", "emoyhtiö", "tytäryhtiö", "operaattori",
     "tilaaja", "toteuttaja", "koordinaattori", "hakija", "toiminnanharjoittaja", "company's",
     "myös", "lisäksi", "vuonna", "toisaalta", "esimerkiksi", "muun", "sekä", "mutta", "kuitenkin",
     "also", "however", "although", "while", "after", "before", "since", "both", "during", "under",
     "between", "through", "via", "see", "has", "had", "have", "because", "if", "our", "their",
     "dessutom", "även", "enligt", "efter", "under", "hos", "mellan", "genom", "both", "within",
     "lähde", "source", "källa", "kuva", "figure", "taulukko", "table", "julkaisija", "publisher")
)  # fmt: skip


def _genitive(surface: str) -> bool:
    return surface.endswith(("n", "s"))


def _reading(
    first: int, last: int, kind: Kind, cue: str, score: float | None = None
) -> Reading:
    return Reading(
        first,
        last,
        kind,
        "legal form" if cue == "legal form" else "project" if cue == "project" else "head",
        _SCORE[cue] if score is None else score,
        (first, last),
    )


def named_kind(tokens: Sequence[Token], language: str) -> Kind | None:
    """What the words of a name say it is, in Finnish, English or Swedish."""
    return head_of(list(tokens), language)
