"""Which reading of a label is meant, if any: by type, neighbours, capitals and language.

Each rule says what an annotator would mark. A mine is meant where words of mining follow the
name ("Kittilän kultakaivos"), else the place; a surname, a name inside a longer one and a word
that only looks like a name are not marked at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from amic_kg.extract.concepts.labels import Label, Reading, Span
from amic_kg.extract.concepts.matcher import choose
from amic_kg.extract.concepts.name_words import GIVEN_NAMES, LEGAL_FORMS
from amic_kg.extract.concepts.naming import (
    is_common_word,
    is_in_longer_name,
    is_person,
    is_where,
    legal_form_follows,
    mine_follows,
    says_it_is_a_mine,
    word_at,
)
from amic_kg.extract.concepts.substances import SUBSTANCES, choose_substance, is_no_substance
from amic_kg.extract.concepts.weak_labels import IDIOMS, NAMED_GROUPS, OF_A_SUBSTANCE, TOO_COMMON
from amic_kg.language import Token
from amic_kg.language.stopwords import STOPWORDS
from amic_kg.ontology import Vocabulary

_PLURAL = {
    "fi": re.compile(r"(?:t|[ij]en|[ij]a|[ij]ä|iin|i[lsl][tls][aäe]|ille)$"),
    "en": re.compile(r"s$"),
    "sv": re.compile(r"(?:[aeo]r|na|nas|ar)$"),
}
_NAMES = ("Place", "Site", "Organization", "Project")
_BY_CONTEXT = 0.85
_NEXT_CELL = re.compile(r"\s*(?:\||\t|\s{2})")
_PLACE_NEXT = re.compile(r"\s(?:(?:in|near|outside|i|utanför|nära|vid)\s)?([A-ZÅÄÖ].*)")
_WITHIN_SENTENCE = re.compile(r"[a-zåäö,;]\s$")
_NAMED_BEHIND = re.compile(r"\s(?:of\s)?[A-ZÅÄÖ]")
_GROUPS_OF_SEVERAL = frozenset({"neighbours", "geologists", "teachers", "officials"})
"""Groups of whom one alone is somebody in a story: "Was Renlund a geologist?"."""
_GROUPS_THAT_QUALIFY = frozenset({"experts", "researchers", "students", "consumers"})
"""Groups that tell in the singular of what kind the noun behind is: "expert evaluation"."""
_NOUN_NEXT = re.compile(r" [a-z]{4,}")
_PERSON_NEXT = re.compile(r",? [A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+")
_ONE_MUNICIPALITY = re.compile(
    r"^(?:kun(?:ta|nan|taa|nassa|nalle|nasta)|municipality|kommun(?:en)?)$"
)


class _Spot(NamedTuple):
    """A span and the text it stands in."""

    span: Span
    text: str
    tokens: Sequence[Token]
    language: str

    @property
    def words(self) -> Sequence[Token]:
        return self.tokens[self.span.first : self.span.last + 1]

    @property
    def single(self) -> bool:
        return self.span.first == self.span.last


class Disambiguator:
    """Reads spans of one text after another; the vocabulary tells where sites lie."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def read(self, span: Span, text: str, tokens: Sequence[Token], language: str) -> Reading | None:
        """The label that is meant and how sure it is, or None when none is."""
        spot = _Spot(span, text, tokens, language)
        labels = [label for label in _exact(span.labels, spot) if not _is_weak(label, spot)]
        named = [label for label in labels if label.entity.type in _NAMES]
        if named:
            kind = self._kind_of_name(named, spot)
            if kind is not None:
                return _of(named, kind, spot)
            labels = [label for label in labels if label.entity.type not in _NAMES]
        if not labels:
            return None
        types = {label.entity.type for label in labels}
        if len(types) > 1 and types <= SUBSTANCES:
            return choose_substance(labels, span, text, tokens)
        return choose(labels, spot.words)

    def _kind_of_name(self, named: list[Label], spot: _Spot) -> str | None:
        """Which type of thing a name means here; None where it is no name of its own."""
        types = {label.entity.type for label in named}
        mine = mine_follows(spot.text, spot.tokens, spot.span.last)
        if _is_no_name(types, spot, mine=mine):
            return None
        if len(types) == 1:
            return types.pop()
        if _are_one(named):
            return "Site"
        where = is_where(spot.tokens, spot.span, spot.language)
        if "Site" in types and (mine or self._is_site_by_line(named, spot)):
            return "Site"
        if "Organization" in types:
            other = "Site" if "Site" in types else "Place"
            return other if where and other in types else "Organization"
        return "Place" if "Place" in types else choose(named, spot.words)[0].entity.type

    def _is_site_by_line(self, named: list[Label], spot: _Spot) -> bool:
        """Whether its line tells the mine from the municipality: "Kemi | Keminmaa | chromium".

        The sentence goes on to say that it is a mine, or the table's row names where it lies.
        """
        end = spot.words[-1].end
        if says_it_is_a_mine(spot.text, spot.words[0].start, end):
            return True
        behind = spot.text[end:].partition("\n")[0]
        place_next = _PLACE_NEXT.match(behind)
        if place_next:
            behind = place_next[1]
        elif not _NEXT_CELL.match(behind):
            return False
        own = {label.entity.iri for label in named}
        return any(
            behind.startswith(name[:-1]) if place_next else name in behind
            for label in named
            if label.entity.type == "Site"
            for iri in label.entity.broader
            if iri not in own and (place := self._vocabulary.get(iri)) is not None
            for _, name, _ in place.labels()
        )


def _are_one(named: list[Label]) -> bool:
    """A plant that is registered as a site and as an organisation is meant as the site."""
    keys = {
        kind: {x.entity.iri.rsplit("/", 1)[1] for x in named if x.entity.type == kind}
        for kind in ("Site", "Organization")
    }
    return not keys["Site"].isdisjoint(keys["Organization"])


def _exact(labels: Sequence[Label], spot: _Spot) -> Sequence[Label]:
    """Those whose word is a base form of the text's: "nikkeli" is nickel, not "nikkeliini"."""
    if not spot.single or len(labels) == 1:
        return labels
    forms = {spot.words[0].surface.lower(), *spot.words[0].lemmas}
    return [label for label in labels if forms.issuperset(label.words)] or labels


def _of(named: list[Label], kind: str, spot: _Spot) -> Reading:
    chosen, confidence = choose([x for x in named if x.entity.type == kind], spot.words)
    rivals = any(label.entity.type != kind for label in named)
    return chosen, min(confidence, _BY_CONTEXT) if rivals else confidence


def _is_no_name(types: set[str], spot: _Spot, *, mine: bool) -> bool:
    """Whether it is a surname, part of a longer name or a common word at a sentence's start."""
    span, text, tokens, language = spot
    if "Organization" in types and legal_form_follows(text, tokens, span.last):
        return word_at(tokens, span.last + 1) not in LEGAL_FORMS
    if mine or not spot.single:
        return False
    if is_person(text, tokens, span) or is_common_word(text, tokens, span, language):
        return True
    if types <= {"Organization", "Project"}:
        return False
    return is_in_longer_name(text, tokens, span, language)


def _is_weak(label: Label, spot: _Spot) -> bool:
    """Whether the label is a common word here: too general a term, an idiom, a verb."""
    if label.name or label.is_symbol:
        return False
    span, text, tokens, language = spot
    kind, key = label.entity.type, label.entity.iri.rsplit("/", 1)[1]
    token = tokens[span.first]
    return (
        _is_idiom(spot)
        or (kind == "Theme" and key in OF_A_SUBSTANCE and not label.words[0].startswith("metal"))
        or " ".join(label.words) in TOO_COMMON.get(language, ())
        or (kind == "StakeholderGroup" and _is_member(key, spot))
        or (spot.single and language != "en" and _is_capitalised(text, token))
        or (kind in SUBSTANCES and is_no_substance(span, text, tokens, language))
    )


def _is_idiom(spot: _Spot) -> bool:
    """Whether the neighbour makes something else of it: "gold medal", "fossil fuels"."""
    span, text, tokens, _ = spot
    surface = text[tokens[span.first].start : tokens[span.last].end].lower()
    before, after = word_at(tokens, span.first - 1), word_at(tokens, span.last + 1)
    return (surface, after) in IDIOMS or (before, surface) in IDIOMS


def _is_member(group: str, spot: _Spot) -> bool:
    """Whether one of a group is spoken of: "tutkija Outi X", "Sámi Council"."""
    return _is_one_person(group, spot) or _is_named_one(spot) or _ends_a_name(group, spot)


def _is_named_one(spot: _Spot) -> bool:
    """Whether its name follows: "tutkija Outi X", "Municipality of Sodankylä"."""
    span, text, tokens, language = spot
    end = tokens[span.last].end
    behind = bool(_NAMED_BEHIND.match(text, end))
    if _ONE_MUNICIPALITY.match(tokens[span.first].surface.lower()) and (
        behind or _NEXT_CELL.match(text, end)
    ):
        return True
    return behind and (
        word_at(tokens, span.last + 1) in GIVEN_NAMES
        or (language == "en" and spot.words[-1].surface.istitle() and not _is_plain(spot))
    )


def _is_plain(spot: _Spot) -> bool:
    """Whether a name that several words are ends here: "the European Parliament", not "Sámi"."""
    return not spot.single and all(word.surface[0].isupper() for word in spot.words)


def _ends_a_name(group: str, spot: _Spot) -> bool:
    """Whether a name ends in the word for its group: "Lapin yliopisto"."""
    span, text, tokens, language = spot
    token = tokens[span.first]
    if (
        group not in NAMED_GROUPS
        or not span.first
        or _PLURAL.get(language, _PLURAL["en"]).search(token.surface)
    ):
        return False
    before = tokens[span.first - 1]
    if text[before.end : token.start] not in (" ", "\n") or not before.surface[0].isupper():
        return False
    if language == "fi":
        return before.surface.endswith("n")
    return before.surface.lower() not in STOPWORDS


def _is_one_person(group: str, spot: _Spot) -> bool:
    """A teacher is no group, nor is the expert of an "expert evaluation"."""
    span, text, tokens, language = spot
    token = tokens[span.last]
    word = token.surface.lower()
    if not spot.single or language not in ("fi", "en"):
        return False
    # In Finnish the base form may look like a plural: "opettaja".
    if _PLURAL[language].search(word) and (language == "en" or word not in token.lemmas):
        return False
    if group in _GROUPS_OF_SEVERAL:
        return True
    if language == "en" and _PERSON_NEXT.match(text, token.end):
        return True
    return (
        language == "en"
        and group in _GROUPS_THAT_QUALIFY
        and bool(_NOUN_NEXT.match(text, token.end))
        and word_at(tokens, span.last + 1) not in STOPWORDS
    )


def _is_capitalised(text: str, token: Token) -> bool:
    """A common word with a capital within a sentence is a name: "sijaitseva Malmi"."""
    return (
        token.surface[0].isupper()
        and not token.surface.isupper()
        and bool(_WITHIN_SENTENCE.search(text[max(0, token.start - 2) : token.start]))
    )
